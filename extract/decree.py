"""One decree out of its pages: head, labelled parts, signatures, and what its lampiran says outside the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.decree_alone import Alone, lampiran_alone, signed_at_end
from extract.decree_body import Body, Provision, body_start, is_lampiran_heading, read_body
from extract.decree_head import Head, cleaned_number, copy_mark_of, read_head
from extract.decree_items import Item
from extract.decree_lampiran import (
    LampiranHeading,
    LampiranSection,
    read_heading,
    read_narrative,
    table_title,
)
from extract.decree_lines import Line, Sheet, pieces, sheets_of
from extract.decree_sign import Signature, Signed, read_foot, read_signatures
from extract.decree_words import KINDS, PLACE_AND_DATE, is_certified, place_label, squeeze
from extract.geometry import BBox
from extract.page import Page
from extract.printed import Printed

HEAD_PAGES = 2  # pages before Menimbang on which the head may stand
SAME_COLUMN = 12.0  # points the left edges of a block may differ across a page break
SPILL_LINES = 16  # a page with no more lines than this may hold the rest of the signatures
EXCERPT = 160  # letters of what was found instead of a decree

DecreePart = Literal["decree", "lampiran"]

__all__ = ["DecreePart", "DecreeText", "Item", "LampiranHeading", "LampiranSection", "NotADecree", "Provision", "read_decree"]


@dataclass(frozen=True, slots=True)
class NotADecree:
    """No decree: none of its labelled parts (Menimbang, Mengingat, MEMUTUSKAN, Menetapkan) is on the pages, and no lampiran.

    Attributes:
        found: what stands there instead, shortly; "" for no text at all.
    """

    found: str


@dataclass(frozen=True, slots=True)
class DecreeText:
    """A decree as printed. What was not found is None; a guess has a lower confidence and a note that says so.

    Of a lampiran without its decree, institution, number, title and date are those of its heading.

    Attributes:
        institution: who decrees, one line.
        number: without its label.
        title: what follows TENTANG.
        copy_mark: SALINAN at the top.
        certified: a certifier's block says that this is a true copy.
        provisions: labelled paragraphs, in order.
        decides: what follows Menetapkan.
        place, date: of the signature.
        signatory_title, signatory: office and name.
        certifier_title, certifier: office and name of who certified the copy.
        lampiran: headings, in order.
        sections: narrative of the lampiran.
        lampiran_legal_bases: paragraphs of its list of legal bases.
        table_titles: heading of each table that was given, None where it has none.
        first_page: where the decree begins.
        lampiran_page: first page that is not the decree itself; None where there is none.
        part: what the file holds: a decree, with its lampiran or without, or a lampiran alone.
        lampiran_no: of a lampiran alone, its own number ("I").
        begins_inside: the file begins in the middle of the decree: pages before are not there.
        signed_below: the blocks under the lampiran of a decree, as they stand there; None where there are none.
    """

    institution: Printed | None
    number: Printed | None
    title: Printed | None
    copy_mark: Printed | None
    certified: bool
    provisions: tuple[Provision, ...]
    decides: Printed | None
    place: Printed | None
    date: Printed | None
    signatory_title: Printed | None
    signatory: Printed | None
    certifier_title: Printed | None
    certifier: Printed | None
    lampiran: tuple[LampiranHeading, ...]
    sections: tuple[LampiranSection, ...]
    lampiran_legal_bases: tuple[Item, ...]
    table_titles: tuple[Printed | None, ...]
    first_page: int
    lampiran_page: int | None
    part: DecreePart = "decree"
    lampiran_no: Printed | None = None
    begins_inside: bool = False
    signed_below: Signed | None = None

    @property
    def is_copy(self) -> bool:
        """Marked SALINAN, or certified as a true copy."""
        return self.copy_mark is not None or self.certified


def read_decree(pages: Sequence[Page], tables: Sequence[Sequence[BBox]] = ()) -> DecreeText | NotADecree:
    """The decree on the pages, or the lampiran of one where they hold nothing else of it.

    Args:
        pages: all pages of the document, in order.
        tables: the boxes of each table of the lampiran, one for each page; their words are no decree text.
    """
    boxes = [box for table in tables for box in table]
    sheets = sheets_of(pages, boxes)
    lines = [line for sheet in sheets for line in sheet.lines]
    start = body_start(lines)
    alone = lampiran_alone(sheets, boxes)
    if start is None:
        return _lampiran(alone, tables) if alone is not None else NotADecree(_excerpt(lines))
    head, first_page = _head(sheets, lines, start)
    if alone is not None and lines[start].page >= alone.heading.page and not alone.belongs_to(head.number):
        return _lampiran(alone, tables)  # what looks like a decree is a specimen in the lampiran
    body = read_body(lines, start)
    last = _last_body_page(sheets, lines, body, boxes)
    after = [x for x in lines[body.end :] if x.page <= last]
    signed = read_signatures(_before_lampiran(after))
    outer = [s for s in sheets if s.number > last or (s.number == last and _heading_inside(s))]
    lampiran = [s for s in outer if s.lines or any(t.page == s.number for t in boxes)]
    below = _signed_below(lampiran)
    signed = _completed(signed, lampiran)
    titles = tuple(table_title(lampiran or sheets, table[0]) if table else None for table in tables)
    narrative = read_narrative(lampiran, [box for title in titles if title is not None for box in title.boxes])
    return DecreeText(
        institution=head.institution,
        number=head.number,
        title=head.title,
        copy_mark=head.copy_mark,
        certified=signed.certified,
        provisions=body.provisions,
        decides=body.decides,
        place=signed.signatory.place,
        date=signed.signatory.date,
        signatory_title=signed.signatory.title,
        signatory=signed.signatory.name,
        certifier_title=signed.certifier.title,
        certifier=signed.certifier.name,
        lampiran=tuple(h for s in lampiran if (h := read_heading(s)) is not None),
        sections=narrative.sections,
        lampiran_legal_bases=narrative.legal_bases,
        table_titles=titles,
        first_page=first_page,
        lampiran_page=lampiran[0].number if lampiran else None,
        signed_below=below,
    )


def _lampiran(alone: Alone, tables: Sequence[Sequence[BBox]]) -> DecreeText:
    """A lampiran whose decree is not in the file."""
    heading, sheets = alone.heading, alone.sheets
    titles = tuple(table_title(sheets, table[0]) if table else None for table in tables)
    narrative = read_narrative(sheets, [box for title in titles if title is not None for box in title.boxes])
    signed = _signed_alone(alone)
    copy_mark = copy_mark_of(sheets[:1])
    return DecreeText(
        institution=heading.institution,
        number=cleaned_number(heading.number) if heading.number is not None else None,
        title=heading.title,
        copy_mark=copy_mark,
        certified=signed.certified,
        provisions=(),
        decides=None,
        place=signed.signatory.place,
        date=_one_date(heading.date, signed.signatory.date),
        signatory_title=signed.signatory.title,
        signatory=signed.signatory.name,
        certifier_title=signed.certifier.title,
        certifier=signed.certifier.name,
        lampiran=tuple(h for s in sheets if (h := read_heading(s)) is not None),
        sections=narrative.sections,
        lampiran_legal_bases=narrative.legal_bases,
        table_titles=titles,
        first_page=heading.page,
        lampiran_page=heading.page,
        part="lampiran",
        lampiran_no=heading.no,
        begins_inside=bool(alone.end),
    )


def _signed_alone(alone: Alone) -> Signed:
    """The signatures at the end of the lampiran, and of the decree's end before it."""
    written = next((s for s in reversed(alone.sheets) if s.lines), None)
    under = signed_at_end(written) if written is not None else None
    if not alone.end:
        return under or Signed(Signature(), Signature(), certified=False)
    own = read_signatures(alone.end)
    if under is None:
        return own
    certified = own.certified or under.certified
    return Signed(_settled(own.signatory, under.signatory), _settled(own.certifier, under.certifier), certified)


