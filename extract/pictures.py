"""What the pictures of a page show: lines of writing (a scan, a pasted table) or none (a background, a photograph, an emblem).

Only a page that has both large pictures and letters of its own is looked at: its pictures alone are rendered, small.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as c
from numpy.typing import NDArray

from extract.bounds import check_layers
from extract.raw import Box, Letter

LARGE = 0.5  # share of the page from which a picture lies behind or over the text and not beside it
PART = 0.1  # share of the page under which a picture is an emblem, a stamp, a signature or a letterhead
TOUCH = 2.0  # points between strips or tiles of one picture
STRIP = 0.6  # of the page's width or height: a strip of a large picture is at least that long; a signature on it is shorter
MAX_PICTURES = 300  # more pictures than these are the tiles or letters of one
CELLS = 64  # cells a side of the raster that coverage is counted on: 1/64 of an A4 page is 9 to 13 points
SIDE = 900  # pixels of the longer side as rendered: about 77 dpi for A4, where print is still an even row of dark pixels
TILE = 24  # pixels (8 mm): one line and the space around it, so that each tile shows some paper
PAPER_RANK = 90  # percentile of a tile that is its paper; print covers less than half of a tile
CONTRAST = 50  # grey levels below the tile's paper from which a pixel is ink: faint print has over 60, a watermark under 40
SAME_PAPER = 40  # grey levels: the paper of one sheet varies less (shadow of a fold); tiles of a photograph vary more
PAPER_SHARE = 0.7  # of the tiles show the paper's tone where the picture is a sheet with writing
TILE_INK = 0.02  # of a tile's pixels: a few letters of it
MIN_TILES = 15  # tiles with ink: two short lines; a QR code or an emblem takes up to 12, the barest scanned pages 10 to 20
HEAD, EDGE = 0.22, 0.12  # of the page: what a letterhead in a background picture takes at the head; a foot line or a frame
TO_LETTERS = 0.5  # tiles with ink to tiles with letters over them: a seal behind a page of text has .2, a filled form over 1
ECHO = 0.6  # of the picture's ink within the boxes of letters: they were read from it; by chance it is their share of the area
ECHO_OVER_AREA = 1.6  # times as much ink within the boxes as their share of the area would hold
MAX_RENDERED = 3000.0  # points: a larger picture would make a bitmap of over 36 MB only to learn how transparent it is
HALF_OPAQUE = 127.5  # mean alpha (0..255) of a picture that hides more than it shows
FEW_LETTERS = (
    30  # letters: a page number and "SALINAN" have fewer; the shortest page of a decree, its signature block, has more
)
WHITE_ON = 200  # grey level of the picture from which white letters on it cannot be seen

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a reader finds it.

    Attributes:
        order: place in the drawing order of the page.
        box: what is seen of it, in user space.
        handle: PDFium's object.
    """

    order: int
    box: Box
    handle: object


def area(box: Box) -> float:
    """Area in square points; 0 for a box turned inside out."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def coverage(boxes: Iterable[Box], page: Box) -> float:
    """Share of the page that lies under the boxes, each part counted once."""
    raster = np.zeros((CELLS, CELLS), dtype=bool)
    width, height = max(1.0, page[2] - page[0]), max(1.0, page[3] - page[1])
    for x0, y0, x1, y1 in boxes:
        left, right = ((x - page[0]) / width * CELLS for x in (x0, x1))
        low, high = ((y - page[1]) / height * CELLS for y in (y0, y1))
        raster[_cells(low, high), _cells(left, right)] = True
    return float(raster.mean())


def check_painted(pictures: Iterable[Picture], page: Box) -> None:
    """Nothing, if the pictures do not cover the page so often that rendering it would take minutes.

    Raises:
        PageTooComplex: they do.
    """
    seen = ((max(x.box[0], page[0]), max(x.box[1], page[1]), min(x.box[2], page[2]), min(x.box[3], page[3])) for x in pictures)
    check_layers(sum(map(area, seen)) / max(1.0, area(page)))


def _cells(start: float, end: float) -> slice:
    """The cells whose middle lies between the two places."""
    return slice(round(min(max(start, 0), CELLS)), round(min(max(end, 0), CELLS)))


def merged(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, where strips and tiles that touch are put together to the picture they were cut from."""
    if len(boxes) > MAX_PICTURES:
        return [_hull(boxes)]
    groups: list[Box] = []
    for box in boxes:
        one = box
        while near := [g for g in groups if _touch(g, one)]:
            groups = [g for g in groups if g not in near]
            one = _hull([one, *near])
        groups.append(one)
    return groups


