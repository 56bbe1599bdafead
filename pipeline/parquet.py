"""Writes files so that a reader sees the old or the new one whole, never a part; and the tables as Parquet."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from normalize.schema import TABLES, file_metadata
from pipeline import __version__
from pipeline.errors import OutputNotWritable

COMPRESSION = "zstd"
COMPRESSION_LEVEL = 3  # fixed, so that the same rows give the same bytes
ROW_GROUP = 65_536  # rows


def prepare_folder(folder: Path) -> None:
    """Makes the output folder and proves that files can be written to it, before any work is done.

    Raises:
        OutputNotWritable: it cannot be made or written to.
    """
    probe = _temporary(folder / "probe")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise OutputNotWritable(f"The output folder {folder} cannot be written: {error.strerror}.") from error


def write_tables(folder: Path, tables: Mapping[str, pa.Table], taxonomy: str) -> None:
    """Replaces every table of the folder. All are written in full before the first is replaced.

    Args:
        folder: where they lie.
        tables: by name.
        taxonomy: version of the taxonomy that the rows were matched to.

    Raises:
        OutputNotWritable: a file cannot be written; the old tables stay as they were.
    """
    paths = {name: folder / f"{name}.parquet" for name in TABLES}
    try:
        for name, path in paths.items():
            _write_parquet(tables[name], file_metadata(TABLES[name], __version__, taxonomy), _temporary(path))
        for path in paths.values():
            _temporary(path).replace(path)
        _sync_folder(folder)
    except OSError as error:
        raise OutputNotWritable(f"The tables in {folder} cannot be written: {error.strerror or error}.") from error
    finally:
        for path in paths.values():
            with suppress(OSError):
                _temporary(path).unlink(missing_ok=True)


def write_atomically(path: Path, data: bytes) -> None:
    """Replaces the file by the data."""
    temporary = _temporary(path)
    with temporary.open("wb") as file:
        file.write(data)
        _sync_file(file.fileno())
    temporary.replace(path)


def _write_parquet(table: pa.Table, metadata: Mapping[str, str], path: Path) -> None:
    with path.open("wb") as file:
        pq.write_table(
            table.replace_schema_metadata(metadata),
            file,
            compression=COMPRESSION,
            compression_level=COMPRESSION_LEVEL,
            row_group_size=ROW_GROUP,
        )
        file.flush()
        _sync_file(file.fileno())


def _temporary(path: Path) -> Path:
    """A name beside the file, always the same one, so that what a killed run left behind is overwritten."""
    return path.with_name(f".{path.name}.tmp")


def _sync_file(descriptor: int) -> None:
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Makes the new names last through a power cut, where the system can do that for folders."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
