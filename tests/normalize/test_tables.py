"""The rows of the output tables: they fit the schema, and their order and ids are stable."""

from __future__ import annotations

from typing import Any

import pytest

from normalize.schema import TABLES
from pipeline.matching import match_tables
from pipeline.rows import as_table
from tests.documents import read, read_print
from tests.press import layouts
from tests.press.content import decrees
from tests.press.make_samples import RAW

READ = read_print(decrees.LEMBAH_KIRANA, layouts.TWO_TABLES)
TABLES_OF_LEMBAH_KIRANA = match_tables({name: list(rows) for name, rows in READ.items()})


@pytest.mark.parametrize("name", sorted(TABLES_OF_LEMBAH_KIRANA))
def test_every_table_fits_the_schema(name: str) -> None:
    rows = [dict(row) for row in TABLES_OF_LEMBAH_KIRANA[name]]
    assert rows
    assert as_table(name, rows).schema == TABLES[name].schema


def test_plan_rows_are_numbered_in_print_order_over_all_tables() -> None:
    rows: Any = read_print(decrees.SAGARA_TIMUR, layouts.GRID_MERGED)["plan_rows"]
    assert [row["row_order"] for row in rows] == list(range(1, len(rows) + 1))
    assert len({row["row_id"] for row in rows}) == len(rows)
    places = [(row["page_start"], row["boxes"][0]["top"]) for row in rows]
    assert places == sorted(places)


def test_the_team_list_gives_no_plan_rows() -> None:
    decree, layout = decrees.LEMBAH_KIRANA, layouts.TWO_TABLES
    assert decree.team is not None
    names = {member.name for member in decree.team.members}
    tables = read_print(decree, layout)
    printed: Any = [row["printed"] for row in tables["plan_rows"]]
    assert not names & {column["text"] for row in printed for column in row}
    assert {row["table_no"] for row in tables["plan_columns"]} == {1, 2}


def test_the_months_of_a_grid_are_listed_as_columns_of_that_field() -> None:
    columns: Any = read_print(decrees.SAGARA_TIMUR, layouts.GRID_MERGED)["plan_columns"]
    months = [column["header"] for column in columns if column["field"] == "months"]
    assert months == [f"PELAKSANAAN (BULAN) / {month}" for month in range(1, 13)]


def test_no_value_is_an_empty_text() -> None:
    for path in sorted(RAW.glob("*.pdf")):
        for name, rows in read(path).items():
            for row in rows:
                assert "" not in row.values(), (path.name, name, row)


def test_two_readings_give_the_same_rows() -> None:
    path = RAW / "lembah-kirana-118-2021.pdf"
    assert read(path) == read(path)
