"""The wordings as numbers: how much each word tells, and how alike a text is to every wording.

A word tells much where it stands in the wordings of few components, and nothing where all have it: its weight is one
minus the entropy of the component given the word (Dumais 1991, "log-entropy" weighting), so that *gratifikasi* decides
and *evaluasi* hardly counts. Likeness is the cosine over these weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

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
TEXTS_AT_ONCE = 64  # texts that are compared in one go: 1 MB of numbers
SMOOTHING = 0.02  # of every word in every component, whatever its wordings say


@dataclass(frozen=True, slots=True)
class Bag:
    """A text as numbers.

    Attributes:
        stems: numbers of its known stems, each once.
        shares: how far each is believed.
        unknown: how many different stems no wording has.
    """

    stems: list[int]
    shares: list[float]
    unknown: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing in the text tells anything."""
        return not self.stems


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


class Uses:
    """Which texts have each stem, and how much it weighs there: a matrix, stems x texts, of which most is zero."""

    def __init__(self, matrix: Array) -> None:
        """The uses that are not zero."""
        self._size = matrix.shape[1]
        stems, self._texts = np.nonzero(matrix)
        self._weights = matrix[stems, self._texts]
        self._starts = np.searchsorted(stems, np.arange(len(matrix) + 1))

    def overlaps(self, bags: Sequence[Bag]) -> Array:
        """Weight of the words that each bag shares with each text, bags x texts; words add up in the order of their numbers."""
        stems = np.array([stem for bag in bags for stem in bag.stems], dtype=np.intp)
        shares = np.array([share for bag in bags for share in bag.shares], dtype=np.float64)
        starts, ends = self._starts[stems], self._starts[stems + 1]
        counts = ends - starts
        uses = np.arange(counts.sum()) + np.repeat(ends - counts.cumsum(), counts)
        worth = np.repeat(shares, counts) * self._weights[uses]
        rows = np.repeat(np.arange(len(bags)) * self._size, [len(bag.stems) for bag in bags])
        places = np.repeat(rows, counts) + self._texts[uses]
        sums: Array = np.bincount(places, worth, len(bags) * self._size).astype(np.float64, copy=False)
        return sums.reshape(len(bags), self._size)


class _PlainWording(NamedTuple):
    """A wording: its group, kind and stems, and the factors of its cosine and its cover."""

    group: int
    is_heading: bool
    stems: frozenset[int]
    shrunk: float
    per_cover: float