def _one_date(heading: Printed | None, signed: Printed | None) -> Printed | None:
    """The date of the heading, else that of the signature; less sure where they differ."""
    if heading is None or signed is None or squeeze(heading.text) == squeeze(signed.text):
        return heading or signed
    return heading.saying(heading.text, most=0.6, note=f"the signature says {signed.text!r}")


def _excerpt(lines: Sequence[Line]) -> str:
    text = " ".join(x.text for x in lines[:12])
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"


def _head(sheets: Sequence[Sheet], lines: Sequence[Line], start: int) -> tuple[Head, int]:
    """The head and the page it begins on: on the page of the first part, else a page or two before it."""
    opening = lines[start].page
    begin = opening
    for page in range(opening, opening - HEAD_PAGES - 1, -1):
        above = [x for x in lines[:start] if x.page == page]
        if any(KINDS.match(x.text) for x in above):
            begin = page
            break
    above = [x for x in lines[:start] if x.page >= begin]
    own = [s for s in sheets if begin <= s.number <= opening]
    return read_head(above, own), begin


def _last_body_page(sheets: Sequence[Sheet], lines: Sequence[Line], body: Body, tables: Sequence[BBox]) -> int:
    """The last page of the decree itself: where its signatures end."""
    last = lines[body.end - 1].page
    if body.end < len(lines) and not is_lampiran_heading(lines[body.end], _place(lines, body.end)):
        last = lines[body.end].page
    for sheet in sheets:
        if sheet.number <= last or not sheet.lines:
            continue
        opens = any(is_lampiran_heading(x, i) for i, x in enumerate(sheet.lines))
        if opens or len(sheet.lines) > SPILL_LINES or any(t.page == sheet.number for t in tables):
            break
        if not _spills([x for x in lines[body.end :] if x.page <= last], sheet):
            break
        last = sheet.number
    return last


