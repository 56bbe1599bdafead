"""Fits the matcher's numbers on the project's own labelled set, and writes ``taxonomy/data/calibration.json``.

    python -m bench.fit_matcher [--write]

What is printed about the set itself is cross-validated by office: every row is judged by weights, and by an `aside` and
thresholds, that were set without any row of its office. The wordings are not left out by fold, and who wrote them knows
what offices print: the set tells where the matcher breaks, the corpus, which is never fitted on, how it does on real plans.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bench.labelled import GOLD, TEXTS, Labelled, corpus, gold, is_item, plans
from bench.match_report import Judged, lines_of
from taxonomy.calibration import FILE, Calibration, Thresholds, as_data, unfitted
from taxonomy.choice import Array, fit
from taxonomy.features import CONTENT, FEATURES
from taxonomy.items import ITEM_FEATURES
from taxonomy.load import DATA_DIR, load_taxonomy
from taxonomy.matcher import Match, Matcher
from taxonomy.sequence import Cell, Habits, Step, cells_of, step
from taxonomy.wordings import NONE

FOLDS = 10
RIDGE = 1.0  # pull of every weight to 0, in rows
VARIANT_IMPORTANCE = 0.5  # of all variants of a row together, beside the row as printed
ASIDES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
WANTED_PRECISION = 0.99  # of components that are called accepted
WANTED_ITEM_PRECISION = 0.97
WANTED_NONE_PRECISION = 0.95
# What the house claims at least, whatever the set allows: who wrote its rows knew what offices print, so it is kinder than an
# office that nobody knows. A claim that is wrong one time in ten is no sure claim, however often the surer ones are right.
LEAST_ACCEPTED = 0.9
LEAST_ITEM = 0.6  # an item is told apart by a word or two, and its component stands beside it
LEAST_NONE = 0.6  # a row that is told to serve nothing is not looked at again
LEAST_PROBABILITY = 1e-4  # a smaller one is no greater surprise
STEPS = tuple(round(0.3 + 0.02 * i, 2) for i in range(35))  # thresholds tried


def variants(row: Labelled) -> list[dict[str, str]]:
    """The row as printed, then with parts of it missing, as lists from elsewhere have it; each once."""
    told = [name for name in CONTENT if row.row[name]]
    keep: list[tuple[str, ...]] = [TEXTS]
    if told:
        lead, rest = told[0], tuple(name for name in told[1:] if name != "item")
        keep += [(lead,), ("component", lead), ("area", lead), rest]
    made = [{name: row.row[name] if name in kept else "" for name in TEXTS} for kept in keep if kept]
    return [v for i, v in enumerate(made) if v not in made[:i] and any(v.values())]


Features: TypeAlias = npt.NDArray[np.float64]
Examples: TypeAlias = tuple[list[Features], int]
"""The features of a row and its variants, and the number of the right candidate."""


class Fitter:
    """The features of all labelled rows, made once, and fits over some of them."""

    def __init__(self, matcher: Matcher, rows: Sequence[Labelled]) -> None:
        """Features of the rows by the matcher's words and wordings."""
        self.matcher, self.rows = matcher, rows
        self.component_examples = [self._component_examples(row) for row in rows]
        self.item_examples = [self._item_examples(row) for row in rows]

    def _component_examples(self, row: Labelled) -> Examples:
        features = [self.matcher.said(v).features for v in variants(row)]
        chosen = self.matcher.components.candidates.index(row.component)
        return features, chosen

    def _item_examples(self, row: Labelled) -> Examples:
        if row.label == NONE or not row.tells_item:
            return [], 0
        items = self.matcher.items(row.component)
        features = [items.of(self.matcher.said(v).text) for v in variants(row)]
        return features, items.options.index(row.label)

    def fit(self, chosen: Iterable[int]) -> Calibration:
        """The numbers of the chosen rows; thresholds as they are."""
        chosen = list(chosen)
        old = self.matcher.calibration
        component = _fit((self.component_examples[i] for i in chosen), len(FEATURES))
        item = _fit((self.item_examples[i] for i in chosen), len(ITEM_FEATURES))
        rows = [self.rows[i] for i in chosen]
        return Calibration(component, item, self.habits(rows), self.item_habits(rows), old.aside, old.thresholds)

    def item_habits(self, rows: Sequence[Labelled]) -> dict[Step, float]:
        """How often rows of the plans among them step from item to item of one component."""
        counts = Counter(dict.fromkeys(Step, 1.0))
        for plan in plans(list(rows)).values():
            for component, run in groupby(plan, key=lambda row: row.component):
                items = [row.label for row in run if row.label != component]
                options = self.matcher.items(component).options[:-1] if component != NONE else ()
                counts.update(step(options.index(a), options.index(b), options) for a, b in pairwise(items))
        return {kind: n / counts.total() for kind, n in counts.items()}

    def habits(self, rows: Sequence[Labelled]) -> Habits:
        """How often the plans among the rows take each step."""
        counts = {cell: Counter(dict.fromkeys(Step, 1.0)) for cell in Cell}
        features = self.matcher.components
        for plan in plans(list(rows)).values():
            cells = cells_of([tuple(s.stem for s in self.matcher.said(row.row).text.component) for row in plan])
            last: int | None = None
            for row, cell in zip(plan, cells, strict=True):
                if row.label == NONE:
                    continue
                here = features.candidates.index(row.component)
                if last is not None:
                    counts[cell][step(last, here, features.homes)] += 1
                last = here
        return {cell: {kind: n / counts[cell].total() for kind, n in counts[cell].items()} for cell in Cell}


