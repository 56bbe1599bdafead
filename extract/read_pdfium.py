"""The fast reader: letters, lines, fills and pictures of a page through PDFium, without rendering it."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as c

from extract.bounds import Tally, check_letters, check_picture, check_shapes
from extract.matrix import IDENTITY, Matrix, apply, multiply
from extract.page import Rgb
from extract.pictures import Picture, check_painted, covers_of, look, looked_at
from extract.raw import Box, Letter, RawPage, Shape, visible_box

STRAIGHT = 0.35  # points a line may lean over its length and still be called upright or level
PRINTABLE = range(0x21, 0x7F)  # ASCII letters, digits and signs
BLANKS = (0x02, 0x09, 0x0A, 0x0D)  # control codes that mean something: PDFium's hyphen at a line end, and blanks
MAX_DRAWING = 40.0  # points: a drawing larger than this is no tick in a cell
LETTER_POINTS = 30  # points of a letter drawn as an outline; a path with many more holds several letters
OPAQUE = 12  # alpha (0..255) under which a colour cannot be seen
INVISIBLE_MODES = (3, 7)  # text rendering modes "neither fill nor stroke" and "clip only" (PDF 32000-1, 9.3.6)


def _matrix_of(obj: object) -> Matrix:
    m = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(obj, m):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _address(obj: object) -> int:
    """Where PDFium keeps the object: two handles of one object have the same address."""
    return ctypes.c_void_p.from_buffer(obj).value or 0  # type: ignore[arg-type]


def _objects(page: pdfium.PdfPage, tally: Tally) -> Iterator[tuple[object, int, Matrix]]:
    """Every page object with its type and the matrix of the forms around it, in drawing order."""
    for i in range(c.FPDFPage_CountObjects(page)):
        obj = c.FPDFPage_GetObject(page, i)
        yield from _walk(obj, IDENTITY, 0, tally)


def _walk(obj: object, outer: Matrix, depth: int, tally: Tally) -> Iterator[tuple[object, int, Matrix]]:
    tally.add_object(depth)
    kind = c.FPDFPageObj_GetType(obj)
    if kind != c.FPDF_PAGEOBJ_FORM:
        yield obj, kind, outer
        return
    inner = multiply(_matrix_of(obj), outer)
    for i in range(c.FPDFFormObj_CountObjects(obj)):
        yield from _walk(c.FPDFFormObj_GetObject(obj, i), inner, depth + 1, tally)


def _color(obj: object, *, fill: bool) -> tuple[Rgb, int] | None:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    get = c.FPDFPageObj_GetFillColor if fill else c.FPDFPageObj_GetStrokeColor
    if not get(obj, r, g, b, a):
        return None
    return (r.value, g.value, b.value), a.value


def _bounds(obj: object, outer: Matrix) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not c.FPDFPageObj_GetBounds(obj, left, bottom, right, top):
        return None
    corners = [apply(outer, x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    box = (
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )
    return box if all(math.isfinite(v) for v in box) else None


def _clip(obj: object, outer: Matrix, box: Box, tally: Tally) -> Box | None:
    """The part of the box that the object's clip path lets through (its hull: tables are clipped by rectangles)."""
    path = c.FPDFPageObj_GetClipPath(obj)
    if not path:
        return box
    x0, y0, x1, y1 = box
    for i in range(max(0, c.FPDFClipPath_CountPaths(path))):
        points = []
        count = max(0, c.FPDFClipPath_CountPathSegments(path, i))
        tally.add_points(count)
        for j in range(count):
            seg = c.FPDFClipPath_GetPathSegment(path, i, j)
            px, py = ctypes.c_float(), ctypes.c_float()
            if c.FPDFPathSegment_GetPoint(seg, px, py):
                points.append(apply(outer, px.value, py.value))
        if points:
            x0, x1 = max(x0, min(p[0] for p in points)), min(x1, max(p[0] for p in points))
            y0, y1 = max(y0, min(p[1] for p in points)), min(y1, max(p[1] for p in points))
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


