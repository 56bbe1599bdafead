"""What is this page? The one place where a page is called digital, scanned, unreadable or blank."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from extract.legible import is_legible
from extract.page import PageKind
from extract.pictures import FEW_LETTERS, LARGE, PART, area, coverage
from extract.raw import Box, Letter, RawPage

MARGIN = 0.08  # of the page at each side (24 mm of A4): stamps of document sites, e-signature footers, page numbers
LEVEL = 3.0  # degrees off a quarter turn that a line may lean; a watermark leans more
OWN_LETTERS = 800  # so many letters are nobody's stamp or form entry: real text over a background that looks like writing
BESIDE = 150  # letters beside a scan of over half a page that make it a page of text with a picture in it, not a stamped scan
SIGNATURE = 200  # letters that an e-signature panel (what it is, office, name, NIP) does not exceed
SIGNED = "elektronik"  # in every one of them
SPECK = 0.01  # share of the page under pictures from which a page without letters is not blank; a speck or a line is less
MANY_PICTURES = 50  # pictures of letters, or strips of a faint scan
SOME_OUTLINES = 25  # shapes with curves on a page without letters: a short line of outlined text
DRAWN = 100  # drawings with a neighbour: three lines of outlined text
MERGED = 300  # letters in paths that hold a line or a paragraph each
DRAWN_SHARE = 0.5  # as many drawn letters for each real one make the page's text drawn
DRAWN_CELLS = 40  # cells of 20 points with drawn letters: three lines over the page; an emblem takes up to 20
CELL = 20.0  # points
ROW = 8.0  # points: letters of one line mostly have their middle in one such band
LOW = 2.0  # points: lower drawings are dots
LAP = 0.3  # of a drawn letter's width that the next one may reach into it (italics); strokes of hatching reach further
SPACE = 0.8  # of a drawn letter's height to the next one, at most
PASTED = 0.15  # share of the page from which a picture among text may be a pasted table; letterheads take under .1
PAGE_WIDE = 0.9  # share of the page from which a picture is its background
LAID_OVER = 60  # letters over a picture that make it a background or a chart with labels


def page_kind(raw: RawPage) -> PageKind:
    """How the page must be read.

    ``scanned`` and ``unreadable`` pages can only be read from their picture; a ``digital`` one may still hold pictures of text
    (``pictured_regions``).
    """
    letters = [x for x in raw.letters if not x.text.isspace()]
    pictured = coverage(raw.images, raw.box)
    if not letters:
        return _without_letters(raw, pictured)
    if pictured >= PART or raw.outlines >= DRAWN:
        body = [x for x in letters if _in_body(x, raw.box)]
        if _is_scan(raw, pictured, len(letters), body):
            return "scanned"
        if _is_drawn(raw, letters, len(body)):
            return "unreadable"
    return "digital" if is_legible(raw.letters) else "unreadable"


def _without_letters(raw: RawPage, pictured: float) -> PageKind:
    if raw.outlines >= SOME_OUTLINES and pictured < PART:
        return "unreadable"
    if raw.layer or pictured >= SPECK or len(raw.images) >= MANY_PICTURES or _has_pattern(raw):
        return "scanned"
    return "blank"


def _has_pattern(raw: RawPage) -> bool:
    """A large area filled with a pattern: some producers paint a scan that way."""
    fills = [(s.x0, s.y0, s.x1, s.y1) for s in raw.shapes if s.filled and s.color is None]
    return any(area(fill) >= LARGE * area(raw.box) for fill in fills)


def _in_body(letter: Letter, page: Box) -> bool:
    """Where a page has its text: not in the margins, and not aslant."""
    if abs((letter.angle + 45) % 90 - 45) > LEVEL:
        return False
    across, along = MARGIN * (page[2] - page[0]), MARGIN * (page[3] - page[1])
    x, y = (letter.x0 + letter.x1) / 2, (letter.y0 + letter.y1) / 2
    return page[0] + across <= x <= page[2] - across and page[1] + along <= y <= page[3] - along


def _is_scan(raw: RawPage, pictured: float, letters: int, body: Sequence[Letter]) -> bool:
    """The page's text is in its pictures; its letters are an OCR layer, a stamp, a footer or an entry in a form."""
    few = len(body) < FEW_LETTERS or _is_signature(body)
    if pictured >= LARGE and (few or raw.hidden > letters):
        return True
    written = coverage(raw.written, raw.box)
    if written < PART:
        return few and pictured >= PART and raw.hidden > letters
    if few:
        return True
    beside = sum(not _is_over(x, raw.written) for x in body)
    return written >= LARGE and beside < BESIDE and len(body) < OWN_LETTERS


def _is_signature(body: Sequence[Letter]) -> bool:
    """The few lines that an e-signature puts on a finished page, be it a scan."""
    return len(body) < SIGNATURE and SIGNED in "".join(x.text for x in body).casefold()


def _is_over(letter: Letter, boxes: Iterable[Box]) -> bool:
    x, y = (letter.x0 + letter.x1) / 2, (letter.y0 + letter.y1) / 2
    return any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes)


def _is_drawn(raw: RawPage, letters: Sequence[Letter], body: int) -> bool:
    """Most of the text is drawn as outlines, all over the page; an emblem or a map has its outlines in one place."""
    if body < FEW_LETTERS and raw.outlines >= MERGED and len(raw.drawings) < DRAWN:
        return True
    level = sum(abs((x.angle + 90) % 180 - 90) < 45 for x in letters) * 2 >= len(letters)
    drawn = _drawn_letters(raw.drawings if level else [(y0, x0, y1, x1) for x0, y0, x1, y1 in raw.drawings])
    if len(drawn) < DRAWN or (body >= FEW_LETTERS and len(drawn) < DRAWN_SHARE * len(letters)):
        return False
    return len({(int(box[0] / CELL), int(box[1] / CELL)) for box in drawn}) >= DRAWN_CELLS


def _drawn_letters(drawings: Iterable[Box]) -> list[Box]:
    """Drawings with another close after them, as letters stand; marks of a table are further apart, hatching is closer."""
    rows: dict[int, list[Box]] = {}
    for box in drawings:
        if box[3] - box[1] >= LOW:
            rows.setdefault(int((box[1] + box[3]) / 2 / ROW), []).append(box)
    return [a for row in rows.values() for a, b in itertools.pairwise(sorted(row)) if _follows(a, b)]


def _follows(a: Box, b: Box) -> bool:
    return -LAP * (a[2] - a[0]) <= b[0] - a[2] <= SPACE * (a[3] - a[1])


def pictured_regions(raw: RawPage) -> tuple[Box, ...]:
    """Pictures on a digital page that hold text which its letters do not: a scanned table pasted among real text.

    In user space. Emblems, signatures, letterheads, photographs and page-wide backgrounds are none; a chart may be one.
    """
    page = area(raw.box)
    return tuple(
        box
        for box in raw.written
        if PASTED * page <= area(box) < PAGE_WIDE * page
        and sum(not x.text.isspace() and _is_over(x, (box,)) for x in raw.letters) < LAID_OVER
    )
