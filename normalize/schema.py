"""The tables that users read: columns, types, meanings, what null says, and how rows are sorted.

Columns are never renamed or dropped without an issue that says so; new ones may be added (raise `SCHEMA_VERSION` then).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pyarrow as pa

SCHEMA_VERSION = "1.1"
"""Major: a column was renamed, dropped or changed its type. Minor: something was added."""

STRING = pa.string()
INT = pa.int32()
BIG = pa.int64()
REAL = pa.float64()
BOOL = pa.bool_()
DATE = pa.date32()
BOXES = pa.list_(pa.struct([("page", INT), ("x0", REAL), ("top", REAL), ("x1", REAL), ("bottom", REAL)]))
GAZETTES = pa.list_(pa.struct([("series", STRING), ("year", INT), ("number", STRING)]))
PRINTED = pa.list_(pa.struct([("header", STRING), ("text", STRING)]))
MONTHS = pa.list_(pa.int8())
REASONS = pa.list_(STRING)
CANDIDATES = pa.list_(pa.struct([("id", STRING), ("score", REAL)]))

NOT_PRINTED = "not there or not readable"
NEVER = "never null"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: as in the file.
        type: Arrow type.
        meaning: one line for the data dictionary.
        null: what null says.
        unit: unit of a number, empty where it has none.
    """

    name: str
    type: pa.DataType
    meaning: str
    null: str = NOT_PRINTED
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, and the columns that its rows are sorted by."""

    name: str
    row: str
    sort: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """Arrow schema with the meaning of each column in its metadata."""
        return pa.schema([pa.field(c.name, c.type, c.null != NEVER, _metadata(c)) for c in self.columns])


def _metadata(column: Column) -> dict[str, str]:
    about = {"meaning": column.meaning, "null": column.null}
    return {**about, "unit": column.unit} if column.unit else about


_DOCUMENT = Column("document_id", STRING, "first 16 hex digits of the SHA-256 of the file's bytes", NEVER)
_PAGE = Column("page", INT, "page it is printed on, from 1")
_SURE = Column("confidence", REAL, "how sure the reading is", NEVER, "0..1")
_REASONS = Column("review_reasons", REASONS, "why to look at it, as stable words; [] = nothing", NEVER)
_REVIEW = Column("needs_review", BOOL, "a person should look: repaired by guess, or read with doubt", NEVER)
_SATKER = Column("satker_code", STRING, 'office, Kemendagri code: "36", "3504"', "office not known; never a guess")
_YEAR = Column("year", INT, "year of the decree")

DOCUMENTS = Table(
    "documents",
    "one distinct PDF (by content)",
    ("document_id",),
    (
        _DOCUMENT,
        Column("source_path", STRING, "the file, as reached from the PATH given", NEVER),
        Column("page_count", INT, "pages of the PDF", NEVER),
        Column("kind", STRING, "digital | scanned | mixed", NEVER),
        Column("institution", STRING, "office as printed, one line"),
        _SATKER,
        Column("satker_name", STRING, 'name of the office\'s region: "Kabupaten Tulungagung"', "office not known"),
        Column("satker_level", STRING, "provinsi | kabupaten | kota | pusat", "office not known"),
        Column("province_code", STRING, 'Kemendagri code of the province: "35"', "office not known, or no province"),
        Column("number_raw", STRING, 'number as printed: "004/HK.03.1/36/2022"'),
        Column("number", BIG, "running number: 4"),
        Column("classification", STRING, 'archive class in the number: "HK.03.1", without "-Kpt"'),
        _YEAR,
        Column("title", STRING, "what follows TENTANG, one line"),
        Column("place", STRING, "place of signing"),
        Column("date", DATE, "date of signing"),
        Column("signatory_title", STRING, "office of who signed, without closing comma"),
        Column("signatory", STRING, "who signed"),
        Column("is_copy", BOOL, "the print says SALINAN"),
        Column("certifier_title", STRING, "office of who certified the copy, without closing comma"),
        Column("certifier", STRING, "who certified the copy"),
        Column("decides", STRING, "text after Menetapkan"),
        Column("plan_title", STRING, "heading of the plan in the lampiran", "no plan, or no heading"),
        Column(
            "plan_form",
            STRING,
            "form that the plan was written to, by its wording: zi-2021 | zi-2014 | pmprb-2020",
            "not clear",
        ),
        _SURE,
        _REVIEW,
        _REASONS,
    ),
)

PROVISIONS = Table(
    "provisions",
    "one lettered or numbered paragraph",
    ("document_id", "part_order", "order"),
    (
        _DOCUMENT,
        Column("part", STRING, "menimbang | mengingat | memperhatikan | diktum", NEVER),
        Column("order", INT, "from 1 in its part", NEVER),
        Column("label", STRING, '"a", "1", "KESATU"', "printed without a label"),
        Column("text", STRING, "the paragraph, spelling as printed"),
        _PAGE,
        _SURE,
    ),
)

LEGAL_BASES = Table(
    "legal_bases",
    "one legal instrument cited",
    ("document_id", "part_order", "item_order", "ref_order"),
    (
        _DOCUMENT,
        Column("part", STRING, "mengingat | memperhatikan | menimbang | lampiran", NEVER),
        Column("item_order", INT, "the paragraph in its part, from 1", NEVER),
        Column("ref_order", INT, "the citation in its paragraph, from 1", NEVER),
        Column("instrument_id", STRING, 'canonical: "uu-28-1999", "permenpanrb-90-2021"', "type, number or year missing"),
        Column("type", STRING, "UU, Perppu, PP, Perpres, PermenPANRB, PKPU, KepKPU, BA, Surat, ..."),
        Column("number", STRING, 'as printed: "28", "314/ORT.07-Kpt/01/KPU/V/2021"'),
        Column("year", INT, "year of the instrument"),
        Column("title", STRING, "title as printed, without TENTANG"),
        Column("relation", STRING, "cited | amended_by", NEVER),
        Column("gazettes", GAZETTES, "LN, TLN, BN as printed, also when wrong"),
        _PAGE,
        _SURE,
        _REVIEW,
        _REASONS,
    ),
)

PLAN_ROWS = Table(
    "plan_rows",
    "one leaf row of the lampiran table, merged cells filled down",
    ("document_id", "row_order"),
    (
        Column("row_id", STRING, "stable name of the row", NEVER),
        _DOCUMENT,
        _SATKER,
        _YEAR,
        Column("row_order", INT, "from 1 in the document", NEVER),
        Column("area_no", STRING, "number of the area, as printed"),
        Column("area", STRING, "area of change", "not printed, whatever the taxonomy says"),
        Column("component_no", STRING, "number of the component, as printed"),
        Column("component", STRING, "first level under the area"),
        Column("item_no", STRING, 'number of the item, as printed: "a"'),
        Column("item", STRING, "level under the component"),
        Column("success_indicator", STRING, "INDIKATOR KEBERHASILAN, INDIKATOR KINERJA"),
        Column("action", STRING, "what is to be done: RENCANA AKSI, LANGKAH AKSI, UPAYA"),
        Column("evidence", STRING, "BUKTI, DATA DUKUNG, OUTPUT, EVIDEN"),
        Column("target_raw", STRING, "target time as printed"),
        Column("months", MONTHS, "months marked in the grid, or meant by target_raw; [] = none marked", "not determinable"),
        Column("notes", STRING, "KET, KETERANGAN"),
        Column("printed", PRINTED, "every column as printed, also those without a field here", NEVER),
        Column("page_start", INT, "page where the row begins, from 1", NEVER),
        Column("page_end", INT, "page where the row ends", NEVER),
        Column("boxes", BOXES, "where the row is, from the top left of the upright page", NEVER, "PDF points"),
        Column(
            "indicator_id",
            STRING,
            "best match in the taxonomy: an item, or a component where the row covers several items",
            "serves no indicator",
        ),
        Column(
            "match_score",
            REAL,
            "probability that it is the right one; of the best candidate where there is none",
            NEVER,
            "0..100",
        ),
        Column(
            "component_score",
            REAL,
            "probability that its component is right, often sure where the item is not",
            NEVER,
            "0..100",
        ),
        Column("match_margin", REAL, "lead over the next different indicator", NEVER, "0..100"),
        Column("match_method", STRING, "what it rests on: wording | words | heading | neighbours | none", NEVER),
        Column("match_status", STRING, "accepted | review | none | override", NEVER),
        Column("candidates", CANDIDATES, "the chosen indicator, then the next likeliest, with their scores", NEVER),
        Column("match_words", REASONS, "words that spoke for it most, best first; [] = none", NEVER),
        _SURE,
        _REVIEW,
        _REASONS,
    ),
)

FIELDS = Table(
    "fields",
    "one header value of a decree, with where it was read",
    ("document_id", "field"),
    (
        _DOCUMENT,
        Column("field", STRING, "its column in documents", NEVER),
        Column("text", STRING, "as printed", "not printed: the value was concluded"),
        Column("raw", STRING, "the text as the OCR engine read it, before repairs", "nothing was repaired"),
        Column("origin", STRING, "printed | inherited | joined | override", NEVER),
        _PAGE,
        Column("boxes", BOXES, "where it is printed, from the top left of the upright page", NEVER, "PDF points"),
        _SURE,
        _REVIEW,
    ),
)

PLAN_COLUMNS = Table(
    "plan_columns",
    "one column of a lampiran table, with the field that it became",
    ("document_id", "table_no", "column_no"),
    (
        _DOCUMENT,
        Column("table_no", INT, "the table in the document, from 1", NEVER),
        Column("column_no", INT, "from the left, from 1", NEVER),
        Column("header", STRING, "header as printed, upper level first"),
        Column("field", STRING, "its column in plan_rows", "only in printed"),
        Column("page", INT, "page of the header, from 1", NEVER),
    ),
)

PAGES = Table(
    "pages",
    "one page of a PDF",
    ("document_id", "page"),
    (
        _DOCUMENT,
        Column("page", INT, "from 1", NEVER),
        Column("kind", STRING, "digital | scanned | unreadable | blank", NEVER),
        Column("rotation", INT, "turned clockwise to make its text upright", NEVER, "degrees"),
        Column("width", REAL, "of the upright page", NEVER, "PDF points"),
        Column("height", REAL, "of the upright page", NEVER, "PDF points"),
    ),
)

COVERAGE = Table(
    "coverage",
    "one component of the reference form in one document that has a plan, or may have one",
    ("document_id", "indicator_id"),
    (
        _DOCUMENT,
        _SATKER,
        _YEAR,
        Column("indicator_id", STRING, "component of the taxonomy", NEVER),
        Column("area_id", STRING, "its area", NEVER),
        Column("status", STRING, "present | missing | uncertain (a row may serve it, or not all was read)", NEVER),
        Column("row_count", INT, "plan rows matched to it", NEVER),
        Column("best_score", REAL, "probability that its likeliest row serves it", "no row may serve it", "0..100"),
        Column("weight", REAL, "of the component in the reference form", "the form gives none", "points of 100"),
        Column("form", STRING, "form whose words the plan uses", "not clear"),
        Column("in_form", BOOL, "that form has the component: what it lacks, its plan cannot have", "form not clear"),
        Column("reasons", REASONS, "why it is uncertain, as stable words; [] = it is not", NEVER),
    ),
)

COVERAGE_AREAS = Table(
    "coverage_areas",
    'one area of the reference form in one document, and "all" for the whole form',
    ("document_id", "area_id"),
    (
        _DOCUMENT,
        _SATKER,
        _YEAR,
        Column("area_id", STRING, "area of the taxonomy, or all", NEVER),
        Column("present", INT, "components present", NEVER),
        Column("missing", INT, "components missing", NEVER),
        Column("uncertain", INT, "components that may be there", NEVER),
        Column("weight_present", REAL, "weight of the components present", NEVER, "points of 100"),
        Column("weight_missing", REAL, "weight of the components missing", NEVER, "points of 100"),
        Column("weight_uncertain", REAL, "weight of the components that may be there", NEVER, "points of 100"),
        Column("not_in_form", INT, "of the missing, those that the plan's form does not have", "form not clear"),
        Column("weight_not_in_form", REAL, "their weight", "form not clear", "points of 100"),
        Column("row_count", INT, "plan rows matched to its components", NEVER),
    ),
)

INDICATORS = Table(
    "indicators",
    "one node of the taxonomy that the other tables name, with those above it",
    ("indicator_order",),
    (
        Column("indicator_id", STRING, "its id", NEVER),
        Column("indicator_order", INT, "from 1: the order of the form", NEVER),
        Column("parent_id", STRING, "the node above it", "it stands at the top"),
        Column("component_id", STRING, "the component that it is or belongs to", "it stands above the components"),
        Column("area_id", STRING, "the area that it is or belongs to", "it stands above the areas"),
        Column("level", STRING, "group | area | aspect | component | item", NEVER),
        Column("name", STRING, "as the form prints it", "its wording is not known"),
        Column("weight", REAL, "in its form", "the form gives none", "points of 100"),
        Column("aspect", STRING, "pemenuhan | reform | hasil", "it stands above the aspects"),
        Column("form", STRING, "the form that has it", NEVER),
    ),
)

FINDINGS = Table(
    "findings",
    "one thing that an auditor should look at",
    ("document_id", "code", "page", "subject"),
    (
        _DOCUMENT,
        _SATKER,
        Column("code", STRING, 'stable name: "component-missing"', NEVER),
        Column("severity", STRING, "info | warning | error", NEVER),
        Column("subject", STRING, "id or field it is about"),
        Column("message", STRING, "in Bahasa Indonesia", NEVER),
        Column("expected", STRING, "what should stand there", "nothing to compare with"),
        Column("found", STRING, "what stands there", "nothing found"),
        _PAGE,
    ),
)

FAILURES = Table(
    "failures",
    "one PDF that could not be extracted, or one page that had to be skipped",
    ("source_path", "page", "code"),
    (
        Column("source_path", STRING, "the file or folder, as reached from the PATH given", NEVER),
        Column("document_id", STRING, _DOCUMENT.meaning, "its bytes could not be read"),
        Column("page", INT, "the page, from 1", "the whole document"),
        Column("code", STRING, "stable name: encrypted, damaged, crashed, not-a-pdf, scanned, no-decree, ...", NEVER),
        Column("message", STRING, "what happened and why", NEVER),
        Column("cure", STRING, "what to do", NEVER),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            DOCUMENTS,
            PROVISIONS,
            LEGAL_BASES,
            PLAN_ROWS,
            FIELDS,
            PLAN_COLUMNS,
            PAGES,
            COVERAGE,
            COVERAGE_AREAS,
            INDICATORS,
            FINDINGS,
            FAILURES,
        )
    }
)

PART_ORDER: Mapping[str, int] = MappingProxyType(
    {"menimbang": 1, "mengingat": 2, "memperhatikan": 3, "diktum": 4, "lampiran": 5}
)
"""Order of the parts in a decree; ``part_order`` among the sort keys stands for it."""


def file_metadata(table: Table, version: str, taxonomy: str) -> dict[str, str]:
    """Metadata of a table's file: the versions of schema, program and taxonomy, and what a row is."""
    return {
        "zi.schema_version": SCHEMA_VERSION,
        "zi.version": version,
        "zi.taxonomy_version": taxonomy,
        "zi.table": table.name,
        "zi.row": table.row,
    }
