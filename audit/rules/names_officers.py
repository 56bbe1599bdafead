"""Claims about officers: one name spelled in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from audit.claims import Claim
from audit.dossier import Dossier
from audit.rules.contents_words import known

LIKE = 0.8  # likeness of the letters of two names from which they are one person's; two persons' are seldom nearer than 0.6
ROLES = {"signatory": ("penanda tangan", "signatory"), "certifier": ("pengesah salinan", "certifier of the copy")}
_LETTERS = re.compile(r"[^\W\d_]+")


def officer_claims(dossier: Dossier) -> Iterator[Claim]:
    """The claims about who signs and who certifies: under the decree and under its lampiran."""
    for role, (role_id, role_en) in ROLES.items():
        own = dossier.fields.get(role)
        for below in dossier.texts_of(role) if own is not None else []:
            if own is not None and below.page != own.page and differs(own.text, below.text):
                yield Claim("officer-name-differs", role, below, own, words={"role": role_id, "role_en": role_en})


def differs(name: str, other: str) -> bool:
    """The names are one person's, in two spellings; titles, degrees, dots, blanks and capitals are no difference."""
    one, two = _name(name), _name(other)
    like = Levenshtein.normalized_similarity("".join(one), "".join(two))
    return like >= LIKE and "".join(one) != "".join(two)


def _name(printed: str) -> tuple[str, ...]:
    """The words of a name without titles before it and degrees behind it."""
    words = [w.casefold() for w in _LETTERS.findall(re.sub(r"(?<=\w)['’`](?=\w)", "", printed.split(",")[0]))]
    titles = known().lists["officers.titles"]
    while words and words[0] in titles:
        words = words[1:]
    while len(words) > 1 and (words[-1] in titles or len(words[-1]) == 1):
        words = words[:-1]
    return tuple(words)
