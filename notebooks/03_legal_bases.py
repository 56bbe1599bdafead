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
# # 3 · What the decrees rest on
#
# A decree lists the law that it rests on. Lists are copied from year to year, so they hold instruments that were replaced in
# the meantime, old amendments, and slips in the numbers of gazettes. Which instruments are cited, in which version, and where
# do decrees disagree?
#
# | word | is |
# |---|---|
# | *Menimbang*, *Mengingat*, *Memperhatikan* | the considerations; the legal bases; letters and minutes taken note of |
# | UU, Perppu, PP, Perpres | law; government regulation in lieu of a law; government regulation; presidential regulation |
# | PermenPANRB | regulation of the ministry for administrative reform, which owns Zona Integritas |
# | PKPU, KepKPU | regulation and decree of the KPU |
# | LN, TLN, BN | the state gazettes, and the supplement with explanations |
#
# What is known of an instrument (in force? replaced by what, and when?) stands in the register that comes with zi. Each fact
# there says whether it was read in a published text (*verified*), or not: then it is drawn hollow or dotted here, and is a
# reason to look, no claim.

# %%
import os
import tomllib
from importlib import resources
from pathlib import Path

import figures as fig
import networkx as nx
import pandas as pd
import trees
from page_crops import show_page

import zi
from audit.claims import catalogue

PARQUET = Path(os.environ.get("ZI_PARQUET", "../data/parquet"))  # the tables that `zi ingest` wrote
PDFS = Path(os.environ.get("ZI_PDFS", ".."))  # where `zi ingest` ran: relative paths of PDFs begin there

tables = zi.load(PARQUET)
for note in tables.notes:
    print("Note:", note)

cited = tables.citations()
register = tables.instruments().set_index("instrument_id")


def name(instrument: str) -> str:
    """A short name: "UU 7/2017"; long numbers of decrees lose what follows their first part."""
    kind, _, rest = instrument.partition("-")
    number, _, year = rest.rpartition("/") if "/" in rest else rest.rpartition("-")
    kinds = cited.drop_duplicates("instrument_id").set_index("instrument_id")["type"]
    kind = register["type"].get(instrument) or kinds.get(instrument) or kind
    return f"{kind} {number.split('/')[0]}/{year}"


# %% [markdown]
# ## Which instruments are cited most?
#
# Hatched: which instrument is meant was read with doubt. Minutes and letters (BA, Surat) are an office's own and are left
# out.

# %%
own = cited["type"].isin(["BA", "Surat"]).fillna(False)
named = cited[cited["instrument_id"].notna() & ~own].copy()
named["how"] = named["sure"].map({True: "sure", False: "read with doubt"}).astype(object)
best = named.sort_values("sure", ascending=False).drop_duplicates(["decree_id", "instrument_id"])
most = best.groupby(["instrument_id", "how"])["decree_id"].nunique().unstack(fill_value=0)
most = most.reindex(columns=["sure", "read with doubt"], fill_value=0)
most = most.loc[most.sum(axis=1).sort_values(ascending=False, kind="stable").index]
titles = best.drop_duplicates("instrument_id").set_index("instrument_id")["title"]
top = most.head(20)
fig.bars(
    top.set_axis([f"{name(one)}: {fig.short(titles.get(one), 36)}" for one in top.index]),
    f"The instruments that most of {cited['decree_id'].nunique():,} decrees cite",
    "decrees",
    {"sure": fig.SURE, "read with doubt": None},
    empty="No decree cites an instrument.",
)

# %%
tables.sql("""
    select type, count(distinct instrument_id) as instruments, count(*) as citations, count(distinct decree_id) as decrees,
           round(100.0 * avg(sure::int), 1) as percent_sure
    from citations group by type order by citations desc limit 15
""")