def _spills(signed: Sequence[Line], sheet: Sheet) -> bool:
    """The page goes on with the signatures: it opens a block of them, or continues one that lacks a name."""
    first = sheet.lines[0]
    if any(is_certified(x.text) for x in sheet.lines[:4]):
        return True
    so_far = read_signatures(signed)
    if place_label(first.text):
        return so_far.signatory.name is None
    blocks = [p for x in signed for p in pieces(x)]
    anchors = [p for p in blocks if is_certified(p.text) or place_label(p.text) or PLACE_AND_DATE.match(p.text)]
    open_blocks = so_far.certified and so_far.certifier.name is None, bool(anchors) and so_far.signatory.name is None
    return any(open_blocks) and any(_below(p, a) for p in pieces(first) for a in (*anchors, *blocks[-1:]))


def _below(p: Line, anchor: Line) -> bool:
    """One piece begins, or is centred, where the other does."""
    return min(abs(p.x0 - anchor.x0), abs(p.cx - anchor.cx)) < SAME_COLUMN


def _place(lines: Sequence[Line], index: int) -> int:
    return sum(1 for x in lines[:index] if x.page == lines[index].page)


def _heading_inside(sheet: Sheet) -> bool:
    return any(is_lampiran_heading(x, i) for i, x in enumerate(sheet.lines))


def _before_lampiran(lines: Sequence[Line]) -> list[Line]:
    out: list[Line] = []
    for i, line in enumerate(lines):
        if is_lampiran_heading(line, _place(lines, i)):
            break
        out.append(line)
    return out


def _completed(signed: Signed, lampiran: Sequence[Sheet]) -> Signed:
    """The decree's own signatures with those under its lampiran: what they lack, and a second reading of what was scanned."""
    own, copy = signed.signatory, signed.certifier
    scanned = any(value is not None and value.unsure for value in (own.name, own.title, copy.name, copy.title))
    if own.name is not None and own.date is not None and own.place is not None and signed.certified and not scanned:
        return signed
    for sheet in reversed(lampiran):
        other = _signed_under(sheet, nameless=own.name is None)
        if other is not None:
            certified = signed.certified or other.certified
            return Signed(_settled(own, other.signatory), _settled(copy, other.certifier), certified)
    return signed


def _signed_below(lampiran: Sequence[Sheet]) -> Signed | None:
    """The last blocks under the lampiran that a place or a certificate opens."""
    last = next((s for s in reversed(lampiran) if any(_opens_signatures(p) for x in s.lines for p in pieces(x))), None)
    return signed_at_end(last) if last is not None else None


def _opens_signatures(piece: Line) -> bool:
    return bool(place_label(piece.text)) or is_certified(piece.text)


def _signed_under(sheet: Sheet, *, nameless: bool) -> Signed | None:
    """The blocks at the end of a page of the lampiran; a bare office and name only where none is known yet."""
    if any(_opens_signatures(p) for x in sheet.lines for p in pieces(x)):
        return signed_at_end(sheet)
    foot = read_foot(sheet) if nameless else None
    return Signed(foot, Signature(), certified=False) if foot is not None else None


def _settled(own: Signature, other: Signature) -> Signature:
    return Signature(
        place=_surer(own.place, other.place),
        date=_surer(own.date, other.date),
        title=_surer(own.title, other.title),
        name=_surer(own.name, other.name),
    )


def _surer(own: Printed | None, other: Printed | None) -> Printed | None:
    """The value itself; the lampiran's where there is none, or where both were read from pictures and that one surer.

    Stamps and pens cover signatures, seldom the same letters twice. Two readings that differ leave the value in doubt.
    """
    if own is None or other is None:
        return own or _borrowed(other)
    if not own.unsure or own.text.casefold() == other.text.casefold():
        return own
    chosen = own if own.sure >= other.sure else other
    return replace(chosen, confidence=min(chosen.confidence, 0.6), notes=(*chosen.notes, "read otherwise under the lampiran"))


def _borrowed(value: Printed | None) -> Printed | None:
    if value is None:
        return None
    return replace(value, confidence=min(value.confidence, 0.8), notes=(*value.notes, "from the end of the lampiran"))
