"""Whether a file has lost something: PDFium shows what is left of a page, or a blank one, and says nothing.

Half a page must not pass for a whole one. This look at the bytes costs next to nothing; what it finds suspicious is followed
page by page (`extract.contents`).
"""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator

LOOK_BACK = 1000  # bytes before the word "stream" in which its dictionary begins; those of contents take 100
HOLE = 1024  # zero bytes in a row: a block of the disk or of a download that is not there; smaller ones break a stream
MOST_UNDONE = 1 << 26  # bytes that one stream is undone to: the largest content of a page that we know has 2 MB
PIECE = 1 << 20  # bytes undone at a time
CHECKSUM = 4  # bytes behind Flate data; some programs leave it out, or write zeros
FLUSHED = b"\0\0\xff\xff"  # end of Flate data of programs that never say that it is the end

ONLY_FLATE = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?\s*[/>]")
NO_CONTENT = re.compile(rb"/Image\b|/Length1\b|/XRef\b|/Metadata\b")
"""Dictionaries of pictures, fonts, tables of objects and metadata: what they have lost is no text of a page."""


def is_suspect(data: mmap.mmap) -> bool:
    """Whether a stream that may be the content of a page cannot be undone, or the file has a hole."""
    if data.find(b"/Encrypt") >= 0:
        return False  # nothing can be told without the key
    if data.find(bytes(HOLE)) >= 0:
        return True
    for word, begin in _streams(data):
        head = data[max(0, word - LOOK_BACK) : word]
        head = head[head.rfind(b"obj") :]
        if not ONLY_FLATE.search(head) or NO_CONTENT.search(head):
            continue
        end = data.find(b"endstream", begin)
        if not can_be_undone(data[begin : end if end >= 0 else len(data)]):
            return True
    return False


def _streams(data: mmap.mmap) -> Iterator[tuple[int, int]]:
    """Where the word "stream" stands before a stream, and where the stream begins."""
    word = data.find(b"stream")
    while word >= 0:
        after = word + len(b"stream")
        line_end = data[after : after + 2]
        if line_end[:1] in (b"\r", b"\n") and data[max(0, word - 3) : word] != b"end":
            yield word, after + (2 if line_end == b"\r\n" else 1)
        word = data.find(b"stream", after)


def can_be_undone(packed: bytes) -> bool:
    """Whether Flate data comes to its end, and is what was packed; a checksum that was left out says nothing."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest, undone, checksum = packed[2:], 0, 1
    if not rest.strip():
        return True  # a blank page
    try:
        while not unpacker.eof and rest and undone < MOST_UNDONE:
            piece = unpacker.decompress(rest, PIECE)
            undone, checksum = undone + len(piece), zlib.adler32(piece, checksum)
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    if not unpacker.eof:
        return undone >= MOST_UNDONE or packed.rstrip().endswith(FLUSHED)
    said = unpacker.unused_data[:CHECKSUM]
    return len(said) < CHECKSUM or not any(said) or int.from_bytes(said, "big") == checksum
