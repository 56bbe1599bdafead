"""What the report shows at once: every document in a line, the form, figures of the findings, what could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from audit.claims import catalogue
from audit.report.packing import Json
from audit.report.source import Row, Source
from audit.workbook.words import province_names

NO_PLAN = "."
SIGNS = {"present": "p", "missing": "m", "uncertain": "u"}
NOT_IN_FORM = "n"  # missing, and the form that the plan was written to does not have it
DISMISSED = "dismissed"

_OF_KPU = re.compile(r"^(SEKRETARIAT\s+)?KOMISI\s+(PEMILIHAN\s+UMUM|INDEPENDEN\s+PEMILIHAN)\s+", re.IGNORECASE)


def overview(source: Source, places: Mapping[str, tuple[int, int]]) -> Json:
    """The small data of the report.

    Args:
        source: the tables.
        places: chunk, and position in it, of the detail of each document.
    """
    columns = components(source)
    index = {row["document_id"]: n for n, row in enumerate(source.documents)}
    cells = _cells(source, columns)
    found = _findings_of(source)
    return {
        "version": {key.removeprefix("zi."): source.metadata.get(key, "") for key in VERSIONS},
        "areas": _areas(source, columns),
        "components": [
            {"id": c["indicator_id"], "area": c["area_id"], "name": c["name"], "weight": c["weight"], "aspect": c["aspect"]}
            for c in columns
        ],
        "indicators": {i["indicator_id"]: [i["name"], i["component_id"]] for i in source.indicators},
        "provinces": _provinces(source),
        "codes": {
            code: {"id": about.title["id"], "en": about.title["en"], "rule": about.rule, "refuted": about.refuted_by}
            for code, about in catalogue().items()
        },
        "docs": [
            _document(row, index, places, cells.get(row["document_id"]), found.get(row["document_id"]))
            for row in source.documents
        ],
        "tally": _tally(source),
        "failures": [
            [index.get(f["document_id"], -1), f["source_path"], f["page"], f["code"], f["message"], f["cure"]]
            for f in source.rows("failures")
        ],
        "stale": sum(1 for one in source.each("overrides", ["status"]) if one[0] == "stale"),
    }


VERSIONS = ("zi.version", "zi.schema_version", "zi.taxonomy_version", "zi.content")


def components(source: Source) -> Sequence[Row]:
    """The components of the reference form, in its order: those that the table coverage speaks of."""
    named = set(source.table("coverage").column("indicator_id").unique().to_pylist())
    return [row for row in source.indicators if row["indicator_id"] in named]


def office_of(row: Row) -> str:
    """What the office is called in the report: its region, else what is printed, else the file."""
    if row["satker_name"]:
        return str(row["satker_name"])
    if row["institution"]:
        printed = str(row["institution"])
        region = _OF_KPU.sub("", printed)
        return region.title() if region.isupper() else region
    return PurePath(row["source_path"]).name


def _areas(source: Source, columns: Sequence[Row]) -> list[Json]:
    used = list(dict.fromkeys(column["area_id"] for column in columns))
    about = {row["indicator_id"]: row for row in source.indicators}
    return [{"id": area, "name": about[area]["name"], "weight": about[area]["weight"]} for area in used if area in about]


def _provinces(source: Source) -> Json:
    codes = {row["province_code"] for row in source.documents} - {None}
    names = province_names()
    return {code: names.get(code, code) for code in sorted(codes)}


def _cells(source: Source, columns: Sequence[Row]) -> Mapping[str, str]:
    """One sign per component; a capital where a person decided it."""
    order = {row["indicator_id"]: n for n, row in enumerate(columns)}
    signs: dict[str, list[str]] = {}
    wanted = ("document_id", "indicator_id", "status", "in_form", "decided")
    for document, indicator, status, in_form, decided in source.each("coverage", wanted):
        sign = NOT_IN_FORM if status == "missing" and in_form is False else SIGNS[status]
        line = signs.setdefault(document, [NO_PLAN] * len(order))
        line[order[indicator]] = sign.upper() if decided else sign
    return {document: "".join(line) for document, line in signs.items()}


def _findings_of(source: Source) -> Mapping[str, list[int]]:
    """Errors, warnings and remarks of each document, without those that a person dismissed."""
    ranks = {"error": 0, "warning": 1, "info": 2}
    counts: dict[str, list[int]] = {}
    for document, severity, decision in source.each("findings", ("document_id", "severity", "decision")):
        if decision != DISMISSED:
            counts.setdefault(document, [0, 0, 0])[ranks[severity]] += 1
    return counts


def _tally(source: Source) -> list[Json]:
    """How many findings of each code, severity and certainty; copies and lampiran of a decree repeat its findings."""
    wanted = ("document_id", "decree_id", "code", "severity", "certainty", "decision")
    counts = Counter(
        (code, severity, certainty, decision or "")
        for document, decree, code, severity, certainty, decision in source.each("findings", wanted)
        if document == decree
    )
    return [[*key, n] for key, n in sorted(counts.items())]


def _document(
    row: Row,
    index: Mapping[str, int],
    places: Mapping[str, tuple[int, int]],
    cells: str | None,
    found: list[int] | None,
) -> Json:
    return {
        "id": row["document_id"],
        "of": index.get(row["decree_id"], -1) if row["decree_id"] != row["document_id"] else None,
        "office": office_of(row),
        "code": row["satker_code"],
        "level": row["satker_level"],
        "province": row["province_code"],
        "year": row["year"],
        "number": row["number_raw"],
        "kind": row["kind"],
        "part": row["document_part"],
        "form": row["plan_form"],
        "review": row["needs_review"],
        "cells": cells,
        "found": found or [0, 0, 0],
        "at": list(places[row["document_id"]]),
    }
