"""Why a row has its indicator: what is told, and that it adds up to what was decided."""

from __future__ import annotations

import json
from math import log

import pytest

from taxonomy.errors import RowNotThere
from taxonomy.explain import as_data, explain, lines, row_number
from taxonomy.features import FEATURES
from taxonomy.items import ITEM_FEATURES
from taxonomy.matcher import load_matcher
from taxonomy.reasons import COMPONENT_SAID, ITEM_SAID, NEIGHBOURS

PLAN: list[dict[str, object]] = [
    {
        "row_id": "abc-0001",
        "row_order": 1,
        "area": "MANAJEMEN PERUBAHAN",
        "component": "Penyusunan Tim Kerja",
        "item": "Unit kerja telah membentuk tim untuk melakukan pembangunan Zona Integritas",
        "evidence": "SK tim",
    },
    {"row_id": "abc-0002", "row_order": 2, "component": "Rencana Pembangunan Zona Integritas", "item": "Rapat persiapan"},
    {"row_id": "abc-0003", "row_order": 3, "item": "Pengadaan kursi ruang rapat"},
    {"row_id": "abc-0004", "row_order": 4, "item": None},
    {"row_id": "abc-0005", "row_order": 5, "action": "Pengelolaan laporan pengaduan masyarakat"},
]
ALL = pytest.mark.parametrize("number", range(1, len(PLAN) + 1))


@ALL
def test_it_explains_what_was_decided(number: int) -> None:
    told = explain(load_matcher(), PLAN, number)
    assert told.match == load_matcher().match_plan(PLAN)[number - 1]
    assert told.component.chosen.id == ".".join((told.match.indicator_id or "none").split(".")[:2])
    assert told.component.rival.id != told.component.chosen.id
    if told.match.indicator_id is None:
        assert told.item is None
    elif told.item is not None:
        assert told.item.chosen.id == told.match.indicator_id
        assert told.item.chosen.together == pytest.approx(told.match.score, abs=0.11)


@ALL
def test_the_reasons_add_up_to_the_shares(number: int) -> None:
    contrast = explain(load_matcher(), PLAN, number).component
    own = sum(reason.force for reason in contrast.reasons if reason.words != NEIGHBOURS)
    around = sum(reason.force for reason in contrast.reasons if reason.words == NEIGHBOURS)
    for side_shares, force in (
        ((contrast.chosen.alone, contrast.rival.alone), own),
        ((contrast.chosen.together, contrast.rival.together), own + around),
    ):
        if min(side_shares) >= 1:  # rounded to a tenth of a percent: of smaller ones no ratio is left
            assert force == pytest.approx(log(side_shares[0] / side_shares[1]), abs=0.3)
    forces = [abs(reason.force) for reason in contrast.reasons]
    assert forces == sorted(forces, reverse=True)


def test_what_a_reader_is_told() -> None:
    told = lines(explain(load_matcher(), PLAN, 1))
    text = " ".join(" ".join(told).split())
    for words in (
        "ROW 1 (taxonomy",
        "area MANAJEMEN PERUBAHAN",
        "INDICATOR accepted",
        "A1.P1.a Manajemen Perubahan > Penyusunan Tim Kerja > Unit kerja telah membentuk tim",
        "of 100",
        "words that decided",
        "CANDIDATES",
        "COMPONENT why A1.P1 and not",
        "% by its own words",
        "% in the plan",
        'its component is likest to "Penyusunan Tim Kerja"',
        "the component is printed like its heading",
        "WITHIN THE COMPONENT why A1.P1.a and not",
    ):
        assert words in text
    assert max(map(len, told)) <= 110


def test_the_text_that_the_row_is_about_is_named() -> None:
    told = explain(load_matcher(), PLAN, 5)
    assert {like.field for like in told.component.chosen.wordings} == {"action"}
    assert any(reason.words.startswith("the action") for reason in told.component.reasons)
    assert "pengaduan" in told.component.chosen.wordings[0].shared


def test_a_row_that_serves_nothing() -> None:
    told = explain(load_matcher(), PLAN, 3)
    assert told.component.chosen.id == "none"
    text = "\n".join(lines(told))
    assert "none is good enough" in text and "why none and not" in text


def test_a_row_without_text() -> None:
    assert "nothing is printed in it" in "\n".join(lines(explain(load_matcher(), PLAN, 4)))


def test_columns_of_the_matching_change_nothing() -> None:
    matched = [{**row, "indicator_id": "A6.P4.a", "match_score": 100.0, "candidates": []} for row in PLAN]
    assert explain(load_matcher(), matched, 1) == explain(load_matcher(), PLAN, 1)


@ALL
def test_it_can_be_written_as_json(number: int) -> None:
    data = json.loads(json.dumps(as_data(explain(load_matcher(), PLAN, number)), allow_nan=False))
    assert data["match"]["status"] in ("accepted", "review", "none")
    assert {"words", "features", "force"} == set(data["component"]["reasons"][0])


def test_every_feature_is_put_into_words() -> None:
    assert set(COMPONENT_SAID) == set(FEATURES)
    assert set(ITEM_SAID) == set(ITEM_FEATURES)


@pytest.mark.parametrize(("asked", "number"), [("1", 1), ("5", 5), ("003", 3), ("abc-0002", 2)])
def test_a_row_is_found_by_its_number_or_id(asked: str, number: int) -> None:
    assert row_number(PLAN, asked) == number


@pytest.mark.parametrize("asked", ["0", "6", "-1", "abc-0006", "", "1.0"])
def test_a_row_that_is_not_there(asked: str) -> None:
    with pytest.raises(RowNotThere, match="rows 1 to 5"):
        row_number(PLAN, asked)


def test_a_document_without_rows() -> None:
    with pytest.raises(RowNotThere, match="no plan rows"):
        row_number([], "1")
    with pytest.raises(RowNotThere, match="no row 1"):
        explain(load_matcher(), [], 1)
