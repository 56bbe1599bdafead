"""The whole plan weighed together: a row stands between its neighbours, and a plan follows the form's order.

A hidden Markov model over the rows in print order: what each row says alone (its shares) against how plans go from one
component to the next (counted on labelled plans, by whether the printed component cell stays the same). The result is the
posterior share of each candidate, by the forward-backward recursion (Rabiner 1989).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


class Step(StrEnum):
    """How one candidate stands to the one of the row before, in the form's order.

    ``next``: the one after it; ``near``: another of its area; ``ahead``: of one of the next areas; ``far``: beyond them.
    """

    SAME = "same"
    NEXT = "next"
    NEAR = "near"
    AHEAD = "ahead"
    FAR = "far"
    BACK = "back"


class Cell(StrEnum):
    """The component cell of a row beside that of the row before."""

    SAME = "same-cell"
    OTHER = "other-cell"
    BLANK = "no-cell"


AREAS_AHEAD = 2  # areas that a plan passes in going on, for not every plan has those of every form
FREE = {Cell.SAME: 0.02, Cell.OTHER: 0.3, Cell.BLANK: 0.1}
"""Share of moves that follow no habit at all: an office may print its plan in any order, above all under its own headings."""

LEAST_SHARE = 1e-6  # no row is surer of its own words than this

Habits = Mapping[Cell, Mapping[Step, float]]
"""How often plans take each step, by what the component cells say."""


def step(before: int, after: int, areas: Sequence[str]) -> Step:
    """The step from one place in the form's order to another.

    Args:
        before: number of the candidate before.
        after: number of the candidate after.
        areas: area of each candidate. Within an area, offices mix fulfilment and reform as they like.
    """
    if after == before:
        return Step.SAME
    if after == before + 1:
        return Step.NEXT
    if areas[after] == areas[before]:
        return Step.NEAR
    if after < before:
        return Step.BACK
    passed = len(set(areas[before : after + 1])) - 1
    return Step.AHEAD if passed <= AREAS_AHEAD else Step.FAR


def preferences(areas: Sequence[str], habits: Mapping[Step, float], free: float) -> Array:
    """How much likelier each move is made than by chance, candidates before x candidates after.

    Args:
        areas: area of each candidate.
        habits: share of each step.
        free: share of moves that follow no habit.
    """
    count = len(areas)
    table = np.zeros((count, count))
    for before in range(count):
        steps = [step(before, after, areas) for after in range(count)]
        total = sum(habits[kind] for kind in set(steps))
        for after, kind in enumerate(steps):
            table[before, after] = count * habits[kind] / total / steps.count(kind)
    return free + (1 - free) * table


def posterior(alone: Array, cells: Sequence[Cell], tables: Mapping[Cell, Array], aside: float) -> Array:
    """The share of each candidate in each row, in the light of all rows.

    Args:
        alone: rows x candidates, what each row says by itself; the last candidate stands aside of the order (no
            indicator): after it, the order goes on where it was.
        cells: what the component cell says, one a row.
        tables: `preferences` by cell.
        aside: how much likelier than by chance a row of a plan stands aside.
    """
    rows, count = alone.shape[0], alone.shape[1] - 1
    said = np.maximum(alone, LEAST_SHARE)
    # The state is the last component met, and whether this row serves it or stands aside.
    forward = np.zeros((rows, 2, count))
    forward[0, 0] = said[0, :count] / count
    forward[0, 1] = said[0, count] * aside / count
    forward[0] /= forward[0].sum()
    for row in range(1, rows):
        last = forward[row - 1, 0] + forward[row - 1, 1]
        forward[row, 0] = (last @ tables[cells[row]]) / count * said[row, :count]
        forward[row, 1] = last * aside * said[row, count]
        forward[row] /= forward[row].sum()
    backward = np.ones((rows, 2, count))
    for row in range(rows - 2, -1, -1):
        served = tables[cells[row + 1]] @ (said[row + 1, :count] * backward[row + 1, 0]) / count
        back = served + aside * said[row + 1, count] * backward[row + 1, 1]
        backward[row] = back / back.max()
    joint = forward * backward
    shares = np.column_stack((joint[:, 0], joint[:, 1].sum(axis=1)))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))


def cells_of(cells: Sequence[tuple[str, ...]]) -> list[Cell]:
    """What each component cell, as stems, says beside the one before; the first stands alone."""
    kinds = [Cell.BLANK]
    for before, here in pairwise(cells):
        kinds.append(Cell.BLANK if not before or not here else Cell.SAME if before == here else Cell.OTHER)
    return kinds[: len(cells)]
