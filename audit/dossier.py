"""All that the tables say of one decree, as types: what the rules of the audit look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from normalize.overrides_columns import WHOLE

OF_MONTHS = ("months-", "no-month-", "mark-")
"""How the review reasons of a plan row begin that are about its months alone."""


SURE_MATCHES = ("accepted", "override")
"""Match statuses of a plan row that surely serves its indicator."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on an upright page, in PDF points from its top left; pages count from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it was read, with its place.

    Attributes:
        document_id: the document that prints it.
        text: as printed, one line.
        page: where it begins; None where the tables do not tell.
        boxes: where it stands.
        confidence: chance 0..1 that it is read right.
        doubtful: it is marked for review: what rests on it is a request to look.
    """

    document_id: str
    text: str
    page: int | None
    boxes: tuple[Box, ...]
    confidence: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the decree itself (menimbang, mengingat, memperhatikan, diktum).

    Attributes:
        part: as in the table provisions.
        order: from 1 in its part.
        label: "a", "1", "KESATU".
        text: the whole paragraph.
    """

    part: str
    order: int
    label: str | None
    text: Text


@dataclass(frozen=True, slots=True)
class Gazette:
    """A gazette as cited: series LN | TLN | BN; what was left out is None."""

    series: str
    year: int | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """An instrument as cited.

    Attributes:
        part: menimbang | mengingat | memperhatikan | lampiran.
        item_order: the paragraph in its part, from 1.
        ref_order: the citation in its paragraph, from 1.
        instrument_id: canonical; None where type, number or year is missing.
        type, number, year, title: as printed.
        relation: cited | amended_by.
        gazettes: as printed, also when wrong.
        text: the citation; its boxes are those of the whole paragraph.
    """

    part: str
    item_order: int
    ref_order: int
    instrument_id: str | None
    type: str | None
    number: str | None
    year: int | None
    title: str | None
    relation: str
    gazettes: tuple[Gazette, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class LampiranText:
    """A text of the lampiran outside its tables; ``part`` as in the table lampiran_texts."""

    part: str
    text: Text


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the plan.

    Attributes:
        row_id: stable name.
        order: from 1 in the document.
        values: text of each field that is printed: area, component, item, success_indicator, action, evidence, target_raw,
            notes, and area_no, component_no, item_no.
        months: 1..12; None where not determinable.
        printed: header and text of every column.
        page: where it begins.
        boxes: where it stands.
        indicator_id: best match, also one that is to be reviewed; None where it serves none.
        match_status: accepted | review | none | override.
        confidence: chance 0..1 that its texts are read right.
        reasons: why it is marked for review, as stable words.
        decided: columns that a person decided.
    """

    row_id: str
    document_id: str
    order: int
    values: Mapping[str, str]
    months: tuple[int, ...] | None
    printed: tuple[tuple[str, str], ...]
    page: int
    boxes: tuple[Box, ...]
    indicator_id: str | None
    match_status: str
    confidence: float
    reasons: tuple[str, ...]
    decided: tuple[str, ...]

    @property
    def doubtful(self) -> bool:
        """Its texts were read or placed with doubt; the months may be sure all the same, and the other way round."""
        return any(not reason.startswith(OF_MONTHS) for reason in self.reasons)

    @property
    def months_doubtful(self) -> bool:
        """Its months were read with doubt."""
        return any(reason.startswith(OF_MONTHS) for reason in self.reasons)

    def text_of(self, field: str) -> Text | None:
        """The text of one field; its place is the row's. What a person decided is sure."""
        value = self.values.get(field)
        if value is None:
            return None
        decided = field in self.decided or WHOLE in self.decided
        sure, doubtful = (1.0, False) if decided else (self.confidence, self.doubtful)
        return Text(self.document_id, value, self.page, self.boxes, sure, doubtful)

    @property
    def whole(self) -> Text:
        """All of the row that says what is to be done, as one text."""
        said = [self.values[name] for name in ("component", "item", "action", "evidence") if name in self.values]
        text = " · ".join(dict.fromkeys(said))
        return Text(self.document_id, text, self.page, self.boxes, self.confidence, self.doubtful)


@dataclass(frozen=True, slots=True)
class Covered:
    """One component of the reference form in the plan; ``status``: present | missing | uncertain."""

    indicator_id: str
    area_id: str
    status: str
    row_count: int
    weight: float | None
    in_form: bool | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Dossier:
    """One document.

    Attributes:
        document_id: of the document.
        decree_id: the document that stands for the decree: itself, or another for a copy or a lampiran.
        source_path: the file.
        kind: digital | scanned | mixed.
        part: decree | lampiran (alone: its decree is not in the file).
        page_count: pages of the file.
        satker_code, satker_name, satker_level, province_code: the office; None where not known.
        institution, title: as printed.
        number: running number.
        year: of the decree.
        signed: date of signing.
        plan_form: form that the plan was written to.
        confidence: of the header.
        doubts: why the header is to be reviewed, as "field:reason".
        fields: header values as printed, by column of documents.
        paragraphs: of the decree itself, in order.
        citations: instruments cited, in order.
        lampiran: texts of the lampiran outside its tables, in order.
        rows: of the plan, in order.
        columns: header and field of every column of the plan's tables.
        coverage: components of the reference form; empty where there is no plan.
        lost_pages: pages that could not be read.
    """

    document_id: str
    decree_id: str
    source_path: str
    kind: str
    part: str
    page_count: int
    satker_code: str | None
    satker_name: str | None
    satker_level: str | None
    province_code: str | None
    institution: str | None
    title: str | None
    number: int | None
    year: int | None
    signed: date | None
    plan_form: str | None
    confidence: float
    doubts: tuple[str, ...]
    fields: Mapping[str, Text]
    paragraphs: tuple[Paragraph, ...]
    citations: tuple[Citation, ...]
    lampiran: tuple[LampiranText, ...]
    rows: tuple[PlanRow, ...]
    columns: tuple[tuple[str, str | None], ...]
    coverage: tuple[Covered, ...]
    lost_pages: tuple[int, ...]

    def part_of(self, *parts: str) -> list[Paragraph]:
        """The paragraphs of some parts of the decree."""
        return [p for p in self.paragraphs if p.part in parts]

    def texts_of(self, *parts: str) -> list[Text]:
        """The texts of some parts of the lampiran."""
        return [t.text for t in self.lampiran if t.part in parts]

    def cited_in(self, *parts: str) -> list[Citation]:
        """The instruments cited in some parts."""
        return [c for c in self.citations if c.part in parts]

    @property
    def is_original(self) -> bool:
        """It stands for its decree: no copy of, nor lampiran to, another document among these."""
        return self.decree_id == self.document_id


@dataclass(frozen=True, slots=True)
class Indicator:
    """A node of the taxonomy."""

    indicator_id: str
    order: int
    parent_id: str | None
    component_id: str | None
    area_id: str | None
    level: str
    name: str | None
    weight: float | None
    aspect: str | None
    form: str


@dataclass(frozen=True, eq=False)
class Corpus:
    """All decrees of a folder of tables.

    Attributes:
        dossiers: in order of document_id.
        indicators: nodes of the taxonomy by id.
    """

    dossiers: tuple[Dossier, ...]
    indicators: Mapping[str, Indicator]

    @cached_property
    def by_id(self) -> Mapping[str, Dossier]:
        """The documents by their id."""
        return {one.document_id: one for one in self.dossiers}

    @cached_property
    def decrees(self) -> Sequence[Dossier]:
        """One document for each decree: those that stand for it."""
        return [one for one in self.dossiers if one.is_original]

    @cached_property
    def _families(self) -> Mapping[str, list[Dossier]]:
        families: dict[str, list[Dossier]] = {}
        for one in self.dossiers:
            families.setdefault(one.decree_id, []).append(one)
        return families

    def family_of(self, dossier: Dossier) -> Sequence[Dossier]:
        """All documents of the same decree, itself among them: copies, and lampiran in files of their own."""
        return self._families[dossier.decree_id]
