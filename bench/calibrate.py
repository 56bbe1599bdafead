"""Prints how often words and values that zi read from scans are right, by the confidence that zi gave them.

python bench/calibrate.py CORPUS --scorer ../shared/score/score.py [--readings FOLDER]

CORPUS holds scanned PDFs with their truth files. The first table counts words: a word is right if the truth of its document, or
a word list of decrees, holds it (so a wrong word that makes another right one is missed). Its shares are the constants of
`extract/scan/confidence.py`. The second counts values as the scorer judges them, marked for review or not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

from extract.document import extract_document
from extract.errors import ZiError
from extract.scan.confidence import EDGE_MARKS, kind_of
from extract.vocabulary import common_words, decree_words
from pipeline.process import read_document
from pipeline.result import DocumentResult

NOT_PRINTED = ("scan", "layout", "doc_id", "kind", "page_rotation")  # of a truth file: how it was made
VALUES = ("area", "component", "item", "success_indicator", "action", "evidence", "target_raw", "notes")
TRUSTED = 0.995  # share of the values not marked for review that must be right

Counts = Counter[tuple[str, str, bool]]
"""Number of words or values by kind, group and whether they are right."""


def main() -> int:
    """0 when enough of what is not marked is right, 1 when not, 2 when there is nothing to judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--scorer", type=Path, required=True, help="score.py, whose judgement of values is used")
    parser.add_argument("--readings", type=Path, help="folder of kept readings")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    scorer = _module(arguments.scorer)
    words: Counts = Counter()
    values: Counts = Counter()
    for pdf, truth in _scans(arguments.corpus):
        try:
            words.update(_words(pdf, truth, arguments.readings))
        except ZiError as error:
            print(f"{pdf.name}: {error.message}", file=sys.stderr)
            continue
        result, _ = read_document(pdf, pdf.name, readings=arguments.readings)
        values.update(_values(result, truth, scorer))
    if not values:
        print(f"No scanned decree with a truth file in {arguments.corpus}.", file=sys.stderr)
        return 2
    _print("words", words)
    _print("values", values)
    right = sum(n for (_, group, ok), n in values.items() if group == "not marked" and ok)
    wrong = sum(n for (_, group, ok), n in values.items() if group == "not marked" and not ok)
    print(json.dumps({"values_not_marked": right + wrong, "right_of_them": round(right / max(1, right + wrong), 5)}))
    return int(right < TRUSTED * (right + wrong))


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _scans(corpus: Path) -> Iterator[tuple[Path, Mapping[str, object]]]:
    for path in sorted(corpus.rglob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if truth.get("kind") == "scanned":
            yield path.with_name(path.name.removesuffix(".truth.json") + ".pdf"), truth


def _words(pdf: Path, truth: Mapping[str, object], readings: Path | None) -> Iterator[tuple[str, str, bool]]:
    """Kind, confidence and rightness of each word on the pages."""
    known = set(_printed({k: v for k, v in truth.items() if k not in NOT_PRINTED})) | common_words() | decree_words()
    for page in extract_document(pdf, readings=readings).pages:
        for word in page.words:
            text = _plain(word.text)
            if any(c.isalnum() for c in text):
                yield kind_of(word.text), f"{word.confidence:.3f}", text in known


def _printed(value: object) -> Iterator[str]:
    """Every word in a truth file, and the parts of words with a hyphen, which lines may part."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _printed(part)
    elif isinstance(value, list):
        for part in value:
            yield from _printed(part)
    elif value is not None:
        for word in str(value).split():
            yield _plain(word)
            yield from (_plain(part) for part in word.replace("/", "-").split("-"))


def _plain(word: str) -> str:
    return word.strip(EDGE_MARKS).casefold()


def _values(result: DocumentResult, truth: Mapping[str, object], scorer: ModuleType) -> Iterator[tuple[str, str, bool]]:
    """Field, marked or not, and rightness of each value that the scorer judges."""
    (document,) = result.tables.get("documents") or [{}]
    head = truth.get("header")
    assert isinstance(head, Mapping)
    for name, want in head.items():
        if name in (*scorer.HEADER_TYPED, *scorer.HEADER_TEXT) and document:
            got = document.get(name)
            good = scorer.typed(want) == scorer.typed(got) or (
                name in scorer.HEADER_TEXT and scorer.alike(want, got) >= scorer.TEXT_RIGHT["scanned"]
            )
            yield "header", _group(document), good
    plan = truth.get("plan")
    want_rows = plan.get("rows") or [] if isinstance(plan, Mapping) else []
    rows = sorted(result.tables.get("plan_rows", []), key=lambda r: str(r["row_order"]).zfill(6))
    texts = ([scorer.row_text(r) for r in want_rows], [scorer.row_text(r) for r in rows])
    similarity = scorer.Levenshtein.normalized_similarity
    for i, j in scorer.match_in_order(*texts, similarity, scorer.ROW_ALIKE):
        for name in VALUES:
            want, got = want_rows[i].get(name), rows[j].get(name)
            if not (scorer.absent(want) and scorer.absent(got)):
                good = scorer.absent(want) == scorer.absent(got) and scorer.alike(want, got) >= scorer.TEXT_RIGHT["scanned"]
                yield name, _group(rows[j]), good
        if want_rows[i].get("months") is not None:
            yield "months", _group(rows[j]), scorer.months_of(want_rows[i]["months"]) == scorer.months_of(rows[j].get("months"))


def _group(row: Mapping[str, object]) -> str:
    return "marked" if row.get("needs_review") else "not marked"


def _print(title: str, counts: Counts) -> None:
    print(f"| {title} | group | number | right |\n|---|---|---|---|")
    for kind, group in sorted({(kind, group) for kind, group, _ in counts}):
        right, wrong = counts[kind, group, True], counts[kind, group, False]
        print(f"| {kind} | {group} | {right + wrong} | {right / (right + wrong):.4f} |")
    print()


if __name__ == "__main__":
    sys.exit(main())
