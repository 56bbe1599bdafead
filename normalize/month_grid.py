"""The months that the header cells of a schedule grid stand for: "1".."12", "JAN".."DES", "TW I".."TW IV"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from normalize.month_names import month_of_word
from normalize.month_text import read_months
from normalize.roman import roman_value

Months = tuple[tuple[int, ...], ...]

_HEADERS_KEPT = 2_000  # headers whose months are kept, some 2 MB: each is asked for several times, and most tables share one
_INITIALS = "JFMAMJJASOND"
# Fewer initials than this fit several places of the year, or are letters of something else.
_LEAST_INITIALS = 4
# A run of numbers is filled where this many of its cells, and this share, agree.
_LEAST_COUNTED = 6
_MOST = 0.75
# A bare run of numbers as short as this may as well count weeks, or quarters; only the heading can tell.
_WEEKS = 5
_QUARTER_HEAD = re.compile(r"triwulan|tri\s*wulan|triw|trw|\btw\b|k[uw]artal|quarter", re.IGNORECASE)
_HALF_HEAD = re.compile(r"semester|\bsmt\b", re.IGNORECASE)
_WEEK_HEAD = re.compile(r"minggu|pekan|week", re.IGNORECASE)
_TIME_HEAD = re.compile(r"jadwal|waktu|pelaksanaan|target", re.IGNORECASE)
_MONTH_HEAD = re.compile(r"bulan|month", re.IGNORECASE)
_PERIOD = re.compile(
    r"(?:(?P<quarter>triwulan|tri\s*wulan|triw|trw|tw|k[uw]artal|quarter|q)|(?P<half>semester|smt|sem))"
    r"\s*(?:ke)?\s*[-.:]?\s*(?P<number>[1-4ivl|]{1,3})",
    re.IGNORECASE,
)


def header_months(labels: Sequence[str], heading: str | None = None) -> Months | None:
    """The months of each header cell, null when the labels are no months.

    Args:
        labels: the header cells of the grid, left to right.
        heading: what is printed over them ("PELAKSANAAN (BULAN)", "TRIWULAN"). It settles bare numbers: "I".."IV" are
            quarters unless it speaks of months or weeks; "1".."4" are nothing without it.
    """
    return _months(tuple(labels), heading)


@lru_cache(_HEADERS_KEPT)
def _months(labels: tuple[str, ...], heading: str | None) -> Months | None:
    cells = _counted([_clean(label) for label in labels])
    if not cells or not all(cells):
        return None
    for reading in (_names(cells), _periods(cells), _initials(cells), _numbers(cells, heading or "")):
        if reading is not None:
            return reading
    return _texts(cells)


def _counted(cells: list[str]) -> list[str]:
    """Cells that count on from one to the next; those that were misread or missed are filled from their place."""
    known = [int(cell) - place for place, cell in enumerate(cells) if cell.isdigit()]
    if len(known) == len(cells) or len(known) < max(_LEAST_COUNTED, _MOST * len(cells)) or len(set(known)) > 1:
        return cells
    return [str(known[0] + place) for place in range(len(cells))]


def is_week_header(labels: Sequence[str]) -> bool:
    """True for cells that count weeks under months: "1 2 3 4 1 2 3 4", "I II III IV V", "M1 M2 M3 M4"."""
    values = [
        _number(re.sub(r"^(?:minggu|mg|m|w)\s*(?:ke)?\s*[-.]?\s*", "", _clean(label), flags=re.IGNORECASE)) for label in labels
    ]
    if not values or values[0] != 1:
        return False
    runs: list[int] = []
    before = 0
    for value in values:
        if value is None or (value != 1 and value != before + 1):
            return False
        if value == 1 and before:
            runs.append(before)
        before = value
    runs.append(before)
    return all(run in (4, _WEEKS) for run in runs)


def _clean(label: str) -> str:
    """One line, without brackets, closing marks and the year ("Jan '25", "JANUARI 2025")."""
    text = re.sub(r"\s+", " ", label).strip()
    text = re.sub(r"[\s/'’-]*\b(?:20)?\d{2}$", "", text) if re.match(r"[A-Za-z]{3,}.*\d{2}$", text) else text
    return text.strip(" .,:;()[]*")


def _single(values: Sequence[int | None]) -> Months | None:
    """Months that follow each other one by one, also over the turn of the year; null for any other sequence."""
    months = [value for value in values if value is not None and 1 <= value <= 12]
    if len(months) != len(values) or len(months) > 12:
        return None
    if any(after != here % 12 + 1 for here, after in itertools.pairwise(months)):
        return None
    return tuple((month,) for month in months)


def _names(cells: list[str]) -> Months | None:
    """Month names in words. One cell that OCR spoiled is filled from its place between the others."""
    found = [month_of_word(re.sub(r"\s", "", cell)) for cell in cells]
    known = [(place, month[0]) for place, month in enumerate(found) if month]
    if len(known) < max(1, len(cells) - len(cells) // 4):
        return None
    first = known[0][1] - known[0][0]
    if all((first + place - 1) % 12 + 1 == month for place, month in known):
        return _single([(first + place - 1) % 12 + 1 for place in range(len(cells))])
    # A grid may show only some months ("Mar Jun Sep Des"), rising.
    months = [month for _, month in known]
    if len(known) == len(cells) and all(a < b for a, b in itertools.pairwise(months)):
        return tuple((month,) for month in months)
    return None


def _periods(cells: list[str]) -> Months | None:
    result: list[tuple[int, ...]] = []
    for cell in cells:
        match = _PERIOD.match(cell)
        if not match or re.match(r"[A-Za-z]", cell[match.end() :]):
            return None
        length = 3 if match["quarter"] else 6
        number = _number(match["number"])
        if number is None or not 1 <= number <= 12 // length:
            return None
        result.append(_period(number, length))
    return tuple(result) if len(set(result)) == len(result) else None


def _period(number: int, length: int) -> tuple[int, ...]:
    return tuple(range((number - 1) * length + 1, number * length + 1))


def _initials(cells: list[str]) -> Months | None:
    if any(len(cell) != 1 or not cell.isalpha() for cell in cells):
        return None
    word = "".join(cells).upper()
    if not _LEAST_INITIALS <= len(word) <= 12:
        return None
    places = [at for at in range(12) if (_INITIALS * 2)[at : at + len(word)] == word]
    return _single([(places[0] + step) % 12 + 1 for step in range(len(word))]) if len(places) == 1 else None


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return roman_value(text, slips=True)


def _numbers(cells: list[str], heading: str) -> Months | None:
    """Bare numbers, arabic or roman: months, quarters or half-years, as their count and the heading say."""
    values = [_number(cell) for cell in cells]
    # "1" among romans is an I that OCR misread.
    if any(not cell.isdigit() for cell in cells):
        values = [roman_value(cell, slips=True) or (1 if cell == "1" else None) for cell in cells]
    if any(value is None for value in values):
        return None
    count, first = len(values), values[0]
    rising = all(b == (a or 0) + 1 for a, b in itertools.pairwise(values))
    if _QUARTER_HEAD.search(heading) and rising and first is not None and first + count - 1 <= 4:
        return tuple(_period(value, 3) for value in values if value)
    if _HALF_HEAD.search(heading) and rising and first is not None and first + count - 1 <= 2:
        return tuple(_period(value, 6) for value in values if value)
    months = _single(values)
    if months is None or _WEEK_HEAD.search(heading):
        return None
    # A run from 1 that stops before 12 may be the row that numbers the columns.
    whole = values[-1] == 12 and count > 1
    if whole or _MONTH_HEAD.search(heading) or (_TIME_HEAD.search(heading) and count > _WEEKS):
        return months
    if count > _WEEKS and not cells[1].isdigit():
        return months
    if first == 1 and count == 4 and not cells[1].isdigit():
        return tuple(_period(number, 3) for number in range(1, 5))
    return None


def _texts(cells: list[str]) -> Months | None:
    """Cells that say their months in words: "Jan-Mar", "Januari s/d Juni"."""
    readings = [read_months(cell) for cell in cells]
    if any(not reading.sure or reading.months is None or reading.reason == "every-month" for reading in readings):
        return None
    months = tuple(reading.months or () for reading in readings)
    seen = [month for cell in months for month in cell]
    return months if len(seen) == len(set(seen)) else None
