"""The drawing surface: upright pages with the origin at the top left, whatever turn the file gives them."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from tests.press.fonts import DINGBATS, text_width

MM = 72 / 25.4

Turn = Literal["none", "flag90", "flag270", "sideways90", "sideways270"]
"""How a page is turned: with a /Rotate flag (a viewer shows it upright), or drawn sideways with no flag."""

_TILE = 4.0  # points: one tile of the hatched pattern
_KAPPA = 0.5522847498  # control point distance that makes a Bézier curve a quarter circle


class Ink:
    """A PDF in the making; every page is drawn upright, in points from its top left corner."""

    def __init__(self) -> None:
        """Begin an empty document."""
        self._buffer = BytesIO()
        self._canvas = Canvas(self._buffer, pageCompression=1, invariant=1)
        self._canvas.setTitle("")
        self._height = 0.0
        self._open = False
        self._patterned = False
        self.page = 0

    def new_page(self, width: float, height: float, turn: Turn = "none") -> None:
        """Close the page at hand and begin one that is `width` by `height` points when upright."""
        self._close_page()
        canvas = self._canvas
        flagged = turn in ("flag90", "flag270")  # of these reportlab swaps the sides of the media box by itself
        canvas.setPageSize((width, height) if turn == "none" or flagged else (height, width))
        canvas.setPageRotation({"flag90": 90, "flag270": 270}.get(turn, 0))
        if turn in ("flag90", "sideways90"):
            canvas.transform(0, 1, -1, 0, height, 0)
        elif turn != "none":
            canvas.transform(0, -1, 1, 0, 0, width)
        self._height = height
        self._open = True
        self.page += 1

    def finish(self) -> bytes:
        """The bytes of the PDF, the same for the same drawing."""
        self._close_page()
        self._canvas.save()
        return self._buffer.getvalue()

    def _close_page(self) -> None:
        if not self._open:
            return
        self._canvas.showPage()
        self._open = False
        if self._patterned:
            self._add_pattern_resource()
            self._patterned = False

    def _add_pattern_resource(self) -> None:
        """Give the page just closed the tiling pattern that its stream names: reportlab has no call for it."""
        document = self._canvas._doc
        page = document.Pages.pages[-1]
        page.check_format(document)
        tile = PDFStream(
            dictionary=PDFDictionary(
                {
                    "Type": PDFName("Pattern"),
                    "PatternType": 1,
                    "PaintType": 1,
                    "TilingType": 1,
                    "BBox": PDFArray([0, 0, _TILE, _TILE]),
                    "XStep": _TILE,
                    "YStep": _TILE,
                    "Resources": PDFDictionary({}),
                }
            ),
            content=f"0.2 0.2 0.2 RG 0.8 w 0 0 m {_TILE} {_TILE} l S",
            filters=[],
        )
        page.Resources.Pattern = {"PressHatch": document.Reference(tile)}

    def _y(self, y: float) -> float:
        return self._height - y

    def text(self, x: float, baseline: float, text: str, font: str, size: float, color: str = "000000") -> None:
        """One run of text from `x`, standing on `baseline`."""
        canvas = self._canvas
        canvas.setFillColor(HexColor(f"#{color}"))
        canvas.setFont(font, size)
        canvas.drawString(x, self._y(baseline), text)

    def justified(self, x: float, baseline: float, text: str, font: str, size: float, width: float) -> None:
        """A line of words spread over `width`."""
        words = text.split(" ")
        room = width - sum(text_width(w, font, size) for w in words)
        gap = room / (len(words) - 1) if len(words) > 1 else 0.0
        for word in words:
            self.text(x, baseline, word, font, size)
            x += text_width(word, font, size) + gap

    def line(self, x0: float, y0: float, x1: float, y1: float, weight: float, color: str, dash: bool = False) -> None:
        """A stroked line."""
        canvas = self._canvas
        canvas.setStrokeColor(HexColor(f"#{color}"))
        canvas.setLineWidth(weight)
        canvas.setDash([2.0, 1.5] if dash else [])
        canvas.line(x0, self._y(y0), x1, self._y(y1))
        canvas.setDash([])

    def box(self, x0: float, y0: float, x1: float, y1: float, weight: float, color: str) -> None:
        """A stroked rectangle."""
        self._canvas.setStrokeColor(HexColor(f"#{color}"))
        self._canvas.setLineWidth(weight)
        self._canvas.rect(x0, self._y(y1), x1 - x0, y1 - y0, stroke=1, fill=0)

    def fill(self, x0: float, y0: float, x1: float, y1: float, color: str) -> None:
        """A filled rectangle."""
        self._canvas.setFillColor(HexColor(f"#{color}"))
        self._canvas.rect(x0, self._y(y1), x1 - x0, y1 - y0, stroke=0, fill=1)

    def hatch(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A rectangle filled with a tiling pattern."""
        self._patterned = True
        x, y, w, h = x0, self._y(y1), x1 - x0, y1 - y0
        self._canvas._code.append(f"q /Pattern cs /PressHatch scn {x:.3f} {y:.3f} {w:.3f} {h:.3f} re f Q")

    def shade(self, x0: float, y0: float, x1: float, y1: float, color: str) -> None:
        """A rectangle filled with an axial shading from `color` to a paler one."""
        canvas = self._canvas
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x0, self._y(y1), x1 - x0, y1 - y0)
        canvas.clipPath(path, stroke=0, fill=0)
        deep, pale = HexColor(f"#{color}"), HexColor("#DDE6F4")
        canvas.linearGradient(x0, self._y(y0), x1, self._y(y1), (deep, pale), extend=False)
        canvas.restoreState()

    def polyline(self, points: Iterable[tuple[float, float]], weight: float, color: str = "000000") -> None:
        """A stroked open path."""
        canvas = self._canvas
        path = canvas.beginPath()
        for i, (x, y) in enumerate(points):
            (path.lineTo if i else path.moveTo)(x, self._y(y))
        canvas.setStrokeColor(HexColor(f"#{color}"))
        canvas.setLineWidth(weight)
        canvas.drawPath(path, stroke=1, fill=0)

    def polygon(self, points: Iterable[tuple[float, float]], color: str) -> None:
        """A filled closed path."""
        canvas = self._canvas
        path = canvas.beginPath()
        for i, (x, y) in enumerate(points):
            (path.lineTo if i else path.moveTo)(x, self._y(y))
        path.close()
        canvas.setFillColor(HexColor(f"#{color}"))
        canvas.drawPath(path, stroke=0, fill=1)

    def disc(self, cx: float, cy: float, radius: float, color: str) -> None:
        """A filled circle, drawn as four curves."""
        canvas = self._canvas
        r, k, y = radius, radius * _KAPPA, self._y(cy)
        path = canvas.beginPath()
        path.moveTo(cx + r, y)
        path.curveTo(cx + r, y + k, cx + k, y + r, cx, y + r)
        path.curveTo(cx - k, y + r, cx - r, y + k, cx - r, y)
        path.curveTo(cx - r, y - k, cx - k, y - r, cx, y - r)
        path.curveTo(cx + k, y - r, cx + r, y - k, cx + r, y)
        canvas.setFillColor(HexColor(f"#{color}"))
        canvas.drawPath(path, stroke=0, fill=1)

    def dingbat(self, cx: float, baseline: float, char: str, size: float) -> None:
        """A glyph of the dingbats font, centred on `cx`."""
        self.text(cx - text_width(char, DINGBATS, size) / 2, baseline, char, DINGBATS, size)
