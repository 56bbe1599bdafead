"""Arrow tables as pandas frames that keep their types: dates, lists and whole numbers; closed vocabularies as categories.

Every column is of an Arrow type of pandas, so that null is `pd.NA` everywhere, and a list in a cell is a Python list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd
import pyarrow as pa

from zi.errors import NoColumnSure

NO_WORDS: Mapping[str, Sequence[str]] = MappingProxyType({})

TEXT = pd.ArrowDtype(pa.string())
FLAG = pd.ArrowDtype(pa.bool_())
WHOLE = pd.ArrowDtype(pa.int64())
REAL = pd.ArrowDtype(pa.float64())
DAY = pd.ArrowDtype(pa.date32())


def as_frame(table: pa.Table, words: Mapping[str, Sequence[str]] = NO_WORDS) -> pd.DataFrame:
    """A table as a frame.

    Args:
        table: the table.
        words: columns that become ordered categories, with their words; other words that occur are put behind them.
    """
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype, ignore_metadata=True)
    for name, known in words.items():
        if name in frame:
            frame[name] = categories(frame[name], known)
    return frame


def categories(values: pd.Series, words: Sequence[str]) -> pd.Series:
    """The values as ordered categories; words that are not known are kept, behind the others."""
    unknown = sorted(set(values.dropna().unique()) - set(words))
    return values.astype(object).astype(pd.CategoricalDtype([*words, *unknown], ordered=True))


def sure_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows whose column `sure` is true.

    Raises:
        NoColumnSure: there is no such column.
    """
    if "sure" not in frame:
        raise NoColumnSure("The frame has no column `sure`.")
    return frame[frame["sure"].fillna(False).astype(bool)]
