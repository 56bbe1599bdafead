"""Plan rows: the columns of a logical table as fields, groups filled down, months read from grid or text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.gaps import AFTER_GAP
from extract.geometry import BBox
from extract.marks import is_sign
from extract.printed import Printed
from extract.table import Cell, LogicalTable, Row, is_enumerator
from normalize.headers import LEVELS, Field, fields_of
from normalize.months import read_months
from normalize.plan_gaps import doubt_cut_labels
from normalize.review import READ_BELOW, READ_UNSURELY, letters_of_text, letters_of_typed, place_of_doubt
from normalize.roman import roman_value, settled
from normalize.schedule import Schedule, read_schedule, schedule_of

NUMBER_SHARE = 0.7  # share of a column's texts that must be item numbers for it to hold the numbers of its neighbour
TOTAL = re.compile(r"(?:sub\s*|grand\s*)?(?:total|jumlah)\b|rekapitulasi\b", re.IGNORECASE)
MIN_SIGNED = 3  # columns of signs that must be a month grid
SAME_ROWS = 0.9  # share of rows in which a number and the label that it numbers must begin together
TEXT_FIELDS: tuple[Field, ...] = (
    "area",
    "component",
    "item",
    "success_indicator",
    "action",
    "evidence",
    "target_raw",
    "notes",
)
GUESSED = 0.8  # confidence of a row of which something was guessed or repaired
CORE = frozenset({"component", "item", "action"})  # a plan has at least one of these


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column as printed: header and the text of one row."""

    header: str
    text: str | None


@dataclass(slots=True)
class PlanRow:
    """One row of a plan; the fields are those of the table ``plan_rows`` that the decree itself gives.

    ``sources`` are the printed texts that a field was read from.
    """

    values: dict[Field, str | None]
    numbers: dict[Field, str | None]
    months: tuple[int, ...] | None
    printed: tuple[PrintedColumn, ...]
    page_start: int
    page_end: int
    boxes: tuple[BBox, ...]
    confidence: float
    notes: list[str] = field(default_factory=list)
    sources: dict[Field, tuple[Printed, ...]] = field(default_factory=dict)

    @property
    def needs_review(self) -> bool:
        """Something in the row was guessed or repaired."""
        return bool(self.notes)

    def doubt(self, *notes: str) -> None:
        """Note what was guessed about the row; without notes nothing changes."""
        if notes:
            self.notes = list(dict.fromkeys([*self.notes, *notes]))
            self.confidence = min(self.confidence, GUESSED)

    def weigh(self, *, in_words: bool) -> None:
        """Let the letters of its least sure value count, and note each value that was read unsurely.

        Args:
            in_words: its months are read from the words of its target.
        """
        letters = {str(name): letters_of_text(texts) for name, texts in self.sources.items()}
        targets = self.sources.get("target_raw", ())
        if in_words and self.months:
            letters["months"] = letters_of_typed(targets)
        for name, sure in letters.items():
            if sure < READ_BELOW:
                texts = targets if name == "months" else next(t for f, t in self.sources.items() if f == name)
                self.notes.append(f"{READ_UNSURELY}:{name}{place_of_doubt(texts)}")
        self.confidence *= min(letters.values(), default=1.0)


