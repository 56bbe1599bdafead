"""What kind of page is this? Told from what is drawn on it, whatever lies over or under."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.extract.pdfs import A4, DECREE, Draw, lines, pages_of, pdf

PROSE = [
    "bahwa untuk melaksanakan pembangunan zona integritas menuju wilayah bebas dari",
    "korupsi dan wilayah birokrasi bersih dan melayani di lingkungan kantor ini perlu",
    "disusun rencana kerja yang ditetapkan dengan keputusan ketua komisi ini",
]
PICTURE = ImageReader(Image.new("L", (60, 85), 230))


def picture(x: float = 0, y: float = 0, width: float = A4[0], height: float = A4[1]) -> Draw:
    return lambda canvas: canvas.drawImage(PICTURE, x, y, width, height)


def both(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def invisible(canvas: Canvas) -> None:
    """The text layer of an OCR program: rendering mode 3."""
    text = canvas.beginText(60, 780)
    text.setFont("Times-Roman", 11)
    text.setTextRenderMode(3)
    for line in PROSE * 3:
        text.textLine(line)
    canvas.drawText(text)
    canvas.setFillColorRGB(0, 0, 0)
    canvas._code.append("BT 0 Tr ET")


def outlines(canvas: Canvas) -> None:
    """Letters drawn as curves."""
    for k in range(400):
        path = canvas.beginPath()
        x, y = 60 + 12 * (k % 40), 700 - 20 * (k // 40)
        path.moveTo(x, y)
        path.curveTo(x + 4, y + 8, x + 6, y + 8, x + 8, y)
        path.curveTo(x + 6, y - 2, x + 3, y - 2, x, y)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)


def scrambled() -> list[str]:
    """The prose as a font with a wrong code map gives it."""
    turned = str.maketrans("abcdefghijklmnopqrstuvwxyz", "qwxzvkjypghfbcdmtrlsnaeiou")
    return [line.translate(turned) for line in PROSE * 2]


CASES: list[tuple[str, Draw | None, str]] = [
    ("prose", lines(PROSE), "digital"),
    ("a few words", lines(["LAMPIRAN"]), "digital"),
    ("nothing", None, "blank"),
    ("a picture of text", picture(), "scanned"),
    ("a picture with the text of a stamp over it", both(picture(), lines(["SALINAN sesuai dengan aslinya"])), "scanned"),
    ("a picture over the text of an OCR program", both(lines(PROSE * 3), picture()), "scanned"),
    ("a picture with invisible text on it", both(picture(), invisible), "scanned"),
    ("a page-wide background picture under real text", both(picture(), lines(DECREE)), "digital"),
    ("an emblem over real text", both(lines(PROSE), picture(260, 700, 70, 80)), "digital"),
    ("text drawn as outlines", outlines, "unreadable"),
    ("letters with a wrong code map", lines(scrambled()), "unreadable"),
    ("names and places only", lines([f"Siti Aminah Rimba {n}" for n in range(4)]), "digital"),
    ("a table of numbers", lines([" ".join(str(37 * n + k) for k in range(12)) for n in range(5)]), "digital"),
]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize(("draw", "kind"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_kind_of_a_page(draw: Draw | None, kind: str, reader: str, tmp_path: Path) -> None:
    assert [page.kind for page in pages_of(pdf(draw), tmp_path, reader)] == [kind]


@pytest.mark.parametrize("over", [picture(), both(picture(), lines(["SALINAN"]))], ids=["picture", "picture and stamp"])
@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_text_under_a_picture_is_not_read(over: Callable[[Canvas], None], reader: str, tmp_path: Path) -> None:
    (page,) = pages_of(pdf(both(lines(PROSE), over)), tmp_path, reader)
    assert not {"bahwa", "korupsi"} & {word.text for word in page.words}
