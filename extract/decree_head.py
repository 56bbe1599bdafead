"""What stands above Menimbang: institution, number, title, the mark of a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.decree_lines import Line, Sheet, printed
from extract.decree_words import (
    CARRIED_OFFICERS,
    COPY_MARK,
    KINDS,
    NUMBER_LABEL,
    OFFICERS,
    near,
    squeeze,
)
from extract.printed import Printed
from extract.words import split_word

COPY_STRIP = 0.3  # of the page height: the mark of a copy stands in this strip at the top
WATERMARK = 0.6  # confidence of a turned SALINAN that reaches out of that strip
GUESSED = 0.7  # confidence of a title whose end, or of a number whose label, was not found
NO_NUMBER = 0.3  # confidence of what stands where the number should
DISPUTED = 0.7  # confidence of an institution that the letterhead names otherwise
SHORTENED = 0.9  # confidence of an institution that is named with its head's office
PARAGRAPH_GAP = 1.25  # times the closest pitch of the title: a wider one ends it, where an officer's line follows
WIDE_GAP = 1.7  # times the closest pitch: ends the title by itself
ADDRESS = re.compile(
    r"^(jl\b|jln\b|jalan\b|telp|telepon|fax|faks|email|e-mail|laman|website|kode\s+pos)|\bkode pos\b|@", re.IGNORECASE
)
GRACE = re.compile(r"^dengan\s+rahmat", re.IGNORECASE)
KIND_WORDS = frozenset(["keputusan", "peraturan", "surat", "instruksi", "ketetapan", "penetapan", "salinan", "bersama"])


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a decree; what was not found is None."""

    institution: Printed | None
    number: Printed | None
    title: Printed | None
    copy_mark: Printed | None


def read_head(lines: Sequence[Line], sheets: Sequence[Sheet]) -> Head:
    """The head of a decree.

    Args:
        lines: all lines above the first labelled part, from the first page of the decree on.
        sheets: the pages they stand on.
    """
    mark = copy_mark_of(sheets)
    rest = [x for x in (without_copy_mark(line) for line in lines) if x is not None]
    about = _about(rest)
    title, above = (None, rest) if about is None else (_title(rest, about), rest[: about + 1])
    at, number = _number(above, about)
    institution = institution_of(above[:at] if at is not None else above[:about])
    return Head(institution, number, title, mark)


def without_copy_mark(line: Line) -> Line | None:
    """The line without SALINAN before or after it; None where it says no more."""
    if COPY_MARK.match(line.text):
        return None
    if len(line.words) > 1 and line.words[0].text == "SALINAN":
        return line.after(1)
    if len(line.words) > 1 and line.words[-1].text == "SALINAN":
        return Line(line.words[:-1])
    return line


def copy_mark_of(sheets: Sequence[Sheet]) -> Printed | None:
    """SALINAN at the top of one of the pages."""
    for sheet in sheets:
        strip = COPY_STRIP * sheet.height
        for line in sheet.every:
            if line.baseline < strip and (COPY_MARK.match(line.text) or "SALINAN" in (line.words[0].text, line.words[-1].text)):
                return printed([line])
        turned = [w for w in sheet.turned if w.box.top < strip]
        if squeeze("".join(w.text for w in turned)) == "salinan" or any(squeeze(w.text) == "salinan" for w in turned):
            stamp = sheet is sheets[0] and all(w.box.bottom < strip for w in turned)
            notes = () if stamp else ("the mark of a copy may be a watermark",)
            return printed([Line(tuple(w for w in turned))], 1.0 if stamp else WATERMARK, notes)
    return None


def _about(lines: Sequence[Line]) -> int | None:
    """Index of the line that says TENTANG, alone or in front of the title."""
    for i, line in enumerate(lines):
        if near(squeeze(line.text), "tentang"):
            return i
    for i, line in enumerate(lines):
        if any(w.text == "TENTANG" for w in line.words):
            return i
    return None


def _title(lines: Sequence[Line], about: int) -> Printed | None:
    words = lines[about].words
    at = next((k for k, w in enumerate(words) if near(squeeze(w.text), "tentang")), 0)
    tail = lines[about].after(at + 1)
    block = [*([tail] if tail is not None else []), *lines[about + 1 :]]
    if block and near(squeeze(block[0].words[0].text), "tentang") and len(block[0].words) > 1:  # printed twice
        block[0] = Line(block[0].words[1:])
    end, guessed = _title_end(block)
    notes = ("end of the title guessed",) if guessed else ()
    return printed(block[:end], GUESSED if guessed else 1.0, notes)


