"""Where text stands on a picture: the lines that the engine finds, cut at the rules, and what it overlooked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
import numpy.typing as npt

from extract.page import Rule
from extract.scan.engine import Engine, Found
from extract.scan.picture import Mask, Pixels, Straight

WHITE = 255
RULE_MARGIN = 1.5  # pixels on either side of a rule that are the rule's own
CUT_COVER = 0.6  # share of a line's height that a rule must pass to part it
CUT_MARGIN = 3  # pixels from the end of a line within which a rule parts nothing
SPECK = 3  # pixels: smaller blobs are dirt
MIN_LETTER, MAX_LETTER = 0.35, 1.7  # of the usual letter height: blobs between are letters
SMALL_LETTER = 0.45  # of the usual letter height: an overlooked line has a letter at least that high
WIDE_BLOB = 4.0  # times its height: a longer blob is a stroke or a rest of a rule
REACH = 0.7  # of the usual letter height: overlooked letters nearer than this make one line
CUT_OFF = 0.6  # of the usual letter height: a letter that near to the end of a line was cut off by its box
PAD = 0.3  # of the usual letter height: room left beside an overlooked line
HEADROOM = 0.55  # the same above and below: the engine knows small letters from large ones by it
MOST_OVERLOOKED = 80  # lines: more are dirt, and reading them would take the page's time twice
USUAL = 0.45  # of the height of a line's box, which the engine makes larger than its letters


def rule_mask(rules: Sequence[Rule], straight: Straight) -> Mask:
    """Pixels that belong to ruling lines."""
    mask = np.zeros(straight.ink.shape, np.uint8)
    for rule in rules:
        half = rule.width / 2 * straight.scale + RULE_MARGIN
        at, start, end = rule.at * straight.scale, rule.start * straight.scale, rule.end * straight.scale
        a, b = (round(at - half), round(start)), (round(at + half), round(end))
        corners = (a, b) if rule.vertical else ((a[1], a[0]), (b[1], b[0]))
        cv2.rectangle(mask, *corners, 1, thickness=-1)
    return mask.astype(bool)


def without_rules(straight: Straight, mask: Mask) -> Pixels:
    """The grey picture without its rules; where letters cross a rule, its pixels stay."""
    out = straight.grey.copy()
    letters = cv2.dilate((straight.ink & ~mask).astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    out[mask & ~letters] = WHITE
    return out


def find_lines(straight: Straight, rules: Sequence[Rule], engine: Engine, clean: Pixels, print_: Mask) -> list[Found]:
    """Boxes of single lines of text, none of them across a rule.

    Args:
        straight: the page.
        rules: its ruling lines.
        engine: finds lines.
        clean: the grey picture without rules.
        print_: ink that belongs to no rule.
    """
    found = [part for line in engine.find(clean) for part in _cut(line, rules, straight.scale)]
    found = [line for line in found if print_[line.top : line.bottom, line.x0 : line.x1].any()]
    if not found:
        return []
    usual = USUAL * float(np.median([line.bottom - line.top for line in found]))
    found, rest = _extended(found, _outside(found, print_, usual), rules, usual, straight.scale)
    return [*found, *_overlooked(rest, usual, straight.lifted)]


@dataclass(frozen=True, slots=True)
class Blobs:
    """Blobs of ink, in pixels.

    Attributes:
        labels: number of the blob that each pixel belongs to, 0 for none.
        boxes: left, upper, right and lower edge of each blob that may be a letter or a point, by its number.
    """

    labels: npt.NDArray[np.int32]
    boxes: dict[int, tuple[int, int, int, int]]


def _outside(found: Sequence[Found], print_: Mask, usual: float) -> Blobs:
    """Blobs of the size of letters and points that stand in no line found."""
    rest = print_.astype(np.uint8)
    for line in found:
        rest[line.top : line.bottom, line.x0 : line.x1] = 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(rest, connectivity=8)
    boxes: dict[int, tuple[int, int, int, int]] = {}
    for k, (x0, top, width, height, area) in enumerate(stats.tolist()):
        letter = MIN_LETTER * usual <= height <= MAX_LETTER * usual and width <= WIDE_BLOB * height
        point = SPECK <= width <= MIN_LETTER * usual and SPECK <= height <= MIN_LETTER * usual
        if k and area >= SPECK * SPECK - 2 and (letter or point):
            boxes[k] = (x0, top, x0 + width, top + height)
    return Blobs(np.asarray(labels, np.int32), boxes)


def _extended(
    found: Sequence[Found], rest: Blobs, rules: Sequence[Rule], usual: float, scale: float
) -> tuple[list[Found], Blobs]:
    """The lines with the letters that their boxes cut off at either end, and the blobs that are left."""
    lines = list(found)
    left = dict(rest.boxes)
    for k, (x0, top, x1, bottom) in sorted(rest.boxes.items(), key=lambda item: item[1]):
        for n, line in enumerate(lines):
            away = max(line.x0 - x1, x0 - line.x1)
            level = line.top < (top + bottom) / 2 < line.bottom and bottom - top < line.bottom - line.top
            if not level or away > CUT_OFF * usual:
                continue
            span = (line.top, line.bottom)
            if _crossing(rules, scale, vertical=True, low=min(line.x1, x1), high=max(line.x0, x0), span=span):
                continue
            lines[n] = Found(min(line.x0, x0 - 1), line.top, max(line.x1, x1 + 1), line.bottom, line.score)
            del left[k]
            break
    return lines, Blobs(rest.labels, left)


def _cut(line: Found, rules: Sequence[Rule], scale: float) -> list[Found]:
    """The parts of a line between the rules that it runs over."""
    margin = CUT_MARGIN
    crossed = _crossing(rules, scale, vertical=True, low=line.x0 + margin, high=line.x1 - margin, span=(line.top, line.bottom))
    cuts = [line.x0, *crossed, line.x1]
    parts = [Found(a, line.top, b, line.bottom, line.score) for a, b in pairwise(cuts) if b - a > CUT_MARGIN]
    out: list[Found] = []
    for part in parts:
        third = (part.bottom - part.top) / 3  # a border in the outer thirds cuts off no second line
        level = _crossing(rules, scale, vertical=False, low=part.top + third, high=part.bottom - third, span=(part.x0, part.x1))
        out += [Found(part.x0, a, part.x1, b, part.score) for a, b in pairwise([part.top, *level, part.bottom])]
    return out


def _crossing(
    rules: Sequence[Rule], scale: float, *, vertical: bool, low: float, high: float, span: tuple[int, int]
) -> list[int]:
    """Places, in pixels, of the rules of one direction that pass most of the span between two places."""
    out: set[int] = set()
    for rule in rules:
        at = rule.at * scale
        cover = min(rule.end * scale, span[1]) - max(rule.start * scale, span[0])
        if rule.vertical == vertical and low < at < high and cover >= CUT_COVER * (span[1] - span[0]):
            out.add(round(at))
    return sorted(out)


def _overlooked(rest: Blobs, usual: float, lifted: Mask) -> list[Found]:
    """Lines of letters that stand in no line found: single digits and short labels, mostly."""
    if not rest.boxes:
        return []
    letters = np.isin(rest.labels, list(rest.boxes)).astype(np.uint8)
    reach = max(3, round(2 * REACH * usual)) | 1
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    joined = cv2.dilate(joined, np.ones((max(1, round(usual / 3)) | 1, 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    pad, room = round(PAD * usual), round(HEADROOM * usual)
    out: list[Found] = []
    for x0, top, width, height, _ in stats[1:]:
        block = letters[top : top + height, x0 : x0 + width]
        rows = np.flatnonzero(block.any(axis=1))
        if len(rows) == 0 or rows[-1] - rows[0] + 1 < SMALL_LETTER * usual or rows[-1] - rows[0] > 2 * MAX_LETTER * usual:
            continue
        first, last = int(top + rows[0]), int(top + rows[-1]) + 1
        if lifted[first:last, x0 : x0 + width].any():  # the rest of a stamp or a signature
            continue
        box = (max(0, int(x0) - pad), max(0, first - room), int(x0 + width) + pad, last + room)
        out.append(Found(box[0], box[1], min(box[2], letters.shape[1]), min(box[3], letters.shape[0]), 0.0))
    out.sort(key=lambda line: line.top - line.bottom)
    return out[:MOST_OVERLOOKED]
