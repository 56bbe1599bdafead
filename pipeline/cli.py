"""The command ``zi``: its arguments, and the errors that end it. What the commands do is in ``commands``."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from extract.errors import ZiError
from pipeline import __version__
from pipeline.arguments import address, likeness, memory, positive, seconds, separator, source
from pipeline.commands import (
    DONE,
    run_audit,
    run_fetch,
    run_ingest,
    run_inspect,
    run_match,
    run_rebuild,
    run_review,
    run_status,
    run_taxonomy,
    write_json,
)
from pipeline.errors import OutOfResources, OutputNotWritable
from pipeline.progress import tell
from zi.arguments import export_parser, sql_parser

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

WRONG_USAGE, INTERRUPTED, SIGNALLED = 2, 130, 128
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # what a disk says that takes no more
SCARCE = (errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM)  # what a system says that gives no more to this user
NO_THREAD = "can't start new thread"  # what Python says then
READERS = ("pdfium", "pdfplumber")
OUT = "data/parquet"
REPORT = "data/report"
REVIEWED = ("documents", "legal_bases", "plan_rows", "coverage", "findings")

EPILOG = """\
exit codes: 0 everything extracted; 1 some documents or pages failed (listed in the table failures); 2 wrong usage,
or output not writable or in use; 130 interrupted (143 SIGTERM, 129 SIGHUP): the same command goes on.
Data goes to stdout, progress and messages to stderr.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of one command."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter of a decree gets an escape for it, not an error.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = parser().parse_args(argv)
    try:
        with _stopped_by_signals():
            run: Callable[[argparse.Namespace], int] = arguments.run
            code = run(arguments)
            sys.stdout.flush()
    except ZiError as error:
        return _tell(error, as_json=arguments.json)
    except _Stopped as stopped:
        tell("Stopped. The tables are as they were; the same command goes on from here.")
        return SIGNALLED + stopped.signal
    except KeyboardInterrupt:
        tell("Interrupted. The tables are as they were; the same command goes on from here.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (zi inspect ... | head); nothing more can be told to it.
        _drop_stdout()
        return DONE
    except RuntimeError as error:
        if NO_THREAD not in str(error):
            raise
        return _tell(OutOfResources(f"The program was given too little: {error}."), as_json=arguments.json)
    except OSError as error:
        if error.errno in SCARCE:
            return _tell(OutOfResources(f"The program was given too little: {error.strerror}."), as_json=arguments.json)
        if error.errno not in FULL or error.filename is not None:
            raise  # that was no stream
        _drop_stdout()
        told = OutputNotWritable(f"The result cannot be written to stdout: {error.strerror}.", "Lead it to a disk with room.")
        return _tell(told, as_json=False)
    return code


class _Stopped(KeyboardInterrupt):
    """The system asked the program to end, as Ctrl-C does."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.signal = number


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Lets SIGTERM and SIGHUP end the program as Ctrl-C does, so that it takes its children along; `nohup` is respected."""

    def stop(number: int, _: object) -> None:
        raise _Stopped(number)

    names = ("SIGTERM", "SIGHUP") if threading.current_thread() is threading.main_thread() else ()
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _open_streams() -> None:
    """Opens stdin, stdout and stderr on nothing where they came closed: else the next file would get their numbers."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # It gets the lowest number that is free, which is this one; and children inherit it, as they would the real one.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _drop_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(
        prog="zi",
        description="KPU decrees on Zona Integritas work plans: from PDF to tables (Parquet).",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"zi {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _fetch_parser(commands)
    _ingest_parser(commands)
    _rebuild_parser(commands)
    _audit_parser(commands)
    _review_parser(commands)
    _status_parser(commands)
    _inspect_parser(commands)
    _match_parser(commands)
    _taxonomy_parser(commands)
    sql_parser(commands)
    export_parser(commands)
    return top


def _fetch_parser(commands: Commands) -> None:
    fetch = commands.add_parser(
        "fetch",
        help="download the PDFs of Zona Integritas plans that a JDIHN feed lists",
        description="Read a JDIHN integration feed, choose the decrees whose titles are those of Zona Integritas plans, and "
        "download their PDFs, politely, with the metadata beside them. The same command again takes what is new or changed, "
        "and goes on where it was stopped. Exit codes: 0 everything wanted is there; 1 some PDFs could not be had; 2 no feed.",
    )
    fetch.add_argument("feed", metavar="FEED", help="address of the feed (often .../integrasi), or a JSON file")
    fetch.add_argument("--to", type=Path, default=Path("data/raw"), metavar="DIR", help="folder of the PDFs [%(default)s]")
    fetch.add_argument("--all", action="store_true", help="take every decree, whatever its title says")
    fetch.add_argument(
        "--min-likeness", type=likeness, metavar="N", help="likeness to the title of a plan to be taken, 0 to 100 [80]"
    )
    fetch.add_argument(
        "--rate", type=seconds, default=1.0, metavar="SECONDS", help="least time between two requests to a host [%(default)s]"
    )
    fetch.add_argument("--max-size", type=positive, default=100, metavar="MB", help="largest PDF to take [%(default)s]")
    fetch.add_argument(
        "--timeout", type=seconds, default=300.0, metavar="SECONDS", help="longest time for one PDF at one go [%(default)s]"
    )
    fetch.add_argument("--dry-run", action="store_true", help="only tell what would be downloaded")
    fetch.add_argument("--quiet", action="store_true", help="no progress and no report on stderr")
    _json(fetch)
    fetch.set_defaults(run=run_fetch)


def _ingest_parser(commands: Commands) -> None:
    ingest = commands.add_parser(
        "ingest",
        help="read PDFs and write the tables",
        description="Read PDFs and write one Parquet file per table. The tables hold exactly the documents below the "
        "PATHs; documents that have not changed since the last run are not read again.",
    )
    ingest.add_argument(
        "paths", nargs="+", type=source, metavar="PATH", help="PDF, or folder to search for *.pdf; addresses (s3://...) too"
    )
    _jobs_and_quiet(ingest)
    ingest.add_argument(
        "--retry", action="store_true", help="read again what crashed, or ran out of time or memory, in an earlier run"
    )
    ingest.add_argument(
        "--cluster",
        type=address,
        metavar="ADDRESS",
        help="read on the Dask workers of this scheduler; needs zi[dask]",
    )
    _limits(ingest)
    _out(ingest)
    _reader(ingest)
    _json(ingest)
    ingest.set_defaults(run=run_ingest)


def _rebuild_parser(commands: Commands) -> None:
    rebuild = commands.add_parser(
        "rebuild",
        help="make the tables anew of what was read before",
        description="Make the rows and tables of the last run anew of what was read then. No PDF is opened; they need not "
        "even be there any more.",
    )
    _jobs_and_quiet(rebuild)
    _out(rebuild)
    _reader(rebuild)
    _json(rebuild)
    rebuild.set_defaults(run=run_rebuild)


def _audit_parser(commands: Commands) -> None:
    audit = commands.add_parser(
        "audit",
        help="find what is missing and what contradicts itself; write the report",
        description="Look at all decrees of a folder of tables: components that are missing, contradictions, legal bases that "
        "are dead or cited wrong, plans that are copies. Writes the tables findings, similar_plans, plan_changes, plan_figures "
        "and consensus beside the others, and report.html and audit.xlsx. PDFs are opened only to cut out places.",
    )
    audit.add_argument("--parquet", type=Path, default=Path(OUT), metavar="DIR", help="folder of the tables [%(default)s]")
    audit.add_argument(
        "--out", type=Path, default=Path(REPORT), metavar="DIR", help="folder of the report and its crops [%(default)s]"
    )
    crops = audit.add_mutually_exclusive_group()
    crops.add_argument(
        "--embed-crops",
        dest="crops",
        action="store_const",
        const="embedded",
        default="folder",
        help="put the crops of pages into report.html, which then stands alone and is large",
    )
    crops.add_argument("--no-crops", dest="crops", action="store_const", const="none", help="make no crops: no PDF is opened")
    _jobs_and_quiet(audit)
    _json(audit)
    audit.set_defaults(run=run_audit)


def _review_parser(commands: Commands) -> None:
    review = commands.add_parser(
        "review",
        help="decide on what is marked for review, and on findings",
        description="Without options: go through what is marked for review in the terminal, value by value. Decisions are "
        "appended to overrides.jsonl beside the tables, with who, when and why; zi rebuild puts them into the tables, "
        "zi audit into the report. Exit codes: 0 done; 1 some rows of the workbook could not be taken; 2 wrong usage.",
    )
    review.add_argument("--parquet", type=Path, default=Path(OUT), metavar="DIR", help="folder of the tables [%(default)s]")
    review.add_argument(
        "--report", type=Path, default=Path(REPORT), metavar="DIR", help="folder of the report with its crops [%(default)s]"
    )
    do = review.add_mutually_exclusive_group()
    do.add_argument(
        "--take", type=Path, metavar="FILE", help="take the decisions of a filled-in audit.xlsx, or of one of its sheets as CSV"
    )
    do.add_argument("--list", action="store_true", help="show all decisions and what became of them, stale ones first")
    review.add_argument("--by", metavar="NAME", help="who decides [the user of this machine]")
    review.add_argument("--document", metavar="ID", help="ask only about this document: its document_id, or part of its path")
    review.add_argument("--table", choices=REVIEWED, help="ask only about this table")
    review.add_argument("--field", metavar="COLUMN", help="ask only about this column")
    review.add_argument("--limit", type=positive, metavar="N", help="ask about so many things at most")
    _json(review)
    review.set_defaults(run=run_review)


def _status_parser(commands: Commands) -> None:
    status = commands.add_parser(
        "status",
        help="show how far a run is, and what became of the documents",
        description="Show the ledger of an output folder: how far the run is that is going on, or how the last one ended; "
        "rates, the slowest documents, failures by code, the time left. May be asked at any time.",
    )
    _out(status)
    _json(status)
    status.set_defaults(run=run_status)


def _inspect_parser(commands: Commands) -> None:
    inspect = commands.add_parser(
        "inspect",
        help="show what is read from one PDF, where and how surely",
        description="Show what is read from one PDF, where it stands, and how sure the reading is.",
    )
    inspect.add_argument("file", type=Path, metavar="FILE.pdf", help="PDF to read")
    inspect.add_argument("--page", type=positive, metavar="N", help="only this page, from 1")
    inspect.add_argument(
        "--image", type=Path, metavar="OUT.png", help="draw words, grid, cells and fields over the page [page 1]"
    )
    inspect.add_argument("--explain", metavar="ROW", help="why this row of the plan has its indicator: its row_order or row_id")
    inspect.add_argument(
        "--out", type=Path, default=Path(OUT), help="folder of the tables, for what is kept between runs [%(default)s]"
    )
    _reader(inspect)
    _json(inspect)
    inspect.set_defaults(run=run_inspect)


def _match_parser(commands: Commands) -> None:
    match = commands.add_parser(
        "match",
        help="match the rows of a CSV file to the indicators",
        description="Match rows that come from elsewhere, one by one. The file has a header with at least one of the columns "
        "area, component, item, action, success_indicator, evidence. The result is the same file with columns added: "
        "indicator_id, match_score, component_score, match_margin, match_status (accepted, review, none), match_method, "
        "candidates, match_words, taxonomy_version.",
    )
    match.add_argument("file", type=Path, metavar="FILE.csv", help="rows to match; encoding and separator are found out")
    match.add_argument("--out", type=Path, metavar="OUT.csv", help="file to write instead of stdout")
    match.add_argument(
        "--plan", metavar="COLUMN", help="column that tells the plan of a row: rows of one plan are weighed together, in order"
    )
    match.add_argument(
        "--separator", type=separator, metavar="SIGN", help="what separates the cells: one sign, or tab [found out]"
    )
    match.add_argument("--quiet", action="store_true", help="no summary on stderr")
    _json(match)
    match.set_defaults(run=run_match)


def _taxonomy_parser(commands: Commands) -> None:
    taxonomy = commands.add_parser(
        "taxonomy",
        help="print and search the indicators that plan rows are matched to",
        description="Without words: the evaluation form in force, as a tree with ids and weights. With the id of a node: "
        "all that is known of it. With other words: what is like them in ids, names and other names of all forms, best "
        "first; typing slips do no harm.",
    )
    taxonomy.add_argument("words", nargs="*", metavar="WORDS", help="id of a node, or words to search for")
    taxonomy.add_argument("--form", metavar="ID", help="print or search only this form, as zi-2014 or pmprb-2020")
    _json(taxonomy)
    taxonomy.set_defaults(run=run_taxonomy)


def _jobs_and_quiet(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--jobs", type=positive, default=os.cpu_count() or 1, metavar="N", help="documents at a time [all processors]"
    )
    command.add_argument("--quiet", action="store_true", help="no progress and no summary on stderr")


def _limits(command: argparse.ArgumentParser) -> None:
    limits = command.add_argument_group("limits", "what one document may take; one that takes more is listed in failures")
    limits.add_argument("--time-limit", type=seconds, metavar="SECONDS", help="time for a document at most [3600]")
    limits.add_argument("--page-limit", type=seconds, metavar="SECONDS", help="time for a page at most [180]")
    limits.add_argument("--memory", type=memory, metavar="MIB", help="address space of the process of a document [6144]")


def _out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out",
        type=source,
        default=source(OUT),
        help=f"folder of the tables and of what is kept between runs, an address (s3://...) too [{OUT}]",
    )


def _reader(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reader", choices=READERS, default=READERS[0], help="PDF library that reads [%(default)s]")


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="machine-readable result on stdout")


def _tell(error: ZiError, *, as_json: bool) -> int:
    """The exit code for an error that ends the command, after saying it."""
    if as_json:
        write_json({"error": {"code": error.code, "message": error.message, "cure": error.cure}})
    tell(f"zi: {error.message}\n    {error.cure}")
    return WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main())
