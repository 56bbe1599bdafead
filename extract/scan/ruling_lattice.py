"""Strokes to rules: what belongs to a lattice of borders is kept, its ends are set on the rules that they meet."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.page import Rule
from extract.scan.ruling_follow import Interval, Stroke

MEET = 3.5  # points a stroke may end short of, or beyond, the stroke that it ends on
STUB = (
    24.0  # points: a shorter stroke must end on others at both ends; letters are not higher, arcs are not straight for longer
)
INKED = 0.6  # share of an edge between two crossings that is drawn for the whole edge to be
FULL = 0.85  # the same where it misses one of the crossings
SHADOW = 0.2  # of the usual contrast of a page's strokes: fainter ones must be long
SHADOW_LENGTH = 180.0  # points: how long
LOOSE = 9.0  # points: what runs out of the lattice, into a row that the page cuts, is not shorter; a letter is
OPEN = 1.4  # points a border may miss the crossing
OPEN_BROKEN = 3.0  # the same for a border of several parts, which is no letter
VEILED = 0.9  # share of an edge that is drawn, or hidden, for it to go on as the edge beside it
EDGE = 9.0  # points: a stroke so near the picture's edge is the sheet's own edge
STREAK = 10.0  # points from both edges of the page within which a stroke from end to end is a scanner's streak
OVERRUN = 8.0  # points: a stroke that runs further out of its table at both ends is a streak
ALIKE = 2  # strokes that end as far outside for that to be the table's own way
LETTER = 14.0  # points: letters of a heading are not higher; a column border is, over all its rows
TOUCHED = 0.35  # share of a stroke that print touches: more, and it is the base line of letters
ROUNDS = 3  # times that strokes are dropped for ending on dropped ones
BLACK = (0, 0, 0)


def rules_of_strokes(level: Sequence[Stroke], upright: Sequence[Stroke], width: float, height: float) -> list[Rule]:
    """The rules that the strokes of a page are, in points."""
    rows = [s for s in level if not _of_sheet(s, width, height)]
    columns = [s for s in upright if not _of_sheet(s, height, width)]
    rows, columns = _without_streaks(rows, columns), _without_streaks(columns, rows)
    rows, columns = _without_shadows(rows), _without_shadows(columns)
    for _ in range(ROUNDS):
        columns = _kept(columns, rows, alone=False)
        rows = _kept(rows, columns, alone=True)
        rows, columns = _without_letters(rows, columns)
    out: list[Rule] = []
    for strokes, others, vertical in ((rows, columns, False), (columns, rows, True)):
        for stroke in strokes:
            at = stroke.middle()
            out += [Rule(vertical, at, a, b, stroke.width, BLACK) for a, b in _edges(stroke, others)]
    return out


def _of_sheet(stroke: Stroke, length: float, breadth: float) -> bool:
    """The sheet's own edge, or a streak from one end of it to the other."""
    at = stroke.middle()
    return not EDGE < at < breadth - EDGE or (stroke.start < STREAK and stroke.end > length - STREAK)


def _crossings(stroke: Stroke, others: Sequence[Stroke]) -> list[float]:
    """Places along the stroke at which others cross it or end on it."""
    own = _reach(stroke)
    return [x for x in _passings(stroke, others) if _covers(own, x)]


def _passings(stroke: Stroke, others: Sequence[Stroke]) -> list[float]:
    """Places along the stroke's line, also beyond its ends, that others pass or end on."""
    places = ((other.at(stroke.at(other.mid)), other) for other in others)
    return sorted(x for x, other in places if _covers(_reach(other), stroke.at(x)))


def _reach(stroke: Stroke) -> list[Interval]:
    """Where the stroke is drawn or goes on under what hides it."""
    near = [v for v in stroke.veiled if any(a - MEET <= v[1] and v[0] <= b + MEET for a, b in stroke.spans)]
    return _joined((*stroke.spans, *near))


def _covers(spans: Sequence[Interval], at: float) -> bool:
    return any(a - MEET <= at <= b + MEET for a, b in spans)


