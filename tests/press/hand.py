"""What hands add to a printed page: seal, signature, initials, a number by pen; all drawn, none taken from anyone."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import reportlab
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.press.damage import WHITE, Pixels, millimetres
from tests.press.machines import Scanner

Point = tuple[float, float]
Stroke = Sequence[Point]

_FONT = Path(reportlab.__file__).parent / "fonts" / "VeraBd.ttf"
_SEAL = 36.0  # millimetres across
_SEAL_COLORS = {"blue": (80, 105, 185), "purple": (115, 95, 180), "black": (60, 60, 60)}
_SEAL_WORDS = ("KOMISI PEMILIHAN UMUM", "ARSIP CONTOH")  # no office's own seal
_SEAL_INK = 0.6  # how much a seal covers: print stays readable under it, and one bit a pixel keeps half of it
_PEN = {"black": (40, 40, 45), "blue": (40, 50, 140)}
_SIGNER, _CERTIFIER, _COPY_SIGN = "Ditetapkan di", "Salinan sesuai", "ttd"
_BELOW = 24.0  # millimetres from the first line of a signature block to the hand, where no "ttd" shows it
_NUMBER = re.compile(r"NOMOR\s*:?\s*(\d+)")
_DIGITS: dict[str, tuple[Stroke, ...]] = {
    "0": (((0.5, 0), (0.1, 0.3), (0.15, 0.8), (0.5, 1), (0.9, 0.7), (0.85, 0.2), (0.45, 0.02)),),
    "1": (((0.25, 0.3), (0.55, 0.02), (0.5, 0.5), (0.48, 1)),),
    "2": (((0.1, 0.25), (0.45, 0), (0.8, 0.25), (0.55, 0.6), (0.1, 0.97), (0.5, 0.92), (0.95, 0.98)),),
    "3": (((0.15, 0.12), (0.55, 0), (0.8, 0.22), (0.4, 0.46), (0.85, 0.68), (0.55, 1), (0.1, 0.88)),),
    "4": (((0.5, 0), (0.3, 0.35), (0.08, 0.65), (0.5, 0.66), (0.95, 0.62)), ((0.72, 0.3), (0.68, 0.7), (0.66, 1))),
    "5": (((0.3, 0.02), (0.22, 0.42), (0.6, 0.4), (0.85, 0.68), (0.5, 1), (0.1, 0.9)), ((0.3, 0.03), (0.85, 0))),
    "6": (((0.75, 0), (0.3, 0.35), (0.12, 0.75), (0.45, 1), (0.82, 0.76), (0.5, 0.52), (0.16, 0.72)),),
    "7": (((0.1, 0.06), (0.5, 0.05), (0.9, 0.02), (0.6, 0.5), (0.42, 1)),),
    "8": (((0.8, 0.15), (0.45, 0), (0.2, 0.22), (0.75, 0.65), (0.5, 1), (0.15, 0.75), (0.6, 0.4), (0.82, 0.14)),),
    "9": (((0.8, 0.2), (0.45, 0), (0.15, 0.28), (0.45, 0.5), (0.8, 0.22), (0.75, 0.6), (0.6, 1)),),
}
"""Pen strokes of the digits in a square, x to the right and y down."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the picture of a page, and which way its text runs.

    Attributes:
        turns: quarter turns to the left that bring upright drawing to the text's direction.
    """

    x: float
    y: float
    turns: int

    def moved(self, right: float, down: float) -> Place:
        """The place so many pixels along the line and down the column."""
        for _ in range(self.turns):
            right, down = down, -right
        return Place(self.x + right, self.y + down, self.turns)


class PrintedPage:
    """The digital page under the pen: finds words on its picture."""

    def __init__(self, page: pdfium.PdfPage, width: int, height: int) -> None:
        """Look at `page`, pictured in `width` by `height` pixels."""
        self._page, self._size = page, (width, height)
        self._text = page.get_textpage()
        self.text: str = self._text.get_text_range()

    def pixel(self, x: float, y: float) -> Point:
        """Where a point of the page lies on the picture."""
        left, top = ctypes.c_int(), ctypes.c_int()
        scale = 16  # pdfium answers in whole pixels
        width, height = (side * scale for side in self._size)
        pdfium_c.FPDF_PageToDevice(self._page.raw, 0, 0, width, height, 0, x, y, left, top)
        return left.value / scale, top.value / scale

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a character on the picture."""
        left, bottom, right, top = self._text.get_charbox(index)
        corners = (self.pixel(left, bottom), self.pixel(right, top))
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def find(self, words: str) -> Iterator[Place]:
        """Where the words begin, each time, at the foot of their first letter."""
        search = self._text.search(words, match_case=words[0].isupper())
        while hit := search.get_next():
            yield self.place(hit[0], hit[0] + hit[1] - 1)

    def place(self, first: int, last: int) -> Place:
        """The place of the first of two characters of one line."""
        x0, y0, x1, y1 = self.box(first)
        a0, b0, a1, b1 = self.box(last)
        across, down = (a0 + a1 - x0 - x1), (b0 + b1 - y0 - y1)
        turns = (0 if across >= 0 else 2) if abs(across) >= abs(down) else (1 if down < 0 else 3)
        return Place((x0 + x1) / 2, (y0 + y1) / 2, turns)

    def lines(self) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
        """Runs of text with their boxes on the picture."""
        for i in range(self._text.count_rects()):
            left, bottom, right, top = self._text.get_rect(i)
            (x0, y1), (x1, y0) = self.pixel(left, bottom), self.pixel(right, top)
            yield self._text.get_text_bounded(left, bottom, right, top).strip(), (x0, y0, x1, y1)


