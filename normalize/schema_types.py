"""What tables are described with: columns, their types, and those that many tables share."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

STRING = pa.string()
INT = pa.int32()
BIG = pa.int64()
REAL = pa.float64()
BOOL = pa.bool_()
DATE = pa.date32()
BOXES = pa.list_(pa.struct([("page", INT), ("x0", REAL), ("top", REAL), ("x1", REAL), ("bottom", REAL)]))
GAZETTES = pa.list_(pa.struct([("series", STRING), ("year", INT), ("number", STRING)]))
PRINTED = pa.list_(pa.struct([("header", STRING), ("text", STRING)]))
MONTHS = pa.list_(pa.int8())
REASONS = pa.list_(STRING)
PLACES = pa.list_(
    pa.struct(
        [
            ("role", STRING),
            ("document_id", STRING),
            ("page", INT),
            ("x0", REAL),
            ("top", REAL),
            ("x1", REAL),
            ("bottom", REAL),
        ]
    )
)
CANDIDATES = pa.list_(pa.struct([("id", STRING), ("score", REAL)]))

NOT_PRINTED = "not there or not readable"
NEVER = "never null"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: as in the file.
        type: Arrow type.
        meaning: one line for the data dictionary.
        null: what null says.
        unit: unit of a number, empty where it has none.
    """

    name: str
    type: pa.DataType
    meaning: str
    null: str = NOT_PRINTED
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, and the columns that its rows are sorted by."""

    name: str
    row: str
    sort: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """Arrow schema with the meaning of each column in its metadata."""
        return pa.schema([pa.field(c.name, c.type, c.null != NEVER, _metadata(c)) for c in self.columns])


def _metadata(column: Column) -> dict[str, str]:
    about = {"meaning": column.meaning, "null": column.null}
    return {**about, "unit": column.unit} if column.unit else about


DOCUMENT_ID = Column("document_id", STRING, "first 16 hex digits of the SHA-256 of the file's bytes", NEVER)
PAGE = Column("page", INT, "page it is printed on, from 1")
SURE = Column("confidence", REAL, "how sure the reading is", NEVER, "0..1")
REVIEW_REASONS = Column("review_reasons", REASONS, "why to look at it, as stable words; [] = nothing", NEVER)
REVIEW = Column("needs_review", BOOL, "a person should look: repaired by guess, or read with doubt", NEVER)
SATKER = Column("satker_code", STRING, 'office, Kemendagri code: "36", "3504"', "office not known; never a guess")
YEAR = Column("year", INT, "year of the decree")
DECIDED = Column(
    "decided",
    REASONS,
    "columns of this row that a person decided: their value is an override; * = the row as a whole; [] = none",
    NEVER,
)
PLACE_OF_TEXT = Column("boxes", BOXES, "where it is printed, from the top left of the upright page", NEVER, "PDF points")
