"""Considerations, dikta, lampiran, form, areas and spelling that contradict each other within one decree."""

from __future__ import annotations

from datetime import date

import pytest

from audit.dossier import Paragraph
from audit.rules.contents import claims
from audit.rules.contents_body import is_incomplete
from audit.rules.contents_spelling import is_slip
from tests.audit.dossiers import DOCUMENT, OFFICE, dossier, findings, lampiran, paragraphs, row, text

RULE = (
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 90 Tahun 2021 tentang "
    "Pembangunan dan Evaluasi Zona Integritas Menuju Wilayah Bebas dari Korupsi dan Wilayah Birokrasi Bersih dan Melayani di "
    "Instansi Pemerintah"
)
LAST = "bahwa berdasarkan pertimbangan sebagaimana dimaksud {}, perlu menetapkan Keputusan Komisi Pemilihan Umum;"


@pytest.mark.parametrize(
    ("said", "incomplete"),
    [
        (f"bahwa berdasarkan ketentuan {RULE};", True),
        (f"bahwa berdasarkan ketentuan {RULE} sebagai acuan keseragaman tindakan dalam membangun zona integritas;", True),
        ("bahwa dalam rangka pelaksanaan pembangunan zona integritas menuju wilayah bebas dari korupsi;", True),
        (f"bahwa berdasarkan ketentuan {RULE}, setiap unit kerja menyusun rencana pembangunan;", False),
        ("bahwa untuk menindaklanjuti Berita Acara Nomor 21/PK.01-BA/3375/2023, perlu ditetapkan Rencana Aksi;", False),
        ("bahwa dalam rangka reformasi birokrasi dipandang perlu membentuk tim;", False),
        ("bahwa untuk melaksanakan tugas tim, Komisi Pemilihan Umum Kota Arunika berkewajiban menyusun rencana kerja;", False),
        ("bahwa untuk melaksanakan tugas tim, Komisi Pemilihan Umum Kota Arunika menyusun Rencana Aksi Tahun 2022;", False),
        (f"bahwa berdasarkan {RULE}, Komisi Pemilihan Umum Kota Arunika terpilih sebagai unit percontohan;", False),
        (f"bahwa sesuai dengan ketentuan {RULE} dipandang perlu membangun zona integritas;", False),
        ("bahwa zona integritas adalah predikat yang diberikan kepada instansi pemerintah;", False),
        (f"bahwa pembangunan zona integritas dilaksanakan sesuai dengan {RULE};", False),
    ],
)
def test_a_consideration_that_is_one_hanging_clause(said: str, incomplete: bool) -> None:
    assert is_incomplete(said) is incomplete


def test_an_incomplete_consideration_weighs_less_in_a_scan() -> None:
    considered = paragraphs("menimbang", [f"bahwa berdasarkan ketentuan {RULE};", LAST.format("pada huruf a")])
    (found,) = findings(claims, dossier(paragraphs=considered), code="consideration-incomplete")
    assert (found.severity, found.certainty, found.subject) == ("warning", "likely", "menimbang:a")
    (found,) = findings(claims, dossier(paragraphs=considered, kind="scanned"), code="consideration-incomplete")
    assert (found.severity, found.certainty) == ("info", "look")


@pytest.mark.parametrize(
    ("refers", "severity"),
    [
        ("pada huruf a dan huruf b", None),
        ("dalam huruf a, dan b", None),
        ("pada huruf a sampai dengan huruf b", None),
        ("pada huruf a dan huruf b di atas", None),
        ("pada huruf a", "info"),
        ("pada huruf a, huruf b, dan huruf c", "warning"),
    ],
)
def test_the_letters_that_the_last_consideration_refers_to(refers: str, severity: str | None) -> None:
    one = dossier(paragraphs=paragraphs("menimbang", ["bahwa a perlu;", "bahwa b perlu;", LAST.format(refers)]))
    found = findings(claims, one, code="consideration-reference-differs")
    assert [f.severity for f in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("part", "labels", "wrong"),
    [
        ("menimbang", "abc", None),
        ("menimbang", "abd", "d"),
        ("menimbang", "aab", "a"),
        ("menimbang", ("a.", "B", "c"), None),
        ("mengingat", "124", "4"),
        ("diktum", ("KESATU", "KEDUA", "KETIGA"), None),
        ("diktum", ("PERTAMA", "KEDUA", "KETIGA"), None),
        ("diktum", ("KESATU", "KETIGA", "KEEMPAT"), "KETIGA"),
    ],
)
def test_labels_follow_each_other(part: str, labels: tuple[str, ...], wrong: str | None) -> None:
    said = ["bahwa satu perlu;"] * 3
    found = findings(claims, dossier(paragraphs=paragraphs(part, said, labels)), code="labels-skip")
    assert [f.found for f in found] == ([wrong] if wrong else [])


