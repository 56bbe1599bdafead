"""Rows of documents, provisions and legal_bases out of a decree as printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from extract.decree import DecreeText, Item, LampiranHeading, read_decree
from extract.geometry import BBox
from extract.printed import Printed
from extract.sureness import Unsure
from normalize.decree import Doubt, document_fields, doubts_of, legal_basis_rows, provision_rows
from normalize.schema import TABLES
from tests.extract.decree_pages import WHOLE, Row, page_of

BOX = (BBox(3, 0, 0, 100, 10),)


def printed(text: str, confidence: float = 1.0) -> Printed:
    return Printed(text, BOX, confidence)


@pytest.fixture
def decree() -> DecreeText:
    rows: list[Row] = [r.replace("KABUPATEN RIMBA RAYA", "KABUPATEN TULUNGAGUNG") if isinstance(r, str) else r for r in WHOLE]
    found = read_decree([page_of(1, rows)])
    assert isinstance(found, DecreeText)
    return found


def test_gives_the_columns_of_documents(decree: DecreeText) -> None:
    row = document_fields(decree)
    names = {c.name for c in TABLES["documents"].columns}
    assert set(row) == names - {"document_id", "decree_id", "source_path", "page_count", "kind", "plan_title", "plan_form"}
    assert row["institution"] == "KOMISI PEMILIHAN UMUM KABUPATEN TULUNGAGUNG"
    assert (row["satker_code"], row["satker_level"], row["province_code"]) == ("3504", "kabupaten", "35")
    assert (row["number_raw"], row["number"], row["classification"]) == ("12 TAHUN 2024", 12, None)
    assert (row["year"], row["date"], row["place"]) == (2024, dt.date(2024, 3, 3), "Rimba")
    assert row["is_copy"] is False
    assert row["certifier"] is None
    assert (row["confidence"], row["needs_review"]) == (1.0, False)


def test_the_year_comes_from_the_date_where_the_number_has_none(decree: DecreeText) -> None:
    row = document_fields(replace(decree, number=printed("44/Kpts/OT.160/H.1.1/01")))
    assert row["year"] == 2024


HEADING = LampiranHeading(2, "LAMPIRAN", printed("13 TAHUN 2024"), None, BOX[0])
DOUBTS: list[tuple[dict[str, object], Doubt]] = [
    ({"title": None}, Doubt("title", "missing")),
    ({"signatory": None}, Doubt("signatory", "missing")),
    ({"signatory": printed("SITI", 0.6)}, Doubt("signatory", "guessed")),
    ({"number": printed("12 TAHUN 2023")}, Doubt("year", "number-against-date")),
    ({"number": printed("TAHUN", 0.3)}, Doubt("number", "not-understood")),
    ({"date": printed("Maret 2024", 0.4)}, Doubt("date", "not-understood")),
    ({"certified": True}, Doubt("certifier", "missing")),
    ({"copy_mark": printed("SALINAN", 0.6)}, Doubt("is_copy", "guessed")),
    ({"lampiran": (HEADING,)}, Doubt("number", "lampiran-differs")),
    ({"part": "lampiran", "number": None}, Doubt("number", "missing")),
    ({"part": "lampiran", "begins_inside": True}, Doubt("document_part", "first-pages-missing")),
]


@pytest.mark.parametrize(("change", "doubt"), DOUBTS, ids=[f"{d.field} {d.reason}" for _, d in DOUBTS])
def test_a_doubt_asks_for_review(decree: DecreeText, change: dict[str, object], doubt: Doubt) -> None:
    doubtful = replace(decree, **change)  # type: ignore[arg-type]
    assert doubt in doubts_of(doubtful)
    assert document_fields(doubtful)["needs_review"] is True


def test_a_lampiran_alone_need_not_print_what_its_decree_does(decree: DecreeText) -> None:
    alone = replace(
        decree, part="lampiran", title=None, date=None, signatory=None, decides=None, lampiran_no=printed("II"), provisions=()
    )
    row = document_fields(alone)
    assert (row["document_part"], row["lampiran_no"], row["needs_review"]) == ("lampiran", "II", False)
    assert (row["title"], row["date"], row["year"]) == (None, None, 2024)


def test_a_numeral_of_a_scan_that_may_be_digits_is_doubted(decree: DecreeText) -> None:
    read = tuple(Unsure(0, 2, 0.99, BOX[0]) for _ in "1")
    scanned = replace(decree, part="lampiran", lampiran_no=replace(printed("11"), unsure=read))
    assert [d.field for d in doubts_of(scanned)] == ["lampiran_no"]
    assert not doubts_of(replace(decree, part="lampiran", lampiran_no=printed("11")))


def test_gives_the_rows_of_provisions(decree: DecreeText) -> None:
    rows = provision_rows("d1", decree)
    assert all(set(row) == {c.name for c in TABLES["provisions"].columns} for row in rows)
    assert [(r["part"], r["order"], r["label"]) for r in rows] == [
        ("menimbang", 1, "a"),
        ("menimbang", 2, "b"),
        ("mengingat", 1, "1"),
        ("mengingat", 2, "2"),
        ("diktum", 1, "KESATU"),
        ("diktum", 2, "KEDUA"),
    ]
    assert {r["document_id"] for r in rows} == {"d1"}
    assert {r["page"] for r in rows} == {1}


def test_gives_the_rows_of_legal_bases(decree: DecreeText) -> None:
    cited = printed(
        "Undang-Undang Nomor 30 Tahun 2002 tentang Komisi sebagaimana telah diubah dengan Undang-Undang Nomor 19 Tahun 2019",
        0.8,
    )
    rows = legal_basis_rows("d1", replace(decree, lampiran_legal_bases=(Item("1", cited),)))
    assert all(set(row) == {c.name for c in TABLES["legal_bases"].columns} for row in rows)
    found = [(r["part"], r["item_order"], r["ref_order"], r["instrument_id"], r["relation"]) for r in rows]
    assert found == [
        ("mengingat", 1, 1, "uu-28-1999", "cited"),
        ("mengingat", 2, 1, "uu-7-2017", "cited"),
        ("lampiran", 1, 1, "uu-30-2002", "cited"),
        ("lampiran", 1, 2, "uu-19-2019", "amended_by"),
    ]
    assert [r["page"] for r in rows] == [1, 1, 3, 3]
    assert all(r["needs_review"] for r in rows[2:])
    assert not any(r["needs_review"] for r in rows[:2])
