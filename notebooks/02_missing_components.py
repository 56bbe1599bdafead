# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 2 · What an auditor asks: who lacks what?
#
# The form gives every *komponen* (component) points, 100 in all. A plan that lacks a component worth 2.5 points deserves a
# question before one that lacks 0.25. This notebook weighs what is missing, keeps what is uncertain apart, and leads down to
# the piece of the page.
#
# | word | is |
# |---|---|
# | *pemenuhan* | the half of an area that asks whether things were done (ids with P) |
# | *reform* | the half that asks whether they changed anything (ids with R) |
# | *hasil* | results (H1, H2; 40 points): values of surveys, which plans seldom list. They are left out of the figures |
# | form | the official form of 2021 (`zi-2021`). Many plans follow older ones (`zi-2014`, `pmprb-2020`), that lack some |

# %%
import os
from pathlib import Path

import figures as fig
import pandas as pd
from page_crops import show_page

import zi

PARQUET = Path(os.environ.get("ZI_PARQUET", "../data/parquet"))  # the tables that `zi ingest` wrote
PDFS = Path(os.environ.get("ZI_PDFS", ".."))  # where `zi ingest` ran: relative paths of PDFs begin there

tables = zi.load(PARQUET)
for note in tables.notes:
    print("Note:", note)

# %% [markdown]
# ## Who lacks most?
#
# `tables.weights()` has the sums for each plan. What a plan lacks is at least `missing`, and at most `missing + uncertain`.

# %%
tables.weights().sort_values("missing", ascending=False).head(10).reset_index().drop(columns=["satker_code", "decree_id"])

# %% [markdown]
# For a fair comparison: without the results, and with the missing points split. What the plan's own form lacks is a matter of
# an old form; what that form has is a gap in the plan.

# %%
PRESENT, UNCERTAIN, GAP, OLD = "present", "uncertain", "missing", "missing, not in the plan's own form"
COLOURS = {PRESENT: fig.SURE, UNCERTAIN: None, GAP: fig.WRONG, OLD: fig.SOFT}

aspects = tables.components().set_index("indicator_id")["aspect"].astype(object)
coverage = tables.coverage_rows()
coverage = coverage[coverage["indicator_id"].astype(object).map(aspects).ne("hasil").to_numpy()].copy()
coverage["line"], kind = fig.lines_of(tables, coverage)
coverage["weight"] = coverage["weight"].astype("Float64")
not_in_form = coverage["in_form"].astype("boolean").eq(False).fillna(False)
coverage["state"] = coverage["status"].astype(object).where(~((coverage["status"] == "missing") & not_in_form), OLD)

points = coverage.pivot_table(index=["line", "decree_id"], columns="state", values="weight", aggfunc="sum", fill_value=0.0)
points = points.reindex(columns=list(COLOURS), fill_value=0.0)
mean = points.groupby("line").mean().sort_values([GAP, UNCERTAIN], ascending=False) if len(points) else points
fig.bars(
    mean,
    f"Points of the form (results left out), by {kind}",
    "points of 60" if kind == "plan" else "points of 60 (mean over the plans of the province)",
    COLOURS,
    empty="There is no plan among the decrees.",
)

# %% [markdown]
# With many plans the mean of a province hides single ones. The plans that surely lack most:

# %%
names = fig.offices_of(tables)
worst = points.sort_values([GAP, UNCERTAIN], ascending=False).head(20).reset_index()
worst.insert(1, "office", worst["decree_id"].map(names).astype(object))
years = tables.decrees().set_index("decree_id")["year"]
worst.insert(2, "year", worst["decree_id"].map(years))
fig.table(worst.drop(columns=["line"] if kind == "plan" else []), "There is no plan among the decrees.")

# %% [markdown]
# The same in SQL:

# %%
tables.sql("""
    select office, year, decree_id,
           sum(c.weight) filter (status = 'missing' and in_form is not false) as gap,
           sum(c.weight) filter (status = 'uncertain') as uncertain
    from coverage_rows c join components using (indicator_id)
    where aspect <> 'hasil' group by all order by gap desc nulls last, decree_id limit 10
""")

# %% [markdown]
# ## What is lost most often, by weight?
#
# The weight of a component times the share of plans that lack it: the points that an average plan loses there.

# %%
plans = max(1, coverage["decree_id"].nunique())
lost = coverage.assign(component=fig.component_names(coverage)).pivot_table(
    index="component", columns="state", values="weight", aggfunc="sum", fill_value=0.0
)
lost = lost.reindex(columns=[GAP, OLD, UNCERTAIN], fill_value=0.0) / plans
lost = lost.assign(most=lost[GAP] + lost[OLD]).sort_values("most", ascending=False).drop(columns="most")
fig.bars(
    lost.head(20),
    "Points that an average plan loses, by component (the first twenty)",
    "points of 100",
    {GAP: fig.WRONG, OLD: fig.SOFT, UNCERTAIN: None},
    empty="There is no plan among the decrees.",
)

