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
# # 1 · Load the tables, and compare offices
#
# Offices of the Indonesian election commission (KPU) print work plans for building a *Zona Integritas* (ZI): a programme
# against corruption and for good service. `zi` read these decrees (PDF) into tables. This notebook loads the tables, puts the
# plans side by side, and answers: **which component is rarest, and when in the year is the work to be done?**
#
# | word | is |
# |---|---|
# | *satker* | an office; its code is that of its region |
# | *lampiran* | the annex of a decree: here the plan, as a table |
# | *area perubahan* | one of the six areas of change; A1 to A6 in the ids below. H1 and H2 are the results |
# | *komponen* | what the official form asks for in an area, as A1.P1; P is *pemenuhan* (things done), R is *reform* |
#
# Three states are told apart throughout. **present**: a row of the plan surely serves the component. **missing**: surely none
# does. **uncertain**: a row may serve it, or something was read with doubt; a person must look. Uncertain is never counted as
# either.

# %%
import os
from pathlib import Path

import figures as fig

import zi

PARQUET = Path(os.environ.get("ZI_PARQUET", "../data/parquet"))  # the tables that `zi ingest` wrote; the only thing to change

tables = zi.load(PARQUET)
for note in tables.notes:
    print("Note:", note)

# %% [markdown]
# ## What is there
#
# A decree that lies there twice, as a PDF and as its scan, counts once. An asterisk marks an office that is not in the
# register of offices (the five decrees that come with zi are invented): then its name is taken from the decree.

# %%
decrees = tables.decrees()
decrees["office"] = decrees["document_id"].astype(object).map(fig.offices_of(tables))
columns = ["office", "year", "number_raw", "date", "kind", "plan_form", "rows", "sure"]
fig.say(
    f"{len(tables.documents):,} PDFs hold {len(decrees):,} decrees of {decrees['office'].nunique():,} offices; "
    f"{len(tables.plans()):,} have a plan, with {len(tables.rows()):,} rows. The first of them:"
)
decrees[columns].sort_values(["office", "year"]).head(12)

# %% [markdown]
# ## How much of the form does each plan cover?
#
# The official form (*lembar kerja evaluasi*, LKE) has 45 components. The longer the hatched part, the less can be said of
# that plan. With more plans than fit on a page, a bar is the mean of a province.

# %%
coverage = tables.coverage_rows()
coverage["line"], kind = fig.lines_of(tables, coverage)
states = coverage.groupby(["line", "decree_id", "status"], observed=False)["indicator_id"].nunique().unstack(fill_value=0)
states = states[states.sum(axis=1) > 0].groupby("line").mean()
fig.bars(
    states.sort_values("present", ascending=False) if len(states) else states,
    f"Components of the form by {kind}",
    "components" if kind == "plan" else "components (mean over the plans of the province)",
    fig.STATES,
    empty="There is no plan among the decrees.",
)

# %% [markdown]
# The same in SQL: every table and every join of the library can be asked (`zi sql "..."` does it on the command line).

# %%
tables.sql("""
    select office, year,
           count(*) filter (status = 'present') as present,
           count(*) filter (status = 'uncertain') as uncertain,
           count(*) filter (status = 'missing') as missing
    from coverage_rows group by decree_id, office, year order by present desc, decree_id limit 10
""")

# %% [markdown]
# ## Which office has what
#
# Every plan and every component. A column of one colour is a habit of all offices; a single cell that stands out is a
# question to one. With many plans, a cell is the share of a province's plans that surely lack the component.

# %%
matrix = tables.coverage_matrix()
if kind == "plan":
    labels = coverage.drop_duplicates("decree_id").set_index("decree_id")["line"]
    matrix.index = [labels[decree] for decree in matrix.index.get_level_values("decree_id")]
    fig.states(matrix.sort_index(), "Components by plan", empty="There is no plan among the decrees.")
