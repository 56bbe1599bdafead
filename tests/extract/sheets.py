"""What is drawn on pages that are hard to tell: scanned sheets, backgrounds, charts, OCR layers, drawn letters, month marks."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.extract.pdfs import A4, Draw
from tests.press import fonts

PIXELS = 1.5  # per point: 108 dpi
LEFT, FIRST, LINE, SIZE = 60.0, 80.0, 18.0, 10.0  # points from the left and the top of a page, line pitch, font size


def sheet(texts: Sequence[str], *, first: int = 0, size: tuple[float, float] = A4) -> Image.Image:
    """A scanned page with lines of print, the first of them ``first`` lines down."""
    wide, high = (round(PIXELS * v) for v in size)
    image = Image.new("L", (wide, high), 250)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(fonts._FONT_DIR / "Vera.ttf"), SIZE * PIXELS)
    left, top = (LEFT, FIRST) if size == A4 else (10.0, 16.0)
    for k, text in enumerate(texts):
        draw.text((PIXELS * left, PIXELS * (top + LINE * (first + k))), text, fill=60, font=font, anchor="ls")
    return image


def sheet_lines(texts: Sequence[str]) -> Draw:
    """The same lines as real text, where ``sheet`` prints them."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(fonts.VERA.regular, SIZE)
        for k, text in enumerate(texts):
            canvas.drawString(LEFT, A4[1] - FIRST - LINE * k, text)

    return draw


