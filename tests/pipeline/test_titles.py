"""Which titles are those of Zona Integritas plans. The titles are in the words of real decrees."""

from __future__ import annotations

import pytest

from pipeline.intake.titles import least_likeness, likeness_to_plan, may_be_decree, near_miss

PLANS = [
    "Rencana Kerja Pembangunan Zona Integritas",
    "PENETAPAN RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS MENUJU WBK DAN WBBM DI LINGKUNGAN KPU KOTA X TAHUN 2023",
    "Keputusan KPU Kabupaten X Nomor 5 Tahun 2022 tentang Rencana Kerja Pembangunan Zona Integritas",
    "Rencana Aksi menuju Wilayah Bebas dari Korupsi",
    "Rencana Kerja Pembagunan Zona Integrtas",
    "RENCANAKERJA PEMBANGUNAN ZONAINTEGRITAS",
    "Rencana Kerja Pem- bangunan Zona Inte- gritas",
    "Renaksi ZI 2024",
    "Renja ZI menuju WBBM",
    "Rencna Kreja Zona Integritas",
    "Tim Kerja dan Rencana Kerja Pembangunan ZI",
    "Perubahan atas Keputusan tentang Rencana Kerja Pembangunan Zona Integritas",
    "Peta Jalan Pembangunan Zona Integritas",
    "Pembangunan Zona Integritas di Lingkungan KPU Kota X Tahun 2023",  # it may hold the plan
]
ASIDE = [
    "Pembentukan Tim Kerja Pembangunan Zona Integritas",
    "Pembentukan Tim Penyusun Rencana Kerja Pembangunan Zona Integritas",
    "Tim Penilai Internal ZI",
    "Agen Perubahan Zona Integritas Tahun 2023",
    "Pencanangan Pembangunan Zona Integritas",
    "Laporan Monitoring dan Evaluasi Zona Integritas",
]
OTHERS = [
    "Sewa Kendaraan Dinas",
    "Rencana Kerja Pemerintah Daerah Tahun 2024",
    "Rencana Aksi Daerah Kota Layak Anak",
    "Zona Nilai Tanah",
    "Penetapan Bunda Literasi",
    "",
    None,
]


@pytest.mark.parametrize("title", PLANS)
def test_plans_are_taken(title: str) -> None:
    assert likeness_to_plan(title).score >= least_likeness()


@pytest.mark.parametrize("title", ASIDE)
def test_what_stands_around_a_plan_is_told_and_not_taken(title: str) -> None:
    like = likeness_to_plan(title)
    assert like.kind == "aside"
    assert near_miss() <= like.score < least_likeness()


@pytest.mark.parametrize("title", OTHERS)
def test_other_decrees_are_nothing_to_us(title: str | None) -> None:
    assert likeness_to_plan(title).score == 0


@pytest.mark.parametrize(
    ("kind", "short", "decree"),
    [
        ("Keputusan KPU Kabupaten", "KEP", True),
        ("PERATURAN DAERAH", "PERDA", False),
        ("Peraturan Bupati", None, False),
        ("Keputusan Bupati", None, True),
        ("Buku Hukum", None, False),
        ("Produk Hukum", None, True),
        (None, None, True),
    ],
)
def test_decrees_by_their_type(kind: str | None, short: str | None, decree: bool) -> None:
    assert may_be_decree(kind, short) is decree
