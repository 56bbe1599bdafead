"""CSV as people save it: any of the usual encodings and separators in, the same shape out again, every cell as text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import BrokenTable, NotATable, PathNotFound, Unreadable
from pipeline.process import KNOWN_BEGINNINGS
from pipeline.storage import as_text

SEPARATORS = (",", ";", "\t")
NO_SEPARATOR = "\x1f"  # reads a file of one column, whose texts may hold commas
CELL_LIMIT = 2**31 - 1  # characters; the most that csv takes on every system
LONGEST_BEGINNING = 1024  # bytes, blanks before the first letter among them
MARK = "\ufeff"
LINE_END = re.compile(r"\r\n|\n|\r")

EXCEL_LINE = re.compile(r'"?sep=([^\r\n])"?\1*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
"""A first line that tells Excel the separator."""

A_PDF = "a PDF"
OTHER_KINDS = ((b"%pdf-", A_PDF), (b"par1", "a Parquet file"), *KNOWN_BEGINNINGS)
"""Beginnings (lower case) of files that are no CSV."""

PDF_CURE = "`zi ingest` reads PDFs and matches their rows; `zi match` takes rows that come from elsewhere, as CSV."
QUOTES_CURE = (
    "A cell that begins with a quotation mark must end with one, and one inside it is written twice. Mend the row in a text "
    "editor, or save the file as CSV again from Excel or LibreOffice."
)
TOO_MANY_CURE = (
    "If a text of this line holds the separator, put quotation marks around the text; if the columns are separated by "
    "something else, give it with --separator."
)


@dataclass(frozen=True, slots=True)
class CsvFile:
    """The cells of a CSV, and how it was written.

    Attributes:
        header: names of the columns.
        rows: cells, as many in each row as the header has.
        separator: between the cells.
        line_end: behind each row.
        excel_line: first line that tells Excel the separator, "" where there is none.
        has_mark: whether a byte-order mark is to be written, without which Excel takes UTF-8 for something else.
        notes: what the user should know about the reading.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    separator: str = ","
    line_end: str = "\n"
    excel_line: str = ""
    has_mark: bool = False
    notes: tuple[str, ...] = ()

    def as_bytes(self) -> bytes:
        """The file, always in UTF-8."""
        lines = (_line(cells, self.separator) + self.line_end for cells in (self.header, *self.rows))
        return (MARK * self.has_mark + self.excel_line + "".join(lines)).encode()


def read_csv(path: Path, known: Collection[str], separator: str | None = None) -> CsvFile:
    """The cells of a file.

    The encoding is UTF-8 or UTF-16 by their marks, else UTF-8, else that of Windows. The separator is the one that finds
    most of the known names in the first line that is not blank, which is the header. A blank line is an empty row, but at
    the end of the file, where it is none. A row that is shorter than the header is filled with empty cells; one that is
    longer is taken only where what is too much is empty, since else a text would stand in the wrong column.

    Args:
        path: the file.
        known: names of columns, in small letters, that the header may have.
        separator: between the cells; None to find it out.

    Raises:
        PathNotFound: there is no such file.
        Unreadable: the system does not hand over the bytes.
        NotATable: the file is no CSV, or an empty one.
        BrokenTable: a row has too many cells, or a quotation mark has no partner.
    """
    text, has_mark, notes = _decoded(_bytes_of(path), as_text(path))
    excel = EXCEL_LINE.match(text)
    body = text[excel.end() :] if excel else text
    found = separator or (excel[1] if excel else _separator_of(body, known))
    lines = _trimmed(_records(body, found or NO_SEPARATOR, first_line=2 if excel else 1))
    if not lines:
        raise NotATable(f"The file {as_text(path)} is empty: it has no header.", "Give a file with a header and rows.")
    wide = len(lines[0][1])
    short = [line for line, cells in lines if cells and len(cells) < wide]
    if short:
        rows = "1 row has" if len(short) == 1 else f"{len(short)} rows have"
        notes += (f"{rows} fewer cells than the header; empty ones were added. The first is line {short[0]}.",)
    header, *rows_found = (_fitted(cells, wide, line) for line, cells in lines)
    end = LINE_END.search(body)
    return CsvFile(
        header,
        rows_found,
        found or SEPARATORS[0],
        "\r\n" if end and end[0] == "\r\n" else "\n",
        excel[0] if excel and excel[1] == found else "",
        has_mark,
        notes,
    )


