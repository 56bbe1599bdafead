"""``zi inspect``: what was read from one PDF, where and how surely, as text or as plain data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from pipeline.progress import printable
from pipeline.result import DocumentResult, Row

WIDTH = 110  # columns of a terminal line
ALMOST = 0.99  # what is not quite sure is not rounded up to 1.00
LABEL = 20  # columns of a label
HEADER_FIELDS = (
    "institution",
    "satker_code",
    "satker_name",
    "satker_level",
    "province_code",
    "number_raw",
    "number",
    "classification",
    "year",
    "title",
    "decides",
    "place",
    "date",
    "signatory_title",
    "signatory",
    "is_copy",
    "certifier_title",
    "certifier",
    "plan_title",
)
ROW_FIELDS = (
    "area",
    "component",
    "item",
    "success_indicator",
    "action",
    "evidence",
    "target_raw",
    "months",
    "notes",
)


def as_json(result: DocumentResult, page: int | None = None) -> dict[str, object]:
    """Everything that was read, in plain types; with ``page``, only the rows of that page (and the document itself)."""
    return {
        "source_path": result.source_path,
        "document_id": result.document_id,
        **{name: [_plain(row) for row in rows_on(name, rows, page)] for name, rows in result.tables.items()},
        "failures": [
            {"page": f.page, "code": f.code, "message": f.message, "cure": f.cure}
            for f in result.failures
            if page is None or f.page in (None, page)
        ],
    }


def rows_on(table: str, rows: Sequence[Row], page: int | None) -> list[Row]:
    """The rows that are printed on a page; all of them for None, and the document's own row always."""
    if page is None or table == "documents":
        return list(rows)
    if table == "plan_rows":
        return [row for row in rows if _int(row["page_start"]) <= page <= _int(row["page_end"])]
    return [row for row in rows if row.get("page") == page]


def as_text(result: DocumentResult, page: int | None = None) -> Iterator[str]:
    """What was read, line by line for a terminal; with ``page``, only what that page holds."""
    tables = {name: rows_on(name, rows, page) for name, rows in result.tables.items()}
    yield f"{printable(result.source_path)}  (document {result.document_id})"
    for failure in result.failures:
        if page is None or failure.page in (None, page):
            where = "document" if failure.page is None else f"page {failure.page}"
            yield f"! {where}: {failure.code}: {failure.message} {failure.cure}"
    for document in tables.get("documents", ()):
        yield from _header(document, tables.get("fields", ()))
    yield from _pages(tables.get("pages", ()))
    yield from _provisions(tables.get("provisions", ()))
    yield from _legal_bases(tables.get("legal_bases", ()))
    yield from _columns(tables.get("plan_columns", ()))
    yield from _plan_rows(tables.get("plan_rows", ()))


def _header(document: Row, fields: Iterable[Row]) -> Iterator[str]:
    evidence = {row["field"]: row for row in fields}
    sure = _sure(document)
    yield ""
    yield f"DECREE  {document.get('kind')}, {document.get('page_count')} pages, {sure}"
    for name in HEADER_FIELDS:
        value = document.get(name)
        if value is not None:
            yield from _entry(name, _show(value), _place(evidence[name]) if name in evidence else "")


def _pages(pages: Iterable[Row]) -> Iterator[str]:
    runs: list[tuple[int, int, str]] = []
    for row in pages:
        number, turned = _int(row["page"]), _int(row["rotation"])
        what = f"{row['kind']}{f', turned {turned} degrees' if turned else ''}"
        if runs and runs[-1][1:] == (number - 1, what):
            runs[-1] = (runs[-1][0], number, what)
        else:
            runs.append((number, number, what))
    if runs:
        yield ""
        yield "PAGES"
        for first, last, what in runs:
            yield f"  {first if first == last else f'{first}-{last}'}: {what}"


def _provisions(rows: Iterable[Row]) -> Iterator[str]:
    part = None
    for row in rows:
        if row["part"] != part:
            part = row["part"]
            yield ""
            yield str(part).upper()
        yield from _entry(_show(row.get("label") or "-"), _show(row["text"]), _place(row))


def _legal_bases(rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        yield ""
        yield f"LEGAL BASES ({len(rows)})"
    for row in rows:
        where = f"{row['part']} {row['item_order']}.{row['ref_order']}"
        gazettes = [_gazette(g) for g in _maps(row.get("gazettes"))]
        text = f"{row.get('instrument_id') or '?'}: {row.get('type')} {row.get('number')}/{row.get('year')}"
        text += f" {row.get('title') or ''}" + (f" [{'; '.join(gazettes)}]" if gazettes else "")
        text += "" if row["relation"] == "cited" else f" ({row['relation']})"
        yield from _entry(where, _show(text), _place(row))


def _columns(rows: Sequence[Row]) -> Iterator[str]:
    table = None
    for row in rows:
        if row["table_no"] != table:
            table = row["table_no"]
            yield ""
            yield f"PLAN TABLE {table}, header on page {row['page']}"
        yield from _entry(
            _show(row["column_no"]), f"{_show(row.get('header') or '')} -> {row.get('field') or '(printed only)'}"
        )


def _plan_rows(rows: Sequence[Row]) -> Iterator[str]:
    if rows:
        yield ""
        yield f"PLAN ROWS ({len(rows)})"
    for row in rows:
        first, last = row["page_start"], row["page_end"]
        yield f"  row {row['row_order']}  page {first if first == last else f'{first}-{last}'}, {_sure(row)}"
        for name in ROW_FIELDS:
            number = row.get(f"{name}_no")
            if row.get(name) is not None:
                yield from _entry(f"  {name}", f"{f'{number} ' if number else ''}{_show(row[name])}")
        if row.get("match_status") is not None:
            yield from _entry(
                "  indicator", f"{row.get('indicator_id') or '-'}  ({row['match_status']}, {row['match_score']:.1f})"
            )


def _entry(label: str, text: str, place: str = "") -> Iterator[str]:
    """A label with its text beside it, wrapped, and the place at the end."""
    indent = " " * (LABEL + 4)
    body = f"{text}  ({place})" if place else text
    first = f"  {label:<{LABEL}}  "
    lines = textwrap.wrap(body, WIDTH, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False)
    yield from lines or [first.rstrip()]


def _place(row: Row) -> str:
    page = row.get("page")
    origin = row.get("origin")
    told = [f"page {page}"] if page is not None else []
    told += [str(origin)] if origin not in (None, "printed") else []
    return ", ".join([*told, _sure(row)])


def _sure(row: Row) -> str:
    confidence = row.get("confidence")
    sure = str(confidence)
    if isinstance(confidence, float):
        sure = f"{confidence if confidence == 1 else min(confidence, ALMOST):.2f}"
    if not row.get("needs_review"):
        return sure
    reasons = row.get("review_reasons")
    return f"{sure}, REVIEW{f': {_show(reasons)}' if reasons else ''}"


def _gazette(gazette: Mapping[str, object]) -> str:
    year = gazette.get("year")
    return f"{gazette.get('series')}{f' {year}' if year else ''} {gazette.get('number')}"


def _maps(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, Sequence) else []


def _show(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(str(item) for item in value) or "(none marked)"
    return printable(value.isoformat() if isinstance(value, date) else str(value))


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _plain(row: Row) -> Row:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
