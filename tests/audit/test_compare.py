"""The comparison of plans across offices and years."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from audit.compare import compare
from audit.compare_similar import MOST_PAIRS
from audit.compare_wording import Folder, Plan, folder_of, misprints, plans_of
from audit.compare_years import aligned
from audit.dossier import Dossier, PlanRow
from normalize.schema import TABLES
from normalize.schema_types import NEVER
from tests.audit.dossiers import corpus, dossier, row
from tests.audit.plans import HAS_CORPUS, printed_plan

ITEMS = (
    "Membentuk tim kerja pembangunan zona integritas",
    "Menyusun dokumen rencana kerja",
    "Melaksanakan pemantauan setiap triwulan",
    "Menetapkan agen perubahan",
    "Mereviu standar operasional prosedur",
    "Mengunggah informasi publik pada laman",
    "Menyusun analisis beban kerja",
    "Melaksanakan sosialisasi gratifikasi",
    "Memetakan benturan kepentingan",
    "Melakukan survei kepuasan masyarakat",
)
LABELS = ("A1.P1.a", "A1.P2.a", "A1.P3.b", "A1.P4.b", "A2.P1.c", "A2.P3.a", "A3.P1.a", "A5.P1.a", "A5.P5.a", "A6.P4.a")


def plan(document: str, *items: str, satker: str = "3504", year: int = 2023, months: tuple[int, ...] = (3,)) -> Dossier:
    """A plan of an office with these items."""
    rows = [made(document, order, item, LABELS[(order - 1) % 10], months) for order, item in enumerate(items, 1)]
    return dossier(document, satker_code=satker, year=year, signed=date(year, 1, 16), rows=tuple(rows))


def made(document: str, order: int, item: str, label: str, months: tuple[int, ...] = (3,), **more: str) -> PlanRow:
    read = row(order, months=months, indicator_id=label, document=document)
    return replace(read, values={"item": item, **more})


def plans(*dossiers: Dossier) -> list[Plan]:
    told = corpus(*dossiers)
    return plans_of(told, folder_of(told))


A, B, C = "a" * 16, "b" * 16, "c" * 16


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Rapat KPU Kota Tegal tahun 2022", "Rapat KPU Provinsi Banten tahun 2023", True),
        ("Rapat di Komisi Pemilihan Umum Kabupaten Sumbawa Barat", "rapat di KPU", True),
        ("Tindak lanjut hasil survei", "Tindaklanjut  hasil survei.", True),
        ("Evaluasi terhadap terhadap kebijakan", "Evaluasi terhadap kebijakan", True),
        ("Menetapkan kebijakan pola rotasi", "Menerapkan kebijakan pola rotasi", False),
        ("Rencana kerja", "Rencana aksi", False),
        ("Pelayanan publik", "Pelayanan publik prima", False),
    ],
)
def test_a_wording_is_the_same_but_for_names_years_and_blanks(one: str, other: str, is_same: bool) -> None:
    folder = Folder([one, other])
    assert (folder.key(one) == folder.key(other)) is is_same


def test_the_name_of_ones_own_region_is_left_out_also_alone() -> None:
    folder = Folder([])
    assert folder.key("Pegawai Tegal", ("tegal",)) == folder.key("Pegawai Serang", ("serang",))
    assert folder.key("Pegawai Tegal", ("serang",)) != folder.key("Pegawai Serang", ("serang",))


def test_a_misprint_is_mended_but_no_word_that_exists() -> None:
    counts = {"integritas": 50, "interitas": 2, "menerapkan": 50, "menetapkan": 1, "penataan": 50}
    counts |= {"pencanaan": 1, "pemutakhiran": 20, "pemuktahiran": 1, "pokja": 1, "xqzwv": 1}
    assert misprints(counts) == {"interitas": "integritas", "pemuktahiran": "pemutakhiran"}


def test_equal_plans_share_all_and_the_later_stands_first() -> None:
    rows = compare(corpus(plan(A, *ITEMS, satker="36", year=2022), plan(B, *ITEMS)))["similar_plans"]
    assert [(r["document_id"], r["other_document_id"], r["share"], r["other_share"]) for r in rows] == [(B, A, 1.0, 1.0)]
    assert rows[0]["shared_rows"] == rows[0]["only_here"] == 10
    assert rows[0]["relation"] == "other-office"


def test_shares_are_of_each_plan_and_only_here_counts_what_no_third_has() -> None:
    some = corpus(
        plan(A, *ITEMS, satker="36"), plan(B, *ITEMS[:5], satker="3376"), plan(C, ITEMS[0], "Lain sama sekali", satker="17")
    )
    rows = {(r["document_id"], r["other_document_id"]): r for r in compare(some)["similar_plans"]}
    pair = rows[B, A]
    assert (pair["share"], pair["other_share"], pair["shared_rows"], pair["only_here"]) == (1.0, 0.5, 5, 4)
    assert (rows[C, A]["share"], rows[C, A]["other_share"]) == (0.5, 0.1)


def test_what_two_plans_share_is_the_same_seen_from_both() -> None:
    draw = random.Random(6)
    for _ in range(20):
        mine, theirs = (draw.sample(ITEMS, draw.randint(5, 10)) for _ in range(2))
        both = len(set(mine) & set(theirs))
        for pair in compare(corpus(plan(A, *mine, satker="36"), plan(B, *theirs)))["similar_plans"]:
            assert pair["shared_rows"] == both
            assert pair["share"] == pytest.approx(both / len(theirs), abs=1e-4)
            assert pair["other_share"] == pytest.approx(both / len(mine), abs=1e-4)


def test_plans_that_share_little_and_copies_of_one_decree_are_no_pair() -> None:
    far = corpus(
        plan(A, *ITEMS), plan(B, *ITEMS[:2], *(f"Lain {word}" for word in ("satu", "dua", "tiga", "empat", "lima", "enam")))
    )
    assert compare(far)["similar_plans"] == []
    copy = replace(plan(B, *ITEMS), decree_id=A)
    assert compare(corpus(plan(A, *ITEMS), copy))["similar_plans"] == []


def test_a_plan_in_a_file_of_its_own_counts_for_its_decree() -> None:
    decree = replace(plan(A, satker="36", year=2022), rows=())
    lampiran = replace(plan(B, *ITEMS, satker="36"), decree_id=A, part="lampiran", signed=None, year=None)
    (read,) = plans(decree, lampiran)
    assert (read.document.document_id, read.satker_code, read.year) == (B, "36", 2022)


def test_no_document_has_more_pairs_than_a_reader_looks_at() -> None:
    many = [plan(f"{number:016x}", *ITEMS, satker=f"{3500 + number}") for number in range(MOST_PAIRS + 6)]
    rows = compare(corpus(*many))["similar_plans"]
    last = [r["share_order"] for r in rows if r["document_id"] == many[-1].document_id]
    assert last == list(range(1, MOST_PAIRS + 1))


def changes(before: Dossier, now: Dossier) -> list[tuple[object, object, object]]:
    """Changes as (kind, row before, row now), rows by their place."""
    places = {r.row_id: r.order for one in (before, now) for r in one.rows}
    rows = compare(corpus(before, now))["plan_changes"]
    return [(r["change"], places.get(str(r["before_row_id"])), places.get(str(r["row_id"]))) for r in rows]


def test_nothing_is_changed_in_the_same_plan_of_the_next_year() -> None:
    assert changes(plan(A, *ITEMS, year=2022), plan(B, *ITEMS, year=2023)) == []


def test_names_and_years_are_no_change() -> None:
    assert changes(plan(A, "Rapat KPU tahun 2022", year=2022), plan(B, "Rapat KPU tahun 2023", year=2023)) == []


def test_each_kind_of_change_is_told() -> None:
    before = plan(A, *ITEMS[:4], year=2022)
    rows = (
        made(B, 1, ITEMS[0], LABELS[0], months=(4,)),
        made(B, 2, "Menyusun dan mengesahkan dokumen rencana kerja", LABELS[1]),
        made(B, 3, ITEMS[2], "A1.P3.a"),
        made(B, 4, "Membuat maklumat pelayanan", "A6.P1.b"),
    )
    now = replace(plan(B, year=2023), rows=rows)
    assert changes(before, now) == [
        ("moved-months", 1, 1),
        ("reworded", 2, 2),
        ("moved-indicator", 3, 3),
        ("added", None, 4),
        ("dropped", 4, None),
    ]


def test_the_plan_before_is_that_of_the_nearest_earlier_year_and_no_other_office() -> None:
    old, near, now = plan(A, *ITEMS[:2], year=2020), plan(B, *ITEMS[:3], year=2022), plan(C, *ITEMS[:3], year=2023)
    rows = compare(corpus(old, near, now))["plan_changes"]
    assert {(r["document_id"], r["before_document_id"]) for r in rows} == {(B, A)}
    assert compare(corpus(old, replace(now, satker_code="36")))["plan_changes"] == []
    assert compare(corpus(replace(old, satker_code=None), replace(now, satker_code=None)))["plan_changes"] == []


def test_every_row_of_both_years_is_aligned_once() -> None:
    draw = random.Random(6)
    for _ in range(30):
        items = [draw.choice(ITEMS) for _ in range(8)]
        one, other = plans(plan(A, *items), plan(B, *[draw.choice(ITEMS) for _ in range(6)]))
        pairs = aligned(one.rows, other.rows)
        assert sorted(p.now.row.order for p in pairs if p.now) == list(range(1, 9))
        assert sorted(p.before.row.order for p in pairs if p.before) == list(range(1, 7))


def figures(*plans: Dossier, figure: str = "rows", area: str = "all") -> dict[str, dict[str, object]]:
    rows = compare(corpus(*plans))["plan_figures"]
    return {str(r["document_id"]): r for r in rows if (r["figure"], r["area_id"]) == (figure, area)}


def test_a_plan_with_far_fewer_rows_is_an_outlier_from_five_plans_on() -> None:
    usual = [plan(f"{i:016x}", *ITEMS, satker=f"350{i}") for i in range(1, 5)]
    told = figures(*usual, plan(A, *ITEMS[:3]))
    assert (told[A]["value"], told[A]["median"], told[A]["outlier"], told[A]["plans"]) == (3.0, 10.0, "low", 5)
    assert told[usual[0].document_id]["outlier"] is None
    few = figures(*usual[:3], plan(A, *ITEMS[:3]))
    assert (few[A]["median"], few[A]["outlier"], few[A]["plans"]) == (None, None, 4)


def test_one_row_more_or_less_is_no_outlier() -> None:
    told = figures(*[plan(f"{i:016x}", *ITEMS, satker=f"350{i}") for i in range(1, 5)], plan(A, *ITEMS[:8]))
    assert told[A]["outlier"] is None


def test_months_of_work_are_summed_and_unknown_ones_are_not_guessed() -> None:
    told = figures(plan(A, *ITEMS[:4], months=(3, 4)), figure="months", area="A1")
    assert told[A]["value"] == 8.0
    unread = replace(plan(A), rows=(row(1, months=None, indicator_id="A1.P1.a", item="x", document=A),))
    told = figures(unread, figure="months", area="A1")
    assert (told[A]["value"], told[A]["uncertain_rows"]) == (None, 1)
    assert figures(plan(A, *ITEMS[:4], months=()), figure="unscheduled", area="A1")[A]["value"] == 4.0


def test_the_wording_of_most_offices_comes_first_without_their_names() -> None:
    common = [
        plan(B, "Rapat KPU Kabupaten Tegal", satker="3328"),
        plan(C, "Rapat KPU Kabupaten Serang", satker="3604"),
    ]
    rows = compare(corpus(*common, plan(A, "Membentuk tim", satker="36")))["consensus"]
    assert [(r["text"], r["offices"], r["share"]) for r in rows] == [("Rapat …", 2, 0.6667), ("Membentuk tim", 1, 0.3333)]
    assert [r["wording_order"] for r in rows] == [1, 2]


def test_two_years_of_one_office_are_one_voice() -> None:
    (told,) = compare(corpus(plan(A, ITEMS[0], year=2022), plan(B, ITEMS[0], year=2023)))["consensus"]
    assert (told["offices"], told["plans"], told["share"]) == (1, 2, 1.0)


def test_the_tables_have_their_columns_and_keys_and_do_not_depend_on_the_order_of_documents() -> None:
    some = [plan(A, *ITEMS, satker="36", year=2022), plan(B, *ITEMS[:6], year=2022), plan(C, *ITEMS[2:], year=2023)]
    told = corpus(*some)
    tables = compare(told)
    assert compare(replace(told, dossiers=told.dossiers[::-1])) == tables
    for name, rows in tables.items():
        assert rows
        table = TABLES[name]
        assert all(list(r) == [column.name for column in table.columns] for r in rows)
        assert pa.Table.from_pylist(rows, schema=table.schema).num_rows == len(rows)
        assert all(r[column.name] is not None for column in table.columns if column.null == NEVER for r in rows)
        keys = [tuple(r[key] for key in table.sort) for r in rows]
        assert keys == sorted(set(keys))


@pytest.mark.skipif(not HAS_CORPUS, reason="no corpus beside the checkout")
def test_tegal_shares_its_wording_with_banten() -> None:
    some = corpus(printed_plan("tegal-5-2022", B), printed_plan("banten-004-2022", A))
    (pair,) = compare(some)["similar_plans"]
    assert (pair["document_id"], pair["other_document_id"]) == (B, A)
    assert pair["rows"] == 70
    assert pair["shared_rows"] == 69  # 67 word for word, one but for the name of the office, one but for a blank
