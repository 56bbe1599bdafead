"""Paper and ink: shadows and edges of the page evened out, coloured ink lifted, dark print told from both."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Mask, Pixels

Floats = npt.NDArray[np.float32]

WHITE = 255

FAINT, STRONG = 25, 105  # levels darker than the paper: noise stays below the first; darker print than the second is alike
BLOCK = 16  # pixels: side of a block whose paper tone is measured; some letters wide
PAPER_SHARE = 90  # percentile of a block's pixels that is paper when less than nine tenths of it are print
SHADE_SLOPE = 0.12  # levels per point: light falls off over the page; a steeper change is the edge of a filled cell
SHADE_FLOOR = 120  # level: darker than this is no shadow on paper
FILL_SIDE = 5.0  # points: shapes at least so thick are fills or bars, not strokes
FILL_FLOOR = 165  # level: a lighter fill is evened out in ``grey``; a darker one stays, as it is a bar or a picture
EDGE_THICK = 2.6  # points: what joins the border over less than this is a rule or a stroke that runs out of the page
EDGE_DARK = 0.85  # share of the page's bright level below which the border is taken for bed or shadow
EDGE_REACH = 34.0  # points: how far from the border such darkness is blanked: bent corners and wedges, not the text
EDGE_GROWN = 0.8  # points: blurred rim of such darkness
EDGE_PALE = 240  # level: what is at the very border is nothing, however light it is
BRIGHT_SHARE = 75  # percentile of a page that is paper
EDGE_LINE = 9.0  # points: what lies wholly so near the border is the edge of a sheet, a staple or a hole: no print
STREAK_SHARE = 98.5  # percentile over a column: what is dark in all rows but these runs from end to end, as no rule does
STREAK_DARK = 5  # levels by which such a column must be darker than those around it
COLOR_SOFT = 12  # difference of the channels' means over 6 x 6 pixels from which they hold colour: JPEG noise evens out
COLOR_CORE = 3  # pixels at half size: smaller coloured spots are the fringes of black letters
COLOR_NEAR = 5  # pixels at half size: round such places, the pale rims of strokes are coloured too
COLOR_SURE = 22  # difference of the channels from which a pixel there is ink of a stamp or pen itself,
LUMA_SURE = 235  # if it is darker than this
WHITE_FROM = 225  # luma from which a pixel is bare paper, whose colour is taken for white
COLOR_LOW, COLOR_HIGH = 6, 20  # difference of the channels on such rims from which they are lifted in part and whole
PRINT_LOW, PRINT_HIGH = 46, 66  # luma: print under a stamp stays below, the stamp's own ink above
COLOR_LIFT = 1.15  # levels added for each level of colour: stamp ink of (90, 115, 184) has to come out white
FLAT_SIDE = 6.0  # points: coloured areas at least so large all over are fills of cells, not strokes of a pen or stamp
FLAT_RIM = 15  # pixels at half size: rims of fills and what is left of them between letters and rules
INK_SHARE = 0.36  # share of the way from paper to the middle of print at which ink begins
INK_LEVELS = (165, 212)  # bounds of that level: below letters break, above the halo of JPEG round letters is taken in
SPECK_SIDE = 0.75  # points: ink smaller than this in both directions is noise; a full stop is larger


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page's paper and ink told apart; the fields are those of ``Straight``."""

    grey: Pixels
    tone: Pixels
    ink: Mask
    lifted: Mask


def darkness(grey: Pixels, scale: float) -> Pixels:
    """How much darker each pixel is than the paper near it; strokes and rules only, no wide shadows or fills."""
    side = 2 * round(2.5 * scale) + 1
    found = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((side, side), np.uint8))
    return np.asarray(np.clip(found, FAINT, STRONG) - FAINT, np.uint8)


