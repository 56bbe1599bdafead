"""Named layouts: every option of the press at work in at least one of them."""

from __future__ import annotations

from dataclasses import replace

from tests.press.fonts import COURIER, HELVETICA, VERA
from tests.press.layout import (
    A4,
    LEGAL,
    Col,
    LampiranStyle,
    Layout,
    Mark,
    MonthGrid,
    PageStyle,
    PlanStyle,
    ProseStyle,
    TableStyle,
)

_WIDE = PageStyle(landscape=True, margins=(18, 18, 18, 18))
_A4_WIDE = replace(_WIDE, size=A4)

_MONTH_COLUMNS = (
    Col("no", "NO", 4),
    Col("area", "PROGRAM", 12),
    Col("component", "KEGIATAN", 15, "own"),
    Col("item", "SUB KEGIATAN", 19, "inline"),
    Col("indicator", "INDIKATOR KEBERHASILAN", 19),
    Col("months", "PELAKSANAAN (BULAN)", 24),
    Col("notes", "KET", 8),
)
MONTHS = PlanStyle(_MONTH_COLUMNS)
SECTIONS = PlanStyle(
    (
        Col("no", "NO", 5),
        Col("component", "KOMPONEN", 15),
        Col("item", "INDIKATOR", 20),
        Col("action", "LANGKAH AKSI", 24),
        Col("evidence", "BUKTI FISIK", 20),
        Col("target", "TARGET WAKTU", 13),
    ),
    areas="roman",
)
ACTIONS = PlanStyle(
    (
        Col("no", "No.", 4),
        Col("component", "Komponen", 13),
        Col("item", "Indikator", 17, "inline"),
        Col("action", "Rencana Aksi", 20),
        Col("evidence", "Data Dukung", 17),
        Col("months", "Waktu Pelaksanaan", 22),
    ),
    areas="roman",
)
AREA_FIRST = PlanStyle(
    (
        Col("no", "NO", 4),
        Col("area", "AREA PERUBAHAN", 13),
        Col("component", "PROGRAM", 14, "own"),
        Col("item", "KEGIATAN", 20, "inline"),
        Col("evidence", "OUTPUT", 18),
        Col("months", "JADWAL PELAKSANAAN", 24),
    )
)


def _months(mark: Mark, columns: PlanStyle = MONTHS, **grid: object) -> PlanStyle:
    return replace(columns, grid=replace(MonthGrid(mark=mark), **grid))  # type: ignore[arg-type]


GRID_MERGED = Layout(
    "grid-merged",
    MONTHS,
    prose=ProseStyle(salinan="text"),
    lampiran_page=replace(_WIDE, margins=(18, 20, 18, 42)),
    table=TableStyle(size=10.5, leading=1.25),
)
SECTION_ROWS = Layout(
    "section-rows",
    SECTIONS,
    page=PageStyle(catchword="item"),
    prose=ProseStyle(face=HELVETICA, size=10.5, konsideran="tab", label_bold=True, signatures="side"),
    lampiran_page=_A4_WIDE,
    table=TableStyle(face=HELVETICA, size=8.5, number_row="{}", header_fill="D9D9D9", section_fill="F2F2F2"),
)
NARRATIVE = Layout(
    "narrative",
    PlanStyle(
        (
            Col("no", "NO.", 5),
            Col("area", "KOMPONEN", 16),
            Col("component", "INDIKATOR/PROGRAM", 20),
            Col("action", "RENCANA AKSI", 38),
            Col("target", "TARGET WAKTU", 18),
        )
    ),
    page=PageStyle(size=A4, number="{n}", number_at="bottom", footer="jdih.kpu-arunika.invalid"),
    prose=ProseStyle(face=VERA, size=9.5, konsideran="glued", hyphenate=True, certifier=False),
    lampiran_page=PageStyle(size=A4, margins=(20, 20, 18, 22)),
    lampiran=LampiranStyle(block="left"),
    table=TableStyle(face=VERA, size=7.5, rules="rects", hyphenate=True, group="repeat"),
)
TWO_TABLES = Layout(
    "two-tables",
    PlanStyle(
        (
            Col("no", "No", 5),
            Col("component", "Kegiatan", 18),
            Col("item", "Sub Kegiatan", 26, "inline"),
            Col("responsible", "Penanggung Jawab", 13),
            Col("months", "Jadwal", 18),
            Col("notes", "Keterangan", 13),
        ),
        areas="capitals",
        grid=MonthGrid(labels="quarter", mark=Mark("v")),
    ),
    prose=ProseStyle(salinan="boxed", emblem=False, konsideran="alone", label_upper=True, signatures="side"),
    lampiran_page=replace(_WIDE, turn="flag90"),
    table=TableStyle(rules="cells", group="blank"),
)
NO_PLAN = Layout(
    "no-plan", MONTHS, page=PageStyle(size=LEGAL), prose=ProseStyle(grace=True, memutuskan="M E M U T U S K A N :")
)

