"""Writes ``docs/data-dictionary.md`` from the schema, so that the two never differ: ``make docs``."""

from __future__ import annotations

from pathlib import Path

from normalize.schema import SCHEMA_VERSION, TABLES
from normalize.schema_types import Column, Table

TARGET = Path(__file__).with_name("data-dictionary.md")
INTRO = f"""\
# Data dictionary

Schema {SCHEMA_VERSION}. Written by `make docs` from `normalize/schema.py`; do not edit by hand.
One file per table: `data/parquet/<table>.parquet`. The same texts stand in the metadata of each column of the files.
"""


def main() -> None:
    """Writes the file."""
    TARGET.write_text(text(), encoding="utf-8")


def text() -> str:
    """The data dictionary as Markdown."""
    return "\n".join([INTRO, *(_table(table) for table in TABLES.values())])


def _table(table: Table) -> str:
    head = f"## {table.name}\n\nOne row: {table.row}. Sorted by {_sorting(table)}.\n"
    lines = ["| column | type | meaning | null means |", "|---|---|---|---|"]
    return "\n".join([head, *lines, *(_column(column) for column in table.columns), ""])


def _sorting(table: Table) -> str:
    return ", ".join("part (as in the decree)" if key == "part_order" else key for key in table.sort)


def _column(column: Column) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    kind = str(column.type).replace("<item: ", "<")
    cells = (f"`{column.name}`", f"`{kind}`", column.meaning + unit, column.null)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    main()
