"""Makes the tables of an invented country: 600 offices x 3 years, grown out of the plans of a folder of tables.

python -m bench.national OUT --tables FOLDER [--offices 600] [--years 3]

Every decree is a mixture of sample plans under another office's name, with some of its words changed, components missing, and
findings, similar plans, changes, figures and consensus as the audit might write them. All of it is invented, and says nothing
of any office; sizes, repetition and variety are what matters. The same arguments give the same tables.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from audit.claims import SEVERITIES, catalogue
from normalize.satker import satkers
from pipeline.parquet import prepare_folder, replaced_tables
from pipeline.rows import as_table
from pipeline.storage import folder_at

SEED = 20_240_917
LAST_YEAR = 2025
ROWS = (55, 85)  # of a plan: those of real ones, 25 to 90, most near 70
REWORDED = 0.35  # share of the texts of a plan that no other plan has: real offices copy much, and change some words
MISSING = (0.02, 0.35)  # share of the components that a plan lacks, by office
UNSURE = 0.03  # share of rows, legal bases and header values to be reviewed
FINDINGS = (12, 48)  # of a decree
DECIDED = 0.05  # share of the findings that a person decided
SIMILAR = 3  # pairs of a plan
CHANGED = 12  # rows that an office changes in a year
WORDINGS = 6  # of each indicator
TEXTS = ("component", "item", "success_indicator", "action", "evidence")
COPIED = ("provisions", "lampiran_texts", "legal_bases", "fields", "plan_columns", "coverage", "pages")
PLACE = {"x0": 72.0, "top": 210.5, "x1": 540.0, "bottom": 236.0}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Office:
    """An office: real regions first, then invented ones without a code."""

    number: int
    code: str | None
    name: str
    level: str
    province: str | None


@dataclass(frozen=True, slots=True)
class Sample:
    """A document of the sample with its rows by table."""

    document: Row
    rows: Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Decree:
    """A decree to be made."""

    key: str
    office: Office
    year: int
    before: str | None


def main() -> int:
    """0 when the tables are written, 2 when the sample has no plan."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--tables", type=Path, required=True, metavar="FOLDER", help="tables to grow it from")
    parser.add_argument("--offices", type=int, default=600)
    parser.add_argument("--years", type=int, default=3)
    arguments = parser.parse_args()
    samples = read_samples(arguments.tables)
    if not samples:
        print(f"{arguments.tables} has no decree with a plan.", file=sys.stderr)
        return 2
    made = write_country(arguments.tables, arguments.out, samples, arguments.offices, arguments.years)
    print(f"{made} decrees in {arguments.out}")
    return 0


def read_samples(parquet: Path) -> list[Sample]:
    """The decrees with a plan and its coverage, each once."""
    grouped: dict[str, dict[str, list[Row]]] = {name: defaultdict(list) for name in (*COPIED, "plan_rows")}
    for name, groups in grouped.items():
        for row in pq.read_table(parquet / f"{name}.parquet").to_pylist():
            groups[row["document_id"]].append(row)
    documents = pq.read_table(parquet / "documents.parquet").to_pylist()
    originals = [
        one for one in documents if one["decree_id"] == one["document_id"] and grouped["plan_rows"][one["document_id"]]
    ]
    return [Sample(one, {name: groups[one["document_id"]] for name, groups in grouped.items()}) for one in originals]


def write_country(tables: Path, out: Path, samples: Sequence[Sample], offices: int, years: int) -> int:
    """Number of decrees whose tables were written to the folder."""
    decrees = sorted(_decrees(offices, years), key=lambda decree: decree.key)
    indicators = pq.read_table(tables / "indicators.parquet").to_pylist()
    prepare_folder(out)
    with replaced_tables(folder_at(out), "national") as writer:
        writer.content = hashlib.sha256(f"{SEED} {offices} {years}".encode()).hexdigest()
        writer.add("indicators", as_table("indicators", indicators).to_batches()[0])
        for name, rows in _all_rows(decrees, samples, indicators):
            for batch in as_table(name, rows).to_batches():
                writer.add(name, batch)
    return len(decrees)


def _decrees(offices: int, years: int) -> Iterator[Decree]:
    for office in _offices(offices):
        before = None
        for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
            key = hashlib.sha256(f"{office.number} {year}".encode()).hexdigest()[:16]
            yield Decree(key, office, year, before)
            before = key


def _offices(wanted: int) -> list[Office]:
    known = [Office(n, one.code, one.name, one.level, one.province_code) for n, one in enumerate(satkers().values())]
    invented = [Office(n, None, f"Kabupaten Contoh {n}", "kabupaten", None) for n in range(len(known), wanted)]
    return [*known, *invented][:wanted]


