"""``zi ingest``: from PATHs to tables. The run as a story; each step is a function of a module beside this one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from normalize.schema import TABLES
from pipeline.discover import Candidate, Found, Trouble, discover
from pipeline.errors import NothingToDo, Unreadable
from pipeline.matching import indicator_rows
from pipeline.parquet import prepare_folder, write_tables
from pipeline.process import DEFAULT_READER, ID_DIGITS, hash_file
from pipeline.progress import Progress, Silent
from pipeline.result import DocumentResult, Row
from pipeline.rows import as_table
from pipeline.runner import Runner, Work, run_pool
from pipeline.shell import Task, work
from pipeline.store import Store, fingerprint, readings_folder
from pipeline.summary import Duplicate, FailureRow, Summary, count
from taxonomy.load import load_taxonomy


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done.

    Attributes:
        out: folder of the tables.
        jobs: processes at a time.
        reader: PDF library that reads the pages.
    """

    out: Path
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    reader: str = DEFAULT_READER


@dataclass(frozen=True, slots=True)
class _Known:
    """A candidate whose bytes are known."""

    candidate: Candidate
    sha256: str


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    progress: Progress | None = None,
    *,
    run: Runner = run_pool,
    work: Work = work,
) -> Summary:
    """What the run came to, after the tables of exactly the documents below the PATHs were written.

    Args:
        paths: files and folders.
        settings: output, processes, reader.
        progress: told about each document.
        run: how documents are run; `run_here` keeps them in this process.
        work: what is done with each document.

    Raises:
        ZiError: a PATH does not exist, there is no PDF, or the output cannot be written; the old tables are whole.
    """
    found = discover(paths)
    if not found.files and not any(isinstance(t.error, Unreadable) for t in found.troubles):
        raise NothingToDo(f"No PDF in {', '.join(str(path) for path in paths)}.")
    prepare_folder(settings.out)
    store = Store(settings.out, fingerprint(settings.reader))
    documents, duplicates, unreadable = _identify(found.files)
    kept = [_load(store, known) for known in documents]
    results = {result.document_id: result for result in kept if result is not None}
    unchanged = Counter("failed" if result.failed else "fine" for result in results.values())
    tasks = [
        Task(known.candidate.path, known.candidate.source_path, known.sha256, settings.reader, readings_folder(settings.out))
        for known, result in zip(documents, kept, strict=True)
        if result is None
    ]
    with progress or Silent() as bar:
        bar.start(len(tasks))
        with closing(run(tasks, settings.jobs, work)) as fresh:
            for result in fresh:
                stored = store.keep(result)
                results[stored.document_id] = stored
                bar.done(stored.source_path, _note(stored))
    failures = _failures(results.values(), (*found.troubles, *unreadable))
    tables = _tables(results, failures)
    write_tables(settings.out, tables, load_taxonomy().version)
    return _summary(settings, found, tables, failures, len(tasks), unchanged, duplicates)


def _identify(files: Iterable[Candidate]) -> tuple[list[_Known], tuple[Duplicate, ...], tuple[Trouble, ...]]:
    """The distinct files by content (the first name in sort order stands for all), other names, and the unreadable."""
    first: dict[str, _Known] = {}
    duplicates: list[Duplicate] = []
    unreadable: list[Trouble] = []
    for file in files:
        try:
            sha256 = hash_file(file.path)
        except Unreadable as error:
            unreadable.append(Trouble(file.source_path, error))
            continue
        if sha256 in first:
            duplicates.append(Duplicate(file.source_path, first[sha256].candidate.source_path))
        else:
            first[sha256] = _Known(file, sha256)
    return list(first.values()), tuple(duplicates), tuple(unreadable)


def _load(store: Store, known: _Known) -> DocumentResult | None:
    return store.load(known.sha256[:ID_DIGITS], known.sha256, known.candidate.source_path)


def _note(result: DocumentResult) -> str:
    """A few words on a document for the progress."""
    if result.failed:
        return ", ".join(sorted({f.code for f in result.failures}))
    rows = count(len(result.tables.get("plan_rows", ())), "plan row")
    return rows + (f", {count(len(result.failures), 'page')} failed" if result.failures else "")


def _failures(results: Iterable[DocumentResult], troubles: Iterable[Trouble]) -> tuple[FailureRow, ...]:
    """All rows of ``failures``, sorted."""
    rows = [FailureRow(r.source_path, r.document_id, f.page, f.code, f.message, f.cure) for r in results for f in r.failures]
    rows += [FailureRow(t.source_path, None, None, t.error.code, t.error.message, t.error.cure) for t in troubles]
    return tuple(sorted(rows, key=lambda f: (f.source_path, f.page is None, f.page or 0, f.code)))


def _tables(results: dict[str, DocumentResult], failures: Iterable[FailureRow]) -> dict[str, pa.Table]:
    """Every table of the schema over all documents, sorted; empty where no document has rows for it."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for document_id in sorted(results):
        for name, more in results[document_id].tables.items():
            rows[name] += more
    rows["failures"] = [
        {
            "source_path": f.source_path,
            "document_id": f.document_id,
            "page": f.page,
            "code": f.code,
            "message": f.message,
            "cure": f.cure,
        }
        for f in failures
    ]
    rows["indicators"] = indicator_rows(load_taxonomy())
    return {name: as_table(name, rows[name]) for name in TABLES}


def _summary(
    settings: Settings,
    found: Found,
    tables: dict[str, pa.Table],
    failures: tuple[FailureRow, ...],
    extracted: int,
    unchanged: Counter[str],
    duplicates: tuple[Duplicate, ...],
) -> Summary:
    documents = tables["documents"].select(["document_id", "source_path", "kind", "needs_review"]).to_pylist()
    plans = tables["plan_rows"].select(["document_id", "needs_review", "match_status"]).to_pylist()
    with_plan = {row["document_id"] for row in plans}
    return Summary(
        out=str(settings.out),
        documents=len(documents),
        kinds=dict(sorted(Counter(row["kind"] for row in documents).items())),
        plan_rows=len(plans),
        extracted=extracted,
        unchanged=unchanged.total(),
        unchanged_failed=unchanged["failed"],
        without_plan=tuple(sorted(r["source_path"] for r in documents if r["document_id"] not in with_plan)),
        documents_to_review=tuple(sorted(r["source_path"] for r in documents if r["needs_review"])),
        rows_to_review=sum(bool(row["needs_review"]) for row in plans),
        matched=dict(sorted(Counter(str(row["match_status"]) for row in plans).items())),
        duplicates=duplicates,
        skipped=found.skipped,
        failures=failures,
    )
