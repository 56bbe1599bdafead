"""Rows of a table without rules between them: where texts of several columns begin together after a wider space."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extract.grid import Line, Raster
from extract.page import Word
from extract.table import ENUMERATOR
from extract.words import lines_of

WIDER = 1.25  # times the usual distance of two lines of a cell: a wider step begins a new block
TOGETHER = 0.45  # of the usual line distance: blocks that begin nearer than this begin together
MIN_COLUMNS = 2  # columns whose blocks must begin together
ANCHOR = 0.75  # share of the rows that a column must begin to be one that every row fills

Block = list[list[Word]]


def _columns(raster: Raster, row: int, words: Sequence[Word]) -> list[list[list[Word]]]:
    """The lines of each column in one raster row."""
    inside = [w for w in words if raster.ys[row] < w.box.cy < raster.ys[row + 1]]
    return [lines_of([w for w in inside if a <= w.box.cx < b]) for a, b in zip(raster.xs, raster.xs[1:], strict=False)]


def _starts(lines: Sequence[Sequence[Word]], pitch: float, *, numbers: bool) -> list[float]:
    """Base lines at which a block of a column begins."""
    out: list[float] = []
    for k, line in enumerate(lines):
        step = line[0].baseline - lines[k - 1][0].baseline if k else pitch * 10
        if step > WIDER * pitch or (numbers and ENUMERATOR.fullmatch(line[0].text)):
            out.append(line[0].baseline)
    return out


def split_places(
    raster: Raster, row: int, words: Sequence[Word], pitch: float
) -> tuple[list[float], list[list[float]]]:
    """Base lines of the rows inside one raster row, and of the blocks of each column; one or none where it is a single row.

    Args:
        pitch: the usual distance of two lines of a cell, in points.
    """
    columns = _columns(raster, row, words)
    numbers = [
        bool(lines) and all(len(line) == 1 and ENUMERATOR.fullmatch(line[0].text) for line in lines)
        for lines in columns
    ]
    starts = [_starts(lines, pitch, numbers=n) for lines, n in zip(columns, numbers, strict=True)]
    for c in range(1, len(starts)):  # a number begins the text that it stands before
        if numbers[c - 1] and not numbers[c]:
            near = [
                y for y in starts[c - 1] if any(abs(line[0].baseline - y) <= TOGETHER * pitch for line in columns[c])
            ]
            starts[c] = sorted({*starts[c], *near})
    every = sorted(y for s in starts for y in s)
    groups: list[list[float]] = []
    for y in every:
        if groups and y - groups[-1][0] <= TOGETHER * pitch:
            groups[-1].append(y)
        else:
            groups.append([y])
    together = [g for g in groups if len(g) >= MIN_COLUMNS]
    several = sum(len(s) >= 2 for s in starts)
    if several < MIN_COLUMNS or len(together) < 2:
        return [], starts
    return [median(g) for g in together], starts


def line_pitch(words: Sequence[Word], raster: Raster) -> float:
    """The usual distance of two lines inside a cell, in points."""
    steps: list[float] = []
    for row in range(len(raster.ys) - 1):
        for lines in _columns(raster, row, words):
            steps += [b[0].baseline - a[0].baseline for a, b in zip(lines, lines[1:], strict=False)]
    steps = sorted(s for s in steps if s > 1)
    return steps[len(steps) // 4] if steps else 12.0


def infer_rows(raster: Raster, words: Sequence[Word], body: int) -> tuple[Raster, bool]:
    """The raster with borders between rows that no rule parts, and whether any was found.

    Columns that most rows begin get a border at every row; the columns left of the first such column hold labels of groups
    and get one only where a label begins.

    Args:
        body: first raster row below the header.
    """
    pitch = line_pitch([w for w in words if w.box.cy > raster.ys[body]], raster)
    ys: list[float] = list(raster.ys)
    level: list[Line | None] = list(raster.level)
    found = False
    for row in range(body, len(raster.ys) - 1):
        places, starts = split_places(raster, row, words, pitch)
        if len(places) < 2:
            continue
        found = True
        near = TOGETHER * pitch
        share = [sum(any(abs(y - p) <= near for y in s) for p in places) / len(places) for s in starts]
        anchor = next((c for c, s in enumerate(share) if s >= ANCHOR), 0)
        for place in places[1:]:
            y = _gap_above(place, raster, row, words, pitch)
            spans = [
                (raster.xs[c], raster.xs[c + 1])
                for c in range(len(starts))
                if c >= anchor or any(abs(b - place) <= near for b in starts[c])
            ]
            k = next(i for i, old in enumerate(ys) if old > y)
            ys.insert(k, y)
            level.insert(k, Line(y, tuple(spans)))
    return Raster(raster.xs, tuple(ys), raster.upright, tuple(level)), found


def _gap_above(baseline: float, raster: Raster, row: int, words: Sequence[Word], pitch: float) -> float:
    """A place for the border: just above the letters of the row that begins."""
    tops = [w.box.top for w in words if abs(w.baseline - baseline) <= TOGETHER * pitch]
    return max(raster.ys[row] + 1.0, (min(tops) if tops else baseline - pitch) - 0.5)
