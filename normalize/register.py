"""The register of common instruments: to resolve and compare with, never to overwrite what is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rapidfuzz import fuzz

from normalize.data_files import rows
from normalize.loose import letters

Confidence = Literal["verified", "likely", "memory"]

CONFIDENCES: tuple[Confidence, ...] = ("memory", "likely", "verified")
"""How sure a fact is, weakest first: general knowledge that nobody checked; a secondary source; a published text."""

# Two printings of one title agree at least so far (case, commas, "Penyelenggara" for "Penyelenggaraan" aside).
SAME_TITLE = 88.0
# A law that makes a Perppu a law names it at the start of its title, written out.
_MADE_LAW = re.compile(r"Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor (\d+) Tahun (\d{4})")


@dataclass(frozen=True, slots=True)
class RegisteredInstrument:
    """One instrument of the register; `gazettes` maps a series to (year, number), both as text, year "" for a TLN."""

    instrument_id: str
    type: str
    number: str
    year: int
    title: str
    gazettes: tuple[tuple[str, str, str], ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A single fact of the register: its value, how sure it is, and where it was read ("" for general knowledge)."""

    value: str
    confidence: Confidence
    source: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """A step in the chain of amendments of a base instrument; `fact` holds the id of the amending instrument."""

    base_id: str
    ordinal: int
    fact: Fact


@cache
def register() -> dict[str, RegisteredInstrument]:
    """Every registered instrument by its id."""
    table: dict[str, RegisteredInstrument] = {}
    for row in rows("instruments"):
        gazettes = tuple(
            (series, year, number)
            for series, year, number in (
                ("LN", row["ln_year"], row["ln_number"]),
                ("TLN", "", row["tln_number"]),
                ("BN", row["bn_year"], row["bn_number"]),
            )
            if number
        )
        table[row["instrument_id"]] = RegisteredInstrument(
            instrument_id=row["instrument_id"],
            type=row["type"],
            number=row["number"],
            year=int(row["year"]),
            title=row["title"],
            gazettes=gazettes,
            confidence=row["confidence"],
        )
    return table


@cache
def _facts() -> dict[tuple[str, str], tuple[Fact, ...]]:
    table: dict[tuple[str, str], tuple[Fact, ...]] = {}
    for row in rows("instrument_facts"):
        key = row["instrument_id"], row["field"]
        table[key] = (*table.get(key, ()), Fact(row["value"], confidence_of(row["confidence"]), row["source"]))
    return table


def confidence_of(word: str) -> Confidence:
    """The confidence that a data file names; a word not known counts as the weakest."""
    return next((known for known in CONFIDENCES if known == word), CONFIDENCES[0])


def weakest(*facts: Fact) -> Confidence:
    """The confidence of what rests on all these facts; verified where there is none."""
    return min((fact.confidence for fact in facts), key=CONFIDENCES.index, default=CONFIDENCES[-1])


def fact(instrument_id: str | None, field: str) -> Fact | None:
    """A fact by its field in `instrument_facts.csv` (title, ln_number, repealed_on ...), null when it is not known."""
    known = _facts().get((instrument_id or "", field), ())
    return known[0] if known else None


def titles(instrument_id: str | None) -> tuple[Fact, ...]:
    """Every attested title of an instrument, the usual one first; empty when it is not registered."""
    key = instrument_id or ""
    return (*_facts().get((key, "title"), ()), *_facts().get((key, "title_also"), ()))


@cache
def _chains() -> dict[str, tuple[Amendment, ...]]:
    table: dict[str, list[Amendment]] = {}
    for row in rows("chains"):
        known = Fact(row["amending_id"], confidence_of(row["confidence"]), row["source"])
        table.setdefault(row["base_id"], []).append(Amendment(row["base_id"], int(row["ordinal"]), known))
    return {base: tuple(sorted(steps, key=lambda step: step.ordinal)) for base, steps in table.items()}


def amendments(base_id: str | None) -> tuple[Amendment, ...]:
    """The known amendments of an instrument, first to last."""
    return _chains().get(base_id or "", ())


@cache
def _steps() -> dict[str, Amendment]:
    return {step.fact.value: step for steps in _chains().values() for step in steps}


def amendment_of(amending_id: str | None) -> Amendment | None:
    """The step that an amending instrument is in its chain, null when it is in none."""
    return _steps().get(amending_id or "")


@cache
def _laws_of_perppu() -> dict[str, Fact]:
    table: dict[str, Fact] = {}
    for instrument_id in register():
        title = fact(instrument_id, "title")
        match = _MADE_LAW.match(title.value) if title else None
        if match and title:
            table[f"perppu-{match[1]}-{match[2]}"] = Fact(instrument_id, title.confidence, title.source)
    return table


def law_of_perppu(instrument_id: str | None) -> Fact | None:
    """The id of the law that made a Perppu a law, null when it is no Perppu or none is registered."""
    return _laws_of_perppu().get(instrument_id or "")


@cache
def _by_number() -> dict[str, str]:
    """Ids by their full office number ("314/ort.07-kpt/01/kpu/v/2021"), which needs no type to be unique."""
    return {item.number.lower(): item.instrument_id for item in register().values() if "/" in item.number}


def id_of_full_number(number: str) -> str | None:
    """The registered id of a number that names its office itself, null when it is not registered."""
    return _by_number().get(number.lower())


def id_of_title(type_: str, number: str, title: str) -> str | None:
    """The registered id of an instrument printed without its year, when type, number and title leave one."""
    ids = [
        item.instrument_id
        for item in register().values()
        if item.type == type_ and item.number == number and same_title(item.title, title)
    ]
    return ids[0] if len(ids) == 1 else None


def same_title(one: str, other: str) -> bool:
    """True when two printed titles are one title but for case, marks and slips."""
    return fuzz.ratio(letters(one), letters(other)) >= SAME_TITLE
