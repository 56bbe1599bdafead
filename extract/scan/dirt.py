"""What looks like text on a scan and is none: staples, specks, seals and signatures, told by size, place and score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.page import Rule
from extract.scan.engine import Found, Reading

TALL = 1.55  # of the page's usual line: a higher box holds a signature or a seal; titles are set up to 1.5
FLAT = 0.72  # of the page's usual line: a lower box holds a speck or a letter of a seal; notes are set from .75
SURE_TALL = 0.93  # mean score from which a high box is believed to hold large letters
SURE_ODD = 0.8  # mean score from which a box of another height is believed
SURE = 0.5  # mean score under which nothing is believed
SURE_OVERLOOKED = 0.9  # the same for what the engine did not take for text by itself
BESIDE = 5.0  # of the usual line: an overlooked label stands that near to the text it belongs to
LEVEL = 0.3  # of the usual line: its middle is no further off the middle of that text


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges lines by the page that they stand on.

    Attributes:
        usual: usual height of a line's box, in pixels.
        firm: lines that are text without doubt.
        columns: column borders: place, start and end in pixels.
    """

    usual: float
    firm: tuple[Found, ...]
    columns: tuple[tuple[float, float, float], ...]

    def is_text(self, line: Found, reading: Reading) -> bool:
        """The line holds print, not dirt, a seal or handwriting."""
        if not reading.text.strip():
            return False
        mean = float(np.mean(reading.scores))
        height = (line.bottom - line.top) / self.usual
        if mean < SURE:
            return False
        if line.score == 0.0:
            return mean >= SURE_OVERLOOKED and FLAT <= height <= TALL and (self._in_table(line) or self._beside_text(line))
        if height > TALL:
            return mean >= SURE_TALL
        return mean >= SURE_ODD or (height >= FLAT and self._in_table(line)) or (height >= FLAT and len(reading.text) > 2)

    def is_tall(self, line: Found) -> bool:
        """The line is too high for one line of text."""
        return line.bottom - line.top > TALL * self.usual

    def _in_table(self, line: Found) -> bool:
        """Column borders stand on either side of the line."""
        middle = (line.top + line.bottom) / 2
        beside = [at for at, start, end in self.columns if start <= middle <= end]
        return any(at <= line.x0 + 2 for at in beside) and any(at >= line.x1 - 2 for at in beside)

    def _beside_text(self, line: Found) -> bool:
        """Text stands on the same height, not far off."""
        middle = (line.top + line.bottom) / 2
        for other in self.firm:
            away = max(other.x0 - line.x1, line.x0 - other.x1)
            if abs((other.top + other.bottom) / 2 - middle) <= LEVEL * self.usual and away <= BESIDE * self.usual:
                return True
        return False


def judge_of(lines: Sequence[Found], readings: Sequence[Reading], rules: Sequence[Rule], scale: float) -> Judge:
    """The judge of a page, from what was read on it."""
    pairs = zip(lines, readings, strict=True)
    firm = [x for x, r in pairs if x.score > 0 and len(r.text) > 3 and float(np.mean(r.scores)) >= SURE_TALL]
    heights = [x.bottom - x.top for x in firm or lines]
    columns = tuple((r.at * scale, r.start * scale, r.end * scale) for r in rules if r.vertical)
    return Judge(float(np.median(heights)) if heights else 1.0, tuple(firm), columns)
