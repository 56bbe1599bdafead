"""When a value goes to a person: the thresholds of the whole room, and the words that say why and where."""

from __future__ import annotations

from collections.abc import Sequence

from extract.printed import Printed
from extract.sureness import sure_of_letters, sure_of_text

REVIEW_BELOW = 0.85  # confidence: a value whose place or bounds are less sure was guessed
READ_BELOW = 0.85  # chance that the letters are right: a value below goes to review; `bench/` shows what that leaves unmarked
READ_UNSURELY = "read-unsurely"


def letters_of_text(values: Sequence[Printed]) -> float:
    """The chance that each of the texts is read well enough: the least of them; 1 for digital texts."""
    return min((sure_of_text(v.text, v.unsure) for v in values), default=1.0)


def letters_of_typed(values: Sequence[Printed]) -> float:
    """The chance that every letter of the texts is right; 1 for digital texts."""
    return min((sure_of_letters(v.unsure) for v in values), default=1.0)


def place_of_doubt(values: Sequence[Printed]) -> str:
    """Where the least sure word stands: "@3:120,340" is page 3, 120 points from the left and 340 from the top."""
    words = [u for v in values for u in v.unsure]
    if not words:
        return ""
    box = min(words, key=lambda u: u.confidence).box
    return f"@{box.page}:{box.x0:.0f},{box.top:.0f}"
