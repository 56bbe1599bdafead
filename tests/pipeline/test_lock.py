"""Two runs never write to one output; a run that died keeps nobody out."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import OutputBusy
from pipeline.lock import HOLDER, STALE_AFTER, is_locked, locked
from pipeline.storage import Folder, folder_at

HOLD = """
import sys, time
from pathlib import Path
from pipeline.lock import locked
from pipeline.storage import LocalFolder
with locked(LocalFolder(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture(params=["local", "remote"])
def out(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr("pipeline.lock.SETTLED_AFTER", 0.0)
    return folder_at(tmp_path if request.param == "local" else f"memory://{tmp_path.name}")


def test_a_second_run_gives_way_and_names_the_first(out: Folder) -> None:
    with locked(out):
        assert is_locked(out)
        with pytest.raises(OutputBusy, match="process"), locked(out):
            pass
        assert is_locked(out)
    assert not is_locked(out)
    with locked(out):
        pass


def test_a_run_that_ends_in_an_error_lets_go(out: Folder) -> None:
    with pytest.raises(KeyboardInterrupt), locked(out):
        raise KeyboardInterrupt
    with locked(out):
        pass


def test_a_run_that_was_killed_keeps_nobody_out(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None and child.stdout.readline() == "held\n"
    with pytest.raises(OutputBusy, match=f"process {child.pid}"), locked(folder_at(tmp_path)):
        pass
    child.kill()
    child.wait()
    with locked(folder_at(tmp_path)):
        pass


@pytest.mark.parametrize(("silent", "busy"), [(0.0, True), (STALE_AFTER + 10, False)])
def test_a_remote_holder_without_a_sign_of_life_is_taken_for_dead(tmp_path: Path, silent: float, busy: bool) -> None:
    out = folder_at(f"memory://{tmp_path.name}")
    out.write(HOLDER, json.dumps({"host": "h", "pid": 1, "since": 0, "alive": time.time() - silent}).encode())
    assert is_locked(out) is busy


def test_of_two_that_come_at_once_one_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = folder_at(f"memory://{tmp_path.name}")
    other = json.dumps({"host": "h", "pid": 1, "since": 0, "alive": time.time(), "token": "theirs"}).encode()
    monkeypatch.setattr("pipeline.lock.time.sleep", lambda _: out.write(HOLDER, other))
    with pytest.raises(OutputBusy, match="process 1 on h"), locked(out):
        pass
