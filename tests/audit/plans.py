"""Plans of real decrees out of the truth files of the corpus: what a reader without fault would give the audit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from audit.dossier import Dossier, PlanRow
from tests.audit.dossiers import dossier, row, text

FOLDER = Path(__file__).parents[3] / "shared" / "corpus" / "kpu"
TEXTS = ("area", "component", "item", "success_indicator", "action", "evidence", "target_raw", "notes")
HAS_CORPUS = FOLDER.is_dir()


def printed_plan(name: str, document: str) -> Dossier:
    """A decree of the corpus, read without fault; only what the rules about plans look at."""
    truth = json.loads((FOLDER / f"{name}.truth.json").read_text(encoding="utf-8"))
    header = truth["header"]
    signed = date.fromisoformat(header["date"])
    return dossier(
        document,
        satker_code=header["satker_code"],
        satker_name=header["institution"].removeprefix("KOMISI PEMILIHAN UMUM ").title(),
        satker_level=header["satker_level"],
        title=header["title"],
        year=header["year"],
        signed=signed,
        rows=tuple(_row(order, one, document) for order, one in enumerate(truth["plan"]["rows"], 1)),
        columns=tuple((name.upper(), name) for name in TEXTS if any(one.get(name) for one in truth["plan"]["rows"])),
        fields={
            "title": text(header["title"], document=document),
            "decides": text(header["title"], document=document),
            "date": text(header["date"], document=document),
        },
    )


def _row(order: int, one: dict[str, str], document: str) -> PlanRow:
    values = {name: one[name] for name in TEXTS if one.get(name)}
    months = one.get("months")
    read = row(
        order,
        months=None if months is None else [int(month) for month in months],
        indicator_id=one.get("indicator_id"),
        document=document,
    )
    return replace(read, values=values)
