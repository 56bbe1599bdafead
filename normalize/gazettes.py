"""Gazettes as printed: "(Lembaran Negara ... Tahun 2014 Nomor 6, Tambahan Lembaran Negara ... Nomor 5494)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from normalize.loose import loose, near

Series = Literal["LN", "TLN", "BN", "TBN", "LD", "TLD", "BD"]

_ABBREVIATED = r"\b(?P<abbr>T\.?L\.?N\.?|L\.?N\.?|T\.?B\.?N\.?|B\.?N\.?)(?:\s?R\.?I\.?)?(?![A-Za-z])(?=[^;]{0,40}?\d)"
_WRITTEN = (
    rf"(?:(?P<extra>(?<![A-Za-z]){loose('tambahan')}[\s,]*)|\b)(?P<kind>{loose('lembar')}(?:[\s-]?a\s?n)?|{loose('berita')})"
    rf"[\s-]*(?P<of>{loose('negara')}|{loose('daerah')})"
)
_NAME = re.compile(rf"{_WRITTEN}|{_ABBREVIATED}", re.IGNORECASE)
# Any two words, to be compared with "Lembaran Negara" slip by slip.
_TWO_WORDS = re.compile(r"\b(?=(?P<kind>\w{5,10})\s+(?P<of>\w{5,8})\b)")
_WORD_BEFORE = re.compile(r"([A-Za-z]{6,11})\s+$")
_KINDS = (("L", "lembaran"), ("L", "lembar"), ("B", "berita"))
_OF = (("N", "negara"), ("D", "daerah"))
_SLIPS = 2  # letters in a word of six or more: "Lemboran Nogara"
# What stands between the name and its numbers: the state or the region, never a bracket or semicolon.
_OWNER = r"[^;()\d]{0,80}?"
_NR = rf"(?:{loose('nomor')}|nomer|n[o0]m[ao]r|nornor|no(?![a-z]))\s*[.:]{{0,2}}\s*(?:/\s*no\.?\s*)?"
_NUMBER_VALUE = r"(?P<number{n}>(?=[OoIl]?\d)[\dOoIl]{{1,6}}(?:[A-Za-z]\b)?)"
_TAHUN = r"(?:t\s?[a-z]?\s?h\s?[a-z]{1,2}\s?n|thn\.?|th\.)\s*[:.]?\s*"
_YEAR_VALUE = r"(?P<year{n}>[12][0-9OoIl]{{3}})(?![0-9])"
_TAIL = re.compile(
    # year first, then the number
    rf"{_OWNER}{_TAHUN}(?P<year1>[12](?:\s?[0-9OoIl]){{3}})(?![0-9])\s*[,.:/]?\s*(?:{_NR}{_NUMBER_VALUE.format(n=1)})?"
    # the same without the word Tahun
    rf"|{_OWNER}(?<!\d){_YEAR_VALUE.format(n=3)}\s*[,.:/]?\s*{_NR}{_NUMBER_VALUE.format(n=3)}"
    # number first (and perhaps a year behind it)
    rf"|{_OWNER}{_NR}{_NUMBER_VALUE.format(n=2)}(?:\s*,?\s*(?:{_TAHUN})?{_YEAR_VALUE.format(n=2)})?",
    re.IGNORECASE,
)
_DIGIT_SLIPS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1"})


@dataclass(frozen=True, slots=True)
class Gazette:
    """One gazette reference; parts that are not printed are null (a TLN has no year of its own)."""

    series: Series
    year: int | None
    number: str | None


@dataclass(frozen=True, slots=True)
class GazetteSpan:
    """A gazette and where it stands; `exact` is false when a word or digit had to be read through a slip."""

    gazette: Gazette
    start: int
    end: int
    exact: bool


def find_gazettes(text: str) -> list[GazetteSpan]:
    """Every gazette printed in the text, in order."""
    found: list[GazetteSpan] = []
    names = [_exact_name(text, match) for match in _NAME.finditer(text)]
    taken = [(start, end) for start, end, _, _ in names]
    names += [n for n in _slipped_names(text) if not any(n[0] < end and start < n[1] for start, end in taken)]
    names.sort()
    for place, (start, end, series, exact) in enumerate(names):
        limit = names[place + 1][0] if place + 1 < len(names) else len(text)
        tail = _TAIL.match(text, end, limit)
        if not tail:
            continue
        year = tail["year1"] or tail["year3"] or tail["year2"]
        number = tail["number1"] or tail["number3"] or tail["number2"]
        if found and start < found[-1].end:
            continue
        clean = exact and not re.search(r"[OoIl]", (year or "") + (number or ""))
        gazette = Gazette(series, _year(year), number.translate(_DIGIT_SLIPS) if number else None)
        found.append(GazetteSpan(gazette, start, tail.end(), clean))
    return found


def _year(text: str | None) -> int | None:
    return int(re.sub(r"\s", "", text).translate(_DIGIT_SLIPS)) if text else None


def _series(match: re.Match[str]) -> Series:
    if match["abbr"]:
        return _code(re.sub(r"\W", "", match["abbr"]).upper())
    kind = "B" if match["kind"].lower().lstrip()[0] == "b" else "L"
    of = "D" if match["of"].lower().startswith("d") else "N"
    return _code(("T" if match["extra"] else "") + kind + of)


def _code(text: str) -> Series:
    for code in ("LN", "TLN", "BN", "TBN", "LD", "TLD"):
        if text == code:
            return code
    return "BD"


def _exact_name(text: str, match: re.Match[str]) -> tuple[int, int, Series, bool]:
    """A name printed without slips, save perhaps in its word "Tambahan"."""
    series = _series(match)
    before = None if series.startswith("T") else _slipped_extra(text, match.start())
    if before is None:
        return match.start(), match.end(), series, True
    return before, match.end(), _code("T" + series), False


def _slipped_extra(text: str, at: int) -> int | None:
    """Where a misprinted "Tambahan" begins that stands before `at`, null when there is none."""
    before = _WORD_BEFORE.search(text, 0, at)
    return before.start() if before and near(before[1], "tambahan", _SLIPS) else None


def _nearest(word: str, models: tuple[tuple[str, str], ...]) -> str | None:
    return next((code for code, model in models if near(word, model, _SLIPS)), None)


def _slipped_names(text: str) -> list[tuple[int, int, Series, bool]]:
    """Names of gazettes that only a comparison slip by slip finds."""
    names: list[tuple[int, int, Series, bool]] = []
    for match in _TWO_WORDS.finditer(text):
        of = _nearest(match["of"], _OF)
        kind = _nearest(match["kind"], _KINDS) if of is not None else None
        if kind is None or of is None:
            continue
        before = _slipped_extra(text, match.start("kind"))
        start = match.start("kind") if before is None else before
        if names and start < names[-1][1]:
            continue
        names.append((start, match.end("of"), _code(("" if before is None else "T") + kind + of), False))
    return names
