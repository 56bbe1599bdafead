"""The tones inside a cell of a scanned table, in blocks of a point: away from its borders, words told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.geometry import BBox
from extract.scan.picture import Pixels, Straight

Blocks = npt.NDArray[np.float32]
"""One value for each block of a cell (rows, columns)."""

Flags = npt.NDArray[np.bool_]
"""One truth value for each block of a cell (rows, columns)."""

INSET = 2.0  # points: half a border (.5) and the 3 pixels at 150 dpi that a border may be off
INSET_SHARE = 0.2  # of a cell's side: a small cell is not eaten up by the inset
WORD_MARGIN = 0.8  # points that letters reach over the box of their word: blur, and boxes drawn too tight
WHITE = 255.0
COARSE = 1.5  # pixels per point of the picture in which thick dark shapes are found: a screen's dots melt into one tone
THICK = 3.6  # points: strokes of letters are thinner, bars and fills thicker
THICK_DARK = 60.0  # of 255: how far from white such a shape is; light fills with text on them are nearer
STROKE = 3.0  # points: a "word" so narrow on a border is a piece of the border; no letter is set so near to one
WORD_GRAIN = 1.5  # times the grain of a fill by which letters on it are darker than it on the whole
THICK_SHARE = 0.5  # share of a word's box under thick shapes from which it is no word


@dataclass(frozen=True, slots=True)
class Interior:
    """What is measured inside one cell.

    Attributes:
        cell: the cell.
        box: the part that was measured, in points: the cell without its borders.
        tone: mean RGB of each block (rows, columns, 3); a block is about a point wide and high.
        dev: how far each block is from white, 0..255; a grey of 217 is 38 away.
        free: blocks that no word touches.
        lifted: share of each block that is coloured ink lifted off the print, 0..1.
    """

    cell: BBox
    box: BBox
    tone: Blocks
    dev: Blocks
    free: Flags
    lifted: Blocks


def interiors(straight: Straight, cells: Sequence[BBox], words: Sequence[BBox]) -> list[Interior]:
    """The inside of every cell."""
    worded = _worded(straight, words)
    lifted = straight.lifted.view(np.uint8)
    return [_interior(straight, cell, worded, lifted) for cell in cells]


def drawn_words(straight: Straight, words: Sequence[BBox]) -> list[BBox]:
    """The words that are no letters but a bar or a dark fill."""
    height, width = straight.ink.shape
    fine = COARSE / straight.scale
    size = (max(1, round(width * fine)), max(1, round(height * fine)))
    coarse = np.asarray(cv2.cvtColor(cv2.resize(straight.tone, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY))
    dark = (WHITE - coarse > THICK_DARK).astype(np.uint8)
    side = round(THICK * COARSE)
    thick = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((side, side), np.uint8)))
    sums = np.asarray(cv2.integral(thick), np.int32)
    return [w for w in words if _share(sums, w) >= THICK_SHARE]


def misread_words(interior: Interior, words: Sequence[BBox], filled: bool) -> list[BBox]:
    """The words in a cell that an engine read into its border or, in a filled cell, into the dots of a screen.

    Args:
        interior: the cell.
        words: the words in it.
        filled: the cell is filled.
    """
    out = [w for w in words if w.width <= STROKE and not interior.box.x0 < w.cx < interior.box.x1]
    if not filled or not interior.free.any():
        return out
    ground = interior.dev[interior.free]
    level = float(np.median(ground)) + WORD_GRAIN * float(np.std(ground))
    return out + [w for w in words if w not in out and _mean_dev(interior, w) <= level]


def _mean_dev(interior: Interior, box: BBox) -> float:
    rows, cols = interior.dev.shape
    across, down = cols / max(1.0, interior.box.width), rows / max(1.0, interior.box.height)
    x0, x1 = (min(max(0, int((x - interior.box.x0) * across)), cols - 1) for x in (box.x0, box.x1))
    y0, y1 = (min(max(0, int((y - interior.box.top) * down)), rows - 1) for y in (box.top, box.bottom))
    return float(interior.dev[y0 : y1 + 1, x0 : x1 + 1].mean())


def _share(sums: npt.NDArray[np.int32], box: BBox) -> float:
    """Share of a box under a mask, from the mask's integral."""
    rows, cols = sums.shape
    x0, x1 = (min(max(0, round(x * COARSE)), cols - 1) for x in (box.x0, box.x1))
    y0, y1 = (min(max(0, round(y * COARSE)), rows - 1) for y in (box.top, box.bottom))
    inked: int = int(sums[y1, x1]) - int(sums[y0, x1]) - int(sums[y1, x0]) + int(sums[y0, x0])
    return float(inked) / float(max(1, (x1 - x0) * (y1 - y0)))


def _worded(straight: Straight, words: Sequence[BBox]) -> Pixels:
    """Where words stand: 1 in their boxes."""
    mask: Pixels = np.zeros(straight.ink.shape, np.uint8)
    for word in words:
        x0, y0, x1, y1 = (
            round(v * straight.scale)
            for v in (word.x0 - WORD_MARGIN, word.top - WORD_MARGIN, word.x1 + WORD_MARGIN, word.bottom + WORD_MARGIN)
        )
        mask[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = 1
    return mask


def _interior(straight: Straight, cell: BBox, worded: Pixels, lifted: Pixels) -> Interior:
    dx, dy = min(INSET, INSET_SHARE * cell.width), min(INSET, INSET_SHARE * cell.height)
    height, width = straight.ink.shape
    x0 = min(max(0, round((cell.x0 + dx) * straight.scale)), width - 1)
    y0 = min(max(0, round((cell.top + dy) * straight.scale)), height - 1)
    x1 = min(max(x0 + 1, round((cell.x1 - dx) * straight.scale)), width)
    y1 = min(max(y0 + 1, round((cell.bottom - dy) * straight.scale)), height)
    box = BBox(cell.page, *(v / straight.scale for v in (x0, y0, x1, y1)))
    size = (max(1, round(box.width)), max(1, round(box.height)))
    tone = _shrunk(straight.tone[y0:y1, x0:x1].astype(np.float32), size)
    away = WHITE - tone
    dev: Blocks = np.sqrt((away * away).mean(axis=2))
    free: Flags = ~_any(worded[y0:y1, x0:x1], size)
    return Interior(cell, box, tone, dev, free, _shrunk(lifted[y0:y1, x0:x1].astype(np.float32), size))


def _shrunk(part: Blocks, size: tuple[int, int]) -> Blocks:
    shrunk: Blocks = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    return shrunk


def _any(part: Pixels, size: tuple[int, int]) -> Flags:
    if not part.any():
        return np.zeros((size[1], size[0]), np.bool_)
    flags: Flags = _shrunk(part.astype(np.float32), size) > 0
    return flags
