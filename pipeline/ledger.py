"""The ledger: what became of every document, in one SQLite file that only the parent of a run writes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from pipeline.errors import NothingStored, OutputBusy, OutputNotWritable
from pipeline.storage import Folder, LocalFolder, reason

LEDGER = ".zi/ledger.sqlite"
FORMAT = 1  # of the tables below, kept in SQLite's user_version
PUBLISHED_EVERY = 60.0  # seconds between two copies of a ledger whose folder is remote
ANEW = "The next `zi ingest` makes it anew from what is kept beside it."
BUSY = 10.0  # seconds to wait for a reader (`zi status`) to let go

TABLES = """
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY, sha256 TEXT, source_path TEXT, read_by TEXT, made_by TEXT, has_reading INTEGER,
    status TEXT, code TEXT, poison INTEGER, pages INTEGER, plan_rows INTEGER, seconds REAL, peak_memory INTEGER,
    attempts INTEGER, digest TEXT, recorded REAL
) WITHOUT ROWID;
CREATE TABLE runs (run INTEGER PRIMARY KEY, started REAL, finished REAL, command TEXT, jobs INTEGER, to_do INTEGER);
CREATE TABLE inputs (
    run INTEGER, source_path TEXT, document_id TEXT, same_as TEXT, code TEXT, message TEXT, cure TEXT, sidecar BLOB,
    sha256 TEXT
);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of one document.

    Attributes:
        document_id, sha256, source_path: which document, and its name when it was read.
        read_by, made_by: fingerprints of what read its pages and made its rows; "" where it is to be read again anyway.
        has_reading: its reading is kept.
        status: ok | partial (pages failed) | failed.
        code: of the first failure, None where there is none.
        poison: it, or a page of it, crashed its reader, or ran out of time or memory.
        pages: page count, 0 where it failed.
        plan_rows: rows of its plan.
        seconds: wall-clock time of all attempts.
        peak_memory: bytes, None where not known.
        attempts: how often it was begun.
        digest: hash of what the tables take from its record.
        recorded: when, in seconds since the epoch.
    """

    document_id: str
    sha256: str
    source_path: str
    read_by: str
    made_by: str
    has_reading: bool
    status: str
    code: str | None
    poison: bool
    pages: int
    plan_rows: int
    seconds: float
    peak_memory: int | None
    attempts: int
    digest: str
    recorded: float


@dataclass(frozen=True, slots=True)
class Input:
    """A name that a run found.

    Attributes:
        source_path: the name.
        document_id: what its bytes are, None where they could not be read.
        same_as: the name that stands for these bytes, where it is another one.
        code, message, cure: why it could not be read, None where it could.
        sidecar: what the JDIH said of it, as fetched.
        sha256: hash of its bytes, None where they could not be read.
    """

    source_path: str
    document_id: str | None = None
    same_as: str | None = None
    code: str | None = None
    message: str | None = None
    cure: str | None = None
    sidecar: bytes | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of ``zi ingest``: when it began and ended (seconds since the epoch; None: not yet, or killed), and how.

    Attributes:
        number: from 1.
        started, finished: times.
        command: ingest | rebuild.
        jobs: documents at a time.
        to_do: documents that it had to read or rebuild.
    """

    number: int
    started: float
    finished: float | None
    command: str
    jobs: int
    to_do: int


_ENTRY = ", ".join(field.name for field in fields(Entry))
_INPUT = ", ".join(field.name for field in fields(Input))
_RUN = "run, started, finished, command, jobs, to_do"
LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class Ledger:
    """An open ledger."""

    def __init__(self, file: Path, remote: Folder | None = None, *, read_only: bool = False) -> None:
        """Opens the file; a missing one is made, and one that is broken is put aside and begun anew.

        Args:
            file: the SQLite file.
            remote: folder that copies of it go to.
            read_only: only look; the file must be there.

        Raises:
            OutputNotWritable: it cannot be made.
            OutputBusy: another program holds it.
            NothingStored: it is broken, and only to be looked at.
        """
        self._file, self._remote = file, remote
        self._published = time.monotonic()
        with _told(file):
            db = _connect(file, read_only=read_only)
            if db is None and read_only:
                raise NothingStored(f"The ledger {file} is broken, or of another version of zi.", ANEW)
            self._db = db or _anew(file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OutputNotWritable):  # a copy that could not be sent costs figures, and is no result
            self._publish()
        self._db.close()

    def entries(self) -> dict[str, Entry]:
        """Everything known, by document_id."""
        rows = self._db.execute(f"SELECT {_ENTRY} FROM documents")
        return {row[0]: _entry(row) for row in rows}

    def record(self, entry: Entry) -> None:
        """Writes what became of a document over what was known.

        Raises:
            OutputNotWritable: the disk is full.
        """
        marks = ", ".join("?" * len(fields(Entry)))
        with _told(self._file), self._db:
            self._db.execute(f"REPLACE INTO documents ({_ENTRY}) VALUES ({marks})", astuple(entry))
        if time.monotonic() - self._published > PUBLISHED_EVERY:
            self._publish()

    def forget(self, document_id: str) -> None:
        """Strikes a document out.

        Raises:
            OutputNotWritable: the disk is full.
        """
        with _told(self._file), self._db:
            self._db.execute("DELETE FROM documents WHERE document_id = ?", (document_id,))

    def begin(self, command: str, jobs: int, to_do: int, inputs: Iterable[Input]) -> int:
        """The number of a new run over the inputs."""
        marks = ", ".join("?" * (1 + len(fields(Input))))
        with _told(self._file), self._db:
            run = self._db.execute(
                "INSERT INTO runs (started, command, jobs, to_do) VALUES (?, ?, ?, ?)", (time.time(), command, jobs, to_do)
            ).lastrowid
            rows = [(run, *astuple(one)) for one in inputs]
            self._db.executemany(f"INSERT INTO inputs (run, {_INPUT}) VALUES ({marks})", rows)
        return int(run or 0)

    def finish(self, run: int) -> None:
        """Marks the run as ended, its tables written; the inputs of earlier runs are forgotten."""
        with _told(self._file), self._db:
            self._db.execute("UPDATE runs SET finished = ? WHERE run = ?", (time.time(), run))
            self._db.execute("DELETE FROM inputs WHERE run < ?", (run,))

    def last_run(self, *, finished: bool = False) -> Run | None:
        """The latest run, or the latest that ended with its tables written; None where there is none."""
        only = "WHERE finished IS NOT NULL" if finished else ""
        query = f"SELECT {_RUN} FROM runs {only} ORDER BY run DESC LIMIT 1"
        row = self._db.execute(query).fetchone()
        return None if row is None else Run(*row)

    def inputs(self, run: Run, *, with_sidecars: bool = True) -> list[Input]:
        """What the run found, in its order."""
        columns = _INPUT if with_sidecars else _INPUT.replace("sidecar", "NULL")
        rows = self._db.execute(f"SELECT {columns} FROM inputs WHERE run = ? ORDER BY rowid", (run.number,))
        return [Input(*row) for row in rows]

    def _publish(self) -> None:
        if self._remote is None:
            return
        with _told(self._file):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._remote.write(LEDGER, self._file.read_bytes())
        self._published = time.monotonic()