def test_a_label_that_was_read_as_part_of_the_paragraph_before_does_not_skip() -> None:
    said = ["bahwa satu perlu; b. bahwa dua perlu;", "bahwa tiga perlu;"]
    assert not findings(claims, dossier(paragraphs=paragraphs("menimbang", said, "ac")), code="labels-skip")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Biaya dibebankan pada DIPA Komisi Pemilihan Umum Kabupaten Sagara Timur.", "budget-year-missing"),
        ("Biaya dibebankan pada DIPA Komisi Pemilihan Umum Kabupaten Sagara Timur Tahun Anggaran 2021.", "budget-year-differs"),
        ("Biaya dibebankan pada DIPA Komisi Pemilihan Umum Kabupaten Sagara Timur Tahun Anggaran 2023.", None),
        ("Rencana kerja disusun menurut anggaran.", None),
    ],
)
def test_the_year_of_the_budget(said: str, code: str | None) -> None:
    found = [f.code for f in findings(claims, dossier(paragraphs=paragraphs("diktum", [said]))) if f.code.startswith("budget")]
    assert found == ([code] if code else [])


HEADING = (("label", "LAMPIRAN"), ("institution", OFFICE), ("title", "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS"))
KESATU = "Menetapkan Rencana Kerja Pembangunan Zona Integritas sebagaimana tercantum dalam {} Keputusan ini."


@pytest.mark.parametrize(
    ("part", "said", "code", "severity"),
    [
        ("number", "61 TAHUN 2023", None, None),
        ("number", "061/2023", None, None),
        ("number", "16 TAHUN 2023", "lampiran-number-differs", "error"),
        ("number", "61 TAHUN 2022", "lampiran-number-differs", "error"),
        ("number", "TAHUN 2023", "lampiran-number-blank", "info"),
        ("date", "16 Januari 2023", None, None),
        ("date", "26 Januari 2023", "lampiran-date-differs", "error"),
    ],
)
def test_the_heading_of_the_lampiran_against_page_1(part: str, said: str, code: str | None, severity: str | None) -> None:
    number = () if part == "number" else (("number", "61 TAHUN 2023"),)
    one = dossier(lampiran=lampiran(*HEADING, *number, (part, said)))
    found = [(f.code, f.severity) for f in findings(claims, one) if f.code.startswith(("lampiran-number", "lampiran-date"))]
    assert found == ([(code, severity)] if code else [])


def test_a_lampiran_that_is_not_there_may_be_in_another_file() -> None:
    told = paragraphs("diktum", [KESATU.format("Lampiran")], page=2)
    one = dossier(paragraphs=told, page_count=2)
    (found,) = findings(claims, one, code="lampiran-absent")
    assert (found.severity, found.certainty, found.page) == ("warning", "likely", 2)
    other = dossier("d0c0000000000002", decree_id=DOCUMENT, part="lampiran")
    assert not findings(claims, one, other, code="lampiran-absent"), "a file of its own holds it"
    assert not findings(claims, dossier(paragraphs=told, page_count=2, lost_pages=(2,)), code="lampiran-absent")
    assert not findings(claims, dossier(paragraphs=told, page_count=6), code="lampiran-absent"), "pages follow unread"
    assert not findings(claims, dossier(paragraphs=told, rows=(row(action="x"),)), code="lampiran-absent")


def test_a_lampiran_of_another_number_and_one_that_nothing_names() -> None:
    two = lampiran(("label", "LAMPIRAN I"), ("label", "LAMPIRAN II"))
    one = dossier(paragraphs=paragraphs("diktum", [KESATU.format("Lampiran III")]), lampiran=two)
    assert [f.subject for f in findings(claims, one, code="lampiran-absent")] == ["Lampiran III"]
    one = dossier(paragraphs=paragraphs("diktum", [KESATU.format("Lampiran II")]), lampiran=two)
    assert not findings(claims, one, code="lampiran-absent")
    one = dossier(paragraphs=paragraphs("diktum", ["Menetapkan Rencana Kerja."]), lampiran=two)
    assert [f.severity for f in findings(claims, one, code="lampiran-not-named")] == ["info"]


