"""The review loop: decisions typed in a terminal or filled into the workbook, told back, and in the tables after a rebuild."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from audit.tables import write_tables
from audit.uncertain import Uncertain, uncertain_values
from audit.workbook.layout import COLUMNS, FINDINGS, REVIEW, before_cell, boxes_json
from normalize.overrides import FILE, Decision, as_json, parse_overrides
from pipeline.cli import main
from pipeline.ingest import Settings, ingest
from pipeline.rebuild import rebuild
from pipeline.runner import run_here

Row = dict[str, Any]
RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
DECREE = "arunika-9-2024.pdf"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of an invented decree with values to look at; tests work on copies."""
    out = tmp_path_factory.mktemp("read") / "tables"
    ingest([RAW / DECREE], Settings(out, 1), run=run_here)
    return out


@pytest.fixture
def out(read: Path, tmp_path: Path) -> Path:
    shutil.copytree(read, tmp_path / "tables")
    return tmp_path / "tables"


@pytest.fixture
def ask(out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """`zi review` with typed lines: the exit code, and what was told and asked."""

    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        capsys.readouterr()
        code = main(["review", "--parquet", str(out), "--report", str(out / "report"), "--by", "Sari", *arguments])
        streams = capsys.readouterr()
        return code, streams.out + streams.err

    return run


def table(out: Path, name: str) -> list[Row]:
    rows: list[Row] = pq.read_table(out / f"{name}.parquet").to_pylist()
    return rows


def decisions(out: Path) -> list[Decision]:
    path = out / FILE
    return list(parse_overrides(path.read_bytes()).decisions) if path.exists() else []


def marked(out: Path, table: str, field: str) -> list[Uncertain]:
    return [one for one in uncertain_values(out) if (one.table, one.field) == (table, field)]


def sheet_row(one: Uncertain, decision: str, value: object = None, **more: object) -> Row:
    cells = {"table": one.table, "document_id": one.document_id, "field": one.field, "key": one.key, "page": one.page}
    cells |= {"boxes": boxes_json(one.boxes), "before": before_cell(one.before)}
    return {**cells, "decision": decision, "value": value, **more}


def workbook(path: Path, sheets: Mapping[str, list[Row]]) -> Path:
    book = openpyxl.Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append([column.header for column in COLUMNS[name]])
        for row in rows:
            sheet.append([row.get(column.name) for column in COLUMNS[name]])
    book.save(path)
    return path


INDICATOR = ("--table", "plan_rows", "--field", "indicator_id")


def test_a_right_value_a_new_one_and_none_are_kept_at_once(ask: Any, out: Path) -> None:
    items = marked(out, "plan_rows", "indicator_id")
    code, told = ask(*INDICATOR, typed="b\nsudah dilihat\ng\nA1.P2.a\n\nk\n\nl\nq\n")
    assert code == 0
    for candidate in items[0].row["candidates"]:
        assert candidate["id"] in told
    made = decisions(out)
    assert [(one.key, one.value, one.why) for one in made] == [
        (items[0].key, as_json(items[0].before), "sudah dilihat"),
        (items[1].key, '"A1.P2.a"', None),
        (items[2].key, "null", None),
    ]
    assert {one.decided_by for one in made} == {"Sari"}
    assert "zi rebuild" in told


def test_what_was_decided_is_an_override_after_a_rebuild_and_is_not_asked_again(ask: Any, out: Path) -> None:
    (first, *others) = marked(out, "plan_rows", "indicator_id")
    ask(*INDICATOR, "--limit", "1", typed="g\nA1.P2.a\n\n")
    assert f"{len(others)} things to look at" in ask(*INDICATOR)[1]
    rebuild(out, 1, run=run_here)
    row = next(row for row in table(out, "plan_rows") if row["row_id"] == first.key)
    assert (row["indicator_id"], row["match_status"], row["decided"]) == ("A1.P2.a", "override", ["indicator_id"])
    assert f"{len(others)} things to look at" in ask(*INDICATOR)[1]


@pytest.mark.parametrize("typed", ["", "Q\n", "g\nA1.P2.a", "x\ny\n", "g\n\n", "g\nA9.P9\nq\n"])
def test_input_that_ends_or_says_nothing_decides_nothing_more(ask: Any, out: Path, typed: str) -> None:
    code, _ = ask(*INDICATOR, "--limit", "1", typed=typed)
    assert code == 0
    assert [one.value for one in decisions(out)] == (['"A1.P2.a"'] if "A1.P2.a" in typed else [])


def test_months_are_decided_in_words(ask: Any, out: Path) -> None:
    ask("--table", "plan_rows", "--field", "months", typed="g\nMaret, 9\n\n")
    rebuild(out, 1, run=run_here)
    (made,) = decisions(out)
    row = next(row for row in table(out, "plan_rows") if row["row_id"] == made.key)
    assert (row["months"], row["decided"], row["needs_review"]) == ([3, 9], ["months"], False)


def test_a_component_is_decided_and_decided_again(ask: Any, out: Path) -> None:
    (one,) = marked(out, "coverage", "status")
    ask("--table", "coverage", typed="g\nada\n\n")
    rebuild(out, 1, run=run_here)
    assert [row["status"] for row in table(out, "coverage") if row["indicator_id"] == one.key] == ["present"]
    path = workbook(out / "a.xlsx", {REVIEW: [sheet_row(one, "ganti", "tidak ada", before='"present"')]})
    assert ask("--take", str(path))[0] == 0
    rebuild(out, 1, run=run_here)
    assert [row["status"] for row in table(out, "coverage") if row["indicator_id"] == one.key] == ["missing"]
    assert [row["status"] for row in table(out, "overrides")] == ["superseded", "applied"]


def test_one_cell_over_several_rows_is_decided_once(ask: Any, out: Path) -> None:
    rows = table(out, "plan_rows")
    same = [row for row in rows if row["component"] == rows[0]["component"]]
    assert len(same) > 1
    for row in same:
        row |= {"needs_review": True, "review_reasons": ["read-unsurely:component@3:100,200"]}
    replace_table(out, "plan_rows", rows)
    ask("--field", "component", typed="g\nTim Kerja\n\ny\nq\n")
    assert [one.value for one in decisions(out)] == ['"Tim Kerja"'] * len(same)
    assert {one.key for one in decisions(out)} == {row["row_id"] for row in same}


def replace_table(out: Path, name: str, rows: list[Row]) -> None:
    from pipeline.rows import as_table

    old = pq.read_schema(out / f"{name}.parquet")
    pq.write_table(as_table(name, rows).replace_schema_metadata(old.metadata), out / f"{name}.parquet")


def with_findings(out: Path, *ids: str) -> None:
    (document,) = table(out, "documents")
    write_tables(out, {"findings": [finding(document["document_id"], name) for name in ids]})


def finding(document_id: str, name: str) -> Row:
    """A finding that is a request to look."""
    return {
        "document_id": document_id,
        "decree_id": document_id,
        "finding_id": name,
        "code": "month-before-decree",
        "severity": "warning",
        "certainty": "look",
        "confidence": 0.7,
        "message": "Bulan mendahului keputusan.",
        "message_en": "The month comes before the decree.",
        "page": 4,
        "doubts": ["read-with-doubt"],
        "source": "",
        "source_en": "",
        "row_ids": [],
        "places": [],
    }


def test_findings_are_confirmed_and_dismissed(ask: Any, out: Path) -> None:
    with_findings(out, "f1", "f2")
    ask("--table", "findings", typed="b\n\nu\nsalah baca\n")
    rebuild(out, 1, run=run_here)
    told = {row["key"]: (json.loads(row["value"]), row["status"], row["why"]) for row in table(out, "overrides")}
    assert told == {"f1": ("confirmed", "applied", None), "f2": ("dismissed", "applied", "salah baca")}


def test_a_decision_on_a_finding_that_is_gone_is_listed_as_stale(ask: Any, out: Path) -> None:
    with_findings(out, "f1")
    ask("--table", "findings", typed="b\n\n")
    rebuild(out, 1, run=run_here)
    with_findings(out, "f2")
    assert "stale (finding-gone)" in ask("--list")[1]


def test_a_workbook_is_taken_once(ask: Any, out: Path) -> None:
    items = marked(out, "plan_rows", "indicator_id")
    with_findings(out, "f1")
    document = items[0].document_id
    rows = [
        sheet_row(items[0], "benar", why="cocok", who="Budi"),
        sheet_row(items[1], "ganti", "A1.P2.a Penyusunan"),
        sheet_row(items[2], "kosong"),
        sheet_row(items[3], "lewati"),
        sheet_row(items[4], ""),
        sheet_row(marked(out, "plan_rows", "months")[0], "Ganti", 3),
    ]
    seen = {"table": "findings", "document_id": document, "field": "decision", "key": "f1", "decision": "bukan temuan"}
    path = workbook(out / "audit.xlsx", {REVIEW: rows, FINDINGS: [{**seen, "boxes": "[[1,1,2,3,4]]", "before": "null"}]})
    code, told = ask("--take", str(path), "--json")
    assert code == 0
    data = json.loads(told[: told.rindex("}") + 1])
    assert (len(data["taken"]), data["known"], data["skipped"], data["refused"]) == (5, 0, 1, [])
    made = decisions(out)
    assert [(one.value, one.decided_by) for one in made] == [
        (as_json(items[0].before), "Budi"),
        ('"A1.P2.a"', "Sari"),
        ("null", "Sari"),
        ("[3]", "Sari"),
        ('"dismissed"', "Sari"),
    ]
    assert "0 decisions taken, 5 were there already" in ask("--take", str(path))[1]
    rebuild(out, 1, run=run_here)
    assert {row["status"] for row in table(out, "overrides")} == {"applied"}
    with_findings(out, "f1")
    assert "0 decisions taken, 5 were there already" in ask("--take", str(path))[1]
    assert len(decisions(out)) == 5


def test_rows_that_cannot_be_taken_are_told_and_the_others_taken(ask: Any, out: Path) -> None:
    one, other, *_ = marked(out, "plan_rows", "indicator_id")
    months = marked(out, "plan_rows", "months")[0]
    rows = [
        sheet_row(one, "mungkin"),
        sheet_row(one, "ganti"),
        sheet_row(one, "ganti", "A9.P9.z"),
        sheet_row(months, "ganti", "kapan saja"),
        sheet_row(one, "benar", key="nothing-0001", boxes="[[9,1,2,3,4]]"),
        sheet_row(one, "benar", before='"A6.P1"'),
        sheet_row(one, "benar", table="documents", field="kind"),
        sheet_row(one, "ganti", "x", field="*", before=as_json({"item": one.row["item"]})),
        sheet_row(one, "", "A1.P1.a"),
        sheet_row(other, "benar"),
    ]
    code, told = ask("--take", str(workbook(out / "a.xlsx", {REVIEW: rows})))
    assert code == 1
    for row, what in enumerate(
        [
            "mungkin",
            "Nilai baru",
            "indicator",
            "months",
            "not in the tables",
            "another one",
            "cannot be decided",
            "Kolom",
            "is empty",
        ],
        2,
    ):
        assert any(f"{REVIEW}, row {row}:" in line and what in line for line in told.splitlines()), (row, what, told)
    assert [made.key for made in decisions(out)] == [other.key]


def test_a_row_read_with_doubt_is_right_or_a_column_of_it_is_replaced(ask: Any, out: Path) -> None:
    rows = table(out, "plan_rows")
    for row in rows[:2]:
        row |= {"needs_review": True, "review_reasons": ["broken-word-joined"]}
    replace_table(out, "plan_rows", rows)
    one, other = marked(out, "plan_rows", "*")
    path = workbook(out / "a.xlsx", {REVIEW: [sheet_row(one, "benar"), sheet_row(other, "ganti", "Menyusun SK", which="item")]})
    assert ask("--take", str(path))[0] == 0
    rebuild(out, 1, run=run_here)
    assert {(row["field"], row["status"]) for row in table(out, "overrides")} == {("*", "applied"), ("item", "applied")}
    assert table(out, "plan_rows")[1]["item"] == "Menyusun SK"


def test_a_sheet_is_taken_as_csv_too(ask: Any, out: Path) -> None:
    one = marked(out, "plan_rows", "indicator_id")[0]
    path, row = out / "a.csv", sheet_row(one, "ganti", "A1.P2.a")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([column.header for column in COLUMNS[REVIEW]])
        writer.writerow([row.get(column.name) for column in COLUMNS[REVIEW]])
    assert ask("--take", str(path))[0] == 0
    assert [made.value for made in decisions(out)] == ['"A1.P2.a"']


@pytest.mark.parametrize("content", [b"no workbook", b"", b"a,b\n1,2\n"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "missing.xlsx"])
def test_a_file_without_decisions_is_wrong_usage(ask: Any, out: Path, name: str, content: bytes) -> None:
    if not name.startswith("missing"):
        (out / name).write_bytes(content)
    code, told = ask("--take", str(out / name))
    assert code == 2
    assert "zi audit" in told


def test_the_list_has_stale_ones_first_and_tells_broken_lines(ask: Any, out: Path) -> None:
    ask(*INDICATOR, typed="b\n\nb\n\nb\n\nq\n")
    lines = (out / FILE).read_text().splitlines()
    data = json.loads(lines[1])
    data.pop("override_id")
    lines[1] = json.dumps({**data, "before": "A5.P5", "value": "A1.P2.a"})
    (out / FILE).write_text("\n".join([*lines[:2], lines[2][:40]]) + "\n")
    rebuild(out, 1, run=run_here)
    ask(*INDICATOR, "--limit", "1", typed="b\n\n")
    code, told = ask("--list")
    assert code == 0
    assert [line.split()[0] for line in told.splitlines() if "plan_rows.indicator_id" in line] == ["stale", "new", "applied"]
    assert f"{FILE}, line 3" in told
    listed = json.loads(ask("--list", "--json")[1].partition("overrides.jsonl,")[0])
    assert [row["status"] for row in listed["overrides"]] == ["stale", "new", "applied"]


def test_without_tables_there_is_nothing_to_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--parquet", str(tmp_path / "none"), "--list"]) == 2
    assert "zi ingest" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
