"""Canonical ids of instruments ("uu-28-1999") and what the register says against a citation as printed."""

from __future__ import annotations

import re

from normalize.gazettes import Gazette
from normalize.instrument_types import InstrumentType
from normalize.register import id_of_full_number, id_of_title, register, same_title

_OFFICE_LEVEL = re.compile(r"\b(kabupaten|kota|provinsi)\s+(.+)$")
_LEVEL_SLUG = {"kabupaten": "kab", "kota": "kota", "provinsi": "prov"}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def instrument_id(
    kind: InstrumentType, number: str | None, year: int | None, title: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """The canonical id and notes on how it was had; null where number, year or the issuing region are not to be had."""
    if kind.slug == "uud":
        return "uud-1945", ()
    if number is None:
        return None, ()
    plain = re.sub(r"\s+", "", number).lower()
    if "/" in plain and (known := id_of_full_number(plain)):
        return known, ()
    short = re.fullmatch(r"0*(\d+[a-z]?)(?:/((?:19|20)\d{2}))?", plain)
    if short and year is None:
        known = id_of_title(kind.type, short[1], title) if title else None
        return (known, ("year-from-register",)) if known else (None, ())
    tail = f"{short[1]}-{year}" if short else plain
    if not short and year is not None and str(year) not in plain:
        tail = f"{plain}-{year}"
    if kind.scope == "region":
        return (f"{kind.slug}-{_slug(kind.remainder)}-{tail}", ()) if kind.remainder else (None, ())
    if kind.scope == "office":
        level = _OFFICE_LEVEL.search(kind.remainder)
        if level:
            return f"{kind.slug}{_LEVEL_SLUG[level[1]]}-{_slug(level[2])}-{tail}", ()
        return f"{kind.slug}-{_slug(kind.remainder) + '-' if kind.remainder else ''}{tail}", ()
    if kind.scope == "sender" and short:
        return (f"{kind.slug}-{_slug(kind.remainder)}-{tail}", ()) if kind.remainder else (None, ())
    return f"{kind.slug}-{tail}", ()


def conflicts(kind: InstrumentType, id_: str | None, title: str | None, gazettes: tuple[Gazette, ...]) -> tuple[str, ...]:
    """Notes on what is printed otherwise than the series rule or the register has it; nothing is corrected."""
    notes: list[str] = []
    if kind.gazettes is not None and any(g.series not in kind.gazettes for g in gazettes):
        notes.append("gazette-series-unexpected")
    item = register().get(id_ or "")
    if item is None:
        return tuple(notes)
    known = {series: (year, number) for series, year, number in item.gazettes}
    for gazette in gazettes:
        year, number = known.get(gazette.series, ("", ""))
        wrong_number = bool(number and gazette.number and number != gazette.number)
        wrong_year = bool(year and gazette.year and int(year) != gazette.year)
        if wrong_number or wrong_year:
            notes.append("gazette-differs-from-register")
            break
    if title and not same_title(title, item.title):
        notes.append("title-differs-from-register")
    return tuple(notes)
