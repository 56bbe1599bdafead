"""Claims about the form of a decree: number against date, date, signature, and the mark and certificate of a copy."""

from __future__ import annotations

from collections.abc import Iterator

from audit.claims import Claim
from audit.dossier import Dossier
from audit.rules.contents_body import absence
from audit.rules.contents_words import one_digit_off, signed_on
from normalize.number import parse_number

NOT_FOUND = "not-found"
"""Doubt of a claim that a value which every decree has is not there: zi may only not have found it."""

STAMPED = "maybe-a-stamp"
"""Doubt of a claim that the mark of a copy is not there: many offices stamp it, and a stamp is a picture."""


def form_claims(dossier: Dossier) -> Iterator[Claim]:
    """The claims about the form of a decree."""
    if dossier.part != "decree" or dossier.lost_pages:
        return
    fields = dossier.fields
    last = max((p.text.page or 1 for p in dossier.part_of("diktum")), default=1)
    number = parse_number(fields["number_raw"].text) if "number_raw" in fields else None
    signed = signed_on(dossier)
    if number is not None and number.year is not None and signed is not None and number.year != signed.year:
        doubts = one_digit_off(dossier, number.year, signed.year)
        yield Claim("number-year-differs", "number", fields["number_raw"], fields.get("date"), doubts=doubts)
    if "date" not in fields and signed is None:
        yield Claim("date-missing", "date", page=last, doubts=(NOT_FOUND,))
    if "signatory" not in fields:
        yield Claim("signature-missing", "signatory", page=last, doubts=(NOT_FOUND,))
    if "is_copy" in fields and "certifier" not in fields:
        yield Claim("copy-not-certified", "certifier", fields["is_copy"], doubts=(NOT_FOUND,), page=last)
    if "certifier" in fields and "is_copy" not in fields:
        doubts = (STAMPED, *absence(dossier))
        yield Claim("copy-not-marked", "is_copy", None, rests_on=(fields["certifier"],), doubts=doubts, page=1)
