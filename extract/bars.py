"""Bars told from borders: level lines that are drawn into the cells of a month grid, and those that part its rows."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from extract.geometry import BBox
from extract.grid import SNAP, TOUCH, extent, straighten, stretches
from extract.page import Fill, Rgb, Rule, Word

T = TypeVar("T")

BAR_CONTRAST = 60  # colour distance (0..441) from the table's own lines from which a line is a coloured bar
HALF = 0.5  # share of the width that all rules of the page take from which lines on one height are a border of rows
BAR_HEIGHT = 2.4  # points: a line that is a bar counts as that thick at least
FEW_WORDS = 6  # words in the columns of a month grid on one page: those of its header
SIGN = 3  # letters a mark in a month grid has at most
FLUSH = 2.2  # points a line may miss the column border that it runs up to; bars in cells keep some distance


def borders_and_bars(rules: Sequence[Rule], words: Sequence[Word], page: int) -> tuple[list[Rule], list[Fill]]:
    """Rules that can be borders, and level lines that are bars drawn into cells.

    A bar is short; on its height no borders reach over half of the ruled width; not two column borders begin or end on it, as
    they do on the line under a spanning header; and it has the colour of no border, or runs where hardly a word is printed.
    """
    if not rules:
        return [], []
    inked: Counter[Rgb] = Counter()
    for r in rules:
        inked[r.color or (0, 0, 0)] += round(r.length)
    colors = [color for color, length in inked.items() if length >= 0.25 * max(inked.values())]
    (left, right), (top, bottom) = extent(rules)
    written = sorted(w.box.cx for w in words if len(w.text) > SIGN and top < w.box.cy < bottom)
    own = [r.color is not None and min(math.dist(r.color, color) for color in colors) <= BAR_CONTRAST for r in rules]
    whole = stretches([r for r, usual in zip(rules, own, strict=True) if usual])  # dashes and cell borders put together
    level = sorted((r.at, r.length) for r in whole if not r.vertical)
    ends = sorted((y, r.at) for r in whole if r.vertical for y in (r.start, r.end))
    closed = _closed([r for r, usual in zip(rules, own, strict=True) if usual])
    far = HALF * (right - left)

    def amid_text(r: Rule) -> bool:
        return bisect_left(written, r.end) - bisect_right(written, r.start) > FEW_WORDS

    def reaches_far(r: Rule) -> bool:
        return sum(length for _, length in _between(level, r.at, SNAP / 2)) >= far

    def is_met(r: Rule) -> bool:
        return len({round(x) for _, x in _between(ends, r.at, TOUCH) if r.start - TOUCH <= x <= r.end + TOUCH}) >= 2

    def is_closed(r: Rule) -> bool:
        return any(a - 0.1 <= r.start and r.end <= b + 0.1 for _, (a, b) in _between(closed, r.at, SNAP / 2))

    lying = sorted(((s.at, s) for s in whole if not s.vertical), key=lambda p: p[0])

    def line_of(r: Rule) -> Rule:
        """The stretch that a dash or a cell's own border is part of."""
        return next((s for _, s in _between(lying, r.at, SNAP) if s.start - 0.1 <= r.start and r.end <= s.end + 0.1), r)

    borders: list[Rule] = []
    bars: list[Fill] = []
    for r, usual in zip(rules, own, strict=True):
        s = line_of(r) if usual and not r.vertical else r
        if r.vertical or s.length >= far or reaches_far(s) or is_met(s) or (usual and (amid_text(s) or is_closed(s))):
            borders.append(r)
        else:
            half = max(r.width, BAR_HEIGHT) / 2
            bars.append(Fill(BBox(page, r.start, r.at - half, r.end, r.at + half), r.color))
    return borders, bars


def _between(places: Sequence[tuple[float, T]], at: float, slack: float) -> Sequence[tuple[float, T]]:
    """The sorted places that lie within ``slack`` of one."""
    low = bisect_left(places, at - slack, key=lambda p: p[0])
    return places[low : bisect_right(places, at + slack, key=lambda p: p[0])]


def _closed(rules: Sequence[Rule]) -> list[tuple[float, tuple[float, float]]]:
    """Level stretches (height, start and end) whose both ends lie on column borders that pass their height, by height."""
    widths = sorted(r.width for r in rules if r.vertical)
    thin = [r for r in rules if r.vertical or (widths and r.width <= 1.5 * widths[len(widths) // 2] + 0.1)]
    upright = straighten([r for r in thin if r.vertical])

    def met(x: float, y: float) -> bool:
        return any(abs(v.at - x) <= FLUSH and any(a - TOUCH <= y <= b + TOUCH for a, b in v.spans) for v in upright)

    return [
        (line.at, (a, b))
        for line in straighten([r for r in thin if not r.vertical])
        for a, b in line.spans
        if met(a, line.at) and met(b, line.at)
    ]
