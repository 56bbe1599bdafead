"""Digital pages as an OCR engine would hand them over: wrong letters, unsteady base lines, sizes and boxes, lost blanks."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.geometry import BBox
from extract.page import Page, Word
from extract.words import lines_of

CONFUSIONS = {
    "0": "O", "O": "0", "1": "lI", "l": "1I", "I": "l1", "5": "S", "S": "5", "8": "B", "B": "8", "2": "Z", "Z": "2",
    "e": "éc", "a": "á", "h": "b", "u": "ü", "n": "ri", "m": "rn", ";": ":", ".": ",", "g": "q",
}  # fmt: skip
APART = 1.2  # of the font size: words farther apart are boxes of their own to an engine
TIGHT = 0.6  # of the font size: a blank this wide may be missed


@dataclass(frozen=True, slots=True)
class Noise:
    """How bad the reading is.

    Attributes:
        wrong: share of words with a wrong letter.
        merged, split: share of blanks that are missed, and of words that are torn.
        drift: share of the font size by which the base line of a stretch of words may be off (1.5 points of 12).
        box: share of it by which each side of a box may be off.
        size: share by which font sizes may be off.
    """

    wrong: float = 0.03
    merged: float = 0.006
    split: float = 0.003
    drift: float = 0.12
    box: float = 0.08
    size: float = 0.12


EVEN = Noise(wrong=0.0, merged=0.0, split=0.0)
"""Only places are unsteady; every letter is right."""


def noisy(page: Page, seed: int, noise: Noise) -> Page:
    """The page as if it had been read from a picture; the same for the same seed."""
    dice = random.Random(f"{seed}-{page.number}")
    words: list[Word] = []
    for line in lines_of(page.words):
        for stretch in _stretches(line):
            words += _read(stretch, dice, noise)
    words.sort(key=lambda w: (w.baseline, w.box.x0))
    return replace(page, kind="scanned", words=tuple(words))


def _stretches(line: Sequence[Word]) -> list[list[Word]]:
    out: list[list[Word]] = []
    for word in line:
        if out and word.box.x0 - out[-1][-1].box.x1 < APART * word.size:
            out[-1].append(word)
        else:
            out.append([word])
    return out


def _read(stretch: Sequence[Word], dice: random.Random, noise: Noise) -> list[Word]:
    dy, scale = dice.uniform(-noise.drift, noise.drift) * stretch[0].size, 1 + dice.uniform(-noise.size, noise.size)
    out: list[Word] = []
    for word in stretch:
        if out and word.box.x0 - out[-1].box.x1 < TIGHT * word.size and dice.random() < noise.merged:
            out[-1] = _merged(out[-1], word)
        else:
            out.append(word)
    torn = [part for word in out for part in _torn(word, dice, noise)]
    return [_misread(_moved(w, dy, scale, dice, noise), dice, noise) for w in torn]


def _merged(a: Word, b: Word) -> Word:
    box = BBox(a.box.page, a.box.x0, min(a.box.top, b.box.top), b.box.x1, max(a.box.bottom, b.box.bottom))
    return replace(a, text=a.text + b.text, box=box, edges=(*a.edges[:-1], *b.edges), confidence=0.6)


def _torn(word: Word, dice: random.Random, noise: Noise) -> list[Word]:
    if len(word.text) < 4 or dice.random() >= noise.split:
        return [word]
    at = dice.randrange(1, len(word.text) - 1)
    halves = ((word.text[:at], word.edges[: at + 1]), (word.text[at:], word.edges[at:]))
    return [
        replace(
            word,
            text=text,
            edges=edges,
            box=BBox(word.box.page, edges[0], word.box.top, edges[-1], word.box.bottom),
            confidence=0.6,
        )
        for text, edges in halves
    ]


def _moved(word: Word, dy: float, scale: float, dice: random.Random, noise: Noise) -> Word:
    """The word with an unsteady box; an engine tells no bold letters."""
    left, top, right, bottom = (dice.uniform(-noise.box, noise.box) * word.size for _ in range(4))
    x0, x1 = word.box.x0 + left, max(word.box.x0 + left + 1.0, word.box.x1 + right)
    n = len(word.text)
    edges = tuple(x0 + k * (x1 - x0) / n for k in range(n + 1))
    box = BBox(word.box.page, x0, word.box.top + dy + top, x1, word.box.bottom + dy + bottom)
    return replace(
        word, box=box, edges=edges, baseline=word.baseline + dy, size=word.size * scale, bold=False,
        confidence=min(word.confidence, dice.uniform(0.985, 0.9995)),
    )  # fmt: skip


def _misread(word: Word, dice: random.Random, noise: Noise) -> Word:
    places = [i for i, ch in enumerate(word.text) if ch in CONFUSIONS]
    if not places or dice.random() >= noise.wrong:
        return word
    at = dice.choice(places)
    choices = CONFUSIONS[word.text[at]]
    read = choices if len(choices) == 2 and word.text[at] in "nm" else dice.choice(choices)
    text = word.text[:at] + read + word.text[at + 1 :]
    x0, x1, n = word.box.x0, word.box.x1, len(text)
    edges = tuple(x0 + k * (x1 - x0) / n for k in range(n + 1))
    return replace(word, text=text, edges=edges, confidence=dice.uniform(0.3, 0.85))
