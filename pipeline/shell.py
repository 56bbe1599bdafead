"""The shell around the reading of one document: whatever happens inside, a result comes out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from extract.errors import ZiError
from normalize.overrides import Decision
from pipeline.errors import Changed, InternalError, OutOfMemory, OutputNotWritable
from pipeline.process import DEFAULT_READER, ID_DIGITS, process_document, read_document, rebuild_document
from pipeline.result import DocumentResult, Failure
from pipeline.storage import Source, local_copy

ROOMS = ("extract", "normalize", "taxonomy", "pipeline", "audit")


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read, by path; its bytes do not travel.

    Attributes:
        path: where it lies.
        source_path: its name in the tables.
        sha256: hash of its bytes.
        reader: PDF library.
        readings: folder where readings of scanned pages are kept, None to keep none.
        given_up: pages that an earlier attempt died on: they are not read, and this is said of them.
        reading: what was read of it before; then no PDF is opened, and only its rows are made anew.
        decisions: what people decided of it.
    """

    path: Source
    source_path: str
    sha256: str
    reader: str = DEFAULT_READER
    readings: Path | None = None
    given_up: tuple[Failure, ...] = ()
    reading: bytes | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def document_id(self) -> str:
        """Its name in the tables."""
        return self.sha256[:ID_DIGITS]


def work(task: Task) -> DocumentResult:
    """The result of one document, whatever happens."""
    return guarded(task, lambda: _read(task))


def _read(task: Task) -> DocumentResult:
    if task.reading is not None:
        made = rebuild_document(task.reading, task.sha256, task.source_path, task.decisions)
        return replace(made, reading=None)  # it is there already
    with local_copy(task.path) as path:
        result = process_document(path, task.source_path, task.reader, task.readings, task.given_up, task.decisions)
    if result.sha256 != task.sha256:
        raise Changed
    return result


def work_and_draw(task: Task, page: int, picture: Path) -> DocumentResult:
    """As `work`; what was seen on the page is drawn into the picture, if the document has that page."""
    return guarded(task, lambda: _read_and_draw(task, page, picture))


def guarded(task: Task, read: Callable[[], DocumentResult]) -> DocumentResult:
    """What reading gives, or the failure that it ended in: around all that is done with a document in a child.

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


def failed(task: Task, failure: Failure) -> DocumentResult:
    """The result of a document that failed as a whole."""
    return DocumentResult(task.sha256[:ID_DIGITS], task.sha256, task.source_path, {}, (failure,))


def _read_and_draw(task: Task, page: int, picture: Path) -> DocumentResult:
    with local_copy(task.path) as path:
        result, extraction = read_document(path, task.source_path, task.reader, task.readings, task.given_up, task.decisions)
        given_up = {failure.page for failure in task.given_up}
        if extraction is not None and page <= result.page_count and page not in given_up:
            from pipeline.picture import draw

            try:
                draw(path, extraction, page, picture, task.readings)
            except OSError as error:
                raise OutputNotWritable(f"The picture {picture} cannot be written: {error.strerror or error}.") from error
    return result


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