# %% [markdown]
# ## Which versions? Instruments that had been replaced
#
# One line per instrument that a decree cites although the register knows of a replacement from before that day; the number is
# that of decrees. A full circle is proved. A hollow one rests on a fact that nobody has verified, or only part of the
# instrument was replaced.

# %%
dated = named[named["replaced_on"].notna() & named["decree_date"].notna() & named["sure"]].copy()
dated = dated[dated["decree_date"].astype("string") >= dated["replaced_on"].astype("string")]
dated["proved"] = dated["was_replaced"].fillna(False).astype(bool)
dated["since"] = pd.to_datetime(dated["replaced_on"].astype("string")).map(lambda day: day.year + day.day_of_year / 366)
late = dated.groupby(["instrument_id", "decree_year", "proved", "since"])["decree_id"].nunique().rename("n").reset_index()
order = late.groupby("instrument_id")["n"].sum().sort_values(ascending=False, kind="stable").head(15).index
late = late[late["instrument_id"].isin(order)].set_index("instrument_id").loc[list(order)].reset_index()
late["line"] = [f"{name(one)}, replaced by {name(register['replaced_by'][one])}" for one in late["instrument_id"]]
late["x"] = late["decree_year"].astype(float) + 0.5
fig.bubbles(
    late,
    "Instruments that were cited after their replacement",
    "year of the decree (a year begins at its tick)",
    empty="No decree cites an instrument whose replacement the register dates before it.",
)

# %%
tables.sql("""
    select decree_year, count(distinct decree_id) as decrees,
           count(distinct decree_id) filter (where was_replaced) as with_replaced,
           count(*) filter (where was_replaced is null and replaced_by is not null) as citations_not_verified
    from citations group by decree_year order by decree_year
""")

# %% [markdown]
# ## Amendments and replacements as a graph
#
# An arrow leads from an instrument to what amended it (blue, as decrees print it: *sebagaimana telah diubah dengan*) or
# replaced it (vermilion, by the register). A chain that decrees cite only up to its middle is one to look at: is the last
# amendment known to the office?

# %%
amending = cited[(cited["relation"] == "amended_by").fillna(False) & cited["sure"] & cited["instrument_id"].notna()]
place = ["document_id", "part", "item_order"]
heads = cited[(cited["relation"] == "cited").fillna(False) & cited["sure"] & cited["instrument_id"].notna()]
pairs = amending[[*place, "ref_order", "instrument_id"]].merge(
    heads[[*place, "ref_order", "instrument_id"]], on=place, suffixes=("", "_head")
)
pairs = pairs[pairs["ref_order_head"] < pairs["ref_order"]].sort_values("ref_order_head")
pairs = pairs.drop_duplicates([*place, "ref_order"], keep="last")[["instrument_id_head", "instrument_id"]]

counted = best[best["sure"]].groupby("instrument_id")["decree_id"].nunique()
printed = best.drop_duplicates("instrument_id").set_index("instrument_id")["year"]
graph = nx.DiGraph()


def add(instrument: str) -> None:
    """Adds an instrument to the graph."""
    year = register["year"].get(instrument) if instrument in register.index else printed.get(instrument)
    graph.add_node(instrument, name=name(instrument), year=int(year), decrees=int(counted.get(instrument, 0)))


for head, amendment in sorted(set(pairs.itertuples(index=False, name=None))):
    if head != amendment:
        add(head)
        add(amendment)
        graph.add_edge(head, amendment, kind="amended", sure=True)
for old, new in register["replaced_by"].dropna().items():
    if old in counted.index and new in register.index:
        add(old)
        add(new)
        graph.add_edge(old, new, kind="replaced", sure=register["replaced_confidence"][old] == "verified")
trees.draw(graph, "Families of instruments, those cited most first", empty="No decree cites an amendment.")

# %% [markdown]
# ## Conflicts over time
#
# What the audit found about legal bases: decrees with such a finding, by year. What is only likely (it rests on other decrees,
# or on a fact that is not verified) has lines of its own; requests to look are not drawn.

