"""The output of a run, open: nobody else writes to it, what is kept of documents is at hand, and the ledger is told."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from normalize.overrides import Overrides
from pipeline.errors import Changed, Crashed, InternalError, OutOfMemory, TimedOut, Unreadable, WorkerLost
from pipeline.ledger import Entry, Input, Ledger, open_ledger
from pipeline.lock import locked
from pipeline.overrides import load_overrides
from pipeline.parquet import prepare_folder
from pipeline.record import Record, record_of
from pipeline.result import Cost, DocumentResult
from pipeline.shell import Task
from pipeline.storage import Source, folder_at, is_remote
from pipeline.store import Store, reading_fingerprint, rows_fingerprint
from pipeline.tables import RecordLost, Totals, write

PASSING = {Unreadable.code, Changed.code, WorkerLost.code}
"""Failures that are not the document's: it is tried again at each run."""

POISON = {code for error in (Crashed, OutOfMemory, TimedOut) for code in (error.code, f"page-{error.code}")} | {
    InternalError.code
}
"""Failures that cost a process, or were our own: left alone until asked, as they may come again."""


@dataclass(slots=True)
class Output:
    """An output folder in use.

    Attributes:
        store: readings and records.
        ledger: what became of each document.
        reads, makes: today's fingerprints of what reads pages and what makes rows.
        overrides: what people decided, as the file says it when the output is opened.
        entries: what the ledger says, kept up to date.
    """

    source: Source
    store: Store
    ledger: Ledger
    reads: str
    makes: str
    overrides: Overrides = field(default_factory=Overrides)
    entries: dict[str, Entry] = field(default_factory=dict)

    def as_decided(self, task: Task) -> Task:
        """The task with what people decided of its document."""
        return replace(task, decisions=self.overrides.of(task.document_id))

    def makes_of(self, document_id: str) -> str:
        """Today's fingerprint of what makes the rows of a document: the program, and what people decided of it."""
        mark = self.overrides.mark_of(document_id)
        return hashlib.sha256(f"{self.makes}\0{mark}".encode()).hexdigest() if mark else self.makes

    def is_read(self, document_id: str, *, retry: bool = False) -> bool:
        """Whether the document need not be read again.

        Args:
            document_id: of the document.
            retry: what cost a process is to be tried again.
        """
        entry = self.entries.get(document_id)
        if entry is None or entry.read_by != self.reads or (retry and entry.poison):
            return False
        # Where the program itself failed, it may have been in the making of rows, and that may have been mended.
        return entry.code != InternalError.code or entry.has_reading or entry.made_by == self.makes_of(document_id)

    def is_made(self, document_id: str) -> bool:
        """Whether the rows of a document that was read are those that would be made of its reading now."""
        entry = self.entries[document_id]
        return not entry.has_reading or entry.made_by == self.makes_of(document_id)

    def adopt(self, documents: Mapping[str, str]) -> None:
        """Brings the ledger in line with what really lies in the store for these documents.

        The store is right where they differ: a record is written before its line in the ledger, and a run that is killed, or a
        power cut, leaves records that the ledger does not know yet. A record that is gone or broken is as good as none, and its
        document is read again. In remote storage records that the ledger knows are only listed: to fetch each would cost as
        much as writing the tables, which tells if one is broken.

        Args:
            documents: hash of the bytes of each document_id. The id is only the beginning of it: what is kept under the same id
                with another hash is that of another document.
        """
        kept = self.store.kept()
        for document_id, sha256 in documents.items():
            entry = self.entries.get(document_id)
            if entry is not None and entry.sha256 != sha256:
                entry = None
                self.entries.pop(document_id)
            if document_id in kept and (entry is None or self.store.is_near):
                record = self.store.record(document_id)
                if record is None or record.sha256 != sha256:
                    kept.discard(document_id)
                elif entry is None or record.digest() != entry.digest:
                    self._enter(record, document_id, Cost(attempts=0))
            if document_id not in kept:
                self.entries.pop(document_id, None)

    def distrust(self, document_id: str) -> None:
        """Has a document read again at the next run that has its PDF; its rows, which are whole, stay until then.

        Raises:
            OutputNotWritable: the disk is full or the folder cannot be written.
        """
        record = self.store.record(document_id)
        if record is None:
            self.forget(document_id)
            return
        entry = self.entries[document_id]
        record = msgspec.structs.replace(record, read_by="")
        self.store.keep(record, None)
        self._enter(record, entry.source_path, Cost(entry.seconds, entry.peak_memory, entry.attempts))

    def forget(self, document_id: str) -> None:
        """Takes a document for unread: what was kept of it is gone or broken.

        Raises:
            OutputNotWritable: the ledger or the record cannot be changed.
        """
        self.store.remove(document_id)
        self.ledger.forget(document_id)
        self.entries.pop(document_id, None)

    def keep(self, result: DocumentResult, *, renewed: bool = False) -> None:
        """Keeps what came of a document.

        Args:
            result: as a worker gives it.
            renewed: its rows were made anew of the reading that is kept.

        Raises:
            OutputNotWritable: the disk is full or the folder cannot be written.
        """
        read_by = self.entries[result.document_id].read_by if renewed else self.reads
        if any(failure.code in PASSING for failure in result.failures):
            read_by = ""
        made_by = self.makes_of(result.document_id)
        record = record_of(result, read_by, made_by, has_reading=renewed or result.reading is not None)
        self.store.keep(record, None if renewed else result.reading)
        cost = result.cost
        if renewed:
            before = self.entries[result.document_id]
            cost = Cost(before.seconds, before.peak_memory, before.attempts)
        self._enter(record, result.source_path, cost)

    def write(self, inputs: Sequence[Input], *, anew: bool = False) -> Totals:
        """What the tables of the inputs hold, after they were written; see `pipeline.tables.write`."""
        try:
            return write(folder_at(self.source), self.store, inputs, self.entries, self.overrides, anew=anew)
        except RecordLost as lost:
            self.forget(lost.document_id)
            raise

    def _enter(self, record: Record, source_path: str, cost: Cost) -> None:
        codes = [failure.code for failure in record.failures]
        entry = Entry(
            document_id=record.document_id,
            sha256=record.sha256,
            source_path=source_path,
            read_by=record.read_by,
            made_by=record.made_by,
            has_reading=record.has_reading,
            status="failed" if record.failed else "partial" if codes else "ok",
            code=codes[0] if codes else None,
            poison=any(code in POISON for code in codes),
            pages=record.page_count,
            plan_rows=record.rows("plan_rows"),
            seconds=cost.seconds,
            peak_memory=cost.peak_memory,
            attempts=cost.attempts,
            digest=record.digest(),
            recorded=time.time(),
        )
        self.ledger.record(entry)
        self.entries[entry.document_id] = entry


@contextmanager
def opened(source: Source, reader: str) -> Iterator[Output]:
    """The output folder, ours alone until the end.

    Args:
        source: path or address; made where it is not there.
        reader: PDF library of the run.

    Raises:
        OutputNotWritable: it cannot be made or written to.
        OutputBusy: another run is writing to it.
    """
    out = folder_at(source)
    if not is_remote(source):
        prepare_folder(Path(source))
    with locked(out), open_ledger(out) as ledger:
        marks = reading_fingerprint(reader), rows_fingerprint()
        yield Output(source, Store(out), ledger, *marks, load_overrides(out), ledger.entries())
