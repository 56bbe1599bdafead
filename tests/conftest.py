"""Files that any test may need: a decree as an office prints it, and the ways in which a PDF can be bad."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import settings
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.press import layouts, render
from tests.press.content import decrees

# The same examples on every run: a red check must be the change's own doing. Raise max_examples by hand to search further.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

A4 = (595, 842)
LETTER = (
    "Kepada Yth. Bapak dan Ibu di tempat,",
    "dengan hormat kami sampaikan terima kasih atas penawaran kursi taman.",
    "Kami akan membeli dua belas buah dan membayar pada akhir bulan ini.",
)


@pytest.fixture(scope="session")
def decree() -> bytes:
    """A digital decree with a plan table, as PDF."""
    return render(decrees.LEMBAH_KIRANA, layouts.ALL[0]).pdf


def letter() -> bytes:
    """A PDF with text that is no decree."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for line, text in enumerate(LETTER * 4):
        canvas.drawString(72, 750 - 16 * line, text)
    canvas.save()
    return out.getvalue()


def scan() -> bytes:
    """A PDF of one page that is a picture of text."""
    picture = Image.new("L", (826, 1169), 255)
    pen = ImageDraw.Draw(picture)
    for line in range(40):
        pen.text((100, 100 + 24 * line), "KEPUTUSAN KOMISI PEMILIHAN UMUM " * 3, fill=0)
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return out.getvalue()


def encrypted(pdf: bytes, *, user: str = "", owner: str = "owner") -> bytes:
    """The PDF under passwords."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """A function that fills a folder: names (without suffix) to bytes."""

    def fill(**files: bytes) -> Path:
        made = tmp_path / "archive"
        made.mkdir(exist_ok=True)
        for name, data in files.items():
            (made / f"{name}.pdf").write_bytes(data)
        return made

    return fill
