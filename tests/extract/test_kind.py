"""What kind of page is this? Told from what is drawn on it, whatever lies over or under."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader

from extract.kind import page_kind, pictured_regions
from extract.legible import LayerQuality, layer_quality
from extract.raw import RawPage
from extract.read_pdfium import read_raw_page
from tests.extract.pdfs import DECREE, Draw, changed, lines, pages_of, pdf
from tests.extract.sheets import (
    aslant,
    both,
    chart,
    curves,
    dots,
    emblem,
    faint,
    hatching,
    layer,
    letterhead,
    merged_curves,
    photograph,
    picture,
    sheet,
    sheet_lines,
    strips,
    ticks,
    translucent,
    white,
    white_on_dark_cells,
)
from tests.press import fonts

PROSE = [
    "bahwa untuk melaksanakan pembangunan zona integritas menuju wilayah bebas dari",
    "korupsi dan wilayah birokrasi bersih dan melayani di lingkungan kantor ini perlu",
    "disusun rencana kerja yang ditetapkan dengan keputusan ketua komisi ini",
]
ENGLISH = [
    "The committee shall report its findings to the general assembly within thirty days after it has",
    "received written notice of the meeting, and every member may then ask for a further hearing of",
    "the matter; nothing in this paragraph keeps the chair from calling a vote where it is needed.",
]
FOOTER = [
    "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang",
    "diterbitkan oleh Balai Besar Sertifikasi Elektronik (BSrE), Badan Siber dan Sandi Negara.",
    "UU ITE No 11 Tahun 2008 Pasal 5 Ayat 1: Informasi Elektronik dan/atau hasil cetaknya merupakan alat bukti.",
]
PANEL = [
    "Ditandatangani secara elektronik oleh:",
    "SEKRETARIS DAERAH KABUPATEN RIMBA RAYA",
    "BUDI SANTOSO, S.H., M.Si.",
    "NIP. 197001011995031001",
]
SCAN = ImageReader(sheet(PROSE * 6))
HEADED = ImageReader(sheet(PROSE[:2]))
SPARSE = ImageReader(sheet([*PROSE[:2], "KETUA KOMISI PEMILIHAN UMUM,", "SITI AMINAH"], first=16))


def shifted(texts: list[str], by: int) -> list[str]:
    """Letters moved in the alphabet."""
    small = "abcdefghijklmnopqrstuvwxyz"
    both_cases = small + small.upper()
    moved = small[by:] + small[:by]
    return [t.translate(str.maketrans(both_cases, moved + moved.upper())) for t in texts]


def scrambled() -> list[str]:
    """The prose as a font with a wrong code map gives it."""
    turned = str.maketrans("abcdefghijklmnopqrstuvwxyz", "qwxzvkjypghfbcdmtrlsnaeiou")
    return [line.translate(turned) for line in PROSE * 2]


def apart(texts: list[str], every: int) -> list[str]:
    """Blanks inside the words."""
    return [" ".join("".join(c + " " * (k % every == every - 1) for k, c in enumerate(w)) for w in t.split()) for t in texts]


MONTHS = "Jan Feb Mar Apr Mei Jun Jul Agt Sep Okt Nov Des"
FULL, FOOT = picture(image=SCAN), lines(FOOTER, y=62, font="Helvetica")
CASES: list[tuple[str, Draw | None, str]] = [
    ("prose", lines(PROSE), "digital"),
    ("a few words", lines(["LAMPIRAN"]), "digital"),
    ("nothing", None, "blank"),
    ("a blank picture", picture(), "scanned"),
    ("a picture of text", FULL, "scanned"),
    ("a picture with the text of a stamp over it", both(picture(), lines(["SALINAN sesuai dengan aslinya"])), "scanned"),
    ("a picture over the text of an OCR program", both(lines(PROSE * 3), picture()), "scanned"),
    ("a picture with invisible text on it", both(picture(), layer(PROSE * 3)), "scanned"),
    ("a scan with invisible text and a footer", both(FULL, layer(PROSE * 3), FOOT), "scanned"),
    ("a scan with an e-signature footer", both(FULL, FOOT), "scanned"),
    ("a scan with an e-signature in its text", both(FULL, lines(PANEL, x=250, y=260)), "scanned"),
    ("a scan of few lines with an e-signature", both(picture(image=SPARSE), lines(PANEL, x=250, y=260), FOOT), "scanned"),
    ("a scan of two lines with an e-signature", both(picture(image=HEADED), lines(PANEL, x=250, y=260), FOOT), "scanned"),
    ("an empty back side with a footer", both(picture(), FOOT), "scanned"),
    ("a scan with a watermark of letters", both(FULL, aslant("JDIH KABUPATEN RIMBA")), "scanned"),
    ("a scan with its text drawn on it again", both(FULL, sheet_lines(PROSE * 6)), "scanned"),
    ("a scan with white text on it", both(FULL, white(lines(PROSE * 6))), "scanned"),
    ("a scan that leaves wide margins", both(picture(60, 200, 475, 560, SCAN), FOOT), "scanned"),
    (
        "a scan of half a page with a page number",
        both(picture(90, 400, 420, 380, SCAN), lines(["- 3 -"], x=290, y=800)),
        "scanned",
    ),
    ("a scan in strips", strips(12, sheet(PROSE * 6)), "scanned"),
    ("strips over the text of an OCR program", both(lines(PROSE * 3), strips(12, sheet(PROSE * 6))), "scanned"),
    ("strips with a footer", both(strips(12, sheet(PROSE * 6)), FOOT), "scanned"),
    ("a page-wide background picture under real text", both(picture(), lines(DECREE)), "digital"),
    ("a pale picture under one paragraph", both(picture(image=ImageReader(faint())), lines(PROSE)), "digital"),
    (
        "a letterhead picture under one paragraph",
        both(picture(image=ImageReader(letterhead())), lines(PROSE, y=560)),
        "digital",
    ),
    ("a picture full of writing under a whole decree", both(FULL, lines(DECREE * 2, y=788)), "digital"),
    ("a seal behind real text", both(picture(image=ImageReader(emblem()), mask="auto"), lines(DECREE)), "digital"),
    ("a transparent picture over real text", both(lines(DECREE), picture(image=ImageReader(emblem()), mask="auto")), "digital"),
    ("a translucent picture over real text", both(lines(DECREE), translucent(picture(image=SCAN))), "digital"),
    ("an emblem over real text", both(lines(PROSE), picture(260, 700, 70, 80)), "digital"),
    (
        "a photograph and its caption",
        both(
            lines(["Dokumentasi kegiatan pencanangan zona integritas"], y=740),
            picture(60, 300, 470, 400, ImageReader(photograph())),
        ),
        "digital",
    ),
    (
        "a chart and its heading",
        both(lines(["Grafik capaian pembangunan zona integritas"], y=740), picture(60, 200, 470, 500, ImageReader(chart()))),
        "digital",
    ),
    ("text drawn as outlines", curves(400), "unreadable"),
    ("a last page drawn as outlines", curves(60), "unreadable"),
    ("outlines of a whole line each, with a footer", both(merged_curves(30), FOOT), "unreadable"),
    ("outlines with a footer of real text", both(curves(400), FOOT), "unreadable"),
    ("an emblem drawn as outlines over real text", both(lines(PROSE), curves(900, columns=30, step=2.5, line=2.7)), "digital"),
    ("months marked by discs", dots, "digital"),
    ("months marked by hatching", hatching, "digital"),
    ("months marked by the ticks of a sign font", ticks, "digital"),
    ("letters with a wrong code map", lines(scrambled()), "unreadable"),
    ("letters moved by one in the alphabet", lines(shifted(PROSE, 1)), "unreadable"),
    ("letters moved by thirteen in the alphabet", lines(shifted(PROSE, 13)), "unreadable"),
    (
        "capitals moved into the signs",
        lines(["".join(chr(ord(c) - 29) if c != " " else c for c in t.upper()) for t in PROSE]),
        "unreadable",
    ),
    ("names and places only", lines([f"Siti Aminah Rimba {n}" for n in range(4)]), "digital"),
    (
        "a column of names",
        lines(
            ["Wayan Sudarma", "Ketut Ngurah Wirya", "Tjokorda Gede", "Hutagalung", "Nasrullah Syahputra", "Mochamad Rizky"] * 2
        ),
        "digital",
    ),
    ("a table of numbers", lines([" ".join(str(37 * n + k) for k in range(12)) for n in range(5)]), "digital"),
    ("months and numbers", lines([MONTHS, *(" ".join(str(n * k % 9) for k in range(12)) for n in range(9))]), "digital"),
    (
        "codes and abbreviations",
        lines(["HK.03.1-Kpt/3528/KPU-Kab/2022 LKjIP SPIP WBK/WBBM PMPRB LKE TW I TW II"] * 3),
        "digital",
    ),
    ("English", lines(ENGLISH), "digital"),
    ("letters set apart", lines([" ".join(t) for t in PROSE]), "digital"),
    ("blanks inside words", lines(apart(PROSE, 3)), "digital"),
]


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize(("draw", "kind"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_kind_of_a_page(draw: Draw | None, kind: str, reader: str, tmp_path: Path) -> None:
    assert [page.kind for page in pages_of(pdf(draw), tmp_path, reader)] == [kind]


@pytest.mark.parametrize("over", [picture(), both(picture(), lines(["SALINAN"]))], ids=["picture", "picture and stamp"])
@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_text_under_a_picture_is_not_read(over: Draw, reader: str, tmp_path: Path) -> None:
    (page,) = pages_of(pdf(both(lines(PROSE), over)), tmp_path, reader)
    assert not {"bahwa", "korupsi"} & {word.text for word in page.words}


def raw_of(data: bytes, folder: Path) -> RawPage:
    path = folder / "page.pdf"
    path.write_bytes(data)
    document = pdfium.PdfDocument(path)
    try:
        return read_raw_page(document, 0)
    finally:
        document.close()


def recoded(name: str, code: Callable[[int], int]) -> Callable[[pikepdf.Page], None]:
    """Spoils the code map of one font: each code stands for another letter."""

    def change(page: pikepdf.Page) -> None:
        for font in page.obj.Resources.Font.values():
            if str(font.BaseFont).endswith(f"+{name}"):
                rows = []
                for row in font.ToUnicode.read_bytes().decode().splitlines():
                    parts = row.split()
                    if len(parts) == 2 and all(p.startswith("<") and p.endswith(">") for p in parts) and len(parts[1]) == 6:
                        row = f"{parts[0]} <{code(int(parts[1][1:-1], 16)):04X}>"
                    rows.append(row)
                font.ToUnicode.write("\n".join(rows).encode())

    return change


def caesar(code: int) -> int:
    return (code - 97 + 7) % 26 + 97 if 97 <= code <= 122 else code


def control(code: int) -> int:
    return code % 31 + 1 if code > 32 else code


ARABIC = str.maketrans({c: chr(0x0621 + k) for k, c in enumerate("abcdefghijklmnopqrstuvwxyz")})


def arabic(code: int) -> int:
    return ord(chr(code).translate(ARABIC))


@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
@pytest.mark.parametrize(
    ("code", "real", "kind"),
    [
        pytest.param(caesar, 0, "unreadable", id="shifted"),
        pytest.param(control, 0, "unreadable", id="control characters"),
        pytest.param(lambda c: 0xE000 + c, 0, "unreadable", id="private use"),
        pytest.param(lambda c: c - 29 if c > 32 else 3, 0, "unreadable", id="codes of the glyphs"),
        pytest.param(caesar, 6, "unreadable", id="shifted in one font of two"),
        pytest.param(control, 6, "unreadable", id="control characters in one font of two"),
        pytest.param(arabic, 3, "digital", id="Arabic"),
        pytest.param(lambda c: c, 3, "digital", id="as they are"),
    ],
)
def test_the_code_map_of_each_font_is_judged(
    code: Callable[[int], int], real: int, kind: str, reader: str, tmp_path: Path
) -> None:
    draw = both(lines(PROSE, font=fonts.VERA.regular, y=700), lines(PROSE * (real // 3), y=600))
    data = changed(pdf(draw), recoded("BitstreamVeraSans-Roman", code))
    assert [page.kind for page in pages_of(data, tmp_path, reader)] == [kind]


def test_a_broken_crest_does_not_spoil_the_page(tmp_path: Path) -> None:
    draw = both(lines(["PRESIDEN REPUBLIK INDONESIA"], font=fonts.VERA.regular, y=800), lines(PROSE, y=600))
    data = changed(pdf(draw), recoded("BitstreamVeraSans-Roman", control))
    assert [page.kind for page in pages_of(data, tmp_path)] == ["digital"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        pytest.param(both(FULL, FOOT), "scanned", id="scan with footer"),
        pytest.param(both(picture(image=ImageReader(faint())), lines(PROSE)), "digital", id="background"),
        pytest.param(both(FULL, sheet_lines(PROSE * 6)), "scanned", id="drawn again"),
    ],
)
def test_the_kind_does_not_depend_on_the_turn_of_the_page(draw: Draw, kind: str, turn: int, tmp_path: Path) -> None:
    def change(page: pikepdf.Page) -> None:
        page.obj.Rotate = turn

    assert [page.kind for page in pages_of(changed(pdf(draw), change), tmp_path)] == [kind]


TABLE = picture(60, 250, 470, 330, ImageReader(sheet(PROSE * 3, size=(470, 330))))
REGIONS: list[tuple[str, Draw, list[tuple[int, ...]]]] = [
    ("a pasted table among text", both(lines(PROSE), TABLE, FOOT), [(60, 250, 530, 580)]),
    (
        "a pasted table in strips",
        both(
            lines(PROSE),
            *(picture(60, 250 + 110 * k, 470, 110.5, ImageReader(sheet(PROSE, size=(470, 110)))) for k in range(3)),
        ),
        [(60, 250, 530, 580)],
    ),
    ("a page-wide background", both(picture(image=ImageReader(faint())), lines(DECREE)), []),
    (
        "a letterhead, a signature, an emblem",
        both(
            picture(60, 760, 470, 70, ImageReader(letterhead().crop((0, 0, 600, 120)))),
            lines(PROSE, y=700),
            picture(300, 300, 120, 60),
            picture(60, 60, 50, 50),
        ),
        [],
    ),
    ("a photograph", both(lines(PROSE), picture(60, 200, 470, 400, ImageReader(photograph()))), []),
    ("an empty frame", both(lines(PROSE), picture(60, 200, 470, 400)), []),
    ("text laid over a picture of text", both(TABLE, lines(PROSE, y=500)), []),
]


@pytest.mark.parametrize(("draw", "boxes"), [pytest.param(*case[1:], id=case[0]) for case in REGIONS])
def test_pictures_of_text_among_real_text_are_told(draw: Draw, boxes: list[tuple[int, ...]], tmp_path: Path) -> None:
    raw = raw_of(pdf(draw), tmp_path)
    assert page_kind(raw) == "digital"
    assert [tuple(round(v) for v in box) for box in pictured_regions(raw)] == boxes


def test_white_letters_on_a_dark_cell_are_read_beside_a_picture(tmp_path: Path) -> None:
    (page,) = pages_of(pdf(both(white_on_dark_cells, lines(PROSE, y=700), TABLE)), tmp_path)
    assert "KEGIATAN" in {word.text for word in page.words}


LAYERS: list[tuple[str, list[str], LayerQuality]] = [
    ("none", [], "none"),
    ("right", PROSE, "good"),
    ("blanks inside words", apart(PROSE, 4), "gaps"),
    ("garbage", ["".join(c if k % 3 else "#1;~"[k % 4] for k, c in enumerate(t)) for t in PROSE], "bad"),
    ("another alphabet", shifted(PROSE, 5), "bad"),
]


@pytest.mark.parametrize(("texts", "quality"), [pytest.param(*case[1:], id=case[0]) for case in LAYERS])
def test_the_text_layer_of_a_scan_is_judged(texts: list[str], quality: LayerQuality, tmp_path: Path) -> None:
    raw = raw_of(pdf(both(FULL, layer(texts * 2))), tmp_path)
    assert page_kind(raw) == "scanned"
    assert layer_quality(raw.layer) == quality
    assert "".join(x.text for x in raw.layer if not x.text.isspace()) == "".join(texts * 2).replace(" ", "")


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(both(lines(PROSE), FULL), id="under the picture"),
        pytest.param(both(FULL, sheet_lines(PROSE * 6)), id="on its print"),
        pytest.param(both(FULL, white(lines(PROSE))), id="white"),
    ],
)
def test_the_layer_is_kept(draw: Draw, tmp_path: Path) -> None:
    raw = raw_of(pdf(draw), tmp_path)
    assert "korupsi" in "".join(letter.text for letter in raw.layer)
    assert not [letter for letter in raw.letters if not letter.text.isspace()]
