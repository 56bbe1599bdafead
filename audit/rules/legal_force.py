"""Whether the cited instruments were in force when the decree was signed, and whether those that govern it are cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from audit.claims import Both, Claim, Severity
from audit.dossier import Dossier, Text
from audit.rules.legal_facts import Known, dated_by, day_of, in_being, not_yet, replaced, said
from audit.rules.legal_knowledge import knowledge
from audit.rules.legal_reading import Basis, Case, groups, name_of, narrated, not_it
from normalize.dates import parse_date
from normalize.register import CONFIDENCES, amendment_of, amendments, fact, law_of_perppu, titles

_YEAR = re.compile(r"\btahun\s+((?:19|20)\d{2})\b", re.IGNORECASE)
_DATED = re.compile(r"\btanggal\s+(?P<date>\d{1,2}\s+[A-Za-z]+\s+(?:19|20)\d{2})\b", re.IGNORECASE)
_LETTERS = frozenset({"Surat", "SE", "BA", "Nota Dinas"})  # their titles tell no rule that may run out


def claims(case: Case) -> Iterator[Claim]:
    """What is cited of a document's legal bases that was no longer, or not yet, in force."""
    on = day_of(case.dossier)
    if on is None:
        return
    listed = {basis.id for basis in case.listed()}
    for group in groups(case.bases):
        old = replaced(group.head.id, on)
        if old is not None and old.instrument_id not in {one.id for one in group.amending} and not _told_as_gone(group.head):
            yield _replaced(case, group.head, old, listed, on)
        for basis in (group.head, *group.amending):
            yield from _perppu(case, basis, on)
            yield from _not_yet(case, basis, on)
    yield from _run_out(case)
    yield from _narrative(case, on)
    yield from _governing(case, on)


def _replaced(case: Case, basis: Basis, old: Known, listed: set[str | None], on: date) -> Claim:
    """An instrument that another had replaced; in a consideration, against the legal bases that name the new one."""
    new = name_of(old.instrument_id)
    words = {"name": basis.name, "where": basis.where, "new": new, "day": f"{old.day:%d-%m-%Y}"}
    kept = fact(basis.id, "repealed_except")
    likely = (*old.likely, *(("repealed-in-part",) if kept else ()))
    source = old.source + said(basis.id or "", "repealed_except", kept) if kept else old.source
    contradicts = basis.citation.part == "menimbang" and old.instrument_id in listed
    rests_on = dated_by(case.dossier)
    if contradicts:
        rests_on = (*rests_on, *[one.text for one in case.listed() if one.id == old.instrument_id][:1])
    return Claim(
        "consideration-on-replaced" if contradicts else "instrument-replaced",
        basis.id,
        found=basis.text,
        expected=new,
        words=words,
        rests_on=rests_on,
        doubts=not_it(basis),
        likely=likely,
        severity=old.severity(on, "error"),
        source=source,
    )


def _told_as_gone(basis: Basis) -> bool:
    """A consideration that says itself that the instrument was repealed or replaced."""
    gone = knowledge().repealing
    around = (basis.before, basis.text.text, basis.after) if basis.citation.part == "menimbang" else ()
    return any(gone.search(words) for words in around)


def _perppu(case: Case, basis: Basis, on: date) -> Iterator[Claim]:
    """A Perppu cited after a law had made it a law."""
    law = law_of_perppu(basis.id)
    came = in_being(law.value, on) if law else None
    if law is None or came is None:
        return
    source = said(basis.id or "", "made_law_by", law)
    yield Claim(
        "perppu-now-law",
        basis.id,
        found=basis.text,
        expected=name_of(law.value),
        words={"name": basis.name, "where": basis.where, "new": name_of(law.value)},
        rests_on=dated_by(case.dossier),
        doubts=not_it(basis),
        likely=came.likely or (() if law.confidence == CONFIDENCES[-1] else ("fact-not-verified",)),
        severity=came.severity(on, "error"),
        source=source,
    )


def _not_yet(case: Case, basis: Basis, on: date) -> Iterator[Claim]:
    """An instrument that was made after the decree only."""
    year = basis.citation.year
    later = (_letter_of_later(basis, on) or not_yet(basis.id, on)) if basis.id else None
    if later is None and year is not None and year > on.year and basis.id:
        later = Known(basis.id, date(year, 1, 1), "verified", Both.alike(f"{basis.name}: {year}"))
    if later is None or case.dossier.signed is None:
        return
    doubts = ("year-may-be-misread",) if basis.scanned else ()
    yield Claim(
        "instrument-not-yet",
        basis.id,
        found=basis.text,
        expected=f"{on:%d-%m-%Y}",
        words={"name": basis.name, "where": basis.where, "day": f"{on:%d-%m-%Y}"},
        rests_on=tuple(t for t in (case.dossier.fields.get("date"),) if t),
        doubts=(*not_it(basis), *doubts),
        likely=later.likely,
        source=later.source,
    )


