"""How much a page may hold: many times what the fullest page of a decree does. A page with more is given up, never cut short.

These are counts and not times, so that a page is given up on every machine or on none. What a PDF library takes before it
hands over the first count can only be stopped from outside (`extract.watch`).
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.errors import PageTooComplex, PageTooLarge

MAX_PAGES = 2000  # of a file; the longest decrees with their lampiran have some hundred
MAX_OBJECTS = 50_000  # with those in forms; the fullest page that we know has 1,400, a page of single letters 5,000
MAX_FORM_DEPTH = 12  # forms within forms: programs nest them three deep
MAX_POINTS = (
    200_000  # points of paths and clips that are read; a ruled page has 3,000. Drawings that begin with a curve are not
)
MAX_LETTERS = 40_000  # with blanks and hidden ones; the fullest page that we know has 3,800, a poster in small print 20,000
MAX_SHAPES = 30_000  # lines, sides of rectangles and areas; a grid of 48 weeks and 100 rows drawn cell by cell has 19,000
MAX_LAYERS = 100  # times its own area that a page is covered with pictures; layered scans paint it up to ten times
MAX_PIXELS = 600_000_000  # of a picture: an A0 sheet at 600 dpi has 558 million
MAX_SIDE = 14_400.0  # points: 5 m, the longest side that a PDF can have (PDF 32000-1, annex C)


@dataclass(slots=True)
class Tally:
    """Counts what a page holds, and gives it up where that is too much."""

    objects: int = 0
    points: int = 0

    def add_object(self, depth: int) -> None:
        """Counts an object in so many forms.

        Raises:
            PageTooComplex: it is one too many, or lies too deep.
        """
        self.objects += 1
        if self.objects > MAX_OBJECTS:
            raise PageTooComplex(f"it draws more than {MAX_OBJECTS} objects.")
        if depth > MAX_FORM_DEPTH:
            raise PageTooComplex(f"it draws forms within forms, more than {MAX_FORM_DEPTH} deep.")

    def add_points(self, count: int) -> None:
        """Counts points that are about to be read.

        Raises:
            PageTooComplex: they are too many.
        """
        self.points += count
        if self.points > MAX_POINTS:
            raise PageTooComplex(f"its lines have more than {MAX_POINTS} points.")


def check_letters(count: int) -> None:
    """Nothing, if a page may have so many letters.

    Raises:
        PageTooComplex: they are too many.
    """
    if count > MAX_LETTERS:
        raise PageTooComplex(f"it has {count} letters, more than {MAX_LETTERS}.")


def check_shapes(count: int) -> None:
    """Nothing, if a page may have so many lines and areas.

    Raises:
        PageTooComplex: they are too many.
    """
    if count > MAX_SHAPES:
        raise PageTooComplex(f"it has more than {MAX_SHAPES} lines and filled areas.")


def check_picture(width: int, height: int) -> None:
    """Nothing, if a picture on a page may have so many pixels.

    Raises:
        PageTooLarge: they are too many.
    """
    if width * height > MAX_PIXELS:
        raise PageTooLarge(f"a picture on it has {width} x {height} pixels, more than {MAX_PIXELS} in all.")


def check_layers(share: float) -> None:
    """Nothing, if pictures may cover a page so many times over.

    Raises:
        PageTooComplex: they are too many.
    """
    if share > MAX_LAYERS:
        raise PageTooComplex(f"pictures cover it {share:.0f} times over, more than {MAX_LAYERS}.")


def check_sheet(width: float, height: float) -> None:
    """Nothing, if a page of this size, in points, may be rendered.

    Raises:
        PageTooLarge: it is larger than any sheet.
    """
    if not (width <= MAX_SIDE and height <= MAX_SIDE):  # so that what is no number is refused, too
        raise PageTooLarge(f"it is {width:.0f} x {height:.0f} points, longer than the {MAX_SIDE:.0f} that a sheet can have.")
