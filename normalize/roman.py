"""Roman numerals, also as OCR slips print them ("Il", "1V")."""

from __future__ import annotations

import re

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
