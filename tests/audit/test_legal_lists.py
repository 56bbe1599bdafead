"""Order of the lists, Mengingat against the lampiran's own list, titles and numbers."""

from __future__ import annotations

from datetime import date

import pytest

from tests.audit.legal_cases import (
    GRAND_DESIGN,
    PKPU_8,
    ROAD_MAP,
    UU_5,
    UU_7,
    UU_28,
    ZI_2014,
    ZI_2021,
    decree,
    elsewhere,
    in_scan,
    of,
    pkpu_amending,
    told,
)

KEPKPU = "Keputusan Komisi Pemilihan Umum Nomor 612/ORT.04-Kpt/05/KPU/XII/2020 tentang Road Map Reformasi Birokrasi Komisi Pemilihan Umum Tahun 2020-2024;"  # noqa: E501
PP_60 = "Peraturan Pemerintah Nomor 60 Tahun 2008 tentang Sistem Pengendalian Intern Pemerintah;"
EARLY = "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2014 tentang Pedoman Evaluasi"


@pytest.mark.parametrize(
    ("cited", "code", "severity"),
    [
        ([UU_28, PP_60, GRAND_DESIGN, ROAD_MAP + ";", PKPU_8 + ";", KEPKPU], None, None),
        ([UU_28, ROAD_MAP + ";", GRAND_DESIGN], "order-of-bases", "warning"),
        ([UU_7 + ";", UU_5], "order-in-time", "warning"),
        ([PKPU_8 + ";", ROAD_MAP + ";"], "order-of-bases", "info"),  # no law ranks the one before the other
        ([UU_28, KEPKPU, PKPU_8 + ";"], "order-of-bases", "info"),  # the place of decrees is practice
        ([ZI_2014 + " (Berita Negara Republik Indonesia Tahun 2014 Nomor 1813);",
          EARLY + " (Berita Negara Republik Indonesia Tahun 2014 Nomor 1168);"], "order-in-time", "warning"),
        ([ZI_2014 + " (Berita Negara Republik Indonesia Tahun 2014 Nomor 1813);",
          EARLY + " (Berita Negara Republik Indonesia Tahun 2014 Nomor 1999);"], None, None),  # promulgated later
        ([UU_28, "Surat Komisi Pemilihan Umum Nomor 47/PW.01/10/2022 tanggal 18 Januari 2022 perihal Tim;", UU_5], None, None),
    ],
)  # fmt: skip
def test_rank_comes_first_then_time(cited: list[str], code: str | None, severity: str | None) -> None:
    found = [f for f in told(decree(*cited)) if f.code.startswith("order")]
    assert [(f.code, f.severity) for f in found] == ([(code, severity)] if code else [])


def test_the_first_misplaced_pair_is_shown_with_both_places_and_a_later_one_is_not() -> None:
    found = [f for f in told(decree(UU_28, ROAD_MAP + ";", GRAND_DESIGN, UU_7 + ";", UU_5)) if f.code.startswith("order")]
    assert [f.subject for f in found] == ["perpres-81-2010"]
    assert "Mengingat 3" in found[0].message and "Mengingat 2" in found[0].message
    assert {place.role for place in found[0].places} == {"found", "expected"}


def test_the_lampirans_own_list_may_stand_in_any_order() -> None:
    one = decree(UU_28, listed=[UU_7 + ";", UU_28, PKPU_8 + ";"])
    assert [f.severity for f in of("order-in-time", one)] == ["info"]


