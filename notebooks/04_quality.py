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
# # 4 · How far to trust it
#
# Tables look equally neat whether a page was read well or badly. Every value here carries a `confidence` (0 to 1: the chance
# that it was read right), and `needs_review` where a person should look. This notebook shows how much of the data is sure,
# what the doubts are, whether they matter to an answer, and how to check by hand.
#
# | word | is |
# |---|---|
# | digital, scanned, mixed | the text is in the PDF; it is in pictures and was read by OCR; some of both |
# | `match_status` | accepted: the row serves its indicator; review: a person should choose; none: it serves no indicator |
# | `sure` | of a row: read without doubt, *and* its match accepted |

# %%
import os
from pathlib import Path

import figures as fig
from page_crops import show_page

import zi

PARQUET = Path(os.environ.get("ZI_PARQUET", "../data/parquet"))  # the tables that `zi ingest` wrote
PDFS = Path(os.environ.get("ZI_PDFS", ".."))  # where `zi ingest` ran: relative paths of PDFs begin there

tables = zi.load(PARQUET)
for note in tables.notes:
    print("Note:", note)

# %% [markdown]
# ## What could not be read at all
#
# Look here first: what is not in the tables is in no figure either. A plan without rows may be one whose table was not found.

# %%
troubles = tables.sql("""
    select code, case when page is null then 'whole file' else 'page' end as what, count(*) as times, any_value(cure) as cure
    from failures group by all order by times desc, code
""")
fig.table(troubles, "Every file and every page was read.")

# %%
decrees, plans = tables.decrees(), tables.plans()
with_plan, unread = plans["decree_id"].nunique(), int((plans["rows"] == 0).sum())
fig.say(
    f"{len(decrees):,} decrees: {with_plan - unread:,} with plan rows, {unread:,} whose plan may be there but was not read, "
    f"{len(decrees) - with_plan:,} without a plan. {len(tables.documents) - len(decrees):,} further files are copies or parts."
)
tables.documents.groupby("kind", observed=True).agg(
    documents=("document_id", "size"), pages=("page_count", "sum"), headers_to_review=("needs_review", "sum")
)

# %% [markdown]
# ## How much needs a look?
#
# Share of the values in each table that a person should look at. Copies are among them here: how a scan was read matters even
# where the digital original counts.

# %%
review = tables.sql("""
    select 'header of a decree' as value, count(*) as n, count(*) filter (needs_review) as look from documents
    union all select 'legal basis', count(*), count(*) filter (needs_review) from legal_bases
    union all select 'reading of a plan row', count(*), count(*) filter (needs_review) from plan_rows
    union all select 'match of a plan row', count(*), count(*) filter (match_status = 'review') from plan_rows
    union all select 'coverage of a component', count(*), count(*) filter (status = 'uncertain') from coverage
""")
share = review[review["n"] > 0].copy()
share["to look at"] = 100 * share["look"] / share["n"]
share["without doubt"] = 100 - share["to look at"]
share.index = [f"{one.value} ({one.n:,})" for one in share.itertuples()]
fig.bars(
    share[["without doubt", "to look at"]],
    "How much was read without doubt",
    "% of the values",
    {"without doubt": fig.SURE, "to look at": None},
    whole=100,
    empty="There are no values.",
)

# %% [markdown]
# ## How sure was the reading?
#
# The line tells which share of the plan rows has at most a given confidence: the further to the right it rises, the better.
# Scans are read by OCR and rise earlier.

# %%
rows = tables.rows(copies=True)
fig.steps(
    {str(kind): group["confidence"] for kind, group in rows.groupby("kind", observed=True)},
    "Confidence of the plan rows, by kind of document",
    "confidence (chance that the row was read right)",
    (min(0.75, float(rows["confidence"].min()) - 0.02) if len(rows) else 0.0, 1.0),
    empty="There are no plan rows.",
)

# %% [markdown]
# ## And the matching to the form?
#
# Reading and matching are two things: a row may be read perfectly and still fit no component surely. Rows of one plan, or of
# a province, by what became of their match.

# %%
once = tables.rows()
once["line"], kind = fig.lines_of(tables, once)
status = once["match_status"].astype(object).replace({"override": "accepted"})
became = once.assign(status=status).groupby("line")["status"].value_counts(normalize=True).unstack(fill_value=0.0) * 100
became = became.reindex(columns=["accepted", "none", "review"], fill_value=0.0).sort_values("accepted", ascending=False)
became.columns = ["accepted", "serves no indicator", "a person should choose"]
fig.bars(
    became,
    f"What became of the rows, by {kind}",
    "% of the rows",
    {"accepted": fig.SURE, "serves no indicator": fig.PALE, "a person should choose": None},
    whole=100,
    empty="There are no plan rows.",
)

