"""The tables of a folder as decrees: the only place of this room that knows columns of what `zi ingest` writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from audit.dossier import Box, Citation, Corpus, Covered, Dossier, Gazette, Indicator, LampiranText, Paragraph, PlanRow, Text
from audit.selected import selected_table
from normalize.review import REVIEW_BELOW
from normalize.schema import TABLES

PLAN_TEXTS = (
    "area",
    "component",
    "item",
    "success_indicator",
    "action",
    "evidence",
    "target_raw",
    "notes",
    "area_no",
    "component_no",
    "item_no",
)
"""Columns of a plan row that hold what is printed, as text."""


def read_table(parquet: Path, name: str) -> pa.Table:
    """One table of the folder.

    Raises:
        NoTables: it is not there or cannot be read.
        OldTables: it was written by an older zi, and lacks a column.
    """
    return selected_table(parquet, name, [column.name for column in TABLES[name].columns])


def read_corpus(parquet: Path) -> Corpus:
    """All decrees of the folder.

    Args:
        parquet: folder of the tables that `zi ingest` wrote.

    Raises:
        NoTables: a table is not there or cannot be read.
        OldTables: the tables were written by an older zi.
    """
    documents = read_table(parquet, "documents").to_pylist()
    fields = _grouped(parquet, "fields")
    provisions = _grouped(parquet, "provisions")
    bases = _grouped(parquet, "legal_bases")
    texts = _grouped(parquet, "lampiran_texts")
    rows = _grouped(parquet, "plan_rows")
    columns = _grouped(parquet, "plan_columns")
    coverage = _grouped(parquet, "coverage")
    failures = _grouped(parquet, "failures")
    dossiers = []
    for row in documents:
        key = row["document_id"]
        dossiers.append(
            Dossier(
                document_id=key,
                decree_id=row["decree_id"],
                source_path=row["source_path"],
                kind=row["kind"],
                part=row["document_part"],
                page_count=row["page_count"],
                satker_code=row["satker_code"],
                satker_name=row["satker_name"],
                satker_level=row["satker_level"],
                province_code=row["province_code"],
                institution=row["institution"],
                title=row["title"],
                number=row["number"],
                year=row["year"],
                signed=row["date"],
                plan_form=row["plan_form"],
                confidence=row["confidence"],
                doubts=tuple(row["review_reasons"]),
                fields={f["field"]: _text(key, f, said) for f in fields[key] if (said := _said(f, row)) is not None},
                paragraphs=tuple(
                    Paragraph(p["part"], p["order"], p["label"], _text(key, p, p["text"])) for p in provisions[key] if p["text"]
                ),
                citations=tuple(_citation(key, b) for b in bases[key]),
                lampiran=tuple(LampiranText(t["part"], _text(key, t, t["text"])) for t in texts[key]),
                rows=tuple(_plan_row(key, r) for r in rows[key]),
                columns=tuple((c["header"] or "", c["field"]) for c in columns[key]),
                coverage=tuple(_covered(c) for c in coverage[key]),
                lost_pages=tuple(f["page"] for f in failures[key] if f["page"] is not None),
            )
        )
    return Corpus(tuple(dossiers), {i.indicator_id: i for i in map(_indicator, _rows(parquet, "indicators"))})


def _rows(parquet: Path, name: str) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = read_table(parquet, name).to_pylist()
    return rows


def _grouped(parquet: Path, name: str) -> defaultdict[str, list[Mapping[str, Any]]]:
    groups: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in _rows(parquet, name):
        groups[row["document_id"]].append(row)
    return groups


def _boxes(row: Mapping[str, Any]) -> tuple[Box, ...]:
    return tuple(Box(b["page"], b["x0"], b["top"], b["x1"], b["bottom"]) for b in row["boxes"])


def _text(document_id: str, row: Mapping[str, Any], text: str) -> Text:
    sure = row["confidence"]
    return Text(document_id, text, row["page"], _boxes(row), sure, row.get("needs_review", sure < REVIEW_BELOW))


def _said(field: Mapping[str, Any], document: Mapping[str, Any]) -> str | None:
    """What a header value says: as printed, or as a person decided."""
    value: object = document[field["field"]] if field["origin"] == "override" else field["text"]
    return None if value is None else str(value)


def _citation(document_id: str, row: Mapping[str, Any]) -> Citation:
    return Citation(
        part=row["part"],
        item_order=row["item_order"],
        ref_order=row["ref_order"],
        instrument_id=row["instrument_id"],
        type=row["type"],
        number=row["number"],
        year=row["year"],
        title=row["title"],
        relation=row["relation"],
        gazettes=tuple(Gazette(g["series"], g["year"], g["number"]) for g in row["gazettes"] or ()),
        text=_text(document_id, row, row["text"]),
    )


def _plan_row(document_id: str, row: Mapping[str, Any]) -> PlanRow:
    return PlanRow(
        row_id=row["row_id"],
        document_id=document_id,
        order=row["row_order"],
        values={name: row[name] for name in PLAN_TEXTS if row[name] is not None},
        months=None if row["months"] is None else tuple(row["months"]),
        printed=tuple((p["header"] or "", p["text"] or "") for p in row["printed"]),
        page=row["page_start"],
        boxes=_boxes(row),
        indicator_id=row["indicator_id"],
        match_status=row["match_status"],
        confidence=row["confidence"],
        reasons=tuple(row["review_reasons"]) or (("marked",) if row["needs_review"] else ()),
        decided=tuple(row["decided"]),
    )


def _covered(row: Mapping[str, Any]) -> Covered:
    return Covered(
        indicator_id=row["indicator_id"],
        area_id=row["area_id"],
        status=row["status"],
        row_count=row["row_count"],
        weight=row["weight"],
        in_form=row["in_form"],
        reasons=tuple(row["reasons"]),
    )


def _indicator(row: Mapping[str, Any]) -> Indicator:
    return Indicator(
        indicator_id=row["indicator_id"],
        order=row["indicator_order"],
        parent_id=row["parent_id"],
        component_id=row["component_id"],
        area_id=row["area_id"],
        level=row["level"],
        name=row["name"],
        weight=row["weight"],
        aspect=row["aspect"],
        form=row["form"],
    )
