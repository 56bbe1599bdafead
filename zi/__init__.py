"""The room of analysts, right of all others: the tables of a folder as typed frames, in SQL, and in files for other programs.

    import zi

    tables = zi.load("data/parquet")
    tables.plan_rows                # a table as it is: pandas, with real dates, lists and categories
    tables.rows()                   # the same with the names of offices and indicators
    tables.coverage_matrix()        # office x component: present | missing | uncertain
    zi.sql("select kind, count(*) from documents group by kind")

It imports from every room; none imports from it, but for the command line. It reads Parquet only, and writes to no table.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zi.errors import (
    BrokenTable,
    LibraryMissing,
    NewerTables,
    NoSuchTable,
    NoTables,
    NotReadOnly,
    OldTables,
    TooManyRows,
    WrongSql,
)

if TYPE_CHECKING:
    import pandas as pd

    from zi.tables import Tables

PARQUET = "data/parquet"

__all__ = [
    "BrokenTable",
    "LibraryMissing",
    "NewerTables",
    "NoSuchTable",
    "NoTables",
    "NotReadOnly",
    "OldTables",
    "TooManyRows",
    "WrongSql",
    "load",
    "sql",
    "sure",
]


def load(parquet: str | Path = PARQUET) -> Tables:
    """The tables of a folder; a table is read when it is first asked for.

    Args:
        parquet: folder that `zi ingest` wrote.

    Raises:
        NoTables: there are none.
        NewerTables: a zi with another major version of the schema wrote them.
        BrokenTable: a file is no table.
    """
    from zi.folder import open_folder
    from zi.tables import Tables

    return Tables(open_folder(parquet))


def sql(query: str, parquet: str | Path = PARQUET) -> pd.DataFrame:
    """The answer to one SQL query (DuckDB) over the tables of a folder; see `Tables.sql`.

    Raises:
        ZiError: as `load` and `Tables.sql`.
    """
    return load(parquet).sql(query)


def sure(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a joined frame that nothing makes doubtful: those whose column `sure` is true.

    Args:
        frame: what `rows`, `coverage_rows`, `finding_rows`, `citations`, `plans` or `decrees` gave.
    """
    from zi.typed import sure_rows

    return sure_rows(frame)
