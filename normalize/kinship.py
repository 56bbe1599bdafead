"""What speaks for and against two files belonging to one decree: one pair at a time.

A verdict is sure only where office, number, year and title agree and nothing speaks against it: offices number several series
(of the commission, of its secretary, decrees and regulations), so that a number alone never tells a decree. Whatever hangs on a
doubtful reading is left to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from normalize.titles import Likeness, Title, likeness, title_of

Agreement = Literal["same", "unknown", "differs"]

DATED = 0.98  # confidence of a sure link that the date confirms
SURE = 0.95  # of a sure link without a date
DISPUTED = 0.6  # of a link that lacks something, or that something speaks against
GUESSED = 0.4  # of a link whose number does not agree, or that only the name of a file tells
TELLING = 15  # letters of a title that tells a decree: "Tim Kerja" is what is left of many
OF_OFFICE = ("satker", "institution")
OF_NUMBER = ("number", "year")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a document, for comparison.

    Attributes:
        office: code of the office, or its printed name where it has none; None where neither is known.
        coded: the office is known by its code.
        office_sure, number_sure, date_sure: nothing in the review reasons is about it.
        rank: sorts the documents that may stand for a decree, the best first.
    """

    document_id: str
    source_path: str
    alone: bool
    lampiran_no: str | None
    office: str | None
    coded: bool
    office_sure: bool
    number: int | None
    number_sure: bool
    classification: str | None
    year: int | None
    date: str | None
    date_sure: bool
    title: Title | None
    digital: bool
    pages: int
    rank: tuple[bool, bool, int, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two files belong together: why, how surely, and whether a person must decide."""

    reasons: tuple[str, ...]
    confidence: float
    sure: bool


def facts_of(row: Mapping[str, object]) -> Facts:
    """What a row of ``documents`` tells."""
    doubted = _doubted(row)
    code, coded = _text(row, "satker_code"), True
    if code is None and row.get("satker_level") == "pusat":
        code = "pusat"
    if code is None:
        institution = title_of(_text(row, "institution"))
        code, coded = (institution.letters if institution is not None else None), False
    document_id, pages, digital = str(row["document_id"]), _int(row, "page_count") or 0, row.get("kind") == "digital"
    return Facts(
        document_id=document_id,
        source_path=str(row["source_path"]),
        alone=row.get("document_part") == "lampiran",
        lampiran_no=_text(row, "lampiran_no"),
        office=code,
        coded=coded,
        office_sure=not doubted.intersection(OF_OFFICE if coded else OF_OFFICE[1:]),
        number=_int(row, "number"),
        number_sure=not doubted.intersection(OF_NUMBER),
        classification=_text(row, "classification"),
        year=_int(row, "year"),
        date=_text(row, "date"),
        date_sure="date" not in doubted,
        title=title_of(_text(row, "title")),
        digital=digital,
        pages=pages,
        rank=(not digital, bool(row.get("needs_review")), -pages, document_id),
    )


def _doubted(row: Mapping[str, object]) -> frozenset[str]:
    """The fields that the review reasons of a document are about."""
    reasons = row.get("review_reasons")
    return frozenset(str(reason).partition(":")[0] for reason in reasons) if isinstance(reasons, list | tuple) else frozenset()


def _text(row: Mapping[str, object], name: str) -> str | None:
    value = row.get(name)
    return str(value) if value is not None and value != "" else None


def _int(row: Mapping[str, object], name: str) -> int | None:
    value = row.get(name)
    return int(value) if isinstance(value, int) else None


def same_decree(a: Facts, b: Facts) -> Verdict | None:
    """Whether two files hold one decree (or one lampiran of it); None where nothing says so, or something says they do not."""
    if a.office is None or a.office != b.office or a.year is None or a.year != b.year:
        return None
    alike, date = likeness(a.title, b.title), _agree(a.date, b.date)
    if alike is Likeness.DIFFERENT:
        return None
    reasons = [*_office_reasons(a, b), *_number_reasons(a, b), "year", *_title_reasons(alike), *_date_reasons(date)]
    same_title = _is_one_title(alike, a, b)
    if a.number is None or a.number != b.number:
        strong = same_title and date == "same" and a.coded and a.date_sure and b.date_sure
        doubtful = not (a.number_sure and b.number_sure)
        return Verdict(tuple(reasons), GUESSED, sure=False) if strong and doubtful else None
    series = _agree(a.classification, b.classification) if a.classification or b.classification else "same"
    if series == "differs" or (alike is Likeness.UNKNOWN and date != "same"):
        return None
    sure = (
        same_title
        and a.office_sure
        and b.office_sure
        and date != "differs"
        and (date == "same" or (series == "same" and _is_telling(a) and a.number_sure and b.number_sure))
    )
    if a.alone:
        sure = sure and a.lampiran_no is not None and a.lampiran_no == b.lampiran_no and a.pages == b.pages
        if a.lampiran_no != b.lampiran_no:
            return None
        reasons += ["lampiran-no"] if a.lampiran_no is not None else []
    return _verdict(reasons, date, sure=sure)


def lampiran_of(lampiran: Facts, decree: Facts, *, named: bool) -> Verdict | None:
    """Whether a lampiran belongs to a decree; None where nothing says so, or its heading says that it does not.

    Args:
        lampiran: a file that is a lampiran alone.
        decree: a file that holds a decree.
        named: the lampiran lies beside the decree under its name ("2024kpt1050_L2.pdf").
    """
    a, b = lampiran, decree
    office = _agree(a.office, b.office) if a.coded == b.coded else "unknown"  # a code and a name cannot be compared
    year = _agree(_str(a.year), _str(b.year))
    if "differs" in (office, year) or (not named and "unknown" in (office, year)):
        return None
    alike, date = likeness(a.title, b.title), _agree(a.date, b.date)
    reasons = [
        *(_office_reasons(a, b) if office == "same" else []),
        *_number_reasons(a, b),
        *(["year"] if year == "same" else ["year-missing"]),
        *_title_reasons(alike),
        *_date_reasons(date),
        *(["file-name"] if named else []),
    ]
    same_title = _is_one_title(alike, a, b)
    backed = named or date == "same"
    if a.number is None or a.number != b.number:
        if (a.number_sure and b.number_sure) or date == "differs" or alike is Likeness.DIFFERENT:
            return None  # the heading outweighs the name of the file
        return Verdict(tuple(reasons), GUESSED, sure=False) if named or (same_title and date == "same") else None
    if alike is Likeness.DIFFERENT:
        return Verdict(tuple(reasons), GUESSED, sure=False) if named and date != "differs" else None
    if alike is Likeness.UNKNOWN and not backed:
        return Verdict(tuple(reasons), GUESSED, sure=False)
    told = same_title or (alike is Likeness.PART and backed) or (alike is Likeness.UNKNOWN and named)
    series = _agree(a.classification, b.classification) if a.classification or b.classification else "same"
    sure = (
        told
        and (office, year) == ("same", "same")
        and a.office_sure
        and b.office_sure
        and date != "differs"
        and series != "differs"
        and (backed or (series == "same" and _is_telling(a)))
        and (date == "same" or (a.number_sure and b.number_sure))
    )
    return _verdict([*reasons, *(["classification-differs"] if series == "differs" else [])], date, sure=sure)


def _verdict(reasons: list[str], date: Agreement, *, sure: bool) -> Verdict:
    confidence = DISPUTED if not sure else DATED if date == "same" else SURE
    return Verdict(tuple(reasons), confidence, sure)


def _is_one_title(alike: Likeness, a: Facts, b: Facts) -> bool:
    """Letters may differ where one of the two was read from a picture; two digital prints that differ have two titles."""
    return alike is Likeness.SAME or (alike is Likeness.ALIKE and not (a.digital and b.digital))


def _is_telling(known: Facts) -> bool:
    """The title says enough to tell a decree without its date."""
    return known.title is not None and len(known.title.letters) >= TELLING


def _agree(a: str | None, b: str | None) -> Agreement:
    if a is None or b is None:
        return "unknown"
    return "same" if a == b else "differs"


def _str(value: int | None) -> str | None:
    return None if value is None else str(value)


def _office_reasons(a: Facts, b: Facts) -> list[str]:
    doubtful = [] if a.office_sure and b.office_sure else ["satker-doubtful" if a.coded else "institution-doubtful"]
    return ["satker" if a.coded else "institution", *doubtful]


def _number_reasons(a: Facts, b: Facts) -> list[str]:
    doubtful = [] if a.number_sure and b.number_sure else ["number-doubtful"]
    if a.number is None or b.number is None:
        return ["number-missing"]
    if a.number != b.number:
        return ["number-differs", *doubtful]
    series = ["classification"] if a.classification is not None and a.classification == b.classification else []
    return ["number", *series, *doubtful]


def _title_reasons(alike: Likeness) -> list[str]:
    words = {Likeness.PART: "title-part", Likeness.DIFFERENT: "title-differs", Likeness.UNKNOWN: "title-missing"}
    return [words.get(alike, "title")]


def _date_reasons(date: Agreement) -> list[str]:
    return {"same": ["date"], "differs": ["date-differs"], "unknown": []}[date]
