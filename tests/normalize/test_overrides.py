"""Decisions of people: lines of a file, found again in rows by content, applied, superseded, or stale with a reason."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

import pytest

from normalize.overrides import Decision, Overrides, as_json, parse_overrides
from normalize.overrides_columns import BadValue, value_of_text
from normalize.overrides_derive import settled
from normalize.overrides_replay import Replay, boxes_of, text_of

Row = dict[str, Any]


def box(top: float, page: int = 4) -> Row:
    return {"page": page, "x0": 50.0, "top": top, "x1": 500.0, "bottom": top + 20}


def plan_row(order: int = 1, action: str = "Membentuk tim", top: float | None = None, page: int = 4, **more: object) -> Row:
    printed = [{"header": "KEGIATAN", "text": "Tim Kerja"}, {"header": "RENCANA AKSI", "text": action}]
    return {
        "row_id": f"d-{order:04d}",
        "row_order": order,
        "component": "Tim Kerja",
        "action": action,
        "target_raw": None,
        "months": None,
        "printed": printed,
        "boxes": [box(100.0 + 30 * order if top is None else top, page)],
        "confidence": 0.8,
        "needs_review": True,
        "review_reasons": ["read-unsurely:action@4:60,105", "mark-unsure:Jan"],
        "decided": [],
        **more,
    }


def citation(**more: object) -> Row:
    return {
        "part": "mengingat",
        "item_order": 3,
        "ref_order": 1,
        "instrument_id": "uu-28-1990",
        "type": "UU",
        "number": "28",
        "year": 1990,
        "title": "Penyelenggaraan Negara",
        "relation": "cited",
        "gazettes": [],
        "text": "Undang-Undang Nomor 28 Tahun 1990",
        "boxes": [box(300, 1)],
        "confidence": 0.9,
        "needs_review": True,
        "review_reasons": ["title-differs-from-register"],
        "decided": [],
        **more,
    }


def document(**more: object) -> Row:
    return {
        "document_id": "d",
        "institution": "KOMISI PEMILIHAN UMUM KOTA TEGAL",
        "satker_code": "3376",
        "satker_name": "Kota Tegal",
        "satker_level": "kota",
        "province_code": "33",
        "number_raw": "5 TAHUN 2022",
        "number": 5,
        "classification": None,
        "year": 2022,
        "title": "RENCANA AKSI",
        "place": "Tegal",
        "date": dt.date(2022, 4, 13),
        "signatory": "AGUS",
        "signatory_title": "KETUA",
        "is_copy": True,
        "certifier": "TRIMUR",
        "certifier_title": None,
        "decides": None,
        "plan_title": None,
        "document_part": "decree",
        "lampiran_no": None,
        "confidence": 0.7,
        "needs_review": True,
        "review_reasons": ["certifier:guessed"],
        "decided": [],
        **more,
    }


def field_row(name: str, **more: object) -> Row:
    row = {"document_id": "d", "field": name, "text": "as printed", "raw": None, "origin": "printed", "page": 3}
    return {**row, "boxes": [box(700, 3)], "confidence": 0.7, "needs_review": True, **more}


def tables(
    *rows: Row, head: Row | None = None, bases: Sequence[Row] = (), fields: Sequence[Row] = (), grid: bool = False
) -> dict[str, list[Row]]:
    return {
        "documents": [head or document()],
        "fields": list(fields),
        "plan_rows": list(rows),
        "legal_bases": list(bases),
        "plan_columns": [{"field": "months" if grid else "action"}],
    }


def decide(table: str, field: str, value: object, row: Row | None = None, before: object = ..., **more: Any) -> Decision:
    """A decision about a row as it is there, at another time for each value."""
    row = row or document()
    told: dict[str, Any] = {
        "document_id": "d",
        "table": table,
        "field": field,
        "key": "",
        "page": None,
        "boxes": boxes_of(row),
        "text": text_of(table, row) or None,
        "before": as_json(row.get(field) if before is ... else before),
        "value": as_json(value),
        "decided_by": "Sari",
        "decided_at": "2026-01-05T10:00:00+07:00",
        "why": None,
        **more,
    }
    return Decision(**told)


def statuses(replay: Replay, *decisions: Decision) -> list[tuple[str, str | None]]:
    return [(replay.outcomes[d.override_id].status, replay.outcomes[d.override_id].reason) for d in decisions]


def replayed(found: dict[str, list[Row]], *decisions: Decision) -> tuple[dict[str, Any], list[tuple[str, str | None]]]:
    replay = Replay(decisions)
    return settled(found, replay), statuses(replay, *decisions)


HERE = plan_row()
APPLIED, SUPERSEDED = ("applied", None), ("superseded", None)


@pytest.mark.parametrize(
    ("present", "decision", "wanted"),
    [
        pytest.param([HERE], decide("plan_rows", "action", "Membentuk tim kerja", HERE), APPLIED, id="replaced"),
        pytest.param([HERE], decide("plan_rows", "action", "Membentuk tim", HERE), APPLIED, id="confirmed"),
        pytest.param([HERE], decide("plan_rows", "action", None, HERE), APPLIED, id="nothing there"),
        pytest.param([plan_row(7, top=130)], decide("plan_rows", "action", "x", HERE), APPLIED, id="another order"),
        pytest.param([plan_row(1, top=134)], decide("plan_rows", "action", "x", HERE), APPLIED, id="read a little lower"),
        pytest.param([plan_row(1, page=5)], decide("plan_rows", "action", "x", HERE), ("stale", "row-gone"), id="another page"),
        pytest.param([plan_row(1, top=300)], decide("plan_rows", "action", "x", HERE), ("stale", "row-gone"), id="elsewhere"),
        pytest.param([plan_row(1, top=142)], decide("plan_rows", "action", "x", HERE), ("stale", "row-gone"), id="below"),
        pytest.param([], decide("plan_rows", "action", "x", HERE), ("stale", "row-gone"), id="no rows"),
        pytest.param(
            [plan_row(action="Membentuk tim baru")],
            decide("plan_rows", "action", "x", HERE),
            ("stale", "row-changed"),
            id="the row says something else",
        ),
        pytest.param(
            [plan_row(component="Tim")],
            decide("plan_rows", "component", "x", HERE),
            ("stale", "value-changed"),
            id="the value is another",
        ),
        pytest.param(
            [plan_row(component="x")], decide("plan_rows", "component", "x", HERE), APPLIED, id="read as decided by now"
        ),
        pytest.param([HERE, HERE], decide("plan_rows", "action", "x", HERE), ("stale", "ambiguous"), id="two at one place"),
        pytest.param(
            [plan_row(1), plan_row(2)],
            decide("plan_rows", "action", "x", plan_row(2)),
            APPLIED,
            id="the same words twice, told apart by place",
        ),
        pytest.param(
            [plan_row(1), plan_row(2)],
            decide("plan_rows", "action", "x", HERE, boxes=(), page=4),
            ("stale", "ambiguous"),
            id="the same words twice, no place",
        ),
        pytest.param([HERE], decide("plan_rows", "action", "x", HERE, text=None), APPLIED, id="by its place alone"),
        pytest.param(
            [HERE], decide("plan_rows", "action", "x", HERE, text=None, boxes=()), ("stale", "row-gone"), id="by nothing"
        ),
        pytest.param([HERE], decide("plan_rows", "*", {"action": "Membentuk tim"}, before={"action": "Membentuk tim"},
                                    row=HERE), APPLIED, id="a row read right"),
        pytest.param([HERE], decide("plan_rows", "*", {"action": "Tim"}, before={"action": "Tim"}, row=HERE),
                     ("stale", "value-changed"), id="another row read right"),
    ],
)  # fmt: skip
def test_a_decision_holds_of_what_it_was_made_on_and_of_nothing_else(
    present: list[Row], decision: Decision, wanted: tuple[str, str | None]
) -> None:
    made, told = replayed(tables(*present), decision)
    assert told == [wanted]
    if wanted[0] == "stale":
        assert made["plan_rows"] == tables(*[{**row, "satker_code": "3376", "year": 2022} for row in present])["plan_rows"]


def test_a_value_decided_is_shown_as_such_and_its_doubts_are_gone() -> None:
    made, _ = replayed(tables(HERE), decide("plan_rows", "action", "Membentuk tim kerja", HERE))
    (row,) = made["plan_rows"]
    assert (row["action"], row["decided"]) == ("Membentuk tim kerja", ["action"])
    assert (row["review_reasons"], row["needs_review"]) == (["mark-unsure:Jan"], True)
    assert row["printed"] == HERE["printed"]


def test_a_row_without_doubts_left_needs_no_review() -> None:
    decisions = decide("plan_rows", "action", "x", HERE), decide("plan_rows", "months", [1], HERE)
    (row,) = replayed(tables(HERE), *decisions)[0]["plan_rows"]
    assert (row["months"], row["decided"], row["review_reasons"]) == ([1], ["action", "months"], [])
    assert (row["needs_review"], row["confidence"]) == (False, 0.85)


def test_a_row_read_right_keeps_its_values_and_loses_its_marks() -> None:
    whole = {"action": "Membentuk tim", "months": None}
    (row,) = replayed(tables(HERE), decide("plan_rows", "*", whole, before=whole, row=HERE))[0]["plan_rows"]
    assert (row["action"], row["decided"], row["review_reasons"], row["needs_review"]) == ("Membentuk tim", ["*"], [], False)
    assert row["confidence"] == 1.0


@pytest.mark.parametrize("before", ["Membentuk tim", "first"])
def test_the_last_decision_holds_whether_it_was_made_on_what_was_read_or_on_the_first(before: str) -> None:
    one, two = decide("plan_rows", "action", "first", HERE), decide("plan_rows", "action", "second", HERE, before)
    made, told = replayed(tables(HERE), one, two)
    assert (made["plan_rows"][0]["action"], told) == ("second", [SUPERSEDED, APPLIED])


def test_a_stale_decision_does_not_undo_one_that_holds() -> None:
    one, two = decide("plan_rows", "action", "first", HERE), decide("plan_rows", "action", "second", HERE, "other")
    made, told = replayed(tables(HERE), one, two)
    assert (made["plan_rows"][0]["action"], told) == ("first", [APPLIED, ("stale", "value-changed")])


def test_what_was_stale_and_is_decided_anew_is_no_longer_listed_as_stale() -> None:
    one, two = decide("plan_rows", "action", "first", HERE, "other"), decide("plan_rows", "action", "second", HERE)
    assert replayed(tables(HERE), one, two)[1] == [SUPERSEDED, APPLIED]


@pytest.mark.parametrize(
    ("target", "months", "reasons"),
    [
        ("Oktober s/d Desember 2025", [10, 11, 12], []),
        ("setiap triwulan", [3, 6, 9, 12], ["months-guessed:every-quarter-taken-at-its-end"]),
        (None, None, []),
    ],
)
def test_months_follow_the_words_of_a_target(target: str | None, months: list[int] | None, reasons: list[str]) -> None:
    row = plan_row(target_raw="0ktober", review_reasons=["read-unsurely:target_raw@4:1,2", "months-guessed:x"])
    (made,) = replayed(tables(row), decide("plan_rows", "target_raw", target, row))[0]["plan_rows"]
    assert (made["months"], made["review_reasons"], made["decided"]) == (months, reasons, ["target_raw"])


def test_months_of_a_grid_do_not_follow_the_words() -> None:
    row = plan_row(target_raw="0ktober", months=[3])
    made, _ = replayed(tables(row, grid=True), decide("plan_rows", "target_raw", "Oktober", row))
    assert made["plan_rows"][0]["months"] == [3]


@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("number_raw", "7/HK.03.1/3376/2023", {"number": 7, "classification": "HK.03.1", "year": 2023}),
        ("institution", "KOMISI PEMILIHAN UMUM PROVINSI BANTEN", {"satker_code": "36", "satker_level": "provinsi"}),
        ("satker_code", "3504", {"satker_name": "Kabupaten Tulungagung", "province_code": "35", "number": 5}),
        ("satker_code", None, {"satker_name": None, "satker_level": None, "institution": document()["institution"]}),
        ("date", "2022-05-01", {"date": dt.date(2022, 5, 1), "year": 2022}),
        ("year", 2021, {"year": 2021, "number": 5}),
        ("is_copy", False, {"is_copy": False}),
    ],
)
def test_what_follows_from_a_header_value_follows_the_decision(field: str, value: object, wanted: Row) -> None:
    made, told = replayed(tables(plan_row()), decide("documents", field, value))
    (row,) = made["documents"]
    assert told == [APPLIED]
    assert {name: row[name] for name in wanted} == wanted
    assert {name for name in wanted if row[name] != document()[name]} <= set(row["decided"])
    assert (made["plan_rows"][0]["year"], made["plan_rows"][0]["satker_code"]) == (row["year"], row["satker_code"])


def test_an_own_decision_on_the_year_goes_before_what_the_number_says() -> None:
    made, _ = replayed(tables(), decide("documents", "year", 2021), decide("documents", "number_raw", "7 TAHUN 2023"))
    assert (made["documents"][0]["number"], made["documents"][0]["year"]) == (7, 2021)


def test_a_number_that_contradicts_the_date_is_told() -> None:
    (row,) = replayed(tables(), decide("documents", "number_raw", "7 TAHUN 2023"))[0]["documents"]
    assert "year:number-against-date" in row["review_reasons"]


def test_fields_say_what_is_an_override_and_what_was_printed() -> None:
    fields = [field_row("certifier"), field_row("title", confidence=0.99, needs_review=False), field_row("date")]
    decisions = (
        decide("documents", "certifier", "TRI MUR"),
        decide("documents", "certifier_title", "Kepala", page=3, boxes=((3, 1.0, 2.0, 3.0, 4.0),)),
        decide("documents", "date", "2022-04-14"),
    )
    made, _ = replayed(tables(fields=fields), *decisions)
    by_name = {row["field"]: row for row in made["fields"]}
    told = [by_name["certifier"][name] for name in ("origin", "text", "raw")]
    assert told == ["override", "TRI MUR", "as printed"]
    assert (by_name["date"]["origin"], by_name["date"]["text"], by_name["date"]["raw"]) == ("override", "as printed", None)
    assert not by_name["certifier"]["needs_review"]
    assert (by_name["certifier_title"]["text"], by_name["certifier_title"]["page"]) == ("Kepala", 3)
    assert by_name["title"]["origin"] == "printed"
    (row,) = made["documents"]
    assert (row["certifier"], row["needs_review"], row["confidence"]) == ("TRI MUR", False, 0.99)


def test_a_look_at_the_header_does_not_bring_back_a_page() -> None:
    head = document(review_reasons=["certifier:guessed", "page-crashed:7"])
    made, _ = replayed(tables(head=head), decide("documents", "*", {"certifier": "TRIMUR"}, before={"certifier": "TRIMUR"}))
    assert (made["documents"][0]["review_reasons"], made["documents"][0]["needs_review"]) == (["page-crashed:7"], True)


def test_the_id_of_an_instrument_follows_its_year_and_the_register_is_asked_anew() -> None:
    base = citation()
    made, _ = replayed(tables(bases=[base]), decide("legal_bases", "year", 1999, base))
    (row,) = made["legal_bases"]
    assert (row["year"], row["instrument_id"], row["decided"]) == (1999, "uu-28-1999", ["year"])
    assert row["review_reasons"] == ["title-differs-from-register"]


def test_a_citation_printed_wrong_can_be_confirmed() -> None:
    base = citation(year=1999, instrument_id="uu-28-1999")
    made, told = replayed(tables(bases=[base]), decide("legal_bases", "title", "Penyelenggaraan Negara", base))
    assert told == [APPLIED]
    assert (made["legal_bases"][0]["review_reasons"], made["legal_bases"][0]["needs_review"]) == ([], False)


def test_without_decisions_nothing_changes() -> None:
    found = tables(HERE, bases=[citation()])
    assert settled(found, Replay()) == found


LINE = decide("plan_rows", "action", "x", HERE).as_line()


def changed(**more: object) -> str:
    data = json.loads(LINE)
    data.pop("override_id")
    return json.dumps({**data, **more})


def test_a_decision_comes_back_from_its_line() -> None:
    (decision,) = parse_overrides(LINE.encode()).decisions
    assert decision.as_line() == LINE
    assert (decision.line, decision.before, decision.value) == (1, '"Membentuk tim"', '"x"')


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (LINE[:-20], "no JSON"),
        ("[]", "no object"),
        (LINE.replace('"x"', '"y"'), "changed after it was decided"),
        (changed(table="pages"), "no table"),
        (changed(field="printed"), "no field"),
        (changed(table="coverage", field="*"), "no field"),
        (changed(decided_by=""), "decided_by is missing"),
        (changed(decided_at="2026-01-05T10:00:00"), "time zone"),
        (changed(decided_at="yesterday"), "time zone"),
        (changed(field="months", before=None, value=[13]), "months as numbers"),
        (changed(field="months", before=None, value="Mei"), "months as numbers"),
        (changed(table="documents", field="year", value="2022"), "a year from"),
        (changed(table="documents", field="date", value="31-12-2022"), "a date as"),
        (changed(table="documents", field="satker_code", value="9999"), "Kemendagri"),
        (changed(table="documents", field="document_part", value=None), "decree | lampiran"),
        (changed(field="*", before={"action": "a"}, value={"action": "b"}), "only be confirmed"),
        (changed(field="*", before={"row_order": 1}, value={"row_order": 1}), "only be confirmed"),
        (changed(anchor={"page": "4"}), "wrong type"),
        (changed(anchor={"page": 4, "boxes": [[4, 1, 2]]}), "boxes are no lists"),
        (changed(value="\ud800"), "no JSON"),
    ],
)
def test_a_line_that_is_no_decision_is_told_and_the_others_are_used(line: str, why: str) -> None:
    told = parse_overrides(f"{LINE}\n{line}\n\n{LINE}\n".encode("utf-8", "surrogatepass"))
    assert [decision.line for decision in told.decisions] == [1, 4]
    ((number, message),) = [(one.line, one.message) for one in told.broken]
    assert number == 2
    assert why in message


def test_only_a_document_with_decisions_is_made_anew() -> None:
    one, other = decide("plan_rows", "action", "x", HERE), decide("documents", "year", 2021, document_id="e")
    seen = decide("findings", "decision", "dismissed", document_id="f", text="abc", before=None)
    overrides = Overrides((one, other, seen))
    assert overrides.mark_of("d") != overrides.mark_of("e") != ""
    assert overrides.mark_of("d") == Overrides((one,)).mark_of("d")
    assert overrides.mark_of("f") == overrides.mark_of("g") == ""


@pytest.mark.parametrize(
    ("table", "field", "text", "wanted"),
    [
        ("plan_rows", "months", "3, 6,9 12", [3, 6, 9, 12]),
        ("plan_rows", "months", "Maret; Mei, 1", [1, 3, 5]),
        ("plan_rows", "action", "  Membentuk \n tim ", "Membentuk tim"),
        ("documents", "year", "2022", 2022),
        ("documents", "is_copy", "Ya", True),
        ("legal_bases", "gazettes", "LN 2017/182; TLN 6109; BN 2020/-", [
            {"series": "LN", "year": 2017, "number": "182"},
            {"series": "TLN", "year": None, "number": "6109"},
            {"series": "BN", "year": 2020, "number": None},
        ]),
    ],
)  # fmt: skip
def test_values_are_taken_as_people_write_them(table: str, field: str, text: str, wanted: object) -> None:
    assert value_of_text(table, field, text) == wanted


@pytest.mark.parametrize(
    ("table", "field", "text"),
    [
        ("plan_rows", "months", "kapan saja"),
        ("documents", "year", "22"),
        ("documents", "is_copy", "x"),
        ("coverage", "status", "ada"),
    ],
)
def test_other_values_are_refused(table: str, field: str, text: str) -> None:
    with pytest.raises(BadValue):
        value_of_text(table, field, text)
