"""Decisions read back from a workbook: each is checked against the tables, and only new ones are taken."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from audit.read import PLAN_TEXTS
from audit.review.sheets import Line
from audit.review.things import Thing, Things
from audit.uncertain import BASE_VALUES
from audit.workbook.layout import (
    FINDING_DECISIONS,
    FINDINGS,
    NOTHING,
    REPLACE,
    REVIEW_DECISIONS,
    RIGHT,
    SKIP,
    STATUS_WORDS,
    before_cell,
)
from normalize.overrides import Box, Decision, as_json
from normalize.overrides_columns import WHOLE, BadValue, decidable, typed_value, value_of_text
from taxonomy.load import load_taxonomy


@dataclass(frozen=True, slots=True)
class Refused:
    """A row whose decision cannot be taken, and why."""

    sheet: str
    row: int
    message: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a workbook.

    Attributes:
        new: decisions to append.
        known: decisions that are in the file already.
        skipped: rows that say that nothing is decided.
        refused: rows that cannot be taken.
    """

    new: tuple[Decision, ...]
    known: int
    skipped: int
    refused: tuple[Refused, ...]


class CannotTake(ValueError):
    """A row that cannot be taken; the message says why."""


def take(lines: Sequence[Line], things: Things, by: str | None, at: str) -> Taken:
    """The decisions of the lines.

    Args:
        lines: of the workbook.
        things: what they may be about.
        by: who decided, where the row does not say.
        at: when: ISO 8601 with time zone.
    """
    new: list[Decision] = []
    refused: list[Refused] = []
    known = skipped = 0
    for line in lines:
        if line.sheet != FINDINGS and line.cells.get("decision", "").lower() == SKIP:
            skipped += 1
            continue
        try:
            decision, thing = _decision(line, things, by, at)
            same = things.same(decision)
            if same is not None and same.value == decision.value:
                known += 1
                continue
            _check_before(line, decision, thing)
        except CannotTake as error:
            refused.append(Refused(line.sheet, line.number, str(error)))
            continue
        if not any((one.about, one.value) == (decision.about, decision.value) for one in new):
            new.append(decision)
    return Taken(tuple(new), known, skipped, tuple(refused))


def _decision(line: Line, things: Things, by: str | None, at: str) -> tuple[Decision, Thing]:
    """The decision of a line, and what it is about."""
    cells = line.cells
    if "decision" not in cells:
        raise CannotTake(f'"Nilai baru" is filled in, but "Keputusan" is empty: choose {REPLACE}, or take the value out')
    who = cells.get("who") or by
    if not who:
        raise CannotTake('nobody is named who decided: fill in "Diputuskan oleh", or give --by NAME')
    table, field = cells.get("table", ""), cells.get("field", "")
    columns = decidable().get(table)
    if columns is None or (field not in columns and field != WHOLE):
        raise CannotTake(f"{table}.{field} cannot be decided; it follows from other values")
    thing = things.find(table, cells.get("document_id", ""), cells.get("key", ""), _boxes(cells.get("boxes")))
    if thing is None:
        raise CannotTake("what it is about is not in the tables any more, or stands elsewhere now")
    if line.sheet == FINDINGS:
        value: object = _word(cells["decision"], tuple(FINDING_DECISIONS))
        value = FINDING_DECISIONS[str(value)]
        return thing.decided(field, value, thing.value(field), who, at, cells.get("why")), thing
    field, value = _value(line, thing, field)
    before = value if field == WHOLE else thing.value(field)
    return thing.decided(field, value, before, who, at, cells.get("why")), thing


def _word(text: str, words: Sequence[str]) -> str:
    if text.lower() not in words:
        raise CannotTake(f'"{text}" is no decision; use one of: {", ".join(words)}')
    return text.lower()


def _value(line: Line, thing: Thing, field: str) -> tuple[str, object]:
    """The column decided and its value, as the row says it."""
    cells, table = line.cells, thing.table
    word = _word(cells["decision"], REVIEW_DECISIONS)
    if word == RIGHT:
        return field, thing.value(field, _seen(line, thing))
    if field == WHOLE:
        field = cells.get("which", "")
        if field not in decidable()[table]:
            raise CannotTake(f'"Kolom yang diganti" does not say which of: {", ".join(decidable()[table])}')
    try:
        if word == NOTHING:
            return field, typed_value(table, field, None)
        if word == REPLACE and "value" not in cells:
            raise CannotTake('"Nilai baru" is empty')
        return field, checked_value(table, field, cells["value"])
    except BadValue as error:
        said = "null" if word == NOTHING else f'"{cells.get("value")}"'
        raise CannotTake(f"{said} is no value of {field}, which is {error}") from error


def checked_value(table: str, field: str, text: str) -> object:
    """The value that a person wrote, an indicator only where there is one of that id; a component's status in either language.

    Raises:
        BadValue: the column takes no such value.
    """
    value = value_of_text(table, field, STATUS_WORDS.get(text.lower(), text) if table == "coverage" else text)
    if field == "indicator_id" and value not in _labels():
        raise BadValue("the id of an indicator of the taxonomy (`zi taxonomy WORDS` finds it)")
    return value


@cache
def _labels() -> frozenset[str]:
    return frozenset(load_taxonomy().labels)


def _check_before(line: Line, decision: Decision, thing: Thing) -> None:
    """Nothing, if the value is still the one that the person saw."""
    if line.sheet == FINDINGS:
        return
    seen = line.cells.get("before", as_json(None))
    now = thing.value(line.cells["field"], _seen(line, thing))
    if before_cell(now) != seen and as_json(_json(seen)) != as_json(now):
        raise CannotTake("the value is another one by now: write the workbook anew (zi audit) and decide there")


def _seen(line: Line, thing: Thing) -> object:
    """What the person saw; of a whole row that is too long for a cell the columns that the sheet shows of it."""
    seen = _json(line.cells.get("before"))
    is_row = isinstance(seen, dict) or line.cells["field"] != WHOLE
    return seen if is_row else dict.fromkeys(BASE_VALUES if thing.table == "legal_bases" else (*PLAN_TEXTS, "months"))


def _json(text: str | None) -> object:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def _boxes(text: str | None) -> tuple[Box, ...] | None:
    data = _json(text)
    if not isinstance(data, list):
        return None
    try:
        return tuple((int(page), float(x0), float(top), float(x1), float(bottom)) for page, x0, top, x1, bottom in data)
    except (TypeError, ValueError):
        return None
