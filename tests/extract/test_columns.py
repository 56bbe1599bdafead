"""Columns where no rule parts them: from the header and from the strips that no text crosses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.stitch import logical_tables
from extract.tables import grids_of
from tests.extract.tables_of_text import texts_of
from tests.extract.unruled import only_grid, unruled_page

HEAD = ["NO", "KEGIATAN", "SUB KEGIATAN", "OUTPUT"]
WIDTHS = [30, 120, 160, 130]
ROWS = [
    ["1", "Pembentukan tim kerja zona integritas", "Rapat penyusunan keanggotaan tim", "Notula rapat dan daftar hadir"],
    ["2", "Sosialisasi", "Pemasangan papan pengumuman di ruang layanan", "Foto"],
    ["3", "Survei kepuasan", "Penyebaran kuesioner kepada pengguna layanan", "Laporan hasil survei"],
]
WORDS = (
    "rapat",
    "kerja",
    "daftar",
    "hadir",
    "notula",
    "laporan",
    "layanan",
    "publik",
    "pegawai",
    "loket",
    "aduan",
    "papan",
    "survei",
    "kuesioner",
)


def test_columns_are_found_without_vertical_rules() -> None:
    grid = only_grid(unruled_page([HEAD, *ROWS], WIDTHS, columns_ruled=False, rows_ruled=True))
    (table,) = logical_tables([grid])
    assert [c.header for c in table.columns] == HEAD
    assert [texts_of(row) for row in table.rows] == ROWS
    assert not table.ruled


def test_a_section_title_across_the_columns_is_not_cut() -> None:
    section = ["", "PENATAAN TATA LAKSANA DAN PENGUATAN AKUNTABILITAS", "", ""]
    page = unruled_page([HEAD, section, *ROWS], [30, 220, 160, 130], columns_ruled=False, rows_ruled=True)
    (table,) = logical_tables([only_grid(page)])
    assert section[1] in texts_of(table.rows[0])
    assert [texts_of(row) for row in table.rows[1:]] == ROWS


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost_where_columns_are_found_by_space(data: st.DataObject) -> None:
    text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
    rows = [[str(n), *(data.draw(text) for _ in HEAD[1:])] for n in range(1, data.draw(st.integers(2, 6)) + 1)]
    grid = only_grid(unruled_page([HEAD, *rows], WIDTHS, columns_ruled=False, rows_ruled=True))
    (table,) = logical_tables([grid])
    said = [w for row in table.rows for c in dict.fromkeys(row.cells) if c.text for w in c.text.text.split()]
    assert sorted(said) == sorted(w for row in rows for t in row for w in t.split())


@pytest.mark.parametrize("rows_ruled", [True, False])
def test_prose_in_a_frame_is_no_table_with_a_header(rows_ruled: bool) -> None:
    prose = [["bahwa untuk melaksanakan pembangunan zona integritas perlu disusun rencana"]] * 4
    page = unruled_page(prose, [440], columns_ruled=False, rows_ruled=rows_ruled)
    assert logical_tables(grids_of(page)) == []
