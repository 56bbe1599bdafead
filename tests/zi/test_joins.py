"""The joins: no copy counts twice, names stand beside ids, and what is not sure says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import zi
from tests.zi import made
from zi.errors import NoColumnSure
from zi.plans import File, decree_documents, plan_documents
from zi.tables import Tables


def file(key: str, of: str | None = None, *, rows: int = 0, part: str = "decree", no: str | None = None, **more: str) -> File:
    kind = more.get("kind", "digital")
    return File(key, of or key, part == "lampiran", no, kind, needs_review=False, rows=rows, covered=bool(rows))


@pytest.mark.parametrize(
    ("files", "plans"),
    [
        ([file("a", rows=9)], ["a"]),
        ([file("a")], []),
        ([file("b", rows=8), file("a", "b", rows=9)], ["b"]),  # a copy that has more rows is a copy all the same
        ([file("b"), file("a", "b", rows=9)], ["a"]),  # only the copy has its lampiran
        ([file("a"), file("b", "a", rows=5, kind="scanned"), file("c", "a", rows=5)], ["c"]),
        (
            [file("a"), file("b", "a", rows=5, part="lampiran", no="I"), file("c", "a", rows=5, part="lampiran", no="II")],
            ["b", "c"],
        ),
        ([file("a"), file("b", "a", rows=5, part="lampiran", no="I"), file("c", "a", rows=5, part="lampiran", no="I")], ["b"]),
        ([file("a", rows=9), file("b", "a", rows=5, part="lampiran", no="I")], ["a"]),
        ([file("b", rows=5, part="lampiran")], ["b"]),  # its decree was never published
        ([file("b", "gone", rows=5), file("c", "gone", rows=5)], ["b"]),  # part of a folder
    ],
)
def test_which_documents_hold_the_plan(files: list[File], plans: list[str]) -> None:
    assert plan_documents(files) == plans == plan_documents(files[::-1])


def test_a_decree_stands_for_its_lampiran() -> None:
    files = [file("a", "b", part="lampiran"), file("b"), file("c", "gone", part="lampiran"), file("d", "gone")]
    assert decree_documents(files) == ["b", "d"]


def test_a_decree_counts_once(tables: Tables) -> None:
    assert list(tables.decrees()["document_id"]) == [made.SAGARA, made.ARUNIKA, made.NUSA, made.NOBODY]
    assert len(tables.decrees(copies=True)) == 6
    assert list(tables.plans()["document_id"]) == [made.SAGARA, made.ARUNIKA, made.LAMPIRAN, made.NOBODY]
    assert list(tables.plans()["rows"]) == [2, 5, 1, 0]  # of the last one a plan may not have been read


def test_rows_have_their_names(tables: Tables) -> None:
    rows = tables.rows()
    assert len(rows) == 8 and made.SCAN not in set(rows["document_id"])
    first = rows.iloc[0]
    assert (first["satker_name"], first["component_name"], first["area_name"], first["component_weight"]) == (
        "Kabupaten Sagara Timur",
        "Komponen A1.P1",
        "Manajemen Perubahan",
        0.5,
    )
    assert rows.iloc[0]["date"] == dt.date(2023, 1, 16) and len(tables.rows(copies=True)) == 10
    assert rows[rows["indicator_id"].isna()]["area_name"].isna().all()
    lampiran = rows[rows["document_id"] == made.LAMPIRAN].iloc[0]
    assert (lampiran["decree_id"], lampiran["satker_name"]) == (made.NUSA, "Provinsi Nusa")


def test_what_is_not_sure_is_left_out(tables: Tables) -> None:
    rows = tables.rows()
    assert rows["sure"].notna().all()
    unsure = rows[~rows["sure"]]["row_id"].str[-4:].to_list()
    assert unsure == ["0002", "0003", "0005"]  # to be reviewed by the matcher, by a reader, and of no indicator
    assert len(zi.sure(rows)) == 5
    assert set(zi.sure(tables.coverage_rows())["status"]) == {"present", "missing"}
    with pytest.raises(NoColumnSure, match="sure"):
        zi.sure(rows[["row_id"]])


def test_an_office_that_is_not_known_is_none_of_the_others(tables: Tables) -> None:
    offices = tables.offices()
    assert list(offices["satker_code"].fillna("?")) == ["3201", "3471", "36", "?"]
    assert list(offices["plans"]) == [1, 1, 1, 1] and list(offices["rows"]) == [2, 5, 1, 0]
    assert list(offices["years"]) == [[2023], [2023], [2024], []]


def test_an_office_that_no_register_knows_has_its_printed_name(tmp_path: Path) -> None:
    tables = made.small()
    tables["documents"][-1]["institution"] = "KPU KABUPATEN LEMBAH"
    found = zi.load(made.write(tmp_path, tables))
    assert list(found.offices()["office"])[-1] == "KPU KABUPATEN LEMBAH"
    assert found.coverage_matrix().index.get_level_values("office")[-1] == "KPU KABUPATEN LEMBAH"


def test_offices_by_year(tables: Tables) -> None:
    matrix = tables.office_years()
    assert list(matrix.columns) == [2023, 2024]
    assert matrix.loc[("36", "Provinsi Nusa")].to_list() == [0, 1]


def test_findings_of_copies_and_dismissed_ones_are_left_out(tables: Tables) -> None:
    found = tables.finding_rows()
    assert list(found["finding_id"]) == ["f1", "f3"] and list(found["sure"]) == [True, False]
    assert list(found["satker_name"]) == ["Kabupaten Sagara Timur", "Provinsi Nusa"]
    assert len(tables.finding_rows(copies=True, dismissed=True)) == 4


def test_what_was_replaced_when_it_was_cited(tables: Tables) -> None:
    found = tables.citations().set_index(["document_id", "item_order"])["was_replaced"]
    assert found[made.ARUNIKA, 1]  # UU 5/2014 went in October 2023; the decree is of December
    assert not found[made.SAGARA, 1]
    # not registered as replaced; which instrument it is was not read; part of PP 53/2010 was left standing
    assert all(found[key] is pd.NA for key in ((made.ARUNIKA, 2), (made.ARUNIKA, 3), (made.NUSA, 1)))
    assert list(tables.citations()["sure"]) == [True, True, True, False, True]


def test_the_years_of_decree_and_instrument_are_two_columns(tables: Tables) -> None:
    assert {"year", "decree_year", "decree_date"} <= set(tables.citations().columns)


def test_components_are_in_the_order_of_the_form(tables: Tables) -> None:
    assert list(tables.components()["indicator_id"]) == ["A1.P1", "A1.P2", "A2.P1", "H1.a"]
    assert tables.components()["weight"].sum() == 20.5


def test_nothing_in_the_tables_breaks_no_join(tmp_path: Path) -> None:
    empty = zi.load(made.write(tmp_path, {}))
    for name in ("decrees", "plans", "offices", "office_years", "components", "rows", "coverage_rows", "coverage_matrix"):
        assert len(getattr(empty, name)()) == 0, name
    for name in ("weights", "months_matrix", "finding_rows", "citations"):
        assert len(getattr(empty, name)()) == 0, name


def test_which_offices_have_a_plan_for_which_year(tables: Tables) -> None:
    years = tables.office_years()
    without = years.index[years[2024] == 0].get_level_values("office")

    assert list(without) == ["Kabupaten Sagara Timur", "Kota Arunika"]