# %% [markdown]
# Accepted means: at least 90% sure of the component, and 60% of the item in it. The scores are calibrated probabilities, so
# they also tell how many of the accepted matches are likely to be wrong: the sum of what each lacks to 100. Count components,
# as notebooks 1 and 2 do; a statement about a single item wants a look. On decrees that are very different from those it was
# calibrated on, check by hand (below).

# %%
accepted = once[(once["match_status"] == "accepted").fillna(False)]
if len(accepted):
    wrong = float((100 - accepted["match_score"].astype(float)).sum() / 100)
    parts = float((100 - accepted["component_score"].astype(float)).sum() / 100)
    fig.say(
        f"Of {len(accepted):,} accepted matches about {parts:,.1f} are expected to name the wrong component "
        f"({parts / len(accepted):.1%}), and {wrong:,.1f} the wrong item ({wrong / len(accepted):.1%})."
    )

# %% [markdown]
# ## What are the doubts?
#
# Reasons are stable words; what follows `:` is the value, what follows `@` the place. The commonest, over all tables:

# %%
doubts = tables.sql("""
    with said as (
        select 'header' as what, unnest(review_reasons) as reason from documents
        union all select 'legal basis', unnest(review_reasons) from legal_bases
        union all select 'plan row', unnest(review_reasons) from plan_rows
    )
    select what, split_part(reason, '@', 1) as reason, count(*) as times
    from said group by all order by times desc, reason limit 15
""")
doubts.index = doubts["what"].astype(object) + ": " + doubts["reason"].astype(object)
fig.bars(doubts[["times"]], "The commonest doubts", "values", {"times": None}, empty="Nothing was read with doubt.")

# %% [markdown]
# ## Do the doubts matter to an answer?
#
# The test that counts: take the answer at its least and at its most. Where the line is short, no look at a page can change
# much.

# %%
weights = tables.weights().reset_index()
weights["line"], kind = fig.lines_of(tables, weights)
weights["least"] = weights["missing"].astype(float)
weights["most"] = weights["least"] + weights["uncertain"].astype(float)
span = weights.groupby("line")[["least", "most"]].mean().sort_values("least", ascending=False)
fig.ranges(
    span,
    f"What a plan lacks, at least and at most, by {kind}",
    "points of 100, results included" + ("" if kind == "plan" else " (mean over the plans of the province)"),
    empty="There is no plan among the decrees.",
)

# %% [markdown]
# The order of offices is safe only where the lines do not overlap:

# %%
if len(weights) > 1:
    least, most = weights["least"].to_numpy(), weights["most"].to_numpy()
    number = len(weights)
    ahead = sum(int((least > one).sum()) for one in most)
    fig.say(
        f"Of {number * (number - 1) // 2:,} pairs of plans, {ahead:,} have a sure order: one surely lacks more than the other, "
        "whatever becomes of the uncertain components. The others are equal, or may change places."
    )

# %% [markdown]
# ## What did people decide?
#
# Decisions of `zi review` are kept in a file and applied at every run; `stale` ones no longer fit what is read.

# %%
decided = tables.overrides.groupby(["table", "status"], observed=True).size().rename("decisions").reset_index()
fig.table(decided, "Nobody has decided anything yet (`zi review` asks the questions).")

# %% [markdown]
# ## Check it yourself
#
# Ten rows that zi calls sure, drawn by lot, with the same lot at every run. Open the page, compare. If all of *n* such rows
# are right, fewer than about
# 3 / *n* of all sure rows are wrong (at 95%): 30 rows without a fault say "below 10%", 300 say "below 1%".

# %%
sure = zi.sure(once).merge(tables.documents[["document_id", "source_path"]], on="document_id")
sample = sure.sort_values("row_id").sample(min(10, len(sure)), random_state=1)
columns = ["source_path", "page_start", "row_order", "component", "item", "action", "target_raw", "months", "indicator_id"]
fig.table(sample[columns], "There is no sure row.")

# %%
for row in sample.head(1).itertuples():
    fig.say(
        f"Row {row.row_order}: matched to {row.indicator_id} {row.indicator_name}; "
        f"months {'not known' if row.months is None else list(row.months)}."
    )
    show_page(tables, row.document_id, row.boxes, PDFS)

# %% [markdown]
# ## In short
#
# - Say *surely missing* only of what is `missing`; report `uncertain` beside it, never in it.
# - Filter with `zi.sure(...)` when you count rows, and tell how many you left out.
# - Before a finding leaves the house, look at its page.
