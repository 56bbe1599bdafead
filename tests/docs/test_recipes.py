"""The recipes for maintainers do what they promise: their lines, put into the data files, change what zi understands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.vocabulary import header_words
from normalize import citations, data_files, headers, instrument_types
from normalize.citations import find_citations
from tests.docs.pages import DOCS


def _line_of(recipe: str) -> str:
    """The line that a recipe adds to a CSV."""
    text = (DOCS / "maintainers.md").read_text(encoding="utf-8").split(f"\n## {recipe}\n")[1]
    found = re.search(r"```csv\n\s*(?P<line>[^\n]+)\n", text)
    assert found is not None
    return found["line"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data files of `normalize/`, read instead of them."""
    copy = shutil.copytree(data_files.DATA_DIR, tmp_path / "data")
    monkeypatch.setattr(data_files, "DATA_DIR", copy)
    monkeypatch.setattr(headers, "__file__", str(tmp_path / "headers.py"))
    _forget()
    yield copy
    _forget()


def _forget() -> None:
    """Drops what was kept of the data files."""
    for module in (citations, data_files, headers, instrument_types):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()


def _add(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(f"{line}\n")


def test_a_header_synonym_is_understood(folder: Path) -> None:
    concept, header = _line_of("A header synonym").split(",")
    assert headers.meaning_of(header.upper()).concept == ""
    _add(folder / "headers.csv", f"{concept},{header}")
    _forget()
    assert headers.meaning_of(header.upper()).concept == concept
    assert not set(header.split()) <= set(header_words()), "step 2 of the recipe has something to do"


def test_an_instrument_type_is_understood(folder: Path) -> None:
    assert _cited() == ("Peraturan Kapolri", "peraturan-kapolri-3-2020")
    _add(folder / "instrument_types.csv", _line_of("An instrument type"))
    _forget()
    assert _cited() == ("Perkapolri", "perkapolri-3-2020")


def _cited() -> tuple[str | None, str | None]:
    (citation,) = find_citations("Peraturan Kapolri Nomor 3 Tahun 2020 tentang Tata Cara;")
    return citation.type, citation.instrument_id
