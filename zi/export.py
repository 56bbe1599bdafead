"""The tables in files for other programs; each file is replaced whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.progress import count
from pipeline.storage import as_text, reason, sync_folder, temporary
from zi.csv_export import CsvForm, Written, write_csv
from zi.datapackage import datapackage
from zi.errors import ExportNotWritable, NothingAsked
from zi.folder import Folder, open_folder
from zi.known import keys
from zi.sqlite_export import write_sqlite

DESCRIPTION = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written.

    Attributes:
        csv: folder of the CSV files; None for none.
        sqlite: the SQLite file; None for none.
        separator: between the cells of a CSV.
        guard: whether texts that begin as formulas do get an apostrophe in a CSV.
    """

    csv: Path | None
    sqlite: Path | None
    separator: str = ","
    guard: bool = True


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        rows: by table.
        csv: folder of the CSV files; None for none.
        sqlite: the SQLite file; None for none.
        guarded: cells of the CSV files that got an apostrophe.
        notes: what to know of the tables.
    """

    rows: Mapping[str, int]
    csv: Path | None
    sqlite: Path | None
    guarded: int
    notes: tuple[str, ...]

    def lines(self) -> list[str]:
        """The summary for a person."""
        told = f"{count(len(self.rows), 'table')}, {count(sum(self.rows.values()), 'row')}"
        places = [as_text(place) for place in (self.csv, self.sqlite) if place is not None]
        guarded = f" {count(self.guarded, 'cell')} got an apostrophe, as they begin as formulas do." if self.guarded else ""
        return [*self.notes, f"{told}: {', '.join(places)}.{guarded}"]

    def as_json(self) -> dict[str, object]:
        """The summary for programs."""
        return {
            "rows": dict(self.rows),
            "csv": None if self.csv is None else as_text(self.csv),
            "sqlite": None if self.sqlite is None else as_text(self.sqlite),
            "guarded": self.guarded,
            "notes": list(self.notes),
        }


def export(parquet: str | Path, wanted: Wanted) -> Exported:
    """What was written of the tables of a folder.

    Raises:
        NothingAsked: neither CSV nor SQLite is wanted.
        ExportNotWritable: a file cannot be written; what was there is left.
        ZiError: a table cannot be read.
    """
    if wanted.csv is None and wanted.sqlite is None:
        raise NothingAsked("Neither --csv nor --sqlite says what to write.")
    folder = open_folder(parquet)
    unique = frozenset(name for name in folder.tables if _is_key(folder, name))
    rows: Mapping[str, int] = {}
    guarded = 0
    if wanted.csv is not None:
        written = _csv(folder, wanted.csv, CsvForm(wanted.separator, wanted.guard), unique)
        rows = {one.table: one.rows for one in written}
        guarded = sum(one.guarded for one in written)
    if wanted.sqlite is not None:
        with _replaced([wanted.sqlite]) as staged:
            rows = write_sqlite(folder, staged[wanted.sqlite], unique)
    return Exported(rows, wanted.csv, wanted.sqlite, guarded, folder.notes)


def _is_key(folder: Folder, name: str) -> bool:
    """Whether the key of a table really tells its rows apart: another program may have put tables together."""
    key = list(keys(name).key)
    if not key:
        return False
    table = folder.arrow(name, key)
    if any(table[column].null_count for column in key):
        return False
    distinct = pa.TableGroupBy(table, key).aggregate([])
    return int(distinct.num_rows) == int(table.num_rows)


def _csv(folder: Folder, out: Path, form: CsvForm, unique: frozenset[str]) -> Sequence[Written]:
    paths = {name: out / f"{name}.csv" for name in folder.tables}
    with _replaced([*paths.values(), out / DESCRIPTION]) as staged:
        written = [write_csv(folder, name, staged[path], form) for name, path in paths.items()]
        described = datapackage(folder, written, form, unique)
        data = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
        staged[out / DESCRIPTION].write_text(data, encoding="utf-8")
    return written


@contextmanager
def _replaced(paths: Sequence[Path]) -> Iterator[Mapping[Path, Path]]:
    """Where to write each file first; at the end they replace those that are there, all after all were written.

    Raises:
        ExportNotWritable: one cannot be written.
    """
    staged = {path: temporary(path) for path in paths}
    try:
        for path, beside in staged.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            if path.is_dir():
                raise ExportNotWritable(f"{as_text(path)} is a folder.")
        yield staged
        for path, beside in staged.items():
            beside.replace(path)
        for folder in {path.parent for path in paths}:
            sync_folder(folder)
    except (OSError, sqlite3.Error) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise ExportNotWritable(f"The export to {as_text(paths[-1].parent)} cannot be written: {told}.") from error
    finally:
        for beside in staged.values():
            with suppress(OSError):
                beside.unlink(missing_ok=True)
