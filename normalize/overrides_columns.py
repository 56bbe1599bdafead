"""Which columns a person may decide, what values they take, and which review reasons a decision settles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from normalize.data_files import DATA_DIR

WHOLE = "*"
"""The field of a decision about all of a row: it was read right."""

WITH_WHOLE = ("documents", "legal_bases", "plan_rows")
"""Tables whose rows can be decided as a whole."""

YEARS = range(1945, 2101)  # as dates are read: no decree of the republic is older, none is dated two generations ahead
SERIES = ("LN", "TLN", "BN")
INDICATOR = re.compile(r"[A-Z][\w.]*(?:-[\w.]+)*")
INSTRUMENT = re.compile(r"\S+")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class BadValue(ValueError):
    """A value that its column cannot take; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class Decidable:
    """A column that a person may decide.

    Attributes:
        kind: of its values.
        words: the values, where they are words of a list.
        may_be_null: null is a value.
        settles: what the review reasons look like that are about it.
    """

    kind: str
    words: tuple[str, ...]
    may_be_null: bool
    settles: tuple[re.Pattern[str], ...]

    def settles_reason(self, reason: str) -> bool:
        """Whether a decision about the column settles a review reason."""
        return any(pattern.match(reason) for pattern in self.settles)


@cache
def decidable() -> Mapping[str, Mapping[str, Decidable]]:
    """The columns by table, in the order of the data file (`normalize/data/decidable.toml`)."""
    with (DATA_DIR / "decidable.toml").open("rb") as file:
        data = tomllib.load(file)
    return {table: {name: _decidable(entry) for name, entry in columns.items()} for table, columns in data.items()}


def _decidable(entry: Mapping[str, object]) -> Decidable:
    kind, settles = entry["kind"], entry["settles"]
    words = tuple(str(word) for word in kind) if isinstance(kind, list) else ()
    patterns = tuple(re.compile(str(pattern)) for pattern in settles) if isinstance(settles, list) else ()
    return Decidable("words" if words else str(kind), words, entry.get("null") is not False, patterns)


def settles(table: str, field: str, reason: str) -> bool:
    """Whether a decision about a field, or a row as a whole, settles a review reason.

    Of documents a whole row is only its header: that a page was not read is no doubt that a look at the header ends.
    """
    columns = decidable()[table]
    if field != WHOLE:
        return columns[field].settles_reason(reason)
    return table != "documents" or any(column.settles_reason(reason) for column in columns.values())


def column_of_reason(table: str, reason: str) -> str | None:
    """The column that a review reason is about, None where it is about the row as a whole, or about no column."""
    return next((name for name, column in decidable()[table].items() if column.settles_reason(reason)), None)


def typed_value(table: str, field: str, value: object) -> object:
    """The value as the column takes it: whitespace collapsed, months sorted.

    Args:
        table: of the column.
        field: the column.
        value: as JSON has it.

    Raises:
        BadValue: the column takes no such value.
    """
    column = decidable()[table][field]
    if value is None:
        if not column.may_be_null:
            raise BadValue(_told(column))
        return None
    if column.kind == "words":
        if value not in column.words:
            raise BadValue(_told(column))
        return value
    return KINDS[column.kind](value)


def value_of_text(table: str, field: str, text: str) -> object:
    """The value that a person wrote: "3, 6, 9" or "Maret" of months, "ya" of yes and no, words as they are.

    Raises:
        BadValue: the column takes no such value.
    """
    column, text = decidable()[table][field], " ".join(text.split())
    if column.kind in ("number", "year"):
        return typed_value(table, field, int(text) if text.isascii() and text.isdigit() else text)
    if column.kind == "months":
        return typed_value(table, field, [_month(word) for word in re.split(r"[\s,;]+", text.strip("[] ")) if word])
    if column.kind == "yes-no":
        return typed_value(table, field, {"ya": True, "yes": True, "tidak": False, "no": False}.get(text.lower(), text))
    if column.kind == "gazettes":
        return typed_value(table, field, [_gazette_of_text(part) for part in text.split(";") if part.strip()])
    if column.kind == "indicator":
        return typed_value(table, field, text.partition(" ")[0])  # its name may stand behind it
    return typed_value(table, field, text)


