"""Dates in Indonesian prose: "Pada tanggal 26 Juli 2023", "4-2-2025", "3l Mei 2O22"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from normalize.month_names import month_of_word
from normalize.roman import roman_value

# Digits as OCR prints them; a date needs at least one true digit in each number.
_DIGIT = r"[0-9OoIl|]"
_TO_DIGIT = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
# Between day and year stands one word; a letter-spaced OCR layer may break it by blanks.
_WORD = r"[A-Za-z][A-Za-z0-9]*(?:\s[a-z]{1,5}){0,4}"
_NAMED = re.compile(
    rf"(?<![\w.])(?P<day>{_DIGIT}{{1,2}})\s*(?:[-.,/]\s*)?(?P<month>{_WORD}|[IVX]{{1,4}})\s*[-.,/]?\s*"
    rf"(?P<year>[12]{_DIGIT}{{3}})(?![0-9])"
)
_NUMERIC = re.compile(
    r"(?<![\w./-])(?P<day>\d{1,2})\s?(?P<sep>[-./])\s?(?P<month>\d{1,2}|[IVX]{1,4})\s?(?P=sep)\s?(?P<year>[12]\d{3})(?![\w/])"
)
# Years outside are slips: no decree of the republic is older, none is dated two generations ahead.
_FIRST_YEAR, _LAST_YEAR = 1945, 2100


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date, where it stands in the text, and whether it was printed without a slip."""

    date: dt.date
    start: int
    end: int
    exact: bool


def _number(text: str) -> int | None:
    if not any(c.isdigit() for c in text):
        return None
    return int(text.translate(_TO_DIGIT))


def _month(text: str) -> tuple[int, bool] | None:
    if text.isdigit():
        return (int(text), True) if 1 <= int(text) <= 12 else None
    roman = roman_value(text)
    if roman is not None and text.isupper():
        return (roman, True) if 1 <= roman <= 12 else None
    return month_of_word(re.sub(r"\s", "", text))


def _span(match: re.Match[str]) -> DateSpan | None:
    month = _month(match["month"])
    day, year = _number(match["day"]), _number(match["year"])
    if month is None or day is None or year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        date = dt.date(year, month[0], day)
    except ValueError:
        return None
    exact = month[1] and match["day"].isdigit() and match["year"].isdigit()
    return DateSpan(date, match.start(), match.end(), exact)


def find_dates(text: str) -> list[DateSpan]:
    """Every date in the text, in order of printing."""
    found: list[DateSpan] = []
    for pattern in (_NAMED, _NUMERIC):
        for match in pattern.finditer(text):
            span = _span(match)
            if span and not any(span.start < other.end and other.start < span.end for other in found):
                found.append(span)
    return sorted(found, key=lambda span: span.start)


def parse_date(text: str | None) -> dt.date | None:
    """The first date in the text; one that follows "tanggal" goes before any other."""
    if not text:
        return None
    found = find_dates(text)
    if not found:
        return None
    for span in found:
        if re.search(r"tanggal\s*[:.]?\s*$", text[: span.start], re.IGNORECASE):
            return span.date
    return found[0].date
