"""Which entries of a feed are Zona Integritas plans, by their titles: fuzzy, with the phrases in ``data/zi_titles.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

DATA = Path(__file__).with_name("data") / "zi_titles.toml"
FULL_SHARE = 100.0
SHORTEST_FUZZY = 6  # letters: in a shorter phrase one slip makes another word
MOST_WORDS = 80  # words of a title that are looked at
LOOK_CLOSER = 60.0  # likeness of the best stretch of letters below which no phrase of Zona Integritas can be found

Kind = Literal["plan", "maybe", "aside", "other"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the title of a plan a title is.

    Attributes:
        kind: plan; maybe (Zona Integritas, no word on what); aside (a team, an event); other.
        score: 0..100.
        why: what it was told by.
    """

    kind: Kind
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The data file."""

    abbreviations: dict[str, tuple[str, ...]]
    zi: tuple[tuple[str, ...], ...]
    plan: tuple[tuple[str, ...], ...]
    not_the_plan: tuple[tuple[str, ...], ...]
    aside: tuple[tuple[str, ...], ...]
    neither: float
    least: float
    near_miss: float
    no_decrees: tuple[str, ...]


@cache
def _phrases() -> _Phrases:
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))

    def split(name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(phrase.split()) for phrase in data[name]["phrases"])

    return _Phrases(
        abbreviations={short: tuple(long.split()) for short, long in data["abbreviations"].items()},
        zi=split("zi"),
        plan=split("plan"),
        not_the_plan=split("not_the_plan"),
        aside=split("aside"),
        neither=float(data["neither"]["likeness"]),
        least=float(data["least"]["likeness"]),
        near_miss=float(data["least"]["near_miss"]),
        no_decrees=tuple(data["no_decrees"]["kinds"]),
    )


def least_likeness() -> float:
    """The likeness from which an entry is taken, unless the user says otherwise."""
    return _phrases().least


def near_miss() -> float:
    """The likeness from which an entry that is not taken is told by name."""
    return _phrases().near_miss


def likeness_to_plan(title: str | None) -> Likeness:
    """How like the title of a Zona Integritas plan a title is.

    Args:
        title: as sent, with or without "Keputusan ... Nomor ... tentang".
    """
    known = _phrases()
    words = words_of(title or "")
    subject, told = _best(words, known.zi) if _worth_a_look(words, known) else (0.0, "")
    if not told:
        return Likeness("other", 0.0, "nothing of Zona Integritas")
    rest = _without(words, known.not_the_plan)
    plan, plan_told = _best(rest, known.plan)
    _, aside = _best(words, known.aside)
    if plan_told:
        # A plan in bad spelling is at least what a title without any word on its kind is.
        plan = plan if aside else max(plan, known.neither)
        return Likeness("plan", round(min(subject, plan), 1), f"{plan_told}, {told}")
    if aside:
        # As near to a plan as can be without being one: always told by name.
        return Likeness("aside", round(min(subject, known.least - 1), 1), f"{aside}, {told}")
    return Likeness("maybe", round(min(subject, known.neither), 1), told)


def may_be_decree(kind: str | None, short_kind: str | None) -> bool:
    """Whether an entry is a decree by its type; one without a type may be."""
    texts = [" ".join(words_of(text)) for text in (kind, short_kind) if text]
    if any(text.startswith(("keputusan", "kep", "sk")) for text in texts):
        return True
    return not any(text.startswith(other) for text in texts for other in _phrases().no_decrees)


def words_of(title: str) -> list[str]:
    """Words in lower case without marks and accents, abbreviations written out."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    out: list[str] = []
    for word in re.findall(r"[a-z0-9]+", plain)[:MOST_WORDS]:
        out += _phrases().abbreviations.get(word, (word,))
    return out


def _worth_a_look(words: Sequence[str], known: _Phrases) -> bool:
    """Whether some stretch of letters is like a phrase: rules out nearly all titles of a feed at once."""
    text = "".join(words)
    return any(fuzz.partial_ratio("".join(phrase), text, score_cutoff=LOOK_CLOSER) > 0 for phrase in known.zi)


def _best(words: Sequence[str], phrases: Sequence[Sequence[str]]) -> tuple[float, str]:
    """The likeness of the phrase that is found best, and the phrase; nothing where none is found."""
    near = ((_found(words, phrase)[0], " ".join(phrase)) for phrase in phrases)
    score, phrase = max(near, key=lambda pair: pair[0], default=(0.0, ""))
    return (score, phrase) if score >= _phrases().near_miss else (0.0, "")


def _found(words: Sequence[str], phrase: Sequence[str]) -> tuple[float, int, int]:
    """How well the phrase stands in the words, and where: blanks may be missing or too many."""
    model = "".join(phrase)
    best = (0.0, 0, 0)
    for length in range(max(1, len(phrase) - 1), len(phrase) + 2):
        for start in range(len(words) - length + 1):
            text = "".join(words[start : start + length])
            score = FULL_SHARE if text == model else _likeness(text, model)
            if score > best[0]:
                best = (score, start, start + length)
    return best


def _likeness(text: str, model: str) -> float:
    """Share of letters without an edit, doubled losses: two slips in ten letters are 60."""
    if len(model) < SHORTEST_FUZZY:
        return 0.0
    return max(0.0, FULL_SHARE * (1 - 2 * Levenshtein.normalized_distance(text, model)))


def _without(words: list[str], phrases: Sequence[Sequence[str]]) -> list[str]:
    """The words without those of the phrases."""
    for phrase in phrases:
        score, start, end = _found(words, phrase)
        if score >= _phrases().least:
            words = [*words[:start], *words[end:]]
    return words
