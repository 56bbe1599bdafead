"""The wordings as numbers: how much each word tells, and how alike a text is to every wording.

A word tells much where it stands in the wordings of few components, and nothing where all have it: its weight is one
minus the entropy of the component given the word (Dumais 1991, "log-entropy" weighting), so that *gratifikasi* decides
and *evaluasi* hardly counts. Likeness is the cosine over these weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from taxonomy.wordings import TRUST, Wording
from taxonomy.words import Stem, Words

Array = npt.NDArray[np.float64]

LEAST_WEIGHT = 0.05  # of a word that every component has
EQUAL_DIGITS = 9  # after the point: likenesses that differ later are equal, for machines round differently
UNKNOWN_WEIGHT = 0.45  # of a word that no wording has: it makes a text less alike to all of them
FULL_COVER = 1.2  # weight of words: a wording that weighs less is not wholly covered by one lucky word
FULL_COVER_WITHIN = 0.35  # the same among the items of one component, whose common words weigh next to nothing
SATURATION = 1.0  # wordings of a component with a word, at which the word is half its own: more of them add little
SMOOTHING = 0.02  # of every word in every component, whatever its wordings say


@dataclass(frozen=True, slots=True)
class Bag:
    """A text as numbers.

    Attributes:
        stems: numbers of its known stems, each once.
        shares: how far each is believed.
        unknown: how many different stems no wording has.
    """

    stems: npt.NDArray[np.intp]
    shares: Array
    unknown: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the text tells anything."""
        return len(self.stems) == 0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a text is to each group, every array one value 0..1 a group.

    Attributes:
        heading: cosine to its likest heading.
        item: cosine to its likest other wording.
        cover: how much of its best covered wording the text holds, whatever else the text says.
        vote: share of the text's words that speak for it.
    """

    heading: Array
    item: Array
    cover: Array
    vote: Array


@dataclass(frozen=True, slots=True)
class _Runs:
    """Some of the wordings, which are sorted by group: their numbers, where each group begins, and which it is."""

    rows: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]
    groups: npt.NDArray[np.intp]


class Index:
    """Wordings with their words weighed; the groups are components, or the options within one component."""

    def __init__(
        self,
        words: Words,
        wordings: Sequence[Wording],
        groups: Sequence[str],
        group_of: Sequence[str],
        full_cover: float = FULL_COVER,
    ) -> None:
        """An index.

        Args:
            words: the language.
            wordings: the wordings.
            groups: names of the groups, in the order of the columns of every result.
            group_of: group of each wording.
            full_cover: weight of words that a wording must have to be wholly covered.
        """
        self.words = words
        self._full_cover = full_cover
        self.groups = tuple(groups)
        order = sorted(range(len(wordings)), key=lambda i: (self.groups.index(group_of[i]), i))
        self.wordings = tuple(wordings[i] for i in order)
        self.group = np.array([self.groups.index(group_of[i]) for i in order], dtype=np.intp)
        self.trust = np.array([TRUST[w.kind] for w in self.wordings], dtype=np.float64)
        stems = [list(dict.fromkeys(s.stem for s in words.stems(w.text))) for w in self.wordings]
        self.number = {stem: i for i, stem in enumerate(sorted({stem for text in stems for stem in text}))}
        self._has = np.zeros((len(self.wordings), len(self.number)), dtype=np.float64)
        for row, text in enumerate(stems):
            self._has[row, [self.number[stem] for stem in text]] = 1

    @cached_property
    def votes(self) -> Array:
        """Share of each group (column) in the use of each stem (row), stems x groups."""
        counts = np.zeros((len(self.groups), len(self.number)), dtype=np.float64)
        np.add.at(counts, self.group, self._has * self.trust[:, None])
        rate = counts / (counts + SATURATION) + SMOOTHING
        return np.ascontiguousarray((rate / rate.sum(axis=0)).T)

    @cached_property
    def weight(self) -> Array:
        """How much each stem tells, 0..1."""
        entropy = -(self.votes * np.log(self.votes)).sum(axis=1) / np.log(max(2, len(self.groups)))
        return np.asarray(np.maximum(1 - entropy, LEAST_WEIGHT), dtype=np.float64)

    @cached_property
    def _weighted(self) -> Array:
        return np.ascontiguousarray((self._has * self.weight).T)

    @cached_property
    def length(self) -> Array:
        """Weight of all words of each wording."""
        return np.asarray(np.maximum((self._has * self.weight).sum(axis=1), 1e-6), dtype=np.float64)

    def bag(self, stems: Sequence[Stem]) -> Bag:
        """The stems of a text as numbers; a stem that comes twice counts once, by its better share."""
        shares: dict[int, float] = {}
        unknown: set[str] = set()
        for stem in stems:
            number = self.number.get(stem.stem)
            if number is None:
                unknown.add(stem.stem)
            else:
                shares[number] = max(shares.get(number, 0.0), stem.share)
        numbers = sorted(shares)
        return Bag(np.array(numbers, dtype=np.intp), np.array([shares[n] for n in numbers], dtype=np.float64), len(unknown))

    def overlap(self, bag: Bag) -> Array:
        """Weight of the words that the text shares with each wording."""
        return np.asarray((self._weighted[bag.stems] * bag.shares[:, None]).sum(axis=0), dtype=np.float64)

    def like(self, bag: Bag) -> Likeness:
        """How alike a text is to the wordings of each group."""
        if bag.is_empty:
            nothing = np.zeros(len(self.groups), dtype=np.float64)
            return Likeness(nothing, nothing, nothing, nothing)
        overlap = self.overlap(bag)
        cosine = overlap * self._shrunk / np.sqrt(self._weight_of(bag))
        return Likeness(
            self._best(cosine, self._headings),
            self._best(cosine, self._items),
            self._best(overlap * self._per_cover, self._items),
            self.vote(bag),
        )

    def cosine(self, bag: Bag) -> Array:
        """How alike a text is to each wording, one value 0..1 a wording."""
        if bag.is_empty:
            return np.zeros(len(self.wordings), dtype=np.float64)
        return np.asarray(self.overlap(bag) * self._shrunk / np.sqrt(self._weight_of(bag)), dtype=np.float64)

    def cover(self, bag: Bag) -> Array:
        """The `Likeness.cover` of a text."""
        if bag.is_empty:
            return np.zeros(len(self.groups), dtype=np.float64)
        return self._best(self.overlap(bag) * self._per_cover, self._items)

    def vote(self, bag: Bag) -> Array:
        """The `Likeness.vote` of a text."""
        if bag.is_empty:
            return np.zeros(len(self.groups), dtype=np.float64)
        told = bag.shares * self.weight[bag.stems] / np.float64(self._weight_of(bag))
        return np.asarray(told @ self.votes[bag.stems], dtype=np.float64)

    def _weight_of(self, bag: Bag) -> float:
        return float(self.weight[bag.stems].sum()) + UNKNOWN_WEIGHT * bag.unknown

    @cached_property
    def _shrunk(self) -> Array:
        return np.asarray(self.trust / np.sqrt(self.length), dtype=np.float64)

    @cached_property
    def _per_cover(self) -> Array:
        return np.asarray(self.trust / np.maximum(self.length, self._full_cover), dtype=np.float64)

    def second_cover(self, bag: Bag) -> Array:
        """The `Likeness.cover` of a text by the words that its best covered wording leaves; 0 for that wording's group."""
        if bag.is_empty or not len(self._items.rows):
            return np.zeros(len(self.groups), dtype=np.float64)
        covered = (self.overlap(bag) * self._per_cover)[self._items.rows].round(EQUAL_DIGITS)
        best = self._items.rows[int(covered.argmax())]
        left = self._has[best, bag.stems] == 0
        again = self.cover(Bag(bag.stems[left], bag.shares[left], bag.unknown))
        again[self.group[best]] = 0
        return again

    def _best(self, values: Array, runs: _Runs) -> Array:
        """The best value of each group."""
        best = np.zeros(len(self.groups), dtype=np.float64)
        if len(runs.rows):
            best[runs.groups] = np.maximum.reduceat(values[runs.rows], runs.starts)
        return best

    @cached_property
    def _headings(self) -> _Runs:
        return _runs(np.array([w.is_heading for w in self.wordings]), self.group)

    @cached_property
    def _items(self) -> _Runs:
        return _runs(np.array([not w.is_heading for w in self.wordings]), self.group)


def _runs(chosen: npt.NDArray[np.bool_], group: npt.NDArray[np.intp]) -> _Runs:
    rows = np.flatnonzero(chosen)
    groups, starts = np.unique(group[rows], return_index=True)
    return _Runs(rows, starts, groups)
