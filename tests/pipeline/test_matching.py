"""A document's tables with its plan matched: what an analyst finds in plan_rows, coverage and indicators."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.matching import indicator_rows, match_tables
from pipeline.result import Row
from pipeline.rows import as_table
from taxonomy.load import load_taxonomy

PLAN = (
    ("Tim Kerja", "Unit kerja telah membentuk tim untuk melakukan pembangunan Zona Integritas"),
    (
        "Dokumen Rencana Pembangunan Zona Integritas",
        "Terdapat dokumen rencana kerja pembangunan Zona Integritas menuju WBK/WBBM",
    ),
    ("E-Office", "Operasionalisasi manajemen SDM sudah menggunakan teknologi informasi"),
    ("Penerapan SPIP", "Telah dibangun lingkungan pengendalian"),
    ("Standar Pelayanan", "Terdapat SOP bagi pelaksanaan standar pelayanan"),
    ("Budaya Pelayanan Prima", "Telah terdapat sarana layanan terpadu/terintegrasi"),
    ("Penilaian kepuasan terhadap pelayanan", "Dilakukan survey kepuasan masyarakat terhadap pelayanan"),
)


def tables(*plan: tuple[str, str]) -> dict[str, list[Row]]:
    """Tables as they are before matching, with the keys that matching reads."""
    document: Row = {"document_id": "d", "satker_code": "3504", "year": 2022}
    rows: list[Row] = [{"row_order": i, "component": c, "item": item} for i, (c, item) in enumerate(plan, 1)]
    return {"documents": [document], "plan_rows": rows}


@pytest.fixture(scope="module")
def matched() -> Any:
    return match_tables(tables(*PLAN))


def test_every_row_says_what_it_serves_and_why(matched: Any) -> None:
    rows = matched["plan_rows"]
    assert [row["indicator_id"] for row in rows] == [
        "A1.P1.a",
        "A1.P2.a",
        "A2.P2.b",
        "A5.P2.a",
        "A6.P1",  # dropped from the form of 2021: its component
        "A6.P2.e",
        "A6.P4.a",
    ]
    for row in rows:
        assert row["match_status"] == "accepted"
        assert row["candidates"][0] == {"id": row["indicator_id"], "score": row["match_score"]}
        assert row["component_score"] >= 90
        assert row["match_words"]


def test_the_form_is_told_by_its_words_and_stands_with_the_coverage(matched: Any) -> None:
    assert matched["documents"][0]["plan_form"] == "zi-2014"
    by_id = {row["indicator_id"]: row for row in matched["coverage"]}
    assert len(by_id) == 45
    assert (by_id["A2.P2"]["status"], by_id["A2.P2"]["in_form"]) == ("present", True)
    assert (by_id["A6.P5"]["status"], by_id["A6.P5"]["in_form"]) == ("missing", False)
    assert {row["form"] for row in by_id.values()} == {"zi-2014"}
    assert {(row["document_id"], row["satker_code"], row["year"]) for row in by_id.values()} == {("d", "3504", 2022)}


def test_areas_sum_up_to_the_whole_form(matched: Any) -> None:
    areas = {row["area_id"]: row for row in matched["coverage_areas"]}
    assert areas["all"]["present"] == 7
    weights = ("weight_present", "weight_missing", "weight_uncertain")
    assert sum(areas["all"][w] for w in weights) == pytest.approx(100)
    assert sum(areas[a]["row_count"] for a in areas if a != "all") == areas["all"]["row_count"] == 7


def test_a_decree_without_a_plan_has_no_coverage() -> None:
    assert match_tables(tables())["coverage"] == []


def test_a_decree_whose_pages_were_not_read_may_have_everything() -> None:
    assert {row["status"] for row in match_tables(tables(), ["page-not-read:3"])["coverage"]} == {"uncertain"}


def test_an_unread_page_makes_no_component_missing() -> None:
    statuses = {row["status"] for row in match_tables(tables(*PLAN), ["page-not-read:3"])["coverage"]}
    assert statuses == {"present", "uncertain"}


def test_a_heading_over_a_row_that_tells_nothing_forbids_missing() -> None:
    covered = match_tables(tables(*PLAN, ("Whistle-Blowing System", "Xyzzy plugh")))["coverage"]
    assert {row["status"] for row in covered if row["indicator_id"] == "A5.P4"} <= {"present", "uncertain"}


def test_of_two_headings_that_are_nearly_the_same_neither_is_missing() -> None:
    plan = (*PLAN, ("Penanganan Pengaduan Masyarakat", "Membuka nomor pesan singkat"))
    covered = {row["indicator_id"]: row["status"] for row in match_tables(tables(*plan))["coverage"]}
    assert covered["A5.R2"] != "missing"
    assert covered["A5.P3"] == "uncertain"


def test_a_row_read_with_doubt_leaves_its_neighbours_open() -> None:
    whole = tables(
        ("Pengaduan Masyarakat", "Pengaduan masyarakat ditindaklanjuti"), ("", "Pengadaan kendaraan dinas"), *PLAN[4:]
    )
    before = {row["indicator_id"]: row["status"] for row in match_tables(whole)["coverage"]}
    whole["plan_rows"][1] |= {"needs_review": True, "review_reasons": ["read-unsurely:item@3:10,20"]}
    after: Any = {row["indicator_id"]: row for row in match_tables(whole)["coverage"]}
    assert (before["A5.P4"], before["A1.P1"]) == ("missing", "missing")
    assert (after["A5.P4"]["status"], after["A1.P1"]["status"]) == ("uncertain", "missing")
    assert "row-read-with-doubt" in after["A5.P4"]["reasons"]


@pytest.mark.parametrize(
    ("component", "item", "named"),
    [
        ("", "Sosialisasi pengendalian gratifikasi, penerapan SPIP, whistle blowing system dan benturan kepentingan", "A5.P1"),
        ("Pengendalian Gratifikasi dan Penerapan SPIP", "Melaksanakan sosialisasi", "A5.P1"),
        ("Pengendalian Gratifikasi dan Penerapan SPIP", "Melaksanakan sosialisasi SPIP", "A5.P1"),
        ("", "Sosialisasi whistle blowing system dan benturan kepentingan", "A5.P5"),
        ("Whistle Blowing System dan Penanganan Benturan Kepentingan", "Sosialisasi WBS", "A5.P5"),
        ("Penanganan Benturan Kepentingan", "Memasang banner tolak gratifikasi", "A5.P5"),
        ("", "Xqzzk wvrtp", "A5.P4"),
    ],
)
def test_a_component_that_a_row_names_or_may_hide_is_not_missing(component: str, item: str, named: str) -> None:
    plan = (("Pengaduan Masyarakat", "Pengaduan masyarakat ditindaklanjuti"), (component, item), *PLAN[4:])
    covered = {row["indicator_id"]: row["status"] for row in match_tables(tables(*plan))["coverage"]}
    assert covered[named] != "missing"
    assert covered["A1.P2"] == "missing"


def test_an_empty_row_leaves_open_what_lies_between_its_neighbours() -> None:
    plan = (("Pengaduan Masyarakat", "Pengaduan masyarakat ditindaklanjuti"), ("", ""), *PLAN[4:])
    covered: Any = {row["indicator_id"]: row for row in match_tables(tables(*plan))["coverage"]}
    assert covered["A5.P4"]["status"] == covered["A5.P5"]["status"] == "uncertain"
    assert "row-read-with-doubt" in covered["A5.P4"]["reasons"]
    assert covered["A3.P1"]["status"] == "missing"


def test_a_table_that_looks_like_a_plan_and_was_not_taken_for_one_makes_nothing_missing() -> None:
    texts = [f"{component} {item} Maret" for component, item in PLAN[:4]]
    covered: Any = match_tables(tables(*PLAN[4:]), aside=[(8, texts)])["coverage"]
    assert {row["status"] for row in covered} == {"present", "uncertain"}
    assert any("table-not-a-plan:8" in row["reasons"] for row in covered)


def test_a_team_list_is_no_plan() -> None:
    roles = (
        "Ketua",
        "Koordinator Manajemen Perubahan",
        "Koordinator Penataan Tata Laksana",
        "Koordinator Penguatan Pengawasan",
    )
    texts = [f"{number} Nama {number} {role}" for number, role in enumerate(roles, 1)]
    assert match_tables(tables(), aside=[(3, texts)])["coverage"] == []


def test_a_row_of_nothing_is_none() -> None:
    (row,) = match_tables(tables(("Pengadaan", "Pengadaan kendaraan dinas operasional roda empat")))["plan_rows"]
    assert (row["indicator_id"], row["match_status"]) == (None, "none")


def test_indicators_name_all_that_stands_in_the_other_tables() -> None:
    rows = indicator_rows(load_taxonomy())
    by_id: Any = {row["indicator_id"]: row for row in rows}
    assert as_table("indicators", rows).num_rows == len(by_id)
    assert set(load_taxonomy().labels) <= set(by_id)
    assert {row["parent_id"] for row in rows} - {None} <= set(by_id)
    assert (by_id["A1.P1.a"]["component_id"], by_id["A1.P1.a"]["area_id"], by_id["A1.P1.a"]["level"]) == ("A1.P1", "A1", "item")
    assert by_id["A1.P1"]["weight"] == 0.5
    assert by_id["RB2.P1"]["form"] == "pmprb-2020"
