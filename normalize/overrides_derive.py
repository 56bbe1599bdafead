"""Decisions of people put into the rows of one document, with all that follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from normalize.citations import OF_PRINT
from normalize.fields import FROM_INSTITUTION, FROM_NUMBER
from normalize.gazettes import Gazette
from normalize.instrument_ids import conflicts, instrument_id
from normalize.instrument_types import type_of_phrase
from normalize.month_text import read_months
from normalize.number import parse_number
from normalize.overrides import Box
from normalize.overrides_columns import WHOLE, decidable, settles
from normalize.overrides_replay import Change, Replay
from normalize.review import REVIEW_BELOW
from normalize.satker import resolve_satker, satkers

Row = dict[str, object]
Tables = Mapping[str, list[Row]]

AFTER_MATCHING = "indicator_id"
"""The column of plan rows that `pipeline.matching` settles; the others are settled before, as matching reads them."""

OF_ID = ("type", "number", "year", "title")
"""What the id of an instrument is made of."""

ID_NOT_DERIVED = "year-or-number-without-id"


def settled(tables: Tables, replay: Replay) -> dict[str, list[Row]]:
    """The tables of one document with what people decided of its header, legal bases and plan rows; the rest is matching's.

    Args:
        tables: as read, not matched.
        replay: the decisions; the outcomes are noted there.
    """
    if not replay.decisions:
        return dict(tables)
    document, fields = _header(tables["documents"][0], tables["fields"], replay)
    about = {name: document[name] for name in ("satker_code", "year")}
    rows = [{**row, **about} for row in tables["plan_rows"]]
    in_words = not any(column["field"] == "months" for column in tables["plan_columns"])
    plan = _by_place(replay.changes("plan_rows", rows, _columns("plan_rows", {AFTER_MATCHING})))
    bases = _by_place(replay.changes("legal_bases", tables["legal_bases"], _columns("legal_bases")))
    return {
        **tables,
        "documents": [document],
        "fields": fields,
        "legal_bases": [_legal_basis(row, bases[place]) for place, row in enumerate(tables["legal_bases"])],
        "plan_rows": [_plan_row(row, plan[place], in_words=in_words) for place, row in enumerate(rows)],
    }


def _columns(table: str, without: Collection[str] = ()) -> set[str]:
    return {*decidable()[table], WHOLE} - set(without)


def _by_place(changes: Sequence[Change]) -> defaultdict[int, list[Change]]:
    grouped: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        grouped[change.place].append(change)
    return grouped


def _changed(table: str, row: Row, changes: Sequence[Change]) -> Row:
    """The row with the values decided, without the review reasons that they settle."""
    values = {change.column: change.value for change in changes if change.column != WHOLE}
    read_right = any(change.column == WHOLE for change in changes)
    left = [reason for reason in _reasons(row) if not any(settles(table, change.column, reason) for change in changes)]
    return {
        **row,
        **values,
        "review_reasons": left,
        "decided": [
            *_names(row, "decided"),
            *(name for name in decidable()[table] if name in values),
            *([WHOLE] if read_right else []),
        ],
        "confidence": 1.0 if read_right and not left else row["confidence"],
    }


def _reasons(row: Mapping[str, object]) -> list[str]:
    return _names(row, "review_reasons")


def _names(row: Mapping[str, object], column: str) -> list[str]:
    values = row.get(column)
    return [str(value) for value in values] if isinstance(values, list) else []


def _surely_read(row: Row) -> Row:
    """The row without marks, where nothing speaks for a look any more: its other values were not doubted."""
    if _reasons(row):
        return {**row, "needs_review": True}
    return {**row, "needs_review": False, "confidence": max(_real(row, "confidence"), REVIEW_BELOW)}


def _real(row: Row, column: str) -> float:
    value = row[column]
    return float(value) if isinstance(value, int | float) else 0.0


def _plan_row(row: Row, changes: Sequence[Change], *, in_words: bool) -> Row:
    """The row with what was decided of it; months that were read from its target follow that.

    Args:
        row: as read.
        changes: what was decided of it.
        in_words: the plan has no month grid.
    """
    if not changes:
        return row
    made = _changed("plan_rows", row, changes)
    names = {change.column for change in changes}
    if in_words and "target_raw" in names and "months" not in names:
        reading = read_months(_text(made, "target_raw"))
        kept = [r for r in _reasons(made) if not decidable()["plan_rows"]["months"].settles_reason(r)]
        guessed = [] if reading.sure else [f"months-guessed:{reading.reason}"]
        made |= {"months": None if reading.months is None else list(reading.months), "review_reasons": [*kept, *guessed]}
    return _surely_read(made)


def _legal_basis(row: Row, changes: Sequence[Change]) -> Row:
    """The citation with what was decided of it; its id, and what the register says against it, follow its other columns."""
    if not changes:
        return row
    made = _changed("legal_bases", row, changes)
    names = {change.column for change in changes}
    read_right = WHOLE in names
    kind = type_of_phrase(str(made["type"])) if made["type"] is not None else None
    if names & set(OF_ID) and "instrument_id" not in names:
        same = kind is not None and instrument_id(kind, *_of_id(row))[0] == row["instrument_id"]
        made["instrument_id"] = instrument_id(kind, *_of_id(made))[0] if kind is not None and same else None
        if made["instrument_id"] is None and not read_right:
            made["review_reasons"] = [*_reasons(made), ID_NOT_DERIVED]
    if names - {WHOLE, "relation"} and not read_right and kind is not None:
        gazettes = made["gazettes"] if isinstance(made["gazettes"], list) else []
        printed = tuple(Gazette(g["series"], g["year"], g["number"]) for g in gazettes)
        against = conflicts(kind, _text(made, "instrument_id"), _text(made, "title"), printed)
        known = [note for note in against if not any(decidable()["legal_bases"][n].settles_reason(note) for n in names)]
        others = [r for r in _reasons(made) if r not in OF_PRINT]
        made["review_reasons"] = [*others, *known]
    if read_right:
        return {**made, "needs_review": False}
    if _reasons(made):
        return {**made, "needs_review": True}
    marked_for_nothing = bool(row["needs_review"]) and not _reasons(row)
    return {**made, "needs_review": marked_for_nothing or _real(row, "confidence") < REVIEW_BELOW}


def _of_id(row: Row) -> tuple[str | None, int | None, str | None]:
    year = row["year"]
    return _text(row, "number"), year if isinstance(year, int) else None, _text(row, "title")


def _text(row: Row, column: str) -> str | None:
    value = row[column]
    return None if value is None else str(value)


def _header(document: Row, fields: list[Row], replay: Replay) -> tuple[Row, list[Row]]:
    """The row of ``documents`` and the rows of ``fields`` with what was decided of the header."""
    changes = replay.changes("documents", [document], _columns("documents"))
    if not changes:
        return document, fields
    made = _changed("documents", document, changes)
    names = {change.column for change in changes}
    if isinstance(made["date"], str):
        made["date"] = date.fromisoformat(made["date"])
    _follow_number(made, names)
    _follow_institution(made, names)
    followed = [name for name in (*FROM_NUMBER, *FROM_INSTITUTION) if name not in names and made[name] != document[name]]
    made["decided"] = [*_names(made, "decided"), *followed]
    made["needs_review"] = bool(_reasons(made))
    places = {change.column: (change.decision.page, change.decision.boxes) for change in changes}
    made_fields = _fields(made, fields, places, read_right=WHOLE in names)
    if not _reasons(made):
        made["confidence"] = min((_real(row, "confidence") for row in made_fields), default=1.0)
    return made, made_fields


def _follow_number(document: Row, decided: Collection[str]) -> None:
    """Works out the parts of the number, and the year, where what they come from was decided."""
    number, signed = parse_number(_text(document, "number_raw")), document["date"]
    dated = signed.year if isinstance(signed, date) else None
    reasons = _reasons(document)
    if "number_raw" in decided:
        if "number" not in decided:
            document["number"] = number.number if number else None
            if number is not None and number.number is None:
                reasons.append("number:not-understood")
        if "classification" not in decided:
            document["classification"] = number.classification if number else None
    if {"number_raw", "date"} & set(decided) and "year" not in decided:
        document["year"] = number.year if number and number.year else dated
        reasons = [reason for reason in reasons if not reason.startswith("year:")]
        if number is not None and number.year is not None and dated is not None and number.year != dated:
            reasons.append("year:number-against-date")
    document["review_reasons"] = reasons


def _follow_institution(document: Row, decided: Collection[str]) -> None:
    """Works out the office where what it comes from was decided; or its name and level, where its code was."""
    if "satker_code" in decided:
        satker = satkers().get(_text(document, "satker_code") or "")
    elif {"institution", "number_raw", "place"} & set(decided):
        match = resolve_satker(
            _text(document, "institution"), parse_number(_text(document, "number_raw")), _text(document, "place")
        )
        satker = match.satker
        reasons = [reason for reason in _reasons(document) if not reason.startswith("satker:")]
        document["review_reasons"] = [*reasons, f"satker:{match.reason}"] if match.needs_review else reasons
    else:
        return
    document["satker_code"] = satker.code if satker else None
    document["satker_name"] = satker.name if satker else None
    document["satker_level"] = satker.level if satker else None
    document["province_code"] = satker.province_code if satker else None


def _fields(
    document: Row, fields: Sequence[Row], places: Mapping[str, tuple[int | None, tuple[Box, ...]]], *, read_right: bool
) -> list[Row]:
    """The rows of ``fields``: what was decided is an override, and what is not doubted any more needs no review.

    Args:
        document: the row of ``documents``, decided.
        fields: as read.
        places: where a column stood when it was decided.
        read_right: the header as a whole was read right.
    """
    doubtful = {reason.partition(":")[0] for reason in _reasons(document)}
    doubtful |= {"number_raw", *FROM_NUMBER} if "number" in doubtful else set()
    doubtful |= set(FROM_INSTITUTION) if "satker" in doubtful else set()
    decided = set(_names(document, "decided")) - {WHOLE}
    made = []
    for row in fields:
        name = str(row["field"])
        row = {**row, "needs_review": bool(row["needs_review"]) and name in doubtful}
        if name in decided:
            row |= {"origin": "override", "confidence": 1.0, "needs_review": name in doubtful}
            row |= _as_printed(row, document[name]) if _is_text(name) and name in places else {}
        elif read_right:
            row["confidence"] = 1.0
        made.append(row)
    there = {str(row["field"]) for row in fields}
    for name in sorted(decided - there):
        if document[name] is not None:
            made.append(_new_field(document, name, *places.get(name, (None, ())), review=name in doubtful))
    return made


def _as_printed(row: Row, value: object) -> Row:
    """What is printed, as a person read it; what zi had read is kept beside it, as for a repair."""
    return {} if value == row["text"] else {"text": value, "raw": row["raw"] if row["raw"] is not None else row["text"]}


def _is_text(name: str) -> bool:
    return name in decidable()["documents"] and decidable()["documents"][name].kind == "text"


def _new_field(document: Row, name: str, page: int | None, boxes: Sequence[Box], *, review: bool) -> Row:
    return {
        "document_id": document["document_id"],
        "field": name,
        "text": document[name] if _is_text(name) else None,
        "raw": None,
        "origin": "override",
        "page": page,
        "boxes": [dict(zip(("page", "x0", "top", "x1", "bottom"), box, strict=True)) for box in boxes],
        "confidence": 1.0,
        "needs_review": review,
    }
