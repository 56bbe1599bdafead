"""The number of a decree, taken apart: "118/HK.03.1-Kpt/63/Prov/2024", "54 TAHUN 2022", "188.45-52/2023"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from normalize.data_files import rows
from normalize.roman import roman_value

_NUMBERS_KEPT = 1_000  # numbers whose parts are kept, under 1 MB: a document asks for its own several times
_LABEL = re.compile(r"^\s*(?:nomor|nomer|no)\b\s*[.:]?\s*:?\s*", re.IGNORECASE)
_DIGIT_SLIPS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
# "TAHUN 2022" at the end, also without its blank, misprinted by a letter, or with a slipped digit.
_YEAR_WORDS = re.compile(r"\s*[,.]?\s*\bT[\w']{1,2}H[\w']{1,2}N\s*[:.]?\s*([12][0-9OoIl|]{3})\b", re.IGNORECASE)
_YEAR_GLUED = re.compile(r"(?<=\d)\s*tahun\s*([12]\d{3})\b", re.IGNORECASE)
_YEAR_PART = re.compile(r"(?:19|2[0Oo])[0-9OoIl]{2}")
# HK.03.1, ORT.07, PR.01.3, KU.040: letters, a dot, digits, without what follows a hyphen (-Kpt, -BA, -Und, -SD).
_CLASS = re.compile(r"(?P<code>[A-Z]{1,5}\.\d{1,3}(?:\.\d{1,3}){0,3})(?:\s?[-–].*)?", re.IGNORECASE)
# Codes of KPU's own scheme have two digits after the letters; only beside them a bare "63" is an office.
_KPU_CLASS = re.compile(r"[A-Z]{2,4}\.\d{2}(?:\.\d{1,2})*", re.IGNORECASE)
# "188.45-52", "146.1-4717": the code of home-affairs filing, then the running number.
_HOME_AFFAIRS = re.compile(r"(?P<code>\d{3}(?:\.\d{1,3}){1,3})\s?[-/]\s?(?P<number>\d{1,5})")
_LEADING = re.compile(r"(?:[A-Za-z]{1,5}[-.\s]+)?(?P<number>\d{1,5})(?:[.\s]?[A-Za-z])?")


@dataclass(frozen=True, slots=True)
class DecreeNumber:
    """A number as printed and its parts; a part that is not printed is null.

    `satker_code` is a real Kemendagri code (also a former one). `month` is only read from a roman numeral: an arabic
    "10" may be an office just as well.
    """

    raw: str
    number: int | None
    classification: str | None
    year: int | None
    satker_code: str | None
    month: int | None


@cache
def known_codes() -> frozenset[str]:
    """Every Kemendagri code of a region with an office, former ones included."""
    codes = {row["code"] for row in rows("satker")}
    codes.update(code for row in rows("satker") for code in row["former_codes"].split(";") if code)
    return frozenset(codes)


def clean_raw(text: str) -> str:
    """The number without its label, blanks collapsed, none around a slash."""
    text = _LABEL.sub("", text.strip())
    text = re.sub(r"\s+", " ", text).strip(" ,;:")
    return re.sub(r"\s*/\s*", "/", text)


@lru_cache(_NUMBERS_KEPT)
def parse_number(raw: str | None) -> DecreeNumber | None:
    """The parts of a printed decree number, null when there is no digit in it."""
    if not raw:
        return None
    text = clean_raw(raw)
    if not any(c.isdigit() for c in text):
        return None
    body, year = _split_year(text)
    parts = [part.strip() for part in body.split("/") if part.strip()]
    home = _HOME_AFFAIRS.fullmatch("/".join(parts)) or (_HOME_AFFAIRS.fullmatch(parts[0]) if parts else None)
    if home:
        return DecreeNumber(text, int(home["number"]), home["code"], year, None, _month(parts[1:]))
    classification = next((m["code"] for part in parts if (m := _CLASS.fullmatch(part))), None)
    blank = body.lstrip().startswith("/")  # the running number was left to be written by hand
    return DecreeNumber(
        raw=text,
        number=None if blank else _running_number(parts),
        classification=classification,
        year=year,
        satker_code=_satker_code(parts, classification),
        month=_month(parts),
    )


def _split_year(text: str) -> tuple[str, int | None]:
    for pattern in (_YEAR_WORDS, _YEAR_GLUED):
        match = pattern.search(text)
        if match:
            return text[: match.start()], int(match[1].translate(_DIGIT_SLIPS))
    head, slash, last = text.rpartition("/")
    if slash and _YEAR_PART.fullmatch(last.strip(" .")):
        return head, int(last.strip(" .").translate(_DIGIT_SLIPS))
    bare = re.fullmatch(r"(.*\d)\s+((?:19|20)\d{2})", text)  # "15 2025": the word Tahun is missing
    if bare:
        return bare[1], int(bare[2])
    return text, None


def _running_number(parts: list[str]) -> int | None:
    for part in parts[:2]:  # the first part, or the second behind a letter ("B/154/PL1/...")
        match = _LEADING.fullmatch(part) or _LEADING.fullmatch(part.translate(_DIGIT_SLIPS))
        if match:
            return int(match["number"])
        if any(c.isdigit() for c in part):
            leading = re.match(r"\d{1,5}", part)
            return int(leading[0]) if leading else None
    return None


def _satker_code(parts: list[str], classification: str | None) -> str | None:
    codes = known_codes()
    two_digits_allowed = bool(classification and _KPU_CLASS.fullmatch(classification))
    for part in parts[1:]:
        code = part.replace(".", "").replace(" ", "")
        if not code.isdigit() or code not in codes:
            continue
        if len(code) == 4 or two_digits_allowed:
            return code
    return None


def _month(parts: list[str]) -> int | None:
    for part in reversed(parts[1:]):
        value = roman_value(part, slips=True) if re.fullmatch(r"[IVX1l|]{1,4}", part) else None
        if value is not None and 1 <= value <= 12:
            return value
    return None
