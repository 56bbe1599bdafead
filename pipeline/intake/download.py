"""One PDF from an address into a file: resumed where it broke off, checked, and put in place whole or not at all."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import NotThePdf, OutputNotWritable, TooLarge, Truncated
from pipeline.intake.keeping import Kept
from pipeline.intake.web import Again, Answer, Web
from pipeline.process import HEADER, HEADER_WITHIN, KNOWN_BEGINNINGS
from pipeline.storage import hash_of, reason, write_atomically

END_MARK = b"%%EOF"
END_WITHIN = 4096  # bytes: viewers want the mark within the last 1024, and some servers add a line or two behind it
LOOKED_AT = 4096  # bytes of what is no PDF in which its title is looked for
PART = ".part"

NOT_MODIFIED, PARTIAL, NOT_SATISFIABLE = 304, 206, 416


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What came.

    Attributes:
        address: where it was found, after redirects.
        sha256: of the file.
        size: in bytes.
        etag: of the answer.
        last_modified: of the answer.
    """

    address: str
    sha256: str
    size: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class _Part:
    """What has come of a file so far: ``<name>.pdf.part``, and beside it what it is a part of."""

    file: Path
    note: Path

    @classmethod
    def of(cls, target: Path) -> _Part:
        """The part of a file."""
        part = target.with_name(target.name + PART)
        return cls(part, part.with_name(part.name + ".json"))

    def resumable(self, address: str) -> tuple[int, str]:
        """Bytes that are there, and the mark by which the server tells whether its file is still the same; 0 to begin anew."""
        try:
            note = json.loads(self.note.read_bytes())
            size = self.file.stat().st_size
        except (OSError, ValueError):
            return 0, ""
        if not isinstance(note, dict) or note.get("address") != address or not isinstance(note.get("mark"), str):
            return 0, ""
        return size, note["mark"]

    def describe(self, address: str, mark: str) -> None:
        """Notes what the part is a part of; without a mark it can never be resumed."""
        if mark:
            write_atomically(self.note, json.dumps({"address": address, "mark": mark}).encode())
        else:
            self.note.unlink(missing_ok=True)

    def clear(self) -> None:
        """Forgets the part."""
        for path in (self.file, self.note):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def download(web: Web, address: str, target: Path, earlier: Kept | None) -> Downloaded | None:
    """What came into the file; None where the server says that the file is still the one of earlier.

    Args:
        web: to get it with.
        address: of the PDF.
        target: the file; untouched unless a whole PDF has come.
        earlier: what is noted of the file that lies there, if it is whole.

    Raises:
        DownloadError: it cannot be had; what has come is kept where it can be of use.
        OutputNotWritable: the disk is full, or the folder cannot be written.
    """
    part = _Part.of(target)
    with _writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            return web.patiently(lambda: _once(web, address, target, part, earlier))
        finally:
            if not part.note.exists():
                part.clear()


def _once(web: Web, address: str, target: Path, part: _Part, earlier: Kept | None) -> Downloaded | None:
    """One attempt."""
    ends = time.monotonic() + web.limits.whole
    have, mark = part.resumable(address)
    with web.get(address, _headers(have, mark, earlier), ends) as answer:
        if answer.status == NOT_MODIFIED and earlier is not None and not have:
            return None
        if answer.status == NOT_SATISFIABLE and have:
            if answer.headers.get("Content-Range", "").strip() == f"bytes */{have}":
                return _finish(part, target, answer)  # all of it had come already
            part.clear()
            raise Again(Truncated("The server does not go on with the file where it broke off."))
        web.check(answer)
        start = _start(answer, have, mark)
        if start is None:
            part.clear()
            raise Again(Truncated("The server goes on with another file than the one that broke off."))
        if not start:
            part.clear()  # before its note is: the bytes of another file must never stand under a new mark
        part.describe(address, _mark(answer) or (mark if start else ""))
        _append(web, answer, part, start, ends)
    return _finish(part, target, answer)


def _headers(have: int, mark: str, earlier: Kept | None) -> dict[str, str]:
    """What to ask for: the rest of a part, or the file if it has changed, or the file."""
    if have:
        return {"Range": f"bytes={have}-", "If-Range": mark}
    headers: dict[str, str] = {}
    if earlier is not None and earlier.etag:
        headers["If-None-Match"] = earlier.etag
    if earlier is not None and earlier.last_modified:
        headers["If-Modified-Since"] = earlier.last_modified
    return headers


