"""`zi audit` from the tables of decrees to tables, report and workbook, as a user runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from audit.workbook.layout import FILE, FINDINGS
from normalize.overrides import Decision
from normalize.schema import AUDIT_TABLES
from pipeline.cli import main
from pipeline.ingest import Settings, ingest
from pipeline.lock import locked
from pipeline.overrides import append
from pipeline.rebuild import rebuild
from pipeline.runner import run_here
from pipeline.storage import LocalFolder

RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
DECREES = ("lembah-kirana-118-2021.pdf", "arunika-9-2024.pdf")
QUIET = ("--no-crops", "--quiet")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two invented decrees and their tables; tests work on copies."""
    folder = tmp_path_factory.mktemp("read")
    (folder / "raw").mkdir()
    for name in DECREES:
        shutil.copy(RAW / name, folder / "raw" / name)
    ingest([folder / "raw"], Settings(folder / "tables", 1), run=run_here)
    return folder


@pytest.fixture
def place(read: Path, tmp_path: Path) -> Path:
    shutil.copytree(read, tmp_path / "place")
    return tmp_path / "place"


def audit(place: Path, *more: str) -> int:
    return main(["audit", "--parquet", str(place / "tables"), "--out", str(place / "report"), *QUIET, *more])


def rows(place: Path, name: str) -> int:
    return int(pq.read_metadata(place / "tables" / f"{name}.parquet").num_rows)


def data(place: Path) -> dict[str, bytes]:
    files = [*(place / "tables").glob("*.parquet"), place / "report" / "report.html", place / "report" / "audit.xlsx"]
    return {file.name: file.read_bytes() for file in files}


def test_an_audit_writes_tables_report_and_workbook_and_tells_how_much(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rows(place, "findings") == 0, "nothing was audited yet"
    assert audit(place, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert sum(told["findings"].values()) == rows(place, "findings") > 0
    assert told["decrees"] == 2
    assert Path(told["report"]).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert Path(told["workbook"]).read_bytes().startswith(b"PK")


def test_the_same_tables_give_the_same_bytes(place: Path) -> None:
    audit(place)
    first = data(place)
    audit(place)
    assert data(place) == first


def test_a_run_that_changes_nothing_leaves_the_audit_and_one_that_does_empties_it(place: Path) -> None:
    settings = Settings(place / "tables", 1)
    ingest([place / "raw"], settings, run=run_here)
    audit(place)
    found = rows(place, "findings")
    ingest([place / "raw"], settings, run=run_here)
    assert rows(place, "findings") == found > 0
    (place / "raw" / DECREES[1]).unlink()
    ingest([place / "raw"], settings, run=run_here)
    assert {name: rows(place, name) for name in AUDIT_TABLES} == dict.fromkeys(AUDIT_TABLES, 0), "findings of other tables"


def test_a_dismissed_finding_stays_dismissed_and_is_not_counted(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit(place, "--json")
    first = json.loads(capsys.readouterr().out)
    finding = pq.read_table(place / "tables" / "findings.parquet").to_pylist()[0]
    decision = Decision(
        document_id=finding["document_id"],
        table="findings",
        field="decision",
        key=finding["finding_id"],
        page=None,
        boxes=(),
        text=finding["finding_id"],
        before="null",
        value='"dismissed"',
        decided_by="Sari",
        decided_at="2026-01-05T10:00:00+07:00",
        why="tercetak benar",
    )
    append(LocalFolder(place / "tables"), [decision])
    rebuild(place / "tables", 1, run=run_here)
    audit(place, "--json")
    second = json.loads(capsys.readouterr().out)
    decided = {f["finding_id"]: f["decision"] for f in pq.read_table(place / "tables" / "findings.parquet").to_pylist()}
    assert decided[finding["finding_id"]] == "dismissed"
    sheet = openpyxl.load_workbook(place / "report" / FILE)[FINDINGS].values
    (told,) = [row for row in sheet if finding["finding_id"] in row]
    assert {"bukan temuan", "Sari", "tercetak benar"} <= set(told)
    assert second["findings"][finding["severity"]] == first["findings"][finding["severity"]] - 1


@pytest.mark.parametrize("broken", ["nothing", "old", "busy"])
def test_what_cannot_be_audited_is_told_with_a_cure(broken: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = place / "tables" / "provisions.parquet"
    if broken == "nothing":
        shutil.rmtree(place / "tables")
        code = audit(place)
    elif broken == "old":
        pq.write_table(pq.read_table(table).drop_columns(["boxes"]), table)
        code = audit(place)
    else:
        with locked(LocalFolder(place / "tables")):
            code = audit(place)
    told = capsys.readouterr().err
    assert code == 2
    assert {"nothing": "zi ingest", "old": "zi rebuild", "busy": "tables"}[broken] in told
    assert "Traceback" not in told
    assert not (place / "report" / "report.html").exists()
