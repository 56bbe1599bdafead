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
AREAS_KEPT = 5_000  # different cells whose likeness to the areas is kept
TEXTS_KEPT = 5_000  # different texts whose likeness is kept, 3 KB each
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
    fields = {name: words.read(text_of(row, name)) for name in ("component", *CONTENT)}
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
    """The columns beside each other as the last axis; the first one tells the others."""
    table = np.empty((*np.shape(columns[0]), len(columns)), dtype=np.float64)
    for number, column in enumerate(columns):
        table[..., number] = column
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
        self._kept: dict[tuple[Stem, ...], _Heard] = {}

    def of(self, row: RowText) -> Array:
        """Features of each candidate, candidates x `FEATURES`."""
        features: Array = self.of_each([row])[0]
        return features

    def of_each(self, rows: Sequence[RowText]) -> Array:
        """Features of each candidate in each row, rows x candidates x `FEATURES`."""
        if not rows:
            return np.zeros((0, len(self.candidates), len(FEATURES)), dtype=np.float64)
        heard = self._heard({stems: None for row in rows for stems in (row.component, row.lead, row.rest)})
        component, lead, rest = (
            stacked([heard[stems].likeness for stems in role])
            for role in ([row.component for row in rows], [row.lead for row in rows], [row.rest for row in rows])
        )
        area = np.array([self.areas.like(row.area) for row in rows])
        here = np.where(self._area >= 0, area[:, self._area], 0)
        elsewhere = np.where(self._area >= 0, area.max(axis=1, keepdims=True) - here, 0)
        said = one_each(bool(REFORM.search(row.area)) - bool(FULFILMENT.search(row.area)) for row in rows)
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
                none * one_each(bool(row.component) for row in rows),
                none * component.heading[:, :-1].max(axis=1, keepdims=True),
                none * one_each(bool(row.area) for row in rows),
                none * one_each(heard[row.lead].unknown for row in rows),
                none * one_each(min(1.0, heard[row.lead].weight) for row in rows),
            )
        )

    def in_form(self, features: Array, form: str | None) -> Array:
        """The features of rows in a plan that is written to a form: what only that form has is not foreign there."""
        at_home = [i for i, home in enumerate(self._form) if home == form]
        if not features[..., at_home, IS_FOREIGN].any():
            return features
        changed = features.copy()
        changed[..., at_home, IS_FOREIGN] = 0
        return changed

    def _heard(self, texts: Iterable[tuple[Stem, ...]]) -> Mapping[tuple[Stem, ...], _Heard]:
        """What the index says of each text; kept, for a plan repeats its headings, and offices each other's wording."""
        found = {stems: self._kept.get(stems) for stems in texts}
        fresh = [stems for stems, heard in found.items() if heard is None]
        bags = [self.index.bag(stems) for stems in fresh]
        for stems, bag, likeness in zip(fresh, bags, self.index.like_each(bags), strict=True):
            unknown = bag.unknown / (bag.unknown + len(bag.stems)) if stems else 0.0
            found[stems] = self._kept[stems] = _Heard(likeness, unknown, float(self.index.weight[bag.stems].sum()))
        while len(self._kept) > TEXTS_KEPT:
            del self._kept[next(iter(self._kept))]
        return {stems: heard for stems, heard in found.items() if heard is not None}


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the index says of a text: likeness, share of its words that no wording has, weight of the others."""

    likeness: Likeness
    unknown: float
    weight: float


def stacked(likeness: Sequence[Likeness]) -> Likeness:
    """The likeness of several texts as one, every array texts x groups."""
    return Likeness(
        np.array([one.heading for one in likeness]),
        np.array([one.item for one in likeness]),
        np.array([one.cover for one in likeness]),
        np.array([one.vote for one in likeness]),
    )


def one_each(values: Iterable[float]) -> Array:
    """One value a row, to stand beside the candidates."""
    return np.array(list(values), dtype=np.float64)[:, None]


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
            if len(self._kept) > AREAS_KEPT:
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
