"""The description of the CSV files for programs: a Frictionless Tabular Data Package (version 1 of the standard)."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.types as at

from normalize.schema import TABLES
from normalize.schema_types import Column
from zi.csv_export import LINE_END, CsvForm, Written
from zi.folder import Folder
from zi.known import keys, vocabularies

NAME = "zi-tables"
TITLE = "Decrees of the KPU on Zona Integritas work plans, read by zi"
GUARDED = (
    "Texts that begin as formulas do (= + - @, tab, carriage return) have an apostrophe before them, as had those that began "
    "with apostrophes and such a sign: take one off to get what was printed."
)
NULL = ""
Described = dict[str, object]


def datapackage(folder: Folder, written: Sequence[Written], form: CsvForm, unique: frozenset[str]) -> Described:
    """The content of `datapackage.json`.

    Args:
        folder: the tables.
        written: the files.
        form: how they were written.
        unique: tables whose key was found to tell their rows apart.
    """
    documents = folder.files["documents"].metadata
    notes = [*folder.notes, *([GUARDED] if form.guard else [])]
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": TITLE,
        "description": " ".join(["One CSV per table; an empty cell is null, which is never an empty text.", *notes]),
        "version": folder.version or "unknown",
        "zi": {key: value for key, value in sorted(documents.items()) if key.startswith("zi.") and key not in PER_TABLE},
        "resources": [_resource(folder, one, form, unique) for one in written],
    }


PER_TABLE = ("zi.table", "zi.row")
"""Metadata of a file that are of its table, and no others."""


def _resource(folder: Folder, one: Written, form: CsvForm, unique: frozenset[str]) -> Described:
    table = TABLES[one.table]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.name,
        "description": f"One row: {table.row}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": one.size,
        "hash": f"sha256:{one.sha256}",
        "dialect": {
            "delimiter": form.separator,
            "lineTerminator": LINE_END,
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        },
        "schema": _schema(folder, table.name, table.columns, form, unique),
    }


def _schema(folder: Folder, table: str, columns: Sequence[Column], form: CsvForm, unique: frozenset[str]) -> Described:
    known = keys(table)
    schema: Described = {
        "fields": [_field(folder, table, column, form) for column in columns],
        "missingValues": [NULL],
    }
    if table in unique:
        schema["primaryKey"] = list(known.key)
    references = [(name, of) for name, of in known.references.items() if of in unique]
    if references:
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": of, "fields": list(keys(of).key)}} for name, of in references
        ]
    return schema


def _field(folder: Folder, table: str, column: Column, form: CsvForm) -> Described:
    required = not folder.schema(table).field(column.name).nullable
    unit = f" ({column.unit})" if column.unit else ""
    null = "" if required else f" Null: {column.null}."
    field: Described = {
        "name": column.name,
        "type": type_of(column.type),
        "description": f"{column.meaning}{unit}.{null}",
    }
    if column.unit:
        field["unit"] = column.unit
    if field["type"] == "number" and form.decimal != ".":
        field["decimalChar"] = form.decimal
    if field["type"] == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: Described = {"required": True} if required else {}
    words = vocabularies().get(table, {}).get(column.name)
    if words is not None:
        there = folder.arrow(table, [column.name])[column.name].drop_null().unique().to_pylist()
        constraints["enum"] = [*words, *sorted(set(there) - set(words))]  # a later zi may have added some
    return field | ({"constraints": constraints} if constraints else {})


def type_of(kind: pa.DataType) -> str:
    """The Frictionless type of an Arrow type."""
    if at.is_boolean(kind):
        return "boolean"
    if at.is_integer(kind):
        return "integer"
    if at.is_floating(kind):
        return "number"
    if at.is_date(kind):
        return "date"
    return "array" if at.is_list(kind) else "string"
