"""Prints how large a report is, how fast it opens and filters in Chromium, beside pandas' own HTML table of the heat map.

python -m bench.national OUT --tables FOLDER; python -m bench.report OUT

Both files are opened from disk in the same browser, turn by turn, so that whatever else the machine does falls on both alike.
A table for people, then one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from audit.report import write_report

MAX_MEGABYTES = 30.0  # of the file: what may travel on a stick or by mail
MAX_OPEN_SECONDS = 2.0  # from navigation to a heat map that can be used
MAX_FILTER_SECONDS = 0.2  # from a choice to the next picture: feels instant
ROUNDS = 5  # of each measurement; the median counts
MEGABYTE = 1_000_000

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

PAINTED = "void document.body.offsetHeight; requestAnimationFrame(() => setTimeout(() => done(performance.now() - start), 0))"
CHOOSE = f"""([id, value]) => new Promise((done) => {{
  const control = document.getElementById(id);
  const start = performance.now();
  control.value = value;
  control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input", {{ bubbles: true }}));
  {PAINTED};
}})"""
PEER_CHOOSE = f"""([column, value]) => new Promise((done) => {{
  const start = performance.now();
  for (const row of document.querySelectorAll("tbody tr")) row.hidden = !row.cells[column].textContent.includes(value);
  {PAINTED};
}})"""
MATRIX_CHOICES = (("filter-year", "2024"), ("filter-text", "jaya"), ("filter-status", "uncertain"), ("filter-sort", "missing"))
FINDING_CHOICES = (("filter-severity", "error"), ("filter-words", "tim kerja"), ("filter-year", "2024"))
PEER_CHOICES = ((2, "2024"), (1, "Jaya"))


def main() -> int:
    """0 when all figures keep their limits, 1 when one does not, 2 when there is no browser."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("tables", type=Path, metavar="FOLDER", help="tables, such as bench.national makes")
    arguments = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        print(f"None of {', '.join(BROWSERS)} is installed.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        start = time.perf_counter()
        report = write_report(arguments.tables, Path(folder) / "report.html", None)
        written = time.perf_counter() - start
        peer = write_peer(arguments.tables, Path(folder) / "pandas.html")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        figures = measure(browser, report, peer)
        browser.close()
        figures |= {
            "write_s": written,
            "report_mb": report.stat().st_size / MEGABYTE,
            "peer_mb": peer.stat().st_size / MEGABYTE,
        }
    return told(figures)


def write_peer(tables: Path, file: Path) -> Path:
    """The heat map as pandas writes a table."""
    coverage = pd.read_parquet(tables / "coverage.parquet")
    documents = pd.read_parquet(tables / "documents.parquet").set_index("document_id")
    grid = coverage.pivot(index="document_id", columns="indicator_id", values="status")
    names = documents.loc[grid.index, ["satker_name", "year"]]
    names.join(grid).reset_index(drop=True).to_html(file)
    return file


def measure(browser: Browser, report: Path, peer: Path) -> dict[str, float]:
    """Medians of seconds, by what was measured."""
    address = report.as_uri()
    opens = {
        "open_s": lambda page: opened(page, f"{address}#/matrix", ".matrix tbody .cell"),
        "open_summary_s": lambda page: opened(page, address, ".card"),
        "open_findings_s": lambda page: opened(page, f"{address}#/findings", "td.message"),
        "open_decree_s": lambda page: opened(page, f"{address}#/decree/{first_decree(page, address)}", ".plan td"),
        "peer_open_s": lambda page: opened(page, peer.as_uri(), "tbody tr:last-child td"),
    }
    times: dict[str, list[float]] = {name: [] for name in opens}
    for _ in range(ROUNDS):
        for name, action in opens.items():
            times[name].append(_on_new_page(browser, action))
    figures = {name: statistics.median(found) for name, found in times.items()}
    figures["filter_s"] = _on_new_page(browser, lambda page: filtered(page, f"{address}#/matrix", MATRIX_CHOICES))
    figures["filter_findings_s"] = _on_new_page(browser, lambda page: filtered(page, f"{address}#/findings", FINDING_CHOICES))
    figures["peer_filter_s"] = _on_new_page(browser, lambda page: peer_filtered(page, peer.as_uri()))
    return figures


def opened(page: Page, address: str, sign: str) -> float:
    """Seconds from navigation until an element is in sight."""
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(sign)
    return time.perf_counter() - start


def first_decree(page: Page, address: str) -> str:
    """The id of some decree; leaves the page blank."""
    page.goto(address)
    found: str = page.evaluate("JSON.parse(document.getElementById('overview').textContent).docs[0].id")
    page.goto("about:blank")
    return found


def filtered(page: Page, address: str, choices: tuple[tuple[str, str], ...]) -> float:
    """Seconds of the slowest choice, each the median of its rounds."""
    page.goto(address)
    page.wait_for_selector("main:not([aria-busy]) h1")
    slowest = 0.0
    for name, value in choices:
        usual = "name" if name == "filter-sort" else ""
        found = []
        for _ in range(ROUNDS):
            found.append(page.evaluate(CHOOSE, [name, value]) / 1000)
            page.evaluate(CHOOSE, [name, usual])
        slowest = max(slowest, statistics.median(found))
    return slowest


def peer_filtered(page: Page, address: str) -> float:
    """The same over pandas' table, with the shortest script that hides rows."""
    page.goto(address)
    slowest = 0.0
    for column, value in PEER_CHOICES:
        found: list[float] = [page.evaluate(PEER_CHOOSE, [column, value]) / 1000 for _ in range(ROUNDS)]
        slowest = max(slowest, statistics.median(found))
    return slowest


def told(figures: Mapping[str, float]) -> int:
    """0 when the figures, which are printed, keep their limits."""
    limits = {
        "report_mb": MAX_MEGABYTES,
        "open_s": MAX_OPEN_SECONDS,
        "filter_s": MAX_FILTER_SECONDS,
        "filter_findings_s": MAX_FILTER_SECONDS,
    }
    for name in sorted(figures):
        limit = f"  (at most {limits[name]:g})" if name in limits else ""
        print(f"{name:20}{figures[name]:9.3f}{limit}")
    ratios = {f"{name}_ratio": figures[name] / figures[f"peer_{name}"] for name in ("open_s", "filter_s")}
    for name, ratio in ratios.items():
        print(f"{name:20}{ratio:9.3f}  (of pandas.to_html)")
    print(json.dumps({name: round(value, 4) for name, value in {**figures, **ratios}.items()}))
    return int(any(figures[name] > limit for name, limit in limits.items()))


def _on_new_page(browser: Browser, action: Callable[[Page], float]) -> float:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    try:
        return action(page)
    finally:
        page.close()


if __name__ == "__main__":
    raise SystemExit(main())
