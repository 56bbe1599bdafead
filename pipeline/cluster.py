"""Runs documents on the workers of a Dask cluster, each in the same killable child as on one machine.

Dask only moves the work: paths go out, results come back, and all limits are kept by the worker's own children (`on_worker`).
Only this process writes ledger, store and tables.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pipeline.errors import ClusterLibraryMissing, ClusterLost, ClusterMismatch, ClusterUnreachable, WorkerLost
from pipeline.limits import DEFAULT_LIMITS, Limits
from pipeline.on_worker import Order, fold_up, is_like, read
from pipeline.result import DocumentResult, Failure
from pipeline.runner import Results, Runner, Work
from pipeline.shell import Task, failed, work
from pipeline.store import code_fingerprint

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT_SECONDS = 15.0  # for the scheduler to answer
WORKER_SECONDS = 60.0  # for a first worker to be there; and without any for so long, the run gives up
IN_FLIGHT = 3  # documents per worker thread that are handed out: one is read, and the next ones are at hand when it is done
LOOK_SECONDS = 2.0  # between two looks whether the scheduler is still there, when nothing comes
GATHER_SECONDS = 120.0  # for one result to travel


def run_on_cluster(address: str, limits: Limits = DEFAULT_LIMITS, fingerprint: Callable[[], str] = code_fingerprint) -> Runner:
    """What runs documents on the cluster whose scheduler is at the address; how many at a time is the cluster's to say.

    Args:
        address: of the scheduler, "tcp://host:8786".
        limits: what each document may take.
        fingerprint: tells the code and libraries that decide results; it must give the same on each worker.

    Raises (when it runs):
        ClusterLibraryMissing, ClusterUnreachable, ClusterMismatch: nothing was read.
        ClusterLost: the scheduler or all workers went away; what came before is kept.
    """

    def run(tasks: Iterable[Task], jobs: int, work: Work = work) -> Results:
        with _connected(address) as client:
            mark = fingerprint()
            _check_workers(client, fingerprint, mark)
            crew = _Crew(client, work, limits, fingerprint, mark)
            try:
                yield from crew.results(iter(tasks))
            finally:
                crew.dismiss()

    return run


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """A client of the scheduler, once it has a worker."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterLibraryMissing from error
    logging.disable(logging.CRITICAL)  # Dask, tornado and asyncio write tracebacks; what matters to users is said by our errors
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="zi")  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        raise ClusterUnreachable(f"There is no Dask scheduler at {address}.") from error
    try:
        try:
            client.wait_for_workers(1, timeout=WORKER_SECONDS)
        except (TimeoutError, OSError) as error:
            raise ClusterUnreachable(f"The scheduler at {address} has no worker.") from error
        yield client
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=CONNECT_SECONDS)  # type: ignore[no-untyped-call]


def _check_workers(client: Client, fingerprint: Callable[[], str], mark: str) -> None:
    """Nothing, if each worker has the same zi as this machine; those that come later are checked with their first document."""
    try:
        told: dict[str, bool] = client.run(is_like, fingerprint, mark)
    except ImportError as error:
        raise ClusterMismatch("A worker of the cluster has no zi, or an older one.") from error
    except (OSError, TimeoutError) as error:
        raise ClusterUnreachable("The workers of the cluster do not answer.") from error
    others = sorted(worker for worker, same in told.items() if not same)
    if others:
        raise ClusterMismatch(f"The worker {others[0]} has another zi than this machine, or other versions of its libraries.")


class _Crew:
    """The workers of one run, and what was handed to them."""

    def __init__(self, client: Client, work: Work, limits: Limits, fingerprint: Callable[[], str], mark: str) -> None:
        self._client = client
        self._work = work
        self._limits = limits
        self._fingerprint = fingerprint
        self._mark = mark
        self._run = uuid.uuid4().hex
        self._sent: dict[Future[DocumentResult], Task] = {}
        self._suspects: list[Task] = []
        self._done: queue.SimpleQueue[Future[DocumentResult]] = queue.SimpleQueue()
        self._threads, self._looked = 0, float("-inf")
        self._alone_since: float | None = None

    def results(self, waiting: Iterator[Task]) -> Iterator[DocumentResult]:
        """The results as they come; tasks are taken as the workers get through them.

        When Dask has lost several workers, it holds all documents that they had in hand responsible. Those are handed out once
        more at the end, one at a time: the one that loses workers again did it before, and the others are innocent.
        """
        self._look()
        more = True
        while more or self._sent:
            while more and len(self._sent) < IN_FLIGHT * max(1, self._threads):
                task = next(waiting, None)
                more = task is not None
                if task is not None:
                    self._send(task)
            yield from self._next(self._suspects)
        for task in self._suspects:
            guilty: list[Task] = []
            self._send(task, again=True)
            while self._sent:
                yield from self._next(guilty)
            for lost in guilty:
                yield failed(
                    lost, Failure.of(WorkerLost("The workers that were to read the document were lost, time and again."))
                )

    def dismiss(self) -> None:
        """Takes back what is still out, and has the children of this run ended."""
        if self._client.status == "running":
            with suppress(OSError, TimeoutError, RuntimeError):
                self._client.cancel(list(self._sent), force=True)  # type: ignore[no-untyped-call]
                self._client.run(fold_up, self._run, on_error="ignore")
        self._sent.clear()

    def _send(self, task: Task, *, again: bool = False) -> None:
        order = Order(self._run, task, self._work, self._limits, self._fingerprint, self._mark)
        key = f"zi-{task.document_id}-{self._run}{'-again' if again else ''}"
        future = self._client.submit(read, order, key=key, pure=False, retries=0)
        self._sent[future] = task
        future.add_done_callback(self._done.put)  # type: ignore[no-untyped-call]

    def _next(self, lost: list[Task]) -> Iterator[DocumentResult]:
        """The result of a document that came to an end, if one does within a while; one that lost its workers is noted."""
        if time.monotonic() - self._looked > LOOK_SECONDS:
            self._look()
        try:
            future = self._done.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            return
        task = self._sent.pop(future)
        result = self._result(future)
        if result is None:
            lost.append(task)
        else:
            yield result

    def _look(self) -> None:
        """Learns how many threads the workers have now.

        Raises:
            ClusterLost: the scheduler is gone, or has been without a worker for too long.
        """
        self._looked = time.monotonic()
        try:
            threads: dict[str, int] = self._client.nthreads()  # type: ignore[no-untyped-call]
            self._threads = sum(threads.values()) if self._client.status == "running" else -1
        except (OSError, TimeoutError, RuntimeError):
            self._threads = -1
        if self._threads < 0:
            raise ClusterLost("The connection to the scheduler of the cluster broke off.")
        if self._threads:
            self._alone_since = None
            return
        self._alone_since = self._alone_since or self._looked
        if self._looked - self._alone_since > WORKER_SECONDS:
            raise ClusterLost("All workers of the cluster are gone.")

    def _result(self, future: Future[DocumentResult]) -> DocumentResult | None:
        """What became of a document; None for one that has lost its workers."""
        from distributed import KilledWorker

        if future.status in ("cancelled", "lost"):  # nobody but a scheduler that is gone takes back what we sent
            raise ClusterLost("The connection to the scheduler of the cluster broke off.")
        try:
            result: DocumentResult = future.result(timeout=GATHER_SECONDS)
        except KilledWorker:
            return None
        except (OSError, TimeoutError, futures.CancelledError, asyncio.CancelledError) as error:
            raise ClusterLost("A result of the cluster does not arrive.") from error
        finally:
            future.release()  # type: ignore[no-untyped-call]
        return result
