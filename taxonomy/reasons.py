"""Why one candidate and not another: the difference that each feature makes, in words that a reader understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

TOLD_FROM = 0.05  # what makes less of a difference is not told
LEAST_SHARE = 1e-6  # shares below are all the same: next to nothing

NEIGHBOURS = "the rows around it, and the order of the form"

COMPONENT_SAID: Mapping[str, str] = {
    "component~heading": "the component is printed like its heading",
    "component=heading": "the component is printed like its heading",
    "component==heading": "the component is printed like its heading",
    "component~item": "the component is printed like one of its items",
    "component:vote": "words of the printed component are used for it",
    "lead~heading": "the {lead} is like its heading",
    "lead~item": "the {lead} is like one of its wordings",
    "lead=item": "the {lead} is like one of its wordings",
    "lead==item": "the {lead} is like one of its wordings",
    "lead:cover": "the {lead} holds a wording of it among other words",
    "lead:vote": "words of the {lead} are used for it",
    "rest~heading": "the other texts are like its heading",
    "rest~item": "the other texts are like one of its wordings",
    "rest:cover": "the other texts hold a wording of it among other words",
    "rest:vote": "words of the other texts are used for it",
    "area": "the printed area is its own",
    "area-else": "the printed area is another",
    "is-reform": "being a reform component: how often plans have those",
    "reform-said": "the printed area says reform or pemenuhan",
    "is-result": "being a result component: how often plans have those",
    "is-foreign": "being in another form alone: how often plans follow those",
    "is-none": "serving no indicator: how often rows serve none",
    "none&component": "serving no indicator: whether a component is printed",
    "none&component~heading": "serving no indicator: whether the component printed above it is one of the form",
    "none&area": "serving no indicator: whether an area is printed",
    "none&lead-unknown": "serving no indicator: words of the {lead} that the taxonomy does not know",
    "none&lead-weight": "serving no indicator: how much the words of the {lead} tell",
}
"""What each feature of `taxonomy.features.FEATURES` says of a candidate; what says the same is told as one."""

ITEM_SAID: Mapping[str, str] = {
    "lead~item": "the {lead} is like one of its wordings",
    "lead=item": "the {lead} is like one of its wordings",
    "lead:cover": "the {lead} holds a wording of it among other words",
    "lead:vote": "words of the {lead} are used for it",
    "rest~item": "the other texts are like one of its wordings",
    "rest:cover": "the other texts hold a wording of it among other words",
    "rest:vote": "words of the other texts are used for it",
    "whole": "standing for the component as a whole: how often rows do",
    "whole~own": "the {lead} is like a wording of the component as a whole",
    "whole=own": "the {lead} is like a wording of the component as a whole",
    "whole~heading": "the {lead} is like the heading of the component",
    "whole&second": "standing for the component as a whole: the {lead} names a second item",
    "whole&clauses": "standing for the component as a whole: clauses of the {lead} speak for different items",
    "whole&no-lead": "standing for the component as a whole: only the component is printed",
    "whole&lone-item": "standing for the component as a whole: there is only one item",
}
"""The same for `taxonomy.items.ITEM_FEATURES`."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One difference between two candidates.

    Attributes:
        words: what makes it.
        features: names of the features in it; none for the rows around.
        force: by how much it speaks for the one (above 0) or for the other: the logarithm of how many times likelier it
            makes it. All forces together are the logarithm of the ratio of their shares.
    """

    words: str
    features: tuple[str, ...]
    force: float


def reasons(
    chosen: npt.NDArray[np.floating],
    rival: npt.NDArray[np.floating],
    weights: npt.NDArray[np.floating],
    said: Mapping[str, str],
    lead: str,
) -> list[Reason]:
    """What tells two candidates apart, feature by feature.

    Args:
        chosen: features of the one.
        rival: features of the other.
        weights: of the features.
        said: what each feature says, in the order of the features.
        lead: name of the text that the row is about.
    """
    forces = (chosen.astype(np.float64) - rival.astype(np.float64)) * weights
    groups: dict[str, list[tuple[str, float]]] = {}
    for (name, words), force in zip(said.items(), forces, strict=True):
        groups.setdefault(words.format(lead=lead), []).append((name, float(force)))
    return [Reason(w, tuple(n for n, _ in group), sum(f for _, f in group)) for w, group in groups.items()]


def neighbours(alone: tuple[float, float], together: tuple[float, float]) -> Reason:
    """What the rows around make of the shares of two candidates, the chosen one first."""
    before, after = (log(max(a, LEAST_SHARE) / max(b, LEAST_SHARE)) for a, b in (alone, together))
    return Reason(NEIGHBOURS, (), after - before)


def telling(found: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons that make a difference worth telling, the largest first."""
    return tuple(sorted((r for r in found if abs(r.force) >= TOLD_FROM), key=lambda reason: -abs(reason.force)))
