"""Which pages of a damaged file have lost their content, or a part of it: each is followed through the page tree, in Python."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from extract.errors import Damaged
from extract.losses import DAMAGED_PAGE
from extract.reading import PageProblem
from extract.soundness import can_be_undone, is_suspect

MOST_DEPTH = 64  # of the page tree


def broken_pages(path: Path, count: int) -> list[PageProblem]:
    """The pages that cannot be read whole, and why; none where the file shows no damage.

    Args:
        path: a PDF that PDFium opens.
        count: its pages, as PDFium counts them; where the page tree has another number, no page can be named.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if not is_suspect(data):
            return []
    return [
        PageProblem(number, DAMAGED_PAGE, f"Page {number} was given up: a part of its content is lost.", Damaged.default_cure)
        for number in _broken(path, count)
    ]


def _broken(path: Path, count: int) -> list[int]:
    from pdfminer.pdfdocument import PDFDocument  # loaded for damaged files only
    from pdfminer.pdfparser import PDFParser

    with path.open("rb") as file, suppress(*_library_errors()):
        document = PDFDocument(PDFParser(file))
        leaves = list(_leaves(document.catalog.get("Pages"), count))
        if len(leaves) == count:
            return [number for number, leaf in enumerate(leaves, 1) if _is_broken(leaf)]
    return []


def _library_errors() -> tuple[type[Exception], ...]:
    """What pdfminer raises on a file that it cannot follow: then nothing more is known of its pages."""
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    general = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
    return (*general, PDFException, PSException)


def _leaves(node: object, most: int, depth: int = 0) -> Iterator[object]:
    """The pages below a node of the page tree, those too that are not there any more; at most one more than ``most``."""
    found = _settled(node)
    kids = _settled(found.get("Kids")) if isinstance(found, dict) else None
    if not isinstance(kids, list) or depth > MOST_DEPTH:
        yield found
        return
    given = 0
    for kid in kids:
        for leaf in _leaves(kid, most, depth + 1):
            yield leaf
            given += 1
            if given > most:
                return


def _is_broken(page: object) -> bool:
    """Whether the page names a content that is not there, or cannot be undone."""
    if not isinstance(page, dict):
        return False  # PDFium cannot load it, and says so
    contents = page.get("Contents")
    if contents is None:
        return False
    parts = _settled(contents)
    return any(not _is_sound(_settled(part)) for part in (parts if isinstance(parts, list) else [parts]))


def _is_sound(content: object) -> bool:
    from pdfminer.pdftypes import PDFStream

    if not isinstance(content, PDFStream):
        return False
    filters = _settled(content.get("Filter"))
    names = [getattr(_settled(name), "name", "") for name in (filters if isinstance(filters, list) else [filters])]
    return names != ["FlateDecode"] or can_be_undone(content.get_rawdata() or b"")


def _settled(value: object) -> object:
    """The object that a reference leads to; None where it leads nowhere."""
    from pdfminer.pdftypes import PDFObjRef, resolve1

    if isinstance(value, PDFObjRef):
        with suppress(*_library_errors()):
            return resolve1(value)
        return None
    return value
