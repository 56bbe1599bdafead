"""What the shared corpus says, for tests that run where the corpus lies beside the checkout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def kpu_truths() -> list[dict[str, Any]]:
    """Every truth file of the KPU corpus; none where there is no corpus."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SHARED.glob("corpus/kpu/*.truth.json"))]


def paragraphs() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every distinct paragraph whose instruments the truth lists."""
    seen = set()
    for truth in kpu_truths():
        for part in ("legal_bases", "lampiran_legal_bases", "observing"):
            for paragraph in truth.get(part) or []:
                if "text" in paragraph and "refs" in paragraph and paragraph["text"] not in seen:
                    seen.add(paragraph["text"])
                    yield paragraph["text"], paragraph["refs"]


def targets() -> dict[str, tuple[int, ...] | None]:
    """Every target text of the plans with the months it means."""
    rows = [row for truth in kpu_truths() for row in (truth.get("plan") or {}).get("rows") or []]
    return {row["target_raw"]: None if row["months"] is None else tuple(row["months"]) for row in rows if row.get("target_raw")}
