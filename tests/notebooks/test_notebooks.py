"""The notebooks run, their figures can be read, and the kept ones were made from their sources."""

from __future__ import annotations

import json
import re
import runpy
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pytest
from matplotlib.artist import Artist
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text

from notebooks import build

SOURCES = build.sources()
NAMES = [source.stem for source in SOURCES]
SECONDS = 60  # that a notebook may take on the samples
BYTES = 600_000  # of a kept notebook: what a page on the web shows quickly
PICTURES = {"01": 4, "02": 5, "03": 6, "04": 6}
"""Figures and pieces of pages that each notebook shows at least, over the samples."""

MOST_LINES = 40  # of a figure: all provinces, and the offices that are not known

SURE = {"#0072b2", "#d55e00"}
"""Colours of what is surely there, and surely missing."""

DOUBTED = ("uncertain", "read with doubt", "to look at", "a person should choose", "likely")
PLACES_OF_A_MACHINE = re.compile(r"/(?:home|root|tmp|work|Users|usr)/")

every_notebook = pytest.mark.parametrize("source", SOURCES, ids=NAMES)


@every_notebook
def test_runs_over_the_samples(source: Path, sample: Path) -> None:
    before = time.monotonic()
    notebook = build.executed(source, sample)

    assert time.monotonic() - before < SECONDS
    assert not [said for kind, said in _said(notebook) if kind == "stderr"]
    assert _pictures(notebook) >= PICTURES[source.stem[:2]]


def test_says_what_the_samples_hold(sample: Path, figures: list[Figure], run: Run) -> None:
    told = " ".join(run(SOURCES[0], sample).split())
    assert "5 PDFs hold 5 decrees of 5 offices; 4 have a plan, with 76 rows." in told
    assert "Of 76 rows, 74 have months that were surely read" in told


@every_notebook
def test_a_country_can_be_read_in_its_figures(source: Path, country: Path, figures: list[Figure], run: Run) -> None:
    said = run(source, country)

    assert len(figures) >= PICTURES[source.stem[:2]] - 2  # its PDFs are not there: no pieces of pages
    assert "the PDF is not there" in said or source.stem.startswith("01")
    for figure in figures:
        _is_readable(figure)


@every_notebook
def test_nothing_gives_sentences(source: Path, nothing: Path, figures: list[Figure], run: Run) -> None:
    said = run(source, nothing)

    assert not figures
    assert said.count("\n") >= len(PICTURES)


def test_what_is_uncertain_never_looks_sure(sample: Path, figures: list[Figure], run: Run) -> None:
    seen = set()
    for source in SOURCES:
        run(source, sample)
    for label, patch in ((label, patch) for figure in figures for label, patch in _legend(figure)):
        if not isinstance(patch, Patch):
            continue
        assert bool(patch.get_hatch()) == (label in DOUBTED), label
        if label in DOUBTED:
            seen.add(label)
            assert to_hex(patch.get_facecolor()) not in SURE, label
    assert seen == set(DOUBTED)


@every_notebook
def test_the_kept_notebook_was_made_from_its_source(source: Path) -> None:
    kept = nbformat.read(source.with_suffix(".ipynb"), as_version=4)  # type: ignore[no-untyped-call]
    wanted = build.paired(source)
    cure = "run: make notebooks"

    assert [(c.cell_type, c.source) for c in kept.cells] == [(c.cell_type, c.source) for c in wanted.cells], cure
    assert kept.metadata.zi == wanted.metadata.zi, cure
    run = [cell.execution_count for cell in kept.cells if cell.cell_type == "code"]
    assert run == list(range(1, len(run) + 1)), cure


@every_notebook
def test_the_kept_notebook_is_fit_to_be_seen(source: Path) -> None:
    path = source.with_suffix(".ipynb")
    kept = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]

    assert path.stat().st_size < BYTES
    assert _pictures(kept) >= PICTURES[source.stem[:2]]
    assert {kind for kind, _ in _said(kept)} <= {"stdout"}
    assert not PLACES_OF_A_MACHINE.search(_texts(kept))


class Run:
    """Runs a source in this process, which is quicker than a kernel: gives what it printed."""

    def __init__(self, patch: pytest.MonkeyPatch, said: pytest.CaptureFixture[str]) -> None:
        self.patch, self.said = patch, said

    def __call__(self, source: Path, parquet: Path) -> str:
        self.patch.syspath_prepend(build.FOLDER)
        self.patch.setenv("ZI_PARQUET", str(parquet))
        self.patch.setenv("ZI_PDFS", str(build.ROOT))
        runpy.run_path(str(source))
        return self.said.readouterr().out


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(monkeypatch, capsys)


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """The figures that are shown while the test runs."""
    mpl.use("Agg")
    shown: list[Figure] = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gcf()))
    yield shown
    plt.close("all")


def _said(notebook: nbformat.NotebookNode) -> list[tuple[str, str]]:
    """What the cells printed, by stream; errors too."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [(o.get("name", "error"), o.get("text", "")) for o in outputs if o.output_type in ("stream", "error")]


def _texts(notebook: nbformat.NotebookNode) -> str:
    """All that can be read in a notebook, but for its pictures."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop("image/png", None)
    return json.dumps(notebook)


def _pictures(notebook: nbformat.NotebookNode) -> int:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return sum("image/png" in output.get("data", {}) for output in outputs)


def _legend(figure: Figure) -> list[tuple[str, Artist]]:
    legends = [axes.get_legend() for axes in figure.axes]
    return [
        (text.get_text(), handle)
        for legend in legends
        if legend is not None
        for text, handle in zip(legend.get_texts(), legend.legend_handles, strict=True)
        if handle is not None
    ]


def _is_readable(figure: Figure) -> None:
    """A title, what the axes are, and labels that lie within the figure and not over one another."""
    figure.canvas.draw()
    axes = figure.axes[0]
    title = axes.get_title(loc="left")
    assert title
    rows, columns = axes.get_yticklabels(), axes.get_xticklabels()
    assert axes.get_xlabel() or len(columns) == 45, title  # the 45 components explain themselves
    lines, steps = _drawn(rows, figure), _drawn(columns, figure)
    for one, other in [*pairwise(lines), *pairwise(steps)]:
        assert not one.get_window_extent().overlaps(other.get_window_extent()), (title, one.get_text(), other.get_text())
    assert len(lines) <= MOST_LINES, title
    for label in lines:
        assert label.get_window_extent().x0 >= 0, (title, label.get_text())


def _drawn(labels: list[Text], figure: Figure) -> list[Text]:
    """The labels that lie within the figure: of ticks beyond the end of an axis none is drawn."""
    return [label for label in labels if label.get_text() and figure.bbox.overlaps(label.get_window_extent())]