# %%
codes = tomllib.loads(resources.files("audit").joinpath("data", "findings-legal.toml").read_text(encoding="utf-8"))
findings = tables.finding_rows()
legal = findings[findings["code"].isin(list(codes))].copy()
said = legal[(legal["certainty"] != "look").fillna(False)].copy()
called = said["code"].map({code: about.title["en"] for code, about in catalogue().items()}).astype(object)
said["what"] = called.where(said["certainty"] == "sure", called + " (likely)")
decrees = tables.decrees()
of_year = decrees.groupby("year")["decree_id"].nunique()
conflicts = said[said["year"].notna()].groupby(["what", "year"])["decree_id"].nunique().unstack(fill_value=0)
if len(conflicts):
    conflicts = conflicts.loc[conflicts.sum(axis=1).sort_values(ascending=False, kind="stable").index].head(24)
    conflicts.columns = [f"{year}\nof {of_year.get(year, 0):,}" for year in conflicts.columns]
fig.counts(
    conflicts,
    "Decrees with a finding about their legal bases",
    "year of the decree, and how many decrees it has",
    "decrees",
    empty="The audit found nothing about legal bases, or has not run (`zi audit`).",
)
if len(legal):
    fig.say(f"{len(legal):,} findings on legal bases; {len(legal) - len(said):,} of them are requests to look and not drawn.")

# %% [markdown]
# ## Conflicts by place
#
# How many findings a decree has on average. Likely ones rest on other decrees, or on a fact that is not verified: they are
# drawn hatched.

# %%
decrees["line"], kind = fig.lines_of(tables, decrees)
number = said.groupby(["decree_id", "certainty"], observed=False).size().unstack(fill_value=0)
per = (
    decrees.set_index("decree_id")[["line"]]
    .join(number.reindex(columns=["sure", "likely"], fill_value=0))
    .fillna({"sure": 0, "likely": 0})
)
per = per.groupby("line")[["sure", "likely"]].mean().sort_values(["sure", "likely"], ascending=False)
fig.bars(
    per if len(said) else per.iloc[:0],
    "Findings about legal bases, by " + ("decree" if kind == "plan" else "province"),
    "findings" if kind == "plan" else "findings (mean over the decrees of the province)",
    {"sure": fig.WRONG, "likely": None},
    empty="The audit found nothing about legal bases, or has not run (`zi audit`).",
)

# %% [markdown]
# ## One instrument, printed in several ways
#
# Gazettes are numbers that cannot be right in two ways. The instruments whose gazette decrees print differently, from the
# surest readings only:

# %%
two_ways = tables.sql("""
    select instrument_id, series, count(distinct number) as ways, count(distinct decree_id) as decrees,
           string_agg(distinct number, ', ') as numbers
    from (select decree_id, instrument_id, unnest(gazettes).series as series, unnest(gazettes).number as number
          from citations where sure)
    where number is not null group by instrument_id, series having ways > 1 order by decrees desc, instrument_id limit 15
""")
fig.table(two_ways, "No gazette of an instrument is printed in two ways.")

# %% [markdown]
# Look at one on the page before you tell an office: the gravest sure finding about legal bases.

# %%
placed = said[
    (said["certainty"] == "sure") & said["places"].map(lambda places: places is not None and len(places) > 0).astype(bool)
]
gravest = placed.sort_values(["severity", "code", "finding_id"], ascending=[False, True, True]).head(1)
if gravest.empty:
    fig.say("There is no sure finding about legal bases with a place on a page.")
for finding in gravest.itertuples():
    fig.say(f"{finding.severity}, {finding.certainty}: {finding.message_en}")
    here = [place for place in finding.places if place["document_id"] == finding.document_id]
    show_page(tables, finding.document_id, here, PDFS)

# %% [markdown]
# **Next:** [how far all of this can be trusted](04_quality.ipynb).
