"""The lists of legal bases as lists: their order, and whether Mengingat and the lampiran's own list are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from audit.claims import Claim, Severity
from audit.rules.legal_knowledge import knowledge
from audit.rules.legal_reading import Basis, Case, Group, groups, not_it, rank_of

LIST_FROM = 3  # instruments that make a list of the lampiran; fewer stand in prose
SLIPS = 2  # characters in which two printings of one office number may differ ("314/ORT/07" for "314/ORT.07")


def claims(case: Case) -> Iterator[Claim]:
    """What is wrong with the lists of a document's legal bases."""
    yield from _order(case, "mengingat")
    yield from _order(case, "lampiran")
    yield from _only_in_one(case)


def _order(case: Case, part: str) -> Iterator[Claim]:
    """The first pair of neighbours that stand in the wrong order."""
    heads = [g.head for g in groups(case.listed(part)) if rank_of(g.head.citation.type) is not None and g.head.id]
    if part == "lampiran" and len(heads) < LIST_FROM:
        return
    uncertain: Claim | None = None
    for before, after in pairwise(heads):
        why = _misplaced(before, after)
        if why is None:
            continue
        claim = _pair(case, before, after, why, part)
        if not claim.likely:
            yield claim
            return
        uncertain = uncertain or claim
    if uncertain is not None:
        yield uncertain


def _misplaced(before: Basis, after: Basis) -> str | None:
    """Why two neighbours stand in the wrong order: by rank or by time; null where they stand right or nothing is known."""
    one, other = rank_of(before.citation.type), rank_of(after.citation.type)
    if one is None or other is None or before.id == after.id:
        return None
    if one != other:
        return "rank" if one > other else None
    first, second = _time(before), _time(after)
    if first is None or second is None:
        return None
    if first[0] != second[0]:
        return "time" if first[0] > second[0] else None
    same_kind = before.citation.type == after.citation.type
    later = same_kind and first[1] is not None and second[1] is not None and first[1] > second[1]
    return "time" if later and not _promulgated_in_order(before, after) else None


def _promulgated_in_order(before: Basis, after: Basis) -> bool:
    """True where the gazettes of one year show that the earlier number was promulgated later."""
    for one in before.citation.gazettes:
        for other in after.citation.gazettes:
            numbers = (one.number or "", other.number or "")
            if (one.series, one.year) == (other.series, other.year) and all(n.isdigit() for n in numbers):
                return int(numbers[0]) < int(numbers[1])
    return False


def _time(basis: Basis) -> tuple[int, int | None] | None:
    """Year and number, which offices count up in a year."""
    year, number = basis.citation.year, basis.citation.number or ""
    return None if year is None else (year, int(number) if number.isdigit() else None)


def _pair(case: Case, before: Basis, after: Basis, why: str, part: str) -> Claim:
    kinds = {before.citation.type, after.citation.type}
    ranks = tuple(sorted(r for r in (rank_of(before.citation.type), rank_of(after.citation.type)) if r is not None))
    practice = bool(kinds & knowledge().practice) or (why == "rank" and ranks in knowledge().unranked)
    severity: Severity | None = "info" if practice or part == "lampiran" else None
    return Claim(
        "order-of-bases" if why == "rank" else "order-in-time",
        after.id,
        found=after.text,
        expected=before.text,
        words={"name": after.name, "where": after.where, "other": before.name, "other_where": before.where},
        doubts=(*not_it(before), *not_it(after), *(("number-may-be-misread",) if after.scanned and why == "time" else ())),
        likely=("practice",) if practice else (),
        severity=severity,
    )


def _only_in_one(case: Case) -> Iterator[Claim]:
    """Instruments that only one of the two lists names: one claim for each list."""
    mengingat, lampiran = groups(case.listed("mengingat")), groups(case.listed("lampiran"))
    lampiran = [g for g in lampiran if rank_of(g.head.citation.type) is not None]
    if not mengingat or len(lampiran) < LIST_FROM:
        return
    for code, here, there in (("only-in-mengingat", mengingat, lampiran), ("only-in-lampiran", lampiran, mengingat)):
        alone = [g for g in here if g.head.id and not any(_same(g.head, one) for h in there for one in (h.head, *h.amending))]
        if alone:
            yield _alone(code, alone)


def _alone(code: str, alone: Sequence[Group]) -> Claim:
    names = ", ".join(f"{g.head.name} ({g.head.where})" for g in alone)
    texts = [g.head.text for g in alone]
    found = replace(
        texts[0],
        text=names,
        boxes=tuple(box for text in texts for box in text.boxes),
        confidence=min(text.confidence for text in texts),
        doubtful=any(text.doubtful for text in texts),
    )
    doubts = ("number-may-be-misread",) if alone[0].head.scanned else ()
    return Claim(code, None, found=found, words={"count": str(len(alone))}, doubts=doubts)


def _same(one: Basis, other: Basis) -> bool:
    if one.id is None or other.id is None:
        return False
    long = "/" in one.id and "/" in other.id
    return one.id == other.id or (long and Levenshtein.distance(one.id, other.id) <= SLIPS)