Pen = tuple[float | None, Rgb | None]
"""Line width in points and colour."""


def _begins_with_curve(obj: object) -> bool:
    """Whether one of the first points belongs to a curve: a drawing or a letter, whose points need not be read."""
    return any(
        c.FPDFPathSegment_GetType(c.FPDFPath_GetPathSegment(obj, i)) == c.FPDF_SEGMENT_BEZIERTO
        for i in range(min(8, c.FPDFPath_CountSegments(obj)))
    )


Subpath = tuple[list[tuple[float, float]], bool, bool]
"""Points, whether closed, whether it has curves."""


def _subpaths(obj: object, matrix: Matrix, tally: Tally) -> list[Subpath]:
    out: list[Subpath] = []
    points: list[tuple[float, float]] = []
    closed = curved = False
    px, py = ctypes.c_float(), ctypes.c_float()
    count = c.FPDFPath_CountSegments(obj)
    tally.add_points(count)
    for i in range(count):
        seg = c.FPDFPath_GetPathSegment(obj, i)
        c.FPDFPathSegment_GetPoint(seg, px, py)
        kind = c.FPDFPathSegment_GetType(seg)
        if kind == c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                out.append((points, closed, curved))
            points, closed, curved = [], False, False
        elif kind == c.FPDF_SEGMENT_BEZIERTO:
            curved = True
        points.append(apply(matrix, px.value, py.value))
        closed = closed or bool(c.FPDFPathSegment_GetClose(seg))
    if len(points) > 1:
        out.append((points, closed, curved))
    return out


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    """Four corners (a fifth point may close it), each side level or upright."""
    corners = points[:-1] if len(points) == 5 and math.dist(points[0], points[4]) < STRAIGHT else points
    if len(corners) != 4:
        return False
    sides = [(corners[i], corners[(i + 1) % 4]) for i in range(4)]
    level = [abs(a[1] - b[1]) <= STRAIGHT for a, b in sides]
    upright = [abs(a[0] - b[0]) <= STRAIGHT for a, b in sides]
    return all(h or v for h, v in zip(level, upright, strict=True)) and (
        (level[0] and level[2] and upright[1] and upright[3]) or (upright[0] and upright[2] and level[1] and level[3])
    )


@dataclass(slots=True)
class _Shapes:
    """Collects what the paths of a page draw."""

    tally: Tally
    shapes: list[Shape] = field(default_factory=list)
    drawings: list[Box] = field(default_factory=list)
    outlines: int = 0

    def add_path(self, obj: object, outer: Matrix) -> None:
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        if not c.FPDFPath_GetDrawMode(obj, mode, stroked):
            return
        fill = _color(obj, fill=True) if mode.value else None
        filled = bool(mode.value) and (fill is None or fill[1] >= OPAQUE)
        line = _color(obj, fill=False) if stroked.value else None
        drawn = bool(stroked.value) and (line is None or line[1] >= OPAQUE) and not _is_white(line)
        if not filled and not drawn:
            return
        matrix = multiply(_matrix_of(obj), outer)
        width: float | None = None
        if drawn:
            w = ctypes.c_float()
            c.FPDFPageObj_GetStrokeWidth(obj, w)
            width = w.value * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
            if not math.isfinite(width):
                return
        color, ink = (fill[0] if fill else None), (line[0] if line else None)
        if _begins_with_curve(obj):
            box = _bounds(obj, outer)
            if box is not None and not _is_white(fill):
                self._drawing(box, c.FPDFPath_CountSegments(obj) // LETTER_POINTS)
            return
        for points, closed, curved in _subpaths(obj, matrix, self.tally):
            if not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
                continue
            box = (
                min(x for x, _ in points),
                min(y for _, y in points),
                max(x for x, _ in points),
                max(y for _, y in points),
            )
            if not curved and _is_rectangle(points):
                self._rectangle(obj, outer, box, (width, ink), color, filled=filled)
            elif not curved and drawn and _all_straight(points, closed):
                self._lines(points, closed, (width, ink))
            elif not _is_white(fill):
                self._drawing(box)

    def _drawing(self, box: Box, letters: int = 1) -> None:
        self.outlines += max(1, letters)
        if box[2] - box[0] <= MAX_DRAWING and box[3] - box[1] <= MAX_DRAWING:
            self.drawings.append(box)

    def _rectangle(self, obj: object, outer: Matrix, box: Box, pen: Pen, color: Rgb | None, *, filled: bool) -> None:
        if filled:
            seen = _clip(obj, outer, box, self.tally)
            if seen is not None:
                self.shapes.append(Shape(*seen, None, color, filled=True))
        if pen[0] is not None:
            x0, y0, x1, y1 = box
            for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                self.shapes.append(Shape(*side, *pen, filled=False))

    def _lines(self, points: list[tuple[float, float]], closed: bool, pen: Pen) -> None:
        ends = points[1:] + ([points[0]] if closed else [])
        for (ax, ay), (bx, by) in zip(points, ends, strict=False):
            self.shapes.append(Shape(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), *pen, filled=False))


