"""One entry of a JDIHN integration feed: loose strings -> an `Entry` of types. Parsed once, at the border.

Senders differ in field names, in how they say "nothing" and in what they put into a field (`data/jdih_fields.csv`). What
cannot be understood becomes None; it never stops the others.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from normalize.data_files import rows
from normalize.dates import find_dates
from normalize.number import DecreeNumber, parse_number

LONGEST_VALUE = 20_000
"""Letters of a value that are looked at: the longest abstracts have some 5,000, more is no metadata."""

FIRST_YEAR, LAST_YEAR = 1945, 2100

_MISSING = frozenset({"", "-", "--", "---", "–", "—", "null", "none", "nan", "n/a", "undefined", "nihil"})
_TAG = re.compile(r"<[^<>]{0,500}>")
_ISO = re.compile(r"(?P<year>[12]\d{3})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?")
# "Keputusan KPU Kota X Nomor 5 Tahun 2022 tentang ...": the head of a title that is printed in full.
_HEAD = re.compile(
    r"^(?:salinan\s+)?(?:surat\s+)?(?:keputusan|peraturan|instruksi|ketetapan|sk|kpts?)\b(?P<head>.{0,300}?)\btentang\b[\s:]*",
    re.IGNORECASE,
)
_HEAD_NUMBER = re.compile(r"\b(?:nomor|nomer|no)\b\s*[.:]?\s*(?P<number>.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one document; None = the sender does not say it, or not so that it can be understood.

    Attributes:
        id: in the sender's database.
        title: as sent, on one line.
        about: the title without "Keputusan ... Nomor ... tentang".
        kind: type in words ("Keputusan KPU Kabupaten").
        short_kind: short type ("KEP").
        number_raw: number as sent: alone ("54"), or in full ("004/HK.03.1/36/2022").
        number: the same taken apart.
        title_number: the number in the head of the title, taken apart.
        year: the year field, which some senders fill from another date.
        date_enacted: tanggal_penetapan, the date of signing.
        date_promulgated: tanggal_pengundangan; some senders repeat the date of signing, or send January 1.
        author: teuBadan: region or office.
        place: tempatTerbit.
        publisher: of a book.
        extent: pages, "7 hlm".
        call_number: of a book.
        isbn: of a book.
        register_number: of a book.
        source: gazette, "BD 2025 (885)".
        subject: subject words.
        field_of_law: bidangHukum.
        status: as sent, without HTML.
        in_force: what the status says; None where it is not plain.
        language: bahasa.
        holder: lokasi.
        file_name: fileDownload.
        address: urlDownload.
        abstract: text of the abstract.
        abstract_address: file of the abstract, which is no decree.
        detail_address: page for people.
        operation: operasi, "4" = upsert.
        shown: display; False where the sender hides the entry.
    """

    id: str | None
    title: str | None
    about: str | None
    kind: str | None
    short_kind: str | None
    number_raw: str | None
    number: DecreeNumber | None
    title_number: DecreeNumber | None
    year: int | None
    date_enacted: dt.date | None
    date_promulgated: dt.date | None
    author: str | None
    place: str | None
    publisher: str | None
    extent: str | None
    call_number: str | None
    isbn: str | None
    register_number: str | None
    source: str | None
    subject: str | None
    field_of_law: str | None
    status: str | None
    in_force: bool | None
    language: str | None
    holder: str | None
    file_name: str | None
    address: str | None
    abstract: str | None
    abstract_address: str | None
    detail_address: str | None
    operation: str | None
    shown: bool | None


