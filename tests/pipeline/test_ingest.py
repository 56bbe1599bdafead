"""A run over many files: what is read, what is kept, what is written. The reading itself is a stub."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from normalize.schema import SCHEMA_VERSION, TABLES
from pipeline.errors import NothingToDo, OutputNotWritable
from pipeline.ingest import Settings, ingest
from pipeline.runner import Runner, Work, run_here, run_pool
from pipeline.summary import Summary
from tests.pipeline import stubs

Fill = Callable[..., Path]


def go(path: Path, out: Path, work: Work = stubs.read, run: Runner = run_here, jobs: int = 2) -> Summary:
    return ingest([path], Settings(out, jobs), run=run, work=work)


def table(out: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(out / f"{name}.parquet")


def all_bytes(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.parquet")}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "tables"


def test_every_table_is_written_with_its_columns(folder: Fill, out: Path) -> None:
    go(folder(a=b"1"), out)
    for name, expected in TABLES.items():
        schema = pq.read_schema(out / f"{name}.parquet")
        assert schema.names == [column.name for column in expected.columns]
        assert schema.metadata[b"zi.schema_version"] == SCHEMA_VERSION.encode()


def test_columns_carry_their_meaning(folder: Fill, out: Path) -> None:
    go(folder(a=b"1"), out)
    field = pq.read_schema(out / "plan_rows.parquet").field("boxes")
    assert {b"meaning", b"null", b"unit"} <= field.metadata.keys()


def test_rows_are_sorted_and_empty_lists_are_not_null(folder: Fill, out: Path) -> None:
    go(folder(a=b"1"), out)
    rows = table(out, "plan_rows")
    assert list(rows["row_order"]) == [1, 2]
    assert [list(months) for months in rows["months"]] == [[1, 12], []]
    assert pq.read_table(out / "plan_rows.parquet")["months"].null_count == 0


def test_same_bytes_for_one_and_many_workers_and_any_order(folder: Fill, tmp_path: Path) -> None:
    path = folder(a=b"1", b=b"2", c=b"3", d=b"4")
    go(path, tmp_path / "one")
    go(path, tmp_path / "two", stubs.read_slowly_in_reverse, run_pool)
    assert all_bytes(tmp_path / "one") == all_bytes(tmp_path / "two")


def test_a_second_run_reads_nothing_and_gives_the_same_bytes(folder: Fill, out: Path) -> None:
    path = folder(a=b"1", b=b"2")
    first = go(path, out)
    before = all_bytes(out)
    second = go(path, out, stubs.never)
    assert (first.extracted, second.extracted, second.unchanged) == (2, 0, 2)
    assert all_bytes(out) == before
    assert any("Nothing read again, 2 unchanged" in line for line in second.lines())


def test_only_a_changed_document_is_read_again(folder: Fill, out: Path) -> None:
    go(folder(a=b"1", b=b"2"), out)
    assert go(folder(b=b"changed"), out).extracted == 1


def test_another_reader_reads_again(folder: Fill, out: Path) -> None:
    path = folder(a=b"1")
    go(path, out)
    again = ingest([path], Settings(out, 1, "pdfplumber"), run=run_here, work=stubs.read)
    assert again.extracted == 1


def test_a_broken_kept_result_is_read_again(folder: Fill, out: Path) -> None:
    path = folder(a=b"1")
    go(path, out)
    (kept,) = (out / ".zi" / "rows").rglob("*.zi")
    kept.write_bytes(kept.read_bytes()[:50])
    assert go(path, out).extracted == 1


def test_a_renamed_document_is_not_read_again_but_has_its_new_name(folder: Fill, out: Path) -> None:
    path = folder(a=b"1")
    go(path, out)
    (path / "a.pdf").rename(path / "z.pdf")
    assert go(path, out, stubs.never).extracted == 0
    assert list(table(out, "documents")["source_path"]) == [str(path / "z.pdf")]


def test_the_tables_hold_only_the_documents_of_this_run(folder: Fill, out: Path) -> None:
    path = folder(a=b"1", b=b"2")
    go(path, out)
    go(path / "b.pdf", out)
    assert list(table(out, "documents")["source_path"]) == [str(path / "b.pdf")]


def test_same_bytes_under_two_names_are_one_document(folder: Fill, out: Path) -> None:
    path = folder(b=b"same", a=b"same")
    summary = go(path, out)
    assert list(table(out, "documents")["source_path"]) == [str(path / "a.pdf")]
    (duplicate,) = summary.duplicates
    assert (duplicate.source_path, duplicate.same_as) == (str(path / "b.pdf"), str(path / "a.pdf"))


def test_a_failed_document_is_a_row_and_is_not_tried_again(folder: Fill, out: Path) -> None:
    path = folder(a=b"1")
    first = go(path, out, stubs.fail)
    second = go(path, out, stubs.never)
    assert first.exit_code == second.exit_code == 1
    assert second.unchanged_failed == 1
    (row,) = table(out, "failures").to_dict("records")
    assert (row["source_path"], row["code"]) == (str(path / "a.pdf"), "damaged")
    assert row["document_id"] and row["cure"] and pd.isna(row["page"])
    assert table(out, "documents").empty


def test_a_skipped_page_is_a_row_beside_its_document(folder: Fill, out: Path) -> None:
    summary = go(folder(a=b"1"), out, stubs.skip_a_page)
    assert (summary.exit_code, summary.documents) == (1, 1)
    assert list(table(out, "failures")["page"]) == [2]


def test_a_decree_without_a_plan_is_named(folder: Fill, out: Path) -> None:
    path = folder(**{"no-plan": b"1", "a": b"2"})
    summary = go(path, out)
    assert summary.without_plan == (str(path / "no-plan.pdf"),)
    assert summary.exit_code == 0


def test_a_worker_that_dies_takes_only_its_document(folder: Fill, out: Path) -> None:
    path = folder(a=b"1", b=b"2", poison=b"3", x=b"4", y=b"5")
    summary = go(path, out, stubs.die_on_poison, run_pool)
    assert summary.documents == 4
    (failure,) = summary.failures
    assert (failure.source_path, failure.code) == (str(path / "poison.pdf"), "crashed")


def test_two_workers_that_die_are_both_told(folder: Fill, out: Path) -> None:
    path = folder(poison1=b"1", poison2=b"2", x=b"3")
    assert [f.code for f in go(path, out, stubs.die_on_poison, run_pool).failures] == ["crashed", "crashed"]


def test_a_crash_is_left_alone_until_asked(folder: Fill, out: Path) -> None:
    path = folder(poison=b"1")
    first = go(path, out, stubs.die_on_poison, run_pool, jobs=1)
    second = go(path, out, stubs.never)
    assert [f.code for f in first.failures] == [f.code for f in second.failures] == ["crashed"]
    asked = ingest([path], Settings(out, 1, retry=True), run=run_here, work=stubs.read)
    assert (asked.extracted, asked.exit_code) == (1, 0)


def test_what_was_our_own_fault_is_read_again_when_asked(folder: Fill, out: Path) -> None:
    path = folder(a=b"1")
    assert [f.code for f in go(path, out, stubs.fail_within).failures] == ["internal-error"]
    assert go(path, out, stubs.never).unchanged == 1
    assert ingest([path], Settings(out, 1, retry=True), run=run_here, work=stubs.read).exit_code == 0


def test_ctrl_c_leaves_the_old_tables_and_the_next_run_goes_on(folder: Fill, out: Path) -> None:
    go(folder(a=b"1"), out)
    before = all_bytes(out)
    path = folder(b=b"2")
    with pytest.raises(KeyboardInterrupt):
        go(path, out, stubs.interrupt)
    assert all_bytes(out) == before
    assert go(path, out).extracted == 1


def test_no_pdf_at_all_leaves_the_old_tables(folder: Fill, out: Path, tmp_path: Path) -> None:
    go(folder(a=b"1"), out)
    before = all_bytes(out)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToDo):
        go(tmp_path / "empty", out)
    assert all_bytes(out) == before


def test_a_folder_without_pdfs_beside_a_full_one_is_a_failure(folder: Fill, out: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / "empty", folder(a=b"1")]
    summary = ingest(paths, Settings(out, 1), run=run_here, work=stubs.read)
    assert (summary.documents, summary.exit_code) == (1, 1)
    assert list(table(out, "failures")["code"]) == ["no-pdf-in-folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(folder: Fill, out: Path) -> None:
    path = folder(a=b"1", b=b"2")
    (path / "a.pdf").chmod(0)
    summary = go(path, out)
    assert (summary.documents, [f.code for f in summary.failures]) == (1, ["unreadable"])


def test_an_output_that_is_a_file_cannot_be_written(folder: Fill, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(OutputNotWritable):
            go(folder(a=b"1"), out)
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_a_table_that_cannot_be_written_leaves_all_old_ones(folder: Fill, out: Path) -> None:
    go(folder(a=b"1"), out)
    before = all_bytes(out)
    (out / ".plan_rows.parquet.tmp").mkdir()  # as a full disk would: the third table cannot be written
    with pytest.raises(OutputNotWritable):
        go(folder(b=b"2"), out)
    assert all_bytes(out) == before


def test_odd_names_survive_into_the_tables(folder: Fill, out: Path) -> None:
    path = folder()
    for name in (b"a\xff.pdf", b"b\nc.pdf", b"[red]d.pdf"):
        Path(os.fsdecode(os.fsencode(path) + b"/" + name)).write_bytes(name)
    summary = go(path, out, run=run_pool)
    found = {Path(name).name for name in table(out, "documents")["source_path"]}
    assert found == {"a\\xff.pdf", "b\nc.pdf", "[red]d.pdf"}
    assert all("\n" not in line for line in summary.lines())
