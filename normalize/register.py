"""The register of common instruments: to resolve and compare with, never to overwrite what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from normalize.data_files import rows
from normalize.loose import letters

# Two printings of one title agree at least so far (case, commas, "Penyelenggara" for "Penyelenggaraan" aside).
SAME_TITLE = 88.0


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
