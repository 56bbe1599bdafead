"""The parent's end of one child: hands it documents, watches over it, and kills it with all that it has started.

Each child has a Pebble pool to itself. In a pool of several, all share one pipe for their results: a child that is killed while
it writes there would take the others with it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from pipeline.beacon import Place, place, set_up
from pipeline.child import Order, read, settle_in
from pipeline.errors import NoTemporaryFolder
from pipeline.limits import Limits
from pipeline.memory import Memory, memory_of
from pipeline.result import DocumentResult
from pipeline.shell import Task

MOST_DOCUMENTS = 500  # that one child reads: what its libraries leak ends with it, and a fresh one costs a second or two
LEFT_BEHIND = 0.6  # share of the address space that a child may hold after a document; more would be missed by the next one
NEAR_LIMIT = 0.75  # of the address space: a death above it is one for want of memory
UNHEARD = 2.0  # seconds: so long after a child has gone without a word its last words may still be on their way
JOIN_SECONDS = 5.0  # for a pool to fold up; it ends its child within 3


class Cause(StrEnum):
    """Why a child died."""

    CRASH = "crash"
    MEMORY = "memory"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Death:
    """The end of a child that had a document in hand.

    Attributes:
        cause: why.
        begun: the document had been begun.
        page: page in hand, 0 for none.
        fresh: it was the child's first document: no other can be to blame.
        seconds: how long the document was in its hand.
        peak_memory: highest resident memory that was seen, 0 where it is not known.
    """

    cause: Cause
    begun: bool
    page: int
    fresh: bool
    seconds: float
    peak_memory: int


class Slot:
    """A place for one child, and the document in its hand. A child that has died is replaced with the next document."""

    def __init__(self, limits: Limits) -> None:
        """An empty slot; no process is started yet.

        Args:
            limits: what each document may take.
        """
        self._limits = limits
        self._pool: ProcessPool | None = None
        self._home: Path | None = None
        self._folder: Path | None = None
        self._documents = 0
        self._place = Place()
        self._memory = Memory()
        self._gone_since = 0.0
        self._folding: list[threading.Thread] = []
        self.future: Future[bytes] = Future()

    @property
    def is_fresh(self) -> bool:
        """The child has read no document before the one in hand."""
        return self._documents == 1

    def begin(self, task: Task, work: Callable[[Task], DocumentResult]) -> None:
        """Hands a document to the child."""
        if self._pool is None or self._documents >= MOST_DOCUMENTS or self._holds_too_much():
            self._start()
        try:
            self._hand_over(task, work)
        except RuntimeError:  # the child has died since its last document, and Pebble has closed the pool
            self._start()
            self._hand_over(task, work)

    def _hand_over(self, task: Task, work: Callable[[Task], DocumentResult]) -> None:
        assert self._home is not None and self._pool is not None
        self._folder = self._home / str(self._documents)
        try:
            self._folder.mkdir(exist_ok=True)
            set_up(self._folder)
        except OSError as error:
            raise NoTemporaryFolder(f"The folder for temporary files cannot be written: {error.strerror}.") from error
        self._place, self._memory, self._gone_since = Place(), Memory(), 0.0
        self._began = time.monotonic()
        self.future = self._pool.schedule(read, args=(Order(task, work, self._folder, self._limits),))
        self._documents += 1

    def outcome(self) -> DocumentResult | Death | None:
        """What became of the document in hand; None while it is being read.

        Raises:
            BaseException: what ``work`` raised, in the child.
        """
        if not self.future.done():
            self._look()
            if self._is_gone():
                is_over = time.monotonic() - self._gone_since > UNHEARD
                return self._death(Cause.CRASH) if is_over else None
            return self._death(Cause.TIME) if self._is_overdue() else None
        try:
            result: DocumentResult = pickle.loads(self.future.result())
        except ProcessExpired as error:
            self._look()
            return self._death(self._cause(error.exitcode))
        except BrokenProcessPool:
            self._look()
            return self._death(Cause.CRASH)
        self._look()
        self._clear()
        return result

    def end(self) -> None:
        """Kills the child and all it has started; the slot can be used again."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        pool.stop()  # type: ignore[no-untyped-call]
        self._look()
        self._kill()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
        # Folding up may wait for a pipe that the dead child left half written: nobody waits for that here.
        thread = threading.Thread(target=_fold_up, args=(pool, self._home), name="folds-up-pool", daemon=True)
        thread.start()
        self._folding = [*(t for t in self._folding if t.is_alive()), thread]
        self._documents, self._place, self._memory, self._folder = 0, Place(), Memory(), None

    def join(self) -> None:
        """Waits until the children that were ended are gone."""
        for thread in self._folding:
            thread.join(JOIN_SECONDS)

    def _start(self) -> None:
        self.end()
        try:
            self._home = Path(tempfile.mkdtemp(prefix="zi-"))
        except OSError as error:
            raise NoTemporaryFolder(f"No folder for temporary files can be made: {error.strerror}.") from error
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        self._pool = ProcessPool(1, 0, settle_in, (self._limits, self._home), context)

    def _look(self) -> None:
        """Learns where the child is and what memory it has."""
        if self._folder is not None:
            self._place = place(self._folder, self._place)
        if self._place.pid:
            self._memory = self._memory.and_later(memory_of(self._place.pid))

    def _is_overdue(self) -> bool:
        now, at = time.monotonic(), self._place
        if not at.pid:
            return now - self._began > self._limits.start_seconds
        if at.page and now - at.since > self._limits.page_seconds:
            return True
        return now - at.begun > self._limits.document_seconds(at.pages)

    def _is_gone(self) -> bool:
        """The child has ended without a word: Pebble takes no notice of a process that ends as if all were well."""
        if not self._place.pid or sys.platform == "win32" or _is_alive(self._place.pid):
            return False
        self._gone_since = self._gone_since or time.monotonic()
        return True

    def _cause(self, exit_code: int | None) -> Cause:
        """Why the child died by itself; SIGKILL that we did not send comes from the system when memory runs out."""
        near = self._limits.memory is not None and self._memory.address_space >= NEAR_LIMIT * self._limits.memory
        if sys.platform != "win32":
            if exit_code == -signal.SIGXCPU:
                return Cause.TIME
            near = near or exit_code == -signal.SIGKILL
        return Cause.MEMORY if near else Cause.CRASH

    def _death(self, cause: Cause) -> Death:
        at = self._place
        seconds = time.monotonic() - (at.begun or self._began)
        death = Death(cause, at.pid != 0, at.page, self._documents == 1, seconds, self._memory.resident)
        self.end()
        return death

    def _holds_too_much(self) -> bool:
        return self._limits.memory is not None and self._memory.address_space > LEFT_BEHIND * self._limits.memory

    def _clear(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = None
        self._memory = memory_of(self._place.pid)

    def _kill(self) -> None:
        if self._place.pid and sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._place.pid, signal.SIGKILL)


def _fold_up(pool: ProcessPool, home: Path | None) -> None:
    pool.join()
    if home is not None:  # what the child wrote while it was being killed
        shutil.rmtree(home, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
