"""The comparison across offices and years: tables of similar plans, changes, figures and consensus out of a corpus."""

from __future__ import annotations

from audit.compare_consensus import consensus
from audit.compare_figures import plan_figures
from audit.compare_similar import similar_plans
from audit.compare_wording import folder_of, plans_of
from audit.compare_years import plan_changes
from audit.dossier import Corpus


def compare(corpus: Corpus) -> dict[str, list[dict[str, object]]]:
    """The rows of the tables similar_plans, plan_changes, plan_figures and consensus, by table."""
    folder = folder_of(corpus)
    plans = plans_of(corpus, folder)
    return {
        "similar_plans": similar_plans(plans),
        "plan_changes": plan_changes(plans),
        "plan_figures": plan_figures(plans, corpus.indicators),
        "consensus": consensus(plans, folder),
    }
