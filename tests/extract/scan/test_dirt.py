"""Text told from dirt, pens and seals on one page of plain lines, a table, and a round seal."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extract.page import Rule
from extract.scan.dirt import Judge, judge_of
from extract.scan.engine import Found, Reading
from extract.scan.lines import rule_mask
from extract.scan.picture import Mask, Straight
from extract.scan.seals import Seal, seals_of
from tests.extract.scan.drawn import SCALE, Sheet, evenly, px, straight_of
from tests.press.fonts import HELVETICA

TEXT = "menetapkan rencana kerja zona integritas tahun 2021"
SEAL_X, SEAL_Y, SEAL_RADIUS = 420.0, 330.0, 50.0  # points
HIGH = 36  # pixels: height of a plain line's box


def prose(sheet: Sheet, first: int = 40, last: int = 200) -> list[Found]:
    return [sheet.text(40, y, TEXT) for y in range(first, last, 18)]


def seal(sheet: Sheet, x: float = SEAL_X, y: float = SEAL_Y, radius: float = SEAL_RADIUS) -> None:
    """Two rings with letters round about between them."""
    sheet.canvas.setLineWidth(1.2)
    for r in (radius, 0.66 * radius):
        sheet.canvas.circle(x, sheet.height - y, r)
    for k, letter in enumerate("KOMISI PEMILIHAN UMUM  REPUBLIK INDONESIA  "):
        angle = math.radians(90 - 8.2 * k)
        sheet.canvas.saveState()
        sheet.canvas.translate(x + 0.76 * radius * math.cos(angle), sheet.height - y + 0.76 * radius * math.sin(angle))
        sheet.canvas.rotate(math.degrees(angle) - 90)
        sheet.canvas.setFont(HELVETICA.bold, 7)
        sheet.canvas.drawCentredString(0, 0, letter)
        sheet.canvas.restoreState()


@pytest.fixture(scope="module")
def judge() -> Judge:
    sheet = Sheet(595, 420)
    lines = prose(sheet)
    rules = [sheet.rule(x, 230, x, 400) for x in (40, 120, 200)] + [sheet.rule(40, y, 200, y) for y in range(230, 401, 34)]
    seal(sheet)
    straight = sheet.straight()
    return judge_of(lines, [evenly(TEXT)] * len(lines), rules, straight, rule_mask(rules, straight))


def box(x: float, y: float, width: float, high: float = HIGH, score: float = 0.9) -> Found:
    """A box from its left and its middle in points, as high as told in pixels."""
    return Found(px(x), px(y) - round(high / 2), px(x + width), px(y) + round(high / 2), score)


def read(text: str, *scores: float) -> Reading:
    """The text; the scores of its first letters, the last one of which goes for the rest."""
    each = [*scores, *[scores[-1]] * len(text)][: len(text)]
    return Reading(text, evenly(text).places, tuple(each))


PLAIN, TABLE, IN_SEAL = (300.0, 300.0), (60.0, 300.0), (405.0, 330.0)
CASES: list[tuple[str, bool, Found, Reading]] = [
    ("a plain line", True, box(*PLAIN, 60), read("Ditetapkan di Jakarta", 0.98)),
    ("nothing read", False, box(*PLAIN, 60), read("", 0.0)),
    ("blanks read", False, box(*PLAIN, 60), read("  ", 0.9)),
    ("scratch of a staple", False, box(*PLAIN, 25, 0.3 * HIGH), read("--", 0.6)),
    ("speck", False, box(*PLAIN, 6, 0.5 * HIGH), read(".", 0.7)),
    ("small print", True, box(*PLAIN, 60, 0.76 * HIGH), read("catatan kaki", 0.97)),
    ("nothing but guesses", False, box(*PLAIN, 60), read("Ditetapkan", 0.4)),
    ("loop of a pen", False, box(*PLAIN, 30, 1.4 * HIGH), read("Jhy", 0.9, 0.7)),
    ("loop that is surer, no word", False, box(*PLAIN, 30), read("Mlu", 0.95, 0.4)),
    ("known word badly read", True, box(*PLAIN, 30), read("Ketua,", 0.9, 0.45)),
    ("name badly read but two words", True, box(*PLAIN, 60), read("Budi Hartono", 0.95, 0.45, 0.95)),
    ("signature", False, box(*PLAIN, 80, 2.5 * HIGH), read("Mfr Aly", 0.85)),
    ("title in large letters", True, box(*PLAIN, 80, 2.2 * HIGH), read("KEPUTUSAN", 0.97)),
    ("digit in a cell", True, box(*TABLE, 6), read("7", 0.7)),
    ("the same outside tables", False, box(*PLAIN, 6), read("7", 0.7)),
    ("digit surely read outside tables", True, box(*PLAIN, 6), read("7", 0.9)),
    ("overlooked digit in a cell", True, box(*TABLE, 6, score=0.0), read("7", 0.95)),
    ("overlooked, not sure", False, box(*TABLE, 6, score=0.0), read("7", 0.8)),
    ("overlooked far from text", False, box(*PLAIN, 6, score=0.0), read("7", 0.95)),
    ("overlooked label before a line", True, box(20, 40 - 3.2, 8, score=0.0), read("a.", 0.95)),
    ("overlooked line of text", True, box(*PLAIN, 60, score=0.0), read("Ditetapkan", 0.95)),
    ("ttd. in a seal", True, box(*IN_SEAL, 20), read("ttd.", 0.98)),
    ("ttd. not sure", False, box(*IN_SEAL, 20), read("ttd.", 0.9)),
    ("letters of the ring", False, box(410, 292, 20, 0.6 * HIGH), read("MIL", 0.97)),
    ("overlooked letters of the ring", False, box(405, 292, 20, score=0.0), read("PEMILIHAN", 0.99)),
    ("two strokes of the emblem", False, box(*IN_SEAL, 10), read("II", 0.99)),
    ("a name that runs through the seal", True, box(360, 340, 140), read("Budi Hartono", 0.9)),
]


@pytest.mark.parametrize(("wanted", "line", "reading"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_text(judge: Judge, wanted: bool, line: Found, reading: Reading) -> None:
    assert judge.is_text(line, reading) is wanted


def test_the_seal_of_the_page_is_found_where_it_is(judge: Judge) -> None:
    (found,) = judge.seals
    assert math.hypot(found.x / SCALE - SEAL_X, found.y / SCALE - SEAL_Y) < 3
    assert abs(found.radius / SCALE - SEAL_RADIUS) < 3


def test_a_page_without_a_sure_line_is_judged_all_the_same() -> None:
    blank = straight_of(np.full((300, 300), 255, np.uint8))
    none: Mask = np.zeros((300, 300), np.bool_)
    assert judge_of([], [], [], blank, none).seals == ()
    lone = judge_of([box(20, 40, 30)], [read("7", 0.6)], [], blank, none)
    assert not lone.is_text(box(20, 40, 30), read("7", 0.6))


def ring(radius: float, *, drawn: float = 1.0, squeeze: float = 1.0) -> Mask:
    """A worn ring: so much of it is drawn, in twelve arcs, and so much narrower than high it is."""
    page = np.zeros((px(300), px(300)), np.uint8)
    axes = (round(radius * SCALE * squeeze), round(radius * SCALE))
    for start in range(0, 360, 30):
        cv2.ellipse(page, (px(150), px(140)), axes, 0, start, start + 30 * drawn, 1, 3)
    return page > 0


@pytest.mark.parametrize("radius", [44.0, 50.0, 58.0])
@pytest.mark.parametrize("drawn", [1.0, 0.75])
def test_worn_seals_are_found(radius: float, drawn: float) -> None:
    (found,) = seals_of(ring(radius, drawn=drawn), SCALE)
    assert math.hypot(found.x / SCALE - 150, found.y / SCALE - 140) < 3
    assert abs(found.radius / SCALE - radius) < 3


@pytest.mark.parametrize("mask", [ring(20), ring(95), ring(50, drawn=0.15), ring(58, squeeze=0.5), ring(50) & False])
def test_other_rings_are_no_seals(mask: Mask) -> None:
    assert seals_of(mask, SCALE) == []


def test_a_box_is_in_a_seal_when_all_of_it_is() -> None:
    round_one = Seal(100, 100, 50)
    assert round_one.holds(70, 70, 130, 130)
    assert not round_one.holds(60, 60, 140, 140)
    assert not round_one.holds(100, 100, 160, 110)


def judged(sheet: Sheet, lines: Sequence[Found], rules: Sequence[Rule] = ()) -> Judge:
    straight: Straight = sheet.straight()
    return judge_of(lines, [evenly(TEXT)] * len(lines), rules, straight, rule_mask(rules, straight))


CIRCLES = "circles through text and fills hold as much ink as a worn ring, and nothing compares it with the ink beside"


@pytest.mark.parametrize("score", [0.99, 0.9])
def test_a_page_of_text_holds_no_seal(score: float) -> None:
    """However well it was read: short lines would be thrown away as letters of its ring."""
    sheet, lines, readings = Sheet(595, 842), [], []
    for k, y in enumerate(range(60, 800, 16)):
        x = 60 + 12 * (k % 4)
        texts = [(x, TEXT)] if k % 3 else [(x, "tahun 2021;"), (x + 120, "Ketua")]
        lines += [sheet.text(x, y, text) for x, text in texts]
        readings += [evenly(text, score) for _, text in texts]
    straight = sheet.straight()
    judge = judge_of(lines, readings, [], straight, straight.ink & False)
    assert [r.text for line, r in zip(lines, readings, strict=True) if not judge.is_text(line, r)] == []


@pytest.mark.parametrize("ruled", [True, pytest.param(False, marks=pytest.mark.xfail(reason=CIRCLES))])
def test_a_grid_of_filled_months_holds_no_seal(ruled: bool) -> None:
    sheet = Sheet(595, 842)
    lines = prose(sheet)
    xs, ys = [200.0 + 24 * k for k in range(13)], [300.0 + 22 * k for k in range(20)]
    rules = [sheet.rule(x, ys[0], x, ys[-1]) for x in xs] + [sheet.rule(xs[0], y, xs[-1], y) for y in ys]
    for row, y in enumerate(ys[:-1]):
        for month in range(row % 7, row % 7 + 4):
            sheet.canvas.rect(xs[month] + 1, sheet.height - y - 21, 22, 20, stroke=0, fill=1)
    assert judged(sheet, lines, rules if ruled else ()).seals == ()
