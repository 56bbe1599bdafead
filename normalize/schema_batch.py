"""Tables of what follows from many decrees: links, coverage, metadata of a feed, failures."""

from __future__ import annotations

from normalize.schema_types import (
    BIG,
    BOOL,
    DATE,
    DECIDED,
    DOCUMENT_ID,
    INT,
    NEVER,
    REAL,
    REASONS,
    SATKER,
    STRING,
    YEAR,
    Column,
    Table,
)

LINKS = Table(
    "links",
    "one file that belongs to another one: a copy of it, or a lampiran of its decree",
    ("source_path",),
    (
        Column("source_path", STRING, "the file, as reached from the PATH given", NEVER),
        DOCUMENT_ID,
        Column("relation", STRING, "same-bytes | same-decree | lampiran-of", NEVER),
        Column("of_document_id", STRING, "the document that it belongs to", NEVER),
        Column("of_source_path", STRING, "file of that document", NEVER),
        Column(
            "reasons",
            REASONS,
            "what speaks for it (bytes, satker, institution, number, year, classification, title, title-part, date, "
            "lampiran-no, file-name), and what against it (words that end in -differs, -doubtful or -missing)",
            NEVER,
        ),
        Column("confidence", REAL, "how sure the link is", NEVER, "0..1"),
        Column("needs_review", BOOL, "a person should decide; `decree_id` does not follow such a link", NEVER),
    ),
)

COVERAGE = Table(
    "coverage",
    "one component of the reference form in one document that has a plan, or may have one",
    ("document_id", "indicator_id"),
    (
        DOCUMENT_ID,
        SATKER,
        YEAR,
        Column("indicator_id", STRING, "component of the taxonomy", NEVER),
        Column("area_id", STRING, "its area", NEVER),
        Column("status", STRING, "present | missing | uncertain (a row may serve it, or not all was read)", NEVER),
        Column("row_count", INT, "plan rows matched to it", NEVER),
        Column("best_score", REAL, "probability that its likeliest row serves it", "no row may serve it", "0..100"),
        Column("weight", REAL, "of the component in the reference form", "the form gives none", "points of 100"),
        Column("form", STRING, "form whose words the plan uses", "not clear"),
        Column("in_form", BOOL, "that form has the component: what it lacks, its plan cannot have", "form not clear"),
        Column("reasons", REASONS, "why it is uncertain, as stable words; [] = it is not", NEVER),
        DECIDED,
    ),
)

COVERAGE_AREAS = Table(
    "coverage_areas",
    'one area of the reference form in one document, and "all" for the whole form',
    ("document_id", "area_id"),
    (
        DOCUMENT_ID,
        SATKER,
        YEAR,
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

JDIH = Table(
    "jdih",
    "what a JDIHN feed says of one PDF: the metadata that `zi fetch` kept beside it",
    ("document_id", "source_path"),
    (
        DOCUMENT_ID,
        Column("source_path", STRING, "the PDF, as reached from the PATH given", NEVER),
        Column("feed", STRING, "the feed that it came from", "the metadata were put there by hand"),
        Column("feed_id", STRING, "id in the sender's database", "not in the feed"),
        Column("url", STRING, "address that the PDF was downloaded from, after redirects", "not in the feed"),
        Column("title", STRING, "judul", "not in the feed"),
        Column("type", STRING, "jenis", "not in the feed"),
        Column("number_raw", STRING, "noPeraturan as sent", "not in the feed"),
        Column("number", BIG, "running number: 4", "not in the feed, or not plain"),
        Column("year", INT, "year field, which some senders fill from another date", "not in the feed"),
        Column("date_enacted", DATE, "tanggal_penetapan: date of signing", "not in the feed, or no full date"),
        Column("date_promulgated", DATE, "tanggal_pengundangan", "not in the feed, or no full date"),
        Column("author", STRING, "teuBadan: region or office", "not in the feed"),
        Column("place", STRING, "tempatTerbit", "not in the feed"),
        Column("status", STRING, "status as sent, without HTML", "not in the feed"),
        Column("in_force", BOOL, "what the status says", "the status is missing, or not plain"),
        Column("subject", STRING, "subjek", "not in the feed"),
        Column("field_of_law", STRING, "bidangHukum", "not in the feed"),
        Column("source", STRING, "sumber: gazette", "not in the feed"),
        Column("detail_url", STRING, "page for people", "not in the feed"),
    ),
)

JDIH_CHECKS = Table(
    "jdih_checks",
    "one field of a feed's metadata against what the decree says",
    ("document_id", "source_path", "field"),
    (
        DOCUMENT_ID,
        Column("source_path", STRING, "the PDF, as reached from the PATH given", NEVER),
        Column("field", STRING, "number | year | date | title | satker | place | sha256", NEVER),
        Column("feed_value", STRING, "what the feed says", "not in the feed"),
        Column("decree_value", STRING, "what was read from the decree"),
        Column("verdict", STRING, "agrees | differs | not-comparable (missing, or a known fault of feeds)", NEVER),
        Column("page", INT, "page where the decree's value is printed, from 1", "not printed, or not known"),
        Column("needs_review", BOOL, "one side is doubtful in itself: differs is a request to look, no claim", NEVER),
    ),
)

FAILURES = Table(
    "failures",
    "one PDF that could not be extracted, or one page that had to be skipped",
    ("source_path", "page", "code"),
    (
        Column("source_path", STRING, "the file or folder, as reached from the PATH given", NEVER),
        Column("document_id", STRING, DOCUMENT_ID.meaning, "its bytes could not be read"),
        Column("page", INT, "the page, from 1", "the whole document"),
        Column("code", STRING, "stable name: encrypted, damaged, crashed, not-a-pdf, scanned, no-decree, ...", NEVER),
        Column("message", STRING, "what happened and why", NEVER),
        Column("cure", STRING, "what to do", NEVER),
    ),
)
