"""Which form a plan was written to, by its wording alone.

What it cites says little: decrees that cite PermenPANRB 90/2021 are often written to an older form.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from taxonomy.features import RowText
from taxonomy.form import Form, Level, Taxonomy
from taxonomy.index import Array, Bag, Index

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
        self._names = {form.id: self._names_of(form) for form in taxonomy.forms.values()}

    def form_of(self, rows: Sequence[RowText]) -> str | None:
        """The form whose names the rows are most alike to; None where no form leads clearly."""
        texts = dict.fromkeys(stems for row in rows for stems in (row.component, row.lead))
        likeness = [self._likeness(self._index.bag(stems)) for stems in texts if stems]
        worded = np.array([found for found in likeness if max(found) >= ALIKE])
        if len(worded) < LEAST_TEXTS:
            return None
        means = dict(zip(self._names, worded.mean(axis=0), strict=True))
        first, *others = sorted(means, key=lambda form: -means[form])
        leads = not others or means[first] - means[others[0]] >= LEAST_LEAD
        return first if leads else None

    def _likeness(self, bag: Bag) -> list[float]:
        if bag.is_empty:
            return [0.0] * len(self._names)
        length = float(self._index.weight[bag.stems].sum())
        return [float((bag.shares @ names[bag.stems]).max()) / length**0.5 for names in self._names.values()]

    def _names_of(self, form: Form) -> Array:
        """The names of a form's components and items as weighed words, stems x names, each of length 1."""
        nodes = [node for node in form.nodes if node.worded and node.level in (Level.COMPONENT, Level.ITEM)]
        names = np.zeros((len(self._index.number), len(nodes)), dtype=np.float64)
        for column, node in enumerate(nodes):
            stems = self._index.bag(self._index.words.stems(node.name)).stems
            names[stems, column] = self._index.weight[stems]
        lengths = np.sqrt(np.maximum(names.sum(axis=0), 1e-6))
        return np.asarray(names / lengths, dtype=np.float64)
