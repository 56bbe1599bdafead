"""The tables of a folder as Arrow, in the form of today's schema, whichever version of zi wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from normalize.schema import AUDIT_TABLES, SCHEMA_VERSION, TABLES
from pipeline.parquet import CONTENT
from pipeline.storage import as_text
from zi.errors import BrokenTable, NewerTables, NoSuchTable, NoTables, OldTables
from zi.known import since

VERSION = "zi.schema_version"
SUFFIX = ".parquet"
FEWEST_TABLES = ("documents",)
"""Without these there is nothing to ask."""

BATCH = 4_096  # rows that are held as Python objects at a time, as in the row groups of the files


@dataclass(frozen=True, slots=True)
class File:
    """One file of the folder, by what its footer says.

    Attributes:
        path: where it is.
        version: of the schema, None where it does not say: another program wrote it.
        columns: their names.
        nullable: those of them that may be null.
        rows: how many.
        metadata: all that it says of itself.
    """

    path: Path
    version: str | None
    columns: tuple[str, ...]
    nullable: frozenset[str]
    rows: int
    metadata: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody must know who uses some tables; who uses any, where none are named."""

    text: str
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """The tables of a folder.

    Attributes:
        path: the folder.
        version: of the schema, as the table of documents says; None where it does not.
        files: by table, those that are there.
        lacking: table -> columns of today's schema that its file does not have, so that they are null; of a table that its
            version did not have yet, all of them.
        told: what somebody who uses the tables must know.
    """

    path: Path
    version: str | None
    files: Mapping[str, File]
    lacking: Mapping[str, tuple[str, ...]]
    told: tuple[Note, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What somebody who uses the tables must know, in sentences."""
        return tuple(note.text for note in self.told)

    def notes_on(self, query: str) -> tuple[str, ...]:
        """The notes that matter to a query, by the tables that it names; the joins have parts of their tables' names."""
        words = query.casefold()
        return tuple(n.text for n in self.told if not n.tables or any(name.removesuffix("s") in words for name in n.tables))

    def schema(self, name: str) -> pa.Schema:
        """The columns of a table as of today, with their meanings; null may be what its file lacks, or allows to be null."""
        file = self.files.get(name)
        never = set() if file is None else set(file.columns) - file.nullable
        return pa.schema([field.with_nullable(field.nullable or field.name not in never) for field in _table(name)])

    def dataset(self, name: str) -> ds.Dataset:
        """A table to be read in parts: columns that its file lacks are null, those that nobody knows are left out.

        Raises:
            NoSuchTable: there is no such table, or its file is lost.
        """
        # Whether null may be is told by `schema`; here it may be everywhere, as files of other programs say so.
        fields = pa.schema([field.with_nullable(True) for field in self.schema(name)])
        file = self.files.get(name)
        if file is None:
            if name not in self.lacking:
                raise NoSuchTable(f"The file {as_text(self.path / (name + SUFFIX))} is not there.")
            return ds.dataset(fields.empty_table())
        return ds.dataset(file.path, schema=fields, format="parquet")

    def arrow(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table in memory.

        Args:
            name: of the table.
            columns: which of its columns, None for all.

        Raises:
            NoSuchTable: there is no such table, or its file is lost.
            BrokenTable: its file cannot be read.
        """
        try:
            return self.dataset(name).to_table(columns=None if columns is None else list(columns))
        except (OSError, pa.ArrowException) as error:
            raise _broken(self.path / f"{name}{SUFFIX}", error) from error

    def batches(self, name: str) -> Iterator[pa.RecordBatch]:
        """A table, some rows at a time, in the order of the file.

        Raises:
            NoSuchTable: there is no such table, or its file is lost.
            BrokenTable: its file cannot be read.
        """
        try:
            yield from self.dataset(name).to_batches(batch_size=BATCH, batch_readahead=1, fragment_readahead=1)
        except (OSError, pa.ArrowException) as error:
            raise _broken(self.path / f"{name}{SUFFIX}", error) from error

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that can be read, in the order of the schema."""
        return tuple(name for name in TABLES if name in self.files or name in self.lacking)


def _table(name: str) -> pa.Schema:
    if name not in TABLES:
        raise NoSuchTable(f"There is no table {name}.", f"The tables are: {', '.join(TABLES)}.")
    return TABLES[name].schema


def open_folder(parquet: str | Path) -> Folder:
    """The tables of a folder; only the footers of the files are read.

    Raises:
        NoTables: there is no such folder, or no table of documents in it.
        BrokenTable: a file is no table.
        NewerTables: the schema has a newer major version than this zi knows.
        OldTables: the schema is from before the first version.
    """
    path = Path(parquet)
    name = as_text(path)
    if not path.is_dir():
        raise NoTables(f"{name} is a file, not the folder of the tables." if path.is_file() else f"There is no folder {name}.")
    files = {table: _file(path / f"{table}{SUFFIX}") for table in TABLES if (path / f"{table}{SUFFIX}").is_file()}
    for table in FEWEST_TABLES:
        if table not in files:
            raise NoTables(f"There is no table {table}{SUFFIX} in {name}.")
    versions = {file.version for file in files.values() if file.version is not None}
    lacking = {table: _absent(table, files[table]) for table in files} | _not_yet(files, versions)
    lacking = {table: columns for table, columns in lacking.items() if columns}
    later = tuple(sorted(found.stem for found in path.glob(f"*{SUFFIX}") if found.stem not in TABLES))
    return Folder(path, files["documents"].version, files, lacking, tuple(_notes(files, versions, lacking, later)))


def _file(path: Path) -> File:
    try:
        footer = pq.read_metadata(path)
        schema = footer.schema.to_arrow_schema()
    except (OSError, pa.ArrowException) as error:
        raise _broken(path, error) from error
    metadata = {key.decode(): value.decode(errors="replace") for key, value in (footer.metadata or {}).items()}
    version = metadata.get(VERSION)
    if version is not None:
        _check(path, version)
    nullable = frozenset(field.name for field in schema if field.nullable)
    return File(path, version, tuple(schema.names), nullable, footer.num_rows, metadata)


def _check(path: Path, version: str) -> None:
    """Nothing, if tables of that version can be read."""
    major, ours = _number(version)[0], _number(SCHEMA_VERSION)[0]
    said = f"{as_text(path)} has the schema {version}; this zi reads {ours}.x."
    if major > ours:
        raise NewerTables(said)
    if major < ours:
        raise OldTables(said)


def _number(version: str) -> tuple[int, ...]:
    """A version to compare with others: "1.10" is later than "1.9"."""
    return tuple(int(part) if part.isascii() and part.isdigit() else 0 for part in version.split("."))


def _broken(path: Path, error: Exception) -> BrokenTable:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return BrokenTable(f"{as_text(path)} cannot be read as a table: {' '.join(said.split())}.")


def _absent(table: str, file: File) -> tuple[str, ...]:
    there = set(file.columns)
    return tuple(column.name for column in TABLES[table].columns if column.name not in there)


def _not_yet(files: Mapping[str, File], versions: set[str]) -> dict[str, tuple[str, ...]]:
    """The tables that no file is there for because the version of the others did not have them, with their columns."""
    newest = max(map(_number, versions), default=_number(SCHEMA_VERSION))
    return {
        name: tuple(column.name for column in table.columns)
        for name, table in TABLES.items()
        if name not in files and _number(since(name)) > newest
    }


def _notes(
    files: Mapping[str, File], versions: set[str], lacking: Mapping[str, tuple[str, ...]], later: tuple[str, ...]
) -> Iterator[Note]:
    ordered = sorted(versions, key=_number)
    if lacking:
        by = f"schema {ordered[0]}" if ordered else "an unknown schema"
        cure = "`zi rebuild` writes them anew; no PDF is opened."
        yield Note(f"The tables are of {by}, older than this zi's {SCHEMA_VERSION}: what they lack is null. {cure}")
        empty = tuple(name for name in lacking if name not in files)
        if empty:
            yield Note(f"Tables that did not exist then are empty, which says nothing: {', '.join(empty)}.", empty)
        null = [f"{name}.{column}" for name in files for column in lacking.get(name, ())]
        if null:
            yield Note(f"Columns that did not exist then are null: {', '.join(null)}.", tuple(n for n in files if n in lacking))
    if ordered and _number(ordered[-1]) > _number(SCHEMA_VERSION):
        unknown = [f"{n}.{c}" for n, f in files.items() for c in f.columns if c not in TABLES[n].schema.names]
        left = ", ".join((*later, *unknown)) or "nothing that shows"
        yield Note(
            f"The tables are of schema {ordered[-1]}, newer than this zi's {SCHEMA_VERSION}: what it does not know is left out "
            f"({left}). Update zi to read it."
        )
    foreign = ", ".join(name for name, file in files.items() if file.version is None)
    if foreign:
        yield Note(f"Another program wrote {foreign}: the columns are taken by their names.")
    lost = tuple(name for name in TABLES if name not in files and name not in lacking)
    if lost:
        yield Note(f"Files of tables that are not there: {', '.join(lost)}.", lost)
    if len({file.metadata[CONTENT] for file in files.values() if CONTENT in file.metadata}) > 1:
        yield Note("The files are not of one making: rows of one table may have no partner in another. Run `zi rebuild`.")
    audited = tuple(name for name in AUDIT_TABLES if name in files)
    if audited and not any(files[name].rows for name in audited):
        yield Note(f"{', '.join(audited)} are empty: `zi audit` has not run on these tables, or found nothing.", audited)