def _fit(examples: Iterable[Examples], size: int) -> Array:
    features: list[Features] = []
    right: list[int] = []
    importance: list[float] = []
    for made, chosen in examples:
        for number, one in enumerate(made):
            features.append(one)
            right.append(chosen)
            importance.append(1.0 if number == 0 else VARIANT_IMPORTANCE / (len(made) - 1))
    return fit(features, right, importance, np.full(size, RIDGE))


def matched(matcher: Matcher, rows: Sequence[Labelled]) -> list[Match]:
    """The match of each row: those of a plan together, single ones by themselves."""
    found: dict[str, Match] = {}
    single = [row for row in rows if row.plan is None]
    found.update(zip((row.name for row in single), matcher.match_each([row.row for row in single]), strict=True))
    for plan in plans(list(rows)).values():
        found.update(zip((row.name for row in plan), matcher.match_plan([row.row for row in plan]), strict=True))
    return [found[row.name] for row in rows]


def with_calibration(matcher: Matcher, calibration: Calibration) -> Matcher:
    """The matcher with other numbers."""
    return Matcher(matcher.taxonomy, calibration, matcher.known)


def left_out(matcher: Matcher, calibration: Calibration, rows: Sequence[Labelled]) -> list[Judged]:
    """Each office's rows judged by a taxonomy without the names and aliases that are known from its decree alone."""
    found: list[Judged] = []
    for office in sorted({row.office for row in rows}):
        *name, number, year = office.split("-")
        without = Matcher(matcher.taxonomy.without_source(f"{' '.join(name)} {number}/{year}"), calibration)
        print(f"left out for {office}: {len(matcher.known) - len(without.known)} wordings")
        mine = [row for row in rows if row.office == office]
        found += [Judged(row, match) for row, match in zip(mine, matched(without, mine), strict=True)]
    return found


@dataclass(frozen=True, slots=True)
class _Fold:
    """Rows of some offices, numbers fitted without them, and what those say with everything accepted, by `aside`."""

    fitted: Calibration
    rows: list[Labelled]
    said: dict[float, list[Judged]]


