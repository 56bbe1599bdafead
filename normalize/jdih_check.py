"""What a feed says of a decree against what the decree says: one `Check` per field, pure.

A wrong claim is worse than none. Feeds have known faults (a date that stands for a year, a year of another date, a title cut
short); where such a fault may be the whole difference, the two are not comparable.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from normalize.jdih_entry import Entry
from normalize.jdih_title import compare_titles
from normalize.loose import letters
from normalize.number import DecreeNumber
from normalize.satker import SatkerMatch, resolve_satker

Row = Mapping[str, object]
Verdict = Literal["agrees", "differs", "not-comparable"]

AGREES: Verdict = "agrees"
DIFFERS: Verdict = "differs"
NOT_COMPARABLE: Verdict = "not-comparable"

SAME_PLACE = 85.0  # likeness of two names of a place: one slip in a short name

_LEVEL_WORD = r"(?:kabupaten|kab\.?|kota|provinsi|propinsi|prov\.?)"
# A number that leaves no doubt which part of it is the running one: "54", "54 Tahun 2022", "004/HK.03.1/36/2022".
_PLAIN_NUMBER = re.compile(r"(?:no(?:mor|\.)?\s*)?0*\d{1,5}(?:\s*(?:/.*|tahun\s+\d{4}))?", re.IGNORECASE)
_OFFICE = re.compile(r"\b(?:komisi\s+(?:pemilihan\s+umum|independen\s+pemilihan)|kpu|kip)\b[\s.,]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Check:
    """One field of the feed against the decree.

    Attributes:
        field: number | year | date | title | satker | place | sha256.
        feed_value: what the feed says, None where it says nothing.
        decree_value: what the decree says, None where nothing was read.
        verdict: whether they agree.
        needs_review: one of the two is doubtful in itself, so that a difference is a request to look, and no claim.
        page: where the decree prints its value, from 1.
    """

    field: str
    feed_value: str | None
    decree_value: str | None
    verdict: Verdict
    needs_review: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """What the comparison of a field came to; ``doubtful`` where the feed's value is so by its nature."""

    feed: str | None
    verdict: Verdict
    doubtful: bool = False


_SOURCES = {
    "number": ("number", "number_raw"),
    "year": ("year", "number_raw", "date"),
    "date": ("date",),
    "title": ("title",),
    "satker": ("satker_code", "institution"),
    "place": ("place",),
}
"""Columns of ``documents`` that a field rests on, the first where its page is known counts."""

_COLUMNS = {"number": "number", "year": "year", "date": "date", "title": "title", "satker": "satker_name", "place": "place"}
_DOUBTS = {"number": {"number"}, "year": {"year", "number", "date"}, "satker": {"satker", "institution"}}


def check_entry(entry: Entry, document: Row | None, fields: Sequence[Row]) -> list[Check]:
    """One check per field, in the order of `Check.field`.

    Args:
        entry: what the feed says.
        document: the decree's row of ``documents``; None where it could not be extracted.
        fields: its rows of ``fields``.
    """
    decree: Row = document or {}
    said = {
        "number": _number(entry, decree),
        "year": _year(entry, decree),
        "date": _date(entry, decree),
        "title": _title(entry, decree),
        "satker": _satker(entry, decree),
        "place": _place(entry, decree),
    }
    return [_check(name, found, decree, fields) for name, found in said.items()]


def check_bytes(sha256: str | None, document_id: str) -> Check:
    """Whether the file is the one that was downloaded with the metadata.

    Args:
        sha256: hash of the downloaded file, as noted beside it.
        document_id: of the file as it is now.
    """
    if sha256 is None or not re.fullmatch(r"[0-9a-f]{64}", sha256):
        return Check("sha256", None, document_id, NOT_COMPARABLE)
    return Check("sha256", sha256, document_id, AGREES if sha256.startswith(document_id) else DIFFERS)


def _check(name: str, said: _Said, decree: Row, fields: Sequence[Row]) -> Check:
    own = decree.get(_COLUMNS[name])
    review = said.verdict == DIFFERS and (said.doubtful or _decree_in_doubt(name, decree, fields))
    return Check(name, said.feed, None if own is None else str(own), said.verdict, review, _page(name, fields))


def _decree_in_doubt(name: str, decree: Row, fields: Sequence[Row]) -> bool:
    """Whether the decree's own value goes to a person anyway."""
    if any(row.get("needs_review") for row in fields if row.get("field") in _SOURCES[name]):
        return True
    reasons = decree.get("review_reasons")
    words = {str(reason).partition(":")[0] for reason in reasons} if isinstance(reasons, Collection) else set()
    return bool(words & _DOUBTS.get(name, {name}))


def _page(name: str, fields: Sequence[Row]) -> int | None:
    pages = {str(row.get("field")): row.get("page") for row in fields}
    found = next((pages[column] for column in _SOURCES[name] if pages.get(column) is not None), None)
    return found if isinstance(found, int) else None


def _number(entry: Entry, decree: Row) -> _Said:
    own, raw = decree.get("number"), str(decree.get("number_raw") or "")
    number, text = (entry.number, entry.number_raw) if entry.number_raw else (entry.title_number, _raw(entry.title_number))
    if text is None or not isinstance(own, int):
        return _Said(text, NOT_COMPARABLE)
    if _folded(text) == _folded(raw) or _digits(text) in {str(own), f"{own}{decree.get('year')}"}:
        return _Said(text, AGREES)
    if number is None or number.number is None:
        return _Said(text, NOT_COMPARABLE)
    if number.number == own:
        return _Said(text, AGREES)
    return _Said(text, DIFFERS if _PLAIN_NUMBER.fullmatch(text) else NOT_COMPARABLE)


