"""What a run came to: figures for people (stderr) and for programs (``--json``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from pipeline.progress import printable

NAMES_SHOWN = 10  # names listed under one heading of the summary; --json and the tables hold all


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A row of ``failures``."""

    source_path: str
    document_id: str | None
    page: int | None
    code: str
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file with the same bytes as one that is in ``documents``."""

    source_path: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One run of ``zi ingest``.

    Attributes:
        out: folder of the tables.
        documents: rows of ``documents``.
        kinds: how many of them are digital, scanned or mixed.
        plan_rows: rows of ``plan_rows``.
        extracted: documents read by this run, the failed ones among them.
        unchanged: documents taken from an earlier run.
        unchanged_failed: those of them that failed then, and were not tried again.
        without_plan: decrees without a plan table, by name.
        documents_to_review: documents whose header needs a person, by name.
        rows_to_review: plan rows that need a person.
        matched: plan rows by match status.
        duplicates: files with the same bytes as another.
        skipped: names that are no regular files.
        failures: what failed.
    """

    out: str
    documents: int
    kinds: Mapping[str, int]
    plan_rows: int
    extracted: int
    unchanged: int
    unchanged_failed: int
    without_plan: tuple[str, ...]
    documents_to_review: tuple[str, ...]
    rows_to_review: int
    matched: Mapping[str, int]
    duplicates: tuple[Duplicate, ...]
    skipped: tuple[str, ...]
    failures: tuple[FailureRow, ...]

    @property
    def exit_code(self) -> int:
        """0 when everything was extracted, 1 when a document or a page was not."""
        return 1 if self.failures else 0

    def as_json(self) -> dict[str, object]:
        """Everything in plain types."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The summary for people, line by line."""
        yield f"{count(self.documents, 'document')}{self._kinds()}, {count(self.plan_rows, 'plan row')} in {self.out}"
        yield self._effort()
        if self.without_plan:
            yield f"No plan table in {count(len(self.without_plan), 'document')} (header and legal bases are written):"
            yield from _names(self.without_plan)
        if self.duplicates:
            yield f"Same bytes as another file, counted once: {len(self.duplicates)}"
            yield from _names(tuple(f"{d.source_path}  (same as {d.same_as})" for d in self.duplicates))
        if self.skipped:
            yield f"Not regular files, left out: {len(self.skipped)}"
            yield from _names(self.skipped)
        if self.matched:
            told = ", ".join(f"{number} {status}" for status, number in self.matched.items())
            yield f"Matched to the taxonomy: {told} (match_status)"
        if self.rows_to_review or self.documents_to_review:
            rows, headers = count(self.rows_to_review, "plan row"), count(len(self.documents_to_review), "document")
            yield f"To be reviewed by a person: {rows}, the header of {headers} (needs_review)"
        yield from self._failed()

    def _kinds(self) -> str:
        return f" ({', '.join(f'{n} {kind}' for kind, n in sorted(self.kinds.items()))})" if self.kinds else ""

    def _effort(self) -> str:
        read = f"{self.extracted} read" if self.extracted else "Nothing read again"
        before = f" ({self.unchanged_failed} of them failed before)" if self.unchanged_failed else ""
        return f"{read}, {self.unchanged} unchanged{before}"

    def _failed(self) -> Iterator[str]:
        if self.failures:
            yield f"Failed: {count(len(self.failures), 'document or page', 'documents or pages')} (table failures)"
        kinds = sorted({(f.code, f.cure) for f in self.failures})
        for code, cure in kinds:
            alike = tuple(f for f in self.failures if (f.code, f.cure) == (code, cure))
            messages = {f.message for f in alike}
            shared = f" {messages.pop()}" if len(messages) == 1 else ""
            yield f"  {code}: {len(alike)}.{shared} {cure}"
            yield from _names(tuple(_place(f, with_message=not shared) for f in alike), "    ")


def count(number: int, one: str, many: str | None = None) -> str:
    """The number with its noun: "1 document", "2 documents"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _place(failure: FailureRow, *, with_message: bool) -> str:
    page = "" if failure.page is None else f", page {failure.page}"
    return f"{failure.source_path}{page}{f': {failure.message}' if with_message else ''}"


def _names(names: tuple[str, ...], indent: str = "  ") -> Iterator[str]:
    for name in names[:NAMES_SHOWN]:
        yield f"{indent}{printable(name)}"
    if len(names) > NAMES_SHOWN:
        yield f"{indent}... and {len(names) - NAMES_SHOWN} more"
