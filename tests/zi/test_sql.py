"""`zi sql`: answers over the tables, no way out of them, and words for those who slip."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import signal
import sys
import threading
from pathlib import Path

import pandas as pd
import pytest

import zi
from extract.errors import ZiError
from tests.zi import made
from zi.arguments import sql_parser
from zi.query import answer
from zi.shown import as_csv, as_json_lines, as_table
from zi.tables import Tables

pytest.importorskip("duckdb")

FORBIDDEN = (
    "select * from '{file}'",
    "from read_csv('{file}')",
    "from read_parquet('{file}')",
    "from read_text('{file}')",
    "from read_blob('{file}')",
    "from read_json('{file}')",
    "from glob('{folder}/*')",
    "from read_csv('https://example.org/x.csv')",
    "from parquet_metadata('{file}')",
    "copy plan_rows to '{new}'",
    "copy (select 1) to '{new}'",
    "export database '{new}'",
    "attach '{new}'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "pragma enable_external_access = true",
    "reset lock_configuration",
    "create table x as select 1",
    "insert into plan_rows select * from plan_rows",
    "delete from plan_rows",
    "update plan_rows set year = 1",
    "drop view plan_rows",
    "create secret (type s3)",
    "call duckdb_settings()",
    "vacuum",
    "begin",
    "prepare x as select 1",
    "from secret_of_this_test",
)


def run(parquet: Path, *words: str) -> argparse.Namespace:
    top = argparse.ArgumentParser()
    sql_parser(top.add_subparsers())
    arguments = top.parse_args(["sql", *words, "--parquet", str(parquet)])
    arguments.run(arguments)
    return arguments


def table(tables: Tables, query: str, width: int | None = None) -> list[str]:
    with answer(tables, query) as found:
        return list(as_table(found, width))


def test_an_answer_keeps_its_types(tables: Tables) -> None:
    found = tables.sql("select document_id, date, year from documents order by document_id")
    assert found["date"].dt.year.iloc[0] == 2023 and found["year"].iloc[-1] is pd.NA
    assert tables.sql("select months from plan_rows limit 1")["months"].iloc[0] == [1, 2]
    assert tables.sql("select sum(row_count) as n from coverage")["n"].iloc[0] == 6  # a whole number, no decimal


def test_the_function_is_the_command(parquet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "select count(*) as n from plan_rows"
    assert zi.sql(query, parquet)["n"].iloc[0] == 10
    run(parquet, query, "--json")
    assert json.loads(capsys.readouterr().out) == [{"n": 10}]


def test_the_joins_are_there(tables: Tables) -> None:
    found = tables.sql("select satker_name, count(*) as n from rows group by all order by n desc")
    assert list(found["n"]) == [5, 2, 1]
    listed = set(tables.sql("show tables")["name"])
    assert {"plan_rows", "decrees", "plans", "rows", "coverage_rows", "finding_rows", "citations", "instruments"} <= listed
    described = set(tables.sql("describe rows")["column_name"])
    assert {"satker_name", "component_name"} <= described
    assert len(tables.sql("select * from coverage_rows where status = 'uncertain'")) == 5


@pytest.mark.parametrize(
    "query",
    [
        "with x as (select 1 as a) select a from x",
        "from documents select document_id",
        "pivot coverage on status using count(*) group by satker_code",
        "summarize coverage",
        "explain select 1",
        "values (1)",
        "select unnest(months) m, count(*) from plan_rows group by 1;",
        "select 1 -- a comment",
    ],
)
def test_questions_of_all_shapes(query: str, tables: Tables) -> None:
    assert len(tables.sql(query))


@pytest.mark.parametrize("query", FORBIDDEN)
def test_no_way_out(query: str, tables: Tables, tmp_path: Path) -> None:
    secret_of_this_test = pd.DataFrame({"a": [1]})
    file, new = tmp_path / "secret.csv", tmp_path / "new"
    file.write_text("secret\n1\n")
    with pytest.raises(zi.WrongSql):
        tables.sql(query.format(file=file, folder=tmp_path, new=new))
    assert not new.exists() and len(secret_of_this_test) == 1
    assert len(tables.sql("select 1 from plan_rows")) == 10


def test_a_file_of_the_very_folder_is_out_of_reach_too(parquet: Path, tables: Tables) -> None:
    with pytest.raises(zi.WrongSql, match="disabled"):
        tables.sql(f"select * from '{parquet / 'plan_rows.parquet'}'")


@pytest.mark.parametrize(
    ("query", "said"), [("selec 1", "selec"), ("select foo from documents", "foo"), ("from nowhere", "nowhere")]
)
def test_wrong_sql_is_told_in_the_words_of_duckdb(query: str, said: str, tables: Tables) -> None:
    with pytest.raises(zi.WrongSql, match=said) as told:
        tables.sql(query)
    assert "Traceback" not in told.value.message and "describe plan_rows" in told.value.cure


@pytest.mark.parametrize(("query", "said"), [("select 1; select 2", "2 statements"), ("", "empty"), ("-- nothing", "empty")])
def test_one_question_at_a_time(query: str, said: str, tables: Tables) -> None:
    with pytest.raises(zi.NotReadOnly, match=said):
        tables.sql(query)


def test_a_row_that_cannot_be_computed_is_told(tables: Tables) -> None:
    with pytest.raises(zi.WrongSql, match="abc"):
        tables.sql("select cast('abc' as integer) from plan_rows")


def test_a_table_for_a_person(tables: Tables) -> None:
    lines = table(tables, "select row_order, months, indicator_id from plan_rows where document_id like '%3' order by 1")
    assert lines == [
        "row_order  months  indicator_id",
        "---------  ------  ------------",
        "        1  [1]     A1.P1",
        "        2  [6]     A1.P2",
        "        3  [7]     A1.P2",
        "        4  null    A1.P2",  # not determinable
        "        5  []      null",  # none marked
        "(5 rows)",
    ]


@pytest.mark.parametrize("width", [None, 200, 80, 40, 20, 5])
def test_no_text_is_cut(width: int | None, tables: Tables) -> None:
    words = " ".join(f"kata{n}" for n in range(60))
    lines = table(tables, f"select '{words}' as long_text, 'x' as a, 12345678 as number, date '2023-01-16' as d", width)
    said = " ".join(lines)
    assert all(word in said for word in (*words.split(), "12345678", "2023-01-16"))
    if width is not None and width >= 40:
        assert max(map(len, lines)) <= width


def test_a_word_longer_than_its_column_is_broken_and_not_cut(tables: Tables) -> None:
    lines = table(tables, f"select '{'x' * 100}' as a, 'short' as b", 60)
    assert sum(line.count("x") for line in lines) == 100


def test_many_columns_stand_below_each_other(tables: Tables) -> None:
    lines = table(tables, "select * from plan_rows limit 2", 80)
    assert lines[0].startswith("-- row 1 -") and any(line.split() == ["months", "[1,", "2]"] for line in lines)
    assert max(map(len, lines)) <= 80


def test_no_order_to_the_terminal_gets_through(tables: Tables) -> None:
    assert "\x1b" not in "".join(table(tables, "select chr(27) || '[2J' as \"a\x1bb\""))


def test_csv_and_json_of_all_types(tables: Tables) -> None:
    query = (
        "select null as n, true as t, 1.5::double as d, 'nan'::double as nan, date '2023-01-16' as day, [1, 2] as l, "
        "{'a': null} as s, 10::hugeint as h, 1.25::decimal(5,2) as dec, 'a;\"b' as q, 1 as q, interval 1 day as i, "
        "'\\x01'::blob as b"
    )
    with answer(tables, query) as found:
        (row,) = json.loads("".join(as_json_lines(found)))
    assert row["n"] is None and row["t"] is True and row["d"] == 1.5 and row["nan"] is None and row["day"] == "2023-01-16"
    assert row["l"] == [1, 2] and row["s"] == {"a": None} and row["h"] == 10 and row["dec"] == 1.25
    assert row["q"] == 'a;"b' and row["q_2"] == 1
    with answer(tables, query) as found:
        header, cells = csv.reader(io.StringIO("".join(as_csv(found, guard=True)), newline=""))
    told = dict(zip(header, cells, strict=True))
    assert (
        told["n"] == ""
        and told["t"] == "true"
        and told["l"] == "[1, 2]"
        and told["q"] == 'a;"b'
        and told["day"] == "2023-01-16"
    )


def test_no_rows(tables: Tables) -> None:
    query = "select document_id from documents where false"
    assert table(tables, query)[-1] == "(0 rows)"
    with answer(tables, query) as found:
        assert json.loads("".join(as_json_lines(found))) == []
    with answer(tables, query) as found:
        assert "".join(as_csv(found, guard=True)) == "document_id\n"


def test_csv_runs_no_formula(parquet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = "select distinct action from plan_rows where action like '=%'"
    run(parquet, query, "--csv")
    assert capsys.readouterr().out == "action\n'=1+1\n"
    run(parquet, query, "--csv", "--as-is")
    assert capsys.readouterr().out == "action\n=1+1\n"


def test_many_rows_pass_in_pieces(tables: Tables) -> None:
    with answer(tables, "select i, 'text ' || i as t from range(100_000) r(i)") as found:
        pieces = list(as_json_lines(found))
    assert len(pieces) > 5 and len(json.loads("".join(pieces))) == 100_000


def test_an_endless_table_is_refused_and_not_cut(tables: Tables) -> None:
    with pytest.raises(zi.TooManyRows, match="200,000") as told:
        table(tables, "from range(10_000_000_000)")
    assert "--csv" in told.value.cure


def test_notes_are_told_where_they_matter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made.write(tmp_path, made.small() | {"findings": [], "similar_plans": []})
    run(folder, "select count(*) from plan_rows")
    assert capsys.readouterr().err == ""
    for query in ("select count(*) from findings", "select count(*) from finding_rows"):
        run(folder, query)
        assert "zi audit" in capsys.readouterr().err


def test_a_query_from_stdin(parquet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("select 42 as a"))
    run(parquet, "-", "--csv")
    assert capsys.readouterr().out == "a\n42\n"


def test_an_endless_query_listens_to_ctrl_c(tables: Tables) -> None:
    stop = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    stop.start()
    with pytest.raises(KeyboardInterrupt):
        tables.sql("select a.i from range(3_000_000) a(i), range(3_000_000) b(i) where a.i * b.i % 1_000_000_007 = 5")
    stop.cancel()
    assert len(tables.sql("select 1")) == 1


def test_no_folder_is_an_error_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(ZiError, match="There is no folder") as told:
        run(tmp_path / "nowhere", "select 1")
    assert told.value.code == "no-tables"