def luma_of(pixels: Pixels) -> Pixels:
    """The grey values of a grey or RGB picture."""
    return pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def unstreaked(pixels: Pixels) -> Pixels:
    """The page without the thin lines a speck on the scanner's glass draws from end to end."""
    rows = pixels[::8].astype(np.int16)
    level = np.percentile(rows if rows.ndim == 2 else rows.min(axis=2), STREAK_SHARE, axis=0).astype(np.float32)
    around = cv2.dilate(level[None, :], np.ones((1, 31), np.uint8))[0]
    around = cv2.erode(around[None, :], np.ones((1, 31), np.uint8))[0]
    lack = around - level
    lack[(lack < STREAK_DARK) | (level < SHADE_FLOOR)] = 0
    if not lack.any():
        return pixels
    add = np.broadcast_to(np.rint(lack).astype(np.uint8)[None, :], pixels.shape[:2])
    return np.asarray(cv2.add(pixels, np.ascontiguousarray(add if pixels.ndim == 2 else np.dstack([add] * 3))), np.uint8)


def paper_tone(grey: Pixels, scale: float) -> Pixels:
    """Level of the bare paper at each pixel: follows shadows, not the fills of cells."""
    height, width = grey.shape
    rows, columns = -(-height // BLOCK), -(-width // BLOCK)
    padded = cv2.copyMakeBorder(grey, 0, rows * BLOCK - height, 0, columns * BLOCK - width, cv2.BORDER_REPLICATE)
    side = BLOCK // 2
    blocks = np.ascontiguousarray(padded[::2, ::2].reshape(rows, side, columns, side).swapaxes(1, 2)).reshape(rows, columns, -1)
    rank = side * side * PAPER_SHARE // 100
    level = np.partition(blocks, rank, axis=2)[:, :, rank]
    level = np.maximum(cv2.medianBlur(np.ascontiguousarray(level), 3), SHADE_FLOOR)
    level = sloped(np.asarray(level, np.float32), SHADE_SLOPE * BLOCK / scale)
    level = cv2.blur(level, (3, 3))
    whole = cv2.resize(level, (columns * BLOCK, rows * BLOCK), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(whole[:height, :width], 1, WHITE), np.uint8)


def sloped(level: Floats, step: float) -> Floats:
    """The lowest surface over ``level`` that changes by no more than ``step`` from block to block."""
    plus = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.uint8)
    square = np.ones((3, 3), np.uint8)
    diagonal = np.float32(math.sqrt(2) * step)
    for _ in range(int((WHITE - SHADE_FLOOR) / step) + 1):
        near = np.maximum(cv2.dilate(level, plus) - np.float32(step), cv2.dilate(level, square) - diagonal)
        raised = np.maximum(level, near)
        if np.array_equal(raised, level):
            break
        level = raised
    return level


def evened(pixels: Pixels, paper: Pixels) -> Pixels:
    """The page divided by its paper."""
    return np.asarray(cv2.divide(pixels, paper, scale=WHITE), np.uint8)


def without_bed(pixels: Pixels, scale: float) -> Pixels:
    """The page with bed, wedges and shadows along its border made paper: dark, and joined to the border.

    To be done before the page is turned: turning puts white corners between the border and its darkness.
    """
    small = half_size(luma_of(pixels))
    height, width = small.shape
    points = scale / 2
    bright = float(np.percentile(small[::4, ::4], BRIGHT_SHARE))
    dark = (small < EDGE_DARK * bright).astype(np.uint8)
    reach = round(EDGE_REACH * points)
    dark[reach : height - reach, reach : width - reach] = 0
    side = max(3, round(EDGE_THICK * points))
    dark = np.asarray(cv2.copyMakeBorder(dark, side, side, side, side, cv2.BORDER_CONSTANT, value=1), np.uint8)
    thick = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    _, labels = cv2.connectedComponents(thick, connectivity=4)
    edge = (labels == labels[0, 0]).astype(np.uint8)
    inner = np.ascontiguousarray(edge[side:-side, side:-side])
    return papered(pixels, inner, scale) if inner.any() else pixels


