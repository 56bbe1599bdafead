"""Rows (dictionaries) -> Arrow tables of the schema, refusing what does not fit it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from normalize.schema import PART_ORDER, TABLES
from normalize.schema_types import Table
from pipeline.result import Row, Rows


class RowError(ValueError):
    """Rows that do not fit the schema: a mistake of the code that made them."""


def check_rows(tables: Rows) -> None:
    """Nothing, if every row fits its table.

    Raises:
        RowError: a table or column that the schema does not know, a wrong type, null where null is never, or a number that
            is none (NaN, infinity).
    """
    for name, rows in tables.items():
        table = as_table(name, rows)
        for column in _with_numbers(name) if rows else ():
            found = (numbers for chunk in table[column].chunks for numbers in _numbers(chunk))
            if any(pc.is_finite(numbers).false_count for numbers in found):
                raise RowError(f"{name}.{column} holds a number that is none")


@cache
def _with_numbers(table: str) -> tuple[str, ...]:
    """The columns of a table that hold fractional numbers, be it in lists or structs."""
    return tuple(column.name for column in TABLES[table].columns if list(_numbers(pa.array([], column.type))))


def _numbers(column: pa.Array) -> Iterator[pa.Array]:
    """The fractional numbers in a column."""
    if pa.types.is_floating(column.type):
        yield column
    elif pa.types.is_list(column.type):
        yield from _numbers(column.flatten())
    elif pa.types.is_struct(column.type):
        for part in column.flatten():
            yield from _numbers(part)


def as_table(name: str, rows: Iterable[Row]) -> pa.Table:
    """The rows as an Arrow table in the order of the table's sort key; columns left out are null.

    Raises:
        RowError: see `check_rows`.
    """
    if name not in TABLES:
        raise RowError(f"no table {name!r}")
    table = TABLES[name]
    known = {column.name for column in table.columns}
    made = sorted([_typed(row, table) for row in rows], key=sort_key(table))
    for row in made:
        if not row.keys() <= known:
            raise RowError(f"{name}: no column {', '.join(sorted(row.keys() - known))}")
    try:
        arrow = pa.Table.from_pylist(made, schema=table.schema)
    except (pa.ArrowException, TypeError, OverflowError) as error:
        raise RowError(f"{name}: {error}") from error
    for field, values in zip(arrow.schema, arrow.columns, strict=True):
        if values.null_count and not field.nullable:
            raise RowError(f"{name}.{field.name} is null")
    return arrow


def sort_key(table: Table) -> Callable[[Row], tuple[tuple[bool, object], ...]]:
    """The key that sorts the table's rows; nulls come last."""

    def key(row: Row) -> tuple[tuple[bool, object], ...]:
        values = (_sort_value(row, column) for column in table.sort)
        return tuple((value is None, 0 if value is None else value) for value in values)

    return key


def _sort_value(row: Row, column: str) -> object:
    if column == "part_order":
        return PART_ORDER.get(str(row.get("part")), len(PART_ORDER) + 1)
    return row.get(column)


@cache
def _dates(table: str) -> tuple[str, ...]:
    """The columns of a table that hold dates."""
    return tuple(column.name for column in TABLES[table].columns if pa.types.is_date(column.type))


def _typed(row: Row, table: Table) -> Row:
    """The row with dates where it holds their text."""
    dates = [name for name in _dates(table.name) if isinstance(row.get(name), str)]
    try:
        return {**row, **{name: date.fromisoformat(str(row[name])) for name in dates}} if dates else row
    except ValueError as error:
        raise RowError(f"{table.name}: {error}") from error
