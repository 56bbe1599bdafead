"""Gazettes of the cited instruments: number and year, series, what is left out, and what one document prints two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import add

from audit.claims import Both, Claim, Severity
from audit.dossier import Gazette, Text
from audit.rules.legal_facts import said
from audit.rules.legal_knowledge import knowledge
from audit.rules.legal_reading import Basis, Case, Witness, name_of, not_it, office, one_digit_off, series_of
from normalize.gazettes import find_gazettes
from normalize.register import CONFIDENCES, Fact, fact, register, weakest

BACKING = 2  # decrees of other offices that make a note of general knowledge a warning
_FIELDS = {"LN": ("ln_year", "ln_number"), "TLN": (None, "tln_number"), "BN": ("bn_year", "bn_number")}


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a gazette should be, why that is no more than likely, how it weighs, and where it is known from."""

    reading: Text | str
    number: str
    year: int | None
    likely: tuple[str, ...]
    severity: Severity | None
    source: Both | None


def claims(case: Case) -> Iterator[Claim]:
    """What the gazettes of a document's legal bases say wrongly."""
    told: set[str | None] = set()
    for basis in case.bases:
        for gazette in basis.citation.gazettes:
            if wrong := _wrong_series(basis, gazette):
                told.add(basis.id)
                yield wrong
                continue
            if differs := _differs(case, basis, gazette):
                told.add(basis.id)
                yield differs
            elif basis.citation.part == "mengingat" or case.listed("lampiran"):
                yield from _year(basis, gazette)
    for basis in case.listed():
        yield from _left_out(case, basis)
    yield from _two_ways(case, told)


def _printed(basis: Basis, gazette: Gazette) -> Text:
    """The words of a citation that print one of its gazettes."""
    text = basis.text.text
    for span in find_gazettes(text):
        one = span.gazette
        if (one.series, one.year, one.number) == (gazette.series, gazette.year, gazette.number):
            return basis.part_of_text(text[span.start : span.end])
    return basis.text


def _is_grouped(basis: Basis, gazette: Gazette) -> bool:
    """The number is printed with a point between its digits ("5.494"), of which only the first were read."""
    return re.search(rf"(?<!\d){re.escape(gazette.number or '')}\.\d{{3}}(?!\d)", basis.text.text + basis.after) is not None


def _written(series: str, year: int | str | None, number: str) -> str:
    """A gazette as decrees print it."""
    name = knowledge().gazettes.get(series, series)
    return f"{name} Tahun {year} Nomor {number}" if year else f"{name} Nomor {number}"


def _wrong_series(basis: Basis, gazette: Gazette) -> Claim | None:
    """A series that instruments of this type are not promulgated in."""
    allowed = series_of(basis.citation.type)
    if allowed is None or gazette.series in allowed:
        return None
    if any(knowledge().besides.get(one) == gazette.series for one in allowed):
        return None
    if not allowed and not (basis.citation.type or "").startswith(knowledge().never):
        return None
    names = " / ".join(sorted(knowledge().gazettes[one] for one in allowed if not one.startswith("T")))
    return Claim(
        "gazette-series-wrong" if allowed else "gazette-of-a-decree",
        basis.id,
        found=_printed(basis, gazette),
        expected=names or None,
        words={"name": basis.name, "where": basis.where},
        doubts=not_it(basis),
        likely=() if allowed else ("practice",),
    )


def _differs(case: Case, basis: Basis, gazette: Gazette) -> Claim | None:
    """A number or year that the register, or most other decrees, have otherwise."""
    if gazette.number is None or _is_grouped(basis, gazette):
        return None
    expected = _by_register(case, basis, gazette) or _by_decrees(case, basis, gazette)
    if expected is None:
        return None
    found = _printed(basis, gazette)
    numbers = (
        f"{gazette.year or expected.year or ''} {gazette.number}",
        f"{expected.year or gazette.year or ''} {expected.number}",
    )
    return Claim(
        "gazette-differs",
        basis.id,
        found=found,
        expected=expected.reading,
        words={"name": basis.name, "where": basis.where},
        doubts=(*not_it(basis), *one_digit_off(basis, *numbers)),
        likely=expected.likely,
        severity=expected.severity,
        source=expected.source,
    )


def _agrees(gazette: Gazette, year: int | None, number: str) -> bool:
    return (gazette.number or "").lstrip("0") == number.lstrip("0") and (
        year is None or gazette.year is None or gazette.year == year
    )


def _by_register(case: Case, basis: Basis, gazette: Gazette) -> _Expected | None:
    """What the register has instead; a fact that nobody verified gives way to what other decrees print."""
    facts = _registered(basis.id, gazette.series)
    if facts is None:
        return None
    year, number = facts
    known_year = int(year.value) if year else None
    if _agrees(gazette, known_year, number.value):
        return None
    confidence = weakest(number, *([year] if year else []))
    votes = _votes(case, basis, gazette.series)
    backing = [(w, g) for w, g in votes if _agrees(g, known_year, number.value)]
    against = [w for w, g in votes if g.number == gazette.number and g.year == gazette.year]
    if confidence != CONFIDENCES[-1] and len(against) >= max(1, len(backing)):
        return None
    likely = [] if confidence == CONFIDENCES[-1] else ["fact-not-verified"]
    source = said(basis.id or "", gazette.series, number)
    if owner := _owner(gazette, basis.id):
        source += Both.alike(f"{_written(gazette.series, gazette.year, gazette.number or '')}: {name_of(owner)}")
    written = _written(gazette.series, known_year, number.value)
    reading: Text | str = written
    if likely and backing:
        witness, whole = max(backing, key=lambda vote: vote[1].year is not None)
        reading = _printed(witness.basis, whole)
        likely.append("majority-of-decrees")
    severity: Severity | None = "info" if confidence == CONFIDENCES[0] and len(backing) < BACKING else None
    return _Expected(reading, number.value, known_year, tuple(likely), severity, source)


