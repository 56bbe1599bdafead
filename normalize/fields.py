"""Where each header value of a decree was read, and how surely: rows of the table ``fields``."""

from __future__ import annotations

from extract.decree import DecreeText
from extract.printed import Printed
from normalize.decree import box_struct, doubts_of, header_values, letters_of_header, satker_of
from normalize.review import letters_of_text

Row = dict[str, object]

FROM_NUMBER = ("number", "classification", "year")
FROM_INSTITUTION = ("satker_code", "satker_name", "satker_level", "province_code")


def field_rows(document_id: str, decree: DecreeText, document: Row, plan_title: Printed | None) -> list[Row]:
    """One row for each header value that was found or concluded.

    Args:
        document_id: of the document.
        decree: as printed.
        document: its row of ``documents``.
        plan_title: heading of its plan.
    """
    printed = {"number_raw" if name == "number" else name: value for name, value in header_values(decree).items()}
    printed["plan_title"] = plan_title
    sources = printed | dict.fromkeys(FROM_NUMBER, decree.number) | dict.fromkeys(FROM_INSTITUTION, decree.institution)
    if decree.copy_mark is not None:
        sources["is_copy"] = decree.copy_mark
    sources["lampiran_no"] = decree.lampiran_no
    letters = letters_of_header(decree, satker_of(decree))
    letters |= {"number_raw": letters.get("number", 1.0)} | dict.fromkeys(FROM_NUMBER, letters.get("number", 1.0))
    letters |= dict.fromkeys(FROM_INSTITUTION, letters.get("institution", 1.0))
    doubtful = {d.field for d in doubts_of(decree)}
    if "number" in doubtful:
        doubtful |= {"number_raw", *FROM_NUMBER}
    if "satker" in doubtful:
        doubtful |= set(FROM_INSTITUTION)
    return [
        _row(document_id, name, source, letters.get(name, letters_of_text([source])), review=name in doubtful)
        for name, source in sources.items()
        if source is not None and document.get(name) is not None
    ]


def _row(document_id: str, name: str, source: Printed, letters: float, *, review: bool) -> Row:
    return {
        "document_id": document_id,
        "field": name,
        "text": source.text,
        "raw": source.raw,
        "origin": "joined" if len(source.boxes) > 1 else "printed",
        "page": source.boxes[0].page if source.boxes else None,
        "boxes": [box_struct(box) for box in source.boxes],
        "confidence": round(source.confidence * letters, 3),
        "needs_review": review,
    }
