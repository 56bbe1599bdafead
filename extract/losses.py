"""The pages of a document that were lost: what can go wrong with one page without taking the others with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium

from extract.errors import Damaged, PageGivenUp
from extract.reading import PageProblem
from extract.watch import LOOK, PAGE_OUT_OF_MEMORY, PAGE_TIMEOUT, PageBudgetSpent, Watch

DAMAGED_PAGE = "damaged-page"
PAGE_TOO_DEEP = "page-too-deep"


class Losses:
    """Collects the pages that were given up; the rest of the document is read without them.

    Attributes:
        problems: what became of each lost page, by page number.
    """

    def __init__(self, watch: Watch, given_up: Iterable[PageProblem] = ()) -> None:
        """Losses of one document.

        Args:
            watch: told about each page in hand.
            given_up: pages that are lost from the beginning.
        """
        self.problems = {problem.page: problem for problem in given_up}
        self._watch = watch

    @contextmanager
    def page(self, number: int) -> Iterator[None]:
        """A context for work on one page; a failure that concerns only this page ends it and is recorded."""
        try:
            with self._watch.page(number):
                yield
        except pdfium.PdfiumError as error:
            self._lose(number, DAMAGED_PAGE, f"Page {number} cannot be loaded: {error}", Damaged.default_cure)
        except PageBudgetSpent:
            self._lose(number, PAGE_TIMEOUT, f"Page {number} was given up: reading it took too long.", LOOK)
        except MemoryError:
            self._lose(number, PAGE_OUT_OF_MEMORY, f"Page {number} was given up: there was not enough memory to read it.", LOOK)
        except PageGivenUp as error:
            self._lose(number, error.code, f"Page {number} was given up: {error.message}", error.cure)
        except RecursionError:
            self._lose(number, PAGE_TOO_DEEP, f"Page {number} was given up: its content is nested too deeply.", LOOK)

    def _lose(self, number: int, code: str, message: str, cure: str) -> None:
        self.problems[number] = PageProblem(number, code, message, cure)
