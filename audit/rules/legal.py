"""Legal bases: gazettes, force at the day of the decree, amendments, order, the two lists, titles."""

from __future__ import annotations

from collections.abc import Iterator

from audit.claims import Claim
from audit.dossier import Corpus, Dossier
from audit.rules import legal_chains, legal_force, legal_gazettes, legal_lists, legal_titles
from audit.rules.legal_reading import Case, bases_of, witnesses_of


def claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """The claims of these rules about one decree, seen among the others."""
    case = Case(dossier, bases_of(dossier), witnesses_of(corpus))
    yield from legal_force.claims(case)
    yield from legal_chains.claims(case)
    yield from legal_gazettes.claims(case)
    yield from legal_lists.claims(case)
    yield from legal_titles.claims(case)
