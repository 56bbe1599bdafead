"""Instruments that were no longer, or not yet, in force; and the rule that governs the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from audit.dossier import Covered, Dossier
from tests.audit.dossiers import indicators, row
from tests.audit.legal_cases import (
    GRAND_DESIGN,
    PERPPU_1,
    ROAD_MAP,
    UU_5,
    UU_7,
    UU_20,
    UU_28,
    ZI_2014,
    ZI_2021,
    codes,
    decree,
    in_scan,
    of,
    told,
)


def test_a_law_that_another_had_repealed_is_an_error_with_its_place() -> None:
    found = of("instrument-replaced", decree(UU_28, UU_5, signed=date(2025, 10, 27)))
    assert [(f.severity, f.certainty, f.subject, f.expected, f.page) for f in found] == [
        ("error", "sure", "uu-5-2014", "UU 20/2023", 2)
    ]
    assert "Mengingat 2" in found[0].message and "dicabut dengan UU 20/2023 (terverifikasi" in found[0].source
    assert "was repealed by UU 20/2023 (verified" in found[0].source_en


@pytest.mark.parametrize(
    ("signed", "severity"),
    [
        (date(2023, 10, 30), None),  # the day before
        (date(2023, 11, 20), "info"),  # an office may not have heard of it
        (date(2024, 2, 1), "error"),
    ],
)
def test_the_day_decides_whether_a_repealed_law_is_a_fault(signed: date, severity: str | None) -> None:
    found = of("instrument-replaced", decree(UU_5, signed=signed))
    assert [f.severity for f in found] == ([severity] if severity else [])


def test_a_decree_without_a_day_is_judged_by_its_year_only_where_no_day_could_matter() -> None:
    assert of("instrument-replaced", undated(2023)) == []
    assert len(of("instrument-replaced", undated(2024))) == 1


def undated(year: int) -> Dossier:

    return replace(decree(UU_5), signed=None, year=year)


def test_a_fact_that_nobody_verified_is_no_more_than_likely_and_tells_its_source() -> None:
    found = of("instrument-replaced", decree(ZI_2014 + ";", signed=date(2023, 7, 26)))
    assert [(f.severity, f.certainty, f.doubts) for f in found] == [("warning", "likely", ("fact-not-verified",))]
    assert "belum diperiksa" in found[0].source


def test_a_consideration_on_the_old_rule_contradicts_mengingat_that_names_the_new_one() -> None:
    told_old = [f"bahwa berdasarkan ketentuan {ZI_2014}, perlu menyusun rencana;"]
    one = decree(ZI_2021 + ";", menimbang=told_old, signed=date(2025, 10, 27))
    found = of("consideration-on-replaced", one)
    assert [(f.subject, f.page, f.expected) for f in found] == [("permenpanrb-52-2014", 1, "PermenPANRB 90/2021")]
    assert {place.role for place in found[0].places} == {"found", "expected"}  # both readings can be looked at
    assert of("instrument-replaced", one) == []  # one fault, one finding


def test_a_perppu_is_cited_no_more_once_it_is_a_law() -> None:
    cited = f"{UU_7} sebagaimana telah diubah dengan {PERPPU_1};"
    found = of("perppu-now-law", decree(cited, signed=date(2025, 10, 27)))
    assert [(f.severity, f.certainty, f.subject, f.expected) for f in found] == [
        ("error", "sure", "perppu-1-2022", "UU 7/2023")
    ]
    assert "amendment-out-of-date" not in codes(decree(cited, signed=date(2025, 10, 27)))
    assert told(decree(cited, signed=date(2023, 2, 1))) == []  # then it was right


@pytest.mark.parametrize(
    ("cited", "year", "ends"),
    [
        (ROAD_MAP, 2025, "2024"),
        (ROAD_MAP, 2024, None),
        (ROAD_MAP.replace("2020-2024", "Tahun 2020 s.d. 2024"), 2025, "2024"),
        (GRAND_DESIGN, 2025, None),
        ("Surat Komisi Pemilihan Umum Nomor 47/PW.01/10/2022 tanggal 18 Januari 2022 perihal Laporan 2015-2019;", 2022, None),
        (
            "Keputusan Komisi Pemilihan Umum Nomor 9/ORT.04-Kpt/01/KPU/I/2015 tentang Rencana Strategis Tahun 2015–2019;",
            2022,
            "2019",
        ),
        (UU_28, 2025, None),
    ],
)
def test_a_span_of_years_in_a_title_runs_out(cited: str, year: int, ends: str | None) -> None:
    found = of("period-ended", decree(cited, signed=date(year, 3, 1)))
    assert [f.severity for f in found] == (["warning"] if ends else [])
    assert all(str(ends) in f.message for f in found)


def test_a_span_that_only_the_register_has_is_no_more_than_likely() -> None:
    cited = "Permen PANRB Nomor 20 Tahun 2010 tentang Road Map Reformasi Birokrasi;"
    assert [(f.certainty, f.doubts) for f in of("period-ended", decree(cited))] == [("likely", ("fact-not-verified",))]


def test_the_year_of_the_plan_counts_not_that_of_its_decree() -> None:
    one = decree(ROAD_MAP + ";", signed=date(2024, 12, 20), title="RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS TAHUN 2025")
    assert len(of("period-ended", one)) == 1


def test_an_instrument_younger_than_the_decree_cannot_be_cited() -> None:
    found = of("instrument-not-yet", decree(UU_20, signed=date(2022, 4, 13)))
    assert [(f.severity, f.certainty) for f in found] == [("error", "sure")]
    assert [f.certainty for f in of("instrument-not-yet", in_scan(decree(UU_20)))] == ["look"]  # a digit may be misread
    assert of("instrument-not-yet", decree(UU_20, signed=date(2023, 11, 1))) == []


def test_the_narrative_may_tell_a_replaced_rule_as_history() -> None:
    prose = [
        "Kementerian PANRB menerbitkan Peraturan Menteri Nomor 52 Tahun 2014 tentang Pedoman Pembangunan Zona Integritas "
        "Menuju Wilayah Bebas dari Korupsi (WBK) dan Wilayah Birokrasi Bersih dan Melayani (WBBM)."
    ]
    found = of("narrative-on-replaced", decree(ZI_2021 + ";", narrative=prose, signed=date(2025, 1, 31)))
    assert [(f.severity, f.certainty, f.subject) for f in found] == [("info", "look", "permenpanrb-52-2014")]


def test_a_zi_plan_names_the_rule_that_governs_it() -> None:
    def plan(*cited: str, **changes: object) -> Dossier:
        title = "RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS"
        return decree(*cited, title=title, **changes)  # type: ignore[arg-type]

    found = of("governing-rule-not-cited", plan(UU_28))
    assert [(f.severity, f.certainty, f.subject) for f in found] == [("warning", "likely", "permenpanrb-90-2021")]
    assert [f.subject for f in of("governing-rule-not-cited", plan(UU_28, signed=date(2020, 2, 1)))] == ["permenpanrb-52-2014"]
    assert of("governing-rule-not-cited", plan(UU_28, ZI_2021 + ";")) == []
    assert of("governing-rule-not-cited", plan(UU_28, ZI_2014 + ";")) == []  # the old rule: another finding
    assert of("governing-rule-not-cited", plan(UU_28, narrative=["Permenpan RB No. 90 Tahun 2021 mengatur hal ini."])) == []
    assert of("governing-rule-not-cited", plan(UU_28, lost_pages=(2,))) == []
    assert of("governing-rule-not-cited", decree(UU_28)) == []  # no plan of this kind
    component = next(iter(indicators()))
    assert of("governing-rule-not-cited", decree(UU_28, rows=(row(),), coverage=untold(component, "missing"))) == []
    assert len(of("governing-rule-not-cited", decree(UU_28, rows=(row(),), coverage=untold(component, "present")))) == 1


def untold(component: str, status: str) -> tuple[Covered, ...]:
    """Coverage of one component."""
    return (Covered(component, "A1", status, 1, None, True, ()),)


def test_a_law_that_is_in_force_is_nothing_to_tell() -> None:
    assert told(decree(UU_28, UU_20, signed=date(2024, 5, 1))) == []


def test_a_consideration_may_say_that_a_rule_was_replaced() -> None:
    basis = f"{ZI_2021};"
    history = f"bahwa dengan dicabutnya {ZI_2014}, rencana kerja perlu disesuaikan;"
    relying = f"bahwa untuk melaksanakan {ZI_2014}, perlu disusun rencana kerja;"
    for said, told_so in ((history, False), (relying, True)):
        one = decree(basis, menimbang=[said], signed=date(2022, 6, 1))
        assert ("consideration-on-replaced" in codes(one)) is told_so


@pytest.mark.parametrize(("day", "late"), [("31 Maret 2022", False), ("31 Agustus 2022", True)])
def test_minutes_dated_after_the_decree_are_told(day: str, late: bool) -> None:
    minutes = f"Berita Acara Nomor 66/PK.01-BA/3504/2022 tanggal {day} tentang Rencana Kerja;"
    assert bool(of("instrument-not-yet", decree(UU_28, minutes, signed=date(2022, 5, 31)))) is late
