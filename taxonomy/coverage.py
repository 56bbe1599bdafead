"""What a plan leaves out: for every component of the reference form whether it is present, missing, or not to be told.

*Missing* is a statement about the decree that an auditor signs. It is only made where nothing speaks against it: the chance
that any row serves the component is next to nothing, it is not hidden in a row (`hidden`), every page and table was read, and
the table is a plan of Zona Integritas at all. Otherwise it is *uncertain*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod
from types import MappingProxyType

from taxonomy.form import Level, Taxonomy
from taxonomy.matcher import Match, is_plan
from taxonomy.wordings import component_of

PRESENT_FROM = 0.9  # probability that the likeliest row serves the component
MISSING_BELOW = 0.1  # probability that any row serves it
NO_PLAN = "no-plan-of-zona-integritas"


class Presence(StrEnum):
    """Whether a plan has a component."""

    PRESENT = "present"
    MISSING = "missing"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Coverage:
    """One component of a plan.

    Attributes:
        component: its id.
        area: id of its area.
        presence: whether the plan has it.
        row_count: rows matched to it.
        best_score: probability 0..100 that the likeliest row serves it; None where none may.
        weight: of the component in the reference form.
        in_form: whether the form that the plan was written to has it; None where that form is not known.
        reasons: why it is uncertain, as stable words.
    """

    component: str
    area: str
    presence: Presence
    row_count: int
    best_score: float | None
    weight: float | None
    in_form: bool | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """An area of a plan, or the whole plan: how many components, and how much of the form's weight.

    Attributes:
        area: id, or `ALL`.
        components: how many of them are present, missing and uncertain.
        weights: the same in weight.
        not_in_form: of the missing, how many the form that the plan follows does not have, and their weight; None where
            that form is not known.
        row_count: rows matched there.
    """

    area: str
    components: dict[str, int]
    weights: dict[str, float]
    not_in_form: tuple[int, float] | None
    row_count: int


ALL = "all"
"""The area that stands for the whole form."""


def coverage(
    taxonomy: Taxonomy,
    matches: Sequence[Match],
    *,
    form: str | None = None,
    hidden: Mapping[str, Sequence[str]] = MappingProxyType({}),
    doubts: Sequence[str] = (),
) -> list[Coverage]:
    """Every component of the reference form, in form order.

    Args:
        taxonomy: the forms.
        matches: of every row of the plan, its rows weighed together.
        form: id of the form that the plan was written to, where it is known.
        hidden: components that may be there unseen, with the reasons (`hidden.Hidden`).
        doubts: why anything may be there unseen, as stable words: "page-not-read:7".
    """
    if not is_plan(matches):
        doubts = [*doubts, NO_PLAN]
    served = Counter(component_of(taxonomy, match.indicator_id) for match in matches)
    in_form = None if form is None else components_of_form(taxonomy, form)
    found: list[Coverage] = []
    chances_of: dict[str, list[float]] = {}
    for match in matches:
        for component, chance in match.components.items():
            chances_of.setdefault(component, []).append(chance)
    for node in taxonomy.components:
        area = taxonomy.reference.area_of(node.id)
        chances = chances_of.get(node.id, [])
        presence, reasons = _presence(chances, (*hidden.get(node.id, ()), *doubts))
        best = max(chances, default=0.0)
        found.append(
            Coverage(
                node.id,
                node.id if area is None else area.id,
                presence,
                served[node.id],
                round(100 * best, 1) if best else None,
                node.weight,
                None if in_form is None else node.id in in_form,
                reasons,
            )
        )
    return found


def _presence(chances: Sequence[float], doubts: tuple[str, ...]) -> tuple[Presence, tuple[str, ...]]:
    """Whether a component is there, by the probability of each row and the doubts; why it is uncertain, where it is."""
    if max(chances, default=0.0) >= PRESENT_FROM and NO_PLAN not in doubts:
        return Presence.PRESENT, ()
    reasons = ("row-may-serve-it", *doubts) if _any(chances) >= MISSING_BELOW else doubts
    return Presence.UNCERTAIN if reasons else Presence.MISSING, reasons


def _any(chances: Iterable[float]) -> float:
    """The probability that any of several things is so."""
    return 1 - prod(1 - chance for chance in chances)


def components_of_form(taxonomy: Taxonomy, form: str) -> frozenset[str]:
    """The components of the reference that a form has too, under whatever name, also where it has them in one."""
    nodes = [node for node in taxonomy.forms[form].nodes if node.level is Level.COMPONENT]
    if taxonomy.forms[form] is taxonomy.reference:
        return frozenset(node.id for node in nodes)
    targets = (taxonomy.reference.component_of(target) for node in nodes for target in node.maps_to)
    return frozenset(target.id for target in targets if target is not None)


def by_area(taxonomy: Taxonomy, covered: Sequence[Coverage]) -> list[AreaCoverage]:
    """The areas of the reference form in form order, then `ALL`."""
    areas = [node.id for node in taxonomy.reference.areas]
    grouped = [(area, [c for c in covered if c.area == area]) for area in areas]
    return [_summed(area, some) for area, some in (*grouped, (ALL, list(covered)))]


def _summed(area: str, covered: Sequence[Coverage]) -> AreaCoverage:
    beyond = [c for c in covered if c.presence is Presence.MISSING and c.in_form is False]
    is_known = any(c.in_form is not None for c in covered)
    groups = {presence.value: [c for c in covered if c.presence is presence] for presence in Presence}
    return AreaCoverage(
        area,
        {name: len(group) for name, group in groups.items()},
        {name: round(sum(c.weight or 0.0 for c in group), 2) for name, group in groups.items()},
        (len(beyond), round(sum(c.weight or 0.0 for c in beyond), 2)) if is_known else None,
        sum(c.row_count for c in covered),
    )
