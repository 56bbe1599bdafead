"""What each command of ``zi`` does: a thin shell over one function. Heavy libraries are imported inside the commands.

The command line belongs to all rooms: here alone, and in ``cli``, this room reaches to those on its right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.progress import tell

if TYPE_CHECKING:
    from pipeline.runner import Runner
    from pipeline.summary import Summary

DONE, FAILED = 0, 1
MEGABYTE = 1_000_000  # bytes


def run_fetch(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi fetch``."""
    from pipeline.intake.fetch import FetchSettings, fetch
    from pipeline.intake.titles import least_likeness
    from pipeline.intake.web import Limits
    from pipeline.progress import progress_for

    settings = FetchSettings(
        to=arguments.to,
        take_all=arguments.all,
        least=least_likeness() if arguments.min_likeness is None else float(arguments.min_likeness),
        dry_run=arguments.dry_run,
        limits=Limits(gap=arguments.rate, whole=arguments.timeout, most_bytes=arguments.max_size * MEGABYTE),
    )
    report = fetch(arguments.feed, settings, progress_for(quiet=arguments.quiet))
    if arguments.json:
        write_json(report.as_json())
    if not arguments.quiet:
        for line in report.lines():
            tell(line)
    return report.exit_code


def run_ingest(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi ingest``."""
    from pipeline.ingest import Settings, ingest
    from pipeline.progress import progress_for

    settings = Settings(arguments.out, arguments.jobs, arguments.reader, arguments.retry)
    run = _runner(arguments)
    return _told(arguments, ingest(arguments.paths, settings, progress_for(quiet=arguments.quiet), run=run))


def _runner(arguments: argparse.Namespace) -> Runner:
    """How the documents are run: here, or on a cluster, within the limits that were asked."""
    from functools import partial

    from pipeline.limits import MIB, limits_of
    from pipeline.runner import run_pool

    memory = None if arguments.memory is None else arguments.memory * MIB
    limits = limits_of(arguments.time_limit, arguments.page_limit, memory)
    if arguments.cluster is None:
        return partial(run_pool, limits=limits)
    from pipeline.cluster import run_on_cluster

    return run_on_cluster(arguments.cluster, limits)


def run_rebuild(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi rebuild``."""
    from pipeline.progress import progress_for
    from pipeline.rebuild import rebuild

    progress = progress_for(quiet=arguments.quiet)
    return _told(arguments, rebuild(arguments.out, arguments.jobs, progress, reader=arguments.reader))


def _told(arguments: argparse.Namespace, summary: Summary) -> int:
    """The exit code of a run, after its summary was told."""
    if arguments.json:
        write_json(summary.as_json())
    if not arguments.quiet:
        for line in summary.lines():
            tell(line)
    return summary.exit_code


def run_audit(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi audit``."""
    from audit.audit import Settings, audit
    from pipeline.progress import progress_for

    settings = Settings(arguments.parquet, arguments.out, arguments.jobs, arguments.crops)
    audited = audit(settings, progress_for(quiet=arguments.quiet))
    if arguments.json:
        write_json(audited.as_json())
    if not arguments.quiet:
        for line in audited.lines():
            tell(line)
    return DONE


def run_review(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi review``."""
    from audit.review.run import Settings, list_lines, review
    from audit.review.session import Asked

    asked = Asked(arguments.document, arguments.table, arguments.field, arguments.limit)
    settings = Settings(arguments.parquet, arguments.report, arguments.by, asked, arguments.take, arguments.list)
    code, told = review(settings)
    if arguments.json:
        write_json(told)
    else:
        for line in list_lines(arguments.parquet, told):
            print(line)
    return code


def run_status(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi status``."""
    from pipeline.status import status_of

    status = status_of(arguments.out)
    if arguments.json:
        write_json(status.as_json())
    else:
        for line in status.lines():
            print(line)
    return DONE


def run_inspect(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi inspect``."""
    from dataclasses import replace
    from functools import partial

    from pipeline.errors import PageNotThere, PathNotFound
    from pipeline.inspection import as_json, as_text
    from pipeline.overrides import load_overrides
    from pipeline.parquet import prepare_folder
    from pipeline.runner import run_pool
    from pipeline.shell import Task, work, work_and_draw
    from pipeline.storage import as_text as path_as_text
    from pipeline.storage import folder_at, hash_of
    from pipeline.store import readings_folder

    path: Path = arguments.file
    name = path_as_text(path)
    try:
        is_there = path.is_file()
    except OSError as error:
        raise PathNotFound(f"{name} cannot be reached: {error.strerror}.") from error
    if not is_there:
        raise PathNotFound(f"There is no file {name}.")
    page: int | None = arguments.page
    if arguments.image is not None:
        prepare_folder(arguments.image.parent)
        do = partial(work_and_draw, page=page or 1, picture=arguments.image)
    else:
        do = partial(work)
    # As in a run, the PDF is opened in a child: a file that kills its reader is told, not suffered.
    task = Task(path, name, hash_of(path), arguments.reader, readings_folder(arguments.out))
    task = replace(task, decisions=load_overrides(folder_at(arguments.out)).of(task.document_id))
    (result,) = run_pool([task], 1, do)
    if page is not None and not result.failed and page > result.page_count:
        raise PageNotThere(f"{name} has no page {page}; it has {result.page_count}.")
    if arguments.explain is not None and not result.failed:
        _explain(result.tables["plan_rows"], arguments.explain, as_json=arguments.json)
    elif arguments.json:
        write_json(as_json(result, page))
    else:
        for line in as_text(result, page):
            print(line)
    return FAILED if result.failures else DONE


def _explain(rows: Sequence[Mapping[str, object]], row: str, *, as_json: bool) -> None:
    from pipeline.progress import printable
    from taxonomy.explain import as_data, explain, lines, row_number
    from taxonomy.matcher import load_matcher

    explanation = explain(load_matcher(), rows, row_number(rows, row))
    if as_json:
        write_json(as_data(explanation))
    else:
        for line in lines(explanation):
            print(printable(line))


def run_match(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi match``."""
    from pipeline.match_file import check_out, match_file, write_out

    out: Path | None = arguments.out
    if out is not None:
        check_out(out, arguments.file)
    matched = match_file(arguments.file, arguments.separator, arguments.plan)
    if out is not None:
        write_out(out, matched.table.as_bytes())
    if arguments.json:
        write_json(matched.as_json())
    elif out is None:
        sys.stdout.buffer.write(matched.table.as_bytes())
    if not arguments.quiet:
        for line in matched.lines():
            tell(line)
    return DONE


def run_taxonomy(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi taxonomy``."""
    from taxonomy.load import load_taxonomy
    from taxonomy.show import view

    shown = view(load_taxonomy(), " ".join(arguments.words), arguments.form)
    if arguments.json:
        write_json(shown.data)
    else:
        for line in shown.lines:
            print(line)
    if shown.hint is not None:
        tell(f"zi: {shown.hint}")
    return DONE


def write_json(data: dict[str, object]) -> None:
    """Writes the data to stdout for programs."""
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
