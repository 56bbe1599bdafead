"""Which indicator a row serves, how surely, and why: the one place where scores become decisions.

Two stages. First every component gets the share that the row's words give it (`features`, `choice`); over a whole plan
the shares are weighed together (`sequence`). Then the items of the likely components are compared (`items`). A score is a
calibrated probability times 100, not a string likeness: of the rows at 90, about nine in ten are right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from taxonomy.calibration import Calibration, load_calibration
from taxonomy.choice import Array, shares
from taxonomy.features import IS_EXACT, OF_HEADINGS, ComponentFeatures, RowText, row_text
from taxonomy.form import Taxonomy
from taxonomy.index import EQUAL_DIGITS
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
POSSIBLE = 0.001  # share of a component from which it is not out of the question
DECIDING_WORDS = 5  # told for each row
ROWS_AT_ONCE = 128  # rows that are weighed in one go: 2 MB of numbers
FREE_ITEMS = 0.3  # share of steps between items that follow no habit: offices repeat them, and turn them round
WHOLE = 1.0  # a row of a component as a whole is as likely after one row as after another
NEGATED_SHARE = 0.5  # of a probability, for a row that says that nothing is done: neither present nor missing
PLAN_ROW_FROM = 0.9  # probability of a component from which a row counts as one of a plan of Zona Integritas
LEAST_PLAN_SHARE = 0.2  # such rows of all: below it the table is no plan of Zona Integritas, and none of its matches is sure
LEAST_PLAN_ROWS = 3  # such rows: one or two come about by chance,
MOSTLY = 0.5  # save where they are so many of all
NEIGHBOURS_GIVE = 0.3  # probability that a match must owe to the rows around it to rest on them


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
        component_score: the same of its component: often sure where the item is not.
        margin: its lead over the next different indicator, 0..100.
        method: what it rests on.
        status: how far it may be relied on.
        candidates: the chosen one, then the next likeliest by score.
        words: the words that spoke for it most, best first.
        components: probability 0..1 of each component that is not out of the question.
        nothing: probability 0..1 that it serves no indicator.
    """

    indicator_id: str | None
    score: float
    component_score: float
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
        best: number of the likeliest component.
        best_unheaded: the same without what is printed above the row.
        worded: of each candidate, whether the row says it in the very words of a form.
    """

    text: RowText
    features: npt.NDArray[np.float64]
    shares: Array
    best: int
    best_unheaded: int
    worded: list[bool]


@dataclass(frozen=True, slots=True)
class PlanMatch:
    """A plan and what its rows serve; every list has one entry a row.

    Attributes:
        form: id of the form that it was written to, by its wording; None where no form leads clearly.
        said: what each row says by itself.
        together: probability of each candidate in the light of all rows, rows x candidates.
        parts: probability of each item of the likeliest component, likewise.
        matches: what each row serves.
    """

    form: str | None
    said: list[Said]
    together: Array
    parts: list[Array]
    matches: list[Match]


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
        # Of each stem, as plain numbers, which are quicker to look up than those of an array.
        self._votes = list(zip(self.components.index.votes.tolist(), self.components.index.weight.tolist(), strict=True))
        self._items: dict[str, ItemFeatures] = {}
        self._item_tables: dict[int, Array] = {}
        self._tables = {cell: preferences(self.components.homes, calibration.habits[cell], FREE[cell]) for cell in Cell}

    def items(self, component: str) -> ItemFeatures:
        """The features of the items of a component; made once."""
        if component not in self._items:
            self._items[component] = ItemFeatures(self.taxonomy, self.words, component, self.known)
        return self._items[component]

    def match_each(self, rows: Sequence[Fields]) -> list[Match]:
        """The match of each row by itself."""
        said = self.said_each(rows)
        parts = self._parts_of([one.text for one in said], [one.best for one in said])
        matches = [self._decide(one, one.shares, one.best, part, None) for one, part in zip(said, parts, strict=True)]
        return [_unsure(m) if one.text.is_one_word else m for one, m in zip(said, matches, strict=True)]

    def match_plan(self, rows: Sequence[Fields]) -> list[Match]:
        """The match of each row of one plan, its rows in print order, weighed together."""
        return self.plan(rows).matches

    def plan(self, rows: Sequence[Fields]) -> PlanMatch:
        """A plan matched, its rows in print order weighed together."""
        texts = [row_text(self.words, row) for row in rows]
        form = self._forms.form_of(texts)
        said = self._said(texts, form)
        together = self._together(said)
        best = likeliest_each(together)
        parts = self._parts_together(texts, best)
        matches = [self._decide(*row, form) for row in zip(said, together, best, parts, strict=True)]
        if not is_plan(matches):
            form, matches = None, [_unsure(match) for match in matches]
        return PlanMatch(form, said, together, parts, matches)

    def said(self, row: Fields) -> Said:
        """What a row says by itself."""
        return self.said_each([row])[0]

    def said_each(self, rows: Sequence[Fields]) -> list[Said]:
        """What each row says by itself."""
        return self._said([row_text(self.words, row) for row in rows], None)

    def _said(self, texts: Sequence[RowText], form: str | None) -> list[Said]:
        """What each row says by itself; in a plan of a form the components that only that form has are no strangers."""
        weights = self.calibration.component_weights
        said: list[Said] = []
        for first in range(0, len(texts), ROWS_AT_ONCE):
            some = texts[first : first + ROWS_AT_ONCE]
            features = self.components.in_form(self.components.of_each(some), form)
            own = shares(features, weights)
            unheaded = features.copy()
            unheaded[..., OF_HEADINGS] = 0
            worded: list[list[bool]] = np.any(features[..., IS_EXACT], axis=-1).tolist()
            best, best_unheaded = likeliest_each(own), likeliest_each(shares(unheaded, weights))
            said += [Said(*one) for one in zip(some, features, own, best, best_unheaded, worded, strict=True)]
        return said

    def _together(self, said: Sequence[Said]) -> Array:
        """The shares of the candidates in every row of a plan, rows x candidates, in the light of all its rows."""
        if not said:
            return np.zeros((0, len(self.components.candidates)))
        cells = cells_of([tuple(stem.stem for stem in one.text.component) for one in said])
        return posterior(np.array([one.shares for one in said]), cells, self._tables, self.calibration.aside)

    def _parts_together(self, texts: Sequence[RowText], best: Sequence[int]) -> list[Array]:
        """The shares of the items of the likeliest component of every row, in the light of its rows before and after.

        Rows that follow each other under one component take its items in turn: "evaluasi" after the item that is
        evaluated is its evaluation.
        """
        parts = self._parts_of(texts, best)
        for _, run in groupby(range(len(texts)), key=lambda row: best[row]):
            rows = list(run)
            alone = np.array([parts[row] for row in rows])
            if alone.shape[1] > 2 and len(rows) > 1:
                tables = {Cell.BLANK: self._preferred_items(alone.shape[1] - 1)}
                weighed = posterior(alone, [Cell.BLANK] * len(rows), tables, WHOLE)
                for row, chances in zip(rows, weighed, strict=True):
                    parts[row] = chances
        return parts

    def _preferred_items(self, count: int) -> Array:
        """How much likelier each step among so many items is than by chance; made once."""
        if count not in self._item_tables:
            # Every item is an area of its own here: only the order counts.
            order = [str(item) for item in range(count)]
            self._item_tables[count] = preferences(order, self.calibration.item_habits, FREE_ITEMS)
        return self._item_tables[count]

    def _parts_of(self, texts: Sequence[RowText], components: Sequence[int]) -> list[Array]:
        """The shares of the items of each row's component by the row's own words."""
        parts: dict[int, Array] = {}
        for component in dict.fromkeys(components):
            rows = [row for row, own in enumerate(components) if own == component]
            features = self.items(self.components.candidates[component]).of_each([texts[row] for row in rows])
            parts.update(zip(rows, shares(features, self.calibration.item_weights), strict=True))
        return [parts[row] for row in range(len(texts))]

    def _decide(self, said: Said, together: Array, best: int, parts: Array, form: str | None) -> Match:
        limits = self.calibration.thresholds
        names = self.components.candidates
        *chances, nothing = together.tolist()
        weight = NEGATED_SHARE if said.text.is_negated else 1
        possible = {n: own * weight for n, own in zip(names[:-1], chances, strict=True) if own * weight >= POSSIBLE}
        if said.text.is_blank:
            return Match(None, 0.0, 0.0, 0.0, Method.NONE, Status.NONE, (), (), possible, nothing)
        share = chances[best]
        likely = {name: chance for name, chance in possible.items() if chance >= LIKELY}
        first, *others = self._ranked(said.text, {**likely, names[best]: share}, names[best], parts)
        margin = round(max(0.0, first.score - max((c.score for c in others), default=0.0)), 1)
        candidates = (first, *others[: CANDIDATES - 1])
        component_score = round(100 * share, 1)
        if nothing >= max(limits.none, share):
            method, status = Method.NONE, Status.NONE
            return Match(None, first.score, component_score, margin, method, status, candidates, (), possible, nothing)
        sure = share >= limits.accepted and first.score >= 100 * limits.accepted_item * share
        home = self.taxonomy.form_of(first.id)
        # What only another form has is looked at, unless the plan is written to that form or the row has its very words; so is
        # what is told not to be done.
        is_expected = home is self.taxonomy.reference or home.id == form or said.worded[best]
        status = Status.ACCEPTED if sure and is_expected and not said.text.is_negated else Status.REVIEW
        method, words = _method(said, share, best), self._deciding(said.text, best, together)
        return Match(first.id, first.score, component_score, margin, method, status, candidates, words, possible, nothing)

    def _ranked(self, text: RowText, components: Mapping[str, float], best: str, parts: Array) -> list[Candidate]:
        """The indicators of the likely components: the best of the best component, then all others by score."""
        of_best: list[Candidate] = []
        others: list[Candidate] = []
        for component, share in components.items():
            items = self.items(component)
            within = parts if component == best else shares(items.of(text), self.calibration.item_weights)
            told = (round(100 * share * part, 1) for part in within.tolist())
            found = [Candidate(label, score) for label, score in zip(items.options, told, strict=True)]
            (of_best if component == best else others).extend(found)
        first = max(of_best, key=lambda candidate: candidate.score)
        rest = [candidate for candidate in (*of_best, *others) if candidate is not first]
        return [first, *sorted(rest, key=lambda candidate: -candidate.score)]

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
                votes, weight = self._votes[number]
                force = (votes[best] - votes[rival]) * stem.share * weight
                if force > pull.get(stem.printed, 0.0):
                    pull[stem.printed] = force
        told = sorted(pull, key=lambda word: -pull[word])
        return tuple(told[:DECIDING_WORDS])


def _method(said: Said, share: float, best: int) -> Method:
    """What it rests on that a row serves its likeliest component in a plan, with that share."""
    if said.best != best or share - float(said.shares[best]) >= NEIGHBOURS_GIVE:
        return Method.NEIGHBOURS
    if said.worded[best]:
        return Method.WORDING
    return Method.WORDS if said.best_unheaded == best else Method.HEADING


def columns_of(match: Match) -> dict[str, object]:
    """A match as columns of a table, in plain types, by the names that they have in ``plan_rows``."""
    return {
        "indicator_id": match.indicator_id,
        "match_score": match.score,
        "component_score": match.component_score,
        "match_margin": match.margin,
        "match_status": str(match.status),
        "match_method": str(match.method),
        "candidates": [{"id": candidate.id, "score": candidate.score} for candidate in match.candidates],
        "match_words": list(match.words),
    }


def is_plan(matches: Sequence[Match]) -> bool:
    """Whether enough rows surely serve a component for their table to be a plan of Zona Integritas."""
    some = sum(match.component_score >= 100 * PLAN_ROW_FROM for match in matches)
    share = some / max(1, sum(bool(match.candidates) for match in matches))  # a blank row says nothing about its table
    return share >= MOSTLY or (some >= LEAST_PLAN_ROWS and share >= LEAST_PLAN_SHARE)


def _unsure(match: Match) -> Match:
    """The match, for review where it was accepted."""
    return replace(match, status=Status.REVIEW) if match.status is Status.ACCEPTED else match


def likeliest(chances: Array) -> int:
    """The number of the likeliest component; of equal ones the first, whatever the last digits of the machine say."""
    return likeliest_each(chances[None])[0]


def likeliest_each(chances: Array) -> list[int]:
    """The number of the likeliest component of each row, rows x candidates."""
    best: list[int] = chances[:, :-1].round(EQUAL_DIGITS).argmax(axis=1).tolist()
    return best


@cache
def load_matcher() -> Matcher:
    """The matcher of the project's own taxonomy and calibration; made once."""
    return Matcher(load_taxonomy(), load_calibration())
