"""Runs documents in worker processes. A worker that dies takes only its document with it."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from pipeline.errors import Crashed
from pipeline.result import DocumentResult, Failure
from pipeline.shell import Task, failed, work

Work = Callable[[Task], DocumentResult]
Results = Generator[DocumentResult, None, None]
Runner = Callable[[Iterable[Task], int, Work], Results]


def run_here(tasks: Iterable[Task], jobs: int, work: Work = work) -> Results:
    """The results one by one, in this process: the serial twin of `run_pool`, for debugging and tests."""
    for task in tasks:
        yield work(task)


def run_pool(tasks: Iterable[Task], jobs: int, work: Work = work) -> Results:
    """The results as they come, from at most ``jobs`` processes at a time.

    When a worker dies, it is not known whose document killed it: those in hand are then run one at a time, each in a
    process of its own, and the one that dies again is recorded as crashed.
    """
    waiting = deque(tasks)
    while waiting:
        suspects: list[Task] = []
        yield from _together(waiting, jobs, work, suspects)
        for task in suspects:
            yield from _alone(task, work)


def _together(waiting: deque[Task], jobs: int, work: Work, suspects: list[Task]) -> Iterator[DocumentResult]:
    """Results of waiting tasks until none is left or a worker dies; those in hand at that moment become suspects."""
    in_hand: dict[Future[DocumentResult], Task] = {}
    with _Pool(min(jobs, len(waiting))) as pool:
        while (waiting or in_hand) and not suspects:
            while waiting and len(in_hand) < jobs:
                task = waiting.popleft()
                try:
                    in_hand[pool.submit(work, task)] = task
                except BrokenProcessPool:
                    suspects.append(task)
                    break
            done = wait(in_hand, return_when=FIRST_COMPLETED).done if in_hand else set()
            if suspects:
                done = wait(in_hand).done
            yield from _results(done, in_hand, suspects)
        yield from _results(wait(in_hand).done, in_hand, suspects)


def _results(
    done: Iterable[Future[DocumentResult]], in_hand: dict[Future[DocumentResult], Task], suspects: list[Task]
) -> Iterator[DocumentResult]:
    for future in done:
        task = in_hand.pop(future)
        try:
            result = future.result()
        except BrokenProcessPool:
            suspects.append(task)
            continue
        yield result


def _alone(task: Task, work: Work) -> Iterator[DocumentResult]:
    with _Pool(1) as pool:
        try:
            yield pool.submit(work, task).result()
        except BrokenProcessPool:
            yield failed(task, Failure.of(Crashed("The process that read the document died.")))


class _Pool:
    """A process pool that is torn down at once when the run is interrupted."""

    def __init__(self, jobs: int) -> None:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._before = set(multiprocessing.active_children())
        self._pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_settle_in)

    def __enter__(self) -> ProcessPoolExecutor:
        return self._pool

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._pool.shutdown()
            return
        mine = set(multiprocessing.active_children()) - self._before
        self._pool.shutdown(wait=False, cancel_futures=True)
        for child in mine:
            child.kill()


def _settle_in() -> None:
    """Makes a fresh worker quiet: Ctrl-C is the parent's to handle, and users need no warnings of libraries."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    quiet_libraries()


def quiet_libraries() -> None:
    """Stops libraries from writing warnings to stderr; what matters to users is a value in ``failures``."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
