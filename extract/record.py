"""A reading as bytes and back, so that its rows can be made again without the PDF.

The bytes are a line that names the format, then MessagePack under zlib. A merged cell stands in several columns of a row as one
object, which is how the later rooms see that it is one: each cell is written once, and the rows tell which cells they hold.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import msgspec
import numpy as np

from extract.errors import UnusableReading
from extract.geometry import BBox
from extract.reading import Reading
from extract.table import Cell, Column, LogicalTable, Row

READING_FORMAT = b"zi reading 2\n"  # the number goes up with any change of the types that a reading is made of
LEVEL = 1  # of zlib: level 6 saves an eighth of the bytes for three times the time


class _Row(msgspec.Struct, array_like=True, frozen=True):
    """A row but for its cells, which are told by their numbers."""

    cells: tuple[int, ...]
    row: Row


class _Table(msgspec.Struct, array_like=True, frozen=True):
    """A table with each of its cells once."""

    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    rows: tuple[_Row, ...]
    boxes: tuple[BBox, ...]
    ruled: bool


class _Record(msgspec.Struct, array_like=True, frozen=True):
    """A reading but for its tables, and the tables."""

    reading: Reading
    tables: tuple[_Table, ...]


_decoder = msgspec.msgpack.Decoder(_Record)


def encode(reading: Reading) -> bytes:
    """The reading as bytes.

    A lone surrogate, which broken fonts yield, is no text that a table or file can hold: it becomes "?".
    """
    record = _Record(replace(reading, tables=()), tuple(_packed(table) for table in reading.tables))
    try:
        data = msgspec.msgpack.encode(record, enc_hook=_plain)
    except UnicodeEncodeError:
        data = msgspec.msgpack.encode(_writable(msgspec.to_builtins(record, enc_hook=_plain)))
    return READING_FORMAT + zlib.compress(data, LEVEL)


def decode(data: bytes) -> Reading:
    """The reading that was encoded.

    Raises:
        UnusableReading: the bytes are of another format, or broken.
    """
    if not data.startswith(READING_FORMAT):
        raise UnusableReading("What was kept of the document is of another version of the program.")
    unpack = zlib.decompressobj()
    try:
        record = _decoder.decode(unpack.decompress(memoryview(data)[len(READING_FORMAT) :]))
        tables = tuple(_unpacked(table) for table in record.tables)
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError, IndexError) as error:
        raise UnusableReading from error
    if not unpack.eof or unpack.unused_data:
        raise UnusableReading
    return replace(record.reading, tables=tables)


def _plain(value: object) -> object:
    """Python's own number for one of numpy, which what is computed on a picture may be.

    Raises:
        NotImplementedError: it is something else.
    """
    if isinstance(value, np.generic):
        return value.item()
    raise NotImplementedError(type(value).__name__)


def _packed(table: LogicalTable) -> _Table:
    cells = list({id(cell): cell for row in table.rows for cell in row.cells}.values())
    number = {id(cell): i for i, cell in enumerate(cells)}
    rows = tuple(_Row(tuple(number[id(cell)] for cell in row.cells), replace(row, cells=())) for row in table.rows)
    return _Table(table.columns, tuple(cells), rows, table.boxes, table.ruled)


def _unpacked(table: _Table) -> LogicalTable:
    cells = table.cells
    rows = tuple([replace(told.row, cells=tuple([cells[number] for number in told.cells])) for told in table.rows])
    return LogicalTable(table.columns, rows, table.boxes, table.ruled)


def _writable(value: object) -> object:
    """The plain value with "?" for each surrogate; texts keep their length, because places in them are kept."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _writable(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(held) for held in cast("Sequence[object]", value)]
    return value
