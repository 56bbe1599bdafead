"""Nodes of the taxonomy that a person may mean by some words: for looking things up, not for matching plan rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from taxonomy.form import Form, Node, Taxonomy

# How much a word of a name is like a word that is looked for, in percent; 100 is kept for a whole name.
_SAME = 98.0
_BEGINS = 95.0  # "gratif" in "gratifikasi"
_WITHIN = 85.0  # "sosialisasi" in "mensosialisasikan"
_TYPED = 78.0  # the least: one slip in five letters, two in ten
_SHORTEST_BEGINNING = 3  # letters
_SHORTEST_WITHIN = 5
_SHORTEST_TYPED = 5  # an abbreviation with a slip is another abbreviation: SPI, SPIP
# Of many words so many must be found: who pastes half a sentence wants what is near to it. Of one or two, all.
_SHARE_FOUND = 0.66


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found: in what of it ("id", "maps_to", "name", "alias"), by which text, and how well (0..100)."""

    node: Node
    matched: str
    text: str
    score: float


def search(taxonomy: Taxonomy, words: str, form: Form | None = None) -> tuple[Hit, ...]:
    """The nodes whose id, name or other name is like the words; each node once, by its best text.

    Best first; of equals those of the reference, then those in whose name little else stands.

    Args:
        taxonomy: where to look.
        words: some words, or an id or its beginning; case, accents, marks and small slips do not count.
        form: the only form to look in, null for all.
    """
    wanted = _folded(words)
    if not wanted:
        return ()
    best = []
    for node in taxonomy.nodes() if form is None else form.nodes:
        hits = [*_by_id(node, words.strip()), *_by_words(taxonomy, node, wanted)]
        # The first of equals: an id before a name, a name before its aliases.
        best += [max(hits, key=lambda hit: (hit.score, _closeness(hit, wanted)))] if hits else []
    return tuple(sorted(best, key=lambda hit: (-hit.score, hit.node.id not in taxonomy.reference, -_closeness(hit, wanted))))


def _by_id(node: Node, words: str) -> Iterator[Hit]:
    asked = words.casefold()
    if node.id.casefold() == asked or (any(map(str.isdigit, asked)) and node.id.casefold().startswith(asked)):
        yield Hit(node, "id", node.id, 100.0)
    for target in node.maps_to:
        if target.casefold() == asked:
            yield Hit(node, "maps_to", target, 100.0)


def _by_words(taxonomy: Taxonomy, node: Node, wanted: tuple[str, ...]) -> Iterator[Hit]:
    texts = [("name", node.name), *(("alias", alias.text) for alias in taxonomy.aliases_of(node.id))]
    for matched, text in texts:
        score = _score(wanted, _folded(text))
        if score > 0:
            yield Hit(node, matched, text, round(score, 1))


def _score(wanted: tuple[str, ...], there: tuple[str, ...]) -> float:
    """How well the words are found in a text, 0 where too few of them are."""
    if wanted == there or "".join(wanted) == "".join(there):
        return 100.0
    scores = [max((_likeness(word, other) for other in there), default=0.0) for word in wanted]
    found = sum(score > 0 for score in scores)
    needed = len(wanted) if len(wanted) <= 2 else _SHARE_FOUND * len(wanted)
    return sum(scores) / len(wanted) if found >= needed else 0.0


def _likeness(word: str, other: str) -> float:
    if word == other:
        return _SAME
    if len(word) >= _SHORTEST_BEGINNING and other.startswith(word):
        return _BEGINS
    if len(word) >= _SHORTEST_WITHIN and word in other:
        return _WITHIN
    return fuzz.ratio(word, other, score_cutoff=_TYPED) if len(word) >= _SHORTEST_TYPED else 0.0


def _closeness(hit: Hit, wanted: tuple[str, ...]) -> float:
    """What parts texts that hold the words equally well: how much else stands in them."""
    return fuzz.ratio(" ".join(wanted), " ".join(_folded(hit.text)))


def _folded(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without accents and marks."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return tuple(re.findall(r"[^\W_]+", plain.casefold()))
