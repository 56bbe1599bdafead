"""Whether a JPEG is all there, told from its markers and tables; next to none must be decoded.

A hole of zeros is told by what zeros stand for. In the tables that most programs take they are a speckle, as no paper has it
in each of its pixels. Tables that are made for one picture may give the shortest code to a block that is all even: then a
white sheet is all zeros.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

BEGIN, END, FILL = b"\xff\xd8", b"\xff\xd9", 0xFF
TABLES, SCAN = 0xC4, 0xDA  # markers
NO_FRAME = (0xC4, 0xC8, 0xCC)  # markers among those of frames (C0 to CF) that are none
BASELINE, PROGRESSIVE = (0xC0, 0xC1), (0xC2,)  # frames in Huffman codes
ALONE = (0x01, *range(0xD0, 0xD8))  # markers without a length
END_OF_BLOCK = 0x00  # symbol after which the rest of a block is zero
MOST_BLOCKS = 1_300_000  # of a picture that is decoded, 83 million pixels: A4 at 600 dpi in grey has 550,000
USUAL_FIRST = {0: 0x01, 1: END_OF_BLOCK}  # symbol of the code of zeros in the tables that most programs take, by table
BLANK_BLOCK = 4  # bits that a block of even paper takes at most where they are zeros


@dataclass(slots=True)
class _Head:
    """What stands before the data of the first scan.

    Attributes:
        body: where that data begins.
        frame: marker of the frame.
        blocks: of all components together, had none fewer pixels than the picture.
        firsts: symbol that a code of zeros stands for, by table of AC coefficients.
        used: tables of AC coefficients that the scan uses.
    """

    body: int = 0
    frame: int = 0
    blocks: int = 0
    firsts: dict[int, int] = field(default_factory=lambda: dict(USUAL_FIRST))
    used: set[int] = field(default_factory=set)


def is_whole_jpeg(raw: bytes, hole: int) -> bool:
    """Whether the picture comes to its end, and no zeros stand in it that no picture has.

    Args:
        raw: the picture; anything may stand behind it.
        hole: zero bytes in a row that are a loss where the picture could not have written them.
    """
    head = _head(raw)
    if head is None or not head.frame:
        return False
    end = raw.rfind(END, head.body)
    if end < 0 or raw.find(bytes(hole), head.body, end) < 0:
        return end >= 0
    even = head.blocks * BLANK_BLOCK // 8 + hole
    if head.frame in PROGRESSIVE:
        return all(bytes(even if is_even else hole) not in data for is_even, data in _scans(raw[head.body : end]))
    if head.frame in BASELINE and all(head.firsts.get(table) == END_OF_BLOCK for table in head.used):
        return raw.find(bytes(even), head.body, end) < 0 and not _is_finished(raw, head, end - hole)
    return False


def _scans(body: bytes) -> Iterator[tuple[bool, bytes]]:
    """Each scan of a progressive JPEG, and whether it holds the mean of each block: even paper is zeros in it for long."""
    scans = body.split(bytes((FILL, SCAN)))
    for number, scan in enumerate(scans):
        first = 3 + 2 * scan[2] if len(scan) > 2 else 0  # behind a length, and two bytes for each component
        yield not number or scan[first : first + 1] == b"\0", scan


def _is_finished(raw: bytes, head: _Head, stop: int) -> bool:
    """Whether the picture is finished before this byte: then some of its data is no longer what was written.

    In a hole each byte draws four blocks of paper, and what stood there drew less than one.
    """
    from PIL import Image  # for the rare picture that may hold so many zeros

    if head.blocks > MOST_BLOCKS:
        return False
    try:
        with Image.open(BytesIO(raw[:stop])) as picture:
            picture.load()
    except (OSError, ValueError):
        return False  # it goes on, as it should
    return True


def _head(raw: bytes) -> _Head | None:
    """What stands before the first scan; None where it cannot be followed."""
    head, at = _Head(), raw.find(BEGIN)
    if at < 0:
        return None
    at += len(BEGIN)
    while at + 4 <= len(raw):
        if raw[at] != FILL:
            return None
        marker = raw[at + 1]
        if marker == FILL or marker in ALONE:
            at += 1 if marker == FILL else 2
            continue
        length = int.from_bytes(raw[at + 2 : at + 4], "big")
        part = raw[at + 4 : at + 2 + length]
        if length < 2 or len(part) < length - 2:
            return None
        at += 2 + length
        if marker == SCAN:
            head.body = at
            head.used = {part[2 + 2 * n] & 15 for n in range(part[0]) if 2 + 2 * n < len(part)} if part else set()
            return head
        if marker == TABLES:
            _read_tables(part, head.firsts)
        elif 0xC0 <= marker <= 0xCF and marker not in NO_FRAME and len(part) > 5:
            height, width = int.from_bytes(part[1:3], "big"), int.from_bytes(part[3:5], "big")
            head.frame, head.blocks = marker, (width // 8 + 1) * (height // 8 + 1) * part[5]
    return None


def _read_tables(part: bytes, firsts: dict[int, int]) -> None:
    """Notes the symbol of the code of zeros of each table of AC coefficients."""
    at = 0
    while at + 17 < len(part):
        if part[at] & 0xF0:
            firsts[part[at] & 15] = part[at + 17]
        at += 17 + sum(part[at + 1 : at + 17])
