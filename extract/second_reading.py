"""A second reading by Camelot where ours is in doubt: does another algorithm part an unruled table at the same places?

Camelot's stream reader aligns text edges; ours takes the gutters under the header. Where both come to the same borders the
columns are no longer called a guess. A page that Camelot cannot read, or reads otherwise, leaves the doubt where it was.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract.grid import Grid
from extract.page import Page, Word

LIBRARY_ERRORS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
)
"""What Camelot and the libraries under it raise on a page that they cannot read, beside errors of their own."""


def confirmed(path: Path, page: Page, grid: Grid, doubt: str) -> Grid:
    """The grid without the doubt about its columns where Camelot finds the same columns; else as it was.

    Args:
        path: the PDF.
        page: the page that the grid stands on.
        grid: a table whose columns were taken from its text.
        doubt: the word among ``grid.doubts`` that is about its columns.
    """
    if doubt not in grid.doubts or page.rotation:
        return grid
    words = [w for c in grid.cells for w in c.words]
    if any(_same_borders(grid, borders, words) for borders in _camelot_borders(path, page.number)):
        return replace(grid, doubts=tuple(d for d in grid.doubts if d != doubt))
    return grid


def _camelot_borders(path: Path, page: int) -> list[list[float]]:
    """Inner column borders of every table that Camelot's stream reader sees on the page."""
    from camelot.io import read_pdf
    from playa.exceptions import PDFException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = read_pdf(str(path), pages=str(page), flavor="stream", suppress_stdout=True)
    except (*LIBRARY_ERRORS, PDFException):  # no reason to lose the document
        return []
    return [[right for _, right in table.cols[:-1]] for table in tables]


def _same_borders(grid: Grid, borders: Sequence[float], words: Sequence[Word]) -> bool:
    """Each border of one reading has one of the other beside it, with no word between the two."""
    mine = grid.xs[1:-1]
    return len(borders) == len(mine) and all(
        not any(min(a, b) < w.box.cx < max(a, b) for w in words) for a, b in zip(mine, borders, strict=True)
    )
