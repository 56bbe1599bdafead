"""Real decrees: every header field and paragraph by the scorer's own rule. Skipped where the corpus is not at hand."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2 as pdfium
import pytest

from extract.decree import DecreeText, read_decree
from extract.page import Page
from extract.read_pdfium import read_raw_page
from extract.upright import set_upright

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "score" / "score.py"
PARTS = {"considerations": "menimbang", "legal_bases": "mengingat", "observing": "memperhatikan", "dictums": "diktum"}
FIELDS = {
    "institution": "institution",
    "number_raw": "number",
    "title": "title",
    "place": "place",
    "signatory_title": "signatory_title",
    "signatory": "signatory",
    "certifier_title": "certifier_title",
    "certifier": "certifier",
}
NOT_AS_PRINTED = {("zi_patp_sk44_2021_tim_kerja_zi", "signatory")}  # the print has no point after "Ir", the truth has

DOCUMENTS = [
    (pdf, truth)
    for folder, truths in (
        (SHARED / "corpus" / "kpu", SHARED / "corpus" / "kpu"),
        (SHARED / "corpus" / "real", SHARED / "corpus" / "real"),
        (ROOT / "data" / "raw", ROOT / "tests" / "press" / "truth"),
    )
    for pdf in sorted(folder.glob("*.pdf"))
    if (truth := truths / f"{pdf.stem}.truth.json").exists() and json.loads(truth.read_text("utf-8"))["kind"] == "digital"
]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    if not SCORER.exists():
        pytest.skip("the scorer is not at hand")
    spec = importlib.util.spec_from_file_location("zi_scorer", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages_of(path: Path) -> list[Page]:
    doc = pdfium.PdfDocument(path)
    try:
        return [set_upright(read_raw_page(doc, i)) for i in range(len(doc))]
    finally:
        doc.close()


def text_of(decree: DecreeText, field: str) -> str | None:
    value = getattr(decree, field)
    return None if value is None else str(value.text)


@pytest.mark.parametrize(("path", "truth_path"), DOCUMENTS, ids=[pdf.stem for pdf, _ in DOCUMENTS])
def test_reads_a_digital_decree(path: Path, truth_path: Path, scorer: ModuleType) -> None:
    truth: dict[str, Any] = json.loads(truth_path.read_text("utf-8"))
    decree = read_decree(pages_of(path))
    assert isinstance(decree, DecreeText)
    right = scorer.TEXT_RIGHT["digital"]
    for key, field in FIELDS.items():
        if key not in truth["header"] or (path.stem, key) in NOT_AS_PRINTED:
            continue
        want, got = truth["header"][key], text_of(decree, field)
        assert (want is None) == (got is None), (key, want, got)
        assert scorer.alike(want, got) >= right, (key, want, got)
    if "is_copy" in truth["header"]:
        assert decree.is_copy == truth["header"]["is_copy"]
    if "decides" in truth:
        assert scorer.alike(truth["decides"], text_of(decree, "decides")) >= right
    for key, part in PARTS.items():
        got_texts = [p.text.text for p in decree.provisions if p.part == part]
        wanted = truth.get(key)
        if wanted is None:
            continue
        assert len(got_texts) == len(wanted), (key, got_texts)
        for want, got in zip(wanted, got_texts, strict=True):
            assert "text" not in want or scorer.alike(want["text"], got) >= right, (key, want["text"], got)
