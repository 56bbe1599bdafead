"""A plan as a table: which cells a layout prints, and what the truth of each row is then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.press.decree import Plan, PlanRow, Team
from tests.press.grid import Grid, GridCell, GridColumn, LeafRow, SectionRow
from tests.press.layout import Col, Field, MonthGrid, PlanStyle

_LEVELS: tuple[Field, ...] = ("area", "component", "item")
_QUARTERS = ("I", "II", "III", "IV")
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_SHORT = ("JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEP", "OKT", "NOV", "DES")


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A plan ready to be set: the grid, and for each plan row its place in the grid and its truth."""

    grid: Grid
    places: tuple[int, ...]
    truths: tuple[dict[str, object], ...]
    columns: tuple[str, ...]


def plan_table(plan: Plan, style: PlanStyle, year: int) -> PlanTable:
    """The plan as this style prints it."""
    fields = {c.field for c in style.columns}
    levels = [f for f in _LEVELS if f in fields]
    columns: list[GridColumn] = []
    for col in style.columns:
        columns += _grid_columns(col, style.grid, levels, year)
    rows: list[SectionRow | LeafRow] = []
    places: list[int] = []
    area = ""
    for number, row in enumerate(plan.rows, 1):
        if row.area != area and style.areas in ("roman", "capitals"):
            rows.append(_section(row, style))
        area = row.area
        places.append(len(rows))
        cells = [cell for col in style.columns for cell in _cells(row, col, style.grid, levels, number)]
        rows.append(LeafRow(tuple(cells), tuple(_key(row, level, number) for level in levels)))
    heads = tuple(dict.fromkeys(c.path[0] for c in columns))
    return PlanTable(Grid(tuple(columns), tuple(rows)), tuple(places), tuple(_truth(r, style) for r in plan.rows), heads)


def _key(row: PlanRow, level: Field, number: int) -> str:
    parts = {"area": [row.area], "component": [row.area, row.component], "item": [row.area, row.component, row.item]}
    return "|".join(parts[level]) if level != "item" or row.item else str(number)


def _section(row: PlanRow, style: PlanStyle) -> SectionRow:
    if style.areas == "roman":
        return SectionRow(row.area_no, row.area)
    return SectionRow("", row.area.upper())


def _grid_columns(col: Col, grid: MonthGrid, levels: Sequence[Field], year: int) -> list[GridColumn]:
    path = (*col.parents, col.header)
    if col.field == "months":
        labels = _month_paths(grid, year)
        return [GridColumn((*path, *p), col.width / len(labels), centred=True, month=True) for p in labels]
    if col.field == "no":
        return [GridColumn(path, col.width, level=0 if levels else None, centred=True)]
    level = levels.index(col.field) if col.field in levels else None
    if level is not None and col.field == "item" and "item" in levels:
        level = levels.index("item")
    if col.number == "own":
        return [
            GridColumn(path, 0.16 * col.width, level, centred=True),
            GridColumn(path, 0.84 * col.width, level, joined=True),
        ]
    return [GridColumn(path, col.width, level, centred=col.field in ("running", "quantity", "realised"))]


def _month_paths(grid: MonthGrid, year: int) -> list[tuple[str, ...]]:
    top = (str(year),) if grid.year_head else ()
    if grid.labels == "quarter":
        return [(*top, f"TW {q}") for q in _QUARTERS]
    names = {
        "number": [str(m) for m in range(1, 13)],
        "roman": list(_ROMANS),
        "short": list(_SHORT),
        "full": list(_MONTHS),
        "letter": [m[0] for m in _MONTHS],
    }[grid.labels]
    paths = []
    for month in range(grid.first, grid.last + 1):
        quarter = (f"TW {_QUARTERS[(month - 1) // 3]}",) if grid.under_quarters else ()
        paths.append((*top, *quarter, names[month - 1]))
    return paths


def _shown_months(row: PlanRow, grid: MonthGrid) -> list[int]:
    """The months that the grid can say of a row."""
    if grid.labels == "quarter":
        quarters = sorted({(m - 1) // 3 for m in row.months})
        return [3 * q + k for q in quarters for k in (1, 2, 3)]
    return [m for m in row.months if grid.first <= m <= grid.last]


def _cells(row: PlanRow, col: Col, grid: MonthGrid, levels: Sequence[Field], number: int) -> list[GridCell]:
    if col.field == "months":
        shown = set(_shown_months(row, grid))
        if grid.labels == "quarter":
            return [GridCell(mark=grid.mark if 3 * q + 1 in shown else None) for q in range(4)]
        return [GridCell(mark=grid.mark if m in shown else None) for m in range(grid.first, grid.last + 1)]
    if col.field == "no":
        return [GridCell(_first_number(row, levels))]
    if col.field == "running":
        return [GridCell(str(number))]
    text = str(getattr(row, col.field))
    own = {"area": row.area_no, "component": row.component_no, "item": row.item_no}.get(col.field, "")
    if col.number == "own":
        return [GridCell(f"{own}." if own and text else ""), GridCell(text)]
    return [GridCell(f"{own}. {text}" if col.number == "inline" and own and text else text)]


def _first_number(row: PlanRow, levels: Sequence[Field]) -> str:
    return row.area_no if levels and levels[0] == "area" else row.component_no


def _flat(text: str) -> str | None:
    return " ".join(text.split()) or None


def _truth(row: PlanRow, style: PlanStyle) -> dict[str, object]:
    """What a reader can know of the row in this style: only what is printed."""
    cols = {c.field: c for c in style.columns}
    sections = style.areas in ("roman", "capitals")
    first = next((f for f in _LEVELS if f in cols), None)

    def text(field: Field) -> str | None:
        return _flat(str(getattr(row, field))) if field in cols else None

    def number(field: Field, own: str) -> str | None:
        printed = field in cols and (cols[field].number != "none" or ("no" in cols and first == field))
        return own if printed and getattr(row, field) else None

    area = _flat(row.area.upper() if style.areas == "capitals" else row.area)
    months: list[int] | None = None
    if "months" in cols:
        months = _shown_months(row, style.grid)
    elif "target" in cols:
        months = list(row.months)
    return {
        "area_no": row.area_no if style.areas == "roman" else number("area", row.area_no),
        "area": area if sections or "area" in cols else None,
        "component_no": number("component", row.component_no),
        "component": text("component"),
        "item_no": number("item", row.item_no),
        "item": text("item"),
        "success_indicator": text("indicator"),
        "action": text("action"),
        "evidence": text("evidence"),
        "target_raw": text("target"),
        "months": months,
        "notes": text("notes"),
    }


def team_grid(team: Team) -> Grid:
    """A team list as a table."""
    heads = (("NO", 6.0), ("NAMA", 30.0), ("JABATAN", 34.0), ("KEDUDUKAN DALAM TIM", 30.0))
    columns = tuple(GridColumn((h,), w, centred=h == "NO") for h, w in heads)
    rows = tuple(
        LeafRow((GridCell(f"{i}."), GridCell(m.name), GridCell(m.post), GridCell(m.role)))
        for i, m in enumerate(team.members, 1)
    )
    return Grid(columns, rows)
