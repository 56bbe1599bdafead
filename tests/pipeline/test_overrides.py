"""Decisions of people from the file to the tables: replayed on every run, only where they hold, and only for their document."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from normalize.overrides import FILE, Decision, as_json, parse_overrides
from normalize.overrides_replay import boxes_of, text_of
from pipeline.cli import main
from pipeline.errors import OverridesUnreadable
from pipeline.ingest import Settings, ingest
from pipeline.overrides import append, load_overrides
from pipeline.rebuild import rebuild
from pipeline.runner import run_here, run_pool
from pipeline.storage import LocalFolder, folder_at
from pipeline.summary import Summary
from tests.pipeline import stubs

Row = dict[str, Any]
RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
DECREES = ("lembah-kirana-118-2021.pdf", "arunika-9-2024.pdf")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of two invented decrees, as read; tests work on copies."""
    folder = tmp_path_factory.mktemp("read")
    (folder / "raw").mkdir()
    for name in DECREES:
        shutil.copy(RAW / name, folder / "raw" / name)
    ingest([folder / "raw"], Settings(folder / "tables", 1), run=run_here)
    return folder


@pytest.fixture
def out(read: Path, tmp_path: Path) -> Path:
    shutil.copytree(read / "tables", tmp_path / "tables")
    return tmp_path / "tables"


def table(out: Path, name: str) -> list[Row]:
    rows: list[Row] = pq.read_table(out / f"{name}.parquet").to_pylist()
    return rows


def decree(out: Path, name: str = DECREES[0]) -> Row:
    return next(row for row in table(out, "documents") if row["source_path"].endswith(name))


def rows_of(out: Path, name: str, document_id: str) -> list[Row]:
    return [row for row in table(out, name) if row["document_id"] == document_id]


def decide(row: Row, where: str, field: str, value: object, **more: Any) -> Decision:
    told: dict[str, Any] = {
        "document_id": row["document_id"],
        "table": where,
        "field": field,
        "key": "",
        "page": None,
        "boxes": boxes_of(row),
        "text": text_of(where, row) or None,
        "before": as_json(row.get(field)),
        "value": as_json(value),
        "decided_by": "Sari",
        "decided_at": "2026-01-05T10:00:00+07:00",
        "why": "dilihat pada naskah",
    }
    return Decision(**told | more)


def go(out: Path, *decisions: Decision) -> Summary:
    append(LocalFolder(out), decisions)
    return rebuild(out, 1, run=run_here)


def told(out: Path) -> list[tuple[str, str | None]]:
    return [(row["status"], row["reason"]) for row in table(out, "overrides")]


def test_a_header_value_is_decided_and_everything_follows(out: Path) -> None:
    head = decree(out)
    go(out, decide(head, "documents", "number_raw", "119/HK.03.1/3504/2020"), decide(head, "documents", "satker_code", "3504"))
    made = decree(out)
    assert (made["number"], made["classification"], made["year"]) == (119, "HK.03.1", 2020)
    assert (made["satker_name"], made["province_code"]) == ("Kabupaten Tulungagung", "35")
    assert {"number_raw", "satker_code", "number", "year"} <= set(made["decided"])
    for name in ("plan_rows", "coverage", "coverage_areas"):
        assert {(row["satker_code"], row["year"]) for row in rows_of(out, name, head["document_id"])} == {("3504", 2020)}
    fields = {row["field"]: row for row in rows_of(out, "fields", head["document_id"])}
    assert (fields["number_raw"]["origin"], fields["number_raw"]["text"]) == ("override", "119/HK.03.1/3504/2020")
    assert fields["number_raw"]["raw"] == head["number_raw"]
    assert fields["title"]["origin"] == "printed"
    assert told(out) == [("applied", None)] * 2


def test_an_indicator_is_decided_and_the_coverage_follows(out: Path) -> None:
    key = decree(out)["document_id"]
    plan = rows_of(out, "plan_rows", key)
    before = {row["indicator_id"]: row for row in rows_of(out, "coverage", key)}
    row = next(row for row in plan if row["match_status"] == "review" and row["indicator_id"].startswith("A6.P4"))
    assert before["A6.P5"]["status"] == "missing"
    go(out, decide(row, "plan_rows", "indicator_id", "A6.P5"))
    made = rows_of(out, "plan_rows", key)[row["row_order"] - 1]
    assert (made["indicator_id"], made["match_status"], made["decided"]) == ("A6.P5", "override", ["indicator_id"])
    assert (made["match_score"], made["candidates"]) == (row["match_score"], row["candidates"])
    after = {row["indicator_id"]: row for row in rows_of(out, "coverage", key)}
    assert (after["A6.P5"]["status"], after["A6.P5"]["row_count"], after["A6.P5"]["best_score"]) == ("present", 1, 100.0)
    assert after["A6.P4"]["row_count"] == before["A6.P4"]["row_count"] - 1
    assert sum(row["row_count"] for row in after.values()) == sum(row["row_count"] for row in before.values())


