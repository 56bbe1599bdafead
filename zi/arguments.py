"""The arguments of `zi sql` and `zi export`, shaped as those of `pipeline/cli.py`, which takes them over."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from zi.commands import run_export, run_sql

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

PARQUET = Path("data/parquet")
SEPARATORS = {",": ",", ";": ";", "tab": "\t", r"\t": "\t"}
SQL_EPILOG = """\
zi sql "show tables"                      the tables, and the joins: decrees, plans, offices, components, instruments,
                                          rows, coverage_rows, finding_rows, citations (a decree counts once in them)
zi sql "describe plan_rows"               the columns of one
zi sql "select satker_name, sum(weight) from coverage_rows where status = 'missing' group by 1 order by 2 desc"
zi sql - < query.sql                      a query out of a file
"""


def sql_parser(commands: Commands) -> None:
    """Adds `zi sql`."""
    sql = commands.add_parser(
        "sql",
        help="answer a question to the tables, in SQL",
        description="Answer one SQL query (DuckDB) over the tables, which are only read: a query reaches no file and no "
        "network. No text is cut: what does not fit on the screen is broken into lines.",
        epilog=SQL_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sql.add_argument("query", metavar="QUERY", help="SELECT ..., in quotation marks; - reads it from stdin")
    _parquet(sql)
    form = sql.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="CSV on stdout: UTF-8, null as an empty cell, lists as JSON")
    form.add_argument("--json", action="store_true", help="JSON on stdout: an array with one object per row")
    _as_is(sql, "with --csv: ")
    sql.set_defaults(run=run_sql)


def export_parser(commands: Commands) -> None:
    """Adds `zi export`."""
    export = commands.add_parser(
        "export",
        help="write the tables as CSV or SQLite, for other programs",
        description="Write all tables as CSV files with a description of their columns (Frictionless Data Package), or as one "
        "SQLite file, as Datasette shows it. Both may be asked for at once. What is there under these names is replaced.",
    )
    _parquet(export)
    export.add_argument("--csv", type=Path, metavar="DIR", help="folder for one CSV per table and datapackage.json")
    export.add_argument("--sqlite", type=Path, metavar="FILE.db", help="SQLite file to write")
    export.add_argument(
        "--separator",
        type=_separator,
        default=",",
        metavar="SIGN",
        help="between the cells of the CSV: , or ; or tab; with ; numbers have a decimal comma, as Excel expects then [,]",
    )
    _as_is(export, "")
    export.add_argument("--quiet", action="store_true", help="no summary on stderr")
    export.add_argument("--json", action="store_true", help="machine-readable result on stdout")
    export.set_defaults(run=run_export)


def _parquet(command: argparse.ArgumentParser) -> None:
    command.add_argument("--parquet", type=Path, default=PARQUET, metavar="DIR", help="folder of the tables [%(default)s]")


def _as_is(command: argparse.ArgumentParser, where: str) -> None:
    command.add_argument(
        "--as-is",
        action="store_true",
        help=f"{where}leave texts of the CSV as they are; else those that begin as formulas do (= + - @) get an apostrophe, so "
        "that Excel does not run them",
    )


def _separator(text: str) -> str:
    if text not in SEPARATORS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of: , ; tab")
    return SEPARATORS[text]
