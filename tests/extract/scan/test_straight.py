from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extract.scan.engine import Found, Reading
from extract.scan.orientation import heads_up, lies_sideways, reads_upside_down, text_lines
from extract.scan.picture import Mask, Picture, Pixels, Straight, has_color
from extract.scan.straight import straighten_picture

SCALE = 200 / 72  # pixels per point
HEIGHT, WIDTH = 1700, 1300  # pixels: a small page, so that the tests are quick
WORDS = (
    "pembangunan",
    "zona",
    "integritas",
    "wilayah",
    "bebas",
    "dari",
    "korupsi",
    "dan",
    "birokrasi",
    "bersih",
    "melayani",
    "komisi",
    "pemilihan",
    "umum",
)
FONT = cv2.FONT_HERSHEY_SIMPLEX
RULES = range(300, 1400, 180)


def blank() -> Pixels:
    return np.full((HEIGHT, WIDTH, 3), 255, np.uint8)


def prose() -> Pixels:
    page = blank()
    for line, y in enumerate(range(200, 1500, 44)):
        words = " ".join(WORDS[(line * 3 + step) % len(WORDS)] for step in range(4 + line % 3))
        cv2.putText(page, words, (150, y), FONT, 0.8, (40, 40, 40), 2, cv2.LINE_AA)
    return page


def table() -> Pixels:
    page = blank()
    for y in RULES:
        cv2.line(page, (120, y), (1180, y), (60, 60, 60), 2)
    for x in range(120, 1181, 106):
        cv2.line(page, (x, RULES[0]), (x, RULES[-1]), (60, 60, 60), 2)
    for row, y in enumerate(RULES[:-1]):
        for line in range(3):
            text = f"{WORDS[(row + line) % len(WORDS)]} {WORDS[(row * 2 + line) % len(WORDS)]}"
            cv2.putText(page, text, (130, y + 45 + 40 * line), FONT, 0.7, (50, 50, 50), 2, cv2.LINE_AA)
    return page


def moved(page: Pixels, angle: float = 0.0, fan: float = 0.0, bow: float = 0.0) -> Pixels:
    """The page turned clockwise by degrees, its lines fanned and bowed by pixels."""
    x, y = np.meshgrid(np.arange(WIDTH, dtype=np.float32) - WIDTH / 2, np.arange(HEIGHT, dtype=np.float32) - HEIGHT / 2)
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    across, down = x * cosine + y * sine, y * cosine - x * sine
    u, v = across / WIDTH * 2, down / HEIGHT * 2
    down = down - fan * u * v - bow * u * u
    maps = (across + WIDTH / 2).astype(np.float32), (down + HEIGHT / 2).astype(np.float32)
    return np.asarray(cv2.remap(page, *maps, cv2.INTER_CUBIC, borderValue=(255, 255, 255)), np.uint8)


def straightened(page: Pixels) -> Straight:
    return straighten_picture(Picture(np.ascontiguousarray(page), SCALE, has_color(page)))


def unevenness(ink: Mask) -> float:
    """By how many pixels the worst of the table's rules is from level."""
    worst = 0.0
    for y in RULES:
        band = ink[y - 14 : y + 15, 160:1140].astype(np.float32)
        band[:, band.sum(axis=0) > 5] = 0
        filled = band.any(axis=0)
        places = (band * np.arange(len(band))[:, None]).sum(axis=0)[filled] / band.sum(axis=0)[filled]
        ends = [float(np.median(part)) for part in np.array_split(places, 8)]
        worst = max(worst, max(ends) - min(ends))
    return worst


@pytest.mark.parametrize("angle", [-3.5, -0.7, 0.0, 0.4, 1.3, 3.4])
@pytest.mark.parametrize("page", [prose(), table()], ids=["prose", "table"])
def test_skew_is_found_and_undone(page: Pixels, angle: float) -> None:
    straight = straightened(moved(page, angle))
    assert straight.angle == pytest.approx(-angle, abs=0.05)
    assert straight.grey.shape == straight.ink.shape == straight.lifted.shape == straight.tone.shape[:2] == (HEIGHT, WIDTH)


@pytest.mark.parametrize(("angle", "fan", "bow"), [(0.0, 5.0, 0.0), (0.8, -5.0, 3.0), (-1.5, 3.0, -6.0)])
def test_rules_of_a_bent_page_become_level(angle: float, fan: float, bow: float) -> None:
    page = moved(table(), angle, fan, bow)
    assert unevenness(straightened(page).ink) <= 1.5


def test_a_straight_page_stays_as_it_is() -> None:
    straight = straightened(table())
    assert straight.quarter == 0
    assert straight.angle == pytest.approx(0.0, abs=0.01)
    assert unevenness(straight.ink) <= 0.5


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("page", [prose(), table()], ids=["prose", "table"])
def test_turned_pages_are_set_upright(page: Pixels, turns: int) -> None:
    straight = straightened(np.rot90(moved(page, 0.6), turns))
    assert straight.quarter == turns
    assert straight.angle == pytest.approx(-0.6, abs=0.05)


