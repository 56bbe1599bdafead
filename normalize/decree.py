"""A decree as printed to rows of the tables documents, provisions and legal_bases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.decree import DecreeText
from extract.gaps import GAP_NOTES
from extract.geometry import BBox
from extract.printed import Printed
from extract.sureness import cut, sure_of_digits
from normalize.citations import Citation, find_citations
from normalize.dates import find_dates, parse_date
from normalize.number import DecreeNumber, parse_number
from normalize.review import READ_BELOW, READ_UNSURELY, REVIEW_BELOW, letters_of_text, letters_of_typed, place_of_doubt
from normalize.satker import SatkerMatch, resolve_satker

MISSING = 0.5  # confidence of a document that lacks what every decree has
CONFIRMED = 0.99  # confidence of the letters of a name that is, letter by letter, that of one office
ESSENTIAL = ("institution", "number", "title", "date", "signatory")
ESSENTIAL_ALONE = ("institution", "number")  # of a lampiran without its decree: its heading may leave out the rest
SLIPPED_NUMERAL = re.compile(r"[1l|I]*[1l|][1l|I]*")  # "11", "Il": a numeral of which OCR may have made digits

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a document should be looked at: a stable word and the field it is about."""

    field: str
    reason: str


def document_fields(decree: DecreeText) -> Row:
    """The columns of ``documents`` that come from the decree itself.

    Args:
        decree: as printed.
    """
    number = parse_number(_text(decree.number))
    date = parse_date(_text(decree.date))
    match = satker_of(decree)
    satker = match.satker
    doubts = doubts_of(decree)
    letters = letters_of_header(decree, match)
    sure = [p.confidence * letters[name] for name, p in header_values(decree).items() if p is not None]
    if decree.copy_mark is not None and not decree.certified:
        sure.append(decree.copy_mark.sure)
    if satker is not None:
        sure.append(match.confidence)
    if any(d.reason in ("missing", "first-pages-missing") for d in doubts):
        sure.append(MISSING)
    return {
        "institution": _text(decree.institution),
        "satker_code": satker.code if satker else None,
        "satker_name": satker.name if satker else None,
        "satker_level": satker.level if satker else None,
        "province_code": satker.province_code if satker else None,
        "number_raw": _text(decree.number),
        "number": number.number if number else None,
        "classification": number.classification if number else None,
        "year": number.year if number and number.year else date.year if date else None,
        "title": _text(decree.title),
        "place": _text(decree.place),
        "date": date,
        "signatory_title": _text(decree.signatory_title),
        "signatory": _text(decree.signatory),
        "is_copy": decree.is_copy,
        "certifier_title": _text(decree.certifier_title),
        "certifier": _text(decree.certifier),
        "decides": _text(decree.decides),
        "document_part": decree.part,
        "lampiran_no": _text(decree.lampiran_no),
        "confidence": round(min(sure, default=MISSING), 3),
        "needs_review": bool(doubts),
        "review_reasons": [f"{d.field}:{d.reason}" for d in doubts],
        "decided": [],
    }


def doubts_of(decree: DecreeText) -> list[Doubt]:
    """What in the head and the signatures is guessed, missing, not understood or contradicted."""
    number = parse_number(_text(decree.number))
    date = parse_date(_text(decree.date))
    match = satker_of(decree)
    header = header_values(decree)
    essential = ESSENTIAL if decree.part == "decree" else ESSENTIAL_ALONE
    out = [Doubt(name, "missing") for name in essential if header[name] is None]
    if decree.begins_inside:
        out.append(Doubt("document_part", "first-pages-missing"))
    own = decree.lampiran_no
    if own is not None and own.unsure and SLIPPED_NUMERAL.fullmatch(own.text):
        out.append(Doubt("lampiran_no", READ_UNSURELY + place_of_doubt([own])))
    out += [Doubt(name, "guessed") for name, p in header.items() if p is not None and p.confidence < REVIEW_BELOW]
    for name, letters in letters_of_header(decree, match).items():
        if letters < READ_BELOW:
            out.append(Doubt(name, READ_UNSURELY + place_of_doubt([p for p in [header[name]] if p is not None])))
    if decree.copy_mark is not None and decree.copy_mark.sure < REVIEW_BELOW and not decree.certified:
        out.append(Doubt("is_copy", "guessed"))
    if decree.certified and decree.certifier is None:
        out.append(Doubt("certifier", "missing"))
    if decree.number is not None and (number is None or number.number is None):
        out.append(Doubt("number", "not-understood"))
    if decree.date is not None and (date is None or not _is_exact(decree.date.text)):
        out.append(Doubt("date", "not-understood"))
    if number is not None and number.year is not None and date is not None and number.year != date.year:
        out.append(Doubt("year", "number-against-date"))
    if match.needs_review:
        out.append(Doubt("satker", match.reason))
    for heading in decree.lampiran:
        if number is not None and heading.number is not None and _differs(number, heading.number):
            out.append(Doubt("number", "lampiran-differs"))
    return out


