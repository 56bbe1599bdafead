"""Cells that begin as formulas do: the user's own stay as they are and are told of, ours never begin so."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.csv_file import read_csv
from pipeline.match_file import match_file
from taxonomy.frames import ADDED, TEXTS

ITEM = "Membentuk tim kerja pembangunan Zona Integritas"
SIGNS = ("=", "+", "-", "@", "\t", "\r")
RUN = ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "-cmd", "- cmd|' /C calc'!A0", "\t=1", "\r=1", "＝1+1")
NOT_RUN = ("-", "-1", "+62 811", "-1,5", "- Rapat tim", "- Rapat (tim)", "rapat = baik", "'=1", "")


def matched(folder: Path, cells: tuple[str, ...]) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    """The rows of a result, and its notes, for rows with such a cell in a column of the user's own and as the item."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["item", "ket"], [ITEM, ""], *([cell, cell] for cell in cells)])
    path = folder / "rows.csv"
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    found = match_file(path)
    path.write_bytes(found.table.as_bytes())
    again = read_csv(path, TEXTS)
    return [dict(zip(again.header, row, strict=True)) for row in again.rows], found.notes


def test_the_cells_of_the_file_are_the_same_data(tmp_path: Path) -> None:
    rows, _ = matched(tmp_path, (*RUN, *NOT_RUN))
    assert [row["ket"] for row in rows[1:]] == [*RUN, *NOT_RUN]


def test_no_added_cell_begins_as_a_formula(tmp_path: Path) -> None:
    rows, _ = matched(tmp_path, tuple(f"{cell} {ITEM}" for cell in RUN))
    assert [row["item"] for row in rows[1:]] == [f"{cell} {ITEM}" for cell in RUN]
    assert sum(bool(row["indicator_id"]) for row in rows) > 1  # rows that begin so are matched all the same
    assert not [(name, row[name]) for row in rows for name in ADDED if row[name].startswith(SIGNS)]


@pytest.mark.parametrize("cell", RUN)
def test_a_cell_that_excel_would_run_is_told_of(cell: str, tmp_path: Path) -> None:
    _, notes = matched(tmp_path, (cell,))
    assert "2 cells begin as a formula does" in notes[-1] and "they stay as they are" in notes[-1].lower()
    assert notes[-1].isprintable()


@pytest.mark.parametrize("cell", NOT_RUN)
def test_numbers_and_lists_are_nothing_to_tell(cell: str, tmp_path: Path) -> None:
    assert matched(tmp_path, (cell,))[1] == ()


def test_the_note_is_on_stderr_and_holds_no_order_to_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"item,ket\n{ITEM},=\x1b[2J\n", encoding="utf-8")
    assert main(["match", str(path)]) == 0
    out, err = capsys.readouterr()
    assert "=\x1b[2J" in out and "\x1b" not in err and r"=\x1b[2J" in err