def add_hands(picture: Pixels, page: PrintedPage, how: Scanner, rng: np.random.Generator) -> Pixels:
    """The picture with what the scanner's office wrote and stamped."""
    picture = picture.copy()
    if how.hand_number:
        _number_by_hand(picture, page, how.dpi, rng)
    if how.stamp == "none" and not (how.signature or how.paraf):
        return picture
    mm = millimetres(1, how.dpi)
    for hand in _hands(page, how, mm):
        if how.signature:
            wide, high = (int(mm * rng.uniform(*span)) for span in ((32, 42), (14, 19)))
            _press_on(picture, hand.moved(10 * mm, 0), _scribble(wide, high, mm, rng), _PEN["black"], 0.9)
        if how.paraf:
            away = hand.moved(55 * mm, 12 * mm)
            _press_on(picture, away, _scribble(int(8 * mm), int(7 * mm), mm, rng), _PEN["blue"], 0.9)
        if how.stamp != "none":
            seal = _seal(int(_SEAL * mm), float(rng.uniform(-12, 12)))
            worn = np.clip(rng.normal(1, 0.1, (7, 7)), 0.6, 1.1).astype(np.float32)
            seal = seal * np.asarray(cv2.resize(worn, seal.shape[::-1]), np.float32)
            at = hand.moved(mm * rng.uniform(-14, -7), mm * rng.uniform(-3, 3))
            _press_on(picture, at, seal, _SEAL_COLORS[how.stamp], _SEAL_INK)
    return picture


def _hands(page: PrintedPage, how: Scanner, mm: float) -> Iterator[Place]:
    """Where the page is signed."""
    signs = list(page.find(_COPY_SIGN))
    if how.stamp_at != "certifier":
        for block in page.find(_SIGNER):
            near = [s for s in signs if abs(s.x - block.x) + abs(s.y - block.y) < 75 * mm]
            yield near[0] if near else block.moved(8 * mm, _BELOW * mm)
    if how.stamp_at != "signer":
        for block in page.find(_CERTIFIER):
            yield block.moved(12 * mm, _BELOW * mm)


def _press_on(picture: Pixels, at: Place, ink: NDArray[np.float32], color: tuple[int, int, int], strength: float) -> None:
    """Multiply the ink (0 none, 1 full) into the picture, centred on the place."""
    ink = np.rot90(ink, at.turns)
    height, width = ink.shape
    top, left = int(at.y - height / 2), int(at.x - width / 2)
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(picture.shape[0], top + height), min(picture.shape[1], left + width)
    if y0 >= y1 or x0 >= x1:
        return
    cover = ink[y0 - top : y1 - top, x0 - left : x1 - left, None] * strength
    kept = 1 - cover * (1 - np.array(color, np.float32) / WHITE)
    picture[y0:y1, x0:x1] = np.clip(picture[y0:y1, x0:x1] * kept, 0, WHITE).astype(np.uint8)


@lru_cache(maxsize=4)
def _ring_letter(letter: str, size: int) -> Image.Image:
    tile = Image.new("L", (2 * size, 2 * size), 0)
    ImageDraw.Draw(tile).text((size, size), letter, fill=WHITE, font=ImageFont.truetype(_FONT, size), anchor="mm")
    return tile


