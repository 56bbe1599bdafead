"""The fitted numbers: of the data that lie beside them, and refused where they do not fit the code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.fit_matcher import fingerprint
from taxonomy.calibration import FILE, load_calibration
from taxonomy.errors import NotCalibrated


def test_the_shipped_numbers_are_fitted_on_the_data_as_they_are() -> None:
    fitted_on = json.loads(FILE.read_text(encoding="utf-8"))["fitted_on"]
    assert fitted_on == fingerprint(), "run: python -m bench.fit_matcher --write"


def test_what_is_accepted_is_sure() -> None:
    limits = load_calibration().thresholds
    assert limits.accepted >= 0.9
    assert limits.accepted_item > 0.5
    assert limits.none > 0.5


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", '{"component_weights": {"is-none": 1.0}}'])
def test_broken_numbers_are_told_with_a_cure(text: str, tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotCalibrated) as told:
        load_calibration(path)
    assert "bench.fit_matcher" in told.value.cure


def test_numbers_of_other_features_are_refused(tmp_path: Path) -> None:
    data = json.loads(FILE.read_text(encoding="utf-8"))
    data["component_weights"]["of-yesterday"] = 1.0
    path = tmp_path / "calibration.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(NotCalibrated, match="of-yesterday"):
        load_calibration(path)


def test_numbers_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotCalibrated):
        load_calibration(tmp_path / "none.json")
