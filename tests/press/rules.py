"""Borders and month marks: the ways in which they get onto paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.press.fonts import text_width
from tests.press.ink import Ink
from tests.press.layout import Mark, TableStyle

_DOUBLE_GAP = 1.6  # points between the two strokes of a double border
_SNAP = 2  # decimals of a point to which edges are compared


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a cell on a page and which of its sides are ruled."""

    x0: float
    top: float
    x1: float
    bottom: float
    left: bool = True
    above: bool = True
    right: bool = True
    below: bool = True


def draw_rules(ink: Ink, frames: Iterable[Frame], style: TableStyle) -> None:
    """Rule the cells in the manner of the style."""
    frames = list(frames)
    if style.rules in ("cells", "cell_rects"):
        for frame in frames:
            _rule_cell(ink, frame, style)
        return
    for x0, y0, x1, y1 in _merged_edges(frames):
        if style.rules == "rects":
            w = style.rule_weight / 2
            ink.fill(x0 - w, y0 - w, x1 + w, y1 + w, style.rule_color)
        elif style.rules == "double":
            dx, dy = (0.0, _DOUBLE_GAP / 2) if y0 == y1 else (_DOUBLE_GAP / 2, 0.0)
            for s in (-1, 1):
                ink.line(x0 + s * dx, y0 + s * dy, x1 + s * dx, y1 + s * dy, style.rule_weight, style.rule_color)
        else:
            ink.line(x0, y0, x1, y1, style.rule_weight, style.rule_color, dash=style.rules == "dashed")


def _edges(f: Frame) -> Iterable[tuple[float, float, float, float]]:
    if f.above:
        yield f.x0, f.top, f.x1, f.top
    if f.below:
        yield f.x0, f.bottom, f.x1, f.bottom
    if f.left:
        yield f.x0, f.top, f.x0, f.bottom
    if f.right:
        yield f.x1, f.top, f.x1, f.bottom


def _rule_cell(ink: Ink, f: Frame, style: TableStyle) -> None:
    if style.rules == "cells" and f.left and f.right and f.above and f.below:
        ink.box(f.x0, f.top, f.x1, f.bottom, style.rule_weight, style.rule_color)
        return
    w = style.rule_weight / 2
    for x0, y0, x1, y1 in _edges(f):
        if style.rules == "cells":
            ink.line(x0, y0, x1, y1, style.rule_weight, style.rule_color)
        else:
            ink.fill(x0 - w, y0 - w, x1 + w, y1 + w, style.rule_color)


def _merged_edges(frames: Iterable[Frame]) -> list[tuple[float, float, float, float]]:
    """Every edge once, neighbours on one line joined."""
    level: dict[float, list[tuple[float, float]]] = defaultdict(list)
    plumb: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for frame in frames:
        for x0, y0, x1, y1 in _edges(frame):
            if y0 == y1:
                level[round(y0, _SNAP)].append((round(x0, _SNAP), round(x1, _SNAP)))
            else:
                plumb[round(x0, _SNAP)].append((round(y0, _SNAP), round(y1, _SNAP)))
    return [(a, y, b, y) for y in sorted(level) for a, b in _joined(level[y])] + [
        (x, a, x, b) for x in sorted(plumb) for a, b in _joined(plumb[x])
    ]


def _joined(runs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for a, b in sorted(runs):
        if joined and a <= joined[-1][1] + 10**-_SNAP:
            joined[-1] = (joined[-1][0], max(b, joined[-1][1]))
        else:
            joined.append((a, b))
    return joined


def fills_cell(mark: Mark) -> bool:
    """Whether a mark colours the whole cell, on every page that its row touches."""
    return mark.kind in ("fill", "hatch", "shade")


def draw_mark(ink: Ink, mark: Mark, frame: Frame, baseline: float, style: TableStyle) -> None:
    """Mark one month cell; glyphs stand on `baseline`."""
    x0, top, x1, bottom = frame.x0, frame.top, frame.x1, frame.bottom
    cx, size = (x0 + x1) / 2, style.size
    if mark.kind == "fill":
        ink.fill(x0, top, x1, bottom, mark.color)
    elif mark.kind == "hatch":
        ink.hatch(x0, top, x1, bottom)
    elif mark.kind == "shade":
        ink.shade(x0, top, x1, bottom, mark.color)
    elif mark.kind == "bar":
        inset = (x1 - x0) * 0.15
        middle = baseline - size * 0.3
        ink.fill(x0 + inset, middle - size * 0.3, x1 - inset, middle + size * 0.3, mark.color)
    elif mark.kind == "check":
        ink.dingbat(cx, baseline, "\u2713", size)
    elif mark.kind == "check_path":
        h = size * 0.6
        ink.polyline([(cx - h / 2, baseline - h * 0.5), (cx - h * 0.1, baseline), (cx + h * 0.6, baseline - h)], 1.0)
    elif mark.kind == "dot":
        ink.disc(cx, baseline - size * 0.3, size * 0.2, mark.color)
    else:
        glyph = {"x": "x", "v": "v", "asterisk": "*"}[mark.kind]
        font = style.face.regular
        ink.text(cx - text_width(glyph, font, size) / 2, baseline, glyph, font, size)