class Folds:
    """The labelled rows in folds of offices, each with numbers fitted without them; fitted once."""

    def __init__(self, fitter: Fitter) -> None:
        """Folds over all rows of the fitter."""
        self._matcher = fitter.matcher
        offices = sorted({row.office for row in fitter.rows})
        self._folds: list[_Fold] = []
        for fold in range(FOLDS):
            out = set(offices[fold::FOLDS])
            fitted = fitter.fit(i for i, row in enumerate(fitter.rows) if row.office not in out)
            rows = [row for row in fitter.rows if row.office in out]
            said = {aside: self._judged(rows, replace(fitted, aside=aside, thresholds=OPEN)) for aside in ASIDES}
            self._folds.append(_Fold(fitted, rows, said))

    def setting(self, left_out: int | None = None) -> tuple[float, Thresholds]:
        """`aside` and the thresholds by the rows of all folds but one: what was said of them without their office."""
        said = {
            aside: [j for number, fold in enumerate(self._folds) if number != left_out for j in fold.said[aside]]
            for aside in ASIDES
        }
        aside = min(ASIDES, key=lambda aside: surprise(said[aside]))
        return aside, chosen_thresholds(said[aside])

    def judged(self) -> list[Judged]:
        """Every row judged by weights, an `aside` and thresholds that were set without its office."""
        found: list[Judged] = []
        for number, fold in enumerate(self._folds):
            aside, thresholds = self.setting(number)
            found += self._judged(fold.rows, replace(fold.fitted, aside=aside, thresholds=thresholds))
        return found

    def _judged(self, rows: Sequence[Labelled], calibration: Calibration) -> list[Judged]:
        matcher = with_calibration(self._matcher, calibration)
        return [Judged(row, match) for row, match in zip(rows, matched(matcher, rows), strict=True)]


def main() -> None:
    """Fits, reports, and writes where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {FILE.name}")
    arguments = parser.parse_args()
    matcher = Matcher(load_taxonomy(), unfitted(OPEN))
    fitter = Fitter(matcher, gold())
    folds = Folds(fitter)
    print("\n".join(lines_of("own set, cross-validated by office", folds.judged())))
    aside, thresholds = folds.setting()
    print(f"\naside {aside}, {thresholds}")
    fitted = replace(fitter.fit(range(len(fitter.rows))), aside=aside, thresholds=thresholds)
    unseen = corpus()
    if unseen:
        judged = [Judged(r, m) for r, m in zip(unseen, matched(with_calibration(matcher, fitted), unseen), strict=True)]
        print("\n".join(lines_of("corpus as printed, not fitted on", judged)))
        print(
            "\n".join(lines_of("the same, wordings known from the decree itself left out", left_out(matcher, fitted, unseen)))
        )
    if arguments.write:
        data = {"fitted_on": fingerprint(), **as_data(fitted)}
        FILE.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def fingerprint() -> str:
    """A hash of all that the numbers follow from: the labelled set and the data of the taxonomy."""
    digest = hashlib.sha256()
    data = [path for path in DATA_DIR.rglob("*") if path.suffix in (".csv", ".toml", ".txt")]
    for path in sorted([*data, *GOLD.glob("*.csv")], key=lambda path: path.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


OPEN = Thresholds(accepted=0.0, accepted_item=0.0, none=0.0)
"""Everything is accepted: to see what the scores alone say."""


def surprise(judged: Sequence[Judged]) -> float:
    """How little probability the right components of the rows of plans got: the mean of its negative logarithm."""
    rows = [j for j in judged if j.row.plan is not None]
    return -sum(math.log(max(j.probability, LEAST_PROBABILITY)) for j in rows) / max(1, len(rows))


def chosen_thresholds(judged: Sequence[Judged]) -> Thresholds:
    """The lowest thresholds that keep what is said as often right as wanted, and no lower than the house claims."""
    some = [j for j in judged if j.match.indicator_id is not None]
    accepted = _lowest(((j.component_share, j.component_right) for j in some), WANTED_PRECISION)
    sure = [j for j in some if j.component_share >= accepted and j.component_right and is_item(j.row.label)]
    item = _lowest(((j.item_share, j.item_right) for j in sure), WANTED_ITEM_PRECISION)
    none = _lowest(((j.match.nothing, j.row.label == NONE) for j in judged), WANTED_NONE_PRECISION)
    return Thresholds(max(accepted, LEAST_ACCEPTED), max(item, LEAST_ITEM), max(none, LEAST_NONE))


def _lowest(pairs: Iterable[tuple[float, bool]], wanted: float) -> float:
    pairs = list(pairs)
    for limit in STEPS:
        right = [ok for share, ok in pairs if share >= limit]
        if right and np.mean(right) >= wanted:
            return limit
    return 1.0


if __name__ == "__main__":
    main()
