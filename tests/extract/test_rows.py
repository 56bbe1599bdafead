"""Rows where no rule parts them: texts that begin together after a wider space."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.stitch import logical_tables
from tests.extract.tables_of_text import texts_of
from tests.extract.test_columns import HEAD, ROWS, WIDTHS, WORDS
from tests.extract.unruled import only_grid, unruled_page


@pytest.mark.parametrize("columns_ruled", [True, False], ids=["columns ruled", "nothing ruled"])
def test_rows_are_found_without_rules_between_them(columns_ruled: bool) -> None:
    grid = only_grid(unruled_page([HEAD, *ROWS], WIDTHS, columns_ruled=columns_ruled, rows_ruled=False))
    (table,) = logical_tables([grid])
    assert [texts_of(row) for row in table.rows] == ROWS


def test_a_group_without_rules_inside_is_labelled_once() -> None:
    rows = [ROWS[0], ["", "", "Penetapan keputusan tentang tim", "Salinan keputusan"], ROWS[1], ROWS[2]]
    grid = only_grid(unruled_page([HEAD, *rows], WIDTHS, columns_ruled=True, rows_ruled=False))
    (table,) = logical_tables([grid])
    found = [texts_of(row) for row in table.rows]
    assert [row[2:] for row in found] == [row[2:] for row in rows]
    assert [row[1] or ROWS[0][1] for row in found] == [row[1] or ROWS[0][1] for row in rows]


def test_lines_of_one_row_stay_together() -> None:
    grid = only_grid(unruled_page([HEAD, ROWS[0]], WIDTHS, columns_ruled=True, rows_ruled=True))
    assert len(grid.ys) - 1 == 2


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_word_is_lost_where_rows_are_found_by_space(data: st.DataObject) -> None:
    text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join)
    rows = [[str(n), *(data.draw(text) for _ in HEAD[1:])] for n in range(1, data.draw(st.integers(2, 6)) + 1)]
    grid = only_grid(unruled_page([HEAD, *rows], WIDTHS, columns_ruled=True, rows_ruled=False))
    (table,) = logical_tables([grid])
    said = Counter(w for row in table.rows for c in dict.fromkeys(row.cells) if c.text for w in c.text.text.split())
    assert said == Counter(w for row in rows for t in row for w in t.split())


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_numbered_rows_are_told_apart_by_space(data: st.DataObject) -> None:
    text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join)
    rows = [[str(n), *(data.draw(text) for _ in HEAD[1:])] for n in range(1, data.draw(st.integers(2, 6)) + 1)]
    grid = only_grid(unruled_page([HEAD, *rows], WIDTHS, columns_ruled=True, rows_ruled=False))
    (table,) = logical_tables([grid])
    assert [texts_of(row) for row in table.rows] == rows
