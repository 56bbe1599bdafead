"""Where files lie: a folder of this machine, or any address that fsspec knows (``s3://bucket/folder``), behind one face."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from pipeline.errors import Unreadable
from pipeline.remote import SCHEME, Remote, remote

Source = str | Path
"""A local path, or the address of a remote file or folder."""

ATOMIC_PUT = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "memory"}
"""Kinds of storage where a file that is put appears whole or not at all; elsewhere it is put beside and then moved."""


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
