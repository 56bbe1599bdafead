"""Whole decrees, from PDF to the tables of the contract, against what was printed.

Every layout of the press, the samples, and, where it lies beside the checkout, the shared corpus by its own scorer.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz import fuzz

from pipeline.cli import main
from tests.documents import (
    citations_read,
    citations_wanted,
    header_read,
    header_wanted,
    plan_read,
    plan_wanted,
    printed,
    provisions_read,
    provisions_wanted,
    read,
    read_print,
)
from tests.normalize.truths import SHARED
from tests.press import layouts
from tests.press.content import decrees
from tests.press.decree import Decree
from tests.press.layout import Layout
from tests.press.make_samples import RAW, SAMPLES, SCANS, TRUTH

DECREES = (decrees.SAGARA_TIMUR, decrees.LEMBAH_KIRANA)
KNOWN_GAPS = {
    ("sagara-timur-61-2023", "group-rules"): "without rules between rows, an item cut by the page break loses its end "
    "to the next item (its rows are marked for review)",
    ("lembah-kirana-118-2021", "no-inner-rules"): "without rules between rows, a label cut by the page break loses its "
    "last word to the next label (its rows are marked for review)",
}


def gap(reason: str | None) -> list[pytest.MarkDecorator]:
    """The mark of a case that is known to be read wrong: it must fail until the reader is mended."""
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


PRINTS = [
    pytest.param(decree, layout, id=f"{decree.doc_id}-{layout.name}", marks=gap(KNOWN_GAPS.get((decree.doc_id, layout.name))))
    for decree in DECREES
    for layout in layouts.ALL
]


@pytest.mark.parametrize(("decree", "layout"), PRINTS)
def test_reads_the_plan_of_every_layout_as_printed(decree: Decree, layout: Layout) -> None:
    wanted = plan_wanted(printed(decree, layout).truth)
    assert len(wanted) > 10
    assert plan_read(read_print(decree, layout)) == wanted


@pytest.mark.parametrize("layout", layouts.ALL, ids=lambda layout: layout.name)
def test_reads_the_decree_of_every_layout_as_printed(layout: Layout) -> None:
    for decree in DECREES:
        truth, tables = printed(decree, layout).truth, read_print(decree, layout)
        assert header_read(tables, truth) == header_wanted(truth)
        assert provisions_read(tables) == provisions_wanted(truth)
        assert citations_read(tables) == citations_wanted(truth)


@pytest.mark.parametrize("layout", layouts.ALL, ids=lambda layout: layout.name)
def test_every_value_of_a_plan_row_says_where_it_stands(layout: Layout) -> None:
    tables = read_print(decrees.SAGARA_TIMUR, layout)
    sizes = {page["page"]: (page["width"], page["height"]) for page in tables["pages"]}
    for row in tables["plan_rows"]:
        boxes: Any = row["boxes"]
        assert [box["page"] for box in boxes] == list(range(boxes[0]["page"], boxes[-1]["page"] + 1))
        assert (boxes[0]["page"], boxes[-1]["page"]) == (row["page_start"], row["page_end"])
        for box in boxes:
            width: Any
            height: Any
            width, height = sizes[box["page"]]
            assert -1 <= box["x0"] < box["x1"] <= width + 1
            assert -1 <= box["top"] < box["bottom"] <= height + 1


@pytest.mark.parametrize("decree", DECREES, ids=lambda decree: decree.doc_id)
def test_the_title_of_the_plan_is_that_above_its_table(decree: Decree) -> None:
    layout = layouts.TWO_TABLES
    title = printed(decree, layout).truth["plan"]["title"]
    assert read_print(decree, layout)["documents"][0]["plan_title"] == title


CODED = ("number", "year", "date", "title")  # of the header: what a scan must give letter by letter
MOSTLY_ALIKE = 97.0  # percent of the letters of a column of a scanned plan
SAMPLE_NAMES = [decree.doc_id for decree, _ in SAMPLES]


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_reads_a_sample_of_the_repository_exactly(name: str) -> None:
    truth = json.loads((TRUTH / f"{name}.truth.json").read_text(encoding="utf-8"))
    tables = read(RAW / f"{name}.pdf")
    assert header_read(tables, truth) == header_wanted(truth)
    assert provisions_read(tables) == provisions_wanted(truth)
    assert citations_read(tables) == citations_wanted(truth)
    assert plan_read(tables) == plan_wanted(truth)
    assert tables["documents"][0]["page_count"] == truth["n_pages"]


@pytest.mark.parametrize("name", [f"{decree.doc_id}-scan" for decree, *_ in SCANS])
def test_reads_a_scanned_sample_of_the_repository_nearly_as_printed(name: str) -> None:
    truth = json.loads((TRUTH / f"{name}.truth.json").read_text(encoding="utf-8"))
    tables = read(RAW / f"{name}.pdf")
    assert tables["documents"][0]["kind"] == "scanned"
    header, wanted = header_read(tables, truth), header_wanted(truth)
    assert {field: header[field] for field in CODED} == {field: wanted[field] for field in CODED}
    rows, printed_rows = plan_read(tables), plan_wanted(truth)
    assert len(rows) == len(printed_rows)
    for field in ("area", "component", "item", "notes"):
        alike = [fuzz.ratio(str(a[field]), str(b[field])) for a, b in zip(rows, printed_rows, strict=True)]
        assert sum(alike) / len(alike) >= MOSTLY_ALIKE
    assert sum(a["months"] == b["months"] for a, b in zip(rows, printed_rows, strict=True)) >= len(rows) - 1


def test_a_decree_without_a_plan_has_no_plan_rows() -> None:
    tables = read(RAW / "teluk-bayangan-23-2025.pdf")
    assert tables["plan_rows"] == []
    assert tables["documents"][0]["title"] is not None


LEAST = {
    ("kpu", "digital"): {
        "header": 0.99,
        "provisions": 0.99,
        "legal_refs": 0.99,
        "gazettes": 0.99,
        "rows": 0.99,
        "cells": 0.985,
        "months_rows": 0.995,
        "months_f1": 0.995,
        "taxonomy_component": 0.98,
        "taxonomy_item": 0.93,
        "coverage_missing": 0.97,
    },
    ("real", "digital"): {"header": 0.9, "legal_refs": 0.9},
    ("kpu", "scanned"): {
        "header": 0.95,
        "provisions": 0.95,
        "legal_refs": 0.96,
        "gazettes": 0.95,
        "rows": 0.98,
        "cells": 0.95,
        "months_rows": 0.97,
        "months_f1": 0.985,
        "taxonomy_component": 0.96,
        "taxonomy_item": 0.9,
        "coverage_missing": 0.95,
    },
    ("real", "scanned"): {"header": 0.85, "legal_refs": 0.85},
}
MOST_SILENT = {"digital": 2.0, "scanned": 8.0}  # wrong values that nothing marks, per 1000 judged
MOST_MARKED = 0.25  # share of a scan's rows that are marked for review

Figures = Mapping[str, Mapping[str, Mapping[str, float]]]
"""The scorer's figures by folder of the corpus and kind of document."""


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The scorer's figures after one run of `zi ingest` over the whole corpus, which takes some minutes for its scans."""
    if not (SHARED / "corpus").exists() or not (SHARED / "score" / "score.py").exists():
        pytest.skip("the corpus or its scorer is not at hand")
    out = tmp_path_factory.mktemp("parquet")
    main(["ingest", str(SHARED / "corpus"), "--out", str(out)])
    figures = {}
    for folder in LEAST:
        json_file = out / f"{folder[0]}.json"
        command = [sys.executable, str(SHARED / "score" / "score.py"), "--truth", str(SHARED / "corpus" / folder[0])]
        command += ["--parquet", str(out), "--json", str(json_file)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        figures[folder[0]] = json.loads(json_file.read_text(encoding="utf-8"))["summary"]
    return figures


@pytest.mark.parametrize(("folder", "kind", "figure"), [(*key, figure) for key in LEAST for figure in LEAST[key]])
def test_the_corpus_is_read_as_well_as_promised(corpus: Figures, folder: str, kind: str, figure: str) -> None:
    assert corpus[folder][kind][figure] >= LEAST[folder, kind][figure]


@pytest.mark.parametrize("kind", MOST_SILENT)
def test_next_to_no_wrong_value_of_the_corpus_goes_unmarked(corpus: Figures, kind: str) -> None:
    assert corpus["kpu"][kind]["silent_per_1000"] <= MOST_SILENT[kind]


def test_not_every_row_of_a_scan_is_marked(corpus: Figures) -> None:
    assert corpus["kpu"]["scanned"]["review_share"] <= MOST_MARKED


CORPUS_PDFS = [SHARED / "corpus" / "kpu" / f"{name}.pdf" for name in ("sample-d1", "sample-d2", "tegal-5-2022-b")]
BOTH = [*(RAW / f"{name}.pdf" for name in SAMPLE_NAMES), *CORPUS_PDFS]


@pytest.mark.parametrize("path", BOTH, ids=lambda path: path.stem)
def test_both_readers_give_the_same_tables(path: Path) -> None:
    if not path.exists():
        pytest.skip("the corpus is not at hand")
    fast, reference = read(path), read(path, reader="pdfplumber")
    assert fast.keys() == reference.keys()
    for name in fast:
        assert [_comparable(row) for row in fast[name]] == [_comparable(row) for row in reference[name]], name


DRAWN = (
    layouts.TURNED_270,
    layouts.SIDEWAYS_90,
    layouts.BARS,
    layouts.HATCHED,
    layouts.SHADED,
    layouts.ZEBRA_CHECKS,
)


@pytest.mark.parametrize("layout", DRAWN, ids=lambda layout: layout.name)
def test_both_readers_see_turned_pages_and_drawn_marks_alike(layout: Layout, tmp_path: Path) -> None:
    path = tmp_path / "decree.pdf"
    path.write_bytes(printed(decrees.LEMBAH_KIRANA, layout).pdf)
    fast, reference = read(path), read(path, reader="pdfplumber")
    assert plan_read(fast) == plan_read(reference)


def _comparable(row: Mapping[str, object]) -> dict[str, object]:
    """The row without what may differ in a rounded figure: places on the page and how sure the reader is."""
    return {name: value for name, value in row.items() if name not in {"boxes", "confidence"}}