def _told(column: Decidable) -> str:
    return " | ".join(column.words) if column.words else TOLD[column.kind]


def _text(value: object) -> object:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or any(not c.isprintable() for c in text):
        raise BadValue(TOLD["text"])
    return text


def _number(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        raise BadValue(TOLD["number"])
    return value


def _year(value: object) -> object:
    if not isinstance(value, int) or value not in YEARS:
        raise BadValue(TOLD["year"])
    return value


def _date(value: object) -> object:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise BadValue(TOLD["date"])
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise BadValue(TOLD["date"]) from error


def _months(value: object) -> object:
    if not isinstance(value, list) or any(type(n) is not int or not 1 <= n <= 12 for n in value):
        raise BadValue(TOLD["months"])
    return sorted(set(value))


def _yes_no(value: object) -> object:
    if not isinstance(value, bool):
        raise BadValue(TOLD["yes-no"])
    return value


def _office(value: object) -> object:
    from normalize.satker import satkers  # heavy, and the parent of a run seldom needs it

    if value not in satkers():
        raise BadValue(TOLD["office"])
    return value


def _indicator(value: object) -> object:
    if not isinstance(value, str) or not INDICATOR.fullmatch(value):
        raise BadValue(TOLD["indicator"])
    return value


def _instrument(value: object) -> object:
    if not isinstance(value, str) or not INSTRUMENT.fullmatch(value):
        raise BadValue(TOLD["instrument"])
    return value.lower()


def _gazettes(value: object) -> object:
    if not isinstance(value, list) or not all(_is_gazette(one) for one in value):
        raise BadValue(TOLD["gazettes"])
    return [{"series": one["series"], "year": one.get("year"), "number": one.get("number")} for one in value]


def _is_gazette(one: object) -> bool:
    if not isinstance(one, dict) or not one.keys() <= {"series", "year", "number"}:
        return False
    year, number = one.get("year"), one.get("number")
    return one.get("series") in SERIES and (year is None or _is_year(year)) and (number is None or isinstance(number, str))


def _is_year(value: object) -> bool:
    return isinstance(value, int) and value in YEARS


def _month(word: str) -> object:
    """The number of a month that is written as a number or by its name; the word itself where it is neither."""
    if word.isascii() and word.isdigit():
        return int(word)
    from normalize.month_names import month_of_word  # as heavy as the offices

    named = month_of_word(word)
    return word if named is None else named[0]


GAZETTE = re.compile(r"(?P<series>T?LN|BN)(?:\s+(?:(?P<year>\d{4}|-)\s*/\s*)?(?P<number>[^\s/]+))?", re.IGNORECASE)
NOT_THERE = "-"


def _gazette_of_text(text: str) -> object:
    found = GAZETTE.fullmatch(text.strip())
    if found is None:
        return text
    year, number = (None if part == NOT_THERE else part for part in (found["year"], found["number"]))
    return {"series": found["series"].upper(), "year": None if year is None else int(year), "number": number}


KINDS: Mapping[str, Callable[[object], object]] = {
    "text": _text,
    "number": _number,
    "year": _year,
    "date": _date,
    "months": _months,
    "yes-no": _yes_no,
    "office": _office,
    "indicator": _indicator,
    "instrument": _instrument,
    "gazettes": _gazettes,
}
TOLD: Mapping[str, str] = {
    "text": "a text on one line",
    "number": "a whole number",
    "year": f"a year from {YEARS.start} to {YEARS.stop - 1}",
    "date": "a date as 2025-12-31",
    "months": "months as numbers from 1 to 12, or by name",
    "yes-no": "true or false",
    "office": "the Kemendagri code of an office: 36, 3504",
    "indicator": "the id of an indicator: A1.P1.a",
    "instrument": "the id of an instrument: uu-28-1999",
    "gazettes": "gazettes as LN 2017/182; TLN 6109; BN 2020/- (- is not printed)",
}
"""What values of a kind look like, for messages."""
