"""What the whole reader says of a PDF, and what the press or a truth file says should be there, in one comparable shape."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.document import extract_document
from normalize.tables import tables_of
from tests.press import Rendered, render
from tests.press.decree import Decree
from tests.press.layout import Layout

Row = dict[str, object]
Tables = Mapping[str, Sequence[Row]]

PLAN_FIELDS = (
    "area_no",
    "area",
    "component_no",
    "component",
    "item_no",
    "item",
    "success_indicator",
    "action",
    "evidence",
    "target_raw",
    "months",
    "notes",
    "page_start",
    "page_end",
)
PARTS = {"menimbang": "considerations", "mengingat": "legal_bases", "memperhatikan": "observing", "diktum": "dictums"}
REF_FIELDS = ("type", "number", "year", "title", "relation", "gazettes")


def read(path: Path, reader: str = "pdfium") -> Tables:
    """The output tables of one PDF."""
    return tables_of(extract_document(path, reader=reader).reading, document_id="0" * 16, source_path=path.name)


def read_bytes(pdf: bytes, reader: str = "pdfium") -> Tables:
    """The output tables of a PDF at hand as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decree.pdf"
        path.write_bytes(pdf)
        return read(path, reader)


@functools.cache
def printed(decree: Decree, layout: Layout) -> Rendered:
    """The decree in the layout, printed once for all tests."""
    return render(decree, layout)


@functools.cache
def read_print(decree: Decree, layout: Layout) -> Tables:
    """What is read from the decree in the layout, read once for all tests."""
    return read_bytes(printed(decree, layout).pdf)


def plan_read(tables: Tables) -> list[Row]:
    """The plan rows, as far as a truth knows them."""
    return [{name: row[name] for name in PLAN_FIELDS} for row in tables["plan_rows"]]


def plan_wanted(truth: Mapping[str, Any]) -> list[Row]:
    """The plan rows that a truth asks for."""
    return [{name: row[name] for name in PLAN_FIELDS} for row in truth["plan"]["rows"]]


def header_read(tables: Tables, truth: Mapping[str, Any]) -> Row:
    """The header fields that the truth knows, as read."""
    document = tables["documents"][0]
    return {name: _plain(document[name]) for name in [*truth["header"], "decides"]}


def header_wanted(truth: Mapping[str, Any]) -> Row:
    """The header fields that a truth asks for."""
    return {**truth["header"], "decides": truth["decides"]}


def provisions_read(tables: Tables) -> dict[str, list[tuple[object, object]]]:
    """Label and text of every paragraph, by part."""
    return {part: [(p["label"], p["text"]) for p in tables["provisions"] if p["part"] == part] for part in PARTS}


def provisions_wanted(truth: Mapping[str, Any]) -> dict[str, list[tuple[object, object]]]:
    """The paragraphs that a truth asks for; Mengingat is numbered from 1 in print."""
    return {
        part: [(str(n) if part == "mengingat" else p.get("label") or None, p["text"]) for n, p in enumerate(truth[key], 1)]
        for part, key in PARTS.items()
    }


def citations_read(tables: Tables, part: str = "mengingat") -> list[tuple[object, ...]]:
    """Every instrument cited in a part, with the paragraph that cites it."""
    return [(row["item_order"], *(row[name] for name in REF_FIELDS)) for row in tables["legal_bases"] if row["part"] == part]


def citations_wanted(truth: Mapping[str, Any]) -> list[tuple[object, ...]]:
    """The instruments that a truth asks for in Mengingat."""
    return [(p["order"], *(ref[name] for name in REF_FIELDS)) for p in truth["legal_bases"] for ref in p["refs"]]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
