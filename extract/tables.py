"""The tables of a page: from its rules, and where rules are missing from the setting of its text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extract.bare import bare_raster, extended
from extract.bars import borders_and_bars
from extract.columns import CROSSING, crossed_borders, infer_columns, runs_of, span_columns
from extract.geometry import BBox
from extract.grid import Grid, Line, Raster, cells_of, raster_of, regions, stretches
from extract.header import cell_text, header_rows, is_number_row, same_header
from extract.page import Fill, Page, Word
from extract.rows import infer_rows
from extract.words import is_read, lines_of

SAME_WIDTH = 6.0  # points two unruled tables may differ at either side and still be one
ROWS_BY_SPACE = "rows-parted-by-space"  # a doubt: no rule parts the rows
COLUMNS_BY_SPACE = "columns-parted-by-space"  # a doubt: no rule parts the columns, and a text runs over the border
OVERFLOW = 1.0  # of the font size: a line that begins no further below the table's foot can have run over it
PITCH = 1.7  # times the font size: lines of one text are not further apart
BELOW = 3.0  # times the font size: a line not further below a table can be the title of the next one, over the page
ABOVE = 1.6  # times the font size: a line not further above a table is its title
GIANT = 2.5  # times the usual font size of a table: larger letters are a watermark
MIN_COLUMNED = 3  # columns in which a row's text must stand to be set in columns
MOSTLY = 0.4  # share of its height in which a column border is drawn for it to be one of the whole table
MIN_COUNTED = 3  # columns that a row of column numbers counts at least
OVER = 2.0  # points that the box of a word read from a picture may run over a border
MAX_HEADER = 3  # raster rows that the header of an unruled table has at most


def grids_of(page: Page, before: Sequence[Grid] = ()) -> list[Grid]:
    """Every table of a page, top to bottom. Rules that make no table (a letterhead line, an underline) give none.

    Args:
        page: the page.
        before: the tables of the page before, whose inferred columns go on.
    """
    borders, bars = borders_and_bars(page.rules, page.words, page.number)
    out: list[Grid] = []
    for region in regions(stretches(borders)):
        raster = raster_of(region)
        if raster is None:
            continue
        raster = extended(raster, page.words) if len(raster.xs) < 3 else _with_overflow(raster, page.words)
        box = BBox(page.number, raster.xs[0], raster.ys[0], raster.xs[-1], raster.ys[-1])
        words = _ordinary([w for w in page.words if _inside(w.box, box)])
        if not words or (len(raster.ys) < 3 and len(raster.xs) < 3):
            continue
        grid = _grid(page, raster, words, bars, before)
        if grid is not None:
            out.append(grid)
    bare = bare_raster(page, [g.box for g in out], before)
    if bare is not None:
        box = BBox(page.number, bare.xs[0], bare.ys[0], bare.xs[-1], bare.ys[-1])
        grid = _grid(page, bare, [w for w in page.words if _inside(w.box, box)], (), before)
        if grid is not None:
            out.append(grid)
    return sorted(out, key=lambda g: (g.ys[0], g.xs[0]))


def _ordinary(words: Sequence[Word]) -> list[Word]:
    """The words without those set far larger than the table's text: a mark across the page is no text of a cell."""
    usual = sorted(w.size for w in words)[len(words) // 2] if words else 0.0
    return [w for w in words if w.size <= GIANT * usual]


def _with_overflow(raster: Raster, words: Sequence[Word]) -> Raster:
    """The raster down to the end of texts that run over its foot: a label that the page cuts, set on below the border."""
    foot = raster.ys[-1]
    columns = list(itertools.pairwise(raster.xs))
    bottom = foot
    for a, b in columns:
        inside = [w for w in words if a - 1 <= w.box.x0 and w.box.x1 <= b + 1]
        lines = lines_of([w for w in inside if w.box.cy > raster.ys[-2]])
        for before, line in itertools.pairwise(lines):
            under = line[0].box.cy > foot and line[0].box.top < foot + OVERFLOW * line[0].size
            if under and line[0].baseline - before[0].baseline <= PITCH * line[0].size and before[0].box.cy <= foot:
                bottom = max(bottom, max(w.box.bottom for w in line))
    return raster if bottom == foot else Raster(raster.xs, (*raster.ys[:-1], bottom + 1), raster.upright, raster.level)


def _line_above(page: Page, box: BBox) -> tuple[Word, ...]:
    beside = [w for w in page.words if box.x0 - 2 <= w.box.cx <= box.x1]
    over = [w for w in beside if w.box.cy < box.top and box.top - w.box.bottom < ABOVE * w.size]
    return tuple(lines_of(over)[-1]) if over else ()


def _line_below(page: Page, box: BBox) -> tuple[Word, ...]:
    beside = [w for w in page.words if box.x0 - 2 <= w.box.cx <= box.x1]
    under = [w for w in beside if w.box.cy > box.bottom and w.box.top - box.bottom < BELOW * w.size]
    return tuple(lines_of(under)[0]) if under else ()


def _grid(page: Page, raster: Raster, words: Sequence[Word], bars: Sequence[Fill], before: Sequence[Grid]) -> Grid | None:
    ruled = len(raster.xs) > 2
    if not ruled:
        columned = _with_columns(raster, words, before)
        if columned is None:
            return None
        raster = columned
    else:
        raster = _completed(_recalled(raster, words, before), words)
    head = header_rows(_build_bare(raster, words))
    if not len(head):
        raster, head = _parted_header(raster, words)
    grid = _build_bare(raster, words)
    body = head.stop
    if body < len(grid.ys) - 1 and is_number_row(grid, body):
        body += 1
    elif (parted := _parted_numbers(raster, words, body)) is not None:
        raster, body = parted, body + 1
    rows, found = infer_rows(raster, words, body)
    if not ruled:
        rows = span_columns(rows, words, head.stop)
    doubts = [ROWS_BY_SPACE] if found else []
    if not ruled and crossed_borders(rows, words, body):
        doubts.append(COLUMNS_BY_SPACE)
    return _build(page, rows, words, bars, ruled=ruled, doubts=tuple(doubts))


def _parted_header(raster: Raster, words: Sequence[Word]) -> tuple[Raster, range]:
    """The raster with a border under a header that no rule parts from the body, and the header's rows, if any."""
    split, found = infer_rows(raster, words, 0)
    if not found or header_rows(_build_bare(split, words)) != range(1):
        return raster, range(0)
    return _bordered(raster, 0, split.ys[1]), range(1)


def _completed(raster: Raster, words: Sequence[Word]) -> Raster:
    """The raster with the column borders of the table drawn through rows whose style leaves them out.

    A row without column borders is one merged cell, unless its text stands in columns: in three or more of them, with no run of
    words over any border between. So do header and last rows of table styles that rule only the body.
    """
    spans: dict[int, list[tuple[float, float]]] = {}
    for cell in cells_of(raster, words[0].box.page, words):
        if cell.cols < MIN_COLUMNED or len(cell.words) < MIN_COLUMNED:
            continue
        inner = range(cell.col + 1, cell.col + cell.cols)
        hit = {sum(w.box.cx > raster.xs[k] for k in inner) for w in cell.words}
        runs = [run for line in lines_of(cell.words) for run in runs_of(line, CROSSING)]
        if len(hit) < MIN_COLUMNED or any(a < raster.xs[k] < b for k in inner for a, b in runs):
            continue
        for k in inner:
            spans.setdefault(k, []).append((cell.box.top, cell.box.bottom))
    if not spans:
        return raster
    upright = tuple(
        Line(line.at, tuple(sorted([*line.spans, *spans.get(k, [])])))
        if line is not None and line.inked(raster.ys[0], raster.ys[-1]) >= MOSTLY
        else line
        for k, line in enumerate(raster.upright)
    )
    return Raster(raster.xs, raster.ys, upright, raster.level)


def _recalled(raster: Raster, words: Sequence[Word], before: Sequence[Grid]) -> Raster:
    """The raster of a scan with the column borders that its table had on the page before and that faded on this one.

    The table must be as wide and have no other borders. A border that texts run over is not drawn in their rows.
    """
    if not any(map(is_read, words)):
        return raster
    for grid in reversed(before):
        shift = raster.xs[0] - grid.xs[0]
        known = [x + shift for x in grid.xs]
        others = [x for x in raster.xs if min(abs(x - k) for k in known) > SAME_WIDTH]
        if not grid.ruled or not _as_wide(grid, raster) or others or len(grid.xs) <= len(raster.xs):
            continue
        xs, upright = list(raster.xs), list(raster.upright)
        for x in known:
            if min(abs(x - own) for own in raster.xs) > SAME_WIDTH:
                rows = [r for r in itertools.pairwise(raster.ys) if not _runs_over(words, x, *r)]
                xs.append(x)
                upright.append(Line(x, tuple(rows)) if rows else None)
        order = sorted(range(len(xs)), key=lambda k: xs[k])
        return Raster(tuple(xs[k] for k in order), raster.ys, tuple(upright[k] for k in order), raster.level)
    return raster


def _runs_over(words: Sequence[Word], x: float, top: float, bottom: float) -> bool:
    return any(w.box.x0 + OVER < x < w.box.x1 - OVER and top < w.box.cy < bottom for w in words)


def _bordered(raster: Raster, row: int, y: float) -> Raster:
    """The raster with one of its rows cut in two by a border over the whole width."""
    border = Line(y, ((raster.xs[0], raster.xs[-1]),))
    ys = (*raster.ys[: row + 1], y, *raster.ys[row + 1 :])
    return Raster(raster.xs, ys, raster.upright, (*raster.level[: row + 1], border, *raster.level[row + 1 :]))


def _parted_numbers(raster: Raster, words: Sequence[Word], body: int) -> Raster | None:
    """The raster with a border under a row of column numbers that shares a ruled row with what follows it; else None."""
    if body >= len(raster.ys) - 1 or body == 0:
        return None
    lines = lines_of([w for w in words if raster.ys[body] < w.box.cy < raster.ys[body + 1]])
    counted = [str(k + 1) for k in range(len(lines[0]))] if lines else []
    if len(lines) < 2 or len(counted) < MIN_COUNTED or [w.text.strip("()") for w in lines[0]] != counted:
        return None
    return _bordered(raster, body, (max(w.box.bottom for w in lines[0]) + min(w.box.top for w in lines[1])) / 2)


def _with_columns(raster: Raster, words: Sequence[Word], before: Sequence[Grid]) -> Raster | None:
    """Columns from the header of this page, or from the page before where the same table goes on."""
    own = next(
        (
            columned
            for stop in range(1, min(MAX_HEADER, len(raster.ys) - 2) + 1)
            if (columned := infer_columns(raster, words, stop, None)) is not None and header_rows(_build_bare(columned, words))
        ),
        None,
    )
    for grid in reversed(before):
        if (grid.ruled and not any(map(is_read, words))) or not _as_wide(grid, raster):
            continue
        if own is None or _same_title(_build_bare(own, words), grid):
            return infer_columns(raster, words, 1, grid.xs)
    return own


def _as_wide(grid: Grid, raster: Raster) -> bool:
    return abs(grid.xs[0] - raster.xs[0]) <= SAME_WIDTH and abs(grid.xs[-1] - raster.xs[-1]) <= SAME_WIDTH


def _same_title(a: Grid, b: Grid) -> bool:
    """Both pages print the same header, whatever columns were made of it."""
    texts = [sorted(w for c in g.cells if c.row in header_rows(g) for w in cell_text(c).split()) for g in (a, b)]
    return same_header(texts[0], texts[1])


def _build_bare(raster: Raster, words: Sequence[Word]) -> Grid:
    page = words[0].box.page
    return Grid(page, raster.xs, raster.ys, tuple(cells_of(raster, page, words)), (), (), False, False, False)


def _build(
    page: Page,
    raster: Raster,
    words: Sequence[Word],
    bars: Sequence[Fill],
    *,
    ruled: bool,
    doubts: tuple[str, ...] = (),
) -> Grid:
    box = BBox(page.number, raster.xs[0], raster.ys[0], raster.xs[-1], raster.ys[-1])
    return Grid(
        page=page.number,
        xs=raster.xs,
        ys=raster.ys,
        cells=tuple(cells_of(raster, page.number, words)),
        fills=tuple(f for f in (*page.fills, *bars) if f.box.overlap(box) > 0),
        marks=tuple(m for m in page.marks if _inside(m, box)),
        open_top=raster.level[0] is None,
        open_bottom=raster.level[-1] is None,
        ruled=ruled,
        doubts=doubts,
        above=_line_above(page, box),
        below=_line_below(page, box),
    )


def _inside(inner: BBox, outer: BBox) -> bool:
    return outer.x0 - 2 <= inner.cx <= outer.x1 + 2 and outer.top - 1 <= inner.cy <= outer.bottom + 1