def test_rows_that_serve_nothing_count_for_no_component(out: Path) -> None:
    key = decree(out)["document_id"]
    rows = [row for row in rows_of(out, "plan_rows", key) if (row["indicator_id"] or "").startswith("A1.P1")]
    go(out, *(decide(row, "plan_rows", "indicator_id", None) for row in rows))
    made = [row for row in rows_of(out, "plan_rows", key) if row["match_status"] == "override"]
    assert [row["indicator_id"] for row in made] == [None] * len(rows)
    covered = {row["indicator_id"]: row for row in rows_of(out, "coverage", key)}
    assert (covered["A1.P1"]["status"], covered["A1.P1"]["row_count"]) == ("missing", 0)


def test_a_text_is_decided_before_it_is_matched(out: Path) -> None:
    key = decree(out)["document_id"]
    row = rows_of(out, "plan_rows", key)[0]
    said = "Penanganan benturan kepentingan telah disosialisasikan"
    go(
        out,
        decide(row, "plan_rows", "item", said),
        decide(row, "plan_rows", "component", "Penanganan Benturan Kepentingan"),
        decide(row, "plan_rows", "area", "Penguatan Pengawasan"),
    )
    made = rows_of(out, "plan_rows", key)[0]
    assert made["item"] == said
    assert made["indicator_id"] != row["indicator_id"]
    assert made["indicator_id"].startswith("A5.P5")
    assert told(out) == [("applied", None)] * 3


def test_a_component_is_decided_and_the_areas_are_summed_anew(out: Path) -> None:
    head = decree(out, DECREES[1])
    one = next(row for row in rows_of(out, "coverage", head["document_id"]) if row["status"] == "uncertain")
    areas = {row["area_id"]: row for row in rows_of(out, "coverage_areas", head["document_id"])}
    go(out, decide(one, "coverage", "status", "present"))
    made = next(row for row in rows_of(out, "coverage", head["document_id"]) if row["indicator_id"] == one["indicator_id"])
    assert (made["status"], made["reasons"], made["decided"]) == ("present", [], ["status"])
    after = {row["area_id"]: row for row in rows_of(out, "coverage_areas", head["document_id"])}
    for area in (one["area_id"], "all"):
        assert after[area]["present"] == areas[area]["present"] + 1
        assert after[area]["uncertain"] == areas[area]["uncertain"] - 1
    assert told(out) == [("applied", None)]


def test_a_component_is_stale_when_it_was_concluded_from_something_else(out: Path) -> None:
    head = decree(out, DECREES[1])
    one = next(row for row in rows_of(out, "coverage", head["document_id"]) if row["status"] == "uncertain")
    go(out, decide({**one, "reasons": ["page-not-read:7"]}, "coverage", "status", "missing"))
    assert told(out) == [("stale", "row-changed")]
    assert rows_of(out, "coverage", head["document_id"])[0]["decided"] == []


def test_decisions_stay_and_no_run_reads_again_for_them(read: Path, out: Path) -> None:
    head = decree(out)
    append(LocalFolder(out), [decide(head, "documents", "place", "Kirana Baru")])
    first = ingest([read / "raw"], Settings(out, 1), run=run_here)
    assert (first.extracted, first.rebuilt, first.unchanged) == (0, 1, 1)
    assert first.overrides == {"applied": 1}
    made = {path.name: path.read_bytes() for path in out.glob("*.parquet")}
    again = ingest([read / "raw"], Settings(out, 1), run=run_here, work=stubs.never)
    assert (again.unchanged, again.overrides) == (2, {"applied": 1})
    rebuild(out, 1, run=run_here)
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet")} == made
    assert decree(out)["place"] == "Kirana Baru"


def test_a_document_without_decisions_is_left_alone_to_the_byte(read: Path, out: Path) -> None:
    other = decree(out, DECREES[1])["document_id"]
    kept = next((out / ".zi" / "rows").rglob(f"{other}.zi"))
    before, rows = kept.read_bytes(), rows_of(out, "plan_rows", other)
    append(LocalFolder(out), [decide(decree(out), "documents", "place", "Kirana Baru")])
    ingest([read / "raw"], Settings(out, 1), run=run_here)
    rebuild(out, 1, run=run_here)
    assert (kept.read_bytes(), rows_of(out, "plan_rows", other)) == (before, rows)


def test_a_file_that_is_gone_takes_its_decisions_along(read: Path, out: Path) -> None:
    before = {path.name: path.read_bytes() for path in out.glob("*.parquet")}
    go(out, decide(decree(out), "documents", "place", "Kirana Baru"))
    (out / FILE).unlink()
    summary = ingest([read / "raw"], Settings(out, 1), run=run_here)
    assert (summary.extracted, summary.rebuilt) == (0, 1)
    assert {path.name: path.read_bytes() for path in out.glob("*.parquet")} == before


