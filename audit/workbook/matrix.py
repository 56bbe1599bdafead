"""The sheets of coverage: office x component at a glance, and the components that are missing, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from audit.selected import Row
from audit.workbook.book import Book, Cell, List, Shown
from audit.workbook.layout import MATRIX, MISSING, Column
from audit.workbook.source import Document, Source
from audit.workbook.words import reasons, word

SIGNS: Mapping[str, str] = {"present": "✓", "missing": "✗", "uncertain": "?", "not-in-form": "○", "no-plan": "·"}
STATES = ("missing", "uncertain", "not-in-form")  # as Komponen Hilang lists them
LEGEND = (
    "✓ ada    ✗ tidak ada    ? belum pasti    ○ tidak ada; formulir rencana ini memang tidak memuatnya    · tanpa keterangan"
)

LEFT = (
    Column("province", "Provinsi", 16, "wrapped"),
    Column("satker", "Satuan kerja", 24, "wrapped"),
    Column("year", "Tahun", 7, "number"),
    Column("number", "Nomor keputusan", 26, "link"),
)
RIGHT = (
    Column("present", "Ada", 8, "number"),
    Column("missing", "Tidak ada", 9, "number"),
    Column("uncertain", "Belum pasti", 9, "number"),
    Column("lost", "Bobot tidak ada (tanpa hasil)", 11, "weights"),
)
AREAS, NAMES, WEIGHTS, HEADER = range(4)  # rows above the matrix
NAMES_HEIGHT = 170  # points: the longest name of a component in two lines, upright
CELL_WIDTH = 6.5  # characters
AREAS_HEIGHT = 42  # points: three lines

MISSING_COLUMNS = (
    Column("province", "Provinsi", 16, "wrapped"),
    Column("satker", "Satuan kerja", 24, "wrapped"),
    Column("year", "Tahun", 8, "number"),
    Column("number", "Nomor keputusan", 18, "link"),
    Column("area", "Area", 28, "wrapped"),
    Column("component", "Komponen", 48, "wrapped"),
    Column("weight", "Bobot", 8, "weights"),
    Column("status", "Status", 13),
    Column("in_form", "Dimuat formulir rencana", 13),
    Column("rows", "Baris yang cocok", 9, "number"),
    Column("score", "Peluang tertinggi", 10, "share"),
    Column("reasons", "Mengapa belum pasti", 36, "wrapped"),
)


def write_matrix(book: Book, source: Source) -> None:
    """The sheet Matriks."""
    components = source.components
    cells = [Column(row["indicator_id"], row["indicator_id"], CELL_WIDTH) for row in components]
    sheet = List(book, MATRIX, (*LEFT, *cells, *RIGHT), header=HEADER, frozen=len(LEFT))
    _write_top(book, source, sheet)
    sheet.begin()
    for document, covered in source.plans():
        sheet.add(_line(source, document, covered))
    sheet.end("coverage.parquet")


def _line(source: Source, document: Document, covered: Sequence[Row]) -> dict[str, Cell]:
    states = {row["indicator_id"]: state_of(row) for row in covered}
    named = document.named()
    return {
        **named,
        "number": document.link(document.row["number_raw"] or "PDF"),
        **{key: Shown(SIGNS[state], state) for key, state in states.items()},
        **{status: sum(state == status for state in states.values()) for status in ("present", "missing", "uncertain")},
        "lost": source.lost_weight([row for row in covered if state_of(row) == "missing"]),
    }


def state_of(row: Row) -> str:
    """The status of a component; "not-in-form" where the form that the plan follows never had it: no lack of the plan."""
    return "not-in-form" if row["status"] == "missing" and row["in_form"] is False else str(row["status"])


def _write_top(book: Book, source: Source, sheet: List) -> None:
    """What stands above the matrix: areas, names and weights of the components."""
    components, first = source.components, len(LEFT)
    sheet.sheet.set_row(AREAS, AREAS_HEIGHT)
    sheet.sheet.merge_range(AREAS, 0, AREAS, first - 1, LEGEND, book.look("wrapped"))
    column = first
    for area, group in groupby(components, lambda row: row["area_id"]):
        width = len(list(group))
        name = source.indicator_name(area) or ""
        if width > 1:
            sheet.sheet.merge_range(AREAS, column, AREAS, column + width - 1, name, book.look("area"))
        else:
            book.write(sheet.sheet, AREAS, column, area, "area")  # its name has no room
        column += width
    sheet.sheet.set_row(NAMES, NAMES_HEIGHT)
    for i, row in enumerate(components):
        book.write(sheet.sheet, NAMES, first + i, row["name"], "upright")
    book.write(sheet.sheet, WEIGHTS, first - 1, "Bobot", "weight")
    for i, row in enumerate(components):
        book.write(sheet.sheet, WEIGHTS, first + i, row["weight"], "weight")


def write_missing(book: Book, source: Source) -> None:
    """The sheet Komponen Hilang: missing components first, then those that may be missing, then those the form never had."""
    sheet = List(book, MISSING, MISSING_COLUMNS, frozen=4)
    sheet.begin()
    for document, covered in source.plans():
        open_ones = [row for row in covered if row["status"] != "present"]
        for row in sorted(
            open_ones,
            key=lambda row: (STATES.index(state_of(row)), source.indicators[row["indicator_id"]]["indicator_order"]),
        ):
            sheet.add(
                {
                    **document.named(),
                    "number": document.link(document.row["number_raw"] or "PDF"),
                    "area": source.indicator_name(row["area_id"]),
                    "component": source.indicator_name(row["indicator_id"]),
                    "weight": row["weight"],
                    "status": Shown(word("status", state_of(row)), state_of(row)),
                    "in_form": row["in_form"],
                    "rows": row["row_count"],
                    "score": None if row["best_score"] is None else row["best_score"] / 100,
                    "reasons": reasons(row["reasons"]) or None,
                }
            )
    sheet.end("coverage.parquet")
