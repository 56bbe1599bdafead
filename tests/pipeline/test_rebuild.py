"""What was read is kept apart from what is made of it: rows and tables come anew without a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import NothingStored
from pipeline.ingest import Settings, ingest
from pipeline.rebuild import rebuild
from pipeline.runner import Work, run_here, run_pool
from pipeline.summary import Summary
from tests.pipeline import stubs

Fill = Callable[..., Path]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "tables"


def first(path: Path, out: Path, work: Work = stubs.read) -> Summary:
    return ingest([path], Settings(out, 1), run=run_here, work=work)


def again(out: Path, work: Work = stubs.rebuild) -> Summary:
    return rebuild(out, 1, run=run_here, work=work)


def documents(out: Path) -> pd.DataFrame:
    return pd.read_parquet(out / "documents.parquet")


def test_tables_come_anew_when_the_pdfs_are_gone(folder: Fill, out: Path) -> None:
    path = folder(a=b"1", b=b"2")
    first(path, out)
    for pdf in path.iterdir():
        pdf.unlink()
    summary = again(out)
    assert (summary.rebuilt, summary.extracted, summary.documents, summary.plan_rows) == (2, 0, 2, 4)
    assert list(documents(out)["place"]) == ["rebuilt", "rebuilt"]


def test_rebuilt_tables_are_those_of_the_run(folder: Fill, out: Path) -> None:
    first(folder(a=b"1", b=b"1", c=b"3"), out)
    before = {path.name: path.read_bytes() for path in out.glob("*.parquet")}
    rebuild(out, 1, run=run_here, work=stubs.read)
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet")} == before


def test_a_failed_document_stays_as_it_was(folder: Fill, out: Path) -> None:
    first(folder(a=b"1"), out, stubs.fail)
    summary = again(out, stubs.never)
    assert [f.code for f in summary.failures] == ["damaged"]
    assert (summary.exit_code, summary.rebuilt, summary.unchanged_failed) == (1, 0, 1)


def test_a_name_that_could_not_be_read_stays_in_failures(folder: Fill, out: Path) -> None:
    path = folder(a=b"1")
    (path / "gone.pdf").symlink_to(path / "nowhere")
    before = first(path, out)
    assert [f.code for f in again(out).failures] == [f.code for f in before.failures] == ["unreadable"]


def test_there_is_nothing_to_rebuild(out: Path) -> None:
    with pytest.raises(NothingStored):
        again(out)
    assert not out.exists()


def test_a_run_that_did_not_end_is_not_rebuilt_but_the_one_before(folder: Fill, out: Path) -> None:
    first(folder(a=b"1"), out)
    with pytest.raises(KeyboardInterrupt):
        first(folder(b=b"2"), out, stubs.interrupt)
    assert again(out).documents == 1


def test_a_reading_that_cannot_be_used_is_told_and_the_tables_stay(folder: Fill, out: Path) -> None:
    first(folder(a=b"1"), out)
    before = (out / "documents.parquet").read_bytes()
    with pytest.raises(NothingStored, match="of another version"):
        again(out, stubs.refuse_reading)
    assert (out / "documents.parquet").read_bytes() == before


def test_new_meanings_are_made_of_old_readings_at_the_next_run(
    folder: Fill, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(a=b"1", b=b"2")
    first(path, out)
    monkeypatch.setattr("pipeline.output.rows_fingerprint", lambda: "other words")
    summary = first(path, out, stubs.rebuild)
    assert (summary.extracted, summary.rebuilt) == (0, 2)
    assert first(path, out, stubs.never).unchanged == 2


def test_a_new_reader_reads_again(folder: Fill, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder(a=b"1")
    first(path, out)
    monkeypatch.setattr("pipeline.output.reading_fingerprint", lambda _: "other eyes")
    assert again(out).read_by_other == 1
    assert first(path, out).extracted == 1


@pytest.mark.parametrize("gone", [True, False])
def test_a_reading_that_cannot_be_used_is_read_again_at_the_next_run(
    folder: Fill, out: Path, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    path = folder(a=b"1", b=b"2")
    first(path, out)
    if gone:
        for kept in (out / ".zi" / "extracted").rglob("*.zi"):
            kept.unlink()
    monkeypatch.setattr("pipeline.output.rows_fingerprint", lambda: "other words")
    summary = first(path, out, stubs.refuse_reading)
    assert (summary.extracted, summary.rebuilt, summary.exit_code) == (2, 0, 0)


@pytest.mark.parametrize("damage", ["swapped", "cut", "emptied", "one bit", "gone"])
def test_a_reading_that_is_not_what_was_kept_is_never_used(folder: Fill, out: Path, damage: str) -> None:
    path = folder(a=b"1", b=b"2")
    first(path, out)
    before = {file.name: file.read_bytes() for file in out.glob("*.parquet")}
    one, other = sorted((out / ".zi" / "extracted").rglob("*.zi"))
    data = one.read_bytes()
    if damage == "swapped":
        one.write_bytes(other.read_bytes())
        other.write_bytes(data)
    elif damage == "gone":
        one.unlink()
    else:
        one.write_bytes({"cut": data[:-1], "emptied": b"", "one bit": bytes([data[0] ^ 1]) + data[1:]}[damage])
    with pytest.raises(NothingStored, match="gone, broken"):
        again(out)
    assert first(path, out).extracted == (2 if damage == "swapped" else 1)
    assert again(out, stubs.read).rebuilt == 2
    assert {file.name: file.read_bytes() for file in out.glob("*.parquet")} == before


def test_the_real_thing_gives_the_same_bytes(decree: bytes, tmp_path: Path, out: Path) -> None:
    pdf = tmp_path / "decree.pdf"
    pdf.write_bytes(decree)
    ingest([pdf], Settings(out, 1), run=run_pool)
    before = {path.name: path.read_bytes() for path in out.glob("*.parquet")}
    pdf.unlink()
    assert rebuild(out, 1, run=run_pool).rebuilt == 1
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet")} == before
