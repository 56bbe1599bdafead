"""Rules about names: offices and officers."""

from __future__ import annotations

from collections.abc import Iterator

from audit.claims import Claim
from audit.dossier import Corpus, Dossier
from audit.rules.names_officers import officer_claims
from audit.rules.names_offices import office_claims


def claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """The claims of these rules about one decree; it needs no others."""
    yield from office_claims(dossier)
    yield from officer_claims(dossier)
