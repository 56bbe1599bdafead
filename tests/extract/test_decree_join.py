"""Printed lines to text: which breaks stand inside a word."""

from __future__ import annotations

import pytest

from extract.printed import join_lines

CASES = [
    (["Zona", "Integritas"], "Zona Integritas"),
    (["  Zona   Integritas ", "", "Menuju"], "Zona Integritas Menuju"),
    # hyphenation
    (["Pemil-", "ihan Umum"], "Pemilihan Umum"),
    (["tan-", "tangan"], "tantangan"),
    (["ter-", "tera"], "tertera"),
    (["KETUA KOMISI PRO-", "VINSI BANTEN"], "KETUA KOMISI PROVINSI BANTEN"),
    (["sosialisasi/pelatih-", "an"], "sosialisasi/pelatihan"),
    # hyphens of the word
    (["Undang-", "Undang"], "Undang-Undang"),
    (["(perundang-", "undangan)"], "(perundang-undangan)"),
    (["masing-", "masing,"], "masing-masing,"),
    (["sebaik-", "baiknya"], "sebaik-baiknya"),
    (["besar-", "besaran"], "besar-besaran"),
    (["hal-", "hal"], "hal-hal"),
    (["e-", "office"], "e-office"),
    (["E-", "Office"], "E-Office"),
    (["non-", "PNS"], "non-PNS"),
    (["se-", "Indonesia"], "se-Indonesia"),
    (["KPU-", "nya"], "KPU-nya"),
    (["oleh BAN-", "PT dan"], "oleh BAN-PT dan"),
    # numbers
    (["2024-", "2029"], "2024-2029"),
    (["ke-", "2"], "ke-2"),
    (["314/ORT/07-", "Kpt/01"], "314/ORT/07-Kpt/01"),
    (["429/HK.02-Kpt/3375/KPU-", "Kot/VII/2023"], "429/HK.02-Kpt/3375/KPU-Kot/VII/2023"),
    (["15/ORT.", "07/3504/2022"], "15/ORT.07/3504/2022"),
    (["314/ORT.07-Kpt/01/KPU/", "V/2021"], "314/ORT.07-Kpt/01/KPU/V/2021"),
    (["HK.", "03.1/36/2022"], "HK.03.1/36/2022"),
    (["Rp1.000.", "000"], "Rp1.000.000"),
    # breaks that are breaks
    (["Tahun 2022.", "2 orang"], "Tahun 2022. 2 orang"),
    (["dan/", "atau"], "dan/atau"),
    (["Undang -", "Undang"], "Undang - Undang"),
    (["tercapai -", "terlampaui"], "tercapai - terlampaui"),
    ([], ""),
]


@pytest.mark.parametrize(("lines", "text"), CASES)
def test_joins_lines(lines: list[str], text: str) -> None:
    assert join_lines(lines) == text
