"""The logical table as data, and how a cell gets its text and its label: the one place for both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from extract.geometry import BBox, hulls_by_page
from extract.page import Fill, Word
from extract.printed import Printed, join_lines
from extract.sureness import Unsure, unsure_in
from extract.vocabulary import common_words, header_words
from extract.words import lines_of

Origin = Literal["printed", "inherited", "joined"]
"""``printed`` in this row, ``inherited`` from a merged cell, or ``joined`` from two pages."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the logical table.

    Attributes:
        levels: texts of all header levels from top to bottom ("PELAKSANAAN (BULAN)", "1"); empty where nothing is printed.
        cells: number of the header cell of each level; columns under one spanning cell share its number.
        x0, x1: borders in points, on the first page of the table.
    """

    levels: tuple[str, ...]
    cells: tuple[int, ...]
    x0: float
    x1: float

    @property
    def header(self) -> str:
        """Text of the top header cell."""
        return self.levels[0] if self.levels else ""

    @property
    def group(self) -> int:
        """Number of the top header cell, the same for all columns under it."""
        return self.cells[0]

    @property
    def sub(self) -> str:
        """Text of the lowest header level where there are several, else ""."""
        return self.levels[-1] if len(self.levels) > 1 else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the logical table; merged cells are one cell that several rows share.

    Attributes:
        text: as printed; None where nothing is printed.
        label: the number or letter that stands before the text, set apart from it ("a.", "1)", "2"); None where there is none.
        boxes: where the cell is, one box for each page it reaches.
        origin: how the text came into this cell's row.
        cols: number of columns it spans.
        fills: filled areas that touch it, in drawing order.
        marks: small drawings and pictures inside.
        notes: what was guessed about it.
    """

    text: Printed | None
    label: str | None
    boxes: tuple[BBox, ...]
    origin: Origin
    cols: int
    fills: tuple[Fill, ...]
    marks: tuple[BBox, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the logical table.

    Attributes:
        cells: one for each column; a cell that spans columns stands in each of them.
        page_start, page_end: where it is printed.
        boxes: one box for each page.
        section: the row is one text across the table, with or without a number before it.
        joined: it was cut by a page break and put together again.
        notes: what was guessed about it.
    """

    cells: tuple[Cell, ...]
    page_start: int
    page_end: int
    boxes: tuple[BBox, ...]
    section: bool
    joined: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogicalTable:
    """A table over all its pages.

    Attributes:
        columns: left to right.
        rows: body rows in print order; header, repeated headers and the row of column numbers are left out.
        boxes: where it stands, one box for each page.
        ruled: its columns come from ruling lines.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    boxes: tuple[BBox, ...]
    ruled: bool


@dataclass(slots=True)
class Span:
    """A cell while the table is put together: what its pages contribute, in order."""

    col: int
    cols: int
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text so far."""
        return join_lines([line for piece in self.pieces for line in piece.lines])

    def frozen(self, *, first: bool) -> Cell:
        """The finished cell as seen from its first row or from a later one."""
        pieces = [p for p in self.pieces if p.lines]
        text = self.text
        notes = tuple(dict.fromkeys([*self.notes, *(["broken-word-joined"] if any(p.guessed for p in pieces) else [])]))
        boxes = hulls_by_page(w.box for p in pieces for w in p.words)
        origin: Origin = "inherited" if not first else "joined" if len(pieces) > 1 else "printed"
        return Cell(
            text=Printed(text, boxes, NOTED if notes else 1.0, notes, _unsure(text, pieces)) if text else None,
            label=label_of([line for p in pieces for line in lines_of(p.words)]) if len(pieces) else None,
            boxes=hulls_by_page(p.box for p in self.pieces),
            origin=origin,
            cols=self.cols,
            fills=tuple(f for p in self.pieces for f in p.fills),
            marks=tuple(m for p in self.pieces for m in p.marks),
            notes=notes,
        )


def _unsure(text: str, pieces: Sequence[Piece]) -> tuple[Unsure, ...]:
    return unsure_in(text, [w for p in pieces for line in lines_of(p.words) for w in line])


NOTED = 0.9  # confidence of a cell of which something was guessed
ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[ivxlcIVXLC]{1,6}|[a-zA-Z])(?:[.)\]]+|$)")
CELL_PADDING = 8.0  # points: cells are not padded wider than this
CRUMB = 2  # letters that are no word of their own, whatever the room before them
CRUMB_ROOM = 2.5  # letters' widths that such a break leaves at most
FRAGMENT = 3  # letters of the rest of a word that was broken for want of room
HANGING = 2.5  # points a line may begin left of the text after a label and still hang under it
APART = 0.45  # of the font size: a blank this wide sets a label apart from its text; a common blank is about .28


def is_enumerator(text: str) -> bool:
    """The text is an item's number or letter alone ("1", "IV.", "a)"), even if it is broken over two lines ("1 .")."""
    return ENUMERATOR.fullmatch(text.replace(" ", "")) is not None


def label_of(lines: Sequence[Sequence[Word]]) -> str | None:
    """The number or letter set apart before a cell's text; None where there is none or where it begins a list.

    It ends in a point or bracket, or the other lines hang under the text after it, or a wide blank follows it. Where a later
    line begins with the next number or letter the cell holds a list, and its first number is no label of the cell.
    """
    if not lines or len(lines[0]) < 2 or not ENUMERATOR.fullmatch(lines[0][0].text):
        return None
    label, text = lines[0][0], lines[0][1]
    follower = _next_of(label.text)
    if any(line[0].text.strip("().[]") == follower for line in lines[1:] if ENUMERATOR.fullmatch(line[0].text)):
        return None
    if not label.text[-1].isalnum():
        return label.text
    page = label.box.page
    others = [line[0].box.x0 for line in lines[1:] if line[0].box.page == page]
    if others:
        return label.text if min(others) >= text.box.x0 - HANGING and text.box.x0 > label.box.x1 else None
    return label.text if text.box.x0 - label.box.x1 >= APART * label.size else None


def _next_of(label: str) -> str:
    core = label.strip("().[]")
    return str(int(core) + 1) if core.isdigit() else chr(ord(core) + 1) if len(core) == 1 else core + "I"


def printed_lines(box: BBox, lines: Sequence[Sequence[Word]]) -> tuple[tuple[str, ...], bool]:
    """The texts of a cell's lines, and whether a word was made whole that may have been two.

    A word too wide for its cell is broken without a hyphen. That shows in print: it stands alone on its line and fills the cell
    to less than a letter's width, and the next line goes on in the same case. Where the rest is a few letters that are no word,
    or both make a known one, they are surely one; where neither is known they are taken for one, and it is said. One or two
    letters that are no word are the rest of one even where a little more room was left.
    """
    texts = [[w.text for w in line] for line in lines]
    guessed = False
    for k in range(len(texts) - 1):
        if len(texts[k]) != 1 or not texts[k + 1]:
            continue
        joined = _is_broken(texts[k][0], texts[k + 1][0], _room(box, lines[k][0]))
        if joined == "no":
            continue
        guessed = guessed or joined == "perhaps"
        texts[k] = [texts[k][0] + texts[k + 1].pop(0)]
        if not texts[k + 1]:  # the word may be broken again
            texts[k + 1], texts[k] = texts[k], []
    return tuple(" ".join(words) for words in texts if words), guessed


def _room(box: BBox, word: Word) -> float:
    """Letters that would still have found room after the word, in letters of its own usual width."""
    padding = min(CELL_PADDING, max(0.0, word.box.x0 - box.x0))
    return (box.x1 - padding - word.box.x1) / max(0.1, word.box.width / max(1, len(word.text)))


def _is_broken(word: str, rest: str, room: float) -> Literal["yes", "perhaps", "no"]:
    """Whether two texts are one word that the cell was too narrow for."""
    a, b = word[-1], rest[0]
    if not (a.isalpha() and b.isalpha() and a.isupper() == b.isupper()):
        return "no"
    known = common_words() | header_words()
    core, whole = rest.strip(".,;:)").casefold(), (word + rest).strip("(.,;:)").casefold()
    if len(core) <= CRUMB and core.isalpha() and core not in known:
        return "yes" if room < CRUMB_ROOM else "no"
    if room >= 1:
        return "no"
    if whole in known or (len(core) <= FRAGMENT and core not in known):
        return "yes"
    return "perhaps" if core not in known and word.strip("(").casefold() not in known else "no"


@dataclass(frozen=True, slots=True)
class Piece:
    """What one page contributes to a cell."""

    box: BBox
    words: tuple[Word, ...]
    lines: tuple[str, ...]
    last_line: tuple[Word, ...]
    first_word: Word | None
    fills: tuple[Fill, ...]
    marks: tuple[BBox, ...]
    guessed: bool = False


def piece_of(box: BBox, words: tuple[Word, ...], fills: tuple[Fill, ...], marks: tuple[BBox, ...]) -> Piece:
    """A cell's content on one page, read line by line."""
    lines = lines_of(words)
    texts, guessed = printed_lines(box, lines)
    return Piece(
        box=box,
        words=words,
        lines=texts,
        last_line=tuple(lines[-1]) if lines else (),
        first_word=lines[0][0] if lines else None,
        fills=fills,
        marks=marks,
        guessed=guessed,
    )
