"""The press prints what its truth says, and always the same bytes."""

from __future__ import annotations

import json
from io import BytesIO

import pdfplumber
import pytest

from tests.press import layouts, render
from tests.press.content import decrees
from tests.press.layout import Layout
from tests.press.lines import hyphen_points
from tests.press.make_samples import RAW, SAMPLES, SCANS, TRUTH

_TURNED_WITHOUT_FLAG = ("sideways-90", "sideways-270")
_LEAF_FIELDS = ("success_indicator", "action", "evidence", "target_raw", "notes")


def _letters(text: str) -> str:
    return "".join(text.split()).replace("-", "")


@pytest.mark.parametrize("layout", layouts.ALL, ids=lambda layout: layout.name)
def test_same_bytes_twice(layout: Layout) -> None:
    assert render(decrees.LEMBAH_KIRANA, layout).pdf == render(decrees.LEMBAH_KIRANA, layout).pdf


@pytest.mark.parametrize(
    "layout", [x for x in layouts.ALL if x.name not in _TURNED_WITHOUT_FLAG], ids=lambda layout: layout.name
)
def test_rows_begin_on_their_pages(layout: Layout) -> None:
    """Every cell of a leaf column begins on the page where its row begins (a hyphen leaves three letters at least)."""
    rendered = render(decrees.SAGARA_TIMUR, layout)
    with pdfplumber.open(BytesIO(rendered.pdf)) as pdf:
        words = [_letters(" ".join(w["text"] for w in page.extract_words())) for page in pdf.pages]
    assert len(words) == rendered.truth["n_pages"]
    for row in rendered.truth["plan"]["rows"]:
        start, end = row["page_start"], row["page_end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert start <= end
        for field in _LEAF_FIELDS:
            if row[field] is not None:
                assert _letters(str(row[field]))[:3] in words[start - 1], (row, field)


def test_samples_are_as_printed() -> None:
    for decree, layout in SAMPLES:
        rendered = render(decree, layout)
        assert (RAW / f"{decree.doc_id}.pdf").read_bytes() == rendered.pdf
        truth = json.loads((TRUTH / f"{decree.doc_id}.truth.json").read_text(encoding="utf-8"))
        assert truth == json.loads(json.dumps(rendered.truth))


def test_scanned_samples_are_pictures_of_what_is_printed() -> None:
    """Their bytes are not compared: noise and JPEG differ from processor to processor."""
    for decree, layout, _ in SCANS:
        truth = json.loads((TRUTH / f"{decree.doc_id}-scan.truth.json").read_text(encoding="utf-8"))
        assert truth == {**json.loads(json.dumps(render(decree, layout).truth)), "kind": "scanned"}
        with pdfplumber.open(RAW / f"{decree.doc_id}-scan.pdf") as pdf:
            assert len(pdf.pages) == truth["n_pages"]
            assert all(len(page.images) == 1 and not page.chars for page in pdf.pages)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("pelaksanaan", "pelak-sa-naan"),
        ("menyebarluaskan", "menye-bar-luas-kan"),
        ("pengguna", "peng-guna"),
        ("2020-2024", "2020-2024"),
        ("ZI", "ZI"),
    ],
)
def test_hyphens_fall_between_syllables(word: str, parts: str) -> None:
    points = hyphen_points(word)
    assert "".join(f"-{letter}" if i in points else letter for i, letter in enumerate(word)) == parts
