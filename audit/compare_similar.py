"""Pairs of plans that share wording: a template that was copied shows, with the share copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from audit.compare_wording import Plan

LEAST_SHARE = 0.3  # of one of the plans: below, offices share what the form itself says
MOST_PAIRS = 20  # of one document: where all copy one template the first ones show it
BLOCK = 8192  # wordings looked at together: 1,800 plans x 8,192 x 4 bytes are 59 MB

Ints = npt.NDArray[np.int64]


def similar_plans(plans: Sequence[Plan]) -> list[dict[str, object]]:
    """Rows of the table ``similar_plans``."""
    plans = sorted(plans, key=lambda plan: plan.age)
    said = np.array([len(plan.rows) for plan in plans], dtype=np.int64)
    holders = _holders(plans)
    shared = _shared(len(plans), holders)
    only = _only(holders)
    rows: list[dict[str, object]] = []
    for later in range(len(plans)):
        share = shared[later, :later] / max(1, said[later])
        back = shared[:later, later] / np.maximum(1, said[:later])
        pairs = np.flatnonzero(np.maximum(share, back) >= LEAST_SHARE).tolist()
        pairs.sort(key=lambda other: (-share[other], -back[other], plans[other].document.document_id))
        for order, other in enumerate(pairs[:MOST_PAIRS], 1):
            this, that = plans[later], plans[other]
            is_same = this.satker_code is not None and this.satker_code == that.satker_code
            rows.append(
                {
                    "document_id": this.document.document_id,
                    "share_order": order,
                    "satker_code": this.satker_code,
                    "year": this.year,
                    "other_document_id": that.document.document_id,
                    "other_satker_code": that.satker_code,
                    "other_year": that.year,
                    "rows": int(said[later]),
                    "shared_rows": int(shared[later, other]),
                    "share": round(float(share[other]), 4),
                    "other_share": round(float(back[other]), 4),
                    "only_here": only.get((later, other), 0),
                    "relation": "same-office" if is_same else "other-office",
                }
            )
    return sorted(rows, key=lambda row: (str(row["document_id"]), row["share_order"]))


def _holders(plans: Sequence[Plan]) -> list[dict[int, int]]:
    """Of each wording that more than one plan has: number of the plan -> how many of its rows have it."""
    holders: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for number, plan in enumerate(plans):
        for row in plan.rows:
            counts = holders[row.lead]
            counts[number] = counts.get(number, 0) + 1
    return [counts for counts in holders.values() if len(counts) > 1]


def _shared(size: int, holders: Sequence[dict[int, int]]) -> Ints:
    """How many rows of each plan have a wording that each other plan has too."""
    total = np.zeros((size, size), dtype=np.float32)  # whole numbers below 2**24 are exact
    for start in range(0, len(holders), BLOCK):
        block = holders[start : start + BLOCK]
        rows = np.zeros((size, len(block)), dtype=np.float32)
        for column, counts in enumerate(block):
            for plan, count in counts.items():
                rows[plan, column] = count
        total += rows @ (rows > 0).astype(np.float32).T
    return total.astype(np.int64)


def _only(holders: Sequence[dict[int, int]]) -> dict[tuple[int, int], int]:
    """Of the later plan of a pair: its rows whose wording no third plan has."""
    only: dict[tuple[int, int], int] = {}
    for counts in holders:
        if len(counts) == 2:
            earlier, later = sorted(counts)
            only[later, earlier] = only.get((later, earlier), 0) + counts[later]
    return only
