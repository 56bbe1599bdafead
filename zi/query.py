"""One SQL query over the tables, answered by DuckDB, which sees nothing but them: no file, no network, no extension."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pandas as pd
import pyarrow as pa

from zi.errors import LibraryMissing, NotReadOnly, TooManyRows, WrongSql

if TYPE_CHECKING:
    import duckdb

    from zi.tables import Tables

LOCKED = {
    "enable_external_access": "false",  # no file, no network, no extension from a disk, no variable of Python
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "temp_directory": "",  # nothing is written to a disk when memory runs out: the query is refused
}
"""Settings from the first moment on, so that no query ever runs without them; none can be changed afterwards."""

ASKING = ("SELECT", "EXPLAIN", "MULTI")
"""Kinds of statements that only ask; MULTI is a PIVOT, which DuckDB takes apart. DESCRIBE, SHOW and FROM are SELECT to it."""

LISTING = re.compile(r"\b(show|information_schema|duckdb_\w+|sqlite_master|pg_\w+)\b", re.IGNORECASE)
"""A query that asks which tables there are: then every join is there too, though it is not named."""

BATCH = 10_000  # rows that are handed on at a time
LISTEN = 0.2  # seconds between looks for Ctrl-C, which may reach another thread than the one that waits
STOPPED = "Query interrupted"  # what DuckDB says when Ctrl-C ends it

T = TypeVar("T")
Frames = dict[str, Callable[[], pd.DataFrame]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave, read once.

    Attributes:
        schema: names and types of its columns.
    """

    schema: pa.Schema
    _reader: pa.RecordBatchReader
    _connection: duckdb.DuckDBPyConnection

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows, some at a time.

        Raises:
            WrongSql: a row cannot be computed.
        """
        with _told():
            while (batch := _waited_for(self._connection, lambda: next(self._reader, None))) is not None:
                if batch.num_rows:
                    yield batch

    def whole(self, most: int | None = None) -> pa.Table:
        """All rows; whole numbers of any size, as sums are, become plain ones where they fit.

        Args:
            most: rows that are wanted at most; None for any number.

        Raises:
            TooManyRows: there are more.
            WrongSql: a row cannot be computed.
        """
        found, rows = [], 0
        for batch in self.batches():
            found.append(batch)
            rows += batch.num_rows
            if most is not None and rows > most:
                raise TooManyRows(f"The answer has more than {most:,} rows, too many for a table on the screen.")
        return _plain(pa.Table.from_batches(found, self.schema))


@contextmanager
def answer(tables: Tables, query: str) -> Iterator[Answer]:
    """The answer to a query; it can be read within the context.

    Raises:
        LibraryMissing: DuckDB is not installed.
        NotReadOnly: the query is not one that asks.
        WrongSql: DuckDB does not understand it.
        ZiError: a table cannot be read.
    """
    try:
        import duckdb
    except ImportError as error:
        raise LibraryMissing("DuckDB is not installed.", "Install it: pip install 'zi[sql]'") from error
    with closing(duckdb.connect(":memory:", config=dict(LOCKED))) as connection:
        for name in tables.names:
            connection.register(name, tables.folder.dataset(name))
        with _told():
            _check(connection, query)
        for name, make in _joins(tables).items():
            if LISTING.search(query) or re.search(rf"\b{name}\b", query, re.IGNORECASE):
                connection.register(name, pa.Table.from_pandas(_without_categories(make()), preserve_index=False))
        with _told():
            connection.execute("SET lock_configuration = true")
            relation = connection.sql(query)
            if relation is None:
                raise NotReadOnly("The query asks for nothing.")
            reader = _waited_for(connection, lambda: relation.to_arrow_reader(BATCH))
        yield Answer(reader.schema, reader, connection)


def _joins(tables: Tables) -> Frames:
    """The joins that a query may name."""
    return {
        "decrees": tables.decrees,
        "plans": tables.plans,
        "offices": tables.offices,
        "components": tables.components,
        "instruments": tables.instruments,
        "rows": tables.rows,
        "coverage_rows": tables.coverage_rows,
        "finding_rows": tables.finding_rows,
        "citations": tables.citations,
    }


def _check(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Nothing, if the query is one that asks.

    Raises:
        NotReadOnly: it is none, or several.
    """
    statements = connection.extract_statements(query)
    if len(statements) != 1:
        said = f"There are {len(statements)} statements, where one is answered." if statements else "The query is empty."
        raise NotReadOnly(said)
    kind = statements[0].type.name
    if kind not in ASKING:
        raise NotReadOnly(f"{kind} does something else than to ask; the tables are only read.")


def _waited_for(connection: duckdb.DuckDBPyConnection, work: Callable[[], T]) -> T:
    """What the work gives, done beside this thread: DuckDB does not listen to Ctrl-C while it computes, this thread does."""
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(work)
        try:
            while not wait([coming], LISTEN).done:
                pass
            return coming.result()
        except KeyboardInterrupt:
            connection.interrupt()
            raise


@contextmanager
def _told() -> Iterator[None]:
    """Turns what DuckDB has against a query into an error with its words."""
    import duckdb

    try:
        yield
    except duckdb.InterruptException as error:
        raise KeyboardInterrupt from error
    except RuntimeError as error:
        if STOPPED not in str(error):
            raise
        raise KeyboardInterrupt from error
    except (duckdb.Error, pa.ArrowException) as error:
        raise WrongSql(str(error).strip()) from error


def _without_categories(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its categories as text, which is what SQL compares with."""
    named = [name for name in frame if isinstance(frame[name].dtype, pd.CategoricalDtype)]
    return frame.astype(dict.fromkeys(named, "string[pyarrow]"))


def _plain(table: pa.Table) -> pa.Table:
    """The table with whole numbers of 38 digits as 64 bits, where they all fit."""
    for place, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type) and field.type.scale == 0:
            try:
                column = table.column(place).cast(pa.int64())
            except pa.ArrowInvalid:
                continue
            table = table.set_column(place, field.name, column)
    return table
