"""Menimbang, Mengingat, Memperhatikan, Menetapkan and the diktum: labelled parts out of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.decree_gutter import opens_two_blocks
from extract.decree_items import items_of
from extract.decree_lines import Line, pieces, printed
from extract.decree_words import (
    LAMPIRAN,
    PLACE_AND_DATE,
    Label,
    Part,
    is_certified,
    label_of,
    near,
    ordinal_rank,
    place_label,
    spelled,
    squeeze,
)
from extract.page import Word
from extract.printed import Printed
from extract.words import is_read, split_word

LABEL_SLACK = 26.0  # points a label may stand right of the left-most line of its page
COLON_SLACK = 60.0  # the same for a label that is spelt right and has its colon
LABEL_GAP = 1.0  # of the font size: blank after a label whose colon is not there
MAX_LABEL_WORDS = 3  # "KEDUA PULUH SATU"
ARTICLE = re.compile(r"^(pasal|bab)\s+([0-9]+|[IVXL]+)[A-Z]?$", re.IGNORECASE)
CONSENT = re.compile(r"^dengan\s+persetujuan", re.IGNORECASE)  # stands before MEMUTUSKAN in regulations of two bodies
HEADING_LINES = 4  # a lampiran heading stands in the first lines of its page
FUZZY = 0.9  # confidence of a part whose label is misspelt
ORDER = {"menimbang": 0, "mengingat": 1, "memperhatikan": 2, "memutuskan": 3, "menetapkan": 4, "diktum": 5}


@dataclass(frozen=True, slots=True)
class Provision:
    """One lettered or numbered paragraph.

    Attributes:
        part: where it stands.
        label: its letter or number without its point, or the diktum's name as printed; None where none is printed.
        text: the paragraph.
    """

    part: Part
    label: str | None
    text: Printed


@dataclass(frozen=True, slots=True)
class Body:
    """The labelled parts of a decree.

    Attributes:
        provisions: in order.
        decides: the text after Menetapkan.
        end: index, in the lines given, of the first line after the body.
    """

    provisions: tuple[Provision, ...]
    decides: Printed | None
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The label that opens a line, and what of the line follows it."""

    kind: Label
    label: str
    rank: int
    exact: bool
    rest: Line | None


@dataclass(slots=True)
class _Section:
    kind: Label
    label: str
    rank: int
    exact: bool
    lines: list[Line] = field(default_factory=list)


def page_lefts(lines: Sequence[Line]) -> dict[int, float]:
    """Left edge of the text of each page."""
    lefts: dict[int, float] = {}
    for line in lines:
        lefts[line.page] = min(lefts.get(line.page, line.x0), line.x0)
    return lefts


def unglued(line: Line) -> Line:
    """The line with its first words cut after and before a colon: "Mengingat:1." and ":a."."""
    out: list[Word] = []
    for i, word in enumerate(line.words):
        at = word.text.find(":")
        if i >= MAX_LABEL_WORDS or at < 0 or len(word.text) == 1:
            out.append(word)
            continue
        cuts = [(a + b) / 2 for a, b in zip(word.edges, word.edges[1:], strict=False)]
        inner = [word.edges[k] for k in (at, at + 1) if 0 < k < len(cuts)]
        out += split_word(word, inner)
    return Line(tuple(out))


def mark_of(line: Line, left: float) -> Mark | None:
    """The label that opens a line; None where none does.

    Args:
        line: the line.
        left: left edge of the text of its page.
    """
    spaced = squeeze(line.text)
    read = any(is_read(w) for w in line.words)
    if spaced == "memutuskan" or (read and near(spaced, "memutuskan")):
        return Mark("memutuskan", line.text, 0, exact=True, rest=None)
    cut = unglued(line)
    words = cut.words
    for count in range(min(MAX_LABEL_WORDS, len(words)), 0, -1):
        said = label_of("".join(w.text for w in words[:count]))
        if said is None or words[count - 1].text == ":":
            continue
        kind, name, exact = said
        rest = cut.after(count)
        colon = rest is not None and rest.words[0].text == ":"
        while rest is not None and rest.words[0].text in (":", "."):
            rest = rest.after(1)
        if kind == "memutuskan":
            return Mark(kind, name, 0, exact, None) if rest is None else None
        bare = rest is None or rest.x0 - words[count - 1].box.x1 > LABEL_GAP * line.size
        slack = COLON_SLACK if colon and exact else LABEL_SLACK
        if not line.text[0].isupper() or line.x0 > left + slack or not (colon or (bare and exact)):
            continue
        rank = ordinal_rank(name) if kind == "diktum" else 0
        printed_label = " ".join(w.text for w in words[:count]).strip(" .:")
        label = spelled(name) if read and not exact else printed_label
        return Mark(kind, label, rank, exact, rest)
    return None


