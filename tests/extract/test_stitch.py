"""Pages to one table: no text of the table lost, none invented, and rows as they were before the page breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.grid import Grid
from extract.stitch import logical_tables
from extract.table import LogicalTable
from tests.extract.tables_of_text import (
    BREAK,
    LEFT,
    PAD,
    PITCH,
    TOP,
    broken,
    grid_of,
    printed_cells,
    set_lines,
    table_of,
    texts_of,
)

HEADER = ("NO", "KEGIATAN", "SUB KEGIATAN", "OUTPUT")
NUMBERS = ("1", "2", "3", "4")
WIDTHS = (24.0, 90.0, 130.0, 110.0)
STEMS = (
    "rapat",
    "tim",
    "kerja",
    "daftar",
    "hadir",
    "notula",
    "laporan",
    "berkala",
    "layanan",
    "publik",
    "pegawai",
    "loket",
    "aduan",
    "sosialisasi",
    "papan",
)


@dataclass(frozen=True)
class Cut:
    """A table as it is printed on pages.

    Attributes:
        rows: number, group, text and output of every row; the group is printed in its first row only.
        pages: rows of texts of each page; ``"^"`` merges a group downwards.
        each_numbered: the same pages without the groups, every row with a number of its own.
        repeated: how often the header is printed.
        numbered: the row of column numbers is printed under the first header.
    """

    rows: tuple[tuple[str, str, str, str], ...]
    pages: tuple[tuple[tuple[str, ...], ...], ...]
    each_numbered: tuple[tuple[tuple[str, ...], ...], ...]
    repeated: int
    numbered: bool

    @property
    def grids(self) -> list[Grid]:
        return [grid_of(rows, page=n, widths=WIDTHS) for n, rows in enumerate(self.pages, 1)]


def words_in(texts: Sequence[str]) -> Counter[str]:
    return Counter(w for text in texts for w in text.split() if w != BREAK)


@st.composite
def cut_tables(draw: st.DrawFn) -> Cut:
    """Tables of numbered groups with 1-3 rows each, printed on 1-4 pages; page breaks fall between rows or inside them.

    Every word is printed once, so that none can stand in for another. The first row fills the width of its columns.
    """
    serial = iter(range(10_000))

    def text(least: int, most: int) -> str:
        stems = draw(st.lists(st.sampled_from(STEMS), min_size=least, max_size=most))
        return " ".join(f"{stem}{_letters(next(serial))}" for stem in stems).capitalize()

    rows: list[tuple[str, str, str, str]] = []
    for group in range(1, draw(st.integers(2, 6)) + 1):
        label = text(1, 3)
        for k in range(draw(st.integers(1, 3))):
            least = 2 if rows else 5
            rows.append((f"{group}.", label if k == 0 else "", text(least, 8), text(least, 6)))
    header_again, numbered = draw(st.booleans()), draw(st.booleans())
    pages: list[list[tuple[str, ...]]] = [[HEADER, NUMBERS] if numbered else [HEADER]]
    short: list[list[tuple[str, ...]]] = [[(HEADER[0], *HEADER[2:])]]

    def new_page() -> None:
        pages.append([HEADER] if header_again else [])
        short.append([(HEADER[0], *HEADER[2:])] if header_again else [])

    for n, (number, label, doing, output) in enumerate(rows):
        cut = draw(st.sampled_from(["no", "no", "no", "before", "inside"])) if len(pages) < 4 and n else "no"
        named = (number, label) if label else ("^", "^")
        if cut == "before":
            new_page()
            named = (number, label) if label else ("", "")
        doing_rest = output_rest = ""
        if cut == "inside" and len(broken(doing, WIDTHS[2] - 2 * PAD)) > 1:
            (doing, doing_rest), (output, output_rest) = _cut(doing, WIDTHS[2]), _cut(output, WIDTHS[3])
        pages[-1].append((*named, doing, output))
        short[-1].append((f"{n + 1}", doing, output))
        if doing_rest:
            new_page()
            pages[-1].append(("", "", doing_rest, output_rest))
            short[-1].append(("", doing_rest, output_rest))
    repeated = len(pages) if header_again else 1
    return Cut(tuple(rows), tuple(map(tuple, pages)), tuple(map(tuple, short)), repeated, numbered)


def _letters(n: int) -> str:
    """A serial number in letters, so that a word stays a word."""
    out = ""
    for _ in range(3):
        out = "abcdefghij"[n % 10] + out
        n //= 10
    return out


def _cut(text: str, width: float) -> tuple[str, str]:
    """The text's first lines and its last, cut where the column breaks it."""
    lines = broken(text, width - 2 * PAD)
    return " ".join(w for line in lines[:-1] for w in line) or text, " ".join(lines[-1]) if len(lines) > 1 else ""


def stitched(cut: Cut) -> LogicalTable:
    (table,) = logical_tables(cut.grids)
    return table