def _all_rows(
    decrees: Sequence[Decree], samples: Sequence[Sample], indicators: Sequence[Row]
) -> Iterator[tuple[str, list[Row]]]:
    """Rows of every table, decree by decree, in the order of the tables."""
    vocabulary = _vocabulary(samples)
    areas = [row["indicator_id"] for row in indicators if row["level"] == "area"]
    for decree in decrees:
        chance = random.Random(f"{SEED} {decree.key}")
        sample = samples[decree.office.number % len(samples)]
        rows = list(_plan(decree, samples, chance, vocabulary))
        yield "documents", [_document(decree, sample)]
        for name in COPIED:
            yield name, [_copied(name, row, decree, chance) for row in sample.rows[name]]
        yield "plan_rows", rows
        yield "findings", list(_findings(decree, rows, chance))
        yield "similar_plans", list(_similar(decree, decrees, chance, len(rows)))
        yield "plan_changes", list(_changes(decree, rows, chance))
        yield "plan_figures", list(_figures(decree, areas, chance))
        if chance.random() < UNSURE:
            yield "failures", [_failure(decree)]
    yield "consensus", list(_consensus(indicators, vocabulary))


def _vocabulary(samples: Sequence[Sample]) -> list[str]:
    texts = (row[name] or "" for sample in samples for row in sample.rows["plan_rows"] for name in TEXTS)
    return sorted({word for text in texts for word in text.split() if word.isalpha()})


def _document(decree: Decree, sample: Sample) -> Row:
    office = decree.office
    institution = f"KOMISI PEMILIHAN UMUM {office.name.upper()}"
    return {
        **sample.document,
        "document_id": decree.key,
        "decree_id": decree.key,
        "source_path": f"arsip/{office.code or office.number}-{decree.year}.pdf",
        "institution": institution,
        "satker_code": office.code,
        "satker_name": office.name if office.code else None,
        "satker_level": office.level if office.code else None,
        "province_code": office.province,
        "year": decree.year,
        "number": office.number % 400 + 1,
        "number_raw": f"{office.number % 400 + 1} TAHUN {decree.year}",
        "title": f"RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS DI LINGKUNGAN {institution} TAHUN {decree.year}",
        "date": date(decree.year, 1 + office.number % 6, 1 + office.number % 28),
    }


def _copied(name: str, row: Row, decree: Decree, chance: random.Random) -> Row:
    """A row of the sample as the decree might have it."""
    made = {**row, "document_id": decree.key}
    for column in ("satker_code", "year"):
        if column in made and name not in ("legal_bases", "fields"):
            made[column] = decree.office.code if column == "satker_code" else decree.year
    if name == "coverage":
        lost = random.Random(f"{SEED} {decree.office.number}").uniform(*MISSING)
        drawn = chance.random()
        status = "missing" if drawn < lost else "uncertain" if drawn < lost + UNSURE else row["status"]
        made |= {"status": status, "reasons": ["row-may-serve-it"] if status == "uncertain" else []}
    if name in ("legal_bases", "fields") and chance.random() < UNSURE:
        made |= {"needs_review": True, "confidence": round(chance.uniform(0.4, 0.85), 2)}
    if name == "legal_bases" and row["gazettes"] and chance.random() < UNSURE:
        made["gazettes"] = [{**gazette, "number": str(chance.randrange(1, 999))} for gazette in row["gazettes"]]
    return made


def _plan(decree: Decree, samples: Sequence[Sample], chance: random.Random, vocabulary: Sequence[str]) -> Iterator[Row]:
    wanted = chance.randint(*ROWS)
    pool: list[Row] = []
    while len(pool) < wanted:
        pool += chance.choice(samples).rows["plan_rows"]
    for order, row in enumerate(pool[:wanted], 1):
        made = {**row, "row_id": f"{decree.key}-{order:04d}", "document_id": decree.key, "row_order": order}
        made |= {"satker_code": decree.office.code, "year": decree.year}
        for name in TEXTS:
            if made[name] and chance.random() < REWORDED:
                made[name] = _reworded(made[name], chance, vocabulary)
        if chance.random() < UNSURE:
            made |= {
                "needs_review": True,
                "review_reasons": ["read-unsurely"],
                "confidence": round(chance.uniform(0.4, 0.9), 2),
            }
        yield made


