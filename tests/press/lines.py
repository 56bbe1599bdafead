"""Text broken into lines, with hyphens between Indonesian syllables where a layout asks for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tests.press.fonts import text_width

_VOWELS = "aiueo"
_ONSETS = frozenset({"ng", "ny", "kh", "sy", "tr", "pr", "kr", "gr", "br", "dr", "pl", "kl", "bl", "st", "sp"})
_LEAST_SIDE = 3  # letters that stay on either side of a hyphen
_MARKER = re.compile(r"(\d{1,2}[.)]|[a-z][.)]|-) ")


class TooNarrowError(ValueError):
    """A word is wider than its column, so that what is printed could not be told from the truth."""

    def __init__(self, word: str, width: float) -> None:
        """Name the word and the room it was given, in points."""
        super().__init__(f"'{word}' does not fit into {width:.1f} points: widen the column or shrink the face")


@dataclass(frozen=True, slots=True)
class Type:
    """A font at a size, and whether words may be cut.

    Attributes:
        hyphenate: cut long words between syllables.
        cut_compounds: also end a line after a hyphen that belongs to the word ("undang-" / "undang").
    """

    font: str
    size: float
    hyphenate: bool = False
    cut_compounds: bool = False

    def width(self, text: str) -> float:
        """Width of `text` in points."""
        return text_width(text, self.font, self.size)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as printed; `ends` where its paragraph ends, `indent` and `marker` where it is part of an inner list."""

    text: str
    ends: bool = False
    indent: float = 0.0
    marker: str = ""


@lru_cache(maxsize=8192)
def hyphen_points(word: str) -> tuple[int, ...]:
    """Places where a word may be cut, from the left: before a syllable that begins with a consonant."""
    lower = word.lower()
    if not lower.strip(".,;:()").isalpha():
        return ()
    points = []
    for i in range(_LEAST_SIDE, len(lower) - _LEAST_SIDE + 1):
        before, after = lower[i - 1], lower[i]
        if after in _VOWELS or not after.isalpha() or lower[i - 1 : i + 1] in _ONSETS:
            continue
        followed_by_vowel = i + 1 < len(lower) and lower[i + 1] in _VOWELS
        onset = lower[i : i + 2] in _ONSETS and i + 2 < len(lower) and lower[i + 2] in _VOWELS
        if (followed_by_vowel or onset) and any(v in lower[:i] for v in _VOWELS) and before.isalpha():
            points.append(i)
    return tuple(points)


def _cut(word: str, room: float, type_: Type) -> tuple[str, str] | None:
    """The word in two parts of which the first fits into `room`, or None."""
    if type_.cut_compounds and "-" in word[1:-1]:
        at = word.index("-", 1) + 1
        if word[:at].strip("(-").isalpha() and word[at:].strip(",;.)").isalpha() and type_.width(word[:at]) <= room:
            return word[:at], word[at:]
    if type_.hyphenate:
        for at in reversed(hyphen_points(word)):
            if type_.width(word[:at] + "-") <= room:
                return word[:at] + "-", word[at:]
    return None


def wrap(text: str, width: float, type_: Type) -> list[Line]:
    """The lines of one paragraph."""
    space = type_.width(" ")
    lines: list[Line] = []
    current: list[str] = []
    used = 0.0
    for whole in text.split():
        word = whole
        while True:
            wide = type_.width(word)
            lead = space if current else 0.0
            if used + lead + wide <= width:
                current.append(word)
                used += lead + wide
                break
            parts = _cut(word, width - used - lead, type_)
            if parts:
                current.append(parts[0])
                word = parts[1]
            elif not current:
                raise TooNarrowError(word, width)
            lines.append(Line(" ".join(current)))
            current, used = [], 0.0
    return [*lines, Line(" ".join(current), ends=True)] if current else lines


def wrap_cell(text: str, width: float, type_: Type) -> list[Line]:
    """The lines of a cell: a line break in `text` starts a paragraph, and "1) ", "a. " hang its text."""
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        match = _MARKER.match(paragraph)
        if match is None or "\n" not in text:
            lines += wrap(paragraph, width, type_)
            continue
        marker = match.group(1)
        indent = type_.width(marker + "  ")
        hung = wrap(paragraph[match.end() :], width - indent, type_)
        lines += [Line(h.text, h.ends, indent, "" if i else marker) for i, h in enumerate(hung)]
    return lines
