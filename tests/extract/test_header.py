"""Which rows are the header, the row of column numbers, the label of a cell."""

from __future__ import annotations

import pytest

from extract.geometry import BBox
from extract.header import header_rows, is_number_row, same_header
from extract.table import is_enumerator, label_of, printed_lines
from extract.words import lines_of
from tests.extract.tables_of_text import PAD, SIZE, Texts, grid_of, set_lines, table_of, word

HEADERS: list[tuple[str, Texts, range]] = [
    ("one level", [["NO", "KEGIATAN", "OUTPUT"], ["1", "Rapat tim", "Notula"]], range(0, 1)),
    (
        "months under a spanning header",
        [["KEGIATAN", "JADWAL", "<", "<"], ["^", "1", "2", "3"], ["Rapat tim", "x", "", ""], ["Survei", "", "x", ""]],
        range(0, 2),
    ),
    (
        "months in a row of their own under cells that are not merged",
        [["KEGIATAN", "JADWAL", "<", "<"], ["", "JAN", "FEB", "MAR"], ["Rapat tim", "x", "", ""], ["Apel", "", "x", ""]],
        range(0, 2),
    ),
    (
        "under a title in the table",
        [
            ["RENCANA KERJA ZONA INTEGRITAS", "<", "<"],
            ["NO", "KEGIATAN", "OUTPUT"],
            ["1", "Rapat tim", "Notula"],
        ],
        range(1, 2),
    ),
    (
        "words broken in narrow cells",
        [["N / O", "KEGIA / TAN", "KETERAN / GAN"], ["1", "Rapat tim", "Notula"], ["2", "Apel", "Foto"]],
        range(0, 1),
    ),
    ("no header", [["1", "Rapat tim", "Notula"], ["2", "Survei", "Kuesioner"]], range(0)),
    ("a header and nothing else", [["NO", "KEGIATAN", "OUTPUT"]], range(0)),
]


@pytest.mark.parametrize(("rows", "head"), [case[1:] for case in HEADERS], ids=[case[0] for case in HEADERS])
def test_the_header_is_found(rows: Texts, head: range) -> None:
    assert header_rows(grid_of(rows)) == head


def test_a_header_broken_in_a_narrow_cell_is_one_word() -> None:
    table = table_of([["NO", "KEGIATAN", "KETERAN / GAN"], ["1", "Rapat tim", "ada"]], widths=(24, 80, 36))
    assert [column.header for column in table.columns] == ["NO", "KEGIATAN", "KETERANGAN"]


# Lines of a cell, its width in letters, its texts, and whether a word was made whole by a guess.
LINES: list[tuple[list[str], float, list[str], bool]] = [
    (["Pengembanga", "n pegawai"], 11.5, ["Pengembangan", "pegawai"], False),
    (["Pengembanga", "n pegawai"], 20, ["Pengembanga", "n pegawai"], False),
    (["Rapat", "tim"], 11.5, ["Rapat", "tim"], False),
    (["Rapat", "tim"], 5.5, ["Rapat", "tim"], False),
    (["Rapat", "Tim"], 5.5, ["Rapat", "Tim"], False),
    (["KETERAN", "GAN"], 7.5, ["KETERANGAN"], False),
    (["tim pengembanga", "n pegawai"], 15.5, ["tim pengembanga", "n pegawai"], False),
    (["Penyelengga", "raan"], 11.5, ["Penyelenggaraan"], True),
    (["Perpindaha", "nnya tim"], 10.5, ["Perpindahannya", "tim"], True),
    (["Keterbu", "kaannya", "hari"], 7.5, ["Keterbukaannya", "hari"], True),
]


@pytest.mark.parametrize(("lines", "letters", "texts", "guessed"), LINES, ids=[f"{' | '.join(c[0])} in {c[1]}" for c in LINES])
def test_a_word_that_alone_fills_its_cell_goes_on_in_the_next_line(
    lines: list[str], letters: float, texts: list[str], guessed: bool
) -> None:
    words = set_lines([line.split() for line in lines], PAD, 100)
    box = BBox(1, 0, 95, 2 * PAD + 4 * letters, 100 + 2 * SIZE * len(lines))
    assert printed_lines(box, lines_of(words)) == (tuple(texts), guessed)


NUMBER_ROWS: list[tuple[list[str], bool]] = [
    (["1", "2", "3", "4"], True),
    (["(1)", "(2)", "(3)", "(4)"], True),
    (["1.", "2.", "3.", "4."], True),
    (["1", "2", "3", ""], True),
    (["1", "2", "4", "5"], False),
    (["2", "3", "4", "5"], False),
    (["1", "Rapat", "3", "4"], False),
    (["1", "2", "", ""], False),
]


@pytest.mark.parametrize(("cells", "numbers"), NUMBER_ROWS, ids=[" ".join(case[0]) for case in NUMBER_ROWS])
def test_the_row_of_column_numbers_is_found(cells: list[str], numbers: bool) -> None:
    assert is_number_row(grid_of([["A"] * len(cells), cells]), 1) is numbers


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (["NO", "KEGIATAN"], ["NO", "KEGIATAN"], True),
        (["NO", "KEGIATAN", "OUTPUT"], ["No", "Kegiatan", "Output"], True),
        (["NO", "KEGIATAN", "OUTPUT"], ["NO", "KEG1ATAN", "OUTPUT"], True),
        (["NO", "KEGIATAN", "OUTPUT"], ["NO", "NAMA", "JABATAN"], False),
    ],
)
def test_a_repeated_header_is_known(a: list[str], b: list[str], same: bool) -> None:
    assert same_header(a, b) is same


# Lines of a cell; "   " is a wide blank after the label, ">" a line that hangs under the text after the label.
LABELS: list[tuple[list[str], str | None]] = [
    (["a. Rapat tim"], "a."),
    (["1) Rapat tim"], "1)"),
    (["IV. Penguatan"], "IV."),
    (["(2) Rapat tim"], "(2)"),
    (["1   Rapat tim"], "1"),
    (["1 Rapat tim"], None),
    (["1 Rapat tim", ">bersama"], "1"),
    (["1 Rapat tim", "bersama"], None),
    (["5 orang pegawai"], None),
    (["Rapat tim"], None),
    (["a."], None),
    (["1) undangan;", "2) notula"], None),
    (["a. undangan;", "b. notula"], None),
    ([], None),
]


@pytest.mark.parametrize(("lines", "label"), LABELS, ids=[" / ".join(case[0]) or "nothing" for case in LABELS])
def test_the_label_of_a_cell_is_told_from_its_text(lines: list[str], label: str | None) -> None:
    words = []
    for k, line in enumerate(lines):
        x = 46.2 if line.startswith(">") else 40.0
        line_words = []
        for part in line.removeprefix(">").split(" "):
            if part:
                line_words.append(word(part, x, 100 + 10 * k))
                x += 4.0 * len(part)
            x += 2.2
        words.append(line_words)
    assert label_of(words) == label


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", True),
        ("12.", True),
        ("a)", True),
        ("IV", True),
        ("(3)", True),
        ("1 .", True),
        ("Rapat", False),
        ("2024", False),
        ("1.2", False),
        ("", False),
    ],
)
def test_an_items_number_is_known(text: str, number: bool) -> None:
    assert is_enumerator(text) is number
