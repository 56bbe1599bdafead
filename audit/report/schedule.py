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
    """For each document a text of one digit per line and column, or null without rows.

    Lines: a component each, then rows that serve none, then rows whose indicator is only a guess.
    """
    columns = {row["indicator_id"]: n for n, row in enumerate(components(source))}
    component = {row["indicator_id"]: row["component_id"] for row in source.indicators}
    outside, guessed = len(columns), len(columns) + 1
    counts: dict[str, list[int]] = {}
    wanted = ("document_id", "indicator_id", "match_status", "months")
    for document, indicator, status, months in source.each("plan_rows", wanted):
        grid = counts.setdefault(document, [0] * WIDTH * (guessed + 1))
        start = WIDTH * (guessed if status == "review" else columns.get(component.get(indicator) or "", outside))
        marked = [UNKNOWN] if months is None else [month - 1 for month in months] or [NONE_MARKED]
        for column in marked:
            grid[start + column] += 1
    return [_digits(counts, row["document_id"]) for row in source.documents]


def _digits(counts: Mapping[str, list[int]], document: str) -> str | None:
    grid = counts.get(document)
    return None if grid is None else "".join(DIGITS[min(n, len(DIGITS) - 1)] for n in grid)
