"""Some rows and columns of a table: what needs no more than these should not hold the whole of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit.errors import NoTables, OldTables
from normalize.schema import SCHEMA_VERSION

AT_A_TIME = 2_000  # rows: few enough to weigh nothing, enough to be fast

Row = dict[str, Any]
"""A row as the table has it, its column by name."""


def selected(parquet: Path, name: str, columns: Sequence[str], where: pc.Expression | None = None) -> list[Row]:
    """The rows of a table, with these columns only; see `selected_table`."""
    rows: list[Row] = selected_table(parquet, name, columns, where).to_pylist()
    return rows


def in_order(table: pa.Table, order: Sequence[int]) -> Iterator[Row]:
    """The rows of a table by their numbers, a few of them in memory at a time."""
    for start in range(0, len(order), AT_A_TIME):
        yield from table.take(pa.array(order[start : start + AT_A_TIME], pa.int64())).to_pylist()


def selected_table(parquet: Path, name: str, columns: Sequence[str], where: pc.Expression | None = None) -> pa.Table:
    """A table, with these rows and columns only.

    Args:
        parquet: folder of the tables.
        name: the table.
        columns: the columns.
        where: which rows; None for all.

    Raises:
        NoTables: it is not there or cannot be read.
        OldTables: it was written by an older zi, and lacks a column.
    """
    path = parquet / f"{name}.parquet"
    try:
        there = pq.read_schema(path).names
        lacking = [column for column in columns if column not in there]
        if lacking:
            raise OldTables(f"{path} has no column {', '.join(lacking)}; zi writes schema {SCHEMA_VERSION} now.")
        return pq.read_table(path, columns=list(columns), filters=where)
    except (OSError, pa.ArrowException) as error:
        raise NoTables(f"{path} is not there, or is no table: {error}.") from error
