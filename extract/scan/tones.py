"""What is drawn in the cells of a scanned table besides text: fills, bars, signs, and places that leave it open.

Every cell is measured away from its borders and its words. The cells of a page part into unfilled and filled ones at the widest
gap between their tones; where there is no gap the cells between are unsure. Equal fills get equal colours, paper gets none.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extract.geometry import BBox
from extract.page import Fill, Rgb
from extract.scan.picture import Straight
from extract.scan.tones_blobs import INK, Blob, blobs_of, joined_bars, settled, signs_on
from extract.scan.tones_blocks import Blocks, Interior, drawn_words, interiors, misread_words
from extract.scan.tones_groups import groups, held, touching

MIN_FREE = 6  # blocks without words that a cell's tone is measured on
FAINT = 4.0  # of 255: a cell nearer to white than this is paper; noise and JPEG stay under 3
SOLID = 30.0  # of 255: a cell darker than this is filled; D9D9D9 is 38, shadows that were evened out stay under 15
GAP = 5.0  # of 255: between the darkest paper and the lightest fill, for both to be sure; F2F2F2 is 13
DUSKY = 6.0  # of 255: paper is lighter than this after shadows were evened out
MIN_FAINT = 3  # cells lighter than ``SOLID`` that are filled for a faint fill to be one; a smudge lies in one or two
FAINTEST = 9.0  # of 255: the darkest of the faint cells that lie together; evening out shadows fades a fill towards its middle
RIMMED = 6  # blocks: in a cell longer than this the outermost blocks are left out, as borders may reach into them
PARTS = 3  # parts along each side of a cell, at least, that are measured by themselves
PART_SIDE = 8  # blocks: the side of such a part in a larger cell, less than the width of a month
MIN_SHARE = 0.3  # of a part that words leave free for it to be measured
LIGHTEST = 25.0  # percentile of a cell's parts: a fill may leave two of nine parts lighter, no sign darkens seven
BARE = 60.0  # percentile of a cell's blocks that is paper where the ink is a sign's; lines and dots leave fewer of them white
EVEN = 0.45  # of the tone of a cell's darker parts that its lighter parts have at least; they are white beside a bar
TALL = 0.9  # share of a cell's height that a fill of one part of it has
WHOLE = 0.8  # share of a cell's width from which it is not one part
LINK = 9.0  # RGB distance between two fills that look the same
GRAIN_LINK = 0.25  # of the fills' grain that two equal ones may differ more: the dots of a screen vary over a page


@dataclass(frozen=True, slots=True)
class Inked:
    """What is drawn in cells besides text.

    Attributes:
        fills: cells that are filled, and bars drawn into cells or over several; equal fills have equal colours.
        marks: signs: ticks, crosses, dots, letters that no word explains.
        unsure: places where something may be drawn: faint tones, odd strokes, coloured ink across borders.
        drawn: words that are none: an engine read letters into a bar or a fill.
    """

    fills: tuple[Fill, ...]
    marks: tuple[BBox, ...]
    unsure: tuple[BBox, ...]
    drawn: tuple[BBox, ...]


@dataclass(frozen=True, slots=True)
class Tint:
    """How far a cell is from white, 0..255: its lighter parts and its darker ones."""

    depth: float
    peak: float

    @property
    def even(self) -> bool:
        """One tone covers the cell, though it may fade."""
        return self.depth >= EVEN * self.peak or self.peak <= FAINT


@dataclass(frozen=True, slots=True)
class Split:
    """Where a page's cells part: tones up to ``paper`` are unfilled, from ``filled`` on they are filled."""

    paper: float
    filled: float


def inked_cells(straight: Straight, cells: Sequence[BBox], words: Sequence[BBox]) -> Inked:
    """What is drawn in the cells besides text.

    Args:
        straight: the page.
        cells: the cells of its tables, in points of the straight page.
        words: its words; ink under them is explained.
    """
    drawn = set(drawn_words(straight, words))
    inside = interiors(straight, cells, [w for w in words if w not in drawn])
    tints = [_tint(i) for i in inside]
    split = _split([t.depth for t in tints if t is not None and t.even])
    sure = _sure(inside, tints, split)
    fills: list[Fill] = []
    grains: list[float] = []
    blobs: list[Blob] = []
    unsure: list[BBox] = []
    for interior, own, tint, filled in zip(inside, held(cells, words), tints, sure, strict=True):
        drawn.update(misread_words(interior, [w for w in own if w not in drawn], filled))
        if tint is None or not tint.even or tint.depth <= split.paper:
            found = blobs_of(interior)
            blobs += found
            if _is_parted(interior, found) or (not found and tint is not None and not tint.even and tint.peak > FAINTEST):
                unsure.append(interior.cell)
        elif not filled:
            signs = [b for b in blobs_of(interior) if b.kind == "sign"]
            blobs += signs
            unsure += [] if signs else [interior.cell]
        else:
            fills.append(Fill(interior.cell, _color(interior)))
            grains.append(_grain(interior))
            blobs += signs_on(interior)
    blobs = settled(blobs)
    fills += joined_bars([b for b in blobs if b.kind == "bar"])
    return Inked(
        fills=tuple(_alike(fills, LINK + GRAIN_LINK * float(np.median(grains)) if grains else LINK)),
        marks=tuple(b.box for b in blobs if b.kind == "sign"),
        unsure=(*unsure, *(b.box for b in blobs if b.kind == "unsure")),
        drawn=tuple(w for w in words if w in drawn),
    )


