"""What a run came to: figures for people (stderr) and for programs (``--json``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from pipeline.ledger import Input
from pipeline.progress import count, printable
from pipeline.tables import FailureRow, Totals

NAMES_SHOWN = 10  # names listed under one heading of the summary; --json and the tables hold all


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file with the same bytes as one that is in ``documents``."""

    source_path: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Effort:
    """What a run had to do; see `Summary`."""

    extracted: int = 0
    rebuilt: int = 0
    read_by_other: int = 0
    unchanged: int = 0
    unchanged_failed: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """One run of ``zi ingest``.

    Attributes:
        out: folder of the tables.
        documents: rows of ``documents``.
        kinds: how many of them are digital, scanned or mixed.
        plan_rows: rows of ``plan_rows``.
        extracted: documents read by this run, the failed ones among them.
        rebuilt: documents whose rows were made anew of what was read before.
        read_by_other: those of them that were read by another version of zi.
        unchanged: documents taken from an earlier run.
        unchanged_failed: those of them that failed then, and were not tried again.
        without_plan: decrees without a plan table, by name.
        documents_to_review: documents whose header needs a person, by name.
        rows_to_review: plan rows that need a person.
        matched: plan rows by match status.
        duplicates: files with the same bytes as another.
        links: documents that belong to another one, by relation (table ``links``).
        skipped: names that are no regular files.
        failures: what failed.
        overrides: decisions of people, by what became of them (table ``overrides``).
    """

    out: str
    documents: int
    kinds: Mapping[str, int]
    plan_rows: int
    extracted: int
    rebuilt: int
    read_by_other: int
    unchanged: int
    unchanged_failed: int
    without_plan: tuple[str, ...]
    documents_to_review: tuple[str, ...]
    rows_to_review: int
    matched: Mapping[str, int]
    duplicates: tuple[Duplicate, ...]
    links: Mapping[str, int]
    skipped: tuple[str, ...]
    failures: tuple[FailureRow, ...]
    overrides: Mapping[str, int]

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
        if self.links:
            told = ", ".join(f"{number} {relation}" for relation, number in self.links.items())
            yield f"Documents that belong to another one: {told} (table links)"
        if self.skipped:
            yield f"Not regular files, left out: {len(self.skipped)}"
            yield from _names(self.skipped)
        if self.matched:
            told = ", ".join(f"{number} {status}" for status, number in self.matched.items())
            yield f"Matched to the taxonomy: {told} (match_status)"
        if self.rows_to_review or self.documents_to_review:
            rows, headers = count(self.rows_to_review, "plan row"), count(len(self.documents_to_review), "document")
            yield f"To be reviewed by a person: {rows}, the header of {headers} (needs_review)"
        if self.overrides:
            told = ", ".join(f"{number} {status}" for status, number in self.overrides.items())
            hint = "; `zi review --list` shows the stale ones first" if self.overrides.get("stale") else ""
            yield f"Decisions of people: {told} (table overrides{hint})"
        yield from self._failed()

    def _kinds(self) -> str:
        return f" ({', '.join(f'{n} {kind}' for kind, n in sorted(self.kinds.items()))})" if self.kinds else ""

    def _effort(self) -> str:
        read = f"{self.extracted} read" if self.extracted else "Nothing read again"
        if self.rebuilt:
            read += f", {self.rebuilt} rebuilt from what was read before"
        if self.read_by_other:
            read += f" ({self.read_by_other} of them by another version of zi; `zi ingest` would read them again)"
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


def summary_of(out: str, totals: Totals, inputs: Sequence[Input], effort: Effort, skipped: tuple[str, ...] = ()) -> Summary:
    """The summary of a run whose tables were written.

    Args:
        out: folder of the tables.
        totals: what they hold.
        inputs: what the run found.
        effort: what it had to do.
        skipped: names that are no regular files.
    """
    documents, decree_of = totals.documents, totals.decree_ids
    with_plan = {decree_of[d.document_id] for d in documents if d.has_plan}  # in its own file, or in that of its lampiran
    return Summary(
        out=out,
        documents=len(documents),
        kinds=dict(sorted(Counter(document.kind for document in documents).items())),
        plan_rows=totals.plan_rows,
        **asdict(effort),
        without_plan=tuple(sorted(d.source_path for d in documents if decree_of[d.document_id] not in with_plan)),
        documents_to_review=tuple(sorted(d.source_path for d in documents if d.needs_review)),
        rows_to_review=totals.rows_to_review,
        matched=dict(sorted(totals.matched.items())),
        duplicates=tuple(Duplicate(one.source_path, one.same_as) for one in inputs if one.same_as is not None),
        links={name: number for name, number in sorted(totals.links.items()) if name != "same-bytes"},
        skipped=skipped,
        failures=tuple(totals.failures),
        overrides=dict(sorted(totals.overrides.items())),
    )


def _place(failure: FailureRow, *, with_message: bool) -> str:
    page = "" if failure.page is None else f", page {failure.page}"
    return f"{failure.source_path}{page}{f': {failure.message}' if with_message else ''}"


def _names(names: tuple[str, ...], indent: str = "  ") -> Iterator[str]:
    for name in names[:NAMES_SHOWN]:
        yield f"{indent}{printable(name)}"
    if len(names) > NAMES_SHOWN:
        yield f"{indent}... and {len(names) - NAMES_SHOWN} more"
