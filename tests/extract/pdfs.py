"""A factory of small PDFs: what is drawn on a page, with the boxes and turns that a PDF can give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

from extract.grid import Grid
from extract.page import Page
from extract.read_pdfium import read_raw_page
from extract.read_pdfplumber import opened
from extract.stitch import logical_tables
from extract.table import LogicalTable
from extract.tables import grids_of
from extract.upright import set_upright

A4 = (595.0, 842.0)
Draw = Callable[[Canvas], None]

DECREE = (
    "KOMISI PEMILIHAN UMUM",
    "KABUPATEN RIMBA RAYA",
    "KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA",
    "NOMOR 12 TAHUN 2024",
    "TENTANG",
    "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS",
    "KETUA KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA,",
    "Menimbang : a. bahwa untuk membangun zona integritas perlu rencana kerja;",
    "b. bahwa rencana kerja perlu ditetapkan dengan keputusan;",
    "Mengingat : 1. Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum;",
    "MEMUTUSKAN:",
    "Menetapkan : KEPUTUSAN TENTANG RENCANA KERJA.",
    "KESATU : Menetapkan rencana kerja sebagaimana tercantum dalam lampiran.",
    "Ditetapkan di Rimba",
    "pada tanggal 3 Maret 2024",
    "KETUA KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA,",
    "SITI AMINAH",
)


def lines(texts: Sequence[str], *, x: float = 60, y: float = 780, font: str = "Times-Roman") -> Draw:
    """Draws lines of text from the top."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 11)
        for k, text in enumerate(texts):
            canvas.drawString(x, y - 18 * k, text)

    return draw


def table(
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float],
    x: float = 60,
    y: float = 760,
    height: float = 22,
) -> Draw:
    """Draws a ruled table from the top; y grows upwards as in the PDF."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.setLineWidth(0.6)
        xs = [x + sum(widths[:c]) for c in range(len(widths) + 1)]
        for r in range(len(rows) + 1):
            canvas.line(xs[0], y - r * height, xs[-1], y - r * height)
        for place in xs:
            canvas.line(place, y, place, y - len(rows) * height)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                canvas.drawString(xs[c] + 3, y - r * height - 14, text)

    return draw


def pdf(*pages: Draw | None, size: tuple[float, float] = A4) -> bytes:
    """A PDF with one page for each drawing; None is a blank page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for draw in pages:
        if draw is not None:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Page], None]) -> bytes:
    """The PDF with every page changed."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened:
        for page in opened.pages:
            change(page)
        opened.save(out, static_id=True)
    return out.getvalue()


def pages_of(data: bytes, folder: Path, reader: str = "pdfium") -> list[Page]:
    """The pages as read."""
    path = folder / "pages.pdf"
    path.write_bytes(data)
    document = pdfium.PdfDocument(path)
    try:
        raw = [read_raw_page(document, index) for index in range(len(document))]
    finally:
        document.close()
    if reader == "pdfplumber":
        with opened(path) as read:
            raw = [read(page) for page in raw]
    return [set_upright(page) for page in raw]


def tables_of(data: bytes, folder: Path, reader: str = "pdfium") -> list[LogicalTable]:
    """The tables as read, whether the pages hold a decree or not."""
    grids: list[Grid] = []
    before: list[Grid] = []
    for page in pages_of(data, folder, reader):
        before = grids_of(page, before)
        grids += before
    return logical_tables(grids)


def words_on(page: Page) -> list[str]:
    """The words of a page in reading order."""
    return [word.text for word in page.words]
