"""The ledger: what is written is found again, whatever happened to the file or the process in between."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import NothingStored, OutputBusy, OutputNotWritable
from pipeline.ledger import LEDGER, Entry, Input, look_into, open_ledger
from pipeline.storage import LocalFolder, folder_at

ENTRY = Entry(
    document_id="1" * 16,
    sha256="1" * 64,
    source_path="a.pdf",
    read_by="reader",
    made_by="maker",
    has_reading=True,
    status="partial",
    code="page-timeout",
    poison=True,
    pages=3,
    plan_rows=20,
    seconds=1.5,
    peak_memory=None,
    attempts=2,
    digest="d",
    recorded=100.0,
)


def test_an_entry_is_found_again_and_replaced(tmp_path: Path) -> None:
    out = LocalFolder(tmp_path)
    with open_ledger(out) as ledger:
        ledger.record(ENTRY)
        ledger.record(replace(ENTRY, status="ok", code=None, poison=False))
    with open_ledger(out) as ledger:
        assert ledger.entries() == {ENTRY.document_id: replace(ENTRY, status="ok", code=None, poison=False)}


def test_the_last_run_and_the_last_that_ended(tmp_path: Path) -> None:
    with open_ledger(LocalFolder(tmp_path)) as ledger:
        assert ledger.last_run() is None
        first = ledger.begin(
            "ingest", 2, 1, [Input("a.pdf", "1" * 16), Input("b.pdf", code="unreadable", message="m", cure="c")]
        )
        ledger.finish(first)
        ledger.begin("ingest", 2, 5, [Input("c.pdf", "2" * 16, sidecar=b"{}")])
        ended, begun = ledger.last_run(finished=True), ledger.last_run()
        assert ended is not None and begun is not None
        assert (ended.number, begun.finished, begun.to_do) == (first, None, 5)
        assert [one.source_path for one in ledger.inputs(ended)] == ["a.pdf", "b.pdf"]
        assert ledger.inputs(begun)[0].sidecar == b"{}"


def test_inputs_of_older_runs_are_forgotten_when_a_run_ends(tmp_path: Path) -> None:
    with open_ledger(LocalFolder(tmp_path)) as ledger:
        for _ in range(3):
            run = ledger.begin("ingest", 1, 0, [Input("a.pdf", "1" * 16)])
            before = ledger.last_run()
            ledger.finish(run)
        assert before is not None
        assert len(ledger.inputs(before)) == 1
        assert ledger.inputs(replace(before, number=before.number - 1)) == []


@pytest.mark.parametrize("damage", [b"no database at all", b"SQLite format 3\0" + b"\xff" * 5000, b""])
def test_a_broken_ledger_is_put_aside(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / LEDGER
    with open_ledger(LocalFolder(tmp_path)) as ledger:
        ledger.record(ENTRY)
    file.write_bytes(damage)
    with open_ledger(LocalFolder(tmp_path)) as ledger:
        assert ledger.entries() == {}
        ledger.record(ENTRY)
    assert file.with_name("ledger.sqlite.aside").read_bytes() == damage


@pytest.mark.parametrize("change", ["DROP TABLE documents", "DROP TABLE inputs", "PRAGMA user_version = 99"])
def test_a_ledger_that_is_none_of_this_version_is_put_aside(tmp_path: Path, change: str) -> None:
    with open_ledger(LocalFolder(tmp_path)) as ledger:
        ledger.record(ENTRY)
    with closing(sqlite3.connect(tmp_path / LEDGER)) as db, db:
        db.execute(change)
    with pytest.raises(NothingStored, match="broken, or of another version"), look_into(LocalFolder(tmp_path)):
        pass
    with open_ledger(LocalFolder(tmp_path)) as ledger:
        assert ledger.entries() == {}


def test_a_ledger_that_another_program_holds_is_not_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ledger.BUSY", 0.1)
    with open_ledger(LocalFolder(tmp_path)) as ledger:
        ledger.record(ENTRY)
    with closing(sqlite3.connect(tmp_path / LEDGER)) as db:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OutputBusy, match="Another program"), open_ledger(LocalFolder(tmp_path)) as ledger:
            ledger.record(ENTRY)
    with open_ledger(LocalFolder(tmp_path)) as ledger:
        assert ledger.entries() == {ENTRY.document_id: ENTRY}


def test_one_may_look_while_another_writes(tmp_path: Path) -> None:
    out = LocalFolder(tmp_path)
    with open_ledger(out) as writer:
        writer.record(ENTRY)
        with look_into(out) as reader:
            assert reader is not None
            assert reader.entries() == {ENTRY.document_id: ENTRY}


def test_there_is_nothing_to_look_into(tmp_path: Path) -> None:
    with look_into(LocalFolder(tmp_path)) as ledger:
        assert ledger is None
    assert list(tmp_path.iterdir()) == []


def test_a_remote_ledger_comes_back(tmp_path: Path) -> None:
    out = folder_at(f"memory://{tmp_path.name}")
    with open_ledger(out) as ledger:
        ledger.record(ENTRY)
    with open_ledger(out) as ledger:
        assert ledger.entries() == {ENTRY.document_id: ENTRY}
    with look_into(out) as looked:
        assert looked is not None and looked.entries() == {ENTRY.document_id: ENTRY}


def test_a_ledger_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / ".zi").write_bytes(b"a file where the folder should be")
    with pytest.raises(OutputNotWritable, match="ledger"), open_ledger(LocalFolder(tmp_path)):
        pass
