"""Strokes followed from end to end: where they are drawn, and where stamps, fills or letters hide whether they are."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Mask, Pixels
from extract.scan.ruling_trace import (
    FAINT,
    NEAR,
    STRONG,
    SURE,
    THICK_SLACK,
    THICKEST,
    Numbers,
    Piece,
    Sight,
    fit,
    is_firm,
    lines,
    meets,
    odd,
    pieces,
    seeds,
)

Interval = tuple[float, float]
Flags = npt.NDArray[np.bool_]

GAP = 1.6  # points: a gap that is closed whatever it shows; a letter's distance from a border is greater
DASH_GAP = 4.0  # points: the same in a dashed or dotted stroke
DASHES = 12.0  # points of a dashed stroke that hold a gap or more, on the average
HALF_SEEN = 0.4  # share of the stroke's own contrast from which a pixel belongs to it
FLANK = 1.1  # points on both sides of a stroke that are blank where it is not touched
WINDOW = 6.0  # points: faint pixels count where the stroke was mostly thin and blank-flanked over as much
THIN_SHARE = 0.4  # share of such a window that is thin and dark: dots of a dotted border take half
TEXT_SHARE = 0.25  # share of such a window that is dark beside the stroke, at most: text takes more
SEEN = 0.5  # share of a faint stroke that is thin and dark; lines of text have less
SEEN_DASHED = 0.3  # the same of a dashed one
HIDDEN = 0.5  # share of a stroke's thickness that is covered for it to be hidden
HIDDEN_SHARE = 0.9  # share of a gap that stamp, fill or letters cover for it to be no gap
UNDER_TEXT = 40.0  # points: letters do not hide more of a border at a stretch
WHITE = 255.0  # grey value of paper
MOST = 0.9  # quantile of the contrast along a stroke that is its contrast on white: fills lessen it
ALIKE = 1.5  # times the stroke's contrast: what is darker by the contrast of print too, is print that crosses a grey stroke
SOFT = 2.0  # points along a faint stroke over which it is averaged against noise
DOUBLE = 60.0  # points: a double border is longer; in two or three words a line can seem so
PARALLEL = 0.9  # share of a stroke beside which another runs for the two to be a double border
CALM = 6.0  # points: a stretch of a stroke that is faint is not shorter


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level stroke, in points (of the transposed page for an upright one).

    Attributes:
        mid: x at which the curve below is centred.
        curve: height, slope and bend: ``at(x) = curve[0] + curve[1] * (x - mid) + curve[2] * (x - mid) ** 2``.
        spans: where it is drawn, left to right.
        traces: where something thin and dark lies on its curve, letters perhaps: enough to tell whether an edge is drawn.
        veiled: where a stamp or a fill hides whether it is drawn.
        width: thickness.
        depth: how much darker it is than its surroundings, in grey values.
        touched: share of what is drawn that print touches from a side: most of it, where letters stand in line.
    """

    mid: float
    curve: tuple[float, float, float]
    spans: tuple[Interval, ...]
    traces: tuple[Interval, ...]
    veiled: tuple[Interval, ...]
    width: float
    depth: float
    touched: float

    def at(self, x: float) -> float:
        """Its height at ``x``."""
        d = x - self.mid
        return self.curve[0] + self.curve[1] * d + self.curve[2] * d * d

    @property
    def start(self) -> float:
        """Where its first span begins."""
        return self.spans[0][0]

    @property
    def end(self) -> float:
        """Where its last span ends."""
        return self.spans[-1][1]

    @property
    def drawn(self) -> float:
        """Length that is drawn."""
        return sum(b - a for a, b in self.spans)

    def middle(self) -> float:
        """Mean height of what is drawn."""
        return sum((b - a) * self.at((a + b) / 2) for a, b in self.spans) / (self.drawn or 1.0)


