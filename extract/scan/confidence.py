"""How surely a word was read: from the engine's scores, a second reading, and whether the word is known."""

from __future__ import annotations

from collections.abc import Sequence


def word_confidence(text: str, scores: Sequence[float], again: Sequence[str] | None) -> float:
    """0..1, the share of words read like this one that are right."""
    worst = min(scores)
    if again is not None and text in again:
        worst = max(worst, 0.9)
    return round(min(0.999, worst), 4)