@given(cut_tables())
@settings(max_examples=100, deadline=None)
def test_no_word_of_the_table_is_lost_and_none_invented(cut: Cut) -> None:
    printed = words_in([t for row in cut.rows for t in row[1:]])
    texts = [c.text.text for c in printed_cells(stitched(cut)) if c.text]
    said = words_in([t for t in texts if not t.rstrip(".").isdigit()])
    assert said == printed


@given(cut_tables())
@settings(max_examples=100, deadline=None)
def test_rows_come_out_as_they_were_before_the_page_breaks_or_say_that_they_may_not(cut: Cut) -> None:
    rows = stitched(cut).rows
    if any(row.notes or any(cell.notes for cell in row.cells) for row in rows):
        return
    assert [texts_of(row)[2:] for row in rows] == [[doing, output] for _, _, doing, output in cut.rows]
    for row, (number, label, _, _) in zip(rows, cut.rows, strict=True):
        assert not label or texts_of(row)[:2] == [number, label]


@given(cut_tables())
@settings(max_examples=100, deadline=None)
def test_rows_with_numbers_of_their_own_are_never_taken_for_one(cut: Cut) -> None:
    grids = [grid_of(rows, page=n, widths=(WIDTHS[0], *WIDTHS[2:])) for n, rows in enumerate(cut.each_numbered, 1)]
    (table,) = logical_tables(grids)
    wanted = [[str(k), doing, output] for k, (_, _, doing, output) in enumerate(cut.rows, 1)]
    assert [texts_of(row) for row in table.rows] == wanted


@given(cut_tables())
@settings(max_examples=40, deadline=None)
def test_header_repeated_headers_and_column_numbers_are_no_rows(cut: Cut) -> None:
    table = stitched(cut)
    assert [column.header for column in table.columns] == list(HEADER)
    assert not [row for row in table.rows if set(texts_of(row)) & set(HEADER)]
    assert not [row for row in table.rows if texts_of(row) == list(NUMBERS)]


@given(cut_tables())
@settings(max_examples=40, deadline=None)
def test_every_row_stands_on_the_pages_where_its_text_is_printed(cut: Cut) -> None:
    where = {w: n for n, page in enumerate(cut.pages, 1) for row in page for text in row for w in text.split()}
    for row in stitched(cut).rows:
        pages = {where[w] for cell in row.cells[2:] if cell.text for w in cell.text.text.split()}
        assert (row.page_start, row.page_end) == (min(pages), max(pages))
        assert row.joined == (len(pages) > 1)
        assert [box.page for box in row.boxes] == sorted(pages)


TABLES: list[tuple[str, list[list[list[str]]], list[list[str | None]]]] = [
    (
        "a label merged over rows belongs to each of them",
        [[["KEGIATAN", "OUTPUT"], ["Tim kerja", "Notula"], ["^", "Foto"]]],
        [["Tim kerja", "Notula"], ["Tim kerja", "Foto"]],
    ),
    (
        "a header of two levels",
        [[["KEGIATAN", "WAKTU", "<"], ["^", "I", "II"], ["Rapat", "x", ""], ["Evaluasi", "", "x"]]],
        [["Rapat", "x", None], ["Evaluasi", None, "x"]],
    ),
    (
        "a label printed again on the next page is one label",
        [
            [["KEGIATAN", "OUTPUT"], ["Tim kerja", "Notula rapat bersama"], ["^", "Foto"]],
            [["KEGIATAN", "OUTPUT"], ["Tim kerja", "Daftar hadir"], ["^", "Laporan"], ["Survei", "Kuesioner"]],
        ],
        [
            ["Tim kerja", "Notula rapat bersama"],
            ["Tim kerja", "Foto"],
            ["Tim kerja", "Daftar hadir"],
            ["Tim kerja", "Laporan"],
            ["Survei", "Kuesioner"],
        ],
    ),
    (
        "a word split over the page end is one word",
        [
            [["NO", "KEGIATAN", "OUTPUT"], ["1", "Sosialisasi pelak-", "Notula"]],
            [["NO", "KEGIATAN", "OUTPUT"], ["", "sanaan", ""], ["2", "Evaluasi", "Laporan"]],
        ],
        [["1", "Sosialisasi pelaksanaan", "Notula"], ["2", "Evaluasi", "Laporan"]],
    ),
    (
        "a section row stands across the table",
        [[["NO", "KEGIATAN", "OUTPUT"], ["I", "PENATAAN TATA LAKSANA", "<"], ["1", "Peta proses", "Dokumen"]]],
        [["I", "PENATAAN TATA LAKSANA", "PENATAAN TATA LAKSANA"], ["1", "Peta proses", "Dokumen"]],
    ),
]


@pytest.mark.parametrize(("pages", "rows"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES])
def test_pages_become_one_table(pages: list[list[list[str]]], rows: list[list[str | None]]) -> None:
    assert [texts_of(row) for row in table_of(*pages).rows] == rows


