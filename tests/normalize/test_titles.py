"""Titles that are one in spite of misread letters, and titles that only look alike."""

from __future__ import annotations

import pytest

from normalize.titles import likeness, title_of

TEAM = "PENETAPAN ANGGOTA PANITIA PEMILIHAN KECAMATAN SUKAMAJU TAHUN 2024"
PAIRS = [
    (TEAM, TEAM.title(), "same"),
    (TEAM, TEAM.replace("PANITIA PEM", "PANITIAPEM"), "same"),
    (TEAM, TEAM.replace("2024", "2O24"), "same"),
    (TEAM, TEAM.replace("PANITIA", "PANlTlA"), "same"),
    (TEAM, TEAM.replace("PANITIA", "PANITlR"), "alike"),
    (TEAM, TEAM.replace("PANITIA", "RANITlR"), "different"),
    (TEAM, TEAM.replace("SUKAMAJU", "SUKARAYA"), "different"),
    (TEAM, TEAM.replace("2024", "2025"), "different"),
    (TEAM, f"PERUBAHAN ATAS {TEAM}", "different"),
    (TEAM, TEAM.replace("PENETAPAN", "PENGGANTIAN"), "different"),
    (TEAM, TEAM.replace("PENETAPAN", "PEMBERHENTIAN"), "different"),
    (TEAM, TEAM.removesuffix(" TAHUN 2024"), "part"),
    (TEAM, f"{TEAM} RENCANA KERJA", "part"),
    ("DAFTAR PEMILIH TRIWULAN III", "DAFTAR PEMILIH TRIWULAN Il1", "same"),
    ("DAFTAR PEMILIH TRIWULAN III", "DAFTAR PEMILIH TRIWULAN IV", "different"),
    ("RENCANA AKSI ZONA INTEGRITAS", "RENCANA KERJA ZONA INTEGRITAS", "different"),
    ("JADWAL SEMESTER PERTAMA", "JADWAL SEMESTER KEDUA", "different"),
    ("PERUBAHAN KEDUA ATAS KEPUTUSAN", "PERUBAHAN KETIGA ATAS KEPUTUSAN", "different"),
    ("PENETAPAN TIM A", "PENETAPAN TIM B", "different"),
    ("TIM KERJA", "TIM KERJA ZONA INTEGRITAS", "different"),
    (TEAM, None, "unknown"),
    (TEAM, " - ", "unknown"),
]


@pytest.mark.parametrize(("one", "other", "wanted"), PAIRS)
def test_likeness_of_titles(one: str, other: str | None, wanted: str) -> None:
    assert likeness(title_of(one), title_of(other)) == wanted
    assert likeness(title_of(other), title_of(one)) == wanted
