"""What `zi sql` and `zi export` do: thin shells over one function each. Heavy libraries are imported inside."""

from __future__ import annotations

import argparse
import shutil
import sys
from typing import TYPE_CHECKING

from pipeline.commands import DONE, write_json
from pipeline.progress import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zi.query import Answer

STDIN = "-"


def run_sql(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi sql``."""
    import zi
    from zi.query import answer

    query = sys.stdin.read() if arguments.query == STDIN else arguments.query
    tables = zi.load(arguments.parquet)
    with answer(tables, query) as found:
        for text in _written(found, arguments):
            sys.stdout.write(text)
    for note in tables.folder.notes_on(query):
        tell(f"zi: {note}")
    return DONE


def _written(found: Answer, arguments: argparse.Namespace) -> Iterator[str]:
    from zi.shown import as_csv, as_json_lines, as_table

    if arguments.csv:
        return as_csv(found, guard=not arguments.as_is)
    if arguments.json:
        return as_json_lines(found)
    return (f"{line}\n" for line in as_table(found, _width()))


def _width() -> int | None:
    """Letters of a line of the screen; None where stdout is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def run_export(arguments: argparse.Namespace) -> int:
    """The exit code of ``zi export``."""
    from zi.export import Wanted, export

    wanted = Wanted(arguments.csv, arguments.sqlite, arguments.separator, guard=not arguments.as_is)
    made = export(arguments.parquet, wanted)
    if arguments.json:
        write_json(made.as_json())
    if not arguments.quiet:
        for line in made.lines():
            tell(line)
    return DONE
