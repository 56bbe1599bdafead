"""The sheet of findings, with room for a decision on each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from audit.claims import SEVERITIES, catalogue
from audit.crops import Crops, views
from audit.selected import Row, in_order
from audit.workbook.book import MOST_ROWS, Book, Cell, Link, List, Shown
from audit.workbook.layout import DECISION, FINDING_COLUMNS, FINDING_DECISIONS, FINDINGS, boxes_json
from audit.workbook.source import Source
from audit.workbook.words import reasons, word
from normalize.overrides import as_json

COLUMNS = (
    "finding_id",
    "document_id",
    "code",
    "severity",
    "certainty",
    "confidence",
    "message",
    "expected",
    "found",
    "page",
    "doubts",
    "source",
    "places",
    "decision",
)
SORTED_BY = ("severity", "certainty", "document_id", "page", "code", "finding_id")
CERTAINTIES = ("sure", "likely", "look")
FROZEN = 4  # columns that stay in sight
LOOK = "lihat"
WRONG = "Pilih satu dari daftar, atau kosongkan."


def write_findings(book: Book, source: Source, crops: Crops | None, most: int = MOST_ROWS) -> None:
    """The sheet Temuan: the gravest and surest first; findings of copies stand with their decree only."""
    sheet = List(book, FINDINGS, FINDING_COLUMNS, frozen=FROZEN, most=most)
    sheet.begin()
    table = source.table("findings", *COLUMNS)
    keys = table.select(SORTED_BY).to_pylist()
    order = [i for i, row in enumerate(keys) if not source.is_repeated(row["document_id"])]
    for row in in_order(table, sorted(order, key=lambda i: _order(keys[i], source))):
        sheet.add(_line(row, source, crops))
    offer_decisions(sheet, list(FINDING_DECISIONS))
    sheet.end("findings.parquet")


def offer_decisions(sheet: List, said: list[str]) -> None:
    """Gives the cells of the column of decisions a list to choose from."""
    column = sheet.index(DECISION.name)
    options = {"validate": "list", "source": said, "error_title": DECISION.header, "error_message": WRONG}
    sheet.sheet.data_validation(sheet.header + 1, column, max(sheet.row, sheet.header + 1), column, options)


def _order(row: Row, source: Source) -> tuple[Any, ...]:
    severity, certainty = SEVERITIES.index(row["severity"]), CERTAINTIES.index(row["certainty"])
    return -severity, certainty, source.rank.get(row["document_id"], 0), row["page"] or 0, row["code"], row["finding_id"]


def title_of(code: str) -> str:
    """What a kind of finding is called; its code where the catalogue does not know it."""
    known = catalogue().get(code)
    return known.title["id"] if known is not None else code


def _line(row: Row, source: Source, crops: Crops | None) -> dict[str, Cell]:
    document = source.documents[row["document_id"]]
    words = {value: said for said, value in FINDING_DECISIONS.items()}
    decided = source.decided_findings.get(row["finding_id"], {}) if row["decision"] is not None else {}
    return {
        **document.named(),
        "severity": Shown(word("severity", row["severity"]), row["severity"]),
        "certainty": word("certainty", row["certainty"]),
        "code": title_of(row["code"]),
        "message": row["message"],
        "found": row["found"],
        "expected": row["expected"],
        "at": document.link_to_page(row["page"]),
        "crop": _crop(row, "found", crops),
        "crop_other": _crop(row, "expected", crops),
        "confidence": row["confidence"],
        "doubts": reasons(row["doubts"]) or None,
        "source": row["source"],
        "decision": words.get(row["decision"] or ""),
        "why": decided.get("why"),
        "who": decided.get("decided_by"),
        "table": "findings",
        "document_id": row["document_id"],
        "field": "decision",
        "key": row["finding_id"],
        "page": row["page"],
        "boxes": boxes_json([place for place in row["places"] if place["document_id"] == row["document_id"]]),
        "before": as_json(row["decision"]),
    }


def _crop(row: Row, role: str, crops: Crops | None) -> Link | None:
    """A link to the first crop of that role."""
    if crops is None:
        return None
    for (said, document, page), boxes in views(row["places"]).items():
        file = crops.file_of(document, page, boxes)
        if said == role and file is not None:
            return crop_link(crops, file)
    return None


def crop_link(crops: Crops, file: Path) -> Link:
    """A link to the file of a crop, which lies beside the workbook."""
    return Link(f"external:{file.relative_to(crops.out).as_posix()}", LOOK)
