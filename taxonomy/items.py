"""What speaks for each item of one component, or for the component as a whole, in a row that serves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from taxonomy.features import EXACT, RowText, as_columns
from taxonomy.form import Level, Taxonomy
from taxonomy.index import FULL_COVER_WITHIN, Array, Index
from taxonomy.wordings import Kind, Wording
from taxonomy.words import Stem, Words

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

    def of(self, row: RowText) -> Array:
        """Features of each option, options x `ITEM_FEATURES`."""
        index = self._index
        lead_bag, rest_bag = index.bag(row.lead), index.bag(row.rest)
        lead, rest = index.like(lead_bag), index.like(rest_bag)
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
                whole * self._second(row.lead),
                whole * self._clauses(row.lead_text),
                whole * (not row.lead),
                whole * self._is_lone,
            )
        )

    def _second(self, stems: Sequence[Stem]) -> float:
        """How well a second item is covered by the words that the best covered one leaves: a row may name several."""
        return 0.0 if self._is_lone else float(self._named.second_cover(self._named.bag(stems))[:-1].max())

    def _clauses(self, text: str) -> float:
        """How clearly a clause of the text speaks for another item than another clause does."""
        parts = list(dict.fromkeys(JOINT.split(text)))[:MOST_CLAUSES]
        if self._is_lone or len(parts) < 2:
            return 0.0
        votes = [self._named.vote(self._named.bag(self._words.stems(part)))[:-1] for part in parts]
        votes = [vote / vote.sum() for vote in votes if vote.sum() > 0]
        pairs = combinations(votes, 2)
        return max((min(float((a - b).max()), float((b - a).max())) for a, b in pairs), default=0.0)
