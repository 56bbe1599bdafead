"""The month a word names, with abbreviations, old spellings and slips."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from normalize.data_files import rows

# A full name may carry this many slips, by its length: "Desenber", "Febuari"; "Jumi" is too near to both Juni and Juli.
_SLIPS_LONG = 2  # letters, for names of 7 letters and more
_SLIPS_SHORT = 1  # letters, for names of 4 to 6
_LONG = 7
_SHORTEST_FUZZY = 4  # "Mei" is never matched with a slip
_DIGIT_SLIPS = str.maketrans({"0": "o", "1": "l", "5": "s", "|": "l", "!": "l"})


@cache
def _exact() -> dict[str, int]:
    table: dict[str, int] = {}
    for row in rows("months"):
        for word in (row["name"], *row["variants"].split(";")):
            table[word.lower()] = int(row["month"])
    return table


@cache
def _long_forms() -> tuple[tuple[str, int], ...]:
    return tuple((word, month) for word, month in _exact().items() if len(word) >= _SHORTEST_FUZZY)


def fold_word(word: str) -> str:
    """Letters only, lower case, digits that OCR puts for letters turned back."""
    return re.sub(r"[^a-z]", "", word.lower().translate(_DIGIT_SLIPS))


@cache
def month_of_word(word: str) -> tuple[int, bool] | None:
    """(month, exactly so printed) for a month name, null for any other word or where two months are equally near."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if plain in _exact() and not re.search(r"\d", word):
        return _exact()[plain], True
    folded = fold_word(word)
    if folded in _exact():
        return _exact()[folded], False
    if len(folded) < _SHORTEST_FUZZY:
        return None
    best: dict[int, int] = {}
    for form, month in _long_forms():
        allowed = _SLIPS_LONG if len(form) >= _LONG else _SLIPS_SHORT
        distance = Levenshtein.distance(folded, form, score_cutoff=allowed)
        if distance <= allowed:
            best[month] = min(distance, best.get(month, allowed))
    if not best:
        return None
    nearest = min(best.values())
    months = [month for month, distance in best.items() if distance == nearest]
    return (months[0], False) if len(months) == 1 else None
