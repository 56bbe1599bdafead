"""From a table to plan rows: fields, numbers, areas, labels filled down, months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.page import Rgb
from normalize.plan import PlanRow, layout_of, plan_rows
from tests.extract import pdfs
from tests.extract.tables_of_text import Texts, table_of

HEAD = ["NO", "KEGIATAN", "SUB KEGIATAN", "OUTPUT"]


def rows_of(
    *pages: Texts, widths: Sequence[float] | None = None, fills: Mapping[tuple[int, int], Rgb | None] | None = None
) -> list[PlanRow]:
    table = table_of(*pages, widths=widths, fills=fills)
    return plan_rows(table, layout_of(table))


def said(row: PlanRow) -> dict[str, object]:
    """All that a row says, numbers and months with it; what is null is left out."""
    found: dict[str, object] = {"months": row.months}
    found |= {str(name): value for name, value in row.values.items()}
    found |= {f"{level}_no": number for level, number in row.numbers.items()}
    return {name: value for name, value in found.items() if value is not None}


CASES: list[tuple[str, list[list[str]], list[dict[str, object]]]] = [
    (
        "a group merged over its rows",
        [HEAD, ["1", "Tim kerja", "a. Rapat", "Notula"], ["^", "^", "b. Penetapan", "Keputusan"]],
        [
            {"component_no": "1", "component": "Tim kerja", "item_no": "a", "item": "Rapat", "evidence": "Notula"},
            {
                "component_no": "1",
                "component": "Tim kerja",
                "item_no": "b",
                "item": "Penetapan",
                "evidence": "Keputusan",
            },
        ],
    ),
    (
        "a group printed once and left blank below",
        [HEAD, ["1", "Tim kerja", "Rapat", "Notula"], ["", "", "Penetapan", "Keputusan"]],
        [
            {"component_no": "1", "component": "Tim kerja", "item": "Rapat", "evidence": "Notula"},
            {"component_no": "1", "component": "Tim kerja", "item": "Penetapan", "evidence": "Keputusan"},
        ],
    ),
    (
        "a section row with a roman numeral is the area",
        [
            ["NO", "KOMPONEN", "LANGKAH AKSI"],
            ["I", "MANAJEMEN PERUBAHAN", "<"],
            ["1", "Tim kerja", "Menyusun daftar"],
            ["II", "TATA LAKSANA", "<"],
            ["1", "Peta proses", "Menggambar peta"],
        ],
        [
            {
                "area_no": "I",
                "area": "MANAJEMEN PERUBAHAN",
                "component_no": "1",
                "component": "Tim kerja",
                "action": "Menyusun daftar",
            },
            {
                "area_no": "II",
                "area": "TATA LAKSANA",
                "component_no": "1",
                "component": "Peta proses",
                "action": "Menggambar peta",
            },
        ],
    ),
    (
        "a section row whose cells are not merged",
        [
            ["NO", "KOMPONEN", "LANGKAH AKSI"],
            ["I", "MANAJEMEN PERUBAHAN", ""],
            ["1", "Tim kerja", "Menyusun daftar"],
            ["2", "Rencana kerja", "Menulis rencana"],
        ],
        [
            {
                "area_no": "I",
                "area": "MANAJEMEN PERUBAHAN",
                "component_no": "1",
                "component": "Tim kerja",
                "action": "Menyusun daftar",
            },
            {
                "area_no": "I",
                "area": "MANAJEMEN PERUBAHAN",
                "component_no": "2",
                "component": "Rencana kerja",
                "action": "Menulis rencana",
            },
        ],
    ),
    (
        "a NO column that counts the rows is no number of the group",
        [HEAD, ["1", "Tim kerja", "Rapat", "Notula"], ["2", "^", "Penetapan", "Keputusan"], ["3", "Peta", "Gambar", "Bagan"]],
        [
            {"component": "Tim kerja", "item": "Rapat", "evidence": "Notula"},
            {"component": "Tim kerja", "item": "Penetapan", "evidence": "Keputusan"},
            {"component": "Peta", "item": "Gambar", "evidence": "Bagan"},
        ],
    ),
    (
        "an area in a column",
        [["AREA PERUBAHAN", "PROGRAM", "OUTPUT"], ["Tata laksana", "Peta proses", "Bagan"], ["^", "Prosedur", "Dokumen"]],
        [
            {"area": "Tata laksana", "component": "Peta proses", "evidence": "Bagan"},
            {"area": "Tata laksana", "component": "Prosedur", "evidence": "Dokumen"},
        ],
    ),
    (
        "months that are meant by a text",
        [["KEGIATAN", "OUTPUT", "WAKTU"], ["Rapat", "Notula", "Maret 2024"], ["Apel", "Foto", "Januari s/d April 2024"]],
        [
            {"component": "Rapat", "evidence": "Notula", "target_raw": "Maret 2024", "months": (3,)},
            {
                "component": "Apel",
                "evidence": "Foto",
                "target_raw": "Januari s/d April 2024",
                "months": (1, 2, 3, 4),
            },
        ],
    ),
    (
        "quarters marked with signs, and none marked",
        [
            ["KEGIATAN", "OUTPUT", "JADWAL", "<", "<", "<"],
            ["^", "^", "TW I", "TW II", "TW III", "TW IV"],
            ["Rapat", "Notula", "x", "", "", "v"],
            ["Survei", "Kuesioner", "", "", "", ""],
            ["Apel", "Foto", "-", "x", "-", "-"],
        ],
        [
            {"component": "Rapat", "evidence": "Notula", "months": (1, 2, 3, 10, 11, 12)},
            {"component": "Survei", "evidence": "Kuesioner", "months": ()},
            {"component": "Apel", "evidence": "Foto", "months": (4, 5, 6)},
        ],
    ),
    (
        "rows of totals are no rows of the plan",
        [
            HEAD,
            ["1", "Tim kerja", "Rapat", "Notula"],
            ["JUMLAH", "<", "", "1 kegiatan"],
            ["2", "Jumlah pegawai", "Survei", "Laporan"],
            ["TOTAL", "<", "", "2 kegiatan"],
        ],
        [
            {"component_no": "1", "component": "Tim kerja", "item": "Rapat", "evidence": "Notula"},
            {"component_no": "2", "component": "Jumlah pegawai", "item": "Survei", "evidence": "Laporan"},
        ],
    ),
    (
        "a list in a cell stays as printed",
        [HEAD, ["1", "Tim kerja", "Rapat", "1) notula; / 2) foto"]],
        [
            {
                "component_no": "1",
                "component": "Tim kerja",
                "item": "Rapat",
                "evidence": "1) notula; 2) foto",
            }
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_table_becomes_plan_rows(rows: list[list[str]], wanted: list[dict[str, object]]) -> None:
    assert [said(row) for row in rows_of(rows)] == wanted


def test_what_is_not_sure_to_be_the_same_item_is_marked() -> None:
    head = ["KOMPONEN", "INDIKATOR", "RENCANA AKSI"]
    rows = rows_of([head, ["Tim kerja", "a. Pemilihan anggota", "Menyusun daftar"], ["", "", "Menetapkan tim"]])
    assert [row.values["item"] for row in rows] == ["Pemilihan anggota", "Pemilihan anggota"]
    assert [row.needs_review for row in rows] == [False, True]


def test_a_label_of_an_earlier_group_does_not_reach_into_the_next() -> None:
    head = ["KOMPONEN", "INDIKATOR", "RENCANA AKSI"]
    rows = rows_of([head, ["Tim kerja", "a. Pemilihan", "Menyusun daftar"], ["Peta proses", "", "Menggambar peta"]])
    assert [row.values["item"] for row in rows] == ["Pemilihan", None]


def test_every_column_is_kept_as_printed() -> None:
    head = ["NO", "KEGIATAN", "PENANGGUNG JAWAB", "TARGET", "OUTPUT"]
    (row, _) = rows_of([head, ["1", "Rapat", "Sekretaris", "4 kali", "Notula"], ["2", "Apel", "Ketua", "", "Foto"]])
    assert [(p.header, p.text) for p in row.printed] == [
        ("NO", "1"),
        ("KEGIATAN", "Rapat"),
        ("PENANGGUNG JAWAB", "Sekretaris"),
        ("TARGET", "4 kali"),
        ("OUTPUT", "Notula"),
    ]


def test_months_are_read_from_fills_against_the_rows_own_paper() -> None:
    months = [str(m) for m in range(1, 13)]
    rows: Texts = [
        ["KEGIATAN", "OUTPUT", "PELAKSANAAN (BULAN)", *["<"] * 11],
        ["^", "^", *months],
        ["Rapat", "Notula", *[""] * 12],
        ["Survei", "Kuesioner", *[""] * 12],
    ]
    grey, yellow = (237, 237, 237), (255, 255, 0)
    fills = {(3, c): grey for c in range(14)} | {(2, 4): yellow, (3, 2): yellow, (3, 13): yellow}
    found = rows_of(rows, widths=[90, 90, *[18] * 12], fills=fills)
    assert [row.months for row in found] == [(3,), (1, 12)]


def test_a_total_row_takes_no_part_in_what_the_no_column_numbers() -> None:
    rows = rows_of([HEAD, ["1", "Tim kerja", "Rapat", "Notula"], ["2", "Peta", "Gambar", "Bagan"], ["", "Jumlah", "", "2"]])
    assert [(row.numbers["component"], row.values["component"]) for row in rows] == [("1", "Tim kerja"), ("2", "Peta")]


MONTHS = [str(m) for m in range(1, 13)]
GRID: Texts = [["KEGIATAN", "OUTPUT", "PELAKSANAAN (BULAN)", *["<"] * 11], ["^", "^", *MONTHS]]
GRID_WIDTHS = [90, 90, *[18] * 12]


def test_months_named_in_a_cell_over_the_grid_are_those_months() -> None:
    named = ["Rapat", "Notula", "Maret, Juni", *["<"] * 11]
    unnamed = ["Survei", "Kuesioner", *[""] * 3, "bila perlu", *["<"] * 2, *[""] * 6]
    found = rows_of([*GRID, named, unnamed, ["Apel", "Foto", "x", *[""] * 11]], widths=GRID_WIDTHS)
    assert [row.months for row in found] == [(3, 6), (4, 5, 6), (1,)]
    assert [row.needs_review for row in found] == [False, True, False]


def test_the_tint_of_a_month_column_is_no_mark_where_signs_are() -> None:
    tints = [(255, 242, 204), (226, 239, 218)]
    signs = [(0, 3), (5,), (6, 11)]
    body = [
        [f"Rapat {name}", "Notula", *("x" if m in row else "" for m in range(12))]
        for name, row in zip("abc", signs, strict=True)
    ]
    fills: dict[tuple[int, int], Rgb | None] = {(r, c): tints[c % 2] for r in range(2, 5) for c in range(2, 14)}
    found = rows_of([*GRID, *body], widths=GRID_WIDTHS, fills=fills)
    assert [row.months for row in found] == [tuple(m + 1 for m in row) for row in signs]


def test_a_numbered_title_above_each_table_is_the_area_of_its_rows(tmp_path: Path) -> None:
    head, widths = ["NO", "KEGIATAN", "OUTPUT"], (30, 180, 160)

    def areas(canvas: Canvas) -> None:
        for y, title, row in (
            (700, "I. MANAJEMEN PERUBAHAN", ["1", "Rapat tim", "Notula"]),
            (600, "II. TATA LAKSANA", ["1", "Peta proses", "Bagan"]),
            (500, "III. PELAYANAN PUBLIK", ["1", "Survei", "Laporan"]),
        ):
            pdfs.lines([title], y=y + 6)(canvas)
            pdfs.table([head, row], widths=widths, y=y)(canvas)

    (table,) = pdfs.tables_of(pdfs.pdf(areas), tmp_path)
    rows = plan_rows(table, layout_of(table))
    assert [(row.numbers["area"], row.values["area"], row.values["component"]) for row in rows] == [
        ("I", "MANAJEMEN PERUBAHAN", "Rapat tim"),
        ("II", "TATA LAKSANA", "Peta proses"),
        ("III", "PELAYANAN PUBLIK", "Survei"),
    ]


def test_a_list_of_team_members_is_no_plan() -> None:
    table = table_of([["NO", "NAMA", "JABATAN", "KEDUDUKAN DALAM TIM"], ["1", "Siti", "Ketua", "Pengarah"]])
    assert not layout_of(table).is_plan


@pytest.mark.parametrize(
    "head",
    [
        ["NO", "KEGIATAN", "OUTPUT"],
        ["NO", "KOMPONEN", "INDIKATOR"],
        ["NO", "LANGKAH AKSI", "WAKTU"],
        ["PROGRAM", "KEGIATAN", "UPAYA"],
    ],
    ids=" | ".join,
)
def test_a_table_of_what_is_to_be_done_is_a_plan(head: list[str]) -> None:
    assert layout_of(table_of([head, ["1", "Rapat tim", "Maret 2024"]])).is_plan
