"""Signatures, certified copies and what comes after the decree."""

from __future__ import annotations

import pytest

from extract.decree import DecreeText, read_decree
from extract.geometry import BBox
from tests.extract.decree_pages import CITING, CONSIDERING, DECIDING, HEAD, SIGNING, WHOLE, Row, page_of

OPENING: list[Row] = [*HEAD[3:], *CONSIDERING, *CITING, *DECIDING, None]


def signed(rows: list[Row]) -> DecreeText:
    decree = read_decree([page_of(1, [*OPENING, *rows])])
    assert isinstance(decree, DecreeText)
    return decree


def values(decree: DecreeText) -> tuple[str | None, ...]:
    fields = (decree.place, decree.date, decree.signatory_title, decree.signatory)
    return tuple(f.text if f else None for f in fields)


def at(x: float, *lines: str | None) -> list[Row]:
    return [None if line is None else [(x, line)] for line in lines]


TITLE = "KETUA KOMISI PEMILIHAN UMUM KOTA RIMBA"
USUAL = ("Rimba", "3 Maret 2024", TITLE, "SITI AMINAH")
TWO = ("KETUA KOMISI PEMILIHAN UMUM", "KOTA RIMBA,")
BLOCKS: list[tuple[str, list[Row], tuple[str | None, ...]]] = [
    (
        "ttd",
        at(300, "Ditetapkan di Rimba", "pada tanggal 3 Maret 2024", *TWO, None, "ttd.", None, "SITI AMINAH"),
        USUAL,
    ),
    ("room", at(300, "Ditetapkan di Rimba", "Pada tanggal 3 Maret 2024", *TWO, None, None, "SITI AMINAH"), USUAL),
    ("comma", at(300, "Ditetapkan di Rimba", "Pada tanggal 3 Maret 2024", *TWO, "SITI AMINAH"), USUAL),
    ("colons", at(300, "Ditetapkan di : Rimba", "pada tanggal : 3 Maret 2024", *TWO, "Ttd", "SITI AMINAH"), USUAL),
    ("apart", at(300, "Di tetapkan di Rimba", "Tanggal 3 Maret 2024", *TWO, "(ttd)", "SITI AMINAH"), USUAL),
    ("one line", at(300, "Rimba, 3 Maret 2024", *TWO, None, None, "SITI AMINAH"), USUAL),
    ("left", at(72, "Ditetapkan di Rimba", "pada tanggal 3 Maret 2024", *TWO, None, "ttd", None, "SITI AMINAH"), USUAL),
    ("joined", at(300, "Ditetapkan di Rimba pada tanggal 3 Maret 2024", *TWO, None, "ttd", None, "SITI AMINAH"), USUAL),
    (
        "staff number",
        at(
            300,
            "Ditetapkan di Rimba",
            "pada tanggal 3 Maret 2024",
            "Kepala Balai,",
            None,
            None,
            "(Siti Aminah, S.E.)",
            "NIP. 196411211991031001",
        ),
        ("Rimba", "3 Maret 2024", "Kepala Balai", "Siti Aminah, S.E."),
    ),
    (
        "electronic",
        at(
            300,
            "Ditetapkan di Rimba",
            "pada tanggal 3 Maret 2024",
            *TWO,
            "Ditandatangani secara elektronik",
            "SITI AMINAH",
        ),
        USUAL,
    ),
    (
        "ttd and name on one line",
        at(300, "Ditetapkan di Rimba", "pada tanggal 3 Maret 2024", *TWO, "ttd. SITI AMINAH"),
        USUAL,
    ),
    (
        "slips",
        at(300, "Ditctapkan di Rimba", "pada tanqgal 3 Maret 2024", *TWO, None, "ttd", None, "SITI AMINAH"),
        USUAL,
    ),
    (
        "recipients",
        [
            *at(300, "Ditetapkan di Rimba", "pada tanggal 3 Maret 2024", *TWO, None, None, "SITI AMINAH"),
            *at(72, None, None, "Tembusan disampaikan kepada:", "1. Ketua Komisi Pemilihan Umum di Jakarta;"),
        ],
        USUAL,
    ),
]


