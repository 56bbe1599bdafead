"""What happens to a page between the printer and the file: paper, glass, lens and sensor, on pictures of the page."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.press.machines import Scanner

Pixels = NDArray[np.uint8]
"""A page in RGB (height, width, 3), or of one channel."""

WHITE = 255
_INCH = 25.4  # millimetres
_SCREEN = 70.0  # lines an inch of a laser printer's screen: coarse, as cheap printers make it
_SCREENED = (20, 250)  # grey levels that a printer without colour can only screen
_FLAT = 6  # grey levels within which a place is an even fill, and no edge of a letter
_GLASS = (60, 190)  # grey levels of the lid that shows beside the paper
_HOLES = (13.0, 80.0, 3.0)  # from the left edge, apart, radius: an Indonesian binder's holes
_STAPLE = 20.0  # from the head and the left edge
_LEGAL = (215.9, 355.6)
_PAPER_GREY = 253  # what a scanner's whitening makes of paper
_SOFT = 24  # the coarsest patches of uneven light or toner: their number over the page's width


def millimetres(length: float, dpi: int) -> float:
    """A length in pixels."""
    return length * dpi / _INCH


def _clipped(values: NDArray[np.float32]) -> Pixels:
    return _u8(np.clip(values + 0.5, 0, WHITE))


def _u8(values: object) -> Pixels:
    return np.asarray(values, dtype=np.uint8)


def _cloud(height: int, width: int, patches: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """A soft field from 0 to 1."""
    coarse = rng.random((max(2, patches * height // width), patches)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32).clip(0, 1)


def screened(page: Pixels, dpi: int) -> Pixels:
    """The page as a printer without colour prints it: even greys become dots."""
    grey = _u8(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))
    kernel = np.ones((3, 3), np.uint8)
    spread = cv2.subtract(cv2.dilate(grey, kernel), cv2.erode(grey, kernel))
    even = (_u8(spread) <= _FLAT) & (grey > _SCREENED[0]) & (grey < _SCREENED[1])
    if even.any():
        turn = 2 * np.pi * _SCREEN / dpi / np.sqrt(2)
        y, x = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]].astype(np.float32)
        level = 127.5 + 63.7 * (np.cos((x + y) * turn) + np.cos((x - y) * turn))
        grey = np.where(even, np.where(grey > level, WHITE, 0), grey).astype(np.uint8)
    return _u8(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB))


def marked_paper(page: Pixels, how: Scanner, paper: np.random.Generator, rng: np.random.Generator) -> Pixels:
    """Holes, staple scratches and finger marks; `paper` says where, the same for every page, and `rng` how."""
    page = page.copy()
    if how.smudges:
        for _ in range(how.smudges):
            page = _smudge(page, how.dpi, paper, rng)
    if how.punch:
        _punch(page, how.dpi)
    if how.staple:
        _staple(page, how.dpi, paper)
    return page


def _smudge(page: Pixels, dpi: int, paper: np.random.Generator, rng: np.random.Generator) -> Pixels:
    height, width = page.shape[:2]
    at = (int(paper.uniform(0.1, 0.9) * width), int(paper.uniform(0.3, 0.95) * height))
    axes = (int(millimetres(paper.uniform(2, 3), dpi)), int(millimetres(paper.uniform(2.5, 3.5), dpi)))
    shade = np.zeros((height, width), np.uint8)
    cv2.ellipse(shade, at, axes, paper.uniform(0, 180), 0, 360, int(rng.uniform(15, 45)), -1)
    shade = _u8(cv2.GaussianBlur(shade, (0, 0), millimetres(0.6, dpi)))
    return _u8(cv2.subtract(page, cv2.merge([shade] * 3)))


def _punch(page: Pixels, dpi: int) -> None:
    left, apart, radius = (millimetres(length, dpi) for length in _HOLES)
    middle = page.shape[0] / 2
    for y in (middle - apart / 2, middle + apart / 2):
        cv2.circle(page, (int(left), int(y)), int(radius), (120, 125, 140), -1, cv2.LINE_AA)


def _staple(page: Pixels, dpi: int, paper: np.random.Generator) -> None:
    for _ in range(int(paper.integers(2, 5))):
        x, y = (millimetres(_STAPLE * paper.uniform(0.5, 0.9), dpi) for _ in range(2))
        length, angle = millimetres(paper.uniform(2, 3.5), dpi), paper.uniform(-0.4, 1.2)
        end = (int(x + length * np.cos(angle)), int(y + length * np.sin(angle)))
        cv2.line(page, (int(x), int(y)), end, (70, 70, 70), max(1, int(millimetres(0.3, dpi))), cv2.LINE_AA)


def seen_through(page: Pixels, other: Pixels | None, how: Scanner) -> Pixels:
    """The page with the print of its other side showing through."""
    if not how.bleed or other is None:
        return page
    back = _u8(cv2.resize(other[:, ::-1], (page.shape[1], page.shape[0])))
    back = _u8(cv2.GaussianBlur(back, (0, 0), millimetres(0.25, how.dpi)))
    return _u8(cv2.subtract(page, _clipped((WHITE - back.astype(np.float32)) * how.bleed)))


def faded(page: Pixels, how: Scanner, rng: np.random.Generator) -> Pixels:
    """The page in toner that is paler in some places."""
    if not how.fade:
        return page
    height, width = page.shape[:2]
    strength = 1 - how.fade * (0.4 + 0.6 * _cloud(height, width, _SOFT // 4, rng))
    return _clipped(WHITE - (WHITE - page.astype(np.float32)) * strength[..., None])


def photocopied(page: Pixels, how: Scanner, rng: np.random.Generator) -> Pixels:
    """The page after its passes through a photocopier: hard edges, letters filled or broken."""
    for _ in range(how.copies):
        soft = _u8(cv2.GaussianBlur(page, (0, 0), millimetres(0.09, how.dpi)))
        cut = rng.uniform(150, 190)
        page = _clipped((soft.astype(np.float32) - cut) * 4 + WHITE / 2)
    return page


def laid_on_glass(page: Pixels, how: Scanner, rng: np.random.Generator) -> tuple[Pixels, float]:
    """The page as it lies: turned, bent, shifted, in a box of its own size; and by how much it is turned."""
    dpi = how.dpi
    height, width = page.shape[:2]
    jitter = [int(millimetres(rng.uniform(-how.jitter, how.jitter), dpi)) for _ in range(2)]
    wide, high = width + jitter[0], height + jitter[1]
    if how.bed:
        legal = [int(millimetres(side, dpi)) for side in _LEGAL]
        wide, high = legal if height > width else legal[::-1]
    skew = float(rng.uniform(-how.skew, how.skew))
    bend = float(rng.uniform(-how.bend, how.bend))
    drift = millimetres(rng.uniform(-how.drift, how.drift), dpi)
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    x -= width / 2 + drift
    y -= height / 2
    angle = np.deg2rad(skew + bend * y / height).astype(np.float32)
    across, down = x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)
    if how.perspective:
        across *= 1 + float(rng.choice([-1, 1])) * how.perspective * y / height
    if how.bow:
        down += millimetres(how.bow, dpi) * (2 * across / width) ** 2 * float(rng.choice([-1, 1]))
    laid = cv2.remap(
        page, across + width / 2, down + height / 2, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(WHITE,) * 3
    )
    return _u8(laid), skew


def with_edges(page: Pixels, how: Scanner, rng: np.random.Generator) -> Pixels:
    """The page with the dark wedges of the glass at one or two of its sides."""
    if not how.wedge:
        return page
    height, width = page.shape[:2]
    shade = np.zeros((height, width), np.uint8)
    for side in rng.choice(
        ["foot", "left", "right", "head"], size=int(rng.integers(1, 3)), replace=False, p=[0.45, 0.22, 0.2, 0.13]
    ):
        first, last = (int(millimetres(how.wedge * rng.uniform(0, 1), how.dpi)) for _ in range(2))
        corners = {
            "foot": [(0, height), (width, height), (width, height - last), (0, height - first)],
            "head": [(0, 0), (width, 0), (width, last), (0, first)],
            "left": [(0, 0), (first, 0), (last, height), (0, height)],
            "right": [(width, 0), (width - first, 0), (width - last, height), (width, height)],
        }[str(side)]
        cv2.fillPoly(shade, [np.array(corners, np.int32)], WHITE - int(rng.uniform(*_GLASS)), cv2.LINE_AA)
    shade = _u8(cv2.GaussianBlur(shade, (0, 0), millimetres(0.15, how.dpi)))
    return _u8(cv2.subtract(page, cv2.merge([shade] * 3)))


def sensed(page: Pixels, how: Scanner, glass: np.random.Generator, rng: np.random.Generator) -> Pixels:
    """The page as the sensor sees it; `glass` places what every page shows at the same place."""
    if how.blur:
        page = _u8(cv2.GaussianBlur(page, (0, 0), how.blur * how.dpi / 100))
    page = _with_specks(page, how, rng)
    height, width = page.shape[:2]
    light = page.astype(np.float32)
    light *= (_PAPER_GREY - how.ink) / WHITE
    light += how.ink
    if how.lighting:
        light *= _lamp(height, width, how.lighting, rng)[..., None]
    light += (rng.standard_normal((height, width), dtype=np.float32) * how.noise)[..., None]
    for _ in range(how.streaks):
        at = int(glass.uniform(0.05, 0.95) * width)
        light[:, at : at + max(1, how.dpi // 200)] -= np.array([glass.uniform(8, 40)] * 3, np.float32)
    if how.band:
        at, wide = int(glass.uniform(0, 0.9) * width), int(millimetres(glass.uniform(5, 12), how.dpi))
        light[:, at : at + wide] -= 6
    return _clipped(light)


def _with_specks(page: Pixels, how: Scanner, rng: np.random.Generator) -> Pixels:
    height, width = page.shape[:2]
    area = height * width / (how.dpi / _INCH * 10) ** 2
    for _ in range(int(rng.poisson(how.specks * area))):
        at = (int(rng.uniform(0, width)), int(rng.uniform(0, height)))
        radius = max(0, round(millimetres(float(rng.exponential(0.08)), how.dpi)))
        cv2.circle(page, at, min(radius, int(millimetres(0.3, how.dpi))), (int(rng.uniform(40, 160)),) * 3, -1, cv2.LINE_AA)
    return page


def _lamp(height: int, width: int, strength: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """How light each place is under a lamp that stands to one side."""
    angle = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[-0.5 : 0.5 : height * 1j, -0.5 : 0.5 : width * 1j].astype(np.float32)
    slope = 0.5 + (x * np.cos(angle) + y * np.sin(angle)) / 1.42
    return np.asarray(1 - strength * (0.75 * slope + 0.25 * _cloud(height, width, 3, rng)), np.float32)


def has_color(page: Pixels) -> bool:
    """Whether a machine that chooses by itself would keep the page in colour."""
    small = cv2.resize(page, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    spread = _u8(small).max(axis=2).astype(np.int16) - _u8(small).min(axis=2)
    return bool((spread > 40).mean() > 0.0005)  # 40 levels apart on a square centimetre or less: a seal does it


def cut_to_one_bit(page: Pixels, how: Scanner, rng: np.random.Generator) -> Pixels:
    """The page in black (0) and white (255)."""
    grey = _u8(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY))
    level = int(rng.uniform(*how.threshold))
    return np.where(grey > level, WHITE, 0).astype(np.uint8)
