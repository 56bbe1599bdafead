"""A page as a reader handed it over, set upright: words, rules, fills and marks in one coordinate system."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.geometry import BBox
from extract.kind import page_kind
from extract.page import Fill, Page, Rgb, Rule, Word
from extract.raw import Box, Letter, RawPage, Shape
from extract.words import Glyph, lines_of, words_of

RULE_WIDTH = 3.2  # points: a filled rectangle thinner than this can be a ruling line; the boldest table border is 3 pt
RULE_RATIO = 3.0  # a ruling line is at least this many times longer than thick
MARK_SIZE = 40.0  # points: a picture not larger than this in both directions can be a tick in a cell
TWICE = 0.85  # share of letters with a place of their own under which a page is taken to be printed twice
OFFSET = 0.1  # of the font size: the second layer of letters printed twice is not further off; thin letters are .2 wide
DOT = 4.5  # points: dots and dashes of a dotted or dashed border are not larger
DOT_STEP = 8.0  # points from the middle of one dot or dash to the next; months are wider apart
MIN_DOTS = 8  # dots in a row that make a border
SLANT = 3.0  # degrees a line of text may lean and still be called level

ToUpright = Callable[[float, float], tuple[float, float]]


def quarter_of(raw: RawPage) -> int:
    """Quarter turns (0-3, clockwise) of the page's text in user space; without text, what ``/Rotate`` says."""
    angles = Counter(x.angle for x in raw.letters if not x.text.isspace())
    votes: Counter[int] = Counter()
    for angle, count in angles.items():
        if _near_quarter(angle):
            votes[round(angle / 90) % 4] += count
    if votes:
        return votes.most_common(1)[0][0]
    return (4 - raw.rotate // 90) % 4


def _near_quarter(angle: float) -> bool:
    return abs((angle + 45) % 90 - 45) <= SLANT


def to_upright(box: Box, quarter: int) -> ToUpright:
    """The map from user space to the upright page whose text runs ``quarter`` quarter turns clockwise in user space."""
    x0, y0, x1, y1 = box
    maps: tuple[ToUpright, ...] = (
        lambda x, y: (x - x0, y1 - y),
        lambda x, y: (y1 - y, x1 - x),
        lambda x, y: (x1 - x, y - y0),
        lambda x, y: (y - y0, x - x0),
    )
    return maps[quarter % 4]


def set_upright(raw: RawPage) -> Page:
    """The page with its text running from left to right, and what was found on it sorted into rules, fills and marks."""
    quarter = quarter_of(raw)
    turn = to_upright(raw.box, quarter)
    width, height = raw.box[2] - raw.box[0], raw.box[3] - raw.box[1]
    if quarter % 2:
        width, height = height, width
    raw = replace(raw, letters=tuple(x for x in raw.letters if _visible(x, raw.box)))
    straight = {a for a in {x.angle for x in raw.letters} if abs((a - 90 * quarter + 180) % 360 - 180) <= SLANT}
    words = words_of(_once([_glyph(x, turn) for x in raw.letters if x.angle in straight]), raw.number)
    turned = _turned_words([x for x in raw.letters if x.angle not in straight], turn, raw)
    rules, fills = _rules_and_fills(raw.shapes, turn, raw.number)
    images = [_box(b, turn, raw.number) for b in raw.images]
    drawings = [_box(b, turn, raw.number) for b in raw.drawings]
    ordered = tuple(w for line in lines_of(words) for w in line)
    return Page(
        number=raw.number,
        width=width,
        height=height,
        rotation=(-90 * quarter - raw.rotate) % 360,
        kind=page_kind(raw),
        words=ordered,
        turned=tuple(turned),
        rules=tuple(rules),
        fills=tuple(fills),
        marks=tuple(b for b in (*drawings, *images) if b.width <= MARK_SIZE and b.height <= MARK_SIZE),
        images=tuple(images),
    )


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs without a second layer of the same letters at the same places (bold made by printing twice)."""
    places = {(g.text, round(g.x0), round(g.baseline)) for g in glyphs}
    if len(places) > TWICE * len(glyphs):
        return glyphs
    seen: dict[tuple[str, int], list[tuple[float, float]]] = {}
    out: list[Glyph] = []
    for g in glyphs:
        near = OFFSET * g.size
        row = round(g.baseline / 4)
        if any(
            abs(g.x0 - x) <= near and abs(g.baseline - y) <= near
            for k in (row - 1, row, row + 1)
            for x, y in seen.get((g.text, k), ())
        ):
            continue
        seen.setdefault((g.text, row), []).append((g.x0, g.baseline))
        out.append(g)
    return out


def _visible(letter: Letter, box: Box) -> bool:
    """Some of the letter is on the page: what lies beside it nobody sees."""
    return letter.x1 > box[0] and letter.x0 < box[2] and letter.y1 > box[1] and letter.y0 < box[3]


def _box(box: Box, turn: ToUpright, page: int) -> BBox:
    (ax, ay), (bx, by) = turn(box[0], box[1]), turn(box[2], box[3])
    return BBox(page, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _glyph(letter: Letter, turn: ToUpright) -> Glyph:
    ax, ay = turn(letter.x0, letter.y0)
    bx, by = turn(letter.x1, letter.y1)
    if ax > bx:
        ax, bx = bx, ax
    if ay > by:
        ay, by = by, ay
    return Glyph(letter.text, ax, ay, bx, by, turn(letter.ox, letter.oy)[1], letter.size, letter.bold)


def _turned_words(letters: Sequence[Letter], turn: ToUpright, raw: RawPage) -> list[Word]:
    """Words of letters that run in other directions, built along their own direction."""
    out: list[Word] = []
    for angle in sorted({round(x.angle) for x in letters}):
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))

        def along(x: float, y: float, cos: float = cos, sin: float = sin) -> tuple[float, float]:
            return x * cos - y * sin, -(x * sin + y * cos)

        same = [x for x in letters if round(x.angle) == angle]
        for word in words_of([_glyph(x, along) for x in same], raw.number):
            b = word.box
            corners = [turn(x * cos - y * sin, -x * sin - y * cos) for x in (b.x0, b.x1) for y in (b.top, b.bottom)]
            box = BBox(
                raw.number,
                min(x for x, _ in corners),
                min(y for _, y in corners),
                max(x for x, _ in corners),
                max(y for _, y in corners),
            )
            step = box.width / max(1, len(word.text))
            edges = tuple(box.x0 + k * step for k in range(len(word.text) + 1))
            out.append(Word(word.text, box, box.bottom, word.size, word.bold, edges))
    return out


def _rules_and_fills(shapes: Sequence[Shape], turn: ToUpright, page: int) -> tuple[list[Rule], list[Fill]]:
    rules: list[Rule] = []
    fills: list[Fill] = []
    for shape in shapes:
        box = _box((shape.x0, shape.y0, shape.x1, shape.y1), turn, page)
        if shape.stroke is not None and not shape.filled:
            if shape.stroke > RULE_WIDTH:  # a thick pen draws a bar, not a border
                half = shape.stroke / 2
                fills.append(Fill(_swollen(box, half), shape.color))
            else:
                rules.append(_rule(box, shape.stroke, shape.color))
        elif min(box.width, box.height) <= RULE_WIDTH and max(box.width, box.height) >= RULE_RATIO * min(box.width, box.height):
            if shape.color is None or min(shape.color) < 252:
                rules.append(_rule(box, min(box.width, box.height), shape.color))
        else:
            fills.append(Fill(box, shape.color))
    return _chains(rules, fills)


def _chains(rules: list[Rule], fills: list[Fill]) -> tuple[list[Rule], list[Fill]]:
    """Rules and fills, where dots and short dashes in a row are put together to the rule that they draw."""
    dots = [f for f in fills if max(f.box.width, f.box.height) <= DOT and (f.color is None or min(f.color) < 252)]
    if len(dots) < MIN_DOTS:
        return [r for r in rules if r.length > 0.5], fills
    left: set[int] = set(range(len(dots)))
    out: list[Rule] = []
    for vertical in (False, True):
        lines: dict[int, list[int]] = {}
        for k in sorted(left):
            box = dots[k].box
            lines.setdefault(round((box.cx if vertical else box.cy) / 0.6), []).append(k)
        for members in lines.values():
            members.sort(key=lambda k: dots[k].box.cy if vertical else dots[k].box.cx)
            run: list[int] = []
            for k in [*members, -1]:
                far = k < 0 or (run and _step(dots[run[-1]].box, dots[k].box, vertical=vertical) > DOT_STEP)
                if far:
                    if len(run) >= MIN_DOTS:
                        out.append(_dotted([dots[m] for m in run], vertical=vertical))
                        left -= set(run)
                    run = []
                run.append(k)
    kept = {id(dots[k]) for k in left}
    small = {id(d) for d in dots}
    return [*(r for r in rules if r.length > 0.5), *out], [f for f in fills if id(f) not in small or id(f) in kept]


def _step(a: BBox, b: BBox, *, vertical: bool) -> float:
    return b.cy - a.cy if vertical else b.cx - a.cx


def _dotted(dots: Sequence[Fill], *, vertical: bool) -> Rule:
    first, last = dots[0].box, dots[-1].box
    if vertical:
        return Rule(True, first.cx, first.top, last.bottom, first.width, dots[0].color)
    return Rule(False, first.cy, first.x0, last.x1, first.height, dots[0].color)


def _swollen(box: BBox, half: float) -> BBox:
    """A line's box as thick as its pen."""
    if box.height > box.width:
        return BBox(box.page, box.cx - half, box.top, box.cx + half, box.bottom)
    return BBox(box.page, box.x0, box.cy - half, box.x1, box.cy + half)


def _rule(box: BBox, width: float, color: Rgb | None) -> Rule:
    if box.height > box.width:
        return Rule(vertical=True, at=box.cx, start=box.top, end=box.bottom, width=width, color=color)
    return Rule(vertical=False, at=box.cy, start=box.x0, end=box.x1, width=width, color=color)