@pytest.mark.parametrize(("rows", "expected"), [b[1:] for b in BLOCKS], ids=[b[0] for b in BLOCKS])
def test_reads_signatures(rows: list[Row], expected: tuple[str | None, ...]) -> None:
    assert values(signed(rows)) == expected


def test_a_name_without_any_sign_is_a_guess() -> None:
    rows = at(300, "Ditetapkan di Rimba", "pada tanggal 3 Maret 2024", "KETUA KOMISI", "KOTA RIMBA", "SITI AMINAH")
    decree = signed(rows)
    assert decree.signatory is not None
    assert decree.signatory.confidence < 0.85
    assert decree.signatory.notes


CERTIFIED: list[tuple[str, list[Row]]] = [
    (
        "below",
        [
            *at(300, "Ditetapkan di Rimba", "pada tanggal 3 Maret 2024", *TWO, None, "ttd", None, "SITI AMINAH"),
            *at(
                72,
                "Salinan sesuai dengan aslinya",
                "SEKRETARIAT KPU KOTA RIMBA",
                "Kepala Sub Bagian Hukum,",
                None,
                None,
                "Budi, S.H.",
            ),
        ],
    ),
    (
        "side by side",
        [
            [(340, "Ditetapkan di Rimba")],
            [(340, "pada tanggal 3 Maret 2024")],
            [(72, "Salinan sesuai dengan aslinya"), (340, "KETUA KOMISI PEMILIHAN UMUM")],
            [(72, "SEKRETARIAT KPU KOTA RIMBA"), (340, "KOTA RIMBA,")],
            [(72, "Kepala Sub Bagian Hukum,")],
            None,
            [(340, "ttd")],
            None,
            [(72, "Budi, S.H."), (340, "SITI AMINAH")],
        ],
    ),
    (
        "an office over two lines",
        [
            *at(300, "Ditetapkan di Rimba", "pada tanggal 3 Maret 2024", *TWO, None, "ttd", None, "SITI AMINAH"),
            *at(
                72,
                "Salinan sesuai dengan aslinya",
                "KOMISI PEMILIHAN UMUM",
                "KOTA RIMBA",
                "Kepala Sub Bagian",
                "Hukum,",
                "ttd",
                "Budi, S.H.",
            ),
        ],
    ),
]


@pytest.mark.parametrize("rows", [c[1] for c in CERTIFIED], ids=[c[0] for c in CERTIFIED])
def test_reads_certified_copies(rows: list[Row]) -> None:
    decree = signed(rows)
    assert values(decree) == USUAL
    assert decree.certified
    assert decree.certifier_title is not None
    assert decree.certifier is not None
    assert decree.certifier_title.text == "Kepala Sub Bagian Hukum"
    assert decree.certifier.text == "Budi, S.H."


LAMPIRAN: list[Row] = [
    [(300, "LAMPIRAN I")],
    [(300, "KEPUTUSAN KOMISI PEMILIHAN UMUM")],
    [(300, "NOMOR 12 TAHUN 2024")],
    [(300, "TENTANG")],
    [(300, "RENCANA KERJA PEMBANGUNAN")],
    [(300, "ZONA INTEGRITAS")],
    None,
    "RENCANA KERJA ZONA INTEGRITAS",
    "TAHUN 2024",
]


def test_reads_a_lampiran_heading_and_the_title_of_the_plan() -> None:
    pages = [page_of(1, WHOLE), page_of(2, LAMPIRAN)]
    decree = read_decree(pages, [[BBox(2, 60, 230, 540, 700)]])
    assert isinstance(decree, DecreeText)
    assert decree.lampiran_page == 2
    (heading,) = decree.lampiran
    assert (heading.label, heading.page) == ("LAMPIRAN I", 2)
    assert heading.number is not None
    assert heading.title is not None
    assert heading.number.text == "12 TAHUN 2024"
    assert heading.title.text == "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS"
    (title,) = decree.table_titles
    assert title is not None
    assert title.text == "RENCANA KERJA ZONA INTEGRITAS TAHUN 2024"


def test_words_of_a_table_are_no_text() -> None:
    table: list[Row] = ["Dasar Hukum", [(72, "1. Membentuk tim")]]
    decree = read_decree([page_of(1, WHOLE), page_of(2, table)], [[BBox(2, 60, 60, 540, 700)]])
    assert isinstance(decree, DecreeText)
    assert decree.sections == ()
    assert decree.lampiran_page == 2


