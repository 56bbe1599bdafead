"""The tables, document by document: what the report is made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from audit.read import read_table

Row = Mapping[str, Any]
"""A row as Arrow gives it; `read_table` has checked that its columns are there."""

BY_DOCUMENT = (
    "provisions",
    "lampiran_texts",
    "legal_bases",
    "plan_rows",
    "fields",
    "plan_columns",
    "coverage",
    "failures",
    "findings",
    "similar_plans",
    "plan_changes",
    "plan_figures",
    "overrides",
    "jdih_checks",
    "links",
)


class Source:
    """The tables of a folder.

    Rows become Python objects document by document, as those of a whole country would fill the memory.
    """

    def __init__(self, parquet: Path) -> None:
        """Opens the tables.

        Args:
            parquet: folder of the tables.

        Raises:
            NoTables: a table is not there or cannot be read.
            OldTables: the tables were written by an older zi.
        """
        self._tables = {name: read_table(parquet, name).combine_chunks() for name in BY_DOCUMENT}
        self._spans = {name: _spans(table) for name, table in self._tables.items()}
        documents = read_table(parquet, "documents")
        self.metadata: Mapping[str, str] = {
            key.decode(): value.decode()
            for key, value in (pq.read_metadata(parquet / "documents.parquet").metadata or {}).items()
            if key.startswith(b"zi.")
        }
        self.documents: Sequence[Row] = sorted(documents.to_pylist(), key=_order)
        self.indicators: Sequence[Row] = read_table(parquet, "indicators").to_pylist()
        self.consensus: Sequence[Row] = read_table(parquet, "consensus").to_pylist()

    def table(self, name: str) -> pa.Table:
        """A whole table."""
        return self._tables[name]

    def rows(self, name: str) -> Sequence[Row]:
        """All rows of a table; for tables that are small."""
        rows: list[Row] = self._tables[name].to_pylist()
        return rows

    def rows_of(self, name: str, document_id: str) -> list[Row]:
        """The rows of one document, in the order of the table."""
        table = self._tables[name]
        rows: list[Row] = []
        for start, length in self._spans[name].get(document_id, ()):
            rows += table.slice(start, length).to_pylist()
        return rows

    def each(self, name: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Some columns of all rows."""
        table = self._tables[name]
        return zip(*(table.column(column).to_pylist() for column in columns), strict=True)


def _spans(table: pa.Table) -> Mapping[str, list[tuple[int, int]]]:
    """Where the rows of each document stand; in one run each where the table is sorted by document."""
    spans: dict[str, list[tuple[int, int]]] = {}
    start, before = 0, None
    names = table.column("document_id").to_pylist()
    for position, name in enumerate([*names, None]):
        if position and name != before:
            if before is not None:
                spans.setdefault(before, []).append((start, position - start))
            start = position
        before = name
    return spans


def _order(document: Row) -> tuple[str, str, int, str]:
    """Offices of one province, and years of one office, stand together: what they share packs well."""
    return (document["province_code"] or "", document["satker_code"] or "", document["year"] or 0, document["document_id"])
