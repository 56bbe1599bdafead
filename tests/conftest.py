"""Files that any test may need: a decree as an office prints it, and the ways in which a PDF can be bad."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import settings
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.press import layouts, render
from tests.press.content import decrees

# The same examples on every run: a red check must be the change's own doing. Raise max_examples by hand to search further.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

A4 = (595, 842)
SLIP = (420, 330)  # points
SHORT_DECREE = (
    "KOMISI PEMILIHAN UMUM",
    "KABUPATEN SAGARA TIMUR",
    "KEPUTUSAN KOMISI PEMILIHAN UMUM",
    "KABUPATEN SAGARA TIMUR",
    "NOMOR 61 TAHUN 2023",
    "TENTANG",
    "RENCANA KERJA ZONA INTEGRITAS",
    "Menimbang : a. bahwa pelayanan perlu ditingkatkan;",
    "Mengingat : 1. Undang-Undang Nomor 28 Tahun 1999;",
    "MEMUTUSKAN:",
    "Menetapkan : RENCANA KERJA ZONA INTEGRITAS.",
    "KESATU : Menetapkan Rencana Kerja Zona Integritas.",
    "Ditetapkan di Muara Sagara",
    "pada tanggal 16 Januari 2023",
)
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
    """A PDF of one small page that is a picture of a decree without a plan; reading it takes seconds, a full page more."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=SLIP, invariant=True)
    canvas.setFont("Times-Roman", 12)
    for line, text in enumerate(SHORT_DECREE):
        canvas.drawString(36, 290 - 20 * line, text)
    canvas.save()
    with pdfium.PdfDocument(out.getvalue()) as document:
        return pictured(document[0].render(scale=200 / 72).to_pil())


def pictured(picture: Image.Image) -> bytes:
    """A PDF of one small page that is the picture."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=SLIP, invariant=True)
    canvas.drawImage(ImageReader(picture.convert("L")), 0, 0, *SLIP)
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
