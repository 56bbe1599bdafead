"""Round seals on a page: where letters run around a ring and what is printed under it may be lost."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.picture import Mask, Pixels

SEAL_RADIUS = (40.0, 62.0)  # points: seals of offices are 33-40 mm across; a copier may shrink or enlarge them a little
COARSE = 0.7  # pixels per point of the picture that circles are searched on
ACCUMULATED = 22  # votes of edge pixels that a circle needs (OpenCV's accumulator threshold)
RING = 0.4  # share of a ring's places that must be inked; circles through lines of text have a quarter
RING_PLACES = 240  # places along a ring that are looked at
OFF_RING = 7.0  # points off a ring at which there is less ink,
STANDS_OUT = 0.2  # by that share of its places: .36 at seals over text, .15 at circles through text
WOBBLE = 1.6  # points a worn or skewed ring strays from its circle
MOST_SEALS = 6  # on a page


@dataclass(frozen=True, slots=True)
class Seal:
    """A round seal: middle and radius in pixels of the straight page."""

    x: float
    y: float
    radius: float

    def holds(self, x0: float, top: float, x1: float, bottom: float) -> bool:
        """A box lies within the seal, all corners of it."""
        return all(math.hypot(x - self.x, y - self.y) <= self.radius for x in (x0, x1) for y in (top, bottom))


def seals_of(unread: Mask, scale: float) -> list[Seal]:
    """The seals on a page.

    Args:
        unread: ink, coloured ink too, that belongs to no rule and no line of text: rings in plain text cannot be told from it.
        scale: pixels per point.
    """
    ink = unread.astype(np.uint8) * 255
    factor = COARSE / scale
    small: Pixels = np.asarray(cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    low, high = (round(r * COARSE) for r in SEAL_RADIUS)
    found = cv2.HoughCircles(
        small, cv2.HOUGH_GRADIENT, dp=1.5, minDist=low, param1=200, param2=ACCUMULATED, minRadius=low, maxRadius=high
    )
    if found is None:
        return []
    seals: list[Seal] = []
    for x, y, radius in np.asarray(found).reshape(-1, 3)[: 4 * MOST_SEALS].tolist():
        share, exact = _ring(small, x, y, radius)
        if share >= RING and not any(math.hypot(s.x * factor - x, s.y * factor - y) < s.radius * factor for s in seals):
            seals.append(Seal(x / factor, y / factor, exact / factor))
    return seals[:MOST_SEALS]


def _ring(small: Pixels, x: float, y: float, radius: float) -> tuple[float, float]:
    """Largest share of inked places on a ring near the circle, and that ring's radius; 0 where it does not stand out."""
    angles = np.linspace(0, 2 * np.pi, RING_PLACES, endpoint=False)
    wobble = max(1, round(WOBBLE * COARSE))
    dark = cv2.dilate(small, np.ones((2 * wobble + 1, 2 * wobble + 1), np.uint8)) > 100

    def share(r: float) -> float:
        across = np.clip(np.round(x + r * np.cos(angles)).astype(int), 0, small.shape[1] - 1)
        down = np.clip(np.round(y + r * np.sin(angles)).astype(int), 0, small.shape[0] - 1)
        return float(dark[down, across].mean())

    most, best = max((share(float(r)), float(r)) for r in np.arange(radius - 3, radius + 4))
    beside = (share(best - OFF_RING * COARSE) + share(best + OFF_RING * COARSE)) / 2
    return (most if most - beside >= STANDS_OUT else 0.0), best
