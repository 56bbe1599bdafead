"""What a decree's plan rows serve, and what the plan leaves out: the rows of its tables, matched and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from pipeline.result import Row
from taxonomy.coverage import AreaCoverage, Coverage, by_area, coverage
from taxonomy.form import Taxonomy
from taxonomy.hidden import Hidden
from taxonomy.matcher import Matcher, Status, columns_of, is_plan, load_matcher
from taxonomy.wordings import component_of

LEAST_SERVED = 3  # components that the rows of a table must surely serve to make it look like a plan: a team list names areas
OF_MONTHS = ("months-", "no-month-", "mark-")
"""How the review reasons begin that are about the month grid alone."""


def match_tables(
    tables: Mapping[str, list[Row]], doubts: Sequence[str] = (), aside: Sequence[tuple[int, Sequence[str]]] = ()
) -> dict[str, list[Row]]:
    """The tables of one document with its plan rows matched, and with the tables of coverage.

    A document without plan rows whose pages and tables were all understood has no plan, and so no coverage.

    Args:
        tables: as read.
        doubts: why rows of the plan may not be there although they are printed: "page-not-read:7".
        aside: tables that were not taken for plans: page, and the text of each row.
    """
    matcher = load_matcher()
    rows = tables["plan_rows"]
    plan = matcher.plan(rows)
    (document,) = tables["documents"]
    others = [f"table-not-a-plan:{page}" for page, texts in aside if _looks_like_a_plan(matcher, texts)]
    doubts = [*doubts, *others]
    covered: list[Coverage] = []
    if rows or doubts:
        hidden = _finder(matcher).of(plan, {place for place, row in enumerate(rows) if _is_doubted(row)})
        covered = coverage(matcher.taxonomy, plan.matches, form=plan.form, hidden=hidden, doubts=doubts)
    about = {name: document[name] for name in ("document_id", "satker_code", "year")}
    areas = by_area(matcher.taxonomy, covered) if covered else []
    return {
        **tables,
        "documents": [{**document, "plan_form": plan.form}],
        "plan_rows": [{**row, **columns_of(match)} for row, match in zip(rows, plan.matches, strict=True)],
        "coverage": [{**about, **_coverage_columns(one, plan.form)} for one in covered],
        "coverage_areas": [{**about, **_area_columns(one)} for one in areas],
    }


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
