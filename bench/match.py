"""Prints how often zi and its peers name the right indicator of a row, and how many rows a second, in one run on one core.

    python -m bench.match [--rows FILE.csv]... [--office COLUMN] [--plan COLUMN]

The peers are rapidfuzz's `extractOne` and a TF-IDF cosine; each sees the same rows and, in the first half of a table, the
same names. Sets: the project's own, whose rows zi's numbers were fitted on, so that zi is judged by numbers fitted without
the row's office (`fit_matcher.Folds`); the corpus as printed, where it is there; and files from elsewhere.
"""

from __future__ import annotations

import argparse
import csv
import math
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
from rapidfuzz import fuzz, process, utils

from bench.fit_matcher import Fitter, Folds, matched
from bench.labelled import TEXTS, Labelled, component_of, corpus, gold, is_item
from bench.match_report import Judged
from taxonomy.calibration import load_calibration
from taxonomy.form import Level, Taxonomy
from taxonomy.load import load_taxonomy
from taxonomy.matcher import Matcher, Status
from taxonomy.wordings import NONE, wordings
from taxonomy.words import tokens

RUNS = 3  # timed, after a first one to warm up
LEAST_SECONDS = 0.3  # of a timed run: quick sides go over the rows as often as that takes
QUIET = 0.1  # cores that other processes may take while it is timed
TRIES = 10  # to find the machine quiet
REST_SECONDS = 3.0  # between two of them
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""Numpy reads them when it is imported; without them a product of matrices runs on every core."""

Pairs: TypeAlias = Sequence[tuple[str, str]]
"""Label and wording."""

Answer: TypeAlias = Callable[[Sequence[Labelled]], Sequence[object]]
"""Something for each row."""

Peer: TypeAlias = Callable[[Sequence[Labelled]], list[str]]
"""A label for each row."""

STAT = Path("/proc/stat")
STAT_IDLE = (3, 4)  # idle and iowait, of the times of all cores
STAT_TIMES = 8  # user to steal; what follows is counted among them


def query(row: Labelled) -> str:
    """What the peers are asked: component, item and action; where there is none of them, whatever else is there."""
    texts = [row.row[name] for name in ("component", "item", "action")]
    return " ".join(t for t in texts if t) or " ".join(t for t in (row.row["success_indicator"], row.row["evidence"]) if t)


class Fuzzy:
    """The label whose wording a scorer of rapidfuzz likes best."""

    def __init__(self, scorer: Callable[..., float], known: Pairs) -> None:
        """Over the known wordings, case and punctuation folded once."""
        self._scorer = scorer
        self._labels = [label for label, _ in known]
        self._texts = [utils.default_process(text) for _, text in known]

    def __call__(self, rows: Sequence[Labelled]) -> list[str]:
        """The label of each row."""
        return [self._label(utils.default_process(query(row))) for row in rows]

    def _label(self, text: str) -> str:
        found = process.extractOne(text, self._texts, scorer=self._scorer)
        return NONE if found is None else self._labels[found[2]]


class TfIdf:
    """The label whose wording has the greatest cosine over word unigrams.

    Counts times smoothed inverse document frequency, ln((1 + n) / (1 + df)) + 1, to length 1: what scikit-learn's
    TfidfVectorizer does by default, written here so that the bench needs nothing more than the program.
    """

    def __init__(self, known: Pairs) -> None:
        """Over the known wordings."""
        self._labels = [label for label, _ in known]
        counts = [Counter(tokens(text)) for _, text in known]
        documents = Counter(word for count in counts for word in count)
        self._number = {word: i for i, word in enumerate(sorted(documents))}
        self._idf = np.array([math.log((1 + len(counts)) / (1 + documents[w])) + 1 for w in self._number], dtype=np.float32)
        table = np.zeros((len(self._number), len(counts)), dtype=np.float32)
        for column, count in enumerate(counts):
            numbers = [self._number[word] for word in count]
            table[numbers, column] = np.array(list(count.values())) * self._idf[numbers]
        self._table = table / np.maximum(np.linalg.norm(table, axis=0), 1e-9)

    def __call__(self, rows: Sequence[Labelled]) -> list[str]:
        """The label of each row."""
        return [self._label(query(row)) for row in rows]

    def _label(self, text: str) -> str:
        count = Counter(number for word in tokens(text) if (number := self._number.get(word)) is not None)
        if not count:
            return NONE
        numbers = list(count)  # the length of the query is the same for all wordings, and changes no order
        weights = np.array(list(count.values()), dtype=np.float32) * self._idf[numbers]
        return self._labels[int((weights @ self._table[numbers]).argmax())]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a side is.

    Attributes:
        warm: rows per second.
        first: the same of the first pass, which makes what is made once.
        others: cores that other processes took meanwhile; NaN where the system does not tell.
    """

    warm: float
    first: float
    others: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: who, the label that it says of each row, the same when asked for items alone, and how fast."""

    name: str
    said: Sequence[str]
    items: Sequence[str]
    pace: Pace


@dataclass(frozen=True, slots=True)
class Figures:
    """How often a line is right, shares of 1.

    Attributes:
        component: of the rows with an indicator, those with the right component.
        macro: mean of the same over offices.
        item: of the rows labelled with an item, those with that item, where peers are asked for items alone.
        all: of all rows, those with the right component or rightly none.
    """

    component: float
    macro: float
    item: float
    all: float


def figures(rows: Sequence[Labelled], said: Sequence[str], items: Sequence[str]) -> Figures:
    """How often what is said of the rows is right."""
    right = [component_of(label) == row.component for row, label in zip(rows, said, strict=True)]
    some = [i for i, row in enumerate(rows) if row.label != NONE]
    return Figures(
        _mean(right[i] for i in some),
        _macro((rows[i].office, right[i]) for i in some),
        _mean(items[i] == rows[i].label for i in some if is_item(rows[i].label)),
        _mean(right),
    )


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values) if values else math.nan


def _macro(values: Iterable[tuple[str, float]]) -> float:
    """The mean of offices, each of which has the mean of its values."""
    by_office: dict[str, list[float]] = {}
    for office, value in values:
        by_office.setdefault(office, []).append(value)
    return _mean(_mean(office) for office in by_office.values())


def pace(make: Callable[[], Answer], rows: Sequence[Labelled]) -> Pace:
    """How fast a side answers; timed again while other processes load the machine."""
    for _ in range(TRIES):
        timed = _pace(make(), rows)
        if not timed.others > QUIET:
            break
        time.sleep(REST_SECONDS)
    return timed


def _pace(answer: Answer, rows: Sequence[Labelled]) -> Pace:
    start, busy, own = time.perf_counter(), _busy(), time.process_time()
    first = _seconds(answer, rows)
    times = max(1, math.ceil(LEAST_SECONDS / first))
    seconds = [sum(_seconds(answer, rows) for _ in range(times)) / times for _ in range(RUNS)]
    others = (_busy() - busy - (time.process_time() - own)) / (time.perf_counter() - start)
    return Pace(len(rows) / statistics.median(seconds), len(rows) / first, max(0.0, others))


def _seconds(answer: Answer, rows: Sequence[Labelled]) -> float:
    start = time.perf_counter()
    answer(rows)
    return time.perf_counter() - start


def _busy() -> float:
    """Seconds that all cores have worked for all processes; NaN where the system does not tell."""
    if not STAT.exists():
        return math.nan
    times = [int(ticks) for ticks in STAT.read_text(encoding="ascii").split("\n", 1)[0].split()[1 : 1 + STAT_TIMES]]
    return (sum(times) - sum(times[i] for i in STAT_IDLE)) / os.sysconf("SC_CLK_TCK")


class Contest:
    """All sides over one set of rows after the other."""

    def __init__(self) -> None:
        """The taxonomy and the wordings that the sides know."""
        self.taxonomy = load_taxonomy()
        self.calibration = load_calibration()
        known = wordings(self.taxonomy)
        names = names_of(self.taxonomy)
        every = [(w.label, w.text) for w in known]
        self._peers: dict[str, tuple[Callable[[Pairs], Peer], Pairs]] = {
            "WRatio": (partial(Fuzzy, fuzz.WRatio), names),
            "token_set_ratio": (partial(Fuzzy, fuzz.token_set_ratio), names),
            "ratio": (partial(Fuzzy, fuzz.ratio), names),
            "TF-IDF": (TfIdf, names),
            "token_set_ratio, zi's wordings": (partial(Fuzzy, fuzz.token_set_ratio), every),
            "TF-IDF, zi's wordings": (TfIdf, every),
        }
        self.others = [0.0]
        print(
            f"Taxonomy {self.taxonomy.version}: {len(names)} names of labels; zi's wordings: {len(every)}, "
            "with other names, names in other forms, and what offices do and prove."
        )

    def matcher(self) -> Matcher:
        """A matcher with the shipped numbers, nothing made in advance."""
        return Matcher(self.taxonomy, self.calibration)

    def judged(self, rows: Sequence[Labelled]) -> list[Judged]:
        """The rows judged by the shipped numbers."""
        return [Judged(row, match) for row, match in zip(rows, matched(self.matcher(), rows), strict=True)]

    def cross_validated(self, rows: Sequence[Labelled]) -> list[Judged]:
        """The rows judged by numbers fitted without their office, in the order of the rows."""
        folds = Folds(Fitter(self.matcher(), rows))
        found = {j.row.name: j for j in folds.judged()}
        return [found[row.name] for row in rows]

    def table(self, title: str, rows: Sequence[Labelled], each: Sequence[Judged], whole: Sequence[Judged]) -> list[str]:
        """The table of a set.

        Args:
            title: of the set.
            rows: of the set.
            each: our answers, rows one by one.
            whole: our answers, whole plans; none where the set has no plans.
        """
        lines = [self._ours("**zi**, rows one by one", [replace(row, plan=None) for row in rows], each)]
        if whole:
            lines.append(self._ours("**zi**, whole plans", rows, whole))
        lines += [self._peer(name, rows) for name in self._peers]
        self.others += [line.pace.others for line in lines]
        some = sum(row.label != NONE for row in rows)
        offices = len({row.office for row in rows})
        return [
            "",
            f"### {title}: {len(rows)} rows, {some} with an indicator, {offices} offices",
            "",
            *_table(rows, lines),
            "",
            *(_accepted(name, judged) for name, judged in (("rows one by one", each), ("whole plans", whole)) if judged),
        ]

    def _ours(self, name: str, rows: Sequence[Labelled], judged: Sequence[Judged]) -> Line:
        said = [j.said for j in judged]
        return Line(name, said, said, pace(self._answer, rows))

    def _answer(self) -> Answer:
        matcher = self.matcher()
        return lambda rows: matched(matcher, list(rows))

    def _peer(self, name: str, rows: Sequence[Labelled]) -> Line:
        kind, known = self._peers[name]
        items = [(label, text) for label, text in known if self._is_item(label)]
        return Line(name, kind(known)(rows), kind(items)(rows), pace(lambda: kind(known), rows))

    def _is_item(self, label: str) -> bool:
        return label != NONE and self.taxonomy.node(label).level is Level.ITEM


def names_of(taxonomy: Taxonomy) -> list[tuple[str, str]]:
    """The labels and their names: of the reference, and of the other forms where the reference has no such label."""
    nodes = [taxonomy.node(label) for label in taxonomy.labels]
    return [(node.id, node.name) for node in nodes if node.worded]


def _table(rows: Sequence[Labelled], lines: Sequence[Line]) -> list[str]:
    """The lines beside the first of them."""
    made = [
        "| | component | mean of offices | item | all rows | rows/s | first pass | zi/it component | zi/it rows/s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    first = figures(rows, lines[0].said, lines[0].items)
    for line in lines:
        f = figures(rows, line.said, line.items)
        mark = " ?" if line.pace.others > QUIET else ""
        better = f"{first.component / f.component:.2f}x" if f.component else "-"
        made.append(
            f"| {line.name} | {f.component:.3f} | {f.macro:.3f} | {f.item:.3f} | {f.all:.3f} | {line.pace.warm:.0f}{mark} | "
            f"{line.pace.first:.0f} | {better} | {lines[0].pace.warm / line.pace.warm:.3g}x |"
        )
    return made


def _accepted(name: str, judged: Sequence[Judged]) -> str:
    accepted = [j for j in judged if j.match.status is Status.ACCEPTED]
    right, macro = _mean(j.component_right for j in accepted), _macro((j.row.office, j.component_right) for j in accepted)
    return f"Accepted, {name}: {len(accepted)} of {len(judged)}, component right {right:.3f} (mean of offices {macro:.3f})."


def rows_of(path: Path, office: str, plan: str) -> list[Labelled]:
    """The rows of a file; a column that it lacks counts as empty.

    Raises:
        ValueError: it names no label.
    """
    found: list[Labelled] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            label = (row.get("indicator_id") or "").strip()
            if label != NONE and label not in load_taxonomy().labels:
                raise ValueError(f"{path.name}, row {line}: {label!r} is no label; indicator_id holds one, or {NONE!r}")
            texts = {name: row.get(name) or "" for name in TEXTS}
            found.append(Labelled(f"{path.stem}.{line}", row.get(office) or "", row.get(plan) or None, texts, label))
    return found


def main() -> int:
    """0 when all is measured, 2 when a file cannot be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=Path, action="append", default=[], metavar="FILE.csv", help="rows from elsewhere")
    parser.add_argument("--office", default="office", metavar="COLUMN", help="of --rows: who printed it (office)")
    parser.add_argument("--plan", default="plan", metavar="COLUMN", help="of --rows: rows of one plan, in print order (plan)")
    arguments = parser.parse_args()
    if any(os.environ.get(name) != value for name, value in ONE_CORE.items()):
        os.execve(sys.executable, [sys.executable, "-m", "bench.match", *sys.argv[1:]], {**os.environ, **ONE_CORE})
    try:
        files = {path: rows_of(path, arguments.office, arguments.plan) for path in arguments.rows}
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    load = os.getloadavg()[0]
    contest = Contest()
    for path, rows in files.items():
        _show(contest, path.name, rows, contest.judged)
    _show(contest, "corpus as printed, not fitted on", corpus(), contest.judged)
    own = gold()
    each, whole = contest.cross_validated([replace(row, plan=None) for row in own]), contest.cross_validated(own)
    for title, is_plan in (("own set, single rows, cross-validated by office", False), ("own set, plans, the same", True)):
        mine = [i for i, row in enumerate(own) if (row.plan is not None) is is_plan]
        rows = [own[i] for i in mine]
        print("\n".join(contest.table(title, rows, [each[i] for i in mine], [whole[i] for i in mine] if is_plan else [])))
    print(
        f"\nOne core, median of {RUNS} runs after a first one. Load average before {load:.2f}, after {os.getloadavg()[0]:.2f} "
        f"(this run is 1 of it); other processes took at most {max(contest.others):.2f} cores while it was timed."
    )
    if max(contest.others) > QUIET:
        print("OTHERS WERE AT WORK: speeds marked with ? are not to be kept.")
    return 0


def _show(contest: Contest, title: str, rows: Sequence[Labelled], judged: Callable[[Sequence[Labelled]], list[Judged]]) -> None:
    """Prints the table of a set that nothing was fitted on; none where it has no rows."""
    if rows:
        whole = judged(rows) if any(row.plan for row in rows) else []
        print("\n".join(contest.table(title, rows, judged([replace(row, plan=None) for row in rows]), whole)))


if __name__ == "__main__":
    sys.exit(main())
