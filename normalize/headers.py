"""What a printed column header means: the one place where it becomes a field of ``plan_rows``.

The rules are those of the contract's table "What each column of a printed table means"; the names are data
(``data/headers.csv``), the rules about neighbours (PROGRAM is an area where KEGIATAN follows, ...) are here.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz, process

Field = Literal["area", "component", "item", "success_indicator", "action", "evidence", "target_raw", "notes"]
LEVELS: tuple[Field, ...] = ("area", "component", "item")
HIERARCHY = frozenset(
    {
        "area",
        "program",
        "kegiatan",
        "sub_kegiatan",
        "komponen",
        "indikator",
        "indikator_program",
        "program_kegiatan",
        "komponen_indikator",
    }
)
PLAIN: dict[str, Field] = {
    "success_indicator": "success_indicator",
    "action": "action",
    "evidence": "evidence",
    "target_time": "target_raw",
    "notes": "notes",
}
ALIKE = 88.0  # rapidfuzz ratio from which a header with a slip is taken for a known one
HEADERS_KEPT = 2_000  # headers whose meaning is kept, under 1 MB: most tables have the same ones
QUALIFIER = re.compile(r"\s*[(\[].*?[)\]]\s*|\s+(?:tahun\s+)?(?:19|20)\d\d\b")


@functools.cache
def _known() -> dict[str, str]:
    path = Path(__file__).with_name("data") / "headers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["header"]: row["concept"] for row in csv.DictReader(file)}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header says: its concept ("kegiatan", "other", "" for unknown) and how surely (0..1)."""

    concept: str
    confidence: float


def plain_header(text: str) -> str:
    """The header casefolded, without what stands in brackets, a year or end marks; one blank between words, none at slashes."""
    text = QUALIFIER.sub(" ", text.casefold())
    text = re.sub(r"\s*/\s*", "/", text)
    return re.sub(r"\s+", " ", text).strip(" .:;,*")


@functools.lru_cache(HEADERS_KEPT)
def meaning_of(header: str) -> Meaning:
    """The concept of one printed header, by name, else by the nearest name."""
    plain = plain_header(header)
    if not plain:
        return Meaning("", 1.0)
    known = _known()
    if plain in known:
        return Meaning(known[plain], 1.0)
    best = process.extractOne(plain, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    if best is not None:
        return Meaning(known[best[0]], best[1] / 100)
    return Meaning("", 1.0)


def fields_of(headers: Sequence[str], *, sections: bool) -> list[tuple[Field | Literal["no"] | None, float]]:
    """The field of each header, left to right, with a confidence; None for a column that is only printed.

    Args:
        headers: text of each printed header (one for each header cell, not for each month).
        sections: rows that run across the table name the areas.
    """
    meanings = [meaning_of(h) for h in headers]
    concepts = [m.concept for m in meanings]
    levels = _levels([c for c in concepts if c in HIERARCHY], sections=sections)
    out: list[tuple[Field | Literal["no"] | None, float]] = []
    taken: set[str] = set()
    for meaning in meanings:
        field: Field | Literal["no"] | None = None
        if meaning.concept in HIERARCHY:
            field = levels.pop(0)
        elif meaning.concept == "no":
            field = "no"
        else:
            field = PLAIN.get(meaning.concept)
        if field is not None and field != "no" and field in taken:
            field = None
        if field is not None and field != "no":
            taken.add(field)
        out.append((field, meaning.confidence))
    return out


def _levels(concepts: Sequence[str], *, sections: bool) -> list[Field | None]:
    """Which level each column of the hierarchy is, left to right."""
    if "area" in concepts or sections:
        return _below_area(concepts)
    first, second = (*concepts[:2], "", "")[:2]
    opens_with_area = (first == "program" and second in {"kegiatan", "komponen", "program_kegiatan"}) or (
        first == "komponen" and second in {"indikator_program", "kegiatan", "program_kegiatan", "program"}
    )
    if opens_with_area:
        return _numbered(concepts, LEVELS)
    if first == "sub_kegiatan" and len(concepts) == 1:
        return ["item"]
    return _numbered(concepts, LEVELS[1:])


def _below_area(concepts: Sequence[str]) -> list[Field | None]:
    out: list[Field | None] = []
    rest: list[Field] = list(LEVELS[1:])
    for concept in concepts:
        if concept == "area":
            out.append("area" if "area" not in out else None)
        elif rest:
            out.append(rest.pop(0))
        else:
            out.append(None)
    return out


def _numbered(concepts: Sequence[str], levels: Sequence[Field]) -> list[Field | None]:
    return [levels[i] if i < len(levels) else None for i in range(len(concepts))]
