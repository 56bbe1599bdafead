"""CSV files as people save them: what is read, what is written, and what is refused with which words."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import ZiError
from pipeline.csv_file import MARK, SEPARATORS, CsvFile, read_csv
from pipeline.errors import BrokenTable, NotATable, OutputNotWritable, PathNotFound, Unreadable
from pipeline.match_file import MatchedFile, check_out, match_file, write_out
from taxonomy.errors import ColumnNotThere, ColumnTwice, NoTextColumns
from taxonomy.frames import ADDED, TEXTS

TEAM = "Unit kerja telah membentuk tim untuk melakukan pembangunan Zona Integritas"
SURVEY = "Telah dilakukan survei kepuasan masyarakat terhadap pelayanan"


def written(folder: Path, data: str | bytes) -> Path:
    path = folder / "rows.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(folder: Path, data: str | bytes, separator: str | None = None) -> CsvFile:
    return read_csv(written(folder, data), TEXTS, separator)


def match(folder: Path, data: str | bytes, plan: str | None = None) -> MatchedFile:
    return match_file(written(folder, data), plan=plan)


def cells(matched: MatchedFile) -> list[dict[str, str]]:
    """What another program reads from the CSV that is written."""
    text = matched.table.as_bytes().decode("utf-8-sig").removeprefix(matched.table.excel_line)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=matched.table.separator, strict=True))


def components(matched: MatchedFile) -> list[str]:
    return [".".join(row["indicator_id"].split(".")[:2]) for row in cells(matched)]


ROWS = [["007", "é; a, b", 'kata "mutu"'], ["", "dua\nbaris", "-1"]]
FILES: list[tuple[str, str | bytes, str]] = [
    ("commas", 'id,item,ket\n007,"é; a, b","kata ""mutu"""\n,"dua\nbaris",-1\n', ","),
    ("semicolons", 'id;item;ket\n007;"é; a, b";"kata ""mutu"""\n;"dua\nbaris";-1\n', ";"),
    ("tabs", 'id\titem\tket\n007\té; a, b\tkata "mutu"\n\t"dua\nbaris"\t-1\n', "\t"),
    ("a mark", f'{MARK}id,item,ket\n007,"é; a, b","kata ""mutu"""\n,"dua\nbaris",-1\n', ","),
    ("UTF-16 of Excel", 'id\titem\tket\n007\té; a, b\tkata "mutu"\n\t"dua\nbaris"\t-1\n'.encode("utf-16"), "\t"),
    ("Windows-1252", 'id;item;ket\n007;"é; a, b";"kata ""mutu"""\n;"dua\nbaris";-1\n'.encode("cp1252"), ";"),
    ("the line of Excel", 'sep=;\nid;item;ket\n007;"é; a, b";"kata ""mutu"""\n;"dua\nbaris";-1\n', ";"),
    ("blank lines above the header", '\n,,\nid,item,ket\n007,"é; a, b","kata ""mutu"""\n,"dua\nbaris",-1\n', ","),
    ("blank lines at the end", 'id,item,ket\n007,"é; a, b","kata ""mutu"""\n,"dua\nbaris",-1\n\n\n', ","),
    ("no line end at the end", 'id,item,ket\n007,"é; a, b","kata ""mutu"""\n,"dua\nbaris",-1', ","),
    ("empty cells too many", 'id,item,ket\n007,"é; a, b","kata ""mutu""",,\n,"dua\nbaris",-1,\n', ","),
]


@pytest.mark.parametrize(("data", "separator"), [file[1:] for file in FILES], ids=[file[0] for file in FILES])
def test_the_same_cells_from_every_file(data: str | bytes, separator: str, tmp_path: Path) -> None:
    file = read(tmp_path, data)
    assert (file.separator, list(file.header), list(file.rows)) == (separator, ["id", "item", "ket"], ROWS)
    again = read(tmp_path, file.as_bytes())
    assert (again.separator, again.header, again.rows) == (file.separator, file.header, file.rows)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_end_as_they_did(line_end: str, tmp_path: Path) -> None:
    data = f'id,item{line_end}1,"dua\r\nbaris"{line_end}2,"dua\nbaris"{line_end}3,"dua\rbaris"{line_end}'.encode()
    file = read(tmp_path, data)
    assert file.as_bytes() == data
    assert [row[1] for row in file.rows] == ["dua\r\nbaris", "dua\nbaris", "dua\rbaris"]


def test_lines_of_old_macs(tmp_path: Path) -> None:
    assert read(tmp_path, b"id,item\r1,a\r2,b\r").rows == [["1", "a"], ["2", "b"]]


