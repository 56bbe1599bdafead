"""How the reading of a document is watched from outside: which page is in hand, and when a page must be given up.

The room itself sets no limits. Who runs it over many documents hands in a `Watch` that does (`pipeline/watch.py`).
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

PAGE_TIMEOUT, PAGE_OUT_OF_MEMORY, PAGE_CRASHED = "page-timeout", "page-out-of-memory", "page-crashed"
"""Codes of pages that were given up, from inside or by who runs the reading."""

LOOK = "Look at the page in a viewer; save the file anew in another PDF program, or try it again with zi ingest --retry."


class PageBudgetSpent(BaseException):
    """The page in hand has used up its budget and must be given up.

    It comes from a signal, in the middle of anything. It is no `Exception`, so that no library swallows it.
    """


class Watch(Protocol):
    """Is told how far the reading is, and may end a page by raising `PageBudgetSpent` while it is in hand."""

    def pages(self, count: int) -> None:
        """Learns how many pages the document has."""

    def page(self, number: int) -> AbstractContextManager[None]:
        """A context in which a page is in hand; a page may come several times, and has one budget for all of them."""


class Unwatched:
    """The watch that nobody keeps: pages take as long as they take."""

    def pages(self, count: int) -> None:
        """Nothing."""

    def page(self, number: int) -> AbstractContextManager[None]:
        """A context that does nothing."""
        return nullcontext()
