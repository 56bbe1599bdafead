"""Coverage: what is present, what is missing, and what nobody may claim to be missing."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from taxonomy.coverage import ALL, Coverage, Presence, by_area, components_of_form, coverage
from taxonomy.load import load_taxonomy
from taxonomy.matcher import Candidate, Match, Method, Status, is_plan

TAXONOMY = load_taxonomy()


def match(components: Mapping[str, float], indicator: str | None = None) -> Match:
    """A row that serves each component with the probability given."""
    best = max(components, key=lambda c: components[c], default="A1.P1")
    share = 100 * components.get(best, 0.0)
    status = Status.ACCEPTED if share >= 90 else Status.REVIEW
    candidates = (Candidate(best, share),)
    named = indicator or (best if share >= 50 else None)
    return Match(named, share, share, share, Method.WORDS, status, candidates, (), components, 1 - sum(components.values()))


def full_plan(*but: str) -> list[Match]:
    """A plan with a sure row for every component, save some."""
    return [match({node.id: 0.99}) for node in TAXONOMY.components if node.id not in but]


def one(covered: list[Coverage], component: str) -> Coverage:
    return next(c for c in covered if c.component == component)


def test_every_component_of_the_reference_stands_once_in_form_order() -> None:
    covered = coverage(TAXONOMY, full_plan())
    assert [c.component for c in covered] == [node.id for node in TAXONOMY.components]
    assert {c.presence for c in covered} == {Presence.PRESENT}


def test_what_no_row_serves_is_missing() -> None:
    covered = coverage(TAXONOMY, full_plan("A5.P4", "A6.R2"))
    assert [c.component for c in covered if c.presence is Presence.MISSING] == ["A5.P4", "A6.R2"]
    gone = one(covered, "A5.P4")
    assert (gone.row_count, gone.best_score, gone.reasons) == (0, None, ())


@pytest.mark.parametrize(
    ("chances", "presence"),
    [
        ([0.95], Presence.PRESENT),
        ([0.95, 0.02], Presence.PRESENT),
        ([0.6], Presence.UNCERTAIN),
        ([0.15], Presence.UNCERTAIN),
        ([0.04, 0.04, 0.04], Presence.UNCERTAIN),
        ([0.03], Presence.MISSING),
        ([], Presence.MISSING),
    ],
    ids=str,
)
def test_a_row_that_may_serve_it_forbids_missing(chances: list[float], presence: Presence) -> None:
    rows = full_plan("A5.P4") + [match({"A5.P4": chance, "A5.P3": 1 - chance}) for chance in chances]
    assert one(coverage(TAXONOMY, rows), "A5.P4").presence is presence


def test_what_may_be_hidden_is_not_missing() -> None:
    covered = coverage(TAXONOMY, full_plan("A5.P4"), hidden={"A5.P4": ["heading-printed"], "A5.P3": ["named-in-a-row"]})
    assert (one(covered, "A5.P4").presence, one(covered, "A5.P4").reasons) == (Presence.UNCERTAIN, ("heading-printed",))
    assert (one(covered, "A5.P3").presence, one(covered, "A5.P3").reasons) == (Presence.PRESENT, ())


def test_nothing_is_missing_where_a_page_was_not_read() -> None:
    covered = coverage(TAXONOMY, full_plan("A5.P4"), doubts=["page-not-read:7"])
    assert one(covered, "A5.P4").presence is Presence.UNCERTAIN
    assert one(covered, "A5.P4").reasons == ("page-not-read:7",)
    assert one(covered, "A5.P3").presence is Presence.PRESENT


def test_nothing_is_missing_from_what_is_no_plan_of_zona_integritas() -> None:
    rows = [match({}) for _ in range(9)] + [match({"A1.P1": 0.99})]
    covered = coverage(TAXONOMY, rows)
    assert not is_plan(rows)
    assert {c.presence for c in covered} == {Presence.UNCERTAIN}
    assert one(covered, "A5.P4").reasons == ("no-plan-of-zona-integritas",)


def test_a_decree_whose_pages_were_not_read_misses_nothing() -> None:
    assert {c.presence for c in coverage(TAXONOMY, [], doubts=["page-not-read:1"])} == {Presence.UNCERTAIN}


def test_rows_are_counted_by_component_and_area() -> None:
    rows = [*full_plan("A5.P4"), match({"A5.P3": 0.97}, "A5.P3.b"), match({"A5.P3": 0.97}, "A5.P3.d")]
    covered = coverage(TAXONOMY, rows)
    assert one(covered, "A5.P3").row_count == 3
    areas = {a.area: a for a in by_area(TAXONOMY, covered)}
    assert list(areas) == [*(node.id for node in TAXONOMY.reference.areas), ALL]
    assert areas[ALL].row_count == len(rows)
    assert areas["A5"].components == {"present": 7, "missing": 1, "uncertain": 0}
    assert areas["A5"].weights == {"present": 13.5, "missing": 1.5, "uncertain": 0.0}
    assert sum(areas[ALL].weights.values()) == pytest.approx(100)


@pytest.mark.parametrize(
    ("form", "component", "has_it"),
    [
        ("zi-2014", "A6.P3", False),
        ("zi-2014", "A6.P5", False),
        ("zi-2014", "A6.P4", True),
        ("zi-2014", "A4.R3", False),
        ("zi-2021", "A6.P5", True),
        ("pmprb-2020", "A3.P2", False),
        ("pmprb-2020", "A6.P3", True),
    ],
)
def test_what_the_form_of_the_plan_lacks_is_said(form: str, component: str, has_it: bool) -> None:
    assert (component in components_of_form(TAXONOMY, form)) is has_it
    covered = one(coverage(TAXONOMY, full_plan(component), form=form), component)
    assert (covered.presence, covered.in_form) == (Presence.MISSING, has_it)


def test_what_the_form_lacks_is_counted_apart_from_what_is_left_out() -> None:
    areas = {a.area: a for a in by_area(TAXONOMY, coverage(TAXONOMY, full_plan("A6.P3", "A6.P4"), form="zi-2014"))}
    assert areas["A6"].components["missing"] == 2
    assert areas["A6"].not_in_form == (1, 1.0)
    assert by_area(TAXONOMY, coverage(TAXONOMY, full_plan("A6.P3")))[-1].not_in_form is None


def test_without_a_known_form_nothing_is_said_of_it() -> None:
    assert {c.in_form for c in coverage(TAXONOMY, full_plan())} == {None}
