"""A table before it is set: columns with their headers, rows with their cells, groups of rows under one label."""

from __future__ import annotations

from dataclasses import dataclass

from tests.press.layout import Mark


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column of cells.

    Attributes:
        path: its headers from the top; columns side by side with the same start of their paths share those cells.
        width: parts of the table width.
        level: the label level (0 outermost) whose cells may be merged, or None for a leaf column.
    """

    path: tuple[str, ...]
    width: float
    level: int | None = None
    centred: bool = False
    month: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a leaf row: a text, or the mark of a month."""

    text: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A row across the table: a number in the first column, or a text over the whole width."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class LeafRow:
    """A row of cells; `keys[level]` is the same for neighbours under one label of that level."""

    cells: tuple[GridCell, ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table to be set."""

    columns: tuple[GridColumn, ...]
    rows: tuple[SectionRow | LeafRow, ...]

    def spans(self, column: int) -> list[tuple[int, int]]:
        """Runs of leaf rows (first, last) under one label in a column; single rows where it has no level."""
        level = self.columns[column].level
        spans: list[tuple[int, int]] = []
        open_key: str | None = None
        for i, row in enumerate(self.rows):
            if isinstance(row, SectionRow):
                open_key = None
                continue
            key = row.keys[level] if level is not None else None
            if key is not None and key == open_key:
                spans[-1] = (spans[-1][0], i)
            else:
                spans.append((i, i))
            open_key = key
        return spans
