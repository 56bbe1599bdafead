"""Lines of text on a ruled page: cut at the rules, made whole, and none overlooked that an eye would see."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from extract.page import Rule
from extract.scan.engine import Found
from extract.scan.lines import MOST_OVERLOOKED, find_lines, rule_mask, without_rules
from extract.scan.picture import Mask, Straight
from tests.extract.scan.drawn import DARK, Sheet, Told, px

TEXTS = ("laporan hasil", "rencana tahun", "dokumen lengkap", "bulan Maret")


def joined(*boxes: Found) -> Found:
    """One box around several, as an engine that overlooks rules gives it."""
    return Found(
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes), 0.9
    )


def printed(sheet: Sheet) -> list[Found]:
    """Some plain lines, from which the usual height is known."""
    return [sheet.text(20, 30 + 20 * k, text) for k, text in enumerate(TEXTS)]


def lines_on(straight: Straight, rules: Sequence[Rule], found: Sequence[Found]) -> list[Found]:
    mask = rule_mask(rules, straight)
    return find_lines(straight, rules, Told(found), without_rules(straight, mask), straight.ink & ~mask)


def ink_outside(straight: Straight, rules: Sequence[Rule], lines: Sequence[Found]) -> int:
    """Pixels of print that stand in no line."""
    rest: Mask = straight.ink & ~rule_mask(rules, straight)
    for line in lines:
        rest[line.top : line.bottom, line.x0 : line.x1] = False
    return int(rest.sum())


def holds(line: Found, box: Found) -> bool:
    """The line reaches over the box of the print, but for the air around it."""
    air = px(2.5)
    across = line.x0 <= box.x0 + air and line.x1 >= box.x1 - air
    return across and line.top <= box.top + air and line.bottom >= box.bottom - air


def test_a_line_across_an_upright_rule_is_cut() -> None:
    sheet = Sheet()
    others = printed(sheet)
    boxes = [sheet.text(x, 130, text) for x, text in ((20, "satu"), (60, "dua"), (100, "tiga"))]
    rules = [sheet.rule(x, 115, x, 140) for x in (52, 92)]
    lines = lines_on(sheet.straight(), rules, [*others, joined(*boxes)])
    cut = sorted(set(lines) - set(others), key=lambda line: line.x0)
    assert len(cut) == 3
    assert all(holds(line, box) for line, box in zip(cut, boxes, strict=True))
    assert [(a.x1, b.x0) for a, b in pairwise(cut)] == [(px(52), px(52)), (px(92), px(92))]


def test_a_box_over_a_level_rule_is_two_lines() -> None:
    sheet = Sheet()
    others = printed(sheet)
    upper, lower = sheet.text(20, 130, "atas"), sheet.text(20, 146, "bawah")
    rules = [sheet.rule(15, 134.5, 150, 134.5)]
    lines = lines_on(sheet.straight(), rules, [*others, joined(upper, lower)])
    cut = sorted(set(lines) - set(others), key=lambda line: line.top)
    assert len(cut) == 2
    assert holds(cut[0], upper)
    assert holds(cut[1], lower)


@pytest.mark.parametrize(
    ("x0", "y0", "x1", "y1"),
    [(60, 90, 60, 124), (20, 120.5, 200, 120.5), (200, 100, 200, 190), (18.9, 90, 18.9, 190)],
    ids=["ends above the letters", "border of the cell", "beside the line", "at its very end"],
)
def test_other_rules_cut_nothing(x0: float, y0: float, x1: float, y1: float) -> None:
    sheet = Sheet()
    found = [*printed(sheet), sheet.text(20, 130, "hasil rencana tahun")]
    rules = [sheet.rule(x0, y0, x1, y1)]
    assert set(lines_on(sheet.straight(), rules, found)) == set(found)


def test_letters_cut_off_at_either_end_are_added() -> None:
    sheet = Sheet()
    found = printed(sheet)
    whole = sheet.text(20, 130, "(laporan hasil)")
    short = Found(whole.x0 + px(5), whole.top, whole.x1 - px(5), whole.bottom, 0.9)
    straight = sheet.straight()
    assert ink_outside(straight, [], [*found, short]) > 20
    lines = lines_on(straight, [], [*found, short])
    assert len(lines) == len(found) + 1
    assert ink_outside(straight, [], lines) == 0


def test_nothing_is_added_across_a_rule() -> None:
    """The digit in the next cell stands near, and stays a line of its own."""
    sheet = Sheet()
    found = [*printed(sheet), sheet.text(20, 130, "hasil")]
    digit = sheet.text(45, 130, "7")
    rules = [sheet.rule(43.5, 115, 43.5, 140)]
    lines = lines_on(sheet.straight(), rules, found)
    assert set(found) < set(lines)
    (own,) = set(lines) - set(found)
    assert holds(own, digit)


@pytest.mark.parametrize("text", ["7", "1", "12", "a", "V", "x", "Ya", "100%"])
def test_an_overlooked_label_in_a_cell_is_found(text: str) -> None:
    sheet = Sheet()
    found = printed(sheet)
    label = sheet.text(200, 60, text)
    rules = [sheet.rule(x, 40, x, 80) for x in (180, 240)] + [sheet.rule(180, y, 240, y) for y in (40, 80)]
    straight = sheet.straight()
    lines = lines_on(straight, rules, found)
    (own,) = set(lines) - set(found)
    assert own.score == 0
    assert holds(own, label)
    assert ink_outside(straight, rules, lines) == 0


def test_specks_strokes_and_rests_of_stamps_are_no_lines() -> None:
    sheet = Sheet()
    found = printed(sheet)
    sheet.text(200, 60, "8")  # lies under a stamp
    sheet.canvas.rect(200, 100, 0.8, 0.8, stroke=0, fill=1)
    sheet.canvas.rect(220, 100, 1.5, 1.5, stroke=0, fill=1)
    sheet.canvas.rect(150, 60, 60, 5, stroke=0, fill=1)
    sheet.canvas.circle(250, 60, 20)
    pixels = sheet.pixels()
    lifted = np.zeros(pixels.shape, np.bool_)
    lifted[px(50) : px(54), px(190) : px(220)] = True
    straight = Straight(pixels, np.dstack([pixels] * 3), pixels < DARK, lifted, 200 / 72, 0, 0.0)
    assert set(lines_on(straight, [], found)) == set(found)
    assert len(lines_on(Straight(pixels, straight.tone, straight.ink, lifted & False, 200 / 72, 0, 0.0), [], found)) > len(
        found
    )


def test_dirt_all_over_does_not_cost_all_time() -> None:
    sheet = Sheet(600, 600)
    found = printed(sheet)
    for k in range(300):
        sheet.text(20 + 28 * (k % 20), 140 + 28 * (k // 20), "o")
    assert len(lines_on(sheet.straight(), [], found)) == len(found) + MOST_OVERLOOKED


def test_a_page_of_rules_has_no_lines() -> None:
    """What the engine takes for text there is none: no ink is left when the rules are gone."""
    sheet = Sheet()
    rules = [sheet.rule(20, y, 280, y) for y in (50, 60, 70)]
    assert lines_on(sheet.straight(), rules, [Found(px(20), px(45), px(280), px(75), 0.9)]) == []


@pytest.mark.parametrize("width", [0.5, 1.0, 2.25])
def test_rules_go_and_letters_that_cross_them_stay(width: float) -> None:
    bare, ruled = Sheet(), Sheet()
    for sheet in (bare, ruled):
        sheet.text(20, 60, "gajah yang pergi", size=12)
    rules = [ruled.rule(10, 62, 200, 62, width), ruled.rule(150, 20, 150, 100, width)]
    straight = ruled.straight()
    mask = rule_mask(rules, straight)
    clean = without_rules(straight, mask)
    letters = bare.straight().ink
    assert (clean[letters & ~mask] < DARK).all()
    assert (clean[letters & mask] < DARK).mean() > 0.05  # next to the rest of the letter
    dark = (clean < DARK) & ~letters
    near = np.zeros_like(dark)
    near[px(50) : px(66), px(18) : px(110)] = True  # beside a letter's own pixels the rule may stay,
    near[: px(21)] = True  # and a pixel at its end
    assert not (dark & ~near).any()
    assert dark.sum() < 0.25 * (straight.ink & ~letters).sum()
