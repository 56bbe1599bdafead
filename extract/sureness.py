"""How sure a text is, out of how sure its words are: the one home of that rule.

A word's confidence is the chance that all of its letters are right. Digital words are sure, and a text of them is sure.

* **A text** is right when at most ``ALLOWED`` of its letters are wrong (a long text may slip a letter). Words are wrong
  independently of each other; a wrong word has ``SLIP`` wrong letters, one that is hardly legible has more. The sureness of the
  text is the chance that its wrong letters do not pass what is allowed. A short text (fewer than ``SLIP / ALLOWED`` = 25
  letters) is allowed no wrong word: its sureness is the product of the confidences of its words.
* **A typed value** (a number, a date, a code, a month) is right when every letter it is read from is: the product, whatever the
  length. In a long text only the words that hold a digit are asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.geometry import BBox
from extract.page import Word

ALLOWED = 0.06  # share of a text's letters that may be wrong; the scorer forgives .07 of them
SLIP = 1.5  # letters that are wrong in a wrong word, on average over scans of decrees
GARBLED = 0.5  # share of a word's letters that are wrong where nothing of it was sure
TEXTS_KEPT = 2_000  # whose chance is kept, some 4 MB: the text of a merged cell is asked for in each of its rows
STEPS = 2  # half letters are counted, for SLIP is one letter and a half


@dataclass(frozen=True, slots=True)
class Unsure:
    """A word of a text that was read from a picture.

    Attributes:
        start, end: its letters in the text.
        confidence: 0..1, how surely they were read.
        box: where it stands.
        raw: what the engine read, where it was repaired; else None.
    """

    start: int
    end: int
    confidence: float
    box: BBox
    raw: str | None = None


def unsure_in(text: str, words: Iterable[Word]) -> tuple[Unsure, ...]:
    """The words of a text that were read from a picture; none in a digital text.

    Args:
        text: made of the words, in order, with hyphens of line ends dropped and blanks closed here and there.
        words: that it was made of.
    """
    out: list[Unsure] = []
    at = 0
    for word in words:
        start, at = _place(text, at, word.text)
        if at > start and (word.confidence < 1 or word.raw is not None):
            out.append(Unsure(start, at, word.confidence, word.box, word.raw))
    return tuple(out)


def _place(text: str, at: int, letters: str) -> tuple[int, int]:
    """Where the letters stand in the text from ``at`` on; a letter that is not there next was dropped."""
    while at < len(text) and text[at].isspace():
        at += 1
    start = at
    for letter in letters:
        skip = at
        while skip < len(text) and text[skip].isspace():
            skip += 1
        if text[skip : skip + 1] == letter:
            at = skip + 1
    return start, at


def carried(unsure: Sequence[Unsure], text: str, new: str) -> tuple[Unsure, ...]:
    """The unsure words of a text after it was changed: those that the new text still holds, at their new places.

    Args:
        unsure: words of ``text``.
        text: before the change.
        new: part of ``text``, or ``text`` with some of its words taken out.
    """
    whole = text.find(new)
    if whole >= 0:
        return cut(unsure, whole, whole + len(new))
    out: list[Unsure] = []
    at = 0
    for word in unsure:
        said = text[word.start : word.end]
        place = new.find(said, at)
        if place >= 0:
            at = place + len(said)
            out.append(replace(word, start=place, end=at))
    return tuple(out)


def cut(unsure: Sequence[Unsure], start: int, end: int) -> tuple[Unsure, ...]:
    """The unsure words of the part of a text from ``start`` to ``end``, counted from its begin."""
    return tuple(
        Unsure(max(u.start, start) - start, min(u.end, end) - start, u.confidence, u.box, u.raw)
        for u in unsure
        if u.start < end and start < u.end
    )


def sure_of_text(text: str, unsure: Sequence[Unsure]) -> float:
    """The chance that at most ``ALLOWED`` of the text's letters are wrong."""
    if not unsure:
        return 1.0
    room = math.floor(STEPS * ALLOWED * sum(map(len, text.split())))
    return _chance_within(room, tuple([(word.confidence, word.end - word.start) for word in unsure]))


@lru_cache(TEXTS_KEPT)
def _chance_within(room: int, words: tuple[tuple[float, int], ...]) -> float:
    """The chance that at most so many half letters are wrong.

    Args:
        room: half letters.
        words: confidence and letters of each.
    """
    chances = [1.0] + [0.0] * room  # of so many half letters wrong
    for confidence, letters in words:
        wrong = 1 - confidence
        cost = round(STEPS * max(SLIP, GARBLED * wrong * letters))
        right = [chance * confidence for chance in chances]
        chances = right[:cost] + [chance + wrong * before for chance, before in zip(right[cost:], chances, strict=False)]
    return sum(chances)


def sure_of_letters(unsure: Iterable[Unsure]) -> float:
    """The chance that every letter of the words is right."""
    return math.prod(u.confidence for u in unsure)


def sure_of_digits(text: str, unsure: Iterable[Unsure]) -> float:
    """The chance that every word with a digit in it, read or repaired, is right."""
    return sure_of_letters(u for u in unsure if any(ch.isdigit() for ch in text[u.start : u.end] + (u.raw or "")))
