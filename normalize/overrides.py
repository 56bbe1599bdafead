"""Decisions of people: lines of the overrides file as types, and types as lines.

The file (`overrides.jsonl`) is append-only: a decision is taken back by a later one, never by changing a line. A line is
addressed by content - document, page, boxes, the text of the thing and its value when it was decided - so that it finds its
value again after every rebuild, and is left alone (`overrides_replay`) where that is not what it was any more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal, TypeGuard

from normalize.overrides_columns import WHOLE, WITH_WHOLE, BadValue, decidable, typed_value

FILE = "overrides.jsonl"
ID_DIGITS = 16  # of the hash that names a decision
MOST_PAGES = 100_000  # a page beyond is a slip of who wrote the line

Status = Literal["applied", "stale", "superseded", "elsewhere"]
Box = tuple[int, float, float, float, float]
"""Page, x0, top, x1, bottom."""

TEXTS = ("decided_by", "decided_at", "document_id", "table", "field")
ANCHOR = ("key", "page", "boxes", "text")


class BadLine(ValueError):
    """A line that is no decision; the message says why."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one value, or of one row.

    Attributes:
        document_id: of the document.
        table: documents | legal_bases | plan_rows | coverage | findings.
        field: the column; `WHOLE`: the row was read right.
        key: what it was called then, for people: row_id, part and order, indicator; it addresses nothing.
        page: where it stands; None where no place tells.
        boxes: the same.
        text: what the thing says, as printed (`overrides_replay.text_of`); None where it has no text.
        before: its value then, as JSON; of a whole row an object of columns.
        value: the value decided, as JSON; that of before where it was confirmed.
        decided_by: who.
        decided_at: when, ISO 8601 with time zone.
        why: why, in the words of who decided.
        line: of the file, from 1; 0 for one that is not there yet.
    """

    document_id: str
    table: str
    field: str
    key: str
    page: int | None
    boxes: tuple[Box, ...]
    text: str | None
    before: str
    value: str
    decided_by: str
    decided_at: str
    why: str | None
    line: int = 0

    @property
    def override_id(self) -> str:
        """Its stable name: a hash of all that it says."""
        return hashlib.sha256(as_json(self._told()).encode()).hexdigest()[:ID_DIGITS]

    def as_line(self) -> str:
        """The line of the file, without its end."""
        return as_json({"override_id": self.override_id, **self._told()})

    @property
    def about(self) -> tuple[object, ...]:
        """What it is about: equal for decisions about the same thing in the same tables."""
        place = () if self.table == "documents" else (self.boxes, self.text)
        return self.table, self.document_id, self.field, *place

    def _told(self) -> dict[str, object]:
        return {
            "document_id": self.document_id,
            "table": self.table,
            "field": self.field,
            "anchor": {"key": self.key, "page": self.page, "boxes": [list(box) for box in self.boxes], "text": self.text},
            "before": json.loads(self.before),
            "value": json.loads(self.value),
            "decided_by": self.decided_by,
            "decided_at": self.decided_at,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision.

    Attributes:
        override_id: which.
        status: see the table ``overrides``.
        reason: why it is stale, None where it is not.
        key: what it is about now, None where that is gone.
    """

    override_id: str
    status: Status
    reason: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line of the file that is no decision: its number, and why."""

    line: int
    message: str


@dataclass(frozen=True)
class Overrides:
    """All that an overrides file holds.

    Attributes:
        decisions: in the order of the file.
        broken: lines that are none.
    """

    decisions: tuple[Decision, ...] = ()
    broken: tuple[BrokenLine, ...] = ()

    @cached_property
    def _by_document(self) -> Mapping[str, tuple[Decision, ...]]:
        grouped: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            if decision.table != "findings":  # they change no row: the audit takes them
                grouped.setdefault(decision.document_id, []).append(decision)
        return {document_id: tuple(some) for document_id, some in grouped.items()}

    def of(self, document_id: str) -> tuple[Decision, ...]:
        """The decisions that the rows of a document are made with, in order; those about findings are not among them."""
        return self._by_document.get(document_id, ())

    def mark_of(self, document_id: str) -> str:
        """What changes when the decisions of a document do; empty where it has none."""
        decisions = self.of(document_id)
        return _hash([one.override_id for one in decisions]) if decisions else ""

    def mark(self) -> str:
        """What changes when anything in the file does."""
        told = [f"{one.line} {one.override_id}" for one in self.decisions]
        return _hash([*told, *(f"{one.line} {one.message}" for one in self.broken)])


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def as_json(value: object) -> str:
    """A value as it is compared and kept: keys sorted, no blanks, dates as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no value of a table")