def names_told_apart(names: Sequence[str]) -> list[str]:
    """The names of columns, a number behind one that was there before."""
    told: list[str] = []
    for name in names:
        number, new = 1, name
        while new in told:
            number += 1
            new = f"{name}_{number}"
        told.append(new)
    return told


def _bytes_of(path: Path) -> bytes:
    name = as_text(path)
    if not path.exists():
        raise PathNotFound(f"There is no file {name}.")
    if path.is_dir():
        raise NotATable(f"{name} is a folder.", "Give one CSV file.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"The file {name} cannot be read: {error.strerror}.") from error


def _decoded(data: bytes, name: str) -> tuple[str, bool, tuple[str, ...]]:
    """The text, whether it is to be written with a byte-order mark, and what the user should know.

    Raises:
        NotATable: the bytes are of another kind of file.
    """
    start = data[:LONGEST_BEGINNING].lstrip().lower()
    kind = next((kind for magic, kind in OTHER_KINDS if start.startswith(magic)), None)
    if kind is not None:
        raise NotATable(f"The file {name} is no CSV: it looks like {kind}.", PDF_CURE if kind == A_PDF else None)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), True, ()
    if b"\0" in data:
        raise NotATable(f"The file {name} is no CSV: it holds zero bytes, as no text does.")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        note = "The file is not UTF-8; it was read as Windows-1252, and is written as UTF-8."
        return _windows(data), True, (note,)
    return text.removeprefix(MARK), text.startswith(MARK), ()


def _windows(data: bytes) -> str:
    """The text of a file of old Windows or Unix programs."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _separator_of(text: str, known: Collection[str]) -> str | None:
    """The separator that finds most known names in the header, then most columns; None where there is one column."""
    headers = {separator: next(_header(text, separator), []) for separator in SEPARATORS}
    best = max(headers, key=lambda s: (sum(c.strip().casefold() in known for c in headers[s]), len(headers[s])))
    return best if len(headers[best]) > 1 else None


def _header(text: str, separator: str) -> Iterator[list[str]]:
    """The first row that is not empty, if the text can be read so."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        yield from (cells for cells in reader if any(cell.strip() for cell in cells))
    except csv.Error:
        return


def _records(text: str, separator: str, first_line: int) -> list[tuple[int, list[str]]]:
    """The cells of each row, and the line that it begins in."""
    # The limit of csv is one for the whole process: it is put back.
    limit = csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    line = first_line
    try:
        for cells in reader:
            found.append((line, cells))
            line = first_line + reader.line_num
    except csv.Error as error:
        message = f"The quotation marks of the row that begins in line {line} do not pair ({error})."
        raise BrokenTable(message, QUOTES_CURE) from error
    finally:
        csv.field_size_limit(limit)
    return found


def _trimmed(records: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The rows from the header on, without blank lines at the end of the file."""
    filled = [place for place, (_, cells) in enumerate(records) if any(cell.strip() for cell in cells)]
    last = max((place for place, (_, cells) in enumerate(records) if cells), default=-1)
    return records[filled[0] : last + 1] if filled else []


def _fitted(cells: list[str], wide: int, line: int) -> list[str]:
    """The cells of a row, as many as the header has.

    Raises:
        BrokenTable: there are more, and they are not empty.
    """
    if any(cell.strip() for cell in cells[wide:]):
        raise BrokenTable(f"Line {line} has {len(cells)} cells, but the header has {wide}.", TOO_MANY_CURE)
    return cells[:wide] + [""] * (wide - len(cells))


def _line(cells: Sequence[str], separator: str) -> str:
    """A row as it is written, without the end of the line."""
    # csv quotes a line break inside a cell only where it is part of its line end.
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerow(cells)
    return out.getvalue()[:-2]
