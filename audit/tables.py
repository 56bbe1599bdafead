"""The tables that the audit writes beside those that it read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow.parquet as pq

from audit.claims import Finding
from normalize.schema import AUDIT_TABLES
from pipeline.parquet import CONTENT, replaced_tables
from pipeline.rows import as_table
from pipeline.storage import folder_at

TAXONOMY = b"zi.taxonomy_version"

Row = Mapping[str, object]


def finding_rows(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Rows of the table ``findings``."""
    return [
        {**asdict(one), "doubts": list(one.doubts), "row_ids": list(one.row_ids), "places": [asdict(p) for p in one.places]}
        for one in findings
    ]


def write_tables(parquet: Path, tables: Mapping[str, Sequence[Row]]) -> None:
    """Replaces the tables of the audit in the folder, all together.

    They carry the content hash of the tables that they were made from: a run of `zi ingest` that changes nothing leaves them,
    one that changes those tables empties these.

    Args:
        parquet: folder of the tables.
        tables: rows by table.

    Raises:
        OutputNotWritable: a file cannot be written; the old tables stay as they were.
    """
    metadata = pq.read_metadata(parquet / "documents.parquet").metadata
    with replaced_tables(folder_at(parquet), metadata[TAXONOMY].decode(), AUDIT_TABLES) as out:
        out.content = metadata[CONTENT.encode()].decode()
        for name in AUDIT_TABLES:
            for batch in as_table(name, [dict(row) for row in tables.get(name, ())]).to_batches():
                out.add(name, batch)