def _is_white(color: tuple[Rgb, int] | None) -> bool:
    return color is not None and min(color[0]) >= 252


def _all_straight(points: list[tuple[float, float]], closed: bool) -> bool:
    ends = points[1:] + ([points[0]] if closed else [])
    return all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= STRAIGHT for a, b in zip(points, ends, strict=False))


@dataclass(frozen=True, slots=True)
class _Run:
    """What all letters of one text object share."""

    angle: float
    size: float
    bold: bool
    visible: bool
    order: int
    font: int
    white: bool


def _run_of(obj: object, outer: Matrix, order: int, fonts: dict[int, int]) -> _Run:
    matrix = multiply(_matrix_of(obj), outer)
    size = ctypes.c_float()
    c.FPDFTextObj_GetFontSize(obj, size)
    mode = c.FPDFTextObj_GetTextRenderMode(obj)
    fill = _color(obj, fill=True)
    visible = mode not in INVISIBLE_MODES and (fill is None or fill[1] >= OPAQUE)
    font = c.FPDFTextObj_GetFont(obj)
    name = ""
    if font:
        buffer = ctypes.create_string_buffer(256)
        if c.FPDFFont_GetBaseFontName(font, buffer, 256):
            name = buffer.value.decode("utf-8", "replace").casefold()
    angle, height = math.degrees(math.atan2(-matrix[1], matrix[0])) % 360, size.value * math.hypot(matrix[2], matrix[3])
    return _Run(
        angle=angle if math.isfinite(angle) else 0.0,
        size=height if math.isfinite(height) else 0.0,
        bold="bold" in name or "black" in name,
        visible=visible,
        order=order,
        font=fonts.setdefault(_address(font) if font else 0, len(fonts)),
        white=_is_white(fill),
    )


def letter_of(code: int) -> str:
    """The letter that a code of the text layer stands for; U+FFFD where it cannot stand for one.

    Some producers write the code maps of ligatures with the two bytes of each letter exchanged ("ti" as U+7400 U+6900); in the
    text of a decree no letter of those ranges can be meant.
    """
    if code >> 8 in PRINTABLE and code & 0xFF == 0:
        return chr(code >> 8)
    plain = (code >= 0x20 and not 0x7F <= code < 0xA0) or code in BLANKS
    usable = plain and not 0xD800 <= code <= 0xDFFF and code < 0x110000
    return chr(code) if usable else "\ufffd"


