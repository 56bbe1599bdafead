"""A factory of small pages: rows of text at x positions become pages with words."""

from __future__ import annotations

from collections.abc import Sequence

from extract.geometry import BBox
from extract.page import Page, PageKind, Word

WIDTH, HEIGHT = 595.0, 842.0
SIZE = 12.0
LETTER = 5.4
BLANK = 4.0
PITCH = 16.0
LEFT, COLON, NUMBER, TEXT, RIGHT = 72.0, 160.0, 172.0, 196.0, 530.0

Cell = tuple[float, str]
Row = str | list[Cell] | None
"""A centred line, pieces at x positions, or a blank line."""


def words_at(x: float, baseline: float, text: str, page: int, size: float = SIZE) -> list[Word]:
    """The words of a text that begins at ``x``."""
    out = []
    for part in text.split():
        edges = tuple(x + k * LETTER for k in range(len(part) + 1))
        box = BBox(page, x, baseline - 0.8 * size, edges[-1], baseline + 0.2 * size)
        out.append(Word(part, box, baseline, size, bold=False, edges=edges))
        x = edges[-1] + BLANK
    return out


def width_of(text: str) -> float:
    """Printed width of a text."""
    return sum(len(part) * LETTER + BLANK for part in text.split()) - BLANK


def page_of(
    number: int, rows: Sequence[Row], *, top: float = 80.0, kind: PageKind = "digital", turned: Sequence[str] = ()
) -> Page:
    """A page of rows from top to bottom."""
    words: list[Word] = []
    y = top
    for row in rows:
        if isinstance(row, str):
            words += words_at((WIDTH - width_of(row)) / 2, y, row, number)
        elif row is not None:
            for x, text in row:
                words += words_at(x, y, text, number)
        y += PITCH
    aside = tuple(w for text in turned for w in words_at(400, 60, text, number))
    return Page(number, WIDTH, HEIGHT, 0, kind, tuple(words), aside, (), (), (), ())


def part(label: str, *lines: str, colon: str | None = ":") -> list[Row]:
    """A labelled part in columns; a number in brackets stands in a column of its own: "[a.] bahwa"."""
    rows: list[Row] = []
    for i, line in enumerate(lines):
        cells: list[Cell] = []
        if i == 0:
            cells.append((LEFT, label))
            if colon:
                cells.append((COLON, colon))
        if line.startswith("["):
            mark, _, rest = line[1:].partition("] ")
            cells += [(NUMBER, mark), (TEXT, rest)]
        elif any(x.startswith("[") for x in lines):
            cells.append((TEXT, line))
        else:
            cells.append((NUMBER, line))
        rows.append(cells)
    return rows


HEAD: list[Row] = [
    "KOMISI PEMILIHAN UMUM",
    "KABUPATEN RIMBA RAYA",
    None,
    "KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA",
    "NOMOR 12 TAHUN 2024",
    "TENTANG",
    "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS",
    "KABUPATEN RIMBA RAYA TAHUN 2024",
    None,
    "KETUA KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA,",
    None,
]
CONSIDERING = part("Menimbang", "[a.] bahwa untuk membangun zona integritas", "perlu rencana;", "[b.] bahwa demikian;")
CITING = part("Mengingat", "[1.] Undang-Undang Nomor 28 Tahun 1999;", "[2.] Undang-Undang Nomor 7 Tahun 2017;")
DECIDING: list[Row] = [
    "MEMUTUSKAN:",
    *part("Menetapkan", "KEPUTUSAN TENTANG RENCANA KERJA."),
    *part("KESATU", "Menetapkan Rencana Kerja", "sebagaimana tercantum dalam Lampiran."),
    *part("KEDUA", "Keputusan ini mulai berlaku pada tanggal", "ditetapkan."),
]
SIGNING: list[Row] = [
    None,
    [(300, "Ditetapkan di Rimba")],
    [(300, "pada tanggal 3 Maret 2024")],
    [(300, "KETUA KOMISI PEMILIHAN UMUM")],
    [(300, "KABUPATEN RIMBA RAYA,")],
    None,
    [(300, "ttd.")],
    None,
    [(300, "SITI AMINAH")],
]
WHOLE: list[Row] = [*HEAD, *CONSIDERING, *CITING, *DECIDING, *SIGNING]
