"""The documents say what the code does."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_data_dictionary_is_that_of_the_schema() -> None:
    written = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == runpy.run_path(str(ROOT / "docs" / "build.py"))["text"](), "run `make docs`"
