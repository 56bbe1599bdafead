"""Offices and officers that a decree names: another's name is told, one that rightly stands there is not."""

from __future__ import annotations

import pytest

from audit.dossier import Dossier
from audit.rules.names import claims
from audit.rules.names_officers import differs
from audit.rules.names_offices import offices_in
from tests.audit.dossiers import DOCUMENT, dossier, findings, lampiran, paragraphs, row, text

KOTA = "KOMISI PEMILIHAN UMUM KOTA TEGAL"


def tegal(**changes: object) -> Dossier:
    """A decree of KPU Kota Tegal, which has a Kabupaten Tegal beside it, in Jawa Tengah."""
    fields = {
        "institution": text(KOTA),
        "title": text(f"RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS DI LINGKUNGAN {KOTA} TAHUN 2023"),
        "decides": text(f"KEPUTUSAN {KOTA} TENTANG RENCANA AKSI.", 2),
        "signatory_title": text(f"KETUA {KOTA}", 2),
    }
    given = changes.pop("fields", {})
    assert isinstance(given, dict)
    own = {"satker_code": "3376", "satker_name": "Kota Tegal", "satker_level": "kota", "province_code": "33"}
    return dossier(DOCUMENT, fields={**fields, **given}, **{**own, **changes})


def province(**changes: object) -> Dossier:
    """A decree of KPU Provinsi Jawa Tengah."""
    name = "KOMISI PEMILIHAN UMUM PROVINSI JAWA TENGAH"
    own = {"satker_code": "33", "satker_name": "Provinsi Jawa Tengah", "satker_level": "provinsi", "province_code": "33"}
    fields = {
        "institution": text(name),
        "title": text("RENCANA AKSI"),
        "decides": text(f"KEPUTUSAN {name} TENTANG RENCANA AKSI."),
    }
    return dossier(DOCUMENT, fields=fields, **{**own, **changes})


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Komisi Pemilihan Umum Kota Tegal berkewajiban", ["Komisi Pemilihan Umum Kota Tegal"]),
        ("KPU Kab. Sumbawa Barat, website", ["KPU Kab. Sumbawa Barat"]),
        ("KPU Kabupaten Sumbawa", ["KPU Kabupaten Sumbawa"]),
        ("KPU RI dan KPU Provinsi Nusa Tenggara Barat", ["KPU Provinsi Nusa Tenggara Barat"]),
        ("KPU Provinsi dan KPU Kabupaten/Kota", []),
        ("KPU Melayani; laporan KIP 2021; KPU kota kami", []),
        ("KIP Kabupaten Aceh Selatan", ["KIP Kabupaten Aceh Selatan"]),
        ("KPU Kota Tegl", []),
    ],
)
def test_offices_are_found_by_their_whole_name(said: str, names: list[str]) -> None:
    assert [named.said for named in offices_in(said)] == names


@pytest.mark.parametrize(
    "said",
    [
        "bahwa Komisi Pemilihan Umum Kota Tegal menyusun Rencana Aksi;",
        "bahwa Komisi Pemilihan Umum Provinsi Jawa Tengah membina;",
        "bahwa untuk melaksanakan Surat Komisi Pemilihan Umum Kota Salatiga Nomor 120/PW.01/33/2022 perlu disusun;",
        "bahwa berdasarkan Keputusan Komisi Pemilihan Umum Kota Salatiga Nomor 12 Tahun 2022 tentang Tim perlu disusun;",
        "bahwa menurut hasil studi banding ke KPU Kota Salatiga dan koordinasi dengan KPU Kabupaten Tegal perlu disusun;",
        "bahwa menurut hasil studi banding ke KPU Kota Salatiga, KPU Kota Surakarta dan KPU Kabupaten Brebes perlu disusun;",
        "bahwa Keputusan KPU Nomor 314/ORT.07-Kpt/01/KPU/V/2021 tentang Petunjuk Teknis di Lingkungan Komisi Pemilihan Umum, "
        "Komisi Pemilihan Umum Provinsi dan Komisi Pemilihan Umum Kabupaten/Kota perlu dilaksanakan;",
    ],
)
def test_offices_that_rightly_stand_there(said: str) -> None:
    assert not findings(claims, tegal(paragraphs=paragraphs("menimbang", [said])))


