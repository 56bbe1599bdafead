"""The signatures under a lampiran are read as they stand there, whatever stands under the decree itself."""

from __future__ import annotations

from extract.decree import DecreeText, read_decree
from normalize.decree import lampiran_text_rows
from tests.extract.decree_pages import LEFT, SIGNING, WHOLE, Row, page_of

HEADING: list[Row] = [
    "LAMPIRAN",
    "KEPUTUSAN KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA",
    "NOMOR 12 TAHUN 2024",
    None,
    "RENCANA KERJA",
]
CERTIFIED: list[Row] = [
    [(LEFT, "Salinan sesuai dengan aslinya")],
    [(LEFT, "SEKRETARIAT KOMISI PEMILIHAN UMUM")],
    [(LEFT, "Kepala Sub Bagian Hukum,")],
    None,
]


def below(*rows: Row) -> dict[str, str]:
    """Signatures that the table of the lampiran's texts tells for a decree with such a last page."""
    decree = read_decree([page_of(1, [*WHOLE, None, *CERTIFIED, [(LEFT, "BUDI UTOMO")]]), page_of(2, [*HEADING, None, *rows])])
    assert isinstance(decree, DecreeText)
    told = {str(row["part"]): str(row["text"]) for row in lampiran_text_rows("d", decree)}
    assert (decree.signatory and decree.signatory.text, decree.certifier and decree.certifier.text) == (
        "SITI AMINAH",
        "BUDI UTOMO",
    )
    return {part: text for part, text in told.items() if part.startswith(("signatory", "certifier"))}


def test_names_are_those_of_the_lampiran_also_where_they_are_spelled_otherwise() -> None:
    signatory: Row = [(300, "SITTI AMINAH")]
    certifier: Row = [(LEFT, "BUDHI UTOMO")]
    assert below(*SIGNING[:-1], signatory, None, *CERTIFIED, certifier) == {
        "signatory_title": "KETUA KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA",
        "signatory": "SITTI AMINAH",
        "certifier_title": "Kepala Sub Bagian Hukum",
        "certifier": "BUDHI UTOMO",
    }


def test_a_lampiran_without_signatures_tells_none() -> None:
    assert below("Rencana ini berlaku satu tahun.") == {}