else:
    by = coverage.drop_duplicates("decree_id").set_index("decree_id")["line"].loc[matrix.index.get_level_values("decree_id")]
    share = {status: (matrix == status).groupby(by.to_numpy()).mean() for status in fig.STATES}
    fig.shares(
        share["missing"], share["uncertain"], "Components that plans surely lack, by province", "of the plans of the province"
    )

# %% [markdown]
# ## Which component is rarest?
#
# Those that the fewest plans surely have come first. Only the components of the *pemenuhan* half are drawn: they ask for
# things to be done, which is what a plan lists; *reform* (R) and results (H) are told below. A component that most plans lack
# is often one that their form does not have: offices still use older forms (`plan_form`). Notebook 2 tells the two apart.

# %%
aspects = tables.components().set_index("indicator_id")["aspect"].astype(object)
coverage["aspect"] = coverage["indicator_id"].astype(object).map(aspects)
coverage["component"] = fig.component_names(coverage)
rarest = coverage.groupby(["aspect", "component"])["status"].value_counts(normalize=True).unstack(fill_value=0.0)
rarest = rarest.reindex(columns=list(fig.STATES), fill_value=0.0).sort_values(["present", "uncertain"]) * 100
done = rarest[rarest.index.get_level_values("aspect") == "pemenuhan"].droplevel("aspect")
fig.bars(
    done.head(30),
    "Components, the rarest first (those that ask for things to be done)",
    "% of the plans",
    fig.STATES,
    whole=100,
    empty="There is no plan, or the form does not tell the halves apart.",
)

# %%
if len(rarest):
    means = ", ".join(f"{aspect} {mean:.0f}%" for aspect, mean in rarest.groupby("aspect")["present"].mean().items())
    fig.say(
        f"{(rarest['present'] == 0).sum()} of all {len(rarest)} components are surely in no plan, "
        f"{(rarest['present'] == 100).sum()} are surely in each of the {coverage['decree_id'].nunique():,} plans. "
        f"A component is surely there in so many plans on average: {means}."
    )
tables.sql("""
    select area_id, any_value(area_name) as area,
           round(100.0 * avg((status = 'present')::int), 1) as percent_present,
           round(100.0 * avg((status = 'uncertain')::int), 1) as percent_uncertain
    from coverage_rows group by area_id order by area_id
""")

# %% [markdown]
# ## When is the work to be done?
#
# Plans mark the months of each row in a grid, or print a time ("Triwulan II": second quarter). A cell counts the rows of an
# area that are to be worked on in that month. RB are areas that only the older form of the bureaucratic reform (PMPRB) has.
# Rows whose months are not known, or were read with doubt, are left out and told below.

# %%
NO_AREA = "serves no area, or not known which"
rows = tables.rows()
months = tables.months_matrix().reindex(rows["row_id"])
known = months[1].notna().to_numpy() if len(months) else []
areas = (rows["area_id"].astype(object) + " " + rows["area_name"].astype(object)).fillna(NO_AREA)
calendar = months.astype("Float64").fillna(0).groupby(areas.to_numpy()).sum()
calendar = calendar[(calendar.sum(axis=1) > 0) | (calendar.index != NO_AREA)]
calendar.columns = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
fig.counts(
    calendar, "Rows to be worked on, by area and month", "month", "rows", empty="No row has months that are surely known."
)

# %%
if len(rows):
    quiet = int((~months[known].any(axis=1)).sum()) if sum(known) else 0
    fig.say(
        f"Of {len(rows):,} rows, {sum(known):,} have months that were surely read ({quiet:,} of them mark none); "
        f"of {len(rows) - sum(known):,} they are not known, or were read with doubt: the calendar does not count these."
    )
tables.sql("""
    select month, count(*) as sure_rows, count(distinct decree_id) as plans
    from (select unnest(months) as month, decree_id from rows where sure) group by month order by month
""")

# %% [markdown]
# SQL above counts only rows whose reading *and* whose match to a component are sure (`where sure`), so its numbers are a
# little lower.
#
# **Next:** [who lacks what, weighted by the form](02_missing_components.ipynb).
