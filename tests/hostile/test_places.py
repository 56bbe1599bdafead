"""A folder full of traps, through the command: every file is told of, nothing hangs, and the terminal gets no orders."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from pipeline.cli import main
from tests.hostile.carriers import escapes, orders
from tests.hostile.places import FORMULA, GOOD, LOCKED, LONG, NEWLINE, trap

ORDER = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What makes a terminal do something other than print, but for the line end."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes, sockets and such names are those of Unix")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_a_folder_of_traps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    with trap(tmp_path) as archive:
        code, _, err = run(capsys, "ingest", str(archive), "--out", str(out), "--jobs", "2")
    assert code == 1
    assert not ORDER.search(err)
    documents = pd.read_parquet(out / "documents.parquet")
    read = {path.removeprefix(f"{archive}/") for path in documents["source_path"]}
    unlocked = {LOCKED} if os.geteuid() == 0 else set()  # root may read everything
    assert read == {GOOD, NEWLINE, r"\xff\xfe not utf-8 \x80.pdf", LONG, FORMULA, "folder.pdf/inside.pdf"} | unlocked
    assert set(documents["number_raw"]) == {"12 TAHUN 2024"}
    failures = pd.read_parquet(out / "failures.parquet")
    told = {
        path.removeprefix(f"{archive}/"): code for path, code in zip(failures["source_path"], failures["code"], strict=True)
    }
    names = ["dangling.pdf", "inner/self.pdf", "memory.pdf", *([] if unlocked else [LOCKED])]
    assert told == dict.fromkeys(names, "unreadable")
    assert all(name in err for name in ("pipe.pdf", "socket.pdf", "device.pdf"))  # said to be no files


def test_the_same_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with trap(tmp_path) as archive:
        _, told, _ = run(capsys, "ingest", str(archive), "--out", str(tmp_path / "out"), "--jobs", "2", "--json", "--quiet")
    skipped = json.loads(told)["skipped"]
    assert sorted(Path(name).name for name in skipped) == ["device.pdf", "pipe.pdf", "socket.pdf"]


@pytest.mark.parametrize("command", ["inspect", "ingest"])
def test_orders_to_the_terminal_in_a_decree_are_printed_as_text(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "de\x1b[2Jcree\n.pdf"
    path.write_bytes(escapes())
    more = ("--out", str(tmp_path / "out")) if command == "ingest" else ()
    code, out, err = run(capsys, command, str(path), *more)
    assert code == 0
    assert not ORDER.search(out) and not ORDER.search(err)
    if command == "inspect":
        assert "RENCANA KERJA" in out and "12 TAHUN 2024" in out
        assert r"de\x1b[2Jcree\n.pdf" in out


def test_no_control_code_of_a_decree_reaches_the_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "decree.pdf"
    path.write_bytes(escapes())
    assert run(capsys, "ingest", str(path), "--out", str(tmp_path / "out"), "--quiet")[0] == 0
    (title,) = pd.read_parquet(tmp_path / "out" / "documents.parquet")["title"]
    assert title.startswith("RENCANA KERJA") and not re.search(r"[\x00-\x1f\x7f-\x9f]", title)


def test_tags_and_formulas_of_a_decree_are_plain_text_in_the_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "decree.pdf"
    path.write_bytes(orders())
    assert run(capsys, "ingest", str(path), "--out", str(tmp_path / "out"), "--quiet")[0] == 0
    rows = pd.read_parquet(tmp_path / "out" / "plan_rows.parquet")
    printed = {cell["text"] for cells in rows["printed"] for cell in cells}
    assert {"=rapat pembentukan tim kerja", "<script>notula rapat</script>"} <= printed