@dataclass(frozen=True, slots=True)
class _Ribbon:
    """The picture along a line's curve, one value for each pixel of its length.

    Attributes:
        start: the first pixel's x.
        core: how dark the stroke is.
        above, below: how dark it is beside it.
        seeded: a strong stroke was seen.
        veil: something hides it.
        on: one of the line's pieces lies there.
    """

    start: int
    core: Pixels
    above: Pixels
    below: Pixels
    seeded: Flags
    veil: Flags
    on: Flags


def strokes_of(sight: Sight) -> tuple[list[Stroke], list[Stroke]]:
    """The level and the upright strokes: what is seen at once, where it can be a border, followed over what hides it."""
    scale = sight.scale
    found = [(one, *seeds(one)) for one in (sight, sight.turned())]
    both = [lines(pieces(strong, faint, scale), scale) for _, strong, faint in found]
    firm = [[line for line in some if is_firm(line, scale)] for some in both]
    out: list[list[Stroke]] = []
    for i, (one, strong, _) in enumerate(found):
        near = [line for line in both[i] if is_firm(line, scale) or meets(line, firm[1 - i], scale)]
        out.append([s for line in near if (s := _followed(line, one, strong)) is not None])
    return out[0], out[1]


def _followed(line: Sequence[Piece], sight: Sight, strong: Mask) -> Stroke | None:
    """The line as a stroke; None where it is a line of text."""
    scale = sight.scale
    mid, curve = fit(line, scale)
    thick = float(np.average([p.width for p in line], weights=[p.x1 - p.x0 for p in line]))
    ribbon = _ribbon(line, sight, strong, mid, curve, thick)
    on = ribbon.on
    contrast = float(np.median(ribbon.core[on])) if on.any() else 0.0
    low = max(FAINT, HALF_SEEN * contrast)
    bare = ribbon.core[on & ~ribbon.veil]
    most = float(np.quantile(bare, MOST)) if len(bare) >= CALM * scale else WHITE
    dark = (ribbon.core >= low) & (ribbon.core <= ALIKE * most + STRONG)
    above, below = _touching(ribbon.above >= low, ribbon.below >= low, on, DOUBLE * scale)
    sides = above | below
    on = _without_words(line, ribbon, sides)
    if not on.any():
        return None
    thin = dark & ~sides
    window = odd(WINDOW, scale)
    calm = (_mean(thin, window) >= THIN_SHARE) & (_mean(sides, window) <= TEXT_SHARE)
    drawn = (ribbon.seeded & dark) | (thin & calm)
    dashed = _is_dashed(dark, on, scale)
    lettered = sides[on].mean() > TEXT_SHARE or thin[on].mean() < (SEEN_DASHED if dashed else SEEN)
    if not drawn.any() or (ribbon.seeded[on].mean() < SURE and lettered):
        return None
    gap = DASH_GAP if dashed else GAP
    hidden = ribbon.veil | (dark & above & below)
    runs = _bridged(_runs(drawn), ribbon.veil, hidden, gap, scale)
    runs = [(a, b) for a, b in runs if ribbon.seeded[a:b].any() or (b - a) >= CALM * scale]
    if not runs:
        return None
    spans, traces, veiled = (
        tuple(((a + ribbon.start) / scale, (b + ribbon.start) / scale) for a, b in some)
        for some in (runs, _bridged(_runs(drawn | thin), ribbon.veil, ribbon.veil, gap, scale), _runs(ribbon.veil))
    )
    bent = ((float(curve[2]) + 0.5) / scale, float(curve[1]), float(curve[0]) * scale)  # a pixel's middle lies half a pixel on
    return Stroke(mid / scale, bent, spans, traces, veiled, thick / scale, contrast, float(sides[drawn].mean()))


