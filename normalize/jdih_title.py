"""Whether two titles are the title of one decree: one typed by hand into a database, one printed.

Titles of one kind of decree share nearly all of their letters ("Tim Kerja ..." and "Rencana Kerja ..." of one office, one
plan of two offices or two years), so likeness as a whole says little. What counts are the words that one has and the other
has not.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from normalize.data_files import rows

Same = Literal["same", "part", "like", "other"]

SAME_WORD = 0.8  # share of letters without an edit: one slip in a word of five letters
LONG_WORD = 4  # letters: in shorter words one slip makes another word
SAME_WORDS = 85.0  # likeness of all words without a partner, put together: words glued or broken by a blank
LIKE_WORDS = 50.0  # likeness: from here on they may be the same words in another spelling
ENOUGH_WORDS = 4  # words in common from which a title that is cut short still tells decrees apart


def compare_titles(one: str, other: str) -> Same:
    """What two titles have in common.

    Args:
        one: without "Keputusan ... Nomor ... tentang".
        other: likewise.

    Returns:
        same: every word of the one that counts is in the other, or one is the other cut short; part: one may be a short
        form of the other; like: they differ, but perhaps in spelling alone; other: they differ.
    """
    first, second = _content(one), _content(other)
    first_only, second_only = _without_partner(first, second), _without_partner(second, first)
    if not first or not second:
        return "part"
    if first_only and second_only:
        likeness = fuzz.ratio("".join(first_only), "".join(second_only))
        return "same" if likeness >= SAME_WORDS else "like" if likeness >= LIKE_WORDS else "other"
    shared = min(len(first) - len(first_only), len(second) - len(second_only))
    begins = first[0] not in first_only and second[0] not in second_only
    return "same" if begins and (shared >= ENOUGH_WORDS or not (first_only or second_only)) else "part"


def words_of_title(title: str) -> list[str]:
    """Words in lower case, abbreviations written out ("ZI" is "zona", "integritas")."""
    out: list[str] = []
    for word in re.findall(r"[a-z0-9]+", title.lower()):
        out += _short_forms().get(word, (word,))
    return out


def _content(title: str) -> list[str]:
    """The words that count, each once, in order."""
    return list(dict.fromkeys(word for word in words_of_title(title) if word not in _fillers()))


def _without_partner(words: list[str], others: list[str]) -> list[str]:
    """Words that no other word is the same as, be it but for a slip, a blank, a cut at the end, or as an acronym."""
    initials = "".join(other[0] for other in others)
    targets = [*others, *(one + two for one, two in pairwise(others))]
    partners = {at for at, word in enumerate(words) if any(_same(word, target) for target in targets)}
    for at, (one, two) in enumerate(pairwise(words)):
        if any(_same(one + two, other) for other in others):
            partners |= {at, at + 1}
    last = len(words) - 1
    if last >= 0 and len(words) < len(others) and any(other.startswith(words[last]) for other in others):
        partners.add(last)
    return [
        word
        for at, word in enumerate(words)
        if at not in partners and not (len(word) > 1 and word.isalpha() and word in initials)
    ]


def _same(word: str, other: str) -> bool:
    if word == other or word.isdigit() or other.isdigit() or min(len(word), len(other)) < LONG_WORD:
        return word.lstrip("0") == other.lstrip("0")
    return Levenshtein.normalized_similarity(word, other) >= SAME_WORD


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    return {row["short"]: tuple(row["long"].split()) for row in rows("jdih_short_forms")}


@cache
def _fillers() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("jdih_fillers"))
