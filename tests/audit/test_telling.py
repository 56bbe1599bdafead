"""How messages name rows of a plan."""

from __future__ import annotations

import pytest

from audit.rules.telling import GROUPS_TOLD, TEXT_TOLD, by_doubt, by_text, cut, months_said, numbers, when
from tests.audit.dossiers import row


@pytest.mark.parametrize(
    ("orders", "told"), [([3], "3"), ([7, 8, 10], "7, 8, 10"), ([12, 14, 13, 16], "12-14, 16"), ([1, 2, 3, 4, 9], "1-4, 9")]
)
def test_rows_are_told_by_their_place_in_the_plan(orders: list[int], told: str) -> None:
    assert numbers([row(order) for order in orders]) == told


@pytest.mark.parametrize(
    ("months", "told"), [((1,), "Januari"), ((1, 2, 3, 6), "Januari-Maret, Juni"), ((11, 12), "November-Desember"), ((), "")]
)
def test_months_are_told_by_name(months: tuple[int, ...], told: str) -> None:
    assert months_said(months) == told


def test_what_is_printed_goes_before_what_it_means() -> None:
    assert when(row(1, months=[4], target_raw="April minggu ke 4")) == "April minggu ke 4"
    assert when(row(1, months=[4])) == "April"


def test_rows_with_one_text_are_told_together_and_no_message_is_endless() -> None:
    assert by_text([(row(1), "Mei"), (row(2), "Juni"), (row(3), "Mei")]) == "Mei: 1, 3; Juni: 2"
    assert by_text((row(i), f"Teks {i}") for i in range(1, GROUPS_TOLD + 4)).endswith("… (+3)")
    assert len(cut("kata " * 40)) <= TEXT_TOLD + 2


def test_rows_read_with_doubt_are_kept_apart() -> None:
    sure, unsure, months = row(1), row(2, reasons=("broken-word-joined",)), row(3, reasons=("mark-unsure:4",))
    groups = [([r.order for r in rows], doubts) for rows, doubts in by_doubt([sure, unsure, months], of_months=True)]
    assert groups == [([1], ()), ([2, 3], ("months-read-unsurely",))]
