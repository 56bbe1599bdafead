"""Page breaks inside a table: is the first row of a page the rest of the row before, and does its label go on?

Every piece of evidence has a weight; the sum decides, and a sum near zero is noted for review. The strongest evidence is how
text is set: a line is only broken where the next word does not fit, so a first word that would have fitted on the last line
of the page before begins a new text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extract.table import CELL_PADDING, Piece, Span, label_of
from extract.words import is_read, lines_of

SAME_LABEL = 97.0  # rapidfuzz ratio from which a label repeats the one before
SAME_READ_LABEL = 90.0  # the same for labels read from a picture, with a slip in each
SURE = 1.5  # sums nearer to zero than this are noted
SURE_JOIN = 2.5  # the same for a join
BLANK = 0.25  # of the font size: width of a blank
LEADING = 1.15  # times the height of its letters: the distance of lines at least
SLACK = 1.0  # points by which a word may miss the column's edge and still be called fitting
LIST_ITEM = re.compile(r"^(?:[(]?(?:\d{1,2}|[a-z])[.)]+|[-•*–])")
OPEN_END = re.compile(
    r"(?:[,/(&-]|\b(?:dan|atau|yang|di|ke|dari|untuk|dengan|pada|dalam|oleh|serta|sebagai|tentang|dan/atau))$", re.I
)

LABELLED = 0.4  # share of a column's texts with a number of their own from which one without is the exception
FITS = -3.0
DOES_NOT_FIT = 1.0
SMALL_LETTER = (1.0, 3.5)  # where half of the column's texts begin with a capital, and where all do
CAPITAL = -0.4
OPEN_ENDED = 1.5
CLOSED = -0.6
BEGINS_HERE = -2.0
ENDED_BEFORE = 1.0
NEW_NUMBER = -9.0
NEW_LABEL = -6.0
NO_NUMBER = 1.5
SAME_FILL = 1.0
OTHER_FILL = -2.0
SECOND_MARK = -3.0
ROOM_LEFT = (-2.0, -4.0)  # where over two lines, or over three and a half, had room under the text on the page before
NO_BORDER = 1.5
NEW_GROUP = -1.0  # a page more often begins with a new group than with the rest of a label
LAST_WORD = 1.2  # one word alone is more often the rest of a label than a label


@dataclass(frozen=True, slots=True)
class ColumnTraits:
    """What all pages together say about a column.

    Attributes:
        numbers: it holds numbers or letters of items and hardly anything else.
        marks: narrow, with fills or single signs instead of text.
        label: its cells are merged over rows or repeated, as labels of groups are.
        filled: share of rows in which something is printed (0..1).
        capital: share of its texts that begin with a capital (0..1).
        labelled: share of its texts that begin with a number or letter of their own (0..1).
    """

    numbers: bool
    marks: bool
    label: bool
    filled: float
    capital: float = 1.0
    labelled: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the text goes on, and how surely."""

    goes_on: bool
    weight: float

    @property
    def sure(self) -> bool:
        """The evidence is clearly on one side; two texts made one need more of it than two that stay apart."""
        return self.weight >= SURE_JOIN if self.goes_on else self.weight <= -SURE


def last_piece(span: Span) -> Piece | None:
    """The last page's text of a cell, None where nothing is printed."""
    return next((p for p in reversed(span.pieces) if p.lines), None)


def text_weight(before: Piece, after: Piece, traits: ColumnTraits) -> float:
    """How much the setting of the text speaks for ``after`` going on where ``before`` ended."""
    word = after.first_word
    if word is None or not before.last_line:
        return 0.0
    last = before.last_line[-1]
    padding = min(CELL_PADDING, max(0.0, min(w.box.x0 for w in before.words) - before.box.x0))
    room = before.box.x1 - padding - last.box.x1 - BLANK * last.size
    head, tail = after.lines[0], before.lines[-1]
    if LIST_ITEM.match(head) and not LIST_ITEM.fullmatch(head):
        listed = LIST_ITEM.match(before.lines[0]) or any(LIST_ITEM.match(line) for line in before.lines)
        return 1.0 if listed else -1.0
    weight = FITS if word.box.width <= room - SLACK else DOES_NOT_FIT
    first = head[0]
    if first.islower():
        low, high = SMALL_LETTER
        weight += low + (high - low) * max(0.0, 2 * traits.capital - 1)
    elif first.isupper():
        weight += CAPITAL
    weight += _room_weight(before)
    if OPEN_END.search(tail):
        weight += OPEN_ENDED
    elif tail.endswith((".", ";", ":")):
        weight += CLOSED
    return weight


def _room_weight(before: Piece) -> float:
    """Text that flows to the next page fills its cell to the foot first (but for a line that typesetting keeps back)."""
    bottom = max(w.box.bottom for w in before.last_line)
    height = LEADING * max(w.box.height for w in before.last_line)
    lines = (before.box.bottom - bottom) / height
    return ROOM_LEFT[1] if lines > 3.5 else ROOM_LEFT[0] if lines > 2.2 else 0.0


