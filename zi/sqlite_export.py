"""The tables as one SQLite file, as Datasette shows it: typed columns, keys, indexes, and what every column means."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.types as at

from normalize.schema import TABLES
from zi.cells import json_text
from zi.folder import Folder
from zi.known import keys

INDEXED = ("document_id", "satker_code", "year", "indicator_id", "instrument_id", "code", "status", "match_status")
"""Columns that people filter and join by."""

PAGE = 4_096  # bytes; fixed, so that the same rows give the same file
ABOUT = "zi_about"
COLUMNS = "zi_columns"
TABLE_LIST = "zi_tables"


def write_sqlite(folder: Folder, path: Path, unique: frozenset[str]) -> Mapping[str, int]:
    """Rows by table, after they were written to a file that was not there.

    Args:
        folder: the tables.
        path: the file.
        unique: tables whose key was found to tell their rows apart.

    Raises:
        OSError, sqlite3.Error: it cannot be written.
        ZiError: a table cannot be read.
    """
    counts: dict[str, int] = {}
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute(f"PRAGMA page_size = {PAGE}")
        base.execute("PRAGMA journal_mode = OFF")  # the file is thrown away where anything fails
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        for name in folder.tables:
            base.execute(_create(folder, name, unique))
            marks = ", ".join("?" * len(TABLES[name].columns))
            counts[name] = base.executemany(f"INSERT INTO {_quoted(name)} VALUES ({marks})", _rows(folder, name)).rowcount
            counts[name] = max(counts[name], 0)
            for column in _indexed(name):
                base.execute(f"CREATE INDEX {_quoted(f'{name}_{column}')} ON {_quoted(name)} ({_quoted(column)})")
        _describe(base, folder, counts)
        base.execute("COMMIT")
    return counts


def _create(folder: Folder, name: str, unique: frozenset[str]) -> str:
    known = keys(name)
    lines = []
    for field in folder.schema(name):
        null = "" if field.nullable else " NOT NULL"
        of = known.references.get(field.name)
        refers = f" REFERENCES {_quoted(of)} ({_quoted(keys(of).key[0])})" if of in unique and of is not None else ""
        lines.append(f"{_quoted(field.name)} {_type(field.type)}{null}{refers}")
    if name in unique:
        lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, known.key))})")
    return f"CREATE TABLE {_quoted(name)} ({', '.join(lines)})"


def _type(kind: pa.DataType) -> str:
    if at.is_integer(kind) or at.is_boolean(kind):
        return "INTEGER"
    return "REAL" if at.is_floating(kind) else "TEXT"


def _indexed(name: str) -> Iterator[str]:
    """The columns that get an index of their own: the first one of the key has that of the key."""
    there = {column.name for column in TABLES[name].columns}
    yield from (column for column in INDEXED if column in there and keys(name).key[:1] != (column,))


def _rows(folder: Folder, name: str) -> Iterator[tuple[object, ...]]:
    for batch in folder.batches(name):
        columns = (_values(column) for column in batch.columns)
        yield from zip(*columns, strict=True)


def _values(column: pa.Array) -> Iterable[object]:
    """The values as SQLite keeps them: lists as JSON, dates in ISO 8601, flags as 0 and 1."""
    if at.is_list(column.type):
        return (None if value is None else json_text(value) for value in column.to_pylist())
    if at.is_date(column.type):
        return (None if value is None else value.isoformat() for value in column.to_pylist())
    values: list[object] = column.to_pylist()
    return values


def _describe(base: sqlite3.Connection, folder: Folder, counts: Mapping[str, int]) -> None:
    """Writes the tables that say what the others mean."""
    base.execute(f"CREATE TABLE {TABLE_LIST} (name TEXT PRIMARY KEY, one_row TEXT NOT NULL, rows INTEGER NOT NULL)")
    base.executemany(f"INSERT INTO {TABLE_LIST} VALUES (?, ?, ?)", [(n, TABLES[n].row, rows) for n, rows in counts.items()])
    base.execute(
        f"CREATE TABLE {COLUMNS} (table_name TEXT NOT NULL REFERENCES {TABLE_LIST} (name), name TEXT NOT NULL, "
        "type TEXT NOT NULL, meaning TEXT NOT NULL, unit TEXT, null_means TEXT NOT NULL, PRIMARY KEY (table_name, name))"
    )
    base.executemany(
        f"INSERT INTO {COLUMNS} VALUES (?, ?, ?, ?, ?, ?)",
        [(n, c.name, str(c.type), c.meaning, c.unit or None, c.null) for n in counts for c in TABLES[n].columns],
    )
    base.execute(f"CREATE TABLE {ABOUT} (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    told = {key: value for key, value in folder.files["documents"].metadata.items() if key.startswith("zi.")}
    told = {key: value for key, value in told.items() if key not in ("zi.table", "zi.row")}
    told |= {f"note.{number}": note for number, note in enumerate(folder.notes, 1)}
    base.executemany(f"INSERT INTO {ABOUT} VALUES (?, ?)", sorted(told.items()))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
