"""Claims about words one slip away from the same word elsewhere in the same decree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from audit.claims import Claim
from audit.dossier import Dossier, Text
from audit.rules.contents_words import known

RARE = 3  # times a misprint may stand in a decree, copied paragraphs included
OFTEN = 5  # times the right word stands there at least, and as many times as often as the misprint
MIN_LETTERS = 7  # of the misprint: short words have neighbours of their own
MIN_LETTERS_RIGHT = 8  # of the right word
AFFIX = 2  # letters at either end that make another form of a word: "menyusun", "penyusun"
_WORD = re.compile(r"[^\W\d_]+")


def spelling_claims(dossier: Dossier) -> Iterator[Claim]:
    """The claims about spelling; none where anything was read from a picture."""
    if dossier.kind != "digital":
        return
    places: defaultdict[str, list[Text]] = defaultdict(list)
    for text in _texts(dossier):
        for word in _WORD.findall(text.text):
            places[word.casefold()].append(text)
    usual = [word for word, where in places.items() if len(where) >= OFTEN and len(word) >= MIN_LETTERS_RIGHT]
    for word, where in places.items():
        if len(where) > RARE or len(word) < MIN_LETTERS or word in known().lists["spelling.words"]:
            continue
        right = next((w for w in usual if len(places[w]) >= OFTEN * len(where) and is_slip(word, w)), None)
        if right is not None:
            yield Claim(
                "word-misspelt",
                subject=word,
                found=Text(where[0].document_id, _as_printed(word, where[0]), where[0].page, where[0].boxes, 1.0, False),
                expected=_as_printed(right, places[right][0]),
                words={"count": str(len(places[right]))},
                likely=("by-frequency",),
            )


def _texts(dossier: Dossier) -> Iterator[Text]:
    yield from (p.text for p in dossier.paragraphs)
    yield from (dossier.fields[name] for name in ("title", "decides") if name in dossier.fields)
    yield from (t.text for t in dossier.lampiran if t.part != "legal_basis")  # also among the paragraphs


def _as_printed(word: str, text: Text) -> str:
    return next((w for w in _WORD.findall(text.text) if w.casefold() == word), word)


def is_slip(word: str, right: str) -> bool:
    """A letter inside the word is missing, doubled, added, or two are changed about; another letter makes another word.

    "menerapkan" is no slip of "menetapkan", "penyusun" none of "menyusun", "pelaksana" none of "pelaksanaan".
    """
    if abs(len(word) - len(right)) > 1 or word[:AFFIX] != right[:AFFIX] or word[-AFFIX:] != right[-AFFIX:]:
        return False
    if len(word) == len(right):
        return sorted(word) == sorted(right) and OSA.distance(word, right, score_cutoff=1) == 1
    return OSA.distance(word, right, score_cutoff=1) == 1
