"""The shell around the reading of one document: whatever happens inside, a result comes out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ZiError
from pipeline.errors import InternalError, OutOfMemory, OutputNotWritable
from pipeline.process import DEFAULT_READER, ID_DIGITS, process_document, read_document
from pipeline.result import DocumentResult, Failure

ROOMS = ("extract", "normalize", "taxonomy", "pipeline")


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read, by path; its bytes do not travel. Readings of scanned pages are kept in the folder ``readings``."""

    path: Path
    source_path: str
    sha256: str
    reader: str = DEFAULT_READER
    readings: Path | None = None


def work(task: Task) -> DocumentResult:
    """The result of one document, whatever happens."""
    return _guarded(task, lambda: process_document(task.path, task.source_path, task.reader, task.readings))


def work_and_draw(task: Task, page: int, picture: Path) -> DocumentResult:
    """As `work`; what was seen on the page is drawn into the picture, if the document has that page."""
    return _guarded(task, lambda: _read_and_draw(task, page, picture))


def failed(task: Task, failure: Failure) -> DocumentResult:
    """The result of a document that failed as a whole."""
    return DocumentResult(task.sha256[:ID_DIGITS], task.sha256, task.source_path, {}, (failure,))


def _read_and_draw(task: Task, page: int, picture: Path) -> DocumentResult:
    result, extraction = read_document(task.path, task.source_path, task.reader, task.readings)
    if extraction is not None and page <= result.page_count:
        from pipeline.picture import draw

        try:
            draw(task.path, extraction, page, picture, task.readings)
        except OSError as error:
            raise OutputNotWritable(f"The picture {picture} cannot be written: {error.strerror or error}.") from error
    return result


def _guarded(task: Task, read: Callable[[], DocumentResult]) -> DocumentResult:
    """What reading gives, or the failure that it ended in.

    The one broad ``except`` of the program: no fault in one document may stop the others, and each is recorded.
    """
    try:
        return read()
    except ZiError as error:
        return failed(task, Failure.of(error))
    except MemoryError:
        return failed(task, Failure.of(OutOfMemory("There was not enough memory to read the document.")))
    except Exception as error:  # see above
        logging.getLogger(__name__).debug("%s", task.source_path, exc_info=True)
        return failed(task, Failure.of(InternalError(f"The program failed: {_where(error)}.")))


def _where(error: BaseException) -> str:
    """The error with the place of our code that it came from: enough for a report, without a traceback."""
    trace = error.__traceback__
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if Path(code.co_filename).parent.name in ROOMS:
            place = f" in {Path(code.co_filename).stem}.{code.co_name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    text = " ".join(str(error).split())
    return f"{type(error).__name__}{f': {text}' if text else ''}{place}"
