"""One scanned page from its pixels to the same `Page` that a digital one gives: the story of this corner of the room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import pypdfium2 as pdfium
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, RuntimeException
from rapidocr.inference_engine.onnxruntime import ONNXRuntimeError

from extract.grid import Grid
from extract.marks import doubtful
from extract.page import Page, PageKind
from extract.repair import repaired_lines
from extract.scan.engine import Engine
from extract.scan.kept import KeptEngine
from extract.scan.orientation import reads_upside_down
from extract.scan.picture import Picture, Straight, render
from extract.scan.reading import read_words
from extract.scan.ruling import rules_of, without_lettering
from extract.scan.straight import straighten_picture
from extract.scan.tones import inked_cells
from extract.scan.veiled import with_veiled
from extract.tables import grids_of
from extract.words import lines_of

LIBRARY_ERRORS = (cv2.error, Fail, RuntimeException, ONNXRuntimeError)
"""What OpenCV and the runtime of the OCR models raise for want of memory, among other things."""

NO_MEMORY = re.compile(r"insufficient memory|bad.?alloc|failed to allocate", re.IGNORECASE)
"""How they say so; it is no `MemoryError` of theirs."""

QUARTER = 90  # degrees


def read_scan(page: pdfium.PdfPage, number: int, kind: PageKind, engine: KeptEngine, before: Sequence[Grid] = ()) -> Page:
    """What is printed on a page that must be read from its picture.

    Args:
        page: the page, open.
        number: its number, from 1.
        kind: why it must be read from its picture.
        engine: reads it.
        before: the tables of the page before, whose columns go on.

    Raises:
        MemoryError: there is not enough memory.
        PageTooLarge: the page is larger than any sheet.
    """
    try:
        return _read(page, number, kind, engine, before)
    except LIBRARY_ERRORS as error:
        if NO_MEMORY.search(str(error)):
            raise MemoryError from error
        raise


def _read(page: pdfium.PdfPage, number: int, kind: PageKind, engine: KeptEngine, before: Sequence[Grid]) -> Page:
    picture = render(page)
    with engine.page(picture.pixels):
        straight = straightened(picture, engine)
        rules = rules_of(straight)
        words = [w for line in repaired_lines(lines_of(read_words(straight, rules, engine, number))) for w in line]
    boxes = [w.box for w in words]
    rules = with_veiled(straight, without_lettering(rules, boxes), boxes)
    height, width = straight.grey.shape
    read = Page(
        number=number,
        width=width / straight.scale,
        height=height / straight.scale,
        rotation=QUARTER * straight.quarter,
        kind=kind,
        words=tuple(words),
        turned=(),
        rules=tuple(rules),
        fills=(),
        marks=(),
        images=(),
    )
    cells = [cell.box for grid in grids_of(read, before) for cell in grid.cells]
    inked = inked_cells(straight, cells, boxes)
    drawn = set(inked.drawn)
    return replace(
        read,
        words=tuple(w for w in words if w.box not in drawn),
        fills=(*inked.fills, *map(doubtful, inked.unsure)),
        marks=inked.marks,
    )


def straightened(picture: Picture, engine: Engine) -> Straight:
    """The page upright and straight; the engine is asked which way is up where the print does not tell."""
    return straighten_picture(picture, upside_down=lambda grey: reads_upside_down(grey, engine, picture.scale))