def test_reading_is_asked_only_where_letters_do_not_tell() -> None:
    asked: list[tuple[int, ...]] = []

    def upside_down(grey: Pixels) -> bool:
        asked.append(grey.shape)
        return True

    straight = straighten_picture(Picture(prose(), SCALE, False), upside_down=upside_down)
    assert (asked, straight.quarter) == ([], 0)
    capitals = blank()
    for y in range(300, 900, 60):
        cv2.putText(capitals, "KOMISI HXOHIXHOX", (200, y), FONT, 1.0, (30, 30, 30), 2, cv2.LINE_AA)
    straight = straighten_picture(Picture(capitals, SCALE, False), upside_down=upside_down)
    assert len(asked) == 1
    assert straight.quarter == 2


def test_an_empty_page_is_left_alone() -> None:
    straight = straightened(blank())
    assert (straight.quarter, straight.angle) == (0, 0.0)
    assert not straight.ink.any()
    assert not lies_sideways(straight.ink, SCALE)
    assert heads_up(straight.ink, SCALE) == 0.0
    assert text_lines(straight.grey, SCALE) == []


class Backwards:
    """An engine that reads well what starts with a dark first third, and badly the rest."""

    name = "backwards"

    def __init__(self, upright: float, turned: float) -> None:
        self.scores = [upright, turned]
        self.calls = 0

    def find(self, picture: Pixels) -> list[Found]:
        raise NotImplementedError

    def read(self, lines: Sequence[Pixels]) -> list[Reading]:
        score = self.scores[self.calls]
        self.calls += 1
        return [Reading("kata", (0.1, 0.4, 0.6, 0.9), (score,) * 4) for _ in lines]


@pytest.mark.parametrize(
    ("upright", "turned", "answer", "calls"),
    [(0.99, 0.6, False, 1), (0.66, 0.98, True, 2), (0.6, 0.65, False, 2), (0.85, 0.9, False, 2)],
)
def test_the_better_reading_tells_the_head(upright: float, turned: float, answer: bool, calls: int) -> None:
    engine = Backwards(upright, turned)
    assert reads_upside_down(prose()[:, :, 0], engine) is answer
    assert engine.calls == calls


def test_a_blank_page_is_not_read() -> None:
    engine = Backwards(0.5, 0.9)
    assert not reads_upside_down(blank()[:, :, 0], engine)
    assert engine.calls == 0


def test_a_shadow_goes_and_a_light_fill_stays() -> None:
    page = table()
    page[RULES[1] + 3 : RULES[2] - 2, 123:650] = 217
    shade = np.linspace(1.0, 0.82, WIDTH)[None, :, None]
    straight = straightened((page * shade).astype(np.uint8))
    fill = straight.tone[RULES[1] + 150 : RULES[2] - 10, 200:600]
    assert 205 <= np.median(fill) <= 232
    assert np.median(straight.tone[100:250, 100:1200]) >= 250
    assert np.median(straight.tone[1450:1600, 1000:1200]) >= 250
    assert np.median(straight.grey[RULES[1] + 150 : RULES[2] - 10, 200:600]) >= 245


def test_a_stamp_is_lifted_and_print_under_it_stays() -> None:
    page = prose()
    stamp = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.circle(stamp, (600, 800), 120, 255, 5)
    ink = np.array([90, 115, 184]) / 255
    page = np.where(stamp[:, :, None] > 0, page * ink, page).astype(np.uint8)
    straight = straightened(page)
    bare = (stamp > 0) & (prose()[:, :, 0] == 255)
    under = (stamp > 0) & (prose()[:, :, 0] < 60)
    assert np.mean(straight.grey[bare] > 225) > 0.95
    assert np.mean(straight.grey[under] < 110) > 0.8
    assert np.mean(straight.lifted[bare]) > 0.8
    assert np.mean(straight.lifted[stamp == 0]) < 0.002


def test_a_coloured_fill_is_evened_out_but_is_not_lifted_ink() -> None:
    page = table()
    cell = page[RULES[2] + 2 : RULES[3] - 1, 122:650]
    cell[cell.min(axis=2) > 200] = (189, 215, 238)
    straight = straightened(page)
    inner = np.s_[RULES[2] + 150 : RULES[3] - 10, 200:600]
    assert np.median(straight.grey[inner]) >= 245
    assert np.median(straight.tone[inner][:, :, 0]) < 215
    assert np.mean(straight.lifted) < 0.001


def test_dark_borders_go_and_rules_stay() -> None:
    page = moved(table(), 1.0)
    page[:, :30] = 90
    cv2.fillPoly(page, [np.array([[WIDTH - 60, HEIGHT], [WIDTH, HEIGHT], [WIDTH, HEIGHT - 300]])], (120, 120, 120))
    straight = straightened(page)
    assert not straight.ink[:, :60].any()
    assert not straight.ink[1450:, 1200:].any()
    assert np.median(straight.ink[RULES[0] - 2 : RULES[0] + 3, 200:1100].any(axis=0))


def test_specks_are_not_ink() -> None:
    page = prose()
    rng = np.random.default_rng(5)
    specks = rng.integers([60, 60], [HEIGHT - 60, WIDTH - 60], (300, 2))
    page[specks[:, 0], specks[:, 1]] = 0
    ink = straightened(page).ink
    assert ink[160:1500, 150:900].any()
    assert np.mean(ink[60:150, 60:1240]) < 0.0005


def test_a_streak_from_end_to_end_goes() -> None:
    page = prose()
    page[:, 1200] = np.minimum(page[:, 1200], 205)
    straight = straightened(page)
    assert not straight.ink[:, 1190:1210].any()
