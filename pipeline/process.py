"""One document from bytes to rows: ``process_document`` is the product for one file, without a process around it."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import EmptyFile, NotAPdf, PagesNotRead, ZiError
from pipeline.result import DocumentResult, Failure, Rows
from pipeline.storage import hash_of
from pipeline.watch import current_watch

if TYPE_CHECKING:
    from extract.document import Extraction
    from extract.reading import Reading
    from normalize.overrides import Decision
    from normalize.overrides_replay import Replay

ID_DIGITS = 16
HEADER = b"%PDF-"
HEADER_WITHIN = 1024  # bytes: viewers accept junk before the header up to here (PDF 32000-1, annex H, note 13)
DEFAULT_READER = "pdfium"


def process_document(
    path: Path,
    source_path: str,
    reader: str = DEFAULT_READER,
    readings: Path | None = None,
    given_up: Sequence[Failure] = (),
    decisions: Sequence[Decision] = (),
) -> DocumentResult:
    """The rows of one PDF, or the reason why there are none.

    Args:
        path: the PDF.
        source_path: its name in the tables.
        reader: PDF library.
        readings: folder where readings of scanned pages are kept, None to keep none.
        given_up: pages that are not to be opened, and what is said of them.
        decisions: what people decided of it.

    Raises:
        Unreadable: the system does not hand over the bytes.
    """
    return read_document(path, source_path, reader, readings, given_up, decisions)[0]


def read_document(
    path: Path,
    source_path: str,
    reader: str = DEFAULT_READER,
    readings: Path | None = None,
    given_up: Sequence[Failure] = (),
    decisions: Sequence[Decision] = (),
) -> tuple[DocumentResult, Extraction | None]:
    """As `process_document`, together with what was read on the pages (None where the document failed)."""
    sha256 = hash_of(path)
    try:
        _look_at_header(path)
        from extract.document import extract_document
        from extract.reading import PageProblem
        from extract.record import encode

        lost = [PageProblem(f.page, f.code, f.message, f.cure) for f in given_up if f.page is not None]
        extraction = extract_document(path, reader=reader, readings=readings, watch=current_watch(), given_up=lost)
        return rebuild_document(encode(extraction.reading), sha256, source_path, decisions), extraction
    except ZiError as error:
        pages = error.lost if isinstance(error, PagesNotRead) else ()
        failures = (Failure.of(error), *(Failure(p.page, p.code, p.message, p.cure) for p in pages))
        return DocumentResult(sha256[:ID_DIGITS], sha256, source_path, {}, failures), None


def rebuild_document(kept: bytes, sha256: str, source_path: str, decisions: Sequence[Decision] = ()) -> DocumentResult:
    """The rows of one PDF that was read before, from what was kept of it; no PDF is opened.

    A PDF that is read now goes the same way, so that fresh and rebuilt rows cannot differ.

    Args:
        kept: the reading, as `extract.record` encodes it.
        sha256: hash of the PDF.
        source_path: its name in the tables.
        decisions: what people decided of it.

    Raises:
        UnusableReading: the bytes are of another version of the program, or broken: the PDF must be read again.
    """
    from extract.record import decode
    from normalize.overrides_replay import Replay

    replay = Replay(decisions)
    with _uncollected():
        reading = decode(kept)
        document_id = sha256[:ID_DIGITS]
        tables = rows_of(reading, document_id, source_path, replay)
    pages = tuple(Failure(p.page, p.code, p.message, p.cure) for p in reading.page_problems)
    return DocumentResult(document_id, sha256, source_path, tables, pages, kept, outcomes=tuple(replay.outcomes.values()))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Within it Python looks for no cycles of garbage: a document makes 100,000 objects and no cycles to speak of.

    Looking for them takes a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def rows_of(reading: Reading, document_id: str, source_path: str, replay: Replay | None = None) -> Rows:
    """The rows by table that a reading stands for: typed, as people decided, matched, counted, and checked against the schema.

    Args:
        reading: what was read.
        document_id: of the document.
        source_path: its name in the tables.
        replay: what people decided of it; the outcomes are noted there.
    """
    from normalize.overrides_derive import settled
    from normalize.overrides_replay import Replay
    from normalize.tables import layouts_of, plan_doubts, tables_aside, tables_of
    from pipeline.matching import match_tables
    from pipeline.rows import check_rows

    layouts, replay = layouts_of(reading), replay or Replay()
    read = settled(tables_of(reading, layouts, document_id=document_id, source_path=source_path), replay)
    unread = [f"page-not-read:{problem.page}" for problem in reading.page_problems]
    doubts = [*dict.fromkeys(unread), *plan_doubts(reading, layouts)]
    tables = match_tables(read, doubts, tables_aside(reading, layouts), replay)
    check_rows(tables)
    return tables


def _look_at_header(path: Path) -> None:
    """Nothing, if the bytes may be a PDF.

    Raises:
        EmptyFile: no bytes.
        NotAPdf: the beginning is that of another kind of file.
    """
    with path.open("rb") as file:
        start = file.read(HEADER_WITHIN)
    if not start:
        raise EmptyFile
    if HEADER not in start:
        raise NotAPdf(f"The file is not a PDF: {_what_it_is(start)}.")


def _what_it_is(start: bytes) -> str:
    """What the bytes look like, in words."""
    if not start.strip(b"\0"):
        return "it begins with zeros, as after a broken download"
    for magic, kind in KNOWN_BEGINNINGS:
        if start.lstrip().lower().startswith(magic):
            return f"it looks like {kind}"
    return "its beginning does not hold '%PDF-'"


KNOWN_BEGINNINGS = (
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"pk\x03\x04", "a Word, Excel or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"rar!", "a RAR archive"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89png", "a PNG picture"),
    (b"ii*\0", "a TIFF picture"),
    (b"mm\0*", "a TIFF picture"),
)
"""Beginnings (lower case) of files that are met under the name of a decree."""
