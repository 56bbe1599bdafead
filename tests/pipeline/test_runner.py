"""Documents that hang, crash, eat memory and litter: each ends with its code, and the others do not notice."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.limits import MIB, Limits
from pipeline.result import DocumentResult
from pipeline.runner import Work, run_here, run_pool
from pipeline.shell import Task
from tests.pipeline import faults, stubs

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the faults are those of POSIX systems")

QUICK = Limits(
    base_seconds=2.0,
    seconds_per_page=0.1,
    most_seconds=3.0,
    page_seconds=1.0,
    page_budget=0.5,
    memory=1024 * MIB,
    result_size=MIB,
)
PATIENT = Limits(memory=1024 * MIB)
GONE_WITHIN = 30.0  # seconds: far more than it takes, on a machine that does other things as well


def task(name: str) -> Task:
    return Task(Path(name), name, hashlib.sha256(name.encode()).hexdigest())


def run(work: Work, *names: str, jobs: int = 1, limits: Limits = PATIENT) -> dict[str, DocumentResult]:
    return {result.source_path: result for result in run_pool(map(task, names), jobs, work, limits)}


def codes(result: DocumentResult) -> list[tuple[int | None, str]]:
    return [(failure.page, failure.code) for failure in result.failures]


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which a fault tells the test something."""
    from multiprocessing import forkserver

    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # it has the environment of its start
    monkeypatch.setenv(faults.NOTE, str(tmp_path / "note"))
    return tmp_path / "note"


def told(note: Path) -> str:
    end = time.monotonic() + GONE_WITHIN
    while not note.exists():
        assert time.monotonic() < end, "the fault never came"
        time.sleep(0.05)
    return note.read_text(encoding="utf-8")


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def assert_gone(*pids: int) -> None:
    end = time.monotonic() + GONE_WITHIN
    while left := [pid for pid in pids if lives(pid)]:
        assert time.monotonic() < end, f"still there: {left}"
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hang", "timeout"),
        ("deaf", "timeout"),
        ("native", "timeout"),
        ("exit", "crashed"),
        ("leave", "crashed"),
        ("segfault", "crashed"),
        ("killed", "out-of-memory"),
        ("eat", "out-of-memory"),
        ("glutton", "out-of-memory"),
    ],
)
def test_a_document_that_goes_wrong_ends_with_its_code(name: str, code: str) -> None:
    # What is to run out of memory, or to die, has time to do so on a busy machine.
    limits = QUICK if code == "timeout" else replace(QUICK, base_seconds=60.0, page_seconds=60.0, page_budget=60.0)
    results = run(faults.at_once, name, "innocent", limits=limits)
    assert codes(results[name]) == [(None, code)]
    assert results[name].failures[0].cure
    assert not results["innocent"].failures


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hang", "page-timeout"),
        ("native", "page-timeout"),
        ("exit", "page-crashed"),
        ("segfault", "page-crashed"),
        ("killed", "page-out-of-memory"),
    ],
)
def test_a_page_that_kills_its_process_is_given_up_and_the_rest_is_read(name: str, code: str) -> None:
    result = run(faults.at_page, name, limits=QUICK)[name]
    assert codes(result) == [(faults.BAD_PAGE, code)]
    assert result.tables["plan_rows"]
    assert result.cost.attempts == 2


def test_the_same_fault_is_told_in_the_same_words() -> None:
    names = ("hang", "exit", "killed")
    first, second = (run(faults.at_page, *names, jobs=jobs, limits=QUICK) for jobs in (1, 2))
    assert [first[n].failures for n in names] == [second[n].failures for n in names]


def test_a_process_that_dies_twice_is_not_tried_a_third_time() -> None:
    assert run(faults.at_once, "exit")["exit"].cost.attempts == 2


def test_a_death_after_other_documents_is_tried_in_a_fresh_process_before_a_page_is_blamed() -> None:
    result = run(faults.at_page, "innocent", "exit")["exit"]
    assert codes(result) == [(faults.BAD_PAGE, "page-crashed")]
    assert result.cost.attempts == 3


