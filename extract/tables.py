"""The tables of a page: from its rules, and where rules are missing from the setting of its text."""

from __future__ import annotations

from collections.abc import Sequence

from extract.columns import infer_columns
from extract.geometry import BBox
from extract.grid import Grid, Raster, borders_and_bars, cells_of, raster_of, regions, stretches
from extract.header import cell_text, header_rows, is_number_row, same_header
from extract.page import Fill, Page, Word
from extract.rows import infer_rows

SAME_WIDTH = 6.0  # points two unruled tables may differ at either side and still be one
MAX_HEADER = 3  # raster rows that the header of an unruled table has at most


def grids_of(page: Page, before: Sequence[Grid] = ()) -> list[Grid]:
    """Every ruled table of a page, top to bottom. Rules that make no table (a letterhead line, an underline) give none.

    Args:
        page: the page.
        before: the tables of the page before, whose inferred columns go on.
    """
    borders, bars = borders_and_bars(page.rules, page.number)
    out: list[Grid] = []
    for region in regions(stretches(borders)):
        raster = raster_of(region)
        if raster is None or len(raster.ys) < 2:
            continue
        box = BBox(page.number, raster.xs[0], raster.ys[0], raster.xs[-1], raster.ys[-1])
        words = [w for w in page.words if _inside(w.box, box)]
        if not words or (len(raster.ys) < 3 and len(raster.xs) < 3):
            continue
        grid = _grid(page, raster, words, bars, before)
        if grid is not None:
            out.append(grid)
    return sorted(out, key=lambda g: (g.ys[0], g.xs[0]))


def _grid(
    page: Page, raster: Raster, words: Sequence[Word], bars: Sequence[Fill], before: Sequence[Grid]
) -> Grid | None:
    ruled = len(raster.xs) > 2
    if not ruled:
        columned = _with_columns(raster, words, before)
        if columned is None:
            return None
        raster = columned
    grid = _build(page, raster, words, bars, ruled=ruled, rows_inferred=False)
    head = header_rows(grid)
    body = head.stop
    if body < len(grid.ys) - 1 and is_number_row(grid, body):
        body += 1
    split, found = infer_rows(raster, words, body)
    return _build(page, split, words, bars, ruled=ruled, rows_inferred=True) if found else grid


def _with_columns(raster: Raster, words: Sequence[Word], before: Sequence[Grid]) -> Raster | None:
    """Columns from the header of this page, or from the page before where the same table goes on."""
    own = next(
        (
            columned
            for stop in range(1, min(MAX_HEADER, len(raster.ys) - 2) + 1)
            if (columned := infer_columns(raster, words, stop, None)) is not None
            and header_rows(_build_bare(columned, words))
        ),
        None,
    )
    for grid in reversed(before):
        if grid.ruled or not _as_wide(grid, raster):
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
    return Grid(page, raster.xs, raster.ys, tuple(cells_of(raster, page, words)), (), (), False, False, False, False)


def _build(
    page: Page, raster: Raster, words: Sequence[Word], bars: Sequence[Fill], *, ruled: bool, rows_inferred: bool
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
        rows_inferred=rows_inferred,
    )


def _inside(inner: BBox, outer: BBox) -> bool:
    return outer.x0 - 2 <= inner.cx <= outer.x1 + 2 and outer.top - 1 <= inner.cy <= outer.bottom + 1
