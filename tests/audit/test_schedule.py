"""What the audit says of the schedule of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from audit.dossier import Dossier, PlanRow
from audit.rules import schedule
from audit.rules.schedule_dates import plan_years, week_end
from audit.rules.schedule_order import step_of
from normalize.month_text import months_of_text
from tests.audit.dossiers import dossier, findings, row, text
from tests.audit.plans import HAS_CORPUS, printed_plan

COLUMNS = (("INDIKATOR", "item"), ("TARGET WAKTU", "target_raw"))


def planned(*targets: str | None, title: str = "RENCANA AKSI TAHUN 2023", signed: date = date(2023, 4, 13)) -> Dossier:
    """A plan whose rows have these targets, of a decree signed in April 2023."""
    rows = []
    for order, target in enumerate(targets, 1):
        values = {"item": f"Kegiatan {order}"} | ({} if target is None else {"target_raw": target})
        rows.append(replace(row(order, months=months_of_text(target)), values=values))
    fields = {"title": text(title), "decides": text(title), "date": text("13 April 2023", 3)}
    return dossier(rows=tuple(rows), columns=COLUMNS, signed=signed, title=title, fields=fields)


def orders(made: Dossier, code: str) -> list[int]:
    """Places of the rows of all findings of a code."""
    places = {one.row_id: one.order for one in made.rows}
    return sorted(places[one] for found in findings(schedule.claims, made, code=code) for one in found.row_ids)


def test_rows_before_the_decree_are_told_together() -> None:
    made = planned("Januari 2023", "Maret 2023", "April 2023", "Mei 2023", "Januari s/d Desember 2023", "Desember 2022")
    (found,) = findings(schedule.claims, made, code="month-before-decree")
    assert orders(made, "month-before-decree") == [1, 2, 6]
    assert (found.severity, found.certainty, found.expected) == ("warning", "sure", "13 April 2023")
    assert "Januari 2023: 1" in found.message and "3 baris" in found.message
    assert orders(made, "begins-before-decree") == [5]


@pytest.mark.parametrize(
    ("target", "is_before"),
    [
        ("April Minggu ke 1 2023", True),
        ("April minggu I 2023", True),
        ("April Minggu ke 2 2023", False),  # ends on the 14th, or on the 16th for who counts from Monday
        ("April Minggu ke 1, 2 2023", False),
        ("April 2023", False),
    ],
)
def test_a_week_of_the_month_of_signing_is_before_it_only_where_it_has_ended_by_any_count(target: str, is_before: bool) -> None:
    assert bool(orders(planned(target, "Mei 2023"), "month-before-decree")) is is_before


def test_a_week_ends_at_the_later_of_both_counts() -> None:
    assert week_end("April Minggu ke 1 April 2022", 2022, 4) == 10
    assert week_end("Mei minggu ke-5", 2023, 5) == 31
    assert week_end("April 2022, tiap triwulan minggu ke 3,4,5", 2022, 4) is None


def test_a_grid_without_a_year_takes_that_of_the_title_and_else_assumes_that_of_the_decree() -> None:
    rows = (row(1, months=[1], item="Rapat"), row(2, months=[6], item="Rapat"))
    sure = replace(planned("Mei"), rows=rows)
    assert [f.certainty for f in findings(schedule.claims, sure, code="month-before-decree")] == ["sure"]
    assumed = replace(planned("Mei", title="RENCANA AKSI"), rows=rows)
    assert [f.certainty for f in findings(schedule.claims, assumed, code="month-before-decree")] == ["likely"]
    next_year = replace(planned("Mei", title="RENCANA AKSI TAHUN 2024"), rows=rows)
    assert not findings(schedule.claims, next_year, code="month-before-decree")
    several = replace(planned("Mei", title="RENCANA AKSI TAHUN 2022-2024"), rows=rows)
    assert not findings(schedule.claims, several, code="month-before-decree")


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("RENCANA KERJA ZONA INTEGRITAS KOMISI PEMILIHAN UMUM KOTA SAGARA TAHUN 2023", (2023,)),
        ("RENCANA KERJA KOMISI PEMILIHAN UMUM TAHUN 2023", (2023,)),
        ("PERUBAHAN ATAS KEPUTUSAN NOMOR 5 TAHUN 2022 TENTANG RENCANA AKSI TAHUN 2023", (2023,)),
        ("RENCANA AKSI MENJELANG PEMILIHAN UMUM TAHUN 2024", ()),
        ("ROAD MAP 2020-2024", (2020, 2024)),
    ],
)
def test_the_year_of_a_plan_is_that_of_its_title_but_not_of_what_the_title_cites(title: str, years: tuple[int, ...]) -> None:
    assert plan_years(planned("Mei", title=title)) == years


def test_months_read_with_doubt_are_a_request_to_look_and_taint_no_other_row() -> None:
    doubtful = row(2, months=[2], item="Rapat", reasons=("mark-unsure:2",))
    made = replace(planned("Mei"), rows=(row(1, months=[1], item="Rapat"), doubtful))
    found = findings(schedule.claims, made, code="month-before-decree")
    assert sorted((f.certainty, f.severity, len(f.row_ids)) for f in found) == [("look", "info", 1), ("sure", "warning", 1)]


def test_a_lampiran_in_a_file_of_its_own_is_held_against_the_date_of_its_decree() -> None:
    decree = dossier("d0c0000000000002", signed=date(2023, 4, 13))
    alone = replace(planned("Januari 2023"), signed=None, part="lampiran", decree_id=decree.document_id)
    assert findings(schedule.claims, alone, decree, code="month-before-decree")
    assert not findings(schedule.claims, replace(alone, decree_id=alone.document_id), code="month-before-decree")


@pytest.mark.parametrize(
    ("target", "is_other"),
    [("Maret 2024", True), ("Desember 2023", False), ("Desember 2023 s/d Januari 2024", True), ("Maret", False)],
)
def test_a_target_of_another_year_than_the_plan_is_told(target: str, is_other: bool) -> None:
    assert bool(orders(planned(target), "month-after-plan-year")) is is_other


def test_what_is_due_in_the_last_days_of_the_month_of_signing_is_told() -> None:
    late = planned("Oktober 2023", "Oktober s/d Desember 2023", signed=date(2023, 10, 27))
    assert orders(late, "due-at-once") == [1]
    assert not orders(planned("April 2023"), "due-at-once")


def test_a_plan_for_a_year_that_begins_in_its_second_half_is_told() -> None:
    late = planned(*["Oktober s/d Desember 2023"] * 12, "Agustus 2023", signed=date(2023, 10, 2))
    (found,) = findings(schedule.claims, late, code="plan-late-in-year")
    assert "Oktober" in found.message
    early = planned(*["Oktober s/d Desember 2023"] * 5, *["Mei 2023"] * 3)
    assert not findings(schedule.claims, early, code="plan-late-in-year")
    undated = planned(*["Oktober s/d Desember 2023"] * 5, title="RENCANA AKSI")
    assert not findings(schedule.claims, undated, code="plan-late-in-year")


def test_rows_without_a_time_are_told_where_others_have_one() -> None:
    made = planned("Mei 2023", None, "Juni 2023")
    assert orders(made, "row-without-schedule") == [2]
    grid = replace(made, rows=(row(1, months=[5], item="a"), row(2, months=[], item="b")))
    assert orders(grid, "row-without-schedule") == [2]
    unsure = replace(made, rows=(row(1, months=[5], item="a"), row(2, months=[], item="b", reasons=("mark-unsure:5",))))
    assert not orders(unsure, "row-without-schedule")


def test_a_plan_without_any_time_is_told_once_and_only_surely_where_all_columns_are_understood() -> None:
    rows = (row(1, item="a"), row(2, item="b"))
    known = dossier(rows=rows, columns=(("KEGIATAN", "item"),))
    assert [(f.code, f.certainty) for f in findings(schedule.claims, known)] == [("plan-without-schedule", "sure")]
    unknown = dossier(rows=rows, columns=(("KEGIATAN", "item"), ("?", None)))
    assert [(f.code, f.certainty) for f in findings(schedule.claims, unknown)] == [("plan-without-schedule", "look")]


def test_targets_that_tell_no_month_are_told_together() -> None:
    made = planned("menyesuaikan", "Mei 2023", "sesuai kebutuhan")
    (found,) = findings(schedule.claims, made, code="schedule-not-determinable")
    assert len(found.row_ids) == 2 and "menyesuaikan: 1" in found.message


@pytest.mark.parametrize(
    ("target", "is_twice"),
    [
        ("April Minggu ke 1 April 2022", True),
        ("Januari, Januari 2022", True),
        ("Januari 2022 s/d Januari 2023", False),
        ("1 April - 30 April 2022", False),
        ("Maret, Mei 2022", False),
    ],
)
def test_a_month_named_twice_is_told(target: str, is_twice: bool) -> None:
    assert bool(orders(planned(target), "month-named-twice")) is is_twice


@pytest.mark.parametrize(
    ("evidence", "months", "is_too_few"),
    [
        ("Laporan setiap triwulan", [6, 9, 12], True),
        ("Laporan setiap triwulan", [3, 6, 9, 12], False),
        ("Rapat per semester atau per triwulan", [6, 12], False),
        ("Daftar hadir setiap hari", [4], True),
        ("Daftar hadir setiap hari", [4, 5], False),
        ("Hasil pengukuran secara periodik", [1], True),
        ("Laporan hasil rapat", [1], False),
    ],
)
def test_a_period_wants_its_months(evidence: str, months: list[int], is_too_few: bool) -> None:
    made = dossier(rows=(row(1, months=months, item="Kegiatan", evidence=evidence),), columns=COLUMNS)
    assert bool(orders(made, "period-too-few-months")) is is_too_few


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("Identifikasi/ pemetaan benturan kepentingan dalam tugas fungsi utama", 1),
        ("Penanganan benturan kepentingan telah disosialisasikan/ internalisasi", 2),
        ("Whistle Blowing System telah diterapkan", 3),
        ("Evaluasi atas penerapan Whistle Blowing System sudah dilakukan", 4),
        ("Melakukan monitoring dan evaluasi", 4),
        ("Hasil evaluasi atas penerapan WBS telah ditindaklanjuti", 5),
        ("Whistle Blowing System sudah diinternalisasikan dan diterapkan", None),
        ("Menerapkan, monitoring, evaluasi, dan tindak lanjut WBS", None),
        ("Penyusunan laporan evaluasi", 4),
        ("Menyusun rencana kebutuhan pegawai", None),
        ("Melaksanakan survei", None),
        ("Hasil penanganan Pengaduan masyarakat telah ditindaklanjuti", None),
        ("Menindaklanjuti rekomendasi Inspektorat", 5),
    ],
)
def test_a_row_has_one_step_or_none(said: str, step: int | None) -> None:
    assert step_of(said) == step


WBS = "Whistle Blowing System"


def steps(*told: tuple[str, Iterable[int]], indicator: str = "A5.P4", status: str = "accepted") -> Dossier:
    """A plan whose rows are steps of one component."""
    rows: list[PlanRow] = []
    for order, (said, months) in enumerate(told, 1):
        label = f"{indicator}.{'abc'[order - 1]}"
        rows.append(row(order, months=months, indicator_id=label, status=status, item=said))
    return dossier(rows=tuple(rows), columns=COLUMNS, signed=date(2023, 1, 2))


def test_evaluation_before_the_work_is_told() -> None:
    made = steps((f"Evaluasi {WBS}", [3]), (f"Penerapan {WBS}", [6, 7]))
    (found,) = findings(schedule.claims, made, code="evaluation-before-work")
    assert (found.severity, found.certainty) == ("warning", "likely")
    assert found.row_ids == (made.rows[0].row_id, made.rows[1].row_id)


@pytest.mark.parametrize(
    "made",
    [
        steps((f"Evaluasi {WBS}", [6]), (f"Penerapan {WBS}", [6])),
        steps((f"Evaluasi {WBS}", [3, 6, 9, 12]), (f"Penerapan {WBS}", [6, 7])),
        steps((f"Evaluasi {WBS} tahun sebelumnya", [1]), (f"Penerapan {WBS}", [6])),
        steps((f"Evaluasi {WBS} tahun 2022", [1]), (f"Penerapan {WBS}", [6])),
        steps(("Evaluasi kinerja pejabat", [1]), ("Penerapan budaya pelayanan", [6])),
        steps((f"Evaluasi {WBS}", [3]), (f"Penerapan {WBS}", [6, 7]), status="review"),
        steps((f"Sosialisasi {WBS}", [3]), (f"Penerapan {WBS}", [6, 7])),
    ],
    ids=["same month", "periodic", "of the year before", "of an earlier year", "other things", "unsure match", "right order"],
)
def test_no_order_is_blamed_that_may_be_right(made: Dossier) -> None:
    assert not findings(schedule.claims, made, code="evaluation-before-work")


@pytest.mark.skipif(not HAS_CORPUS, reason="no corpus beside the checkout")
def test_what_a_careful_reader_found_in_tegal_is_found() -> None:
    made = printed_plan("tegal-5-2022", "d0c0000000000007")
    before = [1, 7, 8, 10, 12, 13, 14, 15, 16, 21, *range(24, 28), *range(30, 40), 46]
    assert orders(made, "month-before-decree") == before
    assert orders(made, "begins-before-decree") == [29, 42]
    assert orders(made, "schedule-not-determinable") == [3]
    assert {1, 2, 4, 5} <= set(orders(made, "month-named-twice"))
    assert {4, 26, 52} <= set(orders(made, "period-too-few-months"))
    places = {one.row_id: one.order for one in made.rows}
    pairs = {tuple(places[r] for r in f.row_ids) for f in findings(schedule.claims, made, code="evaluation-before-work")}
    assert pairs == {(53, 51), (56, 54, 55)}


@pytest.mark.skipif(not HAS_CORPUS, reason="no corpus beside the checkout")
def test_what_a_careful_reader_found_in_tasikmalaya_is_found() -> None:
    made = printed_plan("tasikmalaya-15-2025", "d0c0000000000007")
    assert orders(made, "begins-before-decree") == [24]
    assert orders(made, "due-at-once") == [1, 2]
    assert findings(schedule.claims, made, code="plan-late-in-year")
    assert not findings(schedule.claims, made, code="evaluation-before-work")


def test_a_row_that_only_heads_others_needs_no_time() -> None:
    head = row(1, area="Manajemen Perubahan", component="Tim Kerja", months=())
    work = row(2, component="Tim Kerja", item="Membentuk tim", target_raw="Mei 2023", months=(5,))
    idle = row(3, component="Tim Kerja", item="Rapat", months=())
    found = findings(schedule.claims, dossier(rows=(head, work, idle), columns=COLUMNS), code="row-without-schedule")
    assert [f.row_ids for f in found] == [(idle.row_id,)]


@pytest.mark.parametrize(("signed", "told_so"), [(date(2024, 12, 20), False), (date(2024, 6, 20), True)])
def test_a_plan_without_a_year_may_be_for_the_next(signed: date, told_so: bool) -> None:
    one = planned("Januari", "Desember", title="RENCANA AKSI", signed=signed)
    one = replace(one, year=2024, fields={k: v for k, v in one.fields.items() if k not in ("decides", "plan_title")})
    assert bool(findings(schedule.claims, one, code="month-before-decree")) is told_so
