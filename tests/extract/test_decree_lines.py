"""Running headers and what only looks like one; text that a narrow column cut."""

from __future__ import annotations

import pytest

from extract.decree import DecreeText, read_decree
from extract.decree_lines import sheets_of
from extract.page import Page, Word
from tests.extract.decree_pages import (
    CITING,
    CONSIDERING,
    DECIDING,
    HEAD,
    PITCH,
    SIGNING,
    WHOLE,
    Row,
    page_of,
    part,
    words_at,
)

WORDS = ["satu", "dua", "tiga", "empat", "lima", "enam"]


def text_of(number: int) -> list[Row]:
    """Lines that stand on this page only."""
    return [[(72, f"Baris {name} dari halaman {WORDS[number - 1]} itu")] for name in WORDS]


def with_line(page: Page, x: float, y: float, text: str) -> Page:
    """The page with one more line; words stand in drawing order."""
    more: tuple[Word, ...] = tuple(words_at(x, y, text, page.number))
    words = (*more, *page.words) if y < page.height / 2 else (*page.words, *more)
    return Page(page.number, page.width, page.height, 0, page.kind, words, page.turned, (), (), (), ())


def texts(pages: list[Page]) -> list[list[str]]:
    return [[x.text for x in sheet.lines] for sheet in sheets_of(pages)]


@pytest.mark.parametrize(("y", "said"), [(50.0, "PEMERINTAH KOTA RIMBA"), (810.0, "Bagian Hukum Kota Rimba")])
def test_a_line_at_one_place_of_many_pages_is_no_text(y: float, said: str) -> None:
    found = texts([with_line(page_of(n, text_of(n), top=150), 100, y, f"{said} {n}") for n in range(1, 5)])
    assert all(len(lines) == len(WORDS) for lines in found)


def test_equal_lines_at_different_places_are_text() -> None:
    pages = [with_line(page_of(n, text_of(n), top=150), 100 + 9 * n, 40 + 9 * n, "KOTA RIMBA,") for n in range(1, 4)]
    assert all(lines[0] == "KOTA RIMBA," for lines in texts(pages))


def test_the_headings_of_three_lampiran_are_text() -> None:
    rows: list[list[Row]] = [
        [[(300, f"LAMPIRAN {label}")], [(300, "KEPUTUSAN KPU")], [(300, "NOMOR 12 TAHUN 2024")], *text_of(n)]
        for n, label in enumerate(("I", "II", "III"), 2)
    ]
    pages = [page_of(1, WHOLE), *(page_of(n, r, top=50) for n, r in enumerate(rows, 2))]
    decree = read_decree(pages)
    assert isinstance(decree, DecreeText)
    assert [h.number.text if h.number else None for h in decree.lampiran] == ["12 TAHUN 2024"] * 3


def test_a_heading_repeated_on_every_page_counts_once() -> None:
    heading: list[Row] = [[(300, "LAMPIRAN KEPUTUSAN")], [(300, "NOMOR 12 TAHUN 2024")]]
    found = texts([page_of(n, [*heading, *text_of(n)], top=50) for n in range(1, 6)])
    assert [len(lines) - len(WORDS) for lines in found] == [2, 0, 0, 0, 0]


def test_the_number_of_the_decree_is_text() -> None:
    rows = [*HEAD[3:], *CONSIDERING, *CITING, *DECIDING, *SIGNING]
    repeated: list[Row] = ["KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA", "NOMOR 12 TAHUN 2024"]
    decree = read_decree([page_of(1, rows, top=50), *(page_of(n, [*repeated, *text_of(n)], top=50) for n in range(2, 5))])
    assert isinstance(decree, DecreeText)
    assert decree.number is not None
    assert decree.number.text == "12 TAHUN 2024"


def test_a_year_that_a_narrow_column_cut_is_whole() -> None:
    rows = part("Mengingat", "[1.] Berita Acara Nomor", "3/PK.01-BA/3599/202", "4 tanggal 8 Januari;")
    decree = read_decree([page_of(1, [*HEAD, *CONSIDERING, *rows, *DECIDING])])
    assert isinstance(decree, DecreeText)
    cited = next(p for p in decree.provisions if p.part == "mengingat")
    assert cited.text.text == "Berita Acara Nomor 3/PK.01-BA/3599/2024 tanggal 8 Januari;"


def test_a_list_in_running_text_is_one_paragraph() -> None:
    lines = [
        "Undang-Undang Nomor 28 Tahun 1999 (Lembaran Negara Nomor 75);",
        "Undang-Undang Nomor 7 Tahun 2017; Peraturan Pemerintah Nomor",
        "8 Tahun 2018.",
    ]
    decree = read_decree([page_of(1, [*HEAD, *CONSIDERING, *part("Mengingat", *lines), *DECIDING])])
    assert isinstance(decree, DecreeText)
    (cited,) = [p for p in decree.provisions if p.part == "mengingat"]
    assert cited.text.text == " ".join(lines)
    assert cited.text.notes


def test_lines_that_end_in_a_semicolon_because_they_are_full_part_nothing() -> None:
    lines = ["Undang-Undang Nomor 28 Tahun 1999 dan Tambahan Lembaran;", "Undang-Undang Nomor 7 Tahun 2017."]
    decree = read_decree([page_of(1, [*HEAD, *CONSIDERING, *part("Mengingat", *lines), *DECIDING])])
    assert isinstance(decree, DecreeText)
    assert len([p for p in decree.provisions if p.part == "mengingat"]) == 1


def test_the_mark_of_a_copy_across_the_page_may_be_a_watermark() -> None:
    stamped = page_of(1, WHOLE, turned=["SALINAN"])
    low = tuple(words_at(200, 0.29 * stamped.height + 12, "SALINAN", 1, size=60))
    across = Page(1, stamped.width, stamped.height, 0, "digital", stamped.words, low, (), (), (), ())
    found = [read_decree([page]) for page in (stamped, across)]
    marks = [d.copy_mark.confidence if isinstance(d, DecreeText) and d.copy_mark else None for d in found]
    assert marks == [1.0, 0.6]


def test_one_page_has_no_running_header() -> None:
    assert len(texts([page_of(1, text_of(1), top=PITCH)])[0]) == len(WORDS)
