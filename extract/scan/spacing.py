"""From a line as an engine reads it to words in their places: blanks and boxes come from the ink, letters from the engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extract.geometry import BBox
from extract.page import Word
from extract.scan.engine import Found, Reading
from extract.scan.picture import Mask

CAP_HEIGHT = 0.7  # of the font size: capitals, digits and ascenders of the faces that offices use (.66 Times to .72 Arial)
X_HEIGHT = 0.49  # of the font size: small letters (.45 Times to .52 Arial)
ASCENT, DESCENT = 0.9, 0.22  # of the font size: what a word's box holds above and below its base line
BOX_SIZE = 0.95  # of the height of the engine's box: the font size where the ink does not tell it
FAINT_ROW = 0.04  # of the fullest row: rows with less ink part the line from its neighbours
FEW_TALL = 4.0  # times the share of tall letters: rows that only one ascender reaches hold little ink
LEAST_SIZE, MOST_SIZE = 0.45, 1.35  # of the height of the engine's box: a font size outside was misjudged
MISSED_BLANK = 0.215  # of the font size: ink of a word's letters is nearer (measured: .18), ink over a blank is not (.22)
LIKE_A_BLANK = 0.6  # of the usual blank that the engine reads in the line: thin strokes that were lost leave less room
UNSAID_BLANK = 0.25  # of the font size: the same in a line in which it reads none
MISSED_AT_ONE = 0.28  # the same beside a "1", whose ink is far narrower than its room
END_STRAIN = 1.6  # times: room at the end of a word tells more than room between letters, which serifs and kerning widen
TALL = re.compile(r"[A-Z0-9bdfhklt/()|\[\]]")
TAILED = re.compile(r"[gjpqyQ,;()/|\[\]]")  # reach below the base line
MARKS = re.compile(r"[,;.:'\"“”‘’\-–—•…*°_]")
TIGHT = frozenset("/-–.,:;)(")  # signs that stand off their neighbours without a blank
MISSED_IN_ONES = 0.34  # and between two of them
TIGHT_BLANK = 0.35  # of the font size: the least blank beside such a sign


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word of a line before it is placed on the page.

    Attributes:
        text: its letters.
        scores: 0..1 for each letter.
        x0, x1: its ends in pixels of the page.
        centres: middle of each letter in pixels of the page.
    """

    text: str
    scores: tuple[float, ...]
    x0: float
    x1: float
    centres: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a line is set: base line and font size in pixels of the page."""

    baseline: float
    size: float


def setting_of(line: Found, text: str, print_: Mask) -> Setting:
    """Base line and font size of a line, from the rows of its ink and from which letters stand in it."""
    ink = print_[line.top : line.bottom, line.x0 : line.x1]
    box = line.bottom - line.top
    rows = np.convolve(ink.sum(axis=1), [1, 1, 1], "same").astype(float)
    fallback = Setting(line.top + 0.75 * box, BOX_SIZE * box)
    letters = MARKS.sub("", text)
    if not rows.any() or not letters.strip():
        return fallback
    peak = int(rows.argmax())
    tall = len(TALL.findall(letters)) / len(letters)
    faint = rows < FAINT_ROW * (min(1.0, FEW_TALL * tall) or 1.0) * rows[peak]
    above, below = np.flatnonzero(faint[:peak]), np.flatnonzero(faint[peak:])
    top = int(above[-1]) + 1 if len(above) else 0
    bottom = peak + int(below[0]) - 1 if len(below) else box - 1
    base = bottom
    if TAILED.search(text):
        middle = (top + bottom) // 2
        falls = rows[middle : bottom + 1] - np.append(rows[middle + 1 : bottom + 1], 0)
        base = middle + int(falls.argmax())
    size = (base - top - 1) / (CAP_HEIGHT if TALL.search(text) else X_HEIGHT)
    if not LEAST_SIZE * box <= size <= MOST_SIZE * box:
        return fallback
    return Setting(line.top + base, size)


def spell(line: Found, reading: Reading, print_: Mask, size: float) -> list[Spelled]:
    """The words of a line, parted where the engine reads a blank and where the ink leaves one."""
    width = line.x1 - line.x0
    columns = np.asarray(print_[line.top : line.bottom, line.x0 : line.x1].any(axis=0))
    gaps = _gaps(columns)
    at = [p * width for p in reading.places]
    letters = [k for k, c in enumerate(reading.text) if not c.isspace()]
    if not letters:
        return []
    breaks: dict[int, float] = {}  # from the number of the letter after which a word ends to the place of the gap
    between = [_widest(gaps, at[a], at[b]) for a, b in pairwise(letters)]
    rooms = [(gap[1] - gap[0]) / size if gap else 0.0 for gap in between]
    said = [room for room, (a, b) in zip(rooms, pairwise(letters), strict=True) if b > a + 1 and room]
    usual = LIKE_A_BLANK * float(np.median(said)) if said else UNSAID_BLANK
    for gap, room, (a, b) in zip(between, rooms, pairwise(letters), strict=True):
        if b > a + 1 or room >= max(usual, _least_blank(reading.text[a], reading.text[b])):
            breaks[a] = (gap[0] + gap[1]) / 2 if gap else (at[a] + at[b]) / 2
    words: list[Spelled] = []
    start = 0
    left = 0.0
    for k, letter in enumerate(letters):
        if letter in breaks or k == len(letters) - 1:
            right = breaks.get(letter, float(width))
            part = letters[start : k + 1]
            x0, x1 = _extent(columns, left, right)
            words.append(
                Spelled(
                    "".join(reading.text[i] for i in part),
                    tuple(reading.scores[i] for i in part),
                    line.x0 + x0,
                    line.x0 + x1,
                    tuple(line.x0 + min(max(at[i], x0), x1) for i in part),
                )
            )
            start, left = k + 1, right
    return words


def _least_blank(left: str, right: str) -> float:
    """Room, in font sizes, from which ink between two letters leaves a blank although the engine reads none."""
    if left in TIGHT or right in TIGHT:
        return TIGHT_BLANK
    if left == right == "1":
        return MISSED_IN_ONES
    return MISSED_AT_ONE if "1" in (left, right) else MISSED_BLANK


def strain(word: Spelled, size: float) -> float:
    """Room in a word, in font sizes, that its letters do not fill: about half and more where one was overlooked."""
    if len(word.text) < 2:
        return 0.0
    wide = [_breadth(letter) for letter in word.text]
    steps = [(b - a) / size - (u + v) / 2 for (a, b), (u, v) in zip(pairwise(word.centres), pairwise(wide), strict=True)]
    ends = ((word.centres[0] - word.x0) / size - wide[0] / 2, (word.x1 - word.centres[-1]) / size - wide[-1] / 2)
    return max(*steps, *(END_STRAIN * end for end in ends))


def _breadth(letter: str) -> float:
    """Usual breadth of a letter in font sizes, over the faces that offices use."""
    if letter in "iljtfrI1.,:;'|!()[]-":
        return 0.33
    if letter in "mwMW":
        return 0.92
    return 0.72 if letter.isupper() else 0.54


Gap = tuple[int, int]


def _gaps(columns: npt.NDArray[np.bool_]) -> list[Gap]:
    """Runs of columns without ink, between columns with ink."""
    inked = np.flatnonzero(columns)
    return [(int(a) + 1, int(b)) for a, b in pairwise(inked) if b - a > 1]


def _widest(gaps: list[Gap], a: float, b: float) -> Gap | None:
    """The widest gap whose middle lies between two places."""
    between = [g for g in gaps if a <= (g[0] + g[1]) / 2 <= b]
    return max(between, key=lambda g: g[1] - g[0], default=None)


def _extent(columns: npt.NDArray[np.bool_], left: float, right: float) -> tuple[float, float]:
    """First and last inked place between two places; the places themselves where there is no ink."""
    inked = np.flatnonzero(columns[round(left) : round(right)])
    if not len(inked):
        return left, right
    return round(left) + float(inked[0]), round(left) + float(inked[-1]) + 1


def placed(word: Spelled, setting: Setting, page: int, scale: float, confidence: float, raw: str | None = None) -> Word:
    """The word on the page, in points."""
    edges = [word.x0, *((a + b) / 2 for a, b in pairwise(word.centres)), word.x1]
    box = BBox(
        page,
        word.x0 / scale,
        (setting.baseline - ASCENT * setting.size) / scale,
        max(word.x1, word.x0 + 1) / scale,
        (setting.baseline + DESCENT * setting.size) / scale,
    )
    size = setting.size / scale
    return Word(
        word.text, box, setting.baseline / scale, size, False, tuple(e / scale for e in edges), confidence=confidence, raw=raw
    )
