"""What rows of different offices say, made comparable: names of offices, years and misprints left out."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from audit.dossier import Corpus, Dossier, PlanRow
from audit.language import language
from audit.rules.telling import lead_of
from normalize.satker import satkers

SHORTEST_MENDED = 5  # letters of a word that may be a misprint of another: shorter ones are too near to each other
TWO_SLIPS_FROM = 12  # letters from which two wrong ones are believed: "pencanaan" is as near to penataan as to perencanaan
LEFT_OUT = " … "  # in the place of names and years; blanks, so that the words beside it stay apart
RARER = 5  # times that the right word must be more frequent in the corpus than its misprint
WHOLE = ("item", "success_indicator", "action", "evidence")
"""Fields that say together what a row plans."""

_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Worded:
    """A row with what it says: ``lead`` of what it is about, ``whole`` of all that it plans; the same for the same wording."""

    row: PlanRow
    lead: str
    whole: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one decree; the document is the one that holds its rows, the decree says of whom and when."""

    document: Dossier
    decree: Dossier
    satker_code: str | None
    year: int | None
    rows: tuple[Worded, ...]

    @property
    def age(self) -> tuple[int, str, str]:
        """Sorts plans by time; the document tells those of one day apart."""
        signed = self.decree.signed
        return self.year or 0, signed.isoformat() if signed else "", self.document.document_id


def folder_of(corpus: Corpus) -> Folder:
    """Makes keys of what the plans of the corpus say."""
    return Folder(value for _, holder in _holders(corpus) for row in holder.rows for value in row.values.values())


def plans_of(corpus: Corpus, folder: Folder) -> list[Plan]:
    """One plan for each decree that has one, by document; a plan in a file of its own counts for its decree."""
    plans = []
    for decree, holder in _holders(corpus):
        own = own_names(decree)
        rows = tuple(w for row in holder.rows if (w := _worded(row, folder, own)).lead)
        plans.append(Plan(holder, decree, decree.satker_code, decree.year, rows))
    return sorted(plans, key=lambda plan: plan.document.document_id)


def _holders(corpus: Corpus) -> Iterator[tuple[Dossier, Dossier]]:
    """Each decree that has a plan, with the document of its family that holds it: itself, or else the digital one."""
    for decree in corpus.decrees:
        family = sorted(corpus.family_of(decree), key=lambda one: (one is not decree, one.kind != "digital", one.document_id))
        holder = next((one for one in family if one.rows), None)
        if holder is not None:
            yield decree, holder


def _worded(row: PlanRow, folder: Folder, own: tuple[str, ...]) -> Worded:
    whole = "|".join(folder.key(row.values[name], own) for name in WHOLE if name in row.values)
    return Worded(row, folder.key(lead_of(row) or "", own), whole)


def own_names(decree: Dossier) -> tuple[str, ...]:
    """Names under which an office may print its own region, in small letters: "tegal"."""
    satker = satkers().get(decree.satker_code or "")
    return () if satker is None else (_bare(satker.name),)


class Folder:
    """Makes keys of texts; knows the misprints by the words of all plans."""

    def __init__(self, texts: Iterable[str]) -> None:
        """A folder.

        Args:
            texts: all texts that are to be compared, each as often as it is printed.
        """
        counts: Counter[str] = Counter()
        for text, times in Counter(texts).items():
            for word in _LETTERS.findall(plain(text)):
                counts[word] += times
        self._meant = misprints(counts)
        self._keys: dict[tuple[str, tuple[str, ...]], tuple[str, str]] = {}

    def key(self, text: str, own: tuple[str, ...] = ()) -> str:
        """Letters of the text in small, without names of offices, years and numbers; a word printed twice counts once."""
        return self._folded(text, own)[0]

    def shown(self, text: str, own: tuple[str, ...] = ()) -> str:
        """The text as printed, with a sign in the place of names of offices and of years."""
        return self._folded(text, own)[1]

    def _folded(self, text: str, own: tuple[str, ...]) -> tuple[str, str]:
        small = text.casefold()
        asked = text, tuple(name for name in own if name in small)
        if asked not in self._keys:
            shown = without_names(text, asked[1])
            words = groupby(_LETTERS.findall(plain(shown)))
            self._keys[asked] = "".join(self._meant.get(word, word) for word, _ in words), shown
        return self._keys[asked]


def plain(text: str) -> str:
    """The text in small letters, accents and ligatures taken apart."""
    return unicodedata.normalize("NFKD", text).casefold()


def without_names(text: str, own: tuple[str, ...]) -> str:
    """A text with a sign in the place of names of offices and regions, and of years."""
    text = _named().sub(LEFT_OUT, text)
    for name in own:
        text = _alone(name).sub(LEFT_OUT, text)
    return re.sub(r"… (?=[;,.:)])", "…", " ".join(_year().sub(LEFT_OUT, text).split()))


@cache
def _alone(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)


@cache
def _year() -> re.Pattern[str]:
    return re.compile(_words()["year"])


def misprints(counts: Mapping[str, int]) -> dict[str, str]:
    """Words that do not exist -> the frequent word that each is nearest to; a word that exists is never changed."""
    by_length: dict[int, list[str]] = {}
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        by_length.setdefault(len(word), []).append(word)
    meant: dict[str, str] = {}
    for word in sorted(counts):
        if len(word) < SHORTEST_MENDED or exists(word):
            continue
        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        choices = [
            other
            for length in range(len(word) - slips, len(word) + slips + 1)
            for other in by_length.get(length, ())
            if counts[other] >= RARER * counts[word]
        ]
        near = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=slips)
        if near is not None:
            meant[word] = near[0]
    return meant


@cache
def exists(word: str) -> bool:
    """It is a word of the language as it is printed."""
    stems = language().read(word)
    return not stems or all(stem.exists and stem.share == 1 for stem in stems)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("audit").joinpath("data", "compare-words.toml").read_text(encoding="utf-8"))


def _bare(name: str) -> str:
    """The name of a region without its level."""
    levels = "|".join(_words()["levels"])
    return re.sub(rf"^(?:{levels})\s+", "", plain(name))


@cache
def _named() -> re.Pattern[str]:
    """An office with its region, or a level with its region; a region alone may be a common word."""
    levels = rf"\b(?:{'|'.join(_words()['levels'])})\b\.?"
    names = sorted({_bare(satker.name) for satker in satkers().values()}, key=lambda name: (-len(name), name))
    regions = rf"\b(?:{'|'.join(map(re.escape, names))})\b"
    level = rf"{levels}(?:\s*/\s*{levels})*"
    return re.compile(rf"{_words()['office']}(?:\s*{level})?(?:\s+{regions})?|{level}(?:\s+{regions})?", re.IGNORECASE)
