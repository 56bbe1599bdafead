"""The ruling lines of a page that is a picture: strokes thin, straight and long enough, that form a lattice or stand alone."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.geometry import BBox
from extract.page import Rule
from extract.scan.picture import Pixels, Straight
from extract.scan.ruling_lattice import rules_of_strokes
from extract.scan.ruling_trace import THICK_SLACK, THICKEST, Sight, element, odd, strokes_of

BLACKISH = 110  # grey value of a fill under which a black border on it cannot be seen
STEP = 20  # difference of grey values of neighbouring pixels that is a fill's edge: a border that runs along it cannot be seen
SPECK = 3  # pixels: white specks in a fill that a bilevel scanner left are smaller
RIM = 1.1  # points that the blurred edge of a fill takes
FILL = 6.0  # points: a filled cell is larger in both directions; the strokes of bold letters are thinner


def rules_of(straight: Straight, words: Sequence[BBox] | None = None) -> list[Rule]:
    """Every ruling line on a straightened picture, in PDF points.

    Args:
        straight: the picture.
        words: boxes of words, where they are known: a stroke in the midst of a word's letters is none of them.
    """
    sight = sight_of(straight)
    height, width = sight.depth.shape
    level, upright = strokes_of(sight)
    return rules_of_strokes(level, upright, width / sight.scale, height / sight.scale)


def sight_of(straight: Straight) -> Sight:
    """What strokes are looked for in: thin dark print without the fills that it may lie on."""
    size = odd(THICKEST + THICK_SLACK, straight.scale)
    whole = cv2.morphologyEx(straight.grey, cv2.MORPH_OPEN, element(SPECK, SPECK))
    ground = cv2.morphologyEx(whole, cv2.MORPH_CLOSE, element(size, size))
    rim = odd(2 * RIM, straight.scale)
    veil = cv2.dilate(((ground < BLACKISH) | straight.lifted).view(np.uint8), element(rim, rim))
    veil |= cv2.resize(_fill_edges(straight), (veil.shape[1], veil.shape[0]), interpolation=cv2.INTER_NEAREST)
    return Sight(cv2.subtract(ground, straight.grey), veil.view(np.bool_), straight.scale)


def _fill_edges(straight: Straight) -> Pixels:
    """Where fills of any tone end, at half size: a border that runs there cannot be told from the fill."""
    half = cv2.resize(straight.grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    size = odd(FILL, straight.scale / 2)
    ground = cv2.morphologyEx(half, cv2.MORPH_CLOSE, element(size, size))
    steps = (cv2.morphologyEx(ground, cv2.MORPH_GRADIENT, element(3, 3)) > STEP).view(np.uint8)
    out: Pixels = cv2.dilate(steps, element(3, 3))
    return out
