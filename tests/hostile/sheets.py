"""Pages of impossible sizes, and pictures of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.hostile.material import SLOW, Hostile, bomb, by_hand, changed_raw, decree_by_hand, plan, stream, with_page

HUGE = 100_000  # pixels a side


def _boxed(box: bytes, more: bytes = b"") -> Callable[[], bytes]:
    """The short decree on a page of this box."""

    def make() -> bytes:
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox %s %s /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>" % (
            box,
            more,
        )
        return by_hand(decree_by_hand(page=page))

    return make


def _scanned_sheet(side: int) -> Callable[[], bytes]:
    """A page of this many points a side that is a picture."""

    def make() -> bytes:
        def add(document: pikepdf.Pdf) -> None:
            picture = document.make_stream(zlib.compress(bytes(100 * 100)))
            picture.stream_dict.Filter = Name.FlateDecode
            _picture(document, picture, 100, 100, side=side)

        return changed_raw(plan(), add)

    return make


def _picture(document: pikepdf.Pdf, picture: pikepdf.Stream, width: int, height: int, *, side: float = 200) -> None:
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height = width, height
    if "/BitsPerComponent" not in picture:
        picture.BitsPerComponent, picture.ColorSpace = 8, Name.DeviceGray
    page = document.pages[-1].obj if side == 0 else document.add_blank_page(page_size=(3, 3)).obj
    page.MediaBox = Array([0, 0, side, side])
    page.Resources = Dictionary(XObject=Dictionary(I=picture))
    page.Contents = document.make_stream(b"q %d 0 0 %d 0 0 cm /I Do Q" % (side, side))


def _with_picture(data: Callable[[], bytes], filters: str, width: int, height: int, **entries: object) -> Callable[[], bytes]:
    """The decree with a plan, and behind it a page that is one picture."""

    def make() -> bytes:
        def add(document: pikepdf.Pdf) -> None:
            picture = document.make_stream(b"")
            picture.write(data(), filter=Name(f"/{filters}"))
            for name, value in entries.items():
                picture[f"/{name}"] = value
            _picture(document, picture, width, height)

        return changed_raw(plan(), add)

    return make


def _jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG of this size, and no data."""
    tables = b"\xff\xdb\0\x43\0" + b"\x10" * 64
    frame = b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\0"
    code = b"\xff\xc4\0\x14\0\x01" + b"\0" * 15 + b"\0"
    more = b"\xff\xc4\0\x14\x10\x01" + b"\0" * 15 + b"\0"
    return b"\xff\xd8" + tables + frame + code + more + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" + b"\0" * 400 + b"\xff\xd9"


def _jbig2(width: int, height: int) -> bytes:
    """The page segment of a JBIG2 of this size, and a region as large."""
    page = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IBBBI", 1, 38, 0, 1, 26) + struct.pack(">IIIIB", width, height, 0, 0, 0) + b"\0" + b"\x03\xff" * 4
    return page + region


def _jpeg_2000(width: int, height: int) -> bytes:
    """The code stream head of a JPEG 2000 of this size."""
    size = struct.pack(">HHHIIIIIIIIHBBB", 0xFF51, 41, 0, width, height, 0, 0, width, height, 0, 0, 1, 7, 1, 1)
    style = b"\xff\x52\0\x0c\0\0\0\x01\0\x01\x04\x04\0\0"
    steps = b"\xff\x5c\0\x07\x40\x40\x48\x48\x50"
    return b"\xff\x4f" + size + style + steps + b"\xff\x90\0\x0a\0\0\0\0\0\0\0\x01\xff\x93" + b"\0" * 64 + b"\xff\xd9"


