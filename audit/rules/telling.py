"""How messages name rows of a plan, and which rows may be claimed together: said once for all rules about plans."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

from audit.claims import SURE_FROM
from audit.dossier import Corpus, Dossier, PlanRow
from normalize.data_files import rows as data_rows

GROUPS_TOLD = 8  # different targets or texts that a message lists: more no longer fit a line of a report
TEXT_TOLD = 70  # letters of a cell that a message quotes: the row itself is shown beside it
SCANNED = "scanned-page"
"""Doubt of a claim that nothing stands somewhere, or something is misspelled, on a page that was read as a picture."""


@cache
def plan_words() -> dict[str, Any]:
    """What `audit/data/plan-words.toml` says."""
    return tomllib.loads(resources.files("audit").joinpath("data", "plan-words.toml").read_text(encoding="utf-8"))


def numbers(rows: Iterable[PlanRow]) -> str:
    """Places of rows in the plan, runs drawn together: "7, 8, 10, 12-14"."""
    runs: list[list[int]] = []
    for order in sorted({row.order for row in rows}):
        if runs and order == runs[-1][-1] + 1:
            runs[-1].append(order)
        else:
            runs.append([order])
    return ", ".join(", ".join(map(str, run)) if len(run) < 3 else f"{run[0]}-{run[-1]}" for run in runs)


def by_text(told: Iterable[tuple[PlanRow, str]]) -> str:
    """Rows by what is told of them, in the order of the plan: "April 2022: 7, 8; Januari 2022: 24-27"."""
    groups: dict[str, list[PlanRow]] = {}
    for row, text in told:
        groups.setdefault(cut(text), []).append(row)
    parts = [f"{text}: {numbers(rows)}" for text, rows in groups.items()]
    return "; ".join(parts[:GROUPS_TOLD]) + (f"; … (+{len(parts) - GROUPS_TOLD})" if len(parts) > GROUPS_TOLD else "")


def cut(text: str) -> str:
    """The text, or its beginning where it is long."""
    return text if len(text) <= TEXT_TOLD else text[:TEXT_TOLD].rsplit(" ", 1)[0] + " …"


def when(row: PlanRow) -> str:
    """When a row is planned: its target as printed, else the months that are marked."""
    target = row.values.get("target_raw")
    return target if target is not None else months_said(row.months or ())


def months_said(months: Sequence[int]) -> str:
    """Months by name, runs drawn together: "Januari-Maret, Juni"."""
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(_month(run[0]) if len(run) == 1 else f"{_month(run[0])}-{_month(run[-1])}" for run in runs)


@cache
def _month(number: int) -> str:
    return next(row["name"] for row in data_rows("months") if int(row["month"]) == number)


def by_doubt(rows: Sequence[PlanRow], *, of_months: bool = False) -> Iterator[tuple[list[PlanRow], tuple[str, ...]]]:
    """The rows that were read surely, then the others, each with the doubts of a claim: one doubt taints not all rows."""
    unsure = [row for row in rows if row.doubtful or row.confidence < SURE_FROM or (of_months and row.months_doubtful)]
    doubted = {row.row_id for row in unsure}
    sure = [row for row in rows if row.row_id not in doubted]
    if sure:
        yield sure, ()
    if unsure:
        yield (
            unsure,
            ("months-read-unsurely",) if of_months and any(row.months_doubtful for row in unsure) else ("row-read-unsurely",),
        )


def lead_of(row: PlanRow) -> str | None:
    """What a row is about, in its own words: the item, else the action, else the component."""
    return next((row.values[name] for name in ("item", "action", "component") if name in row.values), None)


def fields_of(dossier: Dossier) -> set[str]:
    """The fields that columns of the plan's tables became."""
    return {field for _, field in dossier.columns if field is not None}


def decree_of(dossier: Dossier, corpus: Corpus) -> Dossier:
    """The document of the family that says when the decree was signed: itself, or for a lampiran alone the decree."""
    return next((one for one in (dossier, *corpus.family_of(dossier)) if one.signed is not None), dossier)