def satker_of(decree: DecreeText) -> SatkerMatch:
    """The office that decrees."""
    return resolve_satker(_text(decree.institution), parse_number(_text(decree.number)), _text(decree.place))


def letters_of_header(decree: DecreeText, match: SatkerMatch) -> dict[str, float]:
    """The chance that the letters of each header value that was found are right; 1 in a digital decree.

    Args:
        decree: as printed.
        match: the office that the institution was found to be; a name that is exactly one office's confirms the letters.
    """
    found = {name: value for name, value in header_values(decree).items() if value is not None}
    letters = {name: letters_of_text([value]) for name, value in found.items()}
    if "number" in found:
        letters["number"] = min(letters["number"], sure_of_digits(found["number"].text, found["number"].unsure))
    if "date" in found:
        letters["date"] = letters_of_typed([found["date"]])
    if "institution" in found and match.reason.startswith("exact"):
        letters["institution"] = max(letters["institution"], CONFIRMED)
    return letters


def _is_exact(text: str) -> bool:
    spans = find_dates(text)
    return bool(spans) and spans[0].exact


def _differs(number: DecreeNumber, repeated: Printed) -> bool:
    """The lampiran repeats another number; one left empty there is none."""
    other = parse_number(repeated.text)
    return other is not None and other.number is not None and (other.number, other.year) != (number.number, number.year)


def provision_rows(document_id: str, decree: DecreeText) -> list[Row]:
    """Rows of ``provisions``.

    Args:
        document_id: of the document.
        decree: as printed.
    """
    return [
        {
            "document_id": document_id,
            "part": part,
            "order": order,
            "label": label,
            "text": text.text,
            "page": _page(text),
            "boxes": [box_struct(box) for box in text.boxes],
            "confidence": round(text.sure, 3),
        }
        for part, order, label, text in _paragraphs(decree)
    ]


def lampiran_text_rows(document_id: str, decree: DecreeText) -> list[Row]:
    """Rows of ``lampiran_texts``: headings, narrative and titles of tables, by page.

    Args:
        document_id: of the document.
        decree: as printed.
    """
    found = sorted(_lampiran_texts(decree), key=lambda told: _page(told[1]) or 0)  # a stable sort: within a page as found
    return [
        {
            "document_id": document_id,
            "order": order,
            "part": part,
            "text": text.text,
            "page": _page(text),
            "boxes": [box_struct(box) for box in text.boxes],
            "confidence": round(text.sure, 3),
        }
        for order, (part, text) in enumerate(found, 1)
        if text.text
    ]


def _lampiran_texts(decree: DecreeText) -> Iterator[tuple[str, Printed]]:
    """Part and text of all that the lampiran says outside its tables."""
    for heading in decree.lampiran:
        yield "label", Printed(heading.label, (heading.box,), 1.0)
        named = {"institution": heading.institution, "number": heading.number, "date": heading.date, "title": heading.title}
        yield from ((part, text) for part, text in named.items() if text is not None)
    listed = [item.text.text for item in decree.lampiran_legal_bases]
    for section in decree.sections:
        yield "section", section.heading
        yield from (("paragraph", p) for p in section.paragraphs if not any(text in p.text for text in listed))
    yield from (("legal_basis", item.text) for item in decree.lampiran_legal_bases)
    yield from (("table_title", title) for title in decree.table_titles if title is not None)
    if decree.signed_below is not None:
        for part, signature in (("signatory", decree.signed_below.signatory), ("certifier", decree.signed_below.certifier)):
            blocks = {f"{part}_title": signature.title, part: signature.name}
            yield from ((name, text) for name, text in blocks.items() if text is not None)


