"""Rules about contents that contradict each other: titles, considerations, dikta, lampiran, form, areas, spelling."""

from __future__ import annotations

from collections.abc import Iterator

from audit.claims import Claim
from audit.dossier import Corpus, Dossier
from audit.rules.contents_areas import area_claims
from audit.rules.contents_body import body_claims
from audit.rules.contents_form import form_claims
from audit.rules.contents_lampiran import lampiran_claims
from audit.rules.contents_spelling import spelling_claims
from audit.rules.contents_title_claims import title_claims


def claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """The claims of these rules about one decree, seen among the others."""
    yield from title_claims(dossier)
    yield from body_claims(dossier)
    yield from lampiran_claims(dossier, corpus)
    yield from form_claims(dossier)
    yield from area_claims(dossier)
    yield from spelling_claims(dossier)
