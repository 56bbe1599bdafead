"""The matcher as a function of data frames, for lists that come from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import shorten

import numpy as np
import pandas as pd

from taxonomy.errors import ColumnNotThere, ColumnTwice, NoTextColumns
from taxonomy.matcher import Match, Matcher, columns_of, load_matcher

TEXTS = ("area", "component", "item", "action", "success_indicator", "evidence")
"""Columns that are read: the texts of a row; any may be missing or empty."""

ADDED = {
    "indicator_id": "string",
    "match_score": "float64",
    "component_score": "float64",
    "match_margin": "float64",
    "match_status": "string",
    "match_method": "string",
    "candidates": "object",
    "match_words": "object",
    "taxonomy_version": "string",
}
"""Columns that are added, in this order, after all others, with their types."""

NAMES_TOLD = 12  # columns told in a message
NAME_TOLD = 40  # letters of each


def match_frame(frame: pd.DataFrame, matcher: Matcher | None = None, plan: str | None = None) -> pd.DataFrame:
    """The frame with the columns of `ADDED`: which indicator each row serves, and how surely.

    Index, order and all other columns stay as they are; columns of an earlier matching are replaced. The names of
    columns are compared without regard to case and to spaces around them. A cell that holds no text is an empty one.

    Args:
        frame: the rows, with at least one column of `TEXTS`.
        matcher: what matches, the project's own by default.
        plan: column that tells which plan a row belongs to: the rows of each plan, in print order, are weighed together.
            Where its cell is empty, and without it, every row is matched by itself.

    Raises:
        NoTextColumns: the frame has no column of `TEXTS`.
        ColumnTwice: it has one of them twice.
        ColumnNotThere: it has no column named by ``plan``.
    """
    matcher = load_matcher() if matcher is None else matcher
    rows = _rows(frame)
    matches: dict[int, Match] = {}
    for places, belong_together in _groups(frame, plan):
        match = matcher.match_plan if belong_together else matcher.match_each
        matches |= zip(places, match([rows[place] for place in places]), strict=True)
    return _with_matches(frame, [matches[place] for place in range(len(rows))], matcher.taxonomy.version)


def texts_among(names: Iterable[object]) -> dict[str, int]:
    """The place of each column of `TEXTS` among the names of all columns.

    Raises:
        NoTextColumns: there is none.
        ColumnTwice: one is there twice, so that it cannot be told which is meant.
    """
    names = list(names)
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        text = folded(name)
        if text in TEXTS:
            if text in found:
                raise ColumnTwice(f"The column {text} is there twice: column {found[text] + 1} and column {place + 1}.")
            found[text] = place
    if not found:
        raise NoTextColumns(f"None of the columns to match is there: {', '.join(TEXTS)}. {_found(names)}")
    return found


def folded(name: object) -> str:
    """The name of a column as it is compared; "" for what is no text."""
    return name.strip().casefold() if isinstance(name, str) else ""


def _found(names: Iterable[object]) -> str:
    """The names of the columns as one sentence of bearable length."""
    told = [repr(shorten(str(name), NAME_TOLD, placeholder="...")) for name in names]
    more = f" and {len(told) - NAMES_TOLD} more" if len(told) > NAMES_TOLD else ""
    return f"The columns found: {', '.join(told[:NAMES_TOLD]) or 'none'}{more}."


def _rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    columns = {name: frame.iloc[:, place].tolist() for name, place in texts_among(frame.columns).items()}
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def _groups(frame: pd.DataFrame, plan: str | None) -> list[tuple[Sequence[int], bool]]:
    """Places of the rows that are matched in one go, and whether they belong to one plan."""
    if plan is None:
        return [(range(len(frame)), False)]
    exact = [place for place, name in enumerate(frame.columns) if name == plan]
    alike = exact or [place for place, name in enumerate(frame.columns) if folded(name) and folded(name) == folded(plan)]
    if not alike:
        raise ColumnNotThere(f"There is no column {plan!r} that tells the plan of a row. {_found(frame.columns)}")
    if len(alike) > 1:
        raise ColumnTwice(f"The column {plan!r} is there twice: column {alike[0] + 1} and column {alike[1] + 1}.")
    plans: dict[object, list[int]] = {}
    alone: list[int] = []
    for place, value in enumerate(frame.iloc[:, alike[0]].tolist()):
        key = value.strip() if isinstance(value, str) else value
        if pd.isna(key) or key == "":
            alone.append(place)
        else:
            plans.setdefault(key, []).append(place)
    return [(alone, False), *((places, True) for places in plans.values())]


def _with_matches(frame: pd.DataFrame, matches: Sequence[Match], version: str) -> pd.DataFrame:
    kept = frame.loc[:, np.array([folded(name) not in ADDED for name in frame.columns], dtype=bool)].copy()
    rows = [{**columns_of(match), "taxonomy_version": version} for match in matches]
    added = {name: pd.Series([row[name] for row in rows], frame.index, dtype=kind) for name, kind in ADDED.items()}
    return pd.concat([kept, pd.DataFrame(added, index=frame.index)], axis=1)
