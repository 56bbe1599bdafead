"""What the sheets are made of: documents with their names and links, components, versions."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit.selected import Row, selected, selected_table
from audit.workbook.book import Link
from audit.workbook.words import province_names, word
from pipeline.storage import as_source, is_remote

RESULTS = "hasil"  # aspect of components that are results
HEADER = (
    "document_id",
    "source_path",
    "page_count",
    "kind",
    "institution",
    "satker_code",
    "satker_name",
    "satker_level",
    "province_code",
    "number_raw",
    "year",
    "title",
    "date",
    "document_part",
    "decree_id",
    "confidence",
    "needs_review",
)
WEB = ("http://", "https://")
SPECIAL = re.compile(r"""[\x00-\x20%#?"<>\[\]^`{}|\\]""")
"""Signs of a path that mean something else in an address; letters beyond ASCII stay, as Excel writes them."""


@dataclass(frozen=True)
class Document:
    """A document as the sheets name it.

    Attributes:
        row: of the table documents, with the columns `HEADER`.
        folder: where the workbook lies: links to the PDF begin there.
    """

    row: Mapping[str, Any]
    folder: Path

    @property
    def document_id(self) -> str:
        """Its id."""
        return str(self.row["document_id"])

    @property
    def office(self) -> str:
        """The office, as short as it can be told from others; the file where the office is not known."""
        return str(self.row["satker_name"] or self.row["institution"] or Path(self.row["source_path"]).name)

    @property
    def province(self) -> str | None:
        """Name of its province."""
        return province_names().get(self.row["province_code"] or "")

    @property
    def is_repeated(self) -> bool:
        """It is a copy of a decree that is there too: its findings are those of the other one."""
        return bool(self.row["decree_id"] != self.document_id and self.row["document_part"] == "decree")

    @property
    def order(self) -> tuple[str, str, int, str, str]:
        """Sorts by province, office, year."""
        row = self.row
        return row["province_code"] or "~", self.office, row["year"] or 0, row["number_raw"] or "", self.document_id

    @cached_property
    def _address(self) -> str | None:
        """Where the PDF is, seen from the workbook; None where no program opens it from there."""
        source = as_source(self.row["source_path"])
        if is_remote(source):
            return None
        path = Path(source).absolute()
        try:
            told = Path(os.path.relpath(path, self.folder.absolute())).as_posix()
        except ValueError:  # another drive
            return path.as_uri()
        return "external:" + SPECIAL.sub(lambda sign: quote(sign.group()), told)

    def link(self, text: str, page: int | None = None) -> Link | str:
        """A link to the PDF, on a page where one is given; only the text where it cannot be reached."""
        if self._address is None:
            return text
        return Link(self._address + (f"#page={page}" if page is not None else ""), text)

    def link_to_page(self, page: int | None) -> Link | str | None:
        """A link to a page, which names it."""
        return None if page is None else self.link(f"hlm. {page}", page)

    def named(self) -> dict[str, Any]:
        """The cells that tell which decree a row belongs to."""
        row = self.row
        return {
            "province": self.province,
            "satker": self.office,
            "level": word("level", row["satker_level"]),
            "year": row["year"],
            "number": row["number_raw"],
            "date": row["date"],
        }


@dataclass(frozen=True)
class Source:
    """All that several sheets need of the tables."""

    parquet: Path
    out: Path

    def rows(self, table: str, *columns: str) -> list[Row]:
        """Some columns of all rows of a table."""
        return selected(self.parquet, table, columns)

    def table(self, table: str, *columns: str) -> pa.Table:
        """The same as Arrow holds it: a tenth of the memory."""
        return selected_table(self.parquet, table, columns)

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """Every document by id, in order of province, office and year."""
        found = [Document(row, self.out) for row in self.rows("documents", *HEADER)]
        return {one.document_id: one for one in sorted(found, key=lambda one: one.order)}

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """The place of each document in that order."""
        return {key: i for i, key in enumerate(self.documents)}

    @cached_property
    def decided_findings(self) -> Mapping[str, Row]:
        """What people decided of findings, by finding_id: who, and why."""
        rows = self.rows("overrides", "table", "key", "status", "decided_by", "why")
        return {row["key"]: row for row in rows if row["table"] == "findings" and row["status"] == "applied"}

    @cached_property
    def indicators(self) -> Mapping[str, Row]:
        """The nodes of the taxonomy by id, in their order."""
        columns = ("indicator_id", "indicator_order", "area_id", "level", "name", "weight", "aspect")
        return {row["indicator_id"]: row for row in self.rows("indicators", *columns)}

    def lost_weight(self, missing: Sequence[Row]) -> float:
        """The weight of components that are missing; results are left out, as no plan can plan the score of a survey."""
        plannable = (row for row in missing if self.indicators[row["indicator_id"]]["aspect"] != RESULTS)
        return round(sum(row["weight"] or 0.0 for row in plannable), 2)

    def indicator_name(self, indicator_id: str | None) -> str | None:
        """Id and name of a node, "A1.P1 Penyusunan Tim Kerja"; the id alone where it has no name."""
        if indicator_id is None:
            return None
        name = self.indicators.get(indicator_id, {}).get("name")
        return f"{indicator_id} {name}" if name else indicator_id

    @cached_property
    def coverage(self) -> pa.Table:
        """Components of the plans, but for those of copies; the rows of a document stand together."""
        columns = (
            "document_id",
            "indicator_id",
            "area_id",
            "status",
            "row_count",
            "best_score",
            "weight",
            "in_form",
            "reasons",
        )
        repeated = [key for key, document in self.documents.items() if document.is_repeated]
        where = ~pc.field("document_id").isin(repeated) if repeated else None
        return selected_table(self.parquet, "coverage", columns, where)

    @cached_property
    def _plans(self) -> Mapping[str, tuple[int, int]]:
        """Where the rows of each document begin in `coverage`, and how many there are."""
        counts = Counter(self.coverage["document_id"].to_pylist())
        starts = accumulate(counts.values(), initial=0)
        return {key: (start, n) for (key, n), start in zip(counts.items(), starts, strict=False)}

    def plans(self) -> Iterator[tuple[Document, Sequence[Row]]]:
        """Each plan with its components, in order of the documents."""
        for key, document in self.documents.items():
            if key in self._plans:
                yield document, self.components_of(key)

    def components_of(self, document_id: str) -> Sequence[Row]:
        """The components of one plan; none where the document has no plan."""
        start, n = self._plans.get(document_id, (0, 0))
        rows: list[Row] = self.coverage.slice(start, n).to_pylist()
        return rows

    def is_repeated(self, document_id: str) -> bool:
        """See `Document.is_repeated`."""
        document = self.documents.get(document_id)
        return document is not None and document.is_repeated

    @cached_property
    def components(self) -> Sequence[Row]:
        """The components of the reference form in its order."""
        there = set(self.coverage["indicator_id"].unique().to_pylist())
        return [row for key, row in self.indicators.items() if key in there]

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The web address that a JDIH gave the PDF from, by document."""
        found: dict[str, str] = {}
        for row in self.rows("jdih", "document_id", "url", "detail_url"):
            address = next((a for a in (row["detail_url"], row["url"]) if a and a.lower().startswith(WEB)), None)
            if address is not None:
                found.setdefault(row["document_id"], address)
        return found

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """Versions of schema, program and taxonomy that the tables were written with."""
        told = pq.read_metadata(self.parquet / "documents.parquet").metadata or {}
        return {key: told.get(f"zi.{key}".encode(), b"?").decode() for key in ("version", "schema_version", "taxonomy_version")}
