"""The first sheet: figures, how to read the workbook, and one line for each plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from audit.claims import SEVERITIES
from audit.selected import Row
from audit.uncertain import Uncertain
from audit.workbook.book import HEADER_HEIGHT, Book, Cell, Link, Shown
from audit.workbook.findings import CERTAINTIES, title_of
from audit.workbook.layout import BASES, COLUMNS, FINDINGS, MATRIX, MISSING, REVIEW, SOURCES, SUMMARY
from audit.workbook.matrix import state_of
from audit.workbook.source import Source
from audit.workbook.words import word, words

WIDTHS = (34, 28, 9, 28, 9, 10, 9, 10, 12, 12, 10, 10, 10)  # characters
PLAN_HEADER = (
    "Provinsi",
    "Satuan kerja",
    "Tahun",
    "Nomor keputusan",
    "Ada",
    "Tidak ada",
    "Belum pasti",
    "Bobot tidak ada (tanpa hasil)",
    "Kesalahan",
    "Peringatan",
    "Catatan",
    "Mohon dilihat",
    "Perlu ditinjau",
)
HOW_HEIGHT = 16.0  # points: the sheet is wide enough for one line


class _Page:
    """A sheet that is written from top to bottom."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.sheet, self.row = book, sheet, 0

    def line(self, cells: Sequence[Cell], look: str = "plain", height: float | None = None) -> None:
        """Writes a row."""
        if height is not None:
            self.sheet.set_row(self.row, height)
        for column, cell in enumerate(cells):
            if cell is not None:
                self.book.write(self.sheet, self.row, column, cell, look)
        self.row += 1

    def heading(self, text: str) -> None:
        """Leaves a row free and writes a heading."""
        self.row += 1
        self.line([text, *[""] * 4], "heading")


def write_summary(book: Book, source: Source, uncertain: Sequence[Uncertain]) -> None:
    """The sheet Ringkasan."""
    sheet = book.sheet(SUMMARY)
    for i, width in enumerate(WIDTHS):
        sheet.set_column(i, i, width)
    findings = [
        row
        for row in source.rows("findings", "document_id", "code", "severity", "certainty", "decision")
        if not source.is_repeated(row["document_id"])
    ]
    page = _Page(book, sheet)
    page.line(["Audit rencana pembangunan Zona Integritas"], "title", 24)
    told = source.versions
    page.line([f"zi {told['version']}, skema {told['schema_version']}, taksonomi {told['taxonomy_version']}"])
    _write_figures(page, source, findings, uncertain)
    _write_kinds(page, findings)
    page.heading("Cara membaca")
    for line in words("how").values():
        page.sheet.merge_range(page.row, 0, page.row, len(WIDTHS) - 1, "")
        page.line([line], "wrapped", HOW_HEIGHT)
    _write_plans(page, source, findings, uncertain)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_figures(page: _Page, source: Source, findings: Sequence[Row], uncertain: Sequence[Uncertain]) -> None:
    documents = [one for one in source.documents.values() if not one.is_repeated]
    years = sorted({one.row["year"] for one in documents if one.row["year"] is not None})
    statuses = Counter(state_of(row) for _, covered in source.plans() for row in covered)
    decided = sum(row["decision"] is not None for row in findings)
    page.heading("Isi")
    page.line([Shown("Berkas", "plain"), len(source.documents), None, _to(SOURCES)], "figure")
    page.line(
        [
            Shown("Keputusan (salinan tidak dihitung)", "plain"),
            sum(one.document_id == one.row["decree_id"] for one in documents),
        ],
        "figure",
    )
    page.line([Shown("Satuan kerja", "plain"), len({one.office for one in documents})], "figure")
    page.line(
        [Shown("Tahun", "plain"), f"{years[0]}–{years[-1]}" if len(years) > 1 else (years[0] if years else None)], "figure"
    )
    page.line(
        [Shown("Rencana yang dicocokkan", "plain"), len(source.coverage["document_id"].unique()), None, _to(MATRIX)],
        "figure",
    )
    page.line([Shown("Komponen tidak ada", "plain"), statuses["missing"], None, _to(MISSING)], "figure")
    page.line([Shown("  di luar itu: bukan bagian formulir", "plain"), statuses["not-in-form"]], "figure")
    page.line([Shown("Komponen belum pasti", "plain"), statuses["uncertain"]], "figure")
    page.line([Shown("Temuan", "plain"), len(findings), None, _to(FINDINGS)], "figure")
    _write_decided(page, "  sudah diputuskan", FINDINGS, len(findings), decided)
    page.line([Shown("Nilai yang perlu ditinjau", "plain"), len(uncertain), None, _to(REVIEW)], "figure")
    _write_decided(page, "  sudah diputuskan", REVIEW, len(uncertain), 0)
    page.line([Shown("Dasar hukum", "plain"), None, None, _to(BASES)], "figure")


def _to(sheet: str) -> Link:
    return Link(f"internal:'{sheet}'!A1", f"→ {sheet}")


def _write_decided(page: _Page, text: str, sheet: str, rows: int, now: int) -> None:
    """A count of decisions that follows what a person chooses in the sheet."""
    column = xl_col_to_name(next(i for i, one in enumerate(COLUMNS[sheet]) if one.name == "decision"))
    page.book.write(page.sheet, page.row, 0, text)
    page.sheet.write_formula(page.row, 1, f"=COUNTA('{sheet}'!{column}2:{column}{rows + 1})", page.book.look("figure"), now)
    page.row += 1


def _write_kinds(page: _Page, findings: Sequence[Row]) -> None:
    page.heading("Temuan menurut jenis")
    page.line(["Jenis temuan", "", "Jumlah", "Tingkat", *(word("certainty", c) for c in CERTAINTIES)], "header", HEADER_HEIGHT)
    counts = Counter((row["severity"], row["code"], row["certainty"]) for row in findings)
    kinds = sorted({(row["severity"], row["code"]) for row in findings}, key=lambda k: (-SEVERITIES.index(k[0]), k[1]))
    for severity, code in kinds:
        by = [counts[severity, code, certainty] for certainty in CERTAINTIES]
        page.line([Shown(title_of(code), "plain"), None, sum(by), Shown(word("severity", severity), severity), *by], "number")


def _write_plans(page: _Page, source: Source, findings: Sequence[Row], uncertain: Sequence[Uncertain]) -> None:
    page.heading("Menurut keputusan")
    header = page.row
    page.line(PLAN_HEADER, "header", HEADER_HEIGHT)
    grave = Counter((row["document_id"], row["severity"]) for row in findings)
    look = Counter(row["document_id"] for row in findings if row["certainty"] == "look")
    open_ones = Counter(one.document_id for one in uncertain)
    for key, document in source.documents.items():
        if document.is_repeated and not open_ones[key]:
            continue
        rows = source.components_of(key)
        by = [sum(state_of(row) == status for row in rows) for status in ("present", "missing", "uncertain")]
        weight = source.lost_weight([row for row in rows if state_of(row) == "missing"])
        severe = [grave[key, severity] for severity in reversed(SEVERITIES)]
        named = document.named()
        office = f"{named['satker']} (salinan)" if document.is_repeated else named["satker"]
        figures: list[Cell] = [*by, Shown(weight, "weights")] if rows else [None] * 4
        who = [Shown(text, "wrapped") for text in (named["province"], office)]
        number = Shown(named["number"], "wrapped")
        page.line([*who, named["year"], number, *figures, *severe, look[key], open_ones[key]], "number")
    page.sheet.autofilter(header, 0, max(page.row - 1, header + 1), len(PLAN_HEADER) - 1)
