"""Rows of a plan weighed together, on an invented order of six candidates in three areas."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from taxonomy.calibration import load_calibration
from taxonomy.sequence import FREE, Array, Cell, Step, cells_of, posterior, preferences, step

AREAS = ("X", "X", "X", "Y", "Y", "Z")
COUNT = len(AREAS)
ASIDE = 1 / COUNT
"""At this rate, a row that serves nothing is neither helped nor hindered by its neighbours."""

FLAT = {cell: np.ones((COUNT, COUNT)) for cell in Cell}
SHIPPED = load_calibration().habits
TABLES = {cell: preferences(AREAS, SHIPPED[cell], FREE[cell]) for cell in Cell}


def rows(*best: int | None, share: float = 0.9) -> Array:
    """Rows that speak for one candidate each (the last is none), or for all alike where nothing is said."""
    made = np.full((len(best), COUNT + 1), 1 / (COUNT + 1))
    for row, candidate in enumerate(best):
        if candidate is not None:
            made[row] = (1 - share) / COUNT
            made[row, candidate] = share
    return made


def blanks(count: int) -> list[Cell]:
    return [Cell.BLANK] * count


ALONE = hnp.arrays(
    np.float64, st.tuples(st.integers(1, 12), st.just(COUNT + 1)), elements=st.floats(1e-3, 1, allow_nan=False)
).map(lambda a: a / a.sum(axis=1, keepdims=True))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (1, 1, Step.SAME),
        (1, 2, Step.NEXT),
        (2, 3, Step.NEXT),
        (0, 2, Step.NEAR),
        (2, 0, Step.NEAR),
        (0, 4, Step.AHEAD),
        (4, 1, Step.BACK),
        (5, 4, Step.BACK),
    ],
)
def test_steps(before: int, after: int, kind: Step) -> None:
    assert step(before, after, AREAS) is kind


def test_component_cells_are_compared_with_the_one_above() -> None:
    cells = [("tim",), ("tim",), ("rencana",), (), ("rencana",), ("rencana",)]
    assert cells_of(cells) == [Cell.BLANK, Cell.SAME, Cell.OTHER, Cell.BLANK, Cell.BLANK, Cell.SAME]
    assert cells_of([]) == []


@pytest.mark.parametrize("cell", list(Cell))
def test_preferences_are_one_on_the_mean(cell: Cell) -> None:
    assert TABLES[cell].mean(axis=1) == pytest.approx(np.ones(COUNT))
    assert (TABLES[cell] > 0).all()


def test_without_habits_no_move_is_preferred() -> None:
    assert preferences(AREAS, SHIPPED[Cell.OTHER], 1.0) == pytest.approx(np.ones((COUNT, COUNT)))


def test_a_repeated_cell_keeps_the_component_and_another_leaves_it() -> None:
    for candidate in range(COUNT):
        assert TABLES[Cell.SAME][candidate].argmax() == candidate
        assert TABLES[Cell.OTHER][candidate].argmax() != candidate


@given(ALONE)
def test_shares_sum_to_one(alone: Array) -> None:
    for cell in Cell:
        found = posterior(alone, [cell] * len(alone), TABLES, 0.05)
        assert found.shape == alone.shape and (found >= 0).all()
        assert found.sum(axis=1) == pytest.approx(np.ones(len(alone)))


@given(ALONE)
def test_with_flat_habits_a_row_says_what_it_says_alone(alone: Array) -> None:
    assert posterior(alone, blanks(len(alone)), FLAT, ASIDE) == pytest.approx(alone, abs=1e-9)


@given(ALONE)
def test_a_single_row_is_not_moved_by_habits(alone: Array) -> None:
    assert posterior(alone[:1], blanks(1), TABLES, ASIDE) == pytest.approx(alone[:1], abs=1e-9)


@pytest.mark.parametrize("candidate", range(COUNT))
def test_a_blank_row_between_two_of_a_component_takes_it(candidate: int) -> None:
    found = posterior(rows(candidate, None, candidate), blanks(3), TABLES, 0.05)
    assert found[1].argmax() == candidate
    assert found[1, candidate] > 0.6


def test_a_repeated_cell_says_more_than_a_blank_one() -> None:
    alone = rows(3, None, None)
    blank, same = (posterior(alone, [Cell.BLANK, cell, cell], TABLES, 0.05) for cell in (Cell.BLANK, Cell.SAME))
    assert same[2, 3] > blank[2, 3]


def test_another_cell_goes_on_to_the_next_component() -> None:
    found = posterior(rows(1, None, 3), [Cell.BLANK, Cell.OTHER, Cell.OTHER], TABLES, 0.05)
    assert found[1].argmax() == 2


def test_a_row_between_far_ones_that_says_it_clearly_is_believed() -> None:
    found = posterior(rows(0, 5, 0, share=0.999), blanks(3), TABLES, 0.05)
    assert found[1].argmax() == 5


def test_the_order_goes_on_after_a_row_that_serves_nothing() -> None:
    none = COUNT
    found = posterior(rows(4, none, None, 4, share=0.99), blanks(4), TABLES, 0.1)
    assert found[1].argmax() == none
    assert found[2].argmax() == 4


def test_what_stands_aside_more_often_takes_more_of_a_blank_row() -> None:
    rare, often = (posterior(rows(2, None, 2), blanks(3), TABLES, aside)[1, COUNT] for aside in (0.02, 0.4))
    assert rare < often


def test_neighbours_count_from_both_sides() -> None:
    before = posterior(rows(2, None, None), blanks(3), TABLES, 0.05)
    after = posterior(rows(None, None, 2), blanks(3), TABLES, 0.05)
    assert before[1].argmax() == after[1].argmax() == 2


def test_a_thousand_rows_do_not_underflow() -> None:
    order = [row * COUNT // 1000 for row in range(1000)]
    unsure = [candidate if row % 3 else None for row, candidate in enumerate(order)]
    found = posterior(rows(*unsure), blanks(1000), TABLES, 0.02)
    assert np.isfinite(found).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(1000))
    assert np.mean(found.argmax(axis=1) == order) > 0.98


def test_a_share_of_zero_rules_nothing_out_for_good() -> None:
    alone = np.zeros((3, COUNT + 1))
    alone[[0, 1, 2], [2, 4, 2]] = 1
    found = posterior(alone, [Cell.BLANK, Cell.SAME, Cell.SAME], TABLES, 0.05)
    assert np.isfinite(found).all() and found[1].argmax() == 4
