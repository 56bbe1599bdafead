"""Rules about the schedule of a plan: what lacks and periods that do not fit; dates and order are in the modules beside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from audit.claims import Claim
from audit.dossier import Corpus, Dossier, PlanRow
from audit.rules.schedule_dates import date_claims
from audit.rules.schedule_order import order_claims
from audit.rules.telling import SCANNED, by_doubt, by_text, fields_of, lead_of, plan_words, when
from normalize.month_names import month_of_word

OF_SCHEDULE = {"target_raw", "months"}
OF_HEADINGS = {"area", "component", "area_no", "component_no", "item_no"}
"""What a row holds at most that heads others: it is no work to be done."""
SAYS_HOW_OFTEN = ("target_raw", "action", "evidence", "item")
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_TO = re.compile(r"s\s*/\s*d|s\.\s?d|sampai|hingga|[-–—]", re.IGNORECASE)


def claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """What is wrong with the schedule of the plan."""
    if not dossier.rows:
        return
    if all(_unscheduled(row) for row in dossier.rows):
        yield _without(dossier)
        return
    yield from _rows_without(dossier)
    yield from _not_determinable(dossier)
    yield from date_claims(dossier, corpus)
    yield from order_claims(dossier)
    yield from _too_few(dossier)
    yield from _named_twice(dossier)


def _unscheduled(row: PlanRow) -> bool:
    """Neither a month nor a target stands there; a month that may be marked was not read as unscheduled."""
    return not row.months and "target_raw" not in row.values and not row.months_doubtful


def _without(dossier: Dossier) -> Claim:
    """A plan that says nowhere when."""
    doubts = [] if dossier.kind == "digital" else [SCANNED]
    if any(field is None for _, field in dossier.columns) or OF_SCHEDULE & fields_of(dossier) or not dossier.columns:
        doubts.append("column-not-understood")
    return Claim("plan-without-schedule", "schedule", page=dossier.rows[0].page, doubts=tuple(doubts))


def _rows_without(dossier: Dossier) -> Iterator[Claim]:
    """Rows without a time in a plan that has one for others."""
    doubts = () if dossier.kind == "digital" else (SCANNED,)
    planned = [row for row in dossier.rows if not row.values.keys() <= OF_HEADINGS]
    lacking = [row for row in planned or dossier.rows if _unscheduled(row)]
    for rows, unsure in by_doubt(lacking):
        words = {"count": str(len(rows)), "told": by_text((row, lead_of(row) or "?") for row in rows)}
        yield Claim("row-without-schedule", "schedule", words=words, rows=tuple(rows), doubts=(*doubts, *unsure))


def _not_determinable(dossier: Dossier) -> Iterator[Claim]:
    """Rows whose target tells no month."""
    rows = [row for row in dossier.rows if row.months is None and "target_raw" in row.values]
    if rows:
        words = {"told": by_text((row, when(row)) for row in rows)}
        yield Claim("schedule-not-determinable", "target_raw", found=words["told"], words=words, rows=tuple(rows))


def _too_few(dossier: Dossier) -> Iterator[Claim]:
    """Rows that say how often they are done, and are planned for fewer months."""
    for period in plan_words()["periods"]["words"]:
        pattern = re.compile(r"\b(?:" + "|".join(period["patterns"]) + r")\b", re.IGNORECASE)
        unless = re.compile(period.get("unless", "(?!)"), re.IGNORECASE)
        few = [row for row in dossier.rows if row.months and len(row.months) < period["least"]]
        found = [row for row in few if _says(row, pattern) and not _says(row, unless)]
        for rows, doubts in by_doubt(found, of_months=True):
            words = {"period": period["phrase"], "told": by_text((row, when(row)) for row in rows)}
            yield Claim(
                "period-too-few-months",
                str(period["name"]),
                found=words["told"],
                expected=str(period["least"]),
                words=words,
                rows=tuple(rows),
                doubts=doubts,
            )


def _says(row: PlanRow, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(row.values[name]) for name in SAYS_HOW_OFTEN if name in row.values)


def _named_twice(dossier: Dossier) -> Iterator[Claim]:
    """Targets that name a month twice."""
    found = [row for row in dossier.rows if "target_raw" in row.values and _month_twice(row.values["target_raw"])]
    for rows, doubts in by_doubt(found):
        words = {"told": by_text((row, when(row)) for row in rows)}
        yield Claim("month-named-twice", "target_raw", found=words["told"], words=words, rows=tuple(rows), doubts=doubts)


def _month_twice(target: str) -> bool:
    """The same month twice, with no "to" between and no second year that tells the two apart."""
    if len(set(_YEAR.findall(target))) > 1 or _TO.search(target):
        return False
    months = [found[0] for word in _WORD.findall(target) if (found := month_of_word(word)) is not None and found[1]]
    return any(count > 1 for count in Counter(months).values())
