"""Prints how long the comparison of 1,656 invented plans takes, and how long holding every row against every other would.

    python -m bench.compare [--offices N] [--years N] [--rows N]

The plans are made of the wordings of the taxonomy: some templates that offices copy, with names of offices and years put in,
rows of their own, and misprints. The peer is what one writes first: `rapidfuzz.fuzz.ratio` of every row against every row of
every other plan, timed on a few plans and taken times the number of pairs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
from rapidfuzz import fuzz, process

from audit.compare import compare
from audit.compare_wording import folder_of, plans_of
from audit.dossier import Box, Corpus, Dossier, Indicator, PlanRow
from normalize.satker import satkers
from pipeline.matching import indicator_rows
from taxonomy.load import load_taxonomy
from taxonomy.wordings import NONE, wordings

SEED = 6
TEMPLATES = 40  # plans that offices copy from
OWN_ROW = 0.15  # share of rows that an office words itself
MISPRINT = 0.03  # share of rows with a letter changed
FIRST_YEAR = 2023
NAIVE_PLANS = 50  # held against each other by the peer: 1,225 pairs
ALIKE = 94.0  # likeness from which the peer takes two rows for the same
KIBIBYTES = 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the comparison once warm, prints seconds, memory, digest of the tables, and the ratio to the peer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=int, default=600)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--rows", type=int, default=70)
    options = parser.parse_args(arguments)
    corpus = invented(options.offices, options.years, options.rows)
    before = _peak()
    start, worked = time.perf_counter(), time.process_time()
    tables = compare(corpus)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    digest = hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()[:16]
    pairs = len(corpus.dossiers) * (len(corpus.dossiers) - 1) // 2
    naive = _naive(corpus) * pairs
    print(f"plans {len(corpus.dossiers)}, rows {sum(len(one.rows) for one in corpus.dossiers)}, pairs of plans {pairs}")
    memory = f"memory of the corpus {before:.0f} MiB, with the comparison {_peak():.0f} MiB"
    print(f"compare: {seconds:.1f} s, {worked:.1f} s of work; {memory}")
    print("rows of the tables: " + ", ".join(f"{name} {len(rows)}" for name, rows in tables.items()) + f"; digest {digest}")
    print(
        f"every row against every row (rapidfuzz, from {NAIVE_PLANS} plans): {naive:.0f} s, {naive / worked:.0f} times the work"
    )
    return 0


def invented(offices: int, years: int, rows: int) -> Corpus:
    """Plans of so many offices and years; the same at every call."""
    draw = random.Random(SEED)
    taxonomy = load_taxonomy()
    nodes = {
        str(row["indicator_id"]): Indicator(**{("order" if k == "indicator_order" else k): v for k, v in row.items()})  # type: ignore[arg-type]
        for row in indicator_rows(taxonomy)
    }
    pool = sorted({(w.label, w.text) for w in wordings(taxonomy) if w.label in nodes and w.label != NONE})
    templates = [sorted(draw.sample(pool, min(rows, len(pool)))) for _ in range(TEMPLATES)]
    dossiers = []
    for code, satker in sorted(satkers().items())[:offices]:
        plan = [(label, f"{text} di lingkungan KPU {satker.name}") for label, text in draw.choice(templates)]
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            plan = [_changed(row, pool, draw) for row in plan]
            dossiers.append(_dossier(code, satker.name, year, plan, draw))
    return Corpus(tuple(sorted(dossiers, key=lambda one: one.document_id)), nodes)


def _changed(row: tuple[str, str], pool: Sequence[tuple[str, str]], draw: random.Random) -> tuple[str, str]:
    """The row in the next year: mostly the same."""
    label, text = row
    if draw.random() < OWN_ROW:
        label, own = draw.choice(pool)
        text = f"{own} dan {draw.choice(pool)[1]}"
    if draw.random() < MISPRINT:
        place = draw.randrange(len(text))
        text = text[:place] + draw.choice("aeiourstkn") + text[place + 1 :]
    return label, text


def _dossier(code: str, name: str, year: int, plan: Sequence[tuple[str, str]], draw: random.Random) -> Dossier:
    key = hashlib.sha256(f"{code}-{year}".encode()).hexdigest()[:16]
    rows = tuple(
        PlanRow(
            row_id=f"{key}-{order:04d}",
            document_id=key,
            order=order,
            values={"item": text, "action": f"Melaksanakan {text} tahun {year}", "evidence": "Undangan, daftar hadir, notula"},
            months=tuple(sorted(draw.sample(range(1, 13), draw.randint(1, 4)))),
            printed=(),
            page=5,
            boxes=(Box(5, 50.0, 100.0, 780.0, 120.0),),
            indicator_id=label,
            match_status="accepted",
            confidence=1.0,
            reasons=(),
            decided=(),
        )
        for order, (label, text) in enumerate(plan, 1)
    )
    return replace(_EMPTY, document_id=key, decree_id=key, satker_code=code, satker_name=name, year=year, rows=rows)


def _naive(corpus: Corpus) -> float:
    """Seconds of work that the peer takes for one pair of plans."""
    few = _first(corpus, NAIVE_PLANS)
    some = [[str(row.row.values["item"]) for row in plan.rows] for plan in plans_of(few, folder_of(few))]
    start = time.process_time()
    for one, other in combinations(some, 2):
        alike = process.cdist(one, other, scorer=fuzz.ratio, score_cutoff=ALIKE, workers=1)
        np.count_nonzero(alike.max(axis=1))
    return (time.process_time() - start) / (len(some) * (len(some) - 1) / 2)


def _first(corpus: Corpus, count: int) -> Corpus:
    """The first plans of a corpus."""
    return Corpus(corpus.dossiers[:count], corpus.indicators)


def _peak() -> float:
    """Most memory that this process had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES


_EMPTY = Dossier(
    document_id="",
    decree_id="",
    source_path="",
    kind="digital",
    part="decree",
    page_count=8,
    satker_code=None,
    satker_name=None,
    satker_level=None,
    province_code=None,
    institution=None,
    title=None,
    number=1,
    year=None,
    signed=date(FIRST_YEAR, 1, 16),
    plan_form=None,
    confidence=1.0,
    doubts=(),
    fields={},
    paragraphs=(),
    citations=(),
    lampiran=(),
    rows=(),
    columns=(),
    coverage=(),
    lost_pages=(),
)


if __name__ == "__main__":
    sys.exit(main())
