"""The watch over one document: tells which page is in hand, and ends a page whose budget of processor time is spent.

Processor time, because a page must not be lost on a busy machine that is read on an idle one: what is in the tables would then
depend on how many workers there were. Time on the wall is the parent's to watch (`pipeline/slot.py`).
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from types import FrameType
from typing import Protocol

from extract.watch import PageBudgetSpent, Unwatched, Watch

AGAIN = 1.0  # processor seconds after which a page is told once more that it is over, where a library swallowed the first word

_current: ContextVar[Watch] = ContextVar("watch")


class Told(Protocol):
    """Learns where the reading is."""

    def pages(self, count: int) -> None:
        """Learns how many pages the document has."""

    def page(self, number: int) -> None:
        """Learns which page is in hand now; 0 for none."""


def current_watch() -> Watch:
    """The watch over the document that this process reads now; one that nobody keeps outside of a run."""
    return _current.get(Unwatched())


@contextmanager
def watching(page_budget: float, told: Told | None = None) -> Iterator[None]:
    """A context in which one document is read under watch.

    Args:
        page_budget: processor seconds of a page. Where the system cannot measure them, or outside of the main thread, which
            alone gets signals, pages have no budget.
        told: is told where the reading is.
    """
    has_timer = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    watch = _PageWatch(page_budget if has_timer else None, told)
    token = _current.set(watch)
    before = signal.signal(signal.SIGPROF, watch.ring) if has_timer else None
    if has_timer:
        signal.siginterrupt(signal.SIGPROF, False)  # system calls of libraries go on after the signal
    try:
        yield
    finally:
        if has_timer:
            signal.setitimer(signal.ITIMER_PROF, 0.0)
            signal.signal(signal.SIGPROF, before)
        _current.reset(token)


class _PageWatch:
    """See `extract.watch.Watch`."""

    def __init__(self, budget: float | None, told: Told | None) -> None:
        self.budget = budget
        self.told = told
        self.left: dict[int, float] = {}
        self.in_hand = False

    def pages(self, count: int) -> None:
        """See `Watch.pages`."""
        if self.told is not None:
            self.told.pages(count)

    def page(self, number: int) -> AbstractContextManager[None]:
        """See `Watch.page`."""
        return _Turn(self, number)

    def ring(self, _signal: int, _frame: FrameType | None) -> None:
        """Ends the page in hand; a signal that comes late, when it has ended by itself, does nothing."""
        if self.in_hand:
            raise PageBudgetSpent


class _Turn:
    """The context in which a page is in hand: with a class of its own, leaving it is too short to be interrupted halfway."""

    def __init__(self, watch: _PageWatch, number: int) -> None:
        self._watch = watch
        self._number = number

    def __enter__(self) -> None:
        watch = self._watch
        left = 0.0 if watch.budget is None else watch.left.get(self._number, watch.budget)
        if watch.budget is not None and left <= 0:
            raise PageBudgetSpent  # before anybody is told: nobody would say that it is out of hand
        if watch.told is not None:
            watch.told.page(self._number)
        self._begun = time.process_time()
        if watch.budget is not None:
            watch.in_hand = True
            signal.setitimer(signal.ITIMER_PROF, left, AGAIN)

    def __exit__(self, *_: object) -> None:
        watch = self._watch
        watch.in_hand = False
        if watch.budget is not None:
            signal.setitimer(signal.ITIMER_PROF, 0.0)
            left = watch.left.get(self._number, watch.budget)
            watch.left[self._number] = left - (time.process_time() - self._begun)
        if watch.told is not None:
            watch.told.page(0)
