"""Which rows of a page's raster are a table header, a repeated header, or the row of column numbers."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from extract.grid import Grid, GridCell
from extract.printed import join_lines
from extract.repair import TO_DIGIT
from extract.table import is_enumerator, printed_lines
from extract.vocabulary import header_words
from extract.words import is_read, lines_of

HEADER_CELLS = 0.6  # share of a row's worded cells that must be made of header words
HEADER_WORDS = 0.75  # share of a cell's words that must be header words (one of four may be new)
MIN_LETTERS, MAX_LETTERS = 5, 60  # letters of a header whose words may be broken
SAME_HEADER = 88.0  # rapidfuzz ratio from which a row repeats a header row (OCR slips, case)
SEARCH_ROWS = 4  # a table title or two may stand in ruled cells above the header
READ_NUMBERS = 0.75  # share of a row of column numbers that must be read as numbers, where it was read from a picture
MIN_READ_NUMBERS = 3  # and how many at least
NUMBER_LETTERS = 2  # letters of a column's number at most
NUMBER_CELL = re.compile(r"[(\[]?(\d{1,2})[)\].]?")
PERIOD_CELL = re.compile(
    r"(?:(?:tw|tr|triwulan|kuartal|smt|semester|bulan|bln|minggu|mgg?|[bmqw])[ .-]*(?:ke[ -]*)?)?"
    r"(?:\d{1,2}|[ivx]{1,4}|[a-z])\.?",
    re.IGNORECASE,
)  # "1", "IV", "J", "TW 2", "M-1"
MONTHS = frozenset(
    {"januari", "februari", "pebruari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober"}
    | {"november", "nopember", "desember"}
)
SHORT_MONTHS = frozenset({"agt", "ags", "agst", "sept", "nop"})
LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def cell_text(cell: GridCell) -> str:
    """The cell's text on one line."""
    return join_lines(printed_lines(cell.box, lines_of(cell.words))[0])


@functools.lru_cache(maxsize=4096)
def is_header_text(text: str) -> bool:
    """Most of its words are header words, or its letters run together are; single letters are marks and numbers, not words."""
    words = [w for w in LETTERS.findall(text.casefold()) if len(w) > 1]
    if words and sum(w in header_words() for w in words) >= HEADER_WORDS * len(words):
        return True
    return _made_of_header_words("".join(ch for ch in text.casefold() if ch.isalpha()))


def _made_of_header_words(letters: str) -> bool:
    """The letters without their blanks can be cut into header words: a narrow cell broke them anywhere ("KETERAN" "GAN")."""
    if not MIN_LETTERS <= len(letters) <= MAX_LETTERS:
        return False
    ends = {0}
    for end in range(2, len(letters) + 1):
        if any(end - start > 1 and letters[start:end] in header_words() for start in ends):
            ends.add(end)
    return len(letters) in ends


def header_rows(grid: Grid) -> range:
    """The rows of the header at the top of a page's table; empty where the page has none."""
    for top in range(min(SEARCH_ROWS, len(grid.ys) - 2)):
        cells = [c for c in grid.cells if c.row == top and c.words]
        if cells and is_enumerator(cell_text(min(cells, key=lambda c: c.col))):
            continue  # a numbered row is no header, whatever its words
        worded = [c for c in cells if LETTERS.search(cell_text(c))]
        if len(worded) < 2 or len({c.col for c in worded}) < 2:
            continue
        known = sum(is_header_text(cell_text(c)) for c in worded)
        if known >= 2 and known >= HEADER_CELLS * len(worded):
            end = max(c.row + c.rows for c in cells)
            while end < len(grid.ys) - 1 and _is_second_level(grid, top, end):
                end += 1
            return range(top, end)
    return range(0)


def is_period(text: str) -> bool:
    """The text names a month or quarter in a header ("1", "IV", "TW 2", "Agt"), even broken in a narrow cell ("1 0")."""
    plain = "".join(text.split())
    return PERIOD_CELL.fullmatch(text) is not None or PERIOD_CELL.fullmatch(plain) is not None or is_month_name(plain)


def is_month_name(text: str) -> bool:
    """The name of a month or its first three letters or more ("Jan", "Agust", "DES.")."""
    plain = text.strip(".").casefold()
    return len(plain) >= 3 and any(name.startswith(plain) or plain in SHORT_MONTHS for name in MONTHS)


def _is_second_level(grid: Grid, top: int, row: int) -> bool:
    """A row under spanning header cells that only says which month or quarter each of their columns is."""
    cells = [c for c in grid.cells if c.row == row and c.words]
    if len(cells) < 2 or is_number_row(grid, row):
        return False
    wide = [c for c in grid.cells if top <= c.row < row and c.cols > 1 and c.words]
    if not all(any(w.col <= c.col < w.col + w.cols for w in wide) for c in cells):
        return False
    return all(is_header_text(t) or is_period(t) for t in map(cell_text, cells))


def is_number_row(grid: Grid, row: int) -> bool:
    """The row that numbers the columns: 1, 2, 3, ... from the left, in three cells or more, and nothing else in it."""
    cells = sorted((c for c in grid.cells if c.row == row and c.words), key=lambda c: c.col)
    if len(cells) < 3:
        return False
    numbers = [NUMBER_CELL.fullmatch(cell_text(c)) for c in cells]
    if not all(numbers):
        return any(is_read(w) for c in cells for w in c.words) and _counts_with_slips([cell_text(c) for c in cells])
    values = [int(m.group(1)) for m in numbers if m]
    return values == list(range(1, len(values) + 1)) and cells[0].col <= 1


def _counts_with_slips(texts: Sequence[str]) -> bool:
    """Signs of one or two letters, most of them the numbers 1, 2, 3, ...: some were misread or missed."""
    plain = [re.sub(r"\W", "", t) for t in texts]
    if not all(len(t) <= NUMBER_LETTERS for t in plain):
        return False
    known = [int(t) for t in (p.translate(TO_DIGIT) for p in plain) if t.isdigit()]
    enough = len(known) >= max(MIN_READ_NUMBERS, READ_NUMBERS * len(texts))
    return enough and known == sorted(set(known)) and known[0] <= 2 and known[-1] <= len(texts) / READ_NUMBERS


def same_header(a: Sequence[str], b: Sequence[str]) -> bool:
    """Two header rows say the same."""
    return fuzz.ratio(" | ".join(a).casefold(), " | ".join(b).casefold()) >= SAME_HEADER
