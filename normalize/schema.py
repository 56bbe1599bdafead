"""The tables that users read: columns, types, meanings, what null says, and how rows are sorted.

Columns are never renamed or dropped without an issue that says so; new ones may be added (raise `SCHEMA_VERSION` then).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from normalize.schema_audit import CONSENSUS, FINDINGS, OVERRIDES, PLAN_CHANGES, PLAN_FIGURES, SIMILAR_PLANS
from normalize.schema_batch import COVERAGE, COVERAGE_AREAS, FAILURES, INDICATORS, JDIH, JDIH_CHECKS, LINKS
from normalize.schema_decree import DOCUMENTS, FIELDS, LAMPIRAN_TEXTS, LEGAL_BASES, PAGES, PLAN_COLUMNS, PLAN_ROWS, PROVISIONS
from normalize.schema_types import Table

SCHEMA_VERSION = "1.3"
"""Major: a column was renamed, dropped or changed its type. Minor: something was added."""

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            DOCUMENTS,
            LINKS,
            PROVISIONS,
            LAMPIRAN_TEXTS,
            LEGAL_BASES,
            PLAN_ROWS,
            FIELDS,
            PLAN_COLUMNS,
            PAGES,
            COVERAGE,
            COVERAGE_AREAS,
            INDICATORS,
            JDIH,
            JDIH_CHECKS,
            FAILURES,
            OVERRIDES,
            FINDINGS,
            SIMILAR_PLANS,
            PLAN_CHANGES,
            PLAN_FIGURES,
            CONSENSUS,
        )
    }
)

AUDIT_TABLES = ("findings", "similar_plans", "plan_changes", "plan_figures", "consensus")
"""Tables that `zi audit` makes of the others; a run that writes those leaves these empty, as nothing was audited yet."""

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
