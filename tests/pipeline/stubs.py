"""Stand-ins for the reading of a document; at module level, so that a worker process can import them."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

from extract.errors import UnusableReading
from pipeline.errors import InternalError
from pipeline.process import ID_DIGITS
from pipeline.result import DocumentResult, Failure, Row
from pipeline.shell import Task, failed

BOX: Row = {"page": 1, "x0": 1.0, "top": 2.0, "x1": 3.0, "bottom": 4.0}


def document_row(document_id: str, source_path: str, **more: object) -> Row:
    """A row of ``documents`` with what is never null."""
    return {
        "document_id": document_id,
        "decree_id": document_id,
        "document_part": "decree",
        "source_path": source_path,
        "page_count": 1,
        "kind": "digital",
        "confidence": 1.0,
        "needs_review": False,
        "review_reasons": [],
        "decided": [],
        **more,
    }


def plan_row(document_id: str, order: int, **more: object) -> Row:
    """A row of ``plan_rows`` with what is never null."""
    return {
        "row_id": f"{document_id}-{order}",
        "document_id": document_id,
        "row_order": order,
        "printed": [{"header": "KEGIATAN", "text": "x"}],
        "page_start": 1,
        "page_end": 1,
        "boxes": [BOX],
        "match_score": 0.0,
        "component_score": 0.0,
        "match_margin": 0.0,
        "match_method": "none",
        "match_status": "none",
        "candidates": [],
        "match_words": [],
        "confidence": 0.9,
        "needs_review": order == 2,
        "review_reasons": ["cut-row"] if order == 2 else [],
        "decided": [],
        **more,
    }


def read(task: Task) -> DocumentResult:
    """A decree with two plan rows out of order, or without a plan where the name says so; its reading is its name."""
    result = _rows(task)
    return replace(result, reading=task.source_path.encode())


def rebuild(task: Task) -> DocumentResult:
    """The rows of `read` out of the reading, with a place of signing that tells; the PDF may not be opened."""
    if task.reading != task.source_path.encode():
        raise AssertionError(f"{task.source_path} was read again")
    result = _rows(task)
    return replace(result, tables={**result.tables, "documents": [{**result.tables["documents"][0], "place": "rebuilt"}]})


def refuse_reading(task: Task) -> DocumentResult:
    """As `read`, but no reading that was kept can be used."""
    return read(task) if task.reading is None else failed(task, Failure.of(UnusableReading()))


def _rows(task: Task) -> DocumentResult:
    key = task.sha256[:ID_DIGITS]
    rows = [] if "no-plan" in task.source_path else [plan_row(key, 2, months=[]), plan_row(key, 1, months=[1, 12])]
    tables = {"documents": [document_row(key, task.source_path, date="2022-02-01")], "plan_rows": rows}
    return DocumentResult(key, task.sha256, task.source_path, tables)


def read_one_decree(task: Task) -> DocumentResult:
    """As `read`, but every file holds the same decree."""
    result = read(task)
    head = {"satker_code": "3504", "number": 4, "number_raw": "4", "year": 2022, "title": "RENCANA KERJA ZONA INTEGRITAS"}
    return replace(result, tables={**result.tables, "documents": [{**result.tables["documents"][0], **head}]})


def read_slowly_in_reverse(task: Task) -> DocumentResult:
    """As `read`, but the first names take longest, so that results come out of order."""
    time.sleep(0.3 if Path(task.path).name < "b" else 0.0)
    return read(task)


def read_at_leisure(task: Task) -> DocumentResult:
    """As `read`, slowly enough to be killed in between."""
    time.sleep(0.05)
    return read(task)


def die_on_poison(task: Task) -> DocumentResult:
    """As `read`, but the process ends at once on a document called poison."""
    if "poison" in task.source_path:
        os._exit(42)
    return read(task)


def fail(task: Task) -> DocumentResult:
    """A document that fails as a whole."""
    failure = Failure(None, "damaged", "It is damaged.", "Get another.")
    return DocumentResult(task.sha256[:ID_DIGITS], task.sha256, task.source_path, {}, (failure,))


def fail_within(task: Task) -> DocumentResult:
    """A document on which the program itself fails."""
    return failed(task, Failure.of(InternalError("The program failed.")))


def skip_a_page(task: Task) -> DocumentResult:
    """A decree whose second page had to be skipped."""
    result = read(task)
    failure = Failure(2, "scanned", "Page 2 is a scan.", "Wait.")
    return DocumentResult(result.document_id, result.sha256, result.source_path, result.tables, (failure,))


def never(task: Task) -> DocumentResult:
    """Nothing may be read."""
    raise AssertionError(f"{task.source_path} was read again")


def interrupt(task: Task) -> DocumentResult:
    """The operator presses Ctrl-C."""
    raise KeyboardInterrupt


def read_slowly(task: Task) -> DocumentResult:
    """As `read`, so slowly that a test can see to it meanwhile."""
    time.sleep(0.3)
    return read(task)


def process_number() -> str:
    """A fingerprint that no two processes share."""
    return str(os.getpid())


def one_fingerprint() -> str:
    """A fingerprint that does not change with a file that is edited while the tests run."""
    return "the same"
