"""Frames that put the names of offices and indicators beside the rows, a decree counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from normalize.register import CONFIDENCES, Fact, fact, register
from zi.folder import Folder
from zi.known import vocabularies
from zi.plans import File, decree_documents, plan_documents
from zi.typed import FLAG, as_frame

OFFICE = ("satker_code", "office", "satker_name", "satker_level", "province_code")
"""Columns that say who: `office` is the name, or the institution as printed where the register does not know it."""

ABOUT = (
    "document_id",
    "decree_id",
    "source_path",
    "institution",
    *(name for name in OFFICE if name != "office"),
    "year",
    "number_raw",
    "date",
    "title",
    "plan_form",
    "kind",
    "confidence",
    "needs_review",
    "review_reasons",
)
SURE_MATCH = ("accepted", "override")
FACTS = ("status", "repealed_by", "repealed_on", "repealed_except")
"""Fields of the register that tell whether an instrument was in force."""


@dataclass(frozen=True)
class Joins:
    """The joins over one folder; see the methods of `zi.tables.Tables`, which hand them out."""

    folder: Folder

    def frame(self, name: str, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Columns of a table as a frame of its own."""
        return as_frame(self.folder.arrow(name, columns), vocabularies().get(name, {}))

    @cached_property
    def _files(self) -> list[File]:
        """The documents, with what decides which of them count."""
        names = ["document_id", "decree_id", "document_part", "lampiran_no", "kind", "needs_review"]
        counts = pc.value_counts(self.folder.arrow("plan_rows", ["document_id"])["document_id"]).to_pylist()
        rows = {one["values"]: one["counts"] for one in counts}
        covered = set(self.folder.arrow("coverage", ["document_id"])["document_id"].unique().to_pylist())
        return [
            File(
                document_id=one["document_id"],
                decree_id=one["decree_id"] or one["document_id"],
                is_lampiran=one["document_part"] == "lampiran",
                lampiran_no=one["lampiran_no"],
                kind=one["kind"],
                needs_review=bool(one["needs_review"]),
                rows=rows.get(one["document_id"], 0),
                covered=one["document_id"] in covered,
            )
            for one in self.folder.arrow("documents", names).to_pylist()
        ]

    @cached_property
    def _documents(self) -> pd.DataFrame:
        """All documents by their id, with the rows of their plans counted, and the decree also where old tables lack it."""
        found = self.frame("documents", ABOUT)
        found["decree_id"] = found["decree_id"].fillna(found["document_id"])
        found.insert(found.columns.get_loc("satker_name"), "office", found["satker_name"].fillna(found["institution"]))
        found["rows"] = pd.array([file.rows for file in self._files], "Int32").astype("int32[pyarrow]")
        found["sure"] = _not(found["needs_review"])
        return found.set_index("document_id", drop=False).rename_axis(None)

    def documents(self, ids: Sequence[str]) -> pd.DataFrame:
        """Some documents, in order of their ids."""
        return self._documents.loc[list(ids)].reset_index(drop=True)

    @cached_property
    def all_ids(self) -> list[str]:
        """All documents."""
        return sorted(file.document_id for file in self._files)

    @cached_property
    def decree_ids(self) -> list[str]:
        """The document that stands for each decree."""
        return decree_documents(self._files)

    @cached_property
    def plan_ids(self) -> list[str]:
        """The documents that hold the plan of each decree."""
        return plan_documents(self._files)

    def of(self, name: str, ids: Sequence[str], *, copies: bool) -> pd.DataFrame:
        """The rows of a table that belong to some documents, or to all of them."""
        table = self.folder.arrow(name)
        if not copies:
            table = table.filter(pc.is_in(table["document_id"], pa.array(ids, pa.string())))
        return as_frame(table, vocabularies().get(name, {}))

    def with_office(self, frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
        """The frame with columns of its documents, those that it has itself left as they are."""
        absent = [name for name in columns if name not in frame]
        return _looked_up(frame, "document_id", self._documents[absent])

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The nodes of the taxonomy by their id."""
        return self.frame("indicators").drop_duplicates("indicator_id").set_index("indicator_id", drop=False).rename_axis(None)

    def with_indicator(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame with what its indicators are: name, component, area and the component's weight."""
        nodes = self.indicators
        frame = _looked_up(frame, "indicator_id", nodes[["name"]].set_axis(["indicator_name"], axis=1))
        wanted = nodes[[name for name in ("component_id", "area_id") if name not in frame]]
        frame = _looked_up(frame, "indicator_id", wanted)
        if "component_id" in frame:
            about = nodes[["name", "weight"]].set_axis(["component_name", "component_weight"], axis=1)
            frame = _looked_up(frame, "component_id", about)
        return _looked_up(frame, "area_id", nodes[["name"]].set_axis(["area_name"], axis=1))

    def components(self) -> pd.DataFrame:
        """The components of the reference form, in its order."""
        nodes = self.indicators
        reference = nodes["form"].iloc[:1].to_list()
        of_form = nodes[(nodes["level"] == "component") & nodes["form"].isin(reference)]
        found = of_form[["indicator_id", "name", "area_id", "aspect", "weight", "form"]]
        found = _looked_up(found, "area_id", nodes[["name"]].set_axis(["area_name"], axis=1))
        return found.reset_index(drop=True)

    def rows(self, *, copies: bool) -> pd.DataFrame:
        """See `Tables.rows`."""
        found = self.of("plan_rows", self.plan_ids, copies=copies)
        found = self.with_indicator(self.with_office(found, ("decree_id", *OFFICE, "date", "plan_form", "kind")))
        found["sure"] = _not(found["needs_review"]) & _all(found["match_status"].isin(SURE_MATCH))
        return found

    def findings(self, *, copies: bool, dismissed: bool) -> pd.DataFrame:
        """See `Tables.finding_rows`."""
        found = self.of("findings", [*self.decree_ids, *self.plan_ids], copies=copies)
        if not dismissed:
            found = found[~(found["decision"] == "dismissed")].reset_index(drop=True)
        found = self.with_office(found, (*OFFICE, "source_path"))
        found["sure"] = _all(found["certainty"] == "sure")
        return found

    def citations(self, *, copies: bool) -> pd.DataFrame:
        """See `Tables.citations`."""
        found = self.of("legal_bases", [*self.decree_ids, *self.plan_ids], copies=copies)
        told = self._documents[["year", "date"]].set_axis(["decree_year", "decree_date"], axis=1)
        found = _looked_up(self.with_office(found, ("decree_id", *OFFICE)), "document_id", told)
        known = instruments().set_index("instrument_id").rename_axis(None)
        wanted = ["status", "replaced_by", "replaced_on", "replaced_except", "replaced_confidence"]
        found = _looked_up(found, "instrument_id", known[wanted])
        whole = (found["replaced_confidence"] == "verified") & found["replaced_except"].isna()
        proved = whole & found["replaced_on"].notna() & found["decree_date"].notna()
        later = found["decree_date"].astype("string") >= found["replaced_on"].astype("string")  # ISO dates sort as text
        found["was_replaced"] = later.astype("boolean").astype(FLAG).where(proved.fillna(False).astype(bool))
        found["sure"] = _not(found["needs_review"]) & _all(found["instrument_id"].notna())
        return found


def instruments() -> pd.DataFrame:
    """See `Tables.instruments`."""
    rows = []
    for one in register().values():
        told = {name: fact(one.instrument_id, name) for name in FACTS}
        rows.append(
            {
                "instrument_id": one.instrument_id,
                "type": one.type,
                "number": one.number,
                "year": one.year,
                "title": one.title,
                "status": _value(told["status"]),
                "status_confidence": None if told["status"] is None else told["status"].confidence,
                "replaced_by": _value(told["repealed_by"]),
                "replaced_on": _day(told["repealed_on"]),
                "replaced_except": _value(told["repealed_except"]),
                "replaced_confidence": _least(told["repealed_by"], told["repealed_on"]),
            }
        )
    types = {"year": pa.int32(), "replaced_on": pa.date32()}
    columns = {name: pa.array([row[name] for row in rows], types.get(name, pa.string())) for name in rows[0]}
    return as_frame(pa.table(columns), {"replaced_confidence": CONFIDENCES})


def _value(known: Fact | None) -> str | None:
    return None if known is None else known.value


def _day(known: Fact | None) -> date | None:
    return None if known is None else date.fromisoformat(known.value)


def _least(*facts: Fact | None) -> str | None:
    """The confidence of what rests on all of the facts that are known; None where none is."""
    return min((one.confidence for one in facts if one is not None), key=CONFIDENCES.index, default=None)


def _looked_up(frame: pd.DataFrame, key: str, known: pd.DataFrame) -> pd.DataFrame:
    """The frame with the columns of `known`, found by its index; null where the key is null or not known.

    Unlike a merge this keeps the order and the number of rows, whatever is in the tables.
    """
    places = known.index.get_indexer(pd.Index(frame[key].astype(object)))
    found = known.reset_index(drop=True).reindex(places).set_axis(frame.index, axis=0) if len(known) else None
    added = {name: known[name].iloc[:0].reindex(frame.index) if found is None else found[name] for name in known}
    return frame.assign(**added)


def _not(flags: pd.Series) -> pd.Series:
    """The opposite of flags, none of them null: where old tables do not tell, false."""
    return _all(~flags.fillna(True).astype(bool))


def _all(flags: pd.Series) -> pd.Series:
    return flags.fillna(False).astype(bool).astype(FLAG)