def without_sheet_edges(tone: Pixels, scale: float) -> Pixels:
    """The level page without what lies wholly at its border: edges of the sheet, holes, staples, bars of the bed."""
    small = half_size(luma_of(tone))
    height, width = small.shape
    strip = EDGE_LINE * scale / 2
    dark = (small < EDGE_PALE).astype(np.uint8)
    reach = round(strip) + 2
    dark[reach : height - reach, reach : width - reach] = 0
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    left, top = boxes[:, cv2.CC_STAT_LEFT], boxes[:, cv2.CC_STAT_TOP]
    right, foot = left + boxes[:, cv2.CC_STAT_WIDTH], top + boxes[:, cv2.CC_STAT_HEIGHT]
    out = (right <= strip) | (foot <= strip) | (left >= width - strip) | (top >= height - strip)
    out[0] = False
    places = np.flatnonzero(dark)
    edge = np.zeros_like(dark)
    edge.ravel()[places] = out[labels.ravel()[places]]
    return blanked(tone, edge, scale) if edge.any() else tone


def papered(pixels: Pixels, places: Pixels, scale: float) -> Pixels:
    """The page with the tone of the paper around put at places given at half size: white there would hide a shadow."""
    height, width = pixels.shape[:2]
    size = (-(-width // BLOCK), -(-height // BLOCK))
    mask = grown(places, scale, (width, height))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32)
    bare = cv2.resize(1 - mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    window = 2 * math.ceil(EDGE_REACH * scale / BLOCK) + 1
    bare = np.where(bare == 1, bare, 0) + np.float32(1e-6)
    weight = bare if small.ndim == 2 else np.dstack([bare] * 3)
    around = np.asarray(cv2.blur(small * weight, (window, window)) / cv2.blur(weight, (window, window)))
    whole = cv2.resize(np.clip(around, 0, WHITE).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.copyTo(whole, mask, pixels.copy()), np.uint8)


def blanked(pixels: Pixels, places: Pixels, scale: float) -> Pixels:
    """The page made white at places given at half size."""
    mask = grown(places, scale, (pixels.shape[1], pixels.shape[0]))
    return np.asarray(cv2.copyTo(np.full_like(pixels, WHITE), mask, pixels.copy()), np.uint8)


def grown(places: Pixels, scale: float, size: tuple[int, int]) -> Pixels:
    """Places given at half size, and a little round them, at the page's (width, height)."""
    side = 2 * round(EDGE_GROWN * scale / 2) + 1
    mask = cv2.dilate(places, np.ones((side, side), np.uint8))
    return np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST), np.uint8)


def half_size(grey: Pixels) -> Pixels:
    """The picture at half size."""
    return np.asarray(cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def clean(pixels: Pixels, scale: float, colored: bool) -> Cleaned:
    """Paper, print and coloured ink of an upright, straight page.

    Args:
        pixels: grey or RGB.
        scale: pixels per point.
        colored: whether the page holds colour.
    """
    luma = luma_of(pixels)
    paper = paper_tone(luma, scale)
    if colored and pixels.ndim == 3:
        tone = without_sheet_edges(balanced(evened(pixels, np.dstack([paper] * 3))), scale)
        grey, lifted = without_color(tone, luma_of(tone), scale)
    else:
        grey = without_sheet_edges(evened(luma, paper), scale)
        tone = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)
        lifted = np.zeros(grey.shape, np.bool_)
    grey = without_fills(grey, scale)
    return Cleaned(grey, tone, ink_of(grey, scale), lifted)


def ramp(values: Pixels, low: int, high: int) -> Pixels:
    """0 up to ``low``, 255 from ``high`` on, straight between."""
    table = np.clip((np.arange(256) - low) * (WHITE / (high - low)), 0, WHITE).astype(np.uint8)
    return np.asarray(cv2.LUT(values, table), np.uint8)


