"""One PDF from its bytes to what is printed on it: pages, decree and tables. The story of the room, told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.decree import DecreeText, NotADecree, read_decree
from extract.errors import Damaged, Encrypted, NoContent, NoDecree, NoText
from extract.grid import Grid
from extract.page import Page, PageKind
from extract.raw import RawPage
from extract.read_pdfium import read_raw_page
from extract.second_reading import confirmed
from extract.stitch import logical_tables
from extract.table import LogicalTable
from extract.tables import COLUMNS_BY_SPACE, grids_of
from extract.upright import set_upright

DocumentKind = Literal["digital", "scanned", "mixed"]

TABLE_NOT_READ = "table-not-read"
TABLE_CURE = "Look at the page (`zi inspect FILE --page N --image OUT.png`); its rows are not in plan_rows."
FROM_PICTURE: tuple[PageKind, ...] = ("scanned", "unreadable")  # kinds of pages that are read from their picture
MIN_COLUMNS = 3  # a raster with fewer columns is a frame or a signature block
MIN_WORDS = 12  # a raster with fewer words is a form or an emblem
UNREAD_CURE = "Look at the page; where it holds text, ingest the digital file or a better scan if the office has one."


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """An open file.

    Attributes:
        count: number of pages.
        read: from a page's index (from 0) to what is drawn on it.
        sheet: from a page's index to the page itself, to be rendered.
    """

    count: int
    read: Callable[[int], RawPage]
    sheet: Callable[[int], pdfium.PdfPage]


@dataclass(frozen=True, slots=True)
class PageProblem:
    """A page that had to be skipped."""

    page: int
    code: str
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one PDF.

    Attributes:
        kind: digital where every page with content carries its own text; scanned where none does; mixed else.
        pages: every page, upright; pages that could not be loaded are missing.
        page_count: pages of the file.
        decree: header, paragraphs, signatures.
        tables: tables of the lampiran, in print order.
        grids: the rasters that the tables were made of, for the picture.
        page_problems: pages that were skipped, and why.
    """

    kind: DocumentKind
    pages: tuple[Page, ...]
    page_count: int
    decree: DecreeText
    tables: tuple[LogicalTable, ...]
    grids: tuple[Grid, ...]
    page_problems: tuple[PageProblem, ...]


def extract_document(path: Path, reader: str = "pdfium", readings: Path | None = None) -> Extraction:
    """What is printed in the decree at ``path``.

    Args:
        path: a PDF file.
        reader: ``pdfium`` (fast) or ``pdfplumber`` (the reference); both give the same answers.
        readings: folder where the readings of scanned pages are kept, None to keep none.

    Raises:
        Encrypted: a user password is needed.
        Damaged: no page can be read.
        NoText: its pages are pictures in which no text was found.
        NoContent: its pages are blank.
        NoDecree: the text is not a decree.
    """
    with _opened(path, reader) as pdf:
        page_count = pdf.count
        pages, problems = _read_pages(pdf, readings)
    if not pages:
        raise Damaged("The PDF is damaged: none of its pages can be read.")
    grids = _grids(path, pages)
    tables = logical_tables(grids)
    decree = read_decree(pages, [table.boxes for table in tables])
    if isinstance(decree, NotADecree):
        raise _nothing_found(pages, decree)
    return Extraction(
        kind=_kind(pages),
        pages=tuple(pages),
        page_count=page_count,
        decree=decree,
        tables=tuple(tables),
        grids=tuple(grids),
        page_problems=tuple(
            sorted([*problems, *_unread(pages), *_tables_not_read(grids, tables, decree)], key=lambda p: (p.page, p.code))
        ),
    )


