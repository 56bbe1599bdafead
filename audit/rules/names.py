"""."""

from __future__ import annotations

from collections.abc import Iterator

from audit.claims import Claim
from audit.dossier import Corpus, Dossier


def claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """The claims of these rules about one decree, seen among the others."""
    yield from ()