@contextmanager
def open_ledger(out: Folder) -> Iterator[Ledger]:
    """The ledger of an output folder; that of a remote one is worked on here and copied there now and then.

    Raises:
        OutputNotWritable: it cannot be made.
    """
    if isinstance(out, LocalFolder):
        file = out.path / LEDGER
        with _told(file):
            file.parent.mkdir(parents=True, exist_ok=True)
        with Ledger(file) as ledger:
            yield ledger
        return
    with _fetched(out) as file, Ledger(file, out) as ledger:
        yield ledger


@contextmanager
def look_into(out: Folder) -> Iterator[Ledger | None]:
    """The ledger, only to look; None where there is none."""
    if isinstance(out, LocalFolder):
        with _looked_into(out.path / LEDGER) as ledger:
            yield ledger
        return
    with _fetched(out) as file, _looked_into(file) as ledger:
        yield ledger


@contextmanager
def _looked_into(file: Path) -> Iterator[Ledger | None]:
    if not file.is_file():
        yield None
        return
    if os.access(file.parent, os.W_OK):
        with Ledger(file, read_only=True) as ledger:
            yield ledger
        return
    # SQLite must write beside a ledger that is in use, even to read it. Who may not do that looks at a copy.
    with TemporaryDirectory(prefix="zi-") as folder:
        for part in ("", "-wal"):
            with _told(file), suppress(FileNotFoundError):
                shutil.copyfile(file.with_name(file.name + part), Path(folder) / f"{file.name}{part}")
        with Ledger(Path(folder) / file.name, read_only=True) as ledger:
            yield ledger


@contextmanager
def _fetched(out: Folder) -> Iterator[Path]:
    """A path in a folder of its own, with the remote ledger in it if there is one."""
    with TemporaryDirectory(prefix="zi-") as folder:
        file = Path(folder) / "ledger.sqlite"
        with _told(file):
            data = out.read(LEDGER)
            if data is not None:
                file.write_bytes(data)
        yield file


def _connect(file: Path, *, read_only: bool) -> sqlite3.Connection | None:
    """An open ledger, None where there is none that can be used."""
    if not file.exists():
        return None
    if read_only:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY)
    else:
        db = sqlite3.connect(file, timeout=BUSY)
    try:
        if _is_sound(db):
            if not read_only:
                _settle(db)
            return db
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode in LOCKED:
            db.close()
            raise
    db.close()
    return None


def _is_sound(db: sqlite3.Connection) -> bool:
    """Whether it is a ledger of this version with all that belongs to one."""
    if db.execute("PRAGMA user_version").fetchone() != (FORMAT,) or db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        return False
    for columns, table in ((_ENTRY, "documents"), (_RUN, "runs"), (_INPUT, "inputs")):
        db.execute(f"SELECT {columns} FROM {table} LIMIT 1")
    return True


def _anew(file: Path) -> sqlite3.Connection:
    """A new ledger; a broken one, or one of another version, is kept beside it."""
    for part in ("", "-wal", "-shm"):
        old = file.with_name(file.name + part)
        if old.exists():
            old.replace(file.with_name(f"{file.name}.aside{part}"))
    db = sqlite3.connect(file, timeout=BUSY)
    _settle(db)
    with db:
        db.executescript(TABLES)
        db.execute(f"PRAGMA user_version = {FORMAT}")
    return db


def _settle(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost the last entries; their records are adopted anew


def _entry(row: Sequence[object]) -> Entry:
    made = dict(zip((field.name for field in fields(Entry)), row, strict=True))
    made |= {"has_reading": bool(made["has_reading"]), "poison": bool(made["poison"])}
    return Entry(**made)  # type: ignore[arg-type]


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Turns what the system or SQLite says about the file into our error."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) in LOCKED:
            raise OutputBusy(f"Another program holds the ledger {file}.", "Close what looks into it with SQLite.") from error
        raise OutputNotWritable(f"The ledger {file} cannot be written: {error}.") from error
    except OSError as error:
        raise OutputNotWritable(f"The ledger {file} cannot be written: {reason(error)}.") from error
