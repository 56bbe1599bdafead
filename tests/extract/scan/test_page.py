"""A small scanned page from end to end: what was printed on it comes out, whichever way it lay on the glass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract.geometry import BBox
from extract.page import Page
from extract.scan.engines import engine_for
from extract.scan.kept import KeptEngine
from extract.scan.page import read_scan
from tests.extract.scan.drawn import Told
from tests.press.fonts import HELVETICA, TIMES
from tests.press.machines import Landscape
from tests.press.scanner import Scanner, scan

WIDTH, HEIGHT = 400.0, 300.0  # points
MACHINE = Scanner(dpi=200, mode="gray", skew=0.8, jitter=0.0)
TITLE = "RENCANA KERJA ZONA INTEGRITAS TAHUN 2023"
HEAD = ("No", "Kegiatan", "Jan", "Feb", "Mar")
ROWS = (("1", "Pembentukan tim kerja"), ("2", "Penyusunan laporan"), ("3", "Evaluasi pelaksanaan"))
XS = (40.0, 70.0, 220.0, 265.0, 310.0, 355.0)
YS = (100.0, 130.0, 160.0, 190.0, 220.0)
FILLED = ((1, 2), (2, 3), (3, 4))  # row and column
NEAR = 3.0  # points: the machine turns the page a little, and reading it turns it back


def plan() -> bytes:
    """A page with a title, two lines and a ruled table with filled cells."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=True)
    canvas.setFont(TIMES.bold, 12)
    canvas.drawCentredString(WIDTH / 2, HEIGHT - 50, TITLE)
    canvas.setFont(TIMES.regular, 11)
    canvas.drawString(40, HEIGHT - 75, "Nomor 314/ORT.07-Kpt/01/KPU/V/2023 tentang pembangunan")
    canvas.setFillGray(0.45)
    for row, column in FILLED:
        canvas.rect(XS[column], HEIGHT - YS[row + 1], XS[column + 1] - XS[column], YS[row + 1] - YS[row], stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setLineWidth(0.8)
    canvas.grid(list(XS), [HEIGHT - y for y in YS])
    canvas.setFont(HELVETICA.regular, 10)
    for k, texts in enumerate((HEAD, *ROWS)):
        for x, text in zip(XS, texts, strict=False):
            canvas.drawString(x + 6, HEIGHT - YS[k] - 19, text)
    canvas.drawString(40, HEIGHT - 250, "Ditetapkan di Jakarta pada tanggal 3 Januari 2023")
    canvas.save()
    return out.getvalue()


def read(pdf: bytes, engine: KeptEngine) -> Page:
    with pdfium.PdfDocument(pdf) as document:
        return read_scan(document[0], 1, "scanned", engine)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readings")


@pytest.fixture(scope="module")
def upright(folder: Path) -> Page:
    return read(scan(plan(), MACHINE, 1), engine_for(folder))


def text_of(page: Page, top: float = 0, bottom: float = HEIGHT) -> str:
    words = [word for word in page.words if top < word.baseline < bottom]
    return " ".join(word.text for word in sorted(words, key=lambda w: (round(w.baseline / 6), w.box.x0)))


def printed_text() -> list[str]:
    rows = [" ".join(texts) for texts in (HEAD, *ROWS)]
    return [
        TITLE,
        "Nomor 314/ORT.07-Kpt/01/KPU/V/2023 tentang pembangunan",
        *rows,
        "Ditetapkan di Jakarta pada tanggal 3 Januari 2023",
    ]


def near(a: float, places: Sequence[float]) -> bool:
    return any(abs(a - place) < NEAR for place in places)


def assert_read(page: Page) -> None:
    """All that the page shows: its text word for word, its borders, and its filled cells and no others."""
    said = text_of(page)
    for line in printed_text():
        assert line in said
    assert len(said.split()) == sum(len(line.split()) for line in printed_text())
    upright_rules = [rule for rule in page.rules if rule.vertical]
    assert all(near(rule.at, XS if rule.vertical else YS) for rule in page.rules)
    assert all(any(abs(rule.at - x) < NEAR for rule in upright_rules) for x in XS)
    assert all(any(abs(rule.at - y) < NEAR for rule in page.rules if not rule.vertical) for y in YS)
    wanted = [BBox(1, XS[c], YS[r], XS[c + 1], YS[r + 1]) for r, c in FILLED]
    assert len(page.fills) == len(wanted)
    for fill, box in zip(sorted(page.fills, key=lambda f: f.box.top), wanted, strict=True):
        assert fill.box.overlap(box) > 0.7 * max(box.area, fill.box.area)
        assert fill.color is not None
        assert 60 < np.mean(fill.color) < 180
    assert len({fill.color for fill in page.fills}) == 1
    assert page.marks == ()


def test_a_scanned_page_is_read(upright: Page) -> None:
    assert (upright.number, upright.kind, upright.rotation) == (1, "scanned", 0)
    assert abs(upright.width - WIDTH) < 2
    assert abs(upright.height - HEIGHT) < 2
    assert_read(upright)
    assert all(0 < word.confidence < 1 for word in upright.words)


@pytest.mark.parametrize(("landscape", "rotation"), [("side90", 90), ("side270", 270), ("flag90", 0)])
def test_a_page_that_lies_on_its_side(landscape: Landscape, rotation: int) -> None:
    page = read(scan(plan(), replace(MACHINE, landscape=landscape), 1), engine_for(None))
    assert page.rotation == rotation
    assert_read(page)


def test_a_page_upside_down() -> None:
    with pdfium.PdfDocument(plan()) as document:
        picture = Image.fromarray(np.rot90(document[0].render(scale=200 / 72, grayscale=True).to_numpy(), 2).copy())
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    canvas.save()
    page = read(out.getvalue(), engine_for(None))
    assert page.rotation == 180
    assert_read(page)


def test_the_same_page_again_asks_no_engine(upright: Page, folder: Path) -> None:
    other = Told(name=engine_for(folder).name)
    assert read(scan(plan(), MACHINE, 1), KeptEngine(other, folder)) == upright
    assert (other.finds, other.lines) == (0, [])


@pytest.mark.parametrize("noise", [0.0, 4.0])
def test_a_white_page_holds_nothing(noise: float) -> None:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    canvas.showPage()
    canvas.save()
    page = read(scan(out.getvalue(), replace(MACHINE, noise=noise), 1), engine_for(None))
    assert (page.words, page.rules, page.fills, page.marks, page.rotation) == ((), (), (), (), 0)
    assert abs(page.width - WIDTH) < 2
