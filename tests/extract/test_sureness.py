"""How sure a text is, out of how sure its words are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.decree_lines import Line, printed
from extract.page import Word
from extract.printed import Printed
from extract.sureness import sure_of_text, unsure_in
from tests.extract.decree_pages import words_at


def read(text: str, *confidences: float) -> list[Word]:
    """The words of a text as an engine read them, with a confidence for each; the last one counts for the rest."""
    words = words_at(72, 100, text, 1)
    sure = [*confidences, *[confidences[-1]] * len(words)]
    return [replace(w, confidence=c) for w, c in zip(words, sure, strict=False)]


def value(text: str, *confidences: float) -> Printed:
    out = printed([Line(tuple(read(text, *confidences)))])
    assert out is not None
    return out


LONG = (
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi tentang Pembangunan dan Evaluasi Zona Integritas"
)


def test_a_digital_text_is_sure() -> None:
    out = value(LONG, 1.0)
    assert (out.sure, out.strictly, out.unsure, out.raw) == (1.0, 1.0, (), None)


def test_every_letter_of_a_short_text_counts() -> None:
    assert value("12 Mei 2022", 0.9, 0.8, 0.5).sure == pytest.approx(0.36)


def test_a_long_text_may_slip_letters() -> None:
    assert value(LONG, 0.5, 0.99).sure > 0.98
    assert value(LONG, 0.5, 0.99).strictly < 0.5
    assert value(LONG, 0.5).sure < 0.5


def test_a_text_is_less_sure_with_every_less_sure_word() -> None:
    sures = [value(LONG, c).sure for c in (0.5, 0.8, 0.9, 0.95, 0.99)]
    assert sures == sorted(sures)
    assert sures[0] >= 0
    assert sures[-1] <= 1


def test_only_the_words_with_digits_count_for_the_digits() -> None:
    assert value("Undang-Undang Nomor 28 Tahun 1999", 0.1, 0.1, 0.9, 0.1, 0.8).digits == pytest.approx(0.72)


def test_words_are_found_again_where_line_ends_cut_them() -> None:
    lines = ("pemi-", "lihan umum dan/", "atau Undang-", "Undang 7")
    words = [w for i, line in enumerate(lines) for w in read(line, 0.9)]
    text = printed([Line(tuple(read(line, 0.9))) for line in lines])
    assert text is not None and text.text == "pemilihan umum dan/atau Undang-Undang 7"
    assert [text.text[u.start : u.end] for u in unsure_in(text.text, words)] == [
        "pemi", "lihan", "umum", "dan/", "atau", "Undang-", "Undang", "7",
    ]  # fmt: skip


def test_a_part_of_a_value_keeps_its_own_doubt() -> None:
    out = value("Ditetapkan di Jakarta", 0.2, 0.2, 0.9).saying("Jakarta")
    assert out.sure == pytest.approx(0.9)
    assert sure_of_text("", ()) == 1.0


def test_what_was_read_is_kept_beside_what_was_mended() -> None:
    word = replace(read("2022", 0.9)[0], raw="2O22")
    out = printed([Line((*read("Tahun", 0.9), word))])
    assert out is not None and out.raw == "Tahun 2O22"
