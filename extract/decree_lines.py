"""The lines of a decree, page by page, without what is no text of it: furniture, catchwords, tables, emblems."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.decree_words import (
    CERTIFIED,
    DOTS,
    KINDS,
    LAMPIRAN,
    PAGE_NUMBER,
    PLACE,
    PLACE_AND_DATE,
    SEALED,
    SYSTEM_LINE,
    squeeze,
)
from extract.geometry import BBox, hull, hulls_by_page
from extract.page import Page, Word
from extract.printed import Printed, join_lines
from extract.sureness import unsure_in
from extract.words import lines_of

TINY = 0.55  # of the body's font size: letters in an emblem or a stamp are smaller
HUGE = 2.6  # of the body's font size: watermarks are larger
SAME_LINE = 0.5  # of the font size: pieces whose base lines differ by less, side by side, are one line (scans bend lines)
EDGE = 0.14  # of the page height: running headers and footers stand in this strip at the top or bottom
EDGE_LINES = 4  # outermost lines of a page that can be running headers, footers or a page number
REPEATS = 3  # pages from which the same edge line is a running header or footer,
REPEAT_SHARE = 0.4  # and the share of all pages
SAME_PLACE = 3.0  # points the same running line may stand off from page to page: it is set by a machine
SAME_PLACE_SCANNED = 12.0  # the same on pages that were laid on glass by hand
HEADING_DEPTH = 4  # a lampiran's heading begins in the first lines of its page
CATCHWORD_WORDS = 6  # a catchword is a label or number and a word or two
CATCHWORD_LEFT = 0.42  # of the page width: catchwords are set to the right
SMALLER = 0.93  # of the page's font size: footers are set smaller
APART = 1.4  # of the usual pitch: footers stand off the text
RIGHT_SLACK = 8.0  # points a catchword ends off the right edge of the text
PIECE_GAP = 2.2  # of the font size: a wider gap can part two blocks that stand side by side
CUT_YEAR = re.compile(r"\S*/(?:19|20)\d$")  # the end of a number of a document that breaks inside its year


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one page on one base line, from left to right, at least one."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single blanks."""
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> BBox:
        """Box around the words."""
        return hull(w.box for w in self.words)

    @property
    def page(self) -> int:
        """Page number."""
        return self.words[0].box.page

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].box.x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(w.box.x1 for w in self.words)

    @property
    def cx(self) -> float:
        """Horizontal centre."""
        return (self.x0 + self.x1) / 2

    @property
    def baseline(self) -> float:
        """Base line of the first word."""
        return self.words[0].baseline

    @property
    def size(self) -> float:
        """Median font size."""
        return median(w.size for w in self.words)

    @property
    def bold(self) -> bool:
        """Every word is bold."""
        return all(w.bold for w in self.words)

    def after(self, count: int) -> Line | None:
        """The line without its first words; None where none is left."""
        return Line(self.words[count:]) if len(self.words) > count else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page reduced to its lines.

    Attributes:
        number, width, height: of the page.
        lines: lines of the decree's text on it, from top to bottom.
        every: lines before anything was dropped (without tables and emblems).
        turned: texts that run in another direction.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    every: tuple[Line, ...]
    turned: tuple[Word, ...]


def sheets_of(pages: Sequence[Page], tables: Sequence[BBox] = ()) -> list[Sheet]:
    """The pages as lines of decree text.

    Args:
        pages: all pages of the document, in order.
        tables: boxes whose words are no decree text.
    """
    sizes = [w.size for page in pages for w in page.words]
    body = median(sizes) if sizes else 12.0
    raw = [_lines(page, [t for t in tables if t.page == page.number], body) for page in pages]
    running = _running(pages, raw)
    plain = [
        [x for i, x in enumerate(lines) if not _is_furniture(pages, number, lines, i, running)]
        for number, lines in enumerate(raw)
    ]
    out: list[Sheet] = []
    for i, page in enumerate(pages):
        follow = next((lines for lines in plain[i + 1 :] if lines), [])
        kept = without_catchword(plain[i], follow, page.width, page.height)
        out.append(Sheet(page.number, page.width, page.height, tuple(kept), tuple(raw[i]), page.turned))
    return out


def _lines(page: Page, tables: Sequence[BBox], body: float) -> list[Line]:
    words = [
        w
        for w in page.words
        if TINY * body <= w.size <= HUGE * body
        and not any(t.x0 <= w.box.cx <= t.x1 and t.top <= w.box.cy <= t.bottom for t in tables)
    ]
    out: list[list[Word]] = []
    for line in lines_of(words):
        if out and _beside(out[-1], line):
            out[-1] = sorted([*out[-1], *line], key=lambda w: w.box.x0)
        else:
            out.append(line)
    return [Line(tuple(line)) for line in out]


