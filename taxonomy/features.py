"""What speaks for each component in one row, as numbers: one line of features for every candidate.

The texts of a row are taken in three roles: the printed *component*, the *lead* (what the row is about: its item, or
where none is printed its action, success indicator or evidence) and the *rest*. So a list of bare actions and a full plan
are read by the same rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from taxonomy.form import Aspect, Taxonomy
from taxonomy.index import Array, Index, Likeness
from taxonomy.wordings import NONE, Wording, component_of
from taxonomy.words import Stem, Words

CONTENT = ("item", "action", "success_indicator", "evidence")
"""Fields that tell what a row is about, the most telling first."""

AREA_NUMBER = re.compile(r"(?:area|pokja|pilar|bidang)(?:\s+perubahan)?\s+(\d|I{1,3}|IV|V|VI)\W*$", re.IGNORECASE)
"""An area by its number alone: "Area Perubahan IV"."""

NEGATION = re.compile(
    r"(?<!yang )\b(?:belum|nihil|ditiadakan)\b"
    r"|\btidak (?:ada (?:kegiatan|anggaran)|dapat di|dilaksanakan|terlaksana|dianggarkan)",
    re.IGNORECASE,
)
"""What says that nothing is done; not "yang belum ...", which says for whom something is done."""

ROMANS = ("I", "II", "III", "IV", "V", "VI")
REFORM = re.compile(r"\breform\b", re.IGNORECASE)
FULFILMENT = re.compile(r"\bpemenuhan\b", re.IGNORECASE)
HEADINGS_KEPT = 5_000  # different cells whose likeness is kept
SAME = 0.9  # likeness of a text that little but spelling tells from the form's
EXACT = 4  # power that leaves of a likeness only what is nearly exact

FEATURES = (
    "component~heading",
    "component=heading",
    "component==heading",
    "component~item",
    "component:vote",
    "lead~heading",
    "lead~item",
    "lead=item",
    "lead==item",
    "lead:cover",
    "lead:vote",
    "rest~heading",
    "rest~item",
    "rest:cover",
    "rest:vote",
    "area",
    "area-else",
    "is-reform",
    "reform-said",
    "is-result",
    "is-foreign",
    "is-none",
    "none&component",
    "none&component~heading",
    "none&area",
    "none&lead-unknown",
    "none&lead-weight",
)
"""Names of the features, in the order of the columns."""

OF_HEADINGS = [
    i for i, name in enumerate(FEATURES) if name.startswith(("component", "area", "reform-said", "none&comp", "none&area"))
]
"""Features of what is printed above the row."""

IS_FOREIGN = FEATURES.index("is-foreign")

HEADING_LIKENESS = FEATURES.index("component~heading")

IS_EXACT = [FEATURES.index("lead==item")]
"""Features that only the very words of a form set."""


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as stems."""

    area: str
    component: tuple[Stem, ...]
    lead: tuple[Stem, ...]
    rest: tuple[Stem, ...]
    lead_text: str
    is_negated: bool

    @property
    def is_one_word(self) -> bool:
        """Whether a single word is all that the row has: it names a topic, and decides nothing alone."""
        return not self.component and len({stem.printed for stem in (*self.lead, *self.rest)}) < 2

    @property
    def is_blank(self) -> bool:
        """Whether nothing in the row tells anything."""
        return not (self.component or self.lead or self.rest)


def row_text(words: Words, row: Mapping[str, object]) -> RowText:
    """The stems of a row's texts; what is no text counts as not printed."""
    fields = {name: tuple(words.stems(text_of(row, name))) for name in ("component", *CONTENT)}
    told = [name for name in CONTENT if fields[name]]
    lead = fields[told[0]] if told else ()
    rest = tuple(stem for name in told[1:] for stem in fields[name])
    lead_text = text_of(row, told[0]) if told else ""
    is_negated = any(NEGATION.search(text_of(row, name)) for name in CONTENT)
    return RowText(text_of(row, "area"), fields["component"], lead, rest, lead_text, is_negated)


