"""Page breaks inside a table: which rows and labels go on, told by how their text is set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.breaks import ColumnTraits, label_goes_on, row_goes_on
from extract.geometry import BBox
from extract.page import Fill
from extract.table import Span, piece_of
from tests.extract.tables_of_text import piece, span

WIDTH = 120.0
TEXT = ColumnTraits(numbers=False, marks=False, label=False, filled=1.0)
NUMBER = ColumnTraits(numbers=True, marks=False, label=False, filled=1.0)
LABEL = replace(TEXT, label=True, filled=0.4)
LETTERED = replace(TEXT, labelled=0.8)
MARK = ColumnTraits(numbers=False, marks=True, label=False, filled=0.1)

# 114 pt are there for text: 27 letters or so a line.
FULL = "Menyusun daftar pegawai tetap"  # nothing more fits on its last line
SHORT = "Menyusun daftar"  # another word would have fitted
ROWS: list[tuple[str, list[tuple[ColumnTraits, str, str]], bool]] = [
    ("a small letter after a full line", [(TEXT, FULL, "ditugaskan kembali")], True),
    ("a capital that would have fitted", [(TEXT, SHORT, "Rapat tim")], False),
    ("a small letter that would have fitted", [(TEXT, SHORT, "rapat"), (TEXT, SHORT, "tim")], True),
    ("a new number", [(NUMBER, "3.", "4."), (TEXT, FULL, "ditugaskan kembali")], False),
    ("a new number, whatever the texts say", [(NUMBER, "3.", "4."), *[(TEXT, FULL, "ditugaskan kembali")] * 4], False),
    (
        "a new letter, whatever the texts say",
        [(LETTERED, "a. Rapat", "b. rapat"), *[(TEXT, FULL, "ditugaskan kembali")] * 4],
        False,
    ),
    ("the same letter", [(LETTERED, "a. Rapat", "a. Rapat"), *[(TEXT, FULL, "ditugaskan kembali")] * 4], True),
    ("no number any more", [(NUMBER, "3.", ""), (TEXT, FULL, "ditugaskan kembali")], True),
    ("other columns have ended", [(TEXT, FULL, "ditugaskan kembali"), (TEXT, "Notula", "")], True),
    ("every column begins anew", [(TEXT, SHORT, "Rapat tim"), (TEXT, "Notula", "Daftar hadir")], False),
    ("one column begins, one was empty", [(TEXT, SHORT, "Rapat tim"), (TEXT, "", "Daftar hadir")], False),
    ("a list goes on", [(TEXT, "1) undangan; / 2) notula; dan", "3) foto"), (NUMBER, "3.", "")], True),
    ("an open end", [(TEXT, "Rapat bersama subbagian dan", "Sekretaris"), (NUMBER, "1", "")], True),
    ("nothing at all", [(TEXT, SHORT, ""), (TEXT, "Notula", "")], True),
]


@pytest.mark.parametrize(("columns", "goes_on"), [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
def test_a_row_goes_on_over_the_page_break(columns: list[tuple[ColumnTraits, str, str]], goes_on: bool) -> None:
    last = [span(before, col=c, width=WIDTH) for c, (_, before, _) in enumerate(columns)]
    first = [span(after, col=c, width=WIDTH, page=2) if after else Span(c, 1) for c, (_, _, after) in enumerate(columns)]
    assert row_goes_on(last, first, [t for t, _, _ in columns], open_border=False).goes_on is goes_on


def test_a_row_does_not_go_on_where_lines_were_free_under_it() -> None:
    texts = [(TEXT, FULL, "Ditugaskan kembali")]
    first = [span(after, page=2, width=WIDTH) for _, _, after in texts]
    full = [span(before, width=WIDTH) for _, before, _ in texts]
    free = [span(before, width=WIDTH, room=60) for _, before, _ in texts]
    assert row_goes_on(full, first, [TEXT], open_border=True).goes_on
    assert not row_goes_on(free, first, [TEXT], open_border=True).goes_on


@pytest.mark.parametrize(("before", "goes_on"), [(FULL, True), (SHORT, False)], ids=["full line", "room for the word"])
def test_without_a_border_the_room_on_the_last_line_decides(before: str, goes_on: bool) -> None:
    last, first = [span(before, width=WIDTH)], [span("Ditugaskan", page=2, width=WIDTH)]
    assert row_goes_on(last, first, [TEXT], open_border=True).goes_on is goes_on


def shaded(col: int, *, page: int, color: tuple[int, int, int] | None) -> Span:
    """A cell of a month grid, filled or not."""
    box = BBox(page, 300 + 20 * col, 60, 320 + 20 * col, 80)
    return Span(col, 1, [piece_of(box, (), (Fill(box, color),) if color else (), ())])


YELLOW = (255, 255, 0)
MONTHS: list[tuple[str, tuple[bool, bool], tuple[bool, bool], bool]] = [
    ("the same months", (True, False), (True, False), True),
    ("other months", (True, False), (False, True), False),
]


@pytest.mark.parametrize(("above", "below", "goes_on"), [case[1:] for case in MONTHS], ids=[case[0] for case in MONTHS])
def test_filled_months_tell_one_row_from_two(above: tuple[bool, bool], below: tuple[bool, bool], goes_on: bool) -> None:
    last = [span(FULL, width=WIDTH), *(shaded(c, page=1, color=YELLOW if m else None) for c, m in enumerate(above, 1))]
    first = [
        span("Bertugas", page=2, width=WIDTH),
        *(shaded(c, page=2, color=YELLOW if m else None) for c, m in enumerate(below, 1)),
    ]
    assert row_goes_on(last, first, [TEXT, MARK, MARK], open_border=False).goes_on is goes_on


def test_a_weak_case_is_not_called_sure() -> None:
    last, first = [span(FULL, width=WIDTH)], [span("Ditugaskan", page=2, width=WIDTH)]
    verdict = row_goes_on(last, first, [TEXT], open_border=False)
    assert not verdict.sure


LABELS: list[tuple[str, str, str, tuple[str | None, str | None], bool]] = [
    ("printed again", "Pembangunan tim kerja", "Pembangunan tim kerja", (None, None), True),
    ("printed again in capitals", "Pembangunan tim kerja", "PEMBANGUNAN TIM KERJA", (None, None), True),
    ("a rest in small letters", "Pemantauan dan evaluasi atas", "pembangunan", (None, None), True),
    ("a new label", "Tim kerja", "Rencana pembangunan", (None, None), False),
    ("a new number", "Tim kerja", "Rencana pembangunan", ("1.", "2."), False),
    ("the same number", "Tim kerja", "Tim kerja", ("1.", "1."), True),
    ("a label with its own number", "a. Tim kerja", "b. Rencana kerja", (None, None), False),
    ("nothing printed", "Tim kerja", "", (None, None), True),
]


@pytest.mark.parametrize(
    ("before", "after", "numbers", "goes_on"), [case[1:] for case in LABELS], ids=[case[0] for case in LABELS]
)
def test_a_label_goes_on_over_the_page_break(
    before: str, after: str, numbers: tuple[str | None, str | None], goes_on: bool
) -> None:
    above, below = (span(n, width=20) if n else None for n in numbers)
    verdict = label_goes_on(
        span(before, width=WIDTH),
        Span(0, 1, [piece(after, page=2, width=WIDTH)]),
        LABEL,
        number_before=above,
        number_after=below,
        at_foot=True,
    )
    assert verdict.goes_on is goes_on


def test_a_label_that_a_border_closes_above_the_last_row_takes_up_no_rest() -> None:
    before, after = span("Pemantauan dan evaluasi atas", width=WIDTH), span("pembangunan", page=2, width=WIDTH)
    at_foot, closed = (
        label_goes_on(before, after, LABEL, number_before=None, number_after=None, at_foot=where) for where in (True, False)
    )
    assert (at_foot.goes_on, closed.goes_on) == (True, False)
