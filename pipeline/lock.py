"""One run at a time on one output: a lock that ends with the process that holds it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from pipeline.errors import OutputBusy, OutputNotWritable
from pipeline.storage import Folder, LocalFolder, reason

LOCK = ".zi/lock"
HOLDER = ".zi/lock.json"
RENEWED_EVERY = 20.0  # seconds between two signs of life of the holder of a remote lock
STALE_AFTER = 120.0  # seconds without a sign of life after which the holder of a remote lock is taken for dead
SETTLED_AFTER = 2.0  # seconds after which two runs that took a remote lock at once see each other
A_LOOK = 0.5  # seconds that a run waits for the lock: `is_locked` holds it for the blink of an eye


@contextmanager
def locked(out: Folder) -> Iterator[None]:
    """Keeps other runs off the output folder.

    On this machine the operating system holds the lock and lets go of it when the process dies, however it dies. Object storage
    has no such thing: there the holder leaves a note with signs of life, and a run that finds a living holder gives way.

    Raises:
        OutputBusy: another run holds it.
        OutputNotWritable: the lock cannot be written.
    """
    with _held_here(out) if isinstance(out, LocalFolder) else _held_there(out):
        yield


def is_locked(out: Folder) -> bool:
    """Whether a run is writing to the folder now."""
    if not isinstance(out, LocalFolder):
        return _is_alive(_note(out))
    lock = FileLock(out.path / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return _runs_here(_note(out))  # a folder that may only be read: the note has to do
    lock.release()
    return False


def _runs_here(note: dict[str, object] | None) -> bool:
    """Whether the process of the note is one of this machine that lives."""
    pid = 0 if note is None else note.get("pid")
    if note is None or note.get("host") != socket.gethostname() or not isinstance(pid, int) or pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def _held_here(out: LocalFolder) -> Iterator[None]:
    lock = FileLock(out.path / LOCK)
    try:
        (out.path / LOCK).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=A_LOOK)
    except Timeout as error:
        raise OutputBusy(f"Another run of zi is writing to {out.address}{_holder(out)}.") from error
    except OSError as error:
        raise OutputNotWritable(f"The output folder {out.address} cannot be written: {reason(error)}.") from error
    try:
        _write(out, _me())
        yield
    finally:
        with suppress(OSError):
            out.remove(HOLDER)
        lock.release()


@contextmanager
def _held_there(out: Folder) -> Iterator[None]:
    mine = _me()
    if _is_alive(_note(out)):
        raise OutputBusy(f"Another run of zi is writing to {out.address}{_holder(out)}.")
    _write(out, mine)
    time.sleep(SETTLED_AFTER)
    note = _note(out)
    if note is None or note.get("token") != mine["token"]:
        raise OutputBusy(f"Another run of zi is writing to {out.address}{_holder(out)}.")
    done = threading.Event()

    def live() -> None:
        while not done.wait(RENEWED_EVERY):
            with suppress(OutputNotWritable):  # the run itself will be told when it writes
                _write(out, {**mine, "alive": time.time()})

    thread = threading.Thread(target=live, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        with suppress(OSError):
            out.remove(HOLDER)


def _me() -> dict[str, object]:
    now = time.time()
    return {"host": socket.gethostname(), "pid": os.getpid(), "since": now, "alive": now, "token": secrets.token_hex(8)}


def _write(out: Folder, note: dict[str, object]) -> None:
    try:
        out.write(HOLDER, json.dumps(note).encode())
    except OSError as error:
        raise OutputNotWritable(f"The output folder {out.address} cannot be written: {reason(error)}.") from error


def _note(out: Folder) -> dict[str, object] | None:
    try:
        note = json.loads(out.read(HOLDER) or b"null")
    except (OSError, ValueError):
        return None
    return note if isinstance(note, dict) else None


def _is_alive(note: dict[str, object] | None) -> bool:
    return note is not None and time.time() - _seconds(note, "alive") < STALE_AFTER


def _seconds(note: dict[str, object], name: str) -> float:
    """A time of the note; the beginning of all times where it holds none."""
    value = note.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _holder(out: Folder) -> str:
    """Who holds the lock, as far as known, to end a sentence with."""
    note = _note(out)
    if note is None:
        return ""
    since = time.strftime("%Y-%m-%d %H:%M", time.localtime(_seconds(note, "since")))
    return f" (process {note.get('pid')} on {note.get('host')}, since {since})"
