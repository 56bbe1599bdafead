"""Pieces of pages as small pictures: what the child does with one document."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw

from extract.bounds import check_sheet
from extract.document import FROM_PICTURE
from extract.errors import Damaged, Encrypted, NotAPdf, ZiError
from extract.watch import LOOK, PAGE_TIMEOUT, PageBudgetSpent
from pipeline.errors import Changed
from pipeline.result import DocumentResult, Failure, Row
from pipeline.shell import Task, failed, guarded
from pipeline.storage import hash_of, local_copy
from pipeline.watch import current_watch

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom on the upright page, in PDF points from its top left."""

TABLE = "crops"
"""Name under which the pictures travel from the child."""

POINTS = 72.0  # points per inch
DPI = 120.0  # dots per inch: the smallest print of decrees (7 points) can be read, at a third of the size that 200 take
MARGIN = 10.0  # points around what is shown: a line of text
LEAST_WIDTH, LEAST_HEIGHT = 300.0, 64.0  # points: a name alone does not tell where it stands
MOST_PIXELS = 500_000  # of a crop: a third of a page; a larger one is shown smaller, so that 97 of 100 stay below 30 KB
PAGE_PIXELS = 4_000_000  # of a rendered page: an A3 sheet has 2.8 million; a giant one is drawn smaller
GREYS = 7  # levels of grey: letters stay smooth and shades apart, at three quarters of the size that 15 take
OUTLINE = (230, 120, 0)
OUTSIDE = 1.5  # points between a text and its outline
QUARTER = 90  # degrees
AGAIN = "Run zi ingest again, then the audit."


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a page: the name of its picture, and what it shows."""

    name: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with what is cut out of it.

    Attributes:
        page: from 1.
        kind: how it was read, as in the table pages.
        rotation: degrees that it is turned clockwise to be upright.
        width: of the upright page, in points.
        cuts: what is cut out.
    """

    page: int
    kind: str
    rotation: int
    width: float
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class CropTask(Task):
    """A document whose pages are cut; ``sha256`` may be no more than the document_id."""

    sheets: tuple[Sheet, ...] = ()


def cut_document(task: Task) -> DocumentResult:
    """The pictures of one document as rows with name and data, whatever happens; a page that fails is told."""
    return guarded(task, lambda: _cut(task))


def _cut(task: Task) -> DocumentResult:
    assert isinstance(task, CropTask)
    given_up = {failure.page: failure for failure in task.given_up}
    made: list[Row] = []
    failures: list[Failure] = []
    with local_copy(task.path) as path:
        if hash_of(path)[: len(task.document_id)] != task.document_id:
            return failed(task, Failure(None, Changed.code, "The file is not the one any more that was read.", AGAIN))
        with _opened(path) as document:
            current_watch().pages(len(document))
            for sheet in task.sheets:
                if sheet.page in given_up:
                    failures.append(given_up[sheet.page])
                    continue
                try:
                    with current_watch().page(sheet.page):
                        made += _pictures(document, sheet)
                except (ZiError, pdfium.PdfiumError) as error:
                    failures.append(Failure(sheet.page, "page-not-drawn", f"Page {sheet.page} cannot be drawn: {error}.", LOOK))
                except PageBudgetSpent:
                    failures.append(Failure(sheet.page, PAGE_TIMEOUT, f"Drawing page {sheet.page} takes too long.", LOOK))
    return DocumentResult(task.document_id, task.sha256, task.source_path, {TABLE: made}, tuple(failures))


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The file, open; it is closed at the end.

    Raises:
        Encrypted, Damaged, NotAPdf: it does not open.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Encrypted from error
        raise (NotAPdf if error.err_code == pdfium_c.FPDF_ERR_FORMAT else Damaged) from error
    try:
        yield document
    finally:
        document.close()


def _pictures(document: pdfium.PdfDocument, sheet: Sheet) -> list[Row]:
    """The pictures of one page, which is rendered once for all."""
    if sheet.page > len(document):
        raise Damaged(f"the file has {len(document)} pages")
    page = document[sheet.page - 1]
    try:
        check_sheet(*page.get_size())
        image = _straightened(page, sheet.rotation) if sheet.kind in FROM_PICTURE else _upright(page, sheet.rotation)
    finally:
        page.close()
    scale = image.width / sheet.width if sheet.width > 0 else DPI / POINTS
    return [{"name": cut.name, "data": picture(image, scale, cut.boxes)} for cut in sheet.cuts]


