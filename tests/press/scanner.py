"""A scanner of one's own: from a digital PDF to a PDF of pictures, the same for the same seed.

`scan(render(decree, layout).pdf, SCANNERS["mfp300"], seed=1)`
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
import pypdfium2 as pdfium

from tests.press import damage, hand, pictures
from tests.press.damage import Pixels
from tests.press.machines import SCANNERS, Scanner

__all__ = ["SCANNERS", "Scanner", "scan", "turned_pages"]

_FLAGS: dict[str, Literal[0, 90, 270]] = {"flag90": 90, "flag270": 270}
_LEFT_TURNS = {"side90": 1, "flag90": 1, "side270": 3, "flag270": 3}
_SOME = 3  # every so many pages of a careless feeder lie upside down
_GARBAGE_LINES = 40  # lines of nonsense that an engine reads on a turned page


def scan(pdf: bytes, scanner: Scanner, seed: int) -> bytes:
    """Print the PDF, sign it, and scan it."""
    with pdfium.PdfDocument(pdf) as document:
        sheets = [_printed(page, scanner) for page in document]
        upside_down = _upside_down(len(sheets), scanner, seed)
        made = []
        for i, page in enumerate(document):
            other = sheets[i ^ 1] if (i ^ 1) < len(sheets) else None
            made.append(_scanned(page, sheets[i], other, scanner, (seed, i), turned=i in upside_down))
    return pictures.write(made, scanner)


def turned_pages(pdf: bytes, scanner: Scanner, seed: int) -> dict[int, int]:
    """Pages (from 1) whose picture lies turned with no flag, and by how many degrees clockwise it must be turned."""
    with pdfium.PdfDocument(pdf) as document:
        wide = [page.get_width() > page.get_height() for page in document]
    upside_down = _upside_down(len(wide), scanner, seed)
    turns = {}
    for i, lies_wide in enumerate(wide):
        side = {"side90": 90, "side270": 270}.get(scanner.landscape, 0) if lies_wide else 0
        if turn := (side + 180 * (i in upside_down)) % 360:
            turns[i + 1] = turn
    return turns


def _upside_down(pages: int, how: Scanner, seed: int) -> set[int]:
    if how.upside_down == "none" or pages < 2:
        return set()
    first = 1 + seed % (pages - 1)
    return {first} if how.upside_down == "one" else set(range(1 + seed % 2, pages, _SOME))


def _printed(page: pdfium.PdfPage, how: Scanner) -> Pixels:
    picture = np.asarray(page.render(scale=how.dpi / 72).to_pil().convert("RGB"), np.uint8)
    return damage.screened(picture, how.dpi) if how.mono else picture


def _scanned(
    page: pdfium.PdfPage, sheet: Pixels, other: Pixels | None, how: Scanner, seed: tuple[int, int], *, turned: bool
) -> pictures.Picture:
    """One page; `seed` is the document's seed and the page's index."""
    rng = np.random.default_rng(seed)
    fixed = seed[0]  # what stays at one place on all pages begins with the same seed on each
    height, width = sheet.shape[:2]
    printed = hand.PrintedPage(page, width, height)
    picture = hand.add_hands(sheet, printed, how, rng)
    picture = damage.marked_paper(picture, how, np.random.default_rng(fixed), rng)
    picture = damage.seen_through(picture, other, how)
    picture = damage.faded(picture, how, rng)
    picture = damage.photocopied(picture, how, rng)
    picture, _ = damage.laid_on_glass(picture, how, rng)
    picture = damage.with_edges(picture, how, rng)
    picture = damage.sensed(picture, how, np.random.default_rng(fixed + 1), rng)
    lying = picture.shape[1] > picture.shape[0]
    turns = (_LEFT_TURNS.get(how.landscape, 0) if lying else 0) + 2 * turned
    picture = np.ascontiguousarray(np.rot90(picture, turns))
    words = _text_layer(printed, picture, how, rng, turned=turns % 4 != 0)
    pixels, one_bit = _kept(picture, how, rng)
    return pictures.Picture(pixels, one_bit, _FLAGS.get(how.landscape, 0) if lying else 0, words)


def _kept(picture: Pixels, how: Scanner, rng: np.random.Generator) -> tuple[Pixels, bool]:
    """The pixels in the mode of the machine, and whether that is one bit."""
    if how.mode == "bw" or (how.mode == "auto" and not damage.has_color(picture)):
        return damage.cut_to_one_bit(picture, how, rng), True
    if how.mode == "gray":
        return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8), False
    return picture, False


def _text_layer(
    printed: hand.PrintedPage, picture: Pixels, how: Scanner, rng: np.random.Generator, *, turned: bool
) -> Sequence[pictures.Word]:
    """What the machine's own OCR engine read: of a turned page, nonsense."""
    if how.text_layer == "none":
        return ()
    points = 72 / how.dpi
    high = picture.shape[0] * points
    if turned:
        return [_nonsense(high * (i + 1) / (_GARBAGE_LINES + 2), rng) for i in range(_GARBAGE_LINES)]
    words = []
    for text, (x0, y0, x1, y1) in printed.lines():
        if text and x1 - x0 > y1 - y0 > 0:
            size = (y1 - y0) * points
            words.append(
                pictures.Word(
                    pictures.misread(text, how, rng),
                    x0 * points,
                    high - (y1 - 0.2 * (y1 - y0)) * points,
                    (x1 - x0) * points,
                    size,
                )
            )
    return words


def _nonsense(y: float, rng: np.random.Generator) -> pictures.Word:
    letters = rng.choice(list(string.ascii_letters + ".,;"), size=int(rng.integers(1, 4)))
    return pictures.Word("".join(letters), float(rng.uniform(40, 500)), y, 12.0, 9.0)
