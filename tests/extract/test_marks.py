"""Which cells of a month grid are marked: fills against the paper of their row, bars, signs, small drawings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.geometry import BBox
from extract.marks import Mark, background, doubtful, read_mark, row_paper
from extract.page import Fill, Rgb
from extract.printed import Printed
from extract.table import Cell
from normalize.plan import layout_of, plan_rows
from tests.extract.pdfs import pdf, tables_of

WHITE, YELLOW, GREY, PALE, BLACK = (255, 255, 255), (255, 255, 0), (217, 217, 217), (237, 237, 237), (0, 0, 0)
X0, TOP, X1, BOTTOM = 100.0, 200.0, 118.0, 240.0
WHOLE = (X0, TOP, X1, BOTTOM)

Area = tuple[float, float, float, float]


def cell(*fills: tuple[Area, Rgb | None], text: str | None = None, drawing: Area | None = None) -> Cell:
    """A cell of a month grid: areas drawn in or over it, a sign, a small drawing."""
    box = BBox(1, *WHOLE)
    return Cell(
        text=Printed(text, (box,), 1.0) if text else None,
        label=None,
        boxes=(box,),
        origin="printed",
        cols=1,
        fills=tuple(Fill(BBox(1, *area), color) for area, color in fills),
        marks=(BBox(1, *drawing),) if drawing else (),
    )


def band(top: float, bottom: float, left: float = X0, right: float = X1) -> Area:
    return left, top, right, bottom


CASES: list[tuple[str, Cell, Rgb, Mark]] = [
    ("nothing", cell(), WHITE, "empty"),
    ("filled", cell((WHOLE, YELLOW)), WHITE, "marked"),
    ("filled black", cell((WHOLE, BLACK)), WHITE, "marked"),
    ("filled pale grey", cell((WHOLE, PALE)), WHITE, "marked"),
    ("filled with a pattern", cell((WHOLE, None)), WHITE, "marked"),
    ("filled white", cell((WHOLE, WHITE)), WHITE, "empty"),
    ("painted over in white", cell((WHOLE, YELLOW), (WHOLE, WHITE)), WHITE, "empty"),
    ("the grey of a zebra row", cell((WHOLE, PALE)), PALE, "empty"),
    ("filled in a zebra row", cell((WHOLE, PALE), (WHOLE, YELLOW)), PALE, "marked"),
    ("the paper shows through in a zebra row", cell((WHOLE, WHITE)), PALE, "marked"),
    ("nearly the paper's tone", cell((WHOLE, (233, 237, 240))), PALE, "empty"),
    ("filled a little inside its borders", cell((band(201, 239, 101, 117), YELLOW)), WHITE, "marked"),
    ("a bar through the middle", cell((band(217, 223), BLACK)), WHITE, "marked"),
    ("a bar that crosses several cells", cell((band(217, 223, 60, 200), BLACK)), WHITE, "marked"),
    ("a bar that begins in the middle", cell((band(217, 223, 108, 200), BLACK)), WHITE, "marked"),
    ("the end of the neighbour's bar", cell((band(217, 223, 60, 102), BLACK)), WHITE, "empty"),
    ("a sliver of the neighbour's fill", cell((band(200, 240, 60, 101.5), YELLOW)), WHITE, "empty"),
    ("a sliver of the fill above", cell((band(150, 201.5), YELLOW)), WHITE, "empty"),
    ("a border", cell((band(239.6, 240.4), BLACK)), WHITE, "empty"),
    ("a bar as white as the paper", cell((band(217, 223), WHITE)), WHITE, "empty"),
    ("a cross", cell(text="x"), WHITE, "marked"),
    ("a v", cell(text="v"), WHITE, "marked"),
    ("a check mark", cell(text="✓"), WHITE, "marked"),
    ("a tick of another font", cell(text="\uf0fc"), WHITE, "marked"),
    ("a dot", cell(text="●"), WHITE, "marked"),
    ("an asterisk", cell(text="*"), WHITE, "marked"),
    ("a dash", cell(text="-"), WHITE, "empty"),
    ("a long dash", cell(text="–"), WHITE, "empty"),
    ("a zero", cell(text="0"), WHITE, "empty"),
    ("a drawn tick", cell(drawing=(104, 210, 114, 220)), WHITE, "marked"),
]


@pytest.mark.parametrize(("month", "paper", "mark"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_month_is_marked(month: Cell, paper: Rgb, mark: Mark) -> None:
    assert read_mark(month, paper) == mark


def test_an_area_that_neither_covers_nor_crosses_a_cell_is_unsure() -> None:
    assert read_mark(cell((band(170, 215), YELLOW)), WHITE) == "unsure"


DOUBTS: list[tuple[str, Cell, Area, Mark]] = [
    ("a doubtful blob in an empty cell", cell(), (104, 210, 109, 215), "unsure"),
    ("a doubtful tone over the cell", cell(), WHOLE, "unsure"),
    ("a doubtful stroke over a filled cell", cell((WHOLE, YELLOW)), (104, 210, 109, 215), "unsure"),
    ("a doubtful stroke beside a sign", cell(text="x"), (104, 210, 109, 215), "unsure"),
    ("a doubtful blob in the neighbour", cell(), (98, 210, 101, 215), "empty"),
    ("a doubtful tone over the neighbour", cell((WHOLE, YELLOW)), (80, 200, 100, 240), "marked"),
]


@pytest.mark.parametrize(("month", "area", "mark"), [case[1:] for case in DOUBTS], ids=[case[0] for case in DOUBTS])
def test_a_doubtful_place_of_a_scan_makes_its_cell_unsure(month: Cell, area: Area, mark: Mark) -> None:
    doubted = replace(month, fills=(*month.fills, doubtful(BBox(1, *area))))
    assert read_mark(doubted, WHITE) == mark
    assert background(doubted) == background(month)


PAPERS: list[tuple[str, list[Cell], Rgb]] = [
    ("no fills", [cell(), cell()], WHITE),
    ("a zebra row", [cell((WHOLE, PALE)), cell((WHOLE, PALE)), cell()], PALE),
    ("one emphasised label", [cell((WHOLE, YELLOW)), cell(), cell()], WHITE),
    ("a pattern is no paper", [cell((WHOLE, None)), cell()], WHITE),
    ("no cells", [], WHITE),
]


@pytest.mark.parametrize(("cells", "paper"), [case[1:] for case in PAPERS], ids=[case[0] for case in PAPERS])
def test_the_paper_of_a_row_is_what_most_of_its_cells_stand_on(cells: list[Cell], paper: Rgb) -> None:
    assert row_paper(cells) == paper


def test_the_last_fill_that_covers_a_cell_is_its_background() -> None:
    assert background(cell((WHOLE, YELLOW), (band(217, 223), BLACK), (WHOLE, GREY))) == GREY
    assert background(cell((band(217, 223), BLACK))) == WHITE


BARS = [(1, 2), (1, 6), (3, 12), (1, 12)]
"""First and last month of the bar of each row."""


def schedule(*, cell_by_cell: bool, thick: bool) -> bytes:
    """A plan whose months are bars, each drawn as one stroke over all its months."""
    xs = [40.0, 70, 300, 400, *(430.0 + 30 * k for k in range(12))]
    ys = [500.0, 480, 460, *(430.0 - 30 * k for k in range(4))]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 9)
        canvas.setLineWidth(0.6)
        fields = [(xs[c], ys[2], xs[c + 1], ys[0]) for c in range(3)] + [(xs[3], ys[1], xs[-1], ys[0])]
        fields += [(xs[c], ys[2], xs[c + 1], ys[1]) for c in range(3, 15)]
        fields += [(xs[c], ys[r + 1], xs[c + 1], ys[r]) for r in range(2, 6) for c in range(15)]
        if cell_by_cell:
            for x0, y0, x1, y1 in fields:
                canvas.rect(x0, y0, x1 - x0, y1 - y0)
        else:
            for k, y in enumerate(ys):
                canvas.line(xs[3] if k == 1 else xs[0], y, xs[-1], y)
            for k, x in enumerate(xs):
                canvas.line(x, ys[1] if 3 < k < 15 else ys[0], x, ys[-1])
        for x, text in zip(xs, ("NO", "KEGIATAN", "OUTPUT", "PELAKSANAAN (BULAN)"), strict=False):
            canvas.drawString(x + 3, 486, text)
        for month in range(1, 13):
            canvas.drawString(xs[2 + month] + 8, 466, str(month))
        for r, (first, last) in enumerate(BARS):
            for x, text in zip(xs, (f"{r + 1}", "Pembentukan tim " + "abcd"[r], "Laporan"), strict=False):
                canvas.drawString(x + 3, ys[2 + r] - 12, text)
            canvas.saveState()
            canvas.setStrokeColorRGB(0.1, 0.3, 0.5)
            canvas.setLineWidth(8 if thick else 3)
            canvas.line(xs[2 + first] + 1, ys[2 + r] - 15, xs[3 + last] - 1, ys[2 + r] - 15)
            canvas.restoreState()

    return pdf(draw, size=(842, 595))


@pytest.mark.parametrize(
    ("cell_by_cell", "thick"),
    [
        pytest.param(False, False, id="long-rules-thin-bars"),
        pytest.param(False, True, id="long-rules-thick-bars"),
        pytest.param(True, True, id="cell-borders-thick-bars"),
        pytest.param(True, False, id="cell-borders-thin-bars"),
    ],
)
def test_a_bar_over_many_months_marks_them_all(cell_by_cell: bool, thick: bool, tmp_path: Path) -> None:
    (table,) = tables_of(schedule(cell_by_cell=cell_by_cell, thick=thick), tmp_path)
    rows = plan_rows(table, layout_of(table))
    assert [row.months for row in rows] == [tuple(range(first, last + 1)) for first, last in BARS]
