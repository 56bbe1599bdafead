"""What the tables of the comparison say: similar plans, changes from year to year, outliers, consensus."""

from __future__ import annotations

from collections import Counter

from audit.report.packing import Json
from audit.report.source import Source

CHANGES = ("added", "dropped", "reworded", "moved-months", "moved-indicator")


def compare(source: Source) -> Json:
    """The tables of the comparison, documents by their number in the report."""
    index = {row["document_id"]: n for n, row in enumerate(source.documents)}
    return {
        "similar": [
            [
                index.get(row["document_id"], -1),
                index.get(row["other_document_id"], -1),
                row["share"],
                row["other_share"],
                row["shared_rows"],
                row["rows"],
                row["only_here"],
                row["relation"],
            ]
            for row in source.rows("similar_plans")
        ],
        "changes": _changes(source, index),
        "outliers": [
            [
                index.get(row["document_id"], -1),
                row["figure"],
                row["area_id"],
                row["value"],
                row["median"],
                row["low"],
                row["high"],
                row["outlier"],
                row["plans"],
                row["uncertain_rows"],
            ]
            for row in source.rows("plan_figures")
            if row["outlier"] is not None
        ],
        "consensus": [
            [row["indicator_id"], row["field"], row["text"], row["offices"], row["plans"], row["share"]]
            for row in source.consensus
        ],
    }


def _changes(source: Source, index: dict[str, int]) -> list[Json]:
    """For each document, how many rows changed in each way, and in how many of them one side is doubtful."""
    counts: Counter[tuple[str, str, str]] = Counter()
    doubtful: Counter[tuple[str, str]] = Counter()
    wanted = ("document_id", "before_document_id", "change", "needs_review")
    for document, before, change, needs_review in source.each("plan_changes", wanted):
        counts[document, before, change] += 1
        doubtful[document, before] += needs_review
    pairs = sorted({(document, before) for document, before, _ in counts})
    return [
        [
            index.get(document, -1),
            index.get(before, -1),
            *(counts[document, before, change] for change in CHANGES),
            doubtful[document, before],
        ]
        for document, before in pairs
    ]
