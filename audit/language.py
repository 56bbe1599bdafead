"""The words of a text as the taxonomy knows the language: shared by rules and comparison."""

from __future__ import annotations

from functools import cache

from taxonomy.load import DATA_DIR, load_taxonomy
from taxonomy.wordings import wordings
from taxonomy.words import Words, load_words


@cache
def language() -> Words:
    """Indonesian as the matcher reads it."""
    return load_words(DATA_DIR / "words", [wording.text for wording in wordings(load_taxonomy())])


def stems(text: str | None) -> frozenset[str]:
    """The different stems of a text."""
    return frozenset(stem.stem for stem in language().read(text or ""))