def test_each_list_is_held_against_the_other() -> None:
    one = decree(UU_28, UU_7 + ";", PKPU_8 + ";", listed=[UU_28, PKPU_8 + ";", KEPKPU])
    assert [(f.severity, f.found) for f in of("only-in-mengingat", one)] == [("info", "UU 7/2017 (Mengingat 2)")]
    assert [f.found for f in of("only-in-lampiran", one)] == ["KepKPU 612/ORT.04-Kpt/05/KPU/XII/2020 (dasar hukum lampiran 3)"]
    same = decree(UU_28, UU_7 + ";", PKPU_8 + ";", listed=[UU_28, UU_7 + ";", PKPU_8 + ";"])
    assert [f.code for f in told(same) if f.code.startswith("only")] == []
    assert of("only-in-mengingat", decree(UU_28, UU_7 + ";", listed=[PP_60])) == []  # prose, no list


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Road Map Reformasi Birokrasi", "title-of-another"),
        ("Perubahan Ketiga atas Peraturan Komisi Pemilihan Umum Nomor 8 Tahun 2019 tentang Tata Kerja Komisi Pemilihan Umum, "
         "Komisi Pemilihan Umum Provinsi, dan Komisi Pemilihan Umum Kabupaten/Kota", "title-of-another"),
        ("Tata Kerja Komisi Pemilihan Umum, Sekretariat Komisi Pemilihan Umum Provinsi, dan Komisi Pemilihan Umum "
         "Kabupaten/Kota", "title-words"),
        ("Tata Kerja Komisi Pemilhan Umum, Komisi Pemilihan Umum Provinsi, dan Komisi Pemilihan Umum Kabupaten/Kota",
         "title-misspelt"),
        ("TATA KERJA KOMISI PEMILIHAN UMUM, KOMISI PEMILIHAN UMUM PROVINSI DAN KOMISI PEMILIHAN UMUM KABUPATEN/KOTA", None),
        ("Tata Kerja Komisi Pemilihan Umum, Komisi Pemilihan Umum Provinsi", None),  # cut short
        ("Tata Kerja KPU, KPU Provinsi, dan KPU Kabupaten/Kota", None),  # shortened
    ],
)  # fmt: skip
def test_a_title_is_held_against_the_registered_one(title: str, code: str | None) -> None:
    one = decree(f"Peraturan Komisi Pemilihan Umum Nomor 8 Tahun 2019 tentang {title};")
    assert [f.code for f in told(one) if f.code.startswith("title")] == ([code] if code else [])


def test_every_attested_title_is_right() -> None:
    other = UU_28.replace("Penyelenggaraan Negara", "Penyelenggara Negara")
    assert [f.code for f in told(decree(other)) if f.code.startswith("title")] == []


def test_where_the_register_has_no_title_other_decrees_tell_the_usual_one() -> None:
    usual, odd = (
        f"Peraturan Komisi Pemilihan Umum Nomor 77 Tahun 2018 tentang Arsip {word} Umum;" for word in ("Pemilihan", "Rapat")
    )
    seen = [elsewhere("3301", usual), elsewhere("3302", usual)]
    found = of("title-words", decree(odd), *seen)
    assert [(f.certainty, f.doubts) for f in found] == [("likely", ("majority-of-decrees",))]
    assert of("title-words", decree(odd), seen[0]) == []
    assert of("title-words", decree(odd), *seen, elsewhere("3303", odd)) == []  # not the only one


def test_ocr_misspells_so_a_scan_is_not_blamed() -> None:
    slip = PKPU_8.replace("Pemilihan Umum Provinsi", "Pemlihan Umum Provinsi")
    assert len(of("title-misspelt", decree(slip + ";"))) == 1
    assert of("title-misspelt", in_scan(decree(slip + ";"))) == []


def test_a_number_alone_is_no_citation() -> None:
    cited = (
        f"{PKPU_8} sebagaimana telah beberapa kali diubah terakhir dengan Peraturan Komisi Pemilihan Umum Nomor 4 Tahun 2021;"
    )
    assert [(f.severity, f.subject) for f in of("title-left-out", decree(cited))] == [("info", "pkpu-4-2021")]
    full = f"{PKPU_8} sebagaimana telah beberapa kali diubah terakhir dengan {pkpu_amending(4, 2021, 'Ketiga')};"
    assert of("title-left-out", decree(full)) == []


def test_a_slip_in_the_number_of_a_decree() -> None:
    found = of("number-differs", decree(KEPKPU.replace("612/ORT.04", "612/ORT/04")))
    assert [(f.severity, f.certainty, f.expected) for f in found] == [
        ("warning", "likely", "KepKPU 612/ORT.04-Kpt/05/KPU/XII/2020")
    ]
    assert of("number-differs", decree(KEPKPU)) == []
    other = "Keputusan Komisi Pemilihan Umum Nomor 613/ORT.04-Kpt/05/KPU/XII/2020 tentang Pedoman Arsip Dinamis;"
    assert of("number-differs", decree(other)) == []  # another decree of the same day