def without_color(tone: Pixels, luma: Pixels, scale: float) -> tuple[Pixels, Mask]:
    """Print alone, and where stamps and pens were lifted off it."""
    red, green, blue = (np.asarray(channel, np.uint8) for channel in cv2.split(tone))
    most = np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)
    spread = np.asarray(cv2.subtract(most, cv2.min(cv2.min(red, green), blue)), np.uint8)
    light = ramp(luma, PRINT_LOW, PRINT_HIGH)
    near_sure = colored_places(tone)
    share = np.asarray(cv2.multiply(ramp(spread, COLOR_LOW, COLOR_HIGH), light, scale=1 / WHITE) * near_sure, np.uint8)
    base = cv2.add(luma, cv2.multiply(cv2.subtract(most, luma), share, scale=1 / WHITE))
    grey = np.asarray(cv2.add(base, cv2.multiply(spread, share, scale=COLOR_LIFT / WHITE)), np.uint8)
    side = max(3, round(FLAT_SIDE * scale / 2))
    small = (half_size(share) > WHITE // 2).astype(np.uint8)
    flat = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    flat = cv2.dilate(flat, np.ones((FLAT_RIM, FLAT_RIM), np.uint8))
    fills = cv2.resize(flat, (luma.shape[1], luma.shape[0]), interpolation=cv2.INTER_NEAREST)
    sure = (share > WHITE // 2) & (spread > COLOR_SURE) & (luma < LUMA_SURE)
    return grey, np.asarray(sure & (fills == 0), np.bool_)


def colored_places(tone: Pixels) -> Pixels:
    """1 where there is coloured ink or a coloured fill, and close round it."""
    small = np.asarray(cv2.resize(tone, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    red, green, blue = cv2.split(cv2.blur(small, (3, 3)))
    spread = cv2.subtract(cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue))
    soft = (np.asarray(spread) > COLOR_SOFT).astype(np.uint8)
    core = cv2.morphologyEx(soft, cv2.MORPH_OPEN, np.ones((COLOR_CORE, COLOR_CORE), np.uint8))
    near = cv2.dilate(core, np.ones((COLOR_NEAR, COLOR_NEAR), np.uint8))
    return np.asarray(cv2.resize(near, (tone.shape[1], tone.shape[0]), interpolation=cv2.INTER_NEAREST), np.uint8)


def balanced(tone: Pixels) -> Pixels:
    """The page with the colour of its paper made white."""
    some = tone[::4, ::4].reshape(-1, 3)
    bright = some[some.mean(axis=1) >= WHITE_FROM]
    if not len(bright):
        return tone
    paper = np.median(bright, axis=0)
    table = np.clip(np.arange(256)[:, None] * (WHITE / paper)[None, :] + 0.5, 0, WHITE).astype(np.uint8)
    return np.asarray(cv2.LUT(tone, table[None]), np.uint8)


def without_fills(grey: Pixels, scale: float) -> Pixels:
    """Print with the light fills of cells evened out to white paper."""
    small = half_size(grey)
    side = 2 * round(FILL_SIDE * scale / 4) + 1
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    table = np.where(np.arange(256) < FILL_FLOOR, WHITE - (WHITE - FILL_FLOOR) * np.arange(256) / FILL_FLOOR, np.arange(256))
    ground = cv2.LUT(ground, np.clip(table, FILL_FLOOR, WHITE).astype(np.uint8))
    ground = cv2.resize(ground, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, ground, scale=WHITE), np.uint8)


def ink_of(grey: Pixels, scale: float) -> Mask:
    """Where dark print is: what is darker than a level that follows the page's ink."""
    dark = grey[::2, ::2]
    dark = dark[dark < 170]
    middle = float(np.median(dark)) if dark.size else 100.0
    level = int(np.clip(WHITE - INK_SHARE * (WHITE - middle), *INK_LEVELS))
    ink = (grey < level).astype(np.uint8)
    return without_specks(ink, scale)


def without_specks(ink: Pixels, scale: float) -> Mask:
    """The ink without dots smaller than a full stop."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = boxes[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    small: Mask = np.asarray((sides < SPECK_SIDE * scale).all(axis=1), np.bool_).reshape(-1)
    kept = np.asarray(ink > 0, np.bool_)
    places = np.flatnonzero(kept)
    kept.ravel()[places[small[labels.ravel()[places]]]] = False
    return kept
