"""Whether a file has lost something: PDFium shows what is left of a page, or a blank one, and says nothing.

Half a page must not pass for a whole one. This look at the bytes costs next to nothing; what it finds suspicious is followed
page by page (`extract.contents`).
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator

from extract.whole import HOLE, Stream, filters_of, is_whole

LOOK_BACK = 1000  # bytes before the word "stream" in which its dictionary begins; those of contents take 100
WIDE = 1000  # pixels: a page's width in a scan from 120 dpi; emblems and letterheads are smaller, and cost as much to undo
NEAR = 24  # bytes from the end of a stream to behind the word "endstream"

FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
NAME = re.compile(rb"/(\w+)")
NO_CONTENT = re.compile(rb"/Length1\b|/XRef\b|/Metadata\b")
"""Dictionaries of fonts, tables of objects and metadata: what they have lost is no text of a page."""
PICTURE = re.compile(rb"/Subtype\s*/Image\b")
WIDTH = re.compile(rb"/Width\s+(\d{1,9})\b(?!\s+\d+\s+R)")
LENGTH = re.compile(rb"/Length\s+(\d{1,12})\b(?!\s+\d+\s+R)")
GROUP_4 = re.compile(rb"/K\s*-\d")
NO_END = re.compile(rb"/EndOfBlock\s+false")


def is_suspect(data: mmap.mmap) -> bool:
    """Whether a stream that may be shown on a page is not whole, or the file has a hole or no end."""
    return _shows_damage(data) and data.find(b"/Encrypt") < 0  # nothing can be told without the key


def _shows_damage(data: mmap.mmap) -> bool:
    if data.rfind(b"startxref") < 0:
        return True
    holed, after = data.find(bytes(HOLE)) >= 0, 0
    for head, begin, end in _streams(data):
        if end < 0 or (holed and data.find(bytes(HOLE), after, begin) >= 0) or not _is_whole(head, data, begin, end):
            return True
        after = end
    return holed and data.find(bytes(HOLE), after) >= 0


def _streams(data: mmap.mmap) -> Iterator[tuple[bytes, int, int]]:
    """The dictionary of each stream, where the stream begins, and where it ends; -1 where the file ends first."""
    done, word = 0, data.find(b"stream")
    while word >= 0:
        begin = word + len(b"stream")
        line_end = data[begin : begin + 2]
        if line_end[:1] in (b"\r", b"\n") and data[max(0, word - 3) : word] != b"end":
            begin += 2 if line_end == b"\r\n" else 1
            head = data[max(done, word - LOOK_BACK) : word]
            head = head[head.rfind(b"obj") :]
            done = _end(data, head, begin)
            yield head, begin, done
            if done < 0:
                return
            begin = done + len(b"endstream")  # what looks like a stream within one is chance
        word = data.find(b"stream", begin)


def _end(data: mmap.mmap, head: bytes, begin: int) -> int:
    """Where "endstream" stands: where the length says, or the next one."""
    length = LENGTH.search(head)
    told = begin + int(length[1]) if length else begin
    if told > begin:
        end = data.find(b"endstream", told, told + NEAR)
        if end >= 0:
            return end
    return data.find(b"endstream", begin)


def _is_whole(head: bytes, data: mmap.mmap, begin: int, end: int) -> bool:
    """Whether the stream with this dictionary is whole, as far as that is worth its time."""
    if NO_CONTENT.search(head):
        return True
    found = FILTERS.search(head)
    filters = filters_of([name.decode() for name in NAME.findall(found[1])] if found else [])
    is_picture = PICTURE.search(head) is not None
    if is_picture and filters == ("FlateDecode",):
        width = WIDTH.search(head)
        if width and int(width[1]) < WIDE:
            return True
    says_end = bool(GROUP_4.search(head)) and not NO_END.search(head)
    raw = data[begin:end]
    raw = raw.removesuffix(b"\n").removesuffix(b"\r")  # which are not of the data, and may look like its missing end
    return is_whole(Stream(filters, raw, is_picture, says_end))
