"""What is drawn in the cells of a scanned month grid, measured on drawn pictures: fills, bars, signs, dust, doubts."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from extract.geometry import BBox
from extract.marks import Mark, doubtful, read_mark, row_paper
from extract.scan.picture import Pixels, Straight
from extract.scan.tones import inked_cells
from extract.table import Cell

SCALE = 200 / 72
XS = [20.0, 120.0, *(120.0 + 16 * k for k in range(1, 13))]
YS = [20.0 + 24 * k for k in range(7)]
ROW, MONTH = 2, 5
"""The cell that is drawn into: row from 0, month from 1."""

Box = tuple[float, float, float, float]
Draw = Callable[[Pixels], object]


def cell_box(row: int, month: int) -> BBox:
    """A month's cell; month 0 is the label of the row."""
    return BBox(1, XS[month], YS[row], XS[month + 1], YS[row + 1])


CELLS = [cell_box(row, month) for row in range(6) for month in range(13)]
HERE = cell_box(ROW, MONTH)


def place(x: float, y: float, at: BBox = HERE) -> tuple[int, int]:
    """Pixels of a place given in points from the cell's corner."""
    return round((at.x0 + x) * SCALE), round((at.top + y) * SCALE)


def filled(*cells: tuple[int, int], color: tuple[int, int, int]) -> Draw:
    def draw(page: Pixels) -> None:
        for row, month in cells:
            box = cell_box(row, month)
            cv2.rectangle(page, place(0, 0, box), place(box.width, box.height, box), color, -1)

    return draw


def block(x0: float, y0: float, x1: float, y1: float, color: int = 89) -> Draw:
    return lambda page: cv2.rectangle(page, place(x0, y0), place(x1, y1), (color,) * 3, -1)


def stroke(*points: tuple[float, float], color: tuple[int, int, int] = (30, 30, 30), width: int = 3) -> Draw:
    line = np.array([place(x, y) for x, y in points], np.int32)
    return lambda page: cv2.polylines(page, [line], False, color, width, cv2.LINE_AA)


def disc(radius: float, color: int = 20) -> Draw:
    return lambda page: cv2.circle(page, place(8, 12), round(radius * SCALE), (color,) * 3, -1, cv2.LINE_AA)


def hatched(page: Pixels) -> None:
    (x0, y0), (x1, y1) = place(0, 0), place(16, 24)
    part = page[y0:y1, x0:x1]
    for k in range(-y1 + y0, x1 - x0, 11):
        cv2.line(part, (k, y1 - y0), (k + y1 - y0, 0), (60, 60, 60), 2)


def screened(grey: int) -> Draw:
    """A cell as a bilevel scanner shows a grey: dots of black."""

    def draw(page: Pixels) -> None:
        order = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) * 16 + 8
        (x0, y0), (x1, y1) = place(0, 0), place(16, 24)
        dots = np.tile(order, (40, 40))[: y1 - y0, : x1 - x0]
        page[y0:y1, x0:x1] = np.where(grey < dots, 0, 255)[..., None]

    return draw


def both(*drawings: Draw) -> Draw:
    def draw(page: Pixels) -> None:
        for drawing in drawings:
            drawing(page)

    return draw


def zebra(page: Pixels) -> None:
    filled(*[(ROW, month) for month in range(13)], color=(237, 237, 237))(page)


def straight_of(draw: Draw, quality: int) -> Straight:
    """A straightened page with a ruled grid, its drawings, and the damage of a scanner."""
    page: Pixels = np.full((round(200 * SCALE), round(330 * SCALE), 3), 255, np.uint8)
    draw(page)
    for x in XS:
        cv2.line(page, place(0, 0, BBox(1, x, YS[0], x, YS[0])), place(0, 0, BBox(1, x, YS[-1], x, YS[-1])), (0, 0, 0), 2)
    for y in YS:
        cv2.line(page, place(0, 0, BBox(1, XS[0], y, XS[0], y)), place(0, 0, BBox(1, XS[-1], y, XS[-1], y)), (0, 0, 0), 2)
    for row in range(6):
        cv2.putText(page, "Rencana", place(4, 16, cell_box(row, 0)), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0, 0, 0), 2, cv2.LINE_AA)
    if quality < 100:
        noise = np.random.default_rng(7).normal(0, 3, page.shape[:2])[..., None]
        page = np.clip(cv2.GaussianBlur(page, (0, 0), 0.7) + noise, 0, 255).astype(np.uint8)
        page = np.asarray(cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1), np.uint8)
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), np.uint8)
    return Straight(grey, page, grey < 180, np.zeros(grey.shape, np.bool_), SCALE, 0, 0.0)


LABELS = [BBox(1, XS[0] + 3, YS[row] + 7, XS[0] + 60, YS[row] + 18) for row in range(6)]


def marks_of(straight: Straight, row: int, words: tuple[BBox, ...] = (), off: float = 0.0) -> str:
    """What the months of a row read as: # marked, . empty, ? unsure."""
    sign: dict[Mark, str] = {"marked": "#", "empty": ".", "unsure": "?"}
    cells = [BBox(1, c.x0 + off, c.top - off, c.x1 + off, c.bottom - off) for c in CELLS]
    inked = inked_cells(straight, cells, [*LABELS, *words])
    fills = (*inked.fills, *map(doubtful, inked.unsure))

    def cell(box: BBox) -> Cell:
        inside = tuple(m for m in inked.marks if box.overlap(m) > 0)
        return Cell(None, None, (box,), "printed", 1, tuple(f for f in fills if f.box.overlap(box) > 0), inside)

    own = [cell(box) for box in cells[13 * row : 13 * row + 13]]
    return "".join(sign[read_mark(c, row_paper(own[:1]))] for c in own[1:])


