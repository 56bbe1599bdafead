"""Amendments: the last one, the words before it, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from tests.audit.legal_cases import PKPU_8, UU_7, UU_7_2023, UU_28, codes, decree, elsewhere, of, pkpu_amending

SEVERAL = "sebagaimana telah beberapa kali diubah terakhir dengan"
ONCE = "sebagaimana telah diubah dengan"
THIRD = pkpu_amending(4, 2021, "Ketiga")
SECOND = pkpu_amending(21, 2020, "Kedua")
KPK = "Undang-Undang Nomor 30 Tahun 2002 tentang Komisi Pemberantasan Tindak Pidana Korupsi"
KPK_2 = f"Undang-Undang Nomor 19 Tahun 2019 tentang Perubahan Kedua atas {KPK}"
DISCIPLINE = "Peraturan Pemerintah Nomor 53 Tahun 2010 tentang Disiplin Pegawai Negeri Sipil"
DISCIPLINE_2021 = "Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil"


def test_a_later_amendment_that_the_register_dates_is_missed() -> None:
    found = of("amendment-out-of-date", decree(f"{PKPU_8} {SEVERAL} {SECOND};", signed=date(2022, 4, 13)))
    assert [(f.severity, f.certainty, f.subject, f.expected) for f in found] == [
        ("error", "sure", "pkpu-8-2019", "PKPU 4/2021")
    ]
    assert found[0].found is not None and found[0].found.startswith("Peraturan Komisi Pemilihan Umum Nomor 21 Tahun 2020")


@pytest.mark.parametrize(
    ("cited", "signed", "severity"),
    [
        (f"{PKPU_8} {SEVERAL} {THIRD};", date(2022, 4, 13), None),
        (f"{PKPU_8} {SEVERAL} {THIRD};", date(2022, 11, 1), None),  # the day of the fourth is not known, the year is the same
        (f"{PKPU_8};", date(2025, 2, 4), "error"),
        (f"{PKPU_8};", date(2019, 6, 1), None),
        (f"{PKPU_8} {SEVERAL} {pkpu_amending(12, 2023, 'Kelima')};", date(2025, 2, 4), None),
        (f"{PKPU_8} {SEVERAL} {pkpu_amending(3, 2025, 'Keenam')};", date(2025, 9, 4), None),  # younger than the register
        (f"{PKPU_8} {SEVERAL} {THIRD};", date(2023, 6, 20), "info"),  # the fifth is six weeks old
        (f"{PKPU_8} {SEVERAL} Peraturan Komisi Pemilihan Umum Nomor 3 Tahun 2025;", date(2025, 9, 4), None),  # without title
        (f"{PKPU_8} {SEVERAL} Peraturan Komisi Pemilihan Umum Nomor 4;", date(2025, 9, 4), None),  # which one is not printed
        (f"{UU_7};", date(2022, 4, 13), None),
        (f"{UU_7};", date(2024, 4, 13), "error"),
        (f"{UU_7} {ONCE} {UU_7_2023};", date(2024, 4, 13), None),
    ],
)
def test_the_last_amendment_is_that_of_the_day(cited: str, signed: date, severity: str | None) -> None:
    assert [f.severity for f in of("amendment-out-of-date", decree(cited, signed=signed))] == ([severity] if severity else [])


def test_an_amendment_listed_as_an_instrument_of_its_own_is_cited_all_the_same() -> None:
    assert of("amendment-out-of-date", decree(f"{PKPU_8};", f"{THIRD};", signed=date(2022, 4, 13))) == []


def test_what_the_register_lacks_an_earlier_decree_of_another_office_may_know() -> None:
    base = "Peraturan Komisi Pemilihan Umum Nomor 77 Tahun 2018 tentang Arsip Pemilihan"
    change = f"Peraturan Komisi Pemilihan Umum Nomor 5 Tahun 2021 tentang Perubahan atas {base}"
    knows = elsewhere("3301", f"{base} {ONCE} {change};", signed=date(2022, 1, 21))
    found = of("amendment-out-of-date", decree(f"{base};", signed=date(2022, 4, 13)), knows)
    assert [(f.severity, f.certainty, f.doubts) for f in found] == [("warning", "likely", ("another-decree",))]
    assert {p.document_id for p in found[0].places if p.role == "expected"} == {knows.document_id}
    assert of("amendment-out-of-date", decree(f"{base};", signed=date(2021, 12, 1)), knows) == []  # signed before
    unlike = elsewhere("3302", f"{base} {ONCE} Peraturan Komisi Pemilihan Umum Nomor 6 Tahun 2021 tentang Arsip Pemilihan;")
    assert of("amendment-out-of-date", decree(f"{base};", signed=date(2022, 4, 13)), unlike) == []  # no amendment by its title
    astray = elsewhere("3303", f"{base} {ONCE} {SECOND};")
    assert of("amendment-out-of-date", decree(f"{base};", signed=date(2022, 4, 13)), astray) == []  # of another instrument


@pytest.mark.parametrize(
    ("cited", "code"),
    [
        (f"{KPK} {ONCE} {KPK_2};", "amendment-skipped"),
        (f"{PKPU_8} {ONCE} {THIRD};", "amendment-skipped"),
        (f"{PKPU_8} sebagaimana telah diubah terakhir dengan {THIRD};", "amendment-wording"),
        (f"{PKPU_8} sebagaimana telah diubah beberapa kali, terakhir dengan {THIRD};", None),
        (f"{PKPU_8} sebagaimana telah beberapa kali diubah, terakhir dengan {THIRD};", None),
        (f"{UU_7} sebagaimana telah diubah, terakhir dengan {UU_7_2023};", "amendment-wording"),
        (f"{UU_7} {ONCE} {UU_7_2023};", None),
        (
            f"{PKPU_8} {ONCE} {pkpu_amending(3, 2020)} (Berita Negara Republik Indonesia Tahun 2020 Nomor 201) dan {SECOND};",
            None,
        ),  # every one of them is named
    ],
)
def test_the_words_fit_the_ordinal(cited: str, code: str | None) -> None:
    assert {c for c in codes(decree(cited)) if c.startswith("amendment-") and c != "amendment-out-of-date"} == (
        {code} if code else set()
    )


def test_what_replaced_an_instrument_does_not_amend_it() -> None:
    one = decree(f"{DISCIPLINE} {ONCE} {DISCIPLINE_2021};", signed=date(2022, 1, 21))
    found = of("replaced-not-amended", one)
    assert [(f.severity, f.certainty, f.subject, f.expected) for f in found] == [("error", "sure", "pp-53-2010", "PP 94/2021")]
    assert "instrument-replaced" not in codes(one)  # one fault, one finding


def test_an_amendment_belongs_to_the_instrument_that_its_title_names() -> None:
    found = of("amends-another", decree(f"{UU_28.rstrip(';')} {ONCE} {KPK_2};"))
    assert [(f.severity, f.subject, f.expected) for f in found] == [("warning", "uu-19-2019", "UU 30/2002")]
    both = f"{UU_28.rstrip(';')} {ONCE} {KPK} terakhir diubah dengan {KPK_2};"
    assert of("amends-another", decree(both)) == []


@pytest.mark.parametrize(
    "behind",
    [
        " dan perubahannya",
        " (Berita Negara Republik Indonesia Tahun 2019 Nomor 320) beserta perubahannya",
        " dengan segala perubahan-perubahannya",
        " sebagaimana telah beberapa kali diubah",
    ],
)
def test_amendments_that_are_cited_without_their_names_are_not_missed(behind: str) -> None:
    assert of("amendment-out-of-date", decree(f"{PKPU_8}{behind};", signed=date(2024, 4, 1))) == []


def test_an_amendment_under_a_wrong_ordinal_is_cited_all_the_same() -> None:
    wrong = pkpu_amending(4, 2021, "Kedua")
    assert of("amendment-out-of-date", decree(f"{PKPU_8} {SEVERAL} {wrong};", signed=date(2022, 4, 13))) == []


def test_a_law_that_changes_many_is_later_than_an_amendment_that_another_office_cites() -> None:
    region = "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah"
    second = f"Undang-Undang Nomor 9 Tahun 2015 tentang Perubahan Kedua atas {region}"
    many = "Undang-Undang Nomor 6 Tahun 2023 tentang Cipta Kerja"
    other = elsewhere("3376", f"{region} {SEVERAL} {second};")
    signed = date(2025, 11, 3)
    assert of("amendment-out-of-date", decree(f"{region} {SEVERAL} {many};", signed=signed), other) == []
    assert len(of("amendment-out-of-date", decree(f"{region};", signed=signed), other)) == 1


def test_the_second_amendment_may_be_called_so_before_its_name() -> None:
    twice = f"{PKPU_8} sebagaimana telah diubah kedua kalinya dengan {SECOND};"
    assert not {"amendment-skipped", "amendment-wording"} & codes(decree(twice, signed=date(2021, 3, 1)))


def test_an_amendment_whose_title_is_misprinted_is_cited_all_the_same() -> None:
    base = "Peraturan Menteri Dalam Negeri Nomor 43 Tahun 2015 tentang Organisasi dan Tata Kerja Kementerian Dalam Negeri"
    rule = "Peraturan Menteri Dalam Negeri Nomor 8 Tahun 2018 tentang Perubahan Kedua atas"
    other = elsewhere("3376", f"{base} {SEVERAL} {rule} {base};")
    slipped = base.replace("Negeri Nomor", "Negeri tentang").replace("Nomor", "")
    assert of("amendment-out-of-date", decree(f"{base} {SEVERAL} {rule} {slipped};"), other) == []
    assert len(of("amendment-out-of-date", decree(f"{base};"), other)) == 1
