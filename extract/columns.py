"""Columns of a table without vertical rules: from the header's words and the gutters that no line of text crosses."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extract.grid import Line, Raster
from extract.header import is_period
from extract.page import Word
from extract.table import is_enumerator
from extract.words import lines_of

HEADER_GAP = 0.75  # of the font size: header words nearer than this are one header
CROSSING = 0.55  # of the font size: two words with a smaller blank between them run across a border
MIN_PERIODS = 3  # months or quarters side by side that make a schedule
TOUCHING = 0.5  # points: slack of the letters' boxes
STEP = 1.0  # points: width of the strips in which text is looked for


def clusters_of(words: Sequence[Word]) -> list[tuple[float, float]]:
    """Where the lowest header of each column stands, left to right; a header over several others is left out."""
    found: list[tuple[float, float]] = []
    for line in reversed(lines_of(words)):
        for start, end in headers_of(line):
            over = [i for i, (a, b) in enumerate(found) if a < end and start < b]
            if not over:
                found.append((start, end))
            elif len(over) == 1:
                a, b = found[over[0]]
                found[over[0]] = (min(a, start), max(b, end))
        found.sort()
    return found


def periods_of(line: Sequence[Word]) -> list[Word]:
    """The months or quarters that a header line names side by side, empty where it names none."""
    named = [w for w in line if is_period(w.text)]
    return named if len(named) >= MIN_PERIODS else []


def headers_of(line: Sequence[Word]) -> list[tuple[float, float]]:
    """Where the headers of one line stand; months and quarters stand closer than words."""
    named = periods_of(line)
    rest = [w for w in line if w not in named]
    return sorted([*runs_of(rest, HEADER_GAP), *((w.box.x0, w.box.x1) for w in named)])


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
    for (a0, a1), (b0, b1) in itertools.pairwise(clusters):
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
    raster, header_stop = _second_level(raster, words, header_stop)
    top = raster.ys[header_stop]
    if known is not None:
        inner = [x for x in known if raster.xs[0] + 3 < x < raster.xs[-1] - 3]
    else:
        clusters = clusters_of([w for w in words if w.box.cy < top])
        if len(clusters) < 2:
            return None
        inner = borders_between(clusters, lines_of([w for w in words if w.box.cy >= top]))
    return span_columns(
        Raster((raster.xs[0], *inner, raster.xs[-1]), raster.ys, _open_ends(raster, inner), raster.level),
        words,
        header_stop,
    )


def _open_ends(raster: Raster, inner: Sequence[float]) -> tuple[Line | None, ...]:
    return (raster.upright[0], *(None for _ in inner), raster.upright[-1])


def span_columns(raster: Raster, words: Sequence[Word], header_stop: int) -> Raster:
    """The raster with its inferred column borders drawn in every row that no spanning header or section title crosses."""
    lines = lines_of(words)
    upright: list[Line | None] = [raster.upright[0]]
    for k, x in enumerate(raster.xs[1:-1]):
        spans = tuple(
            (raster.ys[r], raster.ys[r + 1])
            for r in range(len(raster.ys) - 1)
            if not _runs_across(x, raster, r, lines, header=r < header_stop)
            and not _under_one_header(raster, r, k, raster.xs, lines, header_stop)
        )
        upright.append(Line(x, spans) if spans else None)
    upright.append(raster.upright[-1])
    return Raster(raster.xs, raster.ys, tuple(upright), raster.level)


def crossed_borders(raster: Raster, words: Sequence[Word], body: int) -> bool:
    """A word of the table's body stands on a border that was taken from the text."""
    drawn = [line for line in raster.upright[1:-1] if line is not None]
    return any(
        w.box.x0 + TOUCHING < line.at < w.box.x1 - TOUCHING
        and any(a <= w.box.cy <= b for a, b in line.spans)
        and w.box.cy > raster.ys[body]
        for w in words
        for line in drawn
    )


def _second_level(raster: Raster, words: Sequence[Word], header_stop: int) -> tuple[Raster, int]:
    """The raster with a border between a schedule's title and its months where both stand in one ruled row."""
    for row in range(header_stop):
        lines = lines_of([w for w in words if raster.ys[row] < w.box.cy < raster.ys[row + 1]])
        for line in lines:
            named = periods_of(line)
            if not named:
                continue
            left, right = named[0].box.x0, named[-1].box.x1
            above = [w for up in lines for w in up if w.baseline < line[0].baseline and left < w.box.cx < right]
            if not above:
                continue
            y = (max(w.box.bottom for w in above) + min(w.box.top for w in named)) / 2
            step = (right - left) / max(1, len(named) - 1)
            border = Line(y, ((left - step / 2, right + step / 2),))
            ys = (*raster.ys[: row + 1], y, *raster.ys[row + 1 :])
            level = (*raster.level[: row + 1], border, *raster.level[row + 1 :])
            return Raster(raster.xs, ys, raster.upright, level), header_stop + 1
    return raster, header_stop


def _runs_across(x: float, raster: Raster, row: int, lines: Sequence[Sequence[Word]], *, header: bool) -> bool:
    """A text runs across the place: in the header, or as a section title that is all that its row holds."""
    inside = [line for line in lines if raster.ys[row] <= line[0].box.cy <= raster.ys[row + 1]]
    if header:
        return any(a < x < b for line in inside for a, b in headers_of(line))
    runs = [run for line in inside for run in runs_of(line, CROSSING)]
    alone = len(runs) == 1 or (len(runs) == 2 and len(inside) == 1 and is_enumerator(inside[0][0].text))
    return alone and any(a < border < b for border in raster.xs[1:-1] for a, b in runs)


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
