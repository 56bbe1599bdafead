"""What stands in an unfilled cell of a scanned table: bars, signs, specks and the rest of borders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np

from extract.geometry import BBox, hull
from extract.page import Fill, Rgb
from extract.scan.tones_blocks import Blocks, Flags, Interior

Kind = Literal["bar", "sign", "unsure"]

DARK = 30.0  # of 255: a block this far from white holds ink or a bar
INK = 70.0  # of 255: the darkest block of a sign is at least this dark; smudges and show-through are lighter
SPECK = 1.8  # square points of full black: less is a speck of dust
SPECK_SIDE = 2.6  # points: a speck is no longer than this
SIGN = 4.0  # square points of full black that a sign has; a tick of 8 pt has 5 and more, an asterisk less
SIGN_SIDE = 3.0  # points: a sign is at least this wide and high; a dash is flatter
LARGEST = 14.0  # points: a sign is no longer than this
OFTEN = 4  # signs alike on a page from which they are surely signs
ALIKE = 2.0  # times: masses of two signs that are the same one
GRAIN = 6.0  # times the grain of a fill by which a sign on it is darker
BAR_FULL = 0.75  # share of its box that a bar blackens; a disc .78, a cross under .6
PALE_FULL = 0.9  # the same where it is lighter than ink: a smudge is round
BAR_LENGTH = 0.4  # share of a cell's width that a bar has at least
BAR_HEIGHT = 1.8  # points
THIN = 2  # blocks: the rest of a border along the edge of the measured part is no thicker
EDGE = 1  # blocks: a bar that ends this near to the measured part's edge runs up to the border
SAME_HEIGHT = 2.0  # points that two parts of one bar may differ at top and foot
SEAM = 6.0  # points between the measured parts of two neighbouring cells


@dataclass(frozen=True, slots=True)
class Blob:
    """Ink in one cell that no word explains.

    Attributes:
        box: around it.
        kind: what it is.
        color: its mean colour.
        mass: square points of full black that would be as dark.
        small: as small as a sign, and lies in the cell by itself.
    """

    box: BBox
    kind: Kind
    color: Rgb
    mass: float
    small: bool


def blobs_of(interior: Interior, level: float = DARK) -> list[Blob]:
    """The bars, signs and doubtful strokes in a cell."""
    dark: Flags = (interior.dev > level) & interior.free
    if not dark.any():
        return []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    out: list[Blob] = []
    for label in range(1, count):
        x, y, w, h = (int(v) for v in stats[label][:4])
        blob = _blob(interior, labels == label, (x, y, w, h))
        if blob is not None:
            out.append(blob)
    return out


def signs_on(interior: Interior) -> list[Blob]:
    """The signs in a cell that is filled: what is surely darker than its tone. Grain and dots of the fill are none."""
    free = interior.dev[interior.free]
    ground = float(np.median(free))
    level = max(DARK, GRAIN * float(np.median(np.abs(free - ground))))
    over: Blocks = np.maximum(interior.dev - ground, 0)
    if not (over > level).any():
        return []
    return [b for b in blobs_of(replace(interior, dev=over), level) if b.kind == "sign"]


def settled(blobs: Sequence[Blob]) -> list[Blob]:
    """The blobs, those small ones that are much alike and come often for signs: dust and strokes of a pen differ."""
    small = sorted(b.mass for b in blobs if b.small and b.kind != "bar")
    if len(small) < OFTEN:
        return list(blobs)
    usual = small[len(small) // 2]
    alike = [b.small and usual / ALIKE <= b.mass <= usual * ALIKE for b in blobs]
    if sum(alike) < OFTEN:
        return list(blobs)
    return [replace(b, kind="sign") if a and b.kind == "unsure" else b for b, a in zip(blobs, alike, strict=True)]


def _blob(interior: Interior, own: Flags, place: tuple[int, int, int, int]) -> Blob | None:
    x, y, w, h = place
    rows, cols = own.shape
    dev = interior.dev[own]
    mass = float(dev.sum()) / 255
    edges = (x == 0) + (y == 0) + (x + w == cols) + (y + h == rows)
    box = _box(interior, place)
    color = _mean(interior.tone, own)
    if (y == 0 or y + h == rows) and h <= THIN:
        return None
    if (x == 0 or x + w == cols) and w <= THIN:
        return None
    full = float(own.sum()) / (w * h)
    if full >= (BAR_FULL if dev.mean() >= INK else PALE_FULL) and w >= BAR_LENGTH * cols and h >= BAR_HEIGHT and w >= SIGN_SIDE:
        return Blob(box, "bar", color, mass, False)
    if mass < SPECK and max(w, h) <= SPECK_SIDE + 1:
        return None
    small = edges <= 1 and mass >= SPECK and SPECK_SIDE <= max(w, h) <= LARGEST and min(w, h) > 1
    if mass >= SIGN and min(w, h) >= SIGN_SIDE and float(dev.max()) >= INK and edges <= 1:
        return Blob(box, "sign", color, mass, small)
    return Blob(box, "unsure", color, mass, small)


def _box(interior: Interior, place: tuple[int, int, int, int]) -> BBox:
    """The blob's box in points; where it touches the measured part's edge it runs up to the cell's border."""
    x, y, w, h = place
    rows, cols = interior.dev.shape
    sx, sy = interior.box.width / cols, interior.box.height / rows
    return BBox(
        interior.cell.page,
        interior.cell.x0 if x < EDGE else interior.box.x0 + x * sx,
        interior.cell.top if y < EDGE else interior.box.top + y * sy,
        interior.cell.x1 if x + w > cols - EDGE else interior.box.x0 + (x + w) * sx,
        interior.cell.bottom if y + h > rows - EDGE else interior.box.top + (y + h) * sy,
    )


def _mean(tone: Blocks, own: Flags) -> Rgb:
    red, green, blue = (round(float(v)) for v in np.median(tone[own], axis=0))
    return red, green, blue


def joined_bars(bars: Sequence[Blob]) -> list[Fill]:
    """The bars, with those parts that go on in the neighbouring cell made one."""
    out: list[Blob] = []
    for bar in sorted(bars, key=lambda b: (b.box.x0, b.box.top)):
        before = next((k for k, b in enumerate(out) if _goes_on(b.box, bar.box)), None)
        if before is None:
            out.append(bar)
        else:
            out[before] = replace(out[before], box=hull([out[before].box, bar.box]))
    return [Fill(b.box, b.color) for b in out]


def _goes_on(a: BBox, b: BBox) -> bool:
    return abs(b.x0 - a.x1) <= 0.1 and abs(a.top - b.top) <= SAME_HEIGHT and abs(a.bottom - b.bottom) <= SAME_HEIGHT
