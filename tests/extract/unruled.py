"""A factory of tables without rules inside: texts at the places of invisible columns, in rows parted by space."""

from __future__ import annotations

from collections.abc import Sequence

from extract.grid import Grid
from extract.page import Page, Rule, Word
from extract.tables import grids_of
from tests.extract.tables_of_text import LEFT, PAD, PITCH, TOP, broken, set_lines

SPACE = 7.0
"""Points between two rows where no rule parts them."""


def unruled_page(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    number: int = 1,
    columns_ruled: bool,
    rows_ruled: bool,
) -> Page:
    """A page with a table in a frame, the header ruled off; within, rules part the columns, the rows, or neither."""
    xs = [LEFT]
    for width in widths:
        xs.append(xs[-1] + width)
    words: list[Word] = []
    ys = [TOP]
    for row in rows:
        set_row = [broken(text, w - 2 * PAD) for text, w in zip(row, widths, strict=True)]
        for x, cell in zip(xs, set_row, strict=False):
            words += set_lines(cell, x + PAD, ys[-1] + PAD, page=number)
        ys.append(ys[-1] + max(len(cell) for cell in set_row) * PITCH + SPACE)
    drawn = ys if rows_ruled else [ys[0], ys[1], ys[-1]]
    rules = [Rule(False, y, xs[0], xs[-1], 0.6, (0, 0, 0)) for y in drawn]
    rules += [Rule(True, x, ys[0], ys[-1], 0.6, (0, 0, 0)) for x in (xs if columns_ruled else (xs[0], xs[-1]))]
    return Page(number, 595, 842, 0, "digital", tuple(words), (), tuple(rules), (), (), ())


def only_grid(page: Page) -> Grid:
    """The page's one table."""
    (grid,) = grids_of(page)
    return grid
