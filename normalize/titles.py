"""Whether two printed titles are one: misreadings of letters are forgiven, another word or number never is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

LEAST = 0.88  # likeness of the letters of two titles below which they are not compared word by word
FORGIVEN = ((8, 2), (4, 1))  # letters of a word, and how many of them may be misread; shorter words must agree
PART_WORDS = 4  # words that a title has at least to be the beginning of a longer one
_NUMERAL = re.compile(r"[ivx1l|]{1,6}")
_ALIKE = str.maketrans("1l|0", "iiio")  # letters and digits that OCR takes for each other
_TO_DIGIT = str.maketrans("oil|", "0111")


class Likeness(StrEnum):
    """How two titles compare."""

    SAME = "same"
    ALIKE = "alike"
    """Some letters differ, as after a misreading or a misprint."""
    PART = "part"
    """One is how the other begins: its end was not found, or something was taken for its end."""
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    """One of them is not known."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title for comparison: the letters and digits of its words, small; signs that OCR takes for each other are one."""

    words: tuple[str, ...]

    @property
    def letters(self) -> str:
        """All words without blanks: OCR loses some, and adds others."""
        return "".join(self.words)


@lru_cache(maxsize=65_536)
def title_of(text: str | None) -> Title | None:
    """The title for comparison, None where it has no letters."""
    words = re.findall(r"[^\W_]+", (text or "").casefold().replace("|", "l"))
    return Title(tuple(map(_folded, words))) if words else None


def _folded(word: str) -> str:
    if _is_number(word):
        return word.translate(_TO_DIGIT)
    return word.translate(_ALIKE)


def _is_number(word: str) -> bool:
    """Half of its signs at least are digits; ones alone may be a roman numeral."""
    return 2 * sum(ch.isdigit() for ch in word) >= len(word) and not _NUMERAL.fullmatch(word)


def likeness(a: Title | None, b: Title | None) -> Likeness:
    """How two titles compare."""
    if a is None or b is None:
        return Likeness.UNKNOWN
    found = _whole(a, b)
    if found is not Likeness.DIFFERENT:
        return found
    short, long = sorted((a, b), key=lambda title: len(title.letters))
    if len(short.words) < PART_WORDS:
        return found
    ends = list(accumulate(len(word) for word in long.words))
    count = min(range(len(ends)), key=lambda i: abs(ends[i] - len(short.letters))) + 1
    begins = count < len(long.words) and _whole(short, Title(long.words[:count])) is not Likeness.DIFFERENT
    return Likeness.PART if begins else found


def _whole(a: Title, b: Title) -> Likeness:
    one, other = a.letters, b.letters
    if one == other:
        return Likeness.SAME
    if Levenshtein.normalized_similarity(one, other, score_cutoff=LEAST) < LEAST:
        return Likeness.DIFFERENT
    owners, others = _owners(a), _owners(b)
    slips: Counter[tuple[int, int]] = Counter()
    for edit in Levenshtein.editops(one, other):
        if edit.tag != "insert":
            slips[0, owners[edit.src_pos]] += 1
        if edit.tag != "delete":
            slips[1, others[edit.dest_pos]] += 1
    fine = all(count <= _forgiven((a, b)[side].words[word]) for (side, word), count in slips.items())
    return Likeness.ALIKE if fine else Likeness.DIFFERENT


def _owners(title: Title) -> list[int]:
    """For each letter the word that it belongs to."""
    return [i for i, word in enumerate(title.words) for _ in word]


def _forgiven(word: str) -> int:
    if _is_number(word) or _NUMERAL.fullmatch(word):
        return 0
    return next((slips for length, slips in FORGIVEN if len(word) >= length), 0)
