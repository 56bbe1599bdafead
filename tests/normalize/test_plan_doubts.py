"""What tells that a file may not hold the whole plan."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from normalize import tables

FULL, BLANK = "digital", "blank"


def extraction(kinds: list[str], plan: tuple[int, int], closing: list[tuple[int, float]]) -> Any:
    """Pages by kind, a plan from page to page that ends at 500 points, and the words that are printed after it."""
    box = [SimpleNamespace(page=page, bottom=500.0) for page in range(plan[0], plan[1] + 1)]
    words = {
        n: [SimpleNamespace(box=SimpleNamespace(page=n, top=100.0))] if kind == FULL else [] for n, kind in enumerate(kinds, 1)
    }
    for page, top in closing:
        words[page].append(SimpleNamespace(box=SimpleNamespace(page=page, top=top)))
    pages = [SimpleNamespace(number=n, kind=kind, words=words[n]) for n, kind in enumerate(kinds, 1)]
    return SimpleNamespace(tables=[SimpleNamespace(boxes=box)], pages=pages)


@pytest.mark.parametrize(
    ("kinds", "plan", "closing", "wanted"),
    [
        ([FULL] * 4, (2, 3), [(4, 60.0)] * 5, []),
        ([FULL] * 3, (2, 3), [(3, 620.0)] * 5, []),
        ([FULL] * 3, (2, 3), [], ["nothing-after-the-plan:3"]),
        ([FULL] * 3, (2, 3), [(3, 700.0)], ["nothing-after-the-plan:3"]),
        ([FULL, FULL, BLANK, FULL, FULL], (2, 4), [(5, 60.0)] * 5, ["blank-page-in-the-plan:3"]),
        ([FULL, FULL, BLANK, FULL], (2, 2), [(4, 60.0)] * 5, ["blank-page-in-the-plan:3"]),
        ([FULL, FULL, BLANK], (2, 2), [(2, 600.0)] * 5, []),
    ],
    ids=["whole", "closed-below", "cut-off", "page-number", "blank-inside", "blank-before-closing", "blank-at-end"],
)
def test_a_plan_that_may_not_be_whole_is_doubted(
    kinds: list[str],
    plan: tuple[int, int],
    closing: list[tuple[int, float]],
    wanted: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "layout_of", lambda table: SimpleNamespace(is_plan=True))
    assert tables.plan_doubts(extraction(kinds, plan, closing)) == wanted
