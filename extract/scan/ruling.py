"""The ruling lines of a page that is a picture: strokes thin, straight and long enough, that form a lattice or stand alone."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.geometry import BBox
from extract.page import Rule
from extract.scan.picture import Pixels, Straight
from extract.scan.ruling_follow import strokes_of
from extract.scan.ruling_lattice import rules_of_strokes
from extract.scan.ruling_trace import THICK_SLACK, THICKEST, Sight, element, odd

BLACKISH = 110  # grey value of a fill under which a black border on it cannot be seen
STEP = 20  # difference of grey values of neighbouring pixels that is a fill's edge: a border that runs along it cannot be seen
SPECK = 3  # pixels: white specks in a fill that a bilevel scanner left are smaller
RIM = 1.1  # points that the blurred edge of a fill takes
COLORED = 14  # difference of the channels from which a fill is coloured; grey fills of a colour scan stay under 8
MIDST = 0.2  # share of a word's box at either side that a border can touch without running through its letters
LETTERED = 0.7  # share of a rule that words cover for it to be theirs
FILL = 6.0  # points: a filled cell is larger in both directions; the strokes of bold letters are thinner


def rules_of(straight: Straight) -> list[Rule]:
    """Every ruling line on a straightened picture, in PDF points.

    Args:
        straight: the picture.
    """
    sight = sight_of(straight)
    height, width = sight.depth.shape
    level, upright = strokes_of(sight)
    return rules_of_strokes(level, upright, width / sight.scale, height / sight.scale)


def without_lettering(rules: Sequence[Rule], words: Sequence[BBox]) -> list[Rule]:
    """The rules without strokes in the midst of words: letters in a row looked like a line."""
    return [rule for rule in rules if not _is_lettering(rule, words)]


def sight_of(straight: Straight) -> Sight:
    """What strokes are looked for in: thin dark print without the fills that it may lie on."""
    size = odd(THICKEST + THICK_SLACK, straight.scale)
    light = _light(straight)
    whole = cv2.morphologyEx(light, cv2.MORPH_OPEN, element(SPECK, SPECK))
    ground = cv2.morphologyEx(whole, cv2.MORPH_CLOSE, element(size, size))
    rim = odd(2 * RIM, straight.scale)
    hidden = ((ground < BLACKISH) | straight.lifted).view(np.uint8)
    edges = cv2.resize(_fill_edges(light, straight.scale), hidden.shape[::-1], interpolation=cv2.INTER_NEAREST)
    veil = np.asarray(cv2.bitwise_or(cv2.dilate(hidden, element(rim, rim)), edges), np.uint8)
    depth = np.asarray(cv2.subtract(ground, light), np.uint8)
    return Sight(depth, veil.view(np.bool_), straight.scale)


def _light(straight: Straight) -> Pixels:
    """The grey picture; on coloured fills, where it has the print washed out, the picture in its own tones."""
    few = straight.tone[::8, ::8]
    if not (few.max(axis=2) - few.min(axis=2) > COLORED).any():
        return straight.grey
    half = cv2.resize(straight.tone, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    size = odd(FILL, straight.scale / 2)
    red, green, blue = cv2.split(cv2.morphologyEx(half, cv2.MORPH_CLOSE, element(size, size)))
    spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    fills = cv2.resize((spread > COLORED).view(np.uint8), straight.grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    light = cv2.cvtColor(straight.tone, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.copyTo(light, fills, straight.grey.copy()), np.uint8)


def _fill_edges(light: Pixels, scale: float) -> Pixels:
    """Where fills of any tone end, at half size: a border that runs there cannot be told from the fill."""
    half = cv2.resize(light, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    size = odd(FILL, scale / 2)
    ground = cv2.morphologyEx(half, cv2.MORPH_CLOSE, element(size, size))
    steps = (cv2.morphologyEx(ground, cv2.MORPH_GRADIENT, element(3, 3)) > STEP).view(np.uint8)
    return np.asarray(cv2.dilate(steps, element(3, 3)), np.uint8)


def _is_lettering(rule: Rule, words: Sequence[BBox]) -> bool:
    """Whether letters make up most of the rule: it runs through the midst of words that cover it."""
    covered = 0.0
    for box in words:
        low, high, across, size = (
            (box.top, box.bottom, box.x0, box.width) if rule.vertical else (box.x0, box.x1, box.top, box.height)
        )
        if across + MIDST * size < rule.at < across + (1 - MIDST) * size:
            covered += max(0.0, min(high, rule.end) - max(low, rule.start))
    return covered >= LETTERED * rule.length
