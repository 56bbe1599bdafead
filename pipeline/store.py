"""Results of documents that were read before, so that an unchanged document is not read again."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline import __version__
from pipeline.errors import Crashed, OutOfMemory, OutputNotWritable, Unreadable
from pipeline.parquet import write_atomically
from pipeline.result import DocumentResult, Failure
from pipeline.rows import json_of

ROOMS = ("extract", "normalize", "taxonomy")
CODE_SUFFIXES = {".py", ".csv", ".toml", ".json", ".txt"}
LIBRARIES = (
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "camelot-py",
    "numpy",
    "rapidfuzz",
    "rapidocr",
    "onnxruntime",
    "opencv-python-headless",
)
"""Libraries whose version may change what is read."""

PASSING = {Crashed.code, OutOfMemory.code, Unreadable.code}
"""Failures that may be the machine's and not the document's: never kept, so the document is tried again."""


def fingerprint(reader: str) -> str:
    """A hash of everything but the document that decides what is read: code, data files, libraries, settings."""
    digest = hashlib.sha256(f"{__version__}\0{reader}\0".encode())
    root = Path(__file__).resolve().parent.parent
    files = [root / "pipeline" / name for name in ("matching.py", "process.py")]
    for room in ROOMS:
        files += sorted(p for p in (root / room).rglob("*") if p.suffix in CODE_SUFFIXES and p.is_file())
    for file in files:
        digest.update(f"{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    for library in LIBRARIES:
        digest.update(f"{library} {_version(library)}\0".encode())
    return digest.hexdigest()


def readings_folder(out: Path) -> Path:
    """Where the readings of scanned pages are kept: they outlive a change of our code, which makes results worthless."""
    return out / ".zi" / "readings"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


class Store:
    """One JSON file per document under ``<out>/.zi/documents``, valid for one fingerprint; written by the parent."""

    def __init__(self, out: Path, mark: str) -> None:
        """A store below the output folder.

        Args:
            out: output folder.
            mark: fingerprint that results must carry to be valid.
        """
        self._folder = out / ".zi" / "documents"
        self._mark = mark

    def load(self, document_id: str, sha256: str, source_path: str) -> DocumentResult | None:
        """The kept result under the name of today, or None: never read, read by other code, or the file is broken."""
        try:
            kept = json.loads(self._path(document_id).read_bytes())
            if kept["fingerprint"] != self._mark or kept["sha256"] != sha256:
                return None
            failures = tuple(Failure(**failure) for failure in kept["failures"])
            tables = kept["tables"]
            for row in tables.get("documents", ()):
                row["source_path"] = source_path
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return DocumentResult(document_id, sha256, source_path, tables, failures)

    def keep(self, result: DocumentResult) -> DocumentResult:
        """Writes the result and returns it as a later `load` would, so that fresh and kept rows cannot differ.

        Raises:
            OutputNotWritable: the disk is full or the folder cannot be written.
        """
        if any(failure.code in PASSING for failure in result.failures):
            return result
        record = {
            "fingerprint": self._mark,
            "sha256": result.sha256,
            "failures": [{"page": f.page, "code": f.code, "message": f.message, "cure": f.cure} for f in result.failures],
            "tables": result.tables,
        }
        # A lone surrogate, which broken fonts yield, is no text that a table can hold: it becomes "?".
        data = json_of(record).encode("utf-8", "replace")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path(result.document_id), data)
        except OSError as error:
            raise OutputNotWritable(f"Results cannot be kept in {self._folder}: {error.strerror}.") from error
        return self.load(result.document_id, result.sha256, result.source_path) or result

    def _path(self, document_id: str) -> Path:
        return self._folder / f"{document_id}.json"