def _ribbon(line: Sequence[Piece], sight: Sight, strong: Mask, mid: float, curve: Numbers, thick: float) -> _Ribbon:
    """The picture along the curve: over its whole length, for a line of short pieces only near them."""
    scale = sight.scale
    height, width = sight.depth.shape
    firm = is_firm(line, scale)
    start = 0 if firm else max(0, int(line[0].x0 - NEAR * scale))
    stop = width if firm else min(width, int(max(p.x1 for p in line) + NEAR * scale) + 1)
    xs = np.arange(start, stop)
    at = np.array([(p.x0 + p.x1) / 2 for p in line])
    spread = float(np.abs(np.array([p.at(x) for p, x in zip(line, at, strict=True)]) - np.polyval(curve, at - mid)).max())
    inner = round(min(max(thick / 2 + 1.0, 1.5) + spread, (THICKEST + THICK_SLACK) * scale))
    flank = max(2, round(FLANK * scale))
    outer = inner + flank
    middle = np.round(np.polyval(curve, xs - mid)).astype(np.intp)
    rows = np.clip(middle[None, :] + np.arange(-outer, outer + 1)[:, None], 0, height - 1)
    within = rows[flank:-flank]
    seen = sight.depth[rows, xs[None, :]]
    if not strong[rows[outer], xs].any():
        seen = np.asarray(cv2.blur(seen, (odd(SOFT, scale), 1)), np.uint8)
    on = np.zeros(stop - start, dtype=np.bool_)
    for p in line:
        on[int(p.x0) - start : int(p.x1) - start] = True
    return _Ribbon(
        start,
        seen[flank:-flank].max(axis=0),
        seen[:flank].max(axis=0),
        seen[-flank:].max(axis=0),
        np.asarray(strong[within, xs[None, :]].any(axis=0), np.bool_),
        np.asarray(sight.veil[within, xs[None, :]].mean(axis=0) >= HIDDEN, np.bool_),
        on,
    )


def _mean(flags: Flags, window: int) -> Numbers:
    """Share of set flags around each place."""
    blurred = cv2.blur(flags.astype(np.float64)[None, :], (window, 1), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred[0], np.float64)


def _without_words(line: Sequence[Piece], ribbon: _Ribbon, sides: Flags) -> Flags:
    """Where the line's pieces lie, but for the faint ones that are lines of text."""
    on = np.zeros_like(ribbon.on)
    for piece in line:
        here = slice(int(piece.x0) - ribbon.start, int(piece.x1) - ribbon.start)
        on[here] |= piece.strong or sides[here].mean() <= TEXT_SHARE
    return on


def _touching(above: Flags, below: Flags, on: Flags, least: float) -> tuple[Flags, Flags]:
    """What touches the stroke from above and below, without the other line of a double border, which is on one side."""
    beside = [bool(on.sum() >= least and flags[on].mean() >= PARALLEL) for flags in (above, below)]
    if beside == [True, False]:
        return np.zeros_like(above), below
    if beside == [False, True]:
        return above, np.zeros_like(below)
    return above, below


def _is_dashed(dark: Flags, on: Flags, scale: float) -> bool:
    """Whether gaps follow one another all along the stroke."""
    gaps = sum(a > 0 and b < len(on) and b - a <= DASH_GAP * scale and bool(on[a]) for a, b in _runs(~dark))
    return gaps * DASHES * scale >= int(on.sum())


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """First and past-the-last index of every run of set flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.view(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _bridged(runs: Sequence[tuple[int, int]], veil: Flags, hidden: Flags, gap: float, scale: float) -> list[tuple[int, int]]:
    """Runs joined over small gaps and over what hides the stroke."""
    out: list[tuple[int, int]] = [runs[0]]
    for (_, end), (start, stop) in itertools.pairwise(runs):
        size = (start - end) / scale
        closed = (
            size <= gap
            or veil[end:start].mean() >= HIDDEN_SHARE
            or (size <= UNDER_TEXT and hidden[end:start].mean() >= HIDDEN_SHARE)
        )
        if closed:
            out[-1] = (out[-1][0], stop)
        else:
            out.append((start, stop))
    return out
