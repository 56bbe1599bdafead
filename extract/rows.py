"""Rows of a table without rules between them: where texts of several columns begin together after a wider space."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extract.grid import Line, Raster
from extract.page import Word
from extract.table import is_enumerator
from extract.words import is_read, lines_of

WIDER = 1.25  # times the usual distance of two lines of a cell: a wider step begins a new block
PITCH_SHARE = 0.2  # share of the steps that are no wider than the usual one: many more are wider where no rule parts rows
PITCH_SHARE_READ = 0.35  # the same for words read from a picture: unsteady base lines make some steps too narrow
WIDER_READ = 1.45  # the same for words read from a picture: two measured base lines may both be a point off
TOGETHER = 0.45  # of the usual line distance: blocks that begin nearer than this begin together
BESIDE_READ = 0.3  # the same for a number and the line it begins, read from a picture: one set midway between lines begins none
MIN_COLUMNS = 2  # columns whose blocks must begin together
ANCHOR = 0.75  # share of the rows that could begin in a column for it to be one that every row fills
BEGUN = 0.5  # share of the rows that begin in such a column after a wider space
MANY = 3  # rows that begin in several columns in one ruled row: it is a table without rules between its rows
SIGN = 4  # letters: lines of no more are numbers and marks, which stand a row apart
FEW_BANDS = 2  # a page's table with no more ruled rows than this has no rules between its rows

TextLine = list[Word]


@dataclass(frozen=True, slots=True)
class Band:
    """One ruled row that may hold several printed ones.

    Attributes:
        columns: the lines of each column.
        starts: base lines at which a block of each column begins.
        pitch: the usual distance of two lines of a cell, in points.
    """

    columns: tuple[tuple[TextLine, ...], ...]
    starts: tuple[tuple[float, ...], ...]
    pitch: float

    @property
    def near(self) -> float:
        """Points within which two base lines are one."""
        return TOGETHER * self.pitch


def _column_lines(raster: Raster, row: int, words: Sequence[Word]) -> list[list[TextLine]]:
    """The lines of each column in one raster row."""
    inside = [w for w in words if raster.ys[row] < w.box.cy < raster.ys[row + 1]]
    return [lines_of([w for w in inside if a <= w.box.cx < b]) for a, b in itertools.pairwise(raster.xs)]


def line_pitch(words: Sequence[Word], raster: Raster) -> float:
    """The usual distance of two lines inside a cell, in points."""
    steps: list[float] = []
    for row in range(len(raster.ys) - 1):
        for lines in _column_lines(raster, row, words):
            steps += [
                b[0].baseline - a[0].baseline
                for a, b in itertools.pairwise(lines)
                if sum(len(w.text) for w in a) > SIGN and sum(len(w.text) for w in b) > SIGN
            ]
    steps = sorted(s for s in steps if s > 1)
    share = PITCH_SHARE_READ if any(is_read(w) for w in words) else PITCH_SHARE
    return steps[int(share * len(steps))] if steps else 12.0


def _band(raster: Raster, row: int, words: Sequence[Word], pitch: float) -> Band:
    columns = _column_lines(raster, row, words)
    numbers = [bool(lines) and all(is_enumerator(" ".join(w.text for w in line)) for line in lines) for lines in columns]
    starts = [_block_starts(lines, pitch, numbers=n) for lines, n in zip(columns, numbers, strict=True)]
    for c in range(1, len(starts)):  # a number begins the text that it stands before
        if numbers[c - 1] and not numbers[c]:
            near = [
                y for y in starts[c - 1] if any(abs(line[0].baseline - y) <= beside(line[0]) * pitch for line in columns[c])
            ]
            own = [y for y in starts[c] if not any(abs(y - other) <= TOGETHER * pitch for other in near)]
            starts[c] = sorted({*own, *near})
    return Band(tuple(tuple(lines) for lines in columns), tuple(tuple(s) for s in starts), pitch)


def _block_starts(lines: Sequence[TextLine], pitch: float, *, numbers: bool) -> list[float]:
    """Base lines at which a block of a column begins: after a wider step, and in a column of numbers at each number."""
    return [
        line[0].baseline
        for k, line in enumerate(lines)
        if k == 0 or numbers or line[0].baseline - lines[k - 1][0].baseline > wider(line[0]) * pitch
    ]


def wider(word: Word) -> float:
    """How many times the usual distance of lines a wider step is, before this word."""
    return WIDER_READ if is_read(word) else WIDER


def beside(word: Word) -> float:
    """How many times the usual distance of lines a number may stand off the line that it begins."""
    return BESIDE_READ if is_read(word) else TOGETHER


def row_places(band: Band, *, bare: bool) -> list[float]:
    """Base lines of the printed rows in a ruled one; one or none where it is a single row.

    Args:
        band: the ruled row.
        bare: the table has no rules between its rows: then, where several rows are plain, a block that begins alone counts
            too, if the other columns could begin a text on the same line, or if nothing else stands on it (a section title).
    """
    groups: list[list[float]] = []
    for y in sorted(y for s in band.starts for y in s):
        if groups and y - groups[-1][0] <= band.near:
            groups[-1].append(y)
        else:
            groups.append([y])
    strong = [g for g in groups if len(g) >= MIN_COLUMNS]
    several = sum(len(s) >= 2 for s in band.starts) >= MIN_COLUMNS
    if not several or len(strong) < 2:
        return []
    if not bare or len(strong) < MANY:
        return [median(g) for g in strong]
    return [median(g) for g in groups if len(g) >= MIN_COLUMNS or _begins_row(band, g[0])]


def _can_begin(band: Band, column: int, baseline: float) -> bool | None:
    """Whether the column's text on the line could begin a cell (after a space, with a capital or number); None for no text."""
    for k, line in enumerate(band.columns[column]):
        if abs(line[0].baseline - baseline) <= band.near:
            fresh = k == 0 or any(abs(y - line[0].baseline) <= band.near for y in band.starts[column])
            return fresh or not line[0].text[0].islower()
    return None


