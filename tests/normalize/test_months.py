from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.months import header_months, is_week_header, months_of_text, read_months
from tests.normalize.truths import targets

ALL = tuple(range(1, 13))


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Oktober s/d Desember 2025", (10, 11, 12)),
        ("Jan s.d Des 2025", ALL),
        ("Januari sd. Maret", (1, 2, 3)),
        ("Maret sampai dengan Mei", (3, 4, 5)),
        ("JANUARI – DESEMBER 2025", ALL),
        ("5 Januari - 10 Maret 2022", (1, 2, 3)),
        ("1 s.d 31 Januari 2023", (1,)),
        ("Agustus-September-Oktober", (8, 9, 10)),
        ("Jan-Mar, Jul", (1, 2, 3, 7)),
        ("Maret/April", (3, 4)),
        ("Februari, April, Juni", (2, 4, 6)),
        ("Nopember", (11,)),
        ("Pebruari dan Agt", (2, 8)),
        ("April Minggu ke 3 2022", (4,)),
        ("Minggu ke-2 Mei s/d Minggu ke-1 Juni 2022", (5, 6)),
        ("Maret minggu I s/d IV", (3,)),
        ("Juni minggu ke 4, Desember minggu ke 4", (6, 12)),
        ("31 Mei 2022", (5,)),
        ("4-2-2025", (2,)),
        ("04/2022", (4,)),
        ("Bulan 3 s.d. 6", (3, 4, 5, 6)),
        ("Per-bulan (Januari-Desember)", ALL),
        ("Paling lambat Mei-Juni 2022", (5, 6)),
        ("setiap bulan", ALL),
        ("sepanjang tahun", ALL),
        ("Semester I", (1, 2, 3, 4, 5, 6)),
        ("Smt. 2", (7, 8, 9, 10, 11, 12)),
        ("Triwulan II dan IV", (4, 5, 6, 10, 11, 12)),
        ("TW I s/d TW III", tuple(range(1, 10))),
        ("TWI", (1, 2, 3)),
        ("Q3", (7, 8, 9)),
        ("Triwulan I (Maret)", (3,)),
        ("Per Triwulan (Maret, Juni, September, Desember)", (3, 6, 9, 12)),
        ("03-05-2024 s.d 10-07-2024", (5, 6, 7)),
        ("05-2024 s.d. 07-2024", (5, 6, 7)),
        ("03-05-2024, 10-07-2024", (5, 7)),
        ("2024-05-03", (5,)),
        ("2024-05-03 s/d 2024-07-10", (5, 6, 7)),
        ("Bulan ke-3 dan ke-6", (3, 6)),
        ("Bulan ke-3 s.d. ke-6", (3, 4, 5, 6)),
        ("bulan ke 6 dan 12", (6, 12)),
        ("setiap bulan Maret", (3,)),
        ("menyesuaikan", None),
        ("", None),
        (None, None),
    ],
)
def test_reads_months_for_certain(text: str | None, months: tuple[int, ...] | None) -> None:
    reading = read_months(text)
    assert (reading.months, reading.sure) == (months, True)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("setiap triwulan", (3, 6, 9, 12)),
        ("3 bulan sekali", (3, 6, 9, 12)),
        ("setiap semester", (6, 12)),
        ("Mulai Maret 2022", tuple(range(3, 13))),
        ("s/d Juni 2022", tuple(range(1, 7))),
        ("Oktober 2025 s/d Maret 2026", (1, 2, 3, 10, 11, 12)),
        ("Febuari 2022", (2,)),
        ("2022", None),
        ("03-10-2024 s.d 10-03-2025", (1, 2, 3, 10, 11, 12)),
        ("Triwulan IV s/d I", (1, 2, 3, 10, 11, 12)),
        ("Mei s.d. selesai", tuple(range(5, 13))),
        ("Januari sampai selesai", ALL),
        ("September dan seterusnya", (9, 10, 11, 12)),
        ("s.d. selesai", None),
        ("Tiap bulan kecuali Januari", tuple(range(2, 13))),
        ("Januari-Juni kecuali Maret", (1, 2, 4, 5, 6)),
        ("kecuali hari libur", None),
        ("Januari 2024 dan setiap bulan", ALL),
        ("Januari, setiap bulan", (1,)),
        ("1 kali/bulan", ALL),
        ("1 kali sebulan", ALL),
        ("1x sebulan", ALL),
        ("1 (satu) kali dalam sebulan", ALL),
        ("sebulan sekali", ALL),
        ("2 kali dalam 6 bulan", None),
        ("1 kali/triwulan", (3, 6, 9, 12)),
        ("Maret 2022 dan setiap triwulan", None),
        ("xq7", None),
    ],
)
def test_marks_a_guess(text: str, months: tuple[int, ...] | None) -> None:
    reading = read_months(text)
    assert (reading.months, reading.sure) == (months, False)