def _seal(across: int, tilt: float) -> NDArray[np.float32]:
    """A round seal: two rings, words between them, a star and a line in the middle."""
    image = Image.new("L", (across, across), 0)
    pen = ImageDraw.Draw(image)
    middle, pitch = across / 2, across / 36
    for radius, weight in ((17.5, 0.8), (16.3, 0.3), (11.0, 0.4)):
        box = [middle - radius * pitch, middle - radius * pitch, middle + radius * pitch, middle + radius * pitch]
        pen.ellipse(box, outline=WHITE, width=max(1, round(weight * pitch)))
    top, foot = _SEAL_WORDS
    _on_ring(image, top, 13.6 * pitch, 125, int(3.0 * pitch), foot=False)
    _on_ring(image, foot, 13.6 * pitch, 45, int(3.0 * pitch), foot=True)
    corners = [(middle + r * np.sin(a), middle - r * np.cos(a)) for r, a in _star(6 * pitch)]
    pen.polygon(corners, outline=WHITE, width=max(1, round(0.5 * pitch)))
    pen.ellipse([middle - 2 * pitch, middle - 2 * pitch, middle + 2 * pitch, middle + 2 * pitch], fill=200)
    return np.asarray(image.rotate(tilt, Image.Resampling.BICUBIC), np.float32) / np.float32(WHITE)


def _star(radius: float) -> list[tuple[float, float]]:
    return [(radius if i % 2 == 0 else radius * 0.45, i * np.pi / 5) for i in range(10)]


def _on_ring(image: Image.Image, words: str, radius: float, half: float, size: int, *, foot: bool) -> None:
    """Write along the ring, `half` degrees to either side of its head or foot."""
    middle = image.width / 2
    for i, letter in enumerate(words):
        degrees = half * (2 * i / (len(words) - 1) - 1)
        angle = np.deg2rad(degrees)
        x = middle + radius * np.sin(angle)
        y = middle + radius * (np.cos(angle) if foot else -np.cos(angle))
        tile = _ring_letter(letter, size).rotate(degrees if foot else -degrees, Image.Resampling.BICUBIC)
        image.paste(WHITE, (int(x - tile.width / 2), int(y - tile.height / 2)), tile)


def _curve(points: NDArray[np.float64], steps: int = 12) -> NDArray[np.float64]:
    """A smooth line through the points (Catmull-Rom)."""
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps)[:, None]
    parts = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack(parts)


def _draw_curve(ink: Pixels, points: NDArray[np.float64], weight: int) -> None:
    shift = 4  # sixteenths of a pixel
    cv2.polylines(ink, [np.round(_curve(points) * 2**shift).astype(np.int32)], False, WHITE, weight, cv2.LINE_AA, shift)


def _scribble(width: int, height: int, mm: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """A signature: tall loops that run to the right, and a line under them."""
    ink = np.zeros((height, width), np.uint8)
    count = int(rng.integers(8, 13))
    x = np.linspace(0.1, 0.75, count) + rng.normal(0, 0.06, count)
    y = np.where(np.arange(count) % 2 == 0, 0.75, 0.2) + rng.normal(0, 0.12, count)
    points = np.stack([np.clip(x, 0.05, 0.95) * width, np.clip(y, 0.08, 0.92) * height], axis=1)
    weight = max(1, round(0.4 * mm))
    _draw_curve(ink, points, weight)
    line = np.array([[0.15, 0.85], [0.5, 0.72], [0.95, 0.6 + 0.2 * rng.random()]]) * [width, height]
    _draw_curve(ink, line, weight)
    return ink.astype(np.float32) / np.float32(WHITE)


def _number_by_hand(picture: Pixels, page: PrintedPage, dpi: int, rng: np.random.Generator) -> None:
    """Take out the running number of the first line "NOMOR" and write it by pen."""
    found = _NUMBER.search(page.text)
    if found is None:
        return
    first, last = page.box(found.start(1)), page.box(found.end(1) - 1)
    if page.place(found.start(), found.end() - 1).turns:
        return
    high = max(b - t for _, t, _, b in (first, last))
    x0, x1, y1 = first[0], last[2], max(first[3], last[3])
    picture[int(y1 - high * 1.15) : int(y1 + high * 0.2), int(x0 - 1) : int(x1 + 2)] = WHITE
    digits = found.group(1)
    step, tall = 1.12 * (x1 - x0) / len(digits), high * 1.35
    x0 -= 0.06 * (x1 - x0)
    lift = float(rng.uniform(-0.1, 0.2)) * high
    ink = np.zeros(picture.shape[:2], np.uint8)
    for i, digit in enumerate(digits):
        for stroke in _DIGITS[digit]:
            points = np.array(stroke) + rng.normal(0, 0.025, (len(stroke), 2))
            points[:, 0] += (0.5 - points[:, 1]) * 0.12  # a hand leans to the right
            points = points * [step * 0.76, tall] + [x0 + i * step + step * 0.12, y1 - tall + lift]
            _draw_curve(ink, points, max(1, round(millimetres(0.25, dpi))))
    cover = (ink.astype(np.float32) / WHITE)[..., None]
    picture[:] = (picture * (1 - cover) + np.array(_PEN["blue"], np.float32) * cover).astype(np.uint8)
