"""Every wording by which an indicator is known: names in all forms, other names, and what offices do or prove for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from taxonomy.errors import TaxonomyError
from taxonomy.form import AliasKind, Level, Taxonomy
from taxonomy.load import DATA_DIR
from taxonomy.tables import Problems, read_table

NONE = "none"
"""What a row that serves no indicator is called in the data files; never an id in the output."""


class Kind(StrEnum):
    """Where a wording comes from."""

    NAME = "name"
    FORMER = "former"
    ALIAS = "alias"
    ABBREVIATION = "abbreviation"
    PRACTICE = "practice"


TRUST: dict[Kind, float] = {
    Kind.NAME: 1.0,
    Kind.FORMER: 1.0,
    Kind.ALIAS: 0.95,
    Kind.ABBREVIATION: 0.75,  # names a topic, and decides nothing alone
    Kind.PRACTICE: 0.85,  # what is often done for an indicator, not what the form says
}
"""How far likeness to a wording speaks for its indicator, 0..1."""

KIND_OF_ALIAS: dict[AliasKind, Kind] = {
    AliasKind.FORM: Kind.ALIAS,
    AliasKind.COMMON: Kind.ALIAS,
    AliasKind.LEGACY: Kind.FORMER,
    AliasKind.ABBREVIATION: Kind.ABBREVIATION,
}


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording.

    Attributes:
        label: the indicator it speaks for, or `NONE`.
        component: the component of that indicator, or `NONE`.
        text: the words.
        kind: where it comes from.
        is_heading: it names a component, not one of its items.
    """

    label: str
    component: str
    text: str
    kind: Kind
    is_heading: bool


def wordings(taxonomy: Taxonomy, practice: Path | None = None) -> list[Wording]:
    """All wordings of the labels of a taxonomy, those of `NONE` among them; each once.

    Args:
        taxonomy: names, other forms, aliases.
        practice: file of the practice phrases (id, phrase, kind, source), the project's own by default.

    Raises:
        TaxonomyError: a phrase is of no label.
    """
    found = [*_names(taxonomy), *_aliases(taxonomy), *_practice(taxonomy, practice or DATA_DIR / "practice.csv")]
    named = {w.text.casefold(): w.label for w in found if w.kind is Kind.NAME}
    # What is the very name of one indicator is no other name of another ("Kinerja Individu" is A3.R1).
    own = (w for w in found if named.get(w.text.casefold(), w.label) == w.label)
    return list({(w.label, w.text.casefold()): w for w in reversed([*own])}.values())[::-1]  # the first of equal ones


def component_of(taxonomy: Taxonomy, label: str | None) -> str | None:
    """The component that a label is or belongs to; None for what labels no row."""
    component = None if label is None else taxonomy.form_of(label).component_of(label)
    return None if component is None else component.id


def _names(taxonomy: Taxonomy) -> Iterator[Wording]:
    for form in taxonomy.forms.values():
        kind = Kind.NAME if form is taxonomy.reference else Kind.FORMER
        for node in form.nodes:
            label = taxonomy.label_of(node.id)
            component = component_of(taxonomy, label)
            if node.worded and label is not None and component is not None:
                yield Wording(label, component, node.name, kind, node.level is Level.COMPONENT)


def _aliases(taxonomy: Taxonomy) -> Iterator[Wording]:
    for alias in taxonomy.aliases:
        label = taxonomy.label_of(alias.id)
        component = component_of(taxonomy, label)
        if label is not None and component is not None:
            yield Wording(label, component, alias.text, KIND_OF_ALIAS[alias.kind], label == component)


def _practice(taxonomy: Taxonomy, path: Path) -> Iterator[Wording]:
    """The practice phrases of a file; `wordings` tells what they are."""
    problems = Problems()
    for row in read_table(path, ("id", "phrase", "kind", "source"), (), problems):
        label = row["id"]
        known = label in taxonomy and taxonomy.label_of(label) == label
        component = NONE if label == NONE else component_of(taxonomy, label) if known else None
        if component is None:
            problems.of_row(row, f"{label!r} is no component or item that labels rows; take its id from the form's file")
        else:
            yield Wording(label, component, row["phrase"], Kind.PRACTICE, row["kind"] == "term")
    if problems.lines:
        raise TaxonomyError(problems.lines)
