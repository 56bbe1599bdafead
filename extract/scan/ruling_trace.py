"""Straight strokes on a picture: long thin dark runs of one direction, followed from end to end over what hides them.

All of this works on level strokes; upright ones are level on the transposed picture.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Mask, Pixels

Numbers = npt.NDArray[np.float64]
Interval = tuple[float, float]

THICKEST = 3.2  # points: a thicker stroke is a fill; the boldest table border is 3 pt
THICK_SLACK = 0.4  # points: blur widens a border
STRONG = 70  # grey values a stroke is darker than its surroundings to be seen at once: a black hairline of 150 dpi has 100
FAINT = 9  # the same for long strokes, averaged along their direction: twice the noise of a JPEG picture so averaged
SHORT = 8.0  # points: a strong stroke is not shorter; a month's cell is 10 pt high, a letter's own strokes are under 8
LONG = 34.0  # points: a faint or dotted stroke is not shorter
SMEAR = 6.0  # points: a faint or dotted stroke is averaged over as much; dots are 2-4 pt apart
CLOSE = 0.7  # points: pieces that lie this near to a line belong to it
DRIFT = 0.002  # the same for each point that a piece lies beyond the line's end: the page's residual bend
FIRM = 20.0  # points: a line is built from a piece not shorter, with those near its curve
ENDS = 6.0  # points that a short line, not yet followed, may miss the lines that it ends on
NEAR = 60.0  # points: shorter pieces that lie further apart are not one line
STEEPEST = 0.012  # slope a stroke may have (0.7 degrees): more is no residue of a straightened page
FITTED = 40.0  # points: a shorter stroke has no reliable slope of its own
CHUNK = 100.0  # points: a longer run is fitted piece by piece, as it can be bent
GAP = 1.6  # points: a gap that is closed whatever it shows; a letter's distance from a border is greater
DASH_GAP = 4.0  # points: the same in a dashed or dotted stroke
DASHES = 12.0  # points of a dashed stroke that hold a gap or more, on the average
HALF_SEEN = 0.4  # share of the stroke's own contrast from which a pixel belongs to it
FLANK = 1.1  # points on both sides of a stroke that are blank where it is not touched
WINDOW = 6.0  # points: faint pixels count where the stroke was mostly thin and blank-flanked over as much
THIN_SHARE = 0.4  # share of such a window that is thin and dark: dots of a dotted border take half
TEXT_SHARE = 0.25  # share of such a window that is dark beside the stroke, at most: text takes more
HIDDEN_SHARE = 0.9  # share of a gap that stamp, fill or letters cover for it to be no gap
UNDER_TEXT = 40.0  # points: letters do not hide more of a border at a stretch
SOFT = 2.0  # points along a faint stroke over which it is averaged against noise
PARALLEL = 0.9  # share of a stroke beside which another runs for the two to be a double border
SURE = 0.3  # share of a stroke that is strong for it to be no line of text
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
class Sight:
    """What strokes are looked for in; ``depth``: how much darker each pixel is than what surrounds it within a border's width."""

    depth: Pixels
    veil: Mask
    scale: float

    def turned(self) -> Sight:
        """The transposed picture."""
        veil = cv2.transpose(self.veil.view(np.uint8)).view(np.bool_)
        return Sight(cv2.transpose(self.depth), veil, self.scale)


def odd(points: float, scale: float) -> int:
    """A length as an odd number of pixels, at least 3."""
    return max(3, 2 * round((points * scale - 1) / 2) + 1)


def element(width: int, height: int) -> Pixels:
    """A rectangular structuring element."""
    out: Pixels = cv2.getStructuringElement(cv2.MORPH_RECT, (width, height))
    return out


@dataclass(frozen=True, slots=True)
class _Piece:
    """A connected run of seed pixels, in pixels: its ends, a straight fit through it, its thickness."""

    x0: float
    x1: float
    y: float
    x: float
    slope: float
    width: float
    strong: bool

    def at(self, x: float) -> float:
        return self.y + self.slope * (x - self.x)


