"""Prints how fast zi reads the digital PDFs of a folder, as a ratio to pdfplumber on the same pages in the same run.

python bench/speed.py FOLDER... [--reader pdfium|pdfplumber]

A table for people, then one line of JSON. Both sides run in this process, on one thread, document by document, so that
whatever else the machine does falls on both alike. Peak memory and the time of ``zi --help`` are taken in children.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pypdfium2 as pdfium

from extract.document import extract_document
from extract.kind import page_kind
from extract.read_pdfium import read_raw_page
from normalize.tables import tables_of
from pipeline.discover import Candidate, discover
from pipeline.process import read_document

MAX_RATIO = 0.5  # of pdfplumber's time, page by page
MAX_MEGABYTES = 500.0  # peak memory of reading the whole folder
MAX_HELP_SECONDS = 0.5  # user time of `zi --help`
KILOBYTES_PER_MEGABYTE = 1024  # ru_maxrss is in kilobytes on Linux

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timing:
    """One document: its pages and the seconds of both sides."""

    name: str
    pages: int
    zi: float
    pdfplumber: float


def main() -> int:
    """0 when all figures keep their limits, 1 when one does not, 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--reader", default="pdfium", choices=["pdfium", "pdfplumber"])
    parser.add_argument("--only-read", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    files = discover(arguments.paths).files
    if arguments.only_read:
        _read_all(files, arguments.reader)
        return 0
    digital = [file for file in files if _is_digital(file)]
    if not digital:
        print(f"No digital decree in {', '.join(map(str, arguments.paths))}.", file=sys.stderr)
        return 2
    _timing(digital[0], arguments.reader)  # warms up both libraries' imports and caches
    timings = [_timing(file, arguments.reader) for file in digital]
    names = [str(file.path) for file in digital]
    megabytes = _child_megabytes([sys.argv[0], *names, "--reader", arguments.reader, "--only-read"])
    return _report(timings, megabytes, _help_seconds(), arguments.reader)


def _is_digital(file: Candidate) -> bool:
    """Whether every page carries its own text or nothing; the pages of scans are not read, which would take minutes."""
    try:
        document = pdfium.PdfDocument(Path(file.path))
    except pdfium.PdfiumError:
        return False
    try:
        kinds = {page_kind(read_raw_page(document, index)) for index in range(len(document))}
    finally:
        document.close()
    return "digital" in kinds and kinds <= {"digital", "blank"}


def _timing(file: Candidate, reader: str) -> Timing:
    zi, pages = _timed(lambda: _read(file, reader))
    plumber, _ = _timed(lambda: _pdfplumber(Path(file.path)))
    return Timing(Path(file.path).name, pages, zi, plumber)


def _read(file: Candidate, reader: str) -> int:
    """The pages of a document that was read and normalized; its rows are not matched, which `match.py` measures."""
    reading = extract_document(Path(file.path), reader=reader).reading
    tables_of(reading, document_id="", source_path=file.source_path)
    return reading.page_count


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    value = call()
    return time.perf_counter() - start, value


def _pdfplumber(path: Path) -> int:
    import pdfplumber

    found = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found += len(page.extract_text()) + len(page.extract_tables())
            page.close()
    return found


def _read_all(files: Sequence[Candidate], reader: str) -> None:
    for file in files:
        read_document(Path(file.path), file.source_path, reader)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _child_megabytes(arguments: Sequence[str]) -> float:
    """Peak memory of a child that only reads all documents, as it says itself."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / KILOBYTES_PER_MEGABYTE


def _help_seconds() -> float:
    """User time of ``zi --help``: the best of five."""
    return min(_user_seconds([sys.executable, "-m", "pipeline.cli", "--help"]) for _ in range(5))


def _user_seconds(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def _report(timings: Sequence[Timing], megabytes: float, help_seconds: float, reader: str) -> int:
    pages = sum(t.pages for t in timings)
    ours, theirs = sum(t.zi for t in timings), sum(t.pdfplumber for t in timings)
    print(f"{'document':<40} {'pages':>5} {'zi ms/page':>11} {'pdfplumber ms/page':>19} {'ratio':>6}")
    for t in [*timings, Timing("all", pages, ours, theirs)]:
        per_page = f"{1000 * t.zi / t.pages:>11.1f} {1000 * t.pdfplumber / t.pages:>19.1f}"
        print(f"{t.name[:40]:<40} {t.pages:>5} {per_page} {t.zi / t.pdfplumber:>6.2f}")
    print(f"peak memory {megabytes:.0f} MB (at most {MAX_MEGABYTES:.0f}); ", end="")
    print(f"zi --help {help_seconds:.2f} s of user time (at most {MAX_HELP_SECONDS})")
    figures = {
        "reader": reader,
        "documents": len(timings),
        "pages": pages,
        "zi_ms_per_page": round(1000 * ours / pages, 2),
        "pdfplumber_ms_per_page": round(1000 * theirs / pages, 2),
        "ratio": round(ours / theirs, 3),
        "peak_mb": round(megabytes, 1),
        "help_user_s": round(help_seconds, 3),
    }
    print(json.dumps(figures))
    return int(ours / theirs > MAX_RATIO or megabytes > MAX_MEGABYTES or help_seconds > MAX_HELP_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