def test_reads_the_legal_bases_of_a_lampiran() -> None:
    narrative: list[Row] = [
        [(72, "B."), (94, "Dasar Hukum")],
        [(94, "1."), (114, "Undang-Undang Nomor 28 Tahun 1999 tentang Penyelenggara Negara")],
        [(114, "yang Bersih;")],
        [(94, "2."), (114, "Undang-Undang Nomor 7 Tahun 2017.")],
    ]
    decree = read_decree([page_of(1, WHOLE), page_of(2, narrative)])
    assert isinstance(decree, DecreeText)
    assert [i.label for i in decree.lampiran_legal_bases] == ["1", "2"]
    assert decree.lampiran_legal_bases[0].text.text.endswith("Penyelenggara Negara yang Bersih;")


def test_a_missing_signature_is_taken_from_the_lampiran_and_said_to_be() -> None:
    decree = read_decree([page_of(1, WHOLE[: -len(SIGNING)]), page_of(2, [*LAMPIRAN, None, *SIGNING])])
    assert isinstance(decree, DecreeText)
    assert decree.signatory is not None
    assert decree.signatory.text == "SITI AMINAH"
    assert "from the end of the lampiran" in decree.signatory.notes


def test_a_copy_certified_under_its_lampiran_only() -> None:
    copy = at(72, "Salinan sesuai dengan aslinya", "Kepala Sub Bagian Hukum,", None, None, "Budi, S.H.")
    decree = read_decree([page_of(1, WHOLE), page_of(2, [*LAMPIRAN, None, *SIGNING, *copy])])
    assert isinstance(decree, DecreeText)
    assert decree.is_copy
    assert decree.certifier is not None
    assert (decree.certifier.text, decree.certifier.confidence) == ("Budi, S.H.", 0.8)


def test_a_certifier_on_the_next_page() -> None:
    first = [*WHOLE, *at(72, "Salinan sesuai dengan aslinya")]
    second = at(72, "SEKRETARIAT KPU KOTA RIMBA", "Kepala Sub Bagian Hukum,", None, None, "Budi, S.H.")
    decree = read_decree([page_of(1, first), page_of(2, second), page_of(3, LAMPIRAN)])
    assert isinstance(decree, DecreeText)
    assert decree.certifier is not None
    assert decree.certifier.text == "Budi, S.H."
    assert decree.lampiran_page == 3


DATED = ("Ditetapkan di Rimba", "pada tanggal 3 Maret 2024")
COPY = "Salinan sesuai dengan aslinya"
OFFICE = "Kepala Sub Bagian Hukum,"
NARROW: list[tuple[str, list[Row]]] = [
    (
        "the signatory left",
        [
            [(72, DATED[0])],
            [(72, DATED[1])],
            [(72, TWO[0]), (228, COPY)],
            [(72, TWO[1]), (228, OFFICE)],
            [(72, "ttd"), (228, "ttd")],
            None,
            [(72, "SITI AMINAH"), (228, "Budi, S.H.")],
        ],
    ),
    (
        "the signatory right",
        [
            [(72, COPY), (240, DATED[0])],
            [(72, "SEKRETARIAT KPU KOTA RIMBA"), (240, DATED[1])],
            [(72, OFFICE), (240, TWO[0])],
            [(240, TWO[1])],
            [(72, "ttd"), (240, "ttd")],
            [(72, "Budi, S.H."), (240, "SITI AMINAH")],
        ],
    ),
    (
        "lines centred under a place and a date",
        [
            [(72, COPY), (290, "Rimba, 3 Maret 2024")],
            [(72, "SEKRETARIAT KPU KOTA RIMBA"), (250, TWO[0])],
            [(72, OFFICE), (300, TWO[1])],
            [(325, "(ttd)")],
            [(72, "ttd")],
            [(310, "SITI AMINAH")],
            [(72, "Budi, S.H.")],
        ],
    ),
    (
        "a certifier behind a place and a date",
        [
            [(72, "Rimba, 3 Maret 2024"), (240, COPY)],
            [(72, TWO[0]), (240, OFFICE)],
            [(72, TWO[1])],
            [(72, "ttd"), (240, "ttd")],
            [(72, "SITI AMINAH"), (240, "Budi, S.H.")],
        ],
    ),
    (
        "recipients below",
        [
            [(72, f"{DATED[0]} {DATED[1]}"), (320, COPY)],
            [(72, TWO[0]), (320, OFFICE)],
            [(72, TWO[1])],
            [(72, "ttd"), (320, "ttd")],
            [(72, "SITI AMINAH"), (320, "Budi, S.H.")],
            None,
            [(72, "Tembusan disampaikan kepada Yth. Ketua Komisi Pemilihan Umum di Jakarta;")],
        ],
    ),
]


