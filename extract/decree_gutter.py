"""The white gutter between a signature and a certifier's block that stand side by side, however narrow it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.decree_lines import Line
from extract.decree_words import CERTIFIED, PLACE, PLACE_AND_DATE, TITLED_PLACE_AND_DATE, is_certified

GUTTER = 0.45  # of the font size: a set blank is about .25 em, and all lines of both blocks leave a gutter free
SLIP = 0.5  # points by which boxes of letters may stick out


@dataclass(frozen=True, slots=True)
class Gutter:
    """White from the first to the last line of two blocks.

    Attributes:
        x: its middle.
        first, last: index of the first and the last line along it.
    """

    x: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A word that opens a block: its line, its index there."""

    line: int
    word: int

    def x0(self, lines: Sequence[Line]) -> float:
        return lines[self.line].words[self.word].box.x0


def opens_certified(line: Line, word: int) -> bool:
    """From this word on the line says "Salinan sesuai dengan aslinya"."""
    text = " ".join(w.text for w in line.words[word:])
    return CERTIFIED.match(text) is not None or (word == 0 and is_certified(text))


def _opens_signed(line: Line, word: int) -> bool:
    """From this word on the line says "Ditetapkan di ...", or a place and a date."""
    text = " ".join(w.text for w in line.words[word:])
    if word == 0:
        return PLACE.match(text) is not None or PLACE_AND_DATE.match(text) is not None or _dated_before(line)
    return (text[0] == "D" and PLACE.match(text) is not None) or TITLED_PLACE_AND_DATE.match(text) is not None


def _dated_before(line: Line) -> bool:
    """The line begins with a place and a date, and a certifier's block opens behind them."""
    return any(
        PLACE_AND_DATE.match(" ".join(w.text for w in line.words[:k])) is not None
        for k in range(1, len(line.words))
        if opens_certified(line, k)
    )


def opens_two_blocks(line: Line) -> bool:
    """A place and a date, and "Salinan sesuai dengan aslinya" behind them on the same line."""
    return _dated_before(line)


def gutter_of(lines: Sequence[Line]) -> Gutter | None:
    """The gutter between the two blocks; None where they do not stand side by side.

    Args:
        lines: from the end of the body on.
    """
    signed = [_Anchor(i, k) for i, k in _words(lines) if _opens_signed(lines[i], k)]
    certified = [_Anchor(i, k) for i, k in _words(lines) if opens_certified(lines[i], k)]
    if not signed or not certified:
        return None
    first = [a for a in certified if a.line == certified[0].line][:1]  # "Untuk salinan yang sah" opens at "Untuk"
    found = [
        gutter
        for one in signed
        if one.line == signed[0].line
        for other in first
        if lines[one.line].page == lines[other.line].page
        and (gutter := _between(lines, *sorted((one, other), key=lambda a: a.x0(lines)))) is not None
    ]
    return max(found, key=lambda g: g.last, default=None)


def _words(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    return ((i, k) for i, line in enumerate(lines) for k in range(len(line.words)))


def _between(lines: Sequence[Line], left: _Anchor, right: _Anchor) -> Gutter | None:
    """The gutter right of one anchor and left of the other, as far down as the lines leave it free."""
    low, high = left.x0(lines), right.x0(lines)
    if right.word:  # what stands before the right anchor on its line is of the left block
        low = max(low, lines[right.line].words[right.word - 1].box.x1)
    first, last = min(left.line, right.line), max(left.line, right.line)
    free = [(low, high + SLIP)]
    x: float | None = None
    for i in range(first, len(lines)):
        if lines[i].page != lines[first].page:
            break
        for word in lines[i].words:
            free = [part for span in free for part in _without(span, word.box.x0, word.box.x1)]
        wide = [s for s in free if s[1] - s[0] > GUTTER * lines[i].size]
        if not wide:
            return Gutter(x, first, i - 1) if x is not None and i > last else None
        a, b = max(wide, key=lambda s: s[1] - s[0])
        x = (a + b) / 2
    return Gutter(x, first, i if lines[i].page == lines[first].page else i - 1) if x is not None else None


def _without(span: tuple[float, float], x0: float, x1: float) -> list[tuple[float, float]]:
    """A span without what a word covers of it."""
    a, b = span
    if x1 <= a or x0 >= b:
        return [span]
    return [part for part in ((a, x0), (x1, b)) if part[1] > part[0]]


def cut_along(lines: Sequence[Line], gutter: Gutter | None) -> list[Line]:
    """The lines, those along the gutter cut at it."""
    if gutter is None:
        return list(lines)
    out: list[Line] = []
    for i, line in enumerate(lines):
        if not gutter.first <= i <= gutter.last:
            out.append(line)
            continue
        left = tuple(w for w in line.words if w.box.cx < gutter.x)
        right = tuple(w for w in line.words if w.box.cx >= gutter.x)
        out += [Line(words) for words in (left, right) if words]
    return out
