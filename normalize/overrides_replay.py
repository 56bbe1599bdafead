"""Decisions of people found again in the rows of one document, and what became of each.

A decision counts only where the thing that it is about is surely there - what it says and where it stands are as they were -
and its value is the one that was decided on, as read or as an earlier decision left it. All else is stale, with a reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from normalize.overrides import Box, Decision, Outcome, as_json
from normalize.overrides_columns import WHOLE

Row = Mapping[str, object]

OVERLAP = 0.5  # share of the smaller of two boxes that both have, from which they are one place: the bytes of a PDF do not move

ROW_GONE, ROW_CHANGED, AMBIGUOUS, VALUE_CHANGED, NOT_KNOWN = (
    "row-gone",
    "row-changed",
    "ambiguous",
    "value-changed",
    "value-not-known",
)
"""Why a decision is stale: nothing stands there any more; something else does; two things fit; its value is another; the value
decided is no indicator any more."""

NOT_READ = "document-not-read"
"""Why it is stale where the document failed as a whole."""


def text_of(table: str, row: Row) -> str:
    """What a row says by itself, whatever was decided of it: what a decision finds it by, beside its place."""
    if table == "plan_rows":
        printed = row["printed"]
        return " | ".join(str(p["text"]) for p in printed if p["text"] is not None) if isinstance(printed, list) else ""
    if table == "legal_bases":
        return f"{row['part']}: {row['text']}"
    if table == "coverage":
        # The status alone is one of three words: what it was concluded from tells whether it is still what was decided on.
        reasons = row["reasons"]
        told = ", ".join(str(reason) for reason in reasons) if isinstance(reasons, list) else ""
        return f"{row['indicator_id']}: {row['row_count']} rows; {told}"
    return ""


def key_of(table: str, row: Row, column: str) -> str:
    """What a row, or a value of it, is called for people."""
    if table == "plan_rows":
        return str(row["row_id"])
    if table == "legal_bases":
        return f"{row['part']}-{row['item_order']}-{row['ref_order']}"
    return str(row["indicator_id"]) if table == "coverage" else column


def boxes_of(row: Row) -> tuple[Box, ...]:
    """The boxes of a row, as a decision holds them."""
    boxes = row.get("boxes")
    if not isinstance(boxes, list):
        return ()
    return tuple((int(b["page"]), float(b["x0"]), float(b["top"]), float(b["x1"]), float(b["bottom"])) for b in boxes)


@dataclass(frozen=True, slots=True)
class Change:
    """What holds of a row: the value that a column has by decision, or that the row was read right (`WHOLE`)."""

    place: int
    column: str
    value: object
    decision: Decision


@dataclass(slots=True)
class Replay:
    """The decisions of one document, and what has become of them so far.

    Attributes:
        decisions: in order; those about findings left out.
        outcomes: by override_id.
    """

    decisions: Sequence[Decision] = ()
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def changes(
        self,
        table: str,
        rows: Sequence[Row],
        columns: Collection[str],
        *,
        value_of: Callable[[Row, str], object] = lambda row, column: row.get(column),
        known: Collection[str] | None = None,
    ) -> list[Change]:
        """What people decided of some columns, at most one change for each value; the outcomes are noted.

        Args:
            table: of the rows.
            rows: of the document, as read.
            columns: those that are settled now; `WHOLE` among them for rows as a whole.
            value_of: the value of a column in a row.
            known: values that can be decided, None where every one can.
        """
        holding: dict[tuple[int, str], Change] = {}
        passed: list[tuple[tuple[object, ...], Decision, Outcome]] = []
        for decision in self.decisions:
            if decision.table != table or decision.field not in columns:
                continue
            place, reason = _find(decision, rows)
            spot: tuple[object, ...] = (decision.field, place if place is not None else (decision.page, decision.text))
            if place is not None:
                reason = _doubt(decision, rows[place], place, holding, value_of, known)
            if place is not None and reason is None:
                holding[place, decision.field] = Change(place, decision.field, json.loads(decision.value), decision)
                key = key_of(table, rows[place], decision.field)
                passed.append((spot, decision, Outcome(decision.override_id, "applied", None, key)))
            else:
                now = None if place is None else key_of(table, rows[place], decision.field)
                passed.append((spot, decision, Outcome(decision.override_id, "stale", reason, now)))
        self._note(passed)
        return list(holding.values())

    def _note(self, passed: Sequence[tuple[tuple[object, ...], Decision, Outcome]]) -> None:
        """Notes the outcomes; what a later decision that holds is about, or a line that says it again, is superseded."""
        last = {spot: place for place, (spot, _, outcome) in enumerate(passed) if outcome.status == "applied"}
        for place, (spot, decision, outcome) in enumerate(passed):
            is_last = place >= last.get(spot, -1)
            self.outcomes[decision.override_id] = (
                outcome if is_last else Outcome(decision.override_id, "superseded", None, outcome.key)
            )


def _find(decision: Decision, rows: Sequence[Row]) -> tuple[int | None, str | None]:
    """The place of the row that a decision is about, or why there is none."""
    if decision.table == "documents":
        return (0, None) if rows else (None, ROW_GONE)
    saying = [place for place, row in enumerate(rows) if decision.text in _names_of(decision.table, row)]
    there = [place for place in saying if _is_there(decision, rows[place])]
    if len(there) == 1:
        return there[0], None
    if there:
        return None, AMBIGUOUS
    return None, ROW_CHANGED if any(_is_there(decision, row) for row in rows) else ROW_GONE


def _names_of(table: str, row: Row) -> tuple[str | None, ...]:
    """What a decision may call a row; one that gives no text is found by its place, a component by its id."""
    return (text_of(table, row), str(row["indicator_id"])) if table == "coverage" else (text_of(table, row), None)


def _is_there(decision: Decision, row: Row) -> bool:
    """Whether a row stands where the decision saw it; without any place, what it says must do."""
    if decision.table == "coverage":
        return str(row["indicator_id"]) == (decision.text or "").partition(":")[0]
    boxes = boxes_of(row)
    if decision.boxes:
        return any(_is_one_place(box, other) for box in decision.boxes for other in boxes)
    if decision.page is not None:
        return decision.page in {box[0] for box in boxes}
    return decision.text is not None


def _is_one_place(one: Box, other: Box) -> bool:
    wide = min(one[3], other[3]) - max(one[1], other[1])
    high = min(one[4], other[4]) - max(one[2], other[2])
    if one[0] != other[0] or wide <= 0 or high <= 0:
        return False
    return wide * high >= OVERLAP * min(_size(one), _size(other))


def _size(box: Box) -> float:
    return (box[3] - box[1]) * (box[4] - box[2])


def _doubt(
    decision: Decision,
    row: Row,
    place: int,
    holding: Mapping[tuple[int, str], Change],
    value_of: Callable[[Row, str], object],
    known: Collection[str] | None,
) -> str | None:
    """Why a decision does not hold of the row that it is about, None where it does.

    It holds where the value is what it was decided on, as read or as an earlier decision left it; also where the value is now
    what was decided, as then it changes nothing.
    """

    def fits(column: str, before: object, value: object) -> bool:
        held = holding.get((place, column))
        now = {as_json(value_of(row, column))} | ({as_json(held.value)} if held is not None else set())
        return bool(now & {as_json(before), as_json(value)})

    before, value = json.loads(decision.before), json.loads(decision.value)
    if decision.field == WHOLE:
        return None if all(fits(name, one, one) for name, one in before.items()) else VALUE_CHANGED
    if known is not None and value is not None and value not in known:
        return NOT_KNOWN
    return None if fits(decision.field, before, value) else VALUE_CHANGED
