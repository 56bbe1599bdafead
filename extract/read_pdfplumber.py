"""The reference reader: the same page through pdfplumber. Slow and independent; tests hold both readers to the same answers.

Pictures, hidden text and outlines are taken from PDFium's reading of the page, because pdfminer does not tell how text is
painted: what kind of page it is is decided once, in ``extract.kind``.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pdfplumber
from pdfplumber.page import Page as PlumberPage

from extract.page import Rgb
from extract.raw import Box, Letter, RawPage, Shape
from extract.read_pdfium import MAX_DRAWING, STRAIGHT
from extract.upright import to_upright

Object = dict[str, object]


@contextmanager
def opened(path: Path) -> Iterator[Callable[[RawPage], RawPage]]:
    """The function that reads a page again, given PDFium's reading of it."""
    with pdfplumber.open(path) as document:

        def read(seen: RawPage) -> RawPage:
            page = document.pages[seen.number - 1]
            try:
                return _read(page, seen)
            finally:
                page.close()

        yield read


def _read(page: PlumberPage, seen: RawPage) -> RawPage:
    height = float(page.height)
    turn = to_upright(seen.box, (4 - seen.rotate // 90) % 4)

    def displayed(box: Box) -> Box:
        (ax, ay), (bx, by) = turn(box[0], box[1]), turn(box[2], box[3])
        return min(ax, bx), height - max(ay, by), max(ax, bx), height - min(ay, by)

    chars = page.dedupe_chars().chars
    shapes = [s for line in page.lines for s in _line(line, height)]
    drawings: list[Box] = []
    for rect in page.rects:
        shapes += _rect(rect, height)
    for curve in page.curves:
        straight = _polyline(curve, height)
        shapes += straight
        box = _box(curve, height)
        if not straight and box[2] - box[0] <= MAX_DRAWING and box[3] - box[1] <= MAX_DRAWING:
            drawings.append(box)
    return RawPage(
        number=seen.number,
        box=(0.0, 0.0, float(page.width), height),
        rotate=0,
        letters=tuple(_letter(c, height) for c in chars),
        hidden=seen.hidden,
        shapes=tuple(shapes),
        drawings=tuple(drawings),
        images=tuple(displayed(b) for b in seen.images),
        outlines=seen.outlines,
    )


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _box(obj: Object, height: float) -> Box:
    return _number(obj["x0"]), height - _number(obj["bottom"]), _number(obj["x1"]), height - _number(obj["top"])


def _letter(char: Object, height: float) -> Letter:
    x0, y0, x1, y1 = _box(char, height)
    matrix = char["matrix"]
    a, b, e, f = (float(matrix[i]) for i in (0, 1, 4, 5)) if isinstance(matrix, tuple) else (1.0, 0.0, x0, y0)
    text, font = str(char["text"]), str(char.get("fontname", "")).casefold()
    return Letter(
        text="\ufffd" if text.startswith("(cid:") else text,
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        ox=e,
        oy=f + y1 - _number(char["y1"]),
        angle=math.degrees(math.atan2(-b, a)) % 360,
        size=_number(char["size"]),
        bold="bold" in font or "black" in font,
    )


def rgb(color: object) -> Rgb | None:
    """A colour of pdfminer (grey, RGB or CMYK, 0..1) as RGB; None for a pattern; black where none is set."""
    if color is None:
        return (0, 0, 0)
    parts = color if isinstance(color, tuple | list) else (color,)
    if not all(isinstance(p, int | float) for p in parts):
        return None
    values = [min(1.0, max(0.0, float(p))) for p in parts]
    if len(values) == 1:
        values *= 3
    elif len(values) == 4:
        c, m, y, k = values
        values = [(1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)]
    if len(values) != 3:
        return None
    r, g, b = (round(255 * v) for v in values)
    return (r, g, b)


def _stroke(obj: Object) -> tuple[float, Rgb | None] | None:
    color = rgb(obj.get("stroking_color"))
    if not obj.get("stroke") or (color is not None and min(color) >= 252):
        return None
    return _number(obj.get("linewidth")), color


def _line(obj: Object, height: float) -> list[Shape]:
    pen = _stroke(obj)
    return [Shape(*_box(obj, height), *pen, filled=False)] if pen else []


def _rect(obj: Object, height: float) -> list[Shape]:
    x0, y0, x1, y1 = _box(obj, height)
    out: list[Shape] = []
    if obj.get("fill"):
        out.append(Shape(x0, y0, x1, y1, None, rgb(obj.get("non_stroking_color")), filled=True))
    pen = _stroke(obj)
    if pen:
        sides = ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
        out += [Shape(*side, *pen, filled=False) for side in sides]
    return out


def _polyline(obj: Object, height: float) -> list[Shape]:
    """The sides of a path of level and upright strokes; none where it has a curve or a slope."""
    pen = _stroke(obj)
    path, points = obj.get("path"), obj.get("pts")
    if pen is None or not isinstance(path, list) or not isinstance(points, Sequence):
        return []
    if any(step[0] not in ("m", "l", "h") for step in path):
        return []
    places = [(float(x), height - float(y)) for x, y in points]
    out: list[Shape] = []
    for (ax, ay), (bx, by) in itertools.pairwise(places):
        if min(abs(ax - bx), abs(ay - by)) > STRAIGHT:
            return []
        out.append(Shape(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), *pen, filled=False))
    return out
