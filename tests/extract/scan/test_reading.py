"""Words of a page as an engine of our own tells them: read twice where the first reading is poor, and never lost for a pen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import cv2
import numpy as np
import pytest

from extract.page import Word
from extract.scan.engine import Found, Reading
from extract.scan.picture import Pixels
from extract.scan.reading import read_words
from tests.extract.scan.drawn import SCALE, Sheet, Told, evenly, px, reading_of, straight_of

LINES = ("menetapkan rencana", "kerja tahun 2021", "bahwa laporan hasil", "dokumen pelaksanaan", "Komisi Pemilihan")
NAME = "BUDI HARTONO"
X = 20.0  # points: where the lines begin


def page_of(count: int, texts: Sequence[str] = LINES) -> tuple[Pixels, list[Found]]:
    """Lines of print, each in a tone of its own, by which an engine knows it again."""
    sheet = Sheet(300, 40 + 20 * count)
    found = [sheet.text(X, 30 + 20 * k, texts[k % len(texts)]) for k in range(count)]
    pixels = sheet.pixels()
    for k, line in enumerate(found):
        np.maximum(pixels[line.top : line.bottom], 3 * k, out=pixels[line.top : line.bottom])
    return pixels, found


def words_of(pixels: Pixels, engine: Told) -> list[Word]:
    return read_words(straight_of(pixels), [], engine, 7)


def texts(words: list[Word]) -> str:
    return " ".join(word.text for word in sorted(words, key=lambda w: (round(w.baseline / 5), w.box.x0)))


def sees(found: Sequence[Found], says: Callable[[int, bool], tuple[str, float]]) -> Told:
    """An engine that is told text and score of each line by its number, and whether it sees it for the second time."""
    seen: set[int] = set()

    def read(picture: Pixels) -> Reading:
        k = int(picture.min()) // 3
        again = k in seen
        seen.add(k)
        text, score = says(k, again)
        return reading_of(text, found[k], X, score=score)

    return Told(found, read)


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (("dokurnen", 0.5), ("dokumen", 0.98), "dokumen"),
        (("dokumen", 0.7), ("dokurnen", 0.4), "dokumen"),
        (("dokumen", 0.7), ("", 1.0), "dokumen"),
    ],
)
def test_the_surer_of_two_readings_counts(first: tuple[str, float], second: tuple[str, float], wanted: str) -> None:
    pixels, found = page_of(1, ["dokumen"])
    engine = sees(found, lambda _, again: second if again else first)
    assert texts(words_of(pixels, engine)) == wanted
    assert len(engine.lines) == 2


def test_what_is_read_well_is_read_once() -> None:
    pixels, found = page_of(5)
    engine = sees(found, lambda k, _: (LINES[k], 0.97))
    assert texts(words_of(pixels, engine)) == " ".join(LINES)
    assert len(engine.lines) == 5


def test_words_that_readings_agree_on_are_surer() -> None:
    def confidence(second: str) -> float:
        pixels, found = page_of(1)
        words = words_of(pixels, sees(found, lambda _, again: (second, 0.6) if again else ("menetapkan recana", 0.7)))
        (word,) = [word for word in words if word.text == "menetapkan"]
        return word.confidence

    assert confidence("menetapkan recana") > confidence("meretapkan recana")


def test_a_quarter_of_the_lines_is_read_twice_and_the_worst_ones() -> None:
    pixels, found = page_of(5)
    again: list[int] = []

    def says(k: int, second: bool) -> tuple[str, float]:
        again.extend([k] if second else [])
        return LINES[k], 0.75 - 0.04 * k

    words_of(pixels, sees(found, says))
    assert sorted(again) == [3, 4]  # one, and a quarter of the five

    pixels, found = page_of(40)
    engine = sees(found, lambda k, _: (LINES[k % len(LINES)], 0.7))
    words_of(pixels, engine)
    assert 0 < len(engine.lines) - 40 <= 40 / 4 + 1


def test_a_page_read_poorly_all_over_loses_no_line() -> None:
    pixels, found = page_of(40)
    words = words_of(pixels, sees(found, lambda k, _: (LINES[k % len(LINES)], 0.7)))
    assert texts(words) == " ".join(LINES[k % len(LINES)] for k in range(40))


def test_words_stand_where_they_are_printed() -> None:
    pixels, found = page_of(5)
    words = words_of(pixels, sees(found, lambda k, _: (LINES[k], 0.97)))
    assert {word.box.page for word in words} == {7}
    for k, text in enumerate(LINES):
        line = sorted((w for w in words if abs(w.baseline - 30 - 20 * k) < 2), key=lambda w: w.box.x0)
        assert [word.text for word in line] == text.split()
        inked = np.flatnonzero((pixels[found[k].top : found[k].bottom] < 128).any(axis=0))
        assert abs(line[0].box.x0 * SCALE - inked[0]) <= 1
        assert abs(line[-1].box.x1 * SCALE - inked[-1] - 1) <= 1
        assert all(a.box.x1 < b.box.x0 for a, b in pairwise(line))
        assert all(0 < word.confidence < 1 for word in line)


PEN, BOLD = 141, 150  # tones of a signature and of the name under it


def signed() -> tuple[Pixels, list[Found], Found, Found]:
    """A page with a signature over a name: its lines, the name, and the one box that an engine finds round both."""
    plain, found = page_of(len(LINES))
    pixels = np.full((px(260), plain.shape[1]), 255, np.uint8)
    pixels[: plain.shape[0]] = plain
    name = Found(px(120), px(200), px(120) + 330, px(200) + 36, 0.9)
    for k in range(3):
        cv2.ellipse(pixels, (name.x0 + 90 + 60 * k, name.top - 10), (50, 45), 30, 0, 360, PEN, 2)
    cv2.putText(pixels, NAME, (name.x0 + 4, name.bottom - 9), cv2.FONT_HERSHEY_SIMPLEX, 0.95, BOLD, 3)
    return pixels, found, name, Found(name.x0, name.top - 60, name.x1, name.bottom + 8, 0.8)


def test_a_name_under_a_signature_is_read() -> None:
    """The engine reads a name only in a strip as high as a line that holds all of it; loops it reads as a few letters."""
    pixels, found, name, tall = signed()
    whole = int((pixels == BOLD).sum())
    told = sees(found, lambda k, _: (LINES[k], 0.97))

    def says(picture: Pixels) -> Reading:
        if picture.min() < PEN:
            return told.says(picture)
        share = int((picture == BOLD).sum()) / whole
        return evenly(NAME, 0.97) if share > 0.93 and len(picture) < 45 else evenly("Jf BUL y", 0.7)

    words = words_of(pixels, Told([*found, tall], says))
    assert texts(words) == f"{' '.join(LINES)} {NAME}"
    for word in words[-2:]:
        assert abs(word.baseline * SCALE - name.bottom + 9) < 12
        assert name.x0 - 2 <= word.box.x0 * SCALE < word.box.x1 * SCALE <= name.x1 + 2


def test_a_signature_alone_gives_no_word_and_costs_little() -> None:
    pixels, found, _, tall = signed()
    pixels[pixels == BOLD] = 255
    told = sees(found, lambda k, _: (LINES[k], 0.97))
    engine = Told([*found, tall], lambda picture: told.says(picture) if picture.min() < PEN else evenly("Mly Jf", 0.6))
    assert texts(words_of(pixels, engine)) == " ".join(LINES)
    assert len(engine.lines) <= len(found) + 1 + 3  # and three strips of the signature


def test_an_empty_page_asks_the_reader_nothing() -> None:
    blank = np.full((300, 300), 255, np.uint8)
    for found in ([], [Found(10, 10, 90, 40, 0.9)]):
        engine = Told(found)
        assert words_of(blank, engine) == []
        assert engine.lines == []


def test_nothing_read_gives_no_word() -> None:
    pixels, found = page_of(3)
    assert words_of(pixels, Told(found, lambda _: Reading("", (), ()))) == []
