"""Folders that are traps: loops, pipes, names that are no text, files that may not be read."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hostile.material import short

GOOD = "plain.pdf"
NEWLINE = "two\nlines\t\x1b[31m.pdf"
RAW = b"\xff\xfe not utf-8 \x80.pdf"
LONG = "x" * 251 + ".pdf"  # bytes: the longest name that usual file systems take
FORMULA = "=cmd|' C calc'!A0.pdf"
LOCKED = "locked.pdf"


@contextmanager
def trap(folder: Path) -> Iterator[Path]:
    """A folder with one of each; what could not be deleted afterwards is opened again at the end.

    The contents of all files differ, so that none is another name of the same.
    """
    archive = folder / "archive"
    archive.mkdir()
    for number, name in enumerate((GOOD, NEWLINE, os.fsdecode(RAW), LONG, FORMULA)):
        (archive / name).write_bytes(short() + b"%%%d\n" % number)
    (archive / "inner").mkdir()
    (archive / "inner" / "loop").symlink_to(archive, target_is_directory=True)
    (archive / "inner" / "self.pdf").symlink_to("self.pdf")
    (archive / "dangling.pdf").symlink_to("nowhere.pdf")
    (archive / "folder.pdf").mkdir()
    (archive / "folder.pdf" / "inside.pdf").write_bytes(short() + b"%inside\n")
    os.mkfifo(archive / "pipe.pdf")
    (archive / "device.pdf").symlink_to("/dev/zero")
    (archive / "memory.pdf").symlink_to("/proc/self/mem")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(archive)  # the address of a socket may not be long
        try:
            server.bind("socket.pdf")
        finally:
            os.chdir(here)
    (archive / LOCKED).write_bytes(short() + b"%locked\n")
    (archive / LOCKED).chmod(0)
    try:
        yield archive
    finally:
        (archive / LOCKED).chmod(0o600)
