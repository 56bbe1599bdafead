"""Which form a plan was written to, by its wording alone.

What it cites says little: decrees that cite PermenPANRB 90/2021 are often written to an older form.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from taxonomy.features import RowText
from taxonomy.form import Form, Level, Taxonomy
from taxonomy.index import TEXTS_AT_ONCE, Array, Bag, Index, Uses

LEAST_LEAD = 0.01  # mean likeness by which a form must lead the next one to be told
LEAST_TEXTS = 5  # worded by some form; fewer tell nothing
ALIKE = 0.5  # likeness from which a text is worded by a form at all


class FormReader:
    """Tells the form from the rows of a plan."""

    def __init__(self, taxonomy: Taxonomy, index: Index) -> None:
        """A reader of the forms of a taxonomy.

        Args:
            taxonomy: the forms.
            index: knows the words and how much each tells.
        """
        self._index = index
        self._forms = tuple(taxonomy.forms)
        names = [self._names_of(form) for form in taxonomy.forms.values()]
        self._starts = np.cumsum([0, *(own.shape[1] for own in names[:-1])])
        self._uses = Uses(np.concatenate(names, axis=1))

    def form_of(self, rows: Sequence[RowText]) -> str | None:
        """The form whose names the rows are most alike to; None where no form leads clearly."""
        texts = dict.fromkeys(stems for row in rows for stems in (row.component, row.lead))
        bags = [bag for bag in (self._index.bag(stems) for stems in texts if stems) if not bag.is_empty]
        worded = [found for found in self._likeness(bags) if max(found) >= ALIKE]
        if len(worded) < LEAST_TEXTS:
            return None
        means = dict(zip(self._forms, np.array(worded).mean(axis=0), strict=True))
        first, *others = sorted(means, key=lambda form: -means[form])
        leads = not others or means[first] - means[others[0]] >= LEAST_LEAD
        return first if leads else None

    def _likeness(self, bags: Sequence[Bag]) -> list[list[float]]:
        """How alike each text is to the likest name of each form, texts x forms."""
        found: list[list[float]] = []
        for first in range(0, len(bags), TEXTS_AT_ONCE):
            some = bags[first : first + TEXTS_AT_ONCE]
            lengths = np.array([self._index.weight[bag.stems].sum() for bag in some])
            best = np.maximum.reduceat(self._uses.overlaps(some), self._starts, axis=1)
            found += (best / np.sqrt(lengths)[:, None]).tolist()
        return found

    def _names_of(self, form: Form) -> Array:
        """The names of a form's components and items as weighed words, stems x names, each of length 1."""
        nodes = [node for node in form.nodes if node.worded and node.level in (Level.COMPONENT, Level.ITEM)]
        names = np.zeros((len(self._index.number), len(nodes)), dtype=np.float64)
        for column, node in enumerate(nodes):
            stems = self._index.bag(self._index.words.stems(node.name)).stems
            names[stems, column] = self._index.weight[stems]
        lengths = np.sqrt(np.maximum(names.sum(axis=0), 1e-6))
        return np.asarray(names / lengths, dtype=np.float64)
