"""The reference reader: the same page through pdfplumber. Slow and independent; tests hold both readers to the same answers.

What pdfminer does not tell is taken from PDFium's reading of the page: its visible box, pictures, shadings, outlines, and which
letters are hidden. What kind of page it is is decided once, in ``extract.kind``.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from pdfplumber.page import Page as PlumberPage

from extract.matrix import Matrix, apply
from extract.page import Rgb
from extract.raw import Box, Letter, RawPage, Shape
from extract.read_pdfium import MAX_DRAWING, STRAIGHT

SAME_PLACE = 1.0  # points between the origins of one letter as both libraries place it
UNSET_WIDTH = 1.0  # points: a line whose width the page never sets (PDF 32000-1, 8.4.1)

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


@dataclass(frozen=True, slots=True)
class _Frame:
    """Between the space of the file, pdfminer's (as displayed, y up, the corner of the media box at 0, 0), and pdfplumber's.

    Attributes:
        shown: from the file's space to pdfminer's.
        left, top: where pdfminer's left and upper edge lie in pdfplumber's space (y down).
    """

    shown: Matrix
    left: float
    top: float

    def box_shown(self, box: Box) -> Box:
        """A box of the file's space in pdfminer's."""
        (ax, ay), (bx, by) = apply(self.shown, box[0], box[1]), apply(self.shown, box[2], box[3])
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of pdfplumber's space in pdfminer's."""
        return x - self.left, self.top - y

    def box(self, obj: Object) -> Box:
        """The box of an object of pdfplumber in pdfminer's space."""
        x0, y1 = self.point(_number(obj["x0"]), _number(obj["top"]))
        x1, y0 = self.point(_number(obj["x1"]), _number(obj["bottom"]))
        return x0, y0, x1, y1


def _frame_of(page: PlumberPage) -> _Frame:
    """The frame of a page: pdfminer takes the first corner of the media box for its origin, wherever the file puts it."""
    x0, y0, x1, y1 = page.page_obj.mediabox
    shown: dict[int, Matrix] = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    left, top = page.mediabox[:2]
    return _Frame(shown.get(page.page_obj.rotate, (1, 0, 0, 1, -x0, -y0)), float(left), float(top + page.height))


def _read(page: PlumberPage, seen: RawPage) -> RawPage:
    frame = _frame_of(page)
    fonts: dict[str, int] = {}
    letters = [_letter(c, frame, fonts) for c in page.dedupe_chars().chars]
    shapes = [s for line in page.lines for s in _line(line, frame)]
    drawings: list[Box] = []
    for rect in page.rects:
        shapes += _rect(rect, frame)
    for curve in page.curves:
        straight = _polyline(curve, frame)
        shapes += straight
        box = frame.box(curve)
        if not straight and box[2] - box[0] <= MAX_DRAWING and box[3] - box[1] <= MAX_DRAWING:
            drawings.append(box)
    return RawPage(
        number=seen.number,
        box=frame.box_shown(seen.box),
        rotate=0,
        letters=tuple(_unhidden(letters, seen, frame) if seen.layer else letters),
        layer=tuple(_shown(letter, seen.rotate, frame) for letter in seen.layer),
        shapes=(*shapes, *_shadings(seen, frame, shapes)),
        drawings=tuple(drawings),
        images=tuple(frame.box_shown(b) for b in seen.images),
        written=tuple(frame.box_shown(b) for b in seen.written),
        outlines=seen.outlines,
    )


def _unhidden(letters: Sequence[Letter], seen: RawPage, frame: _Frame) -> list[Letter]:
    """The letters that stand where PDFium sees a visible one."""
    places: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for letter in seen.letters:
        x, y = apply(frame.shown, letter.ox, letter.oy)
        places.setdefault((math.floor(x / SAME_PLACE), math.floor(y / SAME_PLACE)), []).append((x, y))

    def visible(letter: Letter) -> bool:
        col, row = math.floor(letter.ox / SAME_PLACE), math.floor(letter.oy / SAME_PLACE)
        near = (p for i in (-1, 0, 1) for j in (-1, 0, 1) for p in places.get((col + i, row + j), ()))
        return any(math.dist(p, (letter.ox, letter.oy)) <= SAME_PLACE for p in near)

    return [letter for letter in letters if visible(letter)]


def _shadings(seen: RawPage, frame: _Frame, shapes: Sequence[Shape]) -> list[Shape]:
    """Areas without one colour that PDFium sees and pdfminer does not tell of (operator ``sh``)."""
    known = {_rounded((s.x0, s.y0, s.x1, s.y1)) for s in shapes if s.filled and s.color is None}
    boxes = [frame.box_shown((s.x0, s.y0, s.x1, s.y1)) for s in seen.shapes if s.filled and s.color is None]
    return [Shape(*box, None, None, filled=True) for box in boxes if _rounded(box) not in known]


def _rounded(box: Box) -> tuple[int, ...]:
    return tuple(round(v) for v in box)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _shown(letter: Letter, rotate: int, frame: _Frame) -> Letter:
    """A letter of PDFium in pdfminer's space."""
    x0, y0, x1, y1 = frame.box_shown((letter.x0, letter.y0, letter.x1, letter.y1))
    ox, oy = apply(frame.shown, letter.ox, letter.oy)
    return letter._replace(x0=x0, y0=y0, x1=x1, y1=y1, ox=ox, oy=oy, angle=(letter.angle + rotate) % 360)


def _letter(char: Object, frame: _Frame, fonts: dict[str, int]) -> Letter:
    x0, y0, x1, y1 = frame.box(char)
    matrix = char["matrix"]
    a, b, e, f = (float(matrix[i]) for i in (0, 1, 4, 5)) if isinstance(matrix, tuple) else (1.0, 0.0, x0, y0)
    text, name = str(char["text"]), str(char.get("fontname", ""))
    font = name.casefold()
    return Letter(
        text="\ufffd" if text.startswith("(cid:") else text,
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        ox=e,
        oy=f,
        angle=math.degrees(math.atan2(-b, a)) % 360,
        size=_number(char["size"]),
        bold="bold" in font or "black" in font,
        font=fonts.setdefault(name, len(fonts)),
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
    return _number(obj.get("linewidth")) or UNSET_WIDTH, color


def _line(obj: Object, frame: _Frame) -> list[Shape]:
    pen = _stroke(obj)
    return [Shape(*frame.box(obj), *pen, filled=False)] if pen else []


def _rect(obj: Object, frame: _Frame) -> list[Shape]:
    x0, y0, x1, y1 = frame.box(obj)
    out: list[Shape] = []
    if obj.get("fill"):
        out.append(Shape(x0, y0, x1, y1, None, rgb(obj.get("non_stroking_color")), filled=True))
    pen = _stroke(obj)
    if pen:
        sides = ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
        out += [Shape(*side, *pen, filled=False) for side in sides]
    return out


def _polyline(obj: Object, frame: _Frame) -> list[Shape]:
    """The sides of a path of level and upright strokes; none where it has a curve or a slope."""
    pen = _stroke(obj)
    path, points = obj.get("path"), obj.get("pts")
    if pen is None or not isinstance(path, list) or not isinstance(points, Sequence):
        return []
    if any(step[0] not in ("m", "l", "h") for step in path):
        return []
    places = [frame.point(float(x), float(y)) for x, y in points]
    out: list[Shape] = []
    for (ax, ay), (bx, by) in itertools.pairwise(places):
        if min(abs(ax - bx), abs(ay - by)) > STRAIGHT:
            return []
        out.append(Shape(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), *pen, filled=False))
    return out
