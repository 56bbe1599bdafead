"""Rules to rasters to cells: whatever draws the borders, the cells are those that the eye sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.bars import borders_and_bars
from extract.geometry import BBox
from extract.grid import GridCell, Raster, cells_of, raster_of, regions, straighten, stretches
from extract.page import Page, Rule, Word
from extract.stitch import logical_tables
from extract.tables import grids_of
from tests.extract.tables_of_text import word

LEFT, TOP = 50.0, 70.0
NEAR = 2.6  # points a border may come out beside the place where it was drawn: half of what is snapped together
STYLES = ("lines", "pieces", "cells", "spaced cells", "dashes")

Block = tuple[int, int, int, int]


@dataclass(frozen=True)
class Drawn:
    """A table as it is drawn: borders of the fields, the merged blocks, and how the borders are inked."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    blocks: tuple[Block, ...]
    style: str

    def box(self, block: Block) -> BBox:
        r, c, rows, cols = block
        return BBox(1, self.xs[c], self.ys[r], self.xs[c + cols], self.ys[r + rows])

    @property
    def rules(self) -> list[Rule]:
        """Its borders as rules."""
        out: list[Rule] = []
        for block in self.blocks:
            b = self.box(block)
            d = 1.0 if self.style == "spaced cells" else 0.0
            sides = [
                (False, b.top + d, b.x0 + d, b.x1 - d),
                (False, b.bottom - d, b.x0 + d, b.x1 - d),
                (True, b.x0 + d, b.top + d, b.bottom - d),
                (True, b.x1 - d, b.top + d, b.bottom - d),
            ]
            if self.style in ("lines", "pieces", "dashes"):  # each border once: the upper and left one, and the table's own
                sides = [s for s in sides if s[1] in (b.top, b.x0) or s[1] in (self.ys[-1], self.xs[-1])]
            out += [Rule(v, at, a, z, 0.6, (0, 0, 0)) for v, at, start, end in sides for a, z in self._inked(start, end)]
        return out

    def _inked(self, start: float, end: float) -> list[tuple[float, float]]:
        if self.style == "dashes":
            n = max(1, int((end - start) / 5))
            return [(start + k * (end - start) / n, start + (k + 0.7) * (end - start) / n) for k in range(n)]
        if self.style == "pieces":
            middle = (start + end) / 2
            return [(start, middle), (middle + 0.4, end)]
        return [(start, end)]


@st.composite
def drawn_tables(draw: st.DrawFn) -> Drawn:
    """Tables of 2-6 columns and 2-7 rows with random merged blocks."""
    n_rows, n_cols = draw(st.integers(2, 7)), draw(st.integers(2, 6))
    widths = draw(st.lists(st.floats(14, 90), min_size=n_cols, max_size=n_cols))
    heights = draw(st.lists(st.floats(11, 60), min_size=n_rows, max_size=n_rows))
    free = {(r, c) for r in range(n_rows) for c in range(n_cols)}
    blocks: list[Block] = []
    while free:
        r, c = min(free)
        rows, cols = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (2, 1), (3, 1), (1, 2), (1, 3), (2, 2)]))
        while not {(r + i, c + j) for i in range(rows) for j in range(cols)} <= free:
            rows, cols = (rows - 1, cols) if rows > 1 else (rows, cols - 1)
        blocks.append((r, c, rows, cols))
        free -= {(r + i, c + j) for i in range(rows) for j in range(cols)}
    return Drawn(_places(LEFT, widths), _places(TOP, heights), tuple(blocks), draw(st.sampled_from(STYLES)))


def _places(start: float, steps: Sequence[float]) -> tuple[float, ...]:
    out = [start]
    for step in steps:
        out.append(out[-1] + step)
    return tuple(out)


def read(table: Drawn, words: Sequence[Word] = ()) -> tuple[Raster, list[GridCell]]:
    """The raster and the cells of a drawn table, by the chain that reads a page."""
    borders, bars = borders_and_bars(table.rules, words, 1)
    assert bars == []
    (region,) = regions(stretches(borders))
    raster = raster_of(region)
    assert raster is not None
    return raster, cells_of(raster, 1, words)


def cell_over(cells: Sequence[GridCell], box: BBox) -> GridCell:
    """The cell whose box is the given one."""
    (found,) = [
        c
        for c in cells
        if max(abs(c.box.x0 - box.x0), abs(c.box.x1 - box.x1), abs(c.box.top - box.top), abs(c.box.bottom - box.bottom)) <= NEAR
    ]
    return found


