"""What is this page? The one place where a page is called digital, scanned, unreadable or blank."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.page import PageKind
from extract.raw import RawPage
from extract.vocabulary import common_words

PICTURE_SHARE = 0.5  # share of the page under pictures from which it may be a scan; emblems and stamps cover under .1
STAMP_LETTERS = 60  # a page-wide picture with fewer letters of its own is a scan with a stamp or footer on it
OUTLINE_SHAPES = 300  # a page of text drawn as outlines has over a thousand shapes with curves; an emblem about a hundred
MIN_WORDS = 25  # fewer words cannot be judged by their letters
KNOWN_SHARE = 0.04  # every page of Indonesian prose or table text has well over a tenth; a scrambled font has none
WORD = re.compile(r"[A-Za-z]{2,}")


def reads_as_indonesian(words: Iterable[str]) -> bool:
    """False where enough words are there and next to none is known or most letters are none: the font's code map is no use."""
    texts = list(words)
    if len(texts) < MIN_WORDS:
        return True
    letters = "".join(texts)
    printable = sum(ch.isprintable() and not "\ue000" <= ch <= "\uf8ff" and ch != "\ufffd" for ch in letters)
    if printable < 0.7 * len(letters):
        return False
    plain = [w.casefold() for t in texts for w in WORD.findall(t)]
    if len(plain) < MIN_WORDS:
        return len(plain) > 0.15 * len(texts) or _mostly_numbers(texts)
    return sum(w in common_words() for w in plain) >= KNOWN_SHARE * len(plain)


def _mostly_numbers(texts: list[str]) -> bool:
    return sum(any(ch.isdigit() for ch in t) for t in texts) > 0.5 * len(texts)


def page_kind(raw: RawPage, words: Iterable[str]) -> PageKind:
    """How the page must be read.

    Args:
        raw: what is drawn on it.
        words: its visible words.
    """
    area = max(1.0, (raw.box[2] - raw.box[0]) * (raw.box[3] - raw.box[1]))
    pictured = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in raw.images) / area
    letters = sum(not letter.text.isspace() for letter in raw.letters)
    if pictured >= PICTURE_SHARE and (letters < STAMP_LETTERS or raw.hidden > letters):
        return "scanned"
    if letters == 0:
        if raw.outlines >= OUTLINE_SHAPES:
            return "unreadable"
        return "scanned" if pictured >= PICTURE_SHARE / 5 or raw.hidden else "blank"
    return "digital" if reads_as_indonesian(words) else "unreadable"
