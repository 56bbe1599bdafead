"""Ten questions that analysts ask, each answered in at most five lines of the library or in one SQL statement.

The answers are those of the small folder (`made.py`); the lines run on a national data set unchanged.
"""

from __future__ import annotations

import pandas as pd
import pytest

import zi
from tests.zi import made
from zi.tables import Tables


def test_which_component_is_rarest(tables: Tables) -> None:
    matrix = tables.coverage_matrix(names=True)
    shares = pd.DataFrame({"present": (matrix == "present").mean(), "missing": (matrix == "missing").mean()})
    rarest = shares.sort_values(["present", "missing"], ascending=[True, False])

    assert rarest.index[0] == "H1.a Komponen H1.a" and rarest.iloc[0].to_list() == [0.0, 0.75]


def test_who_lacks_most_by_the_weights_of_the_form(tables: Tables) -> None:
    weights = tables.weights().reset_index().sort_values("missing", ascending=False)
    lacking = weights[["office", "year", "missing", "uncertain", "missing_in_form"]]

    assert list(lacking["office"].fillna("?")) == ["Provinsi Nusa", "Kota Arunika", "Kabupaten Sagara Timur", "?"]
    assert lacking.iloc[0]["missing"] == 20.0 and lacking.iloc[1]["missing_in_form"] == 1.5


def test_who_surely_lacks_a_component_and_where_a_person_must_look(tables: Tables) -> None:
    rows = tables.coverage_rows().query("indicator_id == 'A1.P2' and status != 'present'")
    lacks, look = zi.sure(rows)["satker_name"], rows[rows["status"] == "uncertain"][["satker_name", "reasons"]]

    assert list(lacks) == ["Kabupaten Sagara Timur", "Provinsi Nusa"]
    assert look["satker_name"].fillna("?").to_list() == ["Kota Arunika", "?"]
    assert look["reasons"].iloc[0] == ["row-may-serve-it"]


def test_how_many_months_of_work_each_area_takes(tables: Tables) -> None:
    months = tables.months_matrix()
    rows = tables.rows().assign(months_of_work=tables.rows()["row_id"].map(months.sum(axis=1).where(months[1].notna())))
    work = rows.groupby("area_name")["months_of_work"].agg(["sum", "count", "size"])

    assert work.loc["Manajemen Perubahan"].to_list() == [7, 4, 6]  # of six rows two have no sure months
    assert work.loc["Penataan Tatalaksana"].to_list() == [1, 1, 1]


def test_which_offices_cite_an_instrument_that_was_replaced(tables: Tables) -> None:
    cited = tables.citations()
    replaced = cited[cited["was_replaced"].fillna(False)][["satker_name", "decree_date", "instrument_id", "replaced_by"]]

    assert replaced[["satker_name", "instrument_id", "replaced_by"]].to_numpy().tolist() == [
        ["Kota Arunika", "uu-5-2014", "uu-20-2023"]
    ]


def test_which_offices_cite_an_instrument_that_was_replaced_in_sql(tables: Tables) -> None:
    pytest.importorskip("duckdb")
    found = tables.sql("select satker_name, instrument_id, replaced_by from citations where was_replaced")

    assert found.to_numpy().tolist() == [["Kota Arunika", "uu-5-2014", "uu-20-2023"]]


def test_which_plans_copy_another(tables: Tables) -> None:
    pytest.importorskip("duckdb")
    found = tables.sql("""
        select here.satker_name, there.satker_name as other, share from similar_plans
        join plans here using (document_id) join plans there on there.document_id = other_document_id
        where relation = 'other-office' and share >= 0.7 order by share desc
    """)

    assert found.to_numpy().tolist() == [["Kota Arunika", "Kabupaten Sagara Timur", 0.8]]


def test_in_which_month_most_work_falls(tables: Tables) -> None:
    pytest.importorskip("duckdb")
    found = tables.sql("""
        select month, count(*) as n from (select unnest(months) as month from rows where sure)
        group by month order by n desc, month
    """)

    assert found.iloc[0].to_list() == [1, 3] and len(found) == 4


def test_what_offices_show_as_evidence_for_a_component(tables: Tables) -> None:
    rows = zi.sure(tables.rows()).query("component_id == 'A1.P1'")
    evidence = rows.groupby("evidence")["satker_code"].nunique().sort_values(ascending=False)

    assert evidence.to_dict() == {"SK tim": 2}


def test_how_far_the_reading_can_be_trusted(tables: Tables) -> None:
    rows = tables.rows(copies=True)
    trust = rows.groupby("kind", observed=True).agg(
        rows=("sure", "size"), sure=("sure", "mean"), confidence=("confidence", "mean")
    )

    assert trust.loc["scanned", "sure"] == 0.5 and trust.loc["digital", "rows"] == 8


def test_which_offices_have_a_plan_for_which_year(tables: Tables) -> None:
    years = tables.office_years()
    without = years.index[years[2024] == 0].get_level_values("office")

    assert list(without) == ["Kabupaten Sagara Timur", "Kota Arunika"]


def test_what_an_auditor_should_look_at_first(tables: Tables) -> None:
    found = tables.finding_rows().sort_values(["severity", "certainty"], ascending=False)
    first = found[["satker_name", "code", "severity", "certainty", "message", "page"]]

    assert first.iloc[0]["satker_name"] == "Kabupaten Sagara Timur" and first.iloc[0]["severity"] == "error"


def test_the_questions_run_on_a_folder_of_older_tables() -> None:
    old = zi.load(made.__file__.replace("made.py", "old/1.1"))
    assert list(old.coverage_matrix().index.get_level_values("office")) == ["Kabupaten Sagara Timur", "Kota Arunika"]
    assert old.weights()["missing"].to_list() == [18.5, 19.0]
