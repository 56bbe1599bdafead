"""Decrees by hand for the tests of the audit: small, whole, digital and without fault unless told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from audit.claims import Claim, Finding, finding_of
from audit.dossier import (
    Box,
    Citation,
    Corpus,
    Covered,
    Dossier,
    Gazette,
    Indicator,
    LampiranText,
    Paragraph,
    PlanRow,
    Text,
)
from normalize.citations import find_citations
from pipeline.matching import indicator_rows
from taxonomy.load import load_taxonomy

DOCUMENT = "d0c0000000000001"
OFFICE = "KOMISI PEMILIHAN UMUM KABUPATEN SAGARA TIMUR"
TITLE = "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS DI LINGKUNGAN " + OFFICE + " TAHUN 2023"

Rule = Callable[[Dossier, Corpus], Iterator[Claim]]


def text(said: str, page: int = 1, *, doubtful: bool = False, confidence: float = 1.0, document: str = DOCUMENT) -> Text:
    """A text in the middle of a page."""
    return Text(document, said, page, (Box(page, 100.0, 200.0, 500.0, 220.0),), confidence, doubtful)


def paragraphs(part: str, said: Sequence[str], labels: Sequence[str] = (), page: int = 1) -> tuple[Paragraph, ...]:
    """The paragraphs of one part, lettered, numbered or named as decrees do."""
    usual = {"menimbang": "abcdefgh", "diktum": ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA")}.get(part, "123456789")
    names = labels or usual
    return tuple(Paragraph(part, i, names[i - 1], text(one, page)) for i, one in enumerate(said, 1))


def citations(part: str, said: Sequence[str], page: int = 2, *, doubtful: bool = False) -> tuple[Citation, ...]:
    """The instruments that numbered paragraphs cite, found as zi finds them."""
    return tuple(
        Citation(
            part=part,
            item_order=order,
            ref_order=ref,
            instrument_id=cited.instrument_id,
            type=cited.type,
            number=cited.number,
            year=cited.year,
            title=cited.title,
            relation=cited.relation,
            gazettes=tuple(Gazette(g.series, g.year, g.number) for g in cited.gazettes),
            text=text(one[cited.start : cited.end], page, doubtful=doubtful or cited.needs_review),
        )
        for order, one in enumerate(said, 1)
        for ref, cited in enumerate(find_citations(one), 1)
    )


def row(
    order: int = 1,
    *,
    months: Iterable[int] | None = None,
    indicator_id: str | None = None,
    status: str = "accepted",
    page: int = 5,
    reasons: Sequence[str] = (),
    document: str = DOCUMENT,
    **values: str,
) -> PlanRow:
    """A row of a plan; its fields by name (area, component, item, action, evidence, target_raw ...)."""
    return PlanRow(
        row_id=f"{document}-{order:04d}",
        document_id=document,
        order=order,
        values=values,
        months=None if months is None else tuple(months),
        printed=tuple(values.items()),
        page=page,
        boxes=(Box(page, 50.0, 100.0 + 20 * order, 780.0, 118.0 + 20 * order),),
        indicator_id=indicator_id,
        match_status=status if indicator_id else "none",
        confidence=1.0 if not reasons else 0.7,
        reasons=tuple(reasons),
        decided=(),
    )


def covered(status: Mapping[str, str]) -> tuple[Covered, ...]:
    """Coverage of some components: id -> present | missing | uncertain."""
    nodes = indicators()
    return tuple(
        Covered(one, str(nodes[one].area_id), told, int(told == "present"), nodes[one].weight, True, ())
        for one, told in status.items()
    )


def dossier(document: str = DOCUMENT, **changes: object) -> Dossier:
    """A decree of 16 January 2023; any attribute of `Dossier` may be told otherwise, and ``fields`` are added to the usual."""
    fields = {
        "institution": text(OFFICE, document=document),
        "number_raw": text("61 TAHUN 2023", document=document),
        "title": text(TITLE, document=document),
        "decides": text(f"KEPUTUSAN {OFFICE} TENTANG {TITLE}.", 2, document=document),
        "date": text("16 Januari 2023", 2, document=document),
        "signatory": text("RATNA WIDAYATI", 2, document=document),
    }
    given = changes.pop("fields", {})
    assert isinstance(given, Mapping)
    made = Dossier(
        document_id=document,
        decree_id=document,
        source_path=f"{document}.pdf",
        kind="digital",
        part="decree",
        page_count=8,
        satker_code="3504",
        satker_name="Kabupaten Sagara Timur",
        satker_level="kabupaten",
        province_code="35",
        institution=OFFICE,
        title=TITLE,
        number=61,
        year=2023,
        signed=date(2023, 1, 16),
        plan_form="zi-2021",
        confidence=1.0,
        doubts=(),
        fields={**fields, **given},
        paragraphs=(),
        citations=(),
        lampiran=(),
        rows=(),
        columns=(),
        coverage=(),
        lost_pages=(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def lampiran(*said: tuple[str, str], page: int = 4) -> tuple[LampiranText, ...]:
    """Texts of the lampiran outside its tables, as (part, text)."""
    return tuple(LampiranText(part, text(one, page)) for part, one in said)


@cache
def indicators() -> Mapping[str, Indicator]:
    """The nodes of the taxonomy, as the table indicators has them."""
    return {
        str(r["indicator_id"]): Indicator(**{("order" if k == "indicator_order" else k): v for k, v in r.items()})  # type: ignore[arg-type]
        for r in indicator_rows(load_taxonomy())
    }


def corpus(*dossiers: Dossier) -> Corpus:
    """These decrees, with the taxonomy."""
    return Corpus(tuple(sorted(dossiers, key=lambda one: one.document_id)), indicators())


def findings(rule: Rule, one: Dossier, *others: Dossier, code: str | None = None) -> list[Finding]:
    """What a family of rules finds in a decree seen among others; only of one code where it is told."""
    found = [finding_of(claim, one) for claim in rule(one, corpus(one, *others))]
    return [f for f in found if code is None or f.code == code]
