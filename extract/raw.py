"""What a PDF library hands over: letters and shapes of one page in the PDF's own space, before the page is set upright."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extract.page import Rgb


class Letter(NamedTuple):
    """One glyph in user space (origin bottom left, y up, points); a tuple, because a page makes thousands of them.

    Attributes:
        text: what it stands for; blanks are kept, they part words.
        x0, y0, x1, y1: advance box (not the ink).
        ox, oy: origin on the base line.
        angle: direction of the text, degrees clockwise (0 = left to right).
        size: font size as it appears, in points.
        bold: the font says so.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    ox: float
    oy: float
    angle: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle or straight line in user space.

    Attributes:
        x0, y0, x1, y1: corners; a line has no width or no height.
        stroke: line width in points, None where nothing is stroked.
        color: colour of the fill or the stroke, None where it is a pattern.
        filled: an area is filled.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    stroke: float | None
    color: Rgb | None
    filled: bool


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class RawPage:
    """All of one page in user space.

    Attributes:
        number: page number from 1.
        box: visible part of the page (crop box).
        rotate: the page's ``/Rotate`` (0, 90, 180, 270).
        letters: visible letters in the order they are drawn.
        hidden: number of letters that no reader sees: invisible text, or text under a picture that was drawn later.
        shapes: lines and rectangles in drawing order.
        drawings: boxes of small drawings that are neither.
        images: boxes of pictures.
        outlines: number of filled or stroked shapes with curves or slopes: a page full of them is text drawn as outlines.
    """

    number: int
    box: Box
    rotate: int
    letters: tuple[Letter, ...]
    hidden: int
    shapes: tuple[Shape, ...]
    drawings: tuple[Box, ...]
    images: tuple[Box, ...]
    outlines: int
