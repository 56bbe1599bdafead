"""Ruling lines to cells: the raster of rows and columns of every ruled table on a page, and which raster fields are one cell.

The chain: rules -> borders (bars apart) -> stretches -> regions -> raster -> cells. That the inked share of a raster edge
decides whether two fields are one cell is the usual idea of lattice readers (Camelot, pdfplumber).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from extract.geometry import BBox
from extract.page import Fill, Rule, Word
from extract.words import split_word

SNAP = 5.0  # points: lines nearer than this are one (double borders, spaced cell borders); a row of text is at least 7 pt high
TOUCH = 3.5  # points a line may miss the line that it ends on
GAP = 4.0  # points: a gap in a line that is still closed (dashes, borders drawn cell by cell)
INKED = 0.6  # share of an edge that must be drawn for it to part two cells
MIN_TABLE = 24.0  # points: a ruled region smaller than this in a direction is no table
MAX_LOOSE = 400  # level lines that touch no upright one: a page has no more of them as borders of a table
SEAM = 8.0  # points between two parts of a table with dashed borders


@dataclass(frozen=True, slots=True)
class Line:
    """A straightened line of the raster: where it runs and which stretches are drawn."""

    at: float
    spans: tuple[tuple[float, float], ...]

    @property
    def start(self) -> float:
        """Where the first drawn stretch begins."""
        return self.spans[0][0]

    @property
    def end(self) -> float:
        """Where the last drawn stretch ends."""
        return self.spans[-1][1]

    def inked(self, start: float, end: float) -> float:
        """Share of the stretch that is drawn (0..1)."""
        drawn = sum(max(0.0, min(b, end) - max(a, start)) for a, b in self.spans)
        return drawn / (end - start) if end > start else 0.0


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a page's raster: first row and column, how many it spans, its box and the words printed in it."""

    row: int
    col: int
    rows: int
    cols: int
    box: BBox
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on one page, ruled or not.

    Attributes:
        page: page number.
        xs: x of every column border, left to right.
        ys: distance from the top of every row border.
        cells: the cells; they tile the raster.
        fills: filled areas and bars inside the table, in drawing order.
        marks: small drawings inside the table.
        open_top, open_bottom: no line closes the table there (a row cut by the page break, or a style without one).
        ruled: columns come from vertical rules; else they were inferred from the text.
        doubts: what about the raster is a guess, as stable words.
        above: the line of words directly above the table.
        below: the line of words directly below it.
    """

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    fills: tuple[Fill, ...]
    marks: tuple[BBox, ...]
    open_top: bool
    open_bottom: bool
    ruled: bool
    doubts: tuple[str, ...] = ()
    above: tuple[Word, ...] = ()
    below: tuple[Word, ...] = ()

    @property
    def box(self) -> BBox:
        """Box around the raster."""
        return BBox(self.page, self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def straighten(rules: Sequence[Rule]) -> list[Line]:
    """Rules of one direction as lines: neighbours within ``SNAP`` become one, drawn stretches are joined over small gaps."""
    lines: list[Line] = []
    group: list[Rule] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if group and rule.at - group[0].at > SNAP:
            lines.append(_line(group))
            group = []
        group.append(rule)
    if group:
        lines.append(_line(group))
    return lines


def _line(group: Sequence[Rule]) -> Line:
    spans: list[list[float]] = []
    for start, end in sorted((r.start, r.end) for r in group):
        if spans and start <= spans[-1][1] + GAP:
            spans[-1][1] = max(spans[-1][1], end)
        else:
            spans.append([start, end])
    weight = sum(r.length for r in group) or 1.0
    at = sum(r.at * r.length for r in group) / weight
    return Line(at, tuple((a, b) for a, b in spans))


def stretches(rules: Sequence[Rule]) -> list[Rule]:
    """Rules drawn piece by piece (cell borders) put together to the stretches that they draw."""
    out: list[Rule] = []
    for vertical in (False, True):
        for line in straighten([r for r in rules if r.vertical == vertical]):
            out += [Rule(vertical, line.at, start, end, 0.0) for start, end in line.spans]
    return out


def regions(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Stretches grouped into tables: those that touch one another.

    On a page without upright stretches, level ones with an edge in common are one table. A stretch that touches nothing belongs
    to the table around it.
    """
    parent = list(range(len(rules)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    upright = [i for i, r in enumerate(rules) if r.vertical]
    level = [i for i, r in enumerate(rules) if not r.vertical]
    for i in upright:
        v = rules[i]
        for j in level:
            h = rules[j]
            if h.start - TOUCH <= v.at <= h.end + TOUCH and v.start - TOUCH <= h.at <= v.end + TOUCH:
                parent[find(i)] = find(j)
    ruled = {find(i) for i in upright}
    loose = [i for i in level if find(i) not in ruled]
    for i, j in itertools.combinations(loose[:MAX_LOOSE], 2):
        a, b = rules[i], rules[j]
        inside = a.start >= b.start - TOUCH and a.end <= b.end + TOUCH
        around = b.start >= a.start - TOUCH and b.end <= a.end + TOUCH
        flush = abs(a.start - b.start) <= TOUCH or abs(a.end - b.end) <= TOUCH
        if (inside or around) and flush:
            parent[find(i)] = find(j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(find(i), []).append(rule)
    tables = [g for g in groups.values() if len(g) >= 3 or (len(g) == 2 and not any(r.vertical for r in g))]
    for one, other in itertools.combinations(list(tables), 2):
        if any(t is one for t in tables) and any(t is other for t in tables) and _side_by_side(one, other):
            one.extend(other)
            tables = [t for t in tables if t is not other]
    for group in groups.values():
        if group not in tables and not any(group[0] in t for t in tables):
            around_it = next((t for t in tables if _within(group, t)), None)
            if around_it is not None:
                around_it.extend(group)
    return tables


def _side_by_side(a: Sequence[Rule], b: Sequence[Rule]) -> bool:
    """Two parts of one table, of the same top and foot, between which the dashes of a border leave a gap."""
    (ax, ay), (bx, by) = extent(a), extent(b)
    beside = 0 <= max(ax[0], bx[0]) - min(ax[1], bx[1]) <= SEAM
    return beside and abs(ay[0] - by[0]) <= TOUCH and abs(ay[1] - by[1]) <= TOUCH


def _within(inner: Sequence[Rule], outer: Sequence[Rule]) -> bool:
    """A stretch that touches nothing (a column border that section rows interrupt) lies in the table around it."""
    (a, b), (c, d) = extent(inner), extent(outer)
    return a[0] >= c[0] - TOUCH and a[1] <= c[1] + TOUCH and b[0] >= d[0] - TOUCH and b[1] <= d[1] + TOUCH


def extent(rules: Sequence[Rule]) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where the rules reach, across and down."""
    xs = [x for r in rules for x in ((r.at,) if r.vertical else (r.start, r.end))]
    ys = [y for r in rules for y in ((r.start, r.end) if r.vertical else (r.at,))]
    return (min(xs), max(xs)), (min(ys), max(ys))


@dataclass(frozen=True, slots=True)
class Raster:
    """Row and column borders of a region and the lines they come from."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Line | None, ...]
    level: tuple[Line | None, ...]


def raster_of(rules: Sequence[Rule]) -> Raster | None:
    """The raster of one region, closed at its outer ends where no line is drawn; None where it is too small for a table."""
    upright = straighten([r for r in rules if r.vertical])
    level = straighten([r for r in rules if not r.vertical])
    if not level and not upright:
        return None
    left = min([line.start for line in level] + [line.at for line in upright])
    right = max([line.end for line in level] + [line.at for line in upright])
    top = min([line.start for line in upright] + [line.at for line in level])
    bottom = max([line.end for line in upright] + [line.at for line in level])
    if right - left < MIN_TABLE or bottom - top < MIN_TABLE / 2:
        return None
    xs, vertical = _with_ends(upright, left, right)
    ys, horizontal = _with_ends(level, top, bottom)
    return Raster(xs, ys, vertical, horizontal)


def _with_ends(lines: list[Line], low: float, high: float) -> tuple[tuple[float, ...], tuple[Line | None, ...]]:
    places = [line.at for line in lines]
    found: list[Line | None] = list(lines)
    if not places or places[0] - low > TOUCH + SNAP:
        places.insert(0, low)
        found.insert(0, None)
    if high - places[-1] > TOUCH + SNAP:
        places.append(high)
        found.append(None)
    return tuple(places), tuple(found)


def cells_of(raster: Raster, page: int, words: Sequence[Word]) -> list[GridCell]:
    """The cells of a raster: fields are joined over every edge that is not drawn; the cells tile the raster."""
    n_rows, n_cols = len(raster.ys) - 1, len(raster.xs) - 1
    owner = [[r * n_cols + c for c in range(n_cols)] for r in range(n_rows)]

    def find(i: int) -> int:
        while owner[i // n_cols][i % n_cols] != i:
            i = owner[i // n_cols][i % n_cols]
        return i

    def join(a: int, b: int) -> None:
        ra, rb = find(a), find(b)
        low, high = min(ra, rb), max(ra, rb)
        owner[high // n_cols][high % n_cols] = low

    for r in range(n_rows):
        for c in range(n_cols):
            here = r * n_cols + c
            if c + 1 < n_cols and not _drawn(raster.upright[c + 1], raster.ys[r], raster.ys[r + 1]):
                join(here, here + 1)
            if r + 1 < n_rows and not _drawn(raster.level[r + 1], raster.xs[c], raster.xs[c + 1]):
                join(here, here + n_cols)
    members: dict[int, list[tuple[int, int]]] = {}
    for r in range(n_rows):
        for c in range(n_cols):
            members.setdefault(find(r * n_cols + c), []).append((r, c))
    blocks = [block for fields in members.values() for block in _rectangles(fields)]
    return _fill_cells(raster, blocks, page, words)


def _drawn(line: Line | None, start: float, end: float) -> bool:
    return line is not None and line.inked(start, end) >= INKED


Block = tuple[int, int, int, int]
"""First row, first column, rows, columns."""


def _rectangles(fields: Sequence[tuple[int, int]]) -> list[Block]:
    """Joined fields as rectangles: one where they form one; else one per run of equal rows (a missing stretch of border)."""
    rows: dict[int, list[int]] = {}
    for r, col in fields:
        rows.setdefault(r, []).append(col)
    runs: list[Block] = []
    for r in sorted(rows):
        cols = sorted(rows[r])
        start = cols[0]
        for k, col in enumerate(cols):
            if k + 1 == len(cols) or cols[k + 1] != col + 1:
                width = col - start + 1
                last = next((i for i, b in enumerate(runs) if b[1] == start and b[3] == width and b[0] + b[2] == r), None)
                if last is None:
                    runs.append((r, start, 1, width))
                else:
                    b = runs[last]
                    runs[last] = (b[0], b[1], b[2] + 1, b[3])
                if k + 1 < len(cols):
                    start = cols[k + 1]
    return runs


def _fill_cells(raster: Raster, blocks: Sequence[Block], page: int, words: Sequence[Word]) -> list[GridCell]:
    boxes = [BBox(page, raster.xs[c], raster.ys[r], raster.xs[c + cols], raster.ys[r + rows]) for r, c, rows, cols in blocks]
    where = {(r + i, c + j): k for k, (r, c, rows, cols) in enumerate(blocks) for i in range(rows) for j in range(cols)}
    inside: list[list[Word]] = [[] for _ in blocks]
    for word in words:
        row = _field(raster.ys, word.box.cy)
        if row is None:
            continue
        cuts = sorted({x for k in {where[row, c] for c in range(len(raster.xs) - 1)} for x in (boxes[k].x0, boxes[k].x1)})
        for part in split_word(word, cuts) if _crosses(word, cuts) else [word]:
            col = _field(raster.xs, part.box.cx)
            if col is not None:
                inside[where[row, col]].append(part)
    cells = [GridCell(*b, box, tuple(w)) for b, box, w in zip(blocks, boxes, inside, strict=True)]
    return sorted(cells, key=lambda cell: (cell.row, cell.col))


def _crosses(word: Word, cuts: Sequence[float]) -> bool:
    """A word that runs over a border by more than the slack of its letters' advance boxes."""
    slack = 0.25 * word.size
    return any(word.box.x0 + slack < x < word.box.x1 - slack for x in cuts)


def _field(borders: Sequence[float], at: float) -> int | None:
    """Index of the field between two borders that holds the place, None outside."""
    if at < borders[0] - 1 or at > borders[-1] + 1:
        return None
    for i in range(len(borders) - 1):
        if at <= borders[i + 1]:
            return i
    return len(borders) - 2
