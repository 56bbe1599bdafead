"""What a PDF library hands over: letters and shapes of one page in the PDF's own space, before the page is set upright."""

from __future__ import annotations

import math
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
        font: number of the font on its page, by first use; one font has one code map.
        white: drawn in white, which can be seen only on something dark.
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
    font: int = 0
    white: bool = False


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
LETTER: Box = (0.0, 0.0, 612.0, 792.0)  # what a page without a usable box is shown as (PDF 32000-1 has no default)


@dataclass(frozen=True, slots=True)
class RawPage:
    """All of one page in user space.

    Attributes:
        number: page number from 1.
        box: visible part of the page (crop box).
        rotate: the page's ``/Rotate`` (0, 90, 180, 270).
        letters: visible letters in the order they are drawn.
        layer: letters that no reader sees: invisible text, text under a picture that was drawn later, white text on white, and
            text that repeats what a picture under it shows. Mostly the text layer of an OCR program.
        shapes: lines and rectangles in drawing order.
        drawings: boxes of small drawings that are neither.
        images: boxes of pictures.
        written: boxes of large pictures that show lines of writing; only told of a page with letters of its own.
        outlines: how many letters the shapes with curves or slopes could be: a page of them is text drawn as outlines.
    """

    number: int
    box: Box
    rotate: int
    letters: tuple[Letter, ...]
    layer: tuple[Letter, ...]
    shapes: tuple[Shape, ...]
    drawings: tuple[Box, ...]
    images: tuple[Box, ...]
    written: tuple[Box, ...]
    outlines: int

    @property
    def hidden(self) -> int:
        """Number of letters in the layer."""
        return sum(not letter.text.isspace() for letter in self.layer)


def visible_box(media: Box, crop: Box) -> Box:
    """The part of the page that is shown: the crop box within the media box, whatever corners the file gives them.

    A box without size, or without end, says nothing; without any the page is taken for a Letter sheet, as viewers do.
    """
    media, crop = _ordered(media), _ordered(crop)
    shared = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return next(
        (box for box in (shared, media, crop) if 1 <= box[2] - box[0] < math.inf and 1 <= box[3] - box[1] < math.inf), LETTER
    )


def _ordered(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
