"""What speaks for each item of one component, or for the component as a whole, in a row that serves it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from taxonomy.features import EXACT, RowText
from taxonomy.form import Level, Taxonomy
from taxonomy.index import FULL_COVER_WITHIN, Array, Index
from taxonomy.wordings import Kind, Wording
from taxonomy.words import Stem, Words

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
    "component~item",
    "whole",
    "whole~own",
    "whole=own",
    "whole~heading",
    "whole&second-lead",
    "whole&second-rest",
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
        self._is_lone = len(items) == 1

    def of(self, row: RowText) -> Array:
        """Features of each option, options x `ITEM_FEATURES`."""
        index = self._index
        lead_bag, rest_bag = index.bag(row.lead), index.bag(row.rest)
        lead, rest = index.like(lead_bag), index.like(rest_bag)
        heading = index.like(index.bag(row.component))
        whole = np.zeros(len(self.options), dtype=np.float32)
        whole[-1] = 1
        part = 1 - whole
        return np.column_stack(
            (
                part * lead.item,
                part * lead.item**EXACT,
                part * lead.cover,
                lead.vote,
                part * rest.item,
                part * rest.cover,
                rest.vote,
                part * heading.item,
                whole,
                whole * lead.item,
                whole * lead.item**EXACT,
                whole * lead.heading,
                whole * self._second(row.lead),
                whole * self._second(row.rest),
                whole * self._clauses(row.lead_text),
                whole * (not row.lead),
                whole * self._is_lone,
            )
        )

    def _second(self, stems: Sequence[Stem]) -> float:
        """How well a second item is covered by the words that the best covered one leaves: a row may name several."""
        bag = self._named.bag(stems)
        if len(self.options) < 3 or bag.is_empty:
            return 0.0
        best = int(self._named.like(bag).cover[:-1].argmax())
        again = self._named.like(self._named.without(bag, best)).cover[:-1]
        again[best] = 0
        return float(again.max())

    def _clauses(self, text: str) -> float:
        """How clearly a clause of the text speaks for another item than another clause does."""
        parts = [self._named.bag(self._words.stems(part)) for part in JOINT.split(text)]
        votes = [self._named.like(part).vote[:-1] for part in parts if not part.is_empty]
        votes = [vote / vote.sum() for vote in votes if vote.sum() > 0]
        if len(votes) < 2 or len(self.options) < 3:
            return 0.0
        return max(min(float((a - b).max()), float((b - a).max())) for i, a in enumerate(votes) for b in votes[:i])
