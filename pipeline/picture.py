"""The picture of ``zi inspect --image``: what was seen on a page, drawn over it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from extract.document import FROM_PICTURE, Extraction
from extract.geometry import BBox
from extract.marks import read_mark, row_paper
from extract.page import Page
from normalize.decree import header_values
from normalize.plan import Layout, layout_of

SCALE = 2.0  # pixels a point: 144 dpi
MAX_PIXELS = 40_000_000  # a giant page is drawn smaller
WORD = (120, 160, 220, 90)
READ = ((0.98, (40, 150, 70, 200)), (0.8, (230, 140, 0, 220)), (0.0, (220, 30, 30, 255)))
"""Colour of a word that was read from a picture, by its least confidence."""
RULE = (210, 40, 40, 220)
CELL = (210, 40, 40, 120)
MARKED = (20, 150, 60, 255)
UNSURE = (230, 140, 0, 255)
LABEL = (255, 255, 255, 225)
TEXT = (150, 20, 20, 255)
DECREE = (110, 60, 170, 255)


def draw(path: Path, extraction: Extraction, page: int, out: Path, readings: Path | None = None) -> None:
    """Write a PNG of the page with words, cells, grid, fields and marked months over it.

    A scanned page is shown upright and straight, as it was read, its words coloured by how surely they were read.

    Args:
        path: the PDF.
        extraction: what was read from it.
        page: page number, from 1.
        out: the picture to write.
        readings: folder where the readings of scanned pages are kept.

    Raises:
        OSError: the picture cannot be written.
    """
    seen = next((p for p in extraction.pages if p.number == page), None)
    image = _rendered(path, page, seen, readings)
    scale = image.width / seen.width if seen else SCALE
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    pen = _Pen(ImageDraw.Draw(layer), scale, ImageFont.load_default(size=9 * scale / SCALE * 1.6))
    if seen is not None:
        for word in (*seen.words, *seen.turned):
            pen.box(word.box, WORD if word.confidence == 1 else next(c for least, c in READ if word.confidence >= least))
        for grid in extraction.grids:
            if grid.page == page:
                for cell in grid.cells:
                    pen.box(cell.box, CELL)
                pen.box(grid.box, RULE, width=3)
    _draw_header(pen, extraction, page)
    for number, table in enumerate(extraction.tables, 1):
        if any(box.page == page for box in table.boxes):
            layout = layout_of(table)
            _draw_fields(pen, extraction, number, layout, page)
            _draw_marks(pen, extraction, number, layout, page)
    Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB").save(out, format="PNG")


def _rendered(path: Path, page: int, seen: Page | None, readings: Path | None) -> Image.Image:
    document = pdfium.PdfDocument(path)
    try:
        sheet = document[page - 1]
        if seen is not None and seen.kind in FROM_PICTURE:
            return _straightened(sheet, readings)
        width, height = sheet.get_size()
        scale = min(SCALE, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
        image: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    return image.rotate(-seen.rotation, expand=True) if seen and seen.rotation else image


def _straightened(sheet: pdfium.PdfPage, readings: Path | None) -> Image.Image:
    """A scanned page as it was read."""
    from extract.scan.engines import engine_for
    from extract.scan.page import straightened
    from extract.scan.picture import render

    engine = engine_for(readings)
    picture = render(sheet)
    with engine.page(picture.pixels):
        return Image.fromarray(straightened(picture, engine).tone)


class _Pen:
    """Draws boxes and labels given in points."""

    def __init__(self, canvas: ImageDraw.ImageDraw, scale: float, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> None:
        self.canvas = canvas
        self.scale = scale
        self.font = font

    def box(self, box: BBox, color: tuple[int, int, int, int], width: int = 1) -> None:
        """An outline."""
        corners = [v * self.scale for v in (box.x0, box.top, max(box.x0, box.x1), max(box.top, box.bottom))]
        self.canvas.rectangle(corners, outline=color, width=width)

    def label(self, x: float, y: float, text: str, color: tuple[int, int, int, int]) -> None:
        """A short text on a light ground, its lower left corner at the place."""
        place = (x * self.scale, y * self.scale)
        left, top, right, bottom = self.canvas.textbbox(place, text, font=self.font, anchor="ls")
        self.canvas.rectangle((left - 2, top - 1, right + 2, bottom + 1), fill=LABEL)
        self.canvas.text(place, text, fill=color, font=self.font, anchor="ls")


def _draw_header(pen: _Pen, extraction: Extraction, page: int) -> None:
    decree = extraction.decree
    titles = {f"title of table {n}": title for n, title in enumerate(decree.table_titles, 1)}
    named = {**header_values(decree), **titles}
    parts = {f"{p.part} {p.label or ''}".strip(): p.text for p in decree.provisions}
    for name, printed in {**named, **parts}.items():
        for box in printed.boxes if printed else ():
            if box.page == page:
                pen.box(box, DECREE, width=2)
                pen.label(box.x0, box.top - 1, name, DECREE)


def _draw_fields(pen: _Pen, extraction: Extraction, number: int, layout: Layout, page: int) -> None:
    table = extraction.tables[number - 1]
    top = next(box.top for box in table.boxes if box.page == page)
    named: set[str] = set()
    for i, column in enumerate(table.columns):
        name = layout.field_of_column(i)
        if name and name not in named:
            named.add(name)
            pen.label(column.x0 + 1, top - 2, "no" if name.endswith("_no") else name, TEXT)


def _draw_marks(pen: _Pen, extraction: Extraction, number: int, layout: Layout, page: int) -> None:
    if layout.schedule is None:
        return
    grid = layout.schedule
    for row in extraction.tables[number - 1].rows:
        paper = row_paper([c for i, c in enumerate(row.cells) if i not in grid.columns])
        for i in grid.columns:
            mark = read_mark(row.cells[i], None if grid.signed else paper)
            for box in row.cells[i].boxes:
                if mark != "empty" and box.page == page:
                    inner = BBox(page, box.x0 + 2, box.top + 2, box.x1 - 2, box.bottom - 2)
                    pen.box(inner, MARKED if mark == "marked" else UNSURE, width=3)