def _upright(page: pdfium.PdfPage, rotation: int) -> Image.Image:
    """A digital page in grey."""
    width, height = page.get_size()
    scale = min(DPI / POINTS, math.sqrt(PAGE_PIXELS / max(1.0, width * height)))
    image: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    return image.rotate(-rotation, expand=True) if rotation else image


def _straightened(page: pdfium.PdfPage, rotation: int) -> Image.Image:
    """A scanned page in grey, upright, level and on white paper, as it was when its words were placed."""
    from extract.scan.picture import render
    from extract.scan.straight import straighten_picture, turned_over

    picture = render(page)
    straight = straighten_picture(picture)
    if straight.quarter != rotation // QUARTER % 4:
        straight = turned_over(straight)  # the reading knew which way is up, where shapes of letters alone do not tell
    image = Image.fromarray(straight.tone).convert("L")
    shrink = min(1.0, DPI / POINTS / picture.scale)
    return image.resize((round(image.width * shrink), round(image.height * shrink)), Image.Resampling.LANCZOS)


def picture(page: Image.Image, scale: float, boxes: Sequence[Box]) -> bytes:
    """The part of the page that shows the boxes, outlined, with a margin, as a PNG.

    Args:
        page: the upright page in grey.
        scale: its pixels for each point.
        boxes: in points.
    """
    left, top, right, bottom = _frame(boxes, page.width / scale, page.height / scale)
    part = page.crop((math.floor(left * scale), math.floor(top * scale), math.ceil(right * scale), math.ceil(bottom * scale)))
    shrink = min(1.0, math.sqrt(MOST_PIXELS / (part.width * part.height)))
    if shrink < 1:
        size = (max(1, round(part.width * shrink)), max(1, round(part.height * shrink)))
        part = part.resize(size, Image.Resampling.LANCZOS)
    levels = np.rint(np.asarray(part, dtype=np.float32) * ((GREYS - 1) / 255)).astype(np.uint8)
    drawn = Image.fromarray(levels, mode="P")
    drawn.putpalette([*(round(k * 255 / (GREYS - 1)) for k in range(GREYS) for _ in range(3)), *OUTLINE])
    pen = ImageDraw.Draw(drawn)
    scale *= shrink
    for x0, above, x1, below in boxes:
        corners = [(x0 - left - OUTSIDE) * scale, (above - top - OUTSIDE) * scale]
        corners += [max(corners[0], (x1 - left + OUTSIDE) * scale), max(corners[1], (below - top + OUTSIDE) * scale)]
        pen.rectangle(corners, outline=GREYS)
    out = io.BytesIO()
    drawn.save(out, format="PNG", bits=4, optimize=True)
    return out.getvalue()


def _frame(boxes: Sequence[Box], width: float, height: float) -> Box:
    """What is cut out: all boxes with their margin, not too small, and within the page."""
    left, top = min(b[0] for b in boxes) - MARGIN, min(b[1] for b in boxes) - MARGIN
    right, bottom = max(b[2] for b in boxes) + MARGIN, max(b[3] for b in boxes) + MARGIN
    wide, high = max(0.0, LEAST_WIDTH - (right - left)) / 2, max(0.0, LEAST_HEIGHT - (bottom - top)) / 2
    left, right = _within(left - wide, right + wide, width)
    top, bottom = _within(top - high, bottom + high, height)
    return left, top, right, bottom


def _within(low: float, high: float, end: float) -> tuple[float, float]:
    """The stretch moved into the page; at least a point of it is left."""
    if low < 0:
        low, high = 0.0, high - low
    if high > end:
        low, high = low - (high - end), end
    low = min(max(0.0, low), max(0.0, end - 1))
    return low, max(low + 1, high)


def drawing() -> Mapping[str, object]:
    """All that decides how a crop looks: a crop that was drawn otherwise is drawn anew."""
    return {
        "dpi": DPI,
        "margin": MARGIN,
        "least": (LEAST_WIDTH, LEAST_HEIGHT),
        "most": MOST_PIXELS,
        "greys": GREYS,
        "out": OUTLINE,
    }
