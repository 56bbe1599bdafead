"""Words in their places: blanks and boxes come from the ink, whatever blanks the engine noticed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.page import Word
from extract.scan.engine import Found
from extract.scan.picture import Mask
from extract.scan.spacing import placed, setting_of, spell
from tests.extract.scan.drawn import SCALE, Sheet, evenly, px, reading_of, without_blanks
from tests.press.fonts import COURIER, HELVETICA, TIMES, VERA, text_width

FONTS = [TIMES.regular, TIMES.bold, HELVETICA.regular, HELVETICA.bold, VERA.regular]
X, BASE = 20.3, 40.0  # points: where the lines begin
SIZES = (8.0, 11.0, 14.0)
TOLD_SIZE = 0.17  # share by which the size may be misjudged: the faces' letters differ that much
TOLD_BASE = 0.8  # points by which the base line may be off
LINES = [
    "Nomor 314/ORT.07-Kpt/01/KPU/V/2021",
    "tahun 2021",
    "PEMILIHAN UMUM",
    "dan/atau",
    "Rp 1.250.000,00",
    "1 1",
    "x n",
    "II",
    "Wajib AV To",
    "12-14",
    "satu.dua",
    "V/2021",
]


def words_of(text: str, font: str, size: float, *, blanks: bool) -> tuple[list[Word], Mask]:
    """The words of a printed line, and the page's ink."""
    sheet = Sheet(420, 60)
    line = sheet.text(X, BASE, text, font, size)
    ink = sheet.straight().ink
    reading = reading_of(text, line, X, font, size)
    setting = setting_of(line, text, ink)
    spelled = spell(line, reading if blanks else without_blanks(reading), ink, setting.size)
    return [placed(word, setting, 1, SCALE, 0.9) for word in spelled], ink


@pytest.mark.parametrize("text", LINES)
@pytest.mark.parametrize("font", FONTS)
def test_blanks_come_from_the_ink(font: str, text: str) -> None:
    """As printed, whether the engine noticed the blanks or none of them."""
    for size in SIZES:
        for blanks in (True, False):
            words, _ = words_of(text, font, size, blanks=blanks)
            assert [word.text for word in words] == text.split(), (size, blanks)


@pytest.mark.parametrize(
    ("text", "font", "size"),
    [
        ("11", TIMES.regular, 11),
        ("11", VERA.regular, 8),
        ("2011", HELVETICA.regular, 8),
        ("tahun 2021", COURIER.regular, 11),
        ("rencana kerja", VERA.regular, 11),
        ("Nomor 314/ORT.07-Kpt/01/KPU/V/2021", TIMES.italic, 11),
        ("11", HELVETICA.regular, 11),
        ("Pasal 11", HELVETICA.regular, 8),
        ("rencana kerja", TIMES.regular, 8),
    ],
)
def test_no_blank_where_none_is_printed(text: str, font: str, size: float) -> None:
    assert [word.text for word in words_of(text, font, size, blanks=True)[0]] == text.split()


WORDS = ["bahwa", "tahun", "laporan", "KPU", "Nomor", "2023", "dokumen", "berkala", "Satker", "dilakukan", "47", "Bulan"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.sampled_from(FONTS), st.sampled_from(SIZES), st.booleans())
def test_any_line(words: list[str], font: str, size: float, blanks: bool) -> None:
    found, ink = words_of(" ".join(words), font, size, blanks=blanks)
    assert [word.text for word in found] == words
    x = X
    for word in found:
        width = text_width(word.text, font, size)
        inked = np.flatnonzero(ink[:, px(x - 0.08 * size) : px(x + width + 0.08 * size)].any(axis=0)) + px(x - 0.08 * size)
        assert abs(word.box.x0 * SCALE - inked[0]) <= 1
        assert abs(word.box.x1 * SCALE - (inked[-1] + 1)) <= 1
        assert len(word.edges) == len(word.text) + 1
        assert list(word.edges) == sorted(word.edges)
        assert (word.edges[0], word.edges[-1]) == (word.box.x0, word.box.x1)
        x += text_width(word.text + " ", font, size)


def test_edges_lie_between_their_letters() -> None:
    ((word,), _) = words_of("KPU/V/2021", TIMES.regular, 11, blanks=True)
    printed = [X + text_width(word.text[:k], TIMES.regular, 11) for k in range(len(word.text) + 1)]
    assert np.allclose(word.edges, printed, atol=1.7)  # V is half as wide again as the signs beside it


@pytest.mark.parametrize(
    "text",
    [
        "acemnorsuvwxz",
        "KEPUTUSAN",
        "2021",
        "314/2021",
        "Nomor",
        "bahwa",
        "gajah pergi hilir",
        "Kpt/",
        "(2)",
        "-",
        ".",
        "–",
        "1",
    ],
)
@pytest.mark.parametrize("font", [TIMES.regular, HELVETICA.regular, TIMES.bold])
def test_base_line_and_size(font: str, text: str) -> None:
    for size in SIZES:
        words, _ = words_of(text, font, size, blanks=True)
        for word in words:
            assert abs(word.size / size - 1) <= TOLD_SIZE, (size, word)
            assert abs(word.baseline - BASE) <= TOLD_BASE, (size, word)
            assert word.box.top < BASE - 0.7 * size
            assert BASE < word.box.bottom < BASE + 0.35 * size


def test_size_with_a_lone_ascender() -> None:
    for text in ("gajah yang pergi", "rencana semua orang"):
        ((word, *_), _) = words_of(text, TIMES.regular, 11, blanks=True)
        assert abs(word.size / 11 - 1) <= TOLD_SIZE


def test_lines_close_above_and_below_do_not_count() -> None:
    """Tails of the line above and heads of the line below reach into the box."""
    sheet = Sheet(300, 60)
    sheet.text(X, BASE - 11, "gajah pergi yang", size=11)
    line = sheet.text(X, BASE, "tahun bulan laporan", size=11)
    sheet.text(X, BASE + 11, "bahwa bilik hulu", size=11)
    setting = setting_of(line, "tahun bulan laporan", sheet.straight().ink)
    assert abs(setting.size / SCALE / 11 - 1) <= TOLD_SIZE
    assert abs(setting.baseline / SCALE - BASE) <= TOLD_BASE


@pytest.mark.parametrize("text", ["", " ", "   "])
def test_no_letters_are_no_word(text: str) -> None:
    line = Found(10, 10, 90, 40, 0.9)
    ink = np.zeros((60, 120), np.bool_)
    assert spell(line, evenly(text), ink, 20.0) == []


def test_letters_without_ink_keep_their_places() -> None:
    """The ink was lifted with a stamp: what the engine read between stays, between its neighbours."""
    line = Found(10, 10, 210, 40, 0.9)
    ink = np.zeros((60, 220), np.bool_)
    setting = setting_of(line, "ab cd", ink)
    words = [placed(word, setting, 1, SCALE, 0.5) for word in spell(line, evenly("ab cd"), ink, setting.size)]
    assert [word.text for word in words] == ["ab", "cd"]
    assert 10 <= words[0].box.x0 * SCALE < words[0].box.x1 * SCALE <= words[1].box.x0 * SCALE + 1e-6
    assert all(word.box.top < word.baseline < word.box.bottom for word in words)
