"""The picture of ``zi inspect --image``: what was seen on a page, drawn over it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from extract.document import FROM_PICTURE, Extraction
from extract.geometry import BBox
from extract.marks import read_mark, row_paper
from extract.page import Page, Word
from normalize.decree import header_values
from normalize.plan import Layout, layout_of

Color = tuple[int, int, int, int]

SCALE = 2.0  # pixels a point: 144 dpi
MAX_PIXELS = 40_000_000  # a giant page is drawn smaller
WORD = (120, 160, 220, 90)
READ: tuple[tuple[float, Color, str], ...] = (
    (0.98, (40, 150, 70, 200), "read surely"),
    (0.8, (230, 140, 0, 220), "read less surely"),
    (0.0, (220, 30, 30, 255), "read badly"),
)
"""A word that was read from a picture: its least confidence, its colour, and what that means."""
SHADE = 60  # of 255: how much the ground of a word not read surely is coloured
LEGEND = 30  # pixels: height of the strip under a scanned page that tells what the colours mean
LEGEND_GROUND = (235, 235, 235)
LEGEND_SIZE = 14  # pixels: height of its letters
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
            _draw_word(pen, word)
        for grid in extraction.grids:
            if grid.page == page:
                for cell in grid.cells:
                    pen.box(cell.box, CELL)
                pen.box(grid.box, RULE, width=3)
    _draw_header(pen, extraction, page)
    for number, table in enumerate(extraction.reading.tables, 1):
        if any(box.page == page for box in table.boxes):
            layout = layout_of(table)
            _draw_fields(pen, extraction, number, layout, page)
            _draw_marks(pen, extraction, number, layout, page)
    drawn = Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")
    (_with_legend(drawn) if seen is not None and seen.kind in FROM_PICTURE else drawn).save(out, format="PNG")


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

    def box(self, box: BBox, color: Color, width: int = 1, fill: Color | None = None) -> None:
        """An outline, and what is in it."""
        corners = [v * self.scale for v in (box.x0, box.top, max(box.x0, box.x1), max(box.top, box.bottom))]
        self.canvas.rectangle(corners, outline=color, width=width, fill=fill)

    def label(self, x: float, y: float, text: str, color: Color) -> None:
        """A short text on a light ground, its lower left corner at the place."""
        place = (x * self.scale, y * self.scale)
        left, top, right, bottom = self.canvas.textbbox(place, text, font=self.font, anchor="ls")
        self.canvas.rectangle((left - 2, top - 1, right + 2, bottom + 1), fill=LABEL)
        self.canvas.text(place, text, fill=color, font=self.font, anchor="ls")


def _draw_word(pen: _Pen, word: Word) -> None:
    """A digital word in one colour; one that was read from a picture by how surely, its ground shaded where it was not."""
    if word.confidence == 1:
        pen.box(word.box, WORD)
        return
    rank = next(k for k, (least, _, _) in enumerate(READ) if word.confidence >= least)
    color = READ[rank][1]
    pen.box(word.box, color, fill=(*color[:3], SHADE) if rank else None)


def _with_legend(image: Image.Image) -> Image.Image:
    """The picture with a strip under it that tells what the colours mean."""
    out = Image.new("RGB", (image.width, image.height + LEGEND), LEGEND_GROUND)
    out.paste(image)
    pen = ImageDraw.Draw(out)
    font = ImageFont.load_default(size=LEGEND_SIZE)
    words = [(color, f"word {meaning} (from {least})" if least else f"word {meaning}") for least, color, meaning in READ]
    x, y = LEGEND // 2, image.height + LEGEND // 2
    for color, text in (*words, (MARKED, "month marked"), (UNSURE, "month unsure"), (RULE, "table"), (DECREE, "value")):
        pen.rectangle((x, y - LEGEND_SIZE // 2, x + LEGEND_SIZE, y + LEGEND_SIZE // 2), outline=color[:3], width=3)
        pen.text((x + LEGEND_SIZE * 1.5, y), text, fill=(0, 0, 0), font=font, anchor="lm")
        x += round(LEGEND_SIZE * 3 + font.getlength(text))
    return out


def _draw_header(pen: _Pen, extraction: Extraction, page: int) -> None:
    decree = extraction.reading.decree
    titles = {f"title of table {n}": title for n, title in enumerate(decree.table_titles, 1)}
    named = {**header_values(decree), **titles}
    parts = {f"{p.part} {p.label or ''}".strip(): p.text for p in decree.provisions}
    for name, printed in {**named, **parts}.items():
        for box in printed.boxes if printed else ():
            if box.page == page:
                pen.box(box, DECREE, width=2)
                pen.label(box.x0, box.top - 1, name, DECREE)


def _draw_fields(pen: _Pen, extraction: Extraction, number: int, layout: Layout, page: int) -> None:
    table = extraction.reading.tables[number - 1]
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
    for row in extraction.reading.tables[number - 1].rows:
        others = [c for i, c in enumerate(row.cells) if i not in grid.columns]
        paper, across = row_paper(others), {box for cell in others for box in cell.boxes}
        for i in grid.columns:
            mark = read_mark(row.cells[i], None if grid.signed else paper)
            for box in row.cells[i].boxes:
                if mark != "empty" and box.page == page and box not in across:  # a heading runs across the whole row
                    inner = BBox(page, box.x0 + 2, box.top + 2, box.x1 - 2, box.bottom - 2)
                    pen.box(inner, MARKED if mark == "marked" else UNSURE, width=3)
