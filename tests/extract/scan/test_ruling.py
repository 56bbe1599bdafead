"""Rules on pictures: whatever a scanner did to a lattice of borders, its cells come out, and nothing else becomes a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest

from extract.geometry import BBox
from extract.grid import cells_of, raster_of, regions, stretches
from extract.page import Rule
from extract.scan.picture import Mask, Pixels, Straight
from extract.scan.ruling import rules_of, without_lettering

SCALE = 200 / 72  # pixels per point
WIDTH, HEIGHT = 600.0, 500.0  # points
XS = (50.0, 80.0, 200.0, 340.0, *(340.0 + 15.0 * k for k in range(1, 13)), 570.0)
YS = (60.0, 78.0, 93.0, 130.0, 160.0, 220.0, 260.0, 300.0)
NEAR = 1.5  # points a border may come out beside the place where it was drawn

Paint = Callable[[Pixels], Pixels]


def paper() -> Pixels:
    return np.full((round(HEIGHT * SCALE), round(WIDTH * SCALE)), 255, np.uint8)


def px(points: float) -> int:
    return round(points * SCALE)


def stroke(picture: Pixels, x0: float, y0: float, x1: float, y1: float, tone: int = 0, width: int = 2) -> None:
    cv2.line(picture, (px(x0), px(y0)), (px(x1), px(y1)), tone, width)


def fill(picture: Pixels, x0: float, y0: float, x1: float, y1: float, tone: int) -> None:
    picture[px(y0) : px(y1), px(x0) : px(x1)] = tone


def text(picture: Pixels, x: float, y: float, words: str, size: float = 0.9, weight: int = 2) -> None:
    cv2.putText(picture, words, (px(x), px(y)), cv2.FONT_HERSHEY_COMPLEX, size, 0, weight, cv2.LINE_AA)


def lattice(picture: Pixels, tone: int = 0, width: int = 2, skip: Sequence[tuple[int, int]] = ()) -> Pixels:
    """The lattice of ``XS`` and ``YS``; ``skip``: fields (row, column) without the border on their right."""
    for y in YS:
        stroke(picture, XS[0], y, XS[-1], y, tone, width)
    for c, x in enumerate(XS):
        for r in range(len(YS) - 1):
            if (r, c - 1) not in skip:
                stroke(picture, x, YS[r], x, YS[r + 1], tone, width)
    return picture


def straight(picture: Pixels, lifted: Mask | None = None) -> Straight:
    tone = np.repeat(picture[:, :, None], 3, axis=2)
    return Straight(
        picture, tone, picture < 128, np.zeros(picture.shape, np.bool_) if lifted is None else lifted, SCALE, 0, 0.0
    )


def boxes(rules: Sequence[Rule]) -> list[BBox]:
    rasters = [raster for region in regions(stretches(rules)) if (raster := raster_of(region)) is not None]
    return [cell.box for raster in rasters for cell in cells_of(raster, 1, ())]


def assert_lattice(rules: Sequence[Rule], merged: Sequence[tuple[int, int]] = ()) -> None:
    """The cells of the lattice, and no other; ``merged``: fields that are one with the field on their right."""
    wanted = []
    for r in range(len(YS) - 1):
        start = 0
        for c in range(len(XS) - 1):
            if (r, c) not in merged:
                wanted.append(BBox(1, XS[start], YS[r], XS[c + 1], YS[r + 1]))
                start = c + 1
    found = sorted(boxes(rules), key=lambda b: (round(b.top / 8), b.x0))
    assert len(found) == len(wanted)
    for a, b in zip(found, wanted, strict=True):
        assert max(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.top - b.top), abs(a.bottom - b.bottom)) <= NEAR


def noisy(picture: Pixels) -> Pixels:
    rng = np.random.default_rng(1)
    soft = cv2.GaussianBlur(picture, (0, 0), 0.8) + rng.normal(0, 4, picture.shape)
    coded = cv2.imencode(".jpg", np.clip(soft, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 45])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)


def coarse(picture: Pixels) -> Pixels:
    height, width = picture.shape
    small = cv2.resize(picture, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def broken(picture: Pixels) -> Pixels:
    rng = np.random.default_rng(2)
    height, width = picture.shape
    lost = cv2.resize((rng.random((height // 3, width // 3)) < 0.1).astype(np.uint8), (width, height), interpolation=0)
    return np.where(lost > 0, 255, picture).astype(np.uint8)


def slanted(picture: Pixels) -> Pixels:
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 0.12, 1.0)
    return np.asarray(cv2.warpAffine(picture, turn, (width, height), borderValue=255), np.uint8)


def faint(picture: Pixels) -> Pixels:
    return (255 - (255 - picture.astype(np.int16)) // 4).astype(np.uint8)


@pytest.mark.parametrize(
    ("damage", "width"),
    [
        (damage, width)
        for damage in (noisy, coarse, broken, slanted, faint)
        for width in (1, 2, 4)
        if (damage, width) != (broken, 1)
    ],
)
def test_a_lattice_comes_out_of_every_scanner(damage: Paint, width: int) -> None:
    assert_lattice(rules_of(straight(damage(lattice(paper(), width=width)))))


def test_light_grey_borders() -> None:
    assert_lattice(rules_of(straight(noisy(lattice(paper(), tone=191)))))


def test_merged_cells_stay_merged_whatever_is_written_in_them() -> None:
    merged = [(0, c) for c in range(3, 14)] + [(3, 1)]
    picture = lattice(paper(), skip=merged)
    text(picture, 400, 72, "llll (Bulan) llll", 0.6, 2)
    text(picture, 100, 150, "Illlliiil Illiilll Illliiii")
    assert_lattice(rules_of(straight(noisy(picture))), merged)


@pytest.mark.parametrize("tone", [0, 60, 128, 217])
def test_filled_cells_are_no_rules_and_hide_none(tone: int) -> None:
    picture = paper()
    for row, first, last in ((2, 4, 7), (3, 6, 9), (6, 10, 15), (5, 15, 15)):
        fill(picture, XS[first], YS[row], XS[last] if last > first else XS[first + 1], YS[row + 1], tone)
    assert_lattice(rules_of(straight(noisy(lattice(picture)))))


def test_bars_inside_cells_are_no_rules() -> None:
    picture = paper()
    for row, first, last in ((3, 4, 12), (4, 6, 7), (5, 5, 9)):
        middle = (YS[row] + YS[row + 1]) / 2
        fill(picture, XS[first], middle - 3, XS[last], middle + 3, 90)
    assert_lattice(rules_of(straight(noisy(lattice(picture)))))


def test_letters_that_touch_borders() -> None:
    picture = lattice(paper())
    for y in YS[3:]:
        text(picture, 85, y, "Penataan gjpqy")
        text(picture, 205, y + 7, "TATA LAKSANA")
    assert_lattice(rules_of(straight(noisy(picture))))


def test_a_double_border_is_one() -> None:
    picture = lattice(paper())
    for x in (XS[0], XS[-1]):
        stroke(picture, x + 2, YS[0], x + 2, YS[-1])
    for y in (YS[0], YS[-1]):
        stroke(picture, XS[0], y + 2, XS[-1], y + 2)
    assert len(boxes(rules_of(straight(noisy(picture))))) == (len(XS) - 1) * (len(YS) - 1)


def test_borders_go_on_under_a_stamp() -> None:
    picture = lattice(paper())
    lifted = np.zeros(picture.shape, np.uint8)
    cv2.circle(lifted, (px(200), px(220)), px(14), 1, -1)
    picture[lifted > 0] = 255
    assert_lattice(rules_of(straight(picture, lifted > 0)))


def test_streaks_and_the_edges_of_the_sheet_are_no_rules() -> None:
    picture = lattice(paper())
    stroke(picture, 270, 0, 270, HEIGHT, 120, 1)
    stroke(picture, 0, 240, WIDTH, 240, 120, 1)
    stroke(picture, 2, 0, 2, HEIGHT, 0, 3)
    stroke(picture, 100, 20, 100, 420, 120, 1)
    assert_lattice(rules_of(straight(picture)))


def test_text_is_no_table() -> None:
    picture = paper()
    for k, y in enumerate(range(60, 460, 16)):
        text(
            picture,
            60,
            y,
            "KOMISI PEMILIHAN UMUM | llllllll HIIIIH EEEE" if k % 2 else "menetapkan rencana kerja zona integritas",
        )
    cv2.circle(picture, (px(300), px(250)), px(60), 0, 4)
    cv2.circle(picture, (px(20), px(200)), px(8), 0, -1)
    stroke(picture, 60, 40, 540, 40, 0, 4)
    assert boxes(rules_of(straight(noisy(picture)))) == []


def test_level_rules_without_upright_ones() -> None:
    picture = paper()
    for y in YS:
        stroke(picture, XS[0], y, XS[-1], y)
    rules = rules_of(straight(noisy(picture)))
    assert [r.vertical for r in rules] == [False] * len(YS)
    assert np.allclose([r.at for r in rules], YS, atol=NEAR)
    assert np.allclose([(r.start, r.end) for r in rules], (XS[0], XS[-1]), atol=NEAR)


def test_dotted_borders() -> None:
    picture = lattice(paper())
    dots = np.zeros(picture.shape, np.bool_)
    dots[:, ::12], dots[::12, :] = True, True
    wide = cv2.dilate(dots.view(np.uint8), np.ones((6, 6), np.uint8)) > 0
    grown = np.where(wide, picture, 255).astype(np.uint8)
    assert_lattice(rules_of(straight(grown)))


def test_a_stroke_through_known_words_is_theirs() -> None:
    picture = paper()
    stroke(picture, 60, 100, 160, 100)
    assert len(rules_of(straight(picture))) == 1
    assert without_lettering(rules_of(straight(picture)), [BBox(1, 58, 94, 162, 106)]) == []


def test_a_blank_page_and_a_tiny_one() -> None:
    assert rules_of(straight(paper())) == []
    assert rules_of(straight(np.full((3, 3), 255, np.uint8))) == []
