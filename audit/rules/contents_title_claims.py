"""Claims about titles of one decree that differ: in subject, year, predicate or wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audit.claims import Claim
from audit.dossier import Dossier, Text
from audit.rules.contents_titles import Reading, titles_of
from audit.rules.contents_words import Zone, beyond, excerpt, known, listed, one_digit_off, quoting, signed_on

OF_OTHER_FINDINGS = ("tahun", "menuju", "dan", "serta")  # words beside years and predicates
YEARS_AHEAD = 1  # a decree of December may lay down the plan of the next year


def title_claims(dossier: Dossier) -> Iterator[Claim]:
    """The claims about the titles of a decree."""
    titles = titles_of(dossier)
    header = next((one for one in titles if one.place == "title"), None)
    if header is None or known().patterns["of_another_decree"].search(header.quoted):
        return
    others = [one for one in titles if one is not header]
    yield from _subjects(header, others, several=len(list(dossier.texts_of("label"))) > 1)
    yield from _years(dossier, header, others)
    for zone in known().zones:
        yield from _zones(zone, titles)
    yield from _zones_missing(header, others)
    if dossier.kind == "digital":
        yield from _wordings(header, others)


def _subjects(header: Reading, others: Sequence[Reading], *, several: bool) -> Iterator[Claim]:
    """Subjects that differ; of several lampiran each may lay down a part of the decree."""
    for other in others:
        if not (beyond(other.subject, header.subject) and beyond(header.subject, other.subject)):
            continue
        kinds = header.kind is not None and other.kind is not None and header.kind != other.kind
        plans = known().lists["plan_kinds"]
        if not other.formal and not (kinds and header.kind in plans and other.kind in plans and _same_object(header, other)):
            continue
        if other.place == "diktum" and not kinds:
            continue  # "Menetapkan nama-nama ... sebagai Tim": the diktum need not quote the title
        code = "consideration-subject-differs" if other.place == "menimbang" else "title-subject-differs"
        yield Claim(
            code,
            subject=_subject(other),
            found=quoting(other.source, excerpt(other.quoted)),
            expected=quoting(header.source, excerpt(header.quoted)),
            words={"place": other.name("id"), "place_en": other.name("en")},
            severity=None if kinds and other.formal and not (several and other.place == "lampiran_title") else "warning",
        )


def _same_object(header: Reading, other: Reading) -> bool:
    """What is planned for is the same: "RENCANA AKSI" alone may be a chapter of a rencana kerja."""
    planned = header.subject[len((header.kind or "").split()) :]
    return bool(planned) and not beyond(planned, other.subject)


def _subject(reading: Reading) -> str:
    return f"{reading.place}:{reading.label}" if reading.label else reading.place


def _years(dossier: Dossier, header: Reading, others: Sequence[Reading]) -> Iterator[Claim]:
    others = [one for one in others if not one.mentioned or not beyond(header.subject, one.subject)]
    for other in others:
        if other.years and header.years and not set(other.years) & set(header.years):
            yield Claim(
                "title-year-differs",
                subject=_subject(other),
                found=quoting(other.source, excerpt(other.quoted)),
                expected=quoting(header.source, excerpt(header.quoted)),
                words={
                    "place": other.name("id"),
                    "place_en": other.name("en"),
                    "year": _said(other.years),
                    "title_year": _said(header.years),
                },
                severity=None if other.formal else "warning",
                doubts=one_digit_off(dossier, _said(other.years), _said(header.years)),
            )
    with_year = next((one for one in others if one.years), None)
    if not header.years and with_year is not None:
        yield _year_missing([header], with_year)
    without = [one for one in others if one.formal and not one.years and not _year_behind(one)]
    if header.years and without:
        yield _year_missing(without, header)
    signed_at = signed_on(dossier)
    year = signed_at.year if signed_at is not None else dossier.year
    looks_back = bool(header.subject) and header.subject[0] in known().lists["of_past_years"]
    if (
        header.years
        and year is not None
        and not (header.years[-1] >= year - looks_back and header.years[0] <= year + YEARS_AHEAD)
    ):
        signed = dossier.fields.get("date") or dossier.fields.get("number_raw")
        yield Claim(
            "title-year-against-date",
            subject="title",
            found=quoting(header.source, excerpt(header.quoted)),
            expected=signed,
            words={"year": _said(header.years)},
        )


def _year_behind(reading: Reading) -> bool:
    """The paragraph names a year behind the title."""
    return known().patterns["dikta.year"].search(reading.source.text) is not None if reading.place == "diktum" else False


def _year_missing(without: Sequence[Reading], known_from: Reading) -> Claim:
    return Claim(
        "title-year-missing",
        subject=_subject(without[0]),
        found=quoting(without[0].source, excerpt(without[0].quoted)),
        expected=quoting(known_from.source, excerpt(known_from.quoted)),
        words={
            "places": listed((one.name("id") for one in without), language="id"),
            "places_en": listed((one.name("en") for one in without), language="en"),
            "other": known_from.name("id"),
            "other_en": known_from.name("en"),
            "year": _said(known_from.years),
        },
        rests_on=tuple(one.source for one in without[1:]),
    )


def _said(years: Sequence[int]) -> str:
    return "-".join(str(year) for year in years)


def _zones(zone: Zone, titles: Sequence[Reading]) -> Iterator[Claim]:
    """The predicate as the title calls it, against each other way in which it is called."""
    ways: dict[str, list[tuple[Reading, str]]] = {}
    for one in titles:
        match = zone.pattern.search(one.quoted)
        if match is not None:
            ways.setdefault(match[0].casefold(), []).append((one, match[0]))
    if not ways:
        return
    usual = ways.pop(zone.official.casefold() if zone.official.casefold() in ways else next(iter(ways)))
    others = list(ways.values())
    first, said = usual[0]
    if not others and first.place == "title" and said.casefold() != zone.official.casefold():
        yield Claim("zone-phrase-unofficial", zone.official, quoting(first.source, said), zone.official)
    for way in others:
        one, found = way[0]
        yield Claim(
            "zone-phrase-differs",
            subject=zone.official,
            found=quoting(one.source, found),
            expected=quoting(first.source, said),
            words={
                "places": listed((r.name("id") for r, _ in way), language="id"),
                "places_en": listed((r.name("en") for r, _ in way), language="en"),
                "usual": listed((r.name("id") for r, _ in usual), language="id"),
                "usual_en": listed((r.name("en") for r, _ in usual), language="en"),
                "official": zone.official,
            },
            rests_on=tuple(r.source for r, _ in way[1:]),
        )


def _zones_missing(header: Reading, others: Sequence[Reading]) -> Iterator[Claim]:
    """A title without predicates where another place of the decree names them, or the other way round."""
    named = next((one for one in (header, *others) if _has_zone(one) and (one.formal or one.mentioned)), None)
    without = [one for one in (header, *others) if one.formal and not _has_zone(one)]
    if named is None or not without or (named is not header and without[0] is not header):
        return
    yield Claim(
        "zone-phrase-missing",
        subject=_subject(without[0]),
        found=_text(without[0]),
        expected=_text(named),
        words={
            "places": listed((one.name("id") for one in without), language="id"),
            "places_en": listed((one.name("en") for one in without), language="en"),
            "other": named.name("id"),
            "other_en": named.name("en"),
        },
        rests_on=tuple(one.source for one in without[1:]),
    )


def _has_zone(reading: Reading) -> bool:
    said = " ".join(reading.words)
    return any(zone.pattern.search(said) for zone in known().zones)


def _wordings(header: Reading, others: Sequence[Reading]) -> Iterator[Claim]:
    """Words more or fewer in a title that is to be the same in full; only where nothing was read from a picture."""
    for other in others:
        if not other.formal or other.place == "diktum":
            continue
        lacks, adds = _words(header, other), _words(other, header)
        if (beyond(other.subject, header.subject) and beyond(header.subject, other.subject)) or not (lacks or adds):
            continue
        yield Claim(
            "title-wording-differs",
            subject=_subject(other),
            found=_text(other),
            expected=_text(header),
            words={
                "place": other.name("id"),
                "place_en": other.name("en"),
                "words": ", ".join([*(f"−{w}" for w in lacks), *(f"+{w}" for w in adds)]),
            },
        )


def _words(one: Reading, other: Reading) -> tuple[str, ...]:
    """The words that another title lacks; years and predicates have findings of their own, and so has what joins two."""
    lacking = beyond(_without_zones(one), _without_zones(other))
    return tuple(w for w in lacking if not w.isdigit() and w not in OF_OTHER_FINDINGS)


def _without_zones(reading: Reading) -> tuple[str, ...]:
    said = " ".join(reading.words)
    for zone in known().zones:
        said = zone.pattern.sub(" ", said)
    return tuple(said.split())


def _text(reading: Reading) -> Text:
    return quoting(reading.source, excerpt(reading.quoted))
