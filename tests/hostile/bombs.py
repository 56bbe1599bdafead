"""Data that swells: streams that are small in the file and fill the memory when they are undone."""

from __future__ import annotations

import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.extract.pdfs import DECREE
from tests.hostile.material import (
    FINE,
    MEGABYTE,
    SLOW,
    Hostile,
    bomb,
    by_hand,
    changed_raw,
    decree_by_hand,
    lzw_bomb,
    plan,
    stream,
    text_of,
    with_stream,
)

SWOLLEN = 2000  # megabytes of the larger bombs, more than a document may take
LINE_OF_PAGE = b"0 0 m 1 1 l S " * 4


def _content() -> bytes:
    return with_stream(bomb(b" ", SWOLLEN), ["FlateDecode"])


def _operators() -> bytes:
    return with_stream(bomb(LINE_OF_PAGE, 200), ["FlateDecode"])


def _chain() -> bytes:
    return with_stream(zlib.compress(zlib.compress(bomb(b" ", SWOLLEN), 9), 9), ["FlateDecode"] * 3)


def _long_chain() -> bytes:
    data = b"0 0 m 9 9 l S"
    for _ in range(200):
        data = zlib.compress(data)
    return with_stream(data, ["FlateDecode"] * 200)


def _hex_of_runs() -> bytes:
    runs = (b"\x81 " * (MEGABYTE // 4)) + b"\x80"
    return with_stream(runs.hex().encode() + b">", ["ASCIIHexDecode", "RunLengthDecode"])


def _lzw() -> bytes:
    return with_stream(lzw_bomb(160), ["LZWDecode"])


def _image() -> bytes:
    def add(document: pikepdf.Pdf) -> None:
        picture = document.make_stream(b"")
        picture.write(bomb(b"\0", SWOLLEN), filter=Name.FlateDecode)
        picture.Type, picture.Subtype = Name.XObject, Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent, picture.ColorSpace = 45_000, 45_000, 8, Name.DeviceGray
        document.add_blank_page(page_size=(595, 842))
        page = document.pages[-1].obj
        page.Resources = Dictionary(XObject=Dictionary(I=picture))
        page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")

    return changed_raw(plan(), add)


def _letters_map() -> bytes:
    """The decree's font says through a bomb which letters its codes are."""
    data = bomb(b"% no map\n", SWOLLEN)
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >>"
    return by_hand({**decree_by_hand(font=font), 6: stream(data, b"/Filter /FlateDecode")})


def _with_metadata(xml: bytes, entries: bytes = b"") -> bytes:
    """The short decree with metadata beside it."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>"
    return by_hand({**decree_by_hand(catalog=catalog), 6: stream(xml, b"/Type /Metadata /Subtype /XML " + entries)})


def _metadata() -> bytes:
    return _with_metadata(bomb(b"<a>", SWOLLEN), b"/Filter /FlateDecode")


def _xml_entities() -> bytes:
    """XMP with entities of entities: a billion of them for who expands them."""
    lines = [b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "zi">']
    lines += [b'<!ENTITY a%d "%s">' % (k, b"&a%d;" % (k - 1) * 10) for k in range(1, 10)]
    return _with_metadata(b"\n".join([*lines, b"]><x>&a9;</x>"]))


def _object_stream() -> bytes:
    """The page is said to lie in an object stream that is a bomb."""
    data = bomb(b" ", SWOLLEN)
    return _cross_stream(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            6: stream(data, b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"),
        },
        packed={3: (6, 0)},
        size=8,
    )


def _cross_stream(objects: dict[int, bytes], packed: dict[int, tuple[int, int]], size: int, entries: bytes = b"") -> bytes:
    """A file with a cross-reference stream; ``packed`` says of an object in which object stream it lies, and where."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    own = max(objects) + 1
    places[own] = start
    rows = bytearray()
    for number in range(size):
        if number in places:
            rows += b"\x01" + places[number].to_bytes(4, "big") + b"\0\0"
        elif number in packed:
            rows += b"\x02" + packed[number][0].to_bytes(4, "big") + packed[number][1].to_bytes(2, "big")
        else:
            rows += b"\0" * 7
    head = b"/Type /XRef /Size %d /W [1 4 2] /Root 1 0 R %s" % (size, entries)
    return bytes(out) + b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own, stream(bytes(rows), head), start)


def _own_stream() -> bytes:
    """An object stream that is said to lie in itself, and holds the page tree."""
    inner = b"2 0 6 60 << /Type /Pages /Kids [3 0 R] /Count 1 >>".ljust(70) + b"<< >>"
    return _cross_stream(
        {1: b"<< /Type /Catalog /Pages 2 0 R >>", 7: stream(inner, b"/Type /ObjStm /N 2 /First 10 /Extends 7 0 R")},
        packed={2: (6, 0), 6: (6, 1), 3: (7, 0)},
        size=9,
    )


def _cross_bomb() -> bytes:
    """The cross-reference stream is a bomb, and says that there are two thousand million objects."""
    body = stream(
        bomb(b"\x01\0\0\0\x0f\0\0", SWOLLEN), b"/Type /XRef /Size 2000000000 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode"
    )
    head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    return head + b"9 0 obj\n" + body + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def _predictor() -> bytes:
    """Rows of two thousand million columns, before a page of text."""
    content = zlib.compress(b"\x02" + text_of(DECREE))
    entries = b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 /BitsPerComponent 16 >>"
    return by_hand(decree_by_hand(content=stream(content, entries)))


def _array_of_contents() -> bytes:
    """Contents is an array that names the same stream 100,000 times."""

    def add(document: pikepdf.Pdf) -> None:
        page = document.add_blank_page(page_size=(595, 842))
        part = document.make_stream(b" " * 10_000)
        page.obj.Contents = Array([part] * 100_000)

    return changed_raw(plan(), add)


NOT_OPENED = frozenset({"damaged", "crashed", "timeout", "out-of-memory", "pages-not-read"})

BOMBS = (
    Hostile("bomb-content", "content stream: 2 GB of blanks in 2 MB", _content, page=SLOW, base="plan"),
    Hostile("bomb-operators", "content stream: 200 MB of lines to draw", _operators, page=SLOW, base="plan"),
    Hostile("bomb-chain", "Flate of Flate of Flate: 2 GB in some kB", _chain, page=SLOW, base="plan"),
    Hostile("bomb-long-chain", "a stream behind 200 filters", _long_chain, base="plan"),
    Hostile("bomb-hex-runs", "run lengths in hex", _hex_of_runs, base="plan"),
    Hostile("bomb-lzw", "LZW: 1 GB of zeros", _lzw, base="plan"),
    Hostile("bomb-image", "a picture of 2 GB in 2 MB", _image, page=frozenset({"page-too-large"}), base="plan"),
    Hostile("bomb-letters-map", "ToUnicode of 2 GB", _letters_map, NOT_OPENED, page=SLOW),
    Hostile("bomb-metadata", "XMP of 2 GB", _metadata, NOT_OPENED | {FINE}),
    Hostile("bomb-entities", "XMP with a billion laughs", _xml_entities, base="short"),
    Hostile("bomb-object-stream", "the page lies in an object stream of 2 GB", _object_stream, NOT_OPENED, page=SLOW),
    Hostile("object-stream-of-itself", "an object stream that lies in itself", _own_stream, frozenset({"damaged"})),
    Hostile("bomb-cross-reference", "cross-reference stream of 2 GB, and of 2e9 objects", _cross_bomb, frozenset({"damaged"})),
    Hostile("predictor", "predictor rows of 2e9 columns", _predictor, frozenset({"no-text"})),
    Hostile("contents-array", "the same stream 100,000 times as the content of a page", _array_of_contents, base="plan"),
)
