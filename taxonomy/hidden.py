"""What a plan may have although no row surely serves it: the components that must not be called missing.

A row is matched to one indicator, and a row that was misread to any or none. So a component may be in a plan unseen: named
beside another one in the same cell, printed as a heading over rows that tell something else, or lost in a row that was
read badly. Where that is possible, `coverage` says *uncertain*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from taxonomy.features import HEADING_LIKENESS, SAME, ComponentFeatures, RowText
from taxonomy.matcher import Match, Method, PlanMatch, Said, likeliest_each
from taxonomy.wordings import Kind
from taxonomy.words import Stem

ALIKE_HEADING = 0.7  # likeness from which a heading may mean another component: "(Penanganan) Pengaduan Masyarakat"
GARBLED_FROM = 0.5  # share of words that do not exist, from which a text is not what was printed

SAID_FROM = 0.7  # share of the words of a wording that a text must have to say it

HEADING_PRINTED = "heading-printed"
NAMED = "named-in-a-row"
READ_WITH_DOUBT = "row-read-with-doubt"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A component that a plan may have unseen, and why, as a stable word."""

    component: str
    reason: str


class Hidden:
    """Finds what may be hidden in a plan."""

    def __init__(self, components: ComponentFeatures, sure: float) -> None:
        """A finder.

        Args:
            components: the candidates, in plan order, and their headings.
            sure: probability from which a component is accepted.
        """
        self._names = components.candidates[:-1]
        self._homes = components.homes
        self._sure = sure
        headings = [w for w in components.index.wordings if w.is_heading and w.kind is not Kind.PRACTICE]
        stems = [(w.component, frozenset(s.stem for s in components.words.stems(w.text))) for w in headings]
        self._headings = [(component, words) for component, words in stems if words]
        counts = Counter(word for _, words in self._headings for word in words)
        # Each heading under the rarest of its words: without that word in a text it does not stand there.
        self._by_word: dict[str, list[int]] = {}
        for number, (_, words) in enumerate(self._headings):
            self._by_word.setdefault(min(words, key=lambda word: (counts[word], word)), []).append(number)
        self._wordings: dict[str, list[frozenset[str]]] = {}
        for wording in components.index.wordings:
            words = frozenset(s.stem for s in components.words.stems(wording.text))
            self._wordings.setdefault(wording.component, []).append(words)

    def of(self, plan: PlanMatch, doubted: Collection[int] = ()) -> dict[str, tuple[str, ...]]:
        """The reasons why a component may be there, by component.

        Args:
            plan: a plan and its matches.
            doubted: places, from 0, of rows that were read with doubt.
        """
        found: dict[str, dict[str, None]] = {}
        for doubt in self._doubts(plan, doubted):
            found.setdefault(doubt.component, {})[doubt.reason] = None
        return {component: tuple(reasons) for component, reasons in found.items()}

    def _doubts(self, plan: PlanMatch, doubted: Collection[int]) -> Iterator[Doubt]:
        is_sure = [max(chances) >= self._sure for chances in plan.together[:, :-1].tolist()]
        best = likeliest_each(plan.together)
        for row, (said, match) in enumerate(zip(plan.said, plan.matches, strict=True)):
            served = self._names[best[row]] if is_sure[row] else ""
            yield from self._named(said.text, match, served)
            yield from self._headed(said, match, sure=is_sure[row])
            if not is_sure[row] and (row in doubted or said.text.is_blank or _is_garbled(said.text)):
                yield from (Doubt(component, READ_WITH_DOUBT) for component in self._between(best, is_sure, row))

    def _named(self, text: RowText, match: Match, served: str) -> Iterator[Doubt]:
        """Components that the row names in full beside the one that it surely serves ("" where none is sure)."""
        printed, lead, rest = (self._named_in(stems, served) for stems in (text.component, text.lead, text.rest))
        if len(printed) > 1 or match.method is not Method.WORDING:
            yield from (Doubt(component, HEADING_PRINTED) for component in printed)
        yield from (Doubt(component, NAMED) for component in (*lead, *rest))

    def _named_in(self, stems: Sequence[Stem], served: str) -> list[str]:
        """The components whose heading stands whole in a text.

        Not those whose heading is part of that of another there, or of what is said of the component that is served:
        "pemanfaatan teknologi informasi" belongs to the words of an item of SPBE.
        """
        words = {stem.stem for stem in stems}
        near = sorted(number for word in words for number in self._by_word.get(word, ()))
        whole = [self._headings[number] for number in near if self._headings[number][1] <= words]
        named: dict[str, None] = {}
        for component, heading in whole:
            wider = any(heading < other and component != rival for rival, other in whole)
            if not wider and (component == served or not self._is_said(heading, words, served)):
                named[component] = None
        return list(named)

    def _is_said(self, heading: frozenset[str], words: set[str], served: str) -> bool:
        """Whether the heading is part of a wording of the served component that the text says."""
        wordings = (wording for wording in self._wordings.get(served, ()) if heading <= wording)
        return any(len(wording & words) >= SAID_FROM * len(wording) for wording in wordings)

    def _headed(self, said: Said, match: Match, *, sure: bool) -> Iterator[Doubt]:
        """Components that the printed heading may mean, where nothing but the heading tells or the row is not sure."""
        rests_on_heading = match.method is Method.HEADING
        if rests_on_heading or not sure:
            alike = said.features[:-1, HEADING_LIKENESS] >= (ALIKE_HEADING if rests_on_heading else SAME)
            yield from (Doubt(self._names[component], HEADING_PRINTED) for component in np.flatnonzero(alike))

    def _between(self, best: Sequence[int], is_sure: Sequence[bool], row: int) -> list[str]:
        """The components from that of the sure row before to that of the sure row after, in the order of the form.

        Where the plan goes back there, all of the two areas.
        """
        before = next((i for i in range(row - 1, -1, -1) if is_sure[i]), None)
        after = next((i for i in range(row + 1, len(is_sure)) if is_sure[i]), None)
        first = 0 if before is None else best[before]
        last = len(self._names) - 1 if after is None else best[after]
        if first <= last:
            return list(self._names[first : last + 1])
        areas = {self._homes[first], self._homes[last]}
        return [name for name, home in zip(self._names, self._homes, strict=True) if home in areas]


def _is_garbled(text: RowText) -> bool:
    """Whether the words of what the row is about mostly do not exist."""
    return bool(text.lead) and sum(not stem.exists for stem in text.lead) >= GARBLED_FROM * len(text.lead)
