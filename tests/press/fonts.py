"""Faces that need no system font: the standard fourteen of PDF and the Vera family that comes with reportlab."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont


@dataclass(frozen=True, slots=True)
class Face:
    """One family in three cuts, by their reportlab names."""

    regular: str
    bold: str
    italic: str


TIMES = Face("Times-Roman", "Times-Bold", "Times-Italic")
HELVETICA = Face("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
COURIER = Face("Courier", "Courier-Bold", "Courier-Oblique")
VERA = Face("Vera", "VeraBd", "VeraIt")
DINGBATS = "ZapfDingbats"

_FONT_DIR = Path(reportlab.__file__).parent / "fonts"


def _register_vera() -> None:
    known = set(pdfmetrics.getRegisteredFontNames())
    for name in (VERA.regular, VERA.bold, VERA.italic):
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(_FONT_DIR / f"{name}.ttf")))


@lru_cache(maxsize=65536)
def text_width(text: str, font: str, size: float) -> float:
    """Width of a text in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


_register_vera()
