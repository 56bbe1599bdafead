"""The fitted numbers: of the data that lie beside them, and refused where they do not fit the code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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


SCORES = """
from bench.labelled import gold
from taxonomy.matcher import load_matcher
rows = [row.row for row in gold()[:150]]
print([(m.indicator_id, m.status.value, m.score, m.margin) for m in load_matcher().match_each(rows)])
"""


def test_scores_do_not_hang_on_the_processor() -> None:
    """The same to the last digit with the arithmetic of an old and of a new processor, where numpy can be told which."""
    root = Path(__file__).resolve().parents[2]
    told = []
    for kernel in ("Nehalem", "Haswell"):
        environment = {**os.environ, "OPENBLAS_CORETYPE": kernel, "PYTHONPATH": str(root)}
        done = subprocess.run([sys.executable, "-c", SCORES], env=environment, capture_output=True, timeout=120, check=True)
        told.append(done.stdout)
    assert told[0] == told[1]
