"""A list as printed, in a column or not, to its paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.decree_lines import Line, printed
from extract.page import Word
from extract.printed import Printed
from extract.words import is_read, split_word

HANGING = 4.0  # points the number of an item stands left of its wrapped lines at least, where these hang
COLUMN = 12.0  # points the numbers of a list may begin apart (" 9." and "10." end in one column)
NUMBER_GAP = 0.6  # of the font size: blank after a number that has no point
BLANK = 0.25  # of the font size: a blank between two words
WIDE = 15  # times the font size: the lines of a part that are all narrower show no right margin
MAX_SKIP = 3  # numbers that may be missing between two paragraphs; a larger number is part of the text
GUESSED = 0.8  # confidence of a paragraph whose bounds were guessed
OUT_OF_ORDER = 0.9  # confidence of a paragraph whose number is not the one that was due
ITEM = re.compile(r"^(?P<label>\(?(?:[a-z]|[0-9IlO]{1,3}))(?P<mark>[.)]{1,2})(?P<rest>[^0-9.].*)?$", re.IGNORECASE)
BARE = re.compile(r"^(?:[a-z]|[0-9]{1,2})$")
LETTERED = re.compile(r"^\(?(?P<core>\w{1,2})[.,;:)]{1,2}$")
BULLET = re.compile(r"^[-–—•▪●◦‣*]$")
PARAGRAPH_START = re.compile(
    r"^(bahwa|undang|peraturan|keputusan|instruksi|ketetapan|surat|berita\s+acara|nota|perjanjian|hasil|daftar|rapat)\b",
    re.IGNORECASE,
)
MISREAD = str.maketrans({"I": "1", "l": "1", "i": "1", "t": "1", "O": "0", "o": "0", "S": "5", "B": "8", "Z": "2", "z": "2"})
SLIPS = str.maketrans({"I": "1", "l": "1", "O": "0"})


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of a list; ``label`` is its letter or number, None where none is printed."""

    label: str | None
    text: Printed


@dataclass(frozen=True, slots=True)
class _Start:
    """The number that opens a line: its style ("a", "1" or "-"), value and label, mark and place, and the line's rest.

    ``sure`` is how sure its value is.
    """

    style: str
    value: int
    label: str | None
    mark: str
    x0: float
    rest: Line | None
    sure: float = 1.0


def items_of(lines: Sequence[Line], confidence: float = 1.0, notes: Sequence[str] = ()) -> list[Item]:
    """The paragraphs of a part, in order.

    Args:
        lines: its lines without the part's label.
        confidence: of the letters.
        notes: what is to be said of every paragraph.
    """
    if not lines:
        return []
    starts = _starts(lines)
    if not starts:
        return _unnumbered(lines, confidence, notes)
    out: list[Item] = []
    first = min(starts)
    if first > 0:  # the first paragraph's number is not there
        label = _previous(starts[first])
        out += _item(lines[:first], label, min(confidence, GUESSED), (*notes, "number not found, the next one is there"))
    due: int | None = None
    bounds = [*sorted(starts), len(lines)]
    for begin, end in pairwise(bounds):
        start = starts[begin]
        own = [*([start.rest] if start.rest is not None else []), *lines[begin + 1 : end]]
        said = list(notes)
        sure = min(confidence, start.sure)
        if start.style != "-" and due is not None and start.value != due:
            said.append(f"number {start.label} where {_name(start.style, due)} was due")
            sure = min(sure, OUT_OF_ORDER)
        due = start.value + 1
        out += _item(own, start.label, sure, said)
    return out


def _item(lines: Sequence[Line], label: str | None, confidence: float, notes: Sequence[str]) -> list[Item]:
    text = printed(lines, confidence, notes)
    return [Item(label, text)] if text is not None else []


def _name(style: str, value: int) -> str:
    return chr(ord("a") + value - 1) if style == "a" and 1 <= value <= 26 else str(value)


def _previous(start: _Start) -> str | None:
    return _name(start.style, start.value - 1) if start.style != "-" and start.value > 1 else None


