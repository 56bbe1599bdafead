"""Which way up a page stands: text lines that run up or down, and letters that stand on their heads."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.engine import Engine, Reading
from extract.scan.paper import darkness
from extract.scan.picture import Mask, Pixels

LETTER_MIN = 2.2  # points: height or width from which a speck counts as part of a letter
LETTER_MAX = 26.0  # points: taller and wider shapes are rules, pictures and stamps
LINE_GAP = 2.6  # points: blank between two letters of a word that smearing closes; the blank between lines is larger
MIN_LETTERS = 12  # letters: fewer tell nothing about the direction of the lines
SIDEWAYS = 1.25  # how much longer smeared words must be across the page than along it before the page is turned
PIECE = 50.0  # points: width of the pieces lines are cut into; a word or two
PIECE_LOW, PIECE_HIGH = 5.0, 19.0  # points: height of a line of text with what reaches above and below its body
BODY = 0.5  # share of the fullest rows' ink from which a row belongs to the body of the small letters
MIN_PIECES = 12  # pieces: fewer tell nothing
TINY = 1e-3  # share of ink: keeps the measure finite where all pieces are the same

HALF = 0.5  # scale of the picture in which lines are looked for
PRINT = 20  # levels (after ``darkness``) from which a pixel counts as print
WORD_GAP = 9.0  # points: blank between words of one line
LINE_LOW, LINE_HIGH = 6.0, 20.0  # points: height of a line of text
LINE_SHORT, LINE_LONG = 45.0, 90.0  # points: a shorter piece tells little, a longer one takes longer to read
PAD = 2.0  # points: blank around a line that engines want
LINES = 4  # lines that are read: upright ones score .99, others .6 to .75, so few are enough
SURE = 0.9  # mean score of all letters from which the page is upright, and is not read the other way
FAIR = 0.8  # mean score that the page must reach upside down to be turned
AHEAD = 1.15  # how much better the page must read upside down to be turned


def letters(strength: Mask, scale: float) -> tuple[Mask, npt.NDArray[np.int32]]:
    """The ink without rules, pictures and specks, and the boxes (x, y, width, height, area) of its letters.

    Args:
        strength: dark print of a page in any position.
        scale: pixels per point of ``strength``.
    """
    ink = strength.astype(np.uint8)
    long = max(3, round(LETTER_MAX * scale))
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    rules = cv2.max(rules, cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((long, 1), np.uint8)))
    ink[np.asarray(cv2.dilate(rules, np.ones((3, 3), np.uint8))) > 0] = 0
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = np.maximum(boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT])
    good = (sides >= LETTER_MIN * scale) & (sides <= LETTER_MAX * scale)
    good[0] = False
    mask = np.asarray(ink > 0, np.bool_)
    places = np.flatnonzero(mask)
    mask.ravel()[places[~good[labels.ravel()[places]]]] = False
    return mask, np.asarray(boxes[good], np.int32)


def lies_sideways(ink: Mask, scale: float) -> bool:
    """Whether the lines of text run up or down the page: letters then join to words down, not across.

    Args:
        ink: dark print of a page in any position, skewed by a few degrees at most.
        scale: pixels per point of ``ink``.
    """
    mask, boxes = letters(ink, scale)
    if len(boxes) < MIN_LETTERS:
        return False
    gap = max(2, round(LINE_GAP * scale))
    across = joined(mask, (1, gap), cv2.CC_STAT_WIDTH)
    down = joined(mask, (gap, 1), cv2.CC_STAT_HEIGHT)
    return down > SIDEWAYS * across


def joined(mask: Mask, kernel: tuple[int, int], side: int) -> float:
    """Mean length of what letters join to when smeared in one direction, each weighed by its length."""
    smeared = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones(kernel, np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(smeared, connectivity=8)
    lengths = boxes[1:, side].astype(np.float64)
    return float((lengths**2).sum() / max(1.0, lengths.sum()))


def heads_up(ink: Mask, scale: float) -> float:
    """How surely the letters of a level page stand upright: positive for upright, negative for upside down.

    Small Latin letters reach above their line's body (b, d, k, l, t, dots, capitals) more often than below (g, p, y).

    Args:
        ink: dark print of a level page.
        scale: pixels per point.

    Returns:
        Mean over pieces of lines, in units of its own error; 0 where there are too few small letters to tell.
    """
    mask, boxes = letters(ink, scale)
    if len(boxes) < MIN_LETTERS:
        return 0.0
    height, width = mask.shape
    count = max(1, round(width / (PIECE * scale)))
    pieces = cv2.resize(mask.astype(np.float32), (count, height), interpolation=cv2.INTER_AREA).T
    leans = [lean for piece in pieces for lean in leaning(piece, scale)]
    if len(leans) < MIN_PIECES:
        return 0.0
    values = np.array(leans)
    return float(values.mean() / (values.std() / np.sqrt(len(values)) + TINY))


def leaning(profile: npt.NDArray[np.float32], scale: float) -> list[float]:
    """For each line of text in a strip: the share of its ink above its body less the share below."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], profile > 0, [False])).astype(np.int8)))
    leans = []
    for top, bottom in edges.reshape(-1, 2):
        if not PIECE_LOW * scale <= bottom - top <= PIECE_HIGH * scale:
            continue
        line = profile[top:bottom]
        body = np.flatnonzero(line >= BODY * np.percentile(line, 90))
        leans.append(float((line[: body[0]].sum() - line[body[-1] + 1 :].sum()) / line.sum()))
    return leans