def legal_basis_rows(document_id: str, decree: DecreeText) -> list[Row]:
    """Rows of ``legal_bases``: every instrument cited before the diktum and in the lampiran's own list.

    Args:
        document_id: of the document.
        decree: as printed.
    """
    paragraphs = [(part, order, text) for part, order, _, text in _paragraphs(decree) if part != "diktum"]
    paragraphs += [("lampiran", order, item.text) for order, item in enumerate(decree.lampiran_legal_bases, 1)]
    rows: list[Row] = []
    for part, item_order, text in paragraphs:
        for ref_order, cited in enumerate(find_citations(text.text), 1):
            letters = letters_of_citation(text, cited)
            reasons = [READ_UNSURELY + place_of_doubt([_cited(text, cited)])] if letters < READ_BELOW else []
            reasons += [note for note in text.notes if note in GAP_NOTES]
            rows.append(
                {
                    "document_id": document_id,
                    "part": part,
                    "item_order": item_order,
                    "ref_order": ref_order,
                    "instrument_id": cited.instrument_id,
                    "type": cited.type,
                    "number": cited.number,
                    "year": cited.year,
                    "title": cited.title,
                    "relation": cited.relation,
                    "gazettes": [{"series": g.series, "year": g.year, "number": g.number} for g in cited.gazettes],
                    "text": text.text[cited.start : cited.end],
                    "page": _page(text),
                    "boxes": [box_struct(box) for box in text.boxes],
                    "confidence": round(min(cited.confidence, text.confidence) * letters, 3),
                    "needs_review": cited.needs_review or text.confidence < REVIEW_BELOW or letters < READ_BELOW,
                    "review_reasons": [*cited.notes, *reasons],
                    "decided": [],
                }
            )
    return rows


def letters_of_citation(text: Printed, cited: Citation) -> float:
    """The chance that a citation is read right: every word with a digit outside its title, and its text as a whole."""
    whole = _cited(text, cited)
    at = whole.text.find(cited.title) if cited.title else -1
    end = at + len(cited.title or "")
    outside = [u for u in whole.unsure if at < 0 or u.end <= at or u.start >= end]
    return min(sure_of_digits(whole.text, outside), letters_of_text([whole]))


def _cited(text: Printed, cited: Citation) -> Printed:
    """The part of a paragraph that cites the instrument."""
    part = text.text[cited.start : cited.end]
    return replace(text, text=part, unsure=cut(text.unsure, cited.start, cited.end))


def _paragraphs(decree: DecreeText) -> Iterator[tuple[str, int, str | None, Printed]]:
    """Part, order in it, label and text of every provision."""
    seen: Counter[str] = Counter()
    for provision in decree.provisions:
        seen[provision.part] += 1
        yield provision.part, seen[provision.part], provision.label, provision.text


def header_values(decree: DecreeText) -> dict[str, Printed | None]:
    """The printed values of the head and the signatures, by name; ``number`` is the raw one."""
    return {
        "institution": decree.institution,
        "number": decree.number,
        "title": decree.title,
        "place": decree.place,
        "date": decree.date,
        "signatory_title": decree.signatory_title,
        "signatory": decree.signatory,
        "certifier_title": decree.certifier_title,
        "certifier": decree.certifier,
        "decides": decree.decides,
    }


def _text(value: Printed | None) -> str | None:
    return value.text if value is not None and value.text else None


def _page(text: Printed) -> int | None:
    return text.boxes[0].page if text.boxes else None


def box_struct(box: BBox) -> Row:
    """A box as the struct of the column ``boxes``."""
    return {
        "page": box.page,
        "x0": round(box.x0, 2),
        "top": round(box.top, 2),
        "x1": round(box.x1, 2),
        "bottom": round(box.bottom, 2),
    }
