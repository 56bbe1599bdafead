"""One CSV per table, as Excel opens it: UTF-8 with its mark, the separator of the country, and no formula that runs."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.csv_file import MARK
from zi.cells import cell
from zi.folder import Folder

LINE_END = "\r\n"
DECIMALS = {";": ","}
"""Sign before the decimals by separator: Excel takes ; where numbers have a comma, and 0.95 for a text or a date there."""


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How the cells are written.

    Attributes:
        separator: between the cells.
        guard: whether texts that begin as formulas do get an apostrophe.
    """

    separator: str
    guard: bool

    @property
    def decimal(self) -> str:
        """The sign before the decimals of a number."""
        return DECIMALS.get(self.separator, ".")


@dataclass(frozen=True, slots=True)
class Written:
    """A CSV that was written.

    Attributes:
        table: its name.
        rows: how many.
        size: bytes.
        sha256: of the bytes, in hex.
        guarded: cells that got an apostrophe.
    """

    table: str
    rows: int
    size: int
    sha256: str
    guarded: int


class _Hashed:
    """A text file that tells the hash of what was written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.hash = hashlib.sha256()
        self.size = 0

    def write(self, text: str) -> int:
        """Takes the next piece."""
        data = text.encode()
        self.hash.update(data)
        self.size += len(data)
        return self._file.write(data)


def write_csv(folder: Folder, table: str, path: Path, form: CsvForm) -> Written:
    """What was written of a table to a file.

    Raises:
        OSError: it cannot be written.
        ZiError: the table cannot be read.
    """
    rows = guarded = 0
    with path.open("wb") as file:
        out = _Hashed(file)
        out.write(MARK)
        writer = csv.writer(out, delimiter=form.separator, lineterminator=LINE_END)
        writer.writerow(folder.schema(table).names)
        for row in _rows(folder, table):
            cells = [cell(value, guard=form.guard, decimal=form.decimal) for value in row]
            guarded += sum(isinstance(value, str) and len(text) > len(value) for value, text in zip(row, cells, strict=True))
            writer.writerow(cells)
            rows += 1
    return Written(table, rows, out.size, out.hash.hexdigest(), guarded)


def _rows(folder: Folder, table: str) -> Iterator[tuple[object, ...]]:
    for batch in folder.batches(table):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