def _begins_row(band: Band, baseline: float) -> bool:
    """All texts on the line could begin a cell; a text alone on its line must be a section title, at the left."""
    could = {c: answer for c in range(len(band.columns)) if (answer := _can_begin(band, c, baseline)) is not None}
    return all(could.values()) and (len(could) > 1 or min(could) <= 1)


def infer_rows(raster: Raster, words: Sequence[Word], body: int) -> tuple[Raster, bool]:
    """The raster with borders between rows that no rule parts, and whether any was found.

    Columns that most rows begin get a border at every row; the columns left of the first such column hold labels of groups
    and get one only where a label begins.

    Args:
        raster: rows and columns as ruled.
        words: in the table.
        body: first raster row below the header.
    """
    below = [w for w in words if w.box.cy > raster.ys[body]] if body < len(raster.ys) else []
    pitch = line_pitch(below, raster)
    bare = len(raster.ys) - 1 - body <= FEW_BANDS
    ys: list[float] = list(raster.ys)
    level: list[Line | None] = list(raster.level)
    found = False
    for row in range(body, len(raster.ys) - 1):
        band = _band(raster, row, below, pitch)
        places = row_places(band, bare=bare)
        if len(places) < 2:
            continue
        found = True
        anchor = _anchor(band, places)
        for place in places[1:]:
            y = _place_above(place, raster.ys[row], below, band)
            spans = tuple(
                (raster.xs[c], raster.xs[c + 1])
                for c, starts in enumerate(band.starts)
                if c >= anchor or any(abs(b - place) <= band.near for b in starts)
            )
            k = next(i for i, old in enumerate(ys) if old > y)
            ys.insert(k, y)
            level.insert(k, Line(y, spans) if spans else None)
    return Raster(raster.xs, tuple(ys), raster.upright, tuple(level)), found


def _anchor(band: Band, places: Sequence[float]) -> int:
    """The first column that every row fills: most rows could begin there, and many do so after a space."""
    for c, starts in enumerate(band.starts):
        could = sum(_can_begin(band, c, p) is True for p in places)
        does = sum(any(abs(y - p) <= band.near for y in starts) for p in places)
        if could >= ANCHOR * len(places) and does >= BEGUN * len(places):
            return c
    return 0


def _place_above(baseline: float, top: float, words: Sequence[Word], band: Band) -> float:
    """A place for the border: just above the letters of the row that begins."""
    tops = [w.box.top for w in words if abs(w.baseline - baseline) <= band.near]
    return max(top + 1.0, (min(tops) if tops else baseline - band.pitch) - 0.5)
