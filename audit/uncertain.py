"""The values that a person should look at, one by one: what the review sheet lists, and what crops are made for."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from audit.dossier import OF_MONTHS
from audit.read import PLAN_TEXTS
from audit.selected import Row, selected
from audit.workbook.layout import base_key
from normalize.citations import OF_PRINT
from normalize.overrides_columns import WHOLE, column_of_reason, decidable
from normalize.schema_decree import DOCUMENTS

BASE_VALUES = ("type", "number", "year", "title", "relation", "gazettes", "instrument_id")


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A value to look at.

    Attributes:
        table, document_id, field, key: which value, as `audit.workbook.layout` tells.
        page: where it stands; None where the tables do not tell.
        boxes: its places: page, x0, top, x1, bottom.
        before: what it is now; of all of a row its columns with what they are.
        confidence: chance 0..1 that it is right; None where the tables do not tell.
        reasons: why to look, as stable words.
        row: the row that it belongs to, as the table has it.
    """

    table: str
    document_id: str
    field: str
    key: str
    page: int | None
    boxes: tuple[Mapping[str, Any], ...]
    before: object
    confidence: float | None
    reasons: tuple[str, ...]
    row: Mapping[str, Any]


def uncertain_values(parquet: Path) -> list[Uncertain]:
    """Every value to look at, in order of document, page and place.

    Raises:
        NoTables: a table is not there or cannot be read.
        OldTables: the tables were written by an older zi.
    """
    found = [*_of_headers(parquet), *_of_bases(parquet), *_of_rows(parquet), *_of_coverage(parquet)]
    tables = ("documents", "legal_bases", "plan_rows", "coverage")
    return sorted(found, key=lambda u: (u.document_id, tables.index(u.table), u.page or 0, _order(u), u.field))


def _order(one: Uncertain) -> tuple[int, int, str]:
    row = one.row
    return int(row.get("row_order") or row.get("item_order") or 0), int(row.get("ref_order") or 0), one.key


def _of_headers(parquet: Path) -> Iterator[Uncertain]:
    values = {row["document_id"]: row for row in selected(parquet, "documents", [column.name for column in DOCUMENTS.columns])}
    doubted = selected(
        parquet,
        "fields",
        ("document_id", "field", "text", "raw", "page", "boxes", "confidence", "needs_review"),
        pc.field("needs_review"),
    )
    at = {(row["document_id"], row["field"]): row for row in doubted}
    for document, row in values.items():
        reasons = _by_field(row["review_reasons"])
        for name in decidable()["documents"]:
            if name in row["decided"] or (name not in reasons and (document, name) not in at):
                continue
            field = at.get((document, name), {})
            yield Uncertain(
                "documents",
                document,
                name,
                name,
                field.get("page"),
                tuple(field.get("boxes") or ()),
                row[name],
                field.get("confidence", row["confidence"]),
                tuple(reasons.get(name, ())),
                {**field, "printed": field.get("text")},
            )


def _by_field(reasons: Iterable[str]) -> dict[str, list[str]]:
    """Reasons "field:reason" by the column that they are about."""
    groups: dict[str, list[str]] = {}
    for told in reasons:
        field = column_of_reason("documents", told)
        if field is not None:
            groups.setdefault(field, []).append(told.partition(":")[2] or told)
    return groups


def _of_bases(parquet: Path) -> Iterator[Uncertain]:
    columns = ("document_id", "part", "item_order", "ref_order", *BASE_VALUES, "text", "page", "boxes", "confidence")
    digital = {row["document_id"] for row in selected(parquet, "documents", ("document_id",), pc.field("kind") == "digital")}
    for row in selected(parquet, "legal_bases", (*columns, "review_reasons", "decided"), pc.field("needs_review")):
        if row["document_id"] in digital and set(row["review_reasons"]) <= OF_PRINT:
            continue  # told by findings: the reading is right, and there is nothing to correct
        key = base_key(row["part"], row["item_order"], row["ref_order"])
        for field, reasons in _groups(row["review_reasons"], field_of_base, row["decided"]).items():
            yield _of(row, "legal_bases", field, key, BASE_VALUES, row["page"], row["confidence"], reasons)


def _of_rows(parquet: Path) -> Iterator[Uncertain]:
    columns = ("document_id", "row_id", "row_order", *PLAN_TEXTS, "months", "page_start", "boxes", "indicator_id")
    more = ("match_score", "match_status", "candidates", "confidence", "needs_review", "review_reasons", "decided")
    where = pc.field("needs_review") | (pc.field("match_status") == "review")
    for row in selected(parquet, "plan_rows", (*columns, *more), where):
        values = (*PLAN_TEXTS, "months")
        page = row["page_start"]
        if row["needs_review"]:
            for field, reasons in _groups(row["review_reasons"], field_of_row, row["decided"]).items():
                yield _of(row, "plan_rows", field, row["row_id"], values, page, row["confidence"], reasons)
        if row["match_status"] == "review" and "indicator_id" not in row["decided"]:
            sure = row["match_score"] / 100
            yield _of(row, "plan_rows", "indicator_id", row["row_id"], values, page, sure, ["match-unsure"])


def _of(
    row: Row, table: str, field: str, key: str, values: Sequence[str], page: int | None, sure: float, reasons: Sequence[str]
) -> Uncertain:
    before = {name: row[name] for name in values} if field == WHOLE else row[field]
    return Uncertain(table, row["document_id"], field, key, page, tuple(row["boxes"]), before, sure, tuple(reasons), row)


def _of_coverage(parquet: Path) -> Iterator[Uncertain]:
    columns = ("document_id", "indicator_id", "status", "row_count", "best_score", "reasons", "decided")
    for row in selected(parquet, "coverage", columns, pc.field("status") == "uncertain"):
        if "status" not in row["decided"]:
            key = row["indicator_id"]
            yield Uncertain(
                "coverage", row["document_id"], "status", key, None, (), row["status"], None, tuple(row["reasons"]), row
            )


def _groups(reasons: Sequence[str], field_of: Callable[[str], str], decided: Sequence[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for reason in reasons or ("marked",):
        groups.setdefault(field_of(reason), []).append(reason)
    return {field: told for field, told in groups.items() if field not in decided}


def field_of_row(reason: str) -> str:
    """The column of plan_rows that a review reason speaks of; `WHOLE` where it names none."""
    if reason.startswith(OF_MONTHS):
        return "months"
    named = reason.partition("@")[0].split(":")[1:]
    return next((name for name in named if name in PLAN_TEXTS), WHOLE)


def field_of_base(reason: str) -> str:
    """The column of legal_bases that a review reason speaks of; `WHOLE` where it names none."""
    named = reason.partition("@")[0]
    return next((field for field, starts in _starts().items() if named.startswith(tuple(starts))), WHOLE)


@cache
def _starts() -> Mapping[str, Sequence[str]]:
    """How the reasons begin that are about one column of legal_bases, by column."""
    text = resources.files("audit").joinpath("workbook", "words.toml").read_text(encoding="utf-8")
    starts: Mapping[str, Sequence[str]] = tomllib.loads(text)["columns_of_reasons"]
    return starts
