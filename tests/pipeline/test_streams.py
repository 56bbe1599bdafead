"""The program under a scheduler or in a pipe: closed, full or broken streams, and signals, never end in a traceback."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ZI = [sys.executable, "-m", "pipeline.cli"]


def shell(command: str, **arguments: object) -> subprocess.CompletedProcess[str]:
    line = command.replace("ZI", " ".join(ZI)).format(**arguments)
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)


@pytest.fixture
def archive(decree: bytes, tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(decree)
    (folder / "b.pdf").write_bytes(decree + b"\n%% again\n")
    return folder


@pytest.mark.parametrize(
    "streams",
    ["<&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full", "2> >(head -c 1)"],
    ids=lambda text: text.replace("/", ""),
)
def test_a_run_goes_on_without_its_streams(archive: Path, tmp_path: Path, streams: str) -> None:
    done = shell("ZI ingest {archive} --out {out} " + streams, archive=archive, out=tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "plan_rows.parquet").exists()


def test_a_full_disk_under_stdout_is_told(archive: Path, tmp_path: Path) -> None:
    done = shell("ZI ingest {archive} --out {out} --quiet --json >/dev/full", archive=archive, out=tmp_path / "out")
    assert (done.returncode, "stdout" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def _heed_signals() -> None:
    """Whoever runs the tests may have been told to ignore some (nohup, a job in the background)."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_run_that_is_asked_to_end_does_so_and_says_it(archive: Path, tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "out"
    command = [*ZI, "ingest", str(archive), "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=_heed_signals)
    while not (out / ".zi" / "lock.json").exists():
        assert process.poll() is None, "it ended before it began"
        time.sleep(0.01)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert "goes on from here" in said and "Traceback" not in said
    assert not (out / ".zi" / "lock.json").exists()
    assert shell("ZI ingest {archive} --out {out}", archive=archive, out=out).returncode == 0


@pytest.mark.parametrize(
    "arguments", ["ingest ''", "ingest . --out ''", "ingest . --memory 1", "ingest . --memory 99999999999999"]
)
def test_a_slip_of_the_command_line_is_told(arguments: str) -> None:
    done = shell(f"ZI {arguments}")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "argument" in done.stderr


def test_a_folder_too_deep_for_the_system_is_listed(archive: Path, tmp_path: Path) -> None:
    shell("cd {archive}; for i in $(seq 40); do d=$(printf 'e%.0s' $(seq 200)); mkdir $d; cd $d; done", archive=archive)
    done = shell("ZI ingest {archive} --out {out}", archive=archive, out=tmp_path / "out")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "2 documents" in done.stderr and "unreadable" in done.stderr


def test_an_output_folder_whose_name_is_no_text(archive: Path, tmp_path: Path) -> None:
    done = shell("ZI ingest {archive} --out {out}/$'\\xff' --json", archive=archive, out=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert shell("ZI ingest {archive} --out {out}/$'\\xff'", archive=archive, out=tmp_path).returncode == 0


def test_a_table_that_cannot_be_replaced_leaves_all(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shell("ZI ingest {archive}/a.pdf --out {out}", archive=archive, out=out)
    before = {path.name: path.read_bytes() for path in out.glob("*.parquet") if path.name != "plan_rows.parquet"}
    (out / "plan_rows.parquet").unlink()
    (out / "plan_rows.parquet").mkdir()
    done = shell("ZI ingest {archive} --out {out}", archive=archive, out=out)
    assert (done.returncode, "plan_rows.parquet is a folder" in done.stderr) == (2, True)
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet") if path.is_file()} == before
