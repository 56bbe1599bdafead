"""What a printed target means in months: "Oktober s/d Desember 2025" -> 10, 11, 12; "menyesuaikan" -> null."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from normalize.month_names import month_of_word
from normalize.roman import roman_value

_TEXTS_KEPT = 10_000  # targets whose months are kept, some 4 MB: a plan says the same few over and over
ALL_MONTHS = tuple(range(1, 13))
# What a careful reader takes "every quarter" and "every half-year" to mean when no month is named: the month in which
# the period closes, as decrees that name them print it ("Maret, Juni, September, Desember"). Always marked as a guess.
QUARTER_ENDS = (3, 6, 9, 12)
HALF_ENDS = (6, 12)

# "to" between two months, as printed. A bare hyphen or dash counts as well.
_TO = r"s\s?[/.]?\s?d\.?(?=[\s\d.ivx]|$)|sampai(?:\s+dengan)?|hingga|s\.d\.|[-–—~]"
_NUMERAL = r"(?:[ivx]{1,4}|\d{1,2}|pertama|kesatu|kedua|ketiga|keempat|kelima|terakhir)"
_LIST = rf"{_NUMERAL}(?:\s*(?:,|&|/|\bdan\b|{_TO})\s*(?:dan\s+)?(?:minggu\s*)?(?:ke\s*-?\s*)?{_NUMERAL}\b)*"
# A week of a month narrows nothing at the grain of months, so it is taken out before numbers are read.
_WEEK = re.compile(rf"\b(?:minggu|mg|pekan|week|m(?=-?\d\b))\.?\s*(?:ke)?\s*[-.]?\s*{_LIST}(?:\s+bulan\b)?")
_YEAR = re.compile(r"(?:\b(?:tahun|thn|th|t\.?a)\.?\s*(?:anggaran\s*)?)?(?<!\d)(?:19|20)\d{2}(?!\d)")
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,2}\s?[-./]\s?(?P<month>\d{1,2})\s?[-./]\s?(?P<year>(?:19|20)\d{2})(?!\d)")
_ISO_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})-(?P<month>0[1-9]|1[0-2])-\d{2}(?!\d)")
_NUMERIC_MONTH = re.compile(r"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])\s?[-/.]\s?(?P<year>(?:19|20)\d{2})(?!\d)")
_DAY = re.compile(
    r"(?<![\d/])\d{1,2}(?:\s*(?:,|-|–|dan|s/d|s\.d\.?|sampai(?:\s+dengan)?)\s*\d{1,2})?\s+(?!(?:dan|sampai|hingga)\b)(?=[a-z]{3,})"
)
_PERIODS = re.compile(
    rf"\b(?P<end>akhir\s+)?(?:(?P<quarter>triwulan|tri\s+wulan|triw|trw|tw|kuartal|kwartal|quarter|q(?=\s?[-.]?[1-4iv]))"
    rf"|(?P<half>semester|smt|sem)|(?P<third>caturwulan|catur\s+wulan|cawu))\.?\s*(?:ke)?\s*[-.:]?\s*"
    rf"(?P<list>{_NUMERAL}\b(?:\s*(?:,|&|/|\bdan\b|{_TO})\s*(?:dan\s+)?"
    rf"(?:(?:triwulan|triw|tw|kuartal|semester|smt)\.?\s*)?(?:ke\s*-?\s*)?{_NUMERAL}\b)*)"
)
_NUMBERED_MONTH = re.compile(
    rf"\bbulan\s*(?:ke)?\s*[-.:]?\s*(?P<list>{_NUMERAL}\b"
    rf"(?:\s*(?:,|&|/|\bdan\b|{_TO})\s*(?:dan\s+)?(?:bulan\s*)?(?:ke\s*-?\s*)?{_NUMERAL}\b)*)"
)
_EVERY = r"\b(?:setiap|tiap|tiap-tiap|per|masing-masing)\s*-?\s*(?:akhir\s+|awal\s+)?"
_EVERY_QUARTER = re.compile(
    rf"{_EVERY}(?:triwulan|tri\s+wulan|tw|kuartal|3\s*(?:\(tiga\)\s*)?bulan|tiga\s+bulan)"
    r"|(?:\bkali|x)\s*/\s*(?:triwulan|tw|kuartal)\b|\b(?:triwulanan|per\s?tiga\s?bulan)\b|\b(?:3|tiga)\s*(?:\(tiga\)\s*)?bulan\s+sekali"
)
_EVERY_HALF = re.compile(
    rf"{_EVERY}(?:semester|smt|6\s*(?:\(enam\)\s*)?bulan|enam\s+bulan)|\bsemesteran|(?:\bkali|x)\s*/\s*(?:semester|smt)\b"
)
_EVERY_MONTH = re.compile(
    rf"{_EVERY}(?:bulan|hari|minggu|pekan|saat|waktu|senin|selasa|rabu|kamis|jumat|jum'at)"
    r"|\b(?:bulanan|harian|mingguan|rutin|terus[\s-]+menerus)\b"
    r"|\b(?:sepanjang|selama)\s+(?:(?:satu|1|se)\s*)?(?:\(satu\)\s*)?tahun|\bselama\s+setahun|\bsetahun\s+penuh"
    r"|\b(?:12|dua\s+belas)\s*(?:\([a-z ]+\)\s*)?bulan|\b(?:1|satu)\s*(?:\(satu\)\s*)?tahun(?:\s+penuh)?(?!\s*sekali)"
)
# How often in a month: the months themselves are not said.
_TIMES_A_MONTH = re.compile(
    r"(?:\b(?:se)?kali|(?<=[\d\s)])x)\s*(?:/|per|dalam|setiap|tiap)?\s*(?:1|satu|se)?\s*(?:\(satu\)\s*)?bulan\b"
    r"|\b(?:1\s*|satu\s+|se)(?:\(satu\)\s*)?bulan\s+(?:sekali|(?:1|satu)\s*(?:\(satu\)\s*)?(?:kali|x)\b)"
)
_AND_EVERY_MONTH = re.compile(r"(?P<and>\b(?:dan|serta)|[,;])\s*(?:setiap|tiap)\s*-?\s*bulan\b(?:nya\b)?\s*(?P<next>[a-z]*)")
_EXCEPT = re.compile(r"\b(?:kecuali|selain)\b")
_ONWARD = re.compile(rf"(?:{_TO})\s*(?:dengan\s+)?(?:selesai|tuntas)\b|\bdan\s+seterusnya\b|\bdst\b")
# A target that says itself that it has no month. Any other text without one may only have been read badly.
_NO_MONTH = re.compile(
    r"\b(?:menyesuaikan|insidentil|insidental|kondisional|sesuai|sewaktu|apabila|jika|bila|tentatif|tahunan|berkala|periodik)|^[-–—.]*$"
)
_WORDS = re.compile(r"[a-z][a-z0-9']*")
_FROM = re.compile(r"\b(?:mulai|sejak|dimulai|terhitung)\b")
_UNTIL = re.compile(r"(?:^|\b(?:sampai(?:\s+dengan)?|hingga)|\bs\s?[/.]\s?d\.?)\s*$")
_ORDINALS = {"pertama": 1, "kesatu": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5}
# A month that only bounds the time from one side.
_BEFORE = re.compile(r"\b(?:sebelum|setelah|sesudah|pasca|awal\s+tahun)\b")


@dataclass(frozen=True, slots=True)
class MonthsReading:
    """The months meant, whether that is certain, and why (a stable word per rule)."""

    months: tuple[int, ...] | None
    sure: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Named:
    month: int
    exact: bool
    start: int
    end: int


def months_of_text(text: str | None) -> tuple[int, ...] | None:
    """The months a target text means, null when they cannot be determined. `read_months` says how sure that is."""
    return read_months(text).months


@lru_cache(_TEXTS_KEPT)
def read_months(text: str | None) -> MonthsReading:
    """The months a target text means, with the rule that read them.

    Named months go before quarters and half-years, these before "every ..." phrases. Named months beside an "every
    quarter" that they do not cover contradict each other: null.
    """
    if not text or not text.strip():
        return MonthsReading(None, True, "empty")
    plain = _plain(text)
    excepted = _EXCEPT.search(plain)
    if excepted:
        return _all_except(plain[: excepted.start()], plain[excepted.end() :])
    every_quarter = bool(_EVERY_QUARTER.search(plain))
    named, sure = _named_months(plain)
    periods, period_sure = _period_months(plain)
    if named:
        more = _AND_EVERY_MONTH.search(plain)
        if more and not month_of_word(more["next"]) and len(named) < len(ALL_MONTHS):
            return MonthsReading(tuple(sorted(named)) if more["and"] in ",;" else ALL_MONTHS, False, "months-and-every-month")
        if every_quarter and not _covers_quarters(named):
            return MonthsReading(None, False, "months-contradict-every-quarter")
        if periods and not named <= periods and not periods <= named:
            return MonthsReading(tuple(sorted(named | periods)), False, "months-and-periods")
        return MonthsReading(tuple(sorted(named)), sure, "months-named")
    if periods:
        return MonthsReading(tuple(sorted(periods)), period_sure, "periods")
    if every_quarter:
        return MonthsReading(QUARTER_ENDS, False, "every-quarter-taken-at-its-end")
    if _EVERY_HALF.search(plain):
        return MonthsReading(HALF_ENDS, False, "every-half-taken-at-its-end")
    if _EVERY_MONTH.search(plain):
        return MonthsReading(ALL_MONTHS, True, "every-month")
    if _TIMES_A_MONTH.search(plain):
        return MonthsReading(ALL_MONTHS, False, "times-a-month-taken-as-every-month")
    if re.search(r"\bakhir\s+tahun\b", plain):
        return MonthsReading((12,), False, "end-of-year")
    if re.search(r"\bawal\s+tahun\b", plain):
        return MonthsReading((1,), False, "begin-of-year")
    if _YEAR.search(plain) and not _WORDS.search(_YEAR.sub(" ", plain)):
        return MonthsReading(None, False, "year-only")
    return MonthsReading(None, bool(_NO_MONTH.search(plain)), "no-month")


def _all_except(told: str, excepted: str) -> MonthsReading:
    """The months told without those excepted: a guess, for how far an exception reaches is not said."""
    base = read_months(told).months
    without = read_months(excepted).months
    if base is None or without is None:
        return MonthsReading(None, False, "exception-not-understood")
    return MonthsReading(tuple(m for m in base if m not in without), False, "months-except")


def _plain(text: str) -> str:
    """Lower case, blanks collapsed, weeks, days and years taken out or turned into months."""
    plain = re.sub(r"\s+", " ", text.replace("\u00ad", "").lower()).strip()
    plain = re.sub(r"\bt\s?w\s?\.?(?=\s?[-.]?\s?[1-4iv])", "tw ", plain)
    plain = _WEEK.sub(" ", plain)
    for date in (_ISO_DATE, _NUMERIC_DATE, _NUMERIC_MONTH):
        plain = date.sub(r" bulan \g<month> \g<year> ", plain)
    return re.sub(r"\s+", " ", plain).strip()


def _covers_quarters(months: set[int]) -> bool:
    return {(month - 1) // 3 for month in months} == {0, 1, 2, 3}


def _named_months(plain: str) -> tuple[set[int], bool]:
    """Months named in words, or numbered behind the word "bulan"; and whether no slip or guess was needed."""
    years = {int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", plain)}
    bare = _DAY.sub(" ", _YEAR.sub(" ", plain))
    found: list[_Named] = []
    for match in _WORDS.finditer(bare):
        month = month_of_word(match[0])
        if month:
            found.append(_Named(month[0], month[1], match.start(), match.end()))
    months: set[int] = set()
    sure = all(name.exact for name in found) and not _BEFORE.search(bare)
    for match in _NUMBERED_MONTH.finditer(bare):
        numbers, rising = _numbers(match["list"], 12)
        months.update(numbers)
        sure = sure and rising and (len(years) <= 1 or not re.search(_TO, match["list"]))
    position = 0
    while position < len(found):
        here = found[position]
        after = found[position + 1] if position + 1 < len(found) else None
        gap = bare[here.end : after.start] if after else ""
        if after and _is_range(gap):
            months.update(_span(here.month, after.month))
            sure = sure and (here.month <= after.month) and len(years) <= 1
            # "Agustus-September-Oktober": the end of one range begins the next.
            position += 1 if after is not found[-1] else 2
            continue
        months.add(here.month)
        position += 1
    if months and _ONWARD.search(bare):
        return months | set(range(max(months), 13)), False
    if len(found) == 1 and not months - {found[0].month}:
        lead = bare[: found[0].start]
        tail = bare[found[0].end :]
        if _FROM.search(lead) and not re.search(r"\w", tail):
            return set(range(found[0].month, 13)), False
        if lead.strip() and _UNTIL.search(lead):
            return set(range(1, found[0].month + 1)), False
    return months, sure


def _is_range(gap: str) -> bool:
    """True when only a "to" stands between two months (brackets, "bulan" and the like aside)."""
    core = re.sub(r"\b(?:bulan|dengan|akhir|awal|tahun|tanggal|minggu|ke)\b|[()\s.]", " ", gap).strip()
    core = re.sub(r"\s+", "", core)
    return bool(re.fullmatch(r"[-–—~]+|s/?d|sampai|hingga", core))


def _span(first: int, last: int) -> tuple[int, ...]:
    """Months from first to last, over the turn of the year when last is before first."""
    if first <= last:
        return tuple(range(first, last + 1))
    return (*range(first, 13), *range(1, last + 1))


def _value(token: str) -> int | None:
    token = token.strip()
    if token.isdigit():
        return int(token)
    return _ORDINALS.get(token) or roman_value(token)


def _numbers(listed: str, highest: int) -> tuple[set[int], bool]:
    """Numbers of a printed list with ranges, and whether every range rises.

    "I s/d III" -> 1, 2, 3; "II dan IV" -> 2, 4; one that falls goes over the turn of the year: "11 s.d. 2" -> 11, 12, 1, 2.
    """
    listed = re.sub(r"\b(?:bulan|ke)\s*-?\s*", " ", listed)  # the hyphen of "ke-6" is no range
    tokens = [t for t in re.split(rf"({_TO})|,|&|/|\bdan\b|\s+", listed) if t and t.strip()]
    result: set[int] = set()
    last: int | None = None
    ranging, rising = False, True
    for token in tokens:
        if re.fullmatch(_TO, token.strip()) or re.fullmatch(r"s/?d\.?|s\.d\.?", token.strip()):
            ranging = True
            continue
        value = _value(token)
        if value is None or not 1 <= value <= highest:
            continue
        if ranging and last is not None:
            rising = rising and last <= value
            result.update(range(last, value) if last <= value else (*range(last, highest + 1), *range(1, value)))
        result.add(value)
        last, ranging = value, False
    return result, rising


def _period_months(plain: str) -> tuple[set[int], bool]:
    """Months of the quarters, half-years or thirds that are numbered in the text."""
    bare = _YEAR.sub(" ", plain)
    months: set[int] = set()
    sure = True
    for match in _PERIODS.finditer(bare):
        length = 3 if match["quarter"] else 6 if match["half"] else 4
        numbers, rising = _numbers(match["list"], 12 // length)
        sure = sure and rising
        for number in numbers:
            last = number * length
            months.update((last,) if match["end"] else range(last - length + 1, last + 1))
        sure = sure and not match["end"]
    return months, sure