def row_goes_on(last: Sequence[Span], first: Sequence[Span], traits: Sequence[ColumnTraits], *, open_border: bool) -> Verdict:
    """Whether the first row of a page is the rest of the last row of the page before.

    Args:
        last: the last row of the page before, one span for each column.
        first: the first row of the page.
        traits: of each column.
        open_border: no line is drawn between the two.
    """
    weight = NO_BORDER if open_border else 0.0
    texts = [c for c, t in enumerate(traits) if not t.marks]
    if not any(last_piece(first[c]) for c in texts) and not any(p.fills or p.marks or p.lines for s in first for p in s.pieces):
        return Verdict(True, SURE_JOIN)
    for c in texts:
        before, after = last_piece(last[c]), last_piece(first[c])
        t = traits[c]
        if _is_new_item(before, after, t):
            return Verdict(False, NEW_NUMBER)
        if t.numbers:
            weight += _number_weight(before, after, t)
        elif before and after:
            if not (t.label and _same(before, after)):
                weight += text_weight(before, after, t) * (0.5 if t.label else 1.0) + _label_weight(after, t)
        elif t.label:
            continue
        elif after:
            weight += BEGINS_HERE * t.filled
        elif before:
            weight += ENDED_BEFORE * t.filled
    weight += _mark_weight(last, first, traits)
    return Verdict(weight > 0, weight)


def repeats(a: str, b: str, *, read: bool) -> bool:
    """The label says what the one before says; words read from a picture may slip letters, but no digits.

    Args:
        a: the label before.
        b: the label.
        read: one of them was read from a picture.
    """
    likeness = fuzz.ratio(a.casefold(), b.casefold())
    if not read or likeness >= SAME_LABEL:
        return likeness >= SAME_LABEL
    return likeness >= SAME_READ_LABEL and [ch for ch in a if ch.isdigit()] == [ch for ch in b if ch.isdigit()]


def _same(a: Piece, b: Piece) -> bool:
    return repeats(" ".join(a.lines), " ".join(b.lines), read=any(is_read(w) for p in (a, b) for w in p.words))


def _is_new_item(before: Piece | None, after: Piece | None, traits: ColumnTraits) -> bool:
    """Both rows have a number of their own in the column, and it is not the same: whatever else speaks for one row."""
    if before is None or after is None:
        return False
    if traits.numbers:
        return not _same(before, after)
    if traits.labelled < LABELLED:
        return False
    was, now = (label_of(lines_of(p.words)) for p in (before, after))
    return was is not None and now is not None and was != now


def _label_weight(after: Piece, traits: ColumnTraits) -> float:
    """What an item number at the head of a text says, in a column whose texts have one."""
    if traits.labelled < LABELLED:
        return 0.0
    return NEW_LABEL if label_of(lines_of(after.words)) else NO_NUMBER * traits.labelled


def _number_weight(before: Piece | None, after: Piece | None, traits: ColumnTraits) -> float:
    if after:
        same = before is not None and _same(before, after)
        return 0.0 if same and traits.label else NEW_NUMBER
    if traits.label:
        return 0.0
    return NO_NUMBER * traits.filled if before else 0.0


def _mark_weight(last: Sequence[Span], first: Sequence[Span], traits: Sequence[ColumnTraits]) -> float:
    marks = [c for c, t in enumerate(traits) if t.marks]
    if not marks:
        return 0.0
    above, below = ([_shade(spans[c]) for c in marks] for spans in (last, first))
    if any(above) or any(below):
        if above == below:
            return SAME_FILL
        return OTHER_FILL if any(above) and any(below) else OTHER_FILL / 2
    signs_above = {c for c in marks if last_piece(last[c])}
    signs_below = {c for c in marks if last_piece(first[c])}
    return SECOND_MARK if signs_above and signs_below else 0.0


def _shade(span: Span) -> bool:
    piece = span.pieces[-1] if span.pieces else None
    if piece is None:
        return False
    return any(
        f.box.overlap(piece.box) > 0.3 * min(piece.box.area, f.box.area) and (f.color is None or min(f.color) < 250)
        for f in piece.fills
    )


def label_goes_on(
    before: Span,
    after: Span,
    traits: ColumnTraits,
    *,
    number_before: Span | None,
    number_after: Span | None,
    at_foot: bool,
) -> Verdict:
    """Whether a label cell at the top of a page belongs to the label cell at the foot of the page before.

    Args:
        before: the label in force at the foot of the page before.
        after: the cell at the top of the page.
        traits: of their column.
        number_before: its cell in the number column that belongs to the label, None where there is none.
        number_after: the same for the cell at the top.
        at_foot: the label stands in the last row itself, not in one above it that a border closes.
    """
    was, now = last_piece(before), last_piece(after)
    n_was = last_piece(number_before) if number_before else None
    n_now = last_piece(number_after) if number_after else None
    if n_now and n_was and not _same(n_was, n_now):
        return Verdict(False, NEW_NUMBER)
    if now is None:
        return Verdict(True, SURE_JOIN)
    if was is None:
        return Verdict(n_now is None or n_was is not None, SURE_JOIN)
    if _same(was, now):
        return Verdict(True, SURE_JOIN)
    if (n_now and not n_was) or label_of(lines_of(now.words)) or not at_foot:
        return Verdict(False, NEW_NUMBER)
    weight = NEW_GROUP + text_weight(was, now, traits) + _label_weight(now, traits)
    if len(now.words) == 1 and not now.words[0].text.isupper():
        weight += LAST_WORD
    if number_after is not None and n_was:
        weight += 2.0 if n_now is None else 0.0
    return Verdict(weight > 0, weight)
