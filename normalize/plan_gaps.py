"""Rows of a plan beside a page that was not read: the labels that they share with the row at the edge may be cut as well."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from extract.gaps import AFTER_GAP, BEFORE_GAP
from normalize.headers import Field

if TYPE_CHECKING:
    from normalize.plan import PlanRow


def doubt_cut_labels(rows: Sequence[PlanRow], levels: Sequence[Field]) -> None:
    """Doubts the rows that have a label from the last row before a gap, or lack one or have it from the first row after it.

    A label in the middle of a cell over several rows is printed across the page break; half of it was lost with the page.

    Args:
        rows: of a table, labels filled down; the rows at the edges of gaps are noted already.
        levels: those that have a column.
    """
    used = [level for level in levels if any(row.values[level] is not None for row in rows)]
    after, before = ([k for k, row in enumerate(rows) if note in row.notes] for note in (AFTER_GAP, BEFORE_GAP))
    for level in used:
        for k in after:
            _doubt(rows[k + 1 :], level, rows[k], AFTER_GAP)
        for k in before:
            _doubt(reversed(rows[:k]), level, rows[k], BEFORE_GAP)


def _doubt(beside: Iterable[PlanRow], level: Field, edge: PlanRow, note: str) -> None:
    """Doubts the rows from the edge on as long as they have its label."""
    for row in takewhile(lambda r: (r.numbers[level], r.values[level]) == (edge.numbers[level], edge.values[level]), beside):
        row.doubt(note)
