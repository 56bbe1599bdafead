"""Which indicator a row serves, how surely, and why: the one place where scores become decisions.

Two stages. First every component gets the share that the row's words give it (`features`, `choice`); over a whole plan
the shares are weighed together (`sequence`). Then the items of the likely components are compared (`items`). A score is a
calibrated probability times 100, not a string likeness: of the rows at 90, about nine in ten are right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from taxonomy.calibration import Calibration, load_calibration
from taxonomy.choice import Array, shares
from taxonomy.features import IS_EXACT, OF_HEADINGS, ComponentFeatures, RowText, row_text
from taxonomy.form import Taxonomy
from taxonomy.items import ItemFeatures
from taxonomy.load import DATA_DIR, load_taxonomy
from taxonomy.sequence import FREE, Cell, cells_of, posterior, preferences
from taxonomy.wordings import Wording, wordings
from taxonomy.words import load_words
from taxonomy.written_to import FormReader

Fields = Mapping[str, object]
"""A row: texts under ``area``, ``component``, ``item``, ``action``, ``evidence``, ``success_indicator``; any may be missing."""

CANDIDATES = 5  # kept for each row
LIKELY = 0.02  # share of a component from which its items are compared
DECIDING_WORDS = 5  # told for each row


class Status(StrEnum):
    """How far a match may be relied on."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    NONE = "none"


