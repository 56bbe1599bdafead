"""The sheet of values that a person should look at: the crop of the page beside each, and room for a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from audit.crops import Crops, pages_of
from audit.uncertain import Uncertain
from audit.workbook.book import MOST_ROWS, Book, Cell, List
from audit.workbook.findings import crop_link, offer_decisions
from audit.workbook.layout import (
    REVIEW,
    REVIEW_COLUMNS,
    REVIEW_DECISIONS,
    STATUS_WORDS,
    VALUE,
    WHICH,
    before_cell,
    boxes_json,
)
from audit.workbook.source import Source
from audit.workbook.words import gazettes, months, reasons, word
from normalize.overrides_columns import WHOLE

MOST_PICTURES = 2_000  # pictures in the sheet: 20 MB; the other rows link to theirs
PICTURE_HEIGHT = 300  # pixels at most, else a row fills the screen
PADDING = 4  # pixels between a picture and the border of its cell
PIXELS_A_CHARACTER = 7  # of a column's width, and 5 besides
POINTS_A_PIXEL = 0.75  # of a row's height
LEAST_HEIGHT = 60.0  # points of a row with a picture: room for four lines of text
MOST_CHOICES = 255  # characters of a drop-down list, Excel's limit
FROZEN = 2  # columns that stay in sight
MONTHS_HINT = "Angka bulan 1–12 dipisahkan koma, misalnya 1,2,3."


def write_review(
    book: Book, source: Source, crops: Crops | None, uncertain: Sequence[Uncertain], most: int = MOST_ROWS
) -> None:
    """The sheet Perlu Ditinjau, in order of office, document and page."""
    sheet = List(book, REVIEW, REVIEW_COLUMNS, frozen=FROZEN, most=most)
    sheet.begin()
    pictures = 0
    for one in sorted(uncertain, key=lambda one: source.rank[one.document_id]):
        file = _crop(one, crops)
        size = _size(file, sheet) if file is not None and pictures < MOST_PICTURES else None
        line = _line(one, source)
        if file is not None and crops is not None and size is None:
            line["picture"] = crop_link(crops, file)
        height = None if size is None else max(LEAST_HEIGHT, (size[1] + 2 * PADDING) * POINTS_A_PIXEL)
        row = sheet.add(line, height)
        if row is None:
            continue
        if file is not None and size is not None:
            _insert(sheet, row, file, size, one)
            pictures += 1
        _offer(sheet, row, one)
    offer_decisions(sheet, list(REVIEW_DECISIONS))
    sheet.end("tabel plan_rows, legal_bases, fields dan coverage")


def _line(one: Uncertain, source: Source) -> dict[str, Cell]:
    document = source.documents[one.document_id]
    return {
        **document.named(),
        "at": document.link_to_page(one.page),
        "where": _where(one, document.is_repeated),
        "what": word("field", one.field),
        "shown": shown(one, source),
        "reasons": reasons(one.reasons),
        "choices": _choices(one, source),
        "confidence": one.confidence,
        "table": one.table,
        "document_id": one.document_id,
        "field": one.field,
        "key": one.key,
        "page": one.page,
        "boxes": boxes_json(one.boxes),
        "before": before_cell(one.before),
    }


def _where(one: Uncertain, copied: bool) -> str:
    row = one.row
    match one.table:
        case "plan_rows":
            told = f"Rencana, baris {row['row_order']}"
        case "legal_bases":
            told = f"{word('part', row['part'])}, angka {row['item_order']} ({row['ref_order']})"
        case "coverage":
            told = "Kelengkapan komponen"
        case _:
            told = "Kepala keputusan"
    return f"{told} (salinan)" if copied else told


def shown(one: Uncertain, source: Source) -> str | None:
    """The value as a person reads it."""
    row = one.row
    if one.field == WHOLE:
        return str(row["text"]) if one.table == "legal_bases" else _row_text(row)
    value = row["printed"] if one.table == "documents" and row["printed"] else one.before
    if one.field == "months":
        return months(row["months"])
    if one.field == "gazettes":
        return gazettes(row["gazettes"])
    if one.table == "coverage":
        return f"{source.indicator_name(one.key)}: {word('status', row['status'])}"
    if one.field == "indicator_id" and one.table == "plan_rows":
        return source.indicator_name(row["indicator_id"])
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return None if value is None else str(value)


def _row_text(row: Mapping[str, object]) -> str:
    said = [str(row[name]) for name in ("component", "item", "action", "evidence", "target_raw") if row[name]]
    return " · ".join(dict.fromkeys(said))


def _choices(one: Uncertain, source: Source) -> str | None:
    """What helps to decide: other candidates, or what stands around the value."""
    row = one.row
    if one.field == WHOLE:
        return None
    if one.table == "plan_rows" and one.field == "indicator_id":
        others = [f"{source.indicator_name(c['id'])} ({c['score']:.0f}%)" for c in row["candidates"]]
        return "\n".join([_row_text(row), "Calon:", *others])
    if one.table == "plan_rows":
        return _row_text(row)
    if one.table == "legal_bases":
        return str(row["text"])
    if one.table == "coverage":
        score = row["best_score"]
        return f"{row['row_count']} baris cocok" + ("" if score is None else f"; peluang tertinggi {score:.0f}%")
    return f"terbaca semula: {row['raw']}" if row.get("raw") else None


def _crop(one: Uncertain, crops: Crops | None) -> Path | None:
    """The crop of the first page that has one."""
    if crops is None:
        return None
    files = (crops.file_of(one.document_id, page, boxes) for page, boxes in pages_of(one.boxes).items())
    return next((file for file in files if file is not None), None)


def _size(file: Path, sheet: List) -> tuple[float, float, float] | None:
    """Width, height and scale of the picture in its cell, in pixels; None where the file is no picture any more."""
    try:
        with Image.open(file) as image:
            width, height = image.size
    except OSError:
        return None
    room = sheet.columns[sheet.index("picture")].width * PIXELS_A_CHARACTER + 5 - 2 * PADDING
    scale = min(1.0, room / width, PICTURE_HEIGHT / height)
    return width * scale, height * scale, scale


def _insert(sheet: List, row: int, file: Path, size: tuple[float, float, float], one: Uncertain) -> None:
    options = {
        "x_scale": size[2],
        "y_scale": size[2],
        "x_offset": PADDING,
        "y_offset": PADDING,
        "object_position": 1,  # moves and hides with its row
        "description": f"Potongan halaman {one.page}",
    }
    sheet.sheet.insert_image(row, sheet.index("picture"), str(file), options)


def _offer(sheet: List, row: int, one: Uncertain) -> None:
    """Lists to choose from, where the new value is one of few; any other may be written all the same."""
    if one.field == WHOLE and isinstance(one.before, Mapping):
        _list(sheet, row, WHICH.name, list(one.before))
    elif one.table == "coverage":
        _list(sheet, row, VALUE.name, list(STATUS_WORDS))
    elif one.field == "indicator_id" and one.table == "plan_rows":
        _list(sheet, row, VALUE.name, [c["id"] for c in one.row["candidates"]])
    elif one.field == "months":
        options = {"validate": "any", "input_title": VALUE.header, "input_message": MONTHS_HINT}
        column = sheet.index(VALUE.name)
        sheet.sheet.data_validation(row, column, row, column, options)


def _list(sheet: List, row: int, name: str, said: list[str]) -> None:
    column = sheet.index(name)
    if said and len(",".join(said)) <= MOST_CHOICES:
        sheet.sheet.data_validation(row, column, row, column, {"validate": "list", "source": said, "show_error": False})
