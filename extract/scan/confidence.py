"""How surely a word was read: from the engine's scores, a second reading, and whether decrees use the word.

The shares follow what was counted among words read alike, over the scanned decrees of the corpus and over scans made by the
press: the table in `bench/RESULTS.md`. Where it had few words they are set a little lower. `bench/calibrate.py` counts anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extract.vocabulary import common_words, decree_words

EDGE_MARKS = ".,;:()\"'“”-–?!/"
STEPS = (0.5, 0.8, 0.9, 0.98, 0.995)  # worst score of a letter that parts the shares below
SHARES = {
    "known": (0.9, 0.98, 0.99, 0.995, 0.997, 0.999),  # words of decrees: a wrong letter seldom makes another such word
    "number": (0.4, 0.75, 0.87, 0.93, 0.97, 0.998),  # words with digits: no list can vouch for them
    "unknown": (0.5, 0.8, 0.86, 0.9, 0.94, 0.985),  # names and rare words
}
DIFFERS = 0.9  # what is left of the confidence where two readings differ,
OVERLOOKED = 0.6  # and where an unknown word has room for a letter more


def word_confidence(text: str, scores: Sequence[float], again: Sequence[str] | None, *, strained: bool) -> float:
    """0..1, the share of words read like this one that are right; under 1 always.

    Args:
        text: the word.
        scores: of its letters.
        again: words of the second reading of its line, None where there was none.
        strained: its letters do not fill its room.
    """
    kind = kind_of(text)
    confidence = SHARES[kind][bisect_right(STEPS, min(scores))]
    if again is not None and text not in again:
        confidence *= DIFFERS
    if strained and kind != "known":
        confidence *= OVERLOOKED
    return round(confidence, 4)


def kind_of(text: str) -> str:
    """``number`` for a word with digits, ``known`` for a word that decrees use, else ``unknown``."""
    if any(c.isdigit() for c in text):
        return "number"
    parts = [part.strip(EDGE_MARKS).casefold() for part in text.replace("/", "-").split("-")]
    return "known" if all(not p or p in decree_words() or p in common_words() for p in parts) else "unknown"
