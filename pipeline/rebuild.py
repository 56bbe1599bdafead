"""``zi rebuild``: rows and tables made anew of what was read before. No PDF is opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from extract.errors import UnusableReading
from pipeline.errors import NothingStored
from pipeline.ledger import LEDGER
from pipeline.output import Output, opened
from pipeline.process import DEFAULT_READER
from pipeline.progress import Progress, Silent, count, note
from pipeline.runner import Runner, Work, run_pool
from pipeline.shell import Task, work
from pipeline.storage import Source, as_text, folder_at
from pipeline.store import Store
from pipeline.summary import Effort, Summary, summary_of

READ_AGAIN = "Run `zi ingest PATH...` again: what was lost is read anew, and nothing else."


def rebuild(
    out: Source,
    jobs: int,
    progress: Progress | None = None,
    *,
    reader: str = DEFAULT_READER,
    run: Runner = run_pool,
    work: Work = work,
) -> Summary:
    """What the tables hold, after the rows of every document of the last run were made anew of its reading.

    Args:
        out: folder of the tables, a path or an address.
        jobs: documents at a time.
        progress: told about each document.
        reader: PDF library of the last run.
        run: how documents are run.
        work: what is done with each document.

    Raises:
        NothingStored: no run has ended on this output, or what it kept is gone.
        ZiError: the output cannot be written, or is in use; the old tables are whole.
    """
    _check(out)
    with opened(out, reader) as output:
        last = output.ledger.last_run(finished=True)
        if last is None:
            raise NothingStored(f"No run of zi ingest has ended on {as_text(out)}.")
        inputs = output.ledger.inputs(last)
        named = [one for one in inputs if one.document_id is not None and one.same_as is None]
        output.adopt({str(one.document_id): str(one.sha256) for one in named})
        known = [output.entries.get(str(one.document_id)) for one in named]
        gone = [one.source_path for one, entry in zip(named, known, strict=True) if entry is None]
        if gone:
            raise NothingStored(
                f"What was kept of {count(len(gone), 'document')} is gone or broken: {gone[0]} for one.", READ_AGAIN
            )
        tasks = [
            output.as_decided(Task(one.source_path, one.source_path, entry.sha256))
            for one, entry in zip(named, known, strict=True)
            if entry is not None and entry.has_reading
        ]
        number = output.ledger.begin("rebuild", jobs, len(tasks), inputs)
        with progress or Silent() as bar:
            bar.start(len(tasks))
            lost = renew(output, tasks, jobs, bar, run, work)
        if lost:
            for document_id in lost:
                output.distrust(document_id)
            first = next(task.source_path for task in tasks if task.document_id in lost)
            told = f"The reading of {count(len(lost), 'document')} is gone, broken or of another version: {first} for one."
            raise NothingStored(told, READ_AGAIN)
        older = sum(not output.is_read(task.document_id) for task in tasks)
        totals = output.write(inputs, anew=True)
        output.ledger.finish(number)
    left = [entry for entry in known if entry is not None and not entry.has_reading]
    effort = Effort(rebuilt=len(tasks), read_by_other=older, unchanged=len(left), unchanged_failed=len(left))
    return summary_of(as_text(out), totals, inputs, effort)


def _check(out: Source) -> None:
    """Nothing, if something may be kept there; so that a slip of the pen makes no new folder.

    Raises:
        NothingStored: there is no ledger.
    """
    if not folder_at(out).exists(LEDGER):
        raise NothingStored(f"There is nothing of zi in {as_text(out)}.")


def renew(output: Output, tasks: Sequence[Task], jobs: int, bar: Progress, run: Runner, work: Work) -> set[str]:
    """The document_id of those whose reading cannot be used, after the rows of all others were made anew and kept.

    Args:
        output: where they are kept.
        tasks: the documents.
        jobs: documents at a time.
        bar: told about each document.
        run: how documents are run.
        work: what is done with each document.
    """
    lost: set[str] = set()
    with closing(run(_with_readings(output.store, tasks, lost), jobs, work)) as results:
        for result in results:
            if any(failure.code == UnusableReading.code for failure in result.failures):
                lost.add(result.document_id)
                continue
            output.keep(result, renewed=True)
            bar.done(result.source_path, note(result))
    return lost


def _with_readings(store: Store, tasks: Sequence[Task], lost: set[str]) -> Iterator[Task]:
    """The tasks with what was read, one by one; those without one are lost."""
    for task in tasks:
        reading = store.reading(task.document_id)
        if reading is None:
            lost.add(task.document_id)
        else:
            yield Task(task.path, task.source_path, task.sha256, reading=reading, decisions=task.decisions)