def _hull(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _touch(a: Box, b: Box) -> bool:
    across = min(a[2], b[2]) - max(a[0], b[0])
    along = min(a[3], b[3]) - max(a[1], b[1])
    return min(across, along) >= -TOUCH and max(across, along) > TOUCH


def covers_of(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, pictures: Sequence[Picture], crop: Box
) -> list[tuple[int, Box]]:
    """Place in the drawing order and box of the pictures that hide the text under them: large, and not transparent."""
    groups = [g for g in merged([x.box for x in pictures]) if area(g) > LARGE * area(crop)]
    return [
        (x.order, x.box) for x in pictures if _can_cover(x.box, groups, crop) and _is_opaque(document, page, x.handle, x.box)
    ]


def _can_cover(box: Box, groups: Sequence[Box], page: Box) -> bool:
    """The picture, or the one that it is a strip of, is large enough to lie over a page's text."""
    if area(box) > LARGE * area(page):
        return True
    long = box[2] - box[0] >= STRIP * (page[2] - page[0]) or box[3] - box[1] >= STRIP * (page[3] - page[1])
    return long and any(_within(box, g) for g in groups)


def _within(box: Box, group: Box) -> bool:
    return group[0] <= box[0] and group[1] <= box[1] and group[2] >= box[2] and group[3] >= box[3]


def _is_opaque(document: pdfium.PdfDocument, page: pdfium.PdfPage, picture: object, box: Box) -> bool:
    """What lies under the picture is lost: most of it is neither transparent nor masked out."""
    if max(box[2] - box[0], box[3] - box[1]) > MAX_RENDERED:
        return True
    bitmap = c.FPDFImageObj_GetRenderedBitmap(document, page, picture)
    if not bitmap:
        return True
    try:
        return c.FPDFBitmap_GetFormat(bitmap) != c.FPDFBitmap_BGRA or _mean_alpha(bitmap) >= HALF_OPAQUE
    finally:
        c.FPDFBitmap_Destroy(bitmap)


def _mean_alpha(bitmap: object) -> float:
    """Of a bitmap with four bytes a pixel, of which alpha is the last."""
    width, height, stride = (f(bitmap) for f in (c.FPDFBitmap_GetWidth, c.FPDFBitmap_GetHeight, c.FPDFBitmap_GetStride))
    bytes_at = ctypes.cast(c.FPDFBitmap_GetBuffer(bitmap), ctypes.POINTER(ctypes.c_uint8))
    pixels = np.ctypeslib.as_array(bytes_at, shape=(height, stride))
    return float(pixels[:, 3 : 4 * width : 4].mean())


def looked_at(pictures: Sequence[Picture], letters: Sequence[Letter], crop: Box) -> bool:
    """Both the letters and the pictures may be the page's text: a look must tell."""
    groups = merged([x.box for x in pictures])
    count = sum(not x.text.isspace() for x in letters)
    if not count or all(area(g) < PART * area(crop) for g in groups):
        return False
    return count >= FEW_LETTERS or coverage(groups, crop) < LARGE


def look(
    page: pdfium.PdfPage, others: Iterable[object], pictures: Sequence[Picture], crop: Box, letters: Sequence[Letter]
) -> tuple[tuple[Box, ...], list[Letter], list[Letter]]:
    """Boxes of the large pictures that show writing, the letters that are seen beside them, and those that only repeat them.

    Args:
        page: the loaded page; its objects that are no large pictures are switched off, so it must have been read before.
        others: its objects that are no pictures.
        pictures: its pictures.
        crop: the visible part of the page.
        letters: its visible letters, blanks too.
    """
    for handle in (*others, *_laid_on(pictures, crop)):
        c.FPDFPageObj_SetIsActive(handle, False)
    bitmap = page.render(scale=SIDE / max(1.0, *page.get_size()), grayscale=True, draw_annots=False, may_draw_forms=False)
    grey: Grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).copy()
    bitmap.close()
    view = _View(crop, page.get_rotation() % 360, grey.shape[1], grey.shape[0])
    tone, ink = _tone_and_ink(grey)
    groups = [g for g in merged([x.box for x in pictures]) if area(g) >= PART * area(crop)]
    own = _printed(letters, view, ink.shape)
    written = tuple(g for g in groups if _shows_writing(view.zone(g), tone, ink, own))
    echoed = _echoed(letters, view, grey, ink, own, groups, written)
    seen = [x for x, e in zip(letters, echoed, strict=True) if not e]
    return written, seen, [x for x, e in zip(letters, echoed, strict=True) if e]


def _laid_on(pictures: Sequence[Picture], crop: Box) -> list[object]:
    """Small pictures on a page-wide one: emblem, signature, QR code."""
    grounds = [x.box for x in pictures if area(x.box) >= LARGE * area(crop)]
    small = [x for x in pictures if area(x.box) < PART * area(crop)]
    return [x.handle for x in small if any(_within(x.box, g) for g in grounds)]


Pixels = tuple[slice, slice]
"""Rows and columns."""


