"""How a decree is printed: every option of the press, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tests.press.fonts import TIMES, Face
from tests.press.ink import Turn

F4 = (215.0, 330.0)
A4 = (210.0, 297.0)
LEGAL = (215.9, 355.6)
"""Paper in millimetres, upright."""

Field = Literal[
    "no",
    "running",
    "area",
    "component",
    "item",
    "indicator",
    "action",
    "evidence",
    "target",
    "notes",
    "responsible",
    "quantity",
    "budget",
    "realised",
    "months",
]
Group = Literal["merge", "blank", "open", "repeat"]
"""A label over several rows: in one merged cell, in the first of several bordered cells, in the first with no border
inside the group, or printed in every row."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """Paper, turn and what stands outside the text.

    Attributes:
        margins: left, top, right, bottom in millimetres.
        number: page number with `{n}` and `{total}`, or None; not on the first page.
        catchword: the next page's first words at the page foot.
    """

    size: tuple[float, float] = F4
    landscape: bool = False
    turn: Turn = "none"
    margins: tuple[float, float, float, float] = (25, 22, 20, 25)
    number: str | None = "- {n} -"
    number_at: Literal["top", "bottom", "bottom-right"] = "top"
    footer: str | None = None
    catchword: Literal["none", "item", "word"] = "none"
    catch_dots: str = " . . ."


@dataclass(frozen=True, slots=True)
class ProseStyle:
    """The decree itself.

    Attributes:
        konsideran: label and colon in columns of their own, in one run of text ("Menimbang :"), glued
            ("Menimbang:"), or alone on a line above its paragraphs.
        stops: where label, colon, letter and text begin, in millimetres from the left margin.
    """

    face: Face = TIMES
    size: float = 11.0
    leading: float = 1.3
    justify: bool = True
    hyphenate: bool = False
    cut_compounds: bool = False
    salinan: Literal["none", "text", "boxed"] = "none"
    emblem: bool = True
    head_bold: bool = True
    number_colon: bool = True
    grace: bool = False
    konsideran: Literal["columns", "tab", "glued", "alone"] = "columns"
    label_bold: bool = False
    label_upper: bool = False
    stops: tuple[float, float, float, float] = (0, 30, 34, 42)
    memutuskan: str = "MEMUTUSKAN:"
    place_prefix: tuple[str, str] = ("Ditetapkan di", "pada tanggal")
    signatures: Literal["stacked", "side"] = "stacked"
    certifier: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """How a month is marked."""

    kind: Literal["fill", "bar", "x", "v", "check", "check_path", "dot", "hatch", "shade", "asterisk"] = "fill"
    color: str = "FFFF00"


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """The months of a plan: their labels, the header above them, how they are marked."""

    head: str = "PELAKSANAAN (BULAN)"
    labels: Literal["number", "roman", "short", "full", "letter", "quarter"] = "number"
    first: int = 1
    last: int = 12
    year_head: bool = False
    under_quarters: bool = False
    mark: Mark = field(default_factory=Mark)


@dataclass(frozen=True, slots=True)
class Col:
    """A printed column: what it shows, under which header, how wide (parts of the table width).

    Attributes:
        number: the level's own number in the text ("1. ..."), in a column of its own, or not printed.
        parents: headers above this one.
    """

    field: Field
    header: str
    width: float
    number: Literal["none", "inline", "own"] = "none"
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Rules, fills, type and page breaks of a table."""

    face: Face = TIMES
    size: float = 9.0
    leading: float = 1.15
    pad: float = 2.5
    valign: Literal["top", "middle"] = "top"
    justify: bool = False
    hyphenate: bool = False
    cut_compounds: bool = False
    rules: Literal["lines", "rects", "cells", "cell_rects", "double", "dashed"] = "lines"
    rule_color: str = "000000"
    rule_weight: float = 0.6
    vertical_rules: Literal["all", "none", "outer"] = "all"
    horizontal_rules: Literal["all", "none", "groups"] = "all"
    header_fill: str | None = None
    header_color: str = "000000"
    header_bold: bool = True
    header_repeat: bool = True
    number_row: str | None = None
    number_months: bool = True
    section_fill: str | None = None
    zebra: str | None = None
    split_rows: bool = True
    close_cut: bool = True
    group: Group = "merge"
    label_at: Literal["top", "middle"] = "top"
    label_again: bool = False


@dataclass(frozen=True, slots=True)
class PlanStyle:
    """The plan table: which columns, and where the areas stand.

    Attributes:
        areas: areas in a column, in a section row ("I | Manajemen Perubahan", or capitals alone), or not printed.
    """

    columns: tuple[Col, ...]
    areas: Literal["column", "roman", "capitals", "none"] = "column"
    grid: MonthGrid = field(default_factory=MonthGrid)


@dataclass(frozen=True, slots=True)
class LampiranStyle:
    """What stands around the tables of the lampiran."""

    block: Literal["right", "left", "keys", "none"] = "right"
    team: Literal["none", "own", "same"] = "own"
    signed: bool = True
    title_bold: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to print a decree."""

    name: str
    plan: PlanStyle
    page: PageStyle = field(default_factory=PageStyle)
    prose: ProseStyle = field(default_factory=ProseStyle)
    lampiran_page: PageStyle = field(default_factory=lambda: PageStyle(landscape=True, margins=(18, 18, 18, 18)))
    lampiran: LampiranStyle = field(default_factory=LampiranStyle)
    table: TableStyle = field(default_factory=TableStyle)
