"""A run that is killed at any moment: nothing half-written is seen, and the next run gives the same bytes."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import OutputNotWritable
from pipeline.ingest import Settings, ingest
from pipeline.ledger import LEDGER, Entry, Ledger
from pipeline.rebuild import rebuild
from pipeline.runner import run_here
from pipeline.storage import LocalFolder
from tests.pipeline import stubs

Fill = Callable[..., Path]

RUN = """
import sys
from pathlib import Path
from pipeline.ingest import Settings, ingest
from pipeline.runner import run_here
from tests.pipeline import stubs
if __name__ == "__main__":
    ingest([Path(sys.argv[1])], Settings(Path(sys.argv[2]), 1), run=run_here, work=stubs.read_at_leisure)
"""


def all_bytes(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.parquet")}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "tables"


def test_killed_three_times_and_resumed_gives_the_same_bytes(folder: Fill, out: Path, tmp_path: Path) -> None:
    path = folder(**{f"d{number:02}": b"%d" % number for number in range(40)})
    ingest([path], Settings(tmp_path / "undisturbed", 1), run=run_here, work=stubs.read)
    done = 0
    for _ in range(3):
        child = subprocess.Popen([sys.executable, "-c", RUN, str(path), str(out)])
        wanted = done + 6
        while child.poll() is None and done < wanted:
            time.sleep(0.01)
            done = len(list((out / ".zi" / "rows").rglob("*.zi")))
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert not list(out.glob("*.parquet"))
    summary = ingest([path], Settings(out, 1), run=run_here, work=stubs.read)
    assert 0 < summary.extracted <= 40 - 18
    assert all_bytes(out) == all_bytes(tmp_path / "undisturbed")


def test_what_the_ledger_does_not_know_is_adopted(folder: Fill, out: Path) -> None:
    path = folder(a=b"1", b=b"2", c=b"3")
    ingest([path], Settings(out, 1), run=run_here, work=stubs.read)
    before = all_bytes(out)
    with sqlite3.connect(out / LEDGER) as db:
        db.execute("DELETE FROM documents WHERE source_path LIKE '%a.pdf'")
    db.close()
    assert ingest([path], Settings(out, 1), run=run_here, work=stubs.never).unchanged == 3
    (out / LEDGER).unlink()
    assert ingest([path], Settings(out, 1), run=run_here, work=stubs.never).unchanged == 3
    assert all_bytes(out) == before


def test_a_rebuild_that_was_killed_before_the_ledger_knew_is_rebuilt(
    folder: Fill, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(a=b"1", b=b"2")
    ingest([path], Settings(out, 1), run=run_here, work=stubs.read)
    before = all_bytes(out)

    def killed(self: Ledger, entry: Entry) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Ledger, "record", killed)
        rebuild(out, 1, run=run_here, work=stubs.rebuild)
    assert all_bytes(out) == before
    assert rebuild(out, 1, run=run_here, work=stubs.read).rebuilt == 2
    assert all_bytes(out) == before
    assert ingest([path], Settings(out, 1), run=run_here, work=stubs.never).unchanged == 2


def test_a_lost_record_is_read_again(folder: Fill, out: Path) -> None:
    path = folder(a=b"1", b=b"2")
    ingest([path], Settings(out, 1), run=run_here, work=stubs.read)
    next((out / ".zi" / "rows").rglob("*.zi")).unlink()
    assert ingest([path], Settings(out, 1), run=run_here, work=stubs.read).extracted == 1


def test_a_full_disk_in_mid_run_leaves_the_old_tables(folder: Fill, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest([folder(a=b"1")], Settings(out, 1), run=run_here, work=stubs.read)
    before = all_bytes(out)
    write = LocalFolder.write

    def full(self: LocalFolder, name: str, data: bytes) -> None:
        if "rows" in name:
            raise OSError(28, "No space left on device")
        write(self, name, data)

    path = folder(b=b"2", c=b"3")
    with monkeypatch.context() as patched:
        patched.setattr(LocalFolder, "write", full)
        with pytest.raises(OutputNotWritable, match="No space left"):
            ingest([path], Settings(out, 1), run=run_here, work=stubs.read)
    assert all_bytes(out) == before
    assert ingest([path], Settings(out, 1), run=run_here, work=stubs.read).extracted == 2


def test_all_tables_say_that_they_belong_together(folder: Fill, out: Path) -> None:
    ingest([folder(a=b"1")], Settings(out, 1), run=run_here, work=stubs.read)
    first = {pq.read_metadata(path).metadata[b"zi.content"] for path in out.glob("*.parquet")}
    ingest([folder(b=b"2")], Settings(out, 1), run=run_here, work=stubs.read)
    second = {pq.read_metadata(path).metadata[b"zi.content"] for path in out.glob("*.parquet")}
    assert len(first) == len(second) == 1
    assert first != second


def test_tables_that_are_up_to_date_are_left_alone_and_a_missing_one_is_made(folder: Fill, out: Path) -> None:
    path = folder(a=b"1")
    ingest([path], Settings(out, 1), run=run_here, work=stubs.read)
    before, stamp = all_bytes(out), (out / "pages.parquet").stat().st_mtime_ns
    ingest([path], Settings(out, 1), run=run_here, work=stubs.never)
    assert (out / "pages.parquet").stat().st_mtime_ns == stamp
    (out / "coverage.parquet").unlink()
    ingest([path], Settings(out, 1), run=run_here, work=stubs.never)
    assert all_bytes(out) == before
