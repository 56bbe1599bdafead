"""Invented decrees. None of these regions exists; their codes belong to nobody."""

from __future__ import annotations

from tests.press.content import instruments as law
from tests.press.content.plans import coastal_rows, short_rows
from tests.press.decree import Decree, Member, Paragraph, Plan, Ref, Section, Signature, Team

_ZI = "ZONA INTEGRITAS MENUJU WILAYAH BEBAS DARI KORUPSI DAN WILAYAH BIROKRASI BERSIH DAN MELAYANI"
_IN_FORCE = "Keputusan ini mulai berlaku pada tanggal ditetapkan."


def _letters(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph("abcdefgh"[i], text) for i, text in enumerate(texts))


def _dictums(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(("KESATU", "KEDUA", "KETIGA", "KEEMPAT")[i], text) for i, text in enumerate(texts))


_SAGARA = "Komisi Pemilihan Umum Kabupaten Sagara Timur"
SAGARA_TIMUR = Decree(
    doc_id="sagara-timur-61-2023",
    office=("KOMISI PEMILIHAN UMUM", "KABUPATEN SAGARA TIMUR"),
    number_raw="61 TAHUN 2023",
    number=61,
    classification=None,
    year=2023,
    title=f"RENCANA KERJA PEMBANGUNAN {_ZI} DI LINGKUNGAN {_SAGARA.upper()} TAHUN 2023",
    place="Muara Sagara",
    date="2023-01-16",
    date_text="16 Januari 2023",
    considerations=_letters(
        "bahwa pelayanan kepada pemilih dan peserta pemilihan umum di wilayah kepulauan menuntut aparatur yang bersih, "
        "terbuka, dan tidak memungut biaya di luar ketentuan;",
        f"bahwa agar pembangunan Zona Integritas pada {_SAGARA} berjalan terarah dan dapat diukur hasilnya, diperlukan "
        "rencana kerja yang memuat kegiatan, ukuran keberhasilan, dan waktu pelaksanaannya;",
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan "
        f"{_SAGARA} tentang Rencana Kerja Pembangunan Zona Integritas Tahun 2023;",
    ),
    bases=(
        law.UU_28_1999,
        law.UU_25_2009,
        law.UU_7_2017_SHORT,
        law.PP_60_2008,
        law.PERPRES_81_2010,
        law.PANRB_25_2020,
        law.PANRB_90_2021,
        law.PKPU_14_2020,
        law.KEPKPU_612_2020,
    ),
    observing=(
        Paragraph(
            "",
            f"Berita Acara Nomor 9/PK.01-BA/3588/2023 tanggal 12 Januari 2023 tentang Pembahasan Rencana Kerja Zona "
            f"Integritas {_SAGARA} Tahun 2023.",
        ),
    ),
    observed_refs=(
        (
            Ref(
                "BA",
                "9/PK.01-BA/3588/2023",
                2023,
                f"Pembahasan Rencana Kerja Zona Integritas {_SAGARA} Tahun 2023",
            ),
        ),
    ),
    dictums=_dictums(
        f"Menetapkan Rencana Kerja Pembangunan Zona Integritas di Lingkungan {_SAGARA} Tahun 2023 sebagaimana "
        "tercantum dalam Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini.",
        "Setiap kepala subbagian bertanggung jawab atas pelaksanaan kegiatan sesuai dengan bidang tugasnya dan "
        "menyampaikan laporannya kepada sekretaris pada setiap akhir triwulan.",
        _IN_FORCE,
    ),
    signed=Signature(f"KETUA {_SAGARA.upper()}", "BAYU LESMANA PUTRA"),
    certified=Signature(
        "Kepala Subbagian Hukum dan Sumber Daya Manusia",
        "Ratih Kusumaningtyas",
        "SEKRETARIAT KOMISI PEMILIHAN UMUM KABUPATEN SAGARA TIMUR",
    ),
    plan=Plan(
        f"RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS {_SAGARA.upper()} TAHUN 2023",
        coastal_rows(2023, "Ketua KPU Kabupaten Sagara Timur"),
    ),
)

