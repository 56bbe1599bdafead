"""The matrices: a decree a line, and no doubt that looks like a fact."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import zi
from tests.zi import made
from zi.tables import Tables


def test_office_by_component(tables: Tables) -> None:
    matrix = tables.coverage_matrix()
    assert matrix.shape == (4, 4) and list(matrix.columns) == ["A1.P1", "A1.P2", "A2.P1", "H1.a"]
    assert matrix.loc[("3201", "Kabupaten Sagara Timur", 2023, made.SAGARA)].to_list() == [
        "present",
        "missing",
        "present",
        "missing",
    ]
    assert (matrix == "missing").sum().sum() == 7 and (matrix == "uncertain").sum().sum() == 5
    assert matrix.index.get_level_values("decree_id")[2] == made.NUSA  # its plan is in another file


def test_an_uncertain_cell_lies_between_the_sure_ones(tables: Tables) -> None:
    cells = tables.coverage_matrix()["A1.P2"]
    assert cells.cat.ordered and (cells > "present").sum() == 4 and (cells >= "missing").sum() == 2


def test_columns_with_names_and_lines_with_copies(tables: Tables) -> None:
    assert tables.coverage_matrix(names=True).columns[0] == "A1.P1 Komponen A1.P1"
    assert tables.coverage_matrix(copies=True).index.names[-1] == "document_id"
    assert tables.coverage_matrix(copies=True).shape == (5, 4) and len(tables.weights(copies=True)) == 5


def test_weights_keep_doubt_apart(tables: Tables) -> None:
    weights = tables.weights().droplevel(["office", "year", "decree_id"])
    assert weights.loc["3201", ["present", "uncertain", "missing"]].to_list() == [2.0, 0.0, 18.5]
    assert weights.loc["3471"].to_list() == [0.5, 1.0, 19.0, 1.5, 17.5]  # the form of 2014 has no H1.a
    unknown = weights[weights.index.isna()].iloc[0]
    assert unknown["uncertain"] == 20.5 and unknown["missing_in_form"] is pd.NA


def test_a_plan_in_two_files_is_one_line(tmp_path: Path) -> None:
    rows = made.small()
    second = made.document(made.NOBODY, decree_id=made.NUSA, document_part="lampiran", lampiran_no="II")
    rows["documents"] = [*rows["documents"][:-1], second]
    rows["plan_rows"].append(made.plan_row(made.NOBODY, 1, "A1.P2", [1]))
    statuses = {"A1.P1": "missing", "A1.P2": "present", "A2.P1": "missing", "H1.a": "uncertain"}
    rows["coverage"] = [*rows["coverage"][:-4], *made.covered(made.NOBODY, statuses)]
    tables = zi.load(made.write(tmp_path, rows))
    line = tables.coverage_matrix().xs(made.NUSA, level="decree_id").iloc[0]
    assert line.to_list() == ["present", "present", "missing", "uncertain"]
    found = tables.coverage_rows()
    told = found[(found["decree_id"] == made.NUSA) & (found["indicator_id"] == "H1.a")].iloc[0]
    assert told["reasons"] == ["row-may-serve-it"] and not told["sure"] and told["weight"] == 17.5
    assert len(tables.coverage_rows()) == 12 and len(tables.coverage_rows(copies=True)) == 20


def test_months_by_row(tables: Tables) -> None:
    matrix = tables.months_matrix()
    assert matrix.shape == (8, 12) and list(matrix.columns) == list(range(1, 13))
    assert list(matrix.columns[matrix.loc[f"{made.LAMPIRAN}-0001"]]) == [1, 2, 12]
    assert not matrix.loc[f"{made.ARUNIKA}-0005"].any()  # the print marks none
    assert matrix.loc[f"{made.ARUNIKA}-0004"].isna().all()  # not determinable
    assert matrix.loc[f"{made.ARUNIKA}-0003"].isna().all()  # marked for review


def test_doubted_months_on_request_and_decided_ones_always(tables: Tables, tmp_path: Path) -> None:
    key = f"{made.ARUNIKA}-0003"
    assert tables.months_matrix(doubted=True).loc[key, 7]
    rows = made.small()
    next(row for row in rows["plan_rows"] if row["row_id"] == key)["decided"] = ["months"]
    assert zi.load(made.write(tmp_path, rows)).months_matrix().loc[key, 7]


def test_months_join_the_rows(tables: Tables) -> None:
    joined = tables.rows().join(tables.months_matrix(), on="row_id")
    assert joined.groupby("area_id")[list(range(1, 13))].sum().sum(axis=1).to_dict() == {"A1": 7, "A2": 1}