def parse_entry(raw: Mapping[str, object]) -> Entry:
    """The entry that a flat object of a feed stands for; unknown keys are left alone.

    Args:
        raw: as received.
    """
    values = _values(raw)
    title = values.get("title")
    about, title_number = _title_parts(title)
    number_raw = values.get("number_raw")
    status = values.get("status")
    return Entry(
        id=values.get("id"),
        title=title,
        about=about,
        kind=values.get("kind"),
        short_kind=values.get("short_kind"),
        number_raw=number_raw,
        number=parse_number(number_raw),
        title_number=title_number,
        year=_year(values.get("year")),
        date_enacted=_date(values.get("date_enacted")),
        date_promulgated=_date(values.get("date_promulgated")),
        author=values.get("author"),
        place=values.get("place"),
        publisher=values.get("publisher"),
        extent=values.get("extent"),
        call_number=values.get("call_number"),
        isbn=values.get("isbn"),
        register_number=values.get("register_number"),
        source=values.get("source"),
        subject=values.get("subject"),
        field_of_law=values.get("field_of_law"),
        status=status,
        in_force=_in_force(status),
        language=values.get("language"),
        holder=values.get("holder"),
        file_name=values.get("file_name"),
        address=values.get("address"),
        abstract=values.get("abstract"),
        abstract_address=values.get("abstract_address"),
        detail_address=values.get("detail_address"),
        operation=values.get("operation"),
        shown={"1": True, "0": False}.get(values.get("display", "")),
    )


def looks_like_entry(raw: Mapping[str, object]) -> bool:
    """Whether an object has the keys of an entry: a title, and an address or a number beside it."""
    fields = {_keys()[key] for name in raw if (key := _folded(name)) in _keys()}
    return "title" in fields and bool(fields & {"address", "number_raw", "id", "file_name"})


@cache
def _keys() -> dict[str, str]:
    """Field by folded key."""
    return {row["key"]: row["field"] for row in rows("jdih_fields")}


@cache
def _ranks() -> dict[str, int]:
    """The place of each folded key: of two that mean one field, the earlier is taken."""
    return {row["key"]: rank for rank, row in enumerate(rows("jdih_fields"))}


def _folded(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _values(raw: Mapping[str, object]) -> dict[str, str]:
    """Text by field, without what is missing."""
    found: dict[str, str] = {}
    known = [(rank, name) for name in raw if (rank := _ranks().get(_folded(name))) is not None]
    for _, name in sorted(known):
        text = _text(raw[name], address="url" in name.lower() or "link" in name.lower())
        if text is not None:
            found.setdefault(_keys()[_folded(name)], text)
    return found


def _text(value: object, *, address: bool) -> str | None:
    """The value on one line, without HTML; None for what says nothing and for what is no single value."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)[:LONGEST_VALUE].encode("utf-8", "replace").decode("utf-8")
    if not address:
        text = _TAG.sub(" ", html.unescape(text))
    text = "".join(c if c.isprintable() else " " for c in text)
    text = " ".join(text.split())
    return None if text.lower() in _MISSING else text


def _year(text: str | None) -> int | None:
    found = re.fullmatch(r"[12]\d{3}", text or "")
    return int(found[0]) if found and FIRST_YEAR <= int(found[0]) <= LAST_YEAR else None


def _date(text: str | None) -> dt.date | None:
    """The date, None for a year alone, for zeros and for what is no date."""
    iso = _ISO.fullmatch(text or "")
    if iso:
        try:
            day = dt.date(int(iso["year"]), int(iso["month"]), int(iso["day"]))
        except ValueError:
            return None
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    found = find_dates(text or "")
    return found[0].date if len(found) == 1 and found[0].exact else None


def _title_parts(title: str | None) -> tuple[str | None, DecreeNumber | None]:
    """What the title is about, and the number in its head."""
    head = _HEAD.match(title or "")
    if title is None or head is None or not title[head.end() :].strip(" ."):
        return title, None
    number = _HEAD_NUMBER.search(head["head"])
    return title[head.end() :].strip(), parse_number(number["number"]) if number else None


@cache
def _statuses() -> dict[str, bool]:
    return {row["status"]: row["in_force"] == "yes" for row in rows("jdih_status")}


def _in_force(status: str | None) -> bool | None:
    """What the status says; None for "Mengubah ..." and all else that is not plain."""
    return _statuses().get(" ".join(re.findall(r"[a-z]+", (status or "").lower())))
