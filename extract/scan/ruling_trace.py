"""Where straight strokes may run on a picture: long thin dark runs of one direction, put together to lines.

All of this works on level strokes; upright ones are level on the transposed picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Mask, Pixels

Numbers = npt.NDArray[np.float64]

THICKEST = 3.2  # points: a thicker stroke is a fill; the boldest table border is 3 pt
THICK_SLACK = 0.4  # points: blur widens a border
FAINT_THICKEST = 2.2  # points: the same for a faint stroke; the middle of a line of text is 2.5 and more
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
SURE = 0.3  # share of a stroke that is strong for it to be no line of text


@dataclass(frozen=True, slots=True)
class Sight:
    """What strokes are looked for in.

    Attributes:
        depth: how much darker each pixel is than what surrounds it within a border's width.
        veil: where a stamp, a black fill or a fill's edge would hide a border.
        scale: pixels per point.
    """

    depth: Pixels
    veil: Mask
    scale: float

    def turned(self) -> Sight:
        """The transposed picture."""
        depth, veil = (np.asarray(cv2.transpose(a), np.uint8) for a in (self.depth, self.veil.view(np.uint8)))
        return Sight(depth, veil.view(np.bool_), self.scale)


def odd(points: float, scale: float) -> int:
    """A length as an odd number of pixels, at least 3."""
    return max(3, 2 * round((points * scale - 1) / 2) + 1)


def element(width: int, height: int) -> Pixels:
    """A rectangular structuring element."""
    return np.ones((height, width), np.uint8)


@dataclass(frozen=True, slots=True)
class Piece:
    """A connected run of seed pixels, in pixels: its ends, a straight fit through it, its thickness."""

    x0: float
    x1: float
    y: float
    x: float
    slope: float
    width: float
    strong: bool

    def at(self, x: float) -> float:
        """Its height at ``x``."""
        return self.y + self.slope * (x - self.x)


def is_firm(line: Sequence[Piece], scale: float) -> bool:
    """Whether the line holds a piece too long for a letter."""
    return max(p.x1 - p.x0 for p in line) >= FIRM * scale


def meets(line: Sequence[Piece], others: Sequence[Sequence[Piece]], scale: float) -> bool:
    """Whether both ends of a line of short pieces come near lines of the other direction."""
    reach = ENDS * scale
    at, start, end = line[0].y, line[0].x0, max(p.x1 for p in line)
    passing = [o[0].y for o in others if o[0].x0 - reach <= at <= max(p.x1 for p in o) + reach]
    return any(abs(y - start) <= reach for y in passing) and any(abs(y - end) <= reach for y in passing)


def seeds(sight: Sight) -> tuple[Mask, Mask]:
    """Pixels of strong strokes, and of long faint or dotted ones."""
    scale = sight.scale
    depth = sight.depth
    dark = (depth > STRONG).view(np.uint8)
    strong = cv2.morphologyEx(dark, cv2.MORPH_OPEN, element(odd(SHORT, scale), 1))
    mean = cv2.blur(depth, (odd(SMEAR, scale), 1))
    ridge = mean - cv2.morphologyEx(mean, cv2.MORPH_OPEN, element(1, odd(THICKEST + THICK_SLACK, scale)))
    faint = cv2.morphologyEx((ridge > FAINT).view(np.uint8), cv2.MORPH_OPEN, element(odd(LONG, scale), 1))
    return strong.view(np.bool_), faint.view(np.bool_)


def pieces(strong: Mask, faint: Mask, scale: float) -> list[Piece]:
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
        if width <= (THICKEST + THICK_SLACK if firm[i] else FAINT_THICKEST) * scale and abs(tilt) <= STEEPEST:
            out.append(
                Piece(float(first[i]), float(first[i]) + length, float(my[i]), float(mx[i]), tilt, float(width), bool(firm[i]))
            )
    return _tilted(out, scale)


def _tilted(pieces: list[Piece], scale: float) -> list[Piece]:
    """Short pieces with the slope that the long ones have."""
    long = [p for p in pieces if p.x1 - p.x0 >= FITTED * scale]
    if not long:
        return pieces
    usual = float(np.median([p.slope for p in long]))
    return [p if p.x1 - p.x0 >= FITTED * scale else replace(p, slope=usual) for p in pieces]


def lines(pieces: Sequence[Piece], scale: float) -> list[list[Piece]]:
    """Pieces that lie on one line: the longest are followed first, what is left over is sorted by height."""
    order = sorted(pieces, key=lambda p: p.x0 - p.x1)
    x = np.array([p.x for p in order])
    y = np.array([p.y for p in order])
    free = np.ones(len(order), dtype=np.bool_)
    out: list[list[Piece]] = []
    for i, piece in enumerate(order):
        if not free[i] or piece.x1 - piece.x0 < FIRM * scale:
            continue
        free[i] = False
        line = [piece]
        for reach in (NEAR * scale, NEAR * scale, NEAR * scale, float("inf")):
            mid, curve = fit(line, scale)
            low, high = min(p.x0 for p in line), max(p.x1 for p in line)
            beyond = np.maximum(np.maximum(low - x, x - high), 0.0)
            near = free & (beyond <= reach) & (np.abs(y - np.polyval(curve, x - mid)) <= CLOSE * scale + DRIFT * beyond)
            line += [order[j] for j in np.flatnonzero(near)]
            free &= ~near
        out.append(sorted(line, key=lambda p: p.x0))
    return out + _short_lines([p for p, f in zip(order, free, strict=True) if f], scale)


def _short_lines(pieces: Sequence[Piece], scale: float) -> list[list[Piece]]:
    """Short pieces of one height that are not far from one another."""
    out: list[list[Piece]] = []
    for band in _chained(sorted(pieces, key=lambda p: p.at(0)), lambda a, b: b.at(0) - a.at(0) <= CLOSE * scale):
        out += _chained(sorted(band, key=lambda p: p.x0), lambda a, b: b.x0 - a.x1 <= NEAR * scale)
    return out


def _chained(pieces: Sequence[Piece], joined: Callable[[Piece, Piece], bool]) -> list[list[Piece]]:
    """Pieces in order, parted wherever one is not joined to the first of its group or to the one before it."""
    out: list[list[Piece]] = []
    for piece in pieces:
        if out and joined(out[-1][-1], piece):
            out[-1].append(piece)
        else:
            out.append([piece])
    return out


def fit(line: Sequence[Piece], scale: float) -> tuple[float, Numbers]:
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