def start_of(line: Line) -> _Start | None:
    """The number, letter or bullet that opens a line."""
    line = _with_mark(line)
    word = line.words[0]
    if BULLET.match(word.text):
        return _Start("-", 0, None, "-", word.box.x0, line.after(1))
    match = ITEM.match(word.text)
    if match:
        label = match["label"].lstrip("(")
        rest: tuple[Word, ...] = line.words[1:]
        if match["rest"]:
            at = match.end("mark")
            tail = split_word(word, [word.edges[at]])
            rest = (*tail[1:], *rest)
        return _start(label, match["mark"], line, rest)
    if BARE.match(word.text) and len(line.words) > 1 and line.words[1].box.x0 - word.box.x1 > NUMBER_GAP * word.size:
        return _start(word.text, "", line, line.words[1:])
    return None


def _with_mark(line: Line) -> Line:
    """The line with the point that an OCR engine read apart from its number ("1 .") put to it."""
    if len(line.words) < 3 or not is_read(line.words[0]) or line.words[1].text not in (".", ")"):
        return line
    number, mark = line.words[:2]
    if not re.fullmatch(r"\(?[a-z0-9]{1,3}", number.text, re.IGNORECASE):
        return line
    whole = replace(
        number,
        text=number.text + mark.text,
        box=replace(number.box, x1=mark.box.x1),
        edges=(*number.edges[:-1], mark.edges[0], mark.edges[-1]),
        raw=number.raw or f"{number.text} {mark.text}",
    )
    return Line((whole, *line.words[2:]))


def _start(label: str, mark: str, line: Line, rest: tuple[Word, ...]) -> _Start | None:
    after = Line(rest) if rest else None
    if any(ch.isdigit() for ch in label) or label in ("I", "l", "O"):
        digits = label.translate(SLIPS)
        return _Start("1", int(digits), digits, mark, line.x0, after) if digits.isdigit() else None
    if len(label) == 1:
        return _Start("a", ord(label.lower()) - ord("a") + 1, label, mark, line.x0, after)
    return None


def _starts(lines: Sequence[Line]) -> dict[int, _Start]:
    """The lines that open a paragraph, by index."""
    found = {i: s for i, line in enumerate(lines) if (s := start_of(line)) is not None}
    if not found:
        return {}
    head = min(found)
    first = found[head]
    if head > 0 and first.value != 2:  # a list inside a paragraph that has no number of its own
        return {}
    if head == 0 and not first.mark and first.value != 1:
        return {}
    wrap = _wrapped(lines, found)
    hanging = first.x0 < wrap.get(lines[head].page, first.x0) - HANGING
    out: dict[int, _Start] = {head: first}
    due = first.value + 1
    for i in sorted(found):
        start = found[i]
        if first.style == "a" and start.style == "1" and lines[i].words[0].text.startswith("l"):
            start = replace(start, style="a", value=ord("l") - ord("a") + 1, label="l")  # no slip of 1 among letters
        if i <= head or start.style != first.style:
            continue
        wrapped = wrap.get(lines[i].page, start.x0)
        expected = start.value == due or start.style == "-"
        likely = start.mark == first.mark and start.value <= due + MAX_SKIP
        hangs = start.x0 < wrapped - HANGING and (expected or (likely and start.mark != ""))
        aligned = not hanging or abs(start.x0 - first.x0) <= COLUMN
        level = aligned and start.x0 <= wrapped + HANGING and expected and start.mark == first.mark != ""
        if hangs or level:
            out[i] = start
            due = start.value + 1
    if first.style == "a" and any(is_read(w) for line in lines for w in line.words):
        return _with_misread_letters(lines, out, wrap)
    return _with_misread(lines, out, wrap) if first.style == "1" else out


