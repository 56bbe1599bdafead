"""What all pages of a table say together about each of its columns: numbers, marks, labels of groups, or texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.breaks import ColumnTraits
from extract.geometry import BBox
from extract.table import Span, is_enumerator, label_of
from extract.words import lines_of

SECTION = 0.5  # share of the columns that a section text spans at least
FILLED = 0.85  # share of rows with text from which a column can be the one that every row fills
MERGED = 0.2  # share of rows in merged cells from which a column holds labels of groups
NUMBERS = 0.7  # share of a column's texts that must be item numbers for it to be a number column
MARK_WIDTH = 45.0  # points: columns of a month grid are narrower
SHORT = 3  # letters a sign in a month column has at most
SIGNS = frozenset({"x", "X", "v", "V", "o", "O", "0", "1"})  # letters and digits that are set as marks


@dataclass(slots=True)
class Line:
    """A table row while the table is put together."""

    spans: list[Span]
    boxes: list[BBox]
    joined: bool = False
    notes: list[str] = field(default_factory=list)


def is_section(line: Line) -> bool:
    """One text spans at least half of the table, and nothing else is printed but a number before it."""
    wide = {id(s): s for s in line.spans if s.text and s.cols >= max(2, SECTION * len(line.spans))}
    others = [s for s in {id(s): s for s in line.spans if s.text}.values() if id(s) not in wide]
    return len(wide) == 1 and all(is_enumerator(s.text) for s in others)


def traits_of(pages: Sequence[Sequence[Line]], borders: Sequence[float]) -> list[ColumnTraits]:
    """The traits of each column, from the rows of every page but for section rows."""
    lines = [line for page in pages for line in page if not is_section(line)]
    n = len(borders) - 1
    merged, filled, numbers, marks = [0.0] * n, [0.0] * n, [False] * n, [False] * n
    for c in range(n):
        spans = [line.spans[c] for line in lines]
        texts = {id(s): s.text for s in spans}
        times: dict[int, int] = {}
        for s in spans:
            times[id(s)] = times.get(id(s), 0) + 1
        merged[c] = sum(k for k in times.values() if k > 1) / max(1, len(lines))
        filled[c] = sum(bool(texts[id(s)]) for s in spans) / max(1, len(lines))
        said = [t for t in texts.values() if t]
        numbers[c] = bool(said) and sum(is_enumerator(t) for t in said) >= NUMBERS * len(said)
        narrow = borders[c + 1] - borders[c] < MARK_WIDTH
        drawn = any(p.fills or p.marks for s in spans for p in s.pieces)
        numbers[c] = numbers[c] and not (narrow and _all_signs(said))
        marks[c] = narrow and not numbers[c] and all(len(t) <= SHORT for t in said)
        marks[c] = marks[c] and (drawn or _all_signs(said) or filled[c] < FILLED)
    texts_cols = [c for c in range(n) if not numbers[c] and not marks[c]]
    anchor = next((c for c in texts_cols if filled[c] >= FILLED and merged[c] < MERGED), None)
    if anchor is None and texts_cols:
        anchor = max(texts_cols, key=lambda c: (filled[c] - merged[c], -c))
    labels = [anchor is not None and c < anchor for c in range(n)]
    for c in range(n - 1):
        if numbers[c] and labels[c]:
            labels[c] = c + 1 != anchor and not (merged[c] < MERGED <= merged[c + 1] and filled[c] >= FILLED)
    heads = [_heads([line.spans[c] for line in lines]) for c in range(n)]
    return [
        ColumnTraits(numbers[c], marks[c], labels[c] or (merged[c] >= MERGED and not marks[c]), filled[c], *heads[c])
        for c in range(n)
    ]


def _all_signs(texts: Sequence[str]) -> bool:
    """The texts are marks of a month grid: few different ones, again and again."""
    return bool(texts) and set(texts) <= SIGNS | {t for t in texts if not any(ch.isalnum() for ch in t)}


def _heads(spans: Sequence[Span]) -> tuple[float, float]:
    """Shares of a column's texts that begin with a capital, and with a number of their own."""
    said = [p for s in {id(s): s for s in spans}.values() for p in s.pieces if p.lines]
    worded = [p for p in said if p.lines[0][0].isalpha()]
    capital = sum(p.lines[0][0].isupper() for p in worded) / len(worded) if worded else 1.0
    labelled = sum(label_of(lines_of(p.words)) is not None for p in said) / len(said) if said else 0.0
    return capital, labelled
