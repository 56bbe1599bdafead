"""What `zi inspect` shows of rows, without any PDF."""

from __future__ import annotations

import json
from datetime import date

from pipeline.inspection import as_json, as_text
from pipeline.result import DocumentResult, Failure
from tests.pipeline.stubs import BOX, document_row, plan_row

KEY = "0123456789abcdef"
RESULT = DocumentResult(
    KEY,
    KEY * 4,
    "in/a.pdf",
    {
        "documents": [document_row(KEY, "in/a.pdf", number_raw="5/2022", date=date(2022, 2, 1), is_copy=True)],
        "fields": [
            {
                "document_id": KEY,
                "field": "number_raw",
                "text": "5/2022",
                "origin": "joined",
                "page": 1,
                "boxes": [BOX],
                "confidence": 0.5,
                "needs_review": True,
            }
        ],
        "pages": [
            {"page": n, "kind": "digital", "rotation": 90 if n > 2 else 0, "width": 595.0, "height": 842.0}
            for n in (1, 2, 3, 4)
        ],
        "provisions": [{"part": "menimbang", "order": 1, "label": "a", "text": "bahwa " * 40, "page": 1, "confidence": 1.0}],
        "legal_bases": [
            {
                "part": "mengingat",
                "item_order": 1,
                "ref_order": 1,
                "instrument_id": "uu-28-1999",
                "type": "UU",
                "number": "28",
                "year": 1999,
                "title": "Penyelenggaraan Negara",
                "relation": "amended_by",
                "gazettes": [{"series": "LN", "year": 1999, "number": "75"}],
                "page": 2,
                "confidence": 1.0,
                "needs_review": False,
            }
        ],
        "plan_columns": [
            {"table_no": 1, "column_no": 1, "header": "KEGIATAN", "field": "component", "page": 3},
            {"table_no": 1, "column_no": 2, "header": "PENANGGUNG JAWAB", "field": None, "page": 3},
        ],
        "plan_rows": [
            plan_row(KEY, 1, component_no="1", component="Tim kerja", months=[1, 2], page_start=3, page_end=4),
            plan_row(
                KEY,
                2,
                component="Dokumen",
                months=[],
                page_start=4,
                page_end=4,
                indicator_id="A1.P2.a",
                match_status="accepted",
                match_score=96.25,
            ),
            plan_row(KEY, 3, confidence=0.999, page_start=4, page_end=4),
            plan_row(KEY, 4, page_start=4, page_end=4, needs_review=True, review_reasons=["read-unsurely:component@4:249,245"]),
        ],
    },
    (Failure(5, "scanned", "Page 5 is a scan.", "Wait."),),
)


def test_text_tells_value_place_and_doubt() -> None:
    text = "\n".join(as_text(RESULT))
    for told in (
        "! page 5: scanned: Page 5 is a scan. Wait.",
        "5/2022  (page 1, joined, 0.50, REVIEW)",
        "2022-02-01",
        "A1.P2.a  (accepted, 96.2)",
        "1-2: digital",
        "3-4: digital, turned 90 degrees",
        "uu-28-1999: UU 28/1999 Penyelenggaraan Negara [LN 1999 75] (amended_by)",
        "KEGIATAN -> component",
        "PENANGGUNG JAWAB -> (printed only)",
        "row 1  page 3-4, 0.90",
        "1 Tim kerja",
        "row 2  page 4, 0.90, REVIEW: cut-row",
        "(none marked)",
        "row 3  page 4, 0.99\n",
        "row 4  page 4, 0.90, REVIEW: read-unsurely:component@4:249,245",
    ):
        assert told in text
    assert max(map(len, text.splitlines())) <= 110


def test_a_page_shows_only_its_own() -> None:
    shown = as_json(RESULT, 3)
    assert [row["row_order"] for row in shown["plan_rows"]] == [1]  # type: ignore[attr-defined]
    assert not shown["provisions"] and not shown["legal_bases"] and shown["documents"]


def test_json_is_plain() -> None:
    assert json.loads(json.dumps(as_json(RESULT)))["documents"][0]["date"] == "2022-02-01"