_KELANA = "Komisi Pemilihan Umum Provinsi Nusa Kelana"
NUSA_KELANA = Decree(
    doc_id="nusa-kelana-017-2022",
    office=("KOMISI PEMILIHAN UMUM", "PROVINSI NUSA KELANA"),
    number_raw="017/HK.03.1/48/2022",
    number=17,
    classification="HK.03.1",
    year=2022,
    title=f"RENCANA AKSI PEMBANGUNAN {_ZI} PADA {_KELANA.upper()} TAHUN 2022",
    place="Kelana",
    date="2022-02-07",
    date_text="7 Februari 2022",
    considerations=_letters(
        f"bahwa {_KELANA} ditunjuk sebagai salah satu satuan kerja percontohan pembangunan Zona Integritas;",
        "bahwa satuan kerja percontohan wajib memiliki rencana aksi yang disusun bersama seluruh pegawai dan diumumkan "
        "kepada masyarakat;",
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan "
        f"{_KELANA} tentang Rencana Aksi Pembangunan Zona Integritas Tahun 2022;",
    ),
    bases=(
        law.UU_28_1999,
        law.UU_14_2008,
        law.UU_25_2009,
        law.UU_7_2017_SHORT,
        law.PP_94_2021,
        law.PERPRES_16_2018,
        law.PANRB_52_2014,
        law.PANRB_90_2021_SHORT,
        law.PKPU_14_2020,
        law.KEPKPU_314_2021,
    ),
    observing=(),
    observed_refs=(),
    dictums=_dictums(
        f"Menetapkan Rencana Aksi Pembangunan Zona Integritas pada {_KELANA} Tahun 2022 sebagaimana tercantum dalam "
        "Lampiran Keputusan ini.",
        "Rencana Aksi sebagaimana dimaksud dalam Diktum KESATU menjadi pedoman bagi kelompok kerja dalam menyusun "
        "kegiatan dan melaporkan hasilnya.",
        "Biaya yang timbul akibat ditetapkannya Keputusan ini dibebankan pada anggaran satuan kerja.",
        _IN_FORCE,
    ),
    signed=Signature(f"KETUA {_KELANA.upper()}", "Dr. MARTHA WIRANATA, S.H."),
    certified=Signature(
        "Kepala Bagian Hukum", "Yohanis Tanduk, S.H.", "SEKRETARIAT KOMISI PEMILIHAN UMUM PROVINSI NUSA KELANA"
    ),
    plan=Plan("RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS TAHUN 2022", coastal_rows(2022, "Ketua KPU Provinsi Nusa Kelana")),
)

_ARUNIKA = "Komisi Pemilihan Umum Kota Arunika"
ARUNIKA = Decree(
    doc_id="arunika-9-2024",
    office=("KOMISI PEMILIHAN UMUM", "KOTA ARUNIKA"),
    number_raw="9/2024",
    number=9,
    classification=None,
    year=2024,
    title="PENETAPAN RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS (ZI) MENUJU WILAYAH BEBAS DARI KORUPSI (WBK) DI "
    f"LINGKUNGAN {_ARUNIKA.upper()} TAHUN 2024",
    place="Arunika",
    date="2024-03-04",
    date_text="4 Maret 2024",
    considerations=_letters(
        "bahwa hasil penilaian mandiri tahun sebelumnya menunjukkan masih terdapat layanan yang belum memiliki ukuran "
        "waktu penyelesaian;",
        f"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Keputusan {_ARUNIKA} "
        "tentang Penetapan Rencana Kerja Pembangunan Zona Integritas Menuju Wilayah Bebas dari Korupsi Tahun 2024;",
    ),
    bases=(
        law.UU_7_2017,
        law.UU_20_2023,
        law.PP_60_2008,
        law.PERPRES_95_2018,
        law.PANRB_90_2021,
        law.PKPU_8_2019,
    ),
    observing=(),
    observed_refs=(),
    dictums=_dictums(
        f"Menetapkan Rencana Kerja Pembangunan Zona Integritas Menuju Wilayah Bebas dari Korupsi {_ARUNIKA} Tahun 2024 "
        "sebagaimana tercantum dalam Lampiran yang merupakan bagian yang tidak terpisahkan dari Keputusan ini.",
        _IN_FORCE,
    ),
    signed=Signature(f"KETUA {_ARUNIKA.upper()}", "SITI NURWULAN"),
    certified=None,
    narrative=(
        Section(
            "A. Latar Belakang",
            (
                "Kota Arunika memiliki lebih dari seratus tempat pemungutan suara yang tersebar di daerah padat "
                "permukiman. Permintaan data pemilih, pengaduan, dan konsultasi datang setiap hari, sehingga kantor "
                "memerlukan cara kerja yang cepat dan dapat dipercaya.",
                "Rencana kerja ini disusun agar setiap pegawai mengetahui bagian pekerjaannya, dan agar masyarakat "
                "dapat menagih janji layanan yang telah dibuat.",
            ),
        ),
        Section("B. Dasar Hukum", (), (law.UU_28_1999, law.UU_25_2009, law.PANRB_14_2017, law.PANRB_90_2021_SHORT)),
        Section(
            "C. Sasaran",
            (
                "Sasaran yang hendak dicapai ialah layanan tanpa pungutan, jawaban atas pengaduan paling lama lima "
                "hari kerja, dan keterbukaan penggunaan anggaran.",
            ),
        ),
        Section(
            "D. Tahapan",
            (
                "Pembangunan dimulai dengan pernyataan bersama seluruh pegawai, dilanjutkan dengan pembagian tugas "
                "kelompok kerja, dan ditutup dengan penilaian mandiri pada akhir tahun.",
                "Uraian kegiatan dan waktu pelaksanaannya dimuat dalam tabel berikut.",
            ),
        ),
    ),
    plan=Plan(
        f"RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS {_ARUNIKA.upper()} TAHUN 2024",
        coastal_rows(2024, "Ketua KPU Kota Arunika"),
    ),
)

