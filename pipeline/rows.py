"""Rows (dictionaries) -> Arrow tables of the schema, refusing what does not fit it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date

import pyarrow as pa

from normalize.schema import PART_ORDER, TABLES, Table
from pipeline.result import Row, Rows


class RowError(ValueError):
    """Rows that do not fit the schema: a mistake of the code that made them."""


def check_rows(tables: Rows) -> None:
    """Nothing, if every row fits its table.

    Raises:
        RowError: a table or column that the schema does not know, a wrong type, null where null is never, or a value
            that cannot be kept as JSON.
    """
    for name, rows in tables.items():
        as_table(name, rows)
    try:
        json_of(tables)
    except (TypeError, ValueError) as error:
        raise RowError(str(error)) from error


def json_of(value: object) -> str:
    """The value as JSON text, dates as ISO text.

    Raises:
        TypeError: it holds something that JSON cannot say.
        ValueError: it holds a number that is none (NaN, infinity).
    """
    return json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def as_table(name: str, rows: Iterable[Row]) -> pa.Table:
    """The rows as an Arrow table in the order of the table's sort key; columns left out are null.

    Raises:
        RowError: see `check_rows`.
    """
    if name not in TABLES:
        raise RowError(f"no table {name!r}")
    table = TABLES[name]
    known = {column.name for column in table.columns}
    made = sorted((_typed(row, table) for row in rows), key=sort_key(table))
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


def _typed(row: Row, table: Table) -> Row:
    """The row with dates where the stored JSON holds their text."""
    dates = [c.name for c in table.columns if pa.types.is_date(c.type) and isinstance(row.get(c.name), str)]
    try:
        return {**row, **{name: date.fromisoformat(str(row[name])) for name in dates}} if dates else row
    except ValueError as error:
        raise RowError(f"{table.name}: {error}") from error
