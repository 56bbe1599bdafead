"""What a reader finds on a page: words, ruling lines, fills, marks and pictures, all on the upright page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.geometry import BBox

Rgb = tuple[int, int, int]

PageKind = Literal["digital", "scanned", "unreadable", "blank"]
"""How the page must be read: ``digital`` (its own text), ``scanned`` (a picture of text), ``unreadable`` (text whose
letters cannot be trusted, or letters drawn as outlines) or ``blank``."""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them, as printed.

    Attributes:
        text: the letters.
        box: box around the letters (font ascent to descent), upright page.
        baseline: distance of the base line from the top of the page, in points.
        size: font size in points.
        bold: the font's name or weight says so.
        edges: left edge of each letter and the right edge of the last: ``len(text) + 1`` numbers. A word can be cut at a rule.
        confidence: 0..1, how surely its letters were read; 1 for the letters that a digital page carries.
        raw: the letters as an OCR engine read them, where ``text`` was repaired; else None.
    """

    text: str
    box: BBox
    baseline: float
    size: float
    bold: bool
    edges: tuple[float, ...]
    confidence: float = 1.0
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line.

    Attributes:
        vertical: runs from top to bottom; else from left to right.
        at: x of a vertical rule, distance from the top of a horizontal one (its middle), in points.
        start, end: where it begins and ends along its direction, in points.
        width: thickness in points.
        color: its colour, None where it is a pattern.
    """

    vertical: bool
    at: float
    start: float
    end: float
    width: float
    color: Rgb | None = None

    @property
    def length(self) -> float:
        """Length in points."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area that is no rule.

    Attributes:
        box: where it is.
        color: None for a pattern or a shading, whose colour is not one.
        sure: something is drawn there; False for a place of a scan where something may be.
    """

    box: BBox
    color: Rgb | None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read, upright: words are horizontal, whatever the file's ``/Rotate`` or the direction of its text.

    Attributes:
        number: page number, from 1.
        width, height: in points, of the upright page.
        rotation: quarter turns clockwise (0, 90, 180, 270) that were applied to the page as displayed to make its text upright.
        kind: how the page must be read.
        words: horizontal words, line by line from top to bottom, each line from left to right.
        turned: words that run in another direction (labels set on end, slanted stamps); their edges mean nothing.
        rules: ruling lines.
        fills: filled areas that carry a colour other than white, in drawing order.
        marks: boxes of small drawings that are neither rule nor fill nor text (a tick drawn with curves, a small picture).
        images: boxes of pictures.
    """

    number: int
    width: float
    height: float
    rotation: int
    kind: PageKind
    words: tuple[Word, ...]
    turned: tuple[Word, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Fill, ...]
    marks: tuple[BBox, ...]
    images: tuple[BBox, ...]
