"""The answer to a query as an aligned table, as CSV and as JSON, a piece at a time: no text is cut."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.types as at

from pipeline.csv_file import names_told_apart
from pipeline.progress import count, printable
from zi.cells import as_json, cell, guarded, shown
from zi.query import Answer

GAP = "  "
NARROWEST = 12  # letters of a column of text that is still easy to read when its texts are broken into lines
MOST_ROWS = 200_000  # rows of a table on a screen: more fill gigabytes, and nobody reads them

Line = list[str]


def as_csv(answer: Answer, *, guard: bool) -> Iterator[str]:
    """The answer as CSV with a header, some rows at a time: null is an empty cell, lists are JSON.

    Args:
        answer: to a query.
        guard: whether texts that begin as formulas do get an apostrophe.
    """
    yield _csv([[guarded(name) if guard else name for name in names_told_apart(answer.schema.names)]])
    for batch in answer.batches():
        yield _csv([[cell(value, guard=guard) for value in row] for row in _rows(batch)])


def _csv(rows: Sequence[Line]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def as_json_lines(answer: Answer) -> Iterator[str]:
    """The answer as a JSON array with one object per row, some rows at a time."""
    names = names_told_apart(answer.schema.names)
    before = "[\n"
    for batch in answer.batches():
        rows = (dict(zip(names, map(as_json, row), strict=True)) for row in _rows(batch))
        yield before + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def as_table(answer: Answer, width: int | None) -> Iterator[str]:
    """The lines of the answer for a person.

    Args:
        answer: to a query.
        width: letters of a line of the screen; None where the output is no screen, so that lines may have any length. What
            does not fit has its texts broken into lines, and where even that is too wide, each row stands in lines of its
            own, a column in each.

    Raises:
        TooManyRows: the answer is too long for it.
    """
    table = answer.whole(MOST_ROWS)
    names = names_told_apart([printable(name) for name in table.schema.names])
    wide = _widths(table, names)
    fitted = wide if width is None else _fitted(wide, table.schema, names, width)
    if fitted is None:
        yield from _records(table, names, width or 0)
    else:
        yield from _aligned(table, names, fitted)
    yield f"({count(table.num_rows, 'row')})"


def _rows(table: pa.Table | pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    """The rows as Python values; columns of one name stay apart."""
    columns = [column.to_pylist() for column in table.columns]
    return zip(*columns, strict=True) if columns else iter(())


def _lines(table: pa.Table) -> Iterator[Line]:
    for batch in table.to_batches():
        for row in _rows(batch):
            yield [text if text.isprintable() else printable(text) for text in map(shown, row)]


def _widths(table: pa.Table, names: Sequence[str]) -> list[int]:
    widths = [len(name) for name in names]
    for line in _lines(table):
        widths = [max(width, len(text)) for width, text in zip(widths, line, strict=True)]
    return widths


def _fitted(widths: Sequence[int], schema: pa.Schema, names: Sequence[str], width: int) -> list[int] | None:
    """Widths of columns that fit on the screen, the widest made narrower; None where texts would become hard to read."""
    fitted = list(widths)
    least = [_least(*one) for one in zip(widths, schema.types, names, strict=True)]
    while sum(fitted) + len(GAP) * (len(fitted) - 1) > width:
        place = max(range(len(fitted)), key=lambda at: (fitted[at] > least[at], fitted[at]))
        if fitted[place] <= least[place]:
            return None
        fitted[place] -= 1
    return fitted


def _least(width: int, kind: pa.DataType, name: str) -> int:
    """The least width of a column: numbers and dates are never broken."""
    breaks = at.is_string(kind) or at.is_large_string(kind) or at.is_nested(kind)
    return min(width, max(NARROWEST, len(name))) if breaks else width


def _aligned(table: pa.Table, names: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    right = [at.is_integer(kind) or at.is_floating(kind) or at.is_decimal(kind) for kind in table.schema.types]
    yield from _line(names, widths, right)
    yield GAP.join("-" * width for width in widths)
    for line in _lines(table):
        yield from _line(line, widths, right)


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    """One row, in as many lines as its longest text needs."""
    broken = [_broken(text, width) for text, width in zip(texts, widths, strict=True)]
    for number in range(max(map(len, broken), default=0)):
        parts = [lines[number] if number < len(lines) else "" for lines in broken]
        cells = [p.rjust(w) if r else p.ljust(w) for p, w, r in zip(parts, widths, right, strict=True)]
        yield GAP.join(cells).rstrip()


def _broken(text: str, width: int) -> list[str]:
    if len(text) <= width:
        return [text]
    return textwrap.wrap(text, max(width, 1), break_on_hyphens=False) or [""]


def _records(table: pa.Table, names: Sequence[str], width: int) -> Iterator[str]:
    """Each row in lines of its own: the name of a column, and its value beside it."""
    wide = max(map(len, names), default=0)
    room = max(width - wide - len(GAP), NARROWEST)
    for number, line in enumerate(_lines(table), 1):
        yield f"-- row {number} ".ljust(min(width, wide + NARROWEST), "-")
        for name, text in zip(names, line, strict=True):
            first, *others = _broken(text, room)
            yield f"{name.ljust(wide)}{GAP}{first}".rstrip()
            yield from (" " * (wide + len(GAP)) + other for other in others)
