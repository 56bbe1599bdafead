"""Where a child is: a few numbers in a file that the child writes and the parent reads, also after the child has died."""

from __future__ import annotations

import mmap
import os
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

FORMAT = struct.Struct("<qqdqqdq")  # count, pid, begun, pages, page, since, count again
FILE = "beacon"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a child is. Times are of `time.monotonic`, which is one clock for all processes of a machine.

    Attributes:
        pid: process that reads the document; 0 before it has begun.
        begun: when it began.
        pages: pages of the document, 0 while that is not known.
        page: page in hand, 0 between pages and outside of them.
        since: when it was taken in hand.
    """

    pid: int = 0
    begun: float = 0.0
    pages: int = 0
    page: int = 0
    since: float = 0.0


class Beacon:
    """The child's end: every call is seen by the parent at once. A context that closes the file."""

    def __init__(self, folder: Path) -> None:
        """The beacon in a folder where the parent has put one."""
        with (folder / FILE).open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), FORMAT.size)
        self._count = 0
        self._begun, self._pages, self._page = time.monotonic(), 0, 0
        self._write()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._shared.close()

    def pages(self, count: int) -> None:
        """Says how many pages the document has."""
        self._pages = count
        self._write()

    def page(self, number: int) -> None:
        """Says which page is taken in hand now; 0 for none."""
        self._page = number
        self._write()

    def _write(self) -> None:
        self._count += 1
        FORMAT.pack_into(
            self._shared, 0, self._count, os.getpid(), self._begun, self._pages, self._page, time.monotonic(), self._count
        )


def set_up(folder: Path) -> None:
    """Puts a beacon without light into a folder."""
    (folder / FILE).write_bytes(bytes(FORMAT.size))


def place(folder: Path, before: Place) -> Place:
    """Where the child of this folder is; the place before where it is just being written, or the folder is gone."""
    try:
        data = (folder / FILE).read_bytes()
    except OSError:
        return before
    if len(data) != FORMAT.size:
        return before
    count, pid, begun, pages, page, since, again = FORMAT.unpack(data)
    return Place(pid, begun, pages, page, since) if count == again else before