@given(drawn_tables())
@settings(max_examples=150, deadline=None)
def test_cells_tile_the_raster(table: Drawn) -> None:
    raster, cells = read(table)
    fields = Counter((c.row + i, c.col + j) for c in cells for i in range(c.rows) for j in range(c.cols))
    assert fields == Counter((r, c) for r in range(len(raster.ys) - 1) for c in range(len(raster.xs) - 1))
    whole = (raster.xs[-1] - raster.xs[0]) * (raster.ys[-1] - raster.ys[0])
    assert sum(c.box.area for c in cells) == pytest.approx(whole)


@given(drawn_tables())
@settings(max_examples=150, deadline=None)
def test_cells_are_the_blocks_that_were_drawn(table: Drawn) -> None:
    _, cells = read(table)
    assert len(cells) == len(table.blocks)
    for block in table.blocks:
        cell_over(cells, table.box(block))


@given(drawn_tables(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_word_comes_out_in_the_cell_it_was_set_in_and_nowhere_else(table: Drawn, data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(table.blocks), min_size=1, unique=True))
    placed = {}
    for n, block in enumerate(chosen):
        box = table.box(block)
        text = f"{n}"[:2]
        x = data.draw(st.floats(box.x0 + 2, box.x1 - 2 - 4.0 * len(text)))
        baseline = data.draw(st.floats(box.top + 7, box.bottom - 3))
        placed[block] = word(text, x, baseline)
    _, cells = read(table, list(placed.values()))
    assert sum(len(c.words) for c in cells) == len(placed)
    for block, set_word in placed.items():
        assert cell_over(cells, table.box(block)).words == (set_word,)


@given(drawn_tables(), st.integers(3, 60), st.data())
@settings(max_examples=100, deadline=None)
def test_no_letter_is_lost_where_a_word_runs_over_borders(table: Drawn, length: int, data: st.DataObject) -> None:
    x = data.draw(st.floats(LEFT, table.xs[-1] - 4))
    baseline = data.draw(st.floats(TOP + 7, table.ys[-1] - 3))
    text = "abcdefghijklmnopqrstuvwxyz"[: min(26, length, int((table.xs[-1] - x) / 4))]
    _, cells = read(table, [word(text, x, baseline)])
    parts = sorted((w for c in cells for w in c.words), key=lambda w: w.box.x0)
    assert "".join(w.text for w in parts) == text
    assert all(c.box.x0 - 3 <= w.box.cx <= c.box.x1 + 3 for c in cells for w in c.words)


def test_letters_that_run_over_a_border_come_out_in_the_cell_that_they_stand_in() -> None:
    table = table_at(50, 100, columns=2, rows=1)
    _, cells = read(table, [word("kanankiri", 90, 112)])
    texts = [[w.text for w in c.words] for c in cells]
    assert texts == [["kanan"], ["kiri"]]


def test_a_letter_that_touches_a_border_stays_with_its_word() -> None:
    table = table_at(50, 100, columns=2, rows=1)
    _, cells = read(table, [word("kanan", 91, 112)])
    assert [[w.text for w in c.words] for c in cells] == [["kanan"], []]


LINES: list[tuple[str, list[tuple[float, float, float]], list[tuple[float, tuple[tuple[float, float], ...]]]]] = [
    ("one rule", [(10, 0, 100)], [(10, ((0, 100),))]),
    ("drawn twice", [(10, 0, 100), (10, 0, 100)], [(10, ((0, 100),))]),
    ("double border", [(10, 0, 100), (12, 0, 100)], [(11, ((0, 100),))]),
    ("cell by cell", [(10, 0, 50), (10, 51, 100)], [(10, ((0, 100),))]),
    ("a stretch is missing", [(10, 0, 40), (10, 60, 100)], [(10, ((0, 40), (60, 100)))]),
    ("two lines", [(10, 0, 100), (20, 0, 100)], [(10, ((0, 100),)), (20, ((0, 100),))]),
]


@pytest.mark.parametrize(("rules", "lines"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_rules_become_lines(
    rules: list[tuple[float, float, float]], lines: list[tuple[float, tuple[tuple[float, float], ...]]]
) -> None:
    found = straighten([Rule(False, at, start, end, 0.6) for at, start, end in rules])
    assert [(line.at, line.spans) for line in found] == lines


def ruled_page(rules: Sequence[Rule], words: Sequence[Word]) -> Page:
    return Page(1, 595, 842, 0, "digital", tuple(words), (), tuple(rules), (), (), ())


def test_the_line_under_a_header_over_two_columns_is_a_border() -> None:
    """Two semesters in narrow columns: one column border begins on the line, and its columns hold signs."""
    xs, ys = (50, 200, 350, 400, 450), (100, 120, 140, 160, 180)
    rules = [Rule(False, y, xs[2] if y == 120 else xs[0], xs[-1], 0.6, (0, 0, 0)) for y in ys]
    rules += [Rule(True, x, 120 if x == 400 else 100, ys[-1], 0.6, (0, 0, 0)) for x in xs]
    rows = [
        ["KEGIATAN", "OUTPUT", "JADWAL", ""],
        ["", "", "SMT-I", "SMT-II"],
        ["Rapat", "Notula", "x", ""],
        ["Apel", "Foto", "", "x"],
    ]
    words = [word(t, x + 3, y + 12) for y, row in zip(ys, rows, strict=False) for x, t in zip(xs, row, strict=False) if t]
    (grid,) = grids_of(ruled_page(rules, words))
    (table,) = logical_tables([grid])
    assert [c.levels for c in table.columns] == [("KEGIATAN",), ("OUTPUT",), ("JADWAL", "SMT-I"), ("JADWAL", "SMT-II")]


def table_at(x: float, y: float, *, columns: int = 3, rows: int = 3) -> Drawn:
    blocks = tuple((r, c, 1, 1) for r in range(rows) for c in range(columns))
    xs, ys = _places(x, [60.0] * columns), _places(y, [20.0] * rows)
    return Drawn(xs, ys, blocks, "lines")


def some_words(table: Drawn) -> list[Word]:
    return [word(f"{r}{c}", table.xs[c] + 3, table.ys[r] + 12) for r, c, _, _ in table.blocks]


def test_two_tables_on_a_page_are_told_apart() -> None:
    upper, lower = table_at(50, 100), table_at(50, 300, columns=4)
    grids = grids_of(ruled_page([*lower.rules, *upper.rules], [*some_words(upper), *some_words(lower)]))
    assert [(len(g.xs) - 1, round(g.ys[0])) for g in grids] == [(3, 100), (4, 300)]


NO_TABLES: list[tuple[str, list[Rule]]] = [
    ("no rules", []),
    ("letterhead line", [Rule(False, 90, 60, 500, 2.0)]),
    ("double letterhead line", [Rule(False, 90, 60, 500, 2.0), Rule(False, 93, 60, 500, 0.6)]),
    ("underline", [Rule(False, 120, 200, 260, 0.6)]),
    ("frame of a stamp", table_at(60, 100, columns=1, rows=1).rules),
]


@pytest.mark.parametrize("rules", [case[1] for case in NO_TABLES], ids=[case[0] for case in NO_TABLES])
def test_rules_that_make_no_table_give_none(rules: list[Rule]) -> None:
    assert grids_of(ruled_page(rules, [word("SALINAN", 65, 112), word("kata", 210, 118)])) == []


LONG = [Rule(False, y, 50, 450, 0.6, (0, 0, 0)) for y in (100, 120, 140)] + [
    Rule(True, x, 100, 140, 0.6, (0, 0, 0)) for x in (50, 150, 250, 350, 450)
]
BLUE = (31, 78, 121)
TEXT = [word("rapat", 160 + 25 * (k % 3), 109 + 10 * (k // 3)) for k in range(9)]
BARS: list[tuple[str, Rule, list[Word], bool]] = [
    ("a short line of another colour", Rule(False, 130, 155, 245, 1.0, BLUE), [], True),
    ("a short line of another colour among text", Rule(False, 130, 155, 245, 1.0, BLUE), TEXT, True),
    ("a short line far thicker", Rule(False, 130, 155, 245, 2.8, (0, 0, 0)), [], True),
    ("a short line like the borders among text", Rule(False, 130, 155, 245, 0.6, (0, 0, 0)), TEXT, False),
    ("a short line like the borders where nothing is printed", Rule(False, 130, 155, 245, 0.6, (0, 0, 0)), [], True),
    (
        "a short line like the borders where signs stand",
        Rule(False, 130, 155, 245, 0.6, (0, 0, 0)),
        [word("x", 200, 110)],
        True,
    ),
    ("a short line on the height of a border", Rule(False, 121, 155, 245, 0.6, (0, 0, 0)), [], False),
    ("an upright line of another colour", Rule(True, 130, 100, 160, 1.0, BLUE), [], False),
    ("a whole row border of another colour", Rule(False, 120, 50, 450, 1.0, BLUE), [], False),
]


@pytest.mark.parametrize(("rule", "words", "is_bar"), [case[1:] for case in BARS], ids=[case[0] for case in BARS])
def test_a_short_line_that_no_border_meets_is_a_bar(rule: Rule, words: list[Word], is_bar: bool) -> None:
    borders, bars = borders_and_bars([*LONG, rule], words, 1)
    assert (rule in borders, len(bars)) == (not is_bar, int(is_bar))
