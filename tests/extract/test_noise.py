"""A decree whose letters and places are unsteady, as an OCR engine hands them over, is read like the printed one."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from extract.decree import DecreeText, read_decree
from extract.grid import Grid
from extract.page import Page
from extract.read_pdfium import read_raw_page
from extract.reading import Reading, facts_of, words_after
from extract.repair import repaired
from extract.stitch import logical_tables
from extract.tables import grids_of
from extract.upright import set_upright
from normalize.tables import tables_of
from tests.documents import PLAN_FIELDS, Tables
from tests.extract.noise import EVEN, Noise, noisy
from tests.press.make_samples import RAW, SAMPLES

PATHS = [RAW / f"{decree.doc_id}.pdf" for decree, _ in SAMPLES]
HEADER = ("institution", "satker_code", "number", "year", "title", "place", "date", "signatory", "decides")


def pages_of(path: Path) -> list[Page]:
    """The pages of a digital decree."""
    document = pdfium.PdfDocument(path)
    try:
        return [set_upright(read_raw_page(document, index)) for index in range(len(document))]
    finally:
        document.close()


def read(pages: list[Page]) -> Tables:
    """The output tables of pages."""
    grids: list[Grid] = []
    before: list[Grid] = []
    for page in pages:
        before = grids_of(page, before)
        grids += before
    tables = logical_tables(grids)
    decree = read_decree(pages, [table.boxes for table in tables])
    assert isinstance(decree, DecreeText)
    facts = tuple(facts_of(page) for page in pages)
    reading = Reading("scanned", len(pages), facts, decree, tuple(tables), words_after(pages, tables), ())
    return tables_of(reading, document_id="0" * 16, source_path="noise.pdf")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_unsteady_places_change_nothing(path: Path) -> None:
    pages = pages_of(path)
    clean, rough = read(pages), read([repaired(noisy(page, 1, EVEN)) for page in pages])
    assert [(r["part"], r["label"], r["text"]) for r in rough["provisions"]] == [
        (r["part"], r["label"], r["text"]) for r in clean["provisions"]
    ]
    assert [r["instrument_id"] for r in rough["legal_bases"]] == [r["instrument_id"] for r in clean["legal_bases"]]
    assert [[r[f] for f in PLAN_FIELDS] for r in rough["plan_rows"]] == [
        [r[f] for f in PLAN_FIELDS] for r in clean["plan_rows"]
    ]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_wrong_value_of_a_noisy_reading_is_marked(path: Path) -> None:
    pages = pages_of(path)
    clean, rough = read(pages), read([repaired(noisy(page, 2, Noise())) for page in pages])
    assert len(rough["plan_rows"]) == len(clean["plan_rows"])
    assert [r["label"] for r in rough["provisions"]] == [r["label"] for r in clean["provisions"]]
    was, now = clean["documents"][0], rough["documents"][0]
    assert now["needs_review"] or all(was[name] == now[name] for name in HEADER)
    for before, after in zip(clean["plan_rows"], rough["plan_rows"], strict=True):
        assert after["needs_review"] or before["months"] == after["months"]
