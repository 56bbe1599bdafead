"""The schedule of a plan against the date of its decree and the year it is for."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from audit.claims import Claim
from audit.dossier import Corpus, Dossier, PlanRow, Text
from audit.rules.telling import by_doubt, by_text, decree_of, months_said, plan_words, when
from normalize.roman import roman_value

DAYS_LEFT = 7  # of the month of signing: what is due in them can hardly be done because of the decree
SECOND_HALF = 7  # month from which a plan for a year leaves half of it out
FOR_NEXT_YEAR = 11  # month from which a plan that names no year may be for the next one
NEARLY_ALL = 0.9  # share of the rows that a statement about the whole plan must hold for
ASSUMED_YEAR = "plan-year-assumed"
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NEXT_JANUARY = re.compile(r"\bjanuari\b", re.IGNORECASE)  # what closes a year is often due in the first weeks of the next
_TITLES = ("plan_title", "title", "decides")


@dataclass(frozen=True, slots=True)
class Dated:
    """A row with what its schedule means: months of one year, and whether that year is printed somewhere."""

    row: PlanRow
    year: int
    first: int
    last: int
    assumed: bool

    def ends_before(self, signed: date) -> bool:
        """All of it lies before the day of signing, by month or by the week of that month."""
        if (self.year, self.last) != (signed.year, signed.month):
            return (self.year, self.last) < (signed.year, signed.month)
        end = week_end(self.row.values.get("target_raw", ""), signed.year, signed.month)
        return end is not None and end < signed.day

    def begins_before(self, signed: date) -> bool:
        """A month of it lies before the month of signing."""
        return (self.year, self.first) < (signed.year, signed.month)


def date_claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """Rows before the decree, after the plan's year, or due at once; a year's plan for the end of the year."""
    decree = decree_of(dossier, corpus)
    years = plan_years(dossier)
    plan_year = years[0] if len(years) == 1 else None
    yield from _other_year(dossier, decree, plan_year)
    if decree.signed is None:
        return
    signed = decree.signed
    printed = decree.fields.get("date")
    usual = decree.year if signed.month < FOR_NEXT_YEAR else None
    dated = [one for row in dossier.rows if (one := _dated(row, plan_year, years, usual)) is not None]
    before = [one for one in dated if one.ends_before(signed)]
    partly = [one for one in dated if one.begins_before(signed) and not one.ends_before(signed)]
    left = calendar.monthrange(signed.year, signed.month)[1] - signed.day
    at_once = [
        one
        for one in dated
        if (one.year, one.first, one.last) == (signed.year, signed.month, signed.month) and one not in before
    ]
    yield from _grouped("month-before-decree", before, printed or signed.isoformat())
    yield from _grouped("begins-before-decree", partly, printed or signed.isoformat())
    if left <= DAYS_LEFT:
        yield from _grouped("due-at-once", at_once, printed or signed.isoformat(), days=str(left))
    if plan_year == signed.year:
        yield from _late(dated, plan_year, printed or signed.isoformat())


def plan_years(dossier: Dossier) -> tuple[int, ...]:
    """The years that the titles of plan and decree name, rising; nothing where they name none."""
    texts = [dossier.fields[name].text for name in _TITLES if name in dossier.fields]
    texts += [text.text for text in dossier.texts_of("table_title", "title")]
    other = re.compile(plan_words()["titles"]["other_years"], re.IGNORECASE)
    return tuple(sorted({int(year) for text in texts for year in _YEAR.findall(other.sub(" ", " ".join(text.split())))}))


def week_end(target: str, year: int, month: int) -> int | None:
    """Last day that the week of the month named may have; None where the target names no single week.

    Some count weeks from the first of the month, others from its first Monday: the later end counts.
    """
    weeks = re.findall(plan_words()["weeks"]["pattern"], target, re.IGNORECASE)
    if len(weeks) != 1:
        return None
    week = int(weeks[0]) if weeks[0].isdigit() else roman_value(weeks[0])
    if week is None:
        return None
    first_monday = 1 + -calendar.weekday(year, month, 1) % 7
    return min(max(7 * week, first_monday + 7 * week - 1), calendar.monthrange(year, month)[1])


def _dated(row: PlanRow, plan_year: int | None, years: Sequence[int], decree_year: int | None) -> Dated | None:
    """The row in time; None where no month is known, or the year may be one of several."""
    if not row.months:
        return None
    printed = {int(year) for year in _YEAR.findall(row.values.get("target_raw", ""))}
    if len(printed) > 1 or (not printed and len(years) > 1):
        return None
    year = printed.pop() if printed else plan_year if plan_year is not None else decree_year
    assumed = not _YEAR.search(row.values.get("target_raw", "")) and plan_year is None
    return None if year is None else Dated(row, year, min(row.months), max(row.months), assumed)


def _grouped(code: str, dated: Sequence[Dated], expected: Text | str, **more: str) -> Iterator[Claim]:
    """One claim for all rows of the same sureness."""
    for assumed in (False, True):
        some = [one.row for one in dated if one.assumed is assumed]
        for rows, doubts in by_doubt(some, of_months=True):
            words = {"count": str(len(rows)), "told": by_text((row, when(row)) for row in rows), **more}
            likely = (ASSUMED_YEAR,) if assumed else ()
            yield Claim(code, "months", words["told"], expected, words, rows=tuple(rows), doubts=doubts, likely=likely)


def _other_year(dossier: Dossier, decree: Dossier, plan_year: int | None) -> Iterator[Claim]:
    """Targets with a year that is not the plan's; one before the decree is told as such."""
    if plan_year is None:
        return

    def is_other(row: PlanRow) -> bool:
        years = {int(year) for year in _YEAR.findall(row.values.get("target_raw", ""))}
        late = any(year > plan_year for year in years)
        early = bool(years) and max(years) < plan_year and (decree.signed is None or max(years) > decree.signed.year)
        return late or early

    titles = [dossier.fields[name] for name in _TITLES if name in dossier.fields]
    title = next((text for text in titles if str(plan_year) in text.text), None)
    for rows, doubts in by_doubt([row for row in dossier.rows if is_other(row)]):
        words = {"told": by_text((row, when(row)) for row in rows)}
        rests = () if title is None else (title,)
        yield Claim(
            "month-after-plan-year",
            "target_raw",
            found=words["told"],
            expected=str(plan_year),
            words=words,
            rows=tuple(rows),
            doubts=doubts,
            likely=("year-end-report",) if all(_NEXT_JANUARY.search(row.values["target_raw"]) for row in rows) else (),
            rests_on=rests,
        )


def _late(dated: Sequence[Dated], plan_year: int, expected: Text | str) -> Iterator[Claim]:
    """A plan for a year nearly all of which lies in its second half."""
    starts = sorted(one.first for one in dated if one.year == plan_year)
    if not starts:
        return
    first = starts[int((1 - NEARLY_ALL) * len(starts))]
    share = sum(start >= first for start in starts) / len(starts)
    if first >= SECOND_HALF and share >= NEARLY_ALL:
        words = {"year": str(plan_year), "share": f"{share:.0%}", "first": months_said([first])}
        doubts = ("months-read-unsurely",) if any(one.row.months_doubtful for one in dated) else ()
        yield Claim("plan-late-in-year", "months", expected=expected, words=words, doubts=doubts, page=dated[0].row.page)