@given(st.text(max_size=60))
def test_any_text_gives_rising_months_or_null(text: str) -> None:
    months = months_of_text(text)
    assert months is None or (months == tuple(sorted(set(months))) and set(months) <= set(ALL))


CORPUS = targets()


@pytest.mark.skipif(not CORPUS, reason="no corpus beside the checkout")
def test_reproduces_every_target_of_the_corpus() -> None:
    assert {text: months_of_text(text) for text in CORPUS} == CORPUS


def singles(first: int, last: int) -> tuple[tuple[int, ...], ...]:
    return tuple((month,) for month in range(first, last + 1))


QUARTERS = ((1, 2, 3), (4, 5, 6), (7, 8, 9), (10, 11, 12))


@pytest.mark.parametrize(
    ("labels", "heading", "expected"),
    [
        ("1 2 3 4 5 6 7 8 9 10 11 12", None, singles(1, 12)),
        ("I II III IV V VI VII VIII IX X XI XII", None, singles(1, 12)),
        ("I Il lll IV V V1 VII VIII IX X XI XII", None, singles(1, 12)),
        ("JAN FEB MAR APR MEI JUN JUL AGS SEP OKT NOP DES", None, singles(1, 12)),
        ("JAN FEB MAR APR ME1 JUN JUL AGT 5EP OKT NOV DES", None, singles(1, 12)),
        ("J F M A M J J A S O N D", None, singles(1, 12)),
        ("A S O N D", None, singles(8, 12)),
        ("7 8 9 10 11 12", None, singles(7, 12)),
        ("OKT NOV DES", None, singles(10, 12)),
        ("Mar Jun Sep Des", None, ((3,), (6,), (9,), (12,))),
        ("1 2 3 4 5 6", "WAKTU PELAKSANAAN", singles(1, 6)),
        ("1 2 3 4", "PELAKSANAAN (BULAN)", singles(1, 4)),
        ("1 2 3 4", "TRIWULAN", QUARTERS),
        ("I II III IV", None, QUARTERS),
        ("I II III IV", "BULAN", singles(1, 4)),
        ("Q1 Q2 Q3 Q4", None, QUARTERS),
        ("TW.I TW.II TW.III TW.IV", None, QUARTERS),
        ("Jan-Mar Apr-Jun Jul-Sep Okt-Des", None, QUARTERS),
        ("1 2", "SEMESTER", ((1, 2, 3, 4, 5, 6), (7, 8, 9, 10, 11, 12))),
        # the row that numbers the columns, weeks, words
        ("1 2 3 4 5 6 7", None, None),
        ("1 2 3 4", None, None),
        ("1 2 3 4", "MINGGU", None),
        ("NO KEGIATAN KET", None, None),
        ("1 3 2", "BULAN", None),
    ],
)
def test_reads_header_cells(labels: str, heading: str | None, expected: tuple[tuple[int, ...], ...] | None) -> None:
    assert header_months(labels.split(), heading) == expected


def test_reads_header_cells_of_two_words() -> None:
    assert header_months(["Triwulan I", "Triwulan II"]) == QUARTERS[:2]
    assert header_months(["Okt 2025", "Nov 2025"]) == singles(10, 11)
    assert header_months([]) is None
    assert header_months(["Jan", ""]) is None


@pytest.mark.parametrize(
    ("labels", "weeks"), [("1 2 3 4 1 2 3 4 5", True), ("M1 M2 M3 M4", True), ("I II III IV", True), ("1 2 3", False)]
)
def test_tells_weeks(labels: str, weeks: bool) -> None:
    assert is_week_header(labels.split()) is weeks
