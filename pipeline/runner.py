"""Runs documents in processes that can be killed. Whatever becomes of one document, the others do not notice.

A document whose process dies is tried once more; the page that it was reading then is left out, and told of. A process that
dies with the second try ends the document. Where a process had read other documents before, one of those may have left it
broken: its death counts for nothing, and the document begins anew in a fresh one.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import replace

from extract.watch import LOOK, PAGE_CRASHED, PAGE_OUT_OF_MEMORY, PAGE_TIMEOUT
from pipeline.errors import Crashed, OutOfMemory, TimedOut, WorkerLost
from pipeline.limits import DEFAULT_LIMITS, Limits
from pipeline.result import Cost, DocumentResult, Failure
from pipeline.shell import Task, failed, work
from pipeline.slot import Cause, Death, Slot
from pipeline.watch import watching

TICK = 0.2  # seconds between two looks at the children; a result that comes is taken at once
MOST_STARTS = 3  # of a process that dies before it has begun its document

Work = Callable[[Task], DocumentResult]
Results = Generator[DocumentResult, None, None]
Runner = Callable[[Iterable[Task], int, Work], Results]

WITHOUT_MEMORY = {OutOfMemory.code, PAGE_OUT_OF_MEMORY}
GIVEN_UP = {
    Cause.CRASH: (PAGE_CRASHED, "the process that read it died"),
    Cause.MEMORY: (PAGE_OUT_OF_MEMORY, "there was not enough memory to read it"),
    Cause.TIME: (PAGE_TIMEOUT, "reading it took too long"),
}
"""Code and words for a page on which the process died."""


def run_here(tasks: Iterable[Task], jobs: int, work: Work = work, limits: Limits = DEFAULT_LIMITS) -> Results:
    """The results one by one, in this process: the serial twin of `run_pool`, for debugging and tests.

    Only the budgets of pages are kept: nobody can kill a process from within.
    """
    for task in tasks:
        with watching(limits.page_budget):
            result = work(task)
        yield result


def run_pool(tasks: Iterable[Task], jobs: int, work: Work = work, limits: Limits = DEFAULT_LIMITS) -> Results:
    """The results as they come, from at most ``jobs`` processes at a time.

    Args:
        tasks: taken one by one, when a process is free.
        jobs: processes at a time.
        work: what is done with each document, in the child.
        limits: what each document may take.

    Raises:
        BaseException: what ``work`` raised. Then, as when the results are closed early, all processes are ended at once.
    """
    waiting = iter(tasks)
    idle, busy = [Slot(limits) for _ in range(jobs)], list[Desk]()
    slots = list(idle)
    try:
        while True:
            while idle and (task := next(waiting, None)) is not None:
                busy.append(Desk(idle.pop(), task, work))
            if not busy:
                return
            wait([desk.slot.future for desk in busy], TICK, FIRST_COMPLETED)
            done = [(desk, result) for desk in busy if (result := desk.result()) is not None]
            busy = [desk for desk in busy if all(desk is not other for other, _ in done)]
            for desk, result in done:
                if (task := next(waiting, None)) is not None:  # before the result is handed over: that may take its time
                    busy.append(Desk(desk.slot, task, work))
                else:
                    idle.append(desk.slot)
                yield result
    finally:
        for slot in slots:
            slot.end()
        for slot in slots:
            slot.join()


class Desk:
    """One document with the slot that reads it, through all its tries."""

    def __init__(self, slot: Slot, task: Task, work: Work) -> None:
        """Begins the document.

        Args:
            slot: has no document in hand.
            task: the document.
            work: what is done with it.
        """
        self.slot = slot
        self._task = task
        self._work = work
        self._starts = 0
        self._died = False
        self._spent = Cost(attempts=0)
        slot.begin(task, work)

    def result(self) -> DocumentResult | None:
        """The result, None while there is none yet."""
        outcome = self.slot.outcome()
        if isinstance(outcome, Death):
            return self._after(outcome)
        if outcome is None:
            return None
        cost = _sum(self._spent, outcome.cost)
        if any(f.code in WITHOUT_MEMORY for f in outcome.failures) and not self.slot.is_fresh:
            self._spent = cost
            self._again()  # what earlier documents left in the process may have been in the way
            return None
        return replace(outcome, cost=cost)

    def _after(self, death: Death) -> DocumentResult | None:
        """The document that has failed, or None after a new try was begun."""
        self._spent = _sum(self._spent, Cost(death.seconds, death.peak_memory or None, int(death.begun)))
        if not self._may_go_on(death):
            return replace(failed(self._task, _failure(death)), cost=self._spent)
        self._again()
        return None

    def _may_go_on(self, death: Death) -> bool:
        """Whether the document is tried once more; a page that the process died on will not be read then."""
        if not death.begun:
            self._starts += 1
            return self._starts < MOST_STARTS
        if not death.fresh and death.cause is not Cause.TIME:
            return True
        if self._died:
            return False
        self._died = True
        if death.page:
            code, why = GIVEN_UP[death.cause]
            lost = Failure(death.page, code, f"Page {death.page} was given up: {why}.", LOOK)
            self._task = replace(self._task, given_up=(*self._task.given_up, lost))
        return True

    def _again(self) -> None:
        """Begins the document anew, in a fresh process."""
        self.slot.end()
        self.slot.begin(self._task, self._work)


def _sum(before: Cost, now: Cost) -> Cost:
    peaks = [cost.peak_memory for cost in (before, now) if cost.peak_memory is not None]
    return Cost(before.seconds + now.seconds, max(peaks, default=None), before.attempts + now.attempts)


def _failure(death: Death) -> Failure:
    """What is said of a document whose process died for good."""
    where = f"on page {death.page}" if death.page else "outside of its pages"
    if not death.begun:
        return Failure.of(WorkerLost("The process that was to read the document did not start."))
    if death.cause is Cause.TIME:
        return Failure.of(TimedOut(f"The document was not read within its time; it was stopped {where}."))
    if death.cause is Cause.MEMORY:
        return Failure.of(OutOfMemory(f"The document needs more memory than it may use; the process died {where}."))
    return Failure.of(Crashed(f"The process that read the document died {where}."))
