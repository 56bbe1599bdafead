"""Tables of the audit and of the review: findings, comparison across offices and years, decisions of people."""

from __future__ import annotations

from normalize.schema_types import (
    BOOL,
    BOXES,
    DOCUMENT_ID,
    INT,
    NEVER,
    PAGE,
    PLACES,
    REAL,
    REASONS,
    SATKER,
    STRING,
    YEAR,
    Column,
    Table,
)

FINDINGS = Table(
    "findings",
    "one thing that an auditor should look at, made by `zi audit`; `docs/findings.md` has the codes",
    ("document_id", "code", "page", "subject", "finding_id"),
    (
        DOCUMENT_ID,
        SATKER,
        Column("code", STRING, 'stable name: "component-missing"', NEVER),
        Column("severity", STRING, "info | warning | error; never error where it may be a misreading of zi", NEVER),
        Column("subject", STRING, "id or field it is about"),
        Column("message", STRING, "in Bahasa Indonesia", NEVER),
        Column("expected", STRING, "what should stand there", "nothing to compare with"),
        Column("found", STRING, "what stands there", "nothing found"),
        PAGE,
        Column("finding_id", STRING, "stable name of the finding, from what it says and where", NEVER),
        Column("decree_id", STRING, "document that stands for the decree: copies of it repeat its findings", NEVER),
        YEAR,
        Column(
            "certainty",
            STRING,
            "sure (the document or a verified fact proves it) | likely (rests on other decrees, or on a fact not verified) | "
            "look (zi may have misread: only a request to look)",
            NEVER,
        ),
        Column("confidence", REAL, "chance that what it rests on was read right", NEVER, "0..1"),
        Column("doubts", REASONS, "why it is no surer, as stable words; [] = it is sure", NEVER),
        Column("message_en", STRING, "in English", NEVER),
        Column("source", STRING, "rule of law, fact of the register or decrees that it rests on, in Bahasa Indonesia", NEVER),
        Column("source_en", STRING, "the same in English", NEVER),
        Column("row_ids", REASONS, "plan rows it is about; [] = none", NEVER),
        Column(
            "places",
            PLACES,
            "what to look at: role found | expected, document, page, box from the top left of the upright page",
            NEVER,
            "PDF points",
        ),
        Column("decision", STRING, "what a person decided: confirmed | dismissed", "nobody has decided"),
    ),
)

SIMILAR_PLANS = Table(
    "similar_plans",
    "one pair of plans of two decrees that share wording; the later one stands first",
    ("document_id", "share_order"),
    (
        DOCUMENT_ID,
        Column("share_order", INT, "from 1: the pair of this document that shares most comes first", NEVER),
        SATKER,
        YEAR,
        Column("other_document_id", STRING, "the other plan", NEVER),
        Column("other_satker_code", STRING, "its office", "office not known; never a guess"),
        Column("other_year", INT, "its year"),
        Column("rows", INT, "rows of the plan that say something", NEVER),
        Column(
            "shared_rows", INT, "those of them whose wording the other plan has too, but for names of offices and years", NEVER
        ),
        Column("share", REAL, "shared_rows of rows", NEVER, "0..1"),
        Column("other_share", REAL, "the same share of the other plan", NEVER, "0..1"),
        Column("only_here", INT, "of the shared rows, those whose wording stands in these two plans only", NEVER),
        Column("relation", STRING, "same-office (another year) | other-office", NEVER),
    ),
)

PLAN_CHANGES = Table(
    "plan_changes",
    "one row that an office changed, added or dropped since its plan of the year before",
    ("document_id", "change_order"),
    (
        DOCUMENT_ID,
        Column("change_order", INT, "from 1 in the document", NEVER),
        SATKER,
        YEAR,
        Column("before_document_id", STRING, "the office's plan before", NEVER),
        Column("before_year", INT, "its year"),
        Column("change", STRING, "added | dropped | reworded | moved-months | moved-indicator", NEVER),
        Column("indicator_id", STRING, "indicator of the row, of the dropped one where it is gone", "serves no indicator"),
        Column("row_id", STRING, "the row", "dropped"),
        Column("before_row_id", STRING, "the row before", "added"),
        Column("text", STRING, "what it says now", "dropped"),
        Column("before_text", STRING, "what it said before", "added"),
        Column("needs_review", BOOL, "one of the two rows was read with doubt: the change may be none", NEVER),
    ),
)

PLAN_FIGURES = Table(
    "plan_figures",
    'one figure of one plan beside those of all plans of its year: rows or months of work per area ("all": of the whole plan)',
    ("document_id", "figure", "area_id"),
    (
        DOCUMENT_ID,
        SATKER,
        YEAR,
        Column("figure", STRING, "rows | months (months of work, summed over rows) | unscheduled (rows without months)", NEVER),
        Column("area_id", STRING, "area of the taxonomy, or all", NEVER),
        Column("value", REAL, "of this plan", "not determinable"),
        Column("median", REAL, "over the plans of the year, one per decree", "fewer than five plans"),
        Column("low", REAL, "lowest value that is no outlier", "fewer than five plans"),
        Column("high", REAL, "highest value that is no outlier", "fewer than five plans"),
        Column("outlier", STRING, "low | high", "none, or not determinable"),
        Column("plans", INT, "plans compared", NEVER),
        Column("uncertain_rows", INT, "rows that may count otherwise: read or matched with doubt", NEVER),
    ),
)

CONSENSUS = Table(
    "consensus",
    "one wording of one indicator, with how many offices use it",
    ("indicator_id", "wording_order"),
    (
        Column("indicator_id", STRING, "the indicator", NEVER),
        Column("wording_order", INT, "from 1: the wording that most offices use comes first", NEVER),
        Column("field", STRING, "what is worded: item | action | evidence | component", NEVER),
        Column("text", STRING, "the wording as most of them print it, names of offices and years left out", NEVER),
        Column("offices", INT, "offices that use it", NEVER),
        Column("plans", INT, "plans that use it", NEVER),
        Column("share", REAL, "of the offices that plan the indicator with this field filled", NEVER, "0..1"),
        Column("example_row_id", STRING, "a row that has it", NEVER),
    ),
)

OVERRIDES = Table(
    "overrides",
    "one decision of a person, as the overrides file holds it, and what became of it",
    ("override_order",),
    (
        Column("override_order", INT, "line of the overrides file, from 1", NEVER),
        Column("override_id", STRING, "stable name of the decision", NEVER),
        Column("document_id", STRING, DOCUMENT_ID.meaning, NEVER),
        Column("table", STRING, "documents | legal_bases | plan_rows | coverage | findings", NEVER),
        Column("field", STRING, "the column decided; * = the row as a whole was read right", NEVER),
        Column("key", STRING, "what it is about, for a person: row_id, part and order, indicator, finding", NEVER),
        PAGE,
        Column("boxes", BOXES, "where it stood when it was decided", NEVER, "PDF points"),
        Column("before", STRING, "value when it was decided, as JSON", NEVER),
        Column("value", STRING, "value decided, as JSON", NEVER),
        Column(
            "status",
            STRING,
            "applied | stale (what it was about is gone, or has another value now) | superseded (a later line decides "
            "the same) | elsewhere (its document is not among these)",
            NEVER,
        ),
        Column("reason", STRING, "why it is stale, as a stable word", "it is not stale"),
        Column("decided_by", STRING, "who", NEVER),
        Column("decided_at", STRING, "when, ISO 8601 with time zone", NEVER),
        Column("why", STRING, "why, in the words of who decided", "nothing was said"),
    ),
)