@pytest.mark.parametrize(
    ("header", "separator"),
    [
        ("item,catatan; lain", ","),
        ("no;item,action;component", ";"),
        ('"no, urut";Item;"Ket, lain"', ";"),
        ("ITEM;ACTION", ";"),
        ("item\tket, dan lain, dan lain", "\t"),
        ('"a\n,b";component;item', ";"),
    ],
)
def test_the_header_tells_the_separator(header: str, separator: str, tmp_path: Path) -> None:
    assert read(tmp_path, header + "\n").separator == separator


def test_a_separator_that_is_given(tmp_path: Path) -> None:
    file = read(tmp_path, "item|action\na, b|c; d\n", "|")
    assert (file.header, file.rows) == (["item", "action"], [["a, b", "c; d"]])


def test_one_column_holds_any_sign(tmp_path: Path) -> None:
    file = read(tmp_path, 'item\nrapat, evaluasi; laporan\n"a, ""b"""\n')
    assert file.rows == [["rapat, evaluasi; laporan"], ['a, "b"']]
    assert file.separator == ","
    assert read(tmp_path, file.as_bytes()).rows == file.rows


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6) | st.text("\"',;\t\r\n= \x1f", max_size=6)


@given(rows=st.lists(st.lists(CELL, min_size=2, max_size=2)), separator=st.sampled_from(SEPARATORS), mark=st.booleans())
def test_no_cell_is_lost_in_writing_and_reading(rows: list[list[str]], separator: str, mark: bool) -> None:
    file = CsvFile(["id", "item"], rows, separator, "\r\n", has_mark=mark)
    with TemporaryDirectory() as folder:
        again = read(Path(folder), file.as_bytes())
    assert (again.header, again.rows, again.separator) == (file.header, file.rows, file.separator)


def test_a_huge_cell(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    text = "rapat evaluasi " * 40_000
    assert read(tmp_path, f"id,item\n1,{text}\n").rows == [["1", text]]
    assert csv.field_size_limit() == limit


def test_short_rows_are_filled_up_and_told(tmp_path: Path) -> None:
    file = read(tmp_path, 'id,item,ket\n1,"dua\nbaris",x\n2,b\n\n3\n')
    assert file.rows == [["1", "dua\nbaris", "x"], ["2", "b", ""], ["", "", ""], ["3", "", ""]]
    assert file.notes == ("2 rows have fewer cells than the header; empty ones were added. The first is line 4.",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('id,item\n1,"dua\nbaris"\n2,rapat, evaluasi\n', "Line 4 has 3 cells, but the header has 2"),
        ("sep=,\nid,item\n1,rapat, evaluasi\n", "Line 3 has 3 cells"),
        ('id,item\n1,a\n2,"b\n3,c\n4,d\n', "row that begins in line 3 do not pair"),
        ('id,item\n1,"Tim" Kerja\n', "row that begins in line 2 do not pair"),
        ('"id,item\n1,a\n', "row that begins in line 1 do not pair"),
    ],
)
def test_rows_that_cannot_be_told_apart(data: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenTable, match=message) as told:
        read(tmp_path, data)
    assert told.value.cure


@pytest.mark.parametrize(
    ("data", "message", "cure"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "looks like a PDF", "zi ingest"),
        (b"PK\x03\x04\x14\0\x06\0", "a Word, Excel or ZIP file", "save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file", "save it as CSV"),
        (b"<html><table>", "a web page", "save it as CSV"),
        (b"PAR1\x15\x04", "a Parquet file", "save it as CSV"),
        (b"item\0action\n", "zero bytes", "save it as CSV"),
        (b"", "is empty", "header"),
        (b"\xef\xbb\xbf", "is empty", "header"),
        (b"\n \n\n", "is empty", "header"),
        (b"sep=;\n", "is empty", "header"),
    ],
)
def test_files_that_are_no_csv(data: bytes, message: str, cure: str, tmp_path: Path) -> None:
    with pytest.raises(NotATable) as told:
        read(tmp_path, data)
    assert message in told.value.message and cure in told.value.cure


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound, match="There is no file"):
        read_csv(tmp_path / "nowhere.csv", TEXTS)
    with pytest.raises(NotATable, match="is a folder"):
        read_csv(tmp_path, TEXTS)
    with pytest.raises((PathNotFound, Unreadable)):
        read_csv(written(tmp_path, "item\n") / "below", TEXTS)


