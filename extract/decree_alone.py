"""A lampiran without its decree: a file of its own, or what is left of a file whose first pages are not there.

Its heading says which decree it belongs to. Letters, reports and lists have lampiran too: only a heading that names a decree
or a regulation counts, and only where nothing stands before it but the end of that decree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.decree_body import is_lampiran_heading
from extract.decree_head import without_copy_mark
from extract.decree_lampiran import LampiranHeading, read_heading
from extract.decree_lines import Line, Sheet, pieces
from extract.decree_sign import Signature, Signed, read_foot, read_signatures
from extract.decree_words import DATE, KINDS, date_label, is_certified, place_label, squeeze
from extract.geometry import BBox
from extract.printed import Printed

END_PAGES = 2  # pages that the end of a decree takes at most: the last of the diktum, and signatures
LETTER_KEY = re.compile(r"^(perihal|hal|sifat|kepada)\s*:|^(kepada\s+)?yth\b", re.IGNORECASE)
"""A label at the head of a letter, where its Lampiran is one more."""

KEY_LINES = 8  # lines in which they stand


@dataclass(frozen=True, slots=True)
class Alone:
    """A lampiran that stands alone.

    Attributes:
        heading: its first heading.
        sheets: its pages.
        end: lines of the decree's end before it, with its signatures; empty where the file begins with the lampiran.
    """

    heading: LampiranHeading
    sheets: tuple[Sheet, ...]
    end: tuple[Line, ...]

    def belongs_to(self, number: Printed | None) -> bool:
        """Whether a decree that stands further on in the file, with this number, may be the lampiran's own."""
        own = self.heading.number
        return own is None or (number is not None and squeeze(number.text) == squeeze(own.text))


def lampiran_alone(sheets: Sequence[Sheet], tables: Sequence[BBox]) -> Alone | None:
    """The lampiran that the pages hold, without its decree; None where they hold none.

    Args:
        sheets: the pages as lines.
        tables: boxes of the tables.
    """
    used = [s for s in sheets if s.lines or any(t.page == s.number for t in tables)]
    marked = [_unmarked(s) for s in used]
    at = next((i for i, s in enumerate(marked[: END_PAGES + 1]) if _opens(s)), None)
    heading = read_heading(marked[at]) if at is not None else None
    if at is None or heading is None or heading.institution is None or not (heading.numbered or heading.title):
        return None
    before = used[:at]
    if before and (any(t.page == s.number for s in before for t in tables) or not _ends_a_decree(before)):
        return None
    return Alone(heading, tuple(marked[at:]), tuple(line for s in before for line in s.lines))


def _unmarked(sheet: Sheet) -> Sheet:
    """The page without the mark of a copy, which may stand on the line of the heading."""
    lines = (without_copy_mark(line) for line in sheet.lines)
    return replace(sheet, lines=tuple(line for line in lines if line is not None))


def _opens(sheet: Sheet) -> bool:
    """The page opens with a lampiran heading: nothing above it but a letterhead, and it is no letter's list of labels."""
    at = next((i for i, x in enumerate(sheet.lines) if is_lampiran_heading(x, i)), None)
    if at is None or any(":" in x.text or not x.text.isupper() or KINDS.match(x.text) for x in sheet.lines[:at]):
        return False
    return not any(LETTER_KEY.match(x.text) for x in sheet.lines[at : at + KEY_LINES])


def _ends_a_decree(sheets: Sequence[Sheet]) -> bool:
    """The pages close with where and when something was decreed."""
    lines = [line for s in sheets for line in s.lines]
    at = next((i for i, x in enumerate(lines) if place_label(x.text)), None)
    return at is not None and any(date_label(x.text) and DATE.search(x.text) for x in lines[at : at + 3])


def signed_at_end(sheet: Sheet) -> Signed | None:
    """The signatures at the end of the lampiran; None where there are none.

    Without place and date, which a lampiran seldom repeats, nothing opens the signatory's block but an office. It stands right
    of the certifier's block or above it, and is a guess.
    """
    lines = sheet.lines
    opening = next((i for i, x in enumerate(lines) if any(place_label(p.text) for p in pieces(x))), None)
    at = next((i for i, x in enumerate(lines) if is_certified(pieces(x)[0].text)), None)
    if opening is not None:
        return read_signatures(lines[opening if at is None else min(opening, at) :])
    if at is None:
        foot = read_foot(sheet)
        return Signed(foot, Signature(), certified=False) if foot is not None else None
    aside = _aside(lines, pieces(lines[at])[0])
    own = [p for line in lines[at:] for p in pieces(line) if p not in aside]
    foot = read_foot(replace(sheet, lines=tuple(aside or lines[:at])))
    return replace(read_signatures(own), signatory=foot or Signature())


def _aside(lines: Sequence[Line], certified: Line) -> list[Line]:
    """The pieces that begin right of a certifier's block: those of the signatory beside it."""
    return [p for line in lines for p in pieces(line) if p.x0 > certified.x1]
