"""Matrices out of the joins: office x component, row x month, office x year; what is not sure has a word or null of its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from zi.folder import Folder
from zi.joins import OFFICE, Joins
from zi.known import vocabularies
from zi.typed import FLAG, REAL, WHOLE, as_frame, categories

MONTHS = tuple(range(1, 13))
STATUSES = ("present", "uncertain", "missing")
OF_A_PLAN = ("satker_code", "office", "year", "decree_id")
"""What names a plan in the matrices."""

FORM_WORDS = ("satker_code", "year", "form", "in_form", "weight", "area_id")
"""Columns of coverage that are the same in all documents of one decree."""


def coverage_rows(joins: Joins, *, copies: bool) -> pd.DataFrame:
    """See `zi.tables.Tables.coverage_rows`."""
    found = joins.of("coverage", joins.plan_ids, copies=copies)
    found = joins.with_office(found, ("decree_id", *OFFICE, "plan_form"))
    if not copies:
        found = _one_a_decree(found)
    found = joins.with_indicator(found).drop(columns=["component_id", "component_name", "component_weight"], errors="ignore")
    found["sure"] = found["status"].isin(["present", "missing"]).astype(FLAG)
    return found


def _one_a_decree(found: pd.DataFrame) -> pd.DataFrame:
    """The rows of decrees whose plan lies in several files put together: present where one has it, missing where none may."""
    several = found.duplicated(["decree_id", "indicator_id"], keep=False)
    if not several.any():
        return found
    rows = []
    for _, group in found[several].groupby(["decree_id", "indicator_id"], sort=False):
        said = set(group["status"])
        status = "present" if "present" in said else "missing" if said == {"missing"} else "uncertain"
        reasons = sorted({reason for told in group["reasons"].dropna() for reason in told})
        row = group.iloc[[0]].assign(status=categories(pd.Series([status], group.index[:1]), STATUSES))
        row["row_count"] = group["row_count"].sum()
        row["best_score"] = group["best_score"].max()
        told = [reasons if status == "uncertain" else []]
        row["reasons"] = pd.Series(pa.array(told, pa.list_(pa.string())), row.index, dtype=found["reasons"].dtype)
        rows.append(row.astype(found.drop(columns="status").dtypes))
    words = vocabularies()["coverage"]["status"]
    made = pd.concat([found[~several], *rows]).sort_index().reset_index(drop=True)
    return made.assign(status=categories(made["status"], words))


def coverage_matrix(joins: Joins, *, names: bool, copies: bool) -> pd.DataFrame:
    """See `zi.tables.Tables.coverage_matrix`."""
    rows = coverage_rows(joins, copies=copies)
    lines = _lines(copies=copies)
    there = set(rows["indicator_id"].unique())
    order = [one for one in joins.components()["indicator_id"] if one in there]
    order += sorted(there - set(order))
    index = rows[lines].drop_duplicates(lines[-1]).sort_values(lines).astype(object)
    line = pd.Index(index[lines[-1]]).get_indexer(rows[lines[-1]].astype(object))
    column = pd.Index(order, dtype=object).get_indexer(rows["indicator_id"].astype(object))
    words = list(rows["status"].cat.categories)
    codes = np.full((len(index), len(order)), -1, dtype=np.int8)  # -1: null
    codes[line, column] = rows["status"].cat.codes
    kind = pd.CategoricalDtype(words, ordered=True)
    columns = {name: pd.Categorical.from_codes(codes[:, place], dtype=kind) for place, name in enumerate(order)}
    matrix = pd.DataFrame(columns, index=pd.MultiIndex.from_frame(index), columns=pd.Index(order, dtype=object))
    matrix = matrix.rename_axis(columns="component")
    if names:
        called = joins.indicators["name"].dropna()
        matrix = matrix.rename(columns={key: f"{key} {called[key]}" for key in order if key in called.index})
    return matrix


def _lines(*, copies: bool) -> list[str]:
    """What names a line; the last one alone tells it from the others. A copy has the decree of its original."""
    return [*OF_A_PLAN, "document_id"] if copies else list(OF_A_PLAN)


def weights(joins: Joins, *, copies: bool) -> pd.DataFrame:
    """See `zi.tables.Tables.weights`."""
    rows = coverage_rows(joins, copies=copies)
    lines = _lines(copies=copies)
    rows["weight"] = rows["weight"].astype("Float64")
    by = {name: rows["weight"].where(rows["status"] == name) for name in STATUSES}
    known = rows["in_form"].astype("boolean")
    by["missing_in_form"] = by["missing"].where(known.fillna(False))
    by["missing_not_in_form"] = by["missing"].where(~known.fillna(True))
    by["form_unknown"] = known.isna().astype("Int64")
    told = rows[lines[-1:]].assign(**by).groupby(lines[-1], sort=False).sum()
    index = rows[lines].drop_duplicates(lines[-1]).sort_values(lines).astype(object)
    told = told.loc[list(index[lines[-1]])].set_index(pd.MultiIndex.from_frame(index))
    for name in ("missing_in_form", "missing_not_in_form"):
        told[name] = told[name].where(told["form_unknown"] == 0)
    return told.drop(columns="form_unknown").astype(REAL)


def months_matrix(folder: Folder, ids: Sequence[str], *, doubted: bool, copies: bool) -> pd.DataFrame:
    """See `zi.tables.Tables.months_matrix`."""
    table = folder.arrow("plan_rows", ["row_id", "document_id", "months", "needs_review", "decided"])
    if not copies:
        table = table.filter(pc.is_in(table["document_id"], pa.array(ids, pa.string())))
    months = table["months"].combine_chunks()
    known = pc.is_valid(months).to_numpy(zero_copy_only=False)
    marked = np.zeros((len(months), len(MONTHS)), dtype=bool)
    marked[pc.list_parent_indices(months).to_numpy(), pc.list_flatten(months).to_numpy() - 1] = True
    if not doubted:
        person = np.array([bool(one) and "months" in one for one in table["decided"].to_pylist()], dtype=bool)
        review = pc.fill_null(table["needs_review"], True).to_numpy()
        known &= ~review | person
    index = pd.Index(table["row_id"].to_pylist(), name="row_id", dtype=object)
    columns = {month: pd.arrays.BooleanArray(marked[:, month - 1].copy(), ~known) for month in MONTHS}
    return pd.DataFrame(columns, index=index).rename_axis(columns="month")


def offices(joins: Joins) -> pd.DataFrame:
    """See `zi.tables.Tables.offices`."""
    decrees, plans = (_keyed(joins.documents(ids)) for ids in (joins.decree_ids, joins.plan_ids))
    every = pd.concat([decrees[["who", *OFFICE]], plans[["who", *OFFICE]]]).drop_duplicates("who")
    found = every.sort_values(["satker_code", "office"]).reset_index(drop=True)
    who = found.pop("who").to_list()
    counts = {
        "decrees": decrees.groupby("who")["decree_id"].nunique(),
        "plans": plans.groupby("who")["decree_id"].nunique(),
        "rows": plans.groupby("who")["rows"].sum(),
    }
    for name, counted in counts.items():
        told = {key: int(number) for key, number in counted.items()}
        found[name] = pd.array([told.get(key, 0) for key in who], dtype=WHOLE)
    dated = decrees[decrees["year"].notna()]
    years = {key: sorted({int(year) for year in group}) for key, group in dated.groupby("who")["year"]}
    told_years = pa.array([years.get(key, []) for key in who], pa.list_(pa.int32()))
    found["years"] = as_frame(pa.table({"years": told_years}))["years"]
    return found


def _keyed(documents: pd.DataFrame) -> pd.DataFrame:
    """The documents with a key of their office: its code, else its printed name, else "" for all that have neither."""
    return documents.assign(who=documents["satker_code"].fillna(documents["office"]).fillna("").astype(object))


def office_years(joins: Joins) -> pd.DataFrame:
    """See `zi.tables.Tables.office_years`."""
    plans = joins.documents(joins.plan_ids).drop_duplicates("decree_id")
    dated = plans[plans["year"].notna()].assign(year=plans["year"].astype("Int64"))
    keys = ["satker_code", "office"]
    counted = dated[[*keys, "year"]].astype(object).groupby([*keys, "year"], dropna=False).size().unstack(fill_value=0)
    return counted.astype(WHOLE)
