"""One PDF from its bytes to what is printed on it: pages, decree and tables. The story of the room, told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.bounds import MAX_PAGES
from extract.contents import Damage, damage_of
from extract.decree import DecreeText, NotADecree, read_decree
from extract.errors import Damaged, Encrypted, NoContent, NoDecree, NoText, PagesNotRead, TooManyPages
from extract.gaps import decree_at_gaps, tables_at_gaps
from extract.grid import Grid
from extract.losses import DAMAGED_PAGE, Losses
from extract.page import Page, PageKind
from extract.raw import RawPage
from extract.read_pdfium import read_raw_page
from extract.reading import DocumentKind, PageProblem, Reading, facts_of, words_after
from extract.second_reading import confirmed
from extract.stitch import logical_tables
from extract.table import LogicalTable
from extract.tables import COLUMNS_BY_SPACE, grids_of
from extract.upright import set_upright
from extract.watch import Unwatched, Watch

TABLE_NOT_READ = "table-not-read"
TABLE_CURE = "Look at the page (`zi inspect FILE --page N --image OUT.png`); its rows are not in plan_rows."
FROM_PICTURE: tuple[PageKind, ...] = ("scanned", "unreadable")  # kinds of pages that are read from their picture
MOST_TOLD = 10  # lost pages that a message names one by one
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
class Extraction:
    """All that was read from one PDF.

    Attributes:
        reading: what the later rooms need of it.
        pages: every page, upright; pages that could not be loaded are missing.
        grids: the rasters that the tables were made of, for the picture.
    """

    reading: Reading
    pages: tuple[Page, ...]
    grids: tuple[Grid, ...]


def extract_document(
    path: Path,
    reader: str = "pdfium",
    readings: Path | None = None,
    *,
    watch: Watch | None = None,
    given_up: Sequence[PageProblem] = (),
) -> Extraction:
    """What is printed in the decree at ``path``.

    Args:
        path: a PDF file.
        reader: ``pdfium`` (fast) or ``pdfplumber`` (the reference); both give the same answers.
        readings: folder where the readings of scanned pages are kept, None to keep none.
        watch: is told which page is in hand, and may end it.
        given_up: pages that are not to be opened, and why.

    Raises:
        Encrypted: a user password is needed.
        Damaged: no page can be read.
        TooManyPages: it claims more pages than any decree has.
        PagesNotRead: no decree was found, but pages were lost.
        NoText: its pages are pictures in which no text was found.
        NoContent: its pages are blank.
        NoDecree: the text is not a decree.
    """
    watch = watch or Unwatched()
    with _opened(path, reader) as pdf:
        page_count = pdf.count
        watch.pages(page_count)
        damage = damage_of(path, page_count)
        losses = Losses(watch, [*damage.lost, *given_up])
        pages = _read_pages(pdf, readings, losses, damage)
    grids = _grids(path, pages, losses)
    pages = [page for page in pages if page.number not in losses.problems]
    if not pages:
        raise _all_lost(losses)
    lost = sorted(losses.problems)
    tables = tables_at_gaps(logical_tables(grids), lost)
    decree = read_decree(pages, [table.boxes for table in tables])
    if isinstance(decree, NotADecree):
        raise _nothing_found(pages, decree, list(losses.problems.values()))
    decree = decree_at_gaps(decree, lost)
    doubted = [problem for problem in (*damage.pictures, *damage.unsure) if problem.page not in losses.problems]
    unread = [*losses.problems.values(), *doubted, *_unread(pages), *_tables_not_read(grids, tables, decree)]
    reading = Reading(
        kind=_kind(pages),
        page_count=page_count,
        pages=tuple(facts_of(page) for page in pages),
        decree=decree,
        tables=tuple(tables),
        words_after=words_after(pages, tables),
        page_problems=tuple(sorted(unread, key=lambda p: (p.page, p.code))),
    )
    return Extraction(reading, tuple(pages), tuple(grids))


@contextmanager
def _opened(path: Path, reader: str) -> Iterator[OpenPdf]:
    """The file, open; it is closed at the end.

    Raises:
        Encrypted, Damaged, TooManyPages: the file does not open, or is not worth opening.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Encrypted from error
        raise Damaged from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise TooManyPages(f"The file says that it has {count} pages; no decree has more than {MAX_PAGES}.")
        if reader == "pdfplumber":
            from extract.read_pdfplumber import opened

            with opened(path) as read:
                yield OpenPdf(count, lambda index: read(read_raw_page(document, index)), document.__getitem__)
        else:
            yield OpenPdf(count, lambda index: read_raw_page(document, index), document.__getitem__)
    finally:
        document.close()


