"""Months, from a target's text and from the header cells of a schedule grid: the one door to both readings."""

from __future__ import annotations

from normalize.month_grid import header_months, is_week_header
from normalize.month_text import ALL_MONTHS, MonthsReading, months_of_text, read_months

__all__ = ["ALL_MONTHS", "MonthsReading", "header_months", "is_week_header", "months_of_text", "read_months"]
