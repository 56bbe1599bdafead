"""An Excel file written safely: no text becomes a formula, no limit of Excel is passed in silence, no clock gets into it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from audit.workbook.layout import Column
from pipeline.errors import OutputNotWritable
from pipeline.storage import temporary

MOST_ROWS = 1_048_576  # rows of a sheet, Excel's limit
MOST_LINKS = 65_000  # links of a sheet: Excel drops all of them from 65,530 on
LONGEST_LINK = 2_000  # characters: Excel takes 2,079
LONGEST_TEXT = 32_767  # characters (as UTF-16 counts them) of a cell, Excel's limit
CUT = " … (terpotong)"
LETTERS = 1.1  # of size 10 for each character of a column's width, which counts digits of size 11
LINE = 13.0  # points: height of a line of text
GAP = 3.0  # points of a row besides its lines
MOST_LINES = 12  # of a row: a longer text is read in the cell itself
HEADER_HEIGHT = 2 * LINE + GAP  # points
WRAPPED = ("wrapped", "link")  # kinds of columns whose texts go over several lines
FIRST_DAY = date(1900, 3, 1)  # Excel miscounts the days before it
CREATED = datetime(2000, 1, 1)  # fixed: the clock has no business in a file made of tables

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML can hold; broken fonts yield them."""

FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
"""How a text begins that Excel would take for a formula when somebody edits its cell."""

LOOKS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "header": {
        "bold": True,
        "bg_color": "#1F3864",
        "font_color": "#FFFFFF",
        "text_wrap": True,
        "border": 1,
        "border_color": "#8EA9DB",
    },
    "upright": {
        "font_size": 9,
        "rotation": 90,
        "text_wrap": True,
        "bg_color": "#D9E1F2",
        "align": "center",
        "valign": "bottom",
    },
    "area": {"bold": True, "bg_color": "#B4C6E7", "align": "center", "text_wrap": True, "border": 1, "border_color": "#FFFFFF"},
    "weight": {"italic": True, "num_format": "0.00", "align": "center", "bg_color": "#F2F2F2"},
    "title": {"bold": True, "font_size": 16, "font_color": "#1F3864"},
    "heading": {"bold": True, "font_size": 12, "font_color": "#1F3864", "bottom": 1},
    "bold": {"bold": True},
    "wrapped": {"text_wrap": True},
    "number": {"num_format": "0", "align": "center"},
    "figure": {"num_format": "#,##0", "align": "left", "bold": True},
    "weights": {"num_format": "0.00", "align": "center"},
    "share": {"num_format": "0%", "align": "center"},
    "date": {"num_format": "dd-mm-yyyy", "align": "center"},
    "link": {"font_color": "#0563C1", "underline": 1, "text_wrap": True},
    "input": {"bg_color": "#FFFFE5", "text_wrap": True, "border": 1, "border_color": "#BFBFBF", "num_format": "@"},
    "decision": {"bg_color": "#FFF2CC", "bold": True, "border": 1, "border_color": "#BFBFBF"},
    "error": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True},
    "warning": {"bg_color": "#FFEB9C", "font_color": "#7F4F00"},
    "info": {"bg_color": "#DDEBF7", "font_color": "#1F4E79"},
    "present": {"bg_color": "#C6EFCE", "font_color": "#006100", "align": "center"},
    "missing": {"bg_color": "#FFC7CE", "font_color": "#9C0006", "align": "center", "bold": True},
    "uncertain": {"bg_color": "#FFEB9C", "font_color": "#7F4F00", "align": "center", "bold": True},
    "not-in-form": {"bg_color": "#E7E6E6", "font_color": "#595959", "align": "center"},
    "no-plan": {"font_color": "#A6A6A6", "align": "center"},
}
"""How cells look, by name; "quoted" is added to a text that begins as a formula does."""

KINDS = {"text": "plain", "picture": "plain"}
"""The look of a column's cells where it is not called as the kind of the column."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere: ``target`` as XlsxWriter takes it (``internal:``, ``external:``, ``https:``)."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell that looks otherwise than its column."""

    value: str | int | float | date | None
    look: str


Cell = str | int | float | bool | date | Link | Shown | None


class Book:
    """The file while it is written."""

    def __init__(self, path: Path) -> None:
        """An empty workbook that is written to the path when it is closed."""
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.file = xlsxwriter.Workbook(str(path), options)
        self.file.set_properties({"title": "Audit rencana Zona Integritas", "author": "zi", "created": CREATED})
        self._formats: dict[tuple[str, bool], Format] = {}

    def look(self, name: str, *, quoted: bool = False) -> Format:
        """The format of that name."""
        if (name, quoted) not in self._formats:
            properties = {"valign": "top", "font_size": 10, **LOOKS[name]}
            self._formats[name, quoted] = self.file.add_format({**properties, "quote_prefix": True} if quoted else properties)
        return self._formats[name, quoted]

    def sheet(self, name: str) -> Worksheet:
        """A new sheet at the end."""
        sheet: Worksheet = self.file.add_worksheet(name)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: Cell, look: str = "plain") -> None:
        """Writes one cell: text as text, numbers as numbers, dates as dates; never a formula."""
        if isinstance(value, Shown):
            self.write(sheet, row, column, value.value, value.look)
            return
        if value is None:
            sheet.write_blank(row, column, None, self.look(look))
        elif isinstance(value, Link):
            sheet.write_url(row, column, value.target, self.look("link"), clean(value.text))
        elif isinstance(value, bool):
            sheet.write_string(row, column, "ya" if value else "tidak", self.look(look))
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self.look(look))
        elif isinstance(value, date):
            if value < FIRST_DAY:
                sheet.write_string(row, column, value.isoformat(), self.look(look))
            else:
                sheet.write_datetime(row, column, value, self.look(look))
        else:
            text = clean(value)
            sheet.write_string(row, column, text, self.look(look, quoted=bool(FORMULA.match(text))))


