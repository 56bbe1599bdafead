"""A choice among candidates by weighed features: the conditional logit (McFadden 1974).

Each candidate has a line of features; its share is the softmax of their weighted sum. The few weights are fitted on
labelled rows by `fit`, so that a share is a calibrated probability and not a mere score.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

NEWTON_STEPS = 40
SETTLED = 1e-6  # largest change of a weight, at which fitting ends


def shares(features: npt.NDArray[np.floating], weights: Array) -> Array:
    """Probability of each candidate.

    Args:
        features: candidates x features, or that for each of several choices.
        weights: one a feature.
    """
    return softmax(np.asarray(features, dtype=np.float64) @ weights)


def softmax(scores: Array) -> Array:
    """Shares that sum to 1 along the last axis, in proportion to exp(score)."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def fit(
    examples: Sequence[npt.NDArray[np.floating]], chosen: Sequence[int], importance: Sequence[float], penalty: Array
) -> Array:
    """The weights that make the chosen candidates likeliest, by Newton's method with a ridge penalty.

    Args:
        examples: features of each example, candidates x features; the number of candidates may differ.
        chosen: number of the right candidate in each.
        importance: weight of each example.
        penalty: strength of the pull to 0, one a feature.
    """
    size = len(penalty)
    weights = np.zeros(size)
    cast = [np.asarray(e, dtype=np.float64) for e in examples]
    for _ in range(NEWTON_STEPS):
        gradient, curvature = penalty * weights, np.diag(penalty).astype(np.float64)
        for features, right, much in zip(cast, chosen, importance, strict=True):
            p = softmax(features @ weights)
            mean = p @ features
            gradient += much * (mean - features[right])
            curvature += much * ((features * p[:, None]).T @ features - np.outer(mean, mean))
        step = np.linalg.solve(curvature, gradient)
        step *= min(1.0, 3.0 / max(1e-9, float(np.abs(step).max())))
        weights = weights - step
        if np.abs(step).max() < SETTLED:
            break
    return weights
