"""What is kept of each document between runs: its reading, which is dear, and its rows, which are cheap to make from it."""

from __future__ import annotations

import hashlib
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extract.record import READING_FORMAT
from pipeline import __version__
from pipeline.errors import OutputNotWritable
from pipeline.record import Record, decode, encode
from pipeline.storage import Folder, LocalFolder, reason

CODE_SUFFIXES = {".py", ".csv", ".toml", ".json", ".txt"}
READING_LIBRARIES = (
    "pypdfium2",
    "pdfplumber",
    "pdfminer.six",
    "camelot-py",
    "numpy",
    "playa-pdf",
    "pandas",
    "pillow",
    "rapidfuzz",
    "rapidocr",
    "onnxruntime",
    "opencv-python-headless",
    "pyclipper",
    "shapely",
    "msgspec",
)
"""Libraries whose version may change what is read."""

ROW_LIBRARIES = ("numpy", "rapidfuzz", "msgspec", "pyarrow")
"""Libraries whose version may change what a reading means."""

READINGS, ROWS = ".zi/extracted", ".zi/rows"


def reading_fingerprint(reader: str) -> str:
    """A hash of everything but the document that decides what is read: code, data files, libraries, settings."""
    about = f"{__version__}\0{reader}\0".encode() + READING_FORMAT
    return _fingerprint(about, ("extract", "pipeline/process.py"), READING_LIBRARIES)


def rows_fingerprint() -> str:
    """A hash of everything but the reading that decides which rows are made of it."""
    rooms = ("normalize", "taxonomy", "pipeline/matching.py", "pipeline/process.py", "pipeline/rows.py", "pipeline/record.py")
    return _fingerprint(__version__.encode(), rooms, ROW_LIBRARIES)


def tables_fingerprint() -> str:
    """A hash of everything but the records that decides what the tables hold."""
    return _fingerprint(
        __version__.encode(), ("normalize", "pipeline/tables.py", "pipeline/overrides.py", "pipeline/parquet.py"), ROW_LIBRARIES
    )


def code_fingerprint() -> str:
    """A hash of everything but the documents and settings that decides results: two machines that agree in it read alike."""
    return _fingerprint(READING_FORMAT, ("extract", "normalize", "taxonomy", "pipeline"), (*READING_LIBRARIES, *ROW_LIBRARIES))


def _fingerprint(about: bytes, parts: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    digest = hashlib.sha256(about + repr(sys.version_info[:2]).encode())  # what is a letter or a digit is Python's to say
    root = Path(__file__).resolve().parent.parent
    for part in parts:
        path = root / part
        found = path.rglob("*") if path.is_dir() else [path]  # a file that was renamed is an error, and no part left out
        files = sorted(p for p in found if p.suffix in CODE_SUFFIXES and not p.is_dir())
        for file in files:
            digest.update(f"{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    for library in libraries:
        digest.update(f"{library} {_version(library)}\0".encode())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def readings_folder(out: Path) -> Path:
    """Where the OCR engine's readings of pages are kept: they outlive a change of our code, which makes results worthless."""
    return out / ".zi" / "readings"


class Store:
    """Readings and records below an output folder, one file each per document, written by the parent alone."""

    def __init__(self, out: Folder) -> None:
        """A store below the output folder."""
        self._out = out
        self.is_near = isinstance(out, LocalFolder)
        """It lies on this machine: to read a record costs next to nothing."""

    def keep(self, record: Record, reading: bytes | None) -> None:
        """Writes the record, and the reading where there is a new one; the record comes last and vouches for both.

        Raises:
            OutputNotWritable: the disk is full or the folder cannot be written.
        """
        try:
            if reading is not None:
                self._out.write(_name(READINGS, record.document_id), _seal(record.document_id, reading) + reading)
            self._out.write(_name(ROWS, record.document_id), encode(record))
        except OSError as error:
            raise OutputNotWritable(f"Results cannot be kept in {self._out.address}: {reason(error)}.") from error

    def record(self, document_id: str) -> Record | None:
        """The record of a document, None where there is none that can be read."""
        data = self._read(_name(ROWS, document_id))
        return None if data is None else decode(data)

    def reading(self, document_id: str) -> bytes | None:
        """The kept reading of a document, None where there is none, or it is broken, or that of another document."""
        data = self._read(_name(READINGS, document_id))
        if data is None:
            return None
        reading = data[SEAL_SIZE:]
        return reading if data[:SEAL_SIZE] == _seal(document_id, reading) else None

    def remove(self, document_id: str) -> None:
        """Removes what is kept of a document.

        Raises:
            OutputNotWritable: the folder cannot be written.
        """
        try:
            for folder in (ROWS, READINGS):
                self._out.remove(_name(folder, document_id))
        except OSError as error:
            raise OutputNotWritable(f"{self._out.address} cannot be written: {reason(error)}.") from error

    def kept(self) -> set[str]:
        """The document_id of every record that lies there."""
        return {name.rsplit("/", 1)[1].removesuffix(SUFFIX) for name in self._out.names(ROWS) if name.endswith(SUFFIX)}

    def _read(self, name: str) -> bytes | None:
        try:
            return self._out.read(name)
        except OSError:
            return None  # as good as none: the document is read again


SUFFIX = ".zi"
SEAL_SIZE = 32  # bytes before a reading


def _seal(document_id: str, reading: bytes) -> bytes:
    """What ties a reading to its document: files may be swapped or cut by those who copy them."""
    return hashlib.sha256(document_id.encode() + reading).digest()


def _name(folder: str, document_id: str) -> str:
    return f"{folder}/{document_id[:2]}/{document_id}{SUFFIX}"
