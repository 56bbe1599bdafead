"""The command as users meet it: what goes where, which exit code, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipeline.cli import main, parser
from tests.conftest import letter

Fill = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[2]


def zi(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs the command in a process of its own."""
    command = [sys.executable, "-m", "pipeline.cli", *map(str, arguments)]
    path = {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=cwd, env=path, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.mark.parametrize("command", ["ingest", "inspect", "match", "taxonomy"])
def test_every_command_and_option_is_explained(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert command in capsys.readouterr().out
    actions = parser()._subparsers._group_actions[0].choices[command]._actions  # type: ignore[union-attr, index]
    assert all(action.help for action in actions)


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from pipeline.cli import main\ntry: main(['--help'])\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"pyarrow", "pandas", "numpy", "pypdfium2", "pdfplumber", "rich", "rapidfuzz", "multiprocessing"}
    assert not heavy & set(done.stdout.split())


def test_the_parent_of_a_run_opens_no_pdf(folder: Fill, tmp_path: Path) -> None:
    code = (
        "import sys; from pipeline.cli import main\n"
        f"main(['ingest', {str(folder(a=letter()))!r}, '--out', {str(tmp_path / 'out')!r}])\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"pypdfium2", "pdfplumber", "camelot", "pdfminer"} & set(done.stdout.split())


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ingest"],
        ["ingest", "--jobs", "0", "x"],
        ["ingest", "--reader", "magic", "x"],
        ["inspect"],
        ["match"],
        ["match", "a.csv", "--separator", "::"],
        ["match", "a.csv", "--separator", ""],
        ["nonsense"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    done = zi("ingest", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere" in done.stderr


def test_a_folder_without_pdfs(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = zi("ingest", tmp_path / "empty", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "no PDF" in done.stderr and "Give the folder" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written_as_json(folder: Fill, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = zi("ingest", folder(a=b"x"), "--out", tmp_path / "file", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["code"] == "output-not-writable"


def test_bad_files_are_listed_with_their_cure_and_the_run_ends_with_1(folder: Fill, tmp_path: Path) -> None:
    path = folder(empty=b"", web=b"<html>404</html>")
    done = zi("ingest", path, "--out", tmp_path / "out", "--json")
    assert done.returncode == 1
    failures = json.loads(done.stdout)["failures"]
    assert [(Path(f["source_path"]).name, f["code"]) for f in failures] == [
        ("empty.pdf", "empty-file"),
        ("web.pdf", "not-a-pdf"),
    ]
    assert "a web page" in done.stderr and "Download or copy the file again." in done.stderr
    assert list(pd.read_parquet(tmp_path / "out" / "failures.parquet")["code"]) == ["empty-file", "not-a-pdf"]


def test_quiet_says_nothing(folder: Fill, tmp_path: Path) -> None:
    done = zi("ingest", folder(empty=b""), "--out", tmp_path / "out", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_inspecting_what_is_no_file(tmp_path: Path) -> None:
    assert zi("inspect", tmp_path).returncode == 2
    assert zi("inspect", tmp_path / "nowhere.pdf").returncode == 2


def test_inspecting_a_bad_file(folder: Fill) -> None:
    done = zi("inspect", folder(web=b"<html>404</html>") / "web.pdf", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["failures"][0]["code"] == "not-a-pdf"


def test_inspecting_a_decree(folder: Fill, decree: bytes, tmp_path: Path) -> None:
    path = folder(decree=decree) / "decree.pdf"
    done = zi("inspect", path, "--json", "--image", tmp_path / "page.png")
    assert done.returncode == 0
    read = json.loads(done.stdout)
    assert read["documents"][0]["number_raw"] and read["plan_rows"]
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
    told = zi("inspect", path).stdout
    assert read["documents"][0]["number_raw"] in told and "PLAN ROWS" in told


def test_inspecting_a_page_that_is_not_there(folder: Fill, decree: bytes) -> None:
    done = zi("inspect", folder(decree=decree) / "decree.pdf", "--page", "999")
    assert done.returncode == 2
    assert "no page 999" in done.stderr


def test_explaining_a_row_of_a_decree(folder: Fill, decree: bytes) -> None:
    path = folder(decree=decree) / "decree.pdf"
    told = zi("inspect", path, "--explain", "1")
    assert (told.returncode, told.stdout.splitlines()[0].split("  ")[0]) == (0, "ROW 1")
    assert "CANDIDATES" in told.stdout and "What made the difference" in told.stdout
    row = json.loads(zi("inspect", path, "--json").stdout)["plan_rows"][0]
    explained = json.loads(zi("inspect", path, "--explain", row["row_id"], "--json").stdout)
    assert (explained["number"], explained["texts"]["item"]) == (1, row["item"])


def test_explaining_a_row_that_is_not_there(folder: Fill, decree: bytes) -> None:
    done = zi("inspect", folder(decree=decree) / "decree.pdf", "--explain", "999")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no row 999; it has the rows 1 to" in done.stderr


def test_explaining_a_file_that_cannot_be_read(folder: Fill) -> None:
    done = zi("inspect", folder(web=b"<html>404</html>") / "web.pdf", "--explain", "1")
    assert done.returncode == 1
    assert "a web page" in done.stdout


def test_matching_a_file(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_bytes(b"id;item\r\n007;Telah dilakukan survei kepuasan masyarakat terhadap pelayanan\r\n")
    told = zi("match", rows)
    assert told.returncode == 0 and told.stdout.startswith("id;item;indicator_id;match_score;")
    assert told.stderr.startswith("1 row: 1 accepted, 0 for review, 0 none. Taxonomy 20")
    quiet = zi("match", rows, "--out", tmp_path / "out.csv", "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"id;item;indicator_id;")
    data = json.loads(zi("match", rows, "--json", "--separator", ";").stdout)
    assert data["taxonomy_version"] and data["rows"][0]["id"] == "007"
    assert data["rows"][0]["candidates"][0]["id"].startswith("A6.P4")


def test_matching_what_is_no_csv(tmp_path: Path) -> None:
    (tmp_path / "rows.xlsx").write_bytes(b"PK\x03\x04")
    done = zi("match", tmp_path / "rows.xlsx", "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (2, "not-a-table")
    assert "save it as CSV" in done.stderr


def test_a_match_does_not_overwrite_its_input(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("item\nrapat\n")
    done = zi("match", tmp_path / "rows.csv", "--out", tmp_path / "rows.csv")
    assert (done.returncode, (tmp_path / "rows.csv").read_text()) == (2, "item\nrapat\n")


def test_the_taxonomy_is_printed_and_searched() -> None:
    tree = zi("taxonomy")
    assert (tree.returncode, tree.stderr) == (0, "")
    assert "taxonomy 20" in tree.stdout and "A5.P3      1.5        Pengaduan Masyarakat" in tree.stdout
    found = json.loads(zi("taxonomy", "pengaduan", "masyrakat", "--json").stdout)
    assert found["taxonomy_version"] and found["matches"][0]["id"] == "A5.P3"
    assert json.loads(zi("taxonomy", "z14.a2.2", "--json").stdout)["node"]["label"] == "A2.P2"


def test_words_that_are_not_in_the_taxonomy() -> None:
    done = zi("taxonomy", "xyzzy", "--json")
    assert (done.returncode, json.loads(done.stdout)["matches"]) == (0, [])
    assert "Nothing is like 'xyzzy'" in done.stderr


def test_a_form_that_is_not_there() -> None:
    done = zi("taxonomy", "--form", "zi-1999")
    assert (done.returncode, done.stdout) == (2, "")
    assert "zi-2014" in done.stderr


def test_output_that_nobody_reads_to_its_end(folder: Fill, decree: bytes) -> None:
    path = folder(decree=decree) / "decree.pdf"
    command = f"{sys.executable} -m pipeline.cli inspect '{path}' --json | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "{", "")


def test_a_whole_run_over_decrees(folder: Fill, decree: bytes, tmp_path: Path) -> None:
    path = folder(decree=decree)
    first = zi("ingest", path, "--out", tmp_path / "out", "--json")
    assert first.returncode == 0, first.stderr
    summary = json.loads(first.stdout)
    assert (summary["documents"], summary["kinds"]) == (1, {"digital": 1})
    assert summary["plan_rows"] == len(pd.read_parquet(tmp_path / "out" / "plan_rows.parquet")) > 0
    again = zi("ingest", path, "--out", tmp_path / "out")
    assert "Nothing read again, 1 unchanged" in again.stderr
