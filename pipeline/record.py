"""One document's rows and failures as one file: what lies in the store between the reading and the tables."""

from __future__ import annotations

import hashlib

import msgspec
import pyarrow as pa

from normalize.overrides import Outcome
from normalize.schema import TABLES
from pipeline.result import DocumentResult, Failure
from pipeline.rows import as_table

CODEC = "zstd"
SEAL_SIZE = 32  # bytes of the hash before a record
LEVEL = 1  # rows are read back once or twice: quick beats small


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """A record batch without its schema, compressed: its rows, its bytes when unpacked, and the bytes."""

    rows: int
    size: int
    data: bytes


class Record(msgspec.Struct, frozen=True):
    """What the store keeps of one document.

    Attributes:
        document_id: first 16 hex digits of ``sha256``.
        sha256: hash of the PDF's bytes.
        read_by: fingerprint of what read the pages.
        made_by: fingerprint of what made the rows.
        has_reading: its reading is kept beside it.
        page_count: pages of the document, 0 where it failed.
        failures: the document, or pages of it, that failed.
        tables: rows by table; tables without rows are left out.
        outcomes: what became of the decisions of people that the rows were made with.
    """

    document_id: str
    sha256: str
    read_by: str
    made_by: str
    has_reading: bool
    page_count: int
    failures: tuple[Failure, ...]
    tables: dict[str, Packed]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether nothing could be extracted."""
        return any(failure.page is None for failure in self.failures)

    def rows(self, table: str) -> int:
        """Rows of the document in a table."""
        packed = self.tables.get(table)
        return 0 if packed is None else packed.rows

    def batch(self, table: str) -> pa.RecordBatch | None:
        """The document's rows of a table, sorted; None where it has none."""
        packed = self.tables.get(table)
        if packed is None:
            return None
        data = pa.Codec(CODEC).decompress(packed.data, packed.size)
        return pa.ipc.read_record_batch(data, TABLES[table].schema)

    def digest(self) -> str:
        """A hash of all that the tables take from this record."""
        return hashlib.sha256(msgspec.msgpack.encode(self)).hexdigest()


def record_of(result: DocumentResult, read_by: str, made_by: str, *, has_reading: bool) -> Record:
    """The record of a result.

    Args:
        result: as a worker gives it.
        read_by: fingerprint of what read the pages.
        made_by: fingerprint of what made the rows.
        has_reading: its reading is kept beside the record.
    """
    return Record(
        document_id=result.document_id,
        sha256=result.sha256,
        read_by=read_by,
        made_by=made_by,
        has_reading=has_reading,
        page_count=result.page_count,
        failures=result.failures,
        tables=_packed(result),
        outcomes=result.outcomes,
    )


def _packed(result: DocumentResult) -> dict[str, Packed]:
    codec = pa.Codec(CODEC, LEVEL)
    out: dict[str, Packed] = {}
    for name, rows in sorted(result.tables.items()):
        if rows:
            # The name of the file is no part of what was read: the tables take that of the run.
            if name == "documents":
                rows = [{**row, "source_path": result.document_id} for row in rows]
            (batch,) = as_table(name, rows).combine_chunks().to_batches()
            data = batch.serialize()
            out[name] = Packed(batch.num_rows, data.size, codec.compress(data, asbytes=True))
    return out


def encode(record: Record) -> bytes:
    """The record as bytes, with a hash before them that tells whether they are whole."""
    data = msgspec.msgpack.encode(record)
    return hashlib.sha256(data).digest() + data


def decode(data: bytes) -> Record | None:
    """The record in the bytes, None where they are broken or of another format."""
    seal, rest = data[:SEAL_SIZE], data[SEAL_SIZE:]
    if hashlib.sha256(rest).digest() != seal:
        return None
    try:
        return msgspec.msgpack.decode(rest, type=Record)
    except msgspec.MsgspecError:
        return None
