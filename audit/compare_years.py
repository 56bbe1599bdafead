"""What an office changed in its plan since the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz import fuzz

from audit.compare_wording import Plan, Worded
from audit.dossier import SURE_MATCHES
from audit.rules.telling import months_said

SAME_INDICATOR = 50.0  # likeness 0..100 of two rows of one indicator that count as one row reworded
OTHER_INDICATOR = 80.0  # the same where nothing but the words ties them

Key: TypeAlias = tuple[str | None, str, str]
"""What makes two rows one: indicator, what they are about, all that they say."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same row in two years; one side is None where it was added or dropped."""

    now: Worded | None
    before: Worded | None


def plan_changes(plans: Sequence[Plan]) -> list[dict[str, object]]:
    """Rows of the table ``plan_changes``."""
    offices: defaultdict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        if plan.satker_code is not None and plan.year is not None:
            offices[plan.satker_code].append(plan)
    rows: list[dict[str, object]] = []
    for mine in offices.values():
        mine.sort(key=lambda plan: plan.age)
        for plan in mine:
            earlier = [one for one in mine if one.age[0] < plan.age[0]]
            if earlier:
                rows += _changes(plan, earlier[-1])
    return sorted(rows, key=lambda row: (str(row["document_id"]), row["change_order"]))


def _changes(plan: Plan, before: Plan) -> Iterator[dict[str, object]]:
    found = [(change, pair) for pair in aligned(plan.rows, before.rows) for change in _kinds(pair)]
    for order, (change, pair) in enumerate(found, 1):
        sides = [side.row for side in (pair.now, pair.before) if side is not None]
        of_months = change == "moved-months"
        yield {
            "document_id": plan.document.document_id,
            "change_order": order,
            "satker_code": plan.satker_code,
            "year": plan.year,
            "before_document_id": before.document.document_id,
            "before_year": before.year,
            "change": change,
            "indicator_id": sides[0].indicator_id,
            "row_id": None if pair.now is None else pair.now.row.row_id,
            "before_row_id": None if pair.before is None else pair.before.row.row_id,
            "text": _text(pair.now, change),
            "before_text": _text(pair.before, change),
            "needs_review": any(row.months_doubtful if of_months else row.doubtful for row in sides),
        }


def _text(side: Worded | None, change: str) -> str | None:
    """What a row says of what was changed."""
    if side is None:
        return None
    if change == "moved-months":
        return months_said(side.row.months or ()) or None
    return side.row.indicator_id if change == "moved-indicator" else side.row.whole.text


def _kinds(pair: Pair) -> list[str]:
    """What was changed in a row."""
    now, before = pair.now, pair.before
    if now is None or before is None:
        return ["added"] if now is not None else ["dropped"]
    kinds = []
    if now.whole != before.whole:
        kinds.append("reworded")
    if now.row.months is not None and before.row.months is not None and now.row.months != before.row.months:
        kinds.append("moved-months")
    sure = now.row.match_status in SURE_MATCHES and before.row.match_status in SURE_MATCHES
    if sure and now.row.indicator_id != before.row.indicator_id:
        kinds.append("moved-indicator")
    return kinds


def aligned(now: Sequence[Worded], before: Sequence[Worded]) -> list[Pair]:
    """Every row of both years once: those with the same wording together, then those alike; dropped ones at the end."""
    matched: dict[int, int] = {}
    for same in (_by_whole, _by_lead):
        _match_same(now, before, matched, same)
    _match_alike(now, before, matched)
    taken = set(matched.values())
    pairs = [Pair(row, before[matched[i]] if i in matched else None) for i, row in enumerate(now)]
    return pairs + [Pair(None, row) for j, row in enumerate(before) if j not in taken]


def _by_whole(row: Worded) -> Key:
    return row.row.indicator_id, row.lead, row.whole


def _by_lead(row: Worded) -> Key:
    return None, row.lead, ""


def _match_same(now: Sequence[Worded], before: Sequence[Worded], matched: dict[int, int], key: Callable[[Worded], Key]) -> None:
    """Rows that are the same by a key, in the order of print."""
    left: defaultdict[Key, list[int]] = defaultdict(list)
    taken = set(matched.values())
    for j, row in enumerate(before):
        if j not in taken:
            left[key(row)].append(j)
    for i, row in enumerate(now):
        if i not in matched and left[key(row)]:
            matched[i] = left[key(row)].pop(0)


def _match_alike(now: Sequence[Worded], before: Sequence[Worded], matched: dict[int, int]) -> None:
    """The likest pairs first; rows of one indicator need less."""
    taken = set(matched.values())
    pairs = []
    for i, this in enumerate(now):
        for j, that in enumerate(before):
            if i in matched or j in taken:
                continue
            is_same = this.row.indicator_id is not None and this.row.indicator_id == that.row.indicator_id
            least = SAME_INDICATOR if is_same else OTHER_INDICATOR
            alike = fuzz.ratio(this.lead, that.lead, score_cutoff=least)
            if alike >= least:
                pairs.append((-int(is_same), -alike, i, j))
    for _, _, i, j in sorted(pairs):
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
