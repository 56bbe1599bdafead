"""Where files lie: a folder of this machine, or any address that fsspec knows (``s3://bucket/folder``), behind one face."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from pipeline.errors import AddressNotUsable, Unreadable

Source = str | Path
"""A local path, or the address of a remote file or folder."""

SCHEME = "://"
ATOMIC_PUT = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory"}
"""Kinds of storage where a file that is put appears whole or not at all; elsewhere it is put beside and then moved."""

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


class Folder(Protocol):
    """A folder that holds files by name; names may have parts (``documents/ab/1.zi``)."""

    @property
    def address(self) -> str:
        """Where it is, for people."""

    def read(self, name: str) -> bytes | None:
        """The bytes of a file, None where there is none.

        Raises:
            OSError: it is there and cannot be read.
        """

    def write(self, name: str, data: bytes) -> None:
        """Replaces the file whole or not at all.

        Raises:
            OSError: the disk is full, or the folder cannot be written.
        """

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""

    def names(self, below: str) -> list[str]:
        """Names of all files below a part, sorted; none where it is not there."""

    def remove(self, name: str) -> None:
        """Removes a file if it is there."""


def is_remote(source: Source) -> bool:
    """Whether it is an address of another storage and not a path of this machine."""
    return isinstance(source, str) and SCHEME in source


def as_source(text: str) -> Source:
    """The path or address that a user wrote; ``file://`` is a path."""
    if text.startswith("file://"):
        return Path(text.removeprefix("file://"))
    return text if SCHEME in text else Path(text)


def as_text(source: Source) -> str:
    """The path or address as text that every table can hold: bytes that are no UTF-8 become backslash escapes.

    No two paths have one text: where a name is no UTF-8, or really holds what looks like such an escape, its backslashes are
    doubled.
    """
    data = os.fsencode(source)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return data.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    return text.replace("\\", "\\\\") if os.sep == "/" and "\\x" in text else text


def absolute(source: Source) -> Source:
    """The same place, told so that a process with another current folder finds it."""
    return source if is_remote(source) else Path(source).absolute()


def folder_at(source: Source) -> Folder:
    """The folder at a path or address; nothing is made or asked yet.

    Raises:
        AddressNotUsable: no library for this kind of address is installed.
    """
    if is_remote(source):
        address = str(source).rstrip("/")
        return RemoteFolder(address, remote(address))
    return LocalFolder(Path(source))


def hash_of(source: Source) -> str:
    """SHA-256 of the file's bytes, in hex.

    Raises:
        Unreadable: the storage does not hand over the bytes.
    """
    try:
        if is_remote(source):
            return remote(str(source)).hash()
        with Path(source).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(f"The file cannot be read: {reason(error)}.") from error


def beginning_of(source: Source, size: int) -> bytes:
    """The first bytes of the file, at most so many.

    Raises:
        Unreadable: the storage does not hand over the bytes.
    """
    try:
        if is_remote(source):
            return remote(str(source)).beginning(size)
        with Path(source).open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise Unreadable(f"The file cannot be read: {reason(error)}.") from error


@contextmanager
def local_copy(source: Source) -> Iterator[Path]:
    """A path under which the file can be opened: its own, or that of a copy that lasts as long as the context.

    Raises:
        Unreadable: the storage does not hand over the bytes.
    """
    if not is_remote(source):
        yield Path(source)
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "file.pdf"
        try:
            remote(str(source)).copy_to(copy)
        except OSError as error:
            raise Unreadable(f"The file cannot be read: {reason(error)}.") from error
        yield copy


def reason(error: OSError) -> str:
    """What the system says, on one line."""
    return " ".join((error.strerror or str(error) or type(error).__name__).split())


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """A folder of this machine."""

    path: Path

    @property
    def address(self) -> str:
        """The path as text."""
        return as_text(self.path)

    def read(self, name: str) -> bytes | None:
        """See `Folder.read`."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """See `Folder.write`."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)

    def exists(self, name: str) -> bool:
        """See `Folder.exists`."""
        return (self.path / name).is_file()

    def names(self, below: str) -> list[str]:
        """See `Folder.names`."""
        found = (self.path / below).rglob("*")
        return sorted(p.relative_to(self.path).as_posix() for p in found if p.is_file())

    def remove(self, name: str) -> None:
        """See `Folder.remove`."""
        (self.path / name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """A folder behind fsspec."""

    address: str
    place: Remote

    def read(self, name: str) -> bytes | None:
        """See `Folder.read`."""
        try:
            return self.place.read(f"/{name}")
        except FileNotFoundError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """See `Folder.write`."""
        if self.address.split(SCHEME)[0] in ATOMIC_PUT:
            self.place.write(f"/{name}", data)
            return
        self.place.make_folder(f"/{name}".rsplit("/", 1)[0])
        self.place.write(f"/{name}.tmp", data)
        self.place.move(f"/{name}.tmp", f"/{name}")

    def exists(self, name: str) -> bool:
        """See `Folder.exists`."""
        return self.place.is_file(f"/{name}")

    def names(self, below: str) -> list[str]:
        """See `Folder.names`."""
        return self.place.files(f"/{below}")

    def remove(self, name: str) -> None:
        """See `Folder.remove`."""
        with suppress(FileNotFoundError):
            self.place.remove(f"/{name}")


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


def write_atomically(path: Path, data: bytes) -> None:
    """Replaces the file by the data; a write that fails leaves the old file and nothing beside it.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    beside = temporary(path)
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def temporary(path: Path) -> Path:
    """A name beside the file, always the same one, so that what a killed run left behind is overwritten."""
    return path.with_name(f".{path.name}.tmp")


def sync_folder(folder: Path) -> None:
    """Makes the new names last through a power cut, where the system can do that for folders."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
