"""What the audit says of the wording of a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.dossier import Dossier
from audit.rules import repetition
from tests.audit.dossiers import dossier, findings, row
from tests.audit.plans import HAS_CORPUS, printed_plan

COLUMNS = (("INDIKATOR", "item"), ("RENCANA AKSI", "action"), ("BUKTI", "evidence"))
COMPONENTS = ("A1.P1.a", "A2.P1.a", "A3.P1.a", "A4.P1.a", "A5.P1.a")


def plan(*evidence: str | None, kind: str = "digital") -> Dossier:
    """A plan with these pieces of evidence, each row of another component."""
    rows = []
    for order, said in enumerate(evidence, 1):
        read = row(order, months=[5], indicator_id=COMPONENTS[(order - 1) % 5])
        values = {"item": f"Kegiatan {order}"} | ({} if said is None else {"evidence": said})
        rows.append(replace(read, values=values))
    return dossier(rows=tuple(rows), columns=COLUMNS, kind=kind)


def codes(made: Dossier) -> list[str]:
    return [found.code for found in findings(repetition.claims, made)]


def one(**values: str) -> Dossier:
    """A plan of one row."""
    rows = (replace(row(1, months=[5]), values=values),)
    return dossier(rows=rows, columns=COLUMNS, satker_level="kota", satker_name="Kota Sagara")


def test_one_text_for_many_components_is_told_once_with_its_share() -> None:
    same = "Undangan, daftar hadir, notulen"
    (found,) = findings(
        repetition.claims, plan(same, same.upper(), same + ".", same, "Surat Keputusan Tim"), code="same-evidence"
    )
    assert len(found.row_ids) == 4
    assert "80%" in found.message and same in found.message


def test_three_rows_or_one_component_may_share_a_text() -> None:
    same = "Undangan, daftar hadir, notulen"
    assert not findings(repetition.claims, plan(same, same, same), code="same-evidence")
    rows = tuple(row(i, months=[5], indicator_id="A1.P1.a", item="x", evidence=same) for i in range(1, 7))
    assert not findings(repetition.claims, dossier(rows=rows, columns=COLUMNS), code="same-evidence")


def test_an_empty_cell_is_told_where_others_are_filled() -> None:
    (found,) = findings(repetition.claims, plan("Laporan satu", None, "Laporan dua"), code="cell-empty")
    assert "BUKTI" in found.message and len(found.row_ids) == 1
    assert not findings(repetition.claims, plan("Laporan satu", None, None, None), code="cell-empty"), (
        "the column is hardly used"
    )
    (scanned,) = findings(repetition.claims, plan("Laporan satu", None, "Laporan dua", kind="scanned"), code="cell-empty")
    assert scanned.certainty == "look"


@pytest.mark.parametrize(
    ("component", "evidence", "is_mixed"),
    [
        ("Dokumen Rencana Kerja", "Dokumen rencana aksi", True),
        ("Dokumen Rencana Kerja", "Dokumen rencana kerja dan rencana aksi", False),
        ("Dokumen Rencana Kerja", "Rencana aksi tindak lanjut", False),
        ("Tim Kerja", "Dokumen rencana aksi", False),
        ("Dokumen Rencana Aksi", "Rencana Kerja Tahunan", False),
    ],
)
def test_a_row_that_proves_another_document_is_told(component: str, evidence: str, is_mixed: bool) -> None:
    assert ("other-document" in codes(one(component=component, evidence=evidence))) is is_mixed


@pytest.mark.parametrize(
    ("evidence", "name"),
    [
        ("SK mutasi JFU (a.n. Yuli Edi Suryanto)", "Yuli Edi Suryanto"),
        ("SK atas nama Budi Santoso", "Budi Santoso"),
        ("Surat a.n. Ketua KPU Kota", None),
        ("Sertifikat atas nama pegawai", None),
        ("SK an. Sekretaris Kota Sagara", None),
    ],
)
def test_a_person_named_in_the_plan_is_told(evidence: str, name: str | None) -> None:
    found = findings(repetition.claims, one(item="Mutasi", evidence=evidence), code="person-named")
    assert [name in f.message for f in found if name] == ([True] if name else [])
    assert bool(found) is (name is not None)


@pytest.mark.parametrize(
    ("evidence", "is_one"),
    [("PK, Renstra 2022", True), ("Renstra 2020-2024", False), ("Renstra Tahun 2020 s/d 2024", False), ("LAKIP 2022", False)],
)
def test_a_plan_of_several_years_with_one_is_told(evidence: str, is_one: bool) -> None:
    assert ("document-of-one-year" in codes(one(item="Kinerja", evidence=evidence))) is is_one


@pytest.mark.parametrize(
    ("evidence", "shown"),
    [
        ("Screenshot aplikasi JDIH, Lindungihakmu,", "Lindungihakmu,"),
        ("Evaluasi pegawai baru telah memberikan", "memberikan"),
        ("Pemantauan (per semester / per triwulan", "(per semester"),
        ("Undangan, daftar hadir, notulen", None),
        ("Surat (asli) dan salinannya", None),
        ("a) SK Tim; b) undangan", None),
    ],
)
def test_a_text_that_ends_before_its_end_is_told(evidence: str, shown: str | None) -> None:
    found = findings(repetition.claims, one(item="Kegiatan", evidence=evidence), code="text-unfinished")
    assert bool(found) is (shown is not None)
    assert all(shown in f.message for f in found if shown)


def test_ends_of_texts_are_not_judged_on_a_scan() -> None:
    assert not findings(repetition.claims, plan("Screenshot aplikasi JDIH,", kind="scanned"), code="text-unfinished")


def test_a_little_word_printed_twice_is_told() -> None:
    assert "word-doubled" in codes(one(item="Evaluasi terhadap terhadap kebijakan"))
    assert "word-doubled" not in codes(one(item="Pegawai masing masing unit"))


@pytest.mark.parametrize(
    ("evidence", "is_left_over"),
    [
        ("Laporan rapat WBS internal dan KPU Kabupaten/Kota", True),
        ("SK KPU Provinsi dan KPU Kabupaten/Kota", False),
        ("Peraturan tentang tata kerja KPU Kabupaten/Kota", False),
    ],
)
def test_offices_below_are_told_for_an_office_that_has_none(evidence: str, is_left_over: bool) -> None:
    assert ("level-left-over" in codes(one(item="WBS", evidence=evidence))) is is_left_over


def test_a_province_may_name_the_offices_below_it() -> None:
    made = dossier(rows=(row(1, item="WBS", evidence="Rapat KPU Kabupaten/Kota"),), columns=COLUMNS, satker_level="provinsi")
    assert "level-left-over" not in codes(made)


@pytest.mark.skipif(not HAS_CORPUS, reason="no corpus beside the checkout")
def test_what_a_careful_reader_found_in_tegal_is_found() -> None:
    made = printed_plan("tegal-5-2022", "d0c0000000000007")
    places = {r.row_id: r.order for r in made.rows}
    found = {(f.code, places[r]) for f in findings(repetition.claims, made) for r in f.row_ids}
    wanted = {("other-document", 2), ("level-left-over", 51), ("document-of-one-year", 24), ("document-of-one-year", 25)}
    wanted |= {
        ("person-named", 16),
        ("text-unfinished", 8),
        ("text-unfinished", 14),
        ("text-unfinished", 3),
        ("word-doubled", 17),
    }
    assert wanted <= found
