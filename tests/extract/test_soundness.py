"""Files that have lost a part of a page's content are told from whole ones, however oddly those are written."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.contents import broken_pages
from extract.document import extract_document
from extract.errors import Damaged
from tests.conftest import encrypted
from tests.hostile.material import PAGE, by_hand, decree_by_hand, plan, stream, text_of

TEXT = text_of([f"Pelaksanaan kegiatan nomor {k * k} dari rencana kerja" for k in range(40)])
PAGES = b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>"


def of(data: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    """A decree, and a page whose content stream holds the data."""
    objects = decree_by_hand(pages=PAGES)
    return by_hand({**objects, 6: PAGE.replace(b"4 0 R", b"7 0 R"), 7: stream(data, entries)})


def flushed() -> bytes:
    packer = zlib.compressobj()
    return packer.compress(TEXT) + packer.flush(zlib.Z_SYNC_FLUSH)


def holed(data: bytes, size: int) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(size) + data[middle + size :]


WHOLE = {
    "packed": lambda: of(zlib.compress(TEXT)),
    "not packed": lambda: of(TEXT, b""),
    "with zeros for a checksum": lambda: of(zlib.compress(TEXT)[:-4] + bytes(4)),
    "without a checksum": lambda: of(zlib.compress(TEXT)[:-4]),
    "without an end": lambda: of(flushed()),
    "blank": lambda: of(b""),
    "followed by zeros": lambda: of(zlib.compress(TEXT)) + bytes(5000),
    "encrypted": lambda: encrypted(plan()),
}
BROKEN = {
    "cut off": lambda: of(zlib.compress(TEXT)[:-40]),
    "with another checksum": lambda: of(zlib.compress(TEXT)[:-4] + b"zizi"),
    "with a hole": lambda: of(holed(zlib.compress(TEXT), 60)),
    "not there": lambda: of(zlib.compress(TEXT)).replace(b"7 0 obj", b"9 9 xxx") + bytes(2000),
}


def pages(data: bytes, folder: Path, count: int) -> list[int]:
    path = folder / "decree.pdf"
    path.write_bytes(data)
    return [problem.page for problem in broken_pages(path, count)]


@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in WHOLE.items()])
def test_a_content_that_is_whole(make: Callable[[], bytes], tmp_path: Path) -> None:
    assert pages(make(), tmp_path, 2) == []


@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in BROKEN.items()])
def test_a_content_that_is_not(make: Callable[[], bytes], tmp_path: Path) -> None:
    assert pages(make(), tmp_path, 2) == [2]


def test_a_damaged_page_is_given_up_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "decree.pdf"
    path.write_bytes(BROKEN["cut off"]())
    reading = extract_document(path).reading
    assert reading.decree.number is not None and reading.decree.number.text == "12 TAHUN 2024"
    assert [(problem.page, problem.code) for problem in reading.page_problems] == [(2, "damaged-page")]


def test_no_page_is_named_where_their_number_is_not_sure(tmp_path: Path) -> None:
    assert pages(BROKEN["cut off"](), tmp_path, 3) == []


def test_a_file_whose_only_page_is_broken_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "decree.pdf"
    path.write_bytes(by_hand(decree_by_hand(content=stream(zlib.compress(TEXT)[:-40], b"/Filter /FlateDecode"))))
    with pytest.raises(Damaged):
        extract_document(path)
