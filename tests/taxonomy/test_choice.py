"""Choices made by known weights, and the weights that are found back from them."""

from __future__ import annotations

import numpy as np
import pytest

from taxonomy.choice import Array, fit, shares, softmax

TRUE = np.array([1.5, -2.0, 0.5, 0.0])


def simulated(count: int, seed: int = 7) -> tuple[list[Array], list[int]]:
    """Examples with two to nine candidates, each chosen as often as the true weights say."""
    dice = np.random.default_rng(seed)
    examples, chosen = [], []
    for _ in range(count):
        features = dice.normal(size=(int(dice.integers(2, 10)), len(TRUE)))
        examples.append(features)
        chosen.append(int(dice.choice(len(features), p=shares(features, TRUE))))
    return examples, chosen


def fitted(examples: list[Array], chosen: list[int], ridge: float = 0.01) -> Array:
    return fit(examples, chosen, [1.0] * len(examples), np.full(len(TRUE), ridge))


def test_shares_of_even_candidates_are_even() -> None:
    assert softmax(np.zeros(4)) == pytest.approx(np.full(4, 0.25))


def test_shares_sum_to_one_however_far_the_scores_lie() -> None:
    found = softmax(np.array([-2000.0, 0.0, 2000.0]))
    assert np.isfinite(found).all() and found == pytest.approx([0, 0, 1])


def test_shares_follow_the_weights() -> None:
    found = shares(np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32), np.array([np.log(3), 0.0]))
    assert found == pytest.approx([0.75, 0.25])


def test_known_weights_are_found_back() -> None:
    assert fitted(*simulated(4000)) == pytest.approx(TRUE, abs=0.1)


def test_more_examples_come_nearer() -> None:
    few, many = (np.abs(fitted(*simulated(count)) - TRUE).max() for count in (60, 4000))
    assert many < few


def test_the_penalty_pulls_to_zero() -> None:
    examples, chosen = simulated(200)
    weak, strong = fitted(examples, chosen, 0.01), fitted(examples, chosen, 1e5)
    assert np.abs(strong).max() < 0.01 < np.abs(weak).max()


def test_a_feature_that_all_candidates_share_gets_no_weight() -> None:
    examples, chosen = simulated(100)
    for features in examples:
        features[:, 3] = 1.0
    assert fitted(examples, chosen)[3] == pytest.approx(0.0, abs=1e-6)


def test_what_always_decides_stays_finite() -> None:
    examples = [np.array([[1.0, 0, 0, 0], [0, 0, 0, 0]])] * 50
    found = fitted(examples, [0] * 50, 1.0)
    assert np.isfinite(found).all() and found[0] > 1


def test_an_example_twice_as_important_counts_as_two() -> None:
    examples, chosen = simulated(100)
    doubled = fit([*examples, examples[0]], [*chosen, chosen[0]], [1.0] * 101, np.full(len(TRUE), 0.1))
    heavier = fit(examples, chosen, [2.0, *[1.0] * 99], np.full(len(TRUE), 0.1))
    assert heavier == pytest.approx(doubled, abs=1e-6)


def test_without_examples_no_feature_has_a_weight() -> None:
    assert fitted([], []) == pytest.approx(np.zeros(len(TRUE)))
