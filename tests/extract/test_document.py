"""Whole PDFs with odd pages: what a file may contain without being damaged must neither stop the reader nor change the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.decree import DecreeText
from extract.document import extract_document
from extract.errors import NoContent, NoDecree
from extract.reading import Reading
from tests.extract.pdfs import DECREE, Draw, changed, lines, pdf, table, tables_of
from tests.extract.tables_of_text import texts_of
from tests.press import fonts

PLAN = [["NO", "KEGIATAN", "OUTPUT"], ["1", "Rapat tim", "Notula"], ["2", "Survei", "Kuesioner"]]
WIDTHS = (30, 180, 160)
DECREE_PAGE = lines(DECREE)


def extract(data: bytes, folder: Path) -> Reading:
    path = folder / "decree.pdf"
    path.write_bytes(data)
    return extract_document(path).reading


def number_of(decree: DecreeText) -> str | None:
    return decree.number.text if decree.number else None


def rules_only(canvas: Canvas) -> None:
    table([["", "", ""]] * 3, widths=WIDTHS)(canvas)


def one_column(canvas: Canvas) -> None:
    table([["KEGIATAN"], ["Rapat tim"], ["Survei"]], widths=(300,))(canvas)


def printed_twice(canvas: Canvas) -> None:
    DECREE_PAGE(canvas)
    canvas.translate(0.3, 0)
    DECREE_PAGE(canvas)


def lines_twice(canvas: Canvas) -> None:
    for k, text in enumerate(DECREE):
        for dx in (0.0, 0.3):
            lines([text], x=60 + dx, y=780 - 18 * k)(canvas)


def far_outside(canvas: Canvas) -> None:
    DECREE_PAGE(canvas)
    canvas.drawString(-4000, 9000, "tidak terlihat")
    canvas.line(-1e6, 300, 1e6, 300)


def specks(canvas: Canvas) -> None:
    DECREE_PAGE(canvas)
    for k in range(300):
        canvas.rect(60 + k, 200, 0, 0, stroke=0, fill=1)


PAGES: list[tuple[str, tuple[Draw | None, ...]]] = [
    ("an empty page after it", (DECREE_PAGE, None)),
    ("an empty page before it", (None, DECREE_PAGE)),
    ("a page of rules without a word", (DECREE_PAGE, rules_only)),
    ("a table of one column", (DECREE_PAGE, one_column)),
    ("fake bold: the page printed twice", (printed_twice,)),
    ("fake bold: every line printed twice", (lines_twice,)),
    ("text and rules far outside the page", (far_outside,)),
    ("specks without any size", (specks,)),
]


@pytest.mark.parametrize("pages", [pytest.param(pages, id=name) for name, pages in PAGES])
def test_a_decree_is_read_whatever_else_the_file_holds(pages: tuple[Draw | None, ...], tmp_path: Path) -> None:
    plain = extract(pdf(DECREE_PAGE), tmp_path).decree
    found = extract(pdf(*pages), tmp_path)
    assert found.page_count == len(pages)
    assert number_of(found.decree) == number_of(plain) == "12 TAHUN 2024"
    assert [p.text.text for p in found.decree.provisions] == [p.text.text for p in plain.provisions]
    assert [t.text for t in (found.decree.institution, found.decree.title) if t] == [
        t.text for t in (plain.institution, plain.title) if t
    ]


def boxed(**boxes: list[float]) -> Callable[[pikepdf.Page], None]:
    def change(page: pikepdf.Page) -> None:
        for name, box in boxes.items():
            page.obj[pikepdf.Name(f"/{name}")] = pikepdf.Array(box)

    return change


def unboxed(page: pikepdf.Page) -> None:
    del page.obj["/MediaBox"]


def oddly_turned(page: pikepdf.Page) -> None:
    page.obj.Rotate = 45


ODD_PAGES: list[tuple[str, Callable[[pikepdf.Page], None]]] = [
    ("a crop box without size", boxed(CropBox=[100, 100, 100, 100])),
    ("a crop box outside the page", boxed(CropBox=[2000, 2000, 2600, 2800])),
    ("a media box without size", boxed(MediaBox=[0, 0, 0, 0])),
    ("a media box with a far origin", boxed(MediaBox=[-3000, -3000, 595, 842])),
    ("no media box", unboxed),
    ("a turn that is no quarter", oddly_turned),
]


@pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in ODD_PAGES])
def test_a_decree_on_pages_with_odd_boxes_is_read(change: Callable[[pikepdf.Page], None], tmp_path: Path) -> None:
    found = extract(changed(pdf(DECREE_PAGE, table(PLAN, widths=WIDTHS)), change), tmp_path)
    assert number_of(found.decree) == "12 TAHUN 2024"
    assert [[texts_of(row) for row in t.rows] for t in found.tables] == [[list(row) for row in PLAN[1:]]]


def test_a_table_goes_on_over_an_empty_page_no_further(tmp_path: Path) -> None:
    pages = [table(PLAN, widths=WIDTHS), table([["3", "Apel pagi", "Foto"]], widths=WIDTHS)]
    (joined,) = tables_of(pdf(*pages), tmp_path)
    assert [texts_of(row)[0] for row in joined.rows] == ["1", "2", "3"]
    (parted,) = tables_of(pdf(pages[0], None, None, pages[1]), tmp_path)
    assert [texts_of(row)[0] for row in parted.rows] == ["1", "2"]


def test_a_text_printed_twice_in_a_cell_is_read_once(tmp_path: Path) -> None:
    def bold(canvas: Canvas) -> None:
        table([["", "", ""]] * 3, widths=WIDTHS)(canvas)
        for r, row in enumerate(PLAN):
            for x, text in zip((63, 93, 273), row, strict=True):
                for dx in (0.0, 0.3):
                    canvas.drawString(x + dx, 746 - 22 * r, text)

    (found,) = tables_of(pdf(bold), tmp_path)
    assert [texts_of(row) for row in found.rows] == [list(row) for row in PLAN[1:]]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        pytest.param(["rapat pe\u00ad", "milihan"], "rapat pemilihan", id="at a line end"),
        pytest.param(["Undang\u00adUndang"], "Undang-Undang", id="as the code of every hyphen"),
    ],
)
def test_a_soft_hyphen_is_a_hyphen_where_it_is_drawn(printed: list[str], text: str, tmp_path: Path) -> None:
    def soft(canvas: Canvas) -> None:
        table([PLAN[0], ["1", "", ""]], widths=WIDTHS, height=40)(canvas)
        canvas.setFont(fonts.VERA.regular, 9)
        for k, line in enumerate(printed):
            canvas.drawString(93, 706 - 14 * k, line)

    (found,) = tables_of(pdf(soft), tmp_path)
    assert texts_of(found.rows[0])[1] == text


LETTER = lines(["Kepada Yth. Bapak dan Ibu, dengan hormat kami sampaikan undangan."] * 5)


@pytest.mark.parametrize(
    ("pages", "error"),
    [
        pytest.param((None,), NoContent, id="blank"),
        pytest.param((LETTER,), NoDecree, id="letter"),
        pytest.param((rules_only,), NoContent, id="rules"),
    ],
)
def test_a_file_without_a_decree_is_refused_with_its_reason(
    pages: tuple[Draw | None, ...], error: type[Exception], tmp_path: Path
) -> None:
    with pytest.raises(error):
        extract(pdf(*pages), tmp_path)
