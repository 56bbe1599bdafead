"""Page rasters to logical tables: the same columns on every page, repeated headers dropped, cut rows and labels rejoined."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from extract.breaks import ColumnTraits, label_goes_on, last_piece, repeats, row_goes_on
from extract.gaps import AFTER_GAP, BEFORE_GAP
from extract.geometry import BBox, hull, hulls_by_page
from extract.grid import Grid, GridCell
from extract.header import cell_text, header_rows, is_number_row, same_header
from extract.page import Word
from extract.table import Column, LogicalTable, Piece, Row, Span, is_enumerator, piece_of
from extract.traits import Line, is_section, traits_of
from extract.words import is_read

ALIGN = 5.0  # points two column borders of different pages may differ and still be the same
SAME_BORDERS = 0.75  # share of the column borders that two pages of one table have in common at least
MIN_BORDERS = 3  # borders to compare; two lines are no table
SERIES = (("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), tuple("ABCDEFGHIJKL"))  # of areas
MISSED_PAGES = 1  # pages without a readable raster inside a table that do not end it
SLIVER = 1.0  # points: the fill of the next cell reaches that far over the border


@dataclass(slots=True)
class Draft:
    """The pages of one table before they are stitched."""

    grids: list[Grid]
    bodies: list[range]
    header: Grid
    head: range
    texts: list[str]

    @property
    def last(self) -> Grid:
        """The newest page."""
        return self.grids[-1]


def logical_tables(grids: Sequence[Grid]) -> list[LogicalTable]:
    """Tables over all their pages, in print order; rasters without a header that continue no table are left out.

    Args:
        grids: of all pages, in page order and top to bottom.
    """
    drafts: list[Draft] = []
    for grid in grids:
        head = header_rows(grid)
        body = range(head.stop, len(grid.ys) - 1)
        if len(body) and is_number_row(grid, body.start):
            body = range(body.start + 1, body.stop)
        texts = _row_texts(grid, head)
        open_draft = next((d for d in reversed(drafts) if _continues(d, grid, head, texts)), None)
        if open_draft is not None:
            open_draft.grids.append(grid)
            open_draft.bodies.append(body)
        elif len(head):
            drafts.append(Draft([grid], [body], grid, head, texts))
    return [table for d in drafts if (table := _stitch(d)) is not None]


def _row_texts(grid: Grid, rows: range) -> list[str]:
    return [cell_text(c) for c in grid.cells if c.row in rows and c.words]


def _continues(draft: Draft, grid: Grid, head: range, texts: Sequence[str]) -> bool:
    """The raster goes on with the table: nearby, with the same header or none, and on the same columns."""
    if grid.page - draft.last.page > MISSED_PAGES + 1:
        return False
    if len(head) and not same_header(texts, draft.texts):
        return False
    return _places(draft, grid) is not None


def _places(draft: Draft, grid: Grid) -> list[float] | None:
    """Where each column border of the raster lies on the table's first page; None where the columns are others.

    Borders are compared after a shift (a page may be cropped otherwise); a table with the same number of columns in other
    widths is taken over column by column where its header says the same.
    """
    base = draft.header.xs
    best: tuple[int, float] = (0, 0.0)
    for dx in (base[0] - grid.xs[0], base[-1] - grid.xs[-1], (base[0] - grid.xs[0] + base[-1] - grid.xs[-1]) / 2):
        near = sum(any(abs(x + dx - b) <= ALIGN for b in base) for x in grid.xs)
        best = max(best, (near, dx))
    near, dx = best
    fewer = min(len(base), len(grid.xs))
    if fewer >= MIN_BORDERS and near >= SAME_BORDERS * fewer and (near == fewer or len(base) != len(grid.xs)):
        return [x + dx for x in grid.xs]
    if len(base) == len(grid.xs) and (near >= SAME_BORDERS * fewer or len(header_rows(grid))):
        return list(base)
    return None


def _stitch(draft: Draft) -> LogicalTable | None:
    places = [_places(draft, g) or list(g.xs) for g in draft.grids]
    borders = _borders(places)
    pages = [_lines(g, body, xs, borders) for g, body, xs in zip(draft.grids, draft.bodies, places, strict=True)]
    pages = [_distinct([line for line in page if not _is_header(line, draft)]) for page in pages]
    for page, title in zip(pages, _section_titles(draft), strict=True):
        if page and title:
            page.insert(0, _title_line(title, page[0].boxes[0], len(borders) - 1))
    traits = traits_of(pages, borders)
    lines: list[Line] = []
    for grid, page in zip(draft.grids, pages, strict=True):
        if lines and page:
            turned = grid.page - lines[-1].boxes[-1].page
            if turned == 1:
                _join_break(lines, page, traits, open_border=grid.open_top)
            elif turned > 1:  # what the page between says is not known: nothing goes on over it
                page[0].notes.append(AFTER_GAP)
                lines[-1].notes.append(BEFORE_GAP)
        lines.extend(line for line in page if line.spans)
    if not lines:
        return None
    columns = _columns(draft, borders)
    rows = _frozen(lines)
    boxes = hulls_by_page(g.box for g in draft.grids)
    return LogicalTable(columns, rows, boxes, all(g.ruled for g in draft.grids))


def _section_titles(draft: Draft) -> list[tuple[Word, ...]]:
    """The title of each raster where a document prints one table for each area: above it, or at the foot of the page before.

    A single numbered line above a table is the heading of a chapter; titles of areas count up from the first, above a header.
    """
    titles: list[tuple[Word, ...]] = []
    for before, grid in itertools.pairwise([None, *draft.grids]):
        lines = [grid.above, before.below if before is not None and before.page < grid.page else ()] if grid is not None else []
        own = grid is not None and len(header_rows(grid))
        titles.append(next((line for line in lines if own and _counted(line)), ()))
    numbers = [_counted(t) for t in titles if t]
    series = next((s for s in SERIES if numbers and numbers == list(s[: len(numbers)])), None)
    return titles if series is not None and len(numbers) > 1 else [() for _ in titles]


def _counted(line: Sequence[Word]) -> str:
    """The roman numeral or capital that a title begins with; "" for any other line."""
    label = line[0].text.strip("().") if len(line) > 1 and is_enumerator(line[0].text) else ""
    return label if any(label in s for s in SERIES) else ""


def _title_line(title: tuple[Word, ...], row: BBox, columns: int) -> Line:
    box = hull(w.box for w in title)
    span = Span(0, columns, [piece_of(box, title, (), ())])
    return Line([span] * columns, [BBox(row.page, row.x0, box.top, row.x1, box.bottom)])


def _borders(pages: Sequence[Sequence[float]]) -> list[float]:
    """Column borders of the table: those of all its pages, neighbours within ``ALIGN`` taken as one."""
    groups: list[list[float]] = []
    for x in sorted(x for xs in pages for x in xs):
        if groups and x - groups[-1][0] <= ALIGN:
            groups[-1].append(x)
        else:
            groups.append([x])
    return [sum(g) / len(g) for g in groups]


def _index(borders: Sequence[float], x: float) -> int:
    return min(range(len(borders)), key=lambda i: abs(borders[i] - x))


def _lines(grid: Grid, body: range, places: Sequence[float], borders: Sequence[float]) -> list[Line]:
    """The body rows of one page; merged cells are one span that stands in several rows."""
    n_cols = len(borders) - 1
    blank: list[list[Span | None]] = [[None] * n_cols for _ in body]
    for cell in grid.cells:
        if cell.row + cell.rows <= body.start or cell.row >= body.stop:
            continue
        first = _index(borders, places[cell.col])
        stop = max(first + 1, _index(borders, places[cell.col + cell.cols]))
        span = Span(first, stop - first, [_piece(grid, cell)])
        for r in range(max(cell.row, body.start), min(cell.row + cell.rows, body.stop)):
            for c in range(first, min(stop, n_cols)):
                blank[r - body.start][c] = span
    out: list[Line] = []
    for i, r in enumerate(body):
        spans = [s if s is not None else Span(c, 1) for c, s in enumerate(blank[i])]
        box = BBox(grid.page, grid.xs[0], grid.ys[r], grid.xs[-1], grid.ys[r + 1])
        out.append(Line(spans, [box], notes=list(grid.doubts)))
    return out


def _piece(grid: Grid, cell: GridCell) -> Piece:
    box = cell.box
    fills = tuple(
        f
        for f in grid.fills
        if f.box.x0 < box.x1 - SLIVER
        and f.box.x1 > box.x0 + SLIVER
        and f.box.top < box.bottom - SLIVER
        and f.box.bottom > box.top + SLIVER
    )
    marks = tuple(m for m in grid.marks if box.x0 <= m.cx <= box.x1 and box.top <= m.cy <= box.bottom)
    return piece_of(box, cell.words, fills, marks)


def _in_force(lines: Sequence[Line], traits: Sequence[ColumnTraits]) -> list[Span]:
    """The cells of the last row; for labels that are printed once and left blank below, the label in force."""
    spans = list(lines[-1].spans)
    for c, t in enumerate(traits):
        if not t.label:
            continue
        for line in reversed(lines):
            if is_section(line):
                break
            if line.spans[c].text:
                spans[c] = line.spans[c]
                break
    return spans


def _join_break(lines: Sequence[Line], page: list[Line], traits: Sequence[ColumnTraits], *, open_border: bool) -> None:
    """Join what the page break cut: the first row of the page to the last row before it, and the labels that go on."""
    last, first = lines[-1], page[0]
    if is_section(last) or is_section(first):
        return
    spans = _in_force(lines, traits)
    verdict = row_goes_on(spans, first.spans, traits, open_border=open_border)
    if verdict.goes_on:
        for c in range(len(traits)):
            _adopt(spans[c], first.spans[c], page, label=traits[c].label)
        last.boxes += first.boxes
        last.joined = True
        first.spans = []
        if not verdict.sure:
            last.notes.append("page-break-joined-unsurely")
        return
    if not verdict.sure:
        first.notes.append("page-break-parted-unsurely")
    for text in [c for c, t in enumerate(traits) if t.label and not t.numbers]:
        pair = [text - 1, text] if text and traits[text - 1].numbers and traits[text - 1].label else [text]
        number = (spans[pair[0]], first.spans[pair[0]]) if len(pair) == 2 else (None, None)
        going = label_goes_on(
            spans[text],
            first.spans[text],
            traits[text],
            number_before=number[0],
            number_after=number[1],
            at_foot=spans[text] is last.spans[text],
        )
        if not going.goes_on:
            if not going.sure:
                first.spans[text].notes.append("label-parted-unsurely")
                spans[text].notes.append("label-parted-unsurely")
            break
        if not going.sure:
            spans[text].notes.append("label-joined-unsurely")
        for k in pair:
            _adopt(spans[k], first.spans[k], page, label=True)


def _adopt(before: Span, after: Span, page: Sequence[Line], *, label: bool) -> None:
    """Let the earlier cell take over the later one wherever it stands; a label printed again is taken once."""
    if before is after:
        return
    was, now = last_piece(before), last_piece(after)
    again = label and was and now and repeats(before.text, after.text, read=any(is_read(w) for w in (*was.words, *now.words)))
    if again:
        after.pieces = [piece_of(p.box, (), p.fills, p.marks) for p in after.pieces]
    before.pieces += after.pieces
    for line in page:
        line.spans = [before if s is after else s for s in line.spans]


def _is_header(line: Line, draft: Draft) -> bool:
    """The row prints the header once more, in the middle of a page."""
    said = [s.text for s in {id(s): s for s in line.spans}.values() if s.text]
    return len(said) >= MIN_BORDERS and any(same_header(said, row) for row in (draft.texts, draft.texts[: len(said)]))


def _distinct(lines: Sequence[Line]) -> list[Line]:
    """The rows without those that print and mark nothing beyond what a neighbouring row shares (spacers, strips of borders)."""
    out: list[Line] = []
    for i, line in enumerate(lines):
        said = _said(line)
        after = _said(lines[i + 1]) if i + 1 < len(lines) else set()
        before = _said(out[-1]) if out else set()
        if said and not said <= before and (not said <= after or said == after):
            out.append(line)
    return out


def _said(line: Line) -> set[int]:
    """The cells of a row that print or mark something."""
    return {id(s) for s in line.spans if s.text or any(p.marks or any(_coloured(f.color) for f in p.fills) for p in s.pieces)}


def _coloured(color: tuple[int, int, int] | None) -> bool:
    return color is None or min(color) < 250


def _columns(draft: Draft, borders: Sequence[float]) -> tuple[Column, ...]:
    cells = sorted((c for c in draft.header.cells if c.row in draft.head), key=lambda c: (c.row, c.col))
    xs = draft.header.xs
    out: list[Column] = []
    for i in range(len(borders) - 1):
        middle = (borders[i] + borders[i + 1]) / 2
        above = [c for c in cells if xs[c.col] <= middle <= xs[c.col + c.cols] and c.words]
        out.append(
            Column(
                levels=tuple(cell_text(c) for c in above),
                cells=tuple(cells.index(c) for c in above) or (-1 - i,),
                x0=borders[i],
                x1=borders[i + 1],
            )
        )
    return tuple(out)


def _frozen(lines: Sequence[Line]) -> tuple[Row, ...]:
    seen: set[int] = set()
    rows: list[Row] = []
    for line in lines:
        spans = {id(s): s for s in line.spans}
        cells = {key: span.frozen(first=key not in seen) for key, span in spans.items()}
        seen |= spans.keys()
        rows.append(
            Row(
                cells=tuple(cells[id(s)] for s in line.spans),
                page_start=line.boxes[0].page,
                page_end=line.boxes[-1].page,
                boxes=hulls_by_page(line.boxes),
                section=is_section(line),
                joined=line.joined,
                notes=tuple(dict.fromkeys(line.notes)),
            )
        )
    return tuple(rows)
