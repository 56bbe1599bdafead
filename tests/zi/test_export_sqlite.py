"""`zi export --sqlite`: one file that Datasette shows, with types, keys and meanings."""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from normalize.schema import TABLES
from tests.zi import made
from tests.zi.freeze import OLD
from zi.arguments import export_parser
from zi.errors import BrokenTable, ExportNotWritable
from zi.export import Wanted, export


@pytest.fixture(scope="module")
def base(parquet: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("sqlite") / "zi.db"
    export(parquet, Wanted(None, path))
    with closing(sqlite3.connect(path)) as opened:
        yield opened


def test_every_row_is_there(base: sqlite3.Connection) -> None:
    for name in TABLES:
        assert base.execute(f"select count(*) from {name}").fetchone() == (len(made.small().get(name, ())),)


def test_values_have_their_types(base: sqlite3.Connection) -> None:
    found = base.execute("select months, needs_review, year, confidence, typeof(confidence), area, action from plan_rows")
    first, second = found.fetchmany(2)
    assert first == ("[1, 2]", 0, 2023, 1.0, "real", None, "Membentuk tim kerja")
    assert second[-1] == "=1+1"  # SQLite runs nothing: texts stay as they are
    assert base.execute("select date from documents limit 1").fetchone() == ("2023-01-16",)
    assert base.execute("select count(*) from plan_rows, json_each(months) where value = 1").fetchone() == (4,)


def test_columns_are_declared(base: sqlite3.Connection) -> None:
    columns = {row[1]: row for row in base.execute("pragma table_info(plan_rows)")}
    assert columns["year"][2] == "INTEGER" and columns["confidence"][2] == "REAL" and columns["months"][2] == "TEXT"
    assert columns["row_id"][5] == 1 and columns["row_id"][3] == 1 and columns["area"][3] == 0


def test_keys_and_links(base: sqlite3.Connection) -> None:
    links = {(row[3], row[2]) for row in base.execute("pragma foreign_key_list(plan_rows)")}
    assert links == {("document_id", "documents"), ("indicator_id", "indicators")}
    assert base.execute("pragma foreign_key_check").fetchall() == []
    plan = base.execute("explain query plan select * from plan_rows where document_id = 'x'").fetchall()
    assert "USING INDEX" in plan[0][3]
    for name in TABLES:
        columns = {row[1] for row in base.execute(f"pragma table_info({name})")}
        if "document_id" in columns:
            plan = base.execute(f"explain query plan select * from {name} where document_id = 'x'").fetchall()
            assert "INDEX" in plan[0][3], name


def test_meanings_are_in_the_file(base: sqlite3.Connection) -> None:
    told = base.execute(
        "select meaning, null_means from zi_columns where table_name = 'plan_rows' and name = 'months'"
    ).fetchone()
    assert "months" in told[0] and told[1] == "not determinable"
    assert base.execute("select count(*) from zi_columns").fetchone() == (sum(len(t.columns) for t in TABLES.values()),)
    assert base.execute("select rows from zi_tables where name = 'plan_rows'").fetchone() == (10,)
    assert dict(base.execute("select key, value from zi_about"))["zi.schema_version"]


def test_the_same_tables_give_the_same_bytes(parquet: Path, tmp_path: Path) -> None:
    for name in ("a.db", "b.db"):
        export(parquet, Wanted(None, tmp_path / name))
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()


def test_an_old_file_is_replaced_whole(parquet: Path, tmp_path: Path) -> None:
    path = tmp_path / "zi.db"
    with closing(sqlite3.connect(path)) as old:
        old.execute("create table mine (x)")
    export(parquet, Wanted(None, path))
    with closing(sqlite3.connect(path)) as new:
        assert not new.execute("select 1 from sqlite_master where name = 'mine'").fetchall()


def test_a_table_that_breaks_leaves_the_old_file(tmp_path: Path) -> None:
    folder = made.write(tmp_path / "tables", made.small())
    file = folder / "plan_rows.parquet"
    data = bytearray(file.read_bytes())
    data[4:400] = b"x" * 396
    file.write_bytes(data)
    path = tmp_path / "zi.db"
    path.write_bytes(b"old")
    with pytest.raises(BrokenTable, match="plan_rows"):
        export(folder, Wanted(None, path))
    assert path.read_bytes() == b"old" and sorted(p.name for p in tmp_path.iterdir()) == ["tables", "zi.db"]


def test_a_place_that_cannot_be_written(parquet: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportNotWritable, match="folder"):
        export(parquet, Wanted(None, tmp_path))


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_old_tables(version: str, tmp_path: Path) -> None:
    export(OLD / version, Wanted(None, tmp_path / "zi.db"))
    with closing(sqlite3.connect(tmp_path / "zi.db")) as base:
        assert base.execute("select count(*) from plan_rows").fetchone() == (7,)
        assert "note.1" in dict(base.execute("select key, value from zi_about"))


def test_the_command(parquet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = argparse.ArgumentParser()
    export_parser(top.add_subparsers())
    words = ["--csv", str(tmp_path / "csv"), "--sqlite", str(tmp_path / "zi.db"), "--separator", "tab", "--json"]
    arguments = top.parse_args(["export", "--parquet", str(parquet), *words])
    assert arguments.run(arguments) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["rows"]["plan_rows"] == 10
    assert "21 tables" in told.err
    assert (tmp_path / "csv" / "pages.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument_id\tpage")


@pytest.mark.parametrize("sign", ["x", "", ",,"])
def test_a_separator_that_is_none(sign: str, parquet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    top = argparse.ArgumentParser()
    export_parser(top.add_subparsers())
    with pytest.raises(SystemExit):
        top.parse_args(["export", "--separator", sign])
    assert "is none of" in capsys.readouterr().err