def test_a_heading_printed_twice_with_nothing_between() -> None:
    heading = ("section", "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS")
    assert findings(claims, dossier(lampiran=lampiran(heading, heading)), code="heading-repeated")
    apart = lampiran(heading, ("paragraph", "Rencana ini berlaku satu tahun."), heading)
    assert not findings(claims, dossier(lampiran=apart), code="heading-repeated")


def test_what_a_decree_lacks_is_always_a_request_to_look() -> None:
    whole = dossier()
    bare = dossier(signed=None)
    fields = {name: value for name, value in whole.fields.items() if name not in ("date", "signatory")}
    object.__setattr__(bare, "fields", fields)
    found = {f.code: (f.severity, f.certainty) for f in findings(claims, bare)}
    assert found == {"date-missing": ("info", "look"), "signature-missing": ("info", "look")}
    assert not findings(claims, whole)


def test_number_and_date_of_two_years() -> None:
    one = dossier(fields={"number_raw": text("61 TAHUN 2022"), "date": text("16 Januari 2023", 2)}, signed=date(2023, 1, 16))
    (found,) = findings(claims, one, code="number-year-differs")
    assert (found.severity, found.found, found.expected) == ("error", "61 TAHUN 2022", "16 Januari 2023")


def test_a_certified_copy_without_its_mark_may_be_stamped() -> None:
    certified = {"certifier": text("RATNA WIDAYATI", 2)}
    (found,) = findings(claims, dossier(fields=certified), code="copy-not-marked")
    assert (found.severity, found.certainty) == ("info", "look")
    assert not findings(claims, dossier(fields={**certified, "is_copy": text("SALINAN")}))
    assert findings(claims, dossier(fields={"is_copy": text("SALINAN")}), code="copy-not-certified")


AREAS = [
    "Manajemen Perubahan",
    "Penataan Tatalaksana",
    "Penataan Sistem Manajemen SDM",
    "Penguatan Akuntabilitas Kinerja",
    "Penguatan Pengawasan",
    "Peningkatan Kualitas Pelayanan Publik",
]
PLAN = tuple(row(i, area=f"{i}. {area.upper()}", action="x") for i, area in enumerate(AREAS, 1))


def test_areas_of_the_narrative_in_another_order_and_under_other_names() -> None:
    swapped = [*AREAS[:3], AREAS[4], AREAS[3], AREAS[5]]
    said = "Program meliputi: " + ", ".join(swapped).replace("Penataan Sistem Manajemen SDM", "Manajemen SDM") + "."
    found = findings(claims, dossier(rows=PLAN, lampiran=lampiran(("paragraph", said))))
    assert [f.code for f in found] == ["area-order-differs", "area-name-differs"]
    assert {f.severity for f in found} == {"info"}
    assert found[1].found == "Manajemen SDM"


def test_areas_as_in_the_table_and_paragraphs_that_name_a_few_are_no_finding() -> None:
    few = "Penguatan Pengawasan dan Manajemen Perubahan dilaksanakan bersama."
    letters = [("paragraph", f"{letter}. {area}") for letter, area in zip("abcdef", AREAS, strict=True)]
    assert not findings(claims, dossier(rows=PLAN, lampiran=lampiran(("paragraph", few), *letters)))


def test_areas_in_lettered_paragraphs_are_one_list() -> None:
    swapped = [*AREAS[:3], AREAS[4], AREAS[3], AREAS[5]]
    letters = [("paragraph", f"{letter}. {area}") for letter, area in zip("abcdef", swapped, strict=True)]
    assert findings(claims, dossier(rows=PLAN, lampiran=lampiran(*letters)), code="area-order-differs")


@pytest.mark.parametrize(
    ("word", "right", "slip"),
    [
        ("apartur", "aparatur", True),
        ("indoensia", "indonesia", True),
        ("pembanguan", "pembangunan", True),
        ("menerapkan", "menetapkan", False),
        ("penyusun", "menyusun", False),
        ("pelaksana", "pelaksanaan", False),
        ("penetapan", "penerapan", False),
        ("kabupaten", "kabupaten", False),
    ],
)
def test_slips_are_told_from_other_words(word: str, right: str, slip: bool) -> None:
    assert (is_slip(word, right) and word != right) is slip