def _read_pages(pdf: OpenPdf, readings: Path | None, losses: Losses, damage: Damage) -> list[Page]:
    """The pages, upright, without those that are lost."""
    damaged = {problem.page: problem for problem in damage.pictures}
    pages: list[Page] = []
    before: list[Grid] = []
    for number in range(1, pdf.count + 1):
        page: Page | None = None
        if number not in losses.problems:
            with losses.page(number):
                page = set_upright(pdf.read(number - 1))
        if page is not None and page.kind != "digital" and number in damaged:
            losses.problems[number], page, before = damaged[number], None, []  # half a picture would pass for a whole page
        elif page is not None and page.kind in FROM_PICTURE:
            read = _reader_of_pictures(pdf, readings)
            kind, page = page.kind, None
            with losses.page(number):
                scanned = read(number, kind, before)
                before = grids_of(scanned, before)
                page = scanned
        elif page is not None:
            before = []  # what a digital page shows needs no help from the page before
        if page is not None:
            pages.append(page)
    return pages


def _reader_of_pictures(pdf: OpenPdf, readings: Path | None) -> Callable[[int, PageKind, Sequence[Grid]], Page]:
    """What reads a page from its picture; the OCR libraries, which digital documents do without, cost no page its budget."""
    from extract.scan.engines import engine_for
    from extract.scan.page import read_scan

    engine = engine_for(readings)

    def read(number: int, kind: PageKind, before: Sequence[Grid]) -> Page:
        sheet = pdf.sheet(number - 1)
        try:
            return read_scan(sheet, number, kind, engine, before)
        finally:
            sheet.close()

    return read


def _grids(path: Path, pages: Sequence[Page], losses: Losses) -> list[Grid]:
    grids: list[Grid] = []
    before: list[Grid] = []
    for page in pages:
        with losses.page(page.number):
            found = grids_of(page, before)
            grids += [confirmed(path, page, grid, COLUMNS_BY_SPACE) if page.kind == "digital" else grid for grid in found]
            before = found
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


def _all_lost(losses: Losses) -> Damaged | PagesNotRead:
    """Why there is no page at all."""
    if all(problem.code == DAMAGED_PAGE for problem in losses.problems.values()):
        return Damaged("The PDF is damaged: none of its pages can be read.")
    lost = list(losses.problems.values())
    return PagesNotRead(f"None of the pages could be read: {_told(lost)}.", lost)


def _nothing_found(
    pages: Sequence[Page], found: NotADecree, lost: Sequence[PageProblem]
) -> NoText | NoContent | NoDecree | PagesNotRead:
    """Why there is no decree: nothing to read, something else, or pages lost that may have held it."""
    if lost:
        return PagesNotRead(f"No decree was found on the pages that could be read. Not read: {_told(lost)}.", lost)
    unread = sum(p.kind in FROM_PICTURE and not p.words for p in pages)
    if not any(p.words for p in pages):
        return NoText() if unread else NoContent()
    rest = f" On {unread} further page(s) no text was found." if unread else ""
    said = f' It begins: "{found.found}".' if found.found else ""
    missed = "no Menimbang, Mengingat or MEMUTUSKAN, and no heading of a lampiran"
    return NoDecree(f"No decree was found in the text ({missed}).{said}{rest}")


def _told(lost: Iterable[PageProblem]) -> str:
    """Some pages with their codes, in words."""
    told = [f"page {problem.page} ({problem.code})" for problem in sorted(lost, key=lambda p: p.page)]
    more = len(told) - MOST_TOLD
    return ", ".join(told[:MOST_TOLD]) + (f" and {more} more" if more > 0 else "")
