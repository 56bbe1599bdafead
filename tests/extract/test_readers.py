"""The fast reader and the reference reader find the same words, rules, fills and marks on small pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.page import Page
from tests.extract.pdfs import Draw, lines, pages_of, pdf, words_on


def twice(canvas: Canvas) -> None:
    """Bold letters made by printing them twice, a little apart."""
    for x in (60, 60.35):
        canvas.drawString(x, 700, "KEPUTUSAN KETUA")


def red_fill(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(60, 600, 40, 20, stroke=0, fill=1)


def white_fill(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(60, 600, 40, 20, stroke=0, fill=1)


def grey_fill(canvas: Canvas) -> None:
    canvas.setFillGray(0.5)
    canvas.rect(60, 600, 40, 20, stroke=0, fill=1)


def cmyk_fill(canvas: Canvas) -> None:
    canvas.setFillColorCMYK(0, 0, 1, 0)
    canvas.rect(60, 600, 40, 20, stroke=0, fill=1)


def stroked_line(canvas: Canvas) -> None:
    canvas.line(60, 600, 300, 600)


def thin_rectangle(canvas: Canvas) -> None:
    canvas.rect(60, 600, 240, 0.5, stroke=0, fill=1)


def box(canvas: Canvas) -> None:
    canvas.rect(60, 600, 240, 80)


def polyline(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(60, 600)
    path.lineTo(300, 600)
    path.lineTo(300, 500)
    canvas.drawPath(path)


def scaled_line(canvas: Canvas) -> None:
    canvas.scale(0.5, 0.5)
    canvas.setLineWidth(1)
    canvas.line(120, 1200, 600, 1200)


def white_line(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(1, 1, 1)
    canvas.line(60, 600, 300, 600)


def tick(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.moveTo(60, 605)
    path.lineTo(63, 600)
    path.lineTo(70, 612)
    canvas.drawPath(path)


def disc(canvas: Canvas) -> None:
    canvas.circle(60, 600, 4, stroke=0, fill=1)


def in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("cell")
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(10, 10, "Rapat kerja")
    canvas.line(0, 0, 100, 0)
    canvas.endForm()
    canvas.translate(50, 500)
    canvas.doForm("cell")


def hyphen_of_winansi(canvas: Canvas) -> None:
    """The hyphen at code 255 (octal), which Word writes for every hyphen of a Windows font."""
    canvas.setFont("Times-Roman", 11)
    canvas._code.append("BT 1 0 0 1 60 700 Tm (Undang\\255Undang) Tj ET")


def fills(page: Page) -> list[tuple[object, ...]]:
    return [(round(f.box.x0), round(f.box.top), round(f.box.x1), round(f.box.bottom), f.color) for f in page.fills]


def rules(page: Page) -> list[tuple[object, ...]]:
    return sorted((r.vertical, round(r.at), round(r.start), round(r.end), round(r.width, 1)) for r in page.rules)


Seen = tuple[list[str], Iterable[tuple[object, ...]], list[tuple[object, ...]], int]
"""Words, rules, fills, number of marks."""

LEVEL = [(False, 242, 60, 300, 1.0)]
CASES: list[tuple[str, Draw, Seen]] = [
    ("words", lines(["Komisi Pemilihan Umum", "zona integritas"]), (
        ["Komisi", "Pemilihan", "Umum", "zona", "integritas"], [], [], 0)),
    ("letters printed twice for bold", twice, (["KEPUTUSAN", "KETUA"], [], [], 0)),
    ("a red area", red_fill, ([], [], [(60, 222, 100, 242, (255, 0, 0))], 0)),
    ("a white area", white_fill, ([], [], [(60, 222, 100, 242, (255, 255, 255))], 0)),
    ("a grey area", grey_fill, ([], [], [(60, 222, 100, 242, (128, 128, 128))], 0)),
    ("a line", stroked_line, ([], LEVEL, [], 0)),
    ("a thin rectangle", thin_rectangle, ([], [(False, 242, 60, 300, 0.5)], [], 0)),
    ("a stroked box", box, (
        [],
        [(False, 162, 60, 300, 1.0), (False, 242, 60, 300, 1.0),
         (True, 60, 162, 242, 1.0), (True, 300, 162, 242, 1.0)],
        [], 0)),
    ("a path with a corner", polyline, ([], [*LEVEL, (True, 300, 242, 342, 1.0)], [], 0)),
    ("a white line", white_line, ([], [], [], 0)),
    ("a tick", tick, ([], [], [], 1)),
    ("a disc", disc, ([], [], [], 1)),
    ("a form", in_a_form, (["Rapat", "kerja"], [(False, 342, 50, 150, 1.0)], [], 0)),
    ("a line that is scaled", scaled_line, ([], [(False, 242, 60, 300, 0.5)], [], 0)),
    ("a hyphen at its second code", hyphen_of_winansi, (["Undang-Undang"], [], [], 0)),
]  # fmt: skip
GAPS = {
    ("a hyphen at its second code", "pdfplumber"): "pdfminer loses the hyphen at code 255 (octal) of WinAnsi",
}
READ = [
    pytest.param(
        draw,
        seen,
        reader,
        id=f"{name}-{reader}",
        marks=[pytest.mark.xfail(strict=True, reason=GAPS[name, reader])] if (name, reader) in GAPS else [],
    )
    for name, draw, seen in CASES
    for reader in ("pdfium", "pdfplumber")
]


@pytest.mark.parametrize(("draw", "seen", "reader"), READ)
def test_what_is_drawn_is_found(draw: Draw, seen: Seen, reader: str, tmp_path: Path) -> None:
    (page,) = pages_of(pdf(draw), tmp_path, reader)
    words, lines_drawn, areas, marks = seen
    assert (words_on(page), rules(page), fills(page), len(page.marks)) == (words, sorted(lines_drawn), areas, marks)


def test_both_readers_see_a_colour_for_print_as_yellow(tmp_path: Path) -> None:
    for reader in ("pdfium", "pdfplumber"):
        (page,) = pages_of(pdf(cmyk_fill), tmp_path, reader)
        (fill,) = page.fills
        assert fill.color is not None
        red, green, blue = fill.color
        assert red > 240
        assert green > 230
        assert blue < 60
