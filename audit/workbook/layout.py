"""Sheets and columns of `audit.xlsx`, and the words of a decision: the contract between who writes it and who reads it back.

Every sheet has its header in its first row. A decision is addressed by the key columns, which are hidden: `table`,
`document_id`, `field` and `key` name the value as the table ``overrides`` does; `page` and `boxes` say where it stood, `before`
is its value when the workbook was written.

How `field`, `key` and `before` are written (all texts; `boxes` and `before` are JSON, see `as_json`):

============  ==========================  ===========================================  ==================================
table         field                       key                                          before
============  ==========================  ===========================================  ==================================
documents     column of documents         the same column ("certifier")                the column's value
legal_bases   column, or * for all        part-item_order-ref_order ("mengingat-3-1")  the value; of * an object (columns)
plan_rows     column, or * for all        row_id                                       the value; of * an object (columns)
coverage      "status"                    indicator_id                                 the status
findings      "decision"                  finding_id                                   null | "confirmed" | "dismissed"
============  ==========================  ===========================================  ==================================

A `*` says that the row as a whole was read with doubt: "benar" decides that all of it is right; "ganti" and "kosong" need the
column that is meant, which the person chooses in "Kolom yang diganti" among those of `before`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from normalize.overrides import as_json

FILE = "audit.xlsx"

SUMMARY, MATRIX, MISSING, FINDINGS, REVIEW, BASES, SOURCES = (
    "Ringkasan",
    "Matriks",
    "Komponen Hilang",
    "Temuan",
    "Perlu Ditinjau",
    "Dasar Hukum",
    "Sumber",
)
SHEETS = (SUMMARY, MATRIX, MISSING, FINDINGS, REVIEW, BASES, SOURCES)
"""Names of the sheets in their order."""

Kind = Literal["text", "wrapped", "number", "weights", "share", "date", "link", "decision", "input", "picture"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    Attributes:
        name: what code calls it.
        header: what its first row says.
        width: in characters, as Excel counts them.
        kind: what its cells hold, and so how they look.
        hidden: only for zi: it is there, but not shown.
    """

    name: str
    header: str
    width: float
    kind: Kind = "text"
    hidden: bool = False


DECISION = Column("decision", "Keputusan", 14, "decision")
VALUE = Column("value", "Nilai baru", 28, "input")
WHICH = Column("which", "Kolom yang diganti", 18, "input")
WHY = Column("why", "Alasan keputusan", 30, "input")
WHO = Column("who", "Diputuskan oleh", 16, "input")

KEYS = (
    Column("table", "table", 12, hidden=True),
    Column("document_id", "document_id", 18, hidden=True),
    Column("field", "field", 14, hidden=True),
    Column("key", "key", 22, hidden=True),
    Column("page", "page", 6, "number", hidden=True),
    Column("boxes", "boxes", 20, hidden=True),
    Column("before", "before", 20, hidden=True),
)
"""What makes a decision addressable."""

FINDING_COLUMNS = (
    Column("severity", "Tingkat", 11),
    Column("certainty", "Kepastian", 12),
    Column("satker", "Satuan kerja", 24, "wrapped"),
    Column("year", "Tahun", 8, "number"),
    Column("number", "Nomor keputusan", 18, "wrapped"),
    Column("code", "Jenis temuan", 26, "wrapped"),
    Column("message", "Temuan", 60, "wrapped"),
    Column("found", "Tercetak", 32, "wrapped"),
    Column("expected", "Seharusnya / pembanding", 32, "wrapped"),
    Column("at", "Halaman", 10, "link"),
    Column("crop", "Potongan halaman", 11, "link"),
    Column("crop_other", "Potongan pembanding", 12, "link"),
    Column("confidence", "Keyakinan", 10, "share"),
    Column("doubts", "Mengapa belum pasti", 30, "wrapped"),
    Column("source", "Dasar", 34, "wrapped"),
    DECISION,
    WHY,
    WHO,
    *KEYS,
)
"""The sheet of findings."""

REVIEW_COLUMNS = (
    Column("satker", "Satuan kerja", 20, "wrapped"),
    Column("year", "Tahun", 7, "number"),
    Column("at", "Halaman", 8, "link"),
    Column("where", "Bagian", 18, "wrapped"),
    Column("what", "Isian", 16, "wrapped"),
    Column("shown", "Nilai terbaca", 36, "wrapped"),
    DECISION,
    VALUE,
    Column("picture", "Potongan halaman", 100, "picture"),
    Column("reasons", "Mengapa ditinjau", 30, "wrapped"),
    Column("choices", "Pilihan lain / keterangan", 40, "wrapped"),
    WHICH,
    WHY,
    WHO,
    Column("confidence", "Keyakinan", 10, "share"),
    *KEYS,
)
"""The sheet of values that a person should look at."""

RIGHT, REPLACE, NOTHING, SKIP = "benar", "ganti", "kosong", "lewati"
REVIEW_DECISIONS = (RIGHT, REPLACE, NOTHING, SKIP)
"""The value is right; it is replaced by "Nilai baru"; there is nothing there (null); not decided yet."""

CONFIRMED, DISMISSED = "benar temuan", "bukan temuan"
FINDING_DECISIONS: Mapping[str, str] = {CONFIRMED: "confirmed", DISMISSED: "dismissed"}
"""What the drop-down of a finding says, and the value of the column ``decision`` that it stands for."""

DECISIONS: Mapping[str, Sequence[str]] = {FINDINGS: tuple(FINDING_DECISIONS), REVIEW: REVIEW_DECISIONS}
"""Words of the decision column by sheet."""

COLUMNS: Mapping[str, Sequence[Column]] = {FINDINGS: FINDING_COLUMNS, REVIEW: REVIEW_COLUMNS}
"""Columns of the sheets that are read back."""

DECIDED_IN = (REVIEW, FINDINGS)
"""The sheets that hold decisions."""


STATUS_WORDS: Mapping[str, str] = {"ada": "present", "tidak ada": "missing"}
"""What "Nilai baru" of a component's status says, and the value that it stands for."""

LONGEST = 32_000  # characters of a cell that holds JSON: Excel takes 32,767


def before_cell(value: object) -> str:
    """The value as the key column `before` holds it: JSON; where that is too long for a cell, "sha256:" and its hash."""
    told = as_json(value)
    return told if len(told) <= LONGEST else "sha256:" + hashlib.sha256(told.encode()).hexdigest()


def base_key(part: str, item_order: int, ref_order: int) -> str:
    """What names a legal basis in its document: "mengingat-3-1"."""
    return f"{part}-{item_order}-{ref_order}"


def boxes_json(boxes: Sequence[Mapping[str, float]]) -> str:
    """Boxes as the key column holds them: a list of [page, x0, top, x1, bottom]."""
    return as_json([[box["page"], box["x0"], box["top"], box["x1"], box["bottom"]] for box in boxes])
