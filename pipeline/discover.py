"""PATHs of the command line -> the files to read. Decides by name and kind of file only; opens nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ZiError
from normalize.jdih import SUFFIX as SIDECAR
from pipeline.errors import NoPdfInFolder, PathNotFound, Unreadable
from pipeline.remote import remote
from pipeline.storage import Source, as_text, is_remote, reason

SUFFIX = ".pdf"

Place = tuple[int, int]
"""Device and inode of a folder: the same folder reached twice has the same place."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a decree.

    Attributes:
        path: where to open it.
        source_path: the same as text that any table can hold (a name that is no UTF-8 is written with backslashes).
        sidecar: where the metadata lie that `zi fetch` kept beside it, None where there are none.
    """

    path: Source
    source_path: str
    sidecar: Source | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file or folder on the way that cannot be used, and why."""

    source_path: str
    error: ZiError


@dataclass(frozen=True, slots=True)
class Found:
    """Everything below the PATHs, sorted by source_path.

    Attributes:
        files: the candidates, each once.
        troubles: what could not be looked at.
        skipped: names that end in .pdf, but are pipes, sockets or devices.
    """

    files: tuple[Candidate, ...]
    troubles: tuple[Trouble, ...]
    skipped: tuple[str, ...]


def discover(paths: Iterable[Source]) -> Found:
    """All candidates: a file that is named is taken whatever its suffix, a folder gives every ``*.pdf`` below it.

    Raises:
        PathNotFound: one of the PATHs does not exist.
    """
    files: dict[str, Candidate] = {}
    troubles: dict[str, Trouble] = {}
    skipped: set[str] = set()
    for path in paths:
        if isinstance(path, str) and is_remote(path):
            _add_remote(path, files, troubles)
            continue
        path = Path(path)
        try:
            is_there = path.exists()
        except OSError as error:
            raise PathNotFound(f"{as_text(path)} cannot be reached: {reason(error)}.") from error
        if not is_there:
            raise PathNotFound(f"There is no {as_text(path)}.")
        before = len(files) + len(troubles)
        for found in _below(path) if path.is_dir() else [path]:
            name = as_text(found)
            try:
                mode = found.stat().st_mode
                if stat.S_ISREG(mode):
                    files[name] = Candidate(found, name, _beside(found, skipped))
                elif stat.S_ISDIR(mode):
                    troubles[name] = Trouble(name, Unreadable("The folder cannot be listed."))
                else:
                    skipped.add(name)
            except OSError as error:
                troubles[name] = Trouble(name, Unreadable(f"The file cannot be reached: {reason(error)}."))
        if len(files) + len(troubles) == before and path.is_dir() and not _holds_any(path, files):
            name = as_text(path)
            troubles[name] = Trouble(name, NoPdfInFolder(f"The folder {name} holds no PDF."))
    return Found(
        tuple(files[name] for name in sorted(files)),
        tuple(troubles[name] for name in sorted(troubles)),
        tuple(sorted(skipped)),
    )


def _beside(file: Path, skipped: set[str]) -> Path | None:
    """The metadata beside a file, if there are any; what has their name and is no regular file is left out, and named."""
    beside = file.with_name(file.name + SIDECAR)
    try:
        if beside.is_file():
            return beside
    except OSError:
        return None  # beside a file of the longest name that there can be, there are none
    if os.path.lexists(beside):
        skipped.add(as_text(beside))
    return None


def _add_remote(address: str, files: dict[str, Candidate], troubles: dict[str, Trouble]) -> None:
    """Adds the file at a remote address, or every ``*.pdf`` below it; addresses of files keep the form that was given."""
    place = remote(address)
    try:
        if place.is_file():
            beside = address + SIDECAR
            files[address] = Candidate(address, address, beside if remote(beside).is_file() else None)
            return
        names = {f"{address.rstrip('/')}/{name}" for name in place.files()}
        found = [name for name in names if name.lower().endswith(SUFFIX)]
        if not found and not place.exists():
            raise PathNotFound(f"There is no {address}.")
    except OSError as error:
        cure = "Check the address, the credentials and the network; then run the same command again."
        raise PathNotFound(f"{address} cannot be listed: {reason(error)}.", cure) from error
    for name in found:
        files[name] = Candidate(name, name, name + SIDECAR if name + SIDECAR in names else None)
    if not found:
        troubles[address] = Trouble(address, NoPdfInFolder(f"The folder {address} holds no PDF."))


def _holds_any(folder: Path, files: Iterable[str]) -> bool:
    """Whether files found through an earlier PATH lie in the folder."""
    return any(folder in Path(name).parents for name in files)


def _below(folder: Path) -> Iterator[Path]:
    """Every entry below the folder that is called ``*.pdf``, and every folder that cannot be listed.

    Links to folders are followed, but no folder is entered twice, so a loop of links ends.
    """
    entered: set[Place] = set()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            info = here.stat()
            if (info.st_dev, info.st_ino) in entered:
                continue
            entered.add((info.st_dev, info.st_ino))
            entries = sorted(here.iterdir(), key=os.fsencode)
        except OSError:
            yield here
            continue
        for entry in entries:
            try:
                is_folder = entry.is_dir()
            except OSError:  # a path that is too long for the system, for one
                yield entry
                continue
            if is_folder:
                waiting.append(entry)
            elif entry.name.lower().endswith(SUFFIX):
                yield entry
