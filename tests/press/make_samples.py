"""Prints the sample decrees of `data/raw` and their truth: `python -m tests.press.make_samples`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.press import layouts as how
from tests.press.content import decrees as what
from tests.press.decree import Decree
from tests.press.layout import Layout
from tests.press.press import render

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


def main() -> int:
    """Write every sample beside its truth; say what was written on stderr."""
    RAW.mkdir(parents=True, exist_ok=True)
    TRUTH.mkdir(parents=True, exist_ok=True)
    for decree, layout in SAMPLES:
        rendered = render(decree, layout)
        pdf = RAW / f"{decree.doc_id}.pdf"
        pdf.write_bytes(rendered.pdf)
        text = json.dumps(rendered.truth, ensure_ascii=False, indent=1, sort_keys=True)
        (TRUTH / f"{decree.doc_id}.truth.json").write_text(text + "\n", encoding="utf-8")
        print(f"{pdf.relative_to(ROOT)}: {rendered.truth['n_pages']} pages, {len(rendered.pdf)} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
