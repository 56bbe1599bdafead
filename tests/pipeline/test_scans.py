"""A run over scans: what the engine read is kept apart from the tables, and is asked for once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pandas as pd
import pikepdf
import pytest

from extract.document import extract_document
from extract.scan.engines import engine_for
from extract.scan.rapid import Rapid
from pipeline.cli import main
from pipeline.ingest import Settings, ingest
from pipeline.picture import draw
from pipeline.runner import Runner, run_here, run_pool
from pipeline.store import readings_folder
from pipeline.summary import Summary
from tests.conftest import SHORT_DECREE, scan
from tests.pipeline import stubs


def go(path: Path, out: Path, run: Runner = run_here, jobs: int = 1) -> Summary:
    return ingest([path], Settings(out, jobs), run=run)


def all_bytes(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.parquet")}


def kept(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in readings_folder(out).rglob("*.json")}


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two files with the same scanned page in them."""
    folder = tmp_path_factory.mktemp("scans")
    (folder / "a.pdf").write_bytes(scan())
    other = BytesIO()
    with pikepdf.open(BytesIO(scan())) as opened:
        opened.docinfo["/Title"] = "b"
        opened.save(other, deterministic_id=True)
    (folder / "b.pdf").write_bytes(other.getvalue())
    return folder


@pytest.fixture(scope="module")
def first(scans: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of a first run, in this process."""
    out = tmp_path_factory.mktemp("tables")
    summary = go(scans, out)
    assert (summary.extracted, summary.kinds, summary.failures) == (2, {"scanned": 2}, ())
    return out


@pytest.fixture
def out(first: Path, tmp_path: Path) -> Path:
    """The same output, to be changed."""
    return Path(shutil.copytree(first, tmp_path / "tables"))


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever asks the engine fails."""

    def asked(*_: object) -> None:
        raise AssertionError("the engine was asked")

    monkeypatch.setattr(Rapid, "find", asked)
    monkeypatch.setattr(Rapid, "read", asked)
    engine_for.cache_clear()
    yield
    engine_for.cache_clear()


def test_what_is_read_from_a_scan(first: Path) -> None:
    (row, _) = pd.read_parquet(first / "documents.parquet").to_dict("records")
    assert (row["kind"], row["number"], row["year"], row["title"]) == ("scanned", 61, 2023, SHORT_DECREE[6])
    assert row["date"].isoformat() == "2023-01-16"
    fields = pd.read_parquet(first / "fields.parquet")
    assert fields["confidence"].lt(1).any(), "a reading is never quite sure"


def test_the_same_page_in_two_files_is_kept_once(first: Path) -> None:
    assert len(kept(first)) == 1


def test_a_second_run_reads_nothing(scans: Path, out: Path) -> None:
    before = all_bytes(out), kept(out)
    summary = ingest([scans], Settings(out, 1), run=run_here, work=stubs.never)
    assert (summary.extracted, summary.unchanged) == (0, 2)
    assert (all_bytes(out), kept(out)) == before


@pytest.mark.usefixtures("no_engine")
def test_readings_outlive_the_results(scans: Path, out: Path) -> None:
    before = all_bytes(out), kept(out)
    shutil.rmtree(out / ".zi" / "rows")
    assert go(scans, out).extracted == 2
    assert (all_bytes(out), kept(out)) == before


@pytest.mark.usefixtures("no_engine")
def test_without_readings_the_engine_is_asked(scans: Path, out: Path) -> None:
    shutil.rmtree(out / ".zi")
    assert [f.code for f in go(scans, out).failures] == ["internal-error"] * 2


def test_a_broken_reading_is_read_again(scans: Path, out: Path) -> None:
    before = all_bytes(out), kept(out)
    shutil.rmtree(out / ".zi" / "rows")
    (reading,) = readings_folder(out).rglob("*.json")
    reading.write_bytes(reading.read_bytes()[:100])
    go(scans, out)
    assert (all_bytes(out), kept(out)) == before


def test_same_bytes_for_one_and_two_workers(scans: Path, first: Path, tmp_path: Path) -> None:
    go(scans, tmp_path / "two", run_pool, jobs=2)
    assert all_bytes(tmp_path / "two") == all_bytes(first)
    assert kept(tmp_path / "two") == kept(first)


@pytest.mark.usefixtures("no_engine")
def test_the_picture_shows_the_page_that_was_read(scans: Path, first: Path, tmp_path: Path) -> None:
    extraction = extract_document(scans / "a.pdf", readings=readings_folder(first))
    draw(scans / "a.pdf", extraction, 1, tmp_path / "page.png", readings_folder(first))
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")


def test_inspect_uses_what_a_run_kept(scans: Path, first: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = kept(first)
    assert main(["inspect", str(scans / "a.pdf"), "--out", str(first)]) == 0
    told = capsys.readouterr().out
    assert "scanned, 1 pages" in told and "61 TAHUN 2023  (page 1" in told
    assert kept(first) == before