def _is_parted(interior: Interior, blobs: Sequence[Blob]) -> bool:
    """A part of the cell is filled from top to foot: a border was overlooked, and the cell is several."""
    return any(
        b.kind == "bar" and b.box.height >= TALL * interior.cell.height and b.box.width < WHOLE * interior.cell.width
        for b in blobs
    )


def _tint(interior: Interior) -> Tint | None:
    """The tone of a cell; None where its words leave nothing to measure.

    What covers a cell is in all parts of it: a tint, dots of a screen, lines. Signs and bars leave parts white.
    """
    if np.count_nonzero(interior.free) < MIN_FREE:
        return None
    rows, cols = interior.dev.shape
    top, left = int(rows > RIMMED), int(cols > RIMMED)
    inner = np.s_[top : rows - top, left : cols - left]
    tint, free = interior.dev[inner], interior.free[inner].astype(np.float32)
    if not free.any():
        return None
    rows, cols = tint.shape
    size = (min(max(PARTS, cols // PART_SIDE), cols), min(max(PARTS, rows // PART_SIDE), rows))
    share = np.asarray(cv2.resize(free, size, interpolation=cv2.INTER_AREA))
    tinted = np.asarray(cv2.resize(tint * free, size, interpolation=cv2.INTER_AREA))
    measured = share >= min(MIN_SHARE, float(share.max()))
    depth, peak = np.percentile(tinted[measured] / share[measured], (LIGHTEST, 100 - LIGHTEST))
    stroked = float(tint.max()) >= INK and float(np.percentile(tint, BARE)) <= DUSKY
    return Tint(0.0 if stroked else float(depth), float(peak))


def _split(depths: Sequence[float]) -> Split:
    """The first gap between the tones of the cells that is wide enough; without one what is sure in any light."""
    ranked = [*sorted([0.0, *(d for d in depths if d < SOLID)]), SOLID]
    for paper, tinted in itertools.pairwise(ranked):
        if paper > DUSKY:
            break
        if tinted - paper >= GAP:
            return Split(paper, tinted)
    return Split(FAINT, SOLID)


def _sure(inside: Sequence[Interior], tints: Sequence[Tint | None], split: Split) -> list[bool]:
    """Which cells are surely filled: clearly darker than paper, and so is the darkest of the tinted cells that lie together."""
    deep = [t is not None and t.even and t.depth >= split.filled for t in tints]
    tinted = [k for k, is_deep in enumerate(deep) if is_deep]
    if not tinted:
        return deep
    group = groups(touching([inside[k].cell for k in tinted]))
    peaks = np.array([t.peak for k in tinted if (t := tints[k]) is not None])
    few = len(tinted) < MIN_FAINT
    for g in set(group.tolist()):
        if peaks[group == g].max() < (SOLID if few else FAINTEST):
            for k in np.flatnonzero(group == g).tolist():
                deep[tinted[k]] = False
    return deep


def _grain(interior: Interior) -> float:
    """How much the blocks of a fill differ: the dots of a screen."""
    return float(np.std(interior.dev[interior.free]))


def _color(interior: Interior) -> Rgb:
    tone: Blocks = np.mean(interior.tone[interior.free], axis=0)
    red, green, blue = (round(float(v)) for v in tone)
    return red, green, blue


def _alike(fills: Sequence[Fill], link: float) -> list[Fill]:
    """The fills with one colour for all that look the same."""
    if not fills:
        return []
    colors = np.array([f.color for f in fills], np.float32)
    group = groups(np.linalg.norm(colors[:, None] - colors[None, :], axis=2) <= link)
    shared = {g: tuple(round(float(v)) for v in np.median(colors[group == g], axis=0)) for g in set(group.tolist())}
    return [Fill(f.box, _rgb(shared[int(g)])) for f, g in zip(fills, group, strict=True)]


def _rgb(values: tuple[int, ...]) -> Rgb:
    return values[0], values[1], values[2]