def parse_overrides(data: bytes) -> Overrides:
    """What the file holds; lines that are no decisions are told, and the others taken.

    Args:
        data: the whole file.
    """
    decisions: list[Decision] = []
    broken: list[BrokenLine] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                decisions.append(parse_line(line, number))
            except BadLine as error:
                broken.append(BrokenLine(number, str(error)))
    return Overrides(tuple(decisions), tuple(broken))


def parse_line(line: bytes, number: int = 0) -> Decision:
    """The decision of a line.

    Args:
        line: of the file.
        number: of the line, from 1.

    Raises:
        BadLine: it is none.
    """
    try:
        data = json.loads(line.decode("utf-8-sig"))
        as_json(data).encode()  # half a letter (a lone surrogate), which JSON can hold and a table cannot
    except (ValueError, RecursionError) as error:
        raise BadLine("it is no JSON: cut off, or changed by hand") from error
    if not isinstance(data, dict):
        raise BadLine("it is no object")
    decision = _decision(data, number)
    if data.get("override_id", decision.override_id) != decision.override_id:
        raise BadLine("it was changed after it was decided: its override_id is not that of what it says")
    return decision


def _decision(data: Mapping[str, object], number: int) -> Decision:
    texts = {name: _text(data, name) for name in TEXTS}
    table, field = texts["table"], texts["field"]
    if table not in decidable():
        raise BadLine(f"there is no table {table!r} to decide on")
    if field not in decidable()[table] and not (field == WHOLE and table in WITH_WHOLE):
        raise BadLine(f"{table} has no field {field!r} to decide on")
    _check_time(texts["decided_at"])
    if "before" not in data or "value" not in data:
        raise BadLine("before or value is missing")
    key, page, boxes, text = _anchor(data.get("anchor"))
    why = data.get("why")
    if why is not None and not isinstance(why, str):
        raise BadLine("why is no text")
    return Decision(
        document_id=texts["document_id"],
        table=table,
        field=field,
        key=key,
        page=page,
        boxes=boxes,
        text=text,
        before=as_json(data["before"]),
        value=_value(table, field, data["before"], data["value"]),
        decided_by=texts["decided_by"],
        decided_at=texts["decided_at"],
        why=why or None,
        line=number,
    )


def _value(table: str, field: str, before: object, value: object) -> str:
    """The value decided, as JSON; that which was read may be confirmed whatever it is."""
    same = as_json(value) == as_json(before)
    if field == WHOLE and not (same and isinstance(value, dict) and value and value.keys() <= decidable()[table].keys()):
        raise BadLine("a row as a whole can only be confirmed: before and value must be the same columns with the same values")
    if same:
        return as_json(value)
    try:
        return as_json(typed_value(table, field, value))
    except BadValue as error:
        raise BadLine(f"{as_json(value)} is no value of {table}.{field}, which is {error}") from error


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadLine(f"{name} is missing")
    return value


def _check_time(text: str) -> None:
    try:
        if datetime.fromisoformat(text).tzinfo is not None:
            return
    except ValueError:
        pass
    raise BadLine(f"decided_at is no time with time zone: {text!r}")


def _anchor(data: object) -> tuple[str, int | None, tuple[Box, ...], str | None]:
    if not isinstance(data, dict) or not data.keys() <= set(ANCHOR):
        raise BadLine("anchor is missing, or holds what it does not know")
    key, page, text = data.get("key"), data.get("page"), data.get("text")
    if not isinstance(key, str | None) or not isinstance(text, str | None) or not (page is None or _is_page(page)):
        raise BadLine("anchor holds a key, page or text of the wrong type")
    return key or "", page if _is_page(page) else None, _boxes(data.get("boxes") or []), text


def _boxes(data: object) -> tuple[Box, ...]:
    if not isinstance(data, list) or not all(map(_is_box, data)):
        raise BadLine("boxes are no lists of page, x0, top, x1, bottom")
    return tuple((int(page), float(x0), float(top), float(x1), float(bottom)) for page, x0, top, x1, bottom in data)


def _is_page(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_PAGES


def _is_box(value: object) -> bool:
    return isinstance(value, list) and len(value) == 5 and _is_page(value[0]) and all(map(_is_real, value))


def _is_real(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
