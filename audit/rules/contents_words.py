"""What the rules about contents know of the wording of decrees, and texts as they compare them."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from rapidfuzz.distance import OSA, Levenshtein

from audit.dossier import Dossier, Text
from normalize.dates import parse_date

SLIPS = ((8, 2), (4, 1))  # letters of a word, and how many may be misprinted in it; shorter words must agree
EXCERPT = 90  # letters of a long text that a message quotes

_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Zone:
    """A predicate of the Zona Integritas: what is looked for, and what the regulation calls it."""

    pattern: re.Pattern[str]
    official: str


@dataclass(frozen=True, slots=True)
class Words:
    """The file `audit/data/contents.toml`; lists and patterns by table and name.

    Attributes:
        lists: words, by "table.name", of the top level by "name".
        patterns: compiled, by the same names.
        short_forms: abbreviation -> words.
        zones: the predicates.
        places: names of the places of a decree, by language.
        areas: the areas of change in the order of the form.
    """

    lists: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, re.Pattern[str]]
    short_forms: Mapping[str, str]
    zones: tuple[Zone, ...]
    places: Mapping[str, Mapping[str, str]]
    areas: Mapping[str, re.Pattern[str]]


@cache
def known() -> Words:
    """The knowledge of these rules."""
    data = tomllib.loads(resources.files("audit").joinpath("data", "contents.toml").read_text(encoding="utf-8"))
    tables = {"": data, **{name: data[name] for name in ("considerations", "dikta", "offices", "officers", "spelling")}}
    named = {
        f"{table}.{name}".lstrip("."): value
        for table, values in tables.items()
        for name, value in values.items()
        if isinstance(value, str | list) and name != "zones"
    }
    return Words(
        lists={name: tuple(value) for name, value in named.items() if isinstance(value, list)},
        patterns={name: _pattern(value) for name, value in named.items() if isinstance(value, str)},
        short_forms=data["short_forms"],
        zones=tuple(Zone(_pattern(zone["pattern"]), zone["official"]) for zone in data["zones"]),
        places=data["places"],
        areas={name: _pattern(value) for name, value in data["areas"].items()},
    )


def _pattern(said: str) -> re.Pattern[str]:
    return re.compile(said, re.IGNORECASE)


def folded(text: str) -> tuple[str, ...]:
    """The words of a text for comparison: small, without what stands in brackets, abbreviations written out."""
    words = (w for w in _WORD.findall(_BRACKETS.sub(" ", text).casefold()))
    return tuple(one for w in words for one in known().short_forms.get(w, w).split())


def near(word: str, other: str) -> bool:
    """The words are one but for a misprint or a misreading."""
    allowed = next((slips for letters, slips in SLIPS if min(len(word), len(other)) >= letters), 0)
    return word == other or (not word.isdigit() and OSA.distance(word, other, score_cutoff=allowed) <= allowed)


def beyond(words: Sequence[str], others: Iterable[str]) -> tuple[str, ...]:
    """The words that the others lack, misprints aside."""
    rest = list(others)
    out = []
    for word in words:
        at = next((i for i, other in enumerate(rest) if near(word, other)), None)
        if at is None:
            out.append(word)
        else:
            del rest[at]
    return tuple(out)


def quoting(text: Text, said: str) -> Text:
    """A part of a text, standing where the text stands."""
    return replace(text, text=said)


def signed_on(dossier: Dossier) -> dt.date | None:
    """The date of signing as printed, else as the tables have it: print is held against print."""
    printed = dossier.fields.get("date")
    return (parse_date(printed.text) if printed is not None else None) or dossier.signed


def one_digit_off(dossier: Dossier, found: object, expected: object) -> tuple[str, ...]:
    """The doubt about a number or a day in a scan that one digit parts from what is expected: OCR may have done it."""
    near_by = Levenshtein.distance(str(found), str(expected)) <= 1
    return ("one-digit-off-in-a-scan",) if near_by and dossier.kind != "digital" else ()


def excerpt(said: str) -> str:
    """A text short enough for a message."""
    return said if len(said) <= EXCERPT else said[: EXCERPT - 1].rstrip() + "…"


def listed(names: Iterable[str], *, language: str) -> str:
    """Names in one line: "a, b dan c"."""
    told = list(dict.fromkeys(names))
    if len(told) < 2:
        return "".join(told)
    return ", ".join(told[:-1]) + (" dan " if language == "id" else " and ") + told[-1]
