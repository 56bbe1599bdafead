"""Patterns that find words in spite of line-break and spacing slips, and comparison of words in spite of misprints."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

# Between two letters of a word: a blank, a hyphen with or without blanks (line ends, letter-spaced OCR layers).
_SLIP = r"[\s\u00ad]?-?\s?"
_WORDS_KEPT = 20_000  # pairs of words whose likeness is kept, some 4 MB: decrees are made of the same few words
_NO_LETTER = re.compile(r"[^a-z]")
_LETTERS = {"i": "[i1l|]", "l": "[l1i|]", "o": "[o0]", "m": "(?:m|rn)"}


def loose(phrase: str) -> str:
    """A pattern for the phrase, its letters tied by optional blanks or hyphens and open to the commonest OCR slips.

    Must not be used for words of two or three letters: "pp" would be found in "Penetapan Pp".
    """
    words = (_SLIP.join(_LETTERS.get(char, re.escape(char)) for char in word) for word in phrase.split(" "))
    return r"[\s-]*".join(words)


def letters(text: str) -> str:
    """Lower-case letters of a text, nothing between them: what two printings of one phrase have in common."""
    return _NO_LETTER.sub("", text.lower())


@lru_cache(_WORDS_KEPT)
def near(word: str, model: str, slips: int) -> bool:
    """True when a word is the model but for some slips (letters added, lost or changed)."""
    return Levenshtein.distance(letters(word), model, score_cutoff=slips) <= slips
