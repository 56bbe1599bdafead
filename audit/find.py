"""All findings of all decrees: every rule over every decree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from audit.claims import Claim, Finding, finding_of
from audit.dossier import Corpus, Dossier
from audit.rules import contents, coverage, legal, names, repetition, schedule

Rule = Callable[[Dossier, Corpus], Iterator[Claim]]

RULES: tuple[Rule, ...] = (
    coverage.claims,
    schedule.claims,
    repetition.claims,
    contents.claims,
    names.claims,
    legal.claims,
)
"""Every family of rules; each gives the claims about one decree, seen among the others."""


def find(corpus: Corpus) -> list[Finding]:
    """The findings of all documents, each once."""
    found: dict[str, Finding] = {}
    for dossier in corpus.dossiers:
        for rule in RULES:
            for claim in rule(dossier, corpus):
                finding = finding_of(claim, dossier)
                found.setdefault(finding.finding_id, finding)
    return list(found.values())
