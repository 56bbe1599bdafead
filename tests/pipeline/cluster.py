"""A real Dask scheduler with real workers on this machine, as processes that a test can kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

START_SECONDS = 90.0  # for a scheduler or a worker to come up, on a machine that does other things as well


class Cluster:
    """A scheduler and some workers, each with a nanny; a context that ends them."""

    def __init__(self, folder: Path, workers: int, path: str | None = None) -> None:
        """A cluster that is started when the context is entered.

        Args:
            folder: for logs and files of the workers.
            workers: how many, with one thread each.
            path: where the workers find their modules, if not where this process does.
        """
        self._folder = folder
        self._count = workers
        self._environment = os.environ | {
            "PYTHONPATH": path or os.pathsep.join([str(Path.cwd()), *sys.path]),
            "DASK_DISTRIBUTED__ADMIN__LOG_FORMAT": "%(message)s",
            "DASK_DISTRIBUTED__DASHBOARD__LINK": "",
        }
        self._processes: list[subprocess.Popen[bytes]] = []
        self.address = ""
        self.workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        place = self._folder / "scheduler.json"
        self.scheduler = self._start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(place))
        self.address = _address_in(place)
        self.workers = [self.add_worker() for _ in range(self._count)]
        return self

    def add_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """One more worker."""
        return self._start("dask_worker", self.address, "--nthreads", "1", "--memory-limit", "0", *options)

    def worker_pids(self) -> list[int]:
        """The processes of the workers themselves, below their nannies, as the scheduler knows them."""
        from distributed import Client

        with Client(self.address, timeout=START_SECONDS, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(self._count, timeout=START_SECONDS)
            pids: dict[str, int] = client.run(os.getpid)
        return list(pids.values())

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in self._processes:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        for process in self._processes:
            process.wait()

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{program}-{len(self._processes)}.log").open("wb")
        command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, "--no-dashboard"]
        process = subprocess.Popen(
            command, env=self._environment, cwd=self._folder, stdout=log, stderr=log, start_new_session=True
        )
        self._processes.append(process)
        return process


def _address_in(place: Path) -> str:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            address: str = json.loads(place.read_text(encoding="utf-8"))["address"]
        except (OSError, ValueError):
            time.sleep(0.1)
            continue
        return address
    pytest.fail("the scheduler did not start")