def _title_end(block: Sequence[Line]) -> tuple[int, bool]:
    """How many lines are the title, and whether that is a guess."""
    for i, line in enumerate(block):
        if GRACE.match(line.text):
            return i, False
    gaps = [b.baseline - a.baseline if a.page == b.page else 0.0 for a, b in pairwise(block)]
    inner = min((g for g in gaps if g > 0), default=0.0)
    for i in range(1, len(block)):
        if gaps[i - 1] > PARAGRAPH_GAP * inner and _is_officer(block[i]):
            return i, False
    closed = bool(block) and block[-1].text.endswith(",")
    officers = [i for i in range(1, len(block)) if _is_officer(block[i])]
    if closed and officers:
        return officers[-1], False
    for i in range(1, len(block)):
        if gaps[i - 1] > WIDE_GAP * inner:
            return i, closed
    return len(block), closed and len(block) > 1


def _is_officer(line: Line) -> bool:
    return line.words[0].text.casefold().strip(".,:") in OFFICERS


def _number(above: Sequence[Line], about: int | None) -> tuple[int | None, Printed | None]:
    """The index of the number's line and the number; the label may stand inside a line, the number on the next one."""
    for i in range(len(above) - 1, -1, -1):
        for k, word in enumerate(above[i].words):
            text = " ".join(w.text for w in above[i].words[k:])
            match = NUMBER_LABEL.match(text)
            if match is None or (k and word.text != word.text.upper()):
                continue
            lines = [*_rest(above[i], k, match.end()), *above[i + 1 : about]]
            value = printed(lines)
            if value is None:
                return i, None
            return i, cleaned_number(value)
    for i in range(len(above) - 1, -1, -1):
        text = above[i].text
        if re.search(r"\d", text) and re.search(r"/|\btahun\b", text, re.IGNORECASE):
            value = printed([above[i]], GUESSED, ("number without its label",))
            return i, value
    return None, None


def _rest(line: Line, start: int, drop: int) -> list[Line]:
    """The line from word ``start`` on without its first ``drop`` letters (label, blank and colon)."""
    words = list(line.words[start:])
    while words and drop > 0:
        take = len(words[0].text)
        if drop >= take:
            words.pop(0)
            drop -= take + 1
        else:
            word = words.pop(0)
            words = [*split_word(word, [word.edges[drop]])[1:], *words]
            drop = 0
    return [Line(tuple(words))] if words else []


def cleaned_number(value: Printed) -> Printed:
    """The number without what is none of it; hardly sure where it was left empty."""
    text = re.split(r"\s+TENTANG\b", value.text)[0].strip(" :.")
    if not re.search(r"\d", text):
        return value.saying(text, most=NO_NUMBER, note="number holds no digit")
    if re.match(r"(?i)tahun\b", text):
        return value.saying(text, most=NO_NUMBER, note="number left empty")
    return value.saying(text)


def institution_of(above: Sequence[Line]) -> Printed | None:
    """Who decrees: the letterhead, or the one named after KEPUTUSAN; both, where there are both, must agree.

    Args:
        above: lines over the number.
    """
    kind = next((i for i in range(len(above) - 1, -1, -1) if KINDS.match(above[i].text)), None)
    letterhead = printed([x for x in above[:kind] if not ADDRESS.search(x.text)])
    named: Printed | None = None
    if kind is not None:
        words = [w for x in above[kind : kind + 1] for w in x.words]
        while words and squeeze(words[0].text) in KIND_WORDS:
            words.pop(0)
        named = printed([*([Line(tuple(words))] if words else []), *above[kind + 1 :]])
    if named is None or letterhead is None:
        only = named or letterhead
        return _without_officer(only)
    top, below = squeeze(letterhead.text), squeeze(named.text)
    bare = _without_officer(named)
    if top == below or below.endswith(top) or top.startswith(below):
        return letterhead
    if bare is not None and squeeze(bare.text) in top:
        return bare
    if top in below:
        return named
    chosen = bare or named
    return chosen.saying(chosen.text, most=DISPUTED, note=f"letterhead says {letterhead.text!r}")


def _without_officer(value: Printed | None) -> Printed | None:
    """KEPALA BALAI ... speaks for BALAI ...; GUBERNUR BALI is printed as the institution itself."""
    if value is None:
        return None
    first, _, rest = value.text.partition(" ")
    if first.casefold() in CARRIED_OFFICERS and rest:
        return value.saying(rest, most=SHORTENED, note=f"named as {value.text!r}")
    return value