def strokes_of(sight: Sight) -> tuple[list[Stroke], list[Stroke]]:
    """The level and the upright strokes: what is seen at once, where it can be a border, followed over what hides it."""
    turned = sight.turned()
    found = [(one, *_seeds(one)) for one in (sight, turned)]
    lines = [_lines(_pieces(strong, faint, sight.scale), sight.scale) for _, strong, faint in found]
    firm = [[line for line in both if _is_firm(line, sight.scale)] for both in lines]
    out: list[list[Stroke]] = []
    for i, (one, strong, _) in enumerate(found):
        near = [line for line in lines[i] if _is_firm(line, sight.scale) or _meets(line, firm[1 - i], sight.scale)]
        out.append([s for line in near if (s := _followed(line, one, strong)) is not None])
    return out[0], out[1]


def _is_firm(line: Sequence[_Piece], scale: float) -> bool:
    return max(p.x1 - p.x0 for p in line) >= FIRM * scale


def _meets(line: Sequence[_Piece], others: Sequence[Sequence[_Piece]], scale: float) -> bool:
    """Whether both ends of a line of short pieces come near lines of the other direction."""
    reach = ENDS * scale
    at, start, end = line[0].y, line[0].x0, max(p.x1 for p in line)
    passing = [o[0].y for o in others if o[0].x0 - reach <= at <= max(p.x1 for p in o) + reach]
    return any(abs(y - start) <= reach for y in passing) and any(abs(y - end) <= reach for y in passing)


def _seeds(sight: Sight) -> tuple[Mask, Mask]:
    """Pixels of strong strokes, and of long faint or dotted ones."""
    scale = sight.scale
    depth = sight.depth
    dark = (depth > STRONG).view(np.uint8)
    strong = cv2.morphologyEx(dark, cv2.MORPH_OPEN, element(odd(SHORT, scale), 1))
    mean = cv2.blur(depth, (odd(SMEAR, scale), 1))
    ridge = mean - cv2.morphologyEx(mean, cv2.MORPH_OPEN, element(1, odd(THICKEST + THICK_SLACK, scale)))
    faint = cv2.morphologyEx((ridge > FAINT).view(np.uint8), cv2.MORPH_OPEN, element(odd(LONG, scale), 1))
    return strong.view(np.bool_), faint.view(np.bool_)


def _pieces(strong: Mask, faint: Mask, scale: float) -> list[_Piece]:
    """Connected seed pixels as straight pieces; those too thick or too steep are left out."""
    seeds = strong | faint
    _, labels = cv2.connectedComponents(seeds.view(np.uint8), connectivity=8)
    ys, xs = np.nonzero(seeds)
    if not len(ys):
        return []
    chunks = 1 + int(seeds.shape[1] / (CHUNK * scale))
    _, of = np.unique(labels[ys, xs].astype(np.int64) * chunks + (xs / (CHUNK * scale)).astype(np.int64), return_inverse=True)
    count = int(of.max()) + 1
    first = np.full(count, seeds.shape[1])
    last = np.zeros(count, dtype=np.int64)
    np.minimum.at(first, of, xs)
    np.maximum.at(last, of, xs)
    n = np.bincount(of, minlength=count).astype(np.float64)
    mx = np.bincount(of, xs, count) / n
    my = np.bincount(of, ys, count) / n
    dx = xs - mx[of]
    dy = ys - my[of]
    sxx = np.bincount(of, dx * dx, count)
    sxy = np.bincount(of, dx * dy, count)
    firm = np.bincount(of, strong[ys, xs], count) / n >= SURE
    slope = np.where(sxx > 0, sxy / np.maximum(sxx, 1e-9), 0.0)
    out = []
    for i in range(count):
        length = float(last[i] - first[i] + 1)
        width = n[i] / length
        tilt = float(slope[i]) if length >= FITTED * scale else 0.0
        if width <= (THICKEST + THICK_SLACK) * scale and abs(tilt) <= STEEPEST:
            out.append(
                _Piece(float(first[i]), float(first[i]) + length, float(my[i]), float(mx[i]), tilt, float(width), bool(firm[i]))
            )
    return _tilted(out, scale)