@dataclass(frozen=True, slots=True)
class Unit:
    """Columns under one header cell: where its numbers and where its texts stand."""

    header: str
    field: Field | None
    number: int | None
    texts: tuple[int, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is to be read."""

    units: tuple[Unit, ...]
    schedule: Schedule | None

    @property
    def fields(self) -> frozenset[Field]:
        """The fields that some column holds."""
        return frozenset(u.field for u in self.units if u.field)

    def field_of_column(self, column: int) -> str | None:
        """The field that a column is read into, None for one that is only printed."""
        if self.schedule is not None and column in self.schedule.columns:
            return "months"
        for unit in self.units:
            if column in unit.texts:
                return unit.field or next((f"{u.field}_no" for u in self.units if u.number == column), None)
            if column == unit.number:
                return f"{unit.field}_no"
        return None

    @property
    def is_plan(self) -> bool:
        """The table is a work plan: something to be done, and what, when or how it is shown."""
        known = self.fields - {"notes", "area"}
        return bool(known & CORE) and (len(known) >= 2 or self.schedule is not None)


def layout_of(table: LogicalTable) -> Layout:
    """Which column of the table is which field."""
    schedule = schedule_of(table)
    taken = set(schedule.columns) if schedule else set()
    parts: dict[tuple[int, str], list[int]] = {}
    for i, column in enumerate(table.columns):
        if i not in taken:
            parts.setdefault((column.group, column.sub), []).append(i)
    headers = [table.columns[cols[0]].sub or table.columns[cols[0]].header for cols in parts.values()]
    sections = any(row.section for row in table.rows) or _loose_sections(table, taken)
    meanings = fields_of(headers, sections=sections)
    units: list[Unit] = []
    pending: int | None = None  # a NO column waits for the level it numbers
    for header, cols, (name, confidence) in zip(headers, parts.values(), meanings, strict=True):
        numbers = [c for c in cols if len(cols) > 1 and _is_number_column(table, c)]
        texts = tuple(c for c in cols if c not in numbers)
        if name == "no":
            pending = cols[0]
            units.append(Unit(header, None, None, tuple(cols), confidence))
            continue
        number = numbers[0] if numbers else None
        if name in LEVELS and pending is not None:
            if number is None and texts and _numbers_label(table, pending, texts[0]):
                number = pending
            pending = None
        units.append(Unit(header, name, number, texts, confidence))
    return Layout(tuple(units), schedule)


def _numbers_label(table: LogicalTable, number: int, text: int) -> bool:
    """A NO column numbers the labels beside it when both begin in the same rows; else it only counts the rows."""
    pairs = [
        (_begins(row.cells[number]), _begins(row.cells[text])) for row in table.rows if not row.section and not _is_total(row)
    ]
    either = [p for p in pairs if any(p)]
    return bool(either) and sum(a == b for a, b in either) >= SAME_ROWS * len(either)


def _begins(cell: Cell) -> bool:
    return cell.text is not None and cell.origin != "inherited"


def _is_number_column(table: LogicalTable, column: int) -> bool:
    texts = [row.cells[column].text for row in table.rows if not row.section]
    said = [t.text for t in texts if t is not None]
    return not said or sum(is_enumerator(t) for t in said) >= NUMBER_SHARE * len(said)


def _loose_sections(table: LogicalTable, grid: set[int]) -> bool:
    return any(_loose_section(row, grid) is not None for row in table.rows)


def _loose_section(row: Row, grid: set[int]) -> tuple[str, str] | None:
    """Number and text of a section row whose cells were not merged: a roman numeral or capital, one text, and nothing else."""
    said = [(i, c.text.text) for i, c in enumerate(row.cells) if c.text is not None and c.origin != "inherited"]
    said = list({text: (i, text) for i, text in said}.values())
    if len(said) != 2 or any(i in grid for i, _ in said) or any(c.marks for c in row.cells):
        return None
    (first, number), (_, text) = said
    core = number.strip("().")
    if first == 0 and (roman_value(core) is not None or re.fullmatch(r"[A-F]", core)) and core.isupper() and len(text) > 3:
        return core, text
    return None


def plan_rows(table: LogicalTable, layout: Layout) -> list[PlanRow]:
    """The rows of a plan table: sections become areas, labels of groups are filled down, months are read."""
    grid = set(layout.schedule.columns) if layout.schedule else set()
    area: tuple[str | None, str | None] = (None, None)
    area_source: tuple[Printed, ...] = ()
    area_known = "area" in layout.fields
    sections = any(_section_of(row, grid) is not None for row in table.rows)
    over_gap = False  # the section in force may have ended on a page that was not read
    out: list[PlanRow] = []
    for row in table.rows:
        over_gap = over_gap or AFTER_GAP in row.notes
        section = _section_of(row, grid)
        if section is not None:
            if not area_known:
                area, area_source = section, _printed_in(row)
            over_gap = False
            continue
        if _is_total(row):
            continue
        plan = _row_of(row, layout)
        if not area_known:
            plan.numbers["area"], plan.values["area"] = area
            plan.sources["area"] = area_source
            plan.doubt(*([AFTER_GAP] if over_gap and sections else []))
        out.append(plan)
    _settle_sections(out)
    _fill_down(out, layout)
    doubt_cut_labels(out, [level for level in LEVELS if level in layout.fields])
    if layout.schedule is not None and not any(row.months for row in out):
        for plan in out:  # a plan without a single month: its marks are of a kind that was not seen
            plan.doubt("no-month-marked-in-table")
    if layout.schedule is None and _has_signs(table):
        for plan in out:
            plan.doubt("month-grid-not-understood")
    for plan in out:
        plan.weigh(in_words=layout.schedule is None)
    return [row for row in out if any(row.values[f] for f in TEXT_FIELDS if f != "area") or row.months]


def _printed_in(row: Row) -> tuple[Printed, ...]:
    """The longest text of a section row, which is its title."""
    texts = [c.text for c in row.cells if c.text is not None]
    return (max(texts, key=lambda t: len(t.text)),) if texts else ()


def _settle_sections(rows: Sequence[PlanRow]) -> None:
    """Put right the roman numerals of areas that were read from a picture, by the order of the areas."""
    areas = [key for key, _ in itertools.groupby(rows, key=lambda row: (row.numbers["area"], row.values["area"]))]
    read = any(text.unsure for row in rows for text in row.sources.get("area", ()))
    if not read:
        return
    numbers = dict(zip(areas, settled([number for number, _ in areas]), strict=True))
    for row in rows:
        row.numbers["area"] = numbers[(row.numbers["area"], row.values["area"])]


def _has_signs(table: LogicalTable) -> bool:
    """Several columns hold nothing but signs: a month grid whose header was not understood."""
    rows = [row for row in table.rows if not row.section]
    signs = 0
    for i in range(len(table.columns)):
        said = [row.cells[i] for row in rows if row.cells[i].text is not None]
        signs += bool(said) and all(is_sign(c) and not _is_number(c) for c in said)
    return signs >= MIN_SIGNED


def _is_number(cell: Cell) -> bool:
    return cell.text is not None and cell.text.text.strip("().").isdigit()


def _section_of(row: Row, grid: set[int]) -> tuple[str | None, str | None] | None:
    """Number and text of a section row; None for any other row."""
    if row.section:
        wide = max((c for c in row.cells if c.text), key=lambda c: c.cols)
        others = [c.text.text for c in row.cells if c.text and c is not wide and c.text.text != (wide.text and wide.text.text)]
        number, text = _labelled(wide)
        return (_core(others[0]) if others else number), text
    return _loose_section(row, grid)


def _is_total(row: Row) -> bool:
    """A row that sums up: it begins with "Jumlah" or "Total" in a cell across columns, or prints little else."""
    said = list({id(c): c for c in row.cells if c.text is not None and c.origin != "inherited"}.values())
    if not said or said[0].text is None or not TOTAL.match(said[0].text.text):
        return False
    return said[0].cols > 1 or sum(any(ch.isalpha() for ch in c.text.text) for c in said if c.text is not None) == 1


def _labelled(cell: Cell) -> tuple[str | None, str | None]:
    """A cell's label and its text without the label."""
    if cell.text is None:
        return None, None
    if cell.label is None:
        return None, cell.text.text
    rest = cell.text.text[len(cell.label) :].strip()
    return (_core(cell.label), rest) if rest and cell.text.text.startswith(cell.label) else (None, cell.text.text)


def _core(label: str) -> str:
    return label.strip("()[]. ")


def _row_of(row: Row, layout: Layout) -> PlanRow:
    values: dict[Field, str | None] = dict.fromkeys(TEXT_FIELDS)
    numbers: dict[Field, str | None] = dict.fromkeys(LEVELS)
    notes = list(row.notes)
    printed: list[PrintedColumn] = []
    confidence = 1.0
    sources: dict[Field, tuple[Printed, ...]] = {}
    taken: set[int] = set()
    for unit in layout.units:
        cells = [row.cells[i] for i in unit.texts]
        if unit.field is not None and any(id(c) in taken for c in cells):
            notes.append(f"cell-spans-columns:{unit.field}")
            cells = [c for c in cells if id(c) not in taken]
        taken |= {id(c) for c in cells if c.text is not None}
        # Equal cells count once; the few of a unit are compared, for to hash one takes long.
        said = [c.text for place, c in enumerate(cells) if c.text is not None and c not in cells[:place]]
        texts = [text.text for text in said]
        number_cell = row.cells[unit.number] if unit.number is not None else None
        own_number = number_cell.text.text if number_cell and number_cell.text else None
        whole = " ".join(texts) or None
        if unit.field is None:
            printed.append(PrintedColumn(unit.header, whole))
            continue
        spoken = [own_number] if own_number and unit.number not in _own_units(layout) else []
        printed.append(PrintedColumn(unit.header, " ".join([*spoken, *texts]) or None))
        if unit.field in LEVELS:
            label, text = _labelled(cells[0]) if len(cells) == 1 else (None, whole)
            numbers[unit.field] = _core(own_number) if own_number else label
            values[unit.field] = whole if own_number else text
        else:
            values[unit.field] = whole
        if whole:
            sources[unit.field] = tuple(said)
            confidence = min([confidence, unit.confidence, *(c.text.confidence for c in cells if c.text)])
            notes += [n for c in cells for n in c.notes]
            if unit.confidence < 1:
                notes.append(f"header-guessed:{unit.field}")
            if unit.field in LEVELS and not any(c.isalpha() for c in whole):
                notes.append(f"label-without-letters:{unit.field}")
    months = None
    if layout.schedule is not None:
        reading_of_grid = read_schedule(row, layout.schedule)
        months, notes = reading_of_grid.months, [*notes, *reading_of_grid.notes]
        printed.append(PrintedColumn(layout.schedule.header, reading_of_grid.printed))
    elif values["target_raw"]:
        reading = read_months(values["target_raw"])
        months = reading.months
        if not reading.sure:
            notes.append(f"months-guessed:{reading.reason}")
    return PlanRow(
        values,
        numbers,
        months,
        tuple(printed),
        row.page_start,
        row.page_end,
        row.boxes,
        confidence if not notes else min(confidence, GUESSED),
        list(dict.fromkeys(notes)),
        sources,
    )


def _own_units(layout: Layout) -> set[int]:
    """Columns that are printed columns of their own (a NO column), not numbers under another header."""
    return {i for u in layout.units if u.field is None for i in u.texts}


def _fill_down(rows: Sequence[PlanRow], layout: Layout) -> None:
    """Labels of groups that are printed once and left blank in the rows below belong to those rows too."""
    held: dict[Field, PlanRow | None] = dict.fromkeys(LEVELS)
    section: str | None = None
    for row in rows:
        fresh = "area" not in layout.fields and row.values["area"] != section
        section = row.values["area"]
        for level in (f for f in LEVELS if f in layout.fields):
            above = held[level]
            if row.values[level] is not None:
                fresh = fresh or above is None or _label(row, level) != _label(above, level)
                held[level] = row
            elif fresh:
                held[level] = None
            elif above is not None and _has_own(row, level):
                row.values[level], row.numbers[level] = above.values[level], above.numbers[level]
                row.sources[level] = above.sources.get(level, ())
                doubts = [n for n in above.notes if n.startswith("label-")]
                row.doubt(*doubts, *(["item-filled-down"] if level == "item" else []))


def _label(row: PlanRow, level: Field) -> tuple[str | None, str | None]:
    return row.numbers[level], row.values[level]


def _has_own(row: PlanRow, level: Field) -> bool:
    """The row prints something below the level, so that a blank label is one that goes on."""
    below = TEXT_FIELDS[TEXT_FIELDS.index(level) + 1 :]
    strong = ("action",) if level == "item" else below
    return any(row.values[f] for f in strong)
