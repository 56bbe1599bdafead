"""Files behind an address, through fsspec: every fault of every client library is an OSError here."""

from __future__ import annotations

import functools
import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import AddressNotUsable

SCHEME = "://"

CLIENT_ERRORS = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
    ("fsspec.exceptions", "FSTimeoutError"),
)
"""What client libraries raise that is no OSError: module and class."""

BLOCK = 1 << 20  # bytes that are hashed at a time

EXTRAS = {"s3": "s3", "s3a": "s3"}
"""Extra of zi that brings what a scheme needs."""


class _System(Protocol):
    """The part of fsspec's ``AbstractFileSystem`` that is used here."""

    def open(self, path: str, mode: str) -> _Readable: ...

    def cat_file(self, path: str) -> bytes: ...

    def pipe_file(self, path: str, value: bytes) -> None: ...

    def get_file(self, rpath: str, lpath: str) -> None: ...

    def find(self, path: str) -> list[str]: ...

    def isfile(self, path: str) -> bool: ...

    def exists(self, path: str) -> bool: ...

    def makedirs(self, path: str, exist_ok: bool) -> None: ...

    def mv(self, path1: str, path2: str) -> None: ...

    def rm_file(self, path: str) -> None: ...

    def invalidate_cache(self) -> None: ...


class _Readable(Protocol):
    """An open file."""

    def __enter__(self) -> _Readable: ...

    def __exit__(self, *_: object) -> None: ...

    def read(self, size: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Remote:
    """A file or folder behind fsspec, whose every fault is an OSError.

    Attributes:
        system: its file system.
        path: where it is there, without a slash at the end.
    """

    system: _System
    path: str

    def read(self, name: str = "") -> bytes:
        """The bytes of the file, or of a file below it."""
        with _told():
            return bytes(self.system.cat_file(self.path + name))

    def write(self, name: str, data: bytes) -> None:
        """Replaces a file below it."""
        with _told():
            self.system.pipe_file(self.path + name, data)

    def move(self, name: str, to: str) -> None:
        """Renames a file below it."""
        with _told():
            self.system.mv(self.path + name, self.path + to)

    def make_folder(self, name: str) -> None:
        """Makes a folder below it, where there is such a thing."""
        with _told():
            self.system.makedirs(self.path + name, exist_ok=True)

    def remove(self, name: str) -> None:
        """Removes a file below it."""
        with _told():
            self.system.rm_file(self.path + name)

    def copy_to(self, file: Path) -> None:
        """Copies the file to this machine."""
        with _told():
            self.system.get_file(self.path, str(file))

    def hash(self) -> str:
        """SHA-256 of the file's bytes, in hex."""
        with _told(), self.system.open(self.path, "rb") as file:
            digest = hashlib.sha256()
            while block := file.read(BLOCK):
                digest.update(block)
            return digest.hexdigest()

    def beginning(self, size: int) -> bytes:
        """The first bytes of the file, at most so many."""
        with _told(), self.system.open(self.path, "rb") as file:
            return file.read(size)

    def is_file(self, name: str = "") -> bool:
        """Whether it, or what is below it, is a file."""
        with _told():
            return self.system.isfile(self.path + name)

    def exists(self) -> bool:
        """Whether it is there."""
        with _told():
            return self.system.exists(self.path)

    def files(self, name: str = "") -> list[str]:
        """All files below it, as paths from it, sorted; asked anew each time."""
        with _told():
            self.system.invalidate_cache()
            try:
                found = self.system.find(self.path + name)
            except FileNotFoundError:
                return []
            return sorted(str(path)[len(self.path) :].lstrip("/") for path in found)


@functools.lru_cache(maxsize=1024)
def remote(address: str) -> Remote:
    """The file or folder at an address; nothing is asked yet.

    Raises:
        AddressNotUsable: no library for this kind of address is installed.
    """
    import fsspec

    scheme = address.split(SCHEME)[0]
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        cure = f"Run: pip install 'zi[{EXTRAS[scheme]}]'" if scheme in EXTRAS else None
        raise AddressNotUsable(f"{address} cannot be used: {' '.join(str(error).split())}", cure) from error
    return Remote(system, str(path).rstrip("/"))


@contextmanager
def _told() -> Iterator[None]:
    """Turns the errors of the client libraries behind fsspec, as far as they are loaded, into what the system would say."""
    classes = tuple(getattr(sys.modules[module], name) for module, name in CLIENT_ERRORS if module in sys.modules)
    try:
        yield
    except classes as error:
        raise OSError(f"{type(error).__name__}: {error}") from error