@pytest.mark.parametrize(
    "cited",
    [
        "Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;",
        "Undang-Undang Nomor 12 Tahun 2011 tentang Pembentukan Peraturan Perundang-undangan (LN RI Tahun 2011 Nomor 82, TLN RI "
        "Nomor 5234), sebagaimana telah beberapa kali diubah, terakhir dengan Undang-Undang Nomor 13 Tahun "
        "2022 tentang Perubahan "
        "Kedua atas Undang-Undang Nomor 12 Tahun 2011 tentang Pembentukan Peraturan Perundang-undangan "
        "(Lembaran Negara Republik "
        "Indonesia Tahun 2022 Nomor 143, Tambahan Lembaran Negara Republik Indonesia Nomor 6801);",
        "Undang-Undang Nomor 1 Tahun 2015 tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2014 "
        "tentang Pemilihan Gubernur, Bupati, dan Walikota Menjadi Undang-Undang (Lembaran Negara Republik Indonesia Tahun 2015 "
        "Nomor 23, Tambahan Lembaran Negara Republik Indonesia Nomor 5656) sebagaimana telah beberapa kali "
        "diubah terakhir dengan "
        "Undang-Undang Nomor 6 Tahun 2020 tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 2 Tahun 2020 "
        "tentang Perubahan Ketiga atas Undang-Undang Nomor 1 Tahun 2015 tentang Penetapan Peraturan Pemerintah Pengganti "
        "Undang-Undang Nomor 1 Tahun 2014 tentang Pemilihan Gubernur, Bupati, dan Walikota Menjadi Undang-Undang Menjadi "
        "Undang-Undang (Lembaran Negara Republik Indonesia Tahun 2020 Nomor 193, Tambahan Lembaran Negara Republik Indonesia "
        "Nomor 6547);",
        "Undang-Undang Nomor 30 Tahun 2014 tentang Administrasi Pemerintahan (Lembaran Negara Republik "
        "Indonesia Tahun 2014 Nomor "
        "292, Tambahan Lembaran Negara Republik Indonesia Nomor 5601) sebagaimana telah diubah dengan "
        "Undang-Undang Nomor 6 Tahun "
        "2023 tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 2 Tahun 2022 tentang Cipta Kerja menjadi "
        "Undang-Undang (Lembaran Negara Republik Indonesia Tahun 2023 Nomor 41, Tambahan Lembaran Negara Republik Indonesia "
        "Nomor 6856);",
        "PermenPAN-RB No. 90 Tahun 2021 tentang Pembangunan dan Evaluasi ZI menuju WBK dan WBBM di Instansi Pemerintah (BN RI "
        "Tahun 2021 No. 1571);",
        "Surat Edaran Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 6 Tahun 2023 tentang Tata Kelola;",
        "DIPA Komisi Pemilihan Umum Nomor SP DIPA-076.01.2.658123/2024 tanggal 24 November 2023;",
    ],
)  # fmt: skip
def test_right_citations_in_any_wording_are_not_blamed(cited: str) -> None:
    assert told(decree(cited, signed=date(2024, 5, 1))) == []


def test_a_faultless_list_is_nothing_to_tell() -> None:
    one = decree(
        UU_28,
        GRAND_DESIGN,
        f"{ZI_2021} (Berita Negara Republik Indonesia Tahun 2021 Nomor 1571);",
        signed=date(2022, 4, 13),
    )
    assert told(one) == []


def test_a_slip_in_the_number_of_a_law_is_told_by_its_title() -> None:
    found = of("number-differs", decree(UU_28.replace("Nomor 28", "Nomor 27")))
    assert [(f.found, f.expected, f.certainty) for f in found] == [("UU 27/1999", "UU 28/1999", "sure")]
    unproved = UU_28.replace("Nomor 28", "Nomor 27").split(" (")[0] + ";"
    assert [f.certainty for f in of("number-differs", decree(unproved))] == ["look"]
    assert of("number-differs", decree(UU_28)) == []


@pytest.mark.parametrize(
    "cited",
    [
        "UU Nomor 31 Tahun 1999 juncto UU Nomor 20 Tahun 2001 tentang Pemberantasan Tindak Pidana Korupsi;",
        "PP No. 60 Tahun 2008 tentang SPIP (LNRI 2008/127, TLNRI 4890);",
    ],
)
def test_a_title_for_both_and_a_short_title_are_not_another_ones(cited: str) -> None:
    assert of("title-of-another", decree(cited)) == []


def test_the_order_of_decrees_is_practice() -> None:
    found = of("order-in-time", decree(UU_28, KEPKPU.replace("XII/2020", "XII/2021").replace("612", "700"), KEPKPU))
    assert {(f.severity, f.certainty) for f in found} <= {("info", "likely")}
