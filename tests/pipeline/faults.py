"""Work that goes wrong in every way that a PDF library can: at module level, so that a child can import it.

What goes wrong is the task's ``source_path``; ``at_page`` lets it happen while a page is in hand.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from extract.watch import PageBudgetSpent
from pipeline.result import DocumentResult
from pipeline.shell import Task
from pipeline.watch import current_watch
from tests.pipeline import stubs

LONG = 600.0  # seconds: for ever, to a test
BAD_PAGE = 2
NOTE = "ZI_TEST_NOTE"  # the environment names a file here in which a fault tells the test something


def at_once(task: Task) -> DocumentResult:
    """As `stubs.read`, after the fault that the name asks for."""
    fault(task)
    return stubs.read(task)


def at_page(task: Task) -> DocumentResult:
    """As `stubs.skip_a_page`: three pages are read, and the fault comes with the second, unless that is given up."""
    watch = current_watch()
    watch.pages(3)
    for page in (1, 2, 3):
        if page not in {failure.page for failure in task.given_up}:
            with watch.page(page):
                if page == BAD_PAGE:
                    fault(task)
    result = stubs.read(task)
    return DocumentResult(result.document_id, result.sha256, result.source_path, result.tables, task.given_up)


def fault(task: Task) -> None:
    """Does what the document's name says; nothing for any other name."""
    FAULTS.get(Path(task.source_path).stem.split("-")[0], lambda: None)()


def _hang() -> None:
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        time.sleep(0.05)


def _hang_deaf() -> None:
    """SIGTERM does nothing to it."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _hang()


def _hang_in_c() -> None:
    """In native code, with every signal blocked that can be."""
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
    ctypes.PyDLL(None).sleep(int(LONG))  # PyDLL holds the interpreter meanwhile: no thread of ours runs


def _swallow() -> None:
    """A loop in a library that swallows whatever comes up."""
    while True:
        try:
            sum(range(10_000))
        except BaseException as error:
            if isinstance(error, PageBudgetSpent):
                raise


def _eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(32 * 1024 * 1024))


def _eat_in_c() -> None:
    """As a C++ library: it aborts where there is no memory left."""
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    libc.malloc.argtypes = [ctypes.c_size_t]
    while libc.malloc(16 * 1024 * 1024):
        time.sleep(0.02)
    os.abort()


def _start_program() -> None:
    """A program that sleeps, and then a hang; the pids of both are told to the test."""
    program = subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({LONG})"])
    _note(f"{os.getpid()} {program.pid}")
    _hang()


def _litter() -> None:
    """Temporary files that nobody clears away, and then the end; where they are is told to the test."""
    folder = Path(tempfile.mkdtemp())
    (folder / "half.bin").write_bytes(b"x" * 1000)
    _note(str(folder))
    os._exit(3)


def _note(text: str) -> None:
    """Tells the test something, whole or not at all."""
    note = Path(os.environ[NOTE])
    note.with_suffix(".part").write_text(text, encoding="utf-8")
    note.with_suffix(".part").replace(note)


def _noise() -> None:
    print("noise from Python")
    os.write(1, b"noise from C\n")
    os.write(2, b"noise from C\n")


def _read_stdin() -> None:
    assert sys.stdin is None or sys.stdin.read() == ""
    assert os.read(0, 1) == b""


def _kill_parent() -> None:
    """What the system does when memory runs out: it ends a process that has nothing to do with it."""
    parent = multiprocessing.parent_process()
    assert parent is not None and parent.pid is not None
    os.kill(parent.pid, signal.SIGKILL)
    _hang()


FAULTS: dict[str, Callable[[], None]] = {
    "hang": _hang,
    "deaf": _hang_deaf,
    "native": _hang_in_c,
    "burn": _swallow,
    "exit": lambda: os._exit(42),
    "leave": lambda: os._exit(0),
    "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "eat": _eat,
    "glutton": _eat_in_c,
    "program": _start_program,
    "litter": _litter,
    "pid": lambda: _note(str(os.getpid())),
    "noise": _noise,
    "stdin": _read_stdin,
    "worker": _kill_parent,
}


def unpicklable(task: Task) -> DocumentResult:
    """A result that no pipe can carry."""
    return DocumentResult(task.document_id, task.sha256, task.source_path, {"documents": [{"x": lambda: None}]})


def huge(task: Task) -> DocumentResult:
    """A result of some megabytes."""
    return DocumentResult(task.document_id, task.sha256, task.source_path, {"documents": [{"x": "y" * 4_000_000}]})


def wrong(task: Task) -> DocumentResult:
    """A mistake of ours that the shell did not catch."""
    raise ValueError(task.source_path)