@dataclass(frozen=True, slots=True)
class _Plain:
    """An index in plain numbers, quicker than arrays for one text: of each stem its weight and wordings, and the wordings."""

    uses: list[tuple[float, tuple[int, ...]]]
    wordings: list[_PlainWording]


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
            elif stem.share > shares.get(number, 0.0):
                shares[number] = stem.share
        numbers = sorted(shares)
        return Bag(numbers, [shares[number] for number in numbers], len(unknown))

    @cached_property
    def _uses(self) -> Uses:
        return Uses((self._has * self.weight).T)

    def _overlap(self, bag: Bag) -> list[float]:
        """Weight of the words that one text shares with each wording; as `Uses.overlaps`, in plain numbers."""
        found = [0.0] * len(self.wordings)
        for stem, share in zip(bag.stems, bag.shares, strict=True):
            weight, wordings = self._plain.uses[stem]
            worth = share * weight
            for wording in wordings:
                found[wording] += worth
        return found

    def like(self, bag: Bag) -> Likeness:
        """How alike a text is to the wordings of each group; as `like_each`, which is quicker where wordings are many."""
        heading, item, cover = ([0.0] * len(self.groups) for _ in range(3))
        if bag.is_empty:
            return Likeness(np.array(heading), np.array(item), np.array(cover), self.vote(bag))
        for shared, wording in zip(self._overlap(bag), self._plain.wordings, strict=True):
            if shared:
                group, is_heading, _, shrunk, per_cover = wording
                best = heading if is_heading else item
                if shared * shrunk > best[group]:
                    best[group] = shared * shrunk
                if not is_heading and shared * per_cover > cover[group]:
                    cover[group] = shared * per_cover
        weight = self._weight_of(bag)
        root = math.sqrt(weight)
        return Likeness(np.array(heading) / root, np.array(item) / root, np.array(cover), self._vote(bag, weight))

    def like_each(self, bags: Sequence[Bag]) -> list[Likeness]:
        """How alike each of several texts is to the wordings of each group."""
        empty = np.zeros(len(self.groups), dtype=np.float64)
        found = [Likeness(empty, empty, empty, empty)] * len(bags)
        told = [number for number, bag in enumerate(bags) if not bag.is_empty]
        for first in range(0, len(told), TEXTS_AT_ONCE):
            some = told[first : first + TEXTS_AT_ONCE]
            overlap = self._uses.overlaps([bags[number] for number in some])
            weights = [self._weight_of(bags[number]) for number in some]
            cosine = overlap * self._shrunk / np.sqrt(np.array(weights))[:, None]
            headings, items = self._best(cosine, self._headings), self._best(cosine, self._items)
            covers = self._best(overlap * self._per_cover, self._items)
            votes = [self._vote(bags[number], weight) for number, weight in zip(some, weights, strict=True)]
            for number, *likeness in zip(some, headings, items, covers, votes, strict=True):
                found[number] = Likeness(*np.array(likeness))  # its own numbers: a view would keep those of all texts
        return found

    def cosine(self, bag: Bag) -> Array:
        """How alike a text is to each wording, one value 0..1 a wording."""
        if bag.is_empty:
            return np.zeros(len(self.wordings), dtype=np.float64)
        return np.asarray(self._uses.overlaps([bag])[0] * self._shrunk / np.sqrt(self._weight_of(bag)), dtype=np.float64)

    def vote(self, bag: Bag) -> Array:
        """The `Likeness.vote` of a text."""
        return np.zeros(len(self.groups), dtype=np.float64) if bag.is_empty else self._vote(bag, self._weight_of(bag))

    def _vote(self, bag: Bag, weight: float) -> Array:
        told = np.array(bag.shares) * self.weight[bag.stems] / np.float64(weight)
        return np.asarray(told @ self.votes[bag.stems], dtype=np.float64)

    def _weight_of(self, bag: Bag) -> float:
        return float(self.weight[bag.stems].sum()) + UNKNOWN_WEIGHT * bag.unknown

    @cached_property
    def _shrunk(self) -> Array:
        return np.asarray(self.trust / np.sqrt(self.length), dtype=np.float64)

    @cached_property
    def _per_cover(self) -> Array:
        return np.asarray(self.trust / np.maximum(self.length, self._full_cover), dtype=np.float64)

    def second_cover(self, bag: Bag) -> list[float]:
        """The `Likeness.cover` of a text by the words that its best covered wording leaves; 0 for that wording's group."""
        covers = [0.0] * len(self.groups)
        wordings = self._plain.wordings
        shared = enumerate(self._overlap(bag))
        found = {n: weight * wordings[n].per_cover for n, weight in shared if weight and not wordings[n].is_heading}
        if not found:
            return covers
        # Of equally covered ones the first, whatever the last digits of the machine say.
        best = wordings[max(found, key=lambda n: round(found[n] * 10**EQUAL_DIGITS))]
        left = [(stem, share) for stem, share in zip(bag.stems, bag.shares, strict=True) if stem not in best.stems]
        rest = Bag([stem for stem, _ in left], [share for _, share in left], bag.unknown)
        for weight, wording in zip(self._overlap(rest), wordings, strict=True):
            if weight and not wording.is_heading and wording.group != best.group:
                covers[wording.group] = max(covers[wording.group], weight * wording.per_cover)
        return covers

    @cached_property
    def _plain(self) -> _Plain:
        shrunk, covers, groups = self._shrunk.tolist(), self._per_cover.tolist(), self.group.tolist()
        stems = [frozenset(np.flatnonzero(line).tolist()) for line in self._has]
        headings = [wording.is_heading for wording in self.wordings]
        uses = [tuple(np.flatnonzero(column).tolist()) for column in self._has.T]
        return _Plain(
            list(zip(self.weight.tolist(), uses, strict=True)),
            [_PlainWording(*one) for one in zip(groups, headings, stems, shrunk, covers, strict=True)],
        )

    def _best(self, values: Array, runs: _Runs) -> Array:
        """The best value of each group; the wordings, and so the groups, are the last axis."""
        best = np.zeros((*values.shape[:-1], len(self.groups)), dtype=np.float64)
        if len(runs.rows):
            best[..., runs.groups] = np.maximum.reduceat(values[..., runs.rows], runs.starts, axis=-1)
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
