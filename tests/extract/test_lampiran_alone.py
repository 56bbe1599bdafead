"""A lampiran that is a file of its own: what its heading says of the decree, and what is no lampiran of a decree."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from extract.decree import DecreeText, NotADecree, read_decree
from extract.document import extract_document
from extract.errors import NoDecree
from extract.reading import PageProblem
from normalize.tables import tables_of
from tests.documents import Row as TableRow
from tests.documents import Tables, plan_read, printed, read_bytes, read_print
from tests.extract.decree_pages import CITING, CONSIDERING, DECIDING, HEAD, LEFT, SIGNING, Row, page_of
from tests.extract.pdfs import pdf, table
from tests.press import layouts
from tests.press.content import decrees
from tests.press.decree import Decree
from tests.press.layout import Layout

OFFICE = "KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA"
ABOUT = "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS"
PLAN: list[Row] = [None, None, "RENCANA KERJA ZONA INTEGRITAS"]


def block(*texts: str, x: float = 300) -> list[Row]:
    """Lines that begin at one place."""
    return [[(x, text)] for text in texts]


def keys(*pairs: tuple[str, str]) -> list[Row]:
    """Labels, colons and values in columns."""
    return [[(LEFT, key), (LEFT + 70, ":"), (LEFT + 80, value)] for key, value in pairs]


RIGHT = block("LAMPIRAN II", "KEPUTUSAN KOMISI PEMILIHAN UMUM", "KABUPATEN RIMBA RAYA", "NOMOR 12 TAHUN 2024", "TENTANG", ABOUT)

HEADINGS: list[tuple[str, list[Row], tuple[str | None, ...]]] = [
    ("a block at the right", RIGHT, (OFFICE, "12 TAHUN 2024", ABOUT, None, "II")),
    (
        "a block at the left",
        block("LAMPIRAN", f"KEPUTUSAN {OFFICE}", "NOMOR: 4/HK.03.1/36/2022", "TENTANG", ABOUT, x=LEFT),
        (OFFICE, "4/HK.03.1/36/2022", ABOUT, None, None),
    ),
    (
        "centred lines",
        ["LAMPIRAN I", f"KEPUTUSAN {OFFICE}", "NOMOR 12 TAHUN 2024", "TENTANG", ABOUT],
        (OFFICE, "12 TAHUN 2024", ABOUT, None, "I"),
    ),
    (
        "labels with colons",
        keys(("Lampiran", "Keputusan Ketua KPU Kota Rimba"), ("Nomor", "12 Tahun 2024"), ("Tanggal", "3 Maret 2024")),
        ("KPU Kota Rimba", "12 Tahun 2024", None, "3 Maret 2024", None),
    ),
    (
        "labels with colons and a title",
        keys(("LAMPIRAN I", "KEPUTUSAN BUPATI RIMBA"), ("NOMOR", "188.45/7/2024"), ("TENTANG", ABOUT), ("TANGGAL", "3-3-2024")),
        ("BUPATI RIMBA", "188.45/7/2024", ABOUT, "3-3-2024", "I"),
    ),
    (
        "all in one run of lines",
        block("LAMPIRAN KEPUTUSAN KPU KOTA RIMBA NOMOR", "12 TAHUN 2024 TANGGAL 3 MARET 2024", f"TENTANG {ABOUT}", x=LEFT),
        ("KPU KOTA RIMBA", "12 TAHUN 2024", ABOUT, "3 MARET 2024", None),
    ),
    (
        "the number of another decree in the title",
        block(
            "LAMPIRAN", f"KEPUTUSAN {OFFICE}", "NOMOR 12 TAHUN 2024", "TENTANG PERUBAHAN ATAS KEPUTUSAN", "NOMOR 5 TAHUN 2023"
        ),
        (OFFICE, "12 TAHUN 2024", "PERUBAHAN ATAS KEPUTUSAN NOMOR 5 TAHUN 2023", None, None),
    ),
    (
        "words that a letter's labels are like",
        block("LAMPIRAN", f"KEPUTUSAN {OFFICE}", "NOMOR 12 TAHUN 2024", "TENTANG PENDELEGASIAN WEWENANG", "KEPALA BADAN"),
        (OFFICE, "12 TAHUN 2024", "PENDELEGASIAN WEWENANG KEPALA BADAN", None, None),
    ),
    ("the mark of a copy above", ["SALINAN", *RIGHT], (OFFICE, "12 TAHUN 2024", ABOUT, None, "II")),
    (
        "the mark of a copy beside",
        [[(LEFT, "SALINAN"), (300, "LAMPIRAN II")], *RIGHT[1:]],
        (OFFICE, "12 TAHUN 2024", ABOUT, None, "II"),
    ),
    (
        "no number written in",
        block("LAMPIRAN", f"KEPUTUSAN {OFFICE}", "NOMOR", "TENTANG", ABOUT),
        (OFFICE, None, ABOUT, None, None),
    ),
]


def said(decree: DecreeText | NotADecree) -> tuple[str | None, ...]:
    """What a lampiran says of its decree."""
    assert isinstance(decree, DecreeText)
    assert decree.part == "lampiran"
    values = (decree.institution, decree.number, decree.title, decree.date, decree.lampiran_no)
    return tuple(value.text if value is not None else None for value in values)


@pytest.mark.parametrize(("rows", "wanted"), [pytest.param(r, w, id=name) for name, r, w in HEADINGS])
def test_the_heading_says_which_decree_it_belongs_to(rows: list[Row], wanted: tuple[str | None, ...]) -> None:
    assert said(read_decree([page_of(1, [*rows, *PLAN])])) == wanted


NO_LAMPIRAN: list[tuple[str, list[Row]]] = [
    ("no heading at all", PLAN),
    ("the word alone", block("LAMPIRAN I", "RENCANA KERJA ZONA INTEGRITAS TAHUN 2024")),
    ("neither number nor title", block("LAMPIRAN I", f"KEPUTUSAN {OFFICE}")),
    ("of a letter", block("LAMPIRAN", "SURAT KETUA KOMISI PEMILIHAN UMUM", "NOMOR 12/PR.01/2024", "TENTANG UNDANGAN")),
    ("of minutes", block("LAMPIRAN", "BERITA ACARA RAPAT PLENO", "NOMOR 12/PL.01-BA/2024", "TENTANG REKAPITULASI")),
    (
        "a letter that encloses a decree",
        keys(("Nomor", "12/PR.01/2024"), ("Lampiran", "Keputusan KPU Nomor 5 Tahun 2024"), ("Perihal", "Penyampaian")),
    ),
    (
        "a letter that begins with what it encloses",
        keys(("Lampiran", "Keputusan KPU Kota Rimba"), ("Nomor", "5 Tahun 2024"), ("Perihal", "Penyampaian")),
    ),
    (
        "an abstract sheet",
        [
            "ZONA INTEGRITAS 2024",
            "KEP. KPU NO. 12, 11 HLM.",
            f"KEPUTUSAN KPU TENTANG {ABOUT}",
            None,
            *block("ABSTRAK :", x=LEFT),
        ],
    ),
    (
        "a report that repeats a heading further down",
        ["LAPORAN TAHUNAN", "TAHUN 2024", None, "BAB I", "PENDAHULUAN", *block("Laporan ini disusun.", x=LEFT), *RIGHT],
    ),
]


@pytest.mark.parametrize("rows", [pytest.param(rows, id=name) for name, rows in NO_LAMPIRAN])
def test_what_is_no_lampiran_of_a_decree_is_left_alone(rows: list[Row]) -> None:
    assert isinstance(read_decree([page_of(1, rows)]), NotADecree)


def test_a_report_with_the_lampiran_of_a_decree_bound_in_is_no_lampiran() -> None:
    report: list[Row] = ["LAPORAN TAHUNAN", "ZONA INTEGRITAS TAHUN 2024"]
    assert isinstance(read_decree([page_of(1, report), page_of(2, [*RIGHT, *PLAN])]), NotADecree)


def test_empty_pages_before_it_do_not_matter() -> None:
    assert said(read_decree([page_of(1, []), page_of(2, [*RIGHT, *PLAN])]))[1] == "12 TAHUN 2024"


def test_a_decree_of_which_only_the_end_is_there_is_a_lampiran_that_begins_inside() -> None:
    decree = read_decree([page_of(4, [*DECIDING[4:], *SIGNING]), page_of(5, [*RIGHT, *PLAN])])
    assert said(decree) == (OFFICE, "12 TAHUN 2024", ABOUT, "3 Maret 2024", "II")
    assert isinstance(decree, DecreeText)
    assert decree.begins_inside
    assert decree.signatory is not None
    assert decree.signatory.text == "SITI AMINAH"


def test_a_specimen_of_a_decree_inside_a_lampiran_is_not_its_decree() -> None:
    specimen = [*HEAD[:4], "NOMOR ... TAHUN ...", *HEAD[5:], *CONSIDERING, *CITING, *DECIDING]
    assert said(read_decree([page_of(1, [*RIGHT, *PLAN]), page_of(2, specimen)]))[1] == "12 TAHUN 2024"


def test_a_lampiran_bound_before_its_own_decree_leaves_it_a_decree() -> None:
    decree = read_decree([page_of(1, [*RIGHT, *PLAN]), page_of(2, [*HEAD, *CONSIDERING, *CITING, *DECIDING, *SIGNING])])
    assert isinstance(decree, DecreeText)
    assert (decree.part, decree.begins_inside) == ("decree", False)
    assert decree.provisions


def test_the_date_of_the_heading_is_doubted_where_the_signature_says_another() -> None:
    heading = keys(("LAMPIRAN", f"KEPUTUSAN {OFFICE}"), ("NOMOR", "12 TAHUN 2024"), ("TANGGAL", "4 Maret 2024"))
    decree = read_decree([page_of(1, [*heading, *PLAN, *SIGNING])])
    assert isinstance(decree, DecreeText)
    assert decree.date is not None
    assert (decree.date.text, decree.date.confidence) == ("4 Maret 2024", 0.6)


COPY = ["Salinan sesuai dengan aslinya", "SEKRETARIAT KOMISI PEMILIHAN UMUM", "Kepala Subbagian Hukum,", "BUDI UTOMO"]
CLOSINGS: list[tuple[str, list[Row]]] = [
    (
        "beside",
        [
            [(LEFT, COPY[0])],
            [(LEFT, COPY[1]), (340, "KETUA KOMISI PEMILIHAN UMUM,")],
            [(LEFT, COPY[2])],
            [(340, "ttd.")],
            [(LEFT, COPY[3]), (340, "SITI AMINAH")],
        ],
    ),
    (
        "below",
        [
            *block("KETUA KOMISI PEMILIHAN UMUM,", "ttd.", "SITI AMINAH"),
            None,
            *block(*COPY[:3], x=LEFT),
            None,
            *block(COPY[3], x=LEFT),
        ],
    ),
]


@pytest.mark.parametrize("closing", [pytest.param(rows, id=name) for name, rows in CLOSINGS])
def test_who_signed_without_place_and_date_is_not_who_certified(closing: list[Row]) -> None:
    decree = read_decree([page_of(1, [*RIGHT, *PLAN, None, None, *closing])])
    assert isinstance(decree, DecreeText)
    signed = (decree.signatory_title, decree.signatory, decree.certifier_title, decree.certifier)
    assert [value.text if value else None for value in signed] == [
        "KETUA KOMISI PEMILIHAN UMUM",
        "SITI AMINAH",
        "Kepala Subbagian Hukum",
        "BUDI UTOMO",
    ]
    assert decree.signatory is not None
    assert decree.signatory.confidence < 0.85


# Whole files: printed by the press, of which only the pages of the lampiran are kept.

SPLIT = [
    (decrees.SAGARA_TIMUR, layouts.GRID_MERGED),
    (decrees.LEMBAH_KIRANA, layouts.SECTION_ROWS),
    (decrees.SAGARA_TIMUR, layouts.SIDEWAYS_90),
    (decrees.LEMBAH_KIRANA, layouts.ANY_ORDER),
    (decrees.ARUNIKA, layouts.NARRATIVE),
]
SAME = ("year", "number_raw", "number", "classification", "date", "signatory", "signatory_title", "plan_title", "is_copy")


def lampiran_of(decree: Decree, layout: Layout) -> bytes:
    """The print without the pages of the decree itself."""
    whole = printed(decree, layout).pdf
    pages = read_print(decree, layout)["pages"]
    return kept(whole, range(decree_pages(decree, layout) + 1, len(pages) + 1))


@functools.cache
def decree_pages(decree: Decree, layout: Layout) -> int:
    """How many pages the decree has before its lampiran."""
    with_signature = [row["page"] for row in read_print(decree, layout)["fields"] if row["field"] == "place"]
    return int(str(with_signature[0]))


def kept(data: bytes, pages: Sequence[int]) -> bytes:
    """The PDF with only these pages, counted from 1."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened:
        for index in reversed(range(len(opened.pages))):
            if index + 1 not in pages:
                del opened.pages[index]
        opened.save(out, static_id=True)
    return out.getvalue()


