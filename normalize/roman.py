"""Roman numerals, also as OCR slips print them ("Il", "1V")."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# Strict form: "IIII", "VX" are no numerals.
_STRICT = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
# What OCR makes of a capital I. Only used where the caller expects a roman numeral.
_SLIPS = str.maketrans({"l": "I", "1": "I", "|": "I", "!": "I"})


def roman_value(text: str, *, slips: bool = False) -> int | None:
    """The value of a roman numeral, null when it is none.

    Args:
        text: the numeral alone, upper or lower case.
        slips: read "l", "1", "|" as "I". A text of digits alone stays no roman numeral.
    """
    word = text.strip().strip(".")
    if slips and not word.isdigit():
        word = word.translate(_SLIPS)
    word = word.upper()
    if not word or not _STRICT.fullmatch(word):
        return None
    total = 0
    for here, after in zip(word, [*word[1:], ""], strict=True):
        value = _VALUES[here]
        total += -value if after and _VALUES[after] > value else value
    return total


def settled(numbers: Sequence[str | None]) -> list[str | None]:
    """The numbers of following sections as OCR read them, put right where they are the numeral of their place but for slips.

    "l", "1" or "Il" counts as the numeral that is due only where another section has a true one; else nothing changes.

    Args:
        numbers: of the sections, in order.
    """
    true = [roman_value(n) == place for place, n in enumerate(numbers, 1) if n is not None and n.isupper()]
    if not any(true):
        return list(numbers)
    due = [_numeral(place) for place in range(1, len(numbers) + 1)]
    return [want if n is not None and n.translate(_SLIPS).upper() == want else n for n, want in zip(numbers, due, strict=True)]


def _numeral(value: int) -> str:
    """The roman numeral of a small number."""
    out = ""
    for worth, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += letters * (value // worth)
        value %= worth
    return out
