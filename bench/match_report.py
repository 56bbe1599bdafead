"""How right matches are: in all, by status, and by score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.labelled import Labelled, component_of, is_item
from taxonomy.matcher import Match, Status
from taxonomy.wordings import NONE

BANDS = (0, 20, 40, 60, 70, 80, 90, 95, 99, 100.1)


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled row beside its match."""

    row: Labelled
    match: Match

    @property
    def said(self) -> str:
        """The indicator that the match names, or `NONE`."""
        return self.match.indicator_id or NONE

    @property
    def component_right(self) -> bool:
        """Whether it names the right component, or rightly none."""
        return component_of(self.said) == self.row.component

    @property
    def item_right(self) -> bool:
        """Whether it names the very label."""
        return self.said == self.row.label

    @property
    def best(self) -> str:
        """The component of the best candidate."""
        return component_of(self.match.candidates[0].id)

    @property
    def component_share(self) -> float:
        """Probability of the component of the best candidate."""
        return self.match.components.get(self.best, 0.0)

    @property
    def item_share(self) -> float:
        """Probability of the best candidate within its component."""
        return self.match.score / 100 / max(self.component_share, 1e-9)

    @property
    def probability(self) -> float:
        """Probability that was given to the right component."""
        return self.match.nothing if self.row.label == NONE else self.match.components.get(self.row.component, 0.0)


def lines_of(title: str, judged: Sequence[Judged]) -> list[str]:
    """The report."""
    some = [j for j in judged if j.row.label != NONE]
    items = [j for j in some if is_item(j.row.label)]
    offices = {j.row.office for j in judged}
    by_office = [_share(j.component_right for j in judged if j.row.office == office) for office in sorted(offices)]
    lines = [
        "",
        f"## {title}: {len(judged)} rows, {len(offices)} offices",
        "",
        f"component {_share(j.component_right for j in judged):.3f} (mean of offices {sum(by_office) / len(by_office):.3f}), "
        f"item {_share(j.item_right for j in items):.3f}",
        "",
        "| status | rows | component right | label right |",
        "|---|---|---|---|",
    ]
    for status in Status:
        mine = [j for j in judged if j.match.status is status]
        right = _share(j.component_right for j in mine)
        lines.append(f"| {status} | {len(mine)} | {right:.3f} | {_share(j.item_right for j in mine):.3f} |")
    accepted = [j for j in some if j.match.status is Status.ACCEPTED and j.component_right]
    told = [j for j in judged if j.match.status is Status.NONE]
    none = [j for j in judged if j.row.label == NONE]
    lines += [
        "",
        f"of rows with an indicator {len(accepted) / max(1, len(some)):.3f} are accepted and right; of rows without one "
        f"{_share(j.match.status is Status.NONE for j in none):.3f} are told none ({len(told)} told, {len(none)} are)",
        "",
        "| component's score | rows | component right | label's score | rows | label right |",
        "|---|---|---|---|---|---|",
    ]
    named = [j for j in judged if j.match.indicator_id is not None]
    for low, high in pairwise(BANDS):
        wide = [j for j in named if low <= 100 * j.component_share < high]
        narrow = [j for j in named if low <= j.match.score < high]
        band = f"{low:g}-{min(high, 100):g}"
        lines.append(
            f"| {band} | {len(wide)} | {_share(j.component_right for j in wide):.3f} | {band} | {len(narrow)} | "
            f"{_share(j.item_right for j in narrow):.3f} |"
        )
    return lines


def _share(right: Iterable[bool]) -> float:
    values = list(right)
    return sum(values) / len(values) if values else float("nan")
