"""Labelled parts of a decree: columns, labels, page breaks, what is no text of it."""

from __future__ import annotations

import pytest

from extract.decree import DecreeText, read_decree
from tests.extract.decree_pages import (
    CITING,
    CONSIDERING,
    DECIDING,
    HEAD,
    LEFT,
    NUMBER,
    SIGNING,
    TEXT,
    WHOLE,
    Row,
    page_of,
    part,
)

EXPECTED = [
    ("menimbang", "a", "bahwa untuk membangun zona integritas perlu rencana;"),
    ("menimbang", "b", "bahwa demikian;"),
    ("mengingat", "1", "Undang-Undang Nomor 28 Tahun 1999;"),
    ("mengingat", "2", "Undang-Undang Nomor 7 Tahun 2017;"),
    ("diktum", "KESATU", "Menetapkan Rencana Kerja sebagaimana tercantum dalam Lampiran."),
    ("diktum", "KEDUA", "Keputusan ini mulai berlaku pada tanggal ditetapkan."),
]


def read(*pages: list[Row]) -> DecreeText:
    decree = read_decree([page_of(i, rows) for i, rows in enumerate(pages, 1)])
    assert isinstance(decree, DecreeText)
    return decree


def provisions(decree: DecreeText) -> list[tuple[str, str | None, str]]:
    return [(p.part, p.label, p.text.text) for p in decree.provisions]


def test_reads_parts_in_columns() -> None:
    decree = read(WHOLE)
    assert provisions(decree) == EXPECTED
    assert decree.decides is not None
    assert decree.decides.text == "KEPUTUSAN TENTANG RENCANA KERJA."
    assert all(p.text.confidence == 1.0 for p in decree.provisions)


@pytest.mark.parametrize("cut", range(len(HEAD) + 1, len(WHOLE) - len(SIGNING)))
def test_a_page_break_changes_nothing(cut: int) -> None:
    assert provisions(read(WHOLE[:cut], ["- 2 -", None, *WHOLE[cut:]])) == EXPECTED


@pytest.mark.parametrize("catchword", ["2. Undang-Undang . . .", "Mengingat...", "MEMUTUSKAN …", "bahwa demikian ..."])
def test_drops_catchwords(catchword: str) -> None:
    cut = len(HEAD) + 4
    first: list[Row] = [*WHOLE[:cut], *[None] * 25, [(430, catchword)]]
    assert provisions(read(first, WHOLE[cut:])) == EXPECTED


@pytest.mark.parametrize("number", ["2", "- 2 -", "-2-", "Halaman 2", "2/4"])
def test_drops_page_numbers(number: str) -> None:
    cut = len(HEAD) + 4
    assert provisions(read(WHOLE[:cut], [number, None, *WHOLE[cut:]])) == EXPECTED
    assert provisions(read([*WHOLE[:cut], *[None] * 28, number], WHOLE[cut:])) == EXPECTED


def test_drops_running_lines() -> None:
    cut = len(HEAD) + 3
    pages = [WHOLE[:cut], WHOLE[cut : cut + 3], WHOLE[cut + 3 :]]
    footed = [[*rows, *[None] * (45 - len(rows)), [(LEFT, "Sekretariat, Jalan Rimba 1")]] for rows in pages]
    assert provisions(read(*footed)) == EXPECTED


def body(rows: list[Row]) -> list[tuple[str, str | None, str]]:
    return provisions(read([*HEAD, *rows]))


LABELS: list[tuple[str, list[Row]]] = [
    ("glued colon", [*part("Menimbang:", "[a.] bahwa satu;", "[b.] bahwa dua;", colon=None)]),
    ("no colon", [*part("Menimbang", "[a.] bahwa satu;", "[b.] bahwa dua;", colon=None)]),
    (
        "label on its own line",
        [[(LEFT, "Menimbang :")], *[[(LEFT, m), (96.0, t)] for m, t in (("a.", "bahwa satu;"), ("b.", "bahwa dua;"))]],
    ),
    (
        "colon glued to the letter",
        [
            [(LEFT, "Menimbang"), (COLON_X := 160.0, ":a."), (TEXT, "bahwa satu;")],
            [(NUMBER, "b."), (TEXT, "bahwa dua;")],
        ],
    ),
    (
        "letter glued to the text",
        [[(LEFT, "Menimbang"), (160.0, ":"), (NUMBER, "a.bahwa satu;")], [(NUMBER, "b.bahwa dua;")]],
    ),
    ("letters with brackets", [*part("Menimbang", "[a)] bahwa satu;", "[b)] bahwa dua;")]),
    ("letters without points", [*part("Menimbang", "[a] bahwa satu;", "[b] bahwa dua;")]),
    ("a slip in the label", [*part("Menimbanq", "[a.] bahwa satu;", "[b.] bahwa dua;")]),
    ("capitals", [*part("MENIMBANG", "[a.] bahwa satu;", "[b.] bahwa dua;")]),
]


@pytest.mark.parametrize("rows", [rows for _, rows in LABELS], ids=[name for name, _ in LABELS])
def test_reads_labels(rows: list[Row]) -> None:
    found = body([*rows, *CITING, *DECIDING])
    assert found[:2] == [("menimbang", "a", "bahwa satu;"), ("menimbang", "b", "bahwa dua;")]
    assert found[2:] == EXPECTED[2:]