def clean(text: str) -> str:
    """The text as a cell can hold it: without characters that no file can hold, and not longer than Excel takes."""
    text = NO_XML.sub("", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "  # XlsxWriter would take it for XML of its own, and write it as it is
    if len(text) <= LONGEST_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - len(CUT)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + CUT


class List:
    """A sheet that is a list: header in one row, which stays in sight and filters, and one row after the other."""

    def __init__(
        self, book: Book, name: str, columns: Sequence[Column], *, header: int = 0, frozen: int = 0, most: int = MOST_ROWS
    ):
        """An empty list with its header.

        Args:
            book: the file.
            name: of the sheet.
            columns: from the left.
            header: row of the header; what stands above it is written by the caller, before.
            frozen: columns that stay in sight.
            most: rows that the sheet may have.
        """
        self.book = book
        self.sheet = book.sheet(name)
        self.columns = columns
        self.header = header
        self.row = header
        self.left_out = 0
        self.links_left_out = 0
        self._frozen = frozen
        self._most = most
        self._links = 0
        for i, column in enumerate(columns):
            self.sheet.set_column(i, i, column.width, None, {"hidden": True, "level": 1} if column.hidden else {})

    def begin(self) -> None:
        """Writes the header."""
        self.sheet.set_row(self.header, HEADER_HEIGHT)
        for i, column in enumerate(self.columns):
            self.book.write(self.sheet, self.header, i, column.header, "header")

    def index(self, name: str) -> int:
        """The number of a column, from 0."""
        return next(i for i, column in enumerate(self.columns) if column.name == name)

    def add(self, values: Mapping[str, Cell], height: float | None = None) -> int | None:
        """Writes the next row.

        Args:
            values: cells by the name of their column.
            height: of the row in points; None makes room for its texts.

        Returns:
            Its number, from 0; None where the sheet is full.
        """
        if self.row + 2 >= self._most:  # the last row says that there are more
            self.left_out += 1
            return None
        self.row += 1
        self.sheet.set_row(self.row, self._height(values) if height is None else height)
        for i, column in enumerate(self.columns):
            value = values.get(column.name)
            if isinstance(value, Link):
                value = self._link(value)
            if value is not None or column.kind in ("input", "decision"):
                self.book.write(self.sheet, self.row, i, value, KINDS.get(column.kind, column.kind))
        return self.row

    def _height(self, values: Mapping[str, Cell]) -> float:
        """Room for the longest text of the row: programs other than Excel do not make it by themselves."""
        lines = 1
        for column in self.columns:
            value = values.get(column.name)
            if column.kind in WRAPPED and not column.hidden and value is not None:
                text = value.text if isinstance(value, Link) else value
                room = column.width * LETTERS
                if isinstance(text, str) and (len(text) > room or "\n" in text):
                    lines = max(lines, sum(math.ceil(len(part) / room) or 1 for part in text.split("\n")))
        return min(lines, MOST_LINES) * LINE + GAP

    def _link(self, link: Link) -> Link | str:
        """The link, or its text alone where Excel would take no more."""
        if len(link.target) > LONGEST_LINK or self._links >= MOST_LINKS:
            self.links_left_out += 1
            return link.text
        self._links += 1
        return link

    def end(self, rest: str) -> None:
        """Freezes, filters, and tells what did not fit.

        Args:
            rest: where the rest can be read.
        """
        last = self.row
        self.sheet.freeze_panes(self.header + 1, self._frozen)
        self.sheet.autofilter(self.header, 0, max(last, self.header + 1), len(self.columns) - 1)
        if self.left_out:
            told = f"… {self.left_out} baris lagi tidak muat di lembar ini; semuanya ada di {rest}."
            self.book.write(self.sheet, last + 1, 0, told, "bold")
        self.sheet.set_landscape()
        self.sheet.set_paper(9)  # A4
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0, self.header)


@contextmanager
def written(path: Path) -> Iterator[Book]:
    """A workbook that replaces the file as a whole when the context ends.

    Raises:
        OutputNotWritable: it cannot be written.
    """
    beside = temporary(path)
    try:
        book = Book(beside)
        yield book
        book.file.close()
        beside.replace(path)
    except (OSError, XlsxWriterException) as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OutputNotWritable(
            f"{path} cannot be written: {error}.", "Close it in Excel, or give another folder with --out."
        ) from error
