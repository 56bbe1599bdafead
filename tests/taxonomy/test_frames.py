"""The matcher over data frames: what is added, what stays, and which columns it finds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from taxonomy.errors import ColumnNotThere, ColumnTwice, NoTextColumns
from taxonomy.frames import ADDED, match_frame
from taxonomy.matcher import load_matcher

TEAM = "Unit kerja telah membentuk tim untuk melakukan pembangunan Zona Integritas"
SURVEY = "Telah dilakukan survei kepuasan masyarakat terhadap pelayanan"
CHAIRS = "Pengadaan kursi ruang rapat"


def frame(**columns: object) -> pd.DataFrame:
    return pd.DataFrame(columns)


def components(matched: pd.DataFrame) -> list[str | None]:
    return [None if pd.isna(i) else ".".join(i.split(".")[:2]) for i in matched["indicator_id"]]


def test_columns_are_added_behind_and_all_else_stays() -> None:
    given = pd.DataFrame({"no": ["007", "8", "9"], "item": [TEAM, CHAIRS, SURVEY], "ket": [1, 2, 3]}, index=[5, 5, 1])
    before = given.copy()
    matched = match_frame(given)
    pd.testing.assert_frame_equal(given, before)
    pd.testing.assert_frame_equal(matched[["no", "item", "ket"]], before)
    assert list(matched.columns) == ["no", "item", "ket", *ADDED]
    assert components(matched) == ["A1.P1", None, "A6.P4"]
    assert matched["match_status"].tolist()[1] == "none"
    assert set(matched["taxonomy_version"]) == {load_matcher().taxonomy.version}
    first = matched.iloc[0]
    assert first["candidates"][0] == {"id": first["indicator_id"], "score": first["match_score"]}
    assert "tim" in first["match_words"]


def test_each_row_is_matched_by_itself() -> None:
    texts = [TEAM, SURVEY, "Laporan bulanan"]
    alone = [load_matcher().match_each([{"item": text}])[0].score for text in texts]
    assert match_frame(frame(item=list(texts)))["match_score"].tolist() == alone
    assert match_frame(frame(item=texts[::-1]))["match_score"].tolist() == alone[::-1]


@pytest.mark.parametrize(
    "given",
    [
        frame(**{" Item ": [TEAM]}),
        frame(ACTION=[TEAM]),
        frame(Success_Indicator=[TEAM], item=[None]),
        frame(evidence=[TEAM], item=[float("nan")], area=[pd.NA]),
        frame(component=["Tim Kerja"], item=[TEAM], action=[3]),
    ],
    ids=["spaces and capitals", "only the action", "the item is None", "not-a-number", "a number for a text"],
)
def test_the_texts_are_found(given: pd.DataFrame) -> None:
    assert components(match_frame(given)) == ["A1.P1"]


def test_rows_without_text_serve_nothing() -> None:
    matched = match_frame(frame(item=["", None, float("nan"), pd.NA, "  "]))
    assert matched["match_status"].tolist() == ["none"] * 5
    assert matched["indicator_id"].isna().all()


def test_a_frame_without_rows() -> None:
    matched = match_frame(frame(item=[]))
    assert list(matched.columns) == ["item", *ADDED] and matched.empty


def test_the_frame_can_be_written_and_matched_again(tmp_path: Path) -> None:
    once = match_frame(frame(item=[TEAM, CHAIRS]))
    once.to_parquet(tmp_path / "matched.parquet")
    again = match_frame(pd.read_parquet(tmp_path / "matched.parquet"))
    pd.testing.assert_frame_equal(again[list(ADDED)], once[list(ADDED)])
    assert list(again.columns) == list(once.columns)


def test_columns_of_an_earlier_matching_are_replaced() -> None:
    given = frame(**{"Indicator_ID": ["old"], "item": [TEAM], "match_score": ["old"]})
    matched = match_frame(given)
    assert list(matched.columns) == ["item", *ADDED]
    assert components(matched) == ["A1.P1"]


def test_rows_of_a_plan_are_weighed_together() -> None:
    first = ["Tim Kerja", "Rencana Pembangunan Zona Integritas", "Pemantauan dan Evaluasi"]
    second = ["Pengaduan Masyarakat", "Whistle Blowing System", "Pemantauan dan Evaluasi"]
    mixed = [name for pair in zip(first, second, strict=True) for name in pair]
    given = frame(**{"Plan": ["1", "2 "] * 3, "component": mixed})
    matched = match_frame(given, plan="plan")
    for names, places in ((first, [0, 2, 4]), (second, [1, 3, 5])):
        together = load_matcher().match_plan([{"component": name} for name in names])
        assert matched["match_score"].iloc[places].tolist() == [match.score for match in together]
    assert matched["component"].tolist() == mixed


@pytest.mark.parametrize("blank", [None, "", " ", float("nan")])
def test_rows_of_no_plan_are_matched_by_themselves(blank: object) -> None:
    texts = [TEAM, "Laporan bulanan", "Laporan tahunan"]
    matched = match_frame(frame(item=texts, plan=[blank] * 3), plan="plan")
    pd.testing.assert_frame_equal(matched[list(ADDED)], match_frame(frame(item=texts))[list(ADDED)])


def test_a_frame_without_any_column_of_texts() -> None:
    with pytest.raises(NoTextColumns) as told:
        match_frame(frame(kegiatan=[TEAM], **{"x" * 500: [1]}))
    assert "area, component, item, action" in told.value.message and "'kegiatan'" in told.value.message
    assert len(told.value.message) < 300


def test_a_column_that_is_there_twice() -> None:
    with pytest.raises(ColumnTwice, match="item is there twice: column 1 and column 3"):
        match_frame(frame(**{"item": [TEAM], "x": [1], "ITEM ": [TEAM]}))
    with pytest.raises(ColumnTwice, match="'plan' is there twice"):
        match_frame(frame(**{"item": [TEAM], "Plan": [1], "PLAN": [2]}), plan="plan")


def test_a_plan_column_that_is_not_there() -> None:
    with pytest.raises(ColumnNotThere, match="no column 'satker'"):
        match_frame(frame(item=[TEAM]), plan="satker")