def test_a_misspelt_label_is_less_sure() -> None:
    decree = read([*HEAD, *part("Menimbanq", "[a.] bahwa satu;"), *CITING, *DECIDING])
    first = decree.provisions[0].text
    assert first.confidence < 1.0
    assert first.notes == ("label read as 'Menimbanq'",)


def test_one_paragraph_without_a_letter() -> None:
    found = body([*part("Menimbang", "bahwa untuk itu", "perlu rencana;"), *CITING, *DECIDING])
    assert found[0] == ("menimbang", None, "bahwa untuk itu perlu rencana;")


def test_paragraphs_without_letters_are_parted_and_said_to_be() -> None:
    decree = read([*HEAD, *part("Menimbang", "bahwa satu", "dan dua;", "bahwa tiga;"), *CITING, *DECIDING])
    assert [p.text.text for p in decree.provisions[:2]] == ["bahwa satu dan dua;", "bahwa tiga;"]
    assert all(p.text.confidence < 0.85 and p.text.notes for p in decree.provisions[:2])


def test_numbers_end_in_one_column() -> None:
    rows: list[Row] = []
    for i in range(1, 13):
        cells = [(NUMBER - (6.0 if i > 9 else 0.0), f"{i}."), (TEXT, f"Undang-Undang Nomor {i} Tahun 2000")]
        rows += [cells, [(TEXT, "tentang Sesuatu (Lembaran Negara Nomor")], [(TEXT, f"{i + 1}. Tambahan);")]]
    rows[0] = [(LEFT, "Mengingat"), (160.0, ":"), *(rows[0] or [])]
    found = [p for p in body([*CONSIDERING, *rows, *DECIDING]) if p[0] == "mengingat"]
    assert [label for _, label, _ in found] == [str(i) for i in range(1, 13)]


def test_a_missing_number_is_noted() -> None:
    rows = part("Mengingat", "[1.] Undang-Undang Nomor 1;", "[3.] Undang-Undang Nomor 3 yang", "panjang;")
    decree = read([*HEAD, *CONSIDERING, *rows, *DECIDING])
    cited = [p for p in decree.provisions if p.part == "mengingat"]
    assert [p.label for p in cited] == ["1", "3"]
    assert cited[1].text.notes == ("number 3 where 2 was due",)


def test_a_misread_number_is_found_where_one_is_missing() -> None:
    rows = part("Mengingat", "[1.] Peraturan satu;", "[2,] Peraturan dua yang", "panjang;", "[3.] Peraturan tiga;")
    found = [p for p in body([*CONSIDERING, *rows, *DECIDING]) if p[0] == "mengingat"]
    assert [label for _, label, _ in found] == ["1", "2", "3"]


DICTUMS = [
    (["KESATU", "KEDUA", "KETIGA"], ["KESATU", "KEDUA", "KETIGA"]),
    (["PERTAMA", "KEDUA"], ["PERTAMA", "KEDUA"]),
    (["Kesatu", "Kedua"], ["Kesatu", "Kedua"]),
    (["KE SATU", "KE DUA"], ["KE SATU", "KE DUA"]),
    (["KESEMBILAN", "KESEPULUH", "KESEBELAS", "KEDUA BELAS"], ["KESEMBILAN", "KESEPULUH", "KESEBELAS", "KEDUA BELAS"]),
]


@pytest.mark.parametrize(("printed", "labels"), DICTUMS)
def test_reads_dictums(printed: list[str], labels: list[str]) -> None:
    rows = [
        row for label in printed for row in part(label, "Menetapkan hal itu", "dengan ketentuan:", "a. satu; dan", "b. dua.")
    ]
    found = [p for p in body([*CONSIDERING, *CITING, *DECIDING[:2], *rows]) if p[0] == "diktum"]
    assert found == [("diktum", label, "Menetapkan hal itu dengan ketentuan: a. satu; dan b. dua.") for label in labels]


def test_a_dictum_named_in_the_text_opens_none() -> None:
    rows = part("KESATU", "sebagaimana dimaksud dalam Diktum", "KEDUA wajib dipenuhi.")
    found = [p for p in body([*CONSIDERING, *CITING, *DECIDING[:2], *rows]) if p[0] == "diktum"]
    assert found == [("diktum", "KESATU", "sebagaimana dimaksud dalam Diktum KEDUA wajib dipenuhi.")]


@pytest.mark.parametrize("word", ["MEMUTUSKAN", "MEMUTUSKAN :", "M E M U T U S K A N :", "Memutuskan:", "MEMUTUSKAN;"])
def test_reads_the_decision(word: str) -> None:
    assert body([*CONSIDERING, *CITING, word, *DECIDING[1:]]) == EXPECTED


def test_a_repeated_label_goes_on() -> None:
    first: list[Row] = [*HEAD, *CONSIDERING, *CITING[:1]]
    second: list[Row] = [*part("Mengingat", "[2.] Undang-Undang Nomor 7 Tahun 2017;"), *DECIDING]
    assert provisions(read(first, second)) == EXPECTED


def test_a_web_address_in_the_text_stays() -> None:
    dictum = part("KETIGA", "Keputusan ini diumumkan pada laman", "www.kpu.go.id dan papan", "pengumuman.")
    first: list[Row] = [*HEAD, *CONSIDERING, *CITING, *DECIDING, *dictum[:2]]
    decree = read_decree([page_of(1, first, top=842 - 16.0 * len(first) - 50), page_of(2, dictum[2:])])
    assert isinstance(decree, DecreeText)
    assert decree.provisions[-1].text.text == "Keputusan ini diumumkan pada laman www.kpu.go.id dan papan pengumuman."
