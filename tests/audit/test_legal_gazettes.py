"""Gazettes: number and year, series, what is left out, what one document prints two ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.audit.legal_cases import (
    BN_320,
    GRAND_DESIGN,
    PERPPU_1,
    PKPU_8,
    ROAD_MAP,
    UU_7,
    UU_28,
    ZI_2021,
    codes,
    decree,
    elsewhere,
    in_scan,
    of,
    told,
)

LOCAL = "Peraturan Komisi Pemilihan Umum Nomor 77 Tahun 2018 tentang Arsip Pemilihan"  # not in the register


def bn(cited: str, number: int, year: int | None = 2020) -> str:
    """An instrument with a Berita Negara."""
    told_year = f" Tahun {year}" if year else ""
    return f"{cited} (Berita Negara Republik Indonesia{told_year} Nomor {number});"


def test_a_number_that_a_published_text_has_otherwise_is_an_error_with_both_readings() -> None:
    found = of("gazette-differs", decree(f"{UU_7} sebagaimana telah diubah dengan {PERPPU_1.replace('6832', '6863')};"))
    assert [(f.severity, f.certainty, f.found, f.expected) for f in found] == [
        ("error", "sure", "Tambahan Lembaran Negara Republik Indonesia Nomor 6863", "Tambahan Lembaran Negara Nomor 6832")
    ]
    assert "UU 7/2023" in found[0].source  # whose number it is in truth


def test_a_year_counts_as_the_number_does() -> None:
    assert len(of("gazette-differs", decree(bn(PKPU_8, 320, 2020)))) == 1
    assert of("gazette-differs", decree(bn(PKPU_8, 320, 2019))) == []


def test_a_fact_below_verified_makes_no_error_and_other_decrees_lend_their_place() -> None:
    others = [elsewhere("3301", bn(ROAD_MAP, 441, None)), elsewhere("3302", bn(ROAD_MAP, 441))]
    found = of("gazette-differs", decree(bn(ROAD_MAP, 411)), *others)
    assert [(f.severity, f.certainty, f.expected) for f in found] == [
        ("warning", "likely", "Berita Negara Republik Indonesia Tahun 2020 Nomor 441")
    ]
    assert {(p.role, p.document_id) for p in found[0].places} == {
        ("found", "d0c0000000000001"),
        ("expected", others[1].document_id),
    }


def test_an_unverified_fact_gives_way_to_what_other_decrees_print() -> None:
    assert of("gazette-differs", decree(bn(ROAD_MAP, 411)), elsewhere("3301", bn(ROAD_MAP, 411))) == []


@pytest.mark.parametrize(
    ("others", "claimed"),
    [
        ([500, 500], True),
        ([500], False),  # one decree may be wrong itself
        ([500, 501], False),
        ([500, 500, 400, 400], False),  # as many print it as here
    ],
)
def test_where_the_register_knows_nothing_a_majority_of_decrees_tells(others: list[int], claimed: bool) -> None:
    seen = [elsewhere(f"33{i:02}", bn(LOCAL, number, 2018)) for i, number in enumerate(others)]
    found = of("gazette-differs", decree(bn(LOCAL, 400, 2018)), *seen)
    assert [(f.severity, f.certainty, f.doubts) for f in found] == (
        [("warning", "likely", ("majority-of-decrees",))] if claimed else []
    )


def test_general_knowledge_is_a_note_until_other_decrees_back_it() -> None:
    cited = (
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 53 Tahun 2014 tentang Petunjuk Teknis"
    )
    seen = [elsewhere(code, bn(cited, 1842, 2014)) for code in ("3301", "3302")]
    assert [f.severity for f in of("gazette-differs", decree(bn(cited, 1299, 2014)))] == ["info"]
    assert [f.severity for f in of("gazette-differs", decree(bn(cited, 1299, 2014)), *seen)] == ["warning"]


def test_decrees_of_one_office_are_one_voice() -> None:
    one = elsewhere("3301", bn(LOCAL, 500, 2018))
    again = replace(one, document_id="0ffce000000009", decree_id="0ffce000000009")
    assert of("gazette-differs", decree(bn(LOCAL, 400, 2018)), one, again) == []


def test_in_a_scan_one_digit_off_is_a_request_to_look() -> None:
    one = in_scan(decree(bn(PKPU_8, 820, 2019)))
    assert [(f.severity, f.certainty, f.doubts) for f in of("gazette-differs", one)] == [
        ("warning", "look", ("one-digit-off-in-a-scan",))
    ]
    assert [f.certainty for f in of("gazette-differs", in_scan(decree(bn(PKPU_8, 977, 2019))))] == ["sure"]


def test_a_misread_number_of_an_instrument_makes_no_sure_claim() -> None:
    other_title = "Peraturan Komisi Pemilihan Umum Nomor 8 Tahun 2019 tentang Pedoman Pengelolaan Barang Milik Daerah"
    assert [f.certainty for f in of("gazette-differs", decree(bn(other_title, 999, 2019)))] == ["look"]


@pytest.mark.parametrize(
    ("cited", "code"),
    [
        (f"{ZI_2021} (Lembaran Negara Republik Indonesia Tahun 2021 Nomor 1571);", "gazette-series-wrong"),
        (UU_28.replace("(Lembaran", "(Berita"), "gazette-series-wrong"),
        (f"{ZI_2021} (Berita Negara Republik Indonesia Tahun 2021 Nomor 1571);", None),
        (f"{LOCAL} (Tambahan Berita Negara Republik Indonesia Nomor 12);", None),  # of an elucidation
        ("Keputusan Komisi Pemilihan Umum Nomor 9/PW.01-Kpt/01/KPU/I/2021 tentang Pedoman Kerja (Berita Negara Republik "
         "Indonesia Tahun 2021 Nomor 7);", "gazette-of-a-decree"),
        ("Peraturan Presiden Nomor 95 Tahun 2018 tentang Sistem Pemerintahan Berbasis Elektronik (Lembaran Negara Republik "
         "Indonesia Tahun 2018 Nomor 182);", None),  # no TLN: no fault
    ],
)  # fmt: skip
def test_the_series_follows_the_type(cited: str, code: str | None) -> None:
    found = [f for f in told(decree(cited)) if f.code.startswith("gazette")]
    assert [f.code for f in found] == ([code] if code else [])  # and nothing else is said of the same gazette


def test_a_wrong_series_is_sure_though_reading_marked_it() -> None:
    found = of("gazette-series-wrong", decree(f"{ZI_2021} (Lembaran Negara Republik Indonesia Tahun 2021 Nomor 1571);"))
    assert [(f.severity, f.certainty, f.confidence, f.expected) for f in found] == [("error", "sure", 1.0, "Berita Negara")]


def test_a_gazette_has_a_year() -> None:
    found = of("gazette-without-year", decree(bn(ROAD_MAP, 441, None)))
    assert [(f.severity, f.certainty, f.expected) for f in found] == [("warning", "sure", "2020")]
    assert of("gazette-without-year", decree(UU_28)) == []  # a TLN has none


def test_what_others_have_is_missed_where_the_list_prints_gazettes() -> None:
    found = {f.subject: f for f in of("gazette-left-out", decree(UU_28, UU_7.split(" (")[0] + ";", PKPU_8 + ";", GRAND_DESIGN))}
    assert set(found) == {"uu-7-2017", "pkpu-8-2019"}  # of Perpres 81/2010 no gazette is known
    assert (found["uu-7-2017"].severity, found["pkpu-8-2019"].severity) == ("warning", "info")
    assert found["uu-7-2017"].expected == "Lembaran Negara Tahun 2017 Nomor 182, Tambahan Lembaran Negara Nomor 6109"
    half = UU_7.split(", Tambahan")[0] + ");"
    assert [f.expected for f in of("gazette-left-out", decree(half))] == ["Tambahan Lembaran Negara Nomor 6109"]


def test_considerations_and_lists_without_any_gazette_owe_none() -> None:
    assert of("gazette-left-out", decree(UU_7.split(" (")[0] + ";", PKPU_8 + ";")) == []
    assert of("gazette-left-out", decree(UU_28, menimbang=[f"bahwa berdasarkan {PKPU_8}, perlu menetapkan;"])) == []


def test_one_document_prints_one_gazette_of_an_instrument() -> None:
    found = of("gazette-two-ways", decree(bn(LOCAL, 400, 2018), listed=[bn(LOCAL, 455, 2018)]))
    assert [(f.severity, f.page) for f in found] == [("warning", 6)]
    assert "Mengingat 1" in found[0].message
    assert of("gazette-two-ways", decree(bn(LOCAL, 400, 2018), listed=[bn(LOCAL, 400, 2018)])) == []
    wrong = decree(PKPU_8 + BN_320 + ";", listed=[bn(PKPU_8, 977, 2019)])
    assert "gazette-two-ways" not in codes(wrong)  # which of the two is wrong is known
    assert "gazette-differs" in codes(wrong)


def test_no_gazette_is_older_than_its_instrument() -> None:
    assert [f.severity for f in of("gazette-before-instrument", decree(bn(LOCAL, 400, 2008)))] == ["info"]
    assert of("gazette-before-instrument", decree(bn(LOCAL, 400, 2019))) == []  # promulgated a year later


@pytest.mark.parametrize(("printed", "wrong"), [("Nomor 0182,", False), ("Nomor 0128,", True)])
def test_a_nought_before_a_number_is_no_difference(printed: str, wrong: bool) -> None:
    assert bool(of("gazette-differs", decree(UU_7.replace("Nomor 182,", printed) + ";"))) is wrong


def test_a_number_with_a_point_in_it_is_not_read_as_its_first_digits() -> None:
    assert of("gazette-differs", decree(UU_7.replace("6109", "6.109") + ";")) == []
