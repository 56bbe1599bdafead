"""The scanner makes pictures, the same ones for the same seed, and leaves nothing else in the file."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from numpy.typing import NDArray

from tests.documents import printed
from tests.press import layouts
from tests.press.content import decrees
from tests.press.machines import Codec, Landscape
from tests.press.scanner import SCANNERS, Scanner, scan, turned_pages

QUICK = Scanner(dpi=60, jitter=0.0, skew=0.0)
PDF = printed(decrees.TELUK_BAYANGAN, layouts.NO_PLAN).pdf
WIDE = printed(decrees.LEMBAH_KIRANA, layouts.BARS).pdf  # two upright pages, then pages wider than high
_INVISIBLE = b"3 Tr"


def _sizes(pdf: bytes) -> list[tuple[float, float]]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_size() for page in document]


def _texts(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _look(pdf: bytes, page: int = 0) -> NDArray[np.float32]:
    with pdfium.PdfDocument(pdf) as document:
        return np.asarray(document[page].render(scale=0.5).to_pil().convert("L"), np.float32)


def _images(pdf: bytes) -> list[tuple[str, int]]:
    """Codec and bits of the one picture of each page."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        found = [image for page in opened.pages for image in page.Resources.XObject.values()]
        return [(str(image.Filter), int(image.BitsPerComponent)) for image in found]


@pytest.mark.parametrize("name", SCANNERS)
def test_every_machine(name: str) -> None:
    """The same bytes for the same seed, as many pages, of the same size, no text but a machine's own, and something to see."""
    machine = replace(SCANNERS[name], dpi=50, bed=False)
    made = scan(PDF, machine, 7)
    assert made == scan(PDF, machine, 7)
    before, after = _sizes(PDF), _sizes(made)
    assert np.allclose(before, after, atol=(machine.jitter + 0.5) * 72 / 25.4)
    assert any(_texts(made)) == (machine.text_layer != "none")
    assert 3 < (255 - _look(made)).mean() < 130
    assert _look(made)[20:-20, 20:-20].max() > 150


@pytest.mark.parametrize("codec", ["jpeg", "flate", "jpx", "strips", "mrc"])
def test_codecs_show_the_same_page(codec: Codec) -> None:
    plain = _look(scan(PDF, replace(QUICK, codec="flate"), 1))
    assert np.abs(_look(scan(PDF, replace(QUICK, codec=codec, quality=80), 1)) - plain).mean() < 8


def test_another_seed_is_another_scan() -> None:
    assert scan(PDF, QUICK, 1) != scan(PDF, QUICK, 2)


def test_black_and_white_is_one_bit_of_group_4() -> None:
    made = scan(PDF, replace(QUICK, mode="bw"), 1)
    assert _images(made) == [("/CCITTFaxDecode", 1)] * 2
    assert _look(made)[20:-20, 20:-20].mean() > 200  # dark on white, and not the other way round


def test_auto_keeps_color_only_where_there_is_some() -> None:
    made = _images(scan(PDF, replace(QUICK, mode="auto"), 1))
    assert made == [("/DCTDecode", 8), ("/CCITTFaxDecode", 1)]  # the emblem stands on page 1


def test_text_layer_is_invisible_and_misread() -> None:
    made = scan(PDF, replace(QUICK, text_layer="slight"), 1)
    with pikepdf.open(BytesIO(made)) as opened:
        for page in opened.pages:
            content = page.Contents.read_bytes()
            assert content.count(b" Tj") == content.count(_INVISIBLE) > 10
    assert "KOMISI PEMILIHAN" in _texts(made)[0]
    assert "KOMISI PEMILIHAN UMUM" not in " ".join(_texts(scan(PDF, replace(QUICK, text_layer="blanks"), 1)))


@pytest.mark.parametrize(("landscape", "flag", "high"), [("page", None, False), ("side90", None, True), ("flag270", 270, True)])
def test_wide_pages_lie_as_told(landscape: Landscape, flag: int | None, high: bool) -> None:
    made = scan(WIDE, replace(QUICK, landscape=landscape), 1)
    with pikepdf.open(BytesIO(made)) as opened:
        box = opened.pages[-1].MediaBox
        assert (float(box[3]) > float(box[2])) == high
        assert opened.pages[-1].get("/Rotate") == flag
        assert opened.pages[0].get("/Rotate") is None
    if flag:
        plain = _look(scan(WIDE, QUICK, 1), 3)
        assert np.abs(_look(made, 3) - plain).mean() < 2


def test_a_page_upside_down() -> None:
    machine = replace(QUICK, upside_down="one", noise=0.0)
    ((page, turn),) = turned_pages(PDF, machine, 1).items()
    assert (page, turn) == (2, 180)
    turned, plain = _look(scan(PDF, machine, 1), 1), _look(scan(PDF, replace(QUICK, noise=0.0), 1), 1)
    assert np.abs(turned[::-1, ::-1] - plain).mean() < 2


def test_seal_and_pen_darken_the_signed_page_only() -> None:
    signed = replace(QUICK, stamp="blue", signature=True, noise=0.0)
    darker = [(_look(scan(PDF, QUICK, 1), i) - _look(scan(PDF, signed, 1), i)).clip(20).mean() - 20 for i in range(2)]
    assert darker[0] < 0.02 < 0.1 < darker[1]


def test_number_by_hand() -> None:
    wrote = replace(QUICK, dpi=100, hand_number=True)
    plain, written = _look(scan(PDF, replace(QUICK, dpi=100), 1)), _look(scan(PDF, wrote, 1))
    assert np.abs(plain - written)[: plain.shape[0] // 3].max() > 60