def text_of(row: Mapping[str, object], name: str) -> str:
    """The text of a field, "" where there is none."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def as_columns(columns: Sequence[npt.NDArray[np.generic] | float]) -> Array:
    """The columns beside each other, rows x columns; as `np.column_stack`, which takes four times as long."""
    table = np.empty((np.size(columns[0]), len(columns)), dtype=np.float64)
    for number, column in enumerate(columns):
        table[:, number] = column
    return table


class ComponentFeatures:
    """Features of every component that a row may serve, and of serving none."""

    def __init__(self, taxonomy: Taxonomy, words: Words, known: Sequence[Wording]) -> None:
        """Features over the given wordings.

        Args:
            taxonomy: the indicators.
            words: the language.
            known: their wordings.
        """
        self.words = words
        self.candidates = (*_in_plan_order(taxonomy), NONE)
        self.index = Index(words, known, self.candidates, [w.component for w in known])
        self.areas = Areas(taxonomy, words)
        homes = [taxonomy.form_of(c).area_of(c) for c in self.candidates[:-1]]
        labels_of_areas = [None if home is None else taxonomy.label_of(home.id) for home in homes]
        self.homes = tuple(str(area) for area in labels_of_areas)
        self._area = np.array([self.areas.ids.index(a) if a in self.areas.ids else -1 for a in labels_of_areas] + [-1])
        nodes = [taxonomy.node(c) for c in self.candidates[:-1]]
        self._reform = _flags(node.aspect is Aspect.REFORM for node in nodes)
        self._result = _flags(node.aspect is Aspect.RESULT for node in nodes)
        self._foreign = _flags(node.form != taxonomy.reference.id for node in nodes)
        self._form = [*(node.form for node in nodes), ""]
        self._none = np.zeros(len(self.candidates), dtype=np.float64)
        self._none[-1] = 1
        self._heading_likeness: dict[tuple[Stem, ...], Likeness] = {}

    def of(self, row: RowText) -> Array:
        """Features of each candidate, candidates x `FEATURES`."""
        component = self._of_heading(row.component)
        lead_bag = self.index.bag(row.lead)
        lead, rest = self.index.like(lead_bag), self.index.like(self.index.bag(row.rest))
        area = self.areas.like(row.area)
        here = np.where(self._area >= 0, area[self._area], 0).astype(np.float64)
        elsewhere = np.where(self._area >= 0, float(area.max()) - here, 0).astype(np.float64)
        said = np.float64(bool(REFORM.search(row.area)) - bool(FULFILMENT.search(row.area)))
        unknown = lead_bag.unknown / (lead_bag.unknown + len(lead_bag.stems)) if row.lead else 0.0
        none = self._none
        return as_columns(
            (
                component.heading,
                component.heading**EXACT,
                component.heading >= SAME,
                component.item,
                component.vote,
                lead.heading,
                lead.item,
                lead.item**EXACT,
                lead.item >= SAME,
                lead.cover,
                lead.vote,
                rest.heading,
                rest.item,
                rest.cover,
                rest.vote,
                here,
                elsewhere,
                self._reform,
                self._reform * said,
                self._result,
                self._foreign,
                none,
                none * bool(row.component),
                none * component.heading[:-1].max(),
                none * bool(row.area),
                none * np.float64(unknown),
                none * np.float64(min(1.0, float(self.index.weight[lead_bag.stems].sum()))),
            )
        )

    def in_form(self, features: Array, form: str | None) -> Array:
        """The features of a row in a plan that is written to a form: what only that form has is not foreign there."""
        at_home = [i for i, home in enumerate(self._form) if home == form]
        if not features[at_home, IS_FOREIGN].any():
            return features
        changed = features.copy()
        changed[at_home, IS_FOREIGN] = 0
        return changed

    def _of_heading(self, stems: tuple[Stem, ...]) -> Likeness:
        """Likeness of a component cell; kept, for a plan repeats it."""
        if stems not in self._heading_likeness:
            if len(self._heading_likeness) > HEADINGS_KEPT:
                self._heading_likeness.clear()
            self._heading_likeness[stems] = self.index.like(self.index.bag(stems))
        return self._heading_likeness[stems]


class Areas:
    """The areas, and how alike a printed area is to each."""

    def __init__(self, taxonomy: Taxonomy, words: Words) -> None:
        """The areas of the reference, then those that only other forms have."""
        self._words = words
        texts: list[tuple[str, str]] = []
        for form in (taxonomy.reference, *(f for f in taxonomy.forms.values() if f is not taxonomy.reference)):
            for node in form.areas:
                label = taxonomy.label_of(node.id)
                if label is not None:
                    texts.append((label, node.name))
                    texts += [(label, alias.text) for alias in taxonomy.aliases_of(node.id)]
        self.ids = tuple(dict.fromkeys(label for label, _ in texts))
        areas = taxonomy.reference.areas
        # "Area 4" counts within the first group (pengungkit); the areas of results have no number in print.
        self._numbered = [area.id for area in areas if area.parent_id == areas[0].parent_id]
        self._stems = [(self.ids.index(label), {s.stem for s in words.stems(text)}) for label, text in texts]
        self._kept: dict[str, Array] = {}

    def like(self, text: str) -> Array:
        """How alike the printed area is to each of `ids`, 0..1."""
        if text not in self._kept:
            if len(self._kept) > HEADINGS_KEPT:
                self._kept.clear()
            self._kept[text] = self._likeness(text)
        return self._kept[text]

    def _likeness(self, text: str) -> Array:
        best = np.zeros(len(self.ids), dtype=np.float64)
        number = AREA_NUMBER.match(text.strip())
        if number:
            value = int(number[1]) if number[1].isdigit() else ROMANS.index(number[1].upper()) + 1
            if 1 <= value <= len(self._numbered):
                best[value - 1] = 1
            return best
        asked = {stem.stem for stem in self._words.stems(text)}
        for area, stems in self._stems:
            if asked and stems:
                best[area] = max(best[area], len(asked & stems) / np.sqrt(len(asked) * len(stems)))
        return best


def _in_plan_order(taxonomy: Taxonomy) -> list[str]:
    """All components that may be labels, those that only another form has where a plan by that form would print them."""
    own = dict.fromkeys(c for c in (component_of(taxonomy, label) for label in taxonomy.labels) if c is not None)
    order = [c for c in own if c in taxonomy.reference]
    for form in taxonomy.forms.values():
        last: str | None = None
        for node in form.components:
            label = taxonomy.label_of(node.id)
            if label is not None and label in own and label not in order:
                order.insert(0 if last is None else order.index(last) + 1, label)
            last = label if label in order else last
    return order


def _flags(values: Iterable[bool]) -> Array:
    """The values of the components, and 0 for none of them."""
    return np.array([*values, False], dtype=np.float64)
