"""What hostile files are made of: the decrees that they damage, bytes of a PDF by hand, bombs, and the form of an entry."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.conftest import scan
from tests.extract.pdfs import DECREE, pdf
from tests.extract.pdfs import lines as drawn_lines
from tests.press import layouts, render
from tests.press.content import decrees

MEGABYTE = 1 << 20
FINE = "fine"

Base = Literal["short", "plan"]
"""The decree that a hostile file was made from: one page without a plan, or a whole one with a table."""

SLOW = frozenset({"page-timeout", "page-out-of-memory", "page-crashed"})
"""Codes of a page that only the limits around the process can stop: which of them strikes first depends on the machine."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file and what must become of it.

    Attributes:
        name: of the file, without its ending.
        attacks: what it attacks, in one line.
        make: its bytes.
        outcomes: codes of the document's failure of which one is right; "fine" where the document must be read.
        page: codes of which the hostile page must be listed with one; empty where no page may be listed.
        base: the decree in it of which header and legal bases must be read as if nothing was wrong; None where none can be.
    """

    name: str
    attacks: str
    make: Callable[[], bytes]
    outcomes: frozenset[str] = frozenset({FINE})
    page: frozenset[str] = frozenset()
    base: Base | None = None


@functools.cache
def short() -> bytes:
    """A decree of one page, without a plan."""
    return pdf(drawn_lines(DECREE))


@functools.cache
def plan() -> bytes:
    """A digital decree with a plan table."""
    return render(decrees.LEMBAH_KIRANA, layouts.ALL[0]).pdf


@functools.cache
def scanned() -> bytes:
    """A decree on one small scanned page."""
    return scan()


@functools.cache
def samples() -> tuple[tuple[str, bytes], ...]:
    """The digital sample decrees of the project, by name."""
    files = sorted((Path(__file__).parents[2] / "data" / "raw").glob("*.pdf"))
    return tuple((path.stem, path.read_bytes()) for path in files if not path.stem.endswith("-scan"))


def saved(document: pikepdf.Pdf) -> bytes:
    """The file, the same at each call."""
    out = BytesIO()
    document.save(out, static_id=True)
    return out.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The file after a change of its objects."""
    with pikepdf.open(BytesIO(data)) as document:
        change(document)
        return saved(document)


Fill = Callable[[pikepdf.Pdf], Dictionary]
"""Makes the resources of a page in a file."""

WORDS = b" BT /T 8 Tf %s ET " % b" ".join(
    b"1 0 0 1 %d %d Tm (pelaksanaan kegiatan) Tj" % (40 + 130 * column, 800 - 40 * row)
    for row in range(19)
    for column in range(4)
)
"""Text over a whole page, in the font T that every added page has: what is drawn around it may be a table."""


def with_page(content: bytes, resources: Fill | None = None, **entries: object) -> bytes:
    """The decree with a plan, and behind it a page of this content."""

    def add(document: pikepdf.Pdf) -> None:
        own = resources(document) if resources else Dictionary()
        if "/Font" not in own:
            own.Font = Dictionary(T=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 595, 842]),
            Resources=own,
            Contents=document.make_stream(content),
        )
        for name, value in entries.items():
            page[f"/{name}"] = value
        document.pages.append(pikepdf.Page(document.make_indirect(page)))

    return changed(plan(), add)


def with_stream(data: bytes, filters: Sequence[str]) -> bytes:
    """The decree with a plan, and behind it a page whose content went through filters (the first is undone first)."""

    def add(document: pikepdf.Pdf) -> None:
        document.add_blank_page(page_size=(595, 842))
        page = document.pages[-1].obj
        page.Contents = document.make_stream(b"")
        page.Contents.write(data, filter=Array([Name(f"/{f}") for f in filters]), decode_parms=None)

    return changed_raw(plan(), add)


def changed_raw(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """As `changed`, with every stream kept as it is: none is decoded on the way."""
    with pikepdf.open(BytesIO(data)) as document:
        change(document)
        out = BytesIO()
        document.save(out, static_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return out.getvalue()


def form(document: pikepdf.Pdf, content: bytes, **entries: object) -> pikepdf.Stream:
    """A form that draws the content."""
    made = document.make_stream(content)
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, 595, 842])
    for name, value in entries.items():
        made[f"/{name}"] = value
    return made


def bomb(unit: bytes, megabytes: int) -> bytes:
    """Flate data that swells to so many megabytes of the unit over and over; made without swelling it here."""
    block = (unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE]
    packer = zlib.compressobj(9)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1) + b"\x03\x00" + b"\0\0\0\0"  # the last block, and a sum that no reader minds


def lzw_bomb(cycles: int) -> bytes:
    """LZW data of zeros: each cycle swells 5.7 kB to 7.3 MB."""
    bits: list[str] = []
    for _ in range(8):  # eight cycles end on a whole byte
        bits.append(f"{256:09b}" if not bits else f"{256:012b}")
        width, known = 9, 258
        for step in range(3836):
            bits.append(f"{0 if step == 0 else known - 1:0{width}b}")
            known += step > 0
            width = 12 if known >= 2047 else 11 if known >= 1023 else 10 if known >= 511 else 9
    text = "".join(bits)
    text += "0" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big") * max(1, cycles // 8)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object by hand."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def by_hand(objects: Mapping[int, bytes], trailer: bytes = b"/Root 1 0 R", *, size: int | None = None) -> bytes:
    """A file of these objects, as they are."""
    out = BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number in sorted(objects):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, objects[number]))
    table = out.tell()
    last = max(objects)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1))
    for number in range(1, last + 1):
        out.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
    out.write(b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size or last + 1, trailer, table))
    return out.getvalue()


def text_of(texts: Sequence[str], *, size: float = 11, pitch: float = 18) -> bytes:
    """A content stream that prints lines, in the font F."""
    shown = (f"({text}) Tj 0 -{pitch} Td" for text in (t.replace("(", r"\(").replace(")", r"\)") for t in texts))
    return f"BT /F {size} Tf 60 780 Td {' '.join(shown)} ET".encode("latin-1")


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> /Contents 4 0 R >>"


def decree_by_hand(**changes: bytes) -> dict[int, bytes]:
    """The objects of a decree of one page; ``catalog``, ``pages``, ``page``, ``content`` and ``font`` can be others."""
    return {
        1: changes.get("catalog", CATALOG),
        2: changes.get("pages", PAGES),
        3: changes.get("page", PAGE),
        4: changes.get("content", stream(text_of(DECREE))),
        5: changes.get("font", FONT),
    }
