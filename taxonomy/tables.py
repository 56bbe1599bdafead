"""The rows of a data file of the taxonomy, each knowing its line, and the problems found on the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: trimmed texts by column, "" for a blank cell or a column that the file does not have."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def several(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that lists something: "S1;S2" -> ("S1", "S2")."""
        return tuple(part for part in map(str.strip, self[column].split(";")) if part)


class Problems:
    """What is wrong with the data files, gathered so that all of it can be told at once."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.whole_files = False
        """A file as a whole is wrong or not there: what other files say about it cannot be checked."""
        self._rows: set[tuple[str, int]] = set()

    def of_row(self, row: Row, what: str) -> None:
        """Notes the first problem of a line; others on the same line may follow from it, and are told after it is mended."""
        if not self.has(row):
            self._rows.add((row.file, row.line))
            self.lines.append(f"{row.file}, line {row.line}: {what}")

    def of_file(self, file: str, what: str) -> None:
        """Notes a problem of a whole file."""
        self.whole_files = True
        self.lines.append(f"{file}: {what}")

    def has(self, row: Row) -> bool:
        """True when the line is wrong already: what follows from that elsewhere needs no telling."""
        return (row.file, row.line) in self._rows


def read_table(path: Path, needed: Sequence[str], welcome: Sequence[str], problems: Problems) -> tuple[Row, ...]:
    """The rows of a CSV file in file order; none where the file cannot be read.

    Args:
        path: the file.
        needed: columns it must have.
        welcome: columns it may have; a column of another name is a problem, for it may be a slip that hides data.
        problems: where to note what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        problems.of_file(path.name, f"cannot be read ({error.strerror}); put the file there, or mend its name")
        return ()
    except UnicodeDecodeError:
        problems.of_file(path.name, "is not UTF-8; save it as CSV with that encoding")
        return ()
    try:
        return tuple(_rows(path.name, text, needed, welcome, problems))
    except csv.Error as error:
        problems.of_file(path.name, f"is no CSV ({error}); save it again as comma separated values")
        return ()


def _rows(file: str, text: str, needed: Sequence[str], welcome: Sequence[str], problems: Problems) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in needed if name not in header]
    strange = [name for name in header if name not in needed and name not in welcome]
    if missing:
        problems.of_file(file, f"lacks the column {', '.join(missing)}; add it to the first line")
        return
    if strange:
        problems.of_file(file, f"has an unknown column {', '.join(map(repr, strange))}; it may be {', '.join(welcome)}")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        row = Row(file, reader.line_num, dict(zip(header, (" ".join(cell.split()) for cell in cells), strict=False)))
        if len(cells) != len(header):
            problems.of_row(row, f"has {len(cells)} cells, the first line {len(header)}; quote a text that holds a comma")
        yield row
