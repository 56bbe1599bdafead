"""How most offices word an indicator: its wordings with how many offices use each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from audit.compare_wording import Folder, Plan, own_names
from audit.dossier import SURE_MATCHES

FIELDS = ("item", "action", "evidence", "component")
MOST_WORDINGS = 20  # of one indicator and field: what is used less tells nothing of a consensus


@dataclass(slots=True)
class _Used:
    """One wording: who uses it, how it is printed, and a row that has it."""

    offices: set[str] = field(default_factory=set)
    plans: set[str] = field(default_factory=set)
    printed: Counter[str] = field(default_factory=Counter)
    row_id: str = ""


def consensus(plans: Sequence[Plan], folder: Folder) -> list[dict[str, object]]:
    """Rows of the table ``consensus``."""
    used: defaultdict[tuple[str, str], dict[str, _Used]] = defaultdict(dict)
    planning: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for plan in plans:
        own = own_names(plan.decree)
        office = plan.satker_code or plan.document.document_id
        for worded in plan.rows:
            row = worded.row
            if row.indicator_id is None or row.match_status not in SURE_MATCHES:
                continue
            for name in FIELDS:
                key = folder.key(row.values.get(name, ""), own)
                if key:
                    where = row.indicator_id, name
                    wording = used[where].setdefault(key, _Used())
                    wording.offices.add(office)
                    wording.plans.add(plan.document.document_id)
                    wording.printed[folder.shown(row.values[name], own)] += 1
                    wording.row_id = min(wording.row_id or row.row_id, row.row_id)
                    planning[where].add(office)
    return _rows(used, planning)


def _rows(used: dict[tuple[str, str], dict[str, _Used]], planning: dict[tuple[str, str], set[str]]) -> list[dict[str, object]]:
    by_indicator: defaultdict[str, list[tuple[tuple[int, int, int, str], str, _Used, float]]] = defaultdict(list)
    for (indicator, name), wordings in used.items():
        ranked = sorted(wordings.items(), key=lambda one: (-len(one[1].offices), -len(one[1].plans), one[0]))
        for key, wording in ranked[:MOST_WORDINGS]:
            rank = -len(wording.offices), -len(wording.plans), FIELDS.index(name), key
            by_indicator[indicator].append((rank, name, wording, len(wording.offices) / len(planning[indicator, name])))
    rows: list[dict[str, object]] = []
    for indicator in sorted(by_indicator):
        for order, (_, name, wording, share) in enumerate(sorted(by_indicator[indicator], key=lambda one: one[0]), 1):
            rows.append(
                {
                    "indicator_id": indicator,
                    "wording_order": order,
                    "field": name,
                    "text": min(wording.printed, key=lambda text: (-wording.printed[text], text)),
                    "offices": len(wording.offices),
                    "plans": len(wording.plans),
                    "share": round(share, 4),
                    "example_row_id": wording.row_id,
                }
            )
    return rows
