"""The ten questions of `docs/questions.md`: each block runs as it is printed, and gives the answer of the small tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import zi
from tests.docs.pages import Block, blocks
from tests.zi import made
from zi.tables import Tables

SETUP, *QUESTIONS = [block for block in blocks("questions.md") if block.language == "python"]
MOST_LINES = 5


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return zi.load(made.write(tmp_path_factory.mktemp("questions"), made.small()))


def _month(answer: pd.DataFrame) -> object:
    return answer.iloc[0].to_list(), len(answer)


def _first(answer: pd.DataFrame) -> object:
    return answer.iloc[0][["office", "severity"]].to_list()


AREAS = ["Manajemen Perubahan", "Penataan Tatalaksana"]
ANSWERS: dict[str, tuple[Callable[[pd.DataFrame], object], object]] = {
    "Which component is rarest?": (
        lambda answer: (answer.index[0], answer.iloc[0].to_list()),
        ("H1.a Komponen H1.a", [0.0, 0.75]),
    ),
    "Who lacks most, by the weights of the form?": (
        lambda answer: list(zip(answer["office"].fillna("?"), answer["missing"], strict=True))[:1],
        [("Provinsi Nusa", 20.0)],
    ),
    "Who surely lacks a component, and where must a person look?": (
        lambda answer: list(answer["office"]),
        ["Kabupaten Sagara Timur", "Provinsi Nusa"],
    ),
    "How many months of work does each area take?": (
        lambda answer: answer.loc[AREAS].to_numpy().tolist(),
        [[7, 4, 6], [1, 1, 1]],  # of six rows of the first area two have no sure months
    ),
    "Which offices cite an instrument that had been replaced?": (
        lambda answer: answer[["office", "instrument_id", "replaced_by"]].to_numpy().tolist(),
        [["Kota Arunika", "uu-5-2014", "uu-20-2023"]],
    ),
    "Which plans copy another office's plan?": (
        lambda answer: answer.to_numpy().tolist(),
        [["Kota Arunika", "Kabupaten Sagara Timur", 0.8]],
    ),
    "In which month does most work fall?": (_month, ([1, 3], 4)),
    "What do offices show as evidence for a component?": (lambda answer: answer.to_dict(), {"SK tim": 2}),
    "How far can the reading be trusted?": (
        lambda answer: (answer.loc["scanned", "sure"], answer.loc["digital", "rows"]),
        (0.5, 8),
    ),
    "What should an auditor look at first?": (_first, ["Kabupaten Sagara Timur", "error"]),
}
"""Question -> what its answer comes to, and what that is on the small tables."""


@pytest.mark.parametrize("block", QUESTIONS, ids=lambda block: block.heading)
def test_a_question_is_answered(block: Block, tables: Tables) -> None:
    names: dict[str, object] = {"pd": pd, "zi": zi, "tables": tables}
    exec(compile(block.code, f"questions.md: {block.heading}", "exec"), names)
    answer = names["answer"]
    assert isinstance(answer, pd.DataFrame | pd.Series)
    told, expected = ANSWERS[block.heading]
    assert told(answer) == expected


def test_there_are_ten_questions_and_each_takes_few_lines() -> None:
    assert [block.heading for block in QUESTIONS] == list(ANSWERS) and len(ANSWERS) == 10
    long = {block.heading for block in QUESTIONS if len(block.code.splitlines()) > MOST_LINES}
    assert not long


def test_the_lines_before_them_load_the_tables_of_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.write(tmp_path / "data" / "parquet", made.small())
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(SETUP.code, names)
    assert isinstance(names["tables"], Tables)
