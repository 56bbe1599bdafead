"""The fitted numbers of the matcher, out of ``data/calibration.json``: weights of the features, habits of plans, thresholds.

The file is written by ``python -m bench.fit_matcher --write`` and by nothing else; where a score becomes "accepted" is told
there alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from taxonomy.choice import Array
from taxonomy.errors import NotCalibrated
from taxonomy.features import FEATURES
from taxonomy.items import ITEM_FEATURES
from taxonomy.load import DATA_DIR
from taxonomy.sequence import Cell, Step

FILE = DATA_DIR / "calibration.json"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a share becomes a status; every value a probability 0..1.

    Attributes:
        accepted: a component at least this sure is accepted.
        accepted_item: its item must be this sure too.
        none: serving no indicator must be this sure to be said; below it, the best indicator stands for review.
    """

    accepted: float
    accepted_item: float
    none: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """All fitted numbers.

    Attributes:
        component_weights: one a feature of `FEATURES`.
        item_weights: one a feature of `ITEM_FEATURES`.
        habits: how often plans take each step, by what the component cells say.
        item_habits: how often rows under one component step from item to item.
        aside: how much likelier than by chance a row of a plan serves no indicator.
        thresholds: where a share becomes a status.
    """

    component_weights: Array
    item_weights: Array
    habits: Mapping[Cell, Mapping[Step, float]]
    item_habits: Mapping[Step, float]
    aside: float
    thresholds: Thresholds


def load_calibration(path: Path = FILE) -> Calibration:
    """The fitted numbers of a file.

    Raises:
        NotCalibrated: the file is not there or broken, or was fitted for other features than the code has.
    """
    try:
        return _calibration(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotCalibrated(f"The matcher's numbers in {path.name} cannot be used: {error!r}.") from error


def _calibration(data: dict[str, Any]) -> Calibration:
    return Calibration(
        _weights(data["component_weights"], FEATURES),
        _weights(data["item_weights"], ITEM_FEATURES),
        {cell: {step: float(data["habits"][cell][step]) for step in Step} for cell in Cell},
        {step: float(data["item_habits"][step]) for step in Step},
        float(data["aside"]),
        Thresholds(**data["thresholds"]),
    )


def as_data(calibration: Calibration) -> dict[str, object]:
    """The numbers as they are kept in the file."""
    return {
        "component_weights": _named(FEATURES, calibration.component_weights),
        "item_weights": _named(ITEM_FEATURES, calibration.item_weights),
        "habits": {c: {s: round(share, 4) for s, share in steps.items()} for c, steps in calibration.habits.items()},
        "item_habits": {step: round(share, 4) for step, share in calibration.item_habits.items()},
        "aside": calibration.aside,
        "thresholds": {name: getattr(calibration.thresholds, name) for name in Thresholds.__dataclass_fields__},
    }


def _named(names: Sequence[str], weights: Array) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def _weights(named: Mapping[str, float], names: Sequence[str]) -> Array:
    if set(named) != set(names):
        raise ValueError(f"fitted for other features: {', '.join(sorted(set(named) ^ set(names)))}")
    return np.array([named[name] for name in names])


def unfitted(thresholds: Thresholds) -> Calibration:
    """Numbers that say nothing, to fit from."""
    level = {step: 1 / len(Step) for step in Step}
    weights = (np.zeros(len(FEATURES)), np.zeros(len(ITEM_FEATURES)))
    return Calibration(*weights, dict.fromkeys(Cell, level), level, 1.0, thresholds)
