"""What tells that a file may not hold the whole plan."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from normalize.plan import Layout, Unit
from normalize.tables import plan_doubts

FULL, BLANK = "digital", "blank"
LAID_OUT = Layout((Unit("KEGIATAN", "component", None, (0,), 1.0), Unit("OUTPUT", "evidence", None, (1,), 1.0)), None)


def reading(kinds: list[str], plan: tuple[int, int], closing: int) -> Any:
    """Pages by kind, a plan from page to page, and how many words are printed after it."""
    box = [SimpleNamespace(page=page) for page in range(plan[0], plan[1] + 1)]
    pages = [SimpleNamespace(number=n, kind=kind, words=50 if kind == FULL else 0) for n, kind in enumerate(kinds, 1)]
    return SimpleNamespace(tables=[SimpleNamespace(boxes=box)], pages=pages, words_after=[closing])


@pytest.mark.parametrize(
    ("kinds", "plan", "closing", "wanted"),
    [
        ([FULL] * 4, (2, 3), 5, []),
        ([FULL] * 3, (2, 3), 0, ["nothing-after-the-plan:3"]),
        ([FULL] * 3, (2, 3), 1, ["nothing-after-the-plan:3"]),
        ([FULL, FULL, BLANK, FULL, FULL], (2, 4), 5, ["blank-page-in-the-plan:3"]),
        ([FULL, FULL, BLANK, FULL], (2, 2), 5, ["blank-page-in-the-plan:3"]),
        ([FULL, FULL, BLANK], (2, 2), 5, []),
    ],
    ids=["whole", "cut-off", "page-number", "blank-inside", "blank-before-closing", "blank-at-end"],
)
def test_a_plan_that_may_not_be_whole_is_doubted(
    kinds: list[str],
    plan: tuple[int, int],
    closing: int,
    wanted: list[str],
) -> None:
    assert plan_doubts(reading(kinds, plan, closing), [LAID_OUT]) == wanted
