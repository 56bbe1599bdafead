from __future__ import annotations

import csv

import pytest

from normalize.number import parse_number
from normalize.satker import SatkerMatch, resolve_satker, satkers
from tests.normalize.truths import SHARED, kpu_truths

KPU = "KOMISI PEMILIHAN UMUM"


def code(match: SatkerMatch) -> str | None:
    return match.satker.code if match.satker else None


@pytest.mark.parametrize(
    ("institution", "expected"),
    [
        (f"{KPU} KABUPATEN TULUNGAGUNG", "3504"),
        (f"{KPU} PROVINSI BANTEN", "36"),
        (f"{KPU} PROV. SULAWESI TENGAH", "72"),
        (f"{KPU} DAERAH ISTIMEWA YOGYAKARTA", "34"),
        (f"{KPU} KABUPATENTULUNGAGUNG", "3504"),
        (f"{KPU} KABUPATEN KOTABARU", "6302"),
        (f"{KPU} KABUPATEN LIMA PULUH KOTA", "1307"),
        (f"{KPU} KABUPATEN SERANG PROVINSI BANTEN", "3604"),
        (f"{KPU} KABUPATEN KONAWE KEP.", "7412"),
        ("SEKRETARIAT KPU KABUPATEN BOGOR", "3201"),
        ("KETUA KOMISI PEMILIHAN UMUM KOTA BOGOR,", "3271"),
        ("KOM1SI PEMlLIHAN UMUM KOTA TASIKMALAYA", "3278"),
        ("KPU PROVINSI DKI JAKARTA", "31"),
        ("KOMISI INDEPENDEN PEMILIHAN KABUPATEN ACEH BESAR", "1106"),
        ("KIP KOTA LANGSA", "1174"),
        ("KIP ACEH", "11"),
    ],
)
def test_knows_an_office_by_its_name(institution: str, expected: str) -> None:
    match = resolve_satker(institution, None)
    assert (code(match), match.needs_review) == (expected, False)


@pytest.mark.parametrize("institution", [KPU, f"{KPU} REPUBLIK INDONESIA", f"{KPU} RI", f"{KPU} REPUBLlK INDONES1A"])
def test_pusat_has_a_level_and_no_code(institution: str) -> None:
    match = resolve_satker(institution, None)
    assert match.satker is not None
    assert (match.satker.level, match.satker.code, match.satker.name) == ("pusat", None, "Komisi Pemilihan Umum")


@pytest.mark.parametrize(
    "institution",
    [
        "PEMERINTAH KOTA TEGAL",
        "GUBERNUR BALI",
        "WALI KOTA BALIKPAPAN",
        "POLITEKNIK NEGERI BANDUNG",
        "BADAN PENGAWAS PEMILIHAN UMUM KABUPATEN TEGAL",
        "DEWAN KEHORMATAN PENYELENGGARA PEMILIHAN UMUM",
        "KOMISI PEMBERANTASAN KORUPSI",
        "KEPALA BALAI PENGELOLA ALIH TEKNOLOGI PERTANIAN",
        "",
        None,
    ],
)
def test_an_institution_that_is_no_kpu_has_none(institution: str | None) -> None:
    assert resolve_satker(institution, parse_number("5/HK.03.1/3376/2022")).satker is None


@pytest.mark.parametrize(
    ("institution", "number", "place", "expected", "review"),
    [
        # one name, two offices: the number, then the place, else none
        (f"{KPU} TEGAL", None, None, None, True),
        (f"{KPU} TEGAL", "5/HK.03.1/3376/2022", None, "3376", False),
        (f"{KPU} TEGAL", None, "Slawi", "3328", True),
        # the name holds against the number, and the contradiction is shown
        (f"{KPU} KABUPATEN TEGAL", "5/HK.03.1/3376/2022", None, "3328", True),
        (f"{KPU} KABUPATEN TEGAL", "5/HK.03.1/3328/2022", "Tegal", "3328", False),
        # numbers of an office may carry its province, or its code of former years
        (f"{KPU} KABUPATEN TEGAL", "5/HK.03.1/33/2022", None, "3328", False),
        (f"{KPU} KABUPATEN NUNUKAN", "5/HK.03.1/6405/2012", None, "6503", False),
        # former names are known and shown
        (f"{KPU} KABUPATEN MAMUJU UTARA", None, None, "7601", True),
        (f"{KPU} KABUPATEN PONTIANAK", None, None, "6102", True),
        # slips: a long name is sure, a short one is not, one between two is none
        (f"{KPU} KABUPATEN TULUNGAGUNC", None, None, "3504", False),
        (f"{KPU} KABUPATEN BANDUNC", None, None, "3204", True),
        (f"{KPU} KABUPATEN BANUNG", None, None, None, True),
        (f"{KPU} KABUPATEN BANUNG", "5/HK.03.1/5103/2022", None, "5103", True),
        (f"{KPU} KOTA TULUNGAGUNG", None, None, None, True),
        (f"{KPU} KABUPATEN X", None, None, None, True),
    ],
)
def test_weighs_name_number_and_place(
    institution: str, number: str | None, place: str | None, expected: str | None, review: bool
) -> None:
    match = resolve_satker(institution, parse_number(number), place)
    assert (code(match), match.needs_review) == (expected, review)


def test_every_office_is_found_by_its_own_name() -> None:
    wrong = [s.name for s in satkers().values() if code(resolve_satker(f"{KPU} {s.name.upper()}", None)) != s.code]
    assert not wrong


CONFUSABLE = SHARED / "facts" / "satker" / "confusable.csv"


@pytest.mark.skipif(not CONFUSABLE.exists(), reason="no facts beside the checkout")
def test_no_printed_form_resolves_to_its_confusable() -> None:
    pairs = list(csv.DictReader(CONFUSABLE.open(encoding="utf-8")))
    wrong = [
        form
        for pair in pairs
        for form, own in ((pair["form_a"], pair["code_a"]), (pair["form_b"], pair["code_b"]))
        if code(resolve_satker(f"{KPU} {form.upper()}", None)) != own
    ]
    assert not wrong


@pytest.mark.skipif(not CONFUSABLE.exists(), reason="no facts beside the checkout")
def test_a_slip_towards_another_office_is_never_silently_that_office() -> None:
    names = {s.name.upper() for s in satkers().values()}
    wrong = []
    for pair in csv.DictReader(CONFUSABLE.open(encoding="utf-8")):
        if pair["kind"] != "lev":
            continue
        level, name = pair["form_a"].upper().split(" ", 1)
        for at in range(len(name)):
            for slipped in (name[:at] + name[at + 1 :], name[:at] + "X" + name[at + 1 :]):
                match = resolve_satker(f"{KPU} {level} {slipped}", None)
                if code(match) not in (None, pair["code_a"]) and not match.needs_review and f"{level} {slipped}" not in names:
                    wrong.append((pair["form_a"], slipped, match))
    assert not wrong


@pytest.mark.skipif(not kpu_truths(), reason="no corpus beside the checkout")
def test_reproduces_the_offices_of_the_corpus() -> None:
    for truth in kpu_truths():
        head = truth["header"]
        match = resolve_satker(head["institution"], parse_number(head["number_raw"]), head["place"])
        assert match.satker is not None
        assert (match.satker.code, match.satker.level) == (head["satker_code"], head["satker_level"])
        assert not match.needs_review