@pytest.mark.parametrize(
    ("said", "code", "severity"),
    [
        ("bahwa Komisi Pemilihan Umum Kota Salatiga perlu menyusun Rencana Aksi;", "other-office-named", "error"),
        ("bahwa Komisi Pemilihan Umum Kabupaten Tegal perlu menyusun Rencana Aksi;", "office-level-differs", "error"),
        (
            "bahwa Komisi Pemilihan Umum Provinsi Jawa Tengah berkewajiban menyusun Rencana Aksi;",
            "other-office-acts",
            "warning",
        ),
        ("bahwa rencana di lingkungan Komisi Pemilihan Umum Tahun 2023 perlu disusun;", "office-name-incomplete", "info"),
        ("bahwa Komisi Pemilihan Kota Tegal perlu menyusun;", "office-name-incomplete", "info"),
    ],
)
def test_offices_left_over_in_a_consideration(said: str, code: str, severity: str) -> None:
    found = findings(claims, tegal(paragraphs=paragraphs("menimbang", [said])))
    assert [(f.code, f.severity) for f in found] == [(code, severity)]


def test_another_office_decides_signs_and_heads_the_lampiran() -> None:
    other = "KOMISI PEMILIHAN UMUM PROVINSI JAWA TENGAH"
    one = tegal(
        fields={
            "decides": text(f"KEPUTUSAN {other} TENTANG RENCANA AKSI.", 2),
            "signatory_title": text("KETUA KOMISI PEMILIHAN UMUM KOTA SALATIGA", 2),
        },
        lampiran=lampiran(("institution", other), ("table_title", "RENCANA AKSI KPU KABUPATEN BREBES TAHUN 2023")),
    )
    found = {f.code: (f.severity, f.found) for f in findings(claims, one)}
    assert found == {
        "decides-other-office": ("error", other),
        "title-other-office": ("error", "KPU KABUPATEN BREBES"),
        "lampiran-other-office": ("error", other),
        "signed-for-other-office": ("warning", "KETUA KOMISI PEMILIHAN UMUM KOTA SALATIGA"),
    }


def test_a_title_may_be_about_another_office() -> None:
    title = f"PEMBINAAN ZONA INTEGRITAS PADA KPU PROVINSI JAWA TENGAH OLEH {KOTA}"
    one = tegal(fields={"title": text(title), "decides": text(f"KEPUTUSAN {KOTA} TENTANG {title}.", 2)})
    assert not findings(claims, one)


def test_other_offices_in_the_plan_are_one_finding_each_with_all_their_rows() -> None:
    rows = (
        row(1, action="Menyusun SOP KPU Kota Salatiga", evidence="SOP KPU Kota Salatiga"),
        row(2, evidence="Laporan KPU Kota Salatiga"),
        row(3, evidence="Surat KPU Kota Tegal ke KPU Kabupaten Brebes dan KPU Provinsi Jawa Tengah"),
    )
    (found,) = findings(claims, tegal(rows=rows, lampiran=lampiran(("paragraph", "KPU Kota Salatiga membangun zona."))))
    assert (found.code, found.severity, len(found.row_ids)) == ("other-office-named", "warning", 2)
    assert found.found == "KPU Kota Salatiga" and found.page == 4


def test_a_province_names_its_own_kabupaten_and_kota() -> None:
    rows = (row(1, action="Monitoring KPU Kota Tegal"),)
    pilots = "Menetapkan Rencana Aksi pada KPU Kota Tegal dan KPU Kabupaten Brebes"
    assert not findings(claims, province(rows=rows, paragraphs=paragraphs("diktum", [pilots])))
    assert findings(claims, province(rows=(row(1, action="Monitoring KPU Kota Serang"),)), code="other-office-named")


