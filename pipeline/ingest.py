"""``zi ingest``: from PATHs to tables. The run as a story; each step is a function of a module beside this one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from normalize.jdih import MOST_BYTES, SUFFIX
from pipeline.discover import Found, Trouble, discover
from pipeline.errors import NothingToDo, SameId, Unreadable
from pipeline.ledger import Input
from pipeline.output import Output, opened
from pipeline.process import DEFAULT_READER, ID_DIGITS
from pipeline.progress import Progress, Silent, note
from pipeline.rebuild import renew
from pipeline.runner import Runner, Work, run_pool
from pipeline.shell import Task, work
from pipeline.storage import Source, absolute, as_text, beginning_of, hash_of, is_remote
from pipeline.store import readings_folder
from pipeline.summary import Effort, Summary, summary_of


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is done.

    Attributes:
        out: folder of the tables, a path or an address.
        jobs: documents at a time.
        reader: PDF library that reads the pages.
        retry: read again what crashed, or ran out of time or memory, in an earlier run.
    """

    out: Source
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    reader: str = DEFAULT_READER
    retry: bool = False


def ingest(
    paths: Sequence[Source],
    settings: Settings,
    progress: Progress | None = None,
    *,
    run: Runner = run_pool,
    work: Work = work,
) -> Summary:
    """What the run came to, after the tables of exactly the documents below the PATHs were written.

    Args:
        paths: files and folders, by path or address.
        settings: output, processes, reader.
        progress: told about each document.
        run: how documents are run; `run_here` keeps them in this process.
        work: what is done with each document.

    Raises:
        ZiError: a PATH does not exist, there is no PDF, or the output cannot be written; the old tables are whole.
    """
    found = discover(paths)
    if not found.files and not any(isinstance(t.error, Unreadable) for t in found.troubles):
        raise NothingToDo(f"There is no PDF in {', '.join(as_text(path) for path in paths)}: nothing to do.")
    with opened(settings.out, settings.reader) as output:
        found_tasks, inputs = _identify(found, settings)
        tasks = [output.as_decided(task) for task in found_tasks]
        output.adopt({task.document_id: task.sha256 for task in tasks})
        plan = _plan(output, tasks, retry=settings.retry)
        number = output.ledger.begin("ingest", settings.jobs, len(plan.read) + len(plan.renew), inputs)
        with progress or Silent() as bar:
            bar.start(len(plan.read) + len(plan.renew))
            lost = renew(output, plan.renew, settings.jobs, bar, run, work)
            again = [task for task in plan.renew if task.document_id in lost]
            with closing(run([*plan.read, *again], settings.jobs, work)) as results:
                for result in results:
                    output.keep(result)
                    bar.done(result.source_path, note(result))
        totals = output.write(inputs)
        output.ledger.finish(number)
    effort = Effort(
        extracted=len(plan.read) + len(again),
        rebuilt=len(plan.renew) - len(again),
        unchanged=plan.unchanged,
        unchanged_failed=plan.unchanged_failed,
    )
    return summary_of(as_text(settings.out), totals, inputs, effort, found.skipped)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done.

    Attributes:
        read: documents to read.
        renew: documents whose rows are to be made anew of what was read.
        unchanged: how many need nothing.
        unchanged_failed: those of them that failed then, and are not tried again.
    """

    read: list[Task]
    renew: list[Task]
    unchanged: int
    unchanged_failed: int


def _identify(found: Found, settings: Settings) -> tuple[list[Task], list[Input]]:
    """A task for each distinct file (the first name in sort order stands for all), and what every name stands for."""
    readings = None if is_remote(settings.out) else readings_folder(Path(absolute(settings.out)))
    tasks: dict[str, Task] = {}
    taken: dict[str, str] = {}
    inputs = [_trouble(trouble) for trouble in found.troubles]
    for file in found.files:
        try:
            sha256 = hash_of(file.path)
        except Unreadable as error:
            inputs.append(_trouble(Trouble(file.source_path, error)))
            continue
        sidecar = None
        try:
            sidecar = None if file.sidecar is None else beginning_of(file.sidecar, MOST_BYTES + 1)
        except Unreadable as error:
            inputs.append(_trouble(Trouble(file.source_path + SUFFIX, error)))
        if taken.setdefault(sha256[:ID_DIGITS], sha256) != sha256:
            inputs.append(_trouble(Trouble(file.source_path, SameId())))
            continue
        first = tasks.setdefault(sha256, Task(absolute(file.path), file.source_path, sha256, settings.reader, readings))
        same_as = None if first.source_path == file.source_path else first.source_path
        inputs.append(Input(file.source_path, first.document_id, same_as, sidecar=sidecar, sha256=sha256))
    return list(tasks.values()), inputs


def _trouble(trouble: Trouble) -> Input:
    error = trouble.error
    return Input(trouble.source_path, code=error.code, message=error.message, cure=error.cure)


def _plan(output: Output, tasks: Sequence[Task], *, retry: bool) -> _Plan:
    read = [task for task in tasks if not output.is_read(task.document_id, retry=retry)]
    reads = {task.document_id for task in read}
    rest = [task for task in tasks if task.document_id not in reads]
    renewed = [task for task in rest if not output.is_made(task.document_id)]
    renews = {task.document_id for task in renewed}
    kept = [output.entries[task.document_id] for task in rest if task.document_id not in renews]
    return _Plan(read, renewed, len(kept), sum(entry.status == "failed" for entry in kept))
