"""The press: typesets invented decrees in many layouts, and writes down the truth of what it printed.

Chosen over fixtures made by hand because page breaks, months and cut rows are then known exactly.
"""

from __future__ import annotations

from tests.press.press import Rendered, render

__all__ = ["Rendered", "render"]
