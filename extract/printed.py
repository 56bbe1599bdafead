"""A printed value with its boxes, and the one home of the rule that joins printed lines into text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.geometry import BBox
from extract.sureness import Unsure, carried, sure_of_digits, sure_of_letters, sure_of_text

EDGE_MARKS = "\"'`“”‘’()[]{}<>.,;:?!"  # what may stand around a word without being part of it
PREFIXES = (
    "",
    *["ber", "per", "se", "ter", "me", "mem", "men", "meng", "meny", "di", "ke", "pe", "pem", "pen", "peng"],
)  # before a doubled stem: "perundang-undangan"
MIN_STEM = 3  # letters a doubled stem has at least ("dua-dua"); shorter ones are syllables that hyphenation parted
ENDING = re.compile(r"(kan|an|i)?(nya|lah|kah|pun)?")  # what may follow a doubled stem: "sebaik-baiknya", not "tan-tangan"
KEEPS_HYPHEN = frozenset({"non"})  # lower-case prefixes that decrees print with a hyphen of their own ("non-tunai")
ACRONYM = 5  # letters: an all-capital part up to this long, in text that is not all capitals, is an acronym ("BAN-PT")
THOUSANDS = re.compile(r"Rp\.?\d{1,3}(\.\d{3})*\.$")


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as printed.

    Attributes:
        text: whitespace collapsed, words split at line and page ends joined.
        boxes: one box for each page it stands on, in page order.
        confidence: 0..1, how sure it is that this is the value and all of it, whatever its letters.
        notes: why the confidence is not full: what was guessed or repaired.
        unsure: the words of it that were read from a picture; none in a digital text.
    """

    text: str
    boxes: tuple[BBox, ...]
    confidence: float
    notes: tuple[str, ...] = ()
    unsure: tuple[Unsure, ...] = ()

    @property
    def sure(self) -> float:
        """0..1, how sure the text is: that it is the value, and that its letters are right."""
        return self.confidence * sure_of_text(self.text, self.unsure)

    @property
    def strictly(self) -> float:
        """The same with every letter right: for what is read as a number, a date, a code or a month."""
        return self.confidence * sure_of_letters(self.unsure)

    @property
    def digits(self) -> float:
        """The same with every word right that holds a digit."""
        return self.confidence * sure_of_digits(self.text, self.unsure)

    @property
    def least(self) -> Unsure | None:
        """The word that is least sure; None in a digital text."""
        return min(self.unsure, key=lambda u: u.confidence, default=None)

    @property
    def raw(self) -> str | None:
        """The text with the letters as the engine read them; None where nothing was repaired."""
        if all(u.raw is None for u in self.unsure):
            return None
        text = self.text
        for u in sorted(self.unsure, key=lambda u: -u.start):
            if u.raw is not None:
                text = text[: u.start] + u.raw + text[u.end :]
        return text

    def saying(self, text: str, *, most: float = 1.0, note: str | None = None) -> Printed:
        """The value with another text (a part of its own), perhaps less sure, and why.

        Args:
            text: the new text.
            most: the confidence it has at most.
            note: why.
        """
        return replace(
            self,
            text=text,
            confidence=min(self.confidence, most),
            notes=self.notes if note is None else (*self.notes, note),
            unsure=carried(self.unsure, self.text, text),
        )


def join_lines(lines: Sequence[str]) -> str:
    """One line of text out of printed lines.

    Lines are joined by a blank, except where the break stands inside a word or a number:

    * A hyphen at a line end is dropped where hyphenation put it: small letters on both sides ("Pemil-" "ihan"), or
      capitals on both sides in a text of capitals ("PEMIL-" "IHAN").
    * It is kept, without a blank, where it belongs to the word: a doubled stem ("Undang-" "Undang", "perundang-"
      "undangan"), a digit on either side or a number with slashes ("2024-" "2029", "ORT/07-" "Kpt/01"), a single letter
      ("e-" "office"), a capital after small letters or small letters after capitals ("non-" "PNS", "KPU-" "nya"), an
      acronym ("BAN-" "PT").
    * A break after or before a slash is closed ("dan/" "atau"), and one after a point inside a number of a document or
      of rupiah ("15/ORT." "07/3504").

    A hyphen that stands alone is a dash and stays one. What is not listed stays as it is.

    Args:
        lines: texts of the printed lines, in reading order; empty ones are skipped.
    """
    out = ""
    clean = [" ".join(line.split()) for line in lines]
    for line in clean:
        if line:
            out = _join(out, line) if out else line
    return out