TURNED_270 = Layout(
    "turned-270",
    _months(Mark("fill", "92D050"), AREA_FIRST, labels="roman"),
    prose=ProseStyle(face=HELVETICA, size=10.5),
    lampiran_page=replace(_A4_WIDE, turn="flag270"),
    table=TableStyle(face=HELVETICA, size=7, group="blank", number_row="({})", number_months=False),
)
SIDEWAYS_90 = Layout(
    "sideways-90", _months(Mark("x")), lampiran_page=replace(_WIDE, turn="sideways90"), table=TableStyle(size=9)
)
SIDEWAYS_270 = Layout(
    "sideways-270",
    _months(Mark("fill", "000000"), labels="short"),
    lampiran_page=replace(_WIDE, turn="sideways270", size=LEGAL),
    table=TableStyle(size=7, label_at="middle", valign="middle"),
)
BLACK_CELLS = Layout(
    "black-cells",
    _months(Mark("fill", "000000"), ACTIONS, labels="short"),
    lampiran_page=_WIDE,
    table=TableStyle(size=6.5, rules="cell_rects", header_fill="BFBFBF", section_fill="D9D9D9", group="open"),
)
PALE_CELLS = Layout(
    "pale-cells",
    _months(Mark("fill", "F2F2F2"), AREA_FIRST),
    table=TableStyle(rule_color="C0C0C0", rule_weight=0.4, label_again=True, size=10, leading=1.3),
)
HATCHED = Layout(
    "hatched", _months(Mark("hatch"), year_head=True), table=TableStyle(label_at="middle", hyphenate=True, justify=True)
)
SHADED = Layout("shaded", _months(Mark("shade", "4472C4"), ACTIONS), table=TableStyle(rules="dashed", group="blank"))
BARS = Layout(
    "bars",
    _months(Mark("bar", "1F4E79"), AREA_FIRST, labels="letter"),
    table=TableStyle(valign="middle", label_at="middle", close_cut=False, size=10),
)
ZEBRA_CHECKS = Layout(
    "zebra-checks",
    _months(Mark("check_path"), MONTHS),
    table=TableStyle(face=HELVETICA, size=8, zebra="F2F2F2", group="repeat", header_fill="1F4E79", header_color="FFFFFF"),
)
ZEBRA_FILLS = Layout(
    "zebra-fills", _months(Mark("fill", "A6A6A6")), table=TableStyle(zebra="EDEDED", group="repeat", rules="rects")
)
CHECK_GLYPHS = Layout(
    "check-glyphs",
    _months(Mark("check"), ACTIONS, labels="quarter"),
    page=PageStyle(number="Halaman {n} dari {total}", number_at="bottom-right"),
    table=TableStyle(rules="double", number_row="{}"),
)
DOTS_NO_VERTICALS = Layout(
    "dots-no-verticals", _months(Mark("dot", "000000")), table=TableStyle(vertical_rules="none", group="open")
)
NO_INNER_RULES = Layout(
    "no-inner-rules",
    _months(Mark("asterisk"), AREA_FIRST),
    table=TableStyle(horizontal_rules="none", group="open", pad=4, close_cut=False),
)
GROUP_RULES = Layout(
    "group-rules",
    _months(Mark("x"), AREA_FIRST, labels="roman"),
    table=TableStyle(horizontal_rules="groups", vertical_rules="outer", group="open", pad=3, size=8),
)
SECOND_HALF = Layout(
    "second-half",
    _months(Mark("fill", "F4B083"), ACTIONS, first=7, last=12, labels="full"),
    lampiran_page=replace(_WIDE, size=LEGAL),
    table=TableStyle(face=HELVETICA, size=6),
)
UNDER_QUARTERS = Layout(
    "under-quarters",
    _months(Mark("fill", "00B0F0"), MONTHS, under_quarters=True),
    table=TableStyle(number_row="{}", header_repeat=False),
)
UNKNOWN_COLUMNS = Layout(
    "unknown-columns",
    PlanStyle(
        (
            Col("running", "NO", 4),
            Col("area", "AREA", 12, "inline"),
            Col("component", "PROGRAM/KEGIATAN", 14),
            Col("responsible", "PENANGGUNG JAWAB", 12),
            Col("action", "UPAYA", 22),
            Col("quantity", "KUANTITAS", 9, parents=("TARGET",)),
            Col("realised", "% REALISASI", 9, parents=("TARGET",)),
            Col("budget", "ANGGARAN", 10),
            Col("target", "WAKTU PELAKSANAAN", 13),
        )
    ),
    table=TableStyle(face=HELVETICA, size=7.5, header_fill="FFE699", label_at="middle"),
)
ANY_ORDER = Layout(
    "any-order",
    PlanStyle(
        (
            Col("target", "JADWAL", 14),
            Col("evidence", "EVIDEN", 20),
            Col("component", "KEGIATAN", 17, "inline"),
            Col("item", "SUB KEGIATAN", 22, "own"),
            Col("indicator", "INDIKATOR KINERJA", 20),
        ),
        areas="none",
    ),
    lampiran=LampiranStyle(block="keys", team="same"),
    lampiran_page=PageStyle(size=A4, margins=(18, 18, 18, 18)),
    table=TableStyle(size=9, justify=True, hyphenate=True, cut_compounds=True),
)
COURIER_CAPITALS = Layout(
    "courier-capitals",
    replace(SECTIONS, areas="capitals"),
    page=PageStyle(catchword="word", catch_dots="...", size=A4),
    prose=ProseStyle(face=COURIER, size=9.5, justify=False, label_upper=True, stops=(0, 36, 40, 48)),
    lampiran_page=_A4_WIDE,
    lampiran=LampiranStyle(block="none", signed=False, title_bold=False),
    table=TableStyle(face=COURIER, size=7, group="blank", section_fill="FFF2CC", split_rows=False),
)
CUT_EVERYWHERE = Layout(
    "cut-everywhere",
    _months(Mark("fill", "FFC000"), MONTHS),
    lampiran_page=PageStyle(size=A4, landscape=True, margins=(15, 70, 15, 70)),
    table=TableStyle(size=10, leading=1.4, hyphenate=True, justify=True, close_cut=False, label_again=True),
)
LABEL_IN_THE_MIDDLE = Layout(
    "label-in-the-middle",
    _months(Mark("fill", "A9D08E"), AREA_FIRST),
    lampiran_page=PageStyle(size=A4, landscape=True, margins=(15, 30, 15, 55), turn="flag270"),
    table=TableStyle(size=10, leading=1.4, label_at="middle", label_again=True, cut_compounds=True),
)
CUT_BLANK = Layout(
    "cut-blank",
    _months(Mark("v"), ACTIONS),
    lampiran_page=PageStyle(size=A4, landscape=True, margins=(15, 65, 15, 70)),
    table=TableStyle(size=10, leading=1.4, hyphenate=True, group="blank", number_row="{}", valign="middle"),
)

SAMPLE_LAYOUTS: tuple[Layout, ...] = (GRID_MERGED, SECTION_ROWS, NARRATIVE, TWO_TABLES, NO_PLAN)
ALL: tuple[Layout, ...] = tuple(value for value in dict(globals()).values() if isinstance(value, Layout))
"""Every layout, for parametrised tests (`ids=lambda layout: layout.name`)."""
