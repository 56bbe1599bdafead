"""A run on a real Dask cluster of two workers gives what a run in this process gives, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import cluster
from pipeline.errors import ClusterLibraryMissing, ClusterLost, ClusterMismatch, ClusterUnreachable
from pipeline.ingest import Settings, ingest
from pipeline.limits import Limits
from pipeline.result import Cost, DocumentResult
from pipeline.runner import Runner, Work, run_here
from pipeline.shell import Task
from tests.pipeline import faults, stubs
from tests.pipeline.cluster import Cluster
from tests.pipeline.test_runner import PATIENT, QUICK, assert_gone, codes, note, task, told

pytest.importorskip("distributed", reason="the extra [dask] is not installed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the faults are those of POSIX systems")

__all__ = ["note"]  # a fixture

NAMES = [f"document-{k:02}" for k in range(24)]


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that the tests which do not harm it share."""
    with Cluster(tmp_path_factory.mktemp("cluster"), 2) as running:
        yield running


def run_on_cluster(address: str, limits: Limits = PATIENT, fingerprint: Callable[[], str] = stubs.one_fingerprint) -> Runner:
    return cluster.run_on_cluster(address, limits, fingerprint)


def run(address: str, work: Work, *names: str) -> dict[str, DocumentResult]:
    results = run_on_cluster(address, QUICK)(map(task, names), 1, work)
    return {result.source_path: replace(result, cost=Cost()) for result in results}


def here(work: Work, *names: str) -> dict[str, DocumentResult]:
    return {result.source_path: replace(result, cost=Cost()) for result in run_here(map(task, names), 1, work)}


def test_the_cluster_gives_what_this_process_gives(two_workers: Cluster) -> None:
    assert run(two_workers.address, stubs.read, *NAMES) == here(stubs.read, *NAMES)


def test_documents_that_go_wrong_end_with_their_codes_there_as_well(two_workers: Cluster) -> None:
    results = run(two_workers.address, faults.at_once, "hang", "exit", "innocent")
    assert {name: codes(result) for name, result in results.items()} == {
        "hang": [(None, "timeout")],
        "exit": [(None, "crashed")],
        "innocent": [],
    }


def test_tables_are_the_same_bytes_as_from_one_machine(two_workers: Cluster, decree: bytes, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "a.pdf").write_bytes(decree)
    (archive / "b.pdf").write_bytes(decree[:2000])
    (archive / "c.pdf").write_bytes(b"%PDF-1.7 and no more")
    outs = tmp_path / "one", tmp_path / "cluster"
    ingest([archive], Settings(outs[0], 1), run=run_here)
    ingest([archive], Settings(outs[1], 1), run=run_on_cluster(two_workers.address))
    one, other = ({path.name: path.read_bytes() for path in out.glob("*.parquet")} for out in outs)
    assert one and one == other


def test_documents_are_taken_as_the_workers_get_through_them(two_workers: Cluster) -> None:
    taken = []

    def tasks() -> Iterator[Task]:
        for name in NAMES:
            taken.append(name)
            yield task(name)

    with closing(run_on_cluster(two_workers.address)(tasks(), 1, stubs.read)) as results:
        next(results)
        assert len(taken) <= 2 * cluster.IN_FLIGHT + 1


def test_closing_the_results_ends_the_children_on_the_workers(tmp_path: Path, note: Path) -> None:
    with Cluster(tmp_path, 1) as running:
        results = run_on_cluster(running.address)(map(task, ("quick", "program")), 1, faults.at_once)
        assert next(results).source_path == "quick"
        pids = [int(pid) for pid in told(note).split()]
        results.close()
        assert_gone(*pids)


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    with Cluster(tmp_path, 2) as running:
        victim = running.worker_pids()[0]
        results = run_on_cluster(running.address, PATIENT)(map(task, NAMES), 1, stubs.read_slowly)
        read: dict[str, DocumentResult] = {}
        for result in results:
            if not read:
                os.kill(victim, signal.SIGKILL)
            read[result.source_path] = replace(result, cost=Cost())
    assert read == here(stubs.read, *NAMES)


def test_a_machine_that_is_gone_with_its_nanny_loses_nothing(tmp_path: Path) -> None:
    with Cluster(tmp_path, 1) as running:
        second = running.add_worker()
        results = run_on_cluster(running.address, PATIENT)(map(task, NAMES), 1, stubs.read_slowly)
        read: dict[str, DocumentResult] = {}
        for result in results:
            if len(read) == 2:
                os.killpg(second.pid, signal.SIGKILL)
            read[result.source_path] = result
    assert sorted(read) == NAMES
    assert not any(result.failures for result in read.values())


def test_a_document_that_kills_its_workers_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with Cluster(tmp_path, 1) as running:
        results = run(running.address, faults.at_once, "a", "b", "worker", "c", "d", "e")
    assert sorted(results) == ["a", "b", "c", "d", "e", "worker"]
    assert {name: codes(result) for name, result in results.items() if result.failures} == {"worker": [(None, "worker-lost")]}


def test_a_scheduler_that_goes_away_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 3.0)
    with Cluster(tmp_path, 1) as running:
        results = run_on_cluster(running.address, PATIENT)(map(task, NAMES), 1, stubs.read_slowly)
        next(results)
        running.scheduler.kill()
        with pytest.raises(ClusterLost):
            list(results)


def test_workers_that_all_go_away_are_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cluster(tmp_path, 1) as running:
        results = run_on_cluster(running.address, PATIENT)(map(task, NAMES), 1, stubs.read_slowly)
        next(results)
        monkeypatch.setattr(cluster, "WORKER_SECONDS", 4.0)
        os.killpg(running.workers[0].pid, signal.SIGKILL)
        with pytest.raises(ClusterLost, match="workers"):
            list(results)


def test_a_worker_with_another_zi_is_refused(two_workers: Cluster) -> None:
    results = run_on_cluster(two_workers.address, fingerprint=stubs.process_number)(map(task, NAMES), 1, stubs.read)
    with pytest.raises(ClusterMismatch) as caught:
        next(results)
    assert "requirements.lock" in caught.value.cure


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "tcp://nowhere.invalid:9", "gopher://x:1"])
def test_an_address_without_a_scheduler_is_a_clear_error(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1.0)
    with pytest.raises(ClusterUnreachable):
        next(run_on_cluster(address)(map(task, NAMES), 1, stubs.read))


def test_a_scheduler_without_workers_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WORKER_SECONDS", 2.0)
    with Cluster(tmp_path, 0) as running, pytest.raises(ClusterUnreachable, match="no worker"):
        next(run_on_cluster(running.address)(map(task, NAMES), 1, stubs.read))


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterLibraryMissing) as caught:
        next(run_on_cluster("tcp://127.0.0.1:9")(map(task, NAMES), 1, stubs.read))
    assert "pip install 'zi[dask]'" in caught.value.cure


def test_two_runs_share_the_workers(two_workers: Cluster) -> None:
    found: dict[int, dict[str, DocumentResult]] = {}
    threads = [
        threading.Thread(target=lambda k=k: found.update({k: run(two_workers.address, stubs.read, *NAMES)})) for k in range(2)
    ]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    assert found[0] == found[1] == here(stubs.read, *NAMES)
