"""The review in a terminal: value by value, each decision appended at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

from audit.crops import name_of, pages_of
from audit.review.take import checked_value
from audit.review.things import Thing, Things
from audit.selected import selected
from audit.uncertain import Uncertain, uncertain_values
from audit.workbook.words import reasons
from normalize.overrides import Decision, as_json
from normalize.overrides_columns import WHOLE, BadValue, decidable, typed_value
from pipeline.progress import count, printable
from taxonomy.load import load_taxonomy

LOOK = "look"
"""The certainty of findings that are only requests to look: those are asked."""

CELLS = ("area_no", "area", "component_no", "component", "item_no", "item")
"""Columns of plan rows whose cell may span several rows: it was read once, and is decided once."""

LONGEST = 400  # letters of a text that are shown
QUIT, SKIP, RIGHT, REPLACE, NOTHING = "q", "l", "b", "g", "k"
CONFIRM, DISMISS = "b", "u"
CHOICES = "[b]enar  [g]anti  [k]osong  [l]ewati  [q] selesai"
FINDING_CHOICES = "[b]enar temuan  b[u]kan temuan  [l]ewati  [q] selesai"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a session goes through.

    Attributes:
        document, table, field: only these, by the beginning of the document_id or a part of its path; None for all.
        limit: how many at most.
    """

    document: str | None = None
    table: str | None = None
    field: str | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide.

    Attributes:
        thing: what it is about.
        field: the column, or `WHOLE`.
        before: its value now.
        why: why it is asked, for people.
        boxes: what to look at.
        cell: what all rows of one printed cell have in common; None where the value is the row's own.
        shown: further lines about it.
    """

    thing: Thing
    field: str
    before: object
    why: str
    boxes: Sequence[Mapping[str, Any]] = ()
    cell: tuple[object, ...] | None = None
    shown: tuple[str, ...] = ()


@dataclass(slots=True)
class Session:
    """A review in hand.

    Attributes:
        report: folder of the report, where crops lie.
        names: office and year of a document, and its path.
        by: who decides.
        now: tells the time, ISO 8601 with time zone.
        keep: appends decisions.
        answers: where the answers come from.
        told: where questions go.
        decided: decisions of this session.
    """

    report: Path
    names: Mapping[str, str]
    by: str
    now: Callable[[], str]
    keep: Callable[[Sequence[Decision]], None]
    answers: TextIO
    told: TextIO
    decided: list[Decision] = field(default_factory=list)

    def run(self, items: Sequence[Item]) -> None:
        """Asks item after item, until all are asked, or the person or the input ends."""
        done: set[int] = set()
        for place, item in enumerate(items):
            if place in done:
                continue
            self._say(f"\n({place + 1}/{len(items)}) {self._head(item)}")
            made = self._ask(item)
            if made is None:
                return
            if not made:
                continue
            alike = [k for k in range(place + 1, len(items)) if item.cell is not None and items[k].cell == item.cell]
            if alike and self._yes(f"Berlaku juga untuk {len(alike)} baris lain dengan sel yang sama? [y/t] "):
                done.update(alike)
                made += [self._decision(items[k], made[0].field, made[0]) for k in alike]
            self.keep(made)
            self.decided += made

    def _head(self, item: Item) -> str:
        thing = item.thing
        place = "" if thing.page is None else f", halaman {thing.page}"
        lines = [f"{self.names.get(thing.document_id, thing.document_id)}{place}"]
        lines.append(f"  {thing.table}.{item.field}  ({thing.key})")
        lines.append(f"  nilai terbaca : {_short(as_json(item.before))}")
        lines += [f"  {line}" for line in item.shown]
        lines.append(f"  alasan        : {item.why}")
        lines += [f"  potongan      : {crop}" for crop in self._crops(item)]
        return "\n".join(lines)

    def _crops(self, item: Item) -> Iterator[Path]:
        for page, boxes in pages_of(item.boxes).items():
            path = self.report / name_of(item.thing.document_id, page, boxes)
            if path.is_file():
                yield path

    def _ask(self, item: Item) -> list[Decision] | None:
        """The decision on an item; none where it is skipped, None where the person ends."""
        if item.thing.table == "findings":
            return self._ask_finding(item)
        while True:
            answer = self._choice(CHOICES)
            if answer is None or answer == QUIT:
                return None
            if answer == SKIP:
                return []
            if answer == RIGHT:
                return self._with_why(item, item.field, item.before)
            if answer in (REPLACE, NOTHING):
                made = self._replaced(item, nothing=answer == NOTHING)
                if made is not None:
                    return made

    def _ask_finding(self, item: Item) -> list[Decision] | None:
        while True:
            answer = self._choice(FINDING_CHOICES)
            if answer is None or answer == QUIT:
                return None
            if answer == SKIP:
                return []
            if answer in (CONFIRM, DISMISS):
                return self._with_why(item, item.field, "confirmed" if answer == CONFIRM else "dismissed")

    def _replaced(self, item: Item, *, nothing: bool) -> list[Decision] | None:
        """The decision with a new value; None where no value was given that the column takes."""
        table, name = item.thing.table, item.field
        if name == WHOLE:
            name = self._answer("Kolom yang diganti: ") or ""
            if name not in decidable()[table]:
                self._say(f"  Pilih salah satu: {', '.join(decidable()[table])}")
                return None
        try:
            if nothing:
                return self._with_why(item, name, typed_value(table, name, None))
            text = self._answer("Nilai baru: ") or ""
            return self._with_why(item, name, checked_value(table, name, text))
        except BadValue as error:
            self._say(f"  Nilai tidak dapat dipakai; {name}: {error}")
            return None

    def _with_why(self, item: Item, name: str, value: object) -> list[Decision]:
        why = self._answer("Alasan (boleh kosong): ")
        before = item.before if name == item.field else item.thing.value(name)
        return [item.thing.decided(name, value, before, self.by, self.now(), why)]

    def _decision(self, item: Item, name: str, like: Decision) -> Decision:
        """The decision of another item on this one."""
        thing = item.thing
        return replace(
            like, key=thing.key, page=thing.page, boxes=thing.boxes, text=thing.text, before=as_json(thing.value(name))
        )

    def _choice(self, choices: str) -> str | None:
        answer = self._answer(f"{choices} ? ")
        return None if answer is None else answer.lower()

    def _yes(self, question: str) -> bool:
        return (self._answer(question) or "").lower() in ("y", "ya", "yes")

    def _answer(self, question: str) -> str | None:
        """What the person types, None at the end of the input."""
        print(question, end="", file=self.told, flush=True)
        line = self.answers.readline()
        return line.strip() if line else None

    def _say(self, text: str) -> None:
        print(text, file=self.told, flush=True)


def items_of(parquet: Path, things: Things, asked: Asked) -> list[Item]:
    """What is to be decided: values marked for review, then findings that are requests to look; decided ones left out.

    Args:
        parquet: folder of the tables.
        things: its rows, and what the overrides file says of them already.
        asked: which of them.
    """
    paths = {row["document_id"]: row["source_path"] for row in selected(parquet, "documents", ("document_id", "source_path"))}
    found = (*_values(parquet, things), *_findings(parquet, things))
    wanted = [item for item in found if _is_asked(item, asked, paths) and not _is_decided(item, things)]
    return wanted[: asked.limit]


def _is_asked(item: Item, asked: Asked, paths: Mapping[str, str]) -> bool:
    thing, wanted = item.thing, asked.document
    if wanted is not None and not thing.document_id.startswith(wanted) and wanted not in paths.get(thing.document_id, ""):
        return False
    return asked.table in (None, thing.table) and asked.field in (None, item.field)


def _is_decided(item: Item, things: Things) -> bool:
    """Whether the file has a decision on it that the tables do not show yet."""
    like = item.thing.decided(item.field, None, item.before, "", "", None)
    same = things.same(like)
    return same is not None and same.before == like.before


def _values(parquet: Path, things: Things) -> Iterator[Item]:
    for one in uncertain_values(parquet):
        thing = things.find(one.table, one.document_id, one.key)
        if thing is not None and (one.field in decidable()[one.table] or one.field == WHOLE):
            yield Item(thing, one.field, one.before, reasons(one.reasons), one.boxes, _cell(one), tuple(_shown(one, thing)))


def _cell(one: Uncertain) -> tuple[object, ...] | None:
    """What tells the printed cell of a value: where its least sure word stands."""
    if one.table != "plan_rows" or one.field not in CELLS or not any("@" in reason for reason in one.reasons):
        return None
    return one.document_id, one.field, as_json(one.before), one.reasons


def _shown(one: Uncertain, thing: Thing) -> Iterator[str]:
    if one.table == "plan_rows":
        above = [one.row[name] for name in ("area", "component", "item") if one.row[name] is not None]
        yield f"di bawah      : {_short(' / '.join(above))}"
        yield f"baris         : {_short(thing.text or '')}"
    elif one.table == "legal_bases":
        yield f"kutipan       : {_short(thing.text or '')}"
    elif one.table == "coverage":
        yield f"komponen      : {one.key} {_name(one.key)}, {count(one.row['row_count'], 'baris', 'baris')}"
    elif thing.text is not None:
        yield f"tercetak      : {_short(thing.text)}"
    if one.field == "indicator_id":
        for candidate in one.row["candidates"]:
            yield f"calon         : {candidate['id']} ({candidate['score']:.0f} %) {_name(candidate['id'])}"


def _name(indicator_id: str) -> str:
    return _short(load_taxonomy().node(indicator_id).name or "")


def _findings(parquet: Path, things: Things) -> Iterator[Item]:
    columns = ("document_id", "finding_id", "certainty", "code", "message", "decision", "doubts", "places")
    for row in selected(parquet, "findings", columns):
        thing = things.find("findings", row["document_id"], row["finding_id"])
        if thing is not None and row["certainty"] == LOOK and row["decision"] is None:
            shown = (f"temuan        : {row['code']}: {_short(row['message'])}",)
            yield Item(thing, "decision", None, reasons(row["doubts"]), row["places"], None, shown)


def _short(text: str) -> str:
    plain = printable(text)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]} ..."
