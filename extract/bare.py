"""Tables without any rule: found by a line of header words, and followed down the page and over it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extract.columns import headers_of, runs_of
from extract.geometry import BBox
from extract.grid import Grid, Line, Raster
from extract.header import is_header_text, is_period
from extract.page import Page, Word
from extract.words import lines_of

MIN_HEADERS = 3  # headers side by side that make a table; fewer are a sentence
MIN_LINES = 2  # lines under the header that make a table
HEADER_STEP = 1.8  # times the font size: lines of one header are not further apart
END_OF_TABLE = 2.6  # times the usual distance of two lines: what stands further below is no longer the table
ALIGNED = 0.7  # share of the texts that must begin where the columns of the page before do
EDGE = 3.0  # points a text may begin beside its column's edge


def _is_header_line(line: Sequence[Word]) -> bool:
    runs = headers_of(line)
    texts = [" ".join(w.text for w in line if a <= w.box.cx <= b) for a, b in runs]
    worded = [t for t in texts if not is_period(t)]
    return len(worded) >= MIN_HEADERS and all(is_header_text(t) for t in worded)


def _belongs(line: Sequence[Word]) -> bool:
    """A further line of a header: header words and names of months, nothing else."""
    return all(is_header_text(w.text) or is_period(w.text) for w in line)


def table_end(lines: Sequence[Sequence[Word]]) -> int:
    """Number of lines from the first on that stand close enough to be one table."""
    steps = [b[0].baseline - a[0].baseline for a, b in itertools.pairwise(lines)]
    usual = sorted(steps)[len(steps) // 2] if steps else 0.0
    return next((k + 1 for k, step in enumerate(steps) if step > END_OF_TABLE * usual), len(lines))


def extended(raster: Raster, words: Sequence[Word]) -> Raster:
    """A table of which only the header is ruled, down to the last line of text that stands close enough under it."""
    if len(raster.ys) != 2:
        return raster
    across = (raster.xs[0] - 2, raster.xs[-1] + 2)
    below = lines_of([w for w in words if w.box.top > raster.ys[1] and across[0] <= w.box.cx <= across[1]])
    below = below[: table_end(below)]
    if len(below) < MIN_LINES:
        return raster
    bottom = max(w.box.bottom for w in below[-1]) + 1.0
    return Raster(raster.xs, (*raster.ys, bottom), raster.upright, (*raster.level, None))


def bare_raster(page: Page, taken: Sequence[BBox], before: Sequence[Grid]) -> Raster | None:
    """The outer frame of a table that nothing rules: its header and body as two rows of one column; None where there is none.

    Args:
        page: the page.
        taken: boxes of the tables already found on it.
        before: tables of the page before; one without rules may go on here without a header.
    """
    free = [w for w in page.words if not any(t.x0 <= w.box.cx <= t.x1 and t.top <= w.box.cy <= t.bottom for t in taken)]
    lines = lines_of(free)
    first = next((k for k, line in enumerate(lines) if _is_header_line(line)), None)
    if first is None:
        return None if taken else _continued(lines, before)
    start = stop = first
    while start > 0 and _near(lines[start - 1], lines[start]) and _belongs(lines[start - 1]):
        start -= 1
    while stop + 1 < len(lines) and _near(lines[stop], lines[stop + 1]) and _belongs(lines[stop + 1]):
        stop += 1
    body = lines[stop + 1 :]
    body = body[: table_end(body)]
    if len(body) < MIN_LINES:
        return None
    words = [w for line in (*lines[start : stop + 1], *body) for w in line]
    left, right = min(w.box.x0 for w in words) - 2, max(w.box.x1 for w in words) + 2
    top = min(w.box.top for line in lines[start : stop + 1] for w in line) - 1
    under = max(w.box.bottom for line in lines[start : stop + 1] for w in line)
    ys = (top, (under + min(w.box.top for w in body[0])) / 2, max(w.box.bottom for w in body[-1]) + 1)
    return Raster((left, right), ys, (None, None), (None, Line(ys[1], ((left, right),)), None))


def _near(a: Sequence[Word], b: Sequence[Word]) -> bool:
    return b[0].baseline - a[0].baseline <= HEADER_STEP * max(w.size for w in (*a, *b))


def _continued(lines: Sequence[Sequence[Word]], before: Sequence[Grid]) -> Raster | None:
    """The frame of a table without rules that goes on from the page before: its texts begin where its columns do."""
    grid = before[-1] if before else None
    if grid is None or grid.ruled or not (grid.open_bottom and grid.open_top) or not lines:
        return None
    edges = [
        min(w.box.x0 for c in grid.cells if c.col == k and c.cols == 1 for w in c.words)
        for k in range(len(grid.xs) - 1)
        if any(c.words for c in grid.cells if c.col == k and c.cols == 1)
    ]
    body = lines[: table_end(lines)]
    starts = [a for line in body for a, _ in runs_of(line, 0.75)]
    aligned = sum(any(abs(x - edge) <= EDGE for edge in edges) for x in starts)
    if len(starts) < MIN_HEADERS or aligned < ALIGNED * len(starts):
        return None
    top, bottom = min(w.box.top for w in body[0]) - 1, max(w.box.bottom for w in body[-1]) + 1
    return Raster((grid.xs[0], grid.xs[-1]), (top, bottom), (None, None), (None, None))
