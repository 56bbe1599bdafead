"""When an instrument came and went, as the register knows it, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from audit.claims import Both, Severity
from audit.dossier import Dossier, Text
from audit.rules.legal_knowledge import knowledge
from audit.rules.legal_reading import name_of
from normalize.register import CONFIDENCES, Confidence, Fact, RegisteredInstrument, fact, register, weakest

GRACE = 60  # days in which an office may not yet have heard of a new instrument
_YEAR_OF_ID = re.compile(r"-(\d{4})$")


@dataclass(frozen=True, slots=True)
class Known:
    """Something known of an instrument at the day of a decree.

    Attributes:
        instrument_id: the instrument that came, or that replaced the other.
        day: no later than.
        confidence: of the weakest fact that it rests on.
        source: where they were read.
    """

    instrument_id: str
    day: date
    confidence: Confidence
    source: Both

    @property
    def likely(self) -> tuple[str, ...]:
        """Why a claim that rests on it is no more than likely."""
        return () if self.confidence == CONFIDENCES[-1] else ("fact-not-verified",)

    def severity(self, on: date, usual: Severity) -> Severity:
        """How a claim about a decree of that day weighs: a new instrument may not be known yet, and memory may err."""
        return "info" if (on - self.day).days < GRACE else usual


def day_of(dossier: Dossier) -> date | None:
    """The day of a decree; where only its year is known, the first day of it, which is before no later day."""
    if dossier.signed is not None:
        return dossier.signed
    return date(dossier.year, 1, 1) if dossier.year is not None else None


def dated_by(dossier: Dossier) -> tuple[Text, ...]:
    """The printed date, where a claim about time may err with it: in a scan."""
    printed = dossier.fields.get("date")
    return (printed,) if printed is not None and dossier.kind != "digital" else ()


def said(instrument_id: str, field: str, known: Fact) -> Both:
    """A fact with its source, for the reader.

    Args:
        instrument_id: the instrument.
        field: what the fact is about, as `audit/data/legal.toml` words it.
        known: the fact.
    """
    value = name_of(known.value) if known.value in register() else known.value
    return Both(*(_said(instrument_id, field, value, known, language) for language in ("id", "en")))


def _said(instrument_id: str, field: str, value: str, known: Fact, language: str) -> str:
    words = knowledge().words
    told = words[field][language].format(value=value) if field in words else f"{field} {value}"
    source = f": {known.source}" if known.source else ""
    return f"{name_of(instrument_id)} {told} ({words[known.confidence][language]}{source})"


def registered(item: RegisteredInstrument) -> Both:
    """That an instrument stands in the register, and how sure its entry is."""
    name, words = name_of(item.instrument_id), knowledge().words[item.confidence]
    return Both(f"register: {name} ({words['id']})", f"register: {name} ({words['en']})")


def in_being(instrument_id: str, on: date) -> Known | None:
    """That an instrument was made before a day; null where that is not known.

    One of an earlier year was, whatever its day.
    """
    enacted = fact(instrument_id, "date_enacted")
    day = date.fromisoformat(enacted.value) if enacted else None
    year = _year_of(instrument_id)
    last = date(year, 12, 31) if year else None
    if last and last < on:
        return Known(instrument_id, min(day or last, last), CONFIDENCES[-1], Both.alike(f"{name_of(instrument_id)}: {year}"))
    if enacted and day and day <= on:
        return Known(instrument_id, day, enacted.confidence, said(instrument_id, "date_enacted", enacted))
    return None


def not_yet(instrument_id: str, on: date) -> Known | None:
    """That an instrument was made after a day only; null where that is not known."""
    enacted = fact(instrument_id, "date_enacted")
    if enacted and date.fromisoformat(enacted.value) > on:
        day = date.fromisoformat(enacted.value)
        return Known(instrument_id, day, enacted.confidence, said(instrument_id, "date_enacted", enacted))
    item = register().get(instrument_id)
    if item and item.year > on.year:
        return Known(
            instrument_id, date(item.year, 1, 1), CONFIDENCES[-1], Both.alike(f"{name_of(instrument_id)}: {item.year}")
        )
    return None


def replaced(instrument_id: str | None, on: date) -> Known | None:
    """The instrument that had replaced another at a day; null where it stood or nothing is known."""
    key = instrument_id or ""
    status, by, when = fact(key, "status"), fact(key, "repealed_by"), fact(key, "repealed_on")
    if status is None or status.value != "repealed" or by is None:
        return None
    came = in_being(by.value, on)
    facts = [status, by]
    source = said(key, "repealed_by", by)
    if came is not None:
        confidence = min(came.confidence, weakest(*facts), key=CONFIDENCES.index)
        day = date.fromisoformat(when.value) if when else came.day
        return Known(by.value, day, confidence, source)
    if when is not None and date.fromisoformat(when.value) <= on:
        return Known(by.value, date.fromisoformat(when.value), weakest(*facts, when), source)
    return None


def _year_of(instrument_id: str) -> int | None:
    """The year of its gazette, which may be later than that of its number; of its number where no gazette is known."""
    for field in ("ln_year", "bn_year"):
        known = fact(instrument_id, field)
        if known:
            return int(known.value)
    item = register().get(instrument_id)
    match = _YEAR_OF_ID.search(instrument_id)
    return item.year if item else int(match[1]) if match else None
