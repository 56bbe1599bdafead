"""The tables as Parquet files, written row group by row group and replaced together: a reader sees old or new, never a part."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from normalize.schema import TABLES, file_metadata
from pipeline import __version__
from pipeline.errors import OutputNotWritable
from pipeline.storage import Folder, LocalFolder, reason, sync_folder, temporary

COMPRESSION = "zstd"
COMPRESSION_LEVEL = 3  # fixed, so that the same rows give the same bytes
ROW_GROUP = 4_096  # rows that wait in memory before they are written: more make the parent too large, and files no smaller
CONTENT = "zi.content"
"""Metadata: a hash of all that the tables were made from, the same in every table that was written with this one."""


def prepare_folder(folder: Path) -> None:
    """Makes the output folder and proves that files can be written to it, before any work is done.

    Raises:
        OutputNotWritable: it cannot be made or written to.
    """
    probe = temporary(folder / "probe")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise OutputNotWritable(f"The output folder {folder} cannot be written: {reason(error)}.") from error


class TableWriter:
    """One table on its way into a file: rows come in their order, a document at a time."""

    def __init__(self, name: str, file: Path, metadata: Mapping[str, str]) -> None:
        """Opens the file.

        Args:
            name: of the table.
            file: to write.
            metadata: of the file.
        """
        self._schema = TABLES[name].schema.with_metadata(metadata)
        self._file = file.open("wb")
        self._writer = pq.ParquetWriter(self._file, self._schema, compression=COMPRESSION, compression_level=COMPRESSION_LEVEL)
        self._waiting: list[pa.RecordBatch] = []
        self._rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Takes the next rows."""
        self._waiting.append(batch)
        self._rows += batch.num_rows
        if self._rows >= ROW_GROUP:
            self._flush()

    def close(self, content: str) -> None:
        """Writes what waits and what the table was made from, and makes it last through a power cut."""
        self._flush()
        self._writer.add_key_value_metadata({CONTENT: content})
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def release(self) -> None:
        """Lets go of the file, whatever has become of it."""
        self._writer.is_open = False  # else it would end a table that was given up, when it is thrown away
        with suppress(OSError):
            self._file.close()

    def _flush(self) -> None:
        if self._waiting:
            table = pa.Table.from_batches(self._waiting, self._waiting[0].schema).combine_chunks()
            self._writer.write_table(table.replace_schema_metadata(self._schema.metadata), row_group_size=self._rows)
        self._waiting, self._rows = [], 0


class Tables:
    """All tables on their way into an output folder.

    Attributes:
        content: hash of what they are made from; to be told before they are closed.
    """

    def __init__(self, staged: Mapping[str, Path], taxonomy: str) -> None:
        """Opens every file."""
        self.content = ""
        self._writers: dict[str, TableWriter] = {}
        try:
            for name, path in staged.items():
                self._writers[name] = TableWriter(name, path, file_metadata(TABLES[name], __version__, taxonomy))
        except OSError:
            self.release()
            raise

    def add(self, name: str, batch: pa.RecordBatch) -> None:
        """Takes the next rows of a table."""
        self._writers[name].add(batch)

    def close(self) -> None:
        """Writes what waits."""
        for writer in self._writers.values():
            writer.close(self.content)

    def release(self) -> None:
        """Lets go of the files, whatever has become of them."""
        for writer in self._writers.values():
            writer.release()


@contextmanager
def replaced_tables(out: Folder, taxonomy: str, names: Collection[str] = tuple(TABLES)) -> Iterator[Tables]:
    """Tables to fill, which replace those of the folder at the end; all are written in full before the first is replaced.

    Args:
        out: where they lie.
        taxonomy: version of the taxonomy that the rows were matched to.
        names: which tables; the others stay.

    Raises:
        OutputNotWritable: a file cannot be written; the old tables stay as they were.
    """
    with _staged(out, names) as staged:
        try:
            tables = Tables(staged, taxonomy)
            try:
                yield tables
                tables.close()
            finally:
                tables.release()
            _replace(out, staged)
        except (OSError, pa.ArrowException) as error:
            told = reason(error) if isinstance(error, OSError) else str(error)
            raise OutputNotWritable(f"The tables in {out.address} cannot be written: {told}.") from error


@contextmanager
def _staged(out: Folder, names: Collection[str]) -> Iterator[dict[str, Path]]:
    """Where each table is written first; what is left there is removed."""
    if not isinstance(out, LocalFolder):
        with TemporaryDirectory(prefix="zi-") as folder:
            yield {name: Path(folder) / f"{name}.parquet" for name in names}
        return
    paths = {name: temporary(out.path / f"{name}.parquet") for name in names}
    try:
        yield paths
    finally:
        for path in paths.values():
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _replace(out: Folder, staged: Mapping[str, Path]) -> None:
    if not isinstance(out, LocalFolder):
        for name, path in staged.items():
            out.write(f"{name}.parquet", path.read_bytes())
        return
    places = {name: out.path / f"{name}.parquet" for name in staged}
    for place in places.values():
        if place.is_dir():  # looked at before the first one is replaced
            raise IsADirectoryError(errno.EISDIR, f"{place.name} is a folder")
    for name, path in staged.items():
        path.replace(places[name])
    sync_folder(out.path)


def content_of(out: Folder) -> str | None:
    """The hash of what the tables of the folder were made from; None where one is missing, broken, or of another making."""
    if not isinstance(out, LocalFolder):
        return None  # reading them from afar costs as much as writing them
    found: set[str | None] = set()
    for name in TABLES:
        try:
            with (out.path / f"{name}.parquet").open("rb") as file:
                metadata = pq.read_metadata(file).metadata or {}
        except (OSError, pa.ArrowException):
            return None
        found.add(metadata.get(CONTENT.encode(), b"").decode() or None)
    return found.pop() if len(found) == 1 else None
