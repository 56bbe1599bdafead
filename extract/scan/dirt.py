"""What looks like text on a scan and is none: staples, specks, seals and signatures, told by size, place and score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.page import Rule
from extract.scan.engine import Found, Reading
from extract.scan.picture import Mask, Straight
from extract.scan.seals import Seal, seals_of
from extract.vocabulary import common_words, decree_words

TALL = 1.55  # of the page's usual line: a higher box holds a signature or a seal; titles are set up to 1.5
FLAT = 0.72  # of the page's usual line: a lower box holds a speck or a letter of a seal; notes are set from .75
SURE_TALL = 0.93  # mean score from which a high box is believed to hold large letters
SURE_ODD = 0.8  # mean score from which a box of another height is believed
SURE = 0.5  # mean score under which nothing is believed
SURE_OVERLOOKED = 0.9  # the same for what the engine did not take for text by itself
SURE_SEALED = 0.95  # the same for what stands inside a round seal,
SEALED_LETTERS = 3  # and its least letters
LONG_LINE = 3.0  # times its height: a line longer than this is no part of a ring, however it was read
SCRIBBLED = 0.5  # score of the worst letter under which a single unknown word outside tables is no print,
HIGH = 1.25  # of the page's usual line: for a word that is higher
SURE_HIGH = 0.8  # that score must be better
LONG = 8  # letters from which an overlooked line is text wherever it stands: no ring or pen gives so many
BESIDE = 5.0  # of the usual line: an overlooked label stands that near to the text it belongs to
LEVEL = 0.3  # of the usual line: its middle is no further off the middle of that text


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges lines by the page that they stand on.

    Attributes:
        usual: usual height of a line's box, in pixels.
        firm: lines that are text without doubt.
        columns: column borders: place, start and end in pixels.
        seals: round seals, none of them in a table.
    """

    usual: float
    firm: tuple[Found, ...]
    columns: tuple[tuple[float, float, float], ...]
    seals: tuple[Seal, ...] = ()

    def is_text(self, line: Found, reading: Reading) -> bool:
        """The line holds print, not dirt, a seal or handwriting."""
        if not reading.text.strip():
            return False
        mean = float(np.mean(reading.scores))
        height = (line.bottom - line.top) / self.usual
        if mean < SURE or (self._in_seal(line) and not self._stands_in_seal(line, reading, mean)):
            return False
        if line.score == 0.0:
            near = self._in_table(line) or self._beside_text(line) or len(reading.text) >= LONG
            return mean >= SURE_OVERLOOKED and FLAT <= height <= TALL and near
        if height > TALL:
            return mean >= SURE_TALL
        if not self._in_table(line) and _is_scribble(reading, height):
            return False
        return mean >= SURE_ODD or (height >= FLAT and self._in_table(line)) or (height >= FLAT and len(reading.text) > 2)

    def is_loose(self, line: Found, reading: Reading) -> bool:
        """An overlooked line of running text: what hides the rest of it may have hidden it from the engine."""
        return line.score == 0.0 and len(reading.text) >= LONG and self.is_text(line, reading) and not self._in_table(line)

    def is_tall(self, line: Found) -> bool:
        """The line is too high for one line of text."""
        return line.bottom - line.top > TALL * self.usual

    def _in_seal(self, line: Found) -> bool:
        return any(seal.holds(line.x0, line.top, line.x1, line.bottom) for seal in self.seals)

    def _stands_in_seal(self, line: Found, reading: Reading, mean: float) -> bool:
        """Print that a seal covers ("ttd.", a short name), not letters of its ring: a plain line, surely read."""
        plain = line.score > 0 and FLAT <= (line.bottom - line.top) / self.usual <= TALL
        return plain and mean >= SURE_SEALED and sum(c.isalpha() for c in reading.text) >= SEALED_LETTERS

    def _in_table(self, line: Found) -> bool:
        return self.is_in_table(line.x0 + 2, line.x1 - 2, (line.top + line.bottom) / 2)

    def is_in_table(self, x0: float, x1: float, y: float) -> bool:
        """Column borders stand on either side of the place."""
        beside = [at for at, start, end in self.columns if start <= y <= end]
        return any(at <= x0 for at in beside) and any(at >= x1 for at in beside)

    def _beside_text(self, line: Found) -> bool:
        """Text stands on the same height, not far off."""
        middle = (line.top + line.bottom) / 2
        for other in self.firm:
            away = max(other.x0 - line.x1, line.x0 - other.x1)
            if abs((other.top + other.bottom) / 2 - middle) <= LEVEL * self.usual and away <= BESIDE * self.usual:
                return True
        return False


def _is_scribble(reading: Reading, height: float) -> bool:
    """One word that means nothing and was not read surely: a pen's loops beside a name."""
    word = reading.text.strip(" .,:;()").casefold()
    if " " in word or word in decree_words() or word in common_words():
        return False
    least = SCRIBBLED if height <= HIGH else SURE_HIGH
    return not any(c.isdigit() for c in word) and min(reading.scores) < least


def judge_of(
    lines: Sequence[Found], readings: Sequence[Reading], rules: Sequence[Rule], straight: Straight, ruled: Mask
) -> Judge:
    """The judge of a page.

    Args:
        lines: found on it.
        readings: of the lines.
        rules: its ruling lines.
        straight: the page.
        ruled: pixels that belong to rules.
    """
    pairs = zip(lines, readings, strict=True)
    firm = [x for x, r in pairs if x.score > 0 and len(r.text) > 3 and float(np.mean(r.scores)) >= SURE_TALL]
    heights = [x.bottom - x.top for x in firm or lines]
    columns = tuple((r.at * straight.scale, r.start * straight.scale, r.end * straight.scale) for r in rules if r.vertical)
    judge = Judge(float(np.median(heights)) if heights else 1.0, tuple(firm), columns)
    unread = (straight.ink | straight.lifted) & ~ruled
    for line in (x for x in lines if x in firm or x.x1 - x.x0 >= LONG_LINE * (x.bottom - x.top)):
        unread[line.top : line.bottom, line.x0 : line.x1] = False
    seals = seals_of(unread, straight.scale)
    return replace(judge, seals=tuple(s for s in seals if not judge.is_in_table(s.x, s.x, s.y)))
