"""What an OCR engine misreads in ways that show is mended, and nothing else; digital words never are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.repair import repaired, repaired_lines
from tests.extract.decree_pages import WHOLE, page_of, words_at


def mended(text: str, confidence: float = 0.7) -> str:
    """A line as it reads after the repairs."""
    words = [replace(w, confidence=confidence) for w in words_at(72, 100, text, 1)]
    return " ".join(w.text for line in repaired_lines([words]) for w in line)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("NOMOR l2 TAHUN 2O22", "NOMOR 12 TAHUN 2022"),
        ("NOMOR42TAHUN2022", "NOMOR 42 TAHUN 2022"),
        ("Tahun l945;", "Tahun 1945;"),
        ("3I Desember 2022", "31 Desember 2022"),
        ("pada tanggal 4 0ktober 2O22", "pada tanggal 4 Oktober 2022"),
        ("Nomor 75, Tambahan Lembaran Nomor 385I)", "Nomor 75, Tambahan Lembaran Nomor 3851)"),
        ("Nomor I Tahun 2022", "Nomor 1 Tahun 2022"),
        ("004/HK.O3.1/36/2O22", "004/HK.03.1/36/2022"),
        ("314/ORT.07-Kpt/01/KPU/lI/2021", "314/ORT.07-Kpt/01/KPU/II/2021"),
        ("KE5ATU : Menetapkan", "KESATU : Menetapkan"),
        ("KEPUTU5AN KOMl51 PEMlLlHAN UMUM", "KEPUTUSAN KOMISI PEMILIHAN UMUM"),
        ("KEPUTUS AN", "KEPUTUSAN"),
        ("Zona lntegritas Z1", "Zona Integritas ZI"),
        ("réformasi birokrási", "reformasi birokrasi"),
        ("kabupaten Tulungagunq", "kabupaten Tulungagung"),
        ("April 2 022", "April 2022"),
        ("Maret2022", "Maret 2022"),
        ("TRIWULAN Il", "TRIWULAN II"),
        ("| SPlP _", "SPIP"),
    ],
)
def test_a_misreading_that_shows_is_mended(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize("text", ["Faridah Anwar, S.H.", "S1 II A4 III/c", "e-KTP P3K", "1 2 3", "l. bahwa", "Rp2.500.000,00"])
def test_what_may_be_right_is_left(text: str) -> None:
    assert mended(text) == text


def test_a_surely_read_word_is_not_compared_with_the_vocabulary() -> None:
    assert mended("Interitas Pendayagunan", 0.99) == "Interitas Pendayagunan"


def test_a_repair_that_its_place_proves_leaves_less_doubt_than_one_that_nothing_proves() -> None:
    words = [replace(w, confidence=0.7) for w in words_at(72, 100, "Tahun 2O22 HK.O3.1", 1)]
    _, year, code = repaired_lines([words])[0]
    assert (year.raw, code.raw) == ("2O22", "HK.O3.1")
    assert year.confidence > 0.85 > 0.7 > code.confidence


def test_a_digital_page_is_never_changed() -> None:
    page = page_of(1, [*WHOLE, "KEPUTU5AN Tahun 2O22 | é"])
    assert repaired(page) is page
