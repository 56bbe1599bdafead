"""The type of an instrument from its printed name: "Peraturan Menteri Dalam Negeri" -> Permendagri."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from normalize.data_files import rows
from normalize.loose import letters, loose, near

# A misprinted name still counts as the name from this share of equal letters on ("Apartur Negara"): two or three slips
# in a ministry's name, none in "Peraturan Presiden" against "Peraturan Pemerintah" (which share 76).
_NEAR = 90.0
# The act itself must agree more than by chance: "peraturan" and "keputusan" share 56.
_ACT, _NEAR_ACT = 9, 75.0
_SHORTEST_FUZZY = 8  # letters: "perpu" must not be near to "perbup"
_STATE = re.compile(
    rf"(?:\bnegara\s+)?{loose('republik indonesia')}(?![a-z])|"
    r"\b(?:negara\s+)?rep[a-z]{3,5}\s+[a-z1|]n[a-z]{5,8}\b|\bNKRI\b|(?-i:\bR\.?I\.?(?=\s|$))",
    re.IGNORECASE,
)
# Acts of a minister, on letters alone: a letter-spaced or broken printing is the same name.
_MINISTER = re.compile(r"(?P<act>peraturan|keputusan|suratedaran|instruksi)menteri(?P<ministry>[a-z]+)")
# The words every name begins with, read through up to so many slips.
_ACT_WORDS = (("peraturan", 2), ("keputusan", 2), ("instruksi", 2), ("menteri", 1), ("presiden", 1), ("pemerintah", 2))
_ACT_SHORT = {"peraturan": "Permen", "keputusan": "Kepmen", "suratedaran": "SE Men", "instruksi": "InsMen"}
_GLUED = re.compile(r"\b(permen|kepmen|se\s?men|keppres|perpres)[\s-]?(?=[a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InstrumentType:
    """What a printed name says about an instrument.

    `slug` begins the canonical id. `scope` tells what else the id needs: nothing (`national`, `body`), the office
    (`office`), the region (`region`), the sender (`sender`: a letter's number says it). `remainder` is the printed rest
    behind the known phrase ("Provinsi Bali"). `gazettes` are the series such an instrument is promulgated in; null when
    nothing is known about it.
    """

    type: str
    slug: str
    scope: str
    remainder: str
    gazettes: frozenset[str] | None
    exact: bool


@dataclass(frozen=True, slots=True)
class _Known:
    words: str
    key: str
    open_end: bool
    type: str
    slug: str
    scope: str
    gazettes: frozenset[str] | None


@cache
def _known() -> tuple[_Known, ...]:
    table = [
        _Known(
            words=row["phrase"].rstrip("*"),
            key=letters(row["phrase"]),
            open_end=row["phrase"].endswith("*"),
            type=row["type"],
            slug=row["slug"],
            scope=row["scope"],
            gazettes=frozenset(row["gazettes"].split()) if row["scope"] != "sender" else None,
        )
        for row in rows("instrument_types")
    ]
    return tuple(sorted(table, key=lambda known: -len(known.key)))  # the longest name that fits is meant


@cache
def _ministries() -> tuple[tuple[str, str], ...]:
    """(folded name or variant, short name), longest first."""
    table = [(letters(name), row["short"]) for row in rows("ministries") for name in (row["name"], *row["variants"].split(";"))]
    return tuple(sorted(table, key=lambda pair: -len(pair[0])))


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b{re.escape(row['printed'])}\b"), row["canonical"]) for row in rows("phrase_words"))


def canonical_phrase(printed: str) -> str:
    """A type phrase in lower case, written out, without the state: "Permen PAN-RB" -> "peraturan menteri pan rb"."""
    text = _GLUED.sub(lambda m: m[1] + " " if m[1].lower().endswith("men") else m[0], printed)
    text = _STATE.sub(" ", re.sub(r"\bse\s?men\s", "surat edaran menteri ", text, flags=re.IGNORECASE))
    text = re.sub(r"\s+", " ", re.sub(r"[^a-z/&,.]+", " ", text.lower())).strip(" ,.")
    text = re.sub(r"\.(?=\S)|\.", " ", text)
    text = " ".join(_act_word(word) for word in text.split(" "))
    for pattern, canonical in _words():
        text = pattern.sub(canonical, text)
    return re.sub(r"\s+", " ", text).strip()


def _act_word(word: str) -> str:
    if len(word) < _SHORTEST_FUZZY - 1:
        return word
    return next((model for model, slips in _ACT_WORDS if word[0] == model[0] and near(word, model, slips)), word)


@cache
def type_of_phrase(printed: str) -> InstrumentType:
    """The type of the instrument whose printed name (all before "Nomor") is given; a name not known is its own type."""
    phrase = canonical_phrase(printed)
    key = letters(phrase)
    minister = _MINISTER.fullmatch(key)
    found = _ministerial(minister["act"], minister["ministry"]) if minister else None
    if found:
        return found
    for known in _known():
        if key == known.key or (known.open_end and key.startswith(known.key)):
            return _as_known(known, printed, phrase, exact=True)
    for known in _known():
        if len(known.key) >= _SHORTEST_FUZZY:
            part = key[: len(known.key)] if known.open_end else key
            if fuzz.ratio(part, known.key) >= _NEAR and fuzz.ratio(key[:_ACT], known.key[:_ACT]) >= _NEAR_ACT:
                return _as_known(known, printed, phrase, exact=False)
    name = re.sub(r"\s+", " ", _STATE.sub(" ", printed)).strip(" ,.:")
    return InstrumentType(name, re.sub(r"[^a-z0-9]+", "-", phrase).strip("-"), "body", "", None, True)


def _ministerial(act: str, ministry: str) -> InstrumentType | None:
    short, exact = _short_ministry(ministry)
    if short is None:
        return None
    type_ = _ACT_SHORT[act] + short
    gazettes = frozenset({"BN"}) if act == "peraturan" else frozenset[str]()
    return InstrumentType(type_, letters(type_), "national", "", gazettes, exact)


def _short_ministry(key: str) -> tuple[str | None, bool]:
    for name, short in _ministries():
        if key == name:
            return short, True
    scored = [(fuzz.ratio(key, name), short) for name, short in _ministries() if len(name) >= _SHORTEST_FUZZY]
    best, short = max(scored)
    return (short, False) if best >= _NEAR else (None, True)


def _as_known(known: _Known, printed: str, phrase: str, *, exact: bool) -> InstrumentType:
    remainder = phrase[_end_of(known.key, phrase) :].strip(" ,")
    return InstrumentType(known.type, known.slug, known.scope, remainder, known.gazettes, exact)


def _end_of(key: str, phrase: str) -> int:
    """Where in the phrase as many letters have passed as the key has."""
    seen = 0
    for at, char in enumerate(phrase):
        if seen == len(key):
            return at
        seen += char.isalpha()
    return len(phrase)