def test_columns_are_added_behind_and_rows_stay(tmp_path: Path) -> None:
    matched = match(tmp_path, f"id;Item;Ket\r\n007;{TEAM};=1+1\r\n;;\r\n\r\n08;{SURVEY};-\r\n")
    data = matched.table.as_bytes()
    assert data.startswith(f"id;Item;Ket;{';'.join(ADDED)}\r\n007;{TEAM};=1+1;A1.P1".encode())
    assert components(matched) == ["A1.P1", "", "", "A6.P4"]
    rows = cells(matched)
    assert [row["id"] for row in rows] == ["007", "", "", "08"]
    assert [row["Ket"] for row in rows] == ["=1+1", "", "", "-"]
    assert [row["match_status"] for row in rows[1:3]] == ["none", "none"]


def test_how_values_are_written(tmp_path: Path) -> None:
    row = cells(match(tmp_path, f"item\n{TEAM}\n"))[0]
    best, *others = row["candidates"].split("|")
    assert best == f"{row['indicator_id']}:{row['match_score']}"
    assert all(re.fullmatch(r"[A-Z][\w.]+:\d+\.\d", other) for other in others)
    assert all(len(row[name].split(".")[1]) == 1 for name in ("match_score", "match_margin"))
    assert {"membentuk", "tim"} <= set(row["match_words"].split(", "))


def test_only_a_header(tmp_path: Path) -> None:
    matched = match(tmp_path, "area,item\n")
    assert matched.table.as_bytes().decode() == f"area,item,{','.join(ADDED)}\n"
    assert matched.as_json()["rows"] == []
    assert matched.lines()[-1].startswith("0 rows: 0 accepted, 0 for review, 0 none. Taxonomy ")


def test_a_result_can_be_matched_again(tmp_path: Path) -> None:
    once = match(tmp_path, f"item,ket\n{TEAM},x\n").table.as_bytes()
    again = match(tmp_path, once)
    assert again.table.as_bytes() == once
    assert "earlier matching, which were replaced: indicator_id, match_score" in again.lines()[0]


def test_columns_of_the_same_name(tmp_path: Path) -> None:
    matched = match(tmp_path, f"ket,item,ket\na,{TEAM},b\n")
    assert matched.table.rows[0][:3] == ["a", TEAM, "b"]
    rows = matched.as_json()["rows"]
    assert isinstance(rows, list) and (rows[0]["ket"], rows[0]["ket_2"]) == ("a", "b")
    with pytest.raises(ColumnTwice):
        match(tmp_path, f"item,Item\n{TEAM},b\n")


def test_a_file_without_columns_of_texts(tmp_path: Path) -> None:
    with pytest.raises(NoTextColumns, match=r"area, component, item, action.*'Rencana kerja 2024'"):
        match(tmp_path, "Rencana kerja 2024,\nitem,ket\na,b\n")


def test_rows_by_plan(tmp_path: Path) -> None:
    rows = "Tim Kerja,a\nPemantauan,a\nPengaduan Masyarakat,b\nPemantauan,b\n"
    alone, together = (match(tmp_path, f"component,Satker\n{rows}", plan) for plan in (None, "satker"))
    assert alone.added[1] == alone.added[3]
    assert together.added[1] != together.added[3]
    with pytest.raises(ColumnNotThere):
        match(tmp_path, "item\na\n", "satker")


def test_the_summary_and_its_notes(tmp_path: Path) -> None:
    matched = match(tmp_path, f"id;component;item\n1;Penyusunan Tim Kerja;{TEAM}\n2;;café\n3\n".encode("cp1252"))
    assert [line.split(".")[0] for line in matched.lines()] == [
        "The file is not UTF-8; it was read as Windows-1252, and is written as UTF-8",
        "1 row has fewer cells than the header; empty ones were added",
        "3 rows: 1 accepted, 0 for review, 2 none",
    ]
    assert matched.table.as_bytes().startswith(MARK.encode())


def test_the_result_is_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("old")
    write_out(out, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"] and out.read_bytes() == b"new"


def test_files_that_are_not_written_to(tmp_path: Path) -> None:
    source = written(tmp_path, "item\n")
    (tmp_path / "link.csv").symlink_to(source)
    for out, message in (
        (source, "is the file that is read"),
        (tmp_path / "link.csv", "is the file that is read"),
        (tmp_path, "is a folder"),
        (tmp_path / "nowhere" / "out.csv", "no folder"),
        (source / "out.csv", "no folder"),
    ):
        with pytest.raises(OutputNotWritable, match=message):
            check_out(out, source)
    with pytest.raises(ZiError, match="cannot be written"):
        write_out(tmp_path / ("x" * 300), b"")
