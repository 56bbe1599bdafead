"""The sheet of legal bases: every instrument that a decree cites, and how far decrees agree on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from audit.selected import Row, in_order
from audit.workbook.book import MOST_ROWS, Book, Cell, List, Shown
from audit.workbook.layout import BASES, Column
from audit.workbook.source import Source
from audit.workbook.words import gazettes, reasons, word

COLUMNS = (
    Column("satker", "Satuan kerja", 22, "wrapped"),
    Column("year", "Tahun", 8, "number"),
    Column("number", "Nomor keputusan", 18, "wrapped"),
    Column("date", "Tanggal", 12, "date"),
    Column("part", "Bagian", 14),
    Column("item_order", "Angka", 7, "number"),
    Column("ref_order", "Urutan", 7, "number"),
    Column("instrument_id", "Peraturan", 26, "wrapped"),
    Column("type", "Jenis", 14, "wrapped"),
    Column("no", "Nomor", 16, "wrapped"),
    Column("of", "Tahun peraturan", 10, "number"),
    Column("title", "Judul", 50, "wrapped"),
    Column("relation", "Hubungan", 12),
    Column("gazettes", "Lembaran / Berita Negara", 30, "wrapped"),
    Column("variants", "Ragam lembaran", 10, "number"),
    Column("decrees", "Keputusan yang menyebut", 12, "number"),
    Column("at", "Halaman", 10, "link"),
    Column("review", "Perlu ditinjau", 26, "wrapped"),
    Column("text", "Seperti tercetak", 70, "wrapped"),
)
FROZEN = 3
VALUES = (
    "instrument_id",
    "type",
    "number",
    "year",
    "title",
    "relation",
    "gazettes",
    "text",
    "page",
    "needs_review",
    "review_reasons",
)


def write_bases(book: Book, source: Source, most: int = MOST_ROWS) -> None:
    """The sheet Dasar Hukum, in the order in which decrees cite."""
    table = source.table("legal_bases", "document_id", "part", "item_order", "ref_order", *VALUES)
    documents = table["document_id"].to_pylist()
    order = [i for i, key in enumerate(documents) if not source.is_repeated(key)]
    order.sort(key=lambda i: source.rank[documents[i]])  # keeps the order of the table within a document
    variants, decrees = _counted(in_order(table.select(("document_id", "instrument_id", "gazettes")), order))
    sheet = List(book, BASES, COLUMNS, frozen=FROZEN, most=most)
    sheet.begin()
    for row in in_order(table, order):
        key = row["instrument_id"]
        sheet.add(_line(row, source, len(variants.get(key, ())) or None, len(decrees.get(key, ())) or None))
    sheet.end("legal_bases.parquet")


def _counted(rows: Iterable[Row]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The ways that decrees print the gazettes of an instrument, and the documents that cite it, by instrument."""
    variants: defaultdict[str, set[str]] = defaultdict(set)
    decrees: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        key = row["instrument_id"]
        if key is not None:
            decrees[key].add(row["document_id"])
            printed = gazettes(row["gazettes"])
            if printed is not None:
                variants[key].add(printed)
    return variants, decrees


def _line(row: Row, source: Source, variants: int | None, decrees: int | None) -> dict[str, Cell]:
    document = source.documents[row["document_id"]]
    return {
        **document.named(),
        "part": word("part", row["part"]),
        "item_order": row["item_order"],
        "ref_order": row["ref_order"],
        "instrument_id": row["instrument_id"],
        "type": row["type"],
        "no": row["number"],
        "of": row["year"],
        "title": row["title"],
        "relation": word("relation", row["relation"]),
        "gazettes": gazettes(row["gazettes"]),
        "variants": Shown(variants, "warning") if variants is not None and variants > 1 else variants,
        "decrees": decrees,
        "at": document.link_to_page(row["page"]),
        "review": (reasons(row["review_reasons"]) or "ya") if row["needs_review"] else None,
        "text": row["text"],
    }
