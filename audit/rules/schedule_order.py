"""Things that are scheduled before what must come first: evaluation before the work, work before it is made known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from audit.claims import SURE_FROM, Claim
from audit.dossier import SURE_MATCHES, Dossier, PlanRow
from audit.rules.schedule_dates import plan_years
from audit.rules.telling import by_text, lead_of, plan_words, when

FIRST_STEP = 1  # setting up, of which only some words count
EVALUATION = 4
FOLLOW_UP = 5  # of an evaluation; that of complaints comes before any
LEAST_WORD = 5  # letters of a word that tells what a row is about: shorter ones stand everywhere
_WORDS = re.compile(r"[a-z]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """A row that does one step: number as in the data, and the words of what it does it to."""

    row: PlanRow
    number: int
    about: frozenset[str]
    first: int
    last: int


def order_claims(dossier: Dossier) -> Iterator[Claim]:
    """One claim for each row that ends before a step begins that it follows."""
    years = plan_years(dossier) or ((dossier.year,) if dossier.year else ())
    groups: dict[str, list[Step]] = {}
    for row in dossier.rows:
        step = _step(row, min(years, default=None))
        if step is not None:
            groups.setdefault(_component(row), []).append(step)
    for component, steps in groups.items():
        for later in steps:
            earlier = [one for one in steps if _is_reversed(one, later)]
            if earlier:
                yield _claim(component, later, earlier)


def _claim(component: str, later: Step, earlier: Sequence[Step]) -> Claim:
    names = plan_words()["steps_names"]
    told = by_text((one.row, f"{names[str(one.number)]} ({when(one.row)})") for one in earlier)
    words = {"row": str(later.row.order), "step": names[str(later.number)], "told": told}
    rows = (later.row, *(one.row for one in earlier))
    doubts = ("months-read-unsurely",) if any(row.months_doubtful for row in rows) else ()
    if any(row.doubtful or row.confidence < SURE_FROM for row in rows):
        doubts = (*doubts, "row-read-unsurely")
    found = when(later.row)
    return Claim(
        "evaluation-before-work", component, found=found, words=words, rows=rows, doubts=doubts, likely=("reading-of-intent",)
    )


def _is_reversed(earlier: Step, later: Step) -> bool:
    """The later step is over before the earlier begins, and both are about the same thing."""
    pairs = plan_words()["order"]["pairs"]
    return [earlier.number, later.number] in pairs and later.last < earlier.first and bool(earlier.about & later.about)


def _component(row: PlanRow) -> str:
    return (row.indicator_id or "").rsplit(".", 1)[0] if (row.indicator_id or "").count(".") > 1 else row.indicator_id or ""


def _step(row: PlanRow, year: int | None) -> Step | None:
    """What a row does as one step; None where it does several, or speaks of the time before."""
    text = lead_of(row)
    if text is None or not row.months or row.indicator_id is None or row.match_status not in SURE_MATCHES:
        return None
    said = " ".join(row.values[name] for name in ("item", "action") if name in row.values)
    old = any(year is not None and int(found) < year for found in re.findall(r"(?<!\d)20\d\d(?!\d)", said))
    if old or re.search("|".join(plan_words()["order"]["earlier"]), said, re.IGNORECASE):
        return None
    number = step_of(text)
    if number is None:
        return None
    idle = set(plan_words()["order"]["idle"])
    words = {word.casefold() for word in _WORDS.findall(text) if len(word) >= LEAST_WORD}
    about = frozenset(word for word in words - idle if not _steps().fullmatch(word))
    return Step(row, number, about, min(row.months), max(row.months))


def step_of(text: str) -> int | None:
    """The one step that a text says: the last, where the others are only what it is done to; None for several."""
    found = [(match.start(), match.end(), _number(match[0])) for match in _steps().finditer(text)]
    if not found:
        return None
    for (_, end, one), (start, _, other) in pairwise(found):
        if one != other and _joint().search(text[end:start]):
            return None
    number = max(step for _, _, step in found)
    if number == FOLLOW_UP and EVALUATION not in [step for _, _, step in found] and not _of_evaluation().search(text):
        return None
    if number == FIRST_STEP and not all(_first_steps().fullmatch(text[start:end]) for start, end, _ in found):
        return None
    return number


@cache
def _steps() -> re.Pattern[str]:
    words = [word for number in plan_words()["steps"].values() for word in number]
    return re.compile(rf"\b(?:{'|'.join(sorted(words, key=len, reverse=True))})(?:nya)?\b", re.IGNORECASE)


@cache
def _number(word: str) -> int:
    for number, words in plan_words()["steps"].items():
        if re.fullmatch(rf"(?:{'|'.join(words)})(?:nya)?", word, re.IGNORECASE):
            return int(number)
    raise KeyError(word)


@cache
def _of_evaluation() -> re.Pattern[str]:
    return re.compile("|".join(plan_words()["order"]["of_evaluation"]), re.IGNORECASE)


@cache
def _first_steps() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(plan_words()['order']['first_steps'])})(?:nya)?", re.IGNORECASE)


@cache
def _joint() -> re.Pattern[str]:
    joints = [re.escape(word) if not word.isalpha() else rf"\b{word}\b" for word in plan_words()["order"]["joined_by"]]
    return re.compile("|".join(joints), re.IGNORECASE)
