"""Is a cell of a month grid marked? Fills against the paper of that row, bars, signs and small drawings."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from extract.geometry import BBox
from extract.page import Fill, Rgb
from extract.table import Cell

Mark = Literal["marked", "empty", "unsure"]

PAPER: Rgb = (255, 255, 255)
COVERS = 0.6  # share of a cell that a fill covers to be the cell's own background
SAME_TONE = 10.0  # colour distance (0..441) under which two fills look the same
DOUBTED = 0.2  # share of a cell that a doubtful place covers to make it unsure
BAR_LENGTH = 0.5  # share of a cell's width that a bar covers in it
BAR_HEIGHT = 1.0  # points: thinner than this is a border
SIGN = 3  # letters that a sign has at most
NO_MARK = frozenset({"-", "–", "—", ".", "0", "_"})  # signs that say "nothing"


def background(cell: Cell) -> Rgb | None:
    """The colour that covers the cell; white where nothing does; None for a pattern, whose colour is not one."""
    color: Rgb | None = PAPER
    for box in cell.boxes:
        for fill in cell.fills:
            if fill.sure and box.area > 0 and fill.box.overlap(box) >= COVERS * box.area:
                color = fill.color
    return color


def doubtful(box: BBox) -> Fill:
    """A place on a scan where something may be drawn; it makes the cell that it lies in unsure, whatever else is there."""
    return Fill(box, None, sure=False)


def is_doubted(cell: Cell) -> bool:
    """A doubtful place lies in the cell with its middle, or covers a fifth of it."""
    return bool(cell.fills) and any(
        not fill.sure and (_holds(box, fill.box) or fill.box.overlap(box) > DOUBTED * box.area)
        for box in cell.boxes
        for fill in cell.fills
    )


def _holds(outer: BBox, inner: BBox) -> bool:
    """The middle of a box lies in another."""
    return outer.page == inner.page and outer.x0 <= inner.cx <= outer.x1 and outer.top <= inner.cy <= outer.bottom


def row_paper(cells: Sequence[Cell]) -> Rgb:
    """The colour of a row without marks: the commonest background of the cells given.

    Args:
        cells: the cells of the row outside the month grid.
    """
    votes = Counter(color for cell in cells if (color := background(cell)) is not None)
    return votes.most_common(1)[0][0] if votes else PAPER


def is_sign(cell: Cell) -> bool:
    """A mark is set in the cell: a sign or a few letters, not a word, and none that says "nothing"."""
    return cell.text is not None and len(cell.text.text) <= SIGN and cell.text.text not in NO_MARK


def read_mark(cell: Cell, paper: Rgb | None) -> Mark:
    """Whether the cell is marked, against the paper of its row.

    A sign, a small drawing, a background other than the paper, a fill whose middle lies in the cell, or a bar over half of its
    width mark a cell. A fill that otherwise covers a fifth of it or more is ``unsure``, and so is a doubtful place of a scan.

    Args:
        cell: a cell of the grid.
        paper: colour of the row without marks; None where fills are no marks, because the table marks with signs.
    """
    if is_doubted(cell):
        return "unsure"
    if cell.text is not None:
        return "empty" if cell.text.text in NO_MARK else "marked"
    if cell.marks:
        return "marked"
    if paper is None:
        return "empty"
    tone = background(cell)
    if tone is None or math.dist(tone, paper) > SAME_TONE:
        return "marked"
    answers = [_bar(fill, box, paper) for box in cell.boxes for fill in cell.fills]
    if "marked" in answers:
        return "marked"
    return "unsure" if "unsure" in answers else "empty"


def _bar(fill: Fill, box: BBox, paper: Rgb) -> Mark:
    """What one fill says of a cell that it does not cover."""
    if fill.color is not None and (math.dist(fill.color, paper) <= SAME_TONE or math.dist(fill.color, PAPER) <= SAME_TONE):
        return "empty"
    if box.area <= 0 or fill.box.overlap(box) >= COVERS * box.area:
        return "empty"
    width = min(fill.box.x1, box.x1) - max(fill.box.x0, box.x0)
    height = min(fill.box.bottom, box.bottom) - max(fill.box.top, box.top)
    if width <= BAR_HEIGHT or height < BAR_HEIGHT:
        return "empty"
    inside = box.x0 <= fill.box.cx <= box.x1 and box.top <= fill.box.cy <= box.bottom
    if inside or (width >= BAR_LENGTH * box.width and box.top <= fill.box.cy <= box.bottom):
        return "marked"
    return "unsure" if width * height >= 0.2 * box.area else "empty"
