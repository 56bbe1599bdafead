"""Prints how fast zi reads scanned decrees, as a ratio to the bare OCR engine on the same pages in the same run.

python bench/scans.py FOLDER

A table for people, then one line of JSON. Each document is read four times in this process, on one thread: by the bare engine
(RapidOCR on the page as rendered, nothing else), by `zi ingest`, by the same command again, and by zi as after a change of its
code, with only the readings kept. Peak memory is taken in a child that only runs zi.
"""

from __future__ import annotations

import argparse
import json
import logging
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pypdfium2 as pdfium

from extract.scan.engines import engine_for
from extract.scan.picture import Pixels, render
from extract.scan.rapid import SETTINGS
from pipeline.discover import Candidate, discover
from pipeline.ingest import Settings, ingest
from pipeline.process import read_document
from pipeline.runner import run_here
from pipeline.store import readings_folder

MAX_RATIO = 1.3  # of the bare engine's time, page by page
MAX_AGAIN = 0.1  # of the first run's time, when nothing has changed
MAX_MEGABYTES = 1500.0  # peak memory of a worker
KILOBYTES_PER_MEGABYTE = 1024  # ru_maxrss is in kilobytes on Linux

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timing:
    """One document: its pages, and the seconds of the bare engine, of zi, of zi again, and of zi with its readings kept."""

    name: str
    pages: int
    bare: float
    zi: float
    again: float
    kept: float


def main() -> int:
    """0 when all figures keep their limits, 1 when one does not, 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only-read", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    files = [file for file in discover([arguments.folder]).files if _is_scanned(file)]
    if not files:
        print(f"No scanned decree in {arguments.folder}.", file=sys.stderr)
        return 2
    if arguments.only_read:
        for file in files:
            read_document(Path(file.path), file.source_path)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return 0
    bare = _bare_engine()
    timings = [_timing(file, bare) for file in files]
    return _report(timings, _child_megabytes(arguments.folder))


def _is_scanned(file: Candidate) -> bool:
    """Most of the file's pages hold one picture and nothing else: zi itself is not asked, its work is what is measured."""
    document = pdfium.PdfDocument(Path(file.path))
    try:
        pictured = [_is_picture(page) for page in document]
    finally:
        document.close()
    return 2 * sum(pictured) > len(pictured)


def _is_picture(page: pdfium.PdfPage) -> bool:
    width, height = page.get_size()
    boxes = [x.get_bounds() for x in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])]
    return bool(sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes) > 0.5 * width * height)


def _bare_engine() -> Callable[[Pixels], object]:
    """RapidOCR with the settings that zi uses, finding and reading the lines of a page."""
    from rapidocr import RapidOCR

    engine = RapidOCR(params={**SETTINGS, "Rec.rec_batch_num": 1})
    return lambda picture: engine(picture[:, :, ::-1])


def _timing(file: Candidate, bare: Callable[[Pixels], object]) -> Timing:
    document = pdfium.PdfDocument(Path(file.path))
    try:
        pages = len(document)
        seconds_bare, _ = _timed(lambda: [bare(render(page).pixels) for page in document])
    finally:
        document.close()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder), jobs=1)
        zi, _ = _timed(lambda: ingest([file.path], settings, run=run_here))
        again, _ = _timed(lambda: ingest([file.path], settings, run=run_here))
        kept, _ = _timed(lambda: read_document(Path(file.path), file.source_path, readings=readings_folder(Path(folder))))
    engine_for.cache_clear()
    return Timing(Path(file.path).name, pages, seconds_bare, zi, again, kept)


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    value = call()
    return time.perf_counter() - start, value


def _child_megabytes(folder: Path) -> float:
    """Peak memory of a child that only reads all documents, as it says itself."""
    command = [sys.executable, sys.argv[0], str(folder), "--only-read"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / KILOBYTES_PER_MEGABYTE


def _report(timings: Sequence[Timing], megabytes: float) -> int:
    whole = Timing("all", *(sum(getattr(t, name) for t in timings) for name in ("pages", "bare", "zi", "again", "kept")))
    print(f"{'document':<40} {'pages':>5} {'bare s/page':>11} {'zi s/page':>10} {'ratio':>6} {'again':>6} {'kept':>6}")
    for t in [*timings, whole]:
        ratios = f"{t.zi / t.bare:>6.2f} {t.again / t.zi:>6.3f} {t.kept / t.zi:>6.2f}"
        print(f"{t.name[:40]:<40} {t.pages:>5} {t.bare / t.pages:>11.2f} {t.zi / t.pages:>10.2f} {ratios}")
    print(f"peak memory {megabytes:.0f} MB (at most {MAX_MEGABYTES:.0f})")
    ratio, again = whole.zi / whole.bare, whole.again / whole.zi
    figures = {
        "documents": len(timings),
        "pages": whole.pages,
        "zi_s_per_page": round(whole.zi / whole.pages, 2),
        "bare_s_per_page": round(whole.bare / whole.pages, 2),
        "ratio": round(ratio, 3),
        "again": round(again, 3),
        "kept": round(whole.kept / whole.zi, 3),
        "peak_mb": round(megabytes),
    }
    print(json.dumps(figures))
    return int(ratio > MAX_RATIO or again > MAX_AGAIN or megabytes > MAX_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
