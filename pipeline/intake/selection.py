"""Which PDFs of a feed are wanted, and what becomes of all other entries: nothing is left out without being counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.jdih_entry import Entry, parse_entry
from pipeline.errors import BadAddress, DownloadError
from pipeline.intake.feed import Feed, Raw, is_address
from pipeline.intake.keeping import Shelf, Wanted, host_of
from pipeline.intake.titles import likeness_to_plan, may_be_decree, near_miss
from pipeline.intake.web import checked_address, joined

# "jdih.example.go.id/file.pdf": an address that has lost its beginning.
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:id|com|net|org)/", re.ASCII)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that is not taken.

    Attributes:
        id: of the sender.
        title: as sent.
        likeness: to the title of a plan, 0..100.
        reason: aside | below-likeness | other | not-a-decree | no-title.
        why: what it was told by.
    """

    id: str | None
    title: str | None
    likeness: float
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that is wanted and cannot be asked for."""

    entry: Entry
    error: DownloadError


@dataclass(frozen=True, slots=True)
class Selection:
    """What becomes of the entries of a feed.

    Attributes:
        wanted: to download, in the order of the feed.
        refused: wanted, but without an address that can be followed.
        near_misses: not taken, but of Zona Integritas; the likest first.
        left_out: how many are not taken, by reason.
        repeated: entries that the feed lists more than once.
        names: of the PDF of every entry of the feed that has an address, taken or not.
    """

    wanted: tuple[Wanted, ...]
    refused: tuple[Refused, ...]
    near_misses: tuple[LeftOut, ...]
    left_out: dict[str, int]
    repeated: int
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry with its address, or with what is wrong with it."""

    raw: Raw
    entry: Entry
    address: str | None
    error: DownloadError | None


def select(feed: Feed, source: str, shelf: Shelf, *, take_all: bool, least: float, private: bool) -> Selection:
    """What becomes of each entry of the feed.

    Args:
        feed: to choose from.
        source: the feed as it was given.
        shelf: gives the names.
        take_all: take every decree, whatever its title says.
        least: likeness to the title of a plan from which an entry is taken.
        private: whether addresses inside a private network are followed.
    """
    items, repeated = _once_each([_item(raw, feed, private=private) for raw in feed.entries])
    times = Counter(_place(item) for item in items)
    wanted: list[Wanted] = []
    refused: list[Refused] = []
    left_out: list[LeftOut] = []
    names: set[str] = set()
    for item in items:
        name = shelf.name(item.entry, item.address, source, shared=times[_place(item)] > 1) if item.address else ""
        names.add(name)
        reason = _left_out(item.entry, take_all=take_all, least=least)
        if reason is not None:
            left_out.append(reason)
        elif item.error is not None or item.address is None:
            refused.append(Refused(item.entry, item.error or BadAddress("The entry has no address.")))
        else:
            wanted.append(Wanted(item.raw, item.entry, item.address, name))
    return Selection(
        tuple(wanted),
        tuple(refused),
        tuple(sorted((o for o in left_out if o.likeness >= near_miss()), key=lambda o: (-o.likeness, o.title or ""))),
        dict(sorted(Counter(o.reason for o in left_out).items())),
        repeated,
        frozenset(names),
    )


def _item(raw: Raw, feed: Feed, *, private: bool) -> _Item:
    entry = parse_entry(raw)
    try:
        address = _address_of(entry, feed.address)
        address = checked_address(address, private=private)
        host_of(address)
    except DownloadError as error:
        return _Item(raw, entry, None, error)
    return _Item(raw, entry, address, None)


def _address_of(entry: Entry, feed: str) -> str:
    """The address of the entry's PDF, made whole; never that of its abstract.

    Raises:
        BadAddress: it has none.
    """
    if entry.address is None:
        raise BadAddress("The entry has no address (urlDownload).")
    if entry.address == entry.abstract_address:
        raise BadAddress("The address of the entry is that of its abstract.")
    address = entry.address.replace("\\", "/")
    if _BARE_HOST.match(address):
        return f"https://{address}"
    return joined(feed, address) if is_address(feed) else address


def _place(item: _Item) -> tuple[str, str | None]:
    """Host and id: what two entries must not share if the id alone is to be the name."""
    return host_of(item.address) if item.address else "", (item.entry.id or "").lower() or None


def _once_each(items: Sequence[_Item]) -> tuple[list[_Item], int]:
    """The items without those that repeat id and address of an earlier one; of two, the later is the newer."""
    last: dict[tuple[str | None, str | None, str | None], _Item] = {}
    for item in items:
        last[item.entry.id, item.address, None if item.address else item.entry.title] = item
    return list(last.values()), len(items) - len(last)


def _left_out(entry: Entry, *, take_all: bool, least: float) -> LeftOut | None:
    """Why an entry is not taken; None where it is."""
    if not may_be_decree(entry.kind, entry.short_kind) and take_all:
        return LeftOut(entry.id, entry.title, 0.0, "not-a-decree", entry.kind or entry.short_kind or "")
    if take_all:
        return None
    if entry.title is None:
        return LeftOut(entry.id, None, 0.0, "no-title", "")
    like = likeness_to_plan(entry.title)
    if like.score >= least:
        return None
    reason = {"aside": "aside", "other": "other"}.get(like.kind, "below-likeness")
    return LeftOut(entry.id, entry.title, like.score, reason, like.why)