class Method(StrEnum):
    """What a match rests on.

    ``wording``: the row says it in the words of a form. ``words``: its weighed words. ``heading``: the component printed
    above it, where its own words alone would not do. ``neighbours``: the rows around it. ``none``: nothing fits.
    """

    WORDING = "wording"
    WORDS = "words"
    HEADING = "heading"
    NEIGHBOURS = "neighbours"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that a row may serve.

    Attributes:
        id: of the indicator.
        score: probability, 0..100.
    """

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a row serves.

    Attributes:
        indicator_id: the indicator, None where none is good enough.
        score: its probability, 0..100; of the best candidate where there is none.
        margin: its lead over the next different indicator, 0..100.
        method: what it rests on.
        status: how far it may be relied on.
        candidates: the likeliest indicators, best first.
        words: the words that spoke for it most, best first.
        components: probability 0..1 of each component that is not out of the question.
        nothing: probability 0..1 that it serves no indicator.
    """

    indicator_id: str | None
    score: float
    margin: float
    method: Method
    status: Status
    candidates: tuple[Candidate, ...]
    words: tuple[str, ...]
    components: Mapping[str, float]
    nothing: float


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says by itself.

    Attributes:
        text: its stems.
        features: candidates x features.
        shares: probability of each candidate.
    """

    text: RowText
    features: npt.NDArray[np.float32]
    shares: Array


class Matcher:
    """Matches rows to the labels of a taxonomy."""

    def __init__(self, taxonomy: Taxonomy, calibration: Calibration, known: Sequence[Wording] | None = None) -> None:
        """A matcher.

        Args:
            taxonomy: the indicators.
            calibration: the fitted numbers.
            known: wordings of the indicators, all of the taxonomy's by default.
        """
        self.taxonomy = taxonomy
        self.calibration = calibration
        self.known = tuple(wordings(taxonomy) if known is None else known)
        self.words = load_words(DATA_DIR / "words", [w.text for w in self.known])
        self.components = ComponentFeatures(taxonomy, self.words, self.known)
        self._forms = FormReader(taxonomy, self.components.index)
        self._items: dict[str, ItemFeatures] = {}
        self._tables = {cell: preferences(self.components.homes, calibration.habits[cell], FREE[cell]) for cell in Cell}

    def items(self, component: str) -> ItemFeatures:
        """The features of the items of a component; made once."""
        if component not in self._items:
            self._items[component] = ItemFeatures(self.taxonomy, self.words, component, self.known)
        return self._items[component]

    def match_each(self, rows: Sequence[Fields]) -> list[Match]:
        """The match of each row by itself."""
        said = [self.said(row) for row in rows]
        return [self._decide(one, one.shares) for one in said]

    def match_plan(self, rows: Sequence[Fields]) -> list[Match]:
        """The match of each row of one plan, its rows in print order, weighed together."""
        return self.match_said([self.said(row) for row in rows])

    def match_said(self, said: Sequence[Said]) -> list[Match]:
        """As `match_plan`, of what its rows say."""
        return [self._decide(one, shares) for one, shares in zip(said, self.together(said), strict=True)]

    def form_of(self, rows: Sequence[RowText]) -> str | None:
        """The form that a plan was written to, by its wording; None where no form leads clearly."""
        return self._forms.form_of(rows)

    def said(self, row: Fields) -> Said:
        """What a row says by itself."""
        text = row_text(self.words, row)
        features = self.components.of(text)
        return Said(text, features, shares(features, self.calibration.component_weights))

    def together(self, said: Sequence[Said]) -> Array:
        """The shares of the candidates in every row of a plan, rows x candidates, in the light of all its rows."""
        if not said:
            return np.zeros((0, len(self.components.candidates)))
        cells = cells_of([tuple(stem.stem for stem in one.text.component) for one in said])
        return posterior(np.array([one.shares for one in said]), cells, self._tables, self.calibration.aside)

    def _decide(self, said: Said, together: Array) -> Match:
        text = said.text
        limits = self.calibration.thresholds
        names = self.components.candidates
        possible = {names[i]: float(together[i]) for i in np.flatnonzero(together[:-1] >= LIKELY)}
        best = int(together[:-1].argmax())
        labels = [
            Candidate(label, round(100 * share * float(part), 1))
            for component, share in {**possible, names[best]: float(together[best])}.items()
            for label, part in self._item_shares(component, text)
        ]
        labels.sort(key=lambda candidate: -candidate.score)
        first = next(c for c in labels if self._component(c.id) == names[best])
        rival = next((c.score for c in labels if c.id != first.id), 0.0)
        nothing = text.is_blank or float(together[-1]) >= max(limits.none, float(together[best]))
        sure = together[best] >= limits.accepted and first.score >= 100 * limits.accepted_item * together[best]
        status = Status.NONE if nothing else Status.ACCEPTED if sure else Status.REVIEW
        method = Method.NONE if nothing else self._method(said, best)
        ranked = [first, *(c for c in labels if c is not first)][:CANDIDATES]
        return Match(
            None if nothing else first.id,
            first.score,
            round(first.score - rival, 1),
            method,
            status,
            tuple(ranked),
            () if nothing else self._deciding(text, best, together),
            possible,
            float(together[-1]),
        )

    def _item_shares(self, component: str, text: RowText) -> list[tuple[str, float]]:
        """The items of a component, and the component itself, with their shares in it."""
        items = self.items(component)
        parts = shares(items.of(text), self.calibration.item_weights)
        return list(zip(items.options, (float(part) for part in parts), strict=True))

    def _component(self, label: str) -> str:
        node = self.taxonomy.form_of(label).component_of(label)
        return label if node is None else node.id

    def _method(self, said: Said, best: int) -> Method:
        if int(said.shares[:-1].argmax()) != best or said.shares[best] < self.calibration.thresholds.accepted / 2:
            return Method.NEIGHBOURS
        if said.features[best, IS_EXACT].any():
            return Method.WORDING
        own = said.features.copy()
        own[:, OF_HEADINGS] = 0
        alone = shares(own, self.calibration.component_weights)
        return Method.WORDS if int(alone[:-1].argmax()) == best else Method.HEADING

    def _deciding(self, text: RowText, best: int, together: Array) -> tuple[str, ...]:
        """The words that speak most for the component, against the next best one."""
        index = self.components.index
        rivals = together[:-1].copy()
        rivals[best] = -1
        rival = int(rivals.argmax())
        pull: dict[str, float] = {}
        for stem in (*text.lead, *text.component, *text.rest):
            number = index.number.get(stem.stem)
            if number is not None:
                lead = float(index.votes[number, best] - index.votes[number, rival]) * stem.share
                pull[stem.printed] = max(pull.get(stem.printed, 0.0), lead * float(index.weight[number]))
        told = sorted((word for word, force in pull.items() if force > 0), key=lambda word: -pull[word])
        return tuple(told[:DECIDING_WORDS])


@cache
def load_matcher() -> Matcher:
    """The matcher of the project's own taxonomy and calibration; made once."""
    return Matcher(load_taxonomy(), load_calibration())
