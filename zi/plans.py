"""Which documents count: one for each decree, and those that hold its plan, so that no copy is counted twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

KINDS = ("digital", "mixed", "scanned")
"""Surest reading first."""


@dataclass(frozen=True, slots=True)
class File:
    """One document, with what decides whether it counts.

    Attributes:
        document_id: of the document.
        decree_id: the document that stands for the decree; where old tables do not tell, itself.
        is_lampiran: it holds a lampiran without its decree.
        lampiran_no: the number of such a lampiran; None where it has none.
        kind: digital | mixed | scanned.
        needs_review: its header was read with doubt.
        rows: of its plan.
        covered: coverage says something of it: it has a plan, or may have one.
    """

    document_id: str
    decree_id: str
    is_lampiran: bool
    lampiran_no: str | None
    kind: str | None
    needs_review: bool
    rows: int
    covered: bool

    @property
    def rank(self) -> tuple[bool, int, bool, int, str]:
        """What sorts the better one of two copies first: the decree's own document, then the one that is read more surely."""
        kind = KINDS.index(self.kind) if self.kind in KINDS else len(KINDS)
        return self.document_id != self.decree_id, kind, self.needs_review, -self.rows, self.document_id


def decree_documents(files: Iterable[File]) -> list[str]:
    """The document that stands for each decree, in order of the ids.

    Where that one is not among the documents (part of a folder was taken), the best of its copies stands in.
    """
    return sorted(min(family, key=lambda file: (file.is_lampiran, file.rank)).document_id for family in _families(files))


def plan_documents(files: Iterable[File]) -> list[str]:
    """The documents that hold the plan of each decree, in order of the ids; none of a decree without a plan.

    That is the decree's own document where it has a plan; else its best copy that has one; else its lampiran in files of
    their own, one for each lampiran number. Where no document has rows, but one may have a plan that was not read, that one.
    """
    return sorted(file.document_id for family in _families(files) for file in _with_plan(family))


def _families(files: Iterable[File]) -> list[list[File]]:
    families: defaultdict[str, list[File]] = defaultdict(list)
    for file in files:
        families[file.decree_id].append(file)
    return list(families.values())


def _with_plan(family: Sequence[File]) -> list[File]:
    filled = sorted((file for file in family if file.rows), key=lambda file: file.rank)
    whole = [file for file in filled if not file.is_lampiran]
    if whole:
        return whole[:1]
    if filled:
        best: Mapping[str | None, File] = {file.lampiran_no: file for file in reversed(filled)}
        return list(best.values())
    doubted = sorted((file for file in family if file.covered), key=lambda file: (file.is_lampiran, file.rank))
    return doubted[:1]