def test_a_decree_read_now_is_decided_like_one_that_was_read_before(read: Path, out: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    go(out, decide(decree(out), "documents", "place", "Kirana Baru"))
    shutil.copy(out / FILE, fresh / FILE)
    ingest([read / "raw"], Settings(fresh, 2), run=run_pool)
    names = {path.name for path in out.glob("*.parquet")}
    assert {name: (fresh / name).read_bytes() for name in names} == {name: (out / name).read_bytes() for name in names}


def test_what_does_not_hold_is_stale_and_changes_nothing(out: Path) -> None:
    head, before = decree(out), table(out, "plan_rows")
    row = rows_of(out, "plan_rows", head["document_id"])[2]
    summary = go(
        out,
        decide(head, "documents", "place", "Kirana Baru", before=as_json("Kirana Lama")),
        decide({**row, "printed": [{"header": "X", "text": "another"}]}, "plan_rows", "months", [1]),
        decide(row, "plan_rows", "indicator_id", "A9.P9.z"),
        decide(head, "documents", "place", "Kirana Baru", document_id="f" * 16),
    )
    assert told(out) == [
        ("stale", "value-changed"),
        ("stale", "row-changed"),
        ("stale", "value-not-known"),
        ("elsewhere", None),
    ]
    assert (decree(out), table(out, "plan_rows")) == (head, before)
    assert any("3 stale" in line and "zi review --list" in line for line in summary.lines())


def test_the_last_decision_holds(out: Path) -> None:
    head = decree(out)
    go(out, decide(head, "documents", "place", "Satu"))
    go(out, decide(decree(out), "documents", "place", "Dua"))
    assert decree(out)["place"] == "Dua"
    assert told(out) == [("superseded", None), ("applied", None)]


def test_the_table_tells_who_when_and_why(out: Path) -> None:
    row = rows_of(out, "plan_rows", decree(out)["document_id"])[1]
    go(out, decide(row, "plan_rows", "months", [1, 2], page=4))
    (made,) = table(out, "overrides")
    assert (made["decided_by"], made["decided_at"], made["why"]) == (
        "Sari",
        "2026-01-05T10:00:00+07:00",
        "dilihat pada naskah",
    )
    assert (made["override_order"], made["key"], made["page"]) == (1, row["row_id"], 4)
    assert (json.loads(made["before"]), json.loads(made["value"])) == (row["months"], [1, 2])


def test_inspect_shows_what_was_decided(read: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = rows_of(out, "plan_rows", decree(out)["document_id"])[1]
    append(LocalFolder(out), [decide(row, "plan_rows", "indicator_id", "A6.P5")])
    assert main(["inspect", str(read / "raw" / DECREES[0]), "--out", str(out), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)["plan_rows"][1]
    assert (shown["indicator_id"], shown["match_status"]) == ("A6.P5", "override")


def test_decisions_on_findings_wait_for_the_audit(out: Path) -> None:
    head = decree(out)
    seen = {"before": "null", "text": "abc"}
    one = decide(head, "findings", "decision", "confirmed", **seen)
    summary = go(out, one, decide(head, "findings", "decision", "dismissed", **seen))
    assert told(out) == [("superseded", None), ("applied", None)]
    assert {row["key"] for row in table(out, "overrides")} == {"abc"}
    assert summary.exit_code == 0


def test_a_torn_line_is_told_never_lost_and_the_others_are_used(read: Path, out: Path) -> None:
    head = decree(out)
    torn = decide(head, "documents", "title", "x").as_line()[:-30]
    (out / FILE).write_text(torn)
    summary = go(out, decide(head, "documents", "place", "Kirana Baru"))
    assert (out / FILE).read_text().startswith(torn + "\n")
    assert decree(out)["place"] == "Kirana Baru"
    (failure,) = summary.failures
    assert (failure.source_path, failure.code, summary.exit_code) == (FILE, "broken-override", 1)
    assert "Line 1" in failure.message
    assert [row["override_order"] for row in table(out, "overrides")] == [2]


def test_a_file_that_cannot_be_read_stops_the_run_and_leaves_the_tables(out: Path) -> None:
    (out / FILE).mkdir()
    before = (out / "documents.parquet").read_bytes()
    with pytest.raises(OverridesUnreadable):
        rebuild(out, 1, run=run_here)
    assert (out / "documents.parquet").read_bytes() == before


@pytest.mark.parametrize("place", [str, lambda path: f"memory://{path.name}"])
def test_lines_are_appended_here_and_far_away(tmp_path: Path, place: Callable[[Path], str]) -> None:
    address = place(tmp_path)
    folder = folder_at(address if "://" in address else Path(address))
    row = {"document_id": "d", "place": "a"}
    for value in ("b", "c"):
        append(folder, [decide(row, "documents", "place", value)])
    assert [one.value for one in load_overrides(folder).decisions] == ['"b"', '"c"']
    data = folder.read(FILE)
    assert data is not None
    assert len(parse_overrides(data).decisions) == data.count(b"\n") == 2
