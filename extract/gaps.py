"""What stands beside a page that could not be read: it may go on there, and so nothing of it is sure.

A gap is a run of pages that were lost. A value that begins before a gap and ends after it was put together over it; the last
paragraph or row before a gap may be cut off, and the first one after it may lack its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.decree import DecreeText
from extract.decree_body import Provision
from extract.printed import Printed
from extract.table import LogicalTable, Row

UNSURE = 0.5  # confidence of a text that a lost page may have cut: as likely whole as not
OVER_GAP, BEFORE_GAP, AFTER_GAP = "over-unread-page", "before-unread-page", "label-after-unread-page"
"""Notes on texts and rows. The one of what comes after begins with "label-" because the labels that a row lacks may be lost."""
GAP_NOTES = (OVER_GAP, BEFORE_GAP, AFTER_GAP)


@dataclass(frozen=True, slots=True)
class Gap:
    """Pages in a row that were lost: the pages before and after them."""

    before: int
    after: int


def gaps_of(lost: Sequence[int]) -> list[Gap]:
    """The gaps that lost pages make.

    Args:
        lost: page numbers, ascending.
    """
    gaps: list[Gap] = []
    for page in lost:
        if gaps and gaps[-1].after == page:
            gaps[-1] = Gap(gaps[-1].before, page + 1)
        else:
            gaps.append(Gap(page - 1, page + 1))
    return gaps


def tables_at_gaps(tables: Sequence[LogicalTable], lost: Sequence[int]) -> list[LogicalTable]:
    """The tables with a note on rows at their ends that a lost page may have cut; inside a table stitching has noted it."""
    gaps = gaps_of(lost)
    return [_table(table, gaps) for table in tables] if gaps else list(tables)


def _table(table: LogicalTable, gaps: Sequence[Gap]) -> LogicalTable:
    rows = list(table.rows)
    if any(table.boxes[0].page == gap.after for gap in gaps):
        rows[0] = _noted(rows[0], AFTER_GAP)
    if any(table.boxes[-1].page == gap.before for gap in gaps):
        rows[-1] = _noted(rows[-1], BEFORE_GAP)
    return replace(table, rows=tuple(rows))


def _noted(row: Row, note: str) -> Row:
    return replace(row, notes=tuple(dict.fromkeys([*row.notes, note])))


def decree_at_gaps(decree: DecreeText, lost: Sequence[int]) -> DecreeText:
    """The decree with less confidence in every text that a lost page may have cut."""
    for gap in gaps_of(lost):
        decree = _at_gap(decree, gap)
    return decree


def _at_gap(decree: DecreeText, gap: Gap) -> DecreeText:
    provisions = list(decree.provisions)
    pages = [_pages(p.text) for p in provisions]
    signed = [_pages(v)[0] for v in (decree.place, decree.date, decree.signatory_title, decree.signatory) if v is not None]
    is_open = not any(page <= gap.before for page in signed)  # what is signed has ended: the gap cuts nothing of it
    for k, (first, last) in enumerate(pages):
        if first <= gap.before and last >= gap.after:
            provisions[k] = _doubted(provisions[k], OVER_GAP)
        elif is_open and last == gap.before and all(p[0] >= gap.after for p in pages[k + 1 :]):
            provisions[k] = _doubted(provisions[k], BEFORE_GAP)
        elif is_open and first == gap.after and all(p[1] <= gap.before for p in pages[:k]):
            provisions[k] = _doubted(provisions[k], AFTER_GAP)
    before_it = not any(first <= gap.before for first, _ in pages)  # the gap lies between the head and the first paragraph
    no_diktum = not any(p.part == "diktum" and first <= gap.before for p, (first, _) in zip(provisions, pages, strict=True))
    return replace(
        decree,
        institution=_cut(decree.institution, gap, is_last=False),
        number=_cut(decree.number, gap, is_last=False),
        title=_cut(decree.title, gap, is_last=before_it),
        provisions=tuple(provisions),
        decides=_cut(decree.decides, gap, is_last=is_open and no_diktum),
        lampiran_legal_bases=tuple(
            replace(item, text=_cut(item.text, gap, is_last=k == len(decree.lampiran_legal_bases) - 1) or item.text)
            for k, item in enumerate(decree.lampiran_legal_bases)
        ),
    )


def _cut(value: Printed | None, gap: Gap, *, is_last: bool) -> Printed | None:
    """The value, doubted where it lies over the gap, or ends before it and is the last thing there."""
    if value is None:
        return None
    first, last = _pages(value)
    if first <= gap.before and last >= gap.after:
        return value.saying(value.text, most=UNSURE, note=OVER_GAP)
    return value.saying(value.text, most=UNSURE, note=BEFORE_GAP) if is_last and last == gap.before else value


def _doubted(provision: Provision, note: str) -> Provision:
    return replace(provision, text=provision.text.saying(provision.text.text, most=UNSURE, note=note))


def _pages(value: Printed) -> tuple[int, int]:
    """First and last page; -1 for a value without a place, which no gap touches."""
    return (value.boxes[0].page, value.boxes[-1].page) if value.boxes else (-1, -1)
