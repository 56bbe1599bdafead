"""Pictures of pages as a PDF: codecs, page boxes, the invisible text of an OCR engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, TiffImagePlugin

from tests.press.damage import WHITE, Pixels
from tests.press.machines import Scanner

_STRIP = 240  # rows of one strip
_OVERLAP = 4  # rows that two strips share
_JPX_RATE = 30  # times smaller than raw
_MASK_LEVEL = 140  # grey below which a layered file takes a place for text
_LAYER_SHRINK = 3  # times fewer pixels each way in the picture behind the text
_ROWS_PER_STRIP, _STRIP_OFFSETS, _STRIP_LENGTHS, _PHOTOMETRIC = 278, 273, 279, 262  # TIFF tags
_WHITE_IS_ZERO = 0
_SWAPS = {
    "0": "O", "1": "I", "2": "Z", "5": "S", "8": "B", "O": "0", "I": "l", "l": "1", "e": "c", "m": "rn",
    "h": "li", "/": "l", "a": "u", "g": "q", "S": "5", "B": "8", "i": "!", ".": ",",
}  # fmt: skip
_ODDS = {"garbage": 0.3, "slight": 0.03, "blanks": 0.25}

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """A run of invisible text: left and baseline from the page's lower left corner, width and size, in points."""

    text: str
    x: float
    y: float
    width: float
    size: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A scanned page: its pixels (0 and 255 only where `one_bit`), the flag that turns it, its text layer."""

    pixels: Pixels
    one_bit: bool
    rotate: Literal[0, 90, 270] = 0
    words: Sequence[Word] = ()


def write(pages: Sequence[Picture], how: Scanner) -> bytes:
    """A PDF with one page for each picture."""
    pdf = pikepdf.new()
    for page in pages:
        _add_page(pdf, page, how)
    if how.producer:
        pdf.docinfo["/Producer"] = how.producer
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _add_page(pdf: pikepdf.Pdf, page: Picture, how: Scanner) -> None:
    height, width = page.pixels.shape[:2]
    wide, high = (side * 72 / how.dpi for side in (width, height))
    names, content = Dictionary(), []
    for i, (stream, (x0, y0, x1, y1)) in enumerate(_layers(pdf, page, how)):
        names[f"/Im{i}"] = stream
        matrix = f"{(x1 - x0) * wide:.4f} 0 0 {(y1 - y0) * high:.4f} {x0 * wide:.4f} {(1 - y1) * high:.4f}"
        content.append(f"q 0.2 g {matrix} cm /Im{i} Do Q")
    resources = Dictionary(XObject=names)
    if page.words:
        helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        resources.Font = Dictionary(F1=pdf.make_indirect(helvetica))
        content.extend(_invisible(word) for word in page.words)
    made = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(wide, 3), round(high, 3)]),
        Resources=resources,
        Contents=pdf.make_stream("\n".join(content).encode("cp1252", "replace")),
    )
    if page.rotate:
        made.Rotate = page.rotate
    pdf.pages.append(pikepdf.Page(made))


def _layers(pdf: pikepdf.Pdf, page: Picture, how: Scanner) -> list[tuple[Stream, Box]]:
    """Picture streams with the part of the page that each covers (shares of width and height, from the top left)."""
    whole = (0.0, 0.0, 1.0, 1.0)
    if page.one_bit:
        return [(_g4(pdf, page.pixels), whole)]
    if how.codec == "strips":
        return _strips(pdf, page.pixels, how)
    if how.codec == "mrc":
        return [(stream, whole) for stream in _mrc(pdf, page.pixels, how)]
    if how.codec == "jpx":
        data = _saved(page.pixels, "JPEG2000", quality_mode="rates", quality_layers=[_JPX_RATE], irreversible=True)
        return [(_stream(pdf, data, page.pixels, Name.JPXDecode), whole)]
    if how.codec == "flate":
        return [(_stream(pdf, page.pixels.tobytes(), page.pixels, None), whole)]
    return [(_jpeg(pdf, page.pixels, how), whole)]


def _saved(pixels: Pixels, kind: str, **options: object) -> bytes:
    out = BytesIO()
    Image.fromarray(pixels).save(out, kind, **options)
    return out.getvalue()


def _stream(pdf: pikepdf.Pdf, data: bytes, pixels: Pixels, codec: Name | None) -> Stream:
    stream = pdf.make_stream(data)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Height, stream.Width = pixels.shape[:2]
    stream.ColorSpace = Name.DeviceRGB if pixels.ndim == 3 else Name.DeviceGray
    stream.BitsPerComponent = 8
    if codec is not None:
        stream.Filter = codec
    return stream


def _jpeg(pdf: pikepdf.Pdf, pixels: Pixels, how: Scanner, quality: int = 0) -> Stream:
    options = {"subsampling": how.chroma} if pixels.ndim == 3 else {}
    return _stream(pdf, _saved(pixels, "JPEG", quality=quality or how.quality, **options), pixels, Name.DCTDecode)


def _g4(pdf: pikepdf.Pdf, pixels: Pixels) -> Stream:
    """One bit a pixel; pillow writes the data as the one strip of a TIFF file."""
    out = BytesIO()
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[_ROWS_PER_STRIP] = pixels.shape[0]
    Image.fromarray(pixels).convert("1", dither=Image.Dither.NONE).save(out, "TIFF", compression="group4", tiffinfo=tags)
    with Image.open(BytesIO(out.getvalue())) as tiff:
        assert isinstance(tiff, TiffImagePlugin.TiffImageFile)
        (start,), (length,) = tiff.tag_v2[_STRIP_OFFSETS], tiff.tag_v2[_STRIP_LENGTHS]
        black_is_one = tiff.tag_v2[_PHOTOMETRIC] != _WHITE_IS_ZERO
    stream = _stream(pdf, out.getvalue()[start : start + length], pixels, Name.CCITTFaxDecode)
    stream.BitsPerComponent = 1
    height, width = pixels.shape
    stream.DecodeParms = Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=black_is_one)
    return stream


def _strips(pdf: pikepdf.Pdf, pixels: Pixels, how: Scanner) -> list[tuple[Stream, Box]]:
    """The page in strips that overlap a little."""
    height = pixels.shape[0]
    strips = []
    for top in range(0, height, _STRIP):
        foot = min(height, top + _STRIP + _OVERLAP)
        part = np.ascontiguousarray(pixels[top:foot])
        strips.append((_jpeg(pdf, part, how), (0.0, top / height, 1.0, foot / height)))
    return strips


def _mrc(pdf: pikepdf.Pdf, pixels: Pixels, how: Scanner) -> list[Stream]:
    """A coarse picture of the paper and a sharp stencil of the text above it."""
    grey = pixels if pixels.ndim == 2 else pixels.min(axis=2)
    text = grey < _MASK_LEVEL
    paper = pixels.copy()
    paper[text] = WHITE
    behind = Image.fromarray(paper)
    behind = behind.resize((behind.width // _LAYER_SHRINK, behind.height // _LAYER_SHRINK), Image.Resampling.BOX)
    stencil = _g4(pdf, np.where(text, 0, WHITE).astype(np.uint8))
    del stencil.ColorSpace
    stencil.ImageMask = True
    return [_jpeg(pdf, np.asarray(behind, np.uint8), how), stencil]


def _invisible(word: Word) -> str:
    text = word.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    natural = max(1.0, len(word.text) * word.size * 0.5)  # Helvetica's letters are half as wide as high, about
    stretch = 100 * word.width / natural
    return f"BT 3 Tr /F1 {word.size:.2f} Tf {stretch:.1f} Tz 1 0 0 1 {word.x:.2f} {word.y:.2f} Tm ({text}) Tj ET"


def misread(text: str, how: Scanner, rng: np.random.Generator) -> str:
    """The text as a bad OCR engine gives it."""
    odds = _ODDS[how.text_layer]
    if how.text_layer == "blanks":
        return "".join(c + (" " if c.isalpha() and rng.random() < odds else "") for c in text)
    return "".join(_SWAPS.get(c, c) if rng.random() < odds else c for c in text)
