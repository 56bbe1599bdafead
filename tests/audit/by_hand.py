"""Folders of tables by hand for the tests of crops and workbook: only what a test speaks of, everything else plain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from normalize.schema import TABLES
from normalize.schema_types import NEVER
from pipeline.matching import indicator_rows
from pipeline.parquet import prepare_folder, replaced_tables
from pipeline.rows import as_table
from pipeline.storage import folder_at
from taxonomy.load import load_taxonomy

Row = dict[str, Any]

DOCUMENT = "d0c0000000000001"
BOX = {"page": 2, "x0": 70.0, "top": 200.0, "x1": 500.0, "bottom": 220.0}


def row(table: str, **values: Any) -> Row:
    """A row in which only these values are told; the others are null, or empty where null is never."""
    columns = {column.name: column for column in TABLES[table].columns}
    assert values.keys() <= columns.keys(), values.keys() - columns.keys()
    plain = {name: _plain(column.type) for name, column in columns.items() if column.null == NEVER}
    return {**plain, **values}


def _plain(kind: pa.DataType) -> object:
    if pa.types.is_list(kind):
        return []
    if pa.types.is_boolean(kind):
        return False
    if pa.types.is_floating(kind):
        return 1.0
    return 1 if pa.types.is_integer(kind) else "x"


def document(document_id: str = DOCUMENT, **values: Any) -> Row:
    """A decree of an invented office."""
    known = {
        "document_id": document_id,
        "decree_id": document_id,
        "source_path": f"arsip/{document_id}.pdf",
        "kind": "digital",
        "page_count": 9,
        "document_part": "decree",
        "satker_code": "3504",
        "satker_name": "Kabupaten Sagara Timur",
        "satker_level": "kabupaten",
        "province_code": "35",
        "number_raw": "7 TAHUN 2023",
        "year": 2023,
        "title": "RENCANA KERJA",
        "date": date(2023, 2, 1),
    }
    return row("documents", **{**known, **values})


def finding(finding_id: str, document_id: str = DOCUMENT, **values: Any) -> Row:
    """A finding that is sure."""
    known = {
        "finding_id": finding_id,
        "document_id": document_id,
        "decree_id": document_id,
        "code": "component-missing",
        "severity": "error",
        "certainty": "sure",
        "message": "Komponen tidak direncanakan.",
        "message_en": "Component not planned.",
        "source": "PermenPANRB 90/2021",
        "source_en": "PermenPANRB 90/2021",
    }
    return row("findings", **{**known, **values})


def place(role: str = "found", document_id: str = DOCUMENT, **box: Any) -> Row:
    """A place of a finding."""
    return {"role": role, "document_id": document_id, **BOX, **box}


def plan_row(number: int, document_id: str = DOCUMENT, **values: Any) -> Row:
    """A row of a plan that was read surely and matched."""
    known = {
        "row_id": f"{document_id}-{number:04}",
        "document_id": document_id,
        "row_order": number,
        "page_start": 2,
        "page_end": 2,
        "boxes": [BOX],
        "component": "Penyusunan Tim Kerja",
        "action": "Membentuk tim kerja",
        "months": [1],
        "indicator_id": "A1.P1",
        "match_score": 99.0,
        "match_status": "accepted",
        "match_method": "wording",
    }
    return row("plan_rows", **{**known, **values})


def covered(indicator_id: str, status: str, document_id: str = DOCUMENT, **values: Any) -> Row:
    """A component of a plan."""
    return row(
        "coverage",
        document_id=document_id,
        indicator_id=indicator_id,
        status=status,
        area_id=indicator_id[:2],
        weight=0.5,
        row_count=int(status == "present"),
        **values,
    )


def base(order: int, document_id: str = DOCUMENT, **values: Any) -> Row:
    """An instrument cited in Mengingat."""
    known = {
        "document_id": document_id,
        "part": "mengingat",
        "item_order": order,
        "ref_order": 1,
        "instrument_id": "uu-28-1999",
        "type": "UU",
        "number": "28",
        "year": 1999,
        "relation": "cited",
        "text": "Undang-Undang Nomor 28 Tahun 1999",
        "page": 1,
        "boxes": [{**BOX, "page": 1}],
    }
    return row("legal_bases", **{**known, **values})


def field(name: str, document_id: str = DOCUMENT, **values: Any) -> Row:
    """A header value with its place."""
    return row("fields", document_id=document_id, field=name, origin="printed", page=1, boxes=[{**BOX, "page": 1}], **values)


def write(folder: Path, tables: Mapping[str, Sequence[Row]]) -> Path:
    """The folder with these rows; tables that are not named are empty, but for the taxonomy."""
    prepare_folder(folder)
    rows = {"indicators": indicator_rows(load_taxonomy()), **tables}
    with replaced_tables(folder_at(folder), "test") as out:
        out.content = "c0ffee"
        for name in TABLES:
            for batch in as_table(name, list(rows.get(name, ()))).to_batches():
                out.add(name, batch)
    return folder
