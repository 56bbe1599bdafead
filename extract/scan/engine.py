"""What an OCR engine does for us, whatever its name: find lines of text in a picture, and read pictures of single lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.scan.picture import Pixels


@dataclass(frozen=True, slots=True)
class Found:
    """A line of text found in a picture, in pixels from its top left.

    Attributes:
        x0, top, x1, bottom: box around the line, clipped to the picture.
        score: 0..1, how sure the engine is that text stands here.
    """

    x0: int
    top: int
    x1: int
    bottom: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine reads in the picture of one line.

    Attributes:
        text: letters and blanks.
        places: middle of each letter of ``text`` (blanks too), 0..1 of the picture's width.
        scores: 0..1 for each letter of ``text``: how sure the engine is.
    """

    text: str
    places: tuple[float, ...]
    scores: tuple[float, ...]


class Engine(Protocol):
    """An OCR engine. One instance lives in a worker process and is used by one thread."""

    @property
    def name(self) -> str:
        """Engine, version, models and settings: whatever changes a reading changes the name."""

    def find(self, picture: Pixels) -> list[Found]:
        """Lines of text in a grey or RGB picture, from top to bottom; none where there is no text."""

    def read(self, lines: Sequence[Pixels]) -> list[Reading]:
        """What is printed in each picture of one line, in the order given; an empty text where nothing is."""
