"""Sets a table: measures its cells, breaks it over pages, draws it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from tests.press.breaks import Piece, Room, break_rows
from tests.press.grid import Grid, LeafRow, SectionRow
from tests.press.header import Header, set_header
from tests.press.layout import TableStyle
from tests.press.lines import Line, Type, wrap, wrap_cell
from tests.press.rules import Frame, draw_mark, draw_rules, fills_cell
from tests.press.sheets import Sheets

_BASELINE = 0.8  # of the line pitch, from the top of a line to its baseline
_GROW_ROUNDS = 60  # rounds in which rows may be stretched for labels that are longer than their rows


@dataclass(frozen=True, slots=True)
class SetTable:
    """Where the rows of a table stand: first and last page of each."""

    pages: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LabelPart:
    """The part of a merged cell on one page, with the lines of its label that are printed there."""

    column: int
    page: int
    top: float
    bottom: float
    lines: tuple[Line, ...]
    begins: bool
    ends: bool


class TableSetter:
    """One table on its way to paper."""

    def __init__(self, grid: Grid, style: TableStyle, left: float, width: float) -> None:
        """Measure the cells of `grid` for a table `width` points wide."""
        self.grid = grid
        self.style = style
        self.step = style.size * style.leading
        self.type = Type(style.face.regular, style.size, style.hyphenate, style.cut_compounds)
        total = sum(c.width for c in grid.columns)
        parts = itertools.accumulate(c.width for c in grid.columns)
        self.edges = [left, *(left + width * part / total for part in parts)]
        self.header: Header = set_header(grid.columns, self.edges, style)
        self.first_of: list[dict[int, int]] = []
        self.last_of: list[dict[int, int]] = []
        for c in range(len(grid.columns)):
            spans = grid.spans(c)
            self.first_of.append({r: a for a, b in spans for r in range(a, b + 1)})
            self.last_of.append({r: b for a, b in spans for r in range(a, b + 1)})
        self.cells = [self._row_lines(i) for i in range(len(grid.rows))]

    def _merged(self, row: int, column: int) -> bool:
        """Whether a cell is part of a merged cell of several rows."""
        spans = self.style.group == "merge" and self.grid.columns[column].level is not None
        return spans and self.first_of[column][row] != self.last_of[column][row]

    def _row_lines(self, index: int) -> list[list[Line]]:
        row = self.grid.rows[index]
        if isinstance(row, SectionRow):
            room = self.edges[-1] - self.edges[1] - 2 * self.style.pad
            return [wrap(row.text, room, Type(self.style.face.bold, self.style.size))]
        lines: list[list[Line]] = []
        for c, cell in enumerate(row.cells):
            hidden = self.grid.columns[c].level is not None and self.style.group in ("blank", "open")
            if self._merged(index, c) or (hidden and self.first_of[c][index] != index) or not cell.text:
                lines.append([])
                continue
            lines.append(wrap_cell(cell.text, self._room(c), self.type))
        return lines

    def _room(self, column: int) -> float:
        return self.edges[column + 1] - self.edges[column] - 2 * self.style.pad

    def place(self, room: Room) -> tuple[list[Piece], list[LabelPart]]:
        """Rows and merged labels on their pages; rows are stretched until every label has room."""
        counts = [max(1, *(len(lines) for lines in row)) for row in self.cells]
        splits = [self.style.split_rows and isinstance(row, LeafRow) for row in self.grid.rows]
        for _ in range(_GROW_ROUNDS):
            pieces = break_rows(counts, splits, self.step, self.style.pad, room)
            labels, short = self._labels(pieces)
            if not short:
                return pieces, labels
            for row, lines in short.items():
                counts[row] += lines
        raise RuntimeError("labels never found room: the table is too narrow")

    def _labels(self, pieces: Sequence[Piece]) -> tuple[list[LabelPart], dict[int, int]]:
        """Merged cells page by page, and the rows that must grow by how many lines."""
        parts: list[LabelPart] = []
        short: dict[int, int] = {}
        for c in range(len(self.grid.columns)):
            for first, last in self.grid.spans(c):
                if not self._merged(first, c):
                    continue
                label = left = self._label(first, c)
                of_span = [p for p in pieces if first <= p.row <= last]
                pages = sorted({p.page for p in of_span})
                whole = False
                for page in pages:
                    here = [p for p in of_span if p.page == page]
                    top, bottom = here[0].top, here[-1].bottom
                    fits = max(0, int((bottom - top - 2 * self.style.pad) / self.step + 1e-6))
                    all_fit = self._longest_label(first, c) <= fits
                    whole = all_fit if page == pages[0] else whole
                    again = self.style.label_again and page != pages[0] and whole and all_fit
                    shown, left = (label, left) if again else (left[:fits], left[fits:])
                    parts.append(LabelPart(c, page, top, bottom, tuple(shown), page == pages[0], ends=page == pages[-1]))
                if left:
                    short[last] = max(short.get(last, 0), len(left))
        return parts, short

    def _label(self, row: int, column: int) -> list[Line]:
        leaf = self.grid.rows[row]
        assert isinstance(leaf, LeafRow)
        text = leaf.cells[column].text
        return wrap_cell(text, self._room(column), self.type) if text else []

    def _longest_label(self, row: int, column: int) -> int:
        """Lines of the longest label of a level: a number is printed again only where its text is, too."""
        level = self.grid.columns[column].level
        return max(len(self._label(row, c)) for c, other in enumerate(self.grid.columns) if other.level == level)


def set_table(sheets: Sheets, grid: Grid, style: TableStyle) -> SetTable:
    """Draw a table from where the sheet stands, over as many pages as it needs."""
    setter = TableSetter(grid, style, sheets.left, sheets.width)
    head = setter.header.height
    next_top = sheets.top + (head if style.header_repeat else 0.0)
    room = Room(sheets.y + head, next_top, sheets.bottom)
    pieces, labels = setter.place(room)
    first_page = sheets.page
    last = max((p.page for p in pieces), default=0)
    for page in range(last + 1):
        if page:
            sheets.turn_over()
        frames: list[Frame] = []
        if page == 0 or style.header_repeat:
            frames += _draw_header(sheets, setter, sheets.y)
        here = [p for p in pieces if p.page == page]
        frames += _draw_rows(sheets, setter, here, is_last=page == last)
        frames += _draw_labels(sheets, setter, [p for p in labels if p.page == page])
        draw_rules(sheets.ink, frames, style)
        sheets.y = here[-1].bottom if here else sheets.y + head
    pages = []
    for row in range(len(grid.rows)):
        touched = [p.page for p in pieces if p.row == row]
        pages.append((first_page + min(touched), first_page + max(touched)))
    return SetTable(tuple(pages))


def _draw_header(sheets: Sheets, setter: TableSetter, top: float) -> list[Frame]:
    style, header = setter.style, setter.header
    tops = [top, *(top + h for h in itertools.accumulate(header.heights))]
    font = style.face.bold if style.header_bold else style.face.regular
    frames = []
    for cell in header.cells:
        x0, x1 = setter.edges[cell.first], setter.edges[cell.last + 1]
        y0, y1 = tops[cell.upper], tops[cell.lower + 1]
        if style.header_fill:
            sheets.ink.fill(x0, y0, x1, y1, style.header_fill)
        y = (y0 + y1 - len(cell.lines) * setter.step) / 2
        for line in cell.lines:
            wide = Type(font, style.size).width(line.text)
            x, baseline = (x0 + x1 - wide) / 2, y + setter.step * _BASELINE
            sheets.ink.text(x, baseline, line.text, font, style.size, style.header_color)
            y += setter.step
        all_v = style.vertical_rules == "all"
        outer = style.vertical_rules != "none"
        at_right = cell.last == len(setter.edges) - 2
        frames.append(Frame(x0, y0, x1, y1, all_v or (outer and cell.first == 0), True, all_v or (outer and at_right)))
    return frames


def _draw_rows(sheets: Sheets, setter: TableSetter, pieces: Sequence[Piece], is_last: bool) -> list[Frame]:
    frames: list[Frame] = []
    for index, piece in enumerate(pieces):
        row = setter.grid.rows[piece.row]
        closes = index == len(pieces) - 1 and (setter.style.close_cut or (is_last and piece.ends))
        if isinstance(row, SectionRow):
            frames += _draw_section(sheets, setter, row, piece)
            continue
        for c, cell in enumerate(row.cells):
            if setter._merged(piece.row, c):
                continue
            frame = _cell_frame(setter, piece, c, closes)
            _fill_cell(sheets, setter, piece, frame)
            if cell.mark is not None and (piece.begins or fills_cell(cell.mark)):
                _draw_cell_mark(sheets, setter, piece, frame, c)
            lines = setter.cells[piece.row][c][piece.start : piece.stop]
            _draw_lines(sheets, setter, frame, lines, c, setter.style.valign == "middle")
            frames.append(frame)
    return frames


def _cell_frame(setter: TableSetter, piece: Piece, column: int, closes: bool) -> Frame:
    style = setter.style
    level = setter.grid.columns[column].level
    starts = setter.first_of[column][piece.row] == piece.row
    ends = setter.last_of[column][piece.row] == piece.row
    above, below = piece.begins or style.close_cut, piece.ends or style.close_cut
    if style.group == "open" and level is not None:
        above, below = above and starts, below and ends
    if style.horizontal_rules != "all":
        outer = next((c for c, col in enumerate(setter.grid.columns) if col.level == 0), None)
        groups = style.horizontal_rules == "groups" and outer is not None
        above = groups and piece.begins and setter.first_of[outer or 0][piece.row] == piece.row
        below = False
    return Frame(
        setter.edges[column], piece.top, setter.edges[column + 1], piece.bottom,
        *_sides(setter, column, above, below or closes),
    )  # fmt: skip


def _sides(setter: TableSetter, column: int, above: bool, below: bool) -> tuple[bool, bool, bool, bool]:
    """Left, above, right, below of a body cell."""
    policy = setter.style.vertical_rules
    at_left, at_right = column == 0, column == len(setter.edges) - 2
    left = policy == "all" or (policy == "outer" and at_left)
    right = policy == "all" or (policy == "outer" and at_right)
    return left, above, right, below


def _fill_cell(sheets: Sheets, setter: TableSetter, piece: Piece, frame: Frame) -> None:
    """Shade every other row where the style does so; it says nothing about months."""
    if setter.style.zebra and piece.row % 2:
        sheets.ink.fill(frame.x0, frame.top, frame.x1, frame.bottom, setter.style.zebra)


def _draw_cell_mark(sheets: Sheets, setter: TableSetter, piece: Piece, frame: Frame, column: int) -> None:
    row = setter.grid.rows[piece.row]
    assert isinstance(row, LeafRow)
    mark = row.cells[column].mark
    assert mark is not None
    top = frame.top + setter.style.pad
    if setter.style.valign == "middle":
        top = (frame.top + frame.bottom - setter.step) / 2
    draw_mark(sheets.ink, mark, frame, top + setter.step * _BASELINE, setter.style)


def _draw_section(sheets: Sheets, setter: TableSetter, row: SectionRow, piece: Piece) -> list[Frame]:
    style, edges = setter.style, setter.edges
    if style.section_fill:
        sheets.ink.fill(edges[0], piece.top, edges[-1], piece.bottom, style.section_fill)
    y = piece.top + style.pad + setter.step * _BASELINE
    if row.number:
        wide = Type(style.face.bold, style.size).width(row.number)
        sheets.ink.text((edges[0] + edges[1] - wide) / 2, y, row.number, style.face.bold, style.size)
    for line in setter.cells[piece.row][0]:
        x = (edges[1] if row.number else edges[0]) + style.pad
        sheets.ink.text(x, y, line.text, style.face.bold, style.size)
        y += setter.step
    side = style.vertical_rules != "none"
    if not row.number:
        return [Frame(edges[0], piece.top, edges[-1], piece.bottom, side, True, side)]
    inner = style.vertical_rules == "all"
    return [
        Frame(edges[0], piece.top, edges[1], piece.bottom, side, True, inner),
        Frame(edges[1], piece.top, edges[-1], piece.bottom, inner, True, side),
    ]


def _draw_labels(sheets: Sheets, setter: TableSetter, parts: Sequence[LabelPart]) -> list[Frame]:
    frames = []
    for part in parts:
        style = setter.style
        ruled = style.horizontal_rules == "all"
        groups = style.horizontal_rules == "groups" and setter.grid.columns[part.column].level == 0
        above = (part.begins and (ruled or groups)) or (ruled and style.close_cut)
        below = (part.ends and ruled) or style.close_cut
        frame = Frame(
            setter.edges[part.column], part.top, setter.edges[part.column + 1], part.bottom,
            *_sides(setter, part.column, above, below and (ruled or part.ends)),
        )  # fmt: skip
        _draw_lines(sheets, setter, frame, part.lines, part.column, style.label_at == "middle")
        frames.append(frame)
    return frames


def _draw_lines(sheets: Sheets, setter: TableSetter, frame: Frame, lines: Sequence[Line], column: int, middle: bool) -> None:
    style, font = setter.style, setter.type.font
    y = frame.top + style.pad
    if middle:
        y = (frame.top + frame.bottom - len(lines) * setter.step) / 2
    for line in lines:
        baseline = y + setter.step * _BASELINE
        x, room = frame.x0 + style.pad, frame.x1 - frame.x0 - 2 * style.pad
        if setter.grid.columns[column].centred:
            x += (room - setter.type.width(line.text)) / 2
        if line.marker:
            sheets.ink.text(x, baseline, line.marker, font, style.size)
        x, room = x + line.indent, room - line.indent
        if style.justify and not line.ends and not setter.grid.columns[column].centred:
            sheets.ink.justified(x, baseline, line.text, font, style.size, room)
        else:
            sheets.ink.text(x, baseline, line.text, font, style.size)
        y += setter.step
