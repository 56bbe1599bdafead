"""A table as an analyst gets it: typed, lazily read, and with words that help where it is not there."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import zi
from normalize.schema import TABLES
from tests.zi import made
from zi.tables import Tables


def test_types_survive(tables: Tables) -> None:
    documents, rows = tables.documents, tables.plan_rows
    assert documents["date"].iloc[0] == dt.date(2023, 1, 16) and documents["date"].dt.year.iloc[0] == 2023
    assert rows["months"].iloc[0] == [1, 2]
    assert pd.isna(rows["satker_code"].iloc[0]) is False and documents["satker_code"].iloc[-1] is pd.NA
    assert str(rows["year"].dtype) == "int32[pyarrow]"  # whole numbers stay whole, though some are null
    assert list(rows["match_status"].cat.categories) == ["accepted", "override", "review", "none"]


def test_null_and_empty_months_are_told_apart(tables: Tables) -> None:
    months = tables.plan_rows.set_index("row_id")["months"]
    assert months[f"{made.ARUNIKA}-0005"] == [] and months[f"{made.ARUNIKA}-0004"] is pd.NA


def test_every_table_is_an_attribute(tables: Tables) -> None:
    assert set(TABLES) <= set(dir(tables))
    for name in TABLES:
        assert list(getattr(tables, name).columns) == TABLES[name].schema.names
        assert tables[name] is getattr(tables, name)


def test_a_table_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    folder = made.write(tmp_path, made.small())
    tables = zi.load(folder)
    (folder / "plan_rows.parquet").unlink()
    assert len(tables.documents) == 6
    with pytest.raises(zi.BrokenTable, match="plan_rows"):
        _ = tables.plan_rows


def test_a_frame_that_was_changed_does_not_change_the_joins(parquet: Path) -> None:
    tables = zi.load(parquet)
    tables.plan_rows["indicator_id"] = "A9"
    assert set(tables.rows()["indicator_id"].dropna()) == {"A1.P1", "A1.P2", "A2.P1"}


def test_arrow_has_the_meanings(tables: Tables) -> None:
    found = tables.arrow("plan_rows")
    assert found.schema.names == TABLES["plan_rows"].schema.names
    assert found.field("months").type == pa.list_(pa.int8())
    assert b"meaning" in found.field("months").metadata


def test_polars(tables: Tables) -> None:
    pl = pytest.importorskip("polars")
    found = tables.polars("plan_rows")
    assert found["months"].to_list()[0] == [1, 2] and found.schema["year"] == pl.Int32


@pytest.mark.parametrize(("library", "extra"), [("polars", "polars"), ("duckdb", "sql")])
def test_a_library_that_is_not_there_is_named(
    library: str, extra: str, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(zi.LibraryMissing) as told:
        tables.polars("pages") if library == "polars" else tables.sql("select 1")
    assert f"zi[{extra}]" in told.value.cure


def test_a_word_that_an_unknown_zi_added_is_kept(tmp_path: Path) -> None:
    rows = made.small()
    rows["coverage"][0]["status"] = "half"
    tables = zi.load(made.write(tmp_path, rows))
    assert tables.coverage["status"].isna().sum() == 0
    assert list(tables.coverage["status"].cat.categories)[-1] == "half"
    assert not tables.coverage_rows()["sure"].iloc[0]


def test_no_tables_there(tmp_path: Path) -> None:
    with pytest.raises(zi.NoTables, match="There is no folder"):
        zi.load(tmp_path / "nowhere")
    with pytest.raises(zi.NoTables, match=r"documents\.parquet") as told:
        zi.load(tmp_path)
    assert "zi ingest" in told.value.cure
    file = made.write(tmp_path / "tables", {}) / "documents.parquet"
    with pytest.raises(zi.NoTables, match="a file, not the folder"):
        zi.load(file)


def test_a_file_that_is_no_table(tmp_path: Path) -> None:
    folder = made.write(tmp_path, {})
    (folder / "pages.parquet").write_bytes(b"no table at all")
    with pytest.raises(zi.BrokenTable, match=r"pages\.parquet cannot be read"):
        zi.load(folder)


def test_a_name_that_is_no_table(tables: Tables) -> None:
    with pytest.raises(AttributeError, match="plan_row"):
        _ = tables.plan_row
    assert not hasattr(tables, "nothing")


def test_a_lost_file_is_no_empty_table(tmp_path: Path) -> None:
    folder = made.write(tmp_path, made.small())
    (folder / "findings.parquet").unlink()
    tables = zi.load(folder)
    assert "findings" in " ".join(tables.notes)
    with pytest.raises(zi.NoSuchTable, match=r"findings\.parquet"):
        tables.finding_rows()
    assert len(tables.rows()) == 8


def test_tables_that_were_not_audited_say_so(tmp_path: Path, tables: Tables) -> None:
    assert tables.notes == ()
    rows = made.small() | {"findings": [], "similar_plans": []}
    assert "zi audit" in zi.load(made.write(tmp_path, rows)).notes[0]


def test_files_of_two_runs_say_so(tmp_path: Path) -> None:
    folder = made.write(tmp_path, made.small())
    file = folder / "plan_rows.parquet"
    table = pq.read_table(file)
    pq.write_table(table.replace_schema_metadata({**table.schema.metadata, b"zi.content": b"another"}), file)
    assert any("not of one making" in note for note in zi.load(folder).notes)


def test_tables_that_pandas_wrote_again_are_read(tmp_path: Path) -> None:
    folder = made.write(tmp_path, made.small())
    for name in ("documents", "plan_rows"):
        pd.read_parquet(folder / f"{name}.parquet").to_parquet(folder / f"{name}.parquet")
    tables = zi.load(folder)
    assert tables.version is None and "Another program wrote documents, plan_rows" in " ".join(tables.notes)
    assert len(tables.rows()) == 8 and tables.plan_rows["months"].iloc[0] == [1, 2]