def test_a_misspelt_word_needs_the_right_one_often_and_print_that_was_not_read_from_a_picture() -> None:
    right, wrong = "Kementerian Pendayagunaan Aparatur Negara", "Kementerian Pendayagunaan Apartur Negara"
    said = paragraphs("mengingat", [right] * 6 + [wrong])
    (found,) = findings(claims, dossier(paragraphs=said), code="word-misspelt")
    assert (found.found, found.expected, found.severity, found.certainty) == ("Apartur", "Aparatur", "info", "likely")
    assert not findings(claims, dossier(paragraphs=said, kind="scanned"), code="word-misspelt")
    assert not findings(claims, dossier(paragraphs=paragraphs("mengingat", [right] * 3 + [wrong])), code="word-misspelt")


def test_a_lampiran_alone_is_not_measured_as_a_decree() -> None:
    alone = dossier(part="lampiran", signed=None, lampiran=lampiran(("number", "12 TAHUN 2020"), ("title", "X")))
    assert not findings(claims, alone)


def test_paragraphs_without_labels_are_no_skipped_labels() -> None:
    bare = tuple(Paragraph("mengingat", i, None, text("bahwa")) for i in (1, 2))
    assert not findings(claims, dossier(paragraphs=bare), code="labels-skip")


def test_a_decree_that_changes_another_heads_its_lampiran_with_the_others_number() -> None:
    title = f"PERUBAHAN ATAS KEPUTUSAN {OFFICE} NOMOR 45/ORT.07-KPT/3504/2021 TENTANG TIM PEMBANGUNAN ZONA INTEGRITAS"
    old = lampiran(("label", "LAMPIRAN I"), ("number", "45/ORT.07-Kpt/3504/2021"), ("date", "5 MARET 2021"))
    other = lampiran(("label", "LAMPIRAN I"), ("number", "46/ORT.07-Kpt/3504/2021"))
    changing = dossier(fields={"title": text(title)}, lampiran=old)
    assert not {"lampiran-number-differs", "lampiran-date-differs"} & {f.code for f in findings(claims, changing)}
    assert findings(claims, dossier(fields={"title": text(title)}, lampiran=other), code="lampiran-number-differs")


def test_a_lampiran_of_another_instrument_is_not_missed() -> None:
    rule = "Penilaian memakai Lampiran II Peraturan Menteri PANRB Nomor 90 Tahun 2021."
    own = "Menetapkan Rencana Kerja sebagaimana tercantum dalam Lampiran Keputusan ini."
    for said, absent in ((rule, False), (own, True)):
        one = dossier(paragraphs=paragraphs("diktum", [said, "Berlaku."]), page_count=1)
        assert bool(findings(claims, one, code="lampiran-absent")) is absent


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Biaya dibebankan pada DIPA Nomor SP DIPA-076.01.2.658123/23 tanggal 30 November 2022.", None),
        ("Biaya dibebankan pada DIPA Tahun Anggaran 2021.", "budget-year-differs"),
    ],
)
def test_the_day_of_a_budget_is_not_its_year(said: str, code: str | None) -> None:
    found = findings(claims, dossier(paragraphs=paragraphs("diktum", ["Menetapkan Rencana Kerja.", said])))
    assert {f.code for f in found if f.code.startswith("budget")} == ({code} if code else set())


def test_the_title_of_a_letter_does_not_swallow_the_predicate() -> None:
    letter = "bahwa berdasarkan Surat Nomor 12/PW.01/33/2023 tanggal 3 Januari 2023 perihal Pembangunan Zona Integritas"
    assert not is_incomplete(f"{letter}, Komisi Pemilihan Umum Kota Tegal ditunjuk sebagai percontohan;")
    assert is_incomplete(f"{letter};")


@pytest.mark.parametrize(("kind", "told_as"), [("digital", ("error", "sure")), ("scanned", ("warning", "look"))])
def test_one_digit_in_a_scan_is_a_request_to_look(kind: str, told_as: tuple[str, str]) -> None:
    heading = lampiran(("label", "LAMPIRAN"), ("number", "64 TAHUN 2023"), ("date", "18 Januari 2023"))
    found = findings(claims, dossier(kind=kind, lampiran=heading))
    told = {f.code: (f.severity, f.certainty) for f in found if f.code.startswith("lampiran-")}
    assert (told["lampiran-number-differs"], told["lampiran-date-differs"]) == (told_as, told_as)
