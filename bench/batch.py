"""What the batch costs: isolation and ledger against bare reading, two workers against one, rebuild and a run without changes.

python -m bench.batch FOLDER            overhead and scaling over the PDFs of a folder, readings kept nowhere
python -m bench.batch --stored 2000     rebuild and second run over so many stored documents, made of data/raw
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq

from extract.record import decode, encode
from extract.table import Cell, LogicalTable
from pipeline.child import quiet_libraries
from pipeline.discover import discover
from pipeline.ingest import Settings, ingest
from pipeline.process import process_document, rebuild_document
from pipeline.rebuild import rebuild
from pipeline.result import DocumentResult
from pipeline.runner import run_here, run_pool
from pipeline.shell import Task

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "raw"
MOST_OVERHEAD = 1.05  # one worker with everything around it against the bare reading
LEAST_SCALING = 1.8  # two workers against one
MOST_REBUILD = 60.0  # seconds for 2,000 documents on one core
MOST_SECOND_RUN = 10.0  # seconds for 2,000 documents
STORED = 2000


def main() -> int:
    """0 when all figures keep their limits, 1 when one does not, 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--stored", type=int)
    parser.add_argument("--rounds", type=int, default=1, help="of which the best counts")
    asked = parser.parse_args()
    if asked.folder is None and asked.stored is None:
        parser.error("a FOLDER or --stored N")
    quiet_libraries()
    figures: dict[str, float] = {}
    if asked.folder is not None:
        if not discover([asked.folder]).files:
            print(f"No PDF in {asked.folder}.", file=sys.stderr)
            return 2
        figures |= _around(asked.folder, asked.rounds)
    if asked.stored is not None:
        figures |= _stored(asked.stored)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))
    return 0 if _kept(figures, asked.stored or STORED) else 1


def _kept(figures: dict[str, float], stored: int) -> bool:
    share = stored / STORED
    return (
        figures.get("overhead", 0) <= MOST_OVERHEAD
        and figures.get("scaling", LEAST_SCALING) >= LEAST_SCALING
        and figures.get("rebuild_s", 0) <= MOST_REBUILD * share
        and figures.get("second_run_s", 0) <= MOST_SECOND_RUN * share
    )


def _around(folder: Path, rounds: int) -> dict[str, float]:
    """Overhead and scaling: runs in this process, in one child, in two children, by turns; all begin from nothing."""
    runs = {
        "here_s": lambda out: ingest([folder], Settings(out, 1), run=run_here),
        "one_s": lambda out: ingest([folder], Settings(out, 1), run=run_pool),
        "two_s": lambda out: ingest([folder], Settings(out, 2), run=run_pool),
    }
    _fresh(runs["here_s"])  # imports, models and compiled patterns are not what is measured
    best = {name: min(_fresh(run) for _ in range(rounds)) for name, run in runs.items()}
    return {**best, "overhead": best["one_s"] / best["here_s"], "scaling": best["one_s"] / best["two_s"]}


def _fresh(run: Callable[[Path], object]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return _timed(partial(run, Path(folder)))


def _stored(documents: int) -> dict[str, float]:
    """Seconds to rebuild so many documents on one core, and to run over them again when nothing has changed.

    They are the samples, with other words at the end of every cell of every plan: hardly a text comes twice, as if no office
    copied another.
    """
    with tempfile.TemporaryDirectory() as temporary:
        archive, out = Path(temporary) / "archive", Path(temporary) / "out"
        archive.mkdir()
        for number in range(documents):
            (archive / f"{number:05}.pdf").write_bytes(b"%%PDF-1.7 document %d" % number)
        ingest([archive], Settings(out, os.cpu_count() or 1), work=_varied)
        again = _timed(lambda: ingest([archive], Settings(out, 1), work=_never))
        anew = _timed(lambda: rebuild(out, 1))
        rows = pq.read_metadata(out / "plan_rows.parquet").num_rows
        return {"stored": documents, "stored_plan_rows": rows, "second_run_s": again, "rebuild_s": anew}


def _varied(task: Task) -> DocumentResult:
    """One of the samples, by the number in the name, with words that no other document has."""
    number = int(Path(task.path).stem)
    readings = _sample_readings()
    reading = decode(readings[number % len(readings)])
    tables = tuple(_with_word(table, number) for table in reading.tables)
    return rebuild_document(encode(replace(reading, tables=tables)), task.sha256, task.source_path)


def _never(task: Task) -> DocumentResult:
    raise AssertionError(f"{task.source_path} was read again")


@functools.cache
def _sample_readings() -> list[bytes]:
    samples = sorted(path for path in SAMPLES.glob("*.pdf") if "scan" not in path.name)
    results = [process_document(path, path.name) for path in samples]
    return [result.reading for result in results if result.reading is not None]


def _with_word(table: LogicalTable, number: int) -> LogicalTable:
    changed: dict[int, Cell] = {}  # a merged cell stays one object: the later rooms see by that that it is one
    for order, cell in enumerate(cell for row in table.rows for cell in row.cells):
        if id(cell) not in changed:
            text = None if cell.text is None else replace(cell.text, text=f"{cell.text.text} {_word(number, order)}")
            changed[id(cell)] = replace(cell, text=text)
    rows = tuple(replace(row, cells=tuple(changed[id(cell)] for cell in row.cells)) for row in table.rows)
    return replace(table, rows=rows)


def _word(number: int, order: int) -> str:
    """Two words of the samples, others for each number and order."""
    chance = random.Random(number * 10_000 + order)
    return " ".join(chance.choices(_sample_words(), k=2))


@functools.cache
def _sample_words() -> list[str]:
    tables = [table for kept in _sample_readings() for table in decode(kept).tables]
    cells = [cell.text.text for table in tables for row in table.rows for cell in row.cells if cell.text is not None]
    return sorted({word for text in cells for word in text.split() if word.isalpha()})


def _timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
