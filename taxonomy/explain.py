"""Why a row of a plan has its indicator: what was weighed, for whom and against whom; as data and as lines to read."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from taxonomy.choice import Array, shares
from taxonomy.errors import RowNotThere
from taxonomy.features import CONTENT, FEATURES, text_of
from taxonomy.form import Taxonomy
from taxonomy.items import ITEM_FEATURES
from taxonomy.matcher import Fields, Match, Matcher, Method, Said
from taxonomy.reasons import COMPONENT_SAID, ITEM_SAID, Reason, neighbours, reasons, telling
from taxonomy.wordings import NONE, Kind, Wording
from taxonomy.words import Stem

SHOWN = ("area", "component", *CONTENT)
"""Texts of a row, in the order of print."""

SOURCES: Mapping[Kind, str] = {
    Kind.NAME: "form",
    Kind.FORMER: "older form",
    Kind.ALIAS: "alias",
    Kind.ABBREVIATION: "abbreviation",
    Kind.PRACTICE: "practice",
}
"""Where a wording comes from, as it is told."""

METHODS: Mapping[Method, str] = {
    Method.WORDING: "it says so in the words of a form",
    Method.WORDS: "its words tell",
    Method.HEADING: "the component printed above it tells; its own words would not do",
    Method.NEIGHBOURS: "the rows around it tell",
    Method.NONE: "nothing fits",
}

WIDTH = 110  # columns of a terminal line
LABEL = 20  # columns of a label
ARROW = " > "


@dataclass(frozen=True, slots=True)
class LikeWording:
    """The wording of an indicator that a text of the row is likest to.

    Attributes:
        field: the text of the row.
        text: the wording.
        source: where it comes from, see `SOURCES`.
        shared: words of the row that are in it.
    """

    field: str
    text: str
    source: str
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two indicators that are compared.

    Attributes:
        id: the indicator, or "none" for serving none.
        path: names from its area down.
        alone: its probability by the row's own words, 0..100.
        together: its probability in the light of the whole plan, 0..100.
        wordings: its likest wordings.
    """

    id: str
    path: tuple[str, ...]
    alone: float
    together: float
    wordings: tuple[LikeWording, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Why one and not the other: reasons above 0 speak for the chosen one, the strongest first."""

    chosen: Side
    rival: Side
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a row has its indicator.

    Attributes:
        number: of the row in its plan, from 1.
        texts: what is printed in it.
        match: what was decided.
        paths: names of each candidate, from its area down.
        component: the chosen component against the runner-up.
        item: the indicator against the next one of the same component; None where there is no other.
        taxonomy_version: of the indicators.
    """

    number: int
    texts: Mapping[str, str]
    match: Match
    paths: Mapping[str, tuple[str, ...]]
    component: Contrast
    item: Contrast | None
    taxonomy_version: str


def row_number(rows: Sequence[Fields], asked: str) -> int:
    """The place, from 1, of the row with that row_order or row_id.

    Raises:
        RowNotThere: no row has it.
    """
    key = "row_order" if asked.isdecimal() else "row_id"
    wanted = int(asked) if asked.isdecimal() else asked
    place = next((place for place, row in enumerate(rows, 1) if row.get(key) == wanted), None)
    if place is None:
        orders = [row.get("row_order") for row in rows]
        there = f"it has the rows {orders[0]} to {orders[-1]}" if orders else "no plan rows were read from it"
        raise RowNotThere(f"The document has no row {asked}; {there}.")
    return place


def explain(matcher: Matcher, rows: Sequence[Fields], number: int) -> Explanation:
    """Why a row of a plan has its indicator.

    Args:
        matcher: what matches.
        rows: all rows of the plan, in print order.
        number: of the row, from 1.

    Raises:
        RowNotThere: the plan has no such row.
    """
    if not 1 <= number <= len(rows):
        raise RowNotThere(f"The plan has no row {number}; it has {len(rows)}.")
    row, plan, place = rows[number - 1], matcher.plan(rows), number - 1
    match = plan.matches[place]
    account = _Account(matcher, row, plan.said[place], plan.together[place], plan.parts[place])
    return Explanation(
        number,
        {name: text_of(row, name) for name in SHOWN if text_of(row, name)},
        match,
        {candidate.id: matcher.taxonomy.path(candidate.id) for candidate in match.candidates},
        account.of_components(serves_none=match.indicator_id is None),
        None if match.indicator_id is None else account.of_items(match.indicator_id),
        matcher.taxonomy.version,
    )


class _Account:
    """What was weighed for one row."""

    def __init__(self, matcher: Matcher, row: Fields, said: Said, together: Array, parts: Array) -> None:
        self._matcher = matcher
        self._said = said
        self._together = together
        self._parts = parts
        told = [name for name in CONTENT if matcher.words.stems(text_of(row, name))]
        self._lead = told[0].replace("_", " ") if told else "text"

    def of_components(self, *, serves_none: bool) -> Contrast:
        """The chosen component, or none of them, against the likeliest other."""
        together, alone = self._together, self._said.shares
        chosen = len(together) - 1 if serves_none else int(together[:-1].argmax())
        rival = _best_but(together, chosen)
        found = reasons(
            self._said.features[chosen],
            self._said.features[rival],
            self._matcher.calibration.component_weights,
            {name: COMPONENT_SAID[name] for name in FEATURES},
            self._lead,
        )
        shares_alone = (float(alone[chosen]), float(alone[rival]))
        around = neighbours(shares_alone, (float(together[chosen]), float(together[rival])))
        names = self._matcher.components.candidates
        one, other = (self._side(names[i], float(alone[i]), float(together[i]), whole=True) for i in (chosen, rival))
        return Contrast(one, other, telling([*found, around]))

    def of_items(self, indicator: str) -> Contrast | None:
        """The indicator against the likeliest other one of its component."""
        matcher = self._matcher
        component = int(self._together[:-1].argmax())
        items = matcher.items(matcher.components.candidates[component])
        if len(items.options) < 2:
            return None
        features = items.of(self._said.text)
        alone, parts = shares(features, matcher.calibration.item_weights), self._parts
        chosen = items.options.index(indicator)
        rival = _best_but(parts, chosen)
        found = reasons(
            features[chosen],
            features[rival],
            matcher.calibration.item_weights,
            {name: ITEM_SAID[name] for name in ITEM_FEATURES},
            self._lead,
        )
        around = neighbours((float(alone[chosen]), float(alone[rival])), (float(parts[chosen]), float(parts[rival])))
        before, after = float(self._said.shares[component]), float(self._together[component])
        one, other = (
            self._side(items.options[i], before * float(alone[i]), after * float(parts[i]), whole=False)
            for i in (chosen, rival)
        )
        return Contrast(one, other, telling([*found, around]))

    def _side(self, label: str, alone: float, together: float, *, whole: bool) -> Side:
        """One side; its wordings are those of the label itself, or of the whole component with all its items."""
        text = self._said.text
        compared = (("component", text.component), (self._lead, text.lead))
        found = [self._likest(field, stems, label, whole=whole) for field, stems in compared]
        return Side(
            label,
            _path(self._matcher.taxonomy, label),
            round(100 * alone, 1),
            round(100 * together, 1),
            tuple(wording for wording in found if wording is not None),
        )

    def _likest(self, field: str, stems: Sequence[Stem], label: str, *, whole: bool) -> LikeWording | None:
        """The wording that shares most with the stems, for its length; None where none shares anything."""
        index = self._matcher.components.index
        mine = np.array([(w.component if whole else w.label) == label for w in index.wordings])
        likeness = np.where(mine, index.cosine(index.bag(stems)), 0)
        best = int(likeness.argmax())
        return _like_wording(field, stems, index.wordings[best], self._matcher) if likeness[best] > 0 else None


def _like_wording(field: str, stems: Sequence[Stem], wording: Wording, matcher: Matcher) -> LikeWording:
    known = {stem.stem for stem in matcher.words.stems(wording.text)}
    shared = dict.fromkeys(stem.printed for stem in stems if stem.stem in known)
    return LikeWording(field, wording.text, SOURCES[wording.kind], tuple(shared))


def _best_but(values: Array, left_out: int) -> int:
    """The place of the largest value but for one."""
    others = np.array(values, dtype=np.float64)
    others[left_out] = -np.inf
    return int(others.argmax())


def _path(taxonomy: Taxonomy, label: str) -> tuple[str, ...]:
    return ("no indicator",) if label == NONE else taxonomy.path(label)


def as_data(explanation: Explanation) -> dict[str, object]:
    """The explanation in plain types."""
    return asdict(explanation)


def lines(explanation: Explanation) -> list[str]:
    """The explanation for a person."""
    return list(_lines(explanation))


def _lines(explanation: Explanation) -> Iterator[str]:
    match, paths = explanation.match, explanation.paths
    yield f"ROW {explanation.number}  (taxonomy {explanation.taxonomy_version})"
    for name, text in explanation.texts.items():
        yield from _entry(name, text)
    if not explanation.texts:
        yield "  nothing is printed in it"
    yield ""
    yield f"INDICATOR  {match.status}"
    named = ARROW.join(paths[match.indicator_id]) if match.indicator_id is not None else "none is good enough"
    yield from _entry(match.indicator_id or "-", named)
    yield from _entry("score", f"{match.score:.1f} of 100, {match.margin:.1f} more than the next")
    yield from _entry("its component", f"{match.component_score:.1f} of 100")
    yield from _entry("method", f"{match.method}: {METHODS[match.method]}")
    if match.words:
        yield from _entry("words that decided", ", ".join(match.words))
    yield ""
    yield "CANDIDATES"
    for candidate in match.candidates:
        yield from _entry(f"{candidate.score:5.1f}  {candidate.id}", paths[candidate.id][-1])
    for title, contrast in (("COMPONENT", explanation.component), ("WITHIN THE COMPONENT", explanation.item)):
        if contrast is not None:
            yield ""
            yield from _contrast_lines(title, contrast)


def _contrast_lines(title: str, contrast: Contrast) -> Iterator[str]:
    chosen, rival = contrast.chosen, contrast.rival
    yield f"{title}  why {chosen.id} and not {rival.id}"
    for side in (chosen, rival):
        yield from _entry(side.id, ARROW.join(side.path))
        yield from _entry("", f"{side.alone:.1f} % by its own words, {side.together:.1f} % in the plan")
        for like in side.wordings:
            shared = f"; shared: {', '.join(like.shared)}" if like.shared else ""
            yield from _entry("", f'its {like.field} is likest to "{like.text}" ({like.source}{shared})')
    yield f"  What made the difference (+ for {chosen.id}, - for {rival.id}; 1.0 makes it 2.7 times as likely):"
    for reason in contrast.reasons:
        yield from _entry(f"{reason.force:+5.1f}", reason.words)


def _entry(label: str, text: str) -> Iterator[str]:
    """A label with its text beside it, wrapped."""
    first = f"  {label:<{LABEL}}  "
    yield from textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False)