@contextmanager
def _opened(path: Path, reader: str) -> Iterator[OpenPdf]:
    """The file, open; it is closed at the end.

    Raises:
        Encrypted, Damaged: the file does not open.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Encrypted from error
        raise Damaged from error
    try:
        count = len(document)
        if reader == "pdfplumber":
            from extract.read_pdfplumber import opened

            with opened(path) as read:
                yield OpenPdf(count, lambda index: read(read_raw_page(document, index)), document.__getitem__)
        else:
            yield OpenPdf(count, lambda index: read_raw_page(document, index), document.__getitem__)
    finally:
        document.close()


def _read_pages(pdf: OpenPdf, readings: Path | None) -> tuple[list[Page], list[PageProblem]]:
    pages: list[Page] = []
    problems: list[PageProblem] = []
    before: list[Grid] = []
    for index in range(pdf.count):
        try:
            page = set_upright(pdf.read(index))
            if page.kind in FROM_PICTURE:
                page = _from_picture(pdf, index, page.kind, readings, before)
                before = grids_of(page, before)
            else:
                before = []  # what a digital page shows needs no help from the page before
        except pdfium.PdfiumError as error:
            problems.append(
                PageProblem(index + 1, "damaged-page", f"Page {index + 1} cannot be loaded: {error}", Damaged.default_cure)
            )
            continue
        pages.append(page)
    return pages, problems


def _from_picture(pdf: OpenPdf, index: int, kind: PageKind, readings: Path | None, before: Sequence[Grid]) -> Page:
    from extract.scan.engines import engine_for  # loads the OCR libraries, which digital documents do without
    from extract.scan.page import read_scan

    sheet = pdf.sheet(index)
    try:
        return read_scan(sheet, index + 1, kind, engine_for(readings), before)
    finally:
        sheet.close()


def _grids(path: Path, pages: list[Page]) -> list[Grid]:
    grids: list[Grid] = []
    before: list[Grid] = []
    for page in pages:
        before = grids_of(page, before)
        grids += [confirmed(path, page, grid, COLUMNS_BY_SPACE) if page.kind == "digital" else grid for grid in before]
    return grids


def _kind(pages: list[Page]) -> DocumentKind:
    read = {page.kind == "digital" for page in pages if page.kind != "blank"}
    if read == {True}:
        return "digital"
    return "mixed" if True in read else "scanned"


def _unread(pages: list[Page]) -> list[PageProblem]:
    """The pages on which no text was found although they are no blank sheets."""
    return [
        PageProblem(page.number, "page-not-read", f"On the picture of page {page.number} no text was found.", UNREAD_CURE)
        for page in pages
        if page.kind in FROM_PICTURE and not page.words
    ]


def _tables_not_read(grids: list[Grid], tables: list[LogicalTable], decree: DecreeText) -> list[PageProblem]:
    """Ruled tables of the lampiran that belong to no table that was read: what stands in them is not in the output."""
    out: dict[int, PageProblem] = {}
    for grid in grids:
        box = grid.box
        known = any(b.overlap(box) > 0 for table in tables for b in table.boxes)
        size = sum(len(c.words) for c in grid.cells)
        early = decree.lampiran_page is None or grid.page < decree.lampiran_page
        if not known and not early and len(grid.xs) > MIN_COLUMNS and size >= MIN_WORDS:
            message = f"A table on page {grid.page} was not understood: no header, and no table that it continues."
            out[grid.page] = PageProblem(grid.page, TABLE_NOT_READ, message, TABLE_CURE)
    return list(out.values())


def _nothing_found(pages: list[Page], found: NotADecree) -> NoText | NoContent | NoDecree:
    """Why there is no decree: nothing to read, or something else."""
    unread = sum(p.kind in FROM_PICTURE and not p.words for p in pages)
    if not any(p.words for p in pages):
        return NoText() if unread else NoContent()
    rest = f" On {unread} further page(s) no text was found." if unread else ""
    said = f' It begins: "{found.found}".' if found.found else ""
    return NoDecree(f"No decree was found in the text (no Menimbang, Mengingat or MEMUTUSKAN).{said}{rest}")
