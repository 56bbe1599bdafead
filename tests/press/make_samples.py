"""Prints the sample decrees of `data/raw` and their truth: `python -m tests.press.make_samples`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tests.press import layouts as how
from tests.press.content import decrees as what
from tests.press.decree import Decree
from tests.press.layout import Layout
from tests.press.press import render
from tests.press.scanner import SCANNERS, Scanner, scan

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
TRUTH = Path(__file__).parent / "truth"

SAMPLES: tuple[tuple[Decree, Layout], ...] = (
    (what.SAGARA_TIMUR, how.GRID_MERGED),
    (what.NUSA_KELANA, how.SECTION_ROWS),
    (what.ARUNIKA, how.NARRATIVE),
    (what.LEMBAH_KIRANA, how.TWO_TABLES),
    (what.TELUK_BAYANGAN, how.NO_PLAN),
)

SCANS: tuple[tuple[Decree, Layout, Scanner], ...] = (
    (what.SAGARA_TIMUR, how.TWO_TABLES, replace(SCANNERS["scansnap"], dpi=300, quality=30, noise=1.0, specks=0.1)),
)
"""Sample decrees that are also there as a scan (``<doc_id>-scan``)."""
SEED = 4  # of the scanner


def main() -> int:
    """Write every sample beside its truth; say what was written on stderr."""
    RAW.mkdir(parents=True, exist_ok=True)
    TRUTH.mkdir(parents=True, exist_ok=True)
    for decree, layout in SAMPLES:
        rendered = render(decree, layout)
        _write(decree.doc_id, rendered.pdf, rendered.truth)
    for decree, layout, scanner in SCANS:
        rendered = render(decree, layout)
        _write(f"{decree.doc_id}-scan", scan(rendered.pdf, scanner, SEED), {**rendered.truth, "kind": "scanned"})
    return 0


def _write(name: str, data: bytes, truth: Mapping[str, object]) -> None:
    pdf = RAW / f"{name}.pdf"
    pdf.write_bytes(data)
    text = json.dumps(truth, ensure_ascii=False, indent=1, sort_keys=True)
    (TRUTH / f"{name}.truth.json").write_text(text + "\n", encoding="utf-8")
    print(f"{pdf.relative_to(ROOT)}: {truth['n_pages']} pages, {len(data)} bytes", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
