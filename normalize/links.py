"""Which files belong together: the same bytes twice, the same decree twice, a decree and its lampiran in files of their own.

A file is linked to one other at most: to the one that stands for its decree. `decree_id` follows only links that are sure, and
what is sure is sure of every pair in a group, so that nothing is joined by a chain with a guess in it. Files are compared only
within their office, year and number, or, where a number is doubted, within their office and date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from normalize.file_names import decree_beside, place_of
from normalize.kinship import DISPUTED, Facts, Verdict, facts_of, lampiran_of, same_decree

Row = dict[str, object]

MOST = 100  # different readings of one number that are compared with each other; of more, only equal ones are joined
BYTES = Verdict(("bytes",), 1.0, sure=True)


@dataclass(frozen=True, slots=True)
class SameBytes:
    """A file whose bytes are those of a document.

    Attributes:
        source_path: the file.
        document_id: of the document.
        same_as: the file under whose name the document was read.
    """

    source_path: str
    document_id: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Linked:
    """What belongs together.

    Attributes:
        rows: of the table ``links``.
        decree_ids: for each document the one that stands for its decree: often itself.
    """

    rows: list[Row]
    decree_ids: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Group:
    """Files that surely hold one decree: the one that stands for it, and what all of them together tell of it."""

    lead: Facts
    told: Facts


def link_documents(documents: Iterable[Mapping[str, object]], same_bytes: Iterable[SameBytes] = ()) -> Linked:
    """The links between the files of a run, whatever their order.

    Args:
        documents: rows of ``documents``.
        same_bytes: files that were not read because their bytes are those of a document.
    """
    copies = sorted(same_bytes, key=lambda copy: copy.source_path)
    facts = sorted(map(facts_of, documents), key=lambda known: known.rank)
    rows = [_row(c.source_path, c.document_id, "same-bytes", c.document_id, c.same_as, BYTES) for c in copies]
    ids = {known.document_id: known.document_id for known in facts}
    decrees = _grouped([known for known in facts if not known.alone], rows, ids)
    alone = _grouped([known for known in facts if known.alone], rows, ids)
    named = _named(facts, copies)
    near = _Near(decrees)
    for group in alone:
        _place(group, near, named, rows, ids)
    for group in decrees:
        _doubted(group, near, rows)
    ids = {document_id: ids[leads] for document_id, leads in ids.items()}  # a copy of a lampiran, its lampiran, the decree
    return Linked(sorted(rows, key=lambda row: str(row["source_path"])), ids)


def _row(source_path: str, document_id: str, relation: str, of_id: str, of_path: str, verdict: Verdict) -> Row:
    return {
        "source_path": source_path,
        "document_id": document_id,
        "relation": relation,
        "of_document_id": of_id,
        "of_source_path": of_path,
        "reasons": list(verdict.reasons),
        "confidence": verdict.confidence,
        "needs_review": not verdict.sure,
    }


def _link(one: Facts, relation: str, other: Facts, verdict: Verdict) -> Row:
    return _row(one.source_path, one.document_id, relation, other.document_id, other.source_path, verdict)


def _grouped(facts: Sequence[Facts], rows: list[Row], ids: dict[str, str]) -> list[_Group]:
    """The files as groups of copies, in the order of their leads; rows and ids of the copies are added.

    Args:
        facts: decrees, or lampiran alone, the best first.
        rows: of the links, added to.
        ids: of the decrees, changed.
    """
    blocks: dict[tuple[object, ...], list[Facts]] = defaultdict(list)
    for known in facts:
        numbered = known.office is not None and known.year is not None and known.number is not None
        blocks[(known.office, known.year, known.number) if numbered else (known.document_id,)].append(known)
    groups = [group for block in blocks.values() for group in _groups_of(block)]
    for members in groups:
        for other in members[1:]:
            verdict = same_decree(members[0], other)
            if verdict is not None:
                rows.append(_link(other, "same-decree", members[0], verdict))
                ids[other.document_id] = members[0].document_id
    return sorted((_Group(members[0], _told(members)) for members in groups), key=lambda group: group.lead.rank)


def _groups_of(block: Sequence[Facts]) -> list[list[Facts]]:
    """Files of one office, year and number as groups in which every pair is surely one decree.

    A file that is surely one with two others that are not one with each other is joined to neither.
    """
    alike: dict[Facts, list[Facts]] = defaultdict(list)
    for known in block:
        alike[_bare(known)].append(known)
    kinds, files = list(alike), list(alike.values())
    near = [{k for k in _compared(i, len(kinds)) if _surely(kinds[i], kinds[k])} for i in range(len(kinds))]
    whole = {i for i, others in enumerate(near) if all(others <= near[k] for k in others)}
    out: list[list[Facts]] = []
    placed: set[int] = set()
    for i, others in enumerate(near):
        if i not in others:
            out += [[single] for single in files[i]]
        elif i not in placed:
            group = others & whole if i in whole else {i}
            placed |= group
            out.append(sorted((single for k in group for single in files[k]), key=lambda single: single.rank))
    return out


def _compared(one: int, count: int) -> Iterable[int]:
    return range(count) if count <= MOST else (one,)


def _bare(known: Facts) -> Facts:
    """The facts without what tells one file from another: equal for files that compare alike."""
    pages = known.pages if known.alone else 0
    return replace(known, document_id="", source_path="", pages=pages, rank=(False, False, 0, ""))


def _surely(one: Facts, other: Facts) -> bool:
    verdict = same_decree(one, other)
    return verdict is not None and verdict.sure


def _told(members: Sequence[Facts]) -> Facts:
    """What all copies of a decree tell: a date that the lead lacks may stand in another, and a number read twice is sure."""
    lead = members[0]
    return replace(
        lead,
        number_sure=len(members) > 1 or lead.number_sure,
        date=next((known.date for known in members if known.date is not None), None),
        classification=next((known.classification for known in members if known.classification is not None), None),
    )


class _Near:
    """Groups that may be those of a file: of its office, year and number, or, where a number is doubted, of its date."""

    def __init__(self, groups: Iterable[_Group]) -> None:
        self._numbered: dict[tuple[object, ...], list[_Group]] = defaultdict(list)
        self._dated: dict[tuple[object, ...], list[_Group]] = defaultdict(list)
        self._by_lead: dict[str, _Group] = {}
        for group in groups:
            told = group.told
            self._numbered[told.office, told.year, told.number].append(group)
            self._dated[told.office, told.date].append(group)
            self._by_lead[group.lead.document_id] = group

    def of(self, known: Facts) -> list[_Group]:
        """The groups, the best first."""
        if known.office is None:
            return []
        numbered = self._numbered.get((known.office, known.year, known.number), [])
        dated = self._dated.get((known.office, known.date), []) if known.date is not None else []
        doubted = [g for g in dated if not (known.number_sure and g.told.number_sure)]
        found = {g.lead.document_id: g for groups in (numbered, doubted) if len(groups) <= MOST for g in groups}
        return sorted(found.values(), key=lambda group: group.lead.rank)

    def with_lead(self, document_id: str) -> _Group | None:
        """The group of the document that stands for it."""
        return self._by_lead.get(document_id)


def _named(facts: Sequence[Facts], copies: Sequence[SameBytes]) -> dict[str, frozenset[str]]:
    """For each lampiran the decrees that it lies beside under their names, by their document ids."""
    paths: dict[str, list[str]] = {known.document_id: [known.source_path] for known in facts}
    for copy in copies:
        paths.get(copy.document_id, []).append(copy.source_path)
    at = {place_of(path): known.document_id for known in facts if not known.alone for path in paths[known.document_id]}
    found: dict[str, frozenset[str]] = {}
    for known in facts:
        beside = [decree_beside(path) for path in paths[known.document_id]] if known.alone else []
        found[known.document_id] = frozenset(at[place] for place in beside if place in at)
    return found


def _place(group: _Group, near: _Near, named: Mapping[str, frozenset[str]], rows: list[Row], ids: dict[str, str]) -> None:
    """Links a lampiran to its decree, where one is found; a link that something speaks against is left to a person."""
    lampiran = group.lead
    beside = {ids[document_id] for document_id in named[lampiran.document_id]}
    decrees = near.of(group.told)
    decrees += [g for lead in sorted(beside) if (g := near.with_lead(lead)) is not None and g not in decrees]
    found = _verdicts(decrees, lambda decree: lampiran_of(group.told, decree.told, named=decree.lead.document_id in beside))
    if not found:
        return
    decree, verdict = found[0]
    if sum(other.sure for _, other in found) > 1:
        verdict = _disputed(verdict, "several-decrees")
    if beside - {decree.lead.document_id}:
        verdict = _disputed(verdict, "file-name-differs")
    rows.append(_link(lampiran, "lampiran-of", decree.lead, verdict))
    if verdict.sure:
        ids[lampiran.document_id] = decree.lead.document_id


def _doubted(group: _Group, near: _Near, rows: list[Row]) -> None:
    """Adds the link that a person should decide: to the likeliest of the groups that would rather stand for the decree."""
    before = [other for other in near.of(group.told) if other.lead.rank < group.lead.rank]
    found = _verdicts(before, lambda other: same_decree(other.told, group.told))
    if found:
        other, verdict = found[0]
        if verdict.sure:  # but not of all copies of the other
            verdict = _disputed(verdict, "several-decrees")
        rows.append(_link(group.lead, "same-decree", other.lead, verdict))


def _disputed(verdict: Verdict, reason: str) -> Verdict:
    return Verdict((*verdict.reasons, reason), min(verdict.confidence, DISPUTED), sure=False)


def _verdicts(groups: Iterable[_Group], judge: Callable[[_Group], Verdict | None]) -> list[tuple[_Group, Verdict]]:
    """The groups for which something speaks, the likeliest first."""
    found = [(group, verdict) for group in groups if (verdict := judge(group)) is not None]
    return sorted(found, key=lambda pair: (not pair[1].sure, -pair[1].confidence, pair[0].lead.rank))
