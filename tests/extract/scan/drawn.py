"""Pages drawn for a test, and an engine that says what it is told: what stands where is known to the pixel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import pairwise

import numpy as np
import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from extract.page import Rule
from extract.scan.engine import Found, Reading
from extract.scan.picture import Mask, Pixels, Straight
from tests.press.fonts import TIMES, text_width

SCALE = 200 / 72  # pixels per point
DARK = 165  # level under which black print on white paper is ink
ABOVE, BELOW, BESIDE = 0.88, 0.32, 0.15  # of the font size: what an engine's box holds around a line


def px(points: float) -> int:
    return round(points * SCALE)


class Sheet:
    """A page of paper; places are in points from its top left."""

    def __init__(self, width: float = 300, height: float = 200) -> None:
        self.height = height
        self._out = BytesIO()
        self.canvas = Canvas(self._out, pagesize=(width, height), invariant=True)

    def text(self, x: float, baseline: float, text: str, font: str = TIMES.regular, size: float = 11) -> Found:
        """Prints a line; gives the box that an engine finds around it."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.height - baseline, text)
        x0, x1 = x - BESIDE * size, x + text_width(text, font, size) + BESIDE * size
        return Found(px(x0), px(baseline - ABOVE * size), px(x1), px(baseline + BELOW * size), 0.9)

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.75) -> Rule:
        """Draws a level or an upright rule."""
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)
        return Rule(True, x0, y0, y1, width) if x0 == x1 else Rule(False, y0, x0, x1, width)

    def pixels(self) -> Pixels:
        self.canvas.save()
        with pdfium.PdfDocument(self._out.getvalue()) as document:
            return np.array(document[0].render(scale=SCALE, grayscale=True).to_numpy(), np.uint8)

    def straight(self, lifted: Mask | None = None) -> Straight:
        return straight_of(self.pixels(), lifted)


def straight_of(grey: Pixels, lifted: Mask | None = None) -> Straight:
    none = np.zeros(grey.shape, np.bool_)
    tone = np.repeat(grey[:, :, None], 3, axis=2)
    return Straight(grey, tone, grey < DARK, none if lifted is None else lifted, SCALE, 0, 0.0)


def reading_of(text: str, line: Found, x: float, font: str = TIMES.regular, size: float = 11, score: float = 0.99) -> Reading:
    """What an engine reads in the box of a line that was printed from ``x`` on: each letter in its middle."""
    ends = [(x + text_width(text[:k], font, size)) * SCALE for k in range(len(text) + 1)]
    middles = [((a + b) / 2 - line.x0) / (line.x1 - line.x0) for a, b in pairwise(ends)]
    return Reading(text, tuple(middles), (score,) * len(text))


def evenly(text: str, score: float = 0.99) -> Reading:
    """A reading whose letters are spread over the whole line."""
    return Reading(text, tuple((k + 0.5) / len(text) for k in range(len(text))), (score,) * len(text))


def without_blanks(reading: Reading) -> Reading:
    """The same letters at the same places, and no blank noticed."""
    kept = [k for k, letter in enumerate(reading.text) if letter != " "]
    return Reading(
        "".join(reading.text[k] for k in kept), tuple(reading.places[k] for k in kept), tuple(reading.scores[k] for k in kept)
    )


class Told:
    """An engine that finds and reads what it is told, and notes what it was asked."""

    def __init__(
        self, found: Sequence[Found] = (), says: Callable[[Pixels], Reading] = lambda _: evenly("x"), name: str = "told"
    ):
        self.name = name
        self.found = list(found)
        self.says = says
        self.finds = 0
        self.lines: list[Pixels] = []

    def find(self, picture: Pixels) -> list[Found]:
        self.finds += 1
        return self.found

    def read(self, lines: Sequence[Pixels]) -> list[Reading]:
        self.lines += lines
        return [self.says(line) for line in lines]
