"""`zi export --csv`: files that Excel opens as they are, and a description that programs check."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from normalize.schema import TABLES
from tests.zi import made
from tests.zi.freeze import OLD
from zi.cells import guarded
from zi.errors import ExportNotWritable, NoTables, NothingAsked
from zi.export import Wanted, export

TYPES = {"string", "integer", "number", "boolean", "date", "array"}
NAME = re.compile(r"[-a-z0-9._/]+")
PROPERTIES = {"name", "type", "description", "unit", "decimalChar", "trueValues", "falseValues", "constraints"}


@pytest.fixture(scope="module")
def out(parquet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csv")
    export(parquet, Wanted(folder, None))
    return folder


def described(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def resource(folder: Path, name: str) -> dict[str, Any]:
    return next(one for one in described(folder)["resources"] if one["name"] == name)


def rows(folder: Path, name: str, separator: str = ",") -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def value(text: str, field: Mapping[str, Any], missing: list[str]) -> object:
    """A cell as a reader of the standard takes it; an error where it is none of its type."""
    if text in missing:
        assert not field.get("constraints", {}).get("required"), field["name"]
        return None
    kind = field["type"]
    if kind == "array":
        found = json.loads(text)
        assert isinstance(found, list)
        return found
    if kind == "boolean":
        return {**dict.fromkeys(field["trueValues"], True), **dict.fromkeys(field["falseValues"], False)}[text]
    if kind == "number":
        return float(text.replace(field.get("decimalChar", "."), "."))
    if kind == "date":
        return date.fromisoformat(text)
    return int(text) if kind == "integer" else text


def test_every_table_is_there_as_excel_wants_it(out: Path) -> None:
    assert {path.name for path in out.iterdir()} == {*(f"{name}.csv" for name in TABLES), "datapackage.json"}
    data = (out / "plan_rows.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfrow_id,document_id") and data.count(b"\r\n") == 11


def test_values_come_back(out: Path) -> None:
    first, second = rows(out, "plan_rows")[:2]
    assert (first["months"], first["needs_review"], first["confidence"], first["area"]) == ("[1, 2]", "false", "1.0", "")
    assert rows(out, "documents")[0]["date"] == "2023-01-16"
    assert second["indicator_id"] == "A2.P1"


def test_excel_runs_nothing(out: Path) -> None:
    cells = [cell for path in out.glob("*.csv") for row in rows(out, path.stem) for cell in row.values()]
    assert "'=1+1" in cells and "'- Notulen rapat" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+62 811", "'+62 811"),
        ("-2", "'-2"),
        ("- Rapat", "'- Rapat"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\t", "'\t"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("-", "-"),
        ("'kutipan'", "'kutipan'"),
        ("rapat = baik", "rapat = baik"),
        ("", ""),
    ],
)
def test_a_guard_can_be_taken_off(text: str, safe: str) -> None:
    assert guarded(text) == safe
    assert (re.sub(r"^'(?='*[=+\-@\t\r＝＋－＠])", "", safe) if safe != text else safe) == text


def test_texts_as_they_are_on_request(parquet: Path, tmp_path: Path) -> None:
    made_of = export(parquet, Wanted(tmp_path, None, guard=False))
    assert rows(tmp_path, "plan_rows")[1]["action"] == "=1+1" and made_of.guarded == 0
    assert "apostrophe" not in described(tmp_path)["description"]


def test_what_was_guarded_is_told(parquet: Path, tmp_path: Path) -> None:
    found = export(parquet, Wanted(tmp_path, None))
    assert found.guarded == 3 and "3 cells got an apostrophe" in found.lines()[-1]
    assert "apostrophe" in described(tmp_path)["description"]
    assert found.as_json()["rows"] == {name: len(made.small().get(name, ())) for name in TABLES}


def test_a_semicolon_comes_with_a_decimal_comma(parquet: Path, tmp_path: Path) -> None:
    export(parquet, Wanted(tmp_path, None, ";"))
    assert rows(tmp_path, "coverage", ";")[0]["weight"] == "0,5"
    told = resource(tmp_path, "coverage")
    assert told["dialect"]["delimiter"] == ";"
    assert {field["name"]: field.get("decimalChar") for field in told["schema"]["fields"]}["weight"] == ","


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_description_holds(separator: str, parquet: Path, tmp_path: Path) -> None:
    """The rules of the standard (Tabular Data Package 1, Table Schema 1), and every cell against them."""
    export(parquet, Wanted(tmp_path, None, separator))
    package = described(tmp_path)
    assert package["profile"] == "tabular-data-package" and NAME.fullmatch(package["name"]) and package["title"]
    names = [one["name"] for one in package["resources"]]
    assert names == list(TABLES) and len(set(names)) == len(names)
    for one in package["resources"]:
        path = tmp_path / one["path"]
        data = path.read_bytes()
        assert one["profile"] == "tabular-data-resource" and NAME.fullmatch(one["name"]) and ".." not in one["path"]
        assert one["encoding"] == "utf-8" and one["bytes"] == len(data)
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert one["dialect"] == {
            "delimiter": separator,
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        }
        check_table(one, rows(tmp_path, one["name"], separator), package)


def check_table(one: Mapping[str, Any], found: list[dict[str, str]], package: Mapping[str, Any]) -> None:
    schema, fields = one["schema"], one["schema"]["fields"]
    assert {field["type"] for field in fields} <= TYPES and schema["missingValues"] == [""]
    for field, column in zip(fields, TABLES[one["name"]].columns, strict=True):
        assert field["name"] == column.name and column.meaning in field["description"] and set(field) <= PROPERTIES
        assert field.get("unit", "") == column.unit and (column.null in field["description"] or column.null == "never null")
    values = [{f["name"]: value(row[f["name"]], f, schema["missingValues"]) for f in fields} for row in found]
    for field in fields:
        allowed = field.get("constraints", {}).get("enum")
        assert allowed is None or {v[field["name"]] for v in values} <= {*allowed, None}, field["name"]
    key = schema.get("primaryKey", [])
    assert bool(key) == (one["name"] != "failures")
    assert not key or len({tuple(str(v[name]) for name in key) for v in values}) == len(values)
    for reference in schema.get("foreignKeys", []):
        other = next(o for o in package["resources"] if o["name"] == reference["reference"]["resource"])
        assert reference["reference"]["fields"] == other["schema"]["primaryKey"]
        assert {*reference["fields"]} <= {field["name"] for field in fields}


def test_a_key_that_is_none_is_not_claimed(tmp_path: Path) -> None:
    tables = made.small()
    tables["plan_rows"].append(tables["plan_rows"][-1])
    export(made.write(tmp_path / "tables", tables), Wanted(tmp_path / "csv", tmp_path / "x.db"))
    assert "primaryKey" not in resource(tmp_path / "csv", "plan_rows")["schema"]


def test_a_word_that_is_not_known_is_allowed_for(tmp_path: Path) -> None:
    tables = made.small()
    tables["coverage"][0]["status"] = "half"
    export(made.write(tmp_path / "tables", tables), Wanted(tmp_path / "csv", None))
    told = resource(tmp_path / "csv", "coverage")
    check_table(told, rows(tmp_path / "csv", "coverage"), described(tmp_path / "csv"))


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_old_tables_are_described_as_they_are(version: str, tmp_path: Path) -> None:
    export(OLD / version, Wanted(tmp_path, None))
    package = described(tmp_path)
    assert package["version"] == version and "zi rebuild" in package["description"]
    for one in package["resources"]:
        check_table(one, rows(tmp_path, one["name"]), package)


def test_the_same_tables_give_the_same_bytes(parquet: Path, out: Path, tmp_path: Path) -> None:
    export(parquet, Wanted(tmp_path, None))
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {p.name: p.read_bytes() for p in out.iterdir()}


def test_what_was_there_is_replaced_whole_and_nothing_else(parquet: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "pages.csv").write_text("old")
    (tmp_path / "plan_rows.csv").mkdir()
    with pytest.raises(ExportNotWritable, match="plan_rows"):
        export(parquet, Wanted(tmp_path, None))
    assert (tmp_path / "pages.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "pages.csv", "plan_rows.csv"]


def test_what_cannot_be_done_is_told(parquet: Path, tmp_path: Path) -> None:
    with pytest.raises(NothingAsked, match="--csv"):
        export(parquet, Wanted(None, None))
    with pytest.raises(NoTables):
        export(tmp_path, Wanted(tmp_path / "csv", None))
    assert not (tmp_path / "csv").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportNotWritable, match="file"):
        export(parquet, Wanted(tmp_path / "file" / "csv", None))
