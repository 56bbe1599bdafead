"""A factory of small tables: rows of texts become the raster of a page, with words set line by line as an office sets them.

``"^"`` is a cell merged with the one above, ``"<"`` one merged with the one to its left; ``"/"`` alone breaks a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.geometry import BBox
from extract.grid import Grid, GridCell
from extract.page import Fill, Rgb, Word
from extract.stitch import logical_tables
from extract.table import Cell, LogicalTable, Piece, Row, Span, piece_of

SIZE = 8.0
LETTER = 4.0
BLANK = 2.2
PITCH = 10.0
PAD = 3.0
LEFT, TOP = 40.0, 60.0
ABOVE, LEFTWARD, BREAK = "^", "<", "/"

Texts = Sequence[Sequence[str]]


def word(text: str, x: float, baseline: float, *, page: int = 1, size: float = SIZE) -> Word:
    """A word that begins at ``x``, each letter ``LETTER`` wide."""
    edges = tuple(x + k * LETTER for k in range(len(text) + 1))
    box = BBox(page, x, baseline - 0.75 * size, edges[-1], baseline + 0.2 * size)
    return Word(text, box, baseline, size, bold=False, edges=edges)


def broken(text: str, width: float) -> list[list[str]]:
    """The text's words in lines that fit the width."""
    lines: list[list[str]] = [[]]
    room = width
    for part in text.split():
        need = len(part) * LETTER
        if part == BREAK or (lines[-1] and need > room):
            lines.append([])
            room = width
        if part != BREAK:
            lines[-1].append(part)
            room -= need + BLANK
    return lines


def set_lines(lines: Sequence[Sequence[str]], x: float, top: float, *, page: int = 1) -> list[Word]:
    """Words of lines that begin at ``x``, the first line under ``top``."""
    out: list[Word] = []
    for k, line in enumerate(lines):
        at = x
        for part in line:
            out.append(word(part, at, top + 0.8 * SIZE + k * PITCH, page=page))
            at = out[-1].box.x1 + BLANK
    return out


def grid_of(
    rows: Texts,
    *,
    page: int = 1,
    widths: Sequence[float] | None = None,
    fills: Mapping[tuple[int, int], Rgb | None] | None = None,
    open_top: bool = False,
    heights: Sequence[float] | None = None,
) -> Grid:
    """The raster of a page.

    Args:
        rows: texts of each row, one for each column.
        page: its number.
        widths: of the columns, in points.
        fills: colour of the background of single cells, by row and column.
        open_top: no line closes the table at its top.
        heights: of the rows where not as high as their text.
    """
    across = list(widths or [80.0] * len(rows[0]))
    xs = [LEFT]
    for width in across:
        xs.append(xs[-1] + width)
    blocks = _blocks(rows)
    lines = {(r, c): broken(rows[r][c], xs[c + cs] - xs[c] - 2 * PAD) for r, c, _, cs in blocks}
    ys = [TOP]
    for r in range(len(rows)):
        deep = max([len(lines[r0, c]) for r0, c, rs, _ in blocks if r0 == r and rs == 1], default=1)
        ys.append(ys[-1] + (heights[r] if heights else deep * PITCH + 2 * PAD))
    cells = []
    for r, c, rs, cs in blocks:
        box = BBox(page, xs[c], ys[r], xs[c + cs], ys[r + rs])
        cells.append(GridCell(r, c, rs, cs, box, tuple(set_lines(lines[r, c], xs[c] + PAD, ys[r] + PAD, page=page))))
    drawn = tuple(Fill(BBox(page, xs[c], ys[r], xs[c + 1], ys[r + 1]), color) for (r, c), color in (fills or {}).items())
    return Grid(
        page=page,
        xs=tuple(xs),
        ys=tuple(ys),
        cells=tuple(cells),
        fills=drawn,
        marks=(),
        open_top=open_top,
        open_bottom=False,
        ruled=True,
    )


def _blocks(rows: Texts) -> list[tuple[int, int, int, int]]:
    """First row and column, rows and columns of every cell."""
    out = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in (ABOVE, LEFTWARD):
                continue
            cols = 1
            while c + cols < len(row) and row[c + cols] == LEFTWARD:
                cols += 1
            deep = 1
            while r + deep < len(rows) and rows[r + deep][c] == ABOVE:
                deep += 1
            out.append((r, c, deep, cols))
    return out


def table_of(
    *pages: Texts,
    widths: Sequence[float] | None = None,
    fills: Mapping[tuple[int, int], Rgb | None] | None = None,
) -> LogicalTable:
    """The one logical table of pages that follow each other; ``fills`` are those of the first page."""
    grids = [grid_of(rows, page=n, widths=widths, fills=fills if n == 1 else None) for n, rows in enumerate(pages, 1)]
    (table,) = logical_tables(grids)
    return table


def texts_of(row: Row) -> list[str | None]:
    """What each column of a row says; a text that spans columns stands in each of them."""
    return [cell.text.text if cell.text else None for cell in row.cells]


def printed_cells(table: LogicalTable) -> list[Cell]:
    """Every cell once: merged ones in their first row and column."""
    return [cell for row in table.rows for cell in dict.fromkeys(row.cells) if cell.origin != "inherited"]


def piece(text: str, *, page: int = 1, width: float = 80.0, top: float = TOP, room: float = 0.0) -> Piece:
    """What a page contributes to a cell: the text in lines, with ``room`` points free under it."""
    lines = broken(text, width - 2 * PAD)
    words = set_lines(lines, LEFT + PAD, top + PAD, page=page) if text else []
    height = len(lines) * PITCH + 2 * PAD + room
    return piece_of(BBox(page, LEFT, top, LEFT + width, top + height), tuple(words), (), ())


def span(text: str, *, col: int = 0, page: int = 1, width: float = 80.0, room: float = 0.0) -> Span:
    """A cell of one page."""
    return Span(col, 1, [piece(text, page=page, width=width, room=room)])
