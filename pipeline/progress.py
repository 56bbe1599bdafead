"""Tells on stderr how a long run goes: a bar on a terminal, plain lines elsewhere, nothing when asked to be quiet."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Protocol, Self

from pipeline.result import DocumentResult


class Progress(Protocol):
    """What a run reports to; used as a context, from the first document to the last."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def start(self, total: int) -> None:
        """Announces how many documents there are to read."""

    def done(self, name: str, note: str) -> None:
        """Reports one document with a few words on what came of it."""


class Silent:
    """Reports nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def start(self, total: int) -> None:
        """Nothing."""

    def done(self, name: str, note: str) -> None:
        """Nothing."""


class Lines(Silent):
    """One line per document."""

    def __init__(self) -> None:
        """Lines that count from the first document."""
        self._total = 0
        self._count = 0

    def start(self, total: int) -> None:
        """Remembers the total for the lines."""
        self._total = total

    def done(self, name: str, note: str) -> None:
        """Writes the line of a document."""
        self._count += 1
        tell(f"[{self._count:>{len(str(self._total))}}/{self._total}] {printable(name)}: {note}")


class Bar(Silent):
    """A bar with the time left; documents that fail are printed above it."""

    def __init__(self) -> None:
        """A bar that is drawn from `start` on."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[name]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def start(self, total: int) -> None:
        """Draws the bar."""
        if total:
            self._bar.start()
            self._task = self._bar.add_task("", total=total, name="")

    def done(self, name: str, note: str) -> None:
        """Moves the bar on."""
        self._bar.update(self._task, advance=1, name=f"{printable(name)}: {note}")


def progress_for(*, quiet: bool) -> Progress:
    """The progress that fits where stderr leads."""
    if quiet:
        return Silent()
    return Bar() if sys.stderr.isatty() else Lines()


def tell(line: str) -> None:
    """Writes a line to stderr; where nobody reads it any more, or its disk is full, the run goes on without a word."""
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def note(result: DocumentResult) -> str:
    """A few words on what came of a document."""
    if result.failed:
        return ", ".join(sorted({f.code for f in result.failures}))
    rows = count(len(result.tables.get("plan_rows", ())), "plan row")
    return rows + (f", {count(len(result.failures), 'page')} failed" if result.failures else "")


def count(number: int, one: str, many: str | None = None) -> str:
    """The number with its noun: "1 document", "2 documents"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def printable(text: str) -> str:
    """The text on one line of a terminal: control characters and line breaks are written as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
