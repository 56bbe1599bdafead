"""Writes ``data-dictionary.md`` from the schema and ``findings.md`` from the catalogue of the audit: ``make docs``."""

from __future__ import annotations

from pathlib import Path

from audit.claims import Code, catalogue
from normalize.schema import SCHEMA_VERSION, TABLES
from normalize.schema_types import Column, Table

TARGET = Path(__file__).with_name("data-dictionary.md")
FINDINGS = Path(__file__).with_name("findings.md")
INTRO = f"""\
# Data dictionary

Schema {SCHEMA_VERSION}. Written by `make docs` from `normalize/schema.py`; do not edit by hand.
One file per table: `data/parquet/<table>.parquet`. The same texts stand in the metadata of each column of the files.
"""

FINDINGS_INTRO = """\
# Findings

Written by `make docs` from `audit/data/findings-*.toml`; do not edit by hand. A code never changes its meaning.

**Severity** is how much it weighs: `error` (an auditor would write it down), `warning`, `info`.

**Certainty** is how sure zi is:

- `sure`: the document itself proves it, or a fact of the register that was verified in a published text.
- `likely`: it rests on what most other decrees print, or on a fact that nobody verified; `doubts` says which. Never an error.
- `look`: zi may have misread something (a scan, a value marked for review). Only a request to look; it weighs one step less
  than its code says, and is never an error.

Every finding has the page, both readings where there are two, and the places of both (`places`), which the report shows as
pieces of the page. A person's decision (`decision`) stays with it through every later audit: see `review.md`.
"""


def main() -> None:
    """Writes the files."""
    TARGET.write_text(text(), encoding="utf-8")
    FINDINGS.write_text(findings(), encoding="utf-8")


def findings() -> str:
    """The codes of the audit as Markdown."""
    return "\n".join([FINDINGS_INTRO, *(_code(code) for code in catalogue().values())])


def _code(code: Code) -> str:
    return "\n".join(
        [
            f"## {code.code}\n",
            f"{code.title['en']} / *{code.title['id']}* ({code.severity})\n",
            f"- **Rule:** {code.rule}",
            f"- **Rests on:** {code.source}",
            f"- **Example:** {code.example}",
            f"- **Refuted by:** {code.refuted_by}",
            "",
        ]
    )


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
