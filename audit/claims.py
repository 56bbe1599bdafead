"""Claims of the rules, and how a claim becomes a finding: the one place where severity and certainty are decided."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal

from audit.dossier import Dossier, PlanRow, Text

Severity = Literal["info", "warning", "error"]
Certainty = Literal["sure", "likely", "look"]

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
SURE_FROM = 0.95  # chance that all that a claim rests on was read right; below, it is a request to look
DIGITS = 16  # of the hash that names a finding


@dataclass(frozen=True, slots=True)
class Both:
    """The same said in both languages of the audit."""

    id: str
    en: str

    @classmethod
    def alike(cls, text: str) -> Both:
        """What needs no translation: names, numbers, citations."""
        return cls(text, text)

    def __add__(self, other: Both) -> Both:
        return Both(f"{self.id}; {other.id}", f"{self.en}; {other.en}")


class NoSuchCode(KeyError):
    """A rule claims a code that the catalogue does not have: a mistake of the rule."""


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding, as the catalogue (`audit/data/findings.toml`) describes it.

    Attributes:
        code: stable name.
        severity: of a claim that is sure.
        title: what it is called, by language ("id", "en").
        message: template by language; its names in braces are filled in by the claim.
        rule: what is looked at and when it is claimed (English).
        source: the law, register or reasoning it rests on, by language.
        example: as a decree might print it.
        refuted_by: what would refute such a finding.
    """

    code: str
    severity: Severity
    title: Mapping[str, str]
    message: Mapping[str, str]
    rule: str
    source: Mapping[str, str]
    example: str
    refuted_by: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule found.

    Attributes:
        code: of the catalogue.
        subject: id or field that it is about.
        found: what stands there; None where it is that nothing stands there.
        expected: what should stand there: as printed elsewhere (a Text, which has a place), or as known.
        words: fills the message, besides {found} and {expected}.
        rests_on: other texts that it rests on; doubt about one of them is doubt about the claim.
        rows: plan rows that it is about.
        doubts: further reasons, as stable words, why it may be a misreading.
        likely: why it is no more than likely even if all was read right: "majority-of-decrees", "fact-not-verified".
        severity: where this claim weighs less than its code says.
        source: what this very claim rests on, where the catalogue says less.
        page: where to look, where no text tells.
    """

    code: str
    subject: str | None
    found: Text | str | None = None
    expected: Text | str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    rests_on: tuple[Text, ...] = ()
    rows: tuple[PlanRow, ...] = ()
    doubts: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    severity: Severity | None = None
    source: Both | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Something to look at: ``role`` is found or expected."""

    role: str
    document_id: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of the table ``findings``; attributes as there."""

    finding_id: str
    document_id: str
    decree_id: str
    satker_code: str | None
    year: int | None
    code: str
    severity: Severity
    certainty: Certainty
    confidence: float
    subject: str | None
    message: str
    message_en: str
    expected: str | None
    found: str | None
    page: int | None
    doubts: tuple[str, ...]
    source: str
    source_en: str
    row_ids: tuple[str, ...]
    places: tuple[Place, ...]
    decision: str | None = None


@cache
def catalogue() -> Mapping[str, Code]:
    """Every code by its name, in the order of the catalogue."""
    data = resources.files("audit").joinpath("data")
    codes: dict[str, Code] = {}
    for file in sorted((f for f in data.iterdir() if f.name.startswith("findings-")), key=lambda f: f.name):
        for name, about in tomllib.loads(file.read_text(encoding="utf-8")).items():
            codes[name] = Code(
                code=name,
                severity=about["severity"],
                title=about["title"],
                message=about["message"],
                rule=about["rule"],
                source=about["source"],
                example=about["example"],
                refuted_by=about["refuted_by"],
            )
    return codes


def finding_of(claim: Claim, dossier: Dossier) -> Finding:
    """The finding that a claim stands for.

    A claim that may be a misreading is a request to look, and weighs one step less, so never as an error. One that rests on a
    majority, or on a fact that nobody verified, is no error either.

    Raises:
        NoSuchCode: the catalogue does not have the code.
    """
    code = catalogue().get(claim.code)
    if code is None:
        raise NoSuchCode(claim.code)
    texts = [t for t in (claim.found, claim.expected) if isinstance(t, Text)]
    texts += [*claim.rests_on, *(row.whole for row in claim.rows)]
    confidence = min((t.confidence for t in texts), default=1.0)
    doubts = [*claim.doubts]
    if any(t.doubtful for t in texts):
        doubts.append("marked-for-review")
    elif confidence < SURE_FROM:
        doubts.append("read-unsurely")
    certainty: Certainty = "look" if doubts else "likely" if claim.likely else "sure"
    severity = claim.severity or code.severity
    if certainty == "look":
        severity = SEVERITIES[max(0, SEVERITIES.index(severity) - 1)]
    elif certainty == "likely" and severity == "error":
        severity = "warning"
    found, expected = _said(claim.found), _said(claim.expected)
    words = {"found": found or "", "expected": expected or "", **claim.words}
    return Finding(
        finding_id=_name(dossier.document_id, claim, found, expected),
        document_id=dossier.document_id,
        decree_id=dossier.decree_id,
        satker_code=dossier.satker_code,
        year=dossier.year,
        code=claim.code,
        severity=severity,
        certainty=certainty,
        confidence=round(confidence, 3),
        subject=claim.subject,
        message=_sentence(code.message["id"].format(**words)),
        message_en=_sentence(code.message["en"].format(**words)),
        expected=expected,
        found=found,
        page=_page(claim),
        doubts=tuple(dict.fromkeys([*doubts, *claim.likely])),
        source=claim.source.id if claim.source else code.source["id"],
        source_en=claim.source.en if claim.source else code.source["en"],
        row_ids=tuple(row.row_id for row in claim.rows),
        places=tuple(_places(claim)),
    )


def _sentence(text: str) -> str:
    """The text as a sentence begins; only its first letter changes."""
    return text[:1].upper() + text[1:]


def _said(value: Text | str | None) -> str | None:
    return value.text if isinstance(value, Text) else value


def _page(claim: Claim) -> int | None:
    """Where to look first."""
    values = (claim.found, *(row.whole for row in claim.rows), *claim.rests_on)
    pages = [value.page for value in values if isinstance(value, Text) and value.page is not None]
    return claim.page if claim.page is not None else pages[0] if pages else None


def _places(claim: Claim) -> Iterable[Place]:
    roles: list[tuple[str, Text | str | None]] = [
        ("found", claim.found),
        *(("found", row.whole) for row in claim.rows),
        ("expected", claim.expected),
    ]
    roles += [("expected", text) for text in claim.rests_on]
    seen: set[Place] = set()
    for role, value in roles:
        if isinstance(value, Text):
            for box in value.boxes:
                place = Place(role, value.document_id, box.page, box.x0, box.top, box.x1, box.bottom)
                if place not in seen:
                    seen.add(place)
                    yield place


def _name(document_id: str, claim: Claim, found: str | None, expected: str | None) -> str:
    """The same for the same claim in the next audit, whatever was found besides."""
    rows = [row.row_id for row in claim.rows]
    page = claim.found.page if isinstance(claim.found, Text) else claim.page
    told = repr((document_id, claim.code, claim.subject, found, expected, page, rows))
    return hashlib.sha256(told.encode()).hexdigest()[:DIGITS]