def body_start(lines: Sequence[Line]) -> int | None:
    """Index of the line that opens the first labelled part; None where the lines hold no decree."""
    lefts = page_lefts(lines)
    found: dict[str, int] = {}
    for i, line in enumerate(lines):
        mark = mark_of(line, lefts[line.page])
        if mark is not None:
            found.setdefault(mark.kind, i)
            if mark.kind == "menimbang":
                return i
    opening = [found[k] for k in ("mengingat", "memperhatikan", "memutuskan", "menetapkan") if k in found]
    return min(opening) if opening else None


def is_lampiran_heading(line: Line, place: int) -> bool:
    """The line opens a lampiran.

    Args:
        line: the line.
        place: how many lines stand above it on its page.
    """
    match = LAMPIRAN.match(line.text)
    if match is None or place >= HEADING_LINES:
        return False
    rest = line.text[match.end() :].lstrip(" :")
    return not rest or rest[0].isupper()


def ends_body(line: Line, place: int, *, deciding: bool) -> bool:
    """The line is the first after the body: place and date, a certifier's block, or a lampiran."""
    if is_lampiran_heading(line, place) and (place == 0 or deciding):
        return True
    if not deciding:
        return False
    return opens_two_blocks(line) or any(
        (place_label(p.text) and p.text[0] in "DdO" and (p.text[0] != "d" or p is not line))
        or PLACE_AND_DATE.match(p.text)
        or is_certified(p.text)
        for p in (*pieces(line), line)
    )


def read_body(lines: Sequence[Line], start: int) -> Body:
    """The labelled parts from line ``start`` on.

    Args:
        lines: lines of all pages, in order.
        start: what ``body_start`` found.
    """
    sections, end = _sections(lines, start)
    provisions: list[Provision] = []
    decides: Printed | None = None
    for section in sections:
        base = 1.0 if section.exact else FUZZY
        notes = () if section.exact else (f"label read as {section.label!r}",)
        if section.kind == "menetapkan":
            decides = decides or printed(section.lines, base, notes)
        elif section.kind == "diktum":
            text = printed(section.lines, base, notes)
            if text is not None:
                provisions.append(Provision("diktum", section.label, text))
        elif section.kind != "memutuskan":
            for item in items_of(section.lines, base, notes):
                provisions.append(Provision(section.kind, item.label, item.text))
    return Body(tuple(provisions), decides, end)


def _sections(lines: Sequence[Line], start: int) -> tuple[list[_Section], int]:
    lefts = page_lefts(lines[start:])
    sections: list[_Section] = []
    place = sum(1 for x in lines[:start] if x.page == lines[start].page)
    muted = False
    for i in range(start, len(lines)):
        line = lines[i]
        place = place + 1 if i > start and lines[i - 1].page == line.page else 0 if i > start else place
        deciding = bool(sections) and ORDER[sections[-1].kind] >= ORDER["memutuskan"]
        if i > start and ends_body(line, place, deciding=deciding):
            return sections, i
        mark = mark_of(line, lefts[line.page])
        if mark is not None and _follows(sections, mark):
            muted = False
            if not sections or mark.kind != sections[-1].kind or mark.kind == "diktum":
                sections.append(_Section(mark.kind, mark.label, mark.rank, mark.exact))
            if mark.rest is not None:
                sections[-1].lines.append(mark.rest)
        elif deciding and ARTICLE.match(line.text):
            sections.append(_Section("diktum", line.text, 0, exact=True))
        elif CONSENT.match(line.text) and not deciding:
            muted = True
        elif not muted and sections:
            sections[-1].lines.append(line)
    return sections, len(lines)


def _follows(sections: Sequence[_Section], mark: Mark) -> bool:
    """A label counts where its part can begin: never back to an earlier part, no diktum before the decision."""
    if not sections:
        return mark.kind != "diktum"
    last = sections[-1]
    if mark.kind == "diktum":
        return ORDER[last.kind] >= ORDER["memutuskan"] and (mark.rank != last.rank or last.rank == 0)
    if mark.kind == "menetapkan":
        return last.kind != "diktum"
    return ORDER[mark.kind] >= ORDER[last.kind] or (last.kind == "memperhatikan" and mark.kind == "mengingat")