ONE = "....#......."
NONE = "." * 12
CASES: list[tuple[str, Draw, str]] = [
    ("nothing", lambda page: None, NONE),
    ("filled dark grey", filled((ROW, 5), color=(89, 89, 89)), ONE),
    ("filled grey", filled((ROW, 5), color=(217, 217, 217)), ONE),
    ("filled pale", filled((ROW, 5), (1, 1), (4, 9), (5, 2), color=(242, 242, 242)), ONE),
    ("filled yellow", filled((ROW, 5), color=(255, 255, 0)), ONE),
    ("filled black", filled((ROW, 5), color=(0, 0, 0)), ONE),
    ("filled over several months", filled(*[(ROW, m) for m in range(3, 8)], color=(166, 166, 166)), "..#####....."),
    ("hatched", hatched, ONE),
    ("dots of a screen", screened(89), ONE),
    ("sparse dots of a screen", screened(217), ONE),
    ("the tone of the row", zebra, NONE),
    ("filled in a toned row", both(zebra, filled((ROW, 5), color=(166, 166, 166))), ONE),
    ("a tick in a toned row", both(zebra, stroke((4, 12), (7, 16), (12, 7))), ONE),
    ("a bar", block(0, 9, 16, 15), ONE),
    ("a bar over several months", block(-16, 9, 31, 15), "...###......"),
    ("a bar that ends in the neighbour", block(0, 9, 18, 15), ONE),
    ("a tick", stroke((4, 12), (7, 16), (12, 7)), ONE),
    ("a cross", both(stroke((5, 8), (11, 16)), stroke((11, 8), (5, 16))), ONE),
    ("a dot", disc(2.2), ONE),
    ("a tick in coloured ink", stroke((4, 12), (7, 16), (12, 7), color=(60, 80, 190)), ONE),
    ("a speck of dust", disc(0.5), NONE),
    ("a large speck", block(7, 11, 8.7, 12.6, 20), "....?......."),
    ("a pen's stroke through the cell", stroke((2, -6), (14, 30)), "....?......."),
    ("a smudge", lambda page: cv2.circle(page, place(8, 12), 12, (215,) * 3, -1), "....?......."),
    ("one faint cell", filled((ROW, 5), color=(240, 240, 240)), "....?......."),
]


@pytest.mark.parametrize("quality", [100, 75, 40])
@pytest.mark.parametrize(("draw", "months"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_month_of_a_scan_is_marked(draw: Draw, months: str, quality: int) -> None:
    assert marks_of(straight_of(draw, quality), ROW) == months


@pytest.mark.parametrize("off", [-1.0, 1.0])
@pytest.mark.parametrize("color", [89, 217])
def test_borders_may_be_some_pixels_off(off: float, color: int) -> None:
    straight = straight_of(filled((ROW, 5), color=(color,) * 3), 75)
    assert marks_of(straight, ROW, off=off) == ONE


def test_equal_fills_have_one_colour() -> None:
    straight = straight_of(filled((1, 2), (ROW, 5), (5, 9), color=(217, 217, 217)), 40)
    inked = inked_cells(straight, CELLS, LABELS)
    assert len(inked.fills) == 3
    assert len({fill.color for fill in inked.fills}) == 1


def test_small_signs_that_come_again_and_again_are_no_dust() -> None:
    places = [(row, month) for row in range(6) for month in (2, 5)]

    def draw(page: Pixels) -> None:
        for row, month in places:
            cv2.circle(page, place(8, 12, cell_box(row, month)), 3, (20, 20, 20), -1, cv2.LINE_AA)

    assert marks_of(straight_of(draw, 75), ROW) == ".#..#......."


WORDS: list[tuple[str, Draw, Box, bool]] = [
    ("letters read into a bar", block(0, 9, 16, 15), (1, 9, 15, 15), True),
    ("letters read into dots", screened(89), (5, 6, 9, 14), True),
    ("a stroke read into a border", lambda page: None, (-0.8, 4, 0.8, 12), True),
    ("a sign", stroke((5, 8), (8, 16), (11, 8)), (4.5, 7, 11.5, 17), False),
    ("a sign on a fill", both(filled((ROW, 5), color=(217,) * 3), stroke((5, 8), (8, 16), (11, 8))), (4.5, 7, 11.5, 17), False),
]


@pytest.mark.parametrize(("draw", "box", "drawn"), [case[1:] for case in WORDS], ids=[case[0] for case in WORDS])
def test_words_that_are_drawings_are_told(draw: Draw, box: Box, drawn: bool) -> None:
    word = BBox(1, HERE.x0 + box[0], HERE.top + box[1], HERE.x0 + box[2], HERE.top + box[3])
    inked = inked_cells(straight_of(draw, 75), CELLS, [*LABELS, word])
    assert (word in inked.drawn) is drawn
    assert not set(inked.drawn) & set(LABELS)


def test_ink_of_a_word_is_no_mark() -> None:
    draw = stroke((5, 8), (8, 16), (11, 8))
    word = BBox(1, HERE.x0 + 4, HERE.top + 7, HERE.x0 + 12, HERE.top + 17)
    inked = inked_cells(straight_of(draw, 75), CELLS, [*LABELS, word])
    assert not inked.marks
    assert not inked.unsure


def test_a_page_without_cells_holds_nothing() -> None:
    inked = inked_cells(straight_of(lambda page: None, 75), [], LABELS)
    assert inked == type(inked)((), (), (), ())
