"""The title of one decree at its many places: what an auditor would call a contradiction, and what none."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from audit.dossier import Dossier, Text
from audit.rules.contents import claims
from tests.audit.dossiers import DOCUMENT, OFFICE, TITLE, dossier, findings, lampiran, paragraphs, text

OWN = "Rencana Kerja Pembangunan Zona Integritas di Lingkungan Komisi Pemilihan Umum Kabupaten Sagara Timur Tahun 2023"
WITH_ZONES = (
    "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS MENUJU WILAYAH BEBAS DARI KORUPSI DAN WILAYAH BIROKRASI BERSIH DAN MELAYANI DI "
    "LINGKUNGAN KOMISI PEMILIHAN UMUM KABUPATEN SAGARA TIMUR TAHUN 2023"
)


def decree(
    title: str = TITLE,
    *,
    decides: str = TITLE,
    considered: str = OWN,
    kesatu: str = OWN,
    heading: str = TITLE,
    table: str = TITLE,
    **changes: object,
) -> Dossier:
    """A decree whose title stands at six places."""
    fields: Mapping[str, Text] = {
        "title": text(title),
        "decides": text(f"KEPUTUSAN {OFFICE} TENTANG {decides}.", 2),
        "is_copy": text("SALINAN"),
    }
    return dossier(
        DOCUMENT,
        fields=fields,
        paragraphs=(
            *paragraphs(
                "menimbang",
                [
                    "bahwa untuk mewujudkan tata kelola yang baik perlu disusun rencana pembangunan zona integritas;",
                    "bahwa berdasarkan pertimbangan sebagaimana dimaksud pada huruf a, perlu menetapkan Keputusan Komisi "
                    f"Pemilihan Umum Kabupaten Sagara Timur tentang {considered};",
                ],
            ),
            *paragraphs(
                "diktum",
                [
                    f"Menetapkan {kesatu} sebagaimana tercantum dalam Lampiran Keputusan ini.",
                    "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
                ],
                page=2,
            ),
        ),
        lampiran=lampiran(
            ("label", "LAMPIRAN"),
            ("institution", OFFICE),
            ("number", "61 TAHUN 2023"),
            ("title", heading),
            ("table_title", table),
        ),
        **changes,
    )


def codes(one: Dossier) -> dict[str, str]:
    return {f.code: f.severity for f in findings(claims, one)}


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"decides": "PENETAPAN " + TITLE},
        {"title": "PENETAPAN " + TITLE, "heading": "PENETAPAN " + TITLE},
        {"considered": OWN.replace("Zona Integritas", "Zona Integritas (ZI)")},
        {"considered": OWN.replace("Rencana Kerja", "Rencana Kerja,").replace("Tahun 2023", "Tahun Anggaran 2023")},
        {"kesatu": "Rencana Kerja Pembangunan Zona Integritas"},
        {"kesatu": f"Keputusan Komisi Pemilihan Umum Kabupaten Sagara Timur tentang {OWN}"},
        {"kesatu": "nama-nama pejabat dan pegawai dalam daftar"},
        {"table": "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS KPU KABUPATEN SAGARA TIMUR"},
        {"table": "SUSUNAN TIM KERJA PEMBANGUNAN ZONA INTEGRITAS"},
        {"table": "RENCANA AKSI"},
        {"table": "RENCANA AKSI AREA MANAJEMEN PERUBAHAN"},
        {"decides": TITLE.replace("INTEGRITAS", "1NTEGRITAS"), "kind": "scanned"},
    ],
)
def test_titles_that_say_the_same_are_no_finding(same: dict[str, str]) -> None:
    found = codes(decree(**same))
    assert not {code for code, severity in found.items() if severity != "info"}
    assert not {"title-subject-differs", "consideration-subject-differs", "title-year-differs"} & set(found)


TEAM = "Pembentukan Tim Pembangunan Zona Integritas di Lingkungan Komisi Pemilihan Umum Kabupaten Sagara Timur Tahun 2023"
ACTION = TITLE.replace("RENCANA KERJA", "RENCANA AKSI")


@pytest.mark.parametrize(
    ("other", "code", "severity"),
    [
        ({"considered": TEAM}, "consideration-subject-differs", "error"),
        ({"decides": ACTION}, "title-subject-differs", "error"),
        ({"heading": ACTION}, "title-subject-differs", "error"),
        ({"kesatu": OWN.replace("Kerja", "Aksi")}, "title-subject-differs", "error"),
        ({"table": ACTION}, "title-subject-differs", "warning"),
        (
            {"decides": TITLE.replace("RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS", "HARI LIBUR")},
            "title-subject-differs",
            "warning",
        ),
        ({"decides": TITLE.replace("2023", "2022")}, "title-year-differs", "error"),
        ({"table": TITLE.replace("2023", "2022")}, "title-year-differs", "warning"),
        ({"title": TITLE.replace(" TAHUN 2023", "")}, "title-year-missing", "info"),
        ({"decides": TITLE.replace(" TAHUN 2023", "")}, "title-year-missing", "info"),
    ],
)
def test_another_subject_or_year_at_one_place(other: dict[str, str], code: str, severity: str) -> None:
    assert codes(decree(**other))[code] == severity


def test_a_finding_quotes_both_titles_and_shows_both_places() -> None:
    (found,) = findings(claims, decree(decides=ACTION), code="title-subject-differs")
    assert found.found is not None and found.found.startswith("RENCANA AKSI")
    assert found.expected is not None and found.expected.startswith("RENCANA KERJA")
    assert {(p.role, p.page) for p in found.places} == {("found", 2), ("expected", 1)}
    assert "Menetapkan" in found.message and "Menetapkan" in found.message_en


def test_a_title_that_was_read_unsurely_is_a_request_to_look() -> None:
    fields = {"decides": text(f"KEPUTUSAN {OFFICE} TENTANG {ACTION}.", 2, confidence=0.8)}
    one = decree()
    (found,) = findings(claims, dossier(fields={**one.fields, **fields}), code="title-subject-differs")
    assert (found.severity, found.certainty) == ("warning", "look")


def test_each_way_to_call_a_predicate_is_told_once_with_all_its_places() -> None:
    bare = WITH_ZONES.replace("BEBAS DARI KORUPSI", "BEBAS KORUPSI")
    one = decree(WITH_ZONES, decides=bare, considered=bare.title(), kesatu=WITH_ZONES.title(), heading=WITH_ZONES, table=bare)
    (found,) = findings(claims, one, code="zone-phrase-differs")
    assert (found.severity, found.certainty) == ("warning", "sure")
    assert found.found == "WILAYAH BEBAS KORUPSI" and found.expected == "WILAYAH BEBAS DARI KORUPSI"
    assert "Menetapkan, konsiderans huruf b dan judul tabel" in found.message


def test_the_joining_word_inside_a_predicate_counts() -> None:
    one = decree(WITH_ZONES, decides=WITH_ZONES.replace("BERSIH DAN MELAYANI", "BERSIH MELAYANI"), considered=WITH_ZONES)
    (found,) = findings(claims, one, code="zone-phrase-differs")
    assert found.found == "WILAYAH BIROKRASI BERSIH MELAYANI"


def test_a_predicate_called_otherwise_throughout_is_told_against_the_regulation() -> None:
    title = WITH_ZONES.replace("BEBAS DARI KORUPSI", "BEBAS KORUPSI")
    one = decree(title, decides=title, considered=title, kesatu=title, heading=title, table=title)
    (found,) = [f for f in findings(claims, one) if f.code.startswith("zone-")]
    assert (found.code, found.severity, found.expected) == ("zone-phrase-unofficial", "info", "Wilayah Bebas dari Korupsi")


def test_predicates_that_the_title_lacks() -> None:
    (found,) = findings(claims, decree(considered=WITH_ZONES.title()), code="zone-phrase-missing")
    assert found.severity == "info" and "judul keputusan" in found.message


@pytest.mark.parametrize(
    ("year", "told"),
    [("2023", False), ("2024", False), ("2021", True), ("2026", True), ("2020-2024", False), ("2015-2019", True)],
)
def test_the_year_of_the_title_against_the_date(year: str, told: bool) -> None:
    title = TITLE.replace("2023", year)
    one = decree(title, decides=title, considered=title, kesatu=title, heading=title, table=title)
    assert bool(findings(claims, one, code="title-year-against-date")) is told


def test_a_decree_that_changes_another_quotes_titles_that_are_not_its_own() -> None:
    title = f"PERUBAHAN ATAS KEPUTUSAN {OFFICE} NOMOR 12 TAHUN 2021 TENTANG RENCANA AKSI PEMBANGUNAN ZONA INTEGRITAS TAHUN 2021"
    assert not {c for c in codes(decree(title, decides=title)) if c.startswith(("title-", "zone-", "consideration-subject"))}


def test_small_words_that_differ_are_told_and_weigh_little() -> None:
    found = findings(claims, decree(decides=TITLE.replace("DI LINGKUNGAN", "PADA")), code="title-wording-differs")
    assert [f.severity for f in found] == ["info"]
    assert "−lingkungan" in found[0].message and "+pada" in found[0].message
    assert not findings(
        claims, decree(decides=TITLE.replace("DI LINGKUNGAN", "PADA"), kind="scanned"), code="title-wording-differs"
    )


def test_the_year_of_an_election_is_not_the_plans() -> None:
    title = "RENCANA AKSI ZONA INTEGRITAS DALAM PENYELENGGARAAN PEMILIHAN UMUM TAHUN 2024"
    one = dossier(fields={"title": text(title)}, lampiran=lampiran(("title", "RENCANA AKSI ZONA INTEGRITAS TAHUN 2023")))
    assert findings(claims, one, code="title-year-differs") == []


def test_a_report_is_of_the_year_before() -> None:
    for title, wrong in (("LAPORAN EVALUASI RENCANA KERJA TAHUN 2022", False), ("RENCANA KERJA TAHUN 2022", True)):
        one = dossier(fields={"title": text(title)})
        assert bool(findings(claims, one, code="title-year-against-date")) is wrong


def test_one_of_several_lampiran_lays_down_a_part() -> None:
    title = "PENUNJUKAN AGEN PERUBAHAN DAN PENETAPAN RENCANA AKSI AGEN PERUBAHAN TAHUN 2023"
    first = lampiran(("label", "LAMPIRAN I"), ("title", "DAFTAR AGEN PERUBAHAN TAHUN 2023"))
    second = lampiran(("label", "LAMPIRAN II"), ("title", "RENCANA AKSI AGEN PERUBAHAN TAHUN 2023"), page=6)
    fields = {"title": text(title), "decides": text(f"KEPUTUSAN {OFFICE} TENTANG {title}.")}
    one = dossier(fields=fields, lampiran=(*first, *second))
    assert findings(claims, one, code="title-subject-differs") == []
