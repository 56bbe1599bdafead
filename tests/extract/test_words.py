"""Letters to words to lines to text: what is printed with a blank between is two words, and no letter is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.printed import join_lines
from extract.words import Glyph, lines_of, split_word, words_of
from tests.extract.tables_of_text import word

SIZE = 10.0
ADVANCE = 5.0

Step = tuple[str, float, float]
"""A glyph, the space before it and how far under the line it stands, in font sizes; a line break begins a new line."""

NEXT_LINE: Step = ("\n", 0.0, 0.0)


def glyphs(*steps: Step) -> list[Glyph]:
    """Glyphs that follow each other; a soft hyphen takes no room."""
    out = []
    x, baseline = 50.0, 100.0
    for text, space, down in steps:
        if text == "\n":
            x, baseline = 50.0, baseline + 1.2 * SIZE
            continue
        x += space * SIZE
        y = baseline + down * SIZE
        advance = 0.0 if text == "\u00ad" else ADVANCE
        out.append(Glyph(text, x, y - 7, x + advance, y + 2, y, SIZE, False))
        x += advance
    return out


def spelled(text: str, space: float = 0.0) -> list[Step]:
    return [(ch, space if k else 0.0, 0.0) for k, ch in enumerate(text)]


CASES: list[tuple[str, list[Step], list[str]]] = [
    ("letters side by side", spelled("zona"), ["zona"]),
    ("a blank that is drawn", spelled("dua kata"), ["dua", "kata"]),
    ("a no-break space", spelled("dua\u00a0kata"), ["dua", "kata"]),
    ("a space without a blank", [*spelled("dua"), ("k", 0.25, 0.0), *spelled("ata")], ["dua", "kata"]),
    ("letters set wide", spelled("TIM", 0.1), ["TIM"]),
    ("letters kerned together", spelled("AVA", -0.1), ["AVA"]),
    ("a figure set high", [*spelled("ke"), ("2", 0.0, -0.3)], ["ke2"]),
    ("the next line", [*spelled("atas"), NEXT_LINE, *spelled("bawah")], ["atas", "bawah"]),
    ("a ligature", [("\ufb01", 0.0, 0.0), *spelled("sik")], ["fisik"]),
    ("a soft hyphen inside a line", spelled("pemi\u00adlihan"), ["pemilihan"]),
    ("a soft hyphen at a line end", [*spelled("pemi\u00ad"), NEXT_LINE, *spelled("lihan")], ["pemi-", "lihan"]),
    ("a soft hyphen at the end", spelled("pemi\u00ad"), ["pemi-"]),
    ("the hyphen of other fonts", spelled("e\u2010office"), ["e-office"]),
    ("nothing but blanks", spelled("   "), []),
    ("nothing", [], []),
]


@pytest.mark.parametrize(("steps", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_letters_become_words(steps: list[Step], words: list[str]) -> None:
    assert [w.text for w in words_of(glyphs(*steps), 1)] == words


@given(st.lists(st.text("abcdefgABC123./-", min_size=1, max_size=9), min_size=1, max_size=12))
def test_words_keep_every_letter_and_its_place(texts: list[str]) -> None:
    drawn = glyphs(*spelled(" ".join(texts)))
    words = words_of(drawn, 1)
    assert [w.text for w in words] == texts
    for w in words:
        assert len(w.edges) == len(w.text) + 1
        assert list(w.edges) == sorted(w.edges)
        assert (w.box.x0, w.box.x1) == (w.edges[0], w.edges[-1])


@given(st.text("abcdef", min_size=1, max_size=20), st.lists(st.floats(40, 140), max_size=5))
def test_a_word_that_is_cut_keeps_every_letter(text: str, cuts: list[float]) -> None:
    parts = split_word(word(text, 50, 100), cuts)
    assert "".join(part.text for part in parts) == text
    assert all(a.box.x1 <= b.box.x0 for a, b in pairwise(parts))
    for part in parts:
        assert not any(part.box.x0 + 2 < x < part.box.x1 - 2 for x in cuts)  # 2 pt: half a letter


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 9)), unique=True, max_size=30))
def test_lines_hold_every_word_once_in_reading_order(places: list[tuple[int, int]]) -> None:
    words = {place: word(f"{place[0]}x{place[1]}", 40 + 30 * place[1], 100 + 12 * place[0]) for place in places}
    lines = lines_of([words[place] for place in places])
    assert [w.text for line in lines for w in line] == [words[place].text for place in sorted(places)]
    assert [len(line) for line in lines] == [sum(p[0] == row for p in places) for row in sorted({p[0] for p in places})]


JOINS: list[tuple[Sequence[str], str]] = [
    (("Penyusunan tim", "kerja"), "Penyusunan tim kerja"),
    (("Pelak-", "sanaan"), "Pelaksanaan"),
    (("PELAK-", "SANAAN RAPAT"), "PELAKSANAAN RAPAT"),
    (("Undang-", "Undang"), "Undang-Undang"),
    (("peraturan perundang-", "undangan"), "peraturan perundang-undangan"),
    (("tahun 2020-", "2024"), "tahun 2020-2024"),
    (("layanan e-", "office"), "layanan e-office"),
    (("pegawai non-", "PNS"), "pegawai non-PNS"),
    (("dan/", "atau"), "dan/atau"),
    (("314/ORT.", "07-Kpt/01"), "314/ORT.07-Kpt/01"),
    (("Rp5.", "000.000"), "Rp5.000.000"),
    (("kegiatan -", "lanjutan"), "kegiatan - lanjutan"),
    (("1) rapat;", "2) notula."), "1) rapat; 2) notula."),
    (("", "  ", "satu"), "satu"),
    ((), ""),
]


@pytest.mark.parametrize(("lines", "text"), JOINS, ids=[case[1] or "nothing" for case in JOINS])
def test_lines_become_one_text(lines: Sequence[str], text: str) -> None:
    assert join_lines(lines) == text


@given(st.lists(st.text("abcABC12 -/.,;()", max_size=14), max_size=8))
def test_joining_lines_keeps_every_letter_in_order(lines: list[str]) -> None:
    bare = re.compile(r"[\s-]")  # blanks and line-end hyphens are what joining may take or give
    joined = join_lines(lines)
    assert bare.sub("", joined) == bare.sub("", "".join(lines))
    assert joined == " ".join(joined.split())
    assert joined.count("-") <= "".join(lines).count("-")
