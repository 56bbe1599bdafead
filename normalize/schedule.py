"""The month grid of a plan: which columns it has, and which months a row marks in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.marks import PAPER, is_sign, read_mark, row_paper
from extract.table import Cell, LogicalTable, Row
from normalize.months import header_months, is_week_header, read_months

MIN_GRID = 3  # columns of months that make a schedule where no header spans them
SIGNED = 0.3  # share of the rows with signs from which a table marks its months with signs


@dataclass(frozen=True, slots=True)
class Schedule:
    """A month grid: its columns, the months of each, and whether signs mark them (fills are then no marks)."""

    header: str
    columns: tuple[int, ...]
    labels: tuple[str, ...]
    months: tuple[tuple[int, ...], ...]
    signed: bool


@dataclass(frozen=True, slots=True)
class ScheduleReading:
    """What one row marks: the months, the marked columns as printed, and what was unsure."""

    months: tuple[int, ...]
    printed: str | None
    notes: tuple[str, ...]


def schedule_of(table: LogicalTable) -> Schedule | None:
    """The month grid of a table, None where it has none: columns under a spanning header, or side by side, named as months."""
    best: Schedule | None = None
    groups: dict[int, list[int]] = {}
    for i, column in enumerate(table.columns):
        groups.setdefault(column.group, []).append(i)
    candidates = [(table.columns[g[0]].header, g) for g in groups.values() if len(g) > 1]
    candidates += _runs(table)
    for header, columns in candidates:
        months = _months_of(table, columns, header)
        if months is not None and (best is None or len(columns) > len(best.columns)):
            labels = tuple(table.columns[i].levels[-1] if table.columns[i].levels else "" for i in columns)
            best = Schedule(header, tuple(columns), labels, months, _is_signed(table, columns))
    return best


def _runs(table: LogicalTable) -> list[tuple[str, list[int]]]:
    """Runs of neighbouring one-level columns that are named as months."""
    runs: list[list[int]] = []
    for i, column in enumerate(table.columns):
        if len(column.levels) == 1 and header_months([column.header]) is not None and not column.header.strip().isdigit():
            if runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            else:
                runs.append([i])
    return [("", run) for run in runs if len(run) >= MIN_GRID]


def _months_of(table: LogicalTable, columns: Sequence[int], header: str) -> tuple[tuple[int, ...], ...] | None:
    depth = min(len(table.columns[i].levels) for i in columns)
    for level in reversed(range(1 if header else 0, depth)):
        cells = list(dict.fromkeys(table.columns[i].cells[level] for i in columns))
        labels = {table.columns[i].cells[level]: table.columns[i].levels[level] for i in columns}
        named = [labels[cell] for cell in cells]
        if level > 1 and is_week_header(named):
            continue
        months = header_months(named, header or None) or header_months(["".join(n.split()) for n in named], header or None)
        if months is not None:
            return tuple(months[cells.index(table.columns[i].cells[level])] for i in columns)
    return None


def _is_signed(table: LogicalTable, columns: Sequence[int]) -> bool:
    """The table marks its months with signs; the colours of its cells are then bands and tints, not marks."""
    rows = [row for row in table.rows if not row.section]
    return sum(any(is_sign(row.cells[i]) for i in columns) for row in rows) >= max(1.0, SIGNED * len(rows))


def read_schedule(row: Row, grid: Schedule) -> ScheduleReading:
    """The months that a row marks in the grid, or names in a cell that spans several months."""
    columns = set(grid.columns)
    paper = row_paper([c for i, c in enumerate(row.cells) if i not in columns])
    months: set[int] = set()
    seen: list[str] = []
    notes: list[str] = []
    for i, label, named in zip(grid.columns, grid.labels, grid.months, strict=True):
        cell = row.cells[i]
        if cell.cols > 1 and cell.text is not None and not is_sign(cell):
            continue
        mark = read_mark(cell, None if grid.signed else paper)
        if mark == "marked":
            months.update(named)
            seen.append(label)
        elif mark == "unsure":
            notes.append(f"mark-unsure:{label}")
    for cell in _spoken(row, grid):
        said, sure = _months_said(cell, row, grid)
        months.update(said)
        if not sure:
            notes.append("months-guessed:text-in-grid")
        seen.append(cell.text.text if cell.text is not None else "")
    return ScheduleReading(tuple(sorted(months)), ", ".join(seen) or None, tuple(notes))


def _spoken(row: Row, grid: Schedule) -> list[Cell]:
    """Cells over several months that hold a text."""
    wide = [row.cells[i] for i in grid.columns if row.cells[i].cols > 1 and row.cells[i].text is not None]
    return [c for c in {id(c): c for c in wide}.values() if not is_sign(c) and read_mark(c, PAPER) == "marked"]


def _months_said(cell: Cell, row: Row, grid: Schedule) -> tuple[set[int], bool]:
    """The months that a text across the grid means, among those it spans; all of them, unsurely, where it names none."""
    under = {m for i, named in zip(grid.columns, grid.months, strict=True) if row.cells[i] is cell for m in named}
    reading = read_months(cell.text.text if cell.text is not None else None)
    if reading.months is None or not under & set(reading.months):
        return under, False
    return under & set(reading.months), reading.sure
