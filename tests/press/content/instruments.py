"""Instruments that decrees of this kind cite: standing titles and gazettes, as published."""

from __future__ import annotations

from tests.press.decree import Citation, Gazette, Ref

_TATA_KERJA = "Tata Kerja Komisi Pemilihan Umum, Komisi Pemilihan Umum Provinsi, dan Komisi Pemilihan Umum Kabupaten/Kota"
_SEKRETARIAT = (
    "Tugas, Fungsi, Susunan Organisasi, dan Tata Kerja Sekretariat Jenderal Komisi Pemilihan Umum, Sekretariat Komisi "
    "Pemilihan Umum Provinsi, dan Sekretariat Komisi Pemilihan Umum Kabupaten/Kota"
)
_ZI_2014 = (
    "Pedoman Pembangunan Zona Integritas Menuju Wilayah Bebas dari Korupsi dan Wilayah Birokrasi Bersih dan Melayani "
    "di Lingkungan Instansi Pemerintah"
)
_ZI_2021 = (
    "Pembangunan dan Evaluasi Zona Integritas Menuju Wilayah Bebas dari Korupsi dan Wilayah Birokrasi Bersih dan "
    "Melayani di Instansi Pemerintah"
)
_PANRB = "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"


def ln(year: int, number: str, tln: str | None = None) -> tuple[Gazette, ...]:
    """State gazette, with its supplement where there is one."""
    first = Gazette("LN", number, year)
    return (first, Gazette("TLN", tln)) if tln else (first,)


def bn(year: int, number: str) -> tuple[Gazette, ...]:
    """State news."""
    return (Gazette("BN", number, year),)


def cite(*refs: Ref, end: str = ";") -> Citation:
    """A paragraph that cites one instrument and what changed it."""
    return Citation(refs, end)


UU_28_1999 = cite(
    Ref(
        "UU",
        "28",
        1999,
        "Penyelenggaraan Negara yang Bersih dan Bebas dari Korupsi, Kolusi, dan Nepotisme",
        ln(1999, "75", "3851"),
    )
)
UU_14_2008 = cite(Ref("UU", "14", 2008, "Keterbukaan Informasi Publik", ln(2008, "61", "4846")))
UU_25_2009 = cite(Ref("UU", "25", 2009, "Pelayanan Publik", ln(2009, "112", "5038"), printed="Undang - Undang"))
UU_7_2017 = cite(
    Ref("UU", "7", 2017, "Pemilihan Umum", ln(2017, "182", "6109")),
    Ref(
        "UU",
        "7",
        2023,
        "Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2022 tentang Perubahan atas "
        "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum Menjadi Undang-Undang",
        ln(2023, "54", "6863"),
        "amended_by",
    ),
)
UU_7_2017_SHORT = cite(Ref("UU", "7", 2017, "Pemilihan Umum", ln(2017, "182", "6109"), printed="UU"))
UU_20_2023 = cite(Ref("UU", "20", 2023, "Aparatur Sipil Negara", ln(2023, "141", "6897")))
PP_60_2008 = cite(Ref("PP", "60", 2008, "Sistem Pengendalian Intern Pemerintah", ln(2008, "127", "4890")))
PP_94_2021 = cite(Ref("PP", "94", 2021, "Disiplin Pegawai Negeri Sipil", ln(2021, "202", "6718")))
PERPRES_81_2010 = cite(Ref("Perpres", "81", 2010, "Grand Design Reformasi Birokrasi 2010-2025"))
PERPRES_16_2018 = cite(
    Ref("Perpres", "16", 2018, "Pengadaan Barang/Jasa Pemerintah", ln(2018, "33")),
    Ref(
        "Perpres",
        "12",
        2021,
        "Perubahan atas Peraturan Presiden Nomor 16 Tahun 2018 tentang Pengadaan Barang/Jasa Pemerintah",
        ln(2021, "63"),
        "amended_by",
        link=" sebagaimana diubah dengan ",
    ),
)
PERPRES_95_2018 = cite(Ref("Perpres", "95", 2018, "Sistem Pemerintahan Berbasis Elektronik", ln(2018, "182")))
PANRB_52_2014 = cite(
    Ref("PermenPANRB", "52", 2014, _ZI_2014, bn(2014, "1813")),
    Ref(
        "PermenPANRB",
        "10",
        2019,
        f"Perubahan atas {_PANRB} Nomor 52 Tahun 2014 tentang {_ZI_2014}",
        bn(2019, "671"),
        "amended_by",
    ),
)
PANRB_90_2021 = cite(Ref("PermenPANRB", "90", 2021, _ZI_2021, bn(2021, "1571")))
PANRB_90_2021_SHORT = cite(Ref("PermenPANRB", "90", 2021, _ZI_2021, printed="Permen PANRB"))
PANRB_25_2020 = cite(Ref("PermenPANRB", "25", 2020, "Road Map Reformasi Birokrasi 2020-2024", bn(2020, "441")))
PANRB_14_2017 = cite(
    Ref(
        "PermenPANRB",
        "14",
        2017,
        "Pedoman Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara Pelayanan Publik",
        bn(2017, "708"),
        printed="Peraturan Menteri PANRB",
    )
)
PKPU_8_2019 = cite(
    Ref("PKPU", "8", 2019, _TATA_KERJA, bn(2019, "320")),
    Ref(
        "PKPU",
        "12",
        2023,
        f"Perubahan Kelima atas Peraturan Komisi Pemilihan Umum Nomor 8 Tahun 2019 tentang {_TATA_KERJA}",
        bn(2023, "377"),
        "amended_by",
        link=" sebagaimana telah beberapa kali diubah terakhir dengan ",
    ),
)
PKPU_14_2020 = cite(Ref("PKPU", "14", 2020, _SEKRETARIAT, bn(2020, "1236")))
KEPKPU_612_2020 = cite(
    Ref(
        "KepKPU",
        "612/ORT.04-Kpt/05/KPU/XII/2020",
        2020,
        "Road Map Reformasi Birokrasi Komisi Pemilihan Umum Tahun 2020-2024",
    )
)
KEPKPU_314_2021 = cite(
    Ref(
        "KepKPU",
        "314/ORT.07-Kpt/01/KPU/V/2021",
        2021,
        "Petunjuk Teknis Pelaksanaan Reformasi Birokrasi di Lingkungan Komisi Pemilihan Umum, Komisi Pemilihan Umum "
        "Provinsi dan Komisi Pemilihan Umum Kabupaten/Kota",
    )
)
