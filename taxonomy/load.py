"""The taxonomy out of its data files: read, checked as a whole, and turned into types once."""

from __future__ import annotations

import math
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

from taxonomy.checks import check_aliases, check_form, check_mapping, check_sources, check_thresholds
from taxonomy.errors import TaxonomyError
from taxonomy.form import Alias, AliasKind, Aspect, Form, Level, Node, Taxonomy, Threshold
from taxonomy.register import FORMS, Entry, read_forms
from taxonomy.tables import Problems, Row, read_table

DATA_DIR = Path(__file__).resolve().parent / "data"

_Name = TypeVar("_Name", bound=StrEnum)


def load_taxonomy(folder: Path | None = None) -> Taxonomy:
    """The taxonomy of the data files; the one that comes with the program is read once and kept.

    Args:
        folder: where forms.toml and its tables lie, null for the program's own.

    Raises:
        TaxonomyError: the files cannot be read or contradict themselves; it tells all that is wrong.
    """
    return _own() if folder is None else _read(folder)


@cache
def _own() -> Taxonomy:
    return _read(DATA_DIR)


def _read(folder: Path) -> Taxonomy:
    problems = Problems()
    version, entries = read_forms(folder, problems)
    source_rows = read_table(folder / "sources.csv", ("code", "what"), (), problems)
    forms = [_form(folder, entry, problems) for entry in entries]
    aliases = _aliases(folder, problems)
    thresholds = _thresholds(folder, problems)
    if problems.whole_files:
        raise TaxonomyError(problems.lines)

    reference = next(form for entry, (form, _) in zip(entries, forms, strict=True) if entry.is_reference)
    sources = {row["code"]: row["what"] for row in source_rows}
    check_sources(source_rows, problems)
    lines: dict[str, Row] = {}
    for form, rows in forms:
        for code in form.sources:
            if code not in sources:
                problems.of_file(FORMS, f"the source {code!r} of {form.id!r} is not known; mend it, or add it to sources.csv")
        check_form(form, rows, lines, sources, problems)
    for form, rows in forms:
        check_mapping(form, rows, reference, lines, problems)
    by_id = {form.id: form for form, _ in forms}
    check_aliases(aliases, lines, {*sources, *lines, *by_id}, problems)
    check_thresholds(thresholds, reference, sources, problems)
    if problems.lines:
        raise TaxonomyError(problems.lines)
    return Taxonomy(
        version=version,
        reference=reference,
        forms=by_id,
        aliases=tuple(alias for _, alias in aliases),
        thresholds=tuple(threshold for _, threshold in thresholds),
        sources=sources,
    )


def _form(folder: Path, entry: Entry, problems: Problems) -> tuple[Form, tuple[Row, ...]]:
    """A form and the line of each of its nodes."""
    needed = ("id", "parent_id", "level", "name", "source")
    welcome = ("weight", "aspect", "maps_to", "relation", "wording", "note")
    rows = read_table(folder / entry.file, needed, welcome, problems) if entry.file else ()
    form = Form(
        id=entry.id,
        title=entry.title,
        instruments=entry.instruments,
        from_year=entry.from_year,
        until_year=entry.until_year,
        own_labels=entry.own_labels,
        sources=entry.sources,
        nodes=tuple(_node(row, entry.id, problems) for row in rows),
    )
    return form, rows


def _node(row: Row, form: str, problems: Problems) -> Node:
    return Node(
        id=row["id"],
        form=form,
        parent_id=row["parent_id"] or None,
        level=_named(row, "level", Level, problems) or Level.ITEM,
        name=row["name"],
        weight=_number(row, "weight", problems) if row["weight"] else None,
        aspect=_named(row, "aspect", Aspect, problems) if row["aspect"] else None,
        maps_to=row.several("maps_to"),
        relation=row["relation"] or None,
        sources=row.several("source"),
        wording_sources=row.several("wording") or row.several("source"),
        note=row["note"],
    )


def _aliases(folder: Path, problems: Problems) -> list[tuple[Row, Alias]]:
    rows = read_table(folder / "aliases.csv", ("id", "alias", "kind", "source"), ("note",), problems)
    return [
        (
            row,
            Alias(
                id=row["id"],
                text=row["alias"],
                kind=_named(row, "kind", AliasKind, problems) or AliasKind.COMMON,
                sources=row.several("source"),
                note=row["note"],
            ),
        )
        for row in rows
    ]


def _thresholds(folder: Path, problems: Problems) -> list[tuple[Row, Threshold]]:
    rows = read_table(folder / "thresholds.csv", ("id", "rule", "wbk_min", "wbbm_min", "source"), ("note",), problems)
    return [
        (
            row,
            Threshold(
                id=row["id"],
                rule=row["rule"],
                wbk_min=_number(row, "wbk_min", problems) or 0.0,
                wbbm_min=_number(row, "wbbm_min", problems) or 0.0,
                sources=row.several("source"),
                note=row["note"],
            ),
        )
        for row in rows
    ]


def _named(row: Row, column: str, names: type[_Name], problems: Problems) -> _Name | None:
    """One of the names that a column may hold; a problem is noted for any other."""
    try:
        return names(row[column])
    except ValueError:
        problems.of_row(row, f"the {column} {row[column]!r} is not known; it may be {', '.join(names)}")
        return None


def _number(row: Row, column: str, problems: Problems) -> float | None:
    """A number above 0; a problem is noted for anything else."""
    try:
        number = float(row[column])
    except ValueError:
        number = math.nan
    if math.isfinite(number) and number > 0:
        return number
    problems.of_row(row, f"the {column} {row[column]!r} is no number above 0; write it with a point: 2.5")
    return None