def _tilted(pieces: list[_Piece], scale: float) -> list[_Piece]:
    """Short pieces with the slope that the long ones have."""
    long = [p for p in pieces if p.x1 - p.x0 >= FITTED * scale]
    if not long:
        return pieces
    usual = float(np.median([p.slope for p in long]))
    return [p if p.x1 - p.x0 >= FITTED * scale else replace(p, slope=usual) for p in pieces]


def _lines(pieces: Sequence[_Piece], scale: float) -> list[list[_Piece]]:
    """Pieces that lie on one line: the longest are followed first, what is left over is sorted by height."""
    order = sorted(pieces, key=lambda p: p.x0 - p.x1)
    x = np.array([p.x for p in order])
    y = np.array([p.y for p in order])
    free = np.ones(len(order), dtype=np.bool_)
    out: list[list[_Piece]] = []
    for i, piece in enumerate(order):
        if not free[i] or piece.x1 - piece.x0 < FIRM * scale:
            continue
        free[i] = False
        line = [piece]
        for reach in (NEAR * scale, NEAR * scale, NEAR * scale, float("inf")):
            mid, curve = _fit(line, scale)
            low, high = min(p.x0 for p in line), max(p.x1 for p in line)
            beyond = np.maximum(np.maximum(low - x, x - high), 0.0)
            near = free & (beyond <= reach) & (np.abs(y - np.polyval(curve, x - mid)) <= CLOSE * scale + DRIFT * beyond)
            line += [order[j] for j in np.flatnonzero(near)]
            free &= ~near
        out.append(sorted(line, key=lambda p: p.x0))
    return out + _short_lines([p for p, f in zip(order, free, strict=True) if f], scale)


def _short_lines(pieces: Sequence[_Piece], scale: float) -> list[list[_Piece]]:
    """Short pieces of one height that are not far from one another."""
    out: list[list[_Piece]] = []
    for band in _chained(sorted(pieces, key=lambda p: p.at(0)), lambda a, b: b.at(0) - a.at(0) <= CLOSE * scale):
        out += _chained(sorted(band, key=lambda p: p.x0), lambda a, b: b.x0 - a.x1 <= NEAR * scale)
    return out


def _chained(pieces: Sequence[_Piece], joined: Callable[[_Piece, _Piece], bool]) -> list[list[_Piece]]:
    """Pieces in order, parted wherever one is not joined to the first of its group or to the one before it."""
    out: list[list[_Piece]] = []
    for piece in pieces:
        if out and joined(out[-1][-1], piece):
            out[-1].append(piece)
        else:
            out.append([piece])
    return out


def _fit(line: Sequence[_Piece], scale: float) -> tuple[float, Numbers]:
    """The curve through the pieces: centre and coefficients, bend first."""
    at = [(x, p.at(x)) for p in line for x in np.linspace(p.x0, p.x1, 2 + int((p.x1 - p.x0) / (FITTED * scale)))]
    xs = np.array([x for x, _ in at])
    ys = np.array([y for _, y in at])
    mid = float((xs.min() + xs.max()) / 2)
    length = xs.max() - xs.min()
    degree = 0 if length < FITTED * scale else 1 if length < 4 * FITTED * scale or len(line) < 3 else 2
    if degree == 0:
        return mid, np.array([0.0, line[0].slope, float(ys.mean())])
    c = np.polyfit(xs - mid, ys, degree)
    return mid, np.concatenate([np.zeros(3 - len(c)), c])


