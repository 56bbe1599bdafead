"""Amendments: whether the last one is cited, whether the words fit the ordinal, whether it is an amendment at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from audit.claims import Both, Claim, Severity
from audit.dossier import Dossier
from audit.rules.legal_facts import Known, dated_by, day_of, in_being, replaced, said
from audit.rules.legal_knowledge import knowledge
from audit.rules.legal_reading import Basis, Case, Group, Witness, changes, groups, name_of, not_it
from normalize.citations import find_citations
from normalize.register import CONFIDENCES, Amendment, amendment_of, amendments, law_of_perppu


def claims(case: Case) -> Iterator[Claim]:
    """What a document cites wrongly of the amendments of its legal bases."""
    on = day_of(case.dossier)
    for group in groups(case.listed()):
        yield from _no_amendment(case, group, on)
        yield from _wording(group, on)
        if on is not None and replaced(group.head.id, on) is None and not not_it(group.head):
            yield from _out_of_date(case, group, on)


def _ordinal(basis: Basis) -> int | None:
    """Which amendment it is, by its title, else by the register; null for what is none."""
    title = basis.citation.title
    match = changes(title) if title else None
    if match:
        word = re.sub(r"\s", "", (match["ordinal"] or "pertama").lower())
        return int(knowledge().ordinals.index(word)) + 1
    step = amendment_of(basis.id)
    return step.ordinal if step else None


def _base_of(basis: Basis) -> str | None:
    """The instrument that an amending one changes: named in its title, else by the register."""
    title = basis.citation.title
    match = changes(title) if title else None
    named = find_citations(title[match.end() :]) if match and title else ()
    if named:
        return named[0].instrument_id
    step = amendment_of(_as_law(basis.id))
    return step.base_id if step else None


def _as_law(instrument_id: str | None) -> str | None:
    """A Perppu as the law that it has become, which stands in the chain for it."""
    law = law_of_perppu(instrument_id)
    return law.value if law else instrument_id


def _no_amendment(case: Case, group: Group, on: date | None) -> Iterator[Claim]:
    """What is called an amendment although it replaced the instrument, or changes another one."""
    inside = {group.head.id, *(one.id for one in group.amending)}
    old = replaced(group.head.id, on) if on else None
    for basis in group.amending:
        words = {"name": group.head.name, "where": basis.where, "new": basis.name}
        base = _base_of(basis)
        if old is not None and basis.id == old.instrument_id:
            yield Claim(
                "replaced-not-amended",
                group.head.id,
                found=basis.text,
                expected=basis.name,
                words=words,
                rests_on=(group.head.text,),
                doubts=(*not_it(group.head), *not_it(basis)),
                likely=old.likely,
                source=old.source,
            )
        elif base is not None and base not in inside:
            doubts = ("number-may-be-misread",) if basis.scanned else ()
            yield Claim(
                "amends-another",
                basis.id,
                found=basis.text,
                expected=name_of(base),
                words={**words, "base": name_of(base)},
                rests_on=(group.head.text,),
                doubts=doubts,
            )


def _wording(group: Group, on: date | None) -> Iterator[Claim]:
    """Words before an amendment that do not fit its ordinal."""
    if not group.amending:
        return
    last = group.amending[-1]
    ordinal = _ordinal(last)
    if ordinal is None or _base_of(last) != group.head.id or not group.joint.strip():
        return
    several = knowledge().several.search(group.joint) is not None
    final = knowledge().last.search(group.joint) is not None
    whole = len(group.amending) >= ordinal
    words = {
        "name": group.head.name,
        "where": last.where,
        "new": last.name,
        "ordinal": str(ordinal),
        "printed": " ".join(group.joint.split()).strip(" ,();"),
    }
    if ordinal > 1 and not whole and not several and not final:
        code, expected = "amendment-skipped", "sebagaimana telah beberapa kali diubah terakhir dengan"
    elif ordinal > 1 and not whole and not (several and final):
        code, expected = "amendment-wording", "sebagaimana telah beberapa kali diubah terakhir dengan"
    elif ordinal == 1 and len(group.amending) == 1 and (several or final):
        code, expected = "amendment-wording", "sebagaimana telah diubah dengan"
    else:
        return
    yield Claim(
        code,
        last.id,
        found=last.part_of_text(words["printed"]),
        expected=expected,
        words=words,
        doubts=not_it(last),
        severity="info" if on is None or on < knowledge().worded_since else None,
    )


def _out_of_date(case: Case, group: Group, on: date) -> Iterator[Claim]:
    """A later amendment than the last one cited: by the register, else by a decree that was signed no later."""
    part = group.head.citation.part
    cited = [b for b in case.listed(part) if _base_of(b) == group.head.id]
    if not all(one.clean for one in group.amending) or any(_all_meant(one) for one in (group.head, *group.amending)):
        return
    reached = max((_ordinal(b) or 0 for b in cited), default=0)
    newest = max((b.citation.year or 0 for b in (*cited, *group.amending)), default=0)
    named = {one.id for one in (*cited, *group.amending)}  # under whatever ordinal
    step = _latest(group, on)
    if step is not None:
        amendment, came = step
        if amendment.ordinal > reached and amendment.fact.value not in named and came.day.year >= newest:
            yield _later(case, group, amendment, came, on)
            return
    witness = _cited_by_another(case, group, reached, newest, on)
    if witness is not None and witness.basis.id not in named and (step is None or _ordinal(witness.basis) != step[0].ordinal):
        last = group.amending[-1] if group.amending else group.head
        yield Claim(
            "amendment-out-of-date",
            group.head.id,
            found=last.text,
            expected=witness.basis.text,
            words={"name": group.head.name, "where": group.head.where, "new": witness.basis.name},
            rests_on=dated_by(case.dossier),
            doubts=not_it(group.head),
            likely=("another-decree",),
            source=Both.alike(witness.dossier.title or witness.dossier.document_id),
        )


def _latest(group: Group, on: date) -> tuple[Amendment, Known] | None:
    """The last registered amendment that there was at a day."""
    known = [(step, came) for step in amendments(group.head.id) if (came := in_being(step.fact.value, on)) is not None]
    return known[-1] if known else None


def _later(case: Case, group: Group, step: Amendment, came: Known, on: date) -> Claim:
    last = group.amending[-1] if group.amending else group.head
    confidence = min(step.fact.confidence, came.confidence, key=CONFIDENCES.index)
    severity: Severity = "info" if confidence == CONFIDENCES[0] else came.severity(on, "error")
    witnesses = [w for w in case.others.of(step.fact.value, case.dossier) if w.basis.clean]
    source = said(group.head.id or "", "amended_by", step.fact) + came.source
    return Claim(
        "amendment-out-of-date",
        group.head.id,
        found=last.text,
        expected=name_of(step.fact.value),
        words={"name": group.head.name, "where": group.head.where, "new": name_of(step.fact.value)},
        rests_on=(*[w.basis.text for w in witnesses[:1]], *dated_by(case.dossier)),
        doubts=not_it(group.head),
        likely=() if confidence == CONFIDENCES[-1] else ("fact-not-verified",),
        severity=severity,
        source=source,
    )


def _all_meant(basis: Basis) -> bool:
    """The amendments are cited, if not by name: "dan perubahannya"."""
    return (
        knowledge().unnamed.search(basis.citation.title or "") is not None
        or knowledge().unnamed.search(basis.after) is not None
    )


def _cited_by_another(case: Case, group: Group, reached: int, newest: int, on: date) -> Witness | None:
    """A later amendment of the same instrument in a decree of another office that was signed no later.

    One of an earlier year than the newest that is cited is none: a law that changes many others bears no ordinal.
    """
    best: tuple[int, Witness] | None = None
    for witness in case.others.of(group.head.id, case.dossier, amending=True):
        ordinal = _ordinal(witness.basis)
        if ordinal is None or ordinal <= reached or _base_of(witness.basis) != group.head.id:
            continue
        if not _no_later(witness.dossier, on) or not_it(witness.basis) or (witness.basis.citation.year or 0) < newest:
            continue
        if best is None or ordinal > best[0]:
            best = ordinal, witness
    return best[1] if best else None


def _no_later(dossier: Dossier, on: date) -> bool:
    return dossier.signed is not None and dossier.signed <= on