def test_many_innocent_documents_are_read_beside_many_that_kill() -> None:
    names = [f"{kind}-{k}" for k in range(2) for kind in ("exit", "fine", "segfault", "leave", "plain")]
    results = run(faults.at_once, *names, jobs=2)
    assert sorted(results) == sorted(names)
    assert {name.split("-")[0] for name, result in results.items() if not result.failures} == {"fine", "plain"}


def test_what_a_document_has_started_dies_with_it(note: Path) -> None:
    result = run(faults.at_once, "program", limits=QUICK)["program"]
    assert codes(result) == [(None, "timeout")]
    assert_gone(*map(int, told(note).split()))


def test_nothing_is_left_of_the_temporary_files_of_a_document_that_died(note: Path) -> None:
    run(faults.at_once, "litter")
    folder = Path(told(note))
    assert not folder.exists() and not folder.parent.exists() and not folder.parent.parent.exists()


@pytest.mark.parametrize("name", ["noise", "stdin"])
def test_a_child_is_silent_and_reads_nothing(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert not run(faults.at_once, name)[name].failures
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("work", "code"), [(faults.unpicklable, "internal-error"), (faults.huge, "out-of-memory")])
def test_a_result_that_cannot_be_sent_is_a_failure(work: Work, code: str) -> None:
    results = run(work, "a", "b", limits=QUICK)
    assert [codes(results[name]) for name in ("a", "b")] == [[(None, code)]] * 2


def test_a_mistake_that_nothing_caught_ends_the_run() -> None:
    with pytest.raises(ValueError, match="a"):
        run(faults.wrong, "a")


def test_documents_are_taken_one_by_one_when_a_process_is_free() -> None:
    taken: list[str] = []

    def names() -> Iterator[Task]:
        for k in range(6):
            taken.append(str(k))
            yield task(str(k))

    with closing(run_pool(names(), 2, stubs.read, PATIENT)) as results:
        next(results)
        assert len(taken) <= 4
    assert run(stubs.read) == {}


@pytest.mark.parametrize("pause", [0.0, 0.5], ids=["at-once", "later"])
def test_a_child_that_dies_between_two_documents_is_replaced(pause: float, note: Path) -> None:
    def tasks() -> Iterator[Task]:
        yield task("pid")
        os.kill(int(told(note)), signal.SIGKILL)
        time.sleep(pause)
        yield task("next")

    results = list(run_pool(tasks(), 1, faults.at_once, PATIENT))
    assert [(r.source_path, r.failures) for r in results] == [("pid", ()), ("next", ())]


def test_closing_the_results_ends_what_is_running(note: Path) -> None:
    results = run_pool(map(task, ("quick", "program")), 1, faults.at_once, PATIENT)
    assert next(results).source_path == "quick"
    results_of_the_rest = results
    told(note)
    results_of_the_rest.close()
    assert_gone(*map(int, told(note).split()))


PARENT = """
from tests.pipeline import faults
from tests.pipeline.test_runner import PATIENT, task
from pipeline.runner import run_pool
if __name__ == "__main__":
    list(run_pool(map(task, ("program",)), 1, faults.at_once, PATIENT))
"""


def test_no_process_outlives_a_parent_that_is_killed(note: Path, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    places = {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)}
    parent = subprocess.Popen([sys.executable, str(script)], env=os.environ | places)
    pids = [int(pid) for pid in told(note).split()]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert_gone(*pids)
    assert not list(tmp_path.glob("zi-*"))


def test_what_a_document_took_is_told() -> None:
    cost = run(faults.at_once, "hang", limits=QUICK)["hang"].cost
    assert cost.seconds >= 2 * QUICK.base_seconds
    assert cost.peak_memory is None or cost.peak_memory > MIB


def test_in_this_process_a_page_has_its_budget_as_well() -> None:
    (result,) = run_here([task("innocent")], 1, faults.at_page, QUICK)
    assert not result.failures
