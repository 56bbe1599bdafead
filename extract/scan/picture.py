"""The pixels of a page: rendered within bounds, and as they are after the page was set upright and straight."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from extract.bounds import check_sheet

Pixels = npt.NDArray[np.uint8]
"""Grey values (height, width) or RGB colours (height, width, 3), 0 = black."""

Mask = npt.NDArray[np.bool_]
"""One truth value for each pixel (height, width)."""

POINTS = 72.0  # points per inch
DPI = 200.0  # dots per inch: more brings the engine nothing (measured), less costs letters
MAX_SIDE = 4400  # pixels: an A3 sheet at 200 dpi has 3300; a larger page is rendered coarser, so that memory is bounded
MAX_PIXELS = 14_000_000  # an A2 sheet at the coarseness of the longest side: reading takes 120 bytes of memory for each pixel
MIN_SIDE = 1.0  # points: a page smaller than this has no content


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is displayed.

    Attributes:
        pixels: RGB, uint8 (height, width, 3).
        scale: pixels per point.
        colored: the page holds colour (pixels of a grey or bilevel scan have none).
    """

    pixels: Pixels
    scale: float
    colored: bool


@dataclass(frozen=True, slots=True)
class Straight:
    """A page set upright and straight; all arrays have the same height and width.

    Attributes:
        grey: print on white paper, uint8: paper tone evened out to 255, stamps and coloured pen lifted to the paper.
        tone: RGB, uint8, with the paper evened out to white and everything else in its own colour: light fills are kept.
        ink: where dark print is.
        lifted: where coloured ink (stamp, signature) was lifted off ``grey``: what lies under it may be lost.
        scale: pixels per point; the page is ``width / scale`` points wide.
        quarter: quarter turns (0-3, clockwise) that the displayed page was turned to make it upright.
        angle: degrees the page was then turned (positive: clockwise) to make its lines level.
    """

    grey: Pixels
    tone: Pixels
    ink: Mask
    lifted: Mask
    scale: float
    quarter: int
    angle: float


def render(page: pdfium.PdfPage, dpi: float = DPI) -> Picture:
    """The page as displayed (``/Rotate`` applied), at ``dpi`` or as coarse as ``MAX_SIDE`` and ``MAX_PIXELS`` ask.

    Raises:
        PageTooLarge: it is larger than any sheet.
    """
    width, height = page.get_size()
    check_sheet(width, height)
    wide, high = max(width, MIN_SIDE), max(height, MIN_SIDE)
    scale = min(dpi / POINTS, MAX_SIDE / max(wide, high), math.sqrt(MAX_PIXELS / (wide * high)))
    pixels: Pixels = np.ascontiguousarray(page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3])
    return Picture(pixels, scale, has_color(pixels))


COLOR_SPREAD = 40  # difference of the channels from which a pixel is coloured; JPEG noise on grey print stays under 30
COLOR_SHARE = 2e-4  # share of coloured pixels from which the page holds colour: a stamp covers some thousandths


def has_color(pixels: Pixels) -> bool:
    """Whether more than a few pixels have a colour."""
    sample = pixels[::2, ::2].astype(np.int16)
    spread = sample.max(axis=2) - sample.min(axis=2)
    return bool((spread > COLOR_SPREAD).mean() > COLOR_SHARE)
