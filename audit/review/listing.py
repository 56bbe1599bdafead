"""What became of the decisions: the overrides file beside the tables that were made with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from audit.selected import Row, selected
from normalize.overrides import Overrides
from normalize.schema_audit import OVERRIDES
from pipeline.overrides import override_rows
from pipeline.progress import printable

NEW, STALE = "new", "stale"
FINDING_GONE = "finding-gone"
ORDER = (STALE, NEW, "elsewhere", "applied", "superseded")
"""What comes first: what a person should look at."""


def listed(parquet: Path, overrides: Overrides) -> list[Row]:
    """Every decision of the file, as the table ``overrides`` has it; stale ones first, then those that no rebuild has seen.

    Args:
        parquet: folder of the tables.
        overrides: what the file says now.
    """
    columns = tuple(column.name for column in OVERRIDES.columns)
    made = {(row["override_order"], row["override_id"]): row for row in selected(parquet, "overrides", columns)}
    findings = {row["finding_id"] for row in selected(parquet, "findings", ("finding_id",))}
    said = [{**row, "status": NEW, "reason": None} for row in override_rows(overrides, {})]
    rows = [made.get((row["override_order"], row["override_id"]), row) for row in said]
    rows = [{**row, **_gone(row, findings)} for row in rows]
    return sorted(rows, key=lambda row: (ORDER.index(row["status"]), row["override_order"]))


def _gone(row: Mapping[str, object], findings: set[str]) -> Mapping[str, object]:
    """What is to be said of a decision on a finding that the last audit did not find any more."""
    is_gone = row["table"] == "findings" and row["status"] == "applied" and findings and row["key"] not in findings
    return {"status": STALE, "reason": FINDING_GONE} if is_gone else {}


def lines(rows: list[Row], names: Mapping[str, str]) -> Iterator[str]:
    """The decisions for people, one a line.

    Args:
        rows: as `listed` gives them.
        names: office and year of each document.
    """
    for row in rows:
        status = row["status"] if row["reason"] is None else f"{row['status']} ({row['reason']})"
        page = "" if row["page"] is None else f", halaman {row['page']}"
        where = f"{names.get(row['document_id'], row['document_id'])}{page}"
        value = "dibenarkan" if json.loads(row["before"]) == json.loads(row["value"]) else f"{row['before']} -> {row['value']}"
        why = "" if row["why"] is None else f": {row['why']}"
        told = (
            f"{status}  {row['table']}.{row['field']} {row['key']} ({where})  {value}  {row['decided_by']}, {row['decided_at']}"
        )
        yield printable(told + why)
