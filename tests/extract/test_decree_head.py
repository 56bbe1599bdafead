"""The head of a decree in its printed forms."""

from __future__ import annotations

import pytest

from extract.decree import DecreeText, NotADecree, read_decree
from tests.extract.decree_pages import CITING, CONSIDERING, DECIDING, HEAD, SIGNING, WHOLE, Row, page_of


def read(rows: list[Row], **kwargs: object) -> DecreeText:
    decree = read_decree([page_of(1, rows, **kwargs)])  # type: ignore[arg-type]
    assert isinstance(decree, DecreeText)
    return decree


def with_head(head: list[Row]) -> DecreeText:
    return read([*head, None, *CONSIDERING, *CITING, *DECIDING])


NUMBERS: list[tuple[list[Row], str]] = [
    (["NOMOR 54 TAHUN 2022"], "54 TAHUN 2022"),
    (["NOMOR: 004/HK.03.1/36/2022"], "004/HK.03.1/36/2022"),
    (["NOMOR:004/HK.03.1/36/2022"], "004/HK.03.1/36/2022"),
    (["Nomor : 5/2022"], "5/2022"),
    (["NO. 5/2022"], "5/2022"),
    (["NO : 118/HK.03.1-Kpt/63/Prov/2024"], "118/HK.03.1-Kpt/63/Prov/2024"),
    (["NOMOR", "54 TAHUN 2022"], "54 TAHUN 2022"),
    (["NOMOR 118/HK.03.1-", "Kpt/63/Prov/2024"], "118/HK.03.1-Kpt/63/Prov/2024"),
    (["NoMoR 12 TAHUN 2024"], "12 TAHUN 2024"),
]


@pytest.mark.parametrize(("rows", "number"), NUMBERS)
def test_reads_numbers(rows: list[Row], number: str) -> None:
    decree = with_head([*HEAD[:4], *rows, *HEAD[5:]])
    assert decree.number is not None
    assert (decree.number.text, decree.number.confidence) == (number, 1.0)


def test_a_number_left_empty_is_a_guess() -> None:
    decree = with_head([*HEAD[:4], "NOMOR TAHUN 2024", *HEAD[5:]])
    assert decree.number is not None
    assert decree.number.confidence < 0.5
    assert decree.number.notes


INSTITUTIONS: list[tuple[list[Row], str, bool]] = [
    (HEAD[:4], "KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA", True),
    ([HEAD[3]], "KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA", True),
    (["SALINAN", *HEAD[:4]], "KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA", True),
    (
        [*HEAD[:2], "Jl. Merdeka No. 1 Telp. (021) 555", None, HEAD[3]],
        "KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA",
        True,
    ),
    (["GUBERNUR BALI", None, "PERATURAN GUBERNUR BALI"], "GUBERNUR BALI", True),
    (["KEPUTUSAN", "LEMBAGA AKREDITASI MANDIRI"], "LEMBAGA AKREDITASI MANDIRI", True),
    (["KEPUTUSAN", "KEPALA BALAI ALIH TEKNOLOGI"], "BALAI ALIH TEKNOLOGI", True),
    (["KEPUTUSAN KETUA KOMISI PEMILIHAN UMUM KOTA RIMBA"], "KOMISI PEMILIHAN UMUM KOTA RIMBA", True),
    (["DINAS KESEHATAN", None, "KEPUTUSAN BUPATI RIMBA RAYA"], "BUPATI RIMBA RAYA", False),
]


@pytest.mark.parametrize(("rows", "institution", "sure"), INSTITUTIONS)
def test_reads_institutions(rows: list[Row], institution: str, sure: bool) -> None:
    decree = with_head([*rows, *HEAD[4:]])
    assert decree.institution is not None
    assert decree.institution.text == institution
    assert (decree.institution.confidence >= 0.9) == sure


TITLES: list[tuple[list[Row], str]] = [
    (HEAD[5:], "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS KABUPATEN RIMBA RAYA TAHUN 2024"),
    (["TENTANG", "RENCANA KERJA", None, "KETUA KOMISI PEMILIHAN UMUM,"], "RENCANA KERJA"),
    (["TENTANG", "TENTANG RENCANA KERJA", "TAHUN 2024"], "RENCANA KERJA TAHUN 2024"),
    (["TENTANG", "RENCANA KERJA", "DENGAN RAHMAT TUHAN YANG MAHA ESA", "BUPATI RIMBA RAYA,"], "RENCANA KERJA"),
    (["TENTANG RENCANA KERJA", "TAHUN 2024", None, "KETUA KPU,"], "RENCANA KERJA TAHUN 2024"),
    (
        ["TENTANG", "RENCANA", "KERJA PADA", "KOMISI PEMILIHAN UMUM", None, "KETUA", "KPU,"],
        "RENCANA KERJA PADA KOMISI PEMILIHAN UMUM",
    ),
]


@pytest.mark.parametrize(("rows", "title"), TITLES)
def test_reads_titles(rows: list[Row], title: str) -> None:
    decree = with_head([*HEAD[:5], *rows])
    assert decree.title is not None
    assert decree.title.text == title


def test_marks_copies() -> None:
    assert read(["SALINAN", *WHOLE]).is_copy
    assert read(["S A L I N A N", *WHOLE]).is_copy
    assert read(WHOLE, turned=["SALINAN"]).is_copy
    assert read([*WHOLE, [(72, "Salinan sesuai dengan aslinya")]]).is_copy
    assert not read(WHOLE).is_copy


def test_says_what_is_no_decree() -> None:
    found = read_decree([page_of(1, ["BERITA ACARA", "Pada hari ini Senin telah dilaksanakan rapat."])])
    assert isinstance(found, NotADecree)
    assert found.found.startswith("BERITA ACARA")
    assert read_decree([page_of(1, [])]) == NotADecree("")
    assert read_decree([]) == NotADecree("")


def test_head_on_its_own_page() -> None:
    decree = read_decree([page_of(1, HEAD), page_of(2, [*CONSIDERING, *CITING, *DECIDING, *SIGNING])])
    assert isinstance(decree, DecreeText)
    assert decree.number is not None
    assert decree.number.text == "12 TAHUN 2024"
    assert decree.first_page == 1
