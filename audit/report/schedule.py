"""How many rows of each plan work on a component in each month."""

from __future__ import annotations

from collections.abc import Mapping

from audit.report.overview import components
from audit.report.packing import Json
from audit.report.source import Source

MONTHS = 12
NONE_MARKED = 12  # column of the rows without a mark
UNKNOWN = 13  # column of the rows whose months cannot be told
WIDTH = 14
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"  # a count in one character; more than 35 rows are written as 35


def schedule(source: Source) -> Json:
    """For each document a text of one digit per component (last: rows that serve none) and column, or null without rows."""
    columns = {row["indicator_id"]: n for n, row in enumerate(components(source))}
    component = {row["indicator_id"]: row["component_id"] for row in source.indicators}
    outside = len(columns)
    counts: dict[str, list[int]] = {}
    for document, indicator, months in source.each("plan_rows", ("document_id", "indicator_id", "months")):
        grid = counts.setdefault(document, [0] * WIDTH * (outside + 1))
        start = WIDTH * columns.get(component.get(indicator) or "", outside)
        marked = [UNKNOWN] if months is None else [month - 1 for month in months] or [NONE_MARKED]
        for column in marked:
            grid[start + column] += 1
    return [_digits(counts, row["document_id"]) for row in source.documents]


def _digits(counts: Mapping[str, list[int]], document: str) -> str | None:
    grid = counts.get(document)
    return None if grid is None else "".join(DIGITS[min(n, len(DIGITS) - 1)] for n in grid)