def _lying_length() -> bytes:
    """A picture whose stream is said to be 2 GB long, on the page of the short decree."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>"
    )
    objects = decree_by_hand(page=page)
    objects[4] = stream(objects[4].split(b"stream\n")[1].removesuffix(b"\nend") + b" q 90 0 0 90 400 20 cm /I Do Q")
    entries = b"/Type /XObject /Subtype /Image /Width 900 /Height 900 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    objects[6] = b"<< /Length 2147483647 %s >>\nstream\n%s\nendstream" % (entries, b"\x80" * 900)
    return by_hand(objects)


def _many_pictures() -> bytes:
    """A page of 20,000 pictures over letters."""

    def resources(document: pikepdf.Pdf) -> Dictionary:
        picture = document.make_stream(
            b"\x80" * 16,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=4,
            Height=4,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )
        return Dictionary(XObject=Dictionary(I=picture))

    drawn = b"".join(b"q 400 0 0 600 %d %d cm /I Do Q\n" % (k % 150, k // 150) for k in range(20_000))
    return with_page(b"BT ET " + drawn, resources)


def _layers_of_pictures() -> bytes:
    """Text, and over it 2,000 page-wide pictures that may each hide it."""

    def resources(document: pikepdf.Pdf) -> Dictionary:
        picture = document.make_stream(
            b"\x80" * 10_000,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=100,
            Height=100,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        return Dictionary(XObject=Dictionary(I=picture), Font=Dictionary(F=font))

    text = b"BT /F 11 Tf 60 700 Td (Keputusan Komisi Pemilihan Umum Kabupaten Lembah Kirana) Tj ET "
    return with_page(text + b"q 595 0 0 842 0 0 cm /I Do Q\n" * 2_000, resources)


LARGE = frozenset({"page-too-large"})
PAPER = frozenset({"page-not-read"})
COMPLEX = frozenset({"page-too-complex"})

SHEETS = (
    Hostile("box-1e6", "MediaBox of a million points", _boxed(b"[0 0 1000000 1000000]"), base="short"),
    Hostile("box-1e9", "MediaBox of a thousand million points", _boxed(b"[0 0 1e9 1000000000]"), base="short"),
    Hostile(
        "box-upside-down", "MediaBox with its corners exchanged, far below zero", _boxed(b"[595 842 -9000 -9000]"), base="short"
    ),
    Hostile("box-zero", "MediaBox without size", _boxed(b"[0 0 0 0]"), base="short"),
    Hostile("box-no-numbers", "MediaBox of NaN, names and nothing", _boxed(b"[NaN /Inf (x) null]"), base="short"),
    Hostile(
        "box-overflow", "MediaBox of numbers that no float holds", _boxed(b"[-%s 0 %s 842]" % ((b"9" * 400,) * 2)), base="short"
    ),
    Hostile("box-sliver", "MediaBox 1 point wide and a million high", _boxed(b"[60 0 61 1000000]"), frozenset({"no-decree"})),
    Hostile("user-unit", "UserUnit of a million", _boxed(b"[0 0 595 842]", b"/UserUnit 1000000"), base="short"),
    Hostile(
        "user-unit-no-number",
        "UserUnit that is no number, Rotate 45",
        _boxed(b"[0 0 595 842]", b"/UserUnit /x /Rotate 45"),
        base="short",
    ),
    Hostile("sheet-1e6", "a scanned page of a million points a side", _scanned_sheet(1_000_000), page=LARGE, base="plan"),
    Hostile(
        "sheet-5-metres",
        "a scanned page of the largest size that a PDF can have",
        _scanned_sheet(14_400),
        page=PAPER | SLOW,
        base="plan",
    ),
    Hostile(
        "picture-bits",
        "a picture of 100,000 x 100,000 pixels of one bit, really there",
        _with_picture(
            lambda: bomb(b"\xaa", HUGE * HUGE // 8 >> 20),
            "FlateDecode",
            HUGE,
            HUGE,
            BitsPerComponent=1,
            ColorSpace=Name.DeviceGray,
        ),
        page=LARGE,
        base="plan",
    ),
    Hostile(
        "picture-colour",
        "a picture of 100,000 x 100,000 pixels in colour with data for a few",
        _with_picture(lambda: bomb(b"\x99", 1), "FlateDecode", HUGE, HUGE, BitsPerComponent=8, ColorSpace=Name.DeviceRGB),
        page=LARGE,
        base="plan",
    ),
    Hostile(
        "picture-mask",
        "a stencil of 100,000 x 100,000 pixels",
        _with_picture(lambda: bomb(b"\x55", 2), "FlateDecode", HUGE, HUGE, BitsPerComponent=1, ImageMask=True),
        page=LARGE,
        base="plan",
    ),
    Hostile(
        "picture-dct-lies",
        "JPEG of 65,535 x 65,535 by its head, 100 x 100 by its dictionary",
        _with_picture(lambda: _jpeg(65_535, 65_535), "DCTDecode", 100, 100),
        page=PAPER,
        base="plan",
    ),
    Hostile(
        "picture-jbig2-lies",
        "JBIG2 of 4e9 x 4e9 pixels by its head",
        _with_picture(
            lambda: _jbig2(0xFFFFFFF0, 0xFFFFFFF0), "JBIG2Decode", 100, 100, BitsPerComponent=1, ColorSpace=Name.DeviceGray
        ),
        page=PAPER,
        base="plan",
    ),
    Hostile(
        "picture-jpx-lies",
        "JPEG 2000 of 2e9 x 2e9 pixels by its head",
        _with_picture(lambda: _jpeg_2000(0x7FFFFFFF, 0x7FFFFFFF), "JPXDecode", 100, 100),
        page=PAPER,
        base="plan",
    ),
    Hostile(
        "picture-ccitt-lies",
        "CCITT of 60,000 columns and 2e9 rows by its parameters",
        _with_picture(
            lambda: b"\0\x10\x01" * 2000,
            "CCITTFaxDecode",
            1000,
            1000,
            BitsPerComponent=1,
            ColorSpace=Name.DeviceGray,
            DecodeParms=Dictionary(K=-1, Columns=60_000, Rows=2_000_000_000),
        ),
        page=PAPER,
        base="plan",
    ),
    Hostile("picture-length-lies", "a picture whose stream is said to be 2 GB long", _lying_length, base="short"),
    Hostile("pictures-20000", "20,000 pictures on a page", _many_pictures, page=COMPLEX, base="plan"),
    Hostile(
        "pictures-in-layers", "2,000 page-wide pictures over a line of text", _layers_of_pictures, page=COMPLEX, base="plan"
    ),
)
