"""The report: one HTML file that opens from a USB stick and shows all that the tables say.

As it is made: `source` (rows by document) -> `strings` (texts that many decrees share) -> `overview`, `schedule`, `legal`,
`findings`, `compare` (what the views show) and `decree` (all of one decree) -> `packing` -> `page` (template, style, script) ->
`write`.
"""

from __future__ import annotations

from audit.report.places import Crops
from audit.report.write import write_report

__all__ = ["Crops", "write_report"]
