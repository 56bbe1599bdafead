"""Borders of a table that fills hide: drawn in the fill's own tone, or lost at its edge. The rest of the table tells them.

A border between two cells is taken for drawn where one of the cells is filled, so that the border could not be seen, where the
same line is drawn along most of the table, and where no text runs over it. A filled band above a table, as wide as the table,
is its header.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from extract.geometry import BBox, hull
from extract.grid import Raster, raster_of, regions, stretches
from extract.page import Rule
from extract.scan.paper import luma_of
from extract.scan.picture import Pixels, Straight

FILLED = 247  # tone (0..255) under which a cell is filled; paper was evened out to 255, the lightest fill is F2F2F2 (242)
BRIGHT = 75  # percentile of a cell's pixels that tells its tone: letters and specks are darker
DRAWN = 0.5  # share of a line, where it can be seen, that must be drawn for the hidden rest to be
INKED = 0.5  # share of an edge from which it is drawn
ACROSS = 0.85  # share of a row that is filled alike from which it is a section row: its cells are one
HEADER_TITLES = 4  # titles in a row from which it is a header: a section has its number, its title, and perhaps a note
HALF_IN = 0.4  # of a word's height that lies in a row for the word to be one of its titles, or of the row above or below, too
SAME_TONE = 8  # levels between fills that look alike
MIN_LINES = 4  # borders of a table that can be told to have columns
ROOM = 48.0  # points between a table and the band above it that is its header: a row of column numbers
BAND = (8.0, 130.0)  # points: height of a header
FADED = 0.3  # share of an edge with traces of ink from which a border stood there
NEAR = 1.0  # points that traces stray from their line
NARROW = 48.0  # points: columns of a month grid are narrower, also where two of them seem one
MIN_NARROW = 4  # even columns that make a grid
MOST_JOINED = 3  # columns that seem one at most
EVEN = 0.15  # of the usual width that columns of a grid differ by
STEP = 1.0  # points: heights at which a band is looked for
WIDE = 0.9  # share of the table's width that the band fills
SAME_LINE = 0.25  # of a word's height: titles of months stand on one line, a title beside them in the middle of its cell
WORD_GAP = 0.5  # of a word's height: words of one title stand nearer
SLACK = 1.5  # points a word may run over a border: its box is no finer
THIN, INK = 0.5, (0, 0, 0)  # points and colour of a border that was not seen


def with_veiled(straight: Straight, rules: Sequence[Rule], words: Sequence[BBox]) -> list[Rule]:
    """The rules, with those that are not seen on the picture but belong to its tables.

    Where a text runs over the column borders of a filled section row, the row is one cell: what seems drawn in it is not.

    Args:
        straight: the page.
        rules: the rules that are seen.
        words: boxes of the page's words, in points.
    """
    tones, traces = _Tones(straight), _Traces(straight, words)
    out = list(rules)
    for region in regions(stretches(rules)):
        raster = raster_of(region)
        if raster is None or len(raster.xs) < MIN_LINES or len(raster.ys) < 2:
            continue
        tone = [[tones.of(x0, top, x1, bottom) for x0, x1 in pairwise(raster.xs)] for top, bottom in pairwise(raster.ys)]
        sections = [_is_section(row, raster.xs, words, a, b) for row, (a, b) in zip(tone, pairwise(raster.ys), strict=True)]
        for box in _untitled(raster, sections, words):
            out = [part for rule in out for part in _outside(rule, box)]
        out += _faded(raster, traces)
        out += _inner(raster, tone, sections, words)
        out += _even(raster, words)
        out += _header(raster, tones, words)
    return out


class _Traces:
    """What is left of borders that faded: ink along them that belongs to no word."""

    def __init__(self, straight: Straight, words: Sequence[BBox]) -> None:
        self._ink = straight.ink.copy()
        self._scale = straight.scale
        for w in words:
            rows = slice(max(0, round(w.top * self._scale)), round(w.bottom * self._scale))
            self._ink[rows, max(0, round(w.x0 * self._scale)) : round(w.x1 * self._scale)] = False

    def share(self, *, vertical: bool, at: float, start: float, end: float) -> float:
        """Share of an edge with ink on it, its ends left out: other borders cross there."""
        near = slice(max(0, round((at - NEAR) * self._scale)), round((at + NEAR) * self._scale) + 1)
        along = slice(max(0, round((start + NEAR) * self._scale)), round((end - NEAR) * self._scale))
        strip = self._ink[along, near].any(axis=1) if vertical else self._ink[near, along].any(axis=0)
        return float(strip.mean()) if strip.size else 0.0


class _Tones:
    """Tones of a page's places, in points."""

    def __init__(self, straight: Straight) -> None:
        self._half: Pixels = np.asarray(
            cv2.resize(luma_of(straight.tone), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8
        )
        self._scale = straight.scale / 2

    def of(self, x0: float, top: float, x1: float, bottom: float) -> float:
        """Tone of the ground of a box, a little within its edges; white outside the page."""
        rows = slice(max(0, round((top + 1) * self._scale)), max(0, round((bottom - 1) * self._scale)))
        columns = slice(max(0, round((x0 + 1) * self._scale)), max(0, round((x1 - 1) * self._scale)))
        inside = self._half[rows, columns]
        return float(np.percentile(inside, BRIGHT)) if inside.size else 255.0

    def share_filled(self, x0: float, x1: float, y: float) -> float:
        """Share of a level line that lies on a fill."""
        row = min(self._half.shape[0] - 1, max(0, round(y * self._scale)))
        line = self._half[row, max(0, round(x0 * self._scale)) : round(x1 * self._scale)]
        return float((line < FILLED).mean()) if line.size else 0.0


def _faded(raster: Raster, traces: _Traces) -> list[Rule]:
    """Borders of which traces are left, on lines that are drawn elsewhere."""
    out: list[Rule] = []
    for vertical, lines, places, ends in (
        (True, raster.upright, raster.xs, raster.ys),
        (False, raster.level, raster.ys, raster.xs),
    ):
        for line, at in zip(lines[1:-1], places[1:-1], strict=True):
            for a, b in pairwise(ends):
                if line is None or line.inked(a, b) >= INKED:
                    continue
                if traces.share(vertical=vertical, at=at, start=a, end=b) >= FADED:
                    out.append(Rule(vertical, at, a, b, THIN, INK))
    return out


def _untitled(raster: Raster, sections: Sequence[bool], words: Sequence[BBox]) -> list[BBox]:
    """The titles' part of section rows over which a text runs from column to column: no upright border stands there."""
    out: list[BBox] = []
    for (top, bottom), section in zip(pairwise(raster.ys), sections, strict=True):
        crossing = [w for w in words if section and any(_crossed([w], x, top, bottom) for x in raster.xs[1:-1])]
        if crossing:
            left = max(x for x in raster.xs if x <= min(w.x0 for w in crossing) + SLACK)
            out.append(BBox(crossing[0].page, left + 1, top, raster.xs[-1] - 1, bottom))
    return out


def _outside(rule: Rule, box: BBox) -> list[Rule]:
    """The parts of an upright rule above and below a box; any other rule as it is."""
    if not rule.vertical or not box.x0 < rule.at < box.x1 or rule.start >= box.bottom or rule.end <= box.top:
        return [rule]
    parts = [(rule.start, min(rule.end, box.top)), (max(rule.start, box.bottom), rule.end)]
    return [replace(rule, start=a, end=b) for a, b in parts if b - a > STEP]


def _inner(raster: Raster, tone: Sequence[Sequence[float]], across: Sequence[bool], words: Sequence[BBox]) -> list[Rule]:
    """Borders between cells of the raster.

    Args:
        raster: rows and columns of the table.
        tone: of each field, row by row.
        across: for each row, whether it is a section row.
        words: boxes of the page's words.
    """
    xs, ys = raster.xs, raster.ys
    filled = [_is_filled(row, xs) for row in tone]
    out: list[Rule] = []
    for k in range(1, len(xs) - 1):
        line = raster.upright[k]
        if line is None:
            continue
        rows = [r for r in range(len(ys) - 1) if not across[r]]
        seen = {r: line.inked(ys[r], ys[r + 1]) >= INKED for r in rows}
        plain = [r for r in rows if min(tone[r][k - 1], tone[r][k]) >= FILLED]
        if not plain or sum(seen[r] for r in plain) < DRAWN * len(plain):
            continue
        for r in rows:
            hidden = not seen[r] and min(tone[r][k - 1], tone[r][k]) < FILLED
            if hidden and not _crossed(words, xs[k], ys[r], ys[r + 1]) and not (filled[r] and _under_title(raster, k, r)):
                out.append(Rule(True, xs[k], ys[r], ys[r + 1], THIN, INK))
    for j in range(1, len(ys) - 1):
        line = raster.level[j]
        if line is None or (across[j - 1] and across[j]):
            continue
        columns = range(len(xs) - 1)
        seen = {c: line.inked(xs[c], xs[c + 1]) >= INKED for c in columns}
        section = across[j - 1] or across[j]
        for c in columns:
            above, below = tone[j - 1][c], tone[j][c]
            if seen[c] or min(above, below) >= FILLED or _struck(words, ys[j], xs[c], xs[c + 1]):
                continue
            beside = [seen.get(k, False) for k in (c - 1, c + 1)]
            if section or (
                all(beside) if abs(above - below) <= SAME_TONE else any(beside) or 2 * sum(seen.values()) >= len(seen)
            ):
                out.append(Rule(False, ys[j], xs[c], xs[c + 1], THIN, INK))
    return out


def _is_filled(tones: Sequence[float], xs: Sequence[float]) -> bool:
    """A row filled alike over its whole width."""
    usual = float(np.median(tones))
    alike = sum(xs[c + 1] - xs[c] for c, t in enumerate(tones) if abs(t - usual) <= SAME_TONE)
    return usual < FILLED and alike >= ACROSS * (xs[-1] - xs[0])


def _is_section(tones: Sequence[float], xs: Sequence[float], words: Sequence[BBox], top: float, bottom: float) -> bool:
    """A row filled alike over its whole width, with one title and perhaps a number; more titles are those of a header."""
    inside = [w for w in words if min(w.bottom, bottom) - max(w.top, top) > HALF_IN * w.height and xs[0] < w.cx < xs[-1]]
    titles = _titles(inside)
    return _is_filled(tones, xs) and len(titles) < HEADER_TITLES


def _crossed(words: Sequence[BBox], x: float, top: float, bottom: float) -> bool:
    """A word runs over the border."""
    return any(w.x0 + SLACK < x < w.x1 - SLACK and top < w.cy < bottom for w in words)


def _even(raster: Raster, words: Sequence[BBox]) -> list[Rule]:
    """Borders of narrow even columns that faded: where two of them seem one, with a title of its own for each half."""
    xs = raster.xs
    widths = [b - a for a, b in pairwise(xs)]
    narrow = [w for w in widths if w <= NARROW]
    usual = float(np.median(narrow)) if len(narrow) >= MIN_NARROW else 0.0
    if sum(abs(w - usual) <= EVEN * usual for w in narrow) < MIN_NARROW:
        return []
    out: list[Rule] = []
    for k, width in enumerate(widths):
        count = round(width / usual)
        left, right = raster.upright[k], raster.upright[k + 1]
        if not 2 <= count <= MOST_JOINED or abs(width - count * usual) > EVEN * usual * count or left is None or right is None:
            continue
        inserted = [xs[k] + n * width / count for n in range(1, count)]
        fields = list(pairwise([xs[k], *inserted, xs[k + 1]]))
        rows = [
            (a, b)
            for a, b in pairwise(raster.ys)
            if left.inked(a, b) >= INKED and right.inked(a, b) >= INKED and not any(_crossed(words, x, a, b) for x in inserted)
        ]
        titled = any(all(any(x0 < w.x0 and w.x1 < x1 and a < w.cy < b for w in words) for x0, x1 in fields) for a, b in rows)
        if titled:
            out += [Rule(True, x, a, b, THIN, INK) for x in inserted for a, b in rows]
    return out


def _under_title(raster: Raster, column: int, row: int) -> bool:
    """The border would stand in a cell that spans columns: a level border runs on below it, but not along the whole row."""
    line = raster.level[row + 1]
    if line is None or row + 2 >= len(raster.ys):
        return False
    drawn = [line.inked(a, b) >= INKED for a, b in pairwise(raster.xs)]
    return drawn[column - 1] and drawn[column] and not all(drawn)


def _struck(words: Sequence[BBox], y: float, x0: float, x1: float) -> bool:
    """A level border would run through the midst of a word."""
    return any(x0 < w.cx < x1 and w.top + w.height / 4 < y < w.bottom - w.height / 4 for w in words)


def _header(raster: Raster, tones: _Tones, words: Sequence[BBox]) -> list[Rule]:
    """Borders of a filled band above the table, whose own cannot be seen on it, and of a row of numbers between the two."""
    left, right, foot = raster.xs[0], raster.xs[-1], raster.ys[0]
    heights = np.arange(foot - STEP, foot - ROOM - BAND[1], -STEP)
    filled = [tones.share_filled(left + 1, right - 1, float(y)) >= WIDE for y in heights]
    if not any(filled):
        return []
    first = filled.index(True)
    last = next((k for k in range(first, len(filled)) if not any(filled[k : k + 3])), len(filled))
    bottom, top = float(heights[first]) + STEP, float(heights[min(last, len(heights) - 1)])
    if foot - bottom > ROOM or not BAND[0] <= bottom - top <= BAND[1]:
        return []
    inside = _titles([w for w in words if top < w.cy < bottom and left < w.cx < right])
    between = [w for w in words if bottom <= w.cy < foot and left < w.cx < right]
    if not inside or (foot - bottom > BAND[0] and not between):
        return []
    out = [Rule(False, y, left, right, THIN, INK) for y in {top, bottom}]
    out += [Rule(True, x, top, foot, THIN, INK) for x in (left, right)]
    stops = _stops(raster.xs, inside, top)
    for x, stop in zip(raster.xs[1:-1], stops[1:-1], strict=True):
        if not _crossed(between, x, bottom, foot):
            out.append(Rule(True, x, stop, foot, THIN, INK))
    for a, b in pairwise([k for k, stop in enumerate(stops) if stop == top]):
        if b > a + 1:
            out.append(Rule(False, max(stops[a + 1 : b]), raster.xs[a], raster.xs[b], THIN, INK))
    return out


def _stops(xs: Sequence[float], titles: Sequence[BBox], top: float) -> list[float]:
    """How far up each column border of a header runs: to its top, or to the foot of a title that spans columns.

    A title stands over the columns that it runs over and over their neighbours whose own titles stand lower than it.
    """
    stops = [max((t.bottom for t in titles if t.x0 + SLACK < x < t.x1 - SLACK), default=top) for x in xs]
    stops[0] = stops[-1] = top
    for step in (1, -1):
        for k in range(1, len(xs) - 1)[::step]:
            spanned = stops[k - step]
            own = [t for t in titles if min(xs[k], xs[k - step]) < t.cx < max(xs[k], xs[k - step])]
            beyond = [t for t in titles if min(xs[k], xs[k + step]) < t.cx < max(xs[k], xs[k + step])]
            low = own and beyond and all(t.top >= spanned - SLACK for t in own)
            under = low and all(abs(t.cy - own[0].cy) < SAME_LINE * t.height for t in (*own, *beyond))
            if stops[k] == top and spanned > top and under:
                stops[k] = spanned
    return stops


def _titles(words: Sequence[BBox]) -> list[BBox]:
    """Words of one title put together: side by side, nearer than two columns' titles are."""
    out: list[BBox] = []
    for word in sorted(words, key=lambda w: (round(w.cy / max(1.0, w.height)), w.x0)):
        last = out[-1] if out else None
        if last and abs(last.cy - word.cy) < word.height / 3 and 0 <= word.x0 - last.x1 + SLACK < WORD_GAP * word.height:
            out[-1] = hull([last, word])
        else:
            out.append(word)
    return out
