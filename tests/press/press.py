"""From a decree and a layout to a PDF and its truth."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.press.decree import Decree
from tests.press.ink import Ink
from tests.press.lampiran import LampiranRecord, set_lampiran
from tests.press.layout import Layout
from tests.press.prose import ProseSetter
from tests.press.sheets import Sheets
from tests.press.truth import Truth, truth_of


@dataclass(frozen=True, slots=True)
class Rendered:
    """A printed decree and what it says."""

    pdf: bytes
    truth: Truth


def render(decree: Decree, layout: Layout) -> Rendered:
    """Print `decree` in `layout`; the same input gives the same bytes."""
    pdf, record, pages = _print(decree, layout, total=0)
    if "{total}" in f"{layout.page.number}{layout.lampiran_page.number}":
        pdf, record, pages = _print(decree, layout, total=pages)
    return Rendered(pdf, truth_of(decree, layout, record, pages))


def _print(decree: Decree, layout: Layout, total: int) -> tuple[bytes, LampiranRecord, int]:
    ink = Ink()
    sheets = Sheets(ink, layout.prose.face, total)
    sheets.begin(layout.page)
    prose = ProseSetter(sheets, layout.prose)
    prose.decree(decree)
    decree_pages = sheets.page
    record = replace(set_lampiran(sheets, decree, layout), decree_pages=decree_pages)
    pages = sheets.page
    return ink.finish(), record, pages
