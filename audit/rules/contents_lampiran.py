"""Claims about a lampiran against its decree: heading and page 1, dikta that refer to it, headings printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from audit.claims import Claim
from audit.dossier import Corpus, Dossier, Text
from audit.rules.contents_body import absence
from audit.rules.contents_words import excerpt, folded, known, one_digit_off, quoting, signed_on
from normalize.dates import parse_date
from normalize.number import parse_number

ELSEWHERE = "maybe-in-another-file"
"""Why a lampiran that the file does not hold is no more than likely to be missing."""
_SAID_TWICE = 4  # words that a heading has at least to count as the title of the lampiran


def lampiran_claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """The claims about the lampiran of a decree."""
    if dossier.part == "decree":
        yield from _numbers(dossier)
        yield from _dates(dossier)
        yield from _references(dossier, corpus)
    yield from _repeated(dossier)


def _numbers(dossier: Dossier) -> Iterator[Claim]:
    own = dossier.fields.get("number_raw")
    number = parse_number(own.text) if own is not None else None
    repeated = dossier.texts_of("number")
    for text in repeated:
        if _of_changed_decree(dossier, text):
            continue
        other = parse_number(text.text)
        if other is None or other.number is None:
            yield Claim("lampiran-number-blank", "number", text, own, doubts=absence(dossier))
        elif number is not None and number.number is not None:
            years = number.year is not None and other.year is not None and number.year != other.year
            if other.number != number.number or years:
                values = (other.number, number.number) if other.number != number.number else (other.year, number.year)
                yield Claim("lampiran-number-differs", "number", text, own, doubts=one_digit_off(dossier, *values))
    headed = tuple(dossier.texts_of("label"))
    if headed and not repeated and dossier.texts_of("title"):
        yield Claim(
            "lampiran-number-blank", "number", None, own, rests_on=headed[:1], doubts=absence(dossier), page=headed[0].page
        )


def _of_changed_decree(dossier: Dossier, number: Text) -> bool:
    """A decree that changes another one puts the other's number over the lampiran that it changes."""
    title = dossier.fields.get("title")
    changed = known().patterns["of_another_decree"].search(title.text) if title is not None else None
    said = parse_number(number.text)
    if title is None or changed is None or said is None or said.number is None:
        return False
    return re.search(rf"(?<!\d)0*{said.number}(?!\d)", title.text[changed.start() :]) is not None


def _dates(dossier: Dossier) -> Iterator[Claim]:
    own, signed = dossier.fields.get("date"), signed_on(dossier)
    if own is None or signed is None or any(_of_changed_decree(dossier, text) for text in dossier.texts_of("number")):
        return
    for text in dossier.texts_of("date"):
        other = parse_date(text.text)
        if other is not None and other != signed:
            yield Claim("lampiran-date-differs", "date", text, own, doubts=one_digit_off(dossier, other, signed))


def _references(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """Dikta that refer to a lampiran which is not there, and a lampiran that no diktum names."""
    family = corpus.family_of(dossier)
    if any(one.lost_pages for one in family) or not dossier.part_of("diktum"):
        return
    if dossier.page_count > max((text.page or 1 for text in _own_texts(dossier)), default=1) and not dossier.lampiran:
        return  # pages follow of which nothing is told: the lampiran may be a picture
    there = [one for one in family if one.rows or one.lampiran or one.part == "lampiran"]
    labelled = [text for one in family for text in one.texts_of("label")]
    numbers = {found["number"].upper() for text in labelled if (found := _named(text.text)) and found["number"]}
    named = False
    for paragraph in dossier.part_of("diktum"):
        for match in known().patterns["dikta.lampiran"].finditer(paragraph.text.text):
            named = True
            number = (match["number"] or "").upper()
            absent = not there or (len(numbers) > 1 and number and number not in numbers)
            if absent:
                said = f"Lampiran {number}".strip()
                yield Claim(
                    "lampiran-absent",
                    subject=said,
                    found=quoting(paragraph.text, excerpt(paragraph.text.text)),
                    words={"label": paragraph.label or "", "lampiran": said},
                    likely=(ELSEWHERE,),
                    doubts=absence(dossier),
                )
                return
    if labelled and labelled[0].document_id == dossier.document_id and not named:
        yield Claim("lampiran-not-named", "lampiran", labelled[0], doubts=absence(dossier))


def _own_texts(dossier: Dossier) -> Iterator[Text]:
    yield from (p.text for p in dossier.part_of("diktum"))
    yield from (dossier.fields[name] for name in ("date", "signatory", "certifier") if name in dossier.fields)


def _named(label: str) -> re.Match[str] | None:
    return known().patterns["dikta.lampiran"].search(label)


def _repeated(dossier: Dossier) -> Iterator[Claim]:
    """The title of the lampiran printed twice with nothing between."""
    told = ("section", "paragraph", "legal_basis")
    headings: list[tuple[str, Text]] = [(t.part, t.text) for t in dossier.lampiran if t.part in told]
    for (part, first), (other, second) in pairwise(headings):
        words = folded(first.text)
        if part == other == "section" and len(words) >= _SAID_TWICE and words == folded(second.text):
            yield Claim("heading-repeated", "section", quoting(second, excerpt(second.text)), first)
