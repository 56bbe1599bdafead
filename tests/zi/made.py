"""Folders of tables by hand: a few decrees of invented offices whose answers can be counted on the fingers.

Sagara has a decree of 2023 and its scan; Arunika one of 2023 where a component is uncertain; Nusa one of 2024 whose plan lies
in a lampiran of its own; of a fourth decree the office is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pyarrow.types as at

from normalize.schema import TABLES
from pipeline.parquet import replaced_tables
from pipeline.rows import as_table
from pipeline.storage import LocalFolder
from zi.known import vocabularies

Row = dict[str, object]

SAGARA, SCAN, ARUNIKA, NUSA, LAMPIRAN, NOBODY = (f"d0c000000000000{n}" for n in range(1, 7))
OFFICES = {
    SAGARA: ("3201", "Kabupaten Sagara Timur", "kabupaten", "32"),
    SCAN: ("3201", "Kabupaten Sagara Timur", "kabupaten", "32"),
    ARUNIKA: ("3471", "Kota Arunika", "kota", "34"),
    NUSA: ("36", "Provinsi Nusa", "provinsi", "36"),
    LAMPIRAN: ("36", "Provinsi Nusa", "provinsi", "36"),
    NOBODY: (None, None, None, None),
}
YEARS = {SAGARA: 2023, SCAN: 2023, ARUNIKA: 2023, NUSA: 2024, LAMPIRAN: 2024, NOBODY: None}
COMPONENTS = {"A1.P1": 0.5, "A1.P2": 1.0, "A2.P1": 1.5, "H1.a": 17.5}
AREAS = {"A1": "Manajemen Perubahan", "A2": "Penataan Tatalaksana", "H1": "Birokrasi yang Bersih"}


def row(table: str, **values: object) -> Row:
    """A row with plain values in every column that is not told: null where it may be, else [], false, 1 or some word."""
    plain: Row = {}
    for column in TABLES[table].schema:
        if column.name in values:
            plain[column.name] = values.pop(column.name)
        elif column.nullable:
            plain[column.name] = None
        elif at.is_list(column.type):
            plain[column.name] = []
        elif at.is_boolean(column.type):
            plain[column.name] = False
        else:
            word = vocabularies().get(table, {}).get(column.name, ["teks"])[0]
            plain[column.name] = 1.0 if at.is_floating(column.type) else 1 if at.is_integer(column.type) else word
    assert not values, values
    return plain


def write(folder: Path, tables: Mapping[str, Iterable[Row]]) -> Path:
    """The folder, after every table was written to it as zi does, with these rows."""
    folder.mkdir(parents=True, exist_ok=True)
    with replaced_tables(LocalFolder(folder), "taxonomy of the test") as out:
        out.content = "made by hand"
        for name in TABLES:
            for batch in as_table(name, list(tables.get(name, ()))).to_batches():
                out.add(name, batch)
    return folder


def small() -> dict[str, list[Row]]:
    """The decrees that the module tells of, as rows by table."""
    return {
        "documents": [
            document(SAGARA, date=date(2023, 1, 16), plan_form="zi-2021"),
            document(SCAN, decree_id=SAGARA, kind="scanned", date=date(2023, 1, 16), needs_review=True, plan_form="zi-2021"),
            document(ARUNIKA, date=date(2023, 12, 4), plan_form="zi-2014"),
            document(NUSA, date=date(2024, 2, 1)),
            document(LAMPIRAN, decree_id=NUSA, document_part="lampiran", lampiran_no="I", plan_form="zi-2021"),
            document(NOBODY),
        ],
        "plan_rows": [
            plan_row(SAGARA, 1, "A1.P1", [1, 2], action="Membentuk tim kerja", evidence="SK tim"),
            plan_row(SAGARA, 2, "A2.P1", [3], action="=1+1", evidence="- Notulen rapat"),
            plan_row(
                SCAN, 1, "A1.P1", [1, 2], action="Membentuk tim kerja", needs_review=True, review_reasons=["read-unsurely"]
            ),
            plan_row(SCAN, 2, "A2.P1", [3], action="=1+1"),
            plan_row(ARUNIKA, 1, "A1.P1", [1], action="Membentuk tim kerja", evidence="SK tim"),
            plan_row(ARUNIKA, 2, "A1.P2", [6], match_status="review"),
            plan_row(ARUNIKA, 3, "A1.P2", [7], needs_review=True, review_reasons=["mark-faint"]),
            plan_row(ARUNIKA, 4, "A1.P2", None),
            plan_row(ARUNIKA, 5, None, [], match_status="none"),
            plan_row(LAMPIRAN, 1, "A1.P1", [1, 2, 12], action="Membentuk tim"),
        ],
        "coverage": [
            *covered(SAGARA, {"A1.P1": "present", "A1.P2": "missing", "A2.P1": "present", "H1.a": "missing"}),
            *covered(SCAN, {"A1.P1": "present", "A1.P2": "uncertain", "A2.P1": "present", "H1.a": "uncertain"}),
            *covered(ARUNIKA, {"A1.P1": "present", "A1.P2": "uncertain", "A2.P1": "missing", "H1.a": "missing"}),
            *covered(LAMPIRAN, {"A1.P1": "present", "A1.P2": "missing", "A2.P1": "missing", "H1.a": "missing"}),
            *covered(NOBODY, dict.fromkeys(COMPONENTS, "uncertain")),
        ],
        "indicators": indicators(),
        "legal_bases": [
            cited(SAGARA, 1, "uu-5-2014"),
            cited(SCAN, 1, "uu-5-2014"),
            cited(ARUNIKA, 1, "uu-5-2014"),
            cited(ARUNIKA, 2, "uu-28-1999"),
            cited(ARUNIKA, 3, None, needs_review=True),
            cited(NUSA, 1, "pp-53-2010"),
        ],
        "similar_plans": [
            row(
                "similar_plans",
                document_id=ARUNIKA,
                satker_code="3471",
                year=2023,
                other_document_id=SAGARA,
                other_satker_code="3201",
                other_year=2023,
                rows=5,
                shared_rows=4,
                share=0.8,
                relation="other-office",
            )
        ],
        "findings": [
            finding(SAGARA, "f1", "sure", severity="error"),
            finding(SCAN, "f1", "look"),
            finding(ARUNIKA, "f2", "look", decision="dismissed"),
            finding(LAMPIRAN, "f3", "likely"),
        ],
    }


def document(key: str, **values: object) -> Row:
    """A digital decree of its office that was read surely."""
    code, name, level, province = OFFICES[key]
    told: Row = {
        "document_id": key,
        "decree_id": key,
        "source_path": f"{key}.pdf",
        "kind": "digital",
        "document_part": "decree",
        "satker_code": code,
        "satker_name": name,
        "satker_level": level,
        "province_code": province,
        "year": YEARS[key],
    }
    return row("documents", **(told | values))


def plan_row(key: str, order: int, indicator: str | None, months: list[int] | None, **values: object) -> Row:
    """A row of a plan that was read and matched surely."""
    told: Row = {
        "row_id": f"{key}-{order:04}",
        "document_id": key,
        "satker_code": OFFICES[key][0],
        "year": YEARS[key],
        "row_order": order,
        "indicator_id": indicator,
        "months": months,
        "match_status": "accepted",
        "match_method": "wording",
    }
    return row("plan_rows", **(told | values))


def covered(key: str, statuses: Mapping[str, str]) -> list[Row]:
    """The components of a plan; the form of 2014 has no H1.a."""
    form = {SAGARA: "zi-2021", SCAN: "zi-2021", ARUNIKA: "zi-2014", LAMPIRAN: "zi-2021"}.get(key)
    return [
        row(
            "coverage",
            document_id=key,
            satker_code=OFFICES[key][0],
            year=YEARS[key],
            indicator_id=component,
            area_id=component.partition(".")[0],
            status=status,
            row_count=int(status == "present"),
            best_score=99.0 if status == "present" else None,
            weight=COMPONENTS[component],
            form=form,
            in_form=None if form is None else not (form == "zi-2014" and component == "H1.a"),
            reasons=["row-may-serve-it"] if status == "uncertain" else [],
        )
        for component, status in statuses.items()
    ]


def indicators() -> list[Row]:
    """A form of three areas and four components."""
    nodes: list[tuple[str, str, str | None, str, str, float | None]]
    nodes = [(area, area, None, "area", name, None) for area, name in AREAS.items()]
    nodes += [(c, c.partition(".")[0], c, "component", f"Komponen {c}", weight) for c, weight in COMPONENTS.items()]
    return [
        row(
            "indicators",
            indicator_id=key,
            indicator_order=order,
            area_id=area,
            component_id=component,
            level=level,
            name=name,
            weight=weight,
            form="zi-2021",
        )
        for order, (key, area, component, level, name, weight) in enumerate(sorted(nodes, key=lambda node: node[0]), 1)
    ]


def cited(key: str, order: int, instrument: str | None, **values: object) -> Row:
    """An instrument in the Mengingat of a decree."""
    told: Row = {"document_id": key, "part": "mengingat", "item_order": order, "instrument_id": instrument}
    return row("legal_bases", **(told | {"relation": "cited", "text": instrument or "Surat"} | values))


def finding(key: str, name: str, certainty: str, **values: object) -> Row:
    """A finding on a document."""
    told: Row = {
        "document_id": key,
        "decree_id": {SCAN: SAGARA, LAMPIRAN: NUSA}.get(key, key),
        "satker_code": OFFICES[key][0],
        "finding_id": name,
        "code": "instrument-replaced",
        "severity": "info",
        "certainty": certainty,
        "message": "Pesan.",
    }
    return row("findings", **(told | values))