def without_places(tables: Tables) -> list[TableRow]:
    """The plan rows but for the pages that they stand on."""
    return [{name: value for name, value in row.items() if not name.startswith("page_")} for row in plan_read(tables)]


@pytest.mark.parametrize(("decree", "layout"), [pytest.param(d, x, id=f"{d.doc_id}-{x.name}") for d, x in SPLIT])
def test_a_lampiran_file_gives_the_plan_of_its_decree(decree: Decree, layout: Layout) -> None:
    whole, alone = read_print(decree, layout), read_bytes(lampiran_of(decree, layout))
    assert without_places(alone) == without_places(whole)
    assert len(alone["plan_rows"]) > 5
    (document,), (other,) = alone["documents"], whole["documents"]
    assert {name: document[name] for name in SAME} == {name: other[name] for name in SAME}
    assert str(document["institution"]).upper() == other["institution"]
    assert document["title"] in (other["title"], None)
    assert (document["document_part"], other["document_part"]) == ("lampiran", "decree")
    assert (document["decides"], alone["provisions"]) == (None, [])
    assert document["review_reasons"] == other["review_reasons"]


def test_the_number_of_the_lampiran_is_told_where_the_file_is_one() -> None:
    (document,) = read_bytes(lampiran_of(decrees.LEMBAH_KIRANA, layouts.SECTION_ROWS))["documents"]
    assert document["lampiran_no"] == "I"
    assert read_print(decrees.LEMBAH_KIRANA, layouts.SECTION_ROWS)["documents"][0]["lampiran_no"] is None


def test_a_plan_without_any_heading_is_no_decree(tmp_path: Path) -> None:
    rows = [["NO", "KEGIATAN", "OUTPUT"], ["1", "Rapat tim", "Notula"], ["2", "Survei", "Kuesioner"]]
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf(table(rows, widths=(30, 180, 160))))
    with pytest.raises(NoDecree):
        extract_document(path)


def test_where_the_pages_of_the_decree_were_given_up_its_lampiran_is_read_and_marked(tmp_path: Path) -> None:
    decree, layout = decrees.LEMBAH_KIRANA, layouts.SECTION_ROWS
    path = tmp_path / "decree.pdf"
    path.write_bytes(printed(decree, layout).pdf)
    lost = [PageProblem(n, "page-timeout", "took too long", "look") for n in range(1, decree_pages(decree, layout) + 1)]
    tables = tables_of(extract_document(path, given_up=lost).reading, document_id="0" * 16, source_path=path.name)
    (document,) = tables["documents"]
    assert plan_read(tables) == plan_read(read_print(decree, layout))
    assert (document["document_part"], document["number_raw"]) == ("lampiran", decree.number_raw)
    assert "page-timeout:1" in str(document["review_reasons"])
