"""Files that have lost a part of a page's content are told from whole ones, however oddly those are written."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from extract.contents import UNSURE, Damage, damage_of
from extract.document import extract_document
from extract.errors import Damaged
from extract.jpeg import is_whole_jpeg
from extract.whole import HOLE
from tests.conftest import encrypted
from tests.extract.pdfs import DECREE
from tests.hostile.material import FONT, PAGE, by_hand, decree_by_hand, plan, short, stream, text_of
from tests.press.scanner import SCANNERS, scan

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
    return [problem.page for problem in damage_of(path, count).lost]


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


def test_every_page_is_in_doubt_where_their_number_is_not_sure(tmp_path: Path) -> None:
    path = tmp_path / "decree.pdf"
    path.write_bytes(BROKEN["cut off"]())
    damage = damage_of(path, 3)
    assert (damage.lost, damage.pictures) == ((), ())
    assert [problem.page for problem in damage.unsure] == [1, 2, 3] and UNSURE in damage.unsure[0].message


def test_a_page_that_cannot_be_followed_is_read_and_in_doubt(tmp_path: Path) -> None:
    path = tmp_path / "decree.pdf"
    path.write_bytes(BROKEN["cut off"]().replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 595 842] /X (\\777)", 2))
    reading = extract_document(path).reading
    assert reading.decree.number is not None and reading.decree.number.text == "12 TAHUN 2024"
    assert {problem.code for problem in reading.page_problems} == {"damaged-page"}


def test_a_file_whose_only_page_is_broken_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "decree.pdf"
    path.write_bytes(by_hand(decree_by_hand(content=stream(zlib.compress(TEXT)[:-40], b"/Filter /FlateDecode"))))
    with pytest.raises(Damaged):
        extract_document(path)


FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> >> /Filter /FlateDecode"
WITH_FORM = PAGE.replace(b"/Font", b"/XObject << /X 8 0 R /Unused 9 0 R >> /Font").replace(b"4 0 R", b"7 0 R")


def formed(data: bytes, unused: bytes = b"", content: bytes = b"q /X Do Q") -> bytes:
    """A decree, and a page whose text stands in a form; another form is in its resources, but not on it."""
    objects = {6: WITH_FORM, 7: stream(content), 8: stream(data, FORM), 9: stream(unused, FORM)}
    return by_hand({**decree_by_hand(pages=PAGES), **objects})


def nested(data: bytes) -> bytes:
    """A decree, and a page whose text stands in a form that a form draws, which draws itself too."""
    outer = FORM.replace(b"/Font", b"/XObject << /X 9 0 R /Me 8 0 R >> /Font")
    objects = {6: WITH_FORM, 7: stream(b"/X Do"), 8: stream(zlib.compress(b"/X Do /Me Do"), outer), 9: stream(data, FORM)}
    return by_hand({**decree_by_hand(pages=PAGES), **objects})


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        pytest.param(formed(zlib.compress(TEXT)), [], id="whole"),
        pytest.param(formed(zlib.compress(TEXT)[:-150]), [2], id="cut off"),
        pytest.param(formed(holed(zlib.compress(TEXT), 60)), [2], id="with a hole"),
        pytest.param(formed(zlib.compress(TEXT), zlib.compress(TEXT)[:-150]), [], id="another one cut off"),
        pytest.param(nested(zlib.compress(TEXT)), [], id="within a form"),
        pytest.param(nested(zlib.compress(TEXT)[:-150]), [2], id="cut off within a form"),
    ],
)
def test_text_in_a_form(data: bytes, lost: list[int], tmp_path: Path) -> None:
    assert pages(data, tmp_path, 2) == lost


def test_what_tells_the_letters_of_a_font(tmp_path: Path) -> None:
    table = stream(zlib.compress(TEXT)[:-40], b"/Filter /FlateDecode")
    font = FONT.replace(b">>", b"/ToUnicode 6 0 R >>")
    assert pages(by_hand({**decree_by_hand(font=font), 6: table}), tmp_path, 1) == [1]


# ---- pictures ----


def page_picture() -> Image.Image:
    with pdfium.PdfDocument(short()) as document:
        picture: Image.Image = document[0].render(scale=150 / 72).to_pil().convert("L")
        return picture


def jpeg(picture: Image.Image, **how: object) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=70, **how)
    return out.getvalue()


def paper(mode: str = "L") -> Image.Image:
    return Image.new(mode, (1240, 1754), "white")


def group_4() -> bytes:
    with pikepdf.open(BytesIO(scan(short(), replace(SCANNERS["g4_200"], dpi=150), 3))) as opened:
        (picture,) = opened.pages[0].Resources.XObject.values()
        return bytes(picture.read_raw_bytes())


def jpx() -> bytes:
    out = BytesIO()
    page_picture().save(out, "JPEG2000", irreversible=True, quality_mode="rates", quality_layers=[20])
    return out.getvalue()


def jbig2() -> bytes:
    """The page information, a generic region of noise, and the end of the page, as they stand in a PDF."""
    noise = random.Random(1).randbytes(3000)
    parts = ((0, 48, bytes(19)), (1, 38, noise), (2, 49, b""))
    return b"".join(
        number.to_bytes(4, "big") + bytes((kind, 0, 1)) + len(data).to_bytes(4, "big") + data for number, kind, data in parts
    )


def scanned_page(data: bytes, codec: str, *, mask: bytes = b"") -> bytes:
    """A decree, and a page that is a picture."""
    parameters = b"/DecodeParms << /K -1 /Columns 1240 /Rows 1754 >>" if codec == "CCITTFaxDecode" else b""
    bits = 1 if codec in ("CCITTFaxDecode", "JBIG2Decode") else 8
    entries = b"/Type /XObject /Subtype /Image /Width 1240 /Height 1754 /ColorSpace /DeviceGray /BitsPerComponent %d" % bits
    entries += b" /Filter /%s %s" % (codec.encode(), parameters)
    masked = entries + (b" /SMask 9 0 R" if mask else b"")
    page = PAGE.replace(b"/Font << /F 5 0 R >>", b"/XObject << /I 8 0 R >>").replace(b"4 0 R", b"7 0 R")
    objects = {6: page, 7: stream(b"595 0 0 842 0 0 cm /I Do"), 8: stream(data, masked), 9: stream(mask or data, entries)}
    return by_hand({**decree_by_hand(pages=PAGES), **objects})


CODECS: dict[str, Callable[[], bytes]] = {
    "DCTDecode": lambda: jpeg(page_picture()),
    "FlateDecode": lambda: zlib.compress(page_picture().tobytes()),
    "CCITTFaxDecode": group_4,
    "JPXDecode": jpx,
    "JBIG2Decode": jbig2,
}


def pictures(data: bytes, folder: Path) -> list[int]:
    path = folder / "scan.pdf"
    path.write_bytes(data)
    damage = damage_of(path, 2)
    assert (damage.lost, damage.unsure) == ((), ())
    return [problem.page for problem in damage.pictures]


@pytest.mark.parametrize("codec", CODECS)
def test_a_picture_that_is_whole(codec: str, tmp_path: Path) -> None:
    data = CODECS[codec]()
    assert [pictures(scanned_page(data + behind, codec), tmp_path) for behind in (b"", b"\r\n", bytes(3000))] == [[], [], []]


@pytest.mark.parametrize("codec", CODECS)
def test_a_picture_that_is_not(codec: str, tmp_path: Path) -> None:
    data = CODECS[codec]()
    for broken in (data[: len(data) * 6 // 10], data[: len(data) // 2] + bytes(len(data) // 2), data[:-40], holed(data, 2048)):
        assert pictures(scanned_page(broken, codec), tmp_path) == [2]


def test_the_mask_of_a_picture(tmp_path: Path) -> None:
    data = jpeg(page_picture())
    assert pictures(scanned_page(data, "DCTDecode", mask=data), tmp_path) == []
    assert pictures(scanned_page(data, "DCTDecode", mask=data[:-400]), tmp_path) == [2]


def test_a_scan_that_is_cut_off_is_given_up(tmp_path: Path) -> None:
    """A scan of which OCR would read the half that is there."""
    path = tmp_path / "scan.pdf"
    data = jpeg(page_picture())
    path.write_bytes(scanned_page(data[: len(data) * 6 // 10], "DCTDecode"))
    reading = extract_document(path).reading
    assert [facts.number for facts in reading.pages] == [1]
    assert [(problem.page, problem.code) for problem in reading.page_problems] == [(2, "damaged-page")]


def test_a_text_beside_a_picture_that_is_cut_off_is_read(tmp_path: Path) -> None:
    path = tmp_path / "decree.pdf"
    page = PAGE.replace(b"/Font", b"/XObject << /I 6 0 R >> /Font")
    entries = b"/Type /XObject /Subtype /Image /Width 1240 /Height 1754 /ColorSpace /DeviceGray /BitsPerComponent 8"
    emblem = stream(jpeg(paper())[:-60], entries + b" /Filter /DCTDecode")
    content = stream(text_of(DECREE) + b" q 50 0 0 50 270 790 cm /I Do Q")
    path.write_bytes(by_hand({**decree_by_hand(page=page, content=content), 6: emblem}))
    reading = extract_document(path).reading
    assert [facts.kind for facts in reading.pages] == ["digital"]
    assert [(problem.page, problem.code) for problem in reading.page_problems] == [(1, "damaged-page")]


@given(where=st.floats(0, 1), how=st.sampled_from([{}, {"optimize": True}, {"progressive": True}, {"restart_marker_rows": 4}]))
@settings(deadline=None)
def test_a_jpeg_is_told_from_its_cuts(where: float, how: dict[str, object]) -> None:
    data = jpeg(PICTURE, **how)
    assert is_whole_jpeg(data, HOLE)
    assert not is_whole_jpeg(data[: int(where * (len(data) - 1))], HOLE)


@given(where=st.floats(0, 1), size=st.integers(HOLE, 8 * HOLE))
@settings(deadline=None)
def test_a_jpeg_is_told_from_its_holes(where: float, size: int) -> None:
    at = int(where * (len(USUAL) - size))
    assert not is_whole_jpeg(USUAL[:at] + bytes(size) + USUAL[at + size :], HOLE)


@pytest.mark.parametrize("how", [{}, {"optimize": True}, {"progressive": True}])
@pytest.mark.parametrize("color", ["white", "black", "grey"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_an_even_jpeg_is_whole(mode: str, color: str, how: dict[str, object]) -> None:
    """A blank sheet may be zeros all through, where the tables were made for it."""
    assert is_whole_jpeg(jpeg(Image.new(mode, (2480, 3508), color), **how), HOLE)


def test_a_hole_where_zeros_are_paper() -> None:
    """Tables made for the picture: the white half of a sheet is zeros, and so is a hole in the other half."""
    sheet = Image.new("L", (PICTURE.width, 5 * PICTURE.height), "white")
    sheet.paste(PICTURE, (0, 0))
    for number in range(1, 4):
        sheet.paste(PICTURE, (0, number * PICTURE.height))
    data = jpeg(sheet, optimize=True)
    assert bytes(HOLE) in data and is_whole_jpeg(data, HOLE)
    assert not is_whole_jpeg(data[:20_000] + bytes(4096) + data[24_096:], HOLE)


PICTURE = page_picture()
USUAL = jpeg(PICTURE)
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SAMPLES = sorted((Path(__file__).parents[2] / "data" / "raw").glob("*.pdf"))


@pytest.mark.parametrize("machine", SCANNERS)
def test_no_page_of_a_scanner_is_marked(machine: str, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(short(), replace(SCANNERS[machine], dpi=100), 5))
    assert damage_of(path, 1) == Damage()


@pytest.mark.parametrize("path", [*SAMPLES, *sorted(CORPUS.rglob("*.pdf"))], ids=lambda path: path.stem)
def test_no_page_of_a_decree_is_marked(path: Path) -> None:
    with pdfium.PdfDocument(path) as document:
        count = len(document)
    assert damage_of(path, count) == Damage()
