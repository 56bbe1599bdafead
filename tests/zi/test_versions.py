"""Tables of other versions of the schema: older ones are read, and say what they lack; newer ones as far as they are known."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import zi
from normalize.schema import SCHEMA_VERSION, TABLES
from tests.zi import made
from tests.zi.freeze import OLD
from zi.known import history, since

VERSIONS = sorted(path.name for path in OLD.iterdir() if path.is_dir())


def added_since(version: str, table: str) -> set[str]:
    later = history()[[one.version for one in history()].index(version) + 1 :] if version != "1.0" else history()
    return {column for one in later for column in one.columns.get(table, ())}


def number(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def marked(folder: Path, version: str, **extra: pa.Array) -> None:
    """Rewrites the tables as those of another version, documents with more columns."""
    for path in folder.glob("*.parquet"):
        table = pq.read_table(path)
        for name, values in extra.items() if path.stem == "documents" else ():
            table = table.append_column(name, values)
        pq.write_table(table.replace_schema_metadata({**table.schema.metadata, b"zi.schema_version": version.encode()}), path)


def test_there_are_old_files() -> None:
    assert VERSIONS[:3] == ["1.0", "1.1", "1.2"]


@pytest.mark.parametrize("version", VERSIONS)
def test_old_tables_are_read_with_all_columns_of_today(version: str) -> None:
    tables = zi.load(OLD / version)
    assert tables.version == version
    for name, table in TABLES.items():
        assert list(tables[name].columns) == [column.name for column in table.columns]
        assert tables.arrow(name).schema.types == table.schema.types
    rows = tables.rows()
    assert list(rows["satker_name"].unique()) == ["Kabupaten Sagara Timur", "Kota Arunika"] and len(rows) == 7
    assert rows["months"].iloc[0] == [1, 2]
    assert len(tables.months_matrix()) == 7 and len(tables.citations()) == 4 and len(tables.decrees()) == 2


@pytest.mark.parametrize("version", VERSIONS)
def test_what_old_tables_lack_is_told(version: str) -> None:
    tables = zi.load(OLD / version)
    for name, table in TABLES.items():
        every = {column.name for column in table.columns}
        expected = added_since(version, name) if name in tables.folder.files else every
        assert set(tables.lacking.get(name, ())) == expected, name
    assert "zi rebuild" in tables.notes[0] and version in tables.notes[0]
    assert repr(tables).count("Note: ") == len(tables.notes)


def test_a_table_that_did_not_exist_then_is_empty_and_not_lost() -> None:
    tables = zi.load(OLD / "1.0")
    assert len(tables.links) == 0 and len(tables.consensus) == 0
    assert "which says nothing" in " ".join(tables.notes)


def test_what_was_not_matched_yet_is_not_sure() -> None:
    assert not zi.load(OLD / "1.0").rows()["sure"].any()
    assert zi.load(OLD / "1.1").rows()["sure"].any()


def test_matrices_of_old_tables() -> None:
    assert zi.load(OLD / "1.0").coverage_matrix().shape == (0, 0)
    matrix = zi.load(OLD / "1.1").coverage_matrix()
    assert (matrix == "uncertain").sum().sum() == 1 and matrix.shape == (2, 4)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_column_of_today_is_in_the_history(version: str) -> None:
    """Whoever adds a column or table tells `zi/data/versions.toml`, and the version is raised."""
    old = {path.stem: set(pq.read_schema(path).names) for path in (OLD / version).glob("*.parquet")}
    for name, table in TABLES.items():
        now = {column.name for column in table.columns}
        if name in old:
            assert now == old[name] | added_since(version, name), name
        else:
            assert number(since(name)) > number(version), name
    assert set(old) <= set(TABLES)  # no table is ever dropped


def test_the_history_ends_with_the_version_of_today() -> None:
    assert history()[-1].version == SCHEMA_VERSION


def test_a_newer_minor_version_is_read_as_far_as_it_is_known(tmp_path: Path) -> None:
    folder = made.write(tmp_path, made.small())
    marked(folder, "1.99", mood=pa.array(["good"] * 6))
    pq.write_table(pa.table({"x": [1]}), folder / "weather.parquet")
    tables = zi.load(folder)
    assert "mood" not in tables.documents and len(tables.rows()) == 8 and not tables.lacking
    assert "1.99" in tables.notes[0] and "documents.mood" in tables.notes[0] and "weather" in tables.notes[0]
    assert "Update zi" in tables.notes[0]


def test_a_newer_major_version_is_refused(tmp_path: Path) -> None:
    folder = made.write(tmp_path, made.small())
    marked(folder, "2.0")
    with pytest.raises(zi.NewerTables, match=r"schema 2\.0") as told:
        zi.load(folder)
    assert "Update zi" in told.value.cure


def test_a_version_from_before_the_first_is_refused(tmp_path: Path) -> None:
    folder = made.write(tmp_path, {})
    marked(folder, "0.9")
    with pytest.raises(zi.OldTables, match=r"0\.9"):
        zi.load(folder)


def test_versions_are_numbers_and_no_texts(tmp_path: Path) -> None:
    folder = made.write(tmp_path, {})
    marked(folder, "1.10")
    assert "newer than this zi" in zi.load(folder).notes[0]


def test_matrices_and_weights_of_older_tables() -> None:
    old = zi.load(made.__file__.replace("made.py", "old/1.1"))
    assert list(old.coverage_matrix().index.get_level_values("office")) == ["Kabupaten Sagara Timur", "Kota Arunika"]
    assert old.weights()["missing"].to_list() == [18.5, 19.0]
