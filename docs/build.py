"""Writes the pages that follow from code and data, each under its words of `docs/data/intro`: `make docs`."""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import importlib
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from audit.claims import Code, catalogue
from extract.errors import ZiError
from normalize.schema import SCHEMA_VERSION, TABLES
from normalize.schema_types import Column, Table
from pipeline.cli import parser

HERE = Path(__file__).parent
SHARED = "shared"
ERRORS = ("extract", "taxonomy", "pipeline", "audit", "audit.review", "zi")
"""Rooms with an `errors.py`, in the order of the page."""


def main() -> None:
    """Writes the files."""
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), encoding="utf-8")


def data_dictionary() -> str:
    """The data dictionary as Markdown."""
    places = data("columns")
    return "\n".join(
        [intro("data-dictionary").replace("{schema}", SCHEMA_VERSION), *(_table(table, places) for table in TABLES.values())]
    )


def printed_columns() -> str:
    """What printed columns mean, and all headers that are known."""
    known: dict[str, list[str]] = {}
    with (HERE.parent / "normalize" / "data" / "headers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known.setdefault(row["concept"], []).append(row["header"])
    return intro("printed-columns") + "".join(f"| `{concept}` | {', '.join(headers)} |\n" for concept, headers in known.items())


def words() -> str:
    """The stable words of the tables as Markdown."""
    return "\n".join(
        [intro("words"), *(_words(group) for group in data("words").values()), intro("errors").rstrip(), *_errors(), ""]
    )


def findings() -> str:
    """The codes of the audit as Markdown."""
    return "\n".join([intro("findings"), *(_code(code) for code in catalogue().values())])


def commands() -> str:
    """The commands and their options as Markdown."""
    top = parser()
    return "\n".join([intro("cli"), _block(top.epilog), *(_command(name, one) for name, one in _commands_of(top).items())])


PAGES: Mapping[str, Callable[[], str]] = {
    "data-dictionary.md": data_dictionary,
    "printed-columns.md": printed_columns,
    "words.md": words,
    "findings.md": findings,
    "cli.md": commands,
}
"""Every page that is written by this program."""


def data(name: str) -> dict[str, Any]:
    """A data file of `docs/data`."""
    return tomllib.loads((HERE / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def intro(name: str) -> str:
    """What a page says before what is generated."""
    return (HERE / "data" / "intro" / f"{name}.md").read_text(encoding="utf-8")


def about_column(places: Mapping[str, Any], table: str, column: str) -> dict[str, Any] | None:
    """Example and place of a column: the table's own entry, else the shared one; None where there is neither."""
    found: dict[str, Any] | None = places.get(table, {}).get(column, places[SHARED].get(column))
    return found


def _table(table: Table, places: Mapping[str, Any]) -> str:
    head = f"## {table.name}\n\nOne row: {table.row}. Sorted by {_sorting(table)}.\n"
    lines = ["| column | type | meaning | null means | example | where it comes from |", "|---|---|---|---|---|---|"]
    return "\n".join([head, *lines, *(_column(c, about_column(places, table.name, c.name) or {}) for c in table.columns), ""])


def _sorting(table: Table) -> str:
    return ", ".join("part (as in the decree)" if key == "part_order" else key for key in table.sort)


def _column(column: Column, about: Mapping[str, Any]) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    kind = str(column.type).replace("<item: ", "<")
    example = f"`{_shown(about['example'])}`" if about else ""
    return _row(f"`{column.name}`", f"`{kind}`", column.meaning + unit, column.null, example, about.get("place", ""))


def _shown(value: object) -> str:
    """An example as it is written in the page: dates as such, lists and structs as JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | str | bool) else _plain(value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _words(group: Mapping[str, Any]) -> str:
    lines = [f"## {group['column']}: {group['form']}\n", f"{group['about']}\n", "| word | meaning |", "|---|---|"]
    return "\n".join([*lines, *(_row(f"`{word}`", meaning) for word, meaning in group["words"].items()), ""])


def _errors() -> Iterator[str]:
    """A row for every way to fail, by room; classes that only stand above others tell nothing by themselves."""
    for room in ERRORS:
        module = importlib.import_module(f"{room}.errors")
        for one in vars(module).values():
            if (
                isinstance(one, type)
                and issubclass(one, ZiError)
                and one.__module__ == module.__name__
                and one.code != ZiError.code
            ):
                yield _row(f"`{one.code}`", (one.__doc__ or "").splitlines()[0], one.default_cure or "the message says it")


def _tells(one: object, module: str) -> bool:
    return isinstance(one, type) and issubclass(one, ZiError) and one.__module__ == module and one.code != ZiError.code


def _code(code: Code) -> str:
    return "\n".join(
        [
            f"## {code.code}\n",
            f"{code.title['en']} / *{code.title['id']}* ({code.severity})\n",
            f"- **Rule:** {code.rule}",
            f"- **Rests on:** {code.source['en']}",
            f"- **Example:** {code.example}",
            f"- **Refuted by:** {code.refuted_by}",
            "",
        ]
    )


def _commands_of(top: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """The parsers of the commands; argparse hands them over only by its inner names."""
    (found,) = (action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    return found.choices


def _command(name: str, one: argparse.ArgumentParser) -> str:
    actions = [action for action in one._actions if action.dest != "help"]
    usage = " ".join(["zi", name, *(_in_usage(action) for action in actions)])
    rows = [_row(f"`{_written(action)}`", _help(action)) for action in actions]
    head = [
        f"## zi {name}\n",
        f"{one.description}\n",
        f"```text\n{_folded(usage)}\n```\n",
        "| argument | what it does |",
        "|---|---|",
    ]
    return "\n".join([*head, *rows, "", *_not_together(one), *([_block(one.epilog)] if one.epilog else [])])


def _in_usage(action: argparse.Action) -> str:
    written = _written(action, shortest=True)
    if action.option_strings:
        return written if action.required else f"[{written}]"
    return {"+": f"{written} [{written} ...]", "*": f"[{written} ...]", "?": f"[{written}]"}.get(str(action.nargs), written)


def _written(action: argparse.Action, *, shortest: bool = False) -> str:
    """An argument as it is typed: "--out DIR"."""
    value = "" if action.nargs == 0 else _value(action)
    names = action.option_strings[:1] if shortest else action.option_strings
    return " ".join(part for part in (", ".join(names), value) if part)


def _value(action: argparse.Action) -> str:
    """What stands for the value of an argument."""
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices is not None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return action.dest.upper()


def _help(action: argparse.Action) -> str:
    return (action.help or "") % {**vars(action), "prog": "zi"}


def _not_together(one: argparse.ArgumentParser) -> Iterator[str]:
    for group in one._mutually_exclusive_groups:
        names = [f"`{_written(action, shortest=True)}`" for action in group._group_actions]
        yield f"One of them at most: {', '.join(names)}.\n"


def _folded(usage: str, width: int = 100, indent: str = "    ") -> str:
    """The usage in lines; options are not torn apart."""
    lines, line = [], ""
    for part in usage.replace("] [", "]\0[").split("\0"):
        if line and len(line) + 1 + len(part) > width:
            lines.append(line)
            line = indent + part
        else:
            line = f"{line} {part}" if line else part
    return "\n".join([*lines, line])


def _block(text: str | None) -> str:
    return f"```text\n{(text or '').strip()}\n```\n"


if __name__ == "__main__":
    main()
