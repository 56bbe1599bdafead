"""Whether a stream is all there, told from its bytes as they stand in the file: what is cheap to look at, for each filter.

The decoders tell nothing: what is missing of a picture they fill with grey, and of a text they give what there is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from extract.jpeg import is_whole_jpeg

HOLE = 1024  # zero bytes in a row: a block of the disk or of a download that is not there; smaller ones break a stream
MOST_UNDONE = 1 << 26  # bytes that one stream is undone to: the largest content of a page that we know has 2 MB
PIECE = 1 << 20  # bytes undone at a time
CHECKSUM = 4  # bytes behind Flate data; some programs leave it out, or write zeros
FLUSHED = b"\0\0\xff\xff"  # end of Flate data of programs that never say that it is the end
PADDING = b"\0\t\n\f\r "  # may stand behind the data of a stream
FAX_END, FAX_END_BITS = 0x001001, 24  # "end of block" of a picture in CCITT group 4: the last bits that are not zero
FAX_PADDING = b"\0\r\n"  # may stand behind it; it may itself end with a blank
JPX_BEGIN, JPX_END = b"\xff\x93", b"\xff\xd9"  # of the data in the last tile, and of the picture
JBIG2_UNKNOWN = 0xFFFFFFFF  # length of a segment that only its decoder can tell
LEAST_SEGMENT = 11  # bytes of the shortest head of a segment
LONG_COUNT, WIDE_PAGE = 7, 0x40  # in that head: the segments that it refers to are counted further on; page numbers of 4 bytes
DRAWN = re.compile(rb"/([^\s/()<>\[\]{}%]+)\s+Do\b")
MOST_TEXT = 1 << 22  # bytes of a content in which the forms and pictures that it draws are looked for

SHORT_NAMES = {"Fl": "FlateDecode", "DCT": "DCTDecode", "CCF": "CCITTFaxDecode", "A85": "ASCII85Decode"}
ENDS = {"ASCII85Decode": b">", "ASCIIHexDecode": b">"}  # last byte of data written in letters


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream of a file.

    Attributes:
        filters: names of the filters it went through; the first one is undone first.
        raw: its bytes in the file.
        is_picture: an image, whose bytes may be anything where it went through no filter.
        says_end: a CCITT picture that must end with an end of block.
    """

    filters: tuple[str, ...]
    raw: bytes
    is_picture: bool = False
    says_end: bool = False


def filters_of(names: Sequence[str]) -> tuple[str, ...]:
    """The names of filters, in full."""
    return tuple(SHORT_NAMES.get(name, name) for name in names)


def is_whole(stream: Stream) -> bool:
    """Whether nothing tells that a part of the stream is lost."""
    first, raw = stream.filters[0] if stream.filters else "", stream.raw
    if first == "FlateDecode":
        return can_be_undone(raw)
    if first == "DCTDecode":
        return is_whole_jpeg(raw, HOLE)
    body = raw.rstrip(PADDING)
    if not first:
        return stream.is_picture or bytes(HOLE) not in body
    if bytes(HOLE) in body:
        return False
    if first == "JPXDecode":
        return body.rfind(JPX_END) > body.rfind(JPX_BEGIN)
    if first == "JBIG2Decode":
        return _has_all_segments(raw)
    if first == "CCITTFaxDecode":
        return not stream.says_end or _has_fax_end(raw)
    return not body or body.endswith(ENDS.get(first, b""))


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


def _has_fax_end(raw: bytes) -> bool:
    """Whether the end of block stands in the last bits; it need not begin or end with a byte."""
    tail = int.from_bytes(raw.rstrip(FAX_PADDING)[-FAX_END_BITS // 8 - 1 :], "big")
    last = (tail & -tail).bit_length() - 1  # bits behind the last one that is set
    return tail >> max(0, last) & (1 << FAX_END_BITS) - 1 == FAX_END


def _has_all_segments(raw: bytes) -> bool:
    """Whether each segment of a JBIG2 picture is as long as it says, with no hole (ITU-T T.88, 7.2)."""
    at = 0
    while len(raw) - at >= LEAST_SEGMENT and raw[at : at + LEAST_SEGMENT].strip(PADDING):
        number, flags, referred = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4], raw[at + 5] >> 5
        at += 6
        if referred == LONG_COUNT:  # a count of 29 bits, and a bit for each of them and for the segment
            referred = int.from_bytes(raw[at - 1 : at + 3], "big") & 0x1FFFFFFF
            at += 3 + (referred + 8) // 8
        at += referred * (1 if number <= 256 else 2 if number <= 65536 else 4) + (4 if flags & WIDE_PAGE else 1)
        length = int.from_bytes(raw[at : at + 4], "big")
        if length == JBIG2_UNKNOWN:
            return True
        at += 4 + length
    return at <= len(raw) and bytes(HOLE) not in raw[:at]


def drawn_by(stream: Stream) -> set[str] | None:
    """Names of the forms and pictures that a content draws; None where that is not known."""
    data = stream.raw
    if stream.filters == ("FlateDecode",):
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(data, MOST_TEXT)
        except zlib.error:
            return None
        if unpacker.unconsumed_tail:
            return None
    elif stream.filters:
        return None
    return {name.decode("latin-1") for name in DRAWN.findall(data)}
