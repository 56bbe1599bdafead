"""The things that people decide on, in the tables as they are now: found by name and place, addressed by content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from audit.selected import Row, selected
from normalize.overrides import Box, Decision, as_json
from normalize.overrides_columns import WHOLE, decidable
from normalize.overrides_replay import boxes_of, key_of, text_of

NAMED_BY: Mapping[str, Sequence[str]] = {
    "documents": (),
    "legal_bases": ("part", "item_order", "ref_order", "text", "page", "boxes"),
    "plan_rows": ("row_id", "row_order", "printed", "page_start", "boxes"),
    "coverage": ("indicator_id", "row_count", "reasons"),
    "findings": ("finding_id", "page"),
}
"""Columns that tell which row it is, and where, by table; besides those that can be decided."""


BY_NAME = ("documents", "coverage", "findings")
"""Tables whose rows have names that say what they are; the others are named by their order, which may shift."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A row of a table that can be decided on.

    Attributes:
        table, document_id, key: which; the key is that of the sheets (`audit.workbook.layout`).
        page, boxes: where it stands.
        text: what it says, as `overrides_replay.text_of` gives it.
        row: as the table has it.
    """

    table: str
    document_id: str
    key: str
    page: int | None
    boxes: tuple[Box, ...]
    text: str | None
    row: Row

    def value(self, field: str, like: object = None) -> object:
        """The value of a column now; of the row as a whole the columns that `like` names.

        Args:
            field: the column, or `WHOLE`.
            like: an object whose names are those wanted.
        """
        if field != WHOLE:
            return self.row[field]
        names = list(like) if isinstance(like, dict) else []
        return {name: self.row[name] for name in names if name in self.row}

    def decided(self, field: str, value: object, before: object, by: str, at: str, why: str | None) -> Decision:
        """A decision about it."""
        return Decision(
            self.document_id,
            self.table,
            field,
            self.key,
            self.page,
            self.boxes,
            self.text,
            as_json(before),
            as_json(value),
            by,
            at,
            why or None,
        )


@dataclass(frozen=True)
class Things:
    """All rows that can be decided on.

    Attributes:
        parquet: folder of the tables.
        said: decisions of the overrides file, in order.
    """

    parquet: Path
    said: tuple[Decision, ...] = ()

    def find(self, table: str, document_id: str, key: str, boxes: Sequence[Box] | None = None) -> Thing | None:
        """The row of that name; where another row has the name by now, the one at that place.

        Args:
            table: of the row.
            document_id: of the document.
            key: its name.
            boxes: where it stood when it was named; None where that is not known.
        """
        of_document = self._rows(table).get(document_id, [])
        named = next((thing for thing in of_document if thing.key == key), None)
        if not boxes or table in BY_NAME or (named is not None and named.boxes == tuple(boxes)):
            return named
        there = [thing for thing in of_document if thing.boxes == tuple(boxes)]
        return there[0] if len(there) == 1 else None

    def same(self, decision: Decision) -> Decision | None:
        """The last decision of the file about the same thing, None where there is none."""
        return self._last.get(decision.about)

    @cached_property
    def _last(self) -> Mapping[tuple[object, ...], Decision]:
        return {decision.about: decision for decision in self.said}

    def _rows(self, table: str) -> Mapping[str, list[Thing]]:
        if table not in self._tables:
            self._tables[table] = self._of_header() if table == "documents" else self._of_table(table)
        return self._tables[table]

    @cached_property
    def _tables(self) -> dict[str, Mapping[str, list[Thing]]]:
        return {}

    def _of_table(self, table: str) -> Mapping[str, list[Thing]]:
        decided = () if table == "findings" else ("decided",)
        columns = dict.fromkeys(("document_id", *NAMED_BY[table], *decidable()[table], *decided))
        found: dict[str, list[Thing]] = {}
        for row in selected(self.parquet, table, tuple(columns)):
            document_id = str(row["document_id"])
            found.setdefault(document_id, []).append(self._thing(table, document_id, row))
        return found

    def _thing(self, table: str, document_id: str, row: Row) -> Thing:
        key = str(row["finding_id"]) if table == "findings" else key_of(table, row, "")
        text = key if table == "findings" else text_of(table, row)
        if table == "coverage" and row["decided"]:
            # Its reasons went with the decision; what it was concluded from stands in that.
            text = next((d.text or text for d in reversed(self.said) if _is_about(d, table, document_id, key)), text)
        page = row.get("page", row.get("page_start"))
        return Thing(table, document_id, key, page, boxes_of(row), text, row)

    def _of_header(self) -> Mapping[str, list[Thing]]:
        """Each column of a header as a thing of its own."""
        columns = ("document_id", "field", "text", "page", "boxes")
        at = {(row["document_id"], row["field"]): row for row in selected(self.parquet, "fields", columns)}
        found: dict[str, list[Thing]] = {}
        for row in selected(self.parquet, "documents", ("document_id", *decidable()["documents"])):
            document_id = str(row["document_id"])
            for name in (*decidable()["documents"], WHOLE):
                field: Mapping[str, Any] = at.get((document_id, name), {})
                thing = Thing("documents", document_id, name, field.get("page"), boxes_of(field), field.get("text"), row)
                found.setdefault(document_id, []).append(thing)
        return found


def _is_about(decision: Decision, table: str, document_id: str, key: str) -> bool:
    return (decision.table, decision.document_id) == (table, document_id) and (decision.text or "").partition(":")[0] == key
