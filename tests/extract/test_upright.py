"""Pages set upright: the same words in the same places, however the file turns or crops its pages."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.page import Page
from tests.extract.pdfs import A4, Draw, changed, lines, pages_of, pdf, table, words_on

TEXT = ["Komisi Pemilihan Umum menetapkan", "rencana kerja pembangunan", "zona integritas tahun 2024"]
WORDS = [word for line in TEXT for word in line.split()]
ROWS = [["NO", "KEGIATAN", "OUTPUT"], ["1", "Rapat", "Notula"]]


def drawing(canvas: Canvas) -> None:
    lines(TEXT)(canvas)
    table(ROWS, widths=(30, 150, 120), y=680)(canvas)


def sideways(quarters: int) -> Draw:
    """The drawing turned by quarter turns on the page, as a page without a /Rotate flag."""

    def draw(canvas: Canvas) -> None:
        width, height = A4
        canvas.translate(*{0: (0.0, 0.0), 1: (height, 0.0), 2: (width, height), 3: (0.0, width)}[quarters])
        canvas.rotate(90 * quarters)
        drawing(canvas)

    return draw


def turned_by_flag(angle: int) -> bytes:
    """The drawing on a page that a viewer turns upright."""
    size = A4 if angle % 180 == 0 else (A4[1], A4[0])
    data = pdf(sideways(angle // 90), size=size)

    def turn(page: pikepdf.Page) -> None:
        page.obj.Rotate = angle

    return changed(data, turn)


def places(page: Page) -> list[tuple[str, int, int]]:
    return [(word.text, round(word.box.x0), round(word.baseline)) for word in page.words]


@pytest.fixture
def upright(tmp_path: Path) -> Page:
    (page,) = pages_of(pdf(drawing), tmp_path)
    return page


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_an_upright_one(angle: int, reader: str, tmp_path: Path, upright: Page) -> None:
    (page,) = pages_of(turned_by_flag(angle), tmp_path, reader)
    assert places(page) == places(upright)
    assert (round(page.width), round(page.height)) == (595, 842)
    assert page.rotation == 0
    assert sorted((r.vertical, round(r.at), round(r.start)) for r in page.rules) == sorted(
        (r.vertical, round(r.at), round(r.start)) for r in upright.rules
    )


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize(("quarters", "applied"), [(1, 90), (2, 180), (3, 270)])
def test_text_drawn_sideways_is_set_upright(quarters: int, applied: int, reader: str, tmp_path: Path, upright: Page) -> None:
    size = A4 if quarters == 2 else (A4[1], A4[0])
    (page,) = pages_of(pdf(sideways(quarters), size=size), tmp_path, reader)
    assert places(page) == places(upright)
    assert page.rotation == applied


def test_labels_set_on_end_are_kept_apart_from_the_text(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(TEXT)(canvas)
        canvas.translate(40, 500)
        canvas.rotate(90)
        canvas.drawString(0, 0, "JANUARI FEBRUARI")

    (page,) = pages_of(pdf(draw), tmp_path)
    assert words_on(page) == WORDS
    assert sorted(word.text for word in page.turned) == ["FEBRUARI", "JANUARI"]


def test_a_slanted_stamp_is_no_text_of_the_page(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(TEXT)(canvas)
        canvas.translate(200, 300)
        canvas.rotate(35)
        canvas.drawString(0, 0, "SALINAN")

    (page,) = pages_of(pdf(draw), tmp_path)
    assert words_on(page) == WORDS


BOXES: list[tuple[str, dict[str, list[float]], tuple[float, float]]] = [
    ("a media box that begins below zero", {"MediaBox": [-100, -50, 495, 792]}, (100.0, -50.0)),
    ("a media box that begins far away", {"MediaBox": [20, 30, 615, 872]}, (-20.0, 30.0)),
    ("a crop box inside the page", {"CropBox": [30, 40, 565, 822]}, (-30.0, -20.0)),
    ("a crop box larger than the page", {"CropBox": [-500, -500, 2000, 2000]}, (0.0, 0.0)),
    ("a media box with its corners exchanged", {"MediaBox": [595, 842, 0, 0]}, (0.0, 0.0)),
]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize(("boxes", "shift"), [case[1:] for case in BOXES], ids=[case[0] for case in BOXES])
def test_words_are_measured_from_the_corner_of_the_visible_page(
    boxes: dict[str, list[float]], shift: tuple[float, float], reader: str, tmp_path: Path, upright: Page
) -> None:
    def crop(page: pikepdf.Page) -> None:
        for name, box in boxes.items():
            page.obj[pikepdf.Name(f"/{name}")] = pikepdf.Array(box)

    (page,) = pages_of(changed(pdf(drawing), crop), tmp_path, reader)
    dx, dy = shift
    assert words_on(page) == words_on(upright)
    for word, straight in zip(page.words, upright.words, strict=True):
        assert word.box.x0 == pytest.approx(straight.box.x0 + dx, abs=0.6)
        assert word.baseline == pytest.approx(straight.baseline + dy, abs=0.6)