def _year(entry: Entry, decree: Row) -> _Said:
    """Years of the number and of the date of signing go before the year field, which may be that of another date."""
    own = decree.get("year")
    sure = [n.year for n in (entry.number, entry.title_number) if n is not None and n.year is not None]
    if entry.date_enacted is not None and not _stands_for_year(entry.date_enacted):
        sure.append(entry.date_enacted.year)
    all_years = [*sure, *([entry.year] if entry.year is not None else [])]
    if not all_years or not isinstance(own, int):
        return _Said(str(all_years[0]) if all_years else None, NOT_COMPARABLE)
    if own in all_years:
        return _Said(str(own), AGREES)
    return _Said(str(all_years[0]), DIFFERS, doubtful=not sure)


def _date(entry: Entry, decree: Row) -> _Said:
    own = _as_date(decree.get("date"))
    dates = [d for d in (entry.date_enacted, entry.date_promulgated) if d is not None]
    told = dates[0].isoformat() if dates else None
    if not dates or own is None:
        return _Said(told, NOT_COMPARABLE)
    if own in dates:
        return _Said(own.isoformat(), AGREES)
    if entry.date_enacted is not None and not _stands_for_year(entry.date_enacted):
        return _Said(told, DIFFERS)
    promulgated = entry.date_promulgated
    if promulgated is None or _stands_for_year(promulgated) or promulgated > own:
        return _Said(told, NOT_COMPARABLE)  # no date of signing: a later one may be that of promulgation
    return _Said(promulgated.isoformat(), DIFFERS, doubtful=True)


def _stands_for_year(date: dt.date) -> bool:
    """January 1 is what senders give for a year whose date they do not know."""
    return (date.month, date.day) == (1, 1)


def _title(entry: Entry, decree: Row) -> _Said:
    own, told = decree.get("title"), entry.about
    if told is None or not isinstance(own, str):
        return _Said(told, NOT_COMPARABLE)
    same = compare_titles(told, own)
    verdict = {"same": AGREES, "part": NOT_COMPARABLE}.get(same, DIFFERS)
    return _Said(told, verdict, doubtful=same == "like")


def _satker(entry: Entry, decree: Row) -> _Said:
    own, level = decree.get("satker_code"), decree.get("satker_level")
    if entry.author is None or level is None:
        return _Said(entry.author, NOT_COMPARABLE)
    found = office_of_author(entry.author)
    satker = found.satker
    if satker is None or found.needs_review:
        return _Said(entry.author, NOT_COMPARABLE)
    if satker.code == own and satker.level == level:
        return _Said(entry.author, AGREES)
    if satker.level == "pusat" or satker.code == decree.get("province_code"):
        return _Said(entry.author, NOT_COMPARABLE)  # the office above may publish for those below it
    return _Said(entry.author, DIFFERS, doubtful=level == "pusat")


def office_of_author(author: str) -> SatkerMatch:
    """The office that an author stands for: "Sumatera Utara. Kabupaten Toba" is the KPU of Kabupaten Toba.

    Args:
        author: teuBadan: an office ("KPU Kota Tegal"), or a region, the larger before the smaller.
    """
    office = _OFFICE.search(author)
    if office is not None:
        region = re.sub(r"^[\s.,]*(?:republik\s+)?(?:indonesia\b)?[\s.,]*", "", author[office.end() :], flags=re.IGNORECASE)
        return resolve_satker(f"Komisi Pemilihan Umum {_last_part(region)}".strip(), None)
    region = re.sub(r"^\s*(?:pemerintah|pemda|pemkab|pemkot|pemprov)\b(?:\s+daerah\b)?", "", author, flags=re.IGNORECASE)
    parts = [part for part in re.split(r"[.,;]\s+|\s+[-–]\s+", region) if part.strip()]
    if not parts or letters(parts[-1]) in ("indonesia", "republikindonesia"):
        return resolve_satker(None, None)
    return resolve_satker(f"Komisi Pemilihan Umum {parts[-1].strip()}", None)


def _last_part(region: str) -> str:
    """The smallest region of a list: the part behind the last level word, with it."""
    starts = [match.start() for match in re.finditer(rf"(?:^|[.,;]\s*){_LEVEL_WORD}\b", region, re.IGNORECASE)]
    return region[starts[-1] :].strip(" .,;") if starts else region.strip(" .,;")


def _place(entry: Entry, decree: Row) -> _Said:
    """The place of publishing is most often that of signing, but need not be: a difference is never a claim."""
    own = decree.get("place")
    if entry.place is None or not isinstance(own, str):
        return _Said(entry.place, NOT_COMPARABLE)
    one, other = (letters(re.sub(rf"^\s*{_LEVEL_WORD}\s+", "", p, flags=re.IGNORECASE)) for p in (entry.place, own))
    same = one and other and (fuzz.ratio(one, other) >= SAME_PLACE or one in other or other in one)
    return _Said(entry.place, AGREES) if same else _Said(entry.place, DIFFERS, doubtful=True)


def _as_date(value: object) -> dt.date | None:
    """A date of a row, which is text where the row was kept as JSON."""
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _raw(number: DecreeNumber | None) -> str | None:
    return number.raw if number else None


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _digits(text: str) -> str:
    """The number where the text is nothing but one, without leading zeros."""
    return text.strip().lstrip("0") if text.strip().isascii() and text.strip().isdigit() else ""
