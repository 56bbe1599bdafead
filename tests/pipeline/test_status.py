"""What an operator sees of a run: while it goes on, after it ended, after it was killed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.errors import NothingStored
from pipeline.ingest import Settings, ingest
from pipeline.result import DocumentResult
from pipeline.runner import Work, run_here, run_pool
from pipeline.shell import Task
from pipeline.status import StatusReport, status_of
from tests.pipeline import stubs

Fill = Callable[..., Path]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "tables"


def go(path: Path, out: Path, work: Work) -> None:
    ingest([path], Settings(out, 1), run=run_here, work=work)


def test_a_run_that_ended(folder: Fill, out: Path) -> None:
    go(folder(a=b"1", b=b"2", c=b"2"), out, stubs.read)
    status = status_of(out)
    assert (status.state, status.documents, status.to_do, status.done) == ("finished", 2, 2, 2)
    assert status.statuses == {"ok": 2}
    assert any("2 documents (2 ok)" in line for line in status.lines())


def test_failures_are_counted_by_code(folder: Fill, out: Path) -> None:
    go(folder(a=b"1", b=b"2"), out, stubs.fail)
    status = status_of(out)
    assert (status.statuses, status.codes) == ({"failed": 2}, {"damaged": 2})
    assert any("2  damaged" in line for line in status.lines())


def test_what_is_left_alone_is_told(folder: Fill, out: Path) -> None:
    ingest([folder(a=b"1", poison=b"2")], Settings(out, 1), run=run_pool, work=stubs.die_on_poison)
    status = status_of(out)
    assert (status.poison, status.codes) == (1, {"crashed": 1})
    assert any("--retry" in line for line in status.lines())


def test_a_run_that_goes_on_tells_rate_and_time_left(folder: Fill, out: Path) -> None:
    seen: list[StatusReport] = []

    def work(task: Task) -> DocumentResult:
        seen.append(status_of(out))
        return stubs.read(task)

    go(folder(a=b"1", b=b"2", c=b"3", d=b"4", e=b"5"), out, work)
    first, last = seen[0], seen[-1]
    assert (first.state, first.done, first.documents_per_minute, first.seconds_left) == ("running", 0, None, None)
    assert first.statuses == {"not-read": 5}
    assert (last.done, last.statuses) == (4, {"not-read": 1, "ok": 4})
    assert last.documents_per_minute and last.seconds_left is not None and last.seconds_left > 0


def test_a_run_that_was_broken_off_says_so(folder: Fill, out: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        go(folder(a=b"1"), out, stubs.interrupt)
    status = status_of(out)
    assert (status.state, status.done, status.seconds) == ("stopped", 0, None)
    assert any("goes on from here" in line for line in status.lines())


def test_there_is_nothing_to_tell(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NothingStored):
        status_of(out)
    assert main(["status", "--out", str(out)]) == 2
    assert "zi ingest" in capsys.readouterr().err
    assert not out.exists()