@dataclass(frozen=True, slots=True)
class _View:
    """Places of the page as rendered (as displayed)."""

    crop: Box
    rotate: int
    width: int
    height: int

    def _point(self, x: float, y: float) -> tuple[float, float]:
        u = (x - self.crop[0]) / max(1.0, self.crop[2] - self.crop[0])
        v = (self.crop[3] - y) / max(1.0, self.crop[3] - self.crop[1])
        for _ in range(self.rotate // 90 % 4):
            u, v = 1 - v, u
        return u * self.width, v * self.height

    def place(self, box: Box) -> Pixels:
        """The pixels of a box."""
        (ax, ay), (bx, by) = self._point(box[0], box[1]), self._point(box[2], box[3])
        return _pixels(ay, by, self.height), _pixels(ax, bx, self.width)

    def zone(self, box: Box) -> Pixels:
        """The pixels of a picture; of a page-wide one those where no letterhead, foot line or frame is."""
        rows, columns = self.place(box)
        if area(box) < LARGE * area(self.crop):
            return rows, columns
        top, bottom = round(HEAD * self.height), round((1 - EDGE) * self.height)
        left, right = round(EDGE * self.width), round((1 - EDGE) * self.width)
        return (
            slice(max(rows.start, top), max(top, min(rows.stop, bottom))),
            slice(max(columns.start, left), max(left, min(columns.stop, right))),
        )


def _pixels(a: float, b: float, size: int) -> slice:
    low, high = sorted((a, b))
    return slice(round(min(max(low, 0), size)), round(min(max(high, 0), size)))


def _tone_and_ink(grey: Grey) -> tuple[Grey, Mask]:
    """For each pixel the tone of the paper around it, and whether it is ink."""
    height, width = grey.shape
    padded = np.pad(grey, ((0, -height % TILE), (0, -width % TILE)), mode="edge")
    tiles = padded.reshape(padded.shape[0] // TILE, TILE, -1, TILE).swapaxes(1, 2).reshape(padded.shape[0] // TILE, -1, TILE**2)
    rank = TILE**2 * PAPER_RANK // 100
    paper: Grey = np.partition(tiles, rank, axis=2)[:, :, rank]
    tone = np.repeat(np.repeat(paper, TILE, axis=0), TILE, axis=1)[:height, :width]
    return tone, grey.astype(np.int16) < tone.astype(np.int16) - CONTRAST


def _printed(letters: Iterable[Letter], view: _View, shape: tuple[int, ...]) -> Mask:
    """The pixels within the boxes of the letters."""
    out = np.zeros(shape, dtype=bool)
    for x in letters:
        if not x.text.isspace():
            out[view.place((x.x0, x.y0, x.x1, x.y1))] = True
    return out


def _shows_writing(zone: Pixels, tone: Grey, ink: Mask, own: Mask) -> bool:
    """Ink in many places, not much fewer than the letters take that stand there, on paper of one tone."""
    papers = tone[zone]
    inked, lettered = _tiles(ink[zone]), _tiles(own[zone])
    if inked < max(MIN_TILES, TO_LETTERS * lettered):
        return False
    return float((papers >= float(np.percentile(papers, 95)) - SAME_PAPER).mean()) >= PAPER_SHARE


def _tiles(marked: Mask) -> int:
    """Number of tiles with some pixels marked."""
    rows, columns = marked.shape[0] // TILE, marked.shape[1] // TILE
    tiles = marked[: rows * TILE, : columns * TILE].reshape(rows, TILE, columns, TILE)
    return int((tiles.mean(axis=(1, 3)) >= TILE_INK).sum())


def _echoed(
    letters: Sequence[Letter], view: _View, grey: Grey, ink: Mask, own: Mask, groups: Iterable[Box], written: Iterable[Box]
) -> list[bool]:
    """Which letters only repeat the pictures: those on one whose ink lies within their boxes, and white ones on white."""
    boxes = [view.place((x.x0, x.y0, x.x1, x.y1)) for x in letters]
    out = [False] * len(letters)
    for group in groups:
        on = [i for i, x in enumerate(letters) if not x.text.isspace() and _within((x.ox, x.oy, x.ox, x.oy), group)]
        unseen = [i for i in on if letters[i].white and _is_bright(grey[boxes[i]])]
        zone = view.zone(group)
        if group in written and _is_read_off(own[zone], ink[zone]):
            unseen = on
        if 2 * len(unseen) > len(on):  # single white words may stand on a filled cell, which is not rendered here
            for i in unseen:
                out[i] = True
    return out


def _is_bright(pixels: Grey) -> bool:
    return bool(pixels.size and pixels.mean() >= WHITE_ON)


def _is_read_off(own: Mask, ink: Mask) -> bool:
    """The ink of a picture lies within the boxes of letters, as nothing but reading puts it there."""
    share = float(own[ink].mean()) if ink.any() else 0.0
    return share >= ECHO and share >= ECHO_OVER_AREA * float(own.mean())
