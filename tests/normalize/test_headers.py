"""From printed column headers to fields: the contract's table, line by line."""

from __future__ import annotations

import pytest

from normalize.headers import fields_of, meaning_of

AREA, COMPONENT, ITEM = "area", "component", "item"
INDICATOR, ACTION, EVIDENCE, TARGET, NOTES = "success_indicator", "action", "evidence", "target_raw", "notes"

# Headers from left to right with the field of each; "+" says that section rows name the areas.
CASES: list[tuple[str, list[str | None]]] = [
    # area
    ("AREA | KEGIATAN", [AREA, COMPONENT]),
    ("AREA PERUBAHAN | KEGIATAN", [AREA, COMPONENT]),
    ("PROGRAM | KEGIATAN", [AREA, COMPONENT]),
    ("PROGRAM | KOMPONEN", [AREA, COMPONENT]),
    ("KOMPONEN | INDIKATOR/PROGRAM", [AREA, COMPONENT]),
    # component
    ("KEGIATAN | OUTPUT", [COMPONENT, EVIDENCE]),
    ("+ KEGIATAN | OUTPUT", [COMPONENT, EVIDENCE]),
    ("+ KOMPONEN | LANGKAH AKSI", [COMPONENT, ACTION]),
    ("AREA | PROGRAM", [AREA, COMPONENT]),
    ("AREA | PROGRAM/KEGIATAN", [AREA, COMPONENT]),
    ("PROGRAM/KEGIATAN | UPAYA", [COMPONENT, ACTION]),
    ("INDIKATOR/PROGRAM | UPAYA", [COMPONENT, ACTION]),
    ("INDIKATOR | LANGKAH AKSI", [COMPONENT, ACTION]),
    ("+ INDIKATOR | LANGKAH AKSI", [COMPONENT, ACTION]),
    ("PROGRAM | LANGKAH AKSI", [COMPONENT, ACTION]),
    # item
    ("KEGIATAN | SUB KEGIATAN", [COMPONENT, ITEM]),
    ("PROGRAM | KEGIATAN | SUB KEGIATAN", [AREA, COMPONENT, ITEM]),
    ("+ KEGIATAN | SUB KEGIATAN", [COMPONENT, ITEM]),
    ("AREA PERUBAHAN | PROGRAM | KEGIATAN", [AREA, COMPONENT, ITEM]),
    ("+ KOMPONEN | INDIKATOR", [COMPONENT, ITEM]),
    ("KOMPONEN | INDIKATOR", [COMPONENT, ITEM]),
    ("KEGIATAN | INDIKATOR", [COMPONENT, ITEM]),
    ("PROGRAM | KEGIATAN | INDIKATOR", [AREA, COMPONENT, ITEM]),
    # the other fields
    ("KEGIATAN | INDIKATOR KEBERHASILAN", [COMPONENT, INDICATOR]),
    ("KEGIATAN | INDIKATOR KINERJA", [COMPONENT, INDICATOR]),
    ("KEGIATAN | LANGKAH AKSI", [COMPONENT, ACTION]),
    ("KEGIATAN | RENCANA AKSI", [COMPONENT, ACTION]),
    ("KEGIATAN | UPAYA", [COMPONENT, ACTION]),
    ("KEGIATAN | BUKTI FISIK", [COMPONENT, EVIDENCE]),
    ("KEGIATAN | BUKTI DUKUNG", [COMPONENT, EVIDENCE]),
    ("KEGIATAN | DATA DUKUNG", [COMPONENT, EVIDENCE]),
    ("KEGIATAN | KELUARAN", [COMPONENT, EVIDENCE]),
    ("KEGIATAN | EVIDEN", [COMPONENT, EVIDENCE]),
    ("KEGIATAN | TARGET WAKTU", [COMPONENT, TARGET]),
    ("KEGIATAN | TARGET DAN WAKTU", [COMPONENT, TARGET]),
    ("KEGIATAN | WAKTU", [COMPONENT, TARGET]),
    ("KEGIATAN | WAKTU PELAKSANAAN", [COMPONENT, TARGET]),
    ("KEGIATAN | JADWAL", [COMPONENT, TARGET]),
    ("KEGIATAN | KET", [COMPONENT, NOTES]),
    ("KEGIATAN | KETERANGAN", [COMPONENT, NOTES]),
    # only printed
    ("KEGIATAN | PENANGGUNG JAWAB", [COMPONENT, None]),
    ("KEGIATAN | TARGET", [COMPONENT, None]),
    ("KEGIATAN | % REALISASI", [COMPONENT, None]),
    ("KEGIATAN | ANGGARAN", [COMPONENT, None]),
    ("KEGIATAN | SUASANA HATI", [COMPONENT, None]),
    # any order, any case, numbers of rows
    ("JADWAL | OUTPUT | KEGIATAN | SUB KEGIATAN", [TARGET, EVIDENCE, COMPONENT, ITEM]),
    ("No | Kegiatan | Sub Kegiatan | Ket.", ["no", COMPONENT, ITEM, NOTES]),
    ("NO. | KEGIATAN", ["no", COMPONENT]),
    ("KEGIATAN | OUTPUT | EVIDEN", [COMPONENT, EVIDENCE, None]),
]


@pytest.mark.parametrize(("headers", "fields"), CASES, ids=[case[0] for case in CASES])
def test_headers_become_fields(headers: str, fields: list[str | None]) -> None:
    names = [h.strip() for h in headers.removeprefix("+").split("|")]
    assert [field for field, _ in fields_of(names, sections=headers.startswith("+"))] == fields


PRINTED: list[tuple[str, str]] = [
    ("SUB  KEGIATAN", "sub_kegiatan"),
    ("Bukti Dukung (Eviden)", "evidence"),
    ("WAKTU PELAKSANAAN TAHUN 2023", "target_time"),
    ("PROGRAM / KEGIATAN", "program_kegiatan"),
    ("KETERANGAN *", "notes"),
    ("", ""),
    ("CUACA", ""),
]


@pytest.mark.parametrize(("header", "concept"), PRINTED, ids=[case[0] or "nothing" for case in PRINTED])
def test_a_header_is_known_in_every_print(header: str, concept: str) -> None:
    meaning = meaning_of(header)
    assert (meaning.concept, meaning.confidence) == (concept, 1.0)


@pytest.mark.parametrize(("header", "concept"), [("INDIKATOR KEBERHASlLAN", "success_indicator"), ("LANGKAH AKSl", "action")])
def test_a_slip_in_a_header_is_understood_but_not_trusted(header: str, concept: str) -> None:
    meaning = meaning_of(header)
    assert meaning.concept == concept
    assert meaning.confidence < 1
