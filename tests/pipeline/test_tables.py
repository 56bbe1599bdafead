"""The tables of a run: row groups, links between files, metadata of a feed beside the PDFs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline.errors import Unreadable
from pipeline.ingest import Settings, ingest
from pipeline.rebuild import rebuild
from pipeline.runner import run_here
from tests.pipeline import stubs

Fill = Callable[..., Path]
ENTRY = {"judul": "Rencana Kerja Pembangunan Zona Integritas", "noPeraturan": "4", "tahun_pengundangan": "2022"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "tables"


def table(out: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(out / f"{name}.parquet")


def test_many_row_groups_hold_the_rows_in_order(folder: Fill, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.parquet.ROW_GROUP", 5)
    ingest([folder(**{f"d{k}": b"%d" % k for k in range(20)})], Settings(out, 1), run=run_here, work=stubs.read)
    assert pq.read_metadata(out / "plan_rows.parquet").num_row_groups == 7
    rows = table(out, "plan_rows")
    keys = list(zip(rows["document_id"], rows["row_order"], strict=True))
    assert len(keys) == 40
    assert keys == sorted(keys)


def test_the_same_decree_in_two_files_is_linked(folder: Fill, out: Path) -> None:
    summary = ingest([folder(a=b"1", b=b"2", c=b"2")], Settings(out, 1), run=run_here, work=stubs.read_one_decree)
    links = table(out, "links").set_index("relation")
    assert sorted(links.index) == ["same-bytes", "same-decree"]
    assert summary.links == {"same-decree": 1}
    documents = table(out, "documents")
    assert documents["decree_id"].nunique() == 1
    assert links.loc["same-decree", "of_document_id"] == documents["decree_id"][0]


def test_what_a_feed_says_stands_beside_what_the_decree_says(folder: Fill, out: Path) -> None:
    path = folder(a=b"1", b=b"2")
    (path / "a.pdf.jdih.json").write_text(json.dumps(ENTRY))
    (path / "b.pdf.jdih.json").write_text("<html>")
    summary = ingest([path], Settings(out, 1), run=run_here, work=stubs.read_one_decree)
    (entry,) = table(out, "jdih").to_dict("records")
    assert (entry["source_path"], entry["title"], entry["year"]) == (str(path / "a.pdf"), ENTRY["judul"], 2022)
    verdicts = table(out, "jdih_checks").set_index("field")["verdict"]
    assert (verdicts["number"], verdicts["year"]) == ("agrees", "agrees")
    assert [f.code for f in summary.failures] == ["bad-metadata"]
    assert table(out, "failures")["source_path"][0] == str(path / "b.pdf.jdih.json")


def test_a_rebuild_needs_no_metadata_files(folder: Fill, out: Path) -> None:
    path = folder(a=b"1")
    (path / "a.pdf.jdih.json").write_text(json.dumps(ENTRY))
    ingest([path], Settings(out, 1), run=run_here, work=stubs.read)
    for file in path.iterdir():
        file.unlink()
    rebuild(out, 1, run=run_here, work=stubs.rebuild)
    assert len(table(out, "jdih")) == 1


def test_changed_metadata_make_new_tables_without_reading(folder: Fill, out: Path) -> None:
    path = folder(a=b"1")
    ingest([path], Settings(out, 1), run=run_here, work=stubs.read)
    (path / "a.pdf.jdih.json").write_text(json.dumps(ENTRY))
    assert ingest([path], Settings(out, 1), run=run_here, work=stubs.never).unchanged == 1
    assert len(table(out, "jdih")) == 1


def test_metadata_that_may_not_be_read_cost_no_decree(folder: Fill, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder(a=b"1")
    (path / "a.pdf.jdih.json").write_text(json.dumps(ENTRY))

    def refused(source: Path, size: int) -> bytes:
        raise Unreadable("The file cannot be read: Permission denied.")

    monkeypatch.setattr("pipeline.ingest.beginning_of", refused)
    summary = ingest([path], Settings(out, 1), run=run_here, work=stubs.read)
    assert (summary.documents, [f.source_path for f in summary.failures]) == (1, [str(path / "a.pdf.jdih.json")])


def test_a_rebuild_mends_a_damaged_table(folder: Fill, out: Path) -> None:
    ingest([folder(a=b"1")], Settings(out, 1), run=run_here, work=stubs.read)
    sound = (out / "plan_rows.parquet").read_bytes()
    (out / "plan_rows.parquet").write_bytes(sound[:100] + bytes([sound[100] ^ 1]) + sound[101:])
    rebuild(out, 1, run=run_here, work=stubs.read)
    assert (out / "plan_rows.parquet").read_bytes() == sound
