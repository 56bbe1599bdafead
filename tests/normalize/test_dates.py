from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.dates import find_dates, parse_date

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pada tanggal 26 Juli 2023", (2023, 7, 26)),
        ("pada tanggal: 01 Agustus 2O23", (2023, 8, 1)),
        ("3l Mei 2O22", (2022, 5, 31)),
        ("13 Apri1 2022", (2022, 4, 13)),
        ("1 Desenber 2020", (2020, 12, 1)),
        ("5 Pebruari 2012", (2012, 2, 5)),
        ("2 Nop 2021", (2021, 11, 2)),
        ("27 Oktober2025", (2025, 10, 27)),
        ("31 Jan u ari 2023", (2023, 1, 31)),
        ("tanggal: 4-2-2025", (2025, 2, 4)),
        ("26-VII-2023", (2023, 7, 26)),
        ("rapat 1 Mei 2022, ditetapkan pada tanggal 3 Mei 2022", (2022, 5, 3)),
        ("31 Februari 2022", None),
        ("2 Jumi 2022", None),  # Juni as well as Juli
        ("Nomor 5 Tahun 2020", None),
        ("", None),
        (None, None),
    ],
)
def test_finds_the_date(text: str | None, expected: tuple[int, int, int] | None) -> None:
    assert parse_date(text) == (dt.date(*expected) if expected else None)


def test_says_whether_a_date_was_printed_clean() -> None:
    clean, slipped = find_dates("1 Mei 2022 dan 3l Mei 2O22")
    assert clean.exact and not slipped.exact
    assert (clean.start, clean.end) == (0, 10)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)))
def test_every_printed_date_comes_back(date: dt.date) -> None:
    assert parse_date(f"pada tanggal {date.day} {MONTHS[date.month - 1]} {date.year}") == date
