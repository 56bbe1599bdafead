"""The rows of a workbook, or of a CSV, that hold decisions, as texts by column name."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from audit.review.errors import NoDecisions
from audit.workbook.layout import COLUMNS, DECIDED_IN, KEYS
from pipeline.storage import reason

CSV = ".csv"
NEEDED = ("decision", *(column.name for column in KEYS))
"""Columns that a sheet of decisions has."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet that a person filled in: with a decision, or with a new value and no decision.

    Attributes:
        sheet: its name.
        number: of the row, as the program that shows the sheet counts.
        cells: texts by column name; empty cells are left out.
    """

    sheet: str
    number: int
    cells: Mapping[str, str]


def read_lines(path: Path) -> list[Line]:
    """The rows with a decision or a new value, of all sheets that hold decisions.

    Args:
        path: a workbook (.xlsx) or one of its sheets as CSV.

    Raises:
        NoDecisions: it cannot be read, or has no such sheet.
    """
    try:
        sheets = _of_csv(path) if path.suffix.lower() == CSV else _of_workbook(path)
    except OSError as error:
        raise NoDecisions(f"{path} cannot be read: {reason(error)}.") from error
    if not sheets:
        raise NoDecisions(f"{path} has no sheet {' or '.join(DECIDED_IN)} with the columns that zi wrote.")
    return [line for name, rows in sheets.items() for line in _lines(name, rows)]


def _of_workbook(path: Path) -> dict[str, list[Sequence[object]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            found: dict[str, list[Sequence[object]]] = {
                name: [*book[name].iter_rows(values_only=True)] for name in DECIDED_IN if name in book.sheetnames
            }
        finally:
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:  # the last is broken XML
        raise NoDecisions(f"{path} is no workbook that can be opened.") from error
    return {name: rows for name, rows in found.items() if rows and _is_whole(name, rows[0])}


def _of_csv(path: Path) -> dict[str, list[Sequence[object]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoDecisions(f"{path} is no CSV in UTF-8.") from error
    first = text.partition("\n")[0]
    rows: list[Sequence[object]] = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count)))
    name = next((name for name in DECIDED_IN if rows and _is_whole(name, rows[0])), None)  # the first asks for more columns
    return {} if name is None else {name: rows}


def _is_whole(sheet: str, header: Sequence[object]) -> bool:
    """Whether a header has all columns that a decision needs."""
    names = _names(sheet, header)
    value_sheet = "value" in {column.name for column in COLUMNS[sheet]}
    return set(NEEDED) <= set(names) and (not value_sheet or "value" in names)


def _names(sheet: str, header: Iterable[object]) -> list[str | None]:
    known = {column.header: column.name for column in COLUMNS[sheet]}
    return [known.get(str(title).strip()) for title in header]


def _lines(sheet: str, rows: Sequence[Sequence[object]]) -> Iterator[Line]:
    names = _names(sheet, rows[0])
    for number, row in enumerate(rows[1:], 2):
        cells = {name: _text(value) for name, value in zip(names, row, strict=False) if name is not None}
        cells = {name: text for name, text in cells.items() if text}
        if "decision" in cells or "value" in cells:  # a new value without a decision is told, not lost
            yield Line(sheet, number, cells)


def _text(value: object) -> str:
    """What a cell says: whole numbers without a point, days as ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