def _registered(instrument_id: str | None, series: str) -> tuple[Fact | None, Fact] | None:
    """Year and number of a gazette by the register; the year is null for a TLN."""
    year_field, number_field = _FIELDS.get(series, (None, None))
    number = fact(instrument_id, number_field) if number_field else None
    if number is None:
        return None
    return (fact(instrument_id, year_field) if year_field else None), number


def _owner(gazette: Gazette, but: str | None) -> str | None:
    """The registered instrument that a gazette belongs to in truth."""
    for item in register().values():
        for series, year, number in item.gazettes:
            same = series == gazette.series and number == gazette.number
            if same and item.instrument_id != but and (not year or gazette.year is None or int(year) == gazette.year):
                return item.instrument_id
    return None


def _votes(case: Case, basis: Basis, series: str) -> list[tuple[Witness, Gazette]]:
    """What other offices print as the gazette of an instrument: one vote each."""
    votes: dict[str, tuple[Witness, Gazette]] = {}
    for witness in case.others.of(basis.id, case.dossier):
        for gazette in witness.basis.citation.gazettes:
            if gazette.series == series and gazette.number is not None and not not_it(witness.basis):
                votes.setdefault(office(witness.dossier), (witness, gazette))
    return list(votes.values())


def _by_decrees(case: Case, basis: Basis, gazette: Gazette) -> _Expected | None:
    """What most decrees print instead, this one among them, where the register knows nothing: so two others at least."""
    if _registered(basis.id, gazette.series) is not None:
        return None
    votes = _votes(case, basis, gazette.series)
    counts = Counter((g.year, g.number) for _, g in votes)
    if not counts:
        return None
    (year, number), most = counts.most_common(1)[0]
    mine = counts[gazette.year, gazette.number]
    if most <= mine + 1 or number is None or _agrees(gazette, year, number):
        return None
    reading = next(_printed(w.basis, g) for w, g in votes if (g.year, g.number) == (year, number))
    return _Expected(
        reading, number, year, ("majority-of-decrees",), None, Both(f"{most} keputusan lain", f"{most} other decrees")
    )


def _year(basis: Basis, gazette: Gazette) -> Iterator[Claim]:
    """A gazette without the year that its series has; one of before the instrument itself."""
    if gazette.series.startswith("T"):
        return
    words = {"name": basis.name, "where": basis.where}
    if gazette.year is None:
        year = basis.citation.year
        known = fact(basis.id, f"{gazette.series.lower()}_year")
        expected = known.value if known else str(year) if year else None
        yield Claim(
            "gazette-without-year", basis.id, _printed(basis, gazette), expected, {**words, "expected": expected or "…"}
        )
    elif basis.citation.year is not None and gazette.year < basis.citation.year:
        doubts = (*not_it(basis), *one_digit_off(basis, str(gazette.year), str(basis.citation.year)))
        yield Claim("gazette-before-instrument", basis.id, _printed(basis, gazette), None, words, doubts=doubts)


def _left_out(case: Case, basis: Basis) -> Iterator[Claim]:
    """Gazettes that are not printed although the instrument has them, in a list that prints those of others."""
    part = basis.citation.part
    allowed = series_of(basis.citation.type) or frozenset()
    printed = {gazette.series for gazette in basis.citation.gazettes}
    if not allowed or printed - allowed or not any(one.citation.gazettes for one in case.listed(part)):
        return
    lacking = {s: known for s in sorted(allowed - printed) if (known := _registered(basis.id, s)) is not None}
    if not lacking or not_it(basis):
        return
    written = ", ".join(_written(s, year.value if year else None, number.value) for s, (year, number) in lacking.items())
    facts = [one for pair in lacking.values() for one in pair if one is not None]
    witnesses = [
        w for w in case.others.of(basis.id, case.dossier) if set(lacking) <= {g.series for g in w.basis.citation.gazettes}
    ]
    verified = weakest(*facts) == CONFIDENCES[-1]
    if weakest(*facts) == CONFIDENCES[0] and not witnesses:
        return
    prescribed = basis.citation.type in knowledge().prescribed
    yield Claim(
        "gazette-left-out",
        basis.id,
        found=basis.text,
        expected=written,
        words={"name": basis.name, "where": basis.where},
        rests_on=tuple(w.basis.text for w in witnesses[:1]),
        likely=() if verified else ("fact-not-verified",),
        severity=None if prescribed and part == "mengingat" else "info",
        source=reduce(add, (said(basis.id or "", series, number) for series, (_, number) in lacking.items())),
    )


def _two_ways(case: Case, told: set[str | None]) -> Iterator[Claim]:
    """An instrument that one document prints with two gazettes, where none of them is known to be wrong."""
    first: dict[tuple[str, str], tuple[Basis, Gazette]] = {}
    for basis in case.bases:
        for gazette in basis.citation.gazettes:
            if basis.id is None or basis.id in told or gazette.number is None:
                continue
            before, other = first.setdefault((basis.id, gazette.series), (basis, gazette))
            if not _agrees(gazette, other.year, other.number or ""):
                yield Claim(
                    "gazette-two-ways",
                    basis.id,
                    found=_printed(basis, gazette),
                    expected=_printed(before, other),
                    words={"name": basis.name, "where": basis.where, "other": before.where},
                    doubts=(*not_it(basis), *one_digit_off(basis, gazette.number, other.number or "")),
                )
