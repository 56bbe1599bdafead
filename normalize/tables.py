"""All that was read from one PDF as rows of the output tables."""

from __future__ import annotations

from collections.abc import Sequence

from extract.reading import Reading
from extract.table import LogicalTable
from extract.table import Row as TableRow
from normalize.decree import box_struct, document_fields, lampiran_text_rows, legal_basis_rows, provision_rows
from normalize.fields import field_rows
from normalize.plan import Layout, PlanRow, layout_of, plan_rows

Row = dict[str, object]

LEAST_CLOSING = 3  # words of the shortest closing: who signs, and a name


def layouts_of(reading: Reading) -> list[Layout]:
    """How each table is to be read."""
    return [layout_of(table) for table in reading.tables]


def tables_of(
    reading: Reading, layouts: Sequence[Layout] | None = None, *, document_id: str, source_path: str
) -> dict[str, list[Row]]:
    """Rows by table name.

    Args:
        reading: what was read.
        layouts: of its tables, where they are known.
        document_id: of the document.
        source_path: the name it was read under.
    """
    layouts = layouts_of(reading) if layouts is None else layouts
    titles = zip(reading.decree.table_titles, layouts, strict=True)
    title = next((printed for printed, layout in titles if layout.is_plan), None)
    document: Row = {
        "document_id": document_id,
        "decree_id": document_id,
        "source_path": source_path,
        "page_count": reading.page_count,
        "kind": reading.kind,
        **document_fields(reading.decree),
        "plan_title": title.text if title is not None else None,
    }
    unread = [f"{p.code}:{p.page}" for p in reading.page_problems]
    if unread:
        reasons = document["review_reasons"]
        document |= {"needs_review": True, "review_reasons": [*(reasons if isinstance(reasons, list) else []), *unread]}
    plans = [
        row for table, layout in zip(reading.tables, layouts, strict=True) if layout.is_plan for row in plan_rows(table, layout)
    ]
    return {
        "documents": [document],
        "provisions": provision_rows(document_id, reading.decree),
        "lampiran_texts": lampiran_text_rows(document_id, reading.decree),
        "legal_bases": legal_basis_rows(document_id, reading.decree),
        "plan_rows": [_plan_row(row, order, document) for order, row in enumerate(plans, 1)],
        "fields": field_rows(document_id, reading.decree, document, title),
        "plan_columns": _column_rows(document_id, reading.tables, layouts),
        "pages": [
            {
                "document_id": document_id,
                "page": page.number,
                "kind": page.kind,
                "rotation": page.rotation,
                "width": round(page.width, 2),
                "height": round(page.height, 2),
            }
            for page in reading.pages
        ],
    }


def plan_doubts(reading: Reading, layouts: Sequence[Layout]) -> list[str]:
    """Why the file may not hold the whole plan, as stable words with the page.

    A blank page in the plan or before what follows it may have been printed, and lost. And a decree closes with a signature
    under its lampiran: a plan that is the last thing in the file has lost its end.
    """
    counted = zip(reading.tables, reading.words_after, layouts, strict=True)
    plans = [(table, after) for table, after, layout in counted if layout.is_plan]
    if not plans:
        return []
    first, (table, after) = plans[0][0].boxes[0].page, plans[-1]
    last = table.boxes[-1].page
    end = max((page.number for page in reading.pages if page.words), default=last)
    inside = [page for page in reading.pages if first < page.number < end]
    doubts = [f"blank-page-in-the-plan:{page.number}" for page in inside if page.kind == "blank"]
    return doubts if after >= LEAST_CLOSING else [*doubts, f"nothing-after-the-plan:{last}"]


def tables_aside(reading: Reading, layouts: Sequence[Layout]) -> list[tuple[int, list[str]]]:
    """The tables that were not taken for plans: the page where each begins, and the text of each of its rows."""
    others = [table for table, layout in zip(reading.tables, layouts, strict=True) if not layout.is_plan]
    return [(table.boxes[0].page, [_text_of(row) for row in table.rows]) for table in others]


def _text_of(row: TableRow) -> str:
    return " ".join(dict.fromkeys(cell.text.text for cell in row.cells if cell.text is not None))


def _plan_row(row: PlanRow, order: int, document: Row) -> Row:
    return {
        "row_id": f"{document['document_id']}-{order:04d}",
        "document_id": document["document_id"],
        "satker_code": document["satker_code"],
        "year": document["year"],
        "row_order": order,
        **{str(field): text for field, text in row.values.items()},
        **{f"{level}_no": number for level, number in row.numbers.items()},
        "months": None if row.months is None else list(row.months),
        "printed": [{"header": p.header, "text": p.text} for p in row.printed],
        "page_start": row.page_start,
        "page_end": row.page_end,
        "boxes": [box_struct(box) for box in row.boxes],
        "confidence": round(row.confidence, 3),
        "needs_review": row.needs_review,
        "review_reasons": row.notes,
        "decided": [],
    }


def _column_rows(document_id: str, tables: Sequence[LogicalTable], layouts: Sequence[Layout]) -> list[Row]:
    return [
        {
            "document_id": document_id,
            "table_no": number,
            "column_no": i + 1,
            "header": " / ".join(column.levels) or None,
            "field": layout.field_of_column(i),
            "page": table.boxes[0].page,
        }
        for number, (table, layout) in enumerate(zip(tables, layouts, strict=True), 1)
        for i, column in enumerate(table.columns)
    ]
