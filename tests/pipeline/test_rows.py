"""What does not fit the schema is refused before it can reach a table."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from normalize.schema import TABLES
from pipeline.result import Row
from pipeline.rows import RowError, as_table, check_rows
from tests.pipeline.stubs import document_row

GOOD = document_row("0" * 16, "a.pdf")


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


@pytest.mark.parametrize("confidence", [float("nan"), np.float32(0.5)])
def test_a_value_that_cannot_be_kept_is_refused(confidence: object) -> None:
    with pytest.raises(RowError):
        check_rows({"documents": [{**GOOD, "confidence": confidence}]})


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(RowError, match="no table"):
        as_table("dokumen", [])


@pytest.mark.parametrize("name", TABLES)
def test_sort_keys_are_columns(name: str) -> None:
    columns = {column.name for column in TABLES[name].columns}
    assert {"part" if key == "part_order" else key for key in TABLES[name].sort} <= columns
    assert as_table(name, []).num_rows == 0
