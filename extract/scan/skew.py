"""How far the lines of a page are from level: one angle for the page, found from text lines and rules alike."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Pixels

Floats = npt.NDArray[np.float32]
Angles = npt.NDArray[np.float64]

STRIPS = 48  # upright strips the page is cut into: at four degrees a line falls by a letter's stroke within one
LIMIT = 4.0  # degrees: pages were laid into the scanner, not thrown; a larger angle is a false one
COARSE = 0.2  # degrees: step of the first search; a text line's height over the page width
MIDDLE = 0.1  # degrees: step of the second search
FINE = 0.02  # degrees: step of the last search; half a pixel at the page's edge, the rest by a parabola
WIDE = 2.5  # pixels: rows blurred together (sigma) in the first search, so that no line falls between two steps
SOFT = 1.0  # pixels: the same later on, so that moving by parts of a pixel costs no sharpness of its own
MARGIN = 0.02  # share of the page's sides left out: bed, page edges and punched holes follow the paper badly
EVIDENCE = 1.12  # how much sharper than usual the best angle must be: less is noise or an empty page
STEP = 3  # steps to each side in the second and last search


def strips(strength: Pixels, count: int = STRIPS) -> Floats:
    """Ink of each row in each of ``count`` upright strips (strips, rows), without the page's margins."""
    height, width = strength.shape
    side, head = round(width * MARGIN), round(height * MARGIN)
    inner = np.zeros_like(strength)
    inner[head : height - head, side : width - side] = strength[head : height - head, side : width - side]
    return np.ascontiguousarray(cv2.resize(inner, (count, height), interpolation=cv2.INTER_AREA).T.astype(np.float32))


def blurred(profiles: Floats, sigma: float) -> Floats:
    """The strips with neighbouring rows run together."""
    kernel = cv2.getGaussianKernel(2 * math.ceil(3 * sigma) + 1, sigma)
    return np.asarray(cv2.sepFilter2D(profiles, -1, kernel, np.ones(1)), np.float32)


def sharpness(profiles: Floats, falls: Floats) -> float:
    """How sharp the steps between rows are when each strip is moved up by ``falls`` pixels."""
    lower = np.floor(falls).astype(int)
    parts = (falls - lower).astype(np.float32)
    reach = int(np.abs(lower).max(initial=0)) + 1
    height = profiles.shape[1]
    total = np.zeros(height + 2 * reach, np.float32)
    for profile, fall, part in zip(profiles, lower, parts, strict=True):
        total[reach - fall : reach - fall + height] += (1 - part) * profile
        total[reach - fall - 1 : reach - fall - 1 + height] += part * profile
    steps = np.diff(total)
    return float(steps @ steps)


def skew(strength: Pixels) -> float:
    """Degrees by which the lines of a page fall to the right (positive: turned clockwise); 0 where nothing tells.

    Args:
        strength: how dark each pixel is against the paper around it; 0 on paper. Full size: at half size the rows of
            letters lock to the raster and small angles are drawn to 0.
    """
    profiles = strips(strength)
    width = strength.shape[1]
    half = np.asarray(cv2.resize(profiles, None, fx=0.5, fy=1.0, interpolation=cv2.INTER_AREA), np.float32)
    angles: Angles = np.arange(-LIMIT, LIMIT + COARSE / 2, COARSE)
    scores = rated(blurred(half, WIDE / 2), width / 2, angles)
    best = int(scores.argmax())
    if scores[best] <= EVIDENCE * np.median(scores) or best in (0, len(angles) - 1):
        return 0.0
    soft = blurred(profiles, SOFT)
    angle = float(angles[best])
    for step in (MIDDLE, FINE):
        angles = np.asarray(angle + step * np.arange(-STEP, STEP + 1), np.float64)
        scores = rated(soft, width, angles)
        angle = float(angles[int(scores.argmax())]) + step * summit(scores)
    return angle


def rated(profiles: Floats, width: float, angles: Angles) -> Angles:
    """Sharpness of the page at each of the angles."""
    count = len(profiles)
    middles = ((np.arange(count) + 0.5) / count - 0.5) * width
    return np.array([sharpness(profiles, (middles * math.tan(math.radians(a))).astype(np.float32)) for a in angles])


def summit(scores: npt.NDArray[np.float64]) -> float:
    """Place of the top of the parabola through the best score and its neighbours, in steps from the best."""
    best = int(scores.argmax())
    if best in (0, len(scores) - 1):
        return 0.0
    left, middle, right = (float(score) for score in scores[best - 1 : best + 2])
    bend = left - 2 * middle + right
    return 0.5 * (left - right) / bend if bend < 0 else 0.0
