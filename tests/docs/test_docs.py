"""The documentation says what the code does: generated pages are up to date, columns and words are told in full."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest

from audit.claims import catalogue
from normalize.schema import TABLES
from normalize.schema_types import Column
from pipeline.cli import parser
from tests.docs.pages import DOCS, ROOT, blocks
from zi.known import vocabularies

BUILD = runpy.run_path(str(DOCS / "build.py"))
PAGES: dict[str, Any] = BUILD["PAGES"]
PLACES: dict[str, Any] = BUILD["data"]("columns")
WORDS: dict[str, Any] = BUILD["data"]("words")
COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]
WORD = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
PATH = re.compile(r"`((?:audit|bench|docs|extract|normalize|pipeline|taxonomy|tests|zi)/[\w./*-]+)`")
HAND_WRITTEN = sorted(path.name for path in DOCS.glob("*.md") if path.name not in PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_is_what_the_code_says(page: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == PAGES[page](), "run `make docs`"


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=[f"{table}.{column.name}" for table, column in COLUMNS])
def test_a_column_has_an_example_of_its_type_and_a_place(table: str, column: Column) -> None:
    about = BUILD["about_column"](PLACES, table, column.name)
    assert about is not None, f"docs/data/columns.toml: [{table}] {column.name} is missing"
    assert about["place"].strip()
    pa.array([about["example"]], type=column.type)
    known = vocabularies().get(table, {}).get(column.name)
    assert known is None or about["example"] in known


def test_the_file_of_examples_tells_of_no_column_that_is_not_there() -> None:
    names = {table: {column.name for column in TABLES[table].columns} for table in PLACES if table != "shared"}
    assert {table: set(PLACES[table]) - names[table] for table in names if set(PLACES[table]) - names[table]} == {}
    assert set(PLACES["shared"]) <= {column.name for _, column in COLUMNS}


@pytest.mark.parametrize("group", WORDS)
def test_every_word_that_code_writes_is_told(group: str) -> None:
    about = WORDS[group]
    told = {*about["words"], *about["other"], *catalogue()}
    found = {(module, word) for module in about["modules"] for word in _words_in(module)}
    assert {(module, word) for module, word in found if word not in told} == set(), "docs/data/words.toml"


def test_every_word_that_is_told_is_written_by_code() -> None:
    """A word that no code has any more is told of as gone, or is a slip."""
    rooms = ("extract", "normalize", "taxonomy", "pipeline", "audit")
    code = "\n".join(path.read_text(encoding="utf-8") for room in rooms for path in (ROOT / room).rglob("*.py"))
    told = {word for about in WORDS.values() for word in about["words"] if word not in about.get("composed", ())}
    assert {word for word in told if word not in code} == set()


def test_the_words_of_a_column_are_those_of_the_schema() -> None:
    names = {f"{table}.{column.name}" for table, column in COLUMNS}
    assert {about["column"] for about in WORDS.values()} <= names


def test_every_command_and_option_is_told() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, command in BUILD["_commands_of"](parser()).items():
        told = page.split(f"\n## zi {name}\n")[1].split("\n## ")[0]
        options = {option for action in command._actions for option in action.option_strings} - {"-h", "--help"}
        assert {option for option in options if option not in told} == set(), name


@pytest.mark.parametrize("page", HAND_WRITTEN)
def test_paths_that_a_page_names_are_in_the_repository(page: str) -> None:
    named = PATH.findall((DOCS / page).read_text(encoding="utf-8"))
    gone = [path for path in named if not any(ROOT.glob(path.rstrip("/")))]
    assert gone == []


@pytest.mark.parametrize("page", HAND_WRITTEN)
def test_commands_that_a_page_names_are_there(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    typed = "\n".join([*re.findall(r"`([^`\n]+)`", text), *(block.code for block in blocks(page) if block.language == "sh")])
    named = set(re.findall(r"^(?:\.venv/bin/)?zi ([a-z]+)\b", typed, re.MULTILINE))
    assert named - set(BUILD["_commands_of"](parser())) == set()


def _words_in(module: str) -> Iterator[str]:
    """What looks like stable words in the texts of a module, its docstrings left out by their blanks."""
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (part for part in re.split(r"[;:]", node.value) if WORD.fullmatch(part))