def _letters(
    page: pdfium.PdfPage, runs: dict[int, _Run], covers: Sequence[tuple[int, Box]]
) -> tuple[list[Letter], list[Letter]]:
    """Visible letters and hidden ones, both in drawing order."""
    text = page.get_textpage()
    handle = text.raw
    box, ox, oy = c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(ox), ctypes.byref(oy)
    out: list[Letter] = []
    hidden: list[Letter] = []
    plain = _Run(0.0, 10.0, bold=False, visible=True, order=0, font=0, white=False)
    count = max(0, c.FPDFText_CountChars(handle))
    check_letters(count)
    for i in range(count):
        code = c.FPDFText_GetUnicode(handle, i)
        char = letter_of(code)
        if char.isspace() and c.FPDFText_IsGenerated(handle, i):
            continue
        obj = c.FPDFText_GetTextObject(handle, i)
        run = runs.get(_address(obj), plain) if obj else plain
        c.FPDFText_GetLooseCharBox(handle, i, box_at)
        c.FPDFText_GetCharOrigin(handle, i, x_at, y_at)
        x, y = ox.value, oy.value
        if not math.isfinite(box.left + box.bottom + box.right + box.top + x + y):
            continue  # it stands nowhere
        under = covers and any(run.order < order and b[0] <= x <= b[2] and b[1] <= y <= b[3] for order, b in covers)
        into = out if run.visible and not under else hidden
        into.append(
            Letter(char, box.left, box.bottom, box.right, box.top, x, y, run.angle, run.size, run.bold, run.font, run.white)
        )
    text.close()
    return out, hidden


def _check_size(obj: object, kind: int) -> None:
    """Nothing, if the object may be rendered.

    Raises:
        PageTooLarge: it is a picture of too many pixels.
    """
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if kind == c.FPDF_PAGEOBJ_IMAGE and c.FPDFImageObj_GetImagePixelSize(obj, width, height):
        check_picture(width.value, height.value)


def read_raw_page(doc: pdfium.PdfDocument, index: int) -> RawPage:
    """Everything drawn on page ``index`` (from 0), in user space.

    Raises:
        pypdfium2.PdfiumError: the page cannot be loaded.
        PageTooComplex, PageTooLarge: it holds more than `extract.bounds` allows.
    """
    page = doc[index]
    try:
        crop = visible_box(page.get_mediabox(), page.get_cropbox())
        runs: dict[int, _Run] = {}
        fonts: dict[int, int] = {}
        tally = Tally()
        found = _Shapes(tally)
        images: list[Picture] = []
        others: list[object] = []
        for order, (obj, kind, outer) in enumerate(_objects(page, tally)):
            if kind != c.FPDF_PAGEOBJ_IMAGE:
                others.append(obj)
            if kind == c.FPDF_PAGEOBJ_TEXT:
                runs[_address(obj)] = _run_of(obj, outer, order, fonts)
            elif kind == c.FPDF_PAGEOBJ_PATH:
                found.add_path(obj, outer)
            elif kind in (c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_SHADING):
                _check_size(obj, kind)
                box = _bounds(obj, outer)
                seen = _clip(obj, outer, box, tally) if box else None
                if seen is None:
                    continue
                if kind == c.FPDF_PAGEOBJ_IMAGE:
                    images.append(Picture(order, seen, obj))
                else:
                    found.shapes.append(Shape(*seen, None, None, filled=True))
            check_shapes(len(found.shapes) + len(found.drawings))
        check_painted(images, crop)
        first = min((run.order for run in runs.values() if run.visible), default=None)
        covers = [] if first is None else covers_of(doc, page, [x for x in images if x.order > first], crop)
        letters, layer = _letters(page, runs, covers)
        written: tuple[Box, ...] = ()
        if looked_at(images, letters, crop):
            written, letters, echoed = look(page, others, images, crop, letters)
            layer += echoed
        return RawPage(
            number=index + 1,
            box=crop,
            rotate=page.get_rotation(),
            letters=tuple(letters),
            layer=tuple(layer),
            shapes=tuple(found.shapes),
            drawings=tuple(found.drawings),
            images=tuple(x.box for x in images),
            written=written,
            outlines=found.outlines,
        )
    finally:
        page.close()
