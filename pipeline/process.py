"""One document from bytes to rows: ``process_document`` is the product for one file, without a process around it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import EmptyFile, NotAPdf, ZiError
from pipeline.errors import Unreadable
from pipeline.result import DocumentResult, Failure

if TYPE_CHECKING:
    from extract.document import Extraction

ID_DIGITS = 16
HEADER = b"%PDF-"
HEADER_WITHIN = 1024  # bytes: viewers accept junk before the header up to here (PDF 32000-1, annex H, note 13)
DEFAULT_READER = "pdfium"


def hash_file(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex.

    Raises:
        Unreadable: the system does not hand over the bytes.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(f"The file cannot be read: {error.strerror}.") from error


def process_document(
    path: Path, source_path: str, reader: str = DEFAULT_READER, readings: Path | None = None
) -> DocumentResult:
    """The rows of one PDF, or the reason why there are none.

    Args:
        path: the PDF.
        source_path: its name in the tables.
        reader: PDF library.
        readings: folder where readings of scanned pages are kept, None to keep none.

    Raises:
        Unreadable: the system does not hand over the bytes.
    """
    return read_document(path, source_path, reader, readings)[0]


def read_document(
    path: Path, source_path: str, reader: str = DEFAULT_READER, readings: Path | None = None
) -> tuple[DocumentResult, Extraction | None]:
    """As `process_document`, together with what was read on the pages (None where the document failed)."""
    sha256 = hash_file(path)
    document_id = sha256[:ID_DIGITS]
    try:
        _look_at_header(path)
        from extract.document import extract_document
        from normalize.tables import plan_doubts, tables_aside, tables_of
        from pipeline.matching import match_tables
        from pipeline.rows import check_rows

        extraction = extract_document(path, reader=reader, readings=readings)
        read = tables_of(extraction, document_id=document_id, source_path=source_path)
        unread = [f"page-not-read:{problem.page}" for problem in extraction.page_problems]
        tables = match_tables(read, [*dict.fromkeys(unread), *plan_doubts(extraction)], tables_aside(extraction))
        check_rows(tables)
    except ZiError as error:
        return DocumentResult(document_id, sha256, source_path, {}, (Failure.of(error),)), None
    pages = tuple(Failure(p.page, p.code, p.message, p.cure) for p in extraction.page_problems)
    return DocumentResult(document_id, sha256, source_path, tables, pages), extraction


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
