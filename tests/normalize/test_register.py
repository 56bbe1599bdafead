"""The register: each fact with its own confidence, chains of amendments, laws that Perppu became."""

from __future__ import annotations

import pytest

from normalize.data_files import rows
from normalize.register import amendment_of, amendments, confidence_of, fact, law_of_perppu, register, titles, weakest


@pytest.mark.parametrize(
    ("instrument", "field", "value", "confidence"),
    [
        ("uu-5-2014", "repealed_by", "uu-20-2023", "verified"),
        ("uu-5-2014", "repealed_on", "2023-10-31", "verified"),
        ("uu-5-2014", "date_enacted", "2014-01-15", "memory"),
        ("permenpanrb-25-2020", "bn_number", "441", "likely"),
    ],
)
def test_each_fact_has_its_own_confidence(instrument: str, field: str, value: str, confidence: str) -> None:
    known = fact(instrument, field)
    assert known is not None
    assert (known.value, known.confidence) == (value, confidence)
    assert bool(known.source) == (confidence != "memory")


def test_what_is_not_known_is_not_told() -> None:
    assert fact("uu-20-2023", "repealed_by") is None
    assert fact("pkpu-77-2018", "title") is None
    assert fact(None, "title") is None
    assert titles("pkpu-77-2018") == ()


def test_facts_and_register_say_the_same() -> None:
    fields = {"title", "ln_year", "ln_number", "tln_number", "bn_year", "bn_number", "repealed_by", "repealed_on", "amends"}
    for row in rows("instruments"):
        for field in sorted(fields & set(row)):
            known = fact(row["instrument_id"], field)
            assert (known.value if known else "") == row[field], (row["instrument_id"], field)
    assert {row["instrument_id"] for row in rows("instrument_facts")} <= set(register())


def test_an_instrument_may_have_two_attested_titles() -> None:
    assert [one.value.split()[0] for one in titles("uu-28-1999")] == ["Penyelenggaraan", "Penyelenggara"]


def test_amendments_are_a_chain() -> None:
    assert [(one.ordinal, one.fact.value) for one in amendments("uu-30-2002")] == [(1, "uu-10-2015"), (2, "uu-19-2019")]
    step = amendment_of("pkpu-4-2021")
    assert step is not None
    assert (step.base_id, step.ordinal, step.fact.confidence) == ("pkpu-8-2019", 3, "verified")
    assert amendments("uu-28-1999") == ()
    assert amendment_of("uu-28-1999") is None


def test_a_perppu_became_the_law_whose_title_says_so() -> None:
    law = law_of_perppu("perppu-1-2022")
    assert law is not None
    assert (law.value, law.confidence) == ("uu-7-2023", "verified")
    assert law_of_perppu("uu-7-2023") is None


def test_the_weakest_fact_decides() -> None:
    sure, unsure = fact("uu-5-2014", "repealed_by"), fact("uu-5-2014", "date_enacted")
    assert sure is not None and unsure is not None
    assert (weakest(sure), weakest(sure, unsure), weakest()) == ("verified", "memory", "verified")
    assert confidence_of("rumour") == "memory"