def test_a_kabupaten_of_papua_may_name_the_province_that_it_was_in() -> None:
    """Papua was divided in 2022: decrees of 2021 rightly name KPU Provinsi Papua."""
    boven = {"satker_code": "9302", "satker_level": "kabupaten", "province_code": "93"}
    name = {"institution": text("KOMISI PEMILIHAN UMUM KABUPATEN BOVEN DIGOEL")}
    rows = (row(1, evidence="Laporan KPU Provinsi Papua"), row(2, evidence="Laporan KPU Provinsi Papua Barat"))
    found = findings(claims, tegal(fields=name, rows=rows, **boven), code="other-office-named")
    assert [f.found for f in found] == ["KPU Provinsi Papua Barat"]


def test_nothing_is_held_against_a_header_that_a_person_overruled() -> None:
    said = paragraphs("menimbang", ["bahwa Komisi Pemilihan Umum Kota Tegal menyusun Rencana Aksi;"])
    assert not findings(claims, tegal(paragraphs=said, satker_code="3373", satker_name="Kota Salatiga"))


def test_nothing_is_claimed_of_an_office_that_is_not_known_surely() -> None:
    said = paragraphs("menimbang", ["bahwa Komisi Pemilihan Umum Kota Salatiga perlu menyusun;"])
    assert not findings(claims, tegal(paragraphs=said, satker_code=None))
    assert not findings(claims, tegal(paragraphs=said, doubts=("satker:near",)))


@pytest.mark.parametrize(
    ("name", "other", "differ"),
    [
        ("TRIMUR PUJASTANTO", "TRI MUR PUJIASTANTO", True),
        ("Rini Setio Lestari", "RINI SETYO LESTARI", True),
        ("Rini Setio Lestari, S.H., M.Si.", "RINI SETIO LESTARI", False),
        ("H. Agus Supriyadi", "Agus Supriyadi, S.IP", False),
        ("Dr. Ratna Widayati", "RATNA WIDAYATI", False),
        ("Tri Mur Pujiastanto", "TRIMUR PUJIASTANTO", False),
        ("Much. Anam Rifa'i", "Much Anam Rifai", False),
        ("Asep Rismawan", "Rini Setio Lestari", False),
        ("Budi Santoso", "Dwi Santoso", False),
    ],
)
def test_spellings_of_one_name_are_told_from_two_persons(name: str, other: str, differ: bool) -> None:
    assert differs(name, other) is differ


def test_the_certifier_under_the_lampiran_against_that_under_the_decree() -> None:
    fields = {"certifier": text("TRIMUR PUJASTANTO", 2)}
    one = tegal(fields=fields, lampiran=lampiran(("certifier", "TRI MUR PUJIASTANTO"), page=8))
    (found,) = findings(claims, one, code="officer-name-differs")
    assert (found.severity, found.page) == ("warning", 8)
    assert "pengesah salinan" in found.message and {p.page for p in found.places} == {2, 8}
    unsure = tegal(fields={"certifier": text("TRIMUR PUJASTANTO", 2, confidence=0.7)}, lampiran=one.lampiran)
    (found,) = findings(claims, unsure, code="officer-name-differs")
    assert (found.severity, found.certainty) == ("info", "look")


@pytest.mark.parametrize(
    "said",
    [
        "bahwa KPU, KPU Provinsi/KIP Aceh, dan KPU/KIP Kabupaten/Kota menyusun rencana kerja;",
        "bahwa Komisi Pemilihan Umum Kota Tegal, Komisi Pemilihan Umum Kota Bogor, dan KPU Kabupaten Garut ditunjuk;",
        "bahwa Komisi Pemilihan Umum Provinsi Jawa Tengah menetapkan Komisi Pemilihan Umum Kota Tegal sebagai percontohan;",
    ],
)
def test_offices_in_general_and_beside_the_own_stand_there_rightly(said: str) -> None:
    assert findings(claims, tegal(paragraphs=paragraphs("menimbang", [said]))) == []


def test_whom_a_row_visits_may_stand_in_its_evidence_too() -> None:
    visit = row(1, action="Studi tiru layanan pada KPU Kota Surabaya", evidence="Dokumentasi di KPU Kota Surabaya")
    assert findings(claims, tegal(rows=(visit,))) == []
    found = findings(claims, tegal(rows=(row(1, action="Sosialisasi di KPU Kota Surabaya"),)))
    assert [(f.code, f.severity, f.certainty) for f in found] == [("other-office-named", "warning", "likely")]
