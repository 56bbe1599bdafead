"""What speaks for each item of one component, or for the component as a whole, in a row that serves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from taxonomy.features import EXACT, RowText, as_columns, one_each, stacked
from taxonomy.form import Level, Taxonomy
from taxonomy.index import FULL_COVER_WITHIN, Array, Index
from taxonomy.wordings import Kind, Wording
from taxonomy.words import Stem, Words

ROWS_KEPT = 200  # rows of each component whose features are kept, some 20 MB over all components
MOST_CLAUSES = 12  # of one text: a list of more adds nothing to what the first ones tell
JOINT = re.compile(r",|;|\bdan\b|\bserta\b|&|\d\)", re.IGNORECASE)
"""What joins several things into one text."""

ITEM_FEATURES = (
    "lead~item",
    "lead=item",
    "lead:cover",
    "lead:vote",
    "rest~item",
    "rest:cover",
    "rest:vote",
    "whole",
    "whole~own",
    "whole=own",
    "whole~heading",
    "whole&second",
    "whole&clauses",
    "whole&no-lead",
    "whole&lone-item",
)
"""Names of the features, in the order of the columns; *whole* stands for the component as a whole."""


class ItemFeatures:
    """Features of the items of one component; the last option is the component as a whole."""

    def __init__(self, taxonomy: Taxonomy, words: Words, component: str, known: Sequence[Wording]) -> None:
        """Features over the wordings of the component.

        Args:
            taxonomy: the indicators.
            words: the language.
            component: id of the component.
            known: wordings, also of other components.
        """
        form = taxonomy.form_of(component)
        items = [n.id for n in form.children(component) if n.level is Level.ITEM and taxonomy.label_of(n.id) == n.id]
        self.options = (*items, component)
        mine = [w for w in known if w.component == component and w.label in self.options]
        self._words = words
        self._index = Index(words, mine, self.options, [w.label for w in mine])
        named = [w for w in mine if w.kind is not Kind.PRACTICE]
        self._named = Index(words, named, self.options, [w.label for w in named], FULL_COVER_WITHIN)
        self._is_lone = len(items) < 2
        self._kept: dict[tuple[tuple[Stem, ...], tuple[Stem, ...], str], Array] = {}

    def of(self, row: RowText) -> Array:
        """Features of each option, options x `ITEM_FEATURES`."""
        features: Array = self.of_each([row])[0]
        return features

    def of_each(self, rows: Sequence[RowText]) -> Array:
        """Features of each option in each row, rows x options x `ITEM_FEATURES`; kept, for offices copy each other's rows."""
        asked = [(row.lead, row.rest, row.lead_text) for row in rows]
        found = {text: self._kept.get(text) for text in asked}
        fresh = {text: row for text, row in zip(asked, rows, strict=True) if found[text] is None}
        if fresh:
            for text, features in zip(fresh, self._of_each(list(fresh.values())), strict=True):
                found[text] = self._kept[text] = features.copy()  # its own numbers: a view would keep those of all rows
        while len(self._kept) > ROWS_KEPT:
            del self._kept[next(iter(self._kept))]
        return np.array([found[text] for text in asked])

    def _of_each(self, rows: Sequence[RowText]) -> Array:
        index = self._index
        lead = stacked([index.like(index.bag(row.lead)) for row in rows])
        rest = stacked([index.like(index.bag(row.rest)) for row in rows])
        whole = np.zeros(len(self.options), dtype=np.float64)
        whole[-1] = 1
        part = 1 - whole
        return as_columns(
            (
                part * lead.item,
                part * lead.item**EXACT,
                part * lead.cover,
                lead.vote,
                part * rest.item,
                part * rest.cover,
                rest.vote,
                whole,
                whole * lead.item,
                whole * lead.item**EXACT,
                whole * lead.heading,
                whole * one_each(self._second(row.lead) for row in rows),
                whole * one_each(self._clauses(row.lead_text) for row in rows),
                whole * one_each(not row.lead for row in rows),
                whole * self._is_lone,
            )
        )

    def _second(self, stems: Sequence[Stem]) -> float:
        """How well a second item is covered by the words that the best covered one leaves: a row may name several."""
        return 0.0 if self._is_lone else max(self._named.second_cover(self._named.bag(stems))[:-1])

    def _clauses(self, text: str) -> float:
        """How clearly a clause of the text speaks for another item than another clause does."""
        if self._is_lone or not text:
            return 0.0
        parts = list(dict.fromkeys(JOINT.split(text)))[:MOST_CLAUSES]
        if len(parts) < 2:
            return 0.0
        votes = [self._named.vote(self._named.bag(self._words.stems(part)))[:-1] for part in parts]
        shares: list[list[float]] = [(vote / vote.sum()).tolist() for vote in votes if vote.sum() > 0]
        leads = [[x - y for x, y in zip(a, b, strict=True)] for a, b in combinations(shares, 2)]
        return max((min(max(lead), -min(lead)) for lead in leads), default=0.0)
