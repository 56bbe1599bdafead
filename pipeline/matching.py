"""What a decree's plan rows serve, and what the plan leaves out: the rows of its tables, matched and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from normalize.overrides_derive import AFTER_MATCHING
from normalize.overrides_replay import Replay
from pipeline.result import Row
from taxonomy.coverage import AreaCoverage, Coverage, Presence, by_area, coverage
from taxonomy.form import Taxonomy
from taxonomy.hidden import Hidden
from taxonomy.matcher import Match, Matcher, Method, PlanMatch, Status, columns_of, is_plan, load_matcher
from taxonomy.wordings import component_of

LEAST_SERVED = 3  # components that the rows of a table must surely serve to make it look like a plan: a team list names areas
OF_MONTHS = ("months-", "no-month-", "mark-")
"""How the review reasons begin that are about the month grid alone."""
OVERRIDE = "override"
"""The match_status of a row whose indicator a person decided."""

SURE = 100.0  # score of what a person decided, where coverage is counted


def match_tables(
    tables: Mapping[str, list[Row]],
    doubts: Sequence[str] = (),
    aside: Sequence[tuple[int, Sequence[str]]] = (),
    replay: Replay | None = None,
) -> dict[str, list[Row]]:
    """The tables of one document with its plan rows matched, and with the tables of coverage.

    A document without plan rows whose pages and tables were all understood has no plan, and so no coverage.

    Args:
        tables: as read.
        doubts: why rows of the plan may not be there although they are printed: "page-not-read:7".
        aside: tables that were not taken for plans: page, and the text of each row.
        replay: what people decided of the indicators and of the coverage; the outcomes are noted there.
    """
    matcher, replay = load_matcher(), replay or Replay()
    plan = matcher.plan(tables["plan_rows"])
    rows = [{**row, **columns_of(match)} for row, match in zip(tables["plan_rows"], plan.matches, strict=True)]
    decided = _decided(rows, matcher.taxonomy, replay)
    (document,) = tables["documents"]
    others = [f"table-not-a-plan:{page}" for page, texts in aside if _looks_like_a_plan(matcher, texts)]
    doubts = [*doubts, *others]
    covered: list[Coverage] = []
    if rows or doubts:
        counted = [place for place in range(len(rows)) if decided.get(place, "") is not None]
        settled = _as_decided(matcher, plan, decided, counted)
        hidden = _finder(matcher).of(settled, {k for k, place in enumerate(counted) if _is_doubted(rows[place])})
        covered = coverage(matcher.taxonomy, settled.matches, form=plan.form, hidden=hidden, doubts=doubts)
    about = {name: document[name] for name in ("document_id", "satker_code", "year")}
    statuses = replay.changes("coverage", [_coverage_columns(one, plan.form) for one in covered], {"status"})
    presences = {change.place: Presence(str(change.value)) for change in statuses}
    covered = [_covered_by(one, presences.get(place)) for place, one in enumerate(covered)]
    areas = by_area(matcher.taxonomy, covered) if covered else []
    return {
        **tables,
        "documents": [{**document, "plan_form": plan.form}],
        "plan_rows": [_with_indicator(row, place, decided) for place, row in enumerate(rows)],
        "coverage": [
            {**about, **_coverage_columns(one, plan.form), "decided": ["status"] if place in presences else []}
            for place, one in enumerate(covered)
        ],
        "coverage_areas": [{**about, **_area_columns(one)} for one in areas],
    }


def _decided(rows: Sequence[Row], taxonomy: Taxonomy, replay: Replay) -> dict[int, str | None]:
    """The indicators that people decided, by the place of the row; None where it serves none."""
    changes = replay.changes("plan_rows", rows, {AFTER_MATCHING}, known=taxonomy.labels)
    return {change.place: None if change.value is None else str(change.value) for change in changes}


def _with_indicator(row: Row, place: int, decided: Mapping[int, str | None]) -> Row:
    """The row with its indicator as decided; what the matcher says of it (scores, candidates, words) stays for comparison."""
    if place not in decided:
        return row
    names = row.get("decided")
    before = names if isinstance(names, list) else []
    return {**row, "indicator_id": decided[place], "match_status": OVERRIDE, "decided": [*before, AFTER_MATCHING]}


def _as_decided(matcher: Matcher, plan: PlanMatch, decided: Mapping[int, str | None], counted: Sequence[int]) -> PlanMatch:
    """The plan as coverage counts it: rows that serve what was decided, surely, and without those that serve nothing.

    Args:
        matcher: of the plan.
        plan: as matched.
        decided: indicators by the place of the row.
        counted: places of the rows that are left.
    """
    if not decided:
        return plan
    names = matcher.components.candidates
    together = plan.together[list(counted)].copy()
    matches = [plan.matches[place] for place in counted]
    for k, place in enumerate(counted):
        label = decided.get(place)
        component = component_of(matcher.taxonomy, label)
        if label is not None and component is not None:
            together[k] = np.eye(len(names))[names.index(component)]
            matches[k] = _sure_match(matcher.taxonomy, matches[k], label, component)
    said, parts = [plan.said[place] for place in counted], [plan.parts[place] for place in counted]
    return PlanMatch(plan.form, said, together, parts, matches)


def _sure_match(taxonomy: Taxonomy, match: Match, label: str, component: str) -> Match:
    """The match of a row whose indicator a person decided.

    Where that is what its heading says, it rests on no heading any more, which might mean another component as well.
    """
    confirmed = component_of(taxonomy, match.indicator_id) == component
    return replace(
        match,
        indicator_id=label,
        component_score=SURE,
        method=Method.WORDING if confirmed else Method.WORDS,
        status=Status.ACCEPTED,
        components={component: 1.0},
        nothing=0.0,
    )


def _covered_by(one: Coverage, presence: Presence | None) -> Coverage:
    """A component with the presence that a person decided; only what is uncertain has reasons to be."""
    if presence is None:
        return one
    return replace(one, presence=presence, reasons=one.reasons if presence is Presence.UNCERTAIN else ())


@cache
def _finder(matcher: Matcher) -> Hidden:
    return Hidden(matcher.components, matcher.calibration.thresholds.accepted)


def _looks_like_a_plan(matcher: Matcher, texts: Sequence[str]) -> bool:
    """Whether many rows of a table that was not taken for a plan surely serve an indicator: then it may be one all the same."""
    matches = matcher.match_each([{"action": text} for text in texts])
    served = {component_of(matcher.taxonomy, m.indicator_id) for m in matches if m.status is Status.ACCEPTED}
    return len(served) >= LEAST_SERVED and is_plan(matches)


def _is_doubted(row: Row) -> bool:
    """Whether the row may say something else than what was read: anything but its months was read or placed with doubt."""
    reasons = row.get("review_reasons")
    told = [str(reason) for reason in reasons] if isinstance(reasons, list) else []
    return any(not reason.startswith(OF_MONTHS) for reason in told)


def indicator_rows(taxonomy: Taxonomy) -> list[Row]:
    """The taxonomy as a table: every indicator that may stand in the other tables, and what it belongs to."""
    wanted = dict.fromkeys(node.id for label in taxonomy.labels for node in taxonomy.form_of(label).line(label))
    rows: list[Row] = []
    for order, node_id in enumerate(wanted, 1):
        node, form = taxonomy.node(node_id), taxonomy.form_of(node_id)
        area = form.area_of(node_id)
        rows.append(
            {
                "indicator_id": node_id,
                "indicator_order": order,
                "parent_id": node.parent_id,
                "component_id": component_of(taxonomy, node_id),
                "area_id": None if area is None else area.id,
                "level": str(node.level),
                "name": node.name or None,
                "weight": node.weight,
                "aspect": None if node.aspect is None else str(node.aspect),
                "form": node.form,
            }
        )
    return rows


def _coverage_columns(one: Coverage, form: str | None) -> Row:
    return {
        "indicator_id": one.component,
        "area_id": one.area,
        "status": str(one.presence),
        "row_count": one.row_count,
        "best_score": one.best_score,
        "weight": one.weight,
        "form": form,
        "in_form": one.in_form,
        "reasons": list(one.reasons),
        "decided": [],
    }


def _area_columns(one: AreaCoverage) -> Row:
    return {
        "area_id": one.area,
        **one.components,
        **{f"weight_{name}": weight for name, weight in one.weights.items()},
        "not_in_form": None if one.not_in_form is None else one.not_in_form[0],
        "weight_not_in_form": None if one.not_in_form is None else one.not_in_form[1],
        "row_count": one.row_count,
    }