def _reworded(text: str, chance: random.Random, vocabulary: Sequence[str]) -> str:
    """The text with one word in five exchanged, and at least one."""
    words = text.split()
    for _ in range(1 + len(words) // 5):
        words[chance.randrange(len(words))] = chance.choice(vocabulary)
    return " ".join(words)


def _findings(decree: Decree, rows: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    codes = list(catalogue().values())
    for number in range(chance.randint(*FINDINGS)):
        code = chance.choice(codes)
        one, other = chance.choice(rows), chance.choice(rows)
        certainty = chance.choices(("sure", "likely", "look"), (5, 3, 2))[0]
        severity = code.severity
        if certainty == "look":
            severity = SEVERITIES[max(0, SEVERITIES.index(severity) - 1)]
        elif certainty == "likely" and severity == "error":
            severity = "warning"
        found, expected = one["component"] or one["action"], other["component"] or other["action"]
        yield {
            "document_id": decree.key,
            "decree_id": decree.key,
            "satker_code": decree.office.code,
            "year": decree.year,
            "code": code.code,
            "severity": severity,
            "certainty": certainty,
            "subject": one["indicator_id"],
            "message": f"{code.title['id']}: tertulis “{found}”, pembandingnya “{expected}”.",
            "message_en": f"{code.title['en']}: “{found}” is printed, compared with “{expected}”.",
            "found": found,
            "expected": expected,
            "page": one["page_start"],
            "finding_id": hashlib.sha256(f"{decree.key} {number}".encode()).hexdigest()[:16],
            "confidence": 1.0 if certainty == "sure" else round(chance.uniform(0.5, 0.99), 2),
            "doubts": ["read-unsurely"] if certainty == "look" else [],
            "source": code.source["id"],
            "source_en": code.source["en"],
            "row_ids": [one["row_id"]],
            "places": [{"role": "found", "document_id": decree.key, "page": one["page_start"], **PLACE}],
            "decision": chance.choice(("confirmed", "dismissed")) if chance.random() < DECIDED else None,
        }


def _similar(decree: Decree, decrees: Sequence[Decree], chance: random.Random, rows: int) -> Iterator[Row]:
    others = [other for other in chance.sample(decrees, min(len(decrees), SIMILAR + 1)) if other.key != decree.key][:SIMILAR]
    shares = sorted((chance.betavariate(2, 3) for _ in others), reverse=True)
    for order, (other, share) in enumerate(zip(others, shares, strict=True), 1):
        yield {
            "document_id": decree.key,
            "share_order": order,
            "satker_code": decree.office.code,
            "year": decree.year,
            "other_document_id": other.key,
            "other_satker_code": other.office.code,
            "other_year": other.year,
            "rows": rows,
            "shared_rows": round(rows * share),
            "share": share,
            "other_share": min(1.0, share * chance.uniform(0.8, 1.2)),
            "only_here": round(rows * share * 0.1),
            "relation": "same-office" if other.office == decree.office else "other-office",
        }


def _changes(decree: Decree, rows: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    if decree.before is None:
        return
    for order, row in enumerate(chance.sample(rows, min(CHANGED, len(rows))), 1):
        change = chance.choice(("added", "dropped", "reworded", "moved-months", "moved-indicator"))
        yield {
            "document_id": decree.key,
            "change_order": order,
            "satker_code": decree.office.code,
            "year": decree.year,
            "before_document_id": decree.before,
            "before_year": decree.year - 1,
            "change": change,
            "indicator_id": row["indicator_id"],
            "row_id": None if change == "dropped" else row["row_id"],
            "before_row_id": None if change == "added" else f"{decree.before}-{order:04d}",
            "text": None if change == "dropped" else row["action"] or row["component"],
            "before_text": None if change == "added" else row["component"],
            "needs_review": row["needs_review"],
        }


def _figures(decree: Decree, areas: Sequence[str], chance: random.Random) -> Iterator[Row]:
    for figure, usual in (("rows", 8.0), ("months", 30.0), ("unscheduled", 1.0)):
        for area in ("all", *areas):
            value = float(max(0, round(chance.gauss(usual, usual / 2))))
            low, high = 0.0, round(usual * 2.2, 1)
            yield {
                "document_id": decree.key,
                "satker_code": decree.office.code,
                "year": decree.year,
                "figure": figure,
                "area_id": area,
                "value": value,
                "median": usual,
                "low": low,
                "high": high,
                "outlier": "high" if value > high else None,
                "plans": 600,
                "uncertain_rows": 0,
            }


def _failure(decree: Decree) -> Row:
    return {
        "source_path": f"arsip/{decree.office.code or decree.office.number}-{decree.year}.pdf",
        "document_id": decree.key,
        "page": 3,
        "code": "page-timeout",
        "message": "Page 3 took longer than allowed and was given up.",
        "cure": "Run again with a larger --page-timeout.",
    }


def _consensus(indicators: Sequence[Row], vocabulary: Sequence[str]) -> Iterator[Row]:
    chance = random.Random(SEED)
    for row in sorted(indicators, key=lambda one: one["indicator_id"]):
        if row["level"] not in ("component", "item"):
            continue
        for order in range(1, WORDINGS + 1):
            yield {
                "indicator_id": row["indicator_id"],
                "wording_order": order,
                "field": chance.choice(("item", "action", "evidence")),
                "text": _reworded(row["name"] or "Rencana kerja", chance, vocabulary),
                "offices": 480 // order,
                "plans": 1_200 // order,
                "share": round(0.8 / order, 3),
                "example_row_id": "none-0001",
            }


if __name__ == "__main__":
    raise SystemExit(main())