def reads_upside_down(picture_grey: Pixels, engine: Engine, scale: float = 200 / 72) -> bool:
    """Whether the lines of a level page read better when turned by 180 degrees; no where it holds too few.

    Args:
        picture_grey: the level page.
        engine: reads pictures of lines.
        scale: pixels per point.
    """
    lines = text_lines(picture_grey, scale)
    if not lines:
        return False
    upright = sense(engine.read(lines))
    if upright >= SURE:
        return False
    turned = sense(engine.read([np.ascontiguousarray(line[::-1, ::-1]) for line in lines]))
    return turned >= FAIR and turned > AHEAD * upright


def sense(readings: list[Reading]) -> float:
    """How well lines read: mean score of their letters, where letters in odd case or signs among them count nothing."""
    scores = [score * plausible(reading.text, at) for reading in readings for at, score in enumerate(reading.scores)]
    return float(np.mean(scores)) if scores else 0.0


def plausible(text: str, at: int) -> float:
    """1 for a letter, digit or blank that may stand where it does, 0 for signs and capitals after small letters."""
    sign = text[at]
    if sign.isupper() and at and text[at - 1].islower():
        return 0.0
    return 1.0 if (sign.isalnum() and sign.isascii()) or sign in " .,;:()-/" else 0.0


def text_lines(grey: Pixels, scale: float) -> list[Pixels]:
    """Pictures of a few pieces of text lines, spread over the page, those with the most letters first."""
    small = np.asarray(cv2.resize(grey, None, fx=HALF, fy=HALF, interpolation=cv2.INTER_AREA), np.uint8)
    points = scale * HALF
    mask, _ = letters(darkness(small, points) > PRINT, points)
    gap = max(3, round(WORD_GAP * points))
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    height, width = boxes[:, cv2.CC_STAT_HEIGHT] / points, boxes[:, cv2.CC_STAT_WIDTH] / points
    good = (height >= LINE_LOW) & (height <= LINE_HIGH) & (width >= LINE_SHORT) & (width >= 4 * height)
    good[0] = False
    lines = boxes[good]
    lines = lines[np.argsort(lines[:, cv2.CC_STAT_TOP], kind="stable")]
    if len(lines) > LINES:
        groups = np.array_split(np.arange(len(lines)), LINES)
        widest = [group[np.argmax(np.minimum(lines[group, cv2.CC_STAT_WIDTH], LINE_LONG * points))] for group in groups]
        lines = lines[widest]
    return [cut(grey, box, scale) for box in lines]


def cut(grey: Pixels, box: np.ndarray[tuple[int, ...], np.dtype[np.int32]], scale: float) -> Pixels:
    """The picture of one line, at most ``LINE_LONG`` long."""
    x, y, width, height = (int(value / HALF) for value in box[:4])
    pad = round(PAD * scale)
    right = x + min(width, round(LINE_LONG * scale))
    return np.ascontiguousarray(grey[max(0, y - pad) : y + height + pad, max(0, x - pad) : right + pad])
