"""Sets the lampiran: heading blocks, narrative, team list, plan table."""

from __future__ import annotations

from dataclasses import dataclass

from tests.press.decree import Decree, citation_text
from tests.press.ink import MM
from tests.press.layout import Layout
from tests.press.lines import wrap
from tests.press.plan_table import PlanTable, plan_table, team_grid
from tests.press.prose import ProseSetter
from tests.press.sheets import Sheets
from tests.press.table import SetTable, set_table

_BLOCK_WIDTH = 88 * MM


@dataclass(frozen=True, slots=True)
class LampiranRecord:
    """What was printed of the plan, and where."""

    plan: PlanTable | None = None
    placed: SetTable | None = None
    decree_pages: int = 0


def set_lampiran(sheets: Sheets, decree: Decree, layout: Layout) -> LampiranRecord:
    """Print every lampiran that the decree has."""
    style = layout.lampiran
    team = decree.team if style.team != "none" else None
    prose = ProseSetter(sheets, layout.prose)
    roman = iter(("I", "II") if team and decree.plan and style.team == "own" else ("", ""))
    begun = False
    if decree.narrative:
        sheets.begin(layout.page)
        _block(prose, decree, layout, next(roman))
        _narrative(prose, decree)
        begun = True
    if team:
        sheets.begin(layout.lampiran_page)
        if not begun:
            _block(prose, decree, layout, next(roman))
        begun = style.team == "same"
        prose.centred(team.title, bold=style.title_bold)
        prose.gap(0.5)
        set_table(sheets, team_grid(team), layout.table)
        prose.gap(1.5)
        if not (begun and decree.plan) and style.signed:
            prose.signatures(decree, certifier=False)
    if decree.plan is None:
        return LampiranRecord()
    if not (team and begun):
        sheets.begin(layout.lampiran_page)
        if not begun:
            _block(prose, decree, layout, next(roman))
    prose.centred(decree.plan.title, bold=style.title_bold)
    prose.gap(0.5)
    table = plan_table(decree.plan, layout.plan, decree.year)
    placed = set_table(sheets, table.grid, layout.table)
    prose.gap(1)
    if style.signed:
        prose.signatures(decree, certifier=layout.prose.certifier)
    return LampiranRecord(table, placed)


def _block(prose: ProseSetter, decree: Decree, layout: Layout, roman: str) -> None:
    """The block at the head of a lampiran."""
    style, sheets = layout.lampiran.block, prose.sheets
    name = f"LAMPIRAN {roman}".strip()
    if style == "none":
        return
    if style == "keys":
        pairs = (
            (name.title().replace("Ii", "II"), f"Keputusan {decree.institution.title()}"),
            ("Nomor", decree.number_raw),
            ("Tanggal", decree.date_text),
        )
        for key, value in pairs:
            y = sheets.y + prose.step * 0.8
            sheets.ink.text(sheets.left, y, key, prose.body.font, prose.body.size)
            sheets.ink.text(sheets.left + 26 * MM, y, ":", prose.body.font, prose.body.size)
            sheets.ink.text(sheets.left + 29 * MM, y, value, prose.body.font, prose.body.size)
            sheets.y += prose.step
        prose.gap(1)
        return
    x = sheets.left if style == "left" else max(sheets.left, sheets.right - _BLOCK_WIDTH)
    width = min(_BLOCK_WIDTH, sheets.right - x)
    texts = (name, f"KEPUTUSAN {decree.institution}", f"NOMOR {decree.number_raw}", "TENTANG", decree.title)
    for text in texts:
        for line in wrap(text, width, prose.plain):
            y = sheets.y + prose.step * 0.8
            sheets.ink.text(x, y, line.text, prose.body.font, prose.body.size)
            sheets.y += prose.step
    prose.gap(1)


def _narrative(prose: ProseSetter, decree: Decree) -> None:
    """Pages of prose before the tables, with a list of legal bases of their own."""
    for section in decree.narrative:
        prose.heading(section.heading)
        for paragraph in section.paragraphs:
            prose.paragraph(paragraph, indent=6 * MM)
        for i, citation in enumerate(section.bases, 1):
            prose.paragraph(citation_text(citation), mark=f"{i}.", indent=6 * MM)
