"""The tutorial runs as it is written, from the PDFs of the samples to the chart, and prints what it says."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.docs.pages import DOCS, ROOT, blocks
from tests.zi import made

SECONDS = 120  # for one command; each takes a few


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the digital samples in data/raw, which is the current one; the scan among them would take half a minute."""
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    for pdf in sorted((ROOT / "data" / "raw").glob("*.pdf")):
        if not pdf.stem.endswith("-scan"):
            shutil.copy(pdf, raw)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tutorial_runs_and_prints_what_it_says(folder: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks("tutorial.md"):
        if block.language == "sh":
            _shell(block.code)
        elif block.language == "python":
            told = io.StringIO()
            with contextlib.redirect_stdout(told):
                exec(compile(block.code, f"tutorial.md: {block.heading}", "exec"), names)
            if block.prints is not None:
                assert _lines(told.getvalue()) == _lines(block.prints), (
                    f"under {block.heading!r} it now prints:\n{told.getvalue()}"
                )
    assert (folder / "page4.png").stat().st_size > 0
    assert (folder / "complaints.png").stat().st_size > 0
    assert _untold(folder / "data" / "parquet") == set(), "docs/data/words.toml"


def test_other_programs_read_the_tables_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.write(tmp_path / "data" / "parquet", made.small())
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks("other-programs.md"):
        if block.language == "sh":
            _shell(block.code)
        elif block.language == "python":
            exec(compile(block.code, "other-programs.md", "exec"), names)
    assert len(names["rows"]) == len(names["same"]) and len(names["count"]) == 2
    assert (tmp_path / "data" / "csv" / "datapackage.json").is_file()
    assert (tmp_path / "data" / "csv" / "documents.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "zi.db")) as base:
        assert base.execute("select count(*) from zi_columns").fetchone()[0] > 100


def test_the_tutorial_has_something_to_run() -> None:
    found = [block.language for block in blocks("tutorial.md")]
    assert found.count("sh") >= 5 and found.count("python") >= 4
    assert sum(block.prints is not None for block in blocks("tutorial.md")) >= 3


def test_the_pictures_of_the_tutorial_are_there() -> None:
    assert {path.name for path in (DOCS / "images").glob("tutorial-*.png")} == {"tutorial-page.png", "tutorial-chart.png"}


def _untold(parquet: Path) -> set[str]:
    """Words of the tables that the page of stable words does not tell."""
    told: dict[str, set[str]] = {}
    for about in tomllib.loads((DOCS / "data" / "words.toml").read_text(encoding="utf-8")).values():
        told.setdefault(about["column"], set()).update(about["words"])
    found = {}
    for place in set(told) - {"failures.code", "overrides.reason"}:
        table, column = place.split(".")
        values = pq.read_table(parquet / f"{table}.parquet", columns=[column]).column(0).to_pylist()
        found[place] = {word for words in values for word in words}
    assert any(found.values()), "there are no words to be told"
    return {word for place, words in found.items() for word in words if not told[place] & set(re.split("[:;@]", word))}


def _shell(code: str) -> None:
    """Runs the lines as a person would type them, with the `zi` of this environment."""
    here = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{here}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-e"], input=code, capture_output=True, text=True, check=False, timeout=SECONDS, env=environment
    )
    assert done.returncode == 0, f"{code}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def _lines(text: str) -> list[str]:
    """Lines without blanks at their ends, which editors take off."""
    return [line.rstrip() for line in text.strip("\n").splitlines()]
