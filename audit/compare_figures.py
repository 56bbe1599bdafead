"""Figures of each plan beside those of all plans of its year: outliers in rows and months of work per area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from audit.compare_wording import Plan
from audit.dossier import SURE_MATCHES, Indicator, PlanRow

LEAST_PLANS = 5  # of a year: fewer tell nothing of what is usual
OUTLYING = 3.0  # spreads from the median: the usual bound for the median absolute deviation
TO_DEVIATION = 1.4826  # a median absolute deviation times this is a standard deviation, where values are normal
LEAST_SPREAD = 1.0  # rows or months: where most plans are alike one more or less is no outlier
ALL = "all"
FIGURES = ("rows", "months", "unscheduled")


def plan_figures(plans: Sequence[Plan], nodes: Mapping[str, Indicator]) -> list[dict[str, object]]:
    """Rows of the table ``plan_figures``."""
    areas = [node.indicator_id for node in sorted(nodes.values(), key=lambda n: n.order) if _is_area(node)]
    rows: list[dict[str, object]] = []
    by_year: defaultdict[int | None, list[Plan]] = defaultdict(list)
    for plan in plans:
        by_year[plan.year].append(plan)
    for year, mine in by_year.items():
        parts = [(plan, _by_area(plan, areas, nodes)) for plan in mine]
        for figure in FIGURES:
            for area in (*areas, ALL):
                values = [_value(figure, part[area]) for _, part in parts]
                usual = _usual([value for value in values if value is not None]) if year is not None else None
                for (plan, part), value in zip(parts, values, strict=True):
                    rows.append(_row(plan, figure, area, value, usual, len(mine), _uncertain(figure, part[area])))
    return sorted(rows, key=lambda row: (str(row["document_id"]), str(row["figure"]), str(row["area_id"])))


def _is_area(node: Indicator) -> bool:
    """An area that plans plan: those of the results have no rows."""
    return node.level == "area" and node.form == "zi-2021" and node.aspect is None


def _by_area(plan: Plan, areas: Sequence[str], nodes: Mapping[str, Indicator]) -> dict[str, list[PlanRow]]:
    parts: dict[str, list[PlanRow]] = {area: [] for area in areas}
    parts[ALL] = list(plan.document.rows)
    for row in plan.document.rows:
        node = nodes.get(row.indicator_id or "")
        if node is not None and node.area_id in parts:
            parts[node.area_id].append(row)
    return parts


def _value(figure: str, rows: Sequence[PlanRow]) -> float | None:
    """The figure; None where no row tells its months although there are rows."""
    if figure == "rows":
        return float(len(rows))
    known = [row for row in rows if row.months is not None]
    if rows and not known:
        return None
    return float(sum(len(row.months or ()) for row in known) if figure == "months" else sum(not row.months for row in known))


def _uncertain(figure: str, rows: Sequence[PlanRow]) -> int:
    """Rows that may count otherwise."""
    unsure = {row.row_id for row in rows if row.match_status not in SURE_MATCHES or row.doubtful}
    if figure != "rows":
        unsure |= {row.row_id for row in rows if row.months is None or row.months_doubtful}
    return len(unsure)


def _usual(values: Sequence[float]) -> tuple[float, float, float] | None:
    """Median, lowest and highest value that is no outlier; None for too few plans."""
    if len(values) < LEAST_PLANS:
        return None
    middle = median(values)
    spread = max(LEAST_SPREAD, TO_DEVIATION * median(abs(value - middle) for value in values))
    return middle, round(max(0.0, middle - OUTLYING * spread), 4), round(middle + OUTLYING * spread, 4)


def _row(
    plan: Plan,
    figure: str,
    area: str,
    value: float | None,
    usual: tuple[float, float, float] | None,
    plans: int,
    uncertain: int,
) -> dict[str, object]:
    middle, low, high = usual if usual is not None else (None, None, None)
    outlier = None
    if value is not None and low is not None and high is not None:
        outlier = "low" if value < low else "high" if value > high else None
    return {
        "document_id": plan.document.document_id,
        "satker_code": plan.satker_code,
        "year": plan.year,
        "figure": figure,
        "area_id": area,
        "value": value,
        "median": middle,
        "low": low,
        "high": high,
        "outlier": outlier,
        "plans": plans,
        "uncertain_rows": uncertain,
    }
