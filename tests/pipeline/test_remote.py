"""Input and output on S3: a real server that speaks its protocol, on this machine."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from pipeline.cli import main
from pipeline.errors import OutputNotWritable
from pipeline.ingest import Settings, ingest
from pipeline.rebuild import rebuild
from pipeline.remote import remote
from pipeline.runner import run_here
from pipeline.status import status_of
from pipeline.storage import folder_at
from tests.pipeline import stubs

moto = pytest.importorskip("moto.server")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of the server; whatever asks for S3 in this process or its children is led there."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patched.setenv("AWS_ACCESS_KEY_ID", "test")
        patched.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patched.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patched.setattr("pipeline.lock.SETTLED_AFTER", 0.0)
        yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty bucket of the test's own."""
    name = f"archive-{abs(hash(request.node.name)) % 10**8}"
    system = remote(f"s3://{name}").system
    system.makedirs(name, exist_ok=True)
    yield f"s3://{name}"


def test_the_tables_are_those_of_a_local_run(bucket: str, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        folder_at(bucket).write(f"raw/{name}.pdf", b"%PDF-" + name.encode())
    folder_at(bucket).write("raw/readme.txt", b"no decree")
    source = f"{bucket}/raw"
    ingest([source], Settings(tmp_path / "here", 1), run=run_here, work=stubs.read)
    summary = ingest([source], Settings(f"{bucket}/out", 1), run=run_here, work=stubs.read)
    assert (summary.documents, summary.extracted, summary.exit_code) == (3, 3, 0)
    for path in (tmp_path / "here").glob("*.parquet"):
        assert folder_at(bucket).read(f"out/{path.name}") == path.read_bytes()
    documents = pd.read_parquet(f"{bucket}/out/documents.parquet")
    assert sorted(documents["source_path"]) == [f"{source}/{name}.pdf" for name in ("a", "b", "c")]


def test_a_second_run_reads_nothing_and_the_ledger_is_there(bucket: str) -> None:
    folder_at(bucket).write("raw/a.pdf", b"%PDF-1")
    settings = Settings(f"{bucket}/out", 1)
    ingest([f"{bucket}/raw/a.pdf"], settings, run=run_here, work=stubs.read)
    assert ingest([f"{bucket}/raw/a.pdf"], settings, run=run_here, work=stubs.never).unchanged == 1
    assert status_of(f"{bucket}/out").statuses == {"ok": 1}
    assert rebuild(f"{bucket}/out", 1, run=run_here, work=stubs.rebuild).rebuilt == 1


def test_a_ledger_that_was_lost_costs_nothing(bucket: str) -> None:
    folder_at(bucket).write("raw/a.pdf", b"%PDF-1")
    settings = Settings(f"{bucket}/out", 1)
    ingest([f"{bucket}/raw"], settings, run=run_here, work=stubs.read)
    folder_at(bucket).remove("out/.zi/ledger.sqlite")
    assert ingest([f"{bucket}/raw"], settings, run=run_here, work=stubs.never).unchanged == 1


def test_a_broken_record_is_told_once_and_then_read_again(bucket: str) -> None:
    for name in ("a", "b"):
        folder_at(bucket).write(f"raw/{name}.pdf", b"%PDF-" + name.encode())
    settings = Settings(f"{bucket}/out", 1)
    ingest([f"{bucket}/raw"], settings, run=run_here, work=stubs.read)
    out = folder_at(f"{bucket}/out")
    out.write(out.names(".zi/rows")[0], b"rotten")
    with pytest.raises(OutputNotWritable, match="gone or broken"):
        ingest([f"{bucket}/raw"], settings, run=run_here, work=stubs.never)
    assert ingest([f"{bucket}/raw"], settings, run=run_here, work=stubs.read).extracted == 1


def test_a_real_decree_by_the_program(bucket: str, decree: bytes) -> None:
    folder_at(bucket).write("raw/decree.pdf", decree)
    folder_at(bucket).write("raw/broken.pdf", b"%PDF-1.7 nothing")
    folder_at(bucket).write("raw/decree.pdf.jdih.json", b'{"judul": "Rencana Kerja", "noPeraturan": "1"}')
    command = [sys.executable, "-m", "pipeline.cli", "ingest", f"{bucket}/raw", "--out", f"{bucket}/out", "--json", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    summary = json.loads(done.stdout)
    assert (done.returncode, summary["documents"], [f["code"] for f in summary["failures"]]) == (1, 1, ["damaged"])
    assert len(pd.read_parquet(f"{bucket}/out/jdih.parquet")) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ingest", "s3://nowhere-at-all/raw", "--out", "OUT"], "There is no s3://nowhere-at-all/raw"),
        (["ingest", "LOCAL", "--out", "s3://nowhere-at-all/out"], "cannot be written"),
        (["ingest", "nosuch://x/y"], "cannot be used"),
        (["status", "--out", "s3://nowhere-at-all/out"], "There is nothing of zi"),
    ],
)
def test_an_address_that_leads_nowhere(
    server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1")
    names = {"OUT": str(tmp_path / "out"), "LOCAL": str(tmp_path)}
    assert main([names.get(argument, argument) for argument in arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_server_that_does_not_answer_is_told() -> None:
    # In a process of its own, so that the client library is set up anew.
    dead = {**os.environ, "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1", "AWS_ACCESS_KEY_ID": "a"}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "ingest", "s3://archive/raw"],
        env={**dead, "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "cannot be listed" in done.stderr and "Traceback" not in done.stderr
