"""The truth of a printed decree, in the shape of the corpus' truth files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from tests.press.decree import Citation, Decree, Ref, citation_text
from tests.press.lampiran import LampiranRecord
from tests.press.layout import Layout

Json = dict[str, object]


class PlanTruth(TypedDict):
    """The plan table: title, top headers, rows in print order."""

    title: str | None
    columns: list[str]
    rows: list[Json]


class Truth(TypedDict):
    """Everything a reader should find."""

    doc_id: str
    header: Json
    considerations: list[Json]
    legal_bases: list[Json]
    observing: list[Json]
    decides: str
    dictums: list[Json]
    plan: PlanTruth
    lampiran_legal_bases: list[Json]
    kind: str
    n_pages: int
    layout: str


def truth_of(decree: Decree, layout: Layout, record: LampiranRecord, pages: int) -> Truth:
    """What a perfect reader returns for this print."""
    observing: list[Json] = [
        {"label": p.label, "text": p.text, "refs": [_ref(r) for r in refs]}
        for p, refs in zip(decree.observing, decree.observed_refs, strict=True)
    ]
    return {
        "doc_id": decree.doc_id,
        "header": _header(decree, layout),
        "considerations": [{"label": p.label, "text": p.text} for p in decree.considerations],
        "legal_bases": _citations(decree.bases),
        "observing": observing,
        "decides": decree.decides,
        "dictums": [{"label": p.label, "text": p.text} for p in decree.dictums],
        "plan": _plan(decree, record),
        "lampiran_legal_bases": _citations([c for s in decree.narrative for c in s.bases]),
        "kind": "digital",
        "n_pages": pages,
        "layout": layout.name,
    }


def _header(decree: Decree, layout: Layout) -> Json:
    certified = decree.certified if layout.prose.certifier else None
    is_copy = layout.prose.salinan != "none" or certified is not None
    return {
        "institution": decree.institution,
        "satker_code": None,
        "number_raw": decree.number_raw,
        "number": decree.number,
        "classification": decree.classification,
        "year": decree.year,
        "title": decree.title,
        "place": decree.place,
        "date": decree.date,
        "signatory_title": decree.signed.title,
        "signatory": decree.signed.name,
        "is_copy": is_copy,
        "certifier_title": certified.title if certified else None,
        "certifier": certified.name if certified else None,
    }


def _citations(citations: Sequence[Citation]) -> list[Json]:
    return [{"order": i, "text": citation_text(c), "refs": [_ref(r) for r in c.refs]} for i, c in enumerate(citations, 1)]


def _ref(ref: Ref) -> Json:
    return {
        "type": ref.kind,
        "number": ref.number,
        "year": ref.year,
        "title": ref.title,
        "relation": ref.relation,
        "gazettes": [{"series": g.series, "year": g.year, "number": g.number} for g in ref.gazettes],
    }


def _plan(decree: Decree, record: LampiranRecord) -> PlanTruth:
    if decree.plan is None or record.plan is None or record.placed is None:
        return {"title": None, "columns": [], "rows": []}
    rows = []
    for place, row in zip(record.plan.places, record.plan.truths, strict=True):
        start, end = record.placed.pages[place]
        rows.append({**row, "page_start": start, "page_end": end})
    return {"title": decree.plan.title, "columns": list(record.plan.columns), "rows": rows}
