"""Lines that are not straight: pages bent in the feeder, bowed near the spine, or seen from one side by a phone.

What is left after the page was turned by one angle is a smooth field: by how many pixels each line falls (or rises) at
each place, and how far each upright rule leans out. Each is a short polynomial, and the best one is that which makes the
rows (or columns) of the straightened page sharpest, as the page's one angle was found. Terms that do not sharpen the page
are not used, so a page with little on it stays as it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Pixels
from extract.scan.skew import Floats, blurred, strips, summit

COUNT = 32  # strips the page is cut into
FIRST = (3.2, (-1.0, 0.0, 1.0), (-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0), (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0))
"""First search, all at once: rows blurred together, then the slopes, fans and bows tried (points)."""
STEPS = ((0.6, 2.4, 2, 2), (0.25, 1.2, 2, 1), (0.1, 0.7, 2, 1))
"""Later searches, one term after the other: step, rows blurred together (points), steps to each side, rounds."""
GAIN = 1.004  # how much sharper a term must make the page to be used
WORTH = 0.02  # share by which all terms together must make the page sharper,
WORTH_FEW = 8.0  # and this much more divided by the number of sharp rows: few lines can be made sharper by chance,
WIDE_INK = 0.82  # unless they reach over this share of the page's width, as the rules of a table do
MOST = 6.0  # points: no term may move a line further than this: 2.1 mm
PRIOR_FEW = 8.0  # the same divided by the number of sharp rows comes on top
PRIOR = 0.03  # share of its sharpness that a field loses when one of its terms is at ``MOST``: pages are seldom so bent


Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Field:
    """How far to look up what stands at each place: weights of the terms of a polynomial, in pixels.

    Attributes:
        weights: one for each of ``TERMS``.
        across: the length along which lines run, in pixels.
        along: the length over which they follow each other.
    """

    weights: tuple[float, ...]
    across: int
    along: int

    def at(self, u: Floats, v: Floats) -> Floats:
        """The fall at places u (along the line, -1..1) and v (from line to line, -1..1)."""
        total = np.zeros(np.broadcast_shapes(u.shape, v.shape), np.float32)
        for weight, term in zip(self.weights, TERMS, strict=True):
            if weight:
                total += np.float32(weight) * term(u, v)
        return total


def slope(u: Floats, v: Floats) -> Floats:
    """Lines fall to the right."""
    return u + 0 * v


def fan(u: Floats, v: Floats) -> Floats:
    """Lines fall the more, the further down the page."""
    return u * v


def bow(u: Floats, v: Floats) -> Floats:
    """Lines hang through or arch."""
    return 1.5 * (u * u - 1 / 3) + 0 * v


def bow_fan(u: Floats, v: Floats) -> Floats:
    """Lines hang at the foot and arch at the head, or the other way."""
    return 1.5 * (u * u - 1 / 3) * v


def fan_twice(u: Floats, v: Floats) -> Floats:
    """Lines fall at head and foot, or only between."""
    return 1.5 * u * (v * v - 1 / 3)


def wave(u: Floats, v: Floats) -> Floats:
    """Lines rise and fall again."""
    return 2.5 * u * (u * u - 0.6) + 0 * v


def wave_fan(u: Floats, v: Floats) -> Floats:
    """Lines wave the more, the further down the page."""
    return 2.5 * u * (u * u - 0.6) * v


TERMS: tuple[Callable[[Floats, Floats], Floats], ...] = (slope, fan, bow, fan_twice, bow_fan, wave, wave_fan)


def field_of(strength: Pixels, scale: float) -> Field:
    """The field of falls that makes the rows of a nearly straight page sharpest.

    Args:
        strength: how dark each pixel is against the paper around it, the page being level but for a degree.
        scale: pixels per point.
    """
    height, width = strength.shape
    profiles = strips(strength, COUNT)
    weights = np.zeros(len(TERMS))
    if not profiles.any():
        return Field(tuple(weights), width, height)
    rows = sharp_rows(blurred(profiles, STEPS[-1][1] * scale / 2.35))
    ink = profiles.sum(axis=1)
    wide = float((ink > ink.max() / 10).mean()) >= WIDE_INK
    prior = PRIOR + PRIOR_FEW / rows
    blur, *tried = FIRST
    search = Search.of(profiles, blur, scale, prior)
    starts = [np.array([*start, *weights[3:]]) * scale for start in itertools.product(*tried)]
    weights = max(starts, key=search.worth)
    for step, blur, reach, rounds in STEPS:
        search = Search.of(profiles, blur, scale, prior)
        weights = search.climbed(weights, step * scale, reach, rounds)
    worth = 1 + WORTH + (0 if wide else WORTH_FEW / rows)
    if search.worth(weights) < worth * search.worth(np.zeros(len(TERMS))):
        weights = np.zeros(len(TERMS))
    return Field(tuple(float(weight) for weight in weights), width, height)


def sharp_rows(profiles: Floats) -> float:
    """How many rows share in the sharpness of a page."""
    steps = np.diff(profiles.sum(axis=0)).astype(np.float64) ** 2
    return max(1.0, float(steps.sum() ** 2 / max(1.0, (steps**2).sum())))


@dataclass(frozen=True, slots=True)
class Search:
    """The strips of a page at one blur, and the terms at each of their places."""

    rows: Floats
    parts: tuple[Floats, ...]
    most: float
    cost: float

    @classmethod
    def of(cls, profiles: Floats, blur: float, scale: float, cost: float) -> Search:
        """The strips with ``blur`` points of rows run together, and as few rows as that leaves worth keeping."""
        sigma = blur * scale / 2.35
        reduce = max(1, int(sigma / 1.2))
        rows = np.ascontiguousarray(blurred(profiles, sigma)[:, ::reduce])
        u = (np.arange(COUNT, dtype=np.float32) * np.float32(2 / COUNT) + np.float32(1 / COUNT - 1))[:, None]
        v = (np.arange(rows.shape[1], dtype=np.float32) * np.float32(2 * reduce / profiles.shape[1]) - 1)[None, :]
        return cls(rows, tuple(term(u, v) / np.float32(reduce) for term in TERMS), MOST * scale, cost)

    def fall(self, weights: Weights) -> Floats:
        """How far to look up at each place of the strips."""
        return sum((np.float32(w) * part for w, part in zip(weights, self.parts, strict=True) if w), np.zeros_like(self.rows))

    def worth(self, weights: Weights) -> float:
        """Sharpness of the page under a field, less what an unlikely field costs."""
        return crisp(self.rows, self.fall(weights)) * self.prior(weights)

    def prior(self, weights: Weights) -> float:
        """1 for a straight page, less for a bent one."""
        return max(0.0, 1 - self.cost * float((weights**2).sum()) / self.most**2)

    def climbed(self, weights: Weights, step: float, reach: int, rounds: int) -> Weights:
        """The weights after each was moved to where the page is sharpest, one after the other."""
        moves = step * np.arange(-reach, reach + 1)
        for _ in range(rounds):
            for index, part in enumerate(self.parts):
                fall = self.fall(weights)
                tried = np.tile(weights, (len(moves), 1))
                tried[:, index] += moves
                scores = np.array(
                    [crisp(self.rows, fall + np.float32(m) * part) * self.prior(w) for m, w in zip(moves, tried, strict=True)]
                )
                top = int(scores.argmax())
                if scores[top] >= GAIN * scores[reach] or top == reach:
                    move = float(moves[top]) + step * summit(scores)
                    if weights[index] or top != reach:
                        weights = weights.copy()
                        weights[index] += move
        return weights


def crisp(rows: Floats, fall: Floats) -> float:
    """Sharpness of the steps between rows when each place of each strip is moved up by ``fall``."""
    count, height = rows.shape
    places = np.arange(height, dtype=np.float32)[None, :] + fall
    lines = np.broadcast_to(np.arange(count, dtype=np.float32)[:, None], rows.shape)
    moved = cv2.remap(rows, places, np.ascontiguousarray(lines), cv2.INTER_LINEAR, borderValue=0)
    steps = np.diff(moved.sum(axis=0))
    return float(steps @ steps)


def shifts(field: Field, shape: tuple[int, int]) -> npt.NDArray[np.float32]:
    """The field on a raster of the given shape that covers the page."""
    rows, columns = shape
    u = np.linspace(-1, 1, columns, dtype=np.float32)[None, :]
    v = np.linspace(-1, 1, rows, dtype=np.float32)[:, None]
    return field.at(u, v)