def _without_streaks(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> list[Stroke]:
    """The strokes without those that run far out of the table at both ends, as no other does."""
    reaches = [_reach(o) for o in others]
    hulls = [(reach[0][0], reach[-1][1]) for reach in reaches]
    far: list[tuple[Stroke, bool]] = []
    for stroke in strokes:
        level = stroke.middle()
        met = [o.at(level) for o, (low, high) in zip(others, hulls, strict=True) if low - MEET <= level <= high + MEET]
        far.append((stroke, bool(met) and stroke.start < min(met) - OVERRUN and stroke.end > max(met) + OVERRUN))
    out = []
    for stroke, beyond in far:
        alike = [
            s
            for s, b in far
            if b and s is not stroke and abs(s.start - stroke.start) <= OVERRUN and abs(s.end - stroke.end) <= OVERRUN
        ]
        if not beyond or len(alike) >= ALIKE:
            out.append(stroke)
    return out


def _without_shadows(strokes: Sequence[Stroke]) -> list[Stroke]:
    """The strokes without those that are short and much fainter than the others: the shadow of a bar, the scanner's echo."""
    usual = float(np.median([s.depth for s in strokes])) if strokes else 0.0
    return [s for s in strokes if s.depth >= SHADOW * usual or s.drawn >= SHADOW_LENGTH]


def _without_letters(rows: Sequence[Stroke], columns: Sequence[Stroke]) -> tuple[list[Stroke], list[Stroke]]:
    """The strokes without those that are letters: low upright ones, level ones that touch print and cross nothing."""
    tall = [s for s in columns if s.end - s.start >= LETTER]
    return [s for s in rows if s.touched <= TOUCHED or _crossings(s, tall)], tall


def _kept(strokes: Sequence[Stroke], others: Sequence[Stroke], *, alone: bool) -> list[Stroke]:
    """The strokes with those spans that are long or end on others; ``alone``: a long one need not meet any."""
    out = []
    for stroke in strokes:
        met = _crossings(stroke, others)
        spans = tuple(span for span in stroke.spans if _stays(span, met, alone=alone))
        if spans:
            out.append(replace(stroke, spans=spans))
    return out


def _stays(span: Interval, met: Sequence[float], *, alone: bool) -> bool:
    start, end = span
    if end - start >= STUB:
        return alone or any(start - MEET <= x <= end + MEET for x in met)
    return any(abs(x - start) <= MEET for x in met) and any(abs(x - end) <= MEET for x in met)


def _edges(stroke: Stroke, others: Sequence[Stroke]) -> list[Interval]:
    """The spans of a stroke with its ends on crossings: edges between crossings are drawn or not, what is outside stays."""
    met: list[float] = []
    for x in _passings(stroke, others):
        if not met or x - met[-1] > MEET:
            met.append(x)
    edges = list(itertools.pairwise(met))
    traces = _joined((*stroke.spans, *stroke.traces))
    drawn = [_is_drawn(_clipped(traces, *edge), edge) for edge in edges]
    veiled = [_share((*traces, *stroke.veiled), a, b) >= VEILED for a, b in edges]
    for order in (range(1, len(edges)), range(len(edges) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for i in order:
            drawn[i] = drawn[i] or (veiled[i] and drawn[i + step])
    spans = [edge for edge, on in zip(edges, drawn, strict=True) if on]
    if met:
        beyond = (*_clipped(stroke.spans, stroke.start - 1, met[0]), *_clipped(stroke.spans, met[-1], stroke.end + 1))
        spans += [(a, b) for a, b in beyond if b - a > LOOSE]
    else:
        spans += stroke.spans
    return _joined(spans)


def _is_drawn(parts: Sequence[Interval], edge: Interval) -> bool:
    """Whether a border runs all along the edge: a letter that stands there leaves space at both ends."""
    share = _share(parts, *edge)
    if share < INKED:
        return False
    slack = OPEN if len(parts) == 1 else OPEN_BROKEN
    ends_met = parts[0][0] - edge[0] <= slack and edge[1] - parts[-1][1] <= slack
    return ends_met or share >= FULL


def _share(spans: Sequence[Interval], start: float, end: float) -> float:
    drawn = sum(b - a for a, b in _clipped(_joined(spans), start, end))
    return drawn / (end - start) if end > start else 0.0


def _clipped(spans: Sequence[Interval], start: float, end: float) -> list[Interval]:
    return [(max(a, start), min(b, end)) for a, b in spans if min(b, end) > max(a, start)]


def _joined(spans: Sequence[Interval]) -> list[Interval]:
    out: list[Interval] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1] + 0.1:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out
