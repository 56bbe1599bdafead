"""Inside the child: a process that reads documents for the parent, within limits, and never outlives it.

It is set up before any PDF library is loaded. Whatever a document does, the parent can kill the whole process group: the child
leads one of its own, and what programs it starts are in it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path

from extract.watch import PageBudgetSpent
from pipeline.beacon import Beacon
from pipeline.errors import InternalError, OutOfMemory, TimedOut
from pipeline.limits import Limits
from pipeline.memory import memory_of, reset_peak
from pipeline.result import Cost, DocumentResult, Failure
from pipeline.shell import Task, failed
from pipeline.watch import watching

MOST_FILES = 256  # descriptors that a fresh process may have open, by far
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
"""Variables by which libraries are told how many threads to start, else one for each processor: 70 MB of addresses each."""

NOT_TO_BE_PICKLED = (pickle.PicklingError, TypeError, AttributeError, RecursionError)
"""What pickle raises on what it cannot take."""

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, slots=True)
class Order:
    """One document to read: what travels to the child.

    Attributes:
        task: the document.
        work: what is done with it.
        folder: private folder of this document, where its beacon is.
        limits: what it may take.
    """

    task: Task
    work: Callable[[Task], DocumentResult]
    folder: Path
    limits: Limits


def settle_in(limits: Limits, folder: Path) -> None:
    """Makes a fresh child ready: apart, limited, silent, and mortal.

    Args:
        limits: what its documents may take.
        folder: private folder of its slot, which it removes when the parent has died.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    if sys.platform != "win32":
        with suppress(OSError):
            os.setsid()
        _limit(limits)
    _silence()
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))  # one document, one processor: on a machine of 64 as on one of two
    quiet_libraries()
    _die_with_parent(folder)


def read(order: Order) -> bytes:
    """The pickled result of one document with what it cost."""
    with Beacon(order.folder) as beacon:
        _use_folder(order.folder)
        _allow_processor_time(order.limits)
        reset_peak()
        begun = time.monotonic()
        try:
            with watching(order.limits.page_budget, beacon):
                result = order.work(order.task)
        except PageBudgetSpent:  # the word to end a page came when it had ended by itself
            result = failed(order.task, Failure.of(TimedOut("A page took too long.")))
        except MemoryError:
            result = failed(order.task, Failure.of(OutOfMemory("There was not enough memory to read the document.")))
        cost = Cost(time.monotonic() - begun, memory_of().resident or None, 1)
        return _packed(replace(result, cost=cost), order)


def quiet_libraries() -> None:
    """Stops libraries from writing warnings to stderr; what matters to users is a value in ``failures``."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")


def _limit(limits: Limits) -> None:
    """Sets what the system holds the process to. Programs that it starts inherit it."""
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, limits.file_size)
    if limits.memory is not None:
        _lower(resource.RLIMIT_AS, limits.memory)


def _lower(which: int, value: int) -> None:
    """Lowers a limit for good; one that is lower already stays, and a system that does not know it goes without."""
    _, hard = resource.getrlimit(which)
    with suppress(OSError, ValueError):
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (least, least))


def _allow_processor_time(limits: Limits) -> None:
    """Lets this document have the processor as long as it may take at all: the last resort, if the parent were stopped."""
    if sys.platform == "win32":
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    allowed = int(time.process_time() + limits.most_seconds + limits.page_seconds) + 1
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (allowed if hard == resource.RLIM_INFINITY else min(allowed, hard), hard))


def _silence() -> None:
    """Reads nothing and prints nothing: what a library says on stdout is no data, and on stderr no message to the user."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)


def _die_with_parent(folder: Path) -> None:
    """Lets the process group end when the parent is gone, even by SIGKILL, and whatever this process does just then."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform != "win32":
        _post_guard(parent.sentinel, folder)
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="dies-with-parent", daemon=True).start()


def _post_guard(parent: int, folder: Path) -> None:
    """Forks a guard, a process that waits for the end of the parent or of this one and then ends the group.

    A thread could not do it: a library that hangs with the interpreter in its hands would stop it. Nor can the kernel's signal
    for it (PR_SET_PDEATHSIG): it would end this process and leave the programs that it has started.
    """
    if os.getpgrp() != os.getpid():
        return  # the group is not ours to end
    ours, its = os.pipe()
    if os.fork():
        os.close(ours)  # the other end stays open as long as this process lives
        return
    try:
        low, high = sorted((ours, parent))
        os.closerange(3, low)
        os.closerange(low + 1, high)
        os.closerange(high + 1, max(its, MOST_FILES) + 1)
        if parent in wait([ours, parent]):
            shutil.rmtree(folder, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)
    finally:
        os._exit(0)


def _use_folder(folder: Path) -> None:
    """Lets all temporary files, also those of programs that are started, go into the document's own folder."""
    tempfile.tempdir = str(folder)
    for name in ("TMPDIR", "TEMP", "TMP"):
        os.environ[name] = str(folder)


def _packed(result: DocumentResult, order: Order) -> bytes:
    """The pickled result; of one that cannot be sent, the failure that says so."""
    try:
        data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    except NOT_TO_BE_PICKLED as error:
        wrong = InternalError(f"The program failed: its result cannot be sent ({type(error).__name__}).")
        return pickle.dumps(failed(order.task, Failure.of(wrong)))
    except MemoryError:
        data = None
    if data is not None and len(data) <= order.limits.result_size:
        return data
    return pickle.dumps(failed(order.task, Failure.of(OutOfMemory("What was read of the document is too large to be kept."))))