def _join(before: str, after: str) -> str:
    left, right = before.rsplit(" ", 1)[-1], after.split(" ", 1)[0]
    if len(left) > 1 and left[-1] in "-–" and right[:1] not in "-–":
        stem = left[:-1]
        if stem[-1] in "-–":
            return f"{before} {after}"
        if keeps_hyphen(stem, right, in_capitals=_in_capitals(before, after)):
            return before + after
        return before[:-1] + after if left[-1] == "-" and _is_split(stem, right) else f"{before} {after}"
    if len(right) > 1 and right[0] == "-" and is_doubled(left, right[1:]):
        return before + after
    if _inside_code(left, right):
        return before + after
    return f"{before} {after}"


def _inside_code(left: str, right: str) -> bool:
    """The break between two lines stands inside a number or a pair of words joined by a slash."""
    if (left.endswith("/") and len(left) > 1 and right[0].isalnum()) or (
        right.startswith("/") and len(right) > 1 and left[-1].isalnum()
    ):
        return True
    if not left.endswith(".") or not right[0].isdigit() or len(left) < 2:
        return False
    if THOUSANDS.search(left):
        return re.match(r"\d{3}(?!\d)", right) is not None
    if left[-2].isupper():  # "15/ORT." "07", "HK." "03.1/36/2022"
        return "/" in left or "/" in right
    return left[-2].isdigit() and "/" in left and "/" in right


def is_doubled(left: str, right: str) -> bool:
    """The two parts repeat one stem, which may carry a prefix on the left and an ending on the right."""
    a, b = left.strip(EDGE_MARKS).casefold(), right.strip(EDGE_MARKS).casefold()
    a = re.split(r"[-/(]", a)[-1]
    stems = (a[len(prefix) :] for prefix in PREFIXES if a.startswith(prefix))
    return any(len(x) >= MIN_STEM and b.startswith(x) and ENDING.fullmatch(b[len(x) :]) for x in stems)


def keeps_hyphen(left: str, right: str, *, in_capitals: bool) -> bool:
    """The hyphen between two parts of a word at a line end belongs to the word.

    Args:
        left: the part before the hyphen, without it.
        right: the word after the break.
        in_capitals: the text around is set in capitals.
    """
    a, b = left.lstrip(EDGE_MARKS), right.strip(EDGE_MARKS)
    if not a or not b or not a[-1].isalnum() or not b[0].isalnum():
        return False
    if a[-1].isdigit() or b[0].isdigit() or _is_code(a) or _is_code(b):
        return True
    if is_doubled(a, b) or len(re.split(r"[-/(]", a)[-1]) == 1 or a.casefold() in KEEPS_HYPHEN:
        return True
    upper_a, upper_b = a.isupper(), b[0].isupper()
    if upper_a and b.isupper():
        return not in_capitals and len(a) <= ACRONYM and len(b) <= ACRONYM
    return upper_a != upper_b or (upper_b and not upper_a)


def _is_code(word: str) -> bool:
    """A number of a document: parts with a slash between, one of them with a digit."""
    return "/" in word and any(ch.isdigit() for ch in word)


def _is_split(left: str, right: str) -> bool:
    return left[-1].isalpha() and right.lstrip(EDGE_MARKS)[:1].isalpha()


def _in_capitals(before: str, after: str) -> bool:
    """The words around the break, the broken one left out, are mostly capitals."""
    words = [w for w in (*before.split(" ")[:-1], *after.split(" ")[1:]) if any(ch.isalpha() for ch in w)]
    if not words:
        return True
    return 2 * sum(w.upper() == w for w in words) > len(words)
