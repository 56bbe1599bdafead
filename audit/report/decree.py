"""All that was read from one decree, for its own page."""

from __future__ import annotations

from audit.report.packing import Json
from audit.report.places import Pictures
from audit.report.source import Row, Source
from audit.report.strings import Strings
from normalize.review import REVIEW_BELOW

HEADER = (
    "institution",
    "satker_name",
    "number_raw",
    "number",
    "classification",
    "year",
    "title",
    "place",
    "date",
    "signatory_title",
    "signatory",
    "is_copy",
    "certifier_title",
    "certifier",
    "decides",
    "plan_title",
    "plan_form",
)
"""Columns of documents that the page shows, in the order in which a decree prints them."""

OF_FIELD = {"satker_name": "institution"}  # concluded from a value that is printed
ABOUT = {"satker_name": "satker"}  # what review reasons call it
SAID = ("area_no", "area", "component_no", "component", "item_no", "item")
DONE = ("success_indicator", "action", "evidence", "target_raw", "notes")
ASKED = {"review", "none"}
COVERED = ("indicator_id", "status", "row_count", "best_score", "in_form", "reasons", "decided")
FIGURE = ("figure", "area_id", "value", "median", "low", "high", "outlier", "uncertain_rows")
FEED = ("field", "feed_value", "decree_value", "verdict", "page", "needs_review")
LINK = ("source_path", "relation", "of_document_id", "reasons", "confidence", "needs_review")
OVERRIDE = (
    "table",
    "field",
    "key",
    "page",
    "before",
    "value",
    "status",
    "reason",
    "decided_by",
    "decided_at",
    "why",
)


def detail(source: Source, row: Row, strings: Strings, pictures: Pictures) -> Json:
    """The page of one document.

    Args:
        source: the tables.
        row: its row in documents.
        strings: texts that are written as numbers.
        pictures: crops of its pages.
    """
    key = row["document_id"]
    extra = {column["header"] for column in source.rows_of("plan_columns", key) if column["field"] is None}
    return {
        "path": row["source_path"],
        "pages": row["page_count"],
        "confidence": row["confidence"],
        "reasons": row["review_reasons"],
        "date": None if row["date"] is None else row["date"].isoformat(),
        "header": _header(source, row, pictures),
        "provisions": [_paragraph(key, p, strings, pictures, p["label"]) for p in source.rows_of("provisions", key)],
        "lampiran": [_paragraph(key, p, strings, pictures, None) for p in source.rows_of("lampiran_texts", key)],
        "bases": [_base(key, b, strings, pictures) for b in source.rows_of("legal_bases", key)],
        "rows": [_plan_row(key, r, extra, strings, pictures) for r in source.rows_of("plan_rows", key)],
        "coverage": [[one[name] for name in COVERED] for one in source.rows_of("coverage", key)],
        "findings": [_finding(f, pictures) for f in source.rows_of("findings", key)],
        "overrides": [[one[name] for name in OVERRIDE] for one in source.rows_of("overrides", key)],
        "changes": [
            [c["change"], c["indicator_id"], strings.ref(c["text"]), strings.ref(c["before_text"]), c["needs_review"]]
            for c in source.rows_of("plan_changes", key)
        ],
        "figures": [[one[name] for name in FIGURE] for one in source.rows_of("plan_figures", key)],
        "feed": [[one[name] for name in FEED] for one in source.rows_of("jdih_checks", key)],
        "links": [[one[name] for name in LINK] for one in source.rows_of("links", key)],
    }


def _header(source: Source, row: Row, pictures: Pictures) -> list[Json]:
    """Every header value: typed, as printed, where, how sure, and a crop where a person should look."""
    fields = {field["field"]: field for field in source.rows_of("fields", row["document_id"])}
    told: list[Json] = []
    for name in HEADER:
        field = fields.get(OF_FIELD.get(name, name))
        about = ABOUT.get(name, name)
        reasons = [why.partition(":")[2] for why in row["review_reasons"] if why.partition(":")[0] == about]
        value = row[name]
        one: dict[str, Json] = {"field": name, "value": value.isoformat() if name == "date" and value else value}
        if name in row["decided"] or (field is not None and field["origin"] == "override"):
            one["decided"] = True
        if field is not None:
            one |= {"text": field["text"], "raw": field["raw"], "origin": field["origin"], "page": field["page"]}
            one["confidence"] = field["confidence"]
            if name in OF_FIELD:
                one |= {"text": None, "raw": None, "origin": None if value is None else "concluded"}
        if reasons or (field is not None and field["needs_review"] and name not in OF_FIELD):
            one |= {"review": True, "reasons": list(reasons)}
        if field is not None and ("review" in one or "decided" in one):
            one["crops"] = pictures.of_boxes(row["document_id"], field["boxes"])
        told.append({name: content for name, content in one.items() if content is not None})
    return told


def _paragraph(key: str, row: Row, strings: Strings, pictures: Pictures, label: str | None) -> Json:
    doubtful = row["confidence"] < REVIEW_BELOW
    crops = pictures.of_boxes(key, row["boxes"]) if doubtful else []
    return [row["part"], label, strings.ref(row["text"]), row["page"], row["confidence"], doubtful, crops]


def _base(key: str, row: Row, strings: Strings, pictures: Pictures) -> Json:
    one: dict[str, Json] = {
        "part": row["part"],
        "item": row["item_order"],
        "id": row["instrument_id"],
        "type": row["type"],
        "number": row["number"],
        "year": row["year"],
        "title": strings.ref(row["title"]),
        "amends": row["relation"] == "amended_by",
        "gazettes": [[g["series"], g["year"], g["number"]] for g in row["gazettes"] or ()],
        "page": row["page"],
        "confidence": row["confidence"],
    }
    if row["needs_review"] or row["decided"]:
        one |= {
            "review": row["needs_review"],
            "text": strings.ref(row["text"]),
            "reasons": row["review_reasons"],
            "decided": row["decided"],
            "crops": pictures.of_boxes(key, row["boxes"]),
        }
    return one


def _plan_row(key: str, row: Row, extra: set[str | None], strings: Strings, pictures: Pictures) -> Json:
    one: dict[str, Json] = {name: strings.ref(row[name]) for name in (*SAID, *DONE) if row[name] is not None}
    one |= {
        "id": row["row_id"],
        "order": row["row_order"],
        "months": row["months"],
        "page": [row["page_start"], row["page_end"]],
        "indicator": row["indicator_id"],
        "score": row["match_score"],
        "match": row["match_status"],
        "confidence": row["confidence"],
    }
    others = [[p["header"], strings.ref(p["text"])] for p in row["printed"] if p["header"] in extra and p["text"]]
    if others:
        one["others"] = others
    if row["match_status"] in ASKED:
        one["candidates"] = [[c["id"], c["score"]] for c in row["candidates"] if c["score"] >= 1.0]
    if row["review_reasons"]:
        one["reasons"] = row["review_reasons"]
    if row["needs_review"]:
        one["review"] = True
    if row["decided"]:
        one["decided"] = row["decided"]
    if row["needs_review"] or row["decided"] or row["match_status"] in ASKED:
        one["crops"] = pictures.of_boxes(key, row["boxes"])
    return one


def _finding(row: Row, pictures: Pictures) -> Json:
    """What a finding needs besides what the list of findings has: its name, the rows it is about, pictures of its places."""
    return [row["finding_id"], row["row_ids"], pictures.of_places(row["places"])]