def test_a_section_row_is_told_from_the_others() -> None:
    table = table_of([["NO", "KEGIATAN", "OUTPUT"], ["I", "TATA LAKSANA", "<"], ["1", "Peta proses", "Dokumen"]])
    assert [row.section for row in table.rows] == [True, False]


def test_cells_say_how_their_text_came_into_the_row() -> None:
    head = ["NO", "KEGIATAN", "OUTPUT"]
    table = table_of(
        [head, ["1", "Tim kerja", "Notula"], ["2", "^", "Foto yang diambil oleh pegawai"]],
        [head, ["", "", "kehumasan"], ["3", "Survei", "Kuesioner"]],
    )
    assert [[c.origin for c in row.cells] for row in table.rows] == [
        ["printed", "printed", "printed"],
        ["printed", "inherited", "joined"],
        ["printed", "printed", "printed"],
    ]


def test_another_table_on_the_next_page_is_a_table_of_its_own() -> None:
    team = grid_of([["NO", "NAMA", "JABATAN"], ["1", "Siti", "Ketua"]], page=1)
    plan = grid_of([["NO", "KEGIATAN", "OUTPUT"], ["1", "Rapat", "Notula"]], page=2)
    assert [t.columns[1].header for t in logical_tables([team, plan])] == ["NAMA", "KEGIATAN"]


def test_a_raster_without_a_header_that_continues_nothing_is_no_table() -> None:
    assert logical_tables([grid_of([["ttd", "cap"], ["Siti", "Budi"]])]) == []


def test_short_texts_that_leave_room_are_rows_of_their_own_over_a_page_break() -> None:
    head = ["KEGIATAN", "OUTPUT"]
    pages = [[head, ["Rapat tim", "Notula"], ["Survei", "Laporan"]], [head, ["Apel", "Foto"], ["Audit", "Temuan"]]]
    table = table_of(*pages, widths=(200.0, 200.0))
    assert [texts_of(row) for row in table.rows] == [row for page in pages for row in page[1:]]


HEAD = ["NO", "KEGIATAN", "OUTPUT"]


def test_a_table_goes_on_in_other_widths_where_its_header_is_printed_again() -> None:
    first = grid_of([HEAD, ["1", "Rapat tim", "Notula"], ["2", "Survei", "Laporan"]], page=1, widths=(24, 140, 90))
    again = [["3", "Apel pagi", "Foto"], ["4", "Audit", "Temuan"]]
    (table,) = logical_tables([first, grid_of([HEAD, *again], page=2, widths=(40, 80, 134))])
    assert [column.header for column in table.columns] == HEAD
    assert [texts_of(row) for row in table.rows][2:] == again
    (alone,) = logical_tables([first, grid_of(again, page=2, widths=(40, 80, 134))])
    assert len(alone.rows) == 2


def test_a_new_row_number_parts_rows_that_all_else_would_join() -> None:
    full = "Menyusun daftar pegawai tetap"
    pages = [[HEAD, ["1", "Rapat", "Notula"], ["2", full, full]], [["3", "ditugaskan kembali", "ditugaskan kembali"]]]
    rows = table_of(*pages, widths=(24, 120, 120)).rows
    assert [texts_of(row) for row in rows] == [row for page in pages for row in page if row is not HEAD]
    pages[1][0][0] = ""
    joined = table_of(*pages, widths=(24, 120, 120)).rows
    assert texts_of(joined[-1]) == ["2", *[f"{full} ditugaskan kembali"] * 2]


TITLES: list[tuple[str, tuple[str, str], list[str]]] = [
    (
        "areas counted from the first",
        ("I. MANAJEMEN PERUBAHAN", "II. TATA LAKSANA"),
        ["I. MANAJEMEN PERUBAHAN", "II. TATA LAKSANA"],
    ),
    ("letters", ("A. MANAJEMEN PERUBAHAN", "B. TATA LAKSANA"), ["A. MANAJEMEN PERUBAHAN", "B. TATA LAKSANA"]),
    ("the heading of a chapter", ("III. RENCANA KERJA", ""), []),
    ("one title alone", ("I. RENCANA KERJA", ""), []),
    ("titles without numbers", ("MANAJEMEN PERUBAHAN", "TATA LAKSANA"), []),
]


@pytest.mark.parametrize(("above", "sections"), [case[1:] for case in TITLES], ids=[case[0] for case in TITLES])
def test_a_numbered_title_above_each_table_is_a_section(above: tuple[str, str], sections: list[str]) -> None:
    pages = [[HEAD, ["1", "Rapat tim", "Notula"]], [HEAD, ["1", "Apel pagi", "Foto"]]]
    grids = [
        replace(grid_of(rows, page=n), above=tuple(set_lines([title.split()], LEFT, TOP - PITCH, page=n)))
        for n, (rows, title) in enumerate(zip(pages, above, strict=True), 1)
    ]
    (table,) = logical_tables(grids)
    assert [texts_of(row)[0] for row in table.rows if row.section] == sections
    assert [texts_of(row) for row in table.rows if not row.section] == [page[1] for page in pages]
