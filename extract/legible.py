"""Can these letters be trusted? Fonts with a wrong code map, and how good the text layer of an OCR program is."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from extract.raw import Letter
from extract.vocabulary import common_words, letter_pairs

LayerQuality = Literal["none", "good", "gaps", "bad"]
"""What the hidden letters of a page are worth: ``none`` (too few), ``good`` (words, now and then a wrong letter), ``gaps``
(right letters with blanks inside words) or ``bad``."""

GAP = 0.2  # of the font size from the end of one letter to the next: a blank; tracking is less
TWICE = 0.35  # of a letter's width: the same letter again no further off is fake bold
JUDGED = 3  # letters: shorter words are ticks, bullets and numbers of items
MIN_LETTERS = 60  # fewer letters cannot be judged: a crest, a page number, a few names
MIN_PAIRS = 48  # pairs of letters side by side that are enough to be judged (.95 real, .3 to .6 scrambled, .1 by chance)
BROKEN_SHARE = 0.1  # of a page's letters: fewer broken ones are a crest or a code, and the rest can be read
ODD_SHARE = 0.15  # of the letters: signs that decrees do not print; real text has under .03, capitals under a shifted map .4
KNOWN_SHARE = 0.04  # of the words: every page of Indonesian prose or table text has over a tenth; a scrambled font has none
PAIR_SHARE = 0.72  # of the pairs: Indonesian text has over .9, English .8, names .8; a scrambled alphabet mostly under .6
CLEAN_SHARE = 0.7  # of a layer's letters in words of one kind: layers with a wrong letter here and there .85, garbage under .55
LAYER_KNOWN = 0.1  # of a layer's letters in the commonest words: good layers over .3, garbage mostly under .1
GAINED_SHARE = 0.08  # of a layer's letters in words that joining makes: .16 to .5 with blanks inside words, else under .02
SHORT_FORM = 5  # letters
ODD = frozenset("$&'*+<=>@[\\]^`{|}~\"#!?\ufffd")
SIGNS = frozenset("%(),-./:;_§°²³½¼·•–—‘’“”„…√✓✔€£\u00ad")
RUN = re.compile(r"[A-Za-z]+")
CLEAN = re.compile(r"[(\"“]?(?:[a-z]+|[A-Z]?[a-z]+|[A-Z]+|\d+)(?:[-./:](?:[A-Z]?[a-z]+|[A-Z]+|\d+))*[.,;:)\"”…]*|[-–&/:.]+")


def texts_by_font(letters: Iterable[Letter]) -> list[tuple[int, str]]:
    """Words in drawing order, each with its font; letters printed twice for bold count once."""
    out: list[tuple[int, str]] = []
    run: list[str] = []
    last, length, at_x, at_y, way, kept = "", 0.0, 0.0, 0.0, 0.0, -1
    for text, x0, y0, x1, y1, ox, oy, angle, size, _, font, _ in letters:
        far = abs(ox - at_x) + abs(oy - at_y)
        if text == last and far <= TWICE * length:
            continue
        if run and (font != kept or angle != way or far > length + GAP * size or text.isspace()):
            out.append((kept, "".join(run)))
            run.clear()
        if not text.isspace():
            run.append(text)
        level = angle == 0.0 or abs((angle + 90) % 180 - 90) < 45
        last, length, at_x, at_y, way, kept = text, x1 - x0 if level else y1 - y0, ox, oy, angle, font
    if run:
        out.append((kept, "".join(run)))
    return out


def is_legible(letters: Iterable[Letter]) -> bool:
    """False where a good part of the letters has codes that make no words: the code map of their font is of no use."""
    fonts: dict[int, list[str]] = defaultdict(list)
    for font, text in texts_by_font(letters):
        if len(text) >= JUDGED:
            fonts[font].append(text)
    sizes = {font: sum(map(len, texts)) for font, texts in fonts.items()}
    small = [text for font, texts in fonts.items() if sizes[font] < MIN_LETTERS for text in texts]
    groups = [small, *(texts for font, texts in fonts.items() if sizes[font] >= MIN_LETTERS)]
    broken = sum(sum(map(len, texts)) for texts in groups if is_scrambled(texts))
    return broken < max(MIN_LETTERS, BROKEN_SHARE * sum(sizes.values()))


def is_scrambled(texts: Sequence[str]) -> bool:
    """Letters enough to be judged, and either signs that no decree prints or no words of any language written here."""
    counts = Counter(ch for text in texts for ch in text)
    total = sum(counts.values())
    if total < MIN_LETTERS:
        return False
    if sum(n for ch, n in counts.items() if _is_odd(ch)) >= ODD_SHARE * total:
        return True
    words = [w.casefold() for text in texts for w in RUN.findall(text) if len(w) > 1 and not _is_short_form(w)]
    pairs = [a + b for w in words for a, b in itertools.pairwise(w)]
    if len(pairs) < MIN_PAIRS:
        return False
    known = sum(w in common_words() for w in words) / len(words)
    return known < KNOWN_SHARE and sum(p in letter_pairs() for p in pairs) < PAIR_SHARE * len(pairs)


def _words(texts: Iterable[str]) -> list[str]:
    return [w.casefold() for text in texts for w in RUN.findall(text)]


def _is_short_form(word: str) -> bool:
    """KPU, LKE, PMPRB: capitals that need not be sayable."""
    return len(word) <= SHORT_FORM and word.isupper()


def _is_odd(ch: str) -> bool:
    """A sign that decrees do not print, or a letter of a script that they are not written in (Arabic is)."""
    if ch.isascii():
        return ch in ODD or not ch.isprintable()
    return not ("\u0600" <= ch <= "\u06ff" or "\u00c0" <= ch <= "\u017f" or "\ufb00" <= ch <= "\ufefc" or ch in SIGNS)


def layer_quality(letters: Iterable[Letter]) -> LayerQuality:
    """What the text layer of an OCR program is worth."""
    texts = [text for _, text in texts_by_font(letters)]
    words = _words(texts)
    total = sum(map(len, words))
    if total < MIN_LETTERS:
        return "none"
    known = sum(len(w) for w in words if w in common_words()) / total
    gained = _gained_by_joining(words) / total
    clean = sum(len(t) for t in texts if CLEAN.fullmatch(t)) / sum(map(len, texts))
    if clean < CLEAN_SHARE or known + gained < LAYER_KNOWN:
        return "bad"
    return "gaps" if gained >= GAINED_SHARE else "good"


def _gained_by_joining(words: Sequence[str]) -> int:
    """Letters of known words that come about when neighbours are joined of which none is one."""
    gained = at = 0
    while at < len(words):
        step = 1
        if words[at] not in common_words():
            for size in (2, 3, 4):
                joined = "".join(words[at : at + size])
                if len(joined) >= 2 * JUDGED and joined in common_words():
                    gained, step = gained + len(joined), size
        at += step
    return gained
