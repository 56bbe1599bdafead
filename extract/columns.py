"""Columns of a table without vertical rules: from the header's words and the gutters that no line of text crosses."""

from __future__ import annotations

from collections.abc import Sequence

from extract.grid import Line, Raster
from extract.page import Word
from extract.words import lines_of

HEADER_GAP = 0.75  # of the font size: header words nearer than this are one header
CROSSING = 0.55  # of the font size: two words with a smaller blank between them run across a border
STEP = 1.0  # points: width of the strips in which text is looked for


def clusters_of(words: Sequence[Word]) -> list[tuple[float, float]]:
    """Where the lowest header of each column stands, left to right; a header over several others is left out."""
    found: list[tuple[float, float]] = []
    for line in reversed(lines_of(words)):
        for start, end in runs_of(line, HEADER_GAP):
            over = [i for i, (a, b) in enumerate(found) if a < end and start < b]
            if not over:
                found.append((start, end))
            elif len(over) == 1:
                a, b = found[over[0]]
                found[over[0]] = (min(a, start), max(b, end))
        found.sort()
    return found


def runs_of(line: Sequence[Word], gap: float) -> list[tuple[float, float]]:
    """Stretches of a line whose words stand nearer than ``gap`` font sizes."""
    out: list[tuple[float, float]] = []
    for word in line:
        if out and word.box.x0 - out[-1][1] < gap * word.size:
            out[-1] = (out[-1][0], max(out[-1][1], word.box.x1))
        else:
            out.append((word.box.x0, word.box.x1))
    return out


def borders_between(clusters: Sequence[tuple[float, float]], lines: Sequence[Sequence[Word]]) -> list[float]:
    """One border between each two neighbouring headers: the middle of the widest strip that the fewest lines cross."""
    out: list[float] = []
    for (a0, a1), (b0, b1) in zip(clusters, clusters[1:], strict=False):
        low, high = (a0 + a1) / 2, (b0 + b1) / 2
        places = [low + k * STEP for k in range(max(1, int((high - low) / STEP)))]
        crossed = [sum(any(w.box.x0 < x < w.box.x1 for w in line) for line in lines) for x in places]
        fewest = min(crossed)
        best: tuple[float, float] = (low, low)
        start: float | None = None
        for x, n in [*zip(places, crossed, strict=True), (high, fewest + 1)]:
            if n == fewest and start is None:
                start = x
            elif n != fewest and start is not None:
                if x - start > best[1] - best[0]:
                    best = (start, x)
                start = None
        out.append((best[0] + best[1]) / 2)
    return out


def infer_columns(raster: Raster, words: Sequence[Word], header_stop: int, known: Sequence[float] | None) -> Raster | None:
    """The raster with column borders taken from the text; None where there are no two columns.

    Args:
        raster: rows from level rules, no column border inside.
        words: in the table.
        header_stop: number of raster rows at the top that may hold the header.
        known: borders of the same table on an earlier page; they are taken over.
    """
    top = raster.ys[header_stop]
    if known is not None:
        inner = [x for x in known if raster.xs[0] + 3 < x < raster.xs[-1] - 3]
    else:
        clusters = clusters_of([w for w in words if w.box.cy < top])
        if len(clusters) < 2:
            return None
        inner = borders_between(clusters, lines_of([w for w in words if w.box.cy >= top]))
    lines = lines_of(words)
    xs = (raster.xs[0], *inner, raster.xs[-1])
    upright: list[Line | None] = [raster.upright[0]]
    for k, x in enumerate(inner):
        spans = tuple(
            (raster.ys[r], raster.ys[r + 1])
            for r in range(len(raster.ys) - 1)
            if not _runs_across(x, raster, r, lines) and not _under_one_header(raster, r, k, xs, lines, header_stop)
        )
        upright.append(Line(x, spans) if spans else None)
    upright.append(raster.upright[-1])
    return Raster(xs, raster.ys, tuple(upright), raster.level)


def _runs_across(x: float, raster: Raster, row: int, lines: Sequence[Sequence[Word]]) -> bool:
    """A text of the row runs across the place, as section titles and spanning headers do."""
    inside = [line for line in lines if raster.ys[row] <= line[0].box.cy <= raster.ys[row + 1]]
    return bool(inside) and any(a < x < b for line in inside for a, b in runs_of(line, CROSSING))


def _under_one_header(
    raster: Raster, row: int, border: int, xs: Sequence[float], lines: Sequence[Sequence[Word]], header_stop: int
) -> bool:
    """Two columns of a header row with a rule under them and room for one title: the title that stands over both."""
    if row + 1 >= header_stop or raster.level[row + 1] is None:
        return False
    below = raster.level[row + 1]
    left, right = (xs[border], xs[border + 1]), (xs[border + 1], xs[border + 2])
    if below is None or below.inked(*left) < 0.6 or below.inked(*right) < 0.6:
        return False
    if below.inked(raster.xs[0], raster.xs[-1]) > 0.97:
        return False
    inside = [w for line in lines for w in line if raster.ys[row] <= w.box.cy <= raster.ys[row + 1]]
    return not all(any(a <= w.box.cx <= b for w in inside) for a, b in (left, right))