def _with_misread_letters(lines: Sequence[Line], starts: dict[int, _Start], wrap: dict[int, float]) -> dict[int, _Start]:
    """The starts, and the missing ones whose letter or point an OCR engine misread ("b,", "h." between "a." and "c.").

    Another letter counts only in front of a line that opens as paragraphs do.
    """
    out = dict(starts)
    bounds = [*sorted(starts), len(lines)]
    for a, b in pairwise(bounds):
        due = starts[a].value + 1
        last = starts[b].value if b in starts else due + MAX_SKIP
        for i in range(a + 1, b):
            line, letter = lines[i], _name("a", due)
            said = LETTERED.match(line.words[0].text)
            if due >= last or said is None or line.x0 >= wrap.get(line.page, line.x0) - HANGING:
                continue
            rest = line.after(1)
            opens = rest is not None and PARAGRAPH_START.match(rest.text) is not None
            if said["core"].casefold() == letter or opens:
                sure = 1.0 if said["core"].casefold() == letter else OUT_OF_ORDER
                out[i] = _Start("a", due, letter, ".", line.x0, rest, sure)
                due += 1
    return out


def _with_misread(lines: Sequence[Line], starts: dict[int, _Start], wrap: dict[int, float]) -> dict[int, _Start]:
    """The starts, and behind each the missing ones whose number was misread ("7,", "I l.", "t2.") in their column."""
    out = dict(starts)
    bounds = [*sorted(starts), len(lines)]
    for a, b in pairwise(bounds):
        due = starts[a].value + 1
        last = starts[b].value if b in starts else due + len(lines)
        for i in range(a + 1, b):
            line = lines[i]
            count = next((n for n in (1, 2) if due < last and _reads_as(line, n, due)), 0)
            if count and line.x0 < wrap.get(line.page, line.x0) - HANGING:
                out[i] = _Start("1", due, str(due), ".", line.x0, line.after(count))
                due += 1
    return out


def _reads_as(line: Line, count: int, value: int) -> bool:
    text = "".join(w.text for w in line.words[:count])
    core = text.rstrip(".,;:)'")
    return core != text and core.translate(MISREAD) == str(value)


def _wrapped(lines: Sequence[Line], found: dict[int, _Start]) -> dict[int, float]:
    """For each page where the wrapped lines of paragraphs begin: the commonest left edge."""
    out: dict[int, float] = {}
    for page in {x.page for x in lines}:
        plain = [x.x0 for i, x in enumerate(lines) if x.page == page and i not in found]
        plain += [s.rest.x0 for i, s in found.items() if lines[i].page == page and s.rest is not None and not plain]
        if plain:
            counts = Counter(round(x / 3) for x in plain)
            step = max(counts, key=lambda x: (counts[x], x))
            out[page] = min(x for x in plain if abs(round(x / 3) - step) <= 1)
    return out


def _unnumbered(lines: Sequence[Line], confidence: float, notes: Sequence[str]) -> list[Item]:
    """One paragraph, or several where each ends with a semicolon and the next begins as such paragraphs do.

    Instruments that are listed in running text stay together: there semicolons stand inside lines too, and a line ends
    with one only because it is full.
    """
    breaks = [i for i in range(1, len(lines)) if lines[i - 1].text.endswith(";") and PARAGRAPH_START.match(lines[i].text)]
    running = any(_lists_inside(x) for x in lines) or (breaks and all(_is_full(lines, i - 1) for i in breaks))
    if not breaks or running:
        said = (*notes, "a list in running text, not parted") if breaks else tuple(notes)
        return _item(lines, None, min(confidence, GUESSED) if breaks else confidence, said)
    said = (*notes, "paragraphs without numbers, parted at semicolons")
    bounds = [0, *breaks, len(lines)]
    return [item for a, b in pairwise(bounds) for item in _item(lines[a:b], None, min(confidence, GUESSED), said)]


def _lists_inside(line: Line) -> bool:
    """A semicolon inside the line, and behind it what begins a paragraph of such a list."""
    return any(
        before.text.endswith(";") and after.text[0].isupper() and PARAGRAPH_START.match(after.text) is not None
        for before, after in pairwise(line.words)
    )


def _is_full(lines: Sequence[Line], i: int) -> bool:
    """The first word of the next line had no room at the end of this one."""
    right = max(x.x1 for x in lines if x.page == lines[i].page)
    word = lines[i + 1].words[0]
    wide = right - min(x.x0 for x in lines if x.page == lines[i].page) > WIDE * word.size
    return wide and lines[i].x1 + BLANK * word.size + (word.box.x1 - word.box.x0) > right
