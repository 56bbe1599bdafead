"""Where the rows of a table fall on the pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_LEAST_LINES = 1  # lines of a cut row that must stand on either page


@dataclass(frozen=True, slots=True)
class Room:
    """Room for rows on the first page and on those that follow, in points from the top of the page."""

    first_top: float
    next_top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a row on one page: lines `start` to `stop` of each of its cells.

    Attributes:
        page: from 0 on, counted from the page where the table begins.
    """

    row: int
    page: int
    top: float
    bottom: float
    start: int
    stop: int
    begins: bool
    ends: bool


def break_rows(counts: Sequence[int], splits: Sequence[bool], leading: float, pad: float, room: Room) -> list[Piece]:
    """The pieces of rows that have `counts` lines, in print order."""
    pieces: list[Piece] = []
    page, y = 0, room.first_top
    for row, count in enumerate(counts):
        start = 0
        while True:
            here = math.floor((room.bottom - y - 2 * pad) / leading + 1e-6)
            if count - start <= here:
                height = (count - start) * leading + 2 * pad
                pieces.append(Piece(row, page, y, y + height, start, count, start == 0, ends=True))
                y += height
                break
            fresh = y == (room.next_top if page else room.first_top)
            if (splits[row] and here >= _LEAST_LINES) or (fresh and here >= _LEAST_LINES and page):
                height = here * leading + 2 * pad
                pieces.append(Piece(row, page, y, y + height, start, start + here, start == 0, ends=False))
                start += here
            page, y = page + 1, room.next_top
    return pieces