def _letter_of_later(basis: Basis, on: date) -> Known | None:
    """A letter or minutes whose printed date lies behind that of the decree."""
    if basis.citation.type not in _LETTERS:
        return None
    printed = _DATED.search(basis.text.text + basis.after)
    day = parse_date(printed["date"]) if printed is not None else None
    if day is None or day <= on:
        return None
    return Known(basis.id or "", day, CONFIDENCES[-1], Both.alike(f"{basis.name}: {day}"))


def _ends(title: str | None) -> int | None:
    """The last year of the longest span of years in a title."""
    return max((int(match[2]) for match in knowledge().span.finditer(title or "")), default=None)


def plan_year(dossier: Dossier) -> int | None:
    """The year that a plan is for: of its title, else of the decree."""
    named = _YEAR.findall(dossier.title or "")
    return int(named[-1]) if named else dossier.year


def _run_out(case: Case) -> Iterator[Claim]:
    """An instrument for a span of years that ended before the year of the plan, once in a paragraph."""
    year = plan_year(case.dossier)
    if year is None:
        return
    for group in groups(case.bases):
        basis = group.head
        if basis.citation.type in _LETTERS:
            continue
        printed = _ends(basis.citation.title)
        known = next((t for t in titles(basis.id) if _ends(t.value) is not None), None)
        by_register = _ends(known.value) if known else None
        ends = printed if printed is not None else by_register
        if ends is None or ends >= year:
            continue
        unsure = printed is None and known is not None and known.confidence != "verified"
        agreed = printed == by_register if by_register is not None else not basis.scanned
        doubts = ("span-may-be-misread",) if printed is not None and not agreed else ()
        yield Claim(
            "period-ended",
            basis.id,
            found=basis.text,
            expected=str(year),
            words={"name": basis.name, "where": basis.where, "ends": str(ends), "year": str(year)},
            doubts=(*not_it(basis), *doubts),
            likely=("fact-not-verified",) if unsure else (),
            source=said(basis.id or "", "title", known) if printed is None and known else None,
        )


def _narrative(case: Case, on: date) -> Iterator[Claim]:
    """A replaced instrument in the narrative of the lampiran, once: it may be told as history."""
    cited = {basis.id for basis in case.listed()}
    seen: set[str] = set()
    for instrument_id, text in narrated(case.dossier):
        old = replaced(instrument_id, on)
        if old is None or instrument_id in seen or instrument_id in cited:
            continue
        seen.add(instrument_id)
        yield Claim(
            "narrative-on-replaced",
            instrument_id,
            found=text,
            expected=name_of(old.instrument_id),
            words={"name": name_of(instrument_id), "new": name_of(old.instrument_id), "day": f"{old.day:%d-%m-%Y}"},
            rests_on=dated_by(case.dossier),
            doubts=("may-be-told-as-history",),
            likely=old.likely,
            source=old.source,
        )


def _governing(case: Case, on: date) -> Iterator[Claim]:
    """The rule that governs a plan of this kind, where neither it nor one before it is named anywhere."""
    dossier = case.dossier
    if not case.listed("mengingat") or dossier.part != "decree" or dossier.lost_pages:
        return
    said_all = "\n".join(_all_texts(dossier)).lower()
    for topic in knowledge().governing:
        about = topic.topic in (dossier.title or "").lower() or any(one.status == "present" for one in dossier.coverage)
        stood = [came for rule in topic.rules if (came := in_being(rule, on)) is not None]
        if not about or not stood or _named_anywhere(topic.rules, case, said_all):
            continue
        current = stood[-1]
        severity: Severity | None = "info" if current.severity(on, "warning") == "info" else None
        yield Claim(
            "governing-rule-not-cited",
            current.instrument_id,
            expected=f"{name_of(current.instrument_id)} ({titles(current.instrument_id)[0].value})",
            words={"name": name_of(current.instrument_id), "about": topic.name},
            rests_on=(case.listed("mengingat")[0].text, *dated_by(dossier)),
            doubts=("may-be-lost-in-the-scan",) if dossier.kind != "digital" else (),
            likely=("fact-not-verified",),
            severity=severity,
            source=topic.source + current.source,
        )


def _named_anywhere(rules: tuple[str, ...], case: Case, said_all: str) -> bool:
    """True where a rule or an amendment of one is cited, or its number and year stand in any text."""
    ids = {*rules, *(step.fact.value for rule in rules for step in amendments(rule))}
    if any(basis.id in ids or _base(basis.id) in ids for basis in case.bases):
        return True
    pairs = [re.fullmatch(r".*-(\d+)-(\d{4})", one) for one in ids]
    return any(re.search(rf"\b{p[1]}\s*(?:tahun|/|thn\.?)\s*{p[2]}\b", said_all) for p in pairs if p)


def _base(instrument_id: str | None) -> str | None:
    step = amendment_of(instrument_id)
    return step.base_id if step else None


def _all_texts(dossier: Dossier) -> Iterator[str]:
    texts: list[Text] = [p.text for p in dossier.paragraphs] + [t.text for t in dossier.lampiran]
    yield from (text.text for text in texts)
    yield from (row.whole.text for row in dossier.rows)
