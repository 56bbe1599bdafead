"""Word lists of the room: the commonest words of decrees, the words of column headers, the letter pairs of words."""

from __future__ import annotations

import functools
from pathlib import Path


def _words(name: str) -> frozenset[str]:
    lines = (Path(__file__).with_name("data") / name).read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


@functools.cache
def common_words() -> frozenset[str]:
    """The commonest words of Indonesian decrees, casefolded."""
    return _words("common_words.txt")


@functools.cache
def header_words() -> frozenset[str]:
    """Words that column headers are made of, casefolded."""
    return _words("header_words.txt")


@functools.cache
def letter_pairs() -> frozenset[str]:
    """Pairs of letters that are common in Indonesian words, casefolded."""
    return _words("letter_pairs.txt")


@functools.cache
def decree_words() -> frozenset[str]:
    """Words of decrees and work plans, casefolded, four letters and more."""
    return _words("decree_words.txt")
