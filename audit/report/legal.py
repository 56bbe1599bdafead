"""Which instruments all decrees cite, with which gazettes, and as amended by what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from audit.report.packing import Json
from audit.report.source import Row, Source

COLUMNS = (
    "document_id",
    "part",
    "item_order",
    "instrument_id",
    "type",
    "number",
    "year",
    "title",
    "relation",
    "gazettes",
    "page",
    "needs_review",
    "decided",
)
TITLES = 5  # wordings of a title that are worth showing; the rest are mostly slips of one decree

Key = str
Gazettes = tuple[tuple[str, int | None, str | None], ...]


@dataclass(slots=True)
class _Instrument:
    """What decrees say of one instrument; lists grow as citations come."""

    key: Key
    known: bool
    about: tuple[str | None, str | None, int | None]
    titles: Counter[str] = field(default_factory=Counter)
    gazettes: dict[Gazettes, int] = field(default_factory=dict)
    chains: dict[tuple[Key, ...], int] = field(default_factory=dict)
    cites: list[Json] = field(default_factory=list)


def legal(source: Source) -> Json:
    """Instruments with their citations: document, gazettes, chain of amendments (-1: is itself one), page, doubt, part."""
    index = {row["document_id"]: n for n, row in enumerate(source.documents)}
    instruments: dict[Key, _Instrument] = {}
    for paragraph in _paragraphs(source):
        for place, citation in enumerate(paragraph):
            key = _key(citation)
            about = (citation["type"], citation["number"], citation["year"])
            one = instruments.setdefault(key, _Instrument(key, citation["instrument_id"] is not None, about))
            if citation["title"]:
                one.titles[citation["title"]] += 1
            gazettes: Gazettes = tuple((g["series"], g["year"], g["number"]) for g in citation["gazettes"] or ())
            variant = one.gazettes.setdefault(gazettes, len(one.gazettes))
            chain = -1
            if citation["relation"] == "cited":
                chain = one.chains.setdefault(_amendments(paragraph[place + 1 :]), len(one.chains))
            doubt = 2 if "gazettes" in citation["decided"] else int(citation["needs_review"])
            document = index.get(citation["document_id"], -1)
            one.cites.append([document, variant, chain, citation["page"], doubt, citation["part"]])
    return [_told(one) for _, one in sorted(instruments.items())]


def _paragraphs(source: Source) -> Iterator[list[Row]]:
    rows = (dict(zip(COLUMNS, values, strict=True)) for values in source.each("legal_bases", COLUMNS))
    for _, group in groupby(rows, key=lambda row: (row["document_id"], row["part"], row["item_order"])):
        yield list(group)


def _key(citation: Row) -> Key:
    """The instrument; what is printed where it is not known which one it is."""
    printed = " ".join(str(citation[name]) for name in ("type", "number", "year") if citation[name] is not None)
    return citation["instrument_id"] or f"~{printed or (citation['title'] or '?')}"


def _amendments(rest: list[Row]) -> tuple[Key, ...]:
    chain = []
    for citation in rest:
        if citation["relation"] != "amended_by":
            break
        chain.append(_key(citation))
    return tuple(chain)


def _told(one: _Instrument) -> Mapping[str, Json]:
    titles = sorted(one.titles.items(), key=lambda pair: (-pair[1], pair[0]))[:TITLES]
    return {
        "id": one.key,
        "known": one.known,
        "type": one.about[0],
        "number": one.about[1],
        "year": one.about[2],
        "titles": [[title, n] for title, n in titles],
        "gazettes": [[list(gazette) for gazette in variant] for variant in one.gazettes],
        "chains": [list(chain) for chain in one.chains],
        "cites": one.cites,
    }