# %% [markdown]
# ## What is uncertain, and why?
#
# Uncertain is work for a person, no claim about the office. The reasons say what kind of look is wanted: `row-may-serve-it`:
# a row comes close, is it meant? `heading-printed` and `named-in-a-row`: the component is named, but no row was surely
# matched to it.

# %%
uncertain = coverage[coverage["status"] == "uncertain"]
reasons = uncertain["reasons"].explode().value_counts().rename("uncertain")
fig.bars(
    reasons.head(15).to_frame(),
    f"Why {len(uncertain):,} of {len(coverage):,} statements are uncertain (one may have several reasons)",
    "statements",
    {"uncertain": None},
    empty="Nothing is uncertain.",
)

# %%
told = ["office", "year", "indicator_id", "indicator_name", "weight", "reasons"]
heaviest = uncertain.assign(office=uncertain["decree_id"].astype(object).map(names)).sort_values("weight", ascending=False)
fig.table(heaviest[told].head(10), "Nothing is uncertain.")

# %% [markdown]
# ## Down to the page
#
# Take the plan that surely lacks most, and what the audit says of it. A missing component is nowhere to be seen on a page, so
# the proof is what *is* there: the finding says which form was taken, and all pages were read.

# %%
findings = tables.finding_rows()
one = worst["decree_id"].iloc[0] if len(worst) else None
of_one = findings[(findings["decree_id"] == one).fillna(False) & findings["code"].isin(["component-missing", "area-missing"])]
weights = coverage[coverage["decree_id"] == one].set_index("indicator_id")["weight"]
weigh = of_one["subject"].astype(object).map(weights).astype("Float64").fillna(0)
if one is None:
    fig.say("There is no plan.")
elif of_one.empty:
    fig.say(f"The audit has no finding on what {names[one]} lacks: it has not run (`zi audit`), or a person dismissed them.")
else:
    fig.say(f"{names[one]}: {len(of_one)} findings on what its plan lacks. The heaviest:")
of_one = of_one.assign(points=weigh).sort_values("points", ascending=False, kind="stable")
fig.table(of_one[["subject", "points", "certainty", "message_en"]].head(8), "So there is no finding to show.")

# %% [markdown]
# An uncertain component can be looked at. Here is the heaviest one that has a row which may serve it, and that row as it is
# printed, cut out of the PDF. Is it meant? `zi review` asks such questions one by one and keeps the answers.

# %%
rows = tables.rows()
rows["likely"] = rows["candidates"].map(lambda ids: [one["id"] for one in ids] if ids is not None else [])
parts = tables.indicators.set_index("indicator_id")["component_id"].astype(object)


def candidates(decree: str, component: str) -> pd.DataFrame:
    """The rows of a decree's plan that may serve a component, the likeliest first."""
    of_plan = rows[(rows["decree_id"] == decree).fillna(False)]
    may = of_plan["likely"].map(lambda ids: any(parts.get(one) == component for one in ids)).astype(bool)
    return of_plan[may].sort_values("component_score")


looked = None
for case in uncertain.sort_values("weight", ascending=False).itertuples():
    found = candidates(case.decree_id, case.indicator_id)
    if len(found):
        looked = found.iloc[0]
        fig.say(
            f"{names[case.decree_id]}: {case.indicator_id} {case.indicator_name} is uncertain ({', '.join(case.reasons)}). "
            f"The matcher takes the row for {looked['indicator_id']} ({looked['match_score']:.0f} of 100)."
        )
        show_page(tables, looked["document_id"], looked["boxes"], PDFS)
        break
if looked is None:
    fig.say("The matcher holds no row for likely to serve an uncertain component: there is nothing to look at.")

# %% [markdown]
# Findings carry the places that prove them, so any of them can be looked at the same way. The gravest one about a plan that
# has a place:

# %%
placed = findings[findings["places"].map(lambda places: places is not None and len(places) > 0).astype(bool) & findings["sure"]]
gravest = placed.sort_values(["severity", "code", "finding_id"], ascending=[False, True, True]).head(1)
if gravest.empty:
    fig.say("There is no sure finding with a place on a page.")
for finding in gravest.itertuples():
    fig.say(f"{finding.severity}, {finding.certainty}: {finding.message_en}")
    here = [place for place in finding.places if place["role"] == "found" and place["document_id"] == finding.document_id]
    show_page(tables, finding.document_id, here or finding.places[:1], PDFS)

# %% [markdown]
# **Next:** [the legal bases that decrees rest on](03_legal_bases.ipynb).