def emblem() -> Image.Image:
    """A watermark to be laid over a page: nothing of it is opaque but a ring."""
    image = Image.new("RGBA", (600, 850), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((200, 300, 400, 500), outline=(200, 0, 0, 255), width=8)
    return image


def faint() -> Image.Image:
    """A pale emblem in the middle of a white page."""
    image = Image.new("RGB", (600, 850), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    draw.ellipse((150, 275, 450, 575), fill=(228, 236, 228))
    draw.rectangle((250, 375, 350, 475), fill=(240, 225, 225))
    return image


def letterhead() -> Image.Image:
    """A white page with an emblem and an address at its head and a line at its foot."""
    image = Image.new("RGB", (600, 850), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(fonts._FONT_DIR / "VeraBd.ttf"), 16)
    draw.ellipse((40, 30, 110, 100), fill=(150, 30, 30))
    for k, text in enumerate(("KOMISI PEMILIHAN UMUM", "KABUPATEN RIMBA RAYA", "Jalan Merdeka Nomor 1 Telepon 12345")):
        draw.text((150, 40 + 26 * k), text, fill=(0, 0, 0), font=font)
    draw.rectangle((40, 118, 560, 120), fill=(0, 0, 0))
    draw.text((150, 810), "kab-rimba.kpu.go.id", fill=(0, 0, 0), font=font)
    return image


def photograph() -> Image.Image:
    """Light and dark places of all sizes."""
    draw = random.Random(7)
    image = Image.new("L", (470, 400), 120)
    pen = ImageDraw.Draw(image)
    for k in range(400):
        x, y, r = draw.uniform(0, 470), draw.uniform(0, 400), 90 / (1 + k / 20)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=draw.randrange(10, 250))
    return image.filter(ImageFilter.GaussianBlur(2))


def chart() -> Image.Image:
    """Bars with labels."""
    image = Image.new("RGB", (940, 1000), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(fonts._FONT_DIR / "Vera.ttf"), 18)
    for k in range(8):
        draw.rectangle((80 + 105 * k, 900 - 90 * k, 150 + 105 * k, 940), fill=(40, 90, 160))
        draw.text((75 + 105 * k, 950), f"Area {k + 1}", fill=(0, 0, 0), font=font)
        draw.text((10, 900 - 110 * k), f"{10 * k} %", fill=(0, 0, 0), font=font)
    return image


BACK = ImageReader(Image.new("L", (60, 85), 230))


def picture(
    x: float = 0, y: float = 0, width: float = A4[0], height: float = A4[1], image: ImageReader = BACK, mask: str | None = None
) -> Draw:
    return lambda canvas: canvas.drawImage(image, x, y, width, height, mask=mask)


def both(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            canvas.saveState()
            one(canvas)
            canvas.restoreState()

    return draw


def layer(texts: Sequence[str]) -> Draw:
    """The text layer of an OCR program: rendering mode 3."""

    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 780)
        text.setFont("Times-Roman", 11)
        text.setTextRenderMode(3)
        for line in texts:
            text.textLine(line)
        canvas.drawText(text)
        canvas._code.append("BT 0 Tr ET")

    return draw


def white(draw: Draw) -> Draw:
    def drawn(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        draw(canvas)

    return drawn


def translucent(draw: Draw) -> Draw:
    def drawn(canvas: Canvas) -> None:
        canvas.setFillAlpha(0.15)
        draw(canvas)

    return drawn


def white_on_dark_cells(canvas: Canvas) -> None:
    """A dark head row with white letters."""
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(60, 760, 470, 24, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(64, 768, "KEGIATAN")
    canvas.setFillColorRGB(0, 0, 0)


def aslant(text: str) -> Draw:
    """A watermark over the page."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(150, 250)
        canvas.rotate(45)
        canvas.setFont("Times-Roman", 40)
        for k in range(4):
            canvas.drawString(0, 60 * k, text)

    return draw


def strips(count: int, image: Image.Image) -> Draw:
    """A picture cut into strips that overlap a little."""
    high = image.height // count

    def draw(canvas: Canvas) -> None:
        for k in range(count):
            cut = ImageReader(image.crop((0, k * high, image.width, (k + 1) * high)))
            canvas.drawImage(cut, 0, A4[1] * (1 - (k + 1) / count), A4[0], A4[1] / count + 1)

    return draw


def curves(count: int, *, columns: int = 40, step: float = 12, line: float = 20, x: float = 60, y: float = 700) -> Draw:
    """Letters drawn as curves, in lines."""

    def draw(canvas: Canvas) -> None:
        for k in range(count):
            path = canvas.beginPath()
            left, low = x + step * (k % columns), y - line * (k // columns)
            wide, high = step * 0.7, step * 0.7
            path.moveTo(left, low)
            path.curveTo(left, low + high, left + wide / 2, low + high, left + wide / 2, low + high)
            path.curveTo(left + wide, low + high, left + wide, low, left + wide, low)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)

    return draw


def merged_curves(count: int) -> Draw:
    """Lines of letters drawn as curves, each line one path."""

    def draw(canvas: Canvas) -> None:
        for k in range(count):
            path = canvas.beginPath()
            for x in range(60, 540, 6):
                low = 760 - 20 * k
                path.moveTo(x, low)
                for _ in range(6):
                    path.curveTo(x, low + 8, x + 2, low + 8, x + 2, low + 8)
                    path.curveTo(x + 4, low + 8, x + 4, low, x + 4, low)
                path.close()
            canvas.drawPath(path, stroke=0, fill=1)

    return draw


def ticks(canvas: Canvas) -> None:
    """A month grid with ticks of a sign font."""
    for row in range(12):
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(60, 700 - 20 * row, f"{row + 1}. Rapat kerja tim zona integritas")
        canvas.setFont("ZapfDingbats", 9)
        for month in range(12):
            canvas.drawString(250 + 22 * month, 700 - 20 * row, "4")


def dots(canvas: Canvas) -> None:
    """A month grid with discs in its cells."""
    for row in range(25):
        canvas.drawString(60, 700 - 20 * row, "Rapat")
        for month in range(12):
            canvas.circle(250 + 22 * month, 703 - 20 * row, 4, stroke=0, fill=1)


def hatching(canvas: Canvas) -> None:
    """A month grid with hatched cells."""
    for row in range(10):
        canvas.drawString(60, 700 - 20 * row, "Rapat kerja")
        for k in range(80):
            canvas.line(200 + 4 * k, 700 - 20 * row, 212 + 4 * k, 712 - 20 * row)
