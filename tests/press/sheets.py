"""Pages with what stands outside the text: numbers, footers, catchwords."""

from __future__ import annotations

from tests.press.fonts import Face, text_width
from tests.press.ink import MM, Ink
from tests.press.layout import PageStyle

_FURNITURE_SIZE = 9.0  # points
_HEAD_Y = 12 * MM  # baseline of a page number at the head
_FOOT_Y = 10 * MM  # baseline of a number or footer, from the page foot
_CATCH_DROP = 16.0  # points from the last line to the catchword


class Sheets:
    """The pages of one document, drawn one after another.

    Attributes:
        left, right, top, bottom: the text area of the page at hand, in points.
        y: where the next line may begin.
    """

    def __init__(self, ink: Ink, face: Face, total: int) -> None:
        """Draw on `ink`; `total` is the page count for numbers that print it."""
        self.ink = ink
        self.face = face
        self.total = total
        self.style = PageStyle()
        self.left = self.right = self.top = self.bottom = self.y = 0.0

    @property
    def page(self) -> int:
        """The page at hand, from 1."""
        return self.ink.page

    @property
    def width(self) -> float:
        """Width of the text area."""
        return self.right - self.left

    def begin(self, style: PageStyle) -> None:
        """A new page of this style."""
        self.style = style
        width, height = (side * MM for side in style.size)
        if style.landscape:
            width, height = height, width
        self.ink.new_page(width, height, style.turn)
        left, top, right, bottom = (side * MM for side in style.margins)
        self.left, self.right, self.top, self.bottom = left, width - right, top, height - bottom
        self.y = self.top
        if style.number and self.page > 1:
            text = style.number.format(n=self.page, total=self.total)
            wide = text_width(text, self.face.regular, _FURNITURE_SIZE)
            x = self.right - wide if style.number_at == "bottom-right" else (width - wide) / 2
            y = _HEAD_Y if style.number_at == "top" else height - _FOOT_Y
            self.ink.text(x, y, text, self.face.regular, _FURNITURE_SIZE)
        if style.footer:
            self.ink.text(self.left, height - _FOOT_Y, style.footer, self.face.italic, _FURNITURE_SIZE - 1, "555555")

    def turn_over(self, catch: str = "") -> None:
        """The next page of the same style, `catch` announced at the foot of this one where the style has catchwords."""
        if catch and self.style.catchword != "none":
            text = catch + self.style.catch_dots
            wide = text_width(text, self.face.regular, _FURNITURE_SIZE + 1)
            self.ink.text(self.right - wide, self.bottom + _CATCH_DROP, text, self.face.regular, _FURNITURE_SIZE + 1)
        self.begin(self.style)