def _beside(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Two pieces of one printed line whose base lines differ a little."""
    drop = min(x.baseline for x in b) - max(x.baseline for x in a)
    if drop > SAME_LINE * min(a[0].size, b[0].size):
        return False
    return all(x.box.x1 <= y.box.x0 + 1 or y.box.x1 <= x.box.x0 + 1 for x in a for y in b)


@dataclass(frozen=True, slots=True)
class _Edge:
    """An outermost line of a page: what it says, digits apart, and where.

    Attributes:
        said: its letters, with whether it stands at the head or at the foot.
        page: index of the page.
        y: distance from that edge of the page.
        xs: distance of its left edge, its centre and its right edge from those of the page.
        slack: points a repetition of it may stand off.
    """

    said: str
    page: int
    y: float
    xs: tuple[float, float, float]
    slack: float

    def repeats(self, other: _Edge) -> bool:
        """Both stand at one place: one of them may be longer by a digit, or on a page of another width."""
        slack = max(self.slack, other.slack)
        return abs(self.y - other.y) <= slack and any(abs(a - b) <= slack for a, b in zip(self.xs, other.xs, strict=True))


def _edge_of(pages: Sequence[Page], number: int, lines: Sequence[Line], i: int) -> _Edge | None:
    """An outermost line as such; None for other lines."""
    page, line = pages[number], lines[i]
    y = line.box.cy / page.height
    if EDGE < y < 1 - EDGE or min(i, len(lines) - 1 - i) >= EDGE_LINES:
        return None
    head = y < 0.5
    said = f"{'head' if head else 'foot'} {re.sub(r'[0-9]+', '0', squeeze(line.text))}"
    xs = (line.x0, line.cx - page.width / 2, page.width - line.x1)
    slack = SAME_PLACE if page.kind == "digital" else SAME_PLACE_SCANNED
    return _Edge(said, number, line.baseline if head else page.height - line.baseline, xs, slack)


def _running(pages: Sequence[Page], raw: Sequence[Sequence[Line]]) -> frozenset[_Edge]:
    """Edge lines that stand, digits apart, at one place of so many pages that they are no text."""
    seen: dict[str, list[_Edge]] = defaultdict(list)
    for number, lines in enumerate(raw):
        own = _own_lines(lines, raw[number - 1] if number else ())
        for i in range(len(lines)):
            edge = _edge_of(pages, number, lines, i)
            if edge is not None and len(edge.said) > len("head 000") and (i not in own or edge.said[0] == "f"):
                seen[edge.said].append(edge)
    least = max(REPEATS, round(REPEAT_SHARE * len(pages)))
    return frozenset(
        edge
        for edges in seen.values()
        if len(edges) >= least
        for edge in edges
        if len({x.page for x in edges if edge.repeats(x)}) >= least
    )


def _own_lines(lines: Sequence[Line], before: Sequence[Line]) -> frozenset[int]:
    """Lines at the top of a page that are its own text, whatever other pages say.

    These are the head of the decree from its kind ("KEPUTUSAN ...") to Menimbang, the heading of a lampiran where it is
    not repeated from the page before, and the signatures.
    """
    head = next((i for i, x in enumerate(lines) if squeeze(x.words[0].text).startswith("menimbang")), 0)
    kind = next((i for i, x in enumerate(lines[:head]) if KINDS.match(x.text)), head)
    own = set(range(kind, head))
    above = {squeeze(x.text) for x in before[:HEADING_DEPTH]}
    opens = next((i for i, x in enumerate(lines[:HEADING_DEPTH]) if LAMPIRAN.match(x.text)), None)
    if opens is not None and squeeze(lines[opens].text) not in above:
        own |= set(range(opens, len(lines)))
    signs = next((i for i, x in enumerate(lines) if any(p.match(x.text) for p in (PLACE, PLACE_AND_DATE, CERTIFIED))), None)
    if signs is not None:
        own |= set(range(signs, len(lines)))
    return frozenset(own)


def _is_furniture(pages: Sequence[Page], number: int, lines: Sequence[Line], i: int, running: frozenset[_Edge]) -> bool:
    line = lines[i]
    if SEALED.search(line.text) and _stands_apart(lines, i):
        return True
    edge = _edge_of(pages, number, lines, i)
    if edge is None:
        return False
    system = SYSTEM_LINE.search(line.text) is not None and _stands_apart(lines, i)
    return edge in running or system or _is_page_number(pages[number], lines, i)


def _stands_apart(lines: Sequence[Line], i: int) -> bool:
    """The line is set smaller than the page's text, or off it: a web address in running text is no furniture."""
    inner = i - 1 if i >= len(lines) / 2 else i + 1
    if not 0 <= inner < len(lines):
        return True
    gap = abs(lines[inner].baseline - lines[i].baseline)
    usual = median(abs(d) for d in pitches(lines))
    return lines[i].size < SMALLER * median(x.size for x in lines) or gap > APART * usual


def _is_page_number(page: Page, lines: Sequence[Line], i: int) -> bool:
    """A number on a line of its own, where page numbers stand and no line near it begins."""
    line = lines[i]
    if not PAGE_NUMBER.match(line.text) or any(abs(line.x0 - x.x0) <= 3 for j, x in enumerate(lines) if 0 < abs(i - j) <= 2):
        return False
    dashed = line.text[0] in "-–—"
    return dashed or abs(line.cx - page.width / 2) < 0.06 * page.width or line.x0 > 0.75 * page.width


def without_catchword(lines: Sequence[Line], follow: Sequence[Line], width: float, height: float) -> list[Line]:
    """The lines of a page without the words at its foot that only announce the next page.

    Args:
        lines: lines of the page.
        follow: lines of the next page that has any.
        width: of the page.
        height: of the page.
    """
    for i in range(len(lines) - 1, max(-1, len(lines) - 3), -1):
        if _is_catchword(lines[i], lines[:i], follow, width, height, last=i == len(lines) - 1):
            return [x for j, x in enumerate(lines) if j != i]
    return list(lines)


def _is_catchword(
    line: Line, above: Sequence[Line], follow: Sequence[Line], width: float, height: float, *, last: bool
) -> bool:
    """Right-aligned words that end in dots, or that the next page begins with."""
    said = DOTS.sub("", line.text)
    words = squeeze(said)
    if not words or len(said.split()) > CATCHWORD_WORDS or line.x0 < CATCHWORD_LEFT * width or line.baseline < 0.5 * height:
        return False
    dotted = re.search(r"\.\s*\.|…", line.text) is not None
    if dotted:
        return True
    edge = max((x.x1 for x in above), default=line.x1)
    announced = any(squeeze(t).startswith(words) for x in follow[:1] for t in (x.text, _unlabelled(x)))
    return last and announced and abs(line.x1 - edge) < RIGHT_SLACK


def _unlabelled(line: Line) -> str:
    return line.text.partition(":")[2]


def pieces(line: Line, gap: float = PIECE_GAP) -> list[Line]:
    """The line cut at gaps so wide that two blocks may stand side by side; a colon never begins a piece."""
    out: list[list[Word]] = []
    for word in line.words:
        wide = bool(out) and word.box.x0 - out[-1][-1].box.x1 > gap * word.size
        bound = bool(out) and (word.text.startswith(":") or out[-1][-1].text.endswith(":"))
        if out and (not wide or bound):
            out[-1].append(word)
        else:
            out.append([word])
    return [Line(tuple(words)) for words in out]


def printed(lines: Iterable[Line], confidence: float = 1.0, notes: Iterable[str] = ()) -> Printed | None:
    """The lines as one text; None where they hold no text.

    Args:
        lines: in reading order.
        confidence: how sure it is that these lines are the value, all of it and nothing else.
        notes: what was guessed.
    """
    used = list(lines)
    text = join_lines([x.text for x in used])
    if not text:
        return None
    for a, b in pairwise(used):
        text = _with_whole_year(text, a.text, b.text)
    boxes = hulls_by_page(w.box for x in used for w in x.words)
    return Printed(text, boxes, confidence, tuple(notes), unsure_in(text, [w for x in used for w in x.words]))


def _with_whole_year(text: str, line: str, below: str) -> str:
    """The text without the blank in a year that a narrow column cut: "/3573/202" and "4 tanggal"."""
    cut, rest = CUT_YEAR.search(line), re.match(r"\d(?!\d)", below)
    if cut is None or rest is None:
        return text
    return text.replace(f"{cut.group()} {rest.group()}", f"{cut.group()}{rest.group()}", 1)


def change(value: Printed | None, text: Callable[[str], str]) -> Printed | None:
    """The value with its text changed; None where nothing is left of it."""
    if value is None:
        return None
    new = " ".join(text(value.text).split())
    return value.saying(new) if new else None


def pitches(lines: Sequence[Line]) -> list[float]:
    """Distances of the base lines of following lines; a page break counts as no distance."""
    return [b.baseline - a.baseline if a.page == b.page else 0.0 for a, b in pairwise(lines)]
