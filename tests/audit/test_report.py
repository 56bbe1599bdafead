"""What the report's file holds: data as it is in the tables, hostile text as text, the same bytes each time."""

from __future__ import annotations

import base64
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from audit.errors import NoTables
from audit.report import write_report
from audit.report.page import SCRIPTS, texts
from bench.national import read_samples, write_country
from tests.audit.report_tables import COPY, GAPS, HOSTILE, NO_PLAN, STRANGE, WHOLE, OneCrop, components, write_tables


class Scripts(HTMLParser):
    """The script elements of a page as a browser cuts them, by id; the running one under its content's beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.by_id: dict[str, str] = {}
        self.kinds: list[str | None] = []
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            about = dict(attrs)
            self.kinds.append(about.get("type"))
            self._open = about.get("id") or "program"
            self.by_id[self._open] = ""

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self.by_id[self._open] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._open = None


def scripts_of(report: Path) -> Scripts:
    parsed = Scripts()
    parsed.feed(report.read_text(encoding="utf-8"))
    return parsed


def unpacked(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(text)))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tables(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="module")
def report(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report")
    return write_report(tables, out, OneCrop(out))


@pytest.fixture(scope="module")
def overview(report: Path) -> Any:
    return json.loads(scripts_of(report).by_id["overview"])


def detail_of(report: Path, overview: Any, key: str) -> Any:
    chunk, position = next(doc["at"] for doc in overview["docs"] if doc["id"] == key)
    return unpacked(scripts_of(report).by_id[f"chunk-{chunk}"])[position]


def test_is_the_same_for_the_same_tables(tables: Path, report: Path, tmp_path: Path) -> None:
    again = write_report(tables, tmp_path / "again.html", OneCrop(tmp_path))

    assert again.read_bytes() == report.read_bytes()


def test_every_document_has_its_line(overview: Any) -> None:
    docs = {doc["id"]: doc for doc in overview["docs"]}

    assert len(docs) == 6
    assert docs[WHOLE]["cells"] == "p" * 45
    assert docs[GAPS]["cells"] == "m" * 5 + "u" + "p" * 38 + "n"
    assert docs[NO_PLAN]["cells"] is None
    assert overview["docs"][docs[COPY]["of"]]["id"] == GAPS
    assert docs[GAPS]["of"] is None


def test_findings_of_copies_are_not_counted_twice(overview: Any) -> None:
    counted = {(code, severity, certainty): n for code, severity, certainty, _, n in overview["tally"]}

    assert counted["invented-0", "error", "sure"] == 1


def test_decided_coverage_is_told_apart(tables: Path, tmp_path: Path) -> None:
    folder = write_tables(tmp_path / "tables")
    table = pq.read_table(folder / "coverage.parquet")
    rows = [{**row, "decided": ["status"]} if row["indicator_id"] == "A1.P1" else row for row in table.to_pylist()]
    pq.write_table(table.from_pylist(rows, schema=table.schema), folder / "coverage.parquet")

    report = write_report(folder, tmp_path / "out", None)

    docs = {doc["id"]: doc for doc in json.loads(scripts_of(report).by_id["overview"])["docs"]}
    assert docs[WHOLE]["cells"] == "P" + "p" * 44
    assert docs[GAPS]["cells"].startswith("Mm")


def test_hostile_text_stays_inside_its_element(report: Path, overview: Any) -> None:
    parsed = scripts_of(report)

    assert parsed.kinds.count(None) == 1  # one running script, the report's own
    assert "document.title='taken'" not in parsed.by_id["program"]
    detail = detail_of(report, overview, STRANGE)
    title = next(value for value in detail["header"] if value["field"] == "title")
    assert title["value"] == HOSTILE
    assert next(doc["office"] for doc in overview["docs"] if doc["id"] == STRANGE).startswith("</script>")


def test_nothing_is_fetched_and_no_other_script_may_run(report: Path) -> None:
    page = report.read_text(encoding="utf-8")

    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    assert "connect-src" not in policy[1]
    assert not re.search(r'(?:src|href)="(?!#)', page.partition('id="texts"')[0])
    assert "innerHTML" not in scripts_of(report).by_id["program"]


def test_each_finding_and_each_doubt_has_its_crop(report: Path, overview: Any) -> None:
    detail = detail_of(report, overview, GAPS)

    first = detail["findings"][0]
    assert first[2] == [["found", GAPS, 2, "crops/one.png"], ["expected", GAPS, 9, None]]
    assert [bool(row.get("crops")) for row in detail["rows"]] == [True, True, True, False]
    title = next(value for value in detail["header"] if value["field"] == "title")
    assert title["review"]
    assert title["crops"] == [[2, "crops/one.png"]]


def test_sure_values_ask_for_no_crop(tables: Path, tmp_path: Path) -> None:
    crops = OneCrop(tmp_path)

    write_report(tables, tmp_path, crops)

    assert WHOLE not in {document for document, _ in crops.asked}


def test_without_crops_places_stay(tables: Path, tmp_path: Path) -> None:
    report = write_report(tables, tmp_path, None)

    overview = json.loads(scripts_of(report).by_id["overview"])
    assert detail_of(report, overview, GAPS)["findings"][0][2][0] == ["found", GAPS, 2, None]


def test_schedule_counts_rows_by_month(report: Path, overview: Any) -> None:
    grids = unpacked(scripts_of(report).by_id["large-schedule"])
    index = [doc["id"] for doc in overview["docs"]].index(WHOLE)

    assert grids[index][:14] == "11100000000111"  # January to March, December, one row without months, one not to be told
    assert set(grids[index][14:]) == {"0"}
    assert grids[[doc["id"] for doc in overview["docs"]].index(NO_PLAN)] is None


def test_gazettes_of_one_instrument_stand_side_by_side(report: Path) -> None:
    (instrument,) = unpacked(scripts_of(report).by_id["large-legal"])

    assert instrument["id"] == "permenpanrb-90-2021"
    assert sorted(gazette[0][2] for gazette in instrument["gazettes"]) == ["1571", "1751"]
    assert len(instrument["cites"]) == 6


def test_columns_are_the_components_in_the_order_of_the_form(overview: Any) -> None:
    assert [component["id"] for component in overview["components"]] == components()
    assert sum(area["weight"] for area in overview["areas"]) == pytest.approx(100.0)


def test_no_findings_and_no_documents_are_no_trouble(tmp_path: Path) -> None:
    everything = ["documents", "coverage", "fields", "legal_bases", "provisions", "plan_rows", "findings", "overrides"]
    folder = write_tables(
        tmp_path / "tables", without=[*everything, "similar_plans", "plan_changes", "plan_figures", "failures"]
    )

    report = write_report(folder, tmp_path / "out", None)

    assert json.loads(scripts_of(report).by_id["overview"])["docs"] == []


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoTables):
        write_report(tmp_path, tmp_path / "out", None)

    assert not (tmp_path / "out").exists()


def test_every_text_that_the_scripts_ask_for_is_there_in_both_languages() -> None:
    folder = Path(__file__).parents[2] / "audit" / "report"
    said = texts()
    assert isinstance(said, dict)
    asked = {key for name in SCRIPTS for key in re.findall(r'\bt\("([^"$]+)"', (folder / name).read_text(encoding="utf-8"))}

    assert asked - said.keys() == set()
    assert all(len(both) == 2 and all(both) for both in said.values())
    assert {path.name for path in folder.glob("*.js")} == set(SCRIPTS)


def test_an_invented_country_grows_out_of_the_sample(tables: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert write_country(tables, tmp_path / name, read_samples(tables), offices=4, years=2) == 8

    reports = [write_report(tmp_path / name, tmp_path / f"{name}.html", None) for name in ("one", "two")]

    docs = json.loads(scripts_of(reports[0]).by_id["overview"])["docs"]
    assert len({(doc["office"], doc["year"]) for doc in docs}) == 8
    assert len({doc["cells"] for doc in docs}) > 4
    assert reports[0].read_bytes() == reports[1].read_bytes()
