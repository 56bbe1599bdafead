"""What a decree says, apart from how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Series = Literal["LN", "TLN", "BN"]
Relation = Literal["cited", "amended_by"]


@dataclass(frozen=True, slots=True)
class Gazette:
    """A place of publication; a supplement (TLN) prints no year."""

    series: Series
    number: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """An instrument that is cited.

    Attributes:
        kind: the canonical type ("UU", "PermenPANRB").
        printed: the type as it is printed ("Undang - Undang"), where it differs from the usual name.
        link: the words that lead to it where it amends the one before.
    """

    kind: str
    number: str
    year: int
    title: str
    gazettes: tuple[Gazette, ...] = ()
    relation: Relation = "cited"
    printed: str | None = None
    link: str = " sebagaimana telah diubah dengan "
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One paragraph of legal bases: the instrument and what changed it."""

    refs: tuple[Ref, ...]
    end: str = ";"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A lettered or numbered paragraph, or a diktum."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, or who certified the copy; `office` stands above the title of a certifier."""

    title: str
    name: str
    office: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    r"""A leaf row with everything a table could print of it; a layout chooses its columns.

    `\n` starts a new paragraph in the cell. `months` is what `target` means, and what a grid shows.
    """

    area_no: str
    area: str
    component_no: str
    component: str
    item_no: str
    item: str
    indicator: str
    action: str
    evidence: str
    target: str
    months: tuple[int, ...]
    notes: str = ""
    responsible: str = ""
    quantity: str = ""
    budget: str = ""
    realised: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of work: its title and its rows in print order."""

    title: str
    rows: tuple[PlanRow, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A row of a team list."""

    name: str
    post: str
    role: str


@dataclass(frozen=True, slots=True)
class Team:
    """A team list, as the first table of a lampiran."""

    title: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the narrative with its paragraphs, and a list of legal bases of its own."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    bases: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Decree:
    """A whole decree of an invented office."""

    doc_id: str
    office: tuple[str, str]
    number_raw: str
    number: int
    classification: str | None
    year: int
    title: str
    place: str
    date: str
    date_text: str
    considerations: tuple[Paragraph, ...]
    bases: tuple[Citation, ...]
    observing: tuple[Paragraph, ...]
    observed_refs: tuple[tuple[Ref, ...], ...]
    dictums: tuple[Paragraph, ...]
    signed: Signature
    certified: Signature | None
    narrative: tuple[Section, ...] = ()
    team: Team | None = None
    plan: Plan | None = None

    @property
    def institution(self) -> str:
        """The office on one line."""
        return " ".join(self.office)

    @property
    def decides(self) -> str:
        """What stands after Menetapkan."""
        return f"KEPUTUSAN {self.institution} TENTANG {self.title}."


_TYPE_NAMES = {
    "UU": "Undang-Undang",
    "Perppu": "Peraturan Pemerintah Pengganti Undang-Undang",
    "PP": "Peraturan Pemerintah",
    "Perpres": "Peraturan Presiden",
    "Inpres": "Instruksi Presiden",
    "PermenPANRB": "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi",
    "Permendagri": "Peraturan Menteri Dalam Negeri",
    "PKPU": "Peraturan Komisi Pemilihan Umum",
    "KepKPU": "Keputusan Komisi Pemilihan Umum",
    "Surat": "Surat",
    "BA": "Berita Acara",
}


def _gazette_text(gazettes: Sequence[Gazette]) -> str:
    names = {"LN": "Lembaran Negara", "BN": "Berita Negara", "TLN": "Tambahan Lembaran Negara"}
    parts = [f"{names[g.series]} Republik Indonesia{f' Tahun {g.year}' if g.year else ''} Nomor {g.number}" for g in gazettes]
    return f" ({', '.join(parts)})" if parts else ""


def ref_text(ref: Ref) -> str:
    """One instrument as it is printed in prose."""
    name = ref.printed or _TYPE_NAMES[ref.kind]
    year = "" if str(ref.year) in ref.number else f" Tahun {ref.year}"
    date = f" tanggal {ref.date}" if ref.date else ""
    about = "perihal" if ref.kind == "Surat" else "tentang"
    return f"{name} Nomor {ref.number}{year}{date} {about} {ref.title}{_gazette_text(ref.gazettes)}"


def citation_text(citation: Citation) -> str:
    """A paragraph of legal bases as it is printed."""
    first, *others = citation.refs
    return ref_text(first) + "".join(r.link + ref_text(r) for r in others) + citation.end