def _followed(line: Sequence[_Piece], sight: Sight, strong: Mask) -> Stroke | None:
    """The line followed along its curve: where it is drawn, where it is hidden."""
    scale = sight.scale
    height, width = sight.depth.shape
    mid, curve = _fit(line, scale)
    firm = _is_firm(line, scale)
    x0 = 0 if firm else max(0, int(line[0].x0 - NEAR * scale))
    x1 = width if firm else min(width, int(max(p.x1 for p in line) + NEAR * scale) + 1)
    xs = np.arange(x0, x1)
    ys = np.polyval(curve, xs - mid)
    lengths = np.array([p.x1 - p.x0 for p in line])
    spread = max(abs(p.at((p.x0 + p.x1) / 2) - np.polyval(curve, (p.x0 + p.x1) / 2 - mid)) for p in line)
    thick = float(np.average([p.width for p in line], weights=lengths))
    half = min(max(thick / 2 + 1.0, 1.5) + spread, (THICKEST + THICK_SLACK) * scale)
    flank = max(2, round(FLANK * scale))
    inner = round(half)
    outer = inner + flank
    rows = np.clip(np.round(ys).astype(np.intp)[None, :] + np.arange(-outer, outer + 1)[:, None], 0, height - 1)
    seen = sight.depth[rows, xs[None, :]]
    if not strong[rows[outer], xs].any():
        seen = cv2.blur(seen, (odd(SOFT, scale), 1))
    core = seen[flank : flank + 2 * inner + 1].max(axis=0)
    seeded = strong[rows[flank : flank + 2 * inner + 1], xs[None, :]].any(axis=0)
    on = np.zeros(x1 - x0, dtype=np.bool_)
    for p in line:
        on[int(p.x0) - x0 : int(p.x1) - x0] = True
    contrast = float(np.median(core[on])) if on.any() else 0.0
    low = max(FAINT, HALF_SEEN * contrast)
    dark = core >= low
    above, below = (_unless_parallel(part.max(axis=0) >= low, on) for part in (seen[:flank], seen[-flank:]))
    sides, both = above | below, above & below
    veil = sight.veil[rows[flank : flank + 2 * inner + 1], xs[None, :]].mean(axis=0) >= 0.5
    thin = dark & ~sides
    window = odd(WINDOW, scale)
    calm = (_mean(thin, window) >= THIN_SHARE) & (_mean(sides, window) <= TEXT_SHARE)
    drawn = (seeded & dark) | (thin & calm)
    if not drawn.any() or (seeded[on].mean() < SURE and sides[on].mean() > TEXT_SHARE):
        return None
    gap = DASH_GAP if _is_dashed(dark, on, scale) else GAP
    spans = _bridged(_runs(drawn), veil, dark & both | veil, gap, scale)
    spans = [(a, b) for a, b in spans if seeded[a:b].any() or (b - a) >= CALM * scale]
    if not spans:
        return None
    traces = _bridged(_runs(drawn | thin), veil, veil, gap, scale)
    return Stroke(
        float(mid) / scale,
        (float(curve[2]) / scale + 0.5 / scale, float(curve[1]), float(curve[0]) * scale),
        tuple(((a + x0) / scale, (b + x0) / scale) for a, b in spans),
        tuple(((a + x0) / scale, (b + x0) / scale) for a, b in traces),
        tuple(((a + x0) / scale, (b + x0) / scale) for a, b in _runs(veil)),
        thick / scale,
        contrast,
        float(sides[drawn].mean()),
    )


def _mean(flags: npt.NDArray[np.bool_], window: int) -> Numbers:
    """Share of set flags around each place."""
    out: Numbers = cv2.blur(flags.astype(np.float64)[None, :], (window, 1), borderType=cv2.BORDER_REPLICATE)[0]
    return out


def _unless_parallel(flags: npt.NDArray[np.bool_], on: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """What touches the stroke from one side; nothing, where it is the other line of a double border."""
    return np.zeros_like(flags) if on.any() and flags[on].mean() >= PARALLEL else flags


def _is_dashed(dark: npt.NDArray[np.bool_], on: npt.NDArray[np.bool_], scale: float) -> bool:
    """Whether gaps follow one another all along the stroke."""
    gaps = sum(a > 0 and b < len(on) and b - a <= DASH_GAP * scale and bool(on[a]) for a, b in _runs(~dark))
    return gaps * DASHES * scale >= on.sum()


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and past-the-last index of every run of set flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.view(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _bridged(
    runs: Sequence[tuple[int, int]], veil: npt.NDArray[np.bool_], hidden: npt.NDArray[np.bool_], gap: float, scale: float
) -> list[tuple[int, int]]:
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
