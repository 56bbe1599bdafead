"""Rows of plans with the indicator that each serves: the project's own set, and the corpus where it is there."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from taxonomy import wordings
from taxonomy.form import Level
from taxonomy.load import load_taxonomy
from taxonomy.wordings import NONE

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "taxonomy" / "gold"
CORPUS = ROOT.parent / "shared" / "corpus" / "kpu"
TEXTS = ("area", "component", "item", "success_indicator", "action", "evidence")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A row and its label.

    Attributes:
        name: of the row, for reports.
        office: who printed it; for derived documents the real one behind it.
        plan: the plan that it stands in, None for a single row.
        row: its texts.
        label: indicator, or `NONE`.
        tells_item: its words tell the item, or that it is none; False where only the printed component tells anything.
    """

    name: str
    office: str
    plan: str | None
    row: Mapping[str, str]
    label: str
    tells_item: bool = True

    @property
    def component(self) -> str:
        """The component of the label, or `NONE`."""
        return component_of(self.label)


def component_of(label: str) -> str:
    """The component of a label, `NONE` of none."""
    return NONE if label == NONE else wordings.component_of(load_taxonomy(), label) or NONE


def is_item(label: str) -> bool:
    """Whether the label is an item, not a component or none."""
    return label != NONE and load_taxonomy().node(label).level is Level.ITEM


def gold() -> list[Labelled]:
    """The project's own rows: single ones, then whole plans."""
    return [*_gold("rows.csv"), *_gold("plans.csv")]


def _gold(name: str) -> Iterator[Labelled]:
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            plan = row.get("plan")
            label = f"{plan}.{row['order']}" if plan else row["row"]
            texts = {k: row[k] for k in TEXTS}
            told = row["hard"] != "only-heading"
            yield Labelled(label, plan or row["office"], plan, texts, row["indicator_id"], told)


def corpus(folder: Path = CORPUS) -> list[Labelled]:
    """The rows of the corpus as printed (its truth, not what was read); each decree once, whatever its layouts."""
    rows: list[Labelled] = []
    for path in sorted(folder.glob("*.truth.json")):
        name = path.name.removesuffix(".truth.json")
        truth = json.loads(path.read_text(encoding="utf-8"))
        if name.endswith(("-b", "-scan")):
            continue
        base = (truth.get("synthetic") or {}).get("base", name)
        for order, row in enumerate((truth.get("plan") or {}).get("rows") or [], 1):
            texts = {k: row.get(k) or "" for k in TEXTS}
            rows.append(Labelled(f"{name}.{order}", base, name, texts, row["indicator_id"]))
    return rows


def plans(rows: list[Labelled]) -> dict[str, list[Labelled]]:
    """The rows of each plan, in print order."""
    found: dict[str, list[Labelled]] = {}
    for row in rows:
        if row.plan is not None:
            found.setdefault(row.plan, []).append(row)
    return found