@pytest.mark.parametrize("rows", [n[1] for n in NARROW], ids=[n[0] for n in NARROW])
def test_parts_two_blocks_at_a_narrow_gutter(rows: list[Row]) -> None:
    decree = signed(rows)
    assert values(decree) == USUAL
    assert decree.certified
    assert decree.certifier_title is not None
    assert decree.certifier is not None
    assert (decree.certifier_title.text, decree.certifier.text) == (OFFICE.rstrip(","), "Budi, S.H.")


@pytest.mark.parametrize(
    "title",
    [
        "KOTA RIMBA",
        "KETUA KOMISI PEMILIHAN UMUM Salinan yang KOTA RIMBA",
        "KETUA KOMISI PEMILIHAN UMUM Plt. Sekretaris, KOTA RIMBA",
    ],
)
def test_an_office_that_holds_words_of_another_block_is_doubted(title: str) -> None:
    decree = signed(at(300, *DATED, f"{title},", None, "ttd", None, "SITI AMINAH"))
    assert decree.signatory_title is not None
    assert decree.signatory_title.confidence < 0.85


@pytest.mark.parametrize("title", ["a.n. BUPATI RIMBA SEKRETARIS DAERAH", "Plt. KEPALA DINAS", "WAKIL KETUA DEWAN"])
def test_an_office_of_several_words_is_not_doubted(title: str) -> None:
    decree = signed(at(300, *DATED, f"{title},", None, "ttd", None, "SITI AMINAH"))
    assert decree.signatory_title is not None
    assert (decree.signatory_title.text, decree.signatory_title.confidence) == (title, 1.0)


@pytest.mark.parametrize(
    "opening",
    [
        ["Ditetapkan di Rimba pada tanggal 3", "MARET 2024"],
        ["Ditetapkan di Rimba pada tanggal 3 MARET", "2024"],
        ["Ditetapkan di Rimba pada tanggal", "3 MARET 2024"],
        ["Ditetapkan di Rimba pada", "tanggal 3 MARET 2024"],
        ["Ditetapkan di Rimba", "pada tanggal 3", "MARET 2024"],
    ],
)
def test_a_date_goes_on_in_the_next_line(opening: list[str]) -> None:
    decree = signed(at(300, *opening, *TWO, None, "ttd", None, "SITI AMINAH"))
    assert values(decree) == ("Rimba", "3 MARET 2024", TITLE, "SITI AMINAH")


def test_a_name_on_the_next_page() -> None:
    first = page_of(1, [*OPENING, *at(300, *DATED, *TWO)])
    decree = read_decree([first, page_of(2, at(300, "SITI AMINAH")), page_of(3, LAMPIRAN)])
    assert isinstance(decree, DecreeText)
    assert values(decree) == USUAL
    assert decree.lampiran_page == 3


@pytest.mark.parametrize("end", [TWO, ("KETUA KOMISI PEMILIHAN UMUM", "KOTA RIMBA")])
def test_the_name_of_a_body_is_no_name(end: tuple[str, str]) -> None:
    decree = signed(at(300, *DATED, *end))
    assert values(decree) == (*USUAL[:3], None)


def test_the_box_of_an_electronic_signature_is_no_text() -> None:
    box = ["Dokumen ini telah ditandatangani secara elektronik", "menggunakan sertifikat elektronik yang diterbitkan BSrE"]
    rows = [*at(300, *DATED, *TWO, None, "ttd"), *at(72, *box), *at(300, "SITI AMINAH")]
    assert values(signed(rows)) == USUAL
