"""The sheet of sources: every file with where it came from, and those that could not be read."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from audit.workbook.book import MOST_ROWS, Book, Link, List, Shown
from audit.workbook.layout import SOURCES, Column
from audit.workbook.source import Source
from audit.workbook.words import word

COLUMNS = (
    Column("province", "Provinsi", 16, "wrapped"),
    Column("satker", "Satuan kerja", 24, "wrapped"),
    Column("level", "Tingkat", 11),
    Column("year", "Tahun", 8, "number"),
    Column("number", "Nomor keputusan", 20, "wrapped"),
    Column("date", "Tanggal", 12, "date"),
    Column("title", "Judul", 60, "wrapped"),
    Column("file", "Berkas PDF", 34, "link"),
    Column("web", "Alamat JDIH", 34, "link"),
    Column("pages", "Halaman", 9, "number"),
    Column("kind", "Jenis", 10),
    Column("relation", "Hubungan dengan berkas lain", 34, "wrapped"),
    Column("confidence", "Keyakinan", 10, "share"),
    Column("state", "Keadaan", 40, "wrapped"),
    Column("document_id", "document_id", 18),
)
FROZEN = 2


def write_sources(book: Book, source: Source, most: int = MOST_ROWS) -> None:
    """The sheet Sumber: the documents, then the files that gave none."""
    sheet = List(book, SOURCES, COLUMNS, frozen=FROZEN, most=most)
    sheet.begin()
    failures = source.rows("failures", "source_path", "document_id", "page", "code", "message", "cure")
    lost: defaultdict[str, set[int]] = defaultdict(set)
    for one in failures:
        if one["page"] is not None:
            lost[one["document_id"]].add(one["page"])
    relations = _relations(source)
    for key, document in source.documents.items():
        row = document.row
        pages = sorted(lost.get(key, ()))
        address = source.addresses.get(key)
        state = "terbaca" if not pages else f"halaman {', '.join(map(str, pages))} tidak terbaca"
        sheet.add(
            {
                **document.named(),
                "title": row["title"],
                "file": document.link(Path(row["source_path"]).name),
                "web": None if address is None else Link(address, address),
                "pages": row["page_count"],
                "kind": word("kind", row["kind"]),
                "relation": relations.get(key),
                "confidence": row["confidence"],
                "state": Shown(state, "warning")
                if pages
                else f"{state}; kepala perlu ditinjau"
                if row["needs_review"]
                else state,
                "document_id": key,
            }
        )
    for one in failures:
        if one["page"] is None:
            state = f"tidak terbaca ({one['code']}): {one['message']} {one['cure']}"
            sheet.add({"satker": one["source_path"], "state": Shown(state, "error"), "document_id": one["document_id"]})
    sheet.end("documents.parquet")


def _relations(source: Source) -> dict[str, str]:
    """What each document is to another one, in words."""
    told: dict[str, str] = {}
    for row in source.rows("links", "document_id", "relation", "of_document_id", "of_source_path", "needs_review"):
        if row["document_id"] != row["of_document_id"]:
            said = f"{word('link', row['relation'])} {Path(row['of_source_path']).name}"
            told.setdefault(row["document_id"], f"{said} (belum pasti)" if row["needs_review"] else said)
    return told
