"""A page as the scanner saw it, set upright, made level and cleaned."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np

from extract.scan.bend import Field, field_of, shifts
from extract.scan.orientation import heads_up, lies_sideways
from extract.scan.paper import clean, darkness, half_size, luma_of, unstreaked, without_bed
from extract.scan.picture import Mask, Picture, Pixels, Straight
from extract.scan.skew import Floats, skew

HALF = 0.5  # scale of the picture in which the direction of lines is found
LETTER_DARK = 20  # levels (after ``darkness``) from which a pixel counts as print
LEVEL = 0.008  # degrees: a smaller skew moves nothing by a quarter of a pixel
MOVED = 0.3  # pixels: fields that move nothing further are left out
RASTER = 16  # pixels: the field is worked out at every so many and joined smoothly
RULE = 18.0  # points: upright strokes at least so long are rules
RULE_SHARE = 2.0  # pixels of upright rules for each row of the page, from which rules tell whether the page leans
HEADS_UP = 2.0  # standard errors: upright pages are the rule, and this was never wrong above 1.3 on 170 pages
HEADS_DOWN = -3.0  # standard errors: a page is turned over unread only where its letters leave no doubt
HEADS_LIKELY = -2.0  # standard errors: enough where nothing else can be asked

Read = Callable[[Pixels], bool]


def straighten_picture(picture: Picture, *, upside_down: Read | None = None) -> Straight:
    """The page upright, level and clean.

    Args:
        picture: the page as displayed.
        upside_down: tells from the straightened grey picture whether its letters stand on their heads; asked only where
            the shapes of the letters do not tell.
    """
    pixels = picture.pixels if picture.colored else np.ascontiguousarray(picture.pixels[:, :, 1])
    pixels = without_bed(unstreaked(pixels), picture.scale)
    quarter = 1 if lies_sideways(half_ink(luma_of(pixels), picture.scale), picture.scale * HALF) else 0
    if quarter:
        pixels = np.ascontiguousarray(np.rot90(pixels, -quarter))
    strength = darkness(luma_of(pixels), picture.scale)
    angle = -skew(strength)
    if abs(angle) < LEVEL:
        angle = 0.0
    strength = rotated(strength, angle, cv2.INTER_LINEAR, 0)
    falls, leans = field_of(strength, picture.scale), leaning(strength, picture.scale)
    cleaned = clean(moved(pixels, angle, falls, leans), picture.scale, picture.colored)
    straight = Straight(cleaned.grey, cleaned.tone, cleaned.ink, cleaned.lifted, picture.scale, quarter, angle)
    return turned_over(straight) if on_its_head(straight, upside_down) else straight


def half_ink(grey: Pixels, scale: float) -> Mask:
    """Dark print at half size."""
    return darkness(half_size(grey), scale * HALF) > LETTER_DARK


def on_its_head(straight: Straight, upside_down: Read | None) -> bool:
    """Whether a level page has to be turned over: by the shapes of its letters, or by reading where they do not tell."""
    surely = heads_up(half_ink(straight.grey, straight.scale), straight.scale * HALF)
    if surely >= (-HEADS_DOWN if straight.quarter else HEADS_UP):
        return False
    if surely <= HEADS_DOWN:
        return True
    return upside_down(straight.grey) if upside_down is not None else surely <= HEADS_LIKELY


def leaning(strength: Pixels, scale: float) -> Field | None:
    """How far the upright rules of a level page lean; None where there are too few."""
    long = round(RULE * scale)
    rules = cv2.morphologyEx(strength, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8))
    if cv2.countNonZero(rules) < RULE_SHARE * rules.shape[0]:
        return None
    return field_of(np.asarray(cv2.transpose(rules), np.uint8), scale)


def rotated(pixels: Pixels, angle: float, how: int = cv2.INTER_CUBIC, paper: int = 255) -> Pixels:
    """The picture turned clockwise about its middle; its size stays."""
    if not angle:
        return pixels
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -angle, 1.0)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), flags=how, borderValue=(paper,) * 3), np.uint8)


def moved(pixels: Pixels, angle: float, falls: Field, leans: Field | None) -> Pixels:
    """The picture turned and unbent, each pixel taken once.

    Args:
        pixels: grey or RGB.
        angle: degrees the page is turned clockwise.
        falls: how far down lines lie in the turned page.
        leans: how far to the right upright rules lie in the turned page.
    """
    height, width = pixels.shape[:2]
    shape = (-(-height // RASTER), -(-width // RASTER))
    down = shifts(falls, shape)
    right = shifts(leans, shape[::-1]).T if leans else np.zeros_like(down)
    if max(np.abs(down).max(), np.abs(right).max()) < MOVED:
        return rotated(pixels, angle)
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    x = (np.arange(shape[1], dtype=np.float32) + 0.5) * (width / shape[1]) - width / 2 + right
    y = ((np.arange(shape[0], dtype=np.float32) + 0.5) * (height / shape[0]) - height / 2)[:, None] + down
    across = wide(x * cosine + y * sine - (x - right), width, height)
    across += np.arange(width, dtype=np.float32)
    deep = wide(y * cosine - x * sine - (y - down), width, height)
    deep += np.arange(height, dtype=np.float32)[:, None]
    white = (255, 255, 255)
    return np.asarray(cv2.remap(pixels, across, deep, cv2.INTER_CUBIC, borderValue=white), np.uint8)


def wide(raster: Floats, width: int, height: int) -> Floats:
    """A value for each pixel from those of the raster."""
    return np.asarray(cv2.resize(raster.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def turned_over(straight: Straight) -> Straight:
    """The page turned by 180 degrees."""
    return Straight(
        grey=np.ascontiguousarray(straight.grey[::-1, ::-1]),
        tone=np.ascontiguousarray(straight.tone[::-1, ::-1]),
        ink=np.ascontiguousarray(straight.ink[::-1, ::-1]),
        lifted=np.ascontiguousarray(straight.lifted[::-1, ::-1]),
        scale=straight.scale,
        quarter=(straight.quarter + 2) % 4,
        angle=straight.angle,
    )
