"""``zi match``: the rows of a CSV file with the indicator that each serves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from pipeline.csv_file import CsvFile, names_told_apart, read_csv
from pipeline.errors import OutputNotWritable
from pipeline.progress import printable
from pipeline.storage import as_text, write_atomically
from taxonomy.frames import ADDED, TEXTS, folded, match_frame
from taxonomy.matcher import Matcher, load_matcher

FORMULA = re.compile(r"[=@\t\r＝＠＋－]|[+\-](?![\s\d.,]|$)|[+\-][\d.,]+[^\d.,\s]|[+\-]\s.*(\w\(|[|!])")
"""A cell that Excel runs where it opens a CSV; numbers, single signs and "- text" are none."""

EXCERPT = 30  # letters of a cell that a note repeats
OUT_CURE = "Give another file with --out, in a folder that is there and that you may write to."


@dataclass(frozen=True, slots=True)
class MatchedFile:
    """A file with its rows matched.

    Attributes:
        table: the columns of the file, then those added, as text.
        added: the values of the columns added, one mapping a row.
        version: of the taxonomy.
        notes: what the user should know about the reading.
    """

    table: CsvFile
    added: Sequence[Mapping[str, object]]
    version: str
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The rows with the taxonomy's version, in plain types; the cells of the file are texts."""
        names = names_told_apart(self.table.header[: -len(ADDED)])
        rows = [{**dict(zip(names, row, strict=False)), **a} for row, a in zip(self.table.rows, self.added, strict=True)]
        return {"taxonomy_version": self.version, "rows": rows}

    def lines(self) -> list[str]:
        """What a person wants to know at once."""
        count = Counter(str(row["match_status"]) for row in self.added)
        told = f"{len(self.added)} {'row' if len(self.added) == 1 else 'rows'}"
        told += f": {count['accepted']} accepted, {count['review']} for review, {count['none']} none"
        return [*self.notes, f"{told}. Taxonomy {self.version}."]


def match_file(
    path: Path, separator: str | None = None, plan: str | None = None, matcher: Matcher | None = None
) -> MatchedFile:
    """The rows of a CSV, matched one by one, or plan by plan.

    Columns of an earlier matching are replaced, which a note says.

    Args:
        path: the file; its header names at least one column of `taxonomy.frames.TEXTS`.
        separator: between its cells; None to find it out.
        plan: column that tells which plan a row belongs to: the rows of a plan are weighed together.
        matcher: what matches, the project's own by default.

    Raises:
        ZiError: as `pipeline.csv_file.read_csv` and `taxonomy.frames.match_frame`.
    """
    matcher = matcher or load_matcher()
    file = read_csv(path, {*TEXTS, *([] if plan is None else [folded(plan)])}, separator)
    frame = pd.DataFrame(file.rows, columns=list(file.header), dtype="object")
    matched = match_frame(frame, matcher, plan)
    added: list[dict[str, object]] = [
        {name: None if value is pd.NA else value for name, value in zip(ADDED, values, strict=True)}
        for values in matched.iloc[:, -len(ADDED) :].itertuples(index=False, name=None)
    ]
    kept = [place for place, name in enumerate(file.header) if folded(name) not in ADDED]
    replaced = [printable(name) for name in file.header if folded(name) in ADDED]
    notes = file.notes
    if replaced:
        notes += (f"The file has columns of an earlier matching, which were replaced: {', '.join(replaced)}.",)
    notes += _formulas(file)
    rows = [[*(row[i] for i in kept), *map(_cell, a.values())] for row, a in zip(file.rows, added, strict=True)]
    table = replace(file, header=[*(file.header[i] for i in kept), *ADDED], rows=rows)
    return MatchedFile(table, added, matcher.taxonomy.version, notes)


def _formulas(file: CsvFile) -> tuple[str, ...]:
    """What the user should know of cells that a table program would run; they are data, and stay as they are."""
    found = [cell for row in (file.header, *file.rows) for cell in row if FORMULA.match(cell)]
    if not found:
        return ()
    begin = "1 cell begins" if len(found) == 1 else f"{len(found)} cells begin"
    return (
        f'{begin} as a formula does (= @ + -), the first with "{printable(found[0][:EXCERPT])}". They stay as they are in the '
        "file: in Excel, import it with Data > From Text and let its columns be text.",
    )


def check_out(out: Path, source: Path) -> None:
    """Nothing, if the result may be written there; told before the work is done.

    Raises:
        OutputNotWritable: it is the file that is read, a folder, or in no folder.
    """
    name = as_text(out)
    if out.is_dir():
        raise OutputNotWritable(f"{name} is a folder.", OUT_CURE)
    if out.exists() and source.exists() and out.samefile(source):
        raise OutputNotWritable(f"{name} is the file that is read; it is not overwritten.", OUT_CURE)
    if not out.parent.is_dir():
        raise OutputNotWritable(f"There is no folder {as_text(out.parent)} to write {name} to.", OUT_CURE)


def write_out(out: Path, data: bytes) -> None:
    """Writes the result, whole or not at all.

    Raises:
        OutputNotWritable: the system does not let it be written.
    """
    try:
        write_atomically(out, data)
    except OSError as error:
        raise OutputNotWritable(f"{as_text(out)} cannot be written: {error.strerror or error}.", OUT_CURE) from error


def _cell(value: object) -> str:
    """A value of an added column as a cell: "93.1", "A1.P1.a:93.1|A1.P1:4.0", "tim, kerja"."""
    if isinstance(value, list):
        if value and isinstance(value[0], Mapping):
            return "|".join(f"{candidate['id']}:{candidate['score']:.1f}" for candidate in value)
        return ", ".join(value)
    return "" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)
