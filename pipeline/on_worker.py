"""On a worker of a cluster: one warm child for each thread of the worker, with the same limits as on one machine."""

from __future__ import annotations

import functools
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import wait
from dataclasses import dataclass, field

from pipeline.errors import ClusterMismatch
from pipeline.limits import Limits
from pipeline.result import DocumentResult
from pipeline.runner import TICK, Desk, Work
from pipeline.shell import Task
from pipeline.slot import Slot


@dataclass(frozen=True, slots=True)
class Order:
    """One document of a run: what travels to the worker.

    Attributes:
        run: name of the run.
        task: the document; not its bytes.
        work: what is done with it.
        limits: what it may take.
        fingerprint: tells code and libraries.
        mark: what it must tell.
    """

    run: str
    task: Task
    work: Work
    limits: Limits
    fingerprint: Callable[[], str]
    mark: str


@dataclass(slots=True)
class _Seat:
    """The child of one thread, and the limits it was made for."""

    slot: Slot
    limits: Limits
    taken: threading.Lock = field(default_factory=threading.Lock)


_seats: dict[int, _Seat] = {}
_over: set[str] = set()
"""Runs that are over: what is still being read for them is of no use."""


class RunIsOver(RuntimeError):
    """The run that a document belongs to has ended before it."""


def is_like(fingerprint: Callable[[], str], mark: str) -> bool:
    """Whether this worker has the code and the libraries that the mark stands for."""
    return _told_once(fingerprint) == mark


def read(order: Order) -> DocumentResult:
    """The result of one document, read in the child of this thread.

    Raises:
        ClusterMismatch: this worker has other code or libraries than the run was begun with.
        RunIsOver: nobody waits for the result any more.
    """
    if not is_like(order.fingerprint, order.mark):
        raise ClusterMismatch("A worker that joined the cluster has another zi than this machine.")
    seat = _seat(order.limits)
    with seat.taken:
        if order.run in _over:
            raise RunIsOver
        desk = Desk(seat.slot, order.task, order.work)
        while (result := desk.result()) is None:
            if order.run in _over:
                seat.slot.end()
                raise RunIsOver
            wait([seat.slot.future], TICK)
    return result


def fold_up(run: str) -> None:
    """Ends the children that work for a run, and those that wait for more."""
    _over.add(run)
    for seat in list(_seats.values()):
        if seat.taken.acquire(blocking=False):
            try:
                seat.slot.end()
            finally:
                seat.taken.release()


def _seat(limits: Limits) -> _Seat:
    """The seat of this thread; its child is another one where the limits are others."""
    _may_have_children()
    me = threading.get_ident()
    seat = _seats.get(me)
    if seat is None or seat.limits != limits:
        if seat is not None:
            seat.slot.end()
        seat = _seats[me] = _Seat(Slot(limits), limits)
    return seat


def _may_have_children() -> None:
    """Lets this process start children.

    Under its nanny a Dask worker is a "daemonic" process, which Python allows no children, since they would be left behind when
    it is killed. Ours are not: they end with it (`child`). There is no public way to say so once a process runs.
    """
    multiprocessing.process.current_process()._config["daemon"] = False  # type: ignore[attr-defined]


@functools.cache
def _told_once(fingerprint: Callable[[], str]) -> str:
    return fingerprint()