_KIRANA = "Komisi Pemilihan Umum Kabupaten Lembah Kirana"
LEMBAH_KIRANA = Decree(
    doc_id="lembah-kirana-118-2021",
    office=("KOMISI PEMILIHAN UMUM", "KABUPATEN LEMBAH KIRANA"),
    number_raw="118/HK.03.1-Kpt/6388/KPU-Kab/III/2021",
    number=118,
    classification="HK.03.1",
    year=2021,
    title=f"PEMBENTUKAN TIM DAN RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS {_KIRANA.upper()} TAHUN 2021",
    place="Kirana",
    date="2021-03-22",
    date_text="22 Maret 2021",
    considerations=_letters(
        "bahwa pembangunan Zona Integritas memerlukan tim yang bekerja menurut pembagian tugas yang jelas;",
        "bahwa tim sebagaimana dimaksud dalam huruf a memerlukan rencana aksi sebagai pegangan kerja;",
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan "
        f"{_KIRANA} tentang Pembentukan Tim dan Rencana Aksi Pembangunan Zona Integritas Tahun 2021;",
    ),
    bases=(law.UU_28_1999, law.UU_7_2017_SHORT, law.PP_60_2008, law.PANRB_52_2014, law.PKPU_14_2020),
    observing=(),
    observed_refs=(),
    dictums=_dictums(
        "Membentuk Tim Pembangunan Zona Integritas dengan susunan keanggotaan sebagaimana tercantum dalam Lampiran I "
        "Keputusan ini.",
        "Menetapkan Rencana Aksi Pembangunan Zona Integritas sebagaimana tercantum dalam Lampiran II Keputusan ini.",
        _IN_FORCE,
    ),
    signed=Signature(f"KETUA {_KIRANA.upper()}", "HENDRA SUKMAWAN"),
    certified=Signature("Plt. Kepala Subbagian Hukum", "Wening Prameswari, S.E.", "SEKRETARIAT KPU KABUPATEN LEMBAH KIRANA"),
    team=Team(
        "SUSUNAN TIM PEMBANGUNAN ZONA INTEGRITAS",
        (
            Member("Hendra Sukmawan", "Ketua", "Pengarah"),
            Member("Lilis Ratnasari", "Anggota Divisi Teknis", "Pengarah"),
            Member("Gunawan Wibisana", "Sekretaris", "Ketua Tim"),
            Member("Wening Prameswari", "Plt. Kepala Subbagian Hukum", "Koordinator Manajemen Perubahan"),
            Member("Damar Jatmika", "Kepala Subbagian Umum", "Koordinator Penguatan Akuntabilitas"),
            Member("Puspita Anggraini", "Pelaksana", "Anggota"),
        ),
    ),
    plan=Plan("RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS TAHUN 2021", short_rows(2021, "Ketua KPU Lembah Kirana")),
)

_BAYANG = "Komisi Pemilihan Umum Kota Teluk Bayangan"
TELUK_BAYANGAN = Decree(
    doc_id="teluk-bayangan-23-2025",
    office=("KOMISI PEMILIHAN UMUM", "KOTA TELUK BAYANGAN"),
    number_raw="23 TAHUN 2025",
    number=23,
    classification=None,
    year=2025,
    title=f"PENCANANGAN PEMBANGUNAN ZONA INTEGRITAS DI LINGKUNGAN {_BAYANG.upper()} TAHUN 2025",
    place="Teluk Bayangan",
    date="2025-05-19",
    date_text="19 Mei 2025",
    considerations=_letters(
        "bahwa pencanangan merupakan pernyataan kesanggupan pimpinan dan seluruh pegawai untuk membangun kantor yang "
        "bersih dan melayani;",
        f"bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a, perlu menetapkan Keputusan {_BAYANG} "
        "tentang Pencanangan Pembangunan Zona Integritas Tahun 2025;",
    ),
    bases=(law.UU_7_2017, law.UU_20_2023, law.PANRB_90_2021, law.PKPU_8_2019, law.PKPU_14_2020),
    observing=(
        Paragraph("1", "Surat Nomor 77/PW.01-SD/48/2025 tanggal 2 Mei 2025 perihal Pencanangan Pembangunan Zona Integritas;"),
        Paragraph("2", "Berita Acara Nomor 31/PK.01-BA/4871/2025 tanggal 15 Mei 2025 tentang Rapat Pleno Pencanangan;"),
    ),
    observed_refs=(
        (Ref("Surat", "77/PW.01-SD/48/2025", 2025, "Pencanangan Pembangunan Zona Integritas"),),
        (Ref("BA", "31/PK.01-BA/4871/2025", 2025, "Rapat Pleno Pencanangan"),),
    ),
    dictums=_dictums(
        f"Mencanangkan pembangunan Zona Integritas di lingkungan {_BAYANG}.",
        "Rencana kerja pembangunan ditetapkan dengan keputusan tersendiri.",
        _IN_FORCE,
    ),
    signed=Signature(f"KETUA {_BAYANG.upper()}", "RAKA ADIPRANA"),
    certified=None,
)

ALL = (SAGARA_TIMUR, NUSA_KELANA, ARUNIKA, LEMBAH_KIRANA, TELUK_BAYANGAN)