def _start(answer: Answer, have: int, mark: str) -> int | None:
    """Where in the file the body begins; None where it does not fit what is there."""
    if answer.status != PARTIAL:
        return 0
    told = re.fullmatch(r"bytes (\d{1,18})-\d{1,18}/(?:\d{1,18}|\*)", answer.headers.get("Content-Range", "").strip())
    if not have or told is None or int(told[1]) != have or _mark(answer) not in ("", mark):
        return None
    return have


def _mark(answer: Answer) -> str:
    """The mark of exactly these bytes: a strong ETag, or the date of the last change; nothing for an encoded body."""
    if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        return ""
    etag = answer.header("ETag")
    return etag if etag and not etag.startswith("W/") else answer.header("Last-Modified")


def _append(web: Web, answer: Answer, part: _Part, start: int, ends: float) -> None:
    """Writes the body behind what is there, and stops as soon as it is too much, or no PDF.

    Raises:
        TooLarge: see `Limits.most_bytes`.
        NotThePdf: its beginning is that of something else.
    """
    most = web.limits.most_bytes
    if answer.length is not None and start + answer.length > most:
        part.clear()
        raise TooLarge(f"The file has {start + answer.length:,} bytes; at most {most:,} are taken.")
    size, checked = start, start >= HEADER_WITHIN
    with part.file.open("r+b" if start else "w+b") as file:
        file.seek(start)
        for chunk in web.body(answer, ends):
            size += len(chunk)
            if size > most:
                part.clear()
                raise TooLarge(f"The file has more than {most:,} bytes.")
            file.write(chunk)
            if not checked and size >= HEADER_WITHIN:
                file.flush()
                _check_start(part)
                checked = True
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _finish(part: _Part, target: Path, answer: Answer) -> Downloaded:
    """Puts the file in its place.

    Raises:
        NotThePdf: it is something else.
        Again: its end is missing.
    """
    _check_start(part)
    size = part.file.stat().st_size
    if not _has_end(part.file):
        part.clear()
        raise Again(Truncated("The file ends in the middle: the end mark of a PDF is missing."))
    sha256 = hash_of(part.file)
    part.file.replace(target)
    part.clear()
    return Downloaded(answer.address, sha256, size, answer.header("ETag") or None, answer.header("Last-Modified") or None)


def _has_end(file: Path) -> bool:
    """Whether the end mark of a PDF stands near the end, blanks and zeros behind it left out."""
    with file.open("rb") as open_file:
        end = open_file.seek(0, os.SEEK_END)
        while end > 0:
            begin = max(0, end - END_WITHIN)
            open_file.seek(begin)
            tail = open_file.read(end - begin).rstrip(b"\0\r\n\t ")
            if tail:
                open_file.seek(max(0, begin + len(tail) - END_WITHIN))
                return END_MARK in open_file.read(min(END_WITHIN, begin + len(tail)))
            end = begin
    return False


def _check_start(part: _Part) -> None:
    """Nothing, if the part begins as a PDF.

    Raises:
        NotThePdf: it is something else.
    """
    with part.file.open("rb") as file:
        start = file.read(LOOKED_AT)
    if HEADER in start[:HEADER_WITHIN]:
        return
    part.clear()
    raise NotThePdf(f"The server sends no PDF: {_what_it_is(start)}.")


def _what_it_is(start: bytes) -> str:
    """What the bytes look like, in words."""
    if not start:
        return "the file is empty"
    plain = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    kind = next((kind for magic, kind in KNOWN_BEGINNINGS if plain.lower().startswith(magic)), None)
    title = re.search(rb"<title[^>]*>([^<]{1,200})", start, re.IGNORECASE)
    if title is not None:
        return f"it is a web page ({' '.join(title[1].decode('utf-8', 'replace').split())!r})"
    if kind is not None:
        return f"it looks like {kind}"
    return f"it begins with {plain[:40].decode('utf-8', 'replace')!r}"


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    """Tells what the system says against writing.

    Raises:
        OutputNotWritable: the disk is full, or the folder cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise OutputNotWritable(f"{target} cannot be written: {reason(error)}.") from error
