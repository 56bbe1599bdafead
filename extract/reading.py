"""What the later rooms need of one PDF: no word of a page, no picture, nothing that only the page itself can tell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extract.decree import DecreeText
from extract.page import Page, PageKind
from extract.table import LogicalTable

DocumentKind = Literal["digital", "scanned", "mixed"]


@dataclass(frozen=True, slots=True)
class PageProblem:
    """A page that had to be skipped."""

    page: int
    code: str
    message: str
    cure: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page without what is printed on it.

    Attributes:
        number: page number, from 1.
        kind: how the page was read.
        rotation: quarter turns clockwise (0, 90, 180, 270) that made it upright.
        width, height: in points, of the upright page.
        words: number of its level words.
    """

    number: int
    kind: PageKind
    rotation: int
    width: float
    height: float
    words: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one PDF, as the later rooms want it; `extract.record` keeps it.

    Attributes:
        kind: digital where every page with content carries its own text; scanned where none does; mixed else.
        page_count: pages of the file.
        pages: every page that could be loaded.
        decree: header, paragraphs, signatures.
        tables: tables of the lampiran, in print order.
        words_after: for each table, how many words stand after its end in the file.
        page_problems: pages that were skipped, and why.
    """

    kind: DocumentKind
    page_count: int
    pages: tuple[PageFacts, ...]
    decree: DecreeText
    tables: tuple[LogicalTable, ...]
    words_after: tuple[int, ...]
    page_problems: tuple[PageProblem, ...]


def facts_of(page: Page) -> PageFacts:
    """The page without what is printed on it."""
    return PageFacts(page.number, page.kind, page.rotation, page.width, page.height, len(page.words))


def words_after(pages: Sequence[Page], tables: Sequence[LogicalTable]) -> tuple[int, ...]:
    """For each table, how many words stand below it on its last page, and on the pages that follow."""
    places = sorted((word.box.page, word.box.top) for page in pages for word in page.words)
    return tuple(len(places) - bisect_right(places, (table.boxes[-1].page, table.boxes[-1].bottom)) for table in tables)
