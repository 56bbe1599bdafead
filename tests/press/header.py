"""The header of a table: cells over one or more columns, and the row of column numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.press.grid import GridColumn
from tests.press.layout import TableStyle
from tests.press.lines import Line, Type, wrap

_MONTH_PAD = 0.4  # points beside the label of a month, whose column is narrow


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A header cell: its columns (first to last), its header rows (first to last) and its lines."""

    first: int
    last: int
    upper: int
    lower: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """Header cells with the heights of their rows; the row of column numbers is the last one, if there is one."""

    cells: tuple[HeadCell, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        """Height in points."""
        return sum(self.heights)


def set_header(columns: Sequence[GridColumn], edges: Sequence[float], style: TableStyle) -> Header:
    """The header of a table whose column borders are at `edges`."""
    depth = max(len(c.path) for c in columns)
    type_ = Type(style.face.bold if style.header_bold else style.face.regular, style.size)
    cells: list[HeadCell] = []
    for level in range(depth):
        for first, last in _runs(columns, level):
            path = columns[first].path
            lower = depth - 1 if level == len(path) - 1 else level
            pad = _MONTH_PAD if columns[first].month else style.pad
            room = edges[last + 1] - edges[first] - 2 * pad
            cells.append(HeadCell(first, last, level, lower, tuple(wrap(path[level], room, type_))))
    heights = _heights(cells, depth, style)
    if style.number_row:
        cells += _number_cells(columns, depth, style)
        heights = [*heights, style.size * style.leading + 2 * style.pad]
    return Header(tuple(cells), tuple(heights))


def _runs(columns: Sequence[GridColumn], level: int) -> list[tuple[int, int]]:
    """Columns that share a header cell at a level: the same path so far, and joined where it is the last header."""
    runs: list[tuple[int, int]] = []
    for i, column in enumerate(columns):
        if level >= len(column.path):
            continue
        ends_here = level == len(column.path) - 1
        same = bool(runs) and runs[-1][1] == i - 1 and columns[i - 1].path[: level + 1] == column.path[: level + 1]
        if same and (column.joined or not ends_here):
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def _heights(cells: Sequence[HeadCell], depth: int, style: TableStyle) -> list[float]:
    step = style.size * style.leading
    heights = [step + 2 * style.pad] * depth
    for cell in sorted(cells, key=lambda c: c.lower - c.upper):
        need = len(cell.lines) * step + 2 * style.pad
        have = sum(heights[cell.upper : cell.lower + 1])
        heights[cell.lower] += max(0.0, need - have)
    return heights


def _number_cells(columns: Sequence[GridColumn], row: int, style: TableStyle) -> list[HeadCell]:
    cells: list[HeadCell] = []
    template = style.number_row or ""
    for i, column in enumerate(columns):
        shares = bool(cells) and (column.joined or (column.month and columns[i - 1].month and not style.number_months))
        if shares:
            cells[-1] = HeadCell(cells[-1].first, i, row, row, cells[-1].lines)
        else:
            cells.append(HeadCell(i, i, row, row, (Line(template.format(len(cells) + 1), ends=True),)))
    return cells
