"""All hostile files and 200 mutated decrees, through the real pool with small limits: each ends as it must, none is felt."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from extract.losses import DAMAGED_PAGE
from pipeline.limits import GIB, Limits
from pipeline.process import process_document
from pipeline.result import DocumentResult
from pipeline.runner import run_pool
from pipeline.shell import Task, work
from tests.hostile.build import ALL
from tests.hostile.material import FINE, SLOW, Base, Hostile, plan, short
from tests.hostile.mutate import mutations

SEED = 5
MUTATED = 200
JOBS = 2
LIMITS = Limits(
    base_seconds=30.0, seconds_per_page=2.0, most_seconds=60.0, page_budget=8.0, page_seconds=16.0, memory=5 * GIB // 2
)
MOST_MEMORY = 3 * GIB  # resident, of one document: the limit is on address space, which is never less
HEADER = ("number_raw", "year", "institution", "title", "date", "signatory")

DOCUMENT_CODES = {
    "not-a-pdf",
    "empty-file",
    "encrypted",
    "damaged",
    "no-text-in-pictures",
    "no-text",
    "no-decree",
    "too-many-pages",
    "pages-not-read",
    "timeout",
    "crashed",
    "out-of-memory",
}
PAGE_CODES = {
    *SLOW,
    DAMAGED_PAGE,
    "page-not-read",
    "page-too-complex",
    "page-too-deep",
    "page-too-large",
    "table-not-read",
}
"""All that may become of a file that was damaged by chance; "internal-error" is our fault and never right."""

Results = Mapping[str, DocumentResult]


def read_all(files: Mapping[str, bytes], folder: Path) -> Results:
    """The results of files by name, all through one pool."""
    tasks = []
    for name, data in files.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        tasks.append(Task(path, name, hashlib.sha256(data).hexdigest()))
    return {result.source_path: result for result in run_pool(tasks, JOBS, work, LIMITS)}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return read_all({one.name: one.make() for one in ALL}, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def mutated(tmp_path_factory: pytest.TempPathFactory) -> Results:
    return read_all(dict(mutations(SEED, MUTATED)), tmp_path_factory.mktemp("mutated"))


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Base, DocumentResult]:
    """What is read of the decrees that the hostile files were made of."""
    bases: Mapping[Base, bytes] = {"short": short(), "plan": plan()}
    folder = tmp_path_factory.mktemp("untouched")
    for name, data in bases.items():
        (folder / name).write_bytes(data)
    return {name: process_document(folder / name, name) for name in bases}


def code_of(result: DocumentResult) -> str:
    return next((failure.code for failure in result.failures if failure.page is None), FINE)


def told(result: DocumentResult, *columns: str, table: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in columns) for row in result.tables[table]]


def is_told_well(result: DocumentResult) -> bool:
    """Every failure says in a line each what happened and what to do, and shows no traceback."""
    texts = [text for failure in result.failures for text in (failure.message, failure.cure)]
    return all(text and text.isprintable() and "Traceback" not in text for text in texts)


def test_the_set_is_large_enough_and_no_name_comes_twice() -> None:
    assert len({one.name for one in ALL}) == len(ALL) >= 45
    assert all(one.attacks and one.attacks.isprintable() for one in ALL)


def test_the_files_are_the_same_at_each_build() -> None:
    assert {one.name for one in ALL if one.make() != one.make()} <= SALTED


@pytest.mark.parametrize("one", [pytest.param(one, id=one.name) for one in ALL])
def test_a_hostile_file_ends_as_it_must(one: Hostile, hostile: Results, untouched: Mapping[Base, DocumentResult]) -> None:
    result = hostile[one.name]
    assert code_of(result) in one.outcomes
    pages = {failure.code for failure in result.failures if failure.page is not None}
    assert pages <= one.page
    assert pages or not one.page or code_of(result) != FINE
    assert is_told_well(result)
    if one.base is not None:
        plain = untouched[one.base]
        if one.name not in OTHER_TITLE:
            assert told(result, *HEADER, table="documents") == told(plain, *HEADER, table="documents")
        for table, columns in (
            ("legal_bases", ("part", "item_order", "instrument_id")),
            ("provisions", ("part", "label", "text")),
        ):
            assert told(result, *columns, table=table) == told(plain, *columns, table=table)
        if one.name not in GOES_ON:
            cells = ("component", "item", "action", "evidence")
            assert told(result, *cells, table="plan_rows") == told(plain, *cells, table="plan_rows")
    if one.page and (status := {row["status"] for row in result.tables.get("coverage", ())}):
        assert "uncertain" in status and "missing" not in status  # what is not found may stand on the page that was lost


SALTED = {"locked-aes", "locked-owner"}
"""Files that cannot be the same twice: AES draws its salts by chance."""

OTHER_TITLE = {"escapes"}
"""Files whose title is itself the attack."""

GOES_ON = {"orders", "rules-crossing"}
"""Files whose added page is a table, and so has rows of its own."""


def test_all_hostile_files_have_a_result(hostile: Results) -> None:
    assert set(hostile) == {one.name for one in ALL}


def test_limits_hold(hostile: Results, mutated: Results) -> None:
    for result in (*hostile.values(), *mutated.values()):
        assert (result.cost.peak_memory or 0) <= MOST_MEMORY, result.source_path
        assert result.cost.attempts <= 4, result.source_path


def test_mutated_decrees_end_in_a_known_status(mutated: Results) -> None:
    assert len(mutated) == MUTATED
    odd = {
        name: (code_of(result), [f.code for f in result.failures], [f.message for f in result.failures][:1])
        for name, result in mutated.items()
        if code_of(result) not in DOCUMENT_CODES | {FINE}
        or not {f.code for f in result.failures if f.page is not None} <= PAGE_CODES
        or not is_told_well(result)
    }
    assert odd == {}
    outcomes = [code_of(result) for result in mutated.values()]
    assert outcomes.count(FINE) >= MUTATED // 10 and outcomes.count("damaged") >= MUTATED // 10  # neither mild nor hopeless


def test_mutations_are_the_same_at_each_run_and_differ_by_seed() -> None:
    assert list(mutations(SEED, 30)) == list(mutations(SEED, 30)) != list(mutations(SEED + 1, 30))


def test_nothing_is_left_behind(hostile: Results, mutated: Results) -> None:
    helpers = children(os.getpid())  # those that start processes for us; what they started read the documents
    assert [child for helper in helpers for child in children(helper)] == []
    assert not list(Path.cwd().glob("core*"))


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = stat.read_text(encoding="ascii", errors="replace").rsplit(")", 1)[1].split()[:2]
            if int(parent) == pid and state != "Z":
                found.append(int(stat.parent.name))
    return found
