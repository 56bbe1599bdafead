"""What does not fit the schema is refused before it can reach a table."""

from __future__ import annotations

from datetime import date

import pytest

from normalize.schema import TABLES
from pipeline.result import Row
from pipeline.rows import RowError, as_table, check_rows
from tests.pipeline.stubs import document_row

GOOD = document_row("0" * 16, "a.pdf")
FIELD: Row = {
    "document_id": "0" * 16,
    "field": "title",
    "text": "Rencana",
    "origin": "printed",
    "boxes": [],
    "confidence": 1.0,
    "needs_review": False,
}


def test_a_column_left_out_is_null() -> None:
    assert as_table("documents", [GOOD])["number"].null_count == 1


def test_a_stored_date_becomes_a_date() -> None:
    assert as_table("documents", [{**GOOD, "date": "2022-02-01"}])["date"].to_pylist() == [date(2022, 2, 1)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({**GOOD, "colour": "red"}, "no column colour"),
        ({**GOOD, "number": "four"}, "documents"),
        ({**GOOD, "date": "1 Februari 2022"}, "isoformat"),
        ({**GOOD, "kind": None}, "documents.kind is null"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(row: Row, told: str) -> None:
    with pytest.raises(RowError, match=told):
        as_table("documents", [row])


BOX = {"page": 1, "x0": 0.0, "top": float("inf"), "x1": 1.0, "bottom": 1.0}


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("documents", {**GOOD, "confidence": float("nan")}, "documents.confidence"),
        ("fields", {**FIELD, "boxes": [BOX]}, "fields.boxes"),
    ],
)
def test_a_number_that_is_none_is_refused(table: str, row: Row, told: str) -> None:
    with pytest.raises(RowError, match=told):
        check_rows({table: [row]})


def test_numbers_and_nulls_are_let_through() -> None:
    check_rows({"documents": [GOOD], "fields": [FIELD, {**FIELD, "boxes": [{**BOX, "top": 0.5}]}]})


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(RowError, match="no table"):
        as_table("dokumen", [])


@pytest.mark.parametrize("name", TABLES)
def test_sort_keys_are_columns(name: str) -> None:
    columns = {column.name for column in TABLES[name].columns}
    assert {"part" if key == "part_order" else key for key in TABLES[name].sort} <= columns
    assert as_table(name, []).num_rows == 0
