"""Figures of the notebooks: one palette, readable labels, and a sentence where there is nothing to draw.

Blue is present or read surely, vermilion is missing or wrong, hatched grey is uncertain: it never looks like either. The
colours are those of Okabe and Ito, which people with any colour vision can tell apart.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from normalize.satker import satkers
from zi.tables import Tables

SURE, WRONG, SOFT, PALE = "#0072B2", "#D55E00", "#E8B98A", "#CFCFCF"
INK, DOUBT = "#222222", "#6B6B6B"
HATCH = "////"
STATES = {"present": SURE, "uncertain": None, "missing": WRONG}
"""Colour by status of coverage; None is hatched: not sure."""

MOST_LINES = 30  # lines of a figure that can still be read; more are put together by province
TALL = 0.27  # inches of a line
WIDE = 10.5  # inches of a figure
LABEL = 60  # letters of a label, then it is cut
FEW = 8  # a count up to here is never drawn in the darkest blue: one of one is little
NOT_KNOWN = "office not known"

pd.set_option("display.max_colwidth", 220)  # letters of a cell: a finding is a sentence
plt.rcParams.update(
    {
        "figure.dpi": 90,
        "savefig.dpi": 90,
        "figure.constrained_layout.use": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 11.5,
        "font.size": 9,
        "text.color": INK,
        "axes.labelcolor": INK,
        "hatch.linewidth": 0.7,
        "hatch.color": DOUBT,
    }
)


def say(text: str) -> None:
    """Prints a sentence, broken into lines."""
    print(textwrap.fill(" ".join(text.split()), 110))


def table(frame: pd.DataFrame, empty: str) -> pd.DataFrame | None:
    """The frame, to be shown; where it has no rows a sentence is printed in its place."""
    if frame.empty:
        say(empty)
        return None
    return frame


def short(text: object, length: int = LABEL) -> str:
    """The text, cut where a label ends."""
    return textwrap.shorten(str(text), length, placeholder=" …") if len(str(text)) > length else str(text)


def offices_of(tables: Tables) -> pd.Series:
    """What to call the office of each document: its name in the register, else as the decree prints it, with an asterisk."""
    documents = tables.documents
    about = documents[["satker_name", "institution", "source_path"]].astype(object).itertuples(index=False)
    return pd.Series([_office(*one) for one in about], index=documents["document_id"].astype(object), dtype=object)


def _office(name: object, printed: object, path: str) -> str:
    if isinstance(name, str):
        return name
    if isinstance(printed, str):
        bare = printed.upper().removeprefix("KOMISI PEMILIHAN UMUM").strip().title()
        return f"{bare or 'KPU'} *"
    return f"{Path(path).stem} *"


def component_names(frame: pd.DataFrame) -> pd.Series:
    """Id and name of the component of each row of coverage; the id alone where its name is not known."""
    ids = frame["indicator_id"].astype(object)
    return (ids + " " + frame["indicator_name"].astype(object)).fillna(ids)


def lines_of(tables: Tables, plans: pd.DataFrame) -> tuple[pd.Series, str]:
    """What each plan belongs to in a figure, and what that is: its office and year where few, its province where many.

    Args:
        tables: the tables.
        plans: frame with decree_id and year, one row per plan or several.
    """
    if plans["decree_id"].nunique() <= MOST_LINES:
        names = offices_of(tables)
        called = plans["decree_id"].astype(object).map(names)
        years = plans["year"].astype("Int64").astype(object).map(lambda year: "" if pd.isna(year) else f" {year}")
        return (called + years).astype(object), "plan"
    provinces = {code: one.name.removeprefix("Provinsi ") for code, one in satkers().items() if one.level == "provinsi"}
    known = tables.documents.dropna(subset=["province_code"]).drop_duplicates("decree_id").set_index("decree_id")
    codes = plans["decree_id"].astype(object).map(known["province_code"].astype(object))
    return codes.map(lambda code: NOT_KNOWN if pd.isna(code) else provinces.get(code, code)).astype(object), "province"


def bars(
    frame: pd.DataFrame,
    title: str,
    unit: str,
    colours: Mapping[str, str | None],
    *,
    empty: str = "There is nothing to draw.",
    whole: float | None = None,
) -> None:
    """Horizontal bars, one a line of the frame, its columns stacked in the colours; None is hatched: uncertain.

    Args:
        frame: numbers; the first line is drawn at the top.
        title: what is seen.
        unit: of the numbers.
        colours: column -> colour.
        empty: said where the frame has no lines.
        whole: where the axis ends.
    """
    if frame.empty or not len(frame.columns):
        say(empty)
        return
    numbers = frame[list(colours)].astype(float).fillna(0.0)
    _, axes = plt.subplots(figsize=(WIDE, 1.3 + TALL * len(numbers)))
    places, left = np.arange(len(numbers)), np.zeros(len(numbers))
    for name, colour in colours.items():
        axes.barh(places, numbers[name].where(numbers[name] > 0), left=left, height=0.78, label=name, **_fill(colour))
        left += numbers[name].to_numpy()
    axes.set_yticks(places, [short(one) for one in numbers.index])
    axes.set_ylim(len(numbers) - 0.4, -0.6)
    axes.set_xlim(0, whole or max(float(left.max()) * 1.02, 1e-9))
    axes.set_xlabel(unit)
    axes.xaxis.set_major_locator(_ticks(left))
    axes.xaxis.set_major_formatter("{x:,g}")
    axes.set_title(title, pad=24 if len(colours) > 1 else 6)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    if len(colours) > 1:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncol=len(colours), frameon=False, borderaxespad=0.2)
    plt.show()


def _ticks(numbers: np.ndarray) -> MaxNLocator:
    """Ticks at whole numbers where all numbers are whole: there is no half row."""
    return MaxNLocator(8, integer=bool((numbers == np.round(numbers)).all()), steps=[1, 2, 2.5, 5, 10])


def _fill(colour: str | None) -> dict[str, object]:
    if colour is None:
        return {"facecolor": "white", "edgecolor": DOUBT, "hatch": HATCH, "linewidth": 0.6}
    return {"facecolor": colour, "edgecolor": "white", "linewidth": 0.6}


def states(matrix: pd.DataFrame, title: str, *, empty: str = "There is nothing to draw.") -> None:
    """A heat map of present, uncertain and missing: uncertain cells are hatched, cells without a statement stay white.

    Args:
        matrix: plans x components; columns are ids like "A1.P1", whose areas are set apart.
        title: what is seen.
        empty: said where there is no plan.
    """
    if matrix.empty:
        say(empty)
        return
    axes = _field(matrix, title)
    for row, line in enumerate(matrix.astype(object).to_numpy()):
        for column, status in enumerate(line):
            if status in STATES:
                axes.add_patch(Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, zorder=2, **_fill(STATES[status])))
    handles = [Patch(label=name, **_fill(colour)) for name, colour in STATES.items()]
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, -0.02), ncol=3, frameon=False)
    plt.show()


def shares(
    matrix: pd.DataFrame,
    doubt: pd.DataFrame,
    title: str,
    unit: str,
    *,
    most_doubt: float = 0.1,
    empty: str = "Nothing to draw.",
) -> None:
    """A heat map of shares; cells where more than `most_doubt` are uncertain have a dot, so that none looks surer than it is.

    Args:
        matrix: shares 0..1.
        doubt: shares that are uncertain, of the same form.
        title: what is seen.
        unit: what a share is of.
        most_doubt: from where a cell has a dot.
        empty: said where there is nothing.
    """
    if matrix.empty:
        say(empty)
        return
    axes = _field(matrix, title)
    seen = axes.imshow(matrix.astype(float).to_numpy(), cmap="cividis_r", vmin=0, vmax=1, aspect="auto", zorder=0)
    row, column = np.where(doubt.astype(float).to_numpy() > most_doubt)
    dot = {"marker": "o", "facecolor": "white", "edgecolor": INK, "linewidth": 0.7}
    axes.scatter(column, row, s=16, zorder=4, label=f"more than {most_doubt:.0%} of the plans uncertain: read with care", **dot)
    axes.figure.colorbar(seen, ax=axes, label=unit, shrink=0.6, format=lambda share, _: f"{share:.0%}")
    if len(row):
        axes.legend(loc="upper left", bbox_to_anchor=(0, -0.01), frameon=False)
    plt.show()


def _field(matrix: pd.DataFrame, title: str) -> Axes:
    """Axes with the labels of a matrix of components, its areas set apart by lines."""
    _, axes = plt.subplots(figsize=(WIDE + 1, 1.8 + 0.24 * len(matrix)))
    axes.set_xlim(-0.5, len(matrix.columns) - 0.5)
    axes.set_ylim(len(matrix) - 0.5, -0.5)
    axes.set_yticks(range(len(matrix)), [short(one, 38) for one in matrix.index])
    axes.set_xticks(range(len(matrix.columns)), list(matrix.columns), rotation=90, fontsize=7.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    areas = [str(one).split(".")[0] for one in matrix.columns]
    for place in range(1, len(areas)):
        if areas[place] != areas[place - 1]:
            axes.axvline(place - 0.5, color=INK, linewidth=1.2, zorder=5)
    axes.set_title(title, pad=10)
    return axes


def counts(matrix: pd.DataFrame, title: str, xlabel: str, unit: str, *, empty: str = "There is nothing to draw.") -> None:
    """A heat map of numbers, each written into its cell; white is none.

    Args:
        matrix: whole numbers.
        title: what is seen.
        xlabel: what the columns are.
        unit: what is counted.
        empty: said where there is nothing.
    """
    if matrix.empty or not len(matrix.columns) or not float(matrix.astype(float).to_numpy().max()):
        say(empty)
        return
    numbers = matrix.astype(float).to_numpy()
    _, axes = plt.subplots(figsize=(WIDE, 1.6 + 0.32 * len(matrix)))
    top = float(np.nanmax(numbers))
    end = max(top, FEW) * 1.15
    seen = axes.imshow(np.where(numbers > 0, numbers, np.nan), cmap="Blues", vmin=0, vmax=end, aspect="auto")
    for (row, column), number in np.ndenumerate(numbers):
        if number > 0:
            told = f"{number:,.0f}" if number < 10_000 else f"{number / 1000:,.0f}k"
            axes.text(column, row, told, ha="center", va="center", fontsize=8, color="white" if number > 0.6 * end else INK)
    axes.set_xticks(range(len(matrix.columns)), list(matrix.columns))
    axes.set_yticks(range(len(matrix)), [short(one) for one in matrix.index])
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.set_xlabel(xlabel)
    axes.set_title(title)
    axes.figure.colorbar(seen, ax=axes, label=unit, shrink=0.8, ticks=MaxNLocator(6, integer=True), format="{x:,g}")
    plt.show()


def bubbles(frame: pd.DataFrame, title: str, xlabel: str, *, empty: str = "There is nothing to draw.") -> None:
    """Circles whose area is a number: full ones are proved, hollow ones are not.

    Args:
        frame: columns line, x, n (how many), proved (flag), and since (x of a mark on the line; NaN for none).
        title: what is seen.
        xlabel: what x is.
        empty: said where there is nothing.
    """
    if frame.empty:
        say(empty)
        return
    order = list(dict.fromkeys(frame["line"]))
    _, axes = plt.subplots(figsize=(WIDE, 1.6 + 0.36 * len(order)))
    size = 420 / max(FEW, float(frame["n"].max()))
    for one in frame.itertuples():
        y = order.index(one.line) + (-0.14 if one.proved else 0.14)
        style = {"facecolor": WRONG} if one.proved else {"facecolor": "white", "linestyle": "--"}
        axes.scatter(one.x, y, s=40 + size * one.n, edgecolor=WRONG if one.proved else DOUBT, zorder=3, **style)
        axes.annotate(f"{one.n:,}", (one.x, y), xytext=(13, -3), textcoords="offset points", fontsize=8)
    for line, since in frame.dropna(subset=["since"]).drop_duplicates("line")[["line", "since"]].itertuples(index=False):
        axes.plot([since, since], [order.index(line) - 0.4, order.index(line) + 0.4], color=INK, linewidth=1.5)
    axes.set_yticks(range(len(order)), [short(one, 60) for one in order])
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.grid(color="#E4E4E4", linewidth=0.6)
    axes.set_axisbelow(True)
    ends = [*frame["x"], *frame["since"].dropna()]
    axes.set_xlim(np.floor(min(ends)) - 0.6, np.ceil(max(ends)) + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(12, integer=True, steps=[1, 2, 5, 10]))
    axes.set_xlabel(xlabel)
    axes.set_title(title, pad=26)
    marks = [
        Line2D([], [], marker="o", linestyle="", color=WRONG, markersize=8, label="replaced: read in a published text"),
        Line2D(
            [], [], marker="o", linestyle="", markerfacecolor="white", markeredgecolor=DOUBT, markersize=8, label="not verified"
        ),
        Line2D([], [], marker="|", linestyle="", color=INK, markersize=11, label="day of the replacement"),
    ]
    axes.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1.0), ncol=3, frameon=False, borderaxespad=0.2)
    plt.show()


def steps(
    groups: Mapping[str, pd.Series], title: str, xlabel: str, bins: Sequence[float], *, empty: str = "Nothing to draw."
) -> None:
    """Share of values at or below x, one line per group: nothing hides behind anything, as it does in bars.

    Args:
        groups: name -> values.
        title: what is seen.
        xlabel: what the values are.
        bins: ends of the axis.
        empty: said where no group has values.
    """
    filled = {name: np.sort(values.dropna().astype(float)) for name, values in groups.items() if values.notna().any()}
    if not filled:
        say(empty)
        return
    _, axes = plt.subplots(figsize=(WIDE, 3.4))
    for (name, values), colour, style in zip(
        filled.items(), (SURE, WRONG, "#009E73", "#CC79A7"), ("-", "--", "-.", ":"), strict=False
    ):
        low = [bins[0], *values, bins[-1]]
        axes.step(low, [0, *np.arange(1, len(values) + 1) / len(values), 1], where="post", color=colour, linestyle=style,
                  linewidth=1.8, label=f"{name} ({len(values):,} rows)")  # fmt: skip
    axes.set_xlim(bins[0], bins[-1] + 0.01 * (bins[-1] - bins[0]))
    axes.set_ylim(0, 1.03)
    axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    axes.set_ylabel("rows at or below")
    axes.set_xlabel(xlabel)
    axes.set_title(title)
    axes.grid(color="#E4E4E4", linewidth=0.6)
    axes.legend(frameon=False, loc="upper left")
    plt.show()


def ranges(frame: pd.DataFrame, title: str, unit: str, *, empty: str = "There is nothing to draw.") -> None:
    """A line from the least to the most that a number may be, one per line of the frame.

    Args:
        frame: columns least and most.
        title: what is seen.
        unit: of the numbers.
        empty: said where there is nothing.
    """
    if frame.empty:
        say(empty)
        return
    least, most = frame["least"].astype(float).to_numpy(), frame["most"].astype(float).to_numpy()
    places = np.arange(len(frame))
    _, axes = plt.subplots(figsize=(WIDE, 1.5 + TALL * len(frame)))
    axes.hlines(places, least, most, color=DOUBT, linewidth=5, alpha=0.45)
    axes.scatter(least, places, color=WRONG, s=34, zorder=3, label="at least (surely missing)")
    axes.scatter(most, places, facecolor="white", edgecolor=DOUBT, s=34, zorder=2, label="at most (uncertain ones too)")
    axes.set_yticks(places, [short(one) for one in frame.index])
    axes.set_ylim(len(frame) - 0.4, -0.6)
    room = max(2.0, 0.3 * float(most.max() - least.min()))  # points are no bars: the axis need not begin at 0
    axes.set_xlim(max(-0.5, float(least.min()) - room), float(most.max()) + room)
    axes.set_xlabel(unit)
    axes.set_title(title, pad=24)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncol=2, frameon=False, borderaxespad=0.2)
    plt.show()
