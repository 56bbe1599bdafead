"""``zi status``: what the ledger tells of the run that is going on, or of the last one."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from pipeline.errors import NothingStored
from pipeline.ledger import Entry, Input, Run, look_into
from pipeline.lock import is_locked
from pipeline.progress import count, printable
from pipeline.storage import Source, folder_at

SLOWEST = 5  # documents that are named
LEAST_DONE = 3  # documents after which a rate means something
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Slow:
    """One of the documents that took longest."""

    source_path: str
    seconds: float
    pages: int
    peak_memory: int | None


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A run and the documents that it found.

    Attributes:
        out: folder of the tables.
        command: ingest | rebuild.
        state: running | finished | stopped (killed, or ended by an error before the tables were written).
        started: seconds since the epoch.
        seconds: how long it took, or has been going on.
        documents: distinct documents that it found.
        to_do: those of them that it had to read or rebuild.
        done: those of them that are done.
        statuses: documents by status: ok, partial, failed, not-read.
        codes: documents by the code of their first failure.
        poison: documents that cost a process, wholly or in a page: not tried again until asked.
        unreadable: names whose bytes could not be read.
        pages: pages of the documents that were read.
        documents_per_minute: rate of this run, None where it is too early to tell.
        seconds_left: expected, None where it is not known.
        attempts: how often a document was begun, over all that were read.
        slowest: the documents that took longest.
    """

    out: str
    command: str
    state: str
    started: float
    seconds: float | None
    documents: int
    to_do: int
    done: int
    statuses: Mapping[str, int]
    codes: Mapping[str, int]
    poison: int
    unreadable: int
    pages: int
    documents_per_minute: float | None
    seconds_left: float | None
    attempts: int
    slowest: tuple[Slow, ...]

    def as_json(self) -> dict[str, object]:
        """Everything in plain types."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The report for people."""
        began = time.strftime("%Y-%m-%d %H:%M", time.localtime(self.started))
        took = "" if self.seconds is None else f" after {_span(self.seconds)}" if self.state == "finished" else ""
        yield f"zi {self.command} into {self.out}, begun {began}: {self.state}{took}"
        told = ", ".join(f"{number} {status}" for status, number in self.statuses.items())
        yield f"{count(self.documents, 'document')}{f' ({told})' if told else ''}, {count(self.pages, 'page')} read"
        yield f"This run: {self.done} of {self.to_do} done{self._pace()}"
        if self.state == "stopped":
            yield "It did not come to its end: the tables are those of the run before. The same command goes on from here."
        if self.unreadable:
            yield f"Could not be opened at all: {count(self.unreadable, 'name')}"
        if self.codes:
            yield "Failures by code, the first of each document:"
            for code, number in sorted(self.codes.items(), key=lambda item: (-item[1], item[0])):
                yield f"  {number:>6}  {code}"
        if self.poison:
            yield f"Crashed, or ran out of time or memory: {self.poison}; left alone until asked (zi ingest --retry)"
        if self.slowest:
            yield "Slowest:"
        for slow in self.slowest:
            memory = "" if slow.peak_memory is None else f", {slow.peak_memory // MIB} MiB"
            yield f"  {slow.seconds:>6.1f} s, {count(slow.pages, 'page')}{memory}  {printable(slow.source_path)}"

    def _pace(self) -> str:
        if self.documents_per_minute is None:
            return ""
        left = f", about {_span(self.seconds_left)} left" if self.seconds_left is not None else ""
        return f", {self.documents_per_minute:.1f} documents a minute{left}"


def status_of(out: Source) -> StatusReport:
    """What the ledger of an output folder tells.

    Raises:
        NothingStored: there is no ledger, or no run in it.
    """
    folder = folder_at(out)
    with look_into(folder) as ledger:
        run = None if ledger is None else ledger.last_run()
        if ledger is None or run is None:
            raise NothingStored(f"There is nothing of zi in {folder.address}.")
        inputs, entries = ledger.inputs(run, with_sidecars=False), ledger.entries()
    state = "finished" if run.finished is not None else "running" if is_locked(folder) else "stopped"
    return _report(folder.address, run, state, inputs, entries)


def _report(out: str, run: Run, state: str, inputs: Sequence[Input], entries: Mapping[str, Entry]) -> StatusReport:
    wanted = {one.document_id for one in inputs if one.document_id is not None}
    known = [entries[key] for key in wanted if key in entries]
    fresh = sorted((entry for entry in known if entry.recorded >= run.started), key=lambda entry: entry.recorded)
    done = min(len(fresh), run.to_do)
    end = run.finished if run.finished is not None else time.time() if state == "running" else None
    seconds = None if end is None else end - run.started
    rate = None if seconds is None or done < LEAST_DONE else done / max(seconds, 1e-3)
    left = None if rate is None or state != "running" else (run.to_do - done) / rate
    statuses = Counter(entry.status for entry in known)
    statuses["not-read"] = len(wanted) - len(known)
    slowest = sorted(known, key=lambda entry: (-entry.seconds, entry.source_path))[:SLOWEST]
    return StatusReport(
        out=out,
        command=run.command,
        state=state,
        started=run.started,
        seconds=seconds,
        documents=len(wanted),
        to_do=run.to_do,
        done=done,
        statuses={name: number for name, number in sorted(statuses.items()) if number},
        codes=dict(Counter(entry.code for entry in known if entry.code is not None)),
        poison=sum(entry.poison for entry in known),
        unreadable=sum(one.code is not None for one in inputs),
        pages=sum(entry.pages for entry in known),
        documents_per_minute=None if rate is None else rate * 60,
        seconds_left=left,
        attempts=sum(entry.attempts for entry in known),
        slowest=tuple(Slow(e.source_path, e.seconds, e.pages, e.peak_memory) for e in slowest if e.seconds),
    )


def _span(seconds: float) -> str:
    """A span of time in words: "40 s", "12 min", "3 h 5 min"."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
