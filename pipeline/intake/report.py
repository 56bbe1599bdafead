"""What a run of ``zi fetch`` came to: for people (stderr) and for programs (``--json``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from normalize.jdih_entry import Entry
from pipeline.errors import DownloadError
from pipeline.intake.selection import LeftOut
from pipeline.progress import count, printable
from pipeline.summary import NAMES_SHOWN

Outcome = Literal["downloaded", "replaced", "copied", "unchanged"]

TITLE_SHOWN = 150  # letters of a title in the report; --json has all

REASONS = {
    "aside": "Zona Integritas, but no plan: a team, an event, a report",
    "below-likeness": "titles less like a plan than asked for",
    "other": "nothing of Zona Integritas in the title",
    "not-a-decree": "no decree by its type",
    "no-title": "without a title",
}


@dataclass(frozen=True, slots=True)
class Got:
    """A PDF that is there, by its name below the folder.

    Attributes:
        name: of the file.
        outcome: downloaded; replaced (a changed one came); copied (another entry has the same address); unchanged.
        address: of the PDF.
        size: in bytes.
    """

    name: str
    outcome: Outcome
    address: str
    size: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A PDF that could not be had, and what to do; ``there`` where one of an earlier run is kept."""

    name: str | None
    id: str | None
    title: str | None
    address: str | None
    there: bool
    code: str
    message: str
    cure: str

    @classmethod
    def of(cls, entry: Entry, name: str | None, error: DownloadError, *, there: bool) -> Missed:
        """The row for an error."""
        return cls(name, entry.id, entry.title, entry.address, there, error.code, error.message, error.cure)


@dataclass(frozen=True, slots=True)
class FetchReport:
    """One run of ``zi fetch``.

    Attributes:
        feed: as given.
        to: folder of the PDFs.
        dry_run: nothing was downloaded.
        entries: of the feed.
        not_entries: elements of the feed that are no objects.
        repeated: entries that the feed lists more than once.
        next_page: where the feed goes on, which was not read.
        wanted: name and address of every PDF that is wanted.
        got: what is there.
        left_out: entries not taken, by reason.
        near_misses: entries not taken that have to do with Zona Integritas.
        gone: PDFs of earlier runs whose entry is not in the feed any more; they are kept.
        failures: what could not be had.
    """

    feed: str
    to: str
    dry_run: bool
    entries: int
    not_entries: int
    repeated: int
    next_page: str | None
    wanted: tuple[tuple[str, str], ...]
    got: tuple[Got, ...]
    left_out: Mapping[str, int]
    near_misses: tuple[LeftOut, ...]
    gone: tuple[str, ...]
    failures: tuple[Missed, ...]

    @property
    def exit_code(self) -> int:
        """0 when everything that is wanted is there, 1 when a PDF could not be had."""
        return 1 if self.failures else 0

    def as_json(self) -> dict[str, object]:
        """Everything in plain types."""
        return {**asdict(self), "wanted": [{"name": name, "address": address} for name, address in self.wanted]}

    def lines(self) -> Iterator[str]:
        """The report for people, line by line."""
        wanted = len(self.wanted) + sum(f.name is None for f in self.failures)
        yield f"{count(self.entries, 'entry', 'entries')} in the feed, {wanted} wanted"
        if self.dry_run:
            yield f"Would be downloaded to {printable(self.to)} (--dry-run: nothing was):"
            yield from (f"  {name}  {printable(address)}" for name, address in self.wanted)
        else:
            yield self._done()
        yield from _names("Replaced, the PDF has changed", [g.name for g in self.got if g.outcome == "replaced"])
        for reason, number in self.left_out.items():
            yield f"Left out: {number}, {REASONS[reason]}"
        yield from _names(
            "Not taken, but of Zona Integritas (--min-likeness N takes more)", [_near(n) for n in self.near_misses]
        )
        if self.repeated:
            yield f"Listed more than once, taken once: {self.repeated}"
        if self.not_entries:
            yield f"In the list, but no entries: {self.not_entries}"
        if self.next_page is not None:
            yield f"The feed has more pages, which were not read; the next is {printable(self.next_page)}"
        yield from _names("Not in the feed any more, kept", self.gone)
        yield from self._failed()

    def _done(self) -> str:
        times = Counter(got.outcome for got in self.got)
        told = [
            f"{times[outcome]} {outcome}" for outcome in ("downloaded", "replaced", "copied", "unchanged") if times[outcome]
        ]
        return f"{', '.join(told) or 'Nothing'} in {printable(self.to)}"

    def _failed(self) -> Iterator[str]:
        if self.failures:
            yield f"Failed: {count(len(self.failures), 'PDF')}"
        for code, cure in sorted({(f.code, f.cure) for f in self.failures}):
            alike = [f for f in self.failures if (f.code, f.cure) == (code, cure)]
            yield from _names(f"  {code}: {len(alike)}. {cure}", [_miss(f) for f in alike], "    ", counted=True)


def _near(left: LeftOut) -> str:
    title = left.title or ""
    return f"{left.likeness:.0f}  {title if len(title) <= TITLE_SHOWN else title[:TITLE_SHOWN] + '...'}"


def _miss(missed: Missed) -> str:
    kept = " (the file of an earlier run is kept)" if missed.there else ""
    return f"{missed.name or missed.title or missed.id}: {missed.message}{kept}"


def _names(head: str, names: list[str] | tuple[str, ...], indent: str = "  ", *, counted: bool = False) -> Iterator[str]:
    """A heading and what stands under it; nothing where nothing does."""
    if not names:
        return
    yield head if counted else f"{head}: {len(names)}"
    yield from (f"{indent}{printable(name)}" for name in names[:NAMES_SHOWN])
    if len(names) > NAMES_SHOWN:
        yield f"{indent}... and {len(names) - NAMES_SHOWN} more (--json lists all)"
