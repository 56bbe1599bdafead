"""The command ``zi``: a thin shell over one function per command. Heavy libraries are imported inside the commands."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from extract.errors import ZiError
from pipeline import __version__

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
READERS = ("pdfium", "pdfplumber")

EPILOG = """\
exit codes: 0 everything extracted; 1 some documents or pages failed (listed in the table failures); 2 wrong usage.
Data goes to stdout, progress and messages to stderr.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of one command."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter of a decree gets an escape for it, not an error.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = parser().parse_args(argv)
    try:
        run: Callable[[argparse.Namespace], int] = arguments.run
        code = run(arguments)
        sys.stdout.flush()
    except ZiError as error:
        return _tell(error, as_json=arguments.json)
    except KeyboardInterrupt:
        print("Interrupted. The tables are as they were; the same command goes on from here.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (zi inspect ... | head); nothing more can be told to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


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
    _ingest_parser(commands)
    _inspect_parser(commands)
    _match_parser(commands)
    _taxonomy_parser(commands)
    return top


def _ingest_parser(commands: Commands) -> None:
    ingest = commands.add_parser(
        "ingest",
        help="read PDFs and write the tables",
        description="Read PDFs and write one Parquet file per table. The tables hold exactly the documents below the "
        "PATHs; documents that have not changed since the last run are not read again.",
    )
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="PDF, or folder to search for *.pdf")
    ingest.add_argument(
        "--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help="processes at a time [all processors]"
    )
    ingest.add_argument("--quiet", action="store_true", help="no progress and no summary on stderr")
    _folder_and_reader(ingest)
    _json(ingest)
    ingest.set_defaults(run=_ingest)


def _inspect_parser(commands: Commands) -> None:
    inspect = commands.add_parser(
        "inspect",
        help="show what is read from one PDF, where and how surely",
        description="Show what is read from one PDF, where it stands, and how sure the reading is.",
    )
    inspect.add_argument("file", type=Path, metavar="FILE.pdf", help="PDF to read")
    inspect.add_argument("--page", type=_positive, metavar="N", help="only this page, from 1")
    inspect.add_argument(
        "--image", type=Path, metavar="OUT.png", help="draw words, grid, cells and fields over the page [page 1]"
    )
    inspect.add_argument("--explain", metavar="ROW", help="why this row of the plan has its indicator: its row_order or row_id")
    _folder_and_reader(inspect)
    _json(inspect)
    inspect.set_defaults(run=_inspect)


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
        "--separator", type=_separator, metavar="SIGN", help="what separates the cells: one sign, or tab [found out]"
    )
    match.add_argument("--quiet", action="store_true", help="no summary on stderr")
    _json(match)
    match.set_defaults(run=_match)


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
    taxonomy.set_defaults(run=_taxonomy)


def _folder_and_reader(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out",
        type=Path,
        default=Path("data/parquet"),
        help="folder of the tables and of what is kept between runs [%(default)s]",
    )
    command.add_argument("--reader", choices=READERS, default=READERS[0], help="PDF library that reads [%(default)s]")


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="machine-readable result on stdout")


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return number


def _separator(text: str) -> str:
    sign = "\t" if text in ("tab", r"\t") else text
    if len(sign) != 1 or sign in '"\r\n':
        raise argparse.ArgumentTypeError(f"{text!r} is not one sign, nor the word tab")
    return sign


def _ingest(arguments: argparse.Namespace) -> int:
    from pipeline.ingest import Settings, ingest
    from pipeline.progress import progress_for

    settings = Settings(arguments.out, arguments.jobs, arguments.reader)
    summary = ingest(arguments.paths, settings, progress_for(quiet=arguments.quiet))
    if arguments.json:
        _write_json(summary.as_json())
    if not arguments.quiet:
        for line in summary.lines():
            print(line, file=sys.stderr)
    return summary.exit_code


def _inspect(arguments: argparse.Namespace) -> int:
    from functools import partial

    from pipeline.discover import as_text as path_as_text
    from pipeline.errors import PageNotThere, PathNotFound
    from pipeline.inspection import as_json, as_text
    from pipeline.parquet import prepare_folder
    from pipeline.process import hash_file
    from pipeline.runner import run_pool
    from pipeline.shell import Task, work, work_and_draw
    from pipeline.store import readings_folder

    path: Path = arguments.file
    name = path_as_text(path)
    if not path.is_file():
        raise PathNotFound(f"There is no file {name}.")
    page: int | None = arguments.page
    if arguments.image is not None:
        prepare_folder(arguments.image.parent)
        do = partial(work_and_draw, page=page or 1, picture=arguments.image)
    else:
        do = partial(work)
    # As in a run, the PDF is opened in a child: a file that kills its reader is told, not suffered.
    task = Task(path, name, hash_file(path), arguments.reader, readings_folder(arguments.out))
    (result,) = run_pool([task], 1, do)
    if page is not None and not result.failed and page > result.page_count:
        raise PageNotThere(f"{name} has no page {page}; it has {result.page_count}.")
    if arguments.explain is not None and not result.failed:
        _explain(result.tables["plan_rows"], arguments.explain, as_json=arguments.json)
    elif arguments.json:
        _write_json(as_json(result, page))
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
        _write_json(as_data(explanation))
    else:
        for line in lines(explanation):
            print(printable(line))


def _match(arguments: argparse.Namespace) -> int:
    from pipeline.match_file import check_out, match_file, write_out

    out: Path | None = arguments.out
    if out is not None:
        check_out(out, arguments.file)
    matched = match_file(arguments.file, arguments.separator, arguments.plan)
    if out is not None:
        write_out(out, matched.table.as_bytes())
    if arguments.json:
        _write_json(matched.as_json())
    elif out is None:
        sys.stdout.buffer.write(matched.table.as_bytes())
    if not arguments.quiet:
        for line in matched.lines():
            print(line, file=sys.stderr)
    return DONE


def _taxonomy(arguments: argparse.Namespace) -> int:
    from taxonomy.load import load_taxonomy
    from taxonomy.show import view

    shown = view(load_taxonomy(), " ".join(arguments.words), arguments.form)
    if arguments.json:
        _write_json(shown.data)
    else:
        for line in shown.lines:
            print(line)
    if shown.hint is not None:
        print(f"zi: {shown.hint}", file=sys.stderr)
    return DONE


def _write_json(data: dict[str, object]) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _tell(error: ZiError, *, as_json: bool) -> int:
    """The exit code for an error that ends the command, after saying it."""
    if as_json:
        _write_json({"error": {"code": error.code, "message": error.message, "cure": error.cure}})
    print(f"zi: {error.message}\n    {error.cure}", file=sys.stderr)
    return WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main())
