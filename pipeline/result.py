"""What one document gives: rows of the tables, and what went wrong. Travels from the worker to the parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extract.errors import ZiError
from normalize.overrides import Outcome

Row = dict[str, object]
Rows = Mapping[str, list[Row]]
"""Rows by table name."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A row of ``failures`` but for the document: ``page`` is None for the whole document."""

    page: int | None
    code: str
    message: str
    cure: str

    @classmethod
    def of(cls, error: ZiError, page: int | None = None) -> Failure:
        """The failure that an error stands for."""
        # A lone surrogate, which broken fonts yield, is no text that a table can hold.
        message = error.message.encode("utf-8", "replace").decode()
        return cls(page, error.code, message, error.cure)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a document took.

    Attributes:
        seconds: wall-clock time of all attempts.
        peak_memory: bytes of resident memory at its highest, None where the system does not tell.
        attempts: how often it was begun.
    """

    seconds: float = 0.0
    peak_memory: int | None = None
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document after reading.

    Attributes:
        document_id: first 16 hex digits of ``sha256``.
        sha256: hash of the bytes.
        source_path: the name that it was read under.
        tables: its rows; empty where the document failed as a whole.
        failures: the document, or pages of it, that failed.
        reading: what was read on its pages, as `extract.record` encodes it; None where it failed, or was not asked for.
        cost: what it took.
        outcomes: what became of the decisions of people about it.
    """

    document_id: str
    sha256: str
    source_path: str
    tables: Rows
    failures: tuple[Failure, ...] = ()
    reading: bytes | None = None
    cost: Cost = Cost()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def page_count(self) -> int:
        """Pages of the document, 0 where it failed."""
        return next((int(str(row["page_count"])) for row in self.tables.get("documents", ())), 0)

    @property
    def failed(self) -> bool:
        """Whether nothing could be extracted."""
        return any(failure.page is None for failure in self.failures)
