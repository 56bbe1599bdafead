"""What is kept of earlier rows, and how many rows are weighed in one go, changes no match."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import pytest

from taxonomy import features, index, items, matcher, written_to
from taxonomy.calibration import load_calibration
from taxonomy.load import load_taxonomy
from taxonomy.matcher import Matcher, columns_of

with (Path(__file__).parent / "gold" / "plans.csv").open(encoding="utf-8", newline="") as _file:
    _ROWS = list(csv.DictReader(_file))
PLANS = [list(plan) for _, plan in groupby(_ROWS, key=lambda row: row[next(iter(row))])][:4]


def made() -> Matcher:
    return Matcher(load_taxonomy(), load_calibration())


def told(by: Matcher, plan: list[dict[str, str]]) -> list[dict[str, object]]:
    return [columns_of(match) for match in [*by.match_plan(plan), *by.match_each(plan)]]


@pytest.fixture(scope="module")
def alone() -> list[list[dict[str, object]]]:
    """What each plan is told by a matcher that has seen nothing else."""
    return [told(made(), plan) for plan in PLANS]


def test_plans_that_came_before_change_nothing(alone: list[list[dict[str, object]]]) -> None:
    one = made()
    assert len(PLANS) > 1
    for _ in range(2):
        assert [told(one, plan) for plan in PLANS] == alone


def test_keeping_next_to_nothing_changes_nothing(alone: list[list[dict[str, object]]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "TEXTS_KEPT", 3)
    monkeypatch.setattr(items, "ROWS_KEPT", 1)
    for module in (index, written_to):
        monkeypatch.setattr(module, "TEXTS_AT_ONCE", 2)
    monkeypatch.setattr(matcher, "ROWS_AT_ONCE", 3)
    one = made()
    assert [told(one, plan) for plan in PLANS] == alone
    assert len(one.components._kept) <= 3
    assert all(len(one.items(component)._kept) <= 1 for component in one.components.candidates[:-1])
