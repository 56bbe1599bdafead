"""Words of a row -> the stems that are compared: affixes off, synonyms and abbreviations folded, misprints mended.

Indonesian builds its words with affixes (menyusun, penyusunan, tersusunnya: all of *susun*). A stem is only taken where
it is a known root, so that a word is never cut by guess; the nasal prefixes (me-, pe-) give back the letter that they
swallowed, by the rules of the standard grammar (Alwi et al., *Tata Bahasa Baku Bahasa Indonesia*).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

TOKEN = re.compile(r"[^\W_]+")
ENDINGS = ("nya", "lah", "kah", "pun", "kan", "an", "i")
PREFIXES = ("di", "ke", "se", "ter", "ber", "be", "per", "pe", "me")
NASAL_PREFIXES = (
    ("meny", "s"),
    ("peny", "s"),
    ("meng", ""),
    ("meng", "k"),
    ("peng", ""),
    ("peng", "k"),
    ("menge", ""),
    ("penge", ""),
    ("mem", ""),
    ("mem", "p"),
    ("pem", ""),
    ("pem", "p"),
    ("men", ""),
    ("men", "t"),
    ("pen", ""),
    ("pen", "t"),
)
"""Prefix, and the letter that it may have swallowed: meny+usun is susun, mem+antau is pantau."""

AFFIX_ROUNDS = 4  # di-per-tanggungjawab-kan-nya: no word carries more
LEAST_ROOT = 3  # letters: shorter remains are not roots
MENDED_FROM = 5  # letters: shorter words are too near to each other to mend
TWO_SLIPS_FROM = 9  # letters: two wrong letters are believed from here on
MENDED_SHARE = 0.8  # weight of a word that had to be mended, beside one that is printed right
SPLIT_FROM = 8  # letters: two words printed as one are looked for from here on
LEAST_PART = 4  # letters of each part of such a word
LONGEST_WORD = 40  # letters: more is no word, and not worth looking for words in
TEXTS_KEPT = 10_000  # whose stems are kept, some 5 MB: plans repeat their labels, and offices copy each other's wording
WORDS_KEPT = 50_000  # the same of words, some 10 MB

LETTERS_FOR_DIGITS = str.maketrans({"0": "o", "1": "l", "5": "s"})
"""Digits that OCR puts for letters inside words."""


class Stem(NamedTuple):
    """One stem of a text; a tuple, because a plan makes thousands of them, and texts are looked up by their stems.

    Attributes:
        stem: what is compared.
        printed: the word or words it stands for, small letters.
        share: 1, or less where the word was mended.
        is_idle: it decides nothing.
        exists: the word, or what it was mended to, is one of the language.
    """

    stem: str
    printed: str
    share: float = 1.0
    is_idle: bool = False
    exists: bool = True


class Words:
    """What is known of the language, and the stems of a text by it."""

    def __init__(
        self, roots: Iterable[str], synonyms: Mapping[str, str], idle: Iterable[str], vocabulary: Iterable[str] = ()
    ) -> None:
        """The language.

        Args:
            roots: root words.
            synonyms: word or phrase -> the words it is folded to.
            idle: words that decide nothing.
            vocabulary: texts whose words exist too (those of the taxonomy): misprints are mended to them.
        """
        self._roots = {word for root in roots for word in tokens(root)}
        known = [*vocabulary, *idle, *(text for pair in synonyms.items() for text in pair)]
        self._known = self._roots | {word for text in known for word in tokens(text)}
        self._choices = sorted(word for word in self._known if len(word) >= MENDED_FROM)
        self._idle = {word for text in idle for word in tokens(text)}
        self._word = lru_cache(WORDS_KEPT)(self._stems_of_word)
        self._exists = lru_cache(WORDS_KEPT)(self._is_known)
        self._of_length = cache(self._known_of)
        self.read = lru_cache(TEXTS_KEPT)(self._stems_of_text)
        self._phrases = {self._plain(phrase): self._meant(meaning) for phrase, meaning in synonyms.items()}
        # Lengths of the phrases that begin with a stem, longest first.
        self._phrase_lengths: dict[str, list[int]] = {}
        for first, length in sorted({(phrase[0], len(phrase)) for phrase in self._phrases if phrase}, reverse=True):
            self._phrase_lengths.setdefault(first, []).append(length)

    def stems(self, text: str | None) -> list[Stem]:
        """The stems of a text in order, idle ones left out; several where one word means several."""
        return list(self.read(text or ""))

    def _stems_of_text(self, text: str) -> tuple[Stem, ...]:
        read = [stem for word in self._joined(tokens(text)) for stem in self._word(word)]
        return tuple(stem for stem in self._folded(read) if not stem.is_idle)

    def _meant(self, text: str) -> tuple[Stem, ...]:
        """The words that a synonym is folded to."""
        return tuple(stem for word in tokens(text) for stem in self._word(word))

    def _plain(self, text: str) -> tuple[str, ...]:
        return tuple(stem.stem for word in tokens(text) for stem in self._word(word))

    def _stems_of_word(self, word: str) -> tuple[Stem, ...]:
        """The stems of one printed word: one, or two where two words are printed as one; none for a number."""
        return tuple(self._stemmed(word))

    def _stemmed(self, word: str) -> Iterator[Stem]:
        if word.isdigit():
            return
        if len(word) > LONGEST_WORD:
            yield Stem(word, word, exists=False)
            return
        if self._exists(word):
            yield self._one(word, word)
            return
        parts = self._parts(word)
        if parts is not None:
            yield from (self._one(part, word) for part in parts)
            return
        mended = self._mended(word)
        yield Stem(_bare(word), word, exists=False) if mended is None else self._one(mended, word, MENDED_SHARE)

    def _one(self, word: str, printed: str, share: float = 1.0) -> Stem:
        return Stem(self._root(word) or _bare(word), printed, share, word in self._idle)

    def _root(self, word: str) -> str | None:
        """The root with the fewest affixes off, the longest of several; None where no known root is in the word."""
        if word in self._roots:
            return word
        seen, longer = {word}, [word]
        for _ in range(AFFIX_ROUNDS):
            shorter = dict.fromkeys(short for long in longer for short in _shorter(long) if short not in seen)
            found = [short for short in shorter if short in self._roots]
            if found:
                return max(found, key=lambda root: (len(root), root))
            seen |= shorter.keys()
            longer = list(shorter)
        return None

    def _is_known(self, word: str) -> bool:
        return word in self._known or self._root(word) is not None

    def _joined(self, words: list[str]) -> Iterator[str]:
        """The words, with two that only make sense together printed as one ("pe nanganan")."""
        exists = [self._exists(word) for word in words]
        if all(exists):
            yield from words
            return
        position = 0
        while position < len(words):
            pair = words[position : position + 2]
            if len(pair) == 2 and not all(exists[position : position + 2]) and self._is_word("".join(pair)):
                yield "".join(pair)
                position += 2
            else:
                yield words[position]
                position += 1

    def _is_word(self, joined: str) -> bool:
        """Whether two pieces are one word together."""
        return len(joined) >= MENDED_FROM and not joined.isdigit() and self._exists(joined)

    def _parts(self, word: str) -> tuple[str, str] | None:
        """The two known words that an unknown word is made of."""
        if len(word) < SPLIT_FROM:
            return None
        cuts = range(LEAST_PART, len(word) - LEAST_PART + 1)
        return next(((word[:i], word[i:]) for i in cuts if word[:i] in self._known and word[i:] in self._known), None)

    def _mended(self, word: str) -> str | None:
        """The known word that an unknown one is a misprint of."""
        if any(letter.isdigit() for letter in word):
            word = word.translate(LETTERS_FOR_DIGITS)
            if self._exists(word):
                return word
        if len(word) < MENDED_FROM or not word.isalpha():
            return None
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        near = self._of_length(len(word) - slips, len(word) + slips)
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slips)
        return self._completed(word) if found is None else str(found[0])

    def _known_of(self, shortest: int, longest: int) -> list[str]:
        """The words that misprints are mended to, of some lengths: each wrong letter adds or takes one at most."""
        return [known for known in self._choices if shortest <= len(known) <= longest]

    def _completed(self, word: str) -> str | None:
        """The known word that begins so, where all that do are of one root: the end of a cell may be cut off."""
        first = bisect_left(self._choices, word)
        alike = list(takewhile(lambda known: known.startswith(word), self._choices[first:]))
        return alike[0] if alike and len({self._root(known) or known for known in alike}) == 1 else None

    def _folded(self, read: list[Stem]) -> Iterator[Stem]:
        """The stems with synonyms folded, the longest phrase first."""
        position = 0
        while position < len(read):
            length = self._phrase_at(read, position)
            if length:
                phrase = read[position : position + length]
                printed = " ".join(dict.fromkeys(stem.printed for stem in phrase))
                share = min(stem.share for stem in phrase)
                meant = self._phrases[tuple(stem.stem for stem in phrase)]
                yield from (Stem(stem.stem, printed, share, stem.is_idle, stem.exists) for stem in meant)
            else:
                yield read[position]
            position += length or 1

    def _phrase_at(self, read: list[Stem], position: int) -> int:
        """Words of the longest phrase that begins there; 0 where none does."""
        left = len(read) - position
        lengths = [n for n in self._phrase_lengths.get(read[position].stem, ()) if n <= left]
        return next((n for n in lengths if tuple([s.stem for s in read[position : position + n]]) in self._phrases), 0)


def tokens(text: str) -> list[str]:
    """The words of a text, case and shapes folded; punctuation gone."""
    return TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def _shorter(word: str) -> Iterator[str]:
    """The word with one affix off, each that fits."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_ROOT:
            yield word[: -len(ending)]
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= LEAST_ROOT:
            yield word[len(prefix) :]
    for prefix, swallowed in NASAL_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) + len(swallowed) >= LEAST_ROOT:
            yield swallowed + word[len(prefix) :]


def _bare(word: str) -> str:
    """A word without known root: only the ending -nya is off, which never changes what a word means."""
    return word[:-3] if word.endswith("nya") and len(word) > LEAST_ROOT + 3 else word


def load_words(folder: Path, vocabulary: Iterable[str]) -> Words:
    """The language of the data files ``roots.txt``, ``synonyms.csv`` (word, means) and ``idle.txt``."""
    with (folder / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        synonyms = {row["word"]: row["means"] for row in csv.DictReader(file)}
    return Words(_lines(folder / "roots.txt"), synonyms, _lines(folder / "idle.txt"), vocabulary)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
