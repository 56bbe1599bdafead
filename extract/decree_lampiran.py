"""What comes after the decree: lampiran headings, the narrative and its list of legal bases, the title of the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.decree_body import is_lampiran_heading, unglued
from extract.decree_head import institution_of
from extract.decree_items import Item, items_of
from extract.decree_lines import Line, Sheet, change, printed
from extract.decree_words import (
    DATE,
    KINDS,
    LAMPIRAN,
    NUMBER_LABEL,
    PLACE_AND_DATE,
    date_label,
    is_certified,
    near,
    place_label,
    squeeze,
    without,
)
from extract.geometry import BBox
from extract.printed import Printed

HEADING_GAP = 1.55  # times the closest pitch of a heading block: a wider gap ends it
TITLE_GAP = 2.1  # times the font size: more between two lines of a title parts them
TABLE_GAP = 5.0  # times the font size: a title stands so near above its table
CENTRED = 0.05  # of the page width a centred line may be off the middle of the page or of the table
PARAGRAPH_INDENT = 8.0  # points
LEGAL = re.compile(r"\b(dasar|landasan)\s+hukum\b", re.IGNORECASE)
NUMBERED = re.compile(r"^(?:[A-Z]|[IVX]+|\d{1,2})[.)]?$")
MIDDLE = 12.0  # points the lines of a centred heading may be off its middle
INCOMPLETE = 0.4  # confidence of a date of which a part is missing
INNER = 60.0  # points a heading of a lower level may stand right of the text's left edge
HEADING_WIDTH = 0.75  # of the text width: a numbered heading is shorter


@dataclass(frozen=True, slots=True)
class LampiranHeading:
    """The heading of one lampiran.

    Attributes:
        page: where it stands.
        label: "LAMPIRAN I" as printed.
        number: the decree's number as repeated there.
        title: the decree's title as repeated there.
        box: of the whole heading.
        no: the lampiran's own number: "I".
        institution: who decreed, as named there after KEPUTUSAN or its like.
        date: the decree's date as repeated there.
        numbered: the label of the decree's number is printed, with a number or without.
    """

    page: int
    label: str
    number: Printed | None
    title: Printed | None
    box: BBox
    no: Printed | None = None
    institution: Printed | None = None
    date: Printed | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class LampiranSection:
    """A heading of the narrative and the text under it."""

    heading: Printed
    paragraphs: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Narrative:
    """The text of a lampiran outside its tables."""

    sections: tuple[LampiranSection, ...]
    legal_bases: tuple[Item, ...]


def heading_lines(sheet: Sheet) -> list[Line]:
    """The lines of the lampiran heading at the top of a page; empty where there is none."""
    lines = sheet.lines
    at = next((i for i, x in enumerate(lines) if is_lampiran_heading(x, i)), None)
    if at is None:
        return []
    head = lines[at]
    centred = _is_centred(sheet, lines[at : at + 2])
    block = [head]
    said_about = False
    for line in lines[at + 1 :]:
        gap = line.baseline - block[-1].baseline
        inner = min([b.baseline - a.baseline for a, b in pairwise(block)], default=2.0 * head.size)
        outside = abs(line.cx - head.cx) > MIDDLE if centred else line.x0 < head.x0 - 12
        if gap > HEADING_GAP * max(inner, head.size) or outside:
            break
        if said_about and line.bold and not block[-1].bold:
            break
        said_about = said_about or near(squeeze(line.words[0].text), "tentang")
        block.append(line)
    return block


def _is_centred(sheet: Sheet, lines: Sequence[Line]) -> bool:
    """The heading stands in centred lines: its first, and the decree that the second names; a title alone is no heading."""
    if len(lines) < 2 or not KINDS.match(lines[1].text):
        return False
    return all(abs(x.cx - sheet.width / 2) < CENTRED * sheet.width for x in lines) and lines[1].x0 < lines[0].x0 - MIDDLE


def read_heading(sheet: Sheet) -> LampiranHeading | None:
    """The lampiran heading of a page."""
    block = [unglued(x) for x in heading_lines(sheet)]
    if not block:
        return None
    label, own, rest = _label(block[0])
    fields = _heading_fields([*([rest] if rest is not None else []), *block[1:]])
    number = change(printed(fields["nomor"]), lambda t: NUMBER_LABEL.sub("", t).strip(" :."))
    title = change(printed(fields["tentang"]), lambda t: re.sub(r"(?i)^tentang\b[\s:]*", "", t))
    named = fields["of"]
    boxes = [x.box for x in block]
    box = BBox(sheet.number, min(b.x0 for b in boxes), boxes[0].top, max(b.x1 for b in boxes), max(b.bottom for b in boxes))
    return LampiranHeading(
        page=sheet.number,
        label=label,
        number=number,
        title=title,
        box=box,
        no=own,
        institution=institution_of(named) if named and KINDS.match(named[0].text) else None,
        date=_heading_date(fields["tanggal"]),
        numbered=bool(fields["nomor"]),
    )


def _label(line: Line) -> tuple[str, Printed | None, Line | None]:
    """LAMPIRAN with its number as printed, that number alone, and what of the line follows."""
    match = LAMPIRAN.match(line.text)
    if match is None:
        return line.text, None, None
    label = " ".join(match.group().split()).rstrip(":")
    count = len(match.group().split())
    own = change(printed([Line(line.words[:count])]), lambda t: t[len("lampiran") :].strip(" :")) if match["label"] else None
    rest = line.after(count)
    while rest is not None and rest.words[0].text == ":":
        rest = rest.after(1)
    return label, own, rest


def _heading_fields(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """What a heading says of the decree: who ("of"), its number, date and title, each from its label on.

    A label may stand inside a line. The title comes last: in it a label counts only with a colon, once, at the begin of a line.
    """
    fields: dict[str, list[Line]] = {"of": [], "nomor": [], "tanggal": [], "tentang": []}
    field = "of"
    for line in lines:
        start = 0
        for i, word in enumerate(line.words):
            said = _field_of(word.text)
            if said is None or (field == "tentang" and (i or fields[said] or ":" not in line.text[:12])):
                continue
            if i > start:
                fields[field].append(Line(line.words[start:i]))
            field, start = said, i
        fields[field].append(Line(line.words[start:]))
    return fields


def _field_of(word: str) -> str | None:
    said = squeeze(word)
    if NUMBER_LABEL.fullmatch(word):
        return "nomor"
    return next((name for name in ("nomor", "tanggal", "tentang") if near(said, name)), None)


def _heading_date(lines: Sequence[Line]) -> Printed | None:
    value = change(printed(lines), lambda t: without(date_label(t), t))
    if value is not None and not DATE.search(value.text):
        return value.saying(value.text, most=INCOMPLETE, note="date not complete")
    return value


def table_title(sheets: Sequence[Sheet], table: BBox) -> Printed | None:
    """The centred lines directly above a table, below any lampiran heading.

    Args:
        sheets: pages of the lampiran.
        table: box of the table on its first page.
    """
    sheet = next((s for s in sheets if s.number == table.page), None)
    if sheet is None:
        return None
    heading = heading_lines(sheet)
    above = [x for x in sheet.lines if x.baseline <= table.top + 2 and x not in heading]
    block: list[Line] = []
    for line in reversed(above):
        below = block[0].baseline if block else table.top
        limit = (TITLE_GAP if block else TABLE_GAP) * line.size
        if below - line.baseline > limit or not _centred(line, sheet, table) or _is_narrative(line, block):
            break
        block.insert(0, line)
    return printed(block)


def _centred(line: Line, sheet: Sheet, table: BBox) -> bool:
    off = min(abs(line.cx - sheet.width / 2), abs(line.cx - table.cx))
    return off < CENTRED * sheet.width or (line.x0 < table.x0 + 20 and line.text.isupper())


def _is_narrative(line: Line, block: Sequence[Line]) -> bool:
    """Running text, which a title never is: no capitals though the title has, or a sentence that ends."""
    if block and block[0].text.isupper() and not line.text.isupper():
        return True
    return line.text.endswith((".", ";", ":")) or bool(block and block[0].bold and not line.bold)


def read_narrative(sheets: Sequence[Sheet], without: Sequence[BBox] = ()) -> Narrative:
    """The headings and paragraphs of a lampiran's text, and its list of legal bases.

    Args:
        sheets: pages of the lampiran, whose tables are already taken out.
        without: boxes of lines that belong to a table's title.
    """
    lines: list[Line] = []
    for sheet in sheets:
        heading = heading_lines(sheet)
        kept = [x for x in sheet.lines if x not in heading and not any(x.box.overlap(b) > 0 for b in without)]
        stop = next((i for i, x in enumerate(kept) if _signs(x)), len(kept))
        lines += kept[:stop]
    if not lines:
        return Narrative((), ())
    groups = _grouped(lines)
    sections: list[LampiranSection] = []
    bases: list[Item] = []
    for heading, body in groups:
        title = printed(heading)
        if title is None:
            continue
        sections.append(LampiranSection(title, tuple(_paragraphs(body))))
        if LEGAL.search(title.text):
            bases += items_of(body)
    return Narrative(tuple(sections), tuple(bases))


def _signs(line: Line) -> bool:
    return bool(place_label(line.text) or is_certified(line.text) or PLACE_AND_DATE.match(line.text))


def _grouped(lines: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Headings with the lines under each; lines before the first heading belong to none."""
    right = max(x.x1 for x in lines)
    left = min(x.x0 for x in lines)
    emphatic = sum(x.bold for x in lines) < 0.5 * len(lines)
    out: list[tuple[list[Line], list[Line]]] = []
    for i, line in enumerate(lines):
        if not _is_heading(line, lines, i, left, right, emphatic):
            if out:
                out[-1][1].append(line)
            continue
        wraps = bool(out) and not out[-1][1] and line.page == out[-1][0][-1].page and not NUMBERED.match(line.words[0].text)
        if wraps and line.baseline - out[-1][0][-1].baseline < TITLE_GAP * line.size:
            out[-1][0].append(line)
        else:
            out.append(([line], []))
    return out


def _is_heading(line: Line, lines: Sequence[Line], i: int, left: float, right: float, emphatic: bool) -> bool:
    if date_label(line.text) or len(squeeze(line.text)) < 4:
        return False
    capitals = line.text.isupper() and len(line.words) > 1
    if emphatic and line.bold:
        return True
    if capitals and abs(line.cx - (left + right) / 2) < 0.08 * (right - left):
        return True
    short = line.x1 - line.x0 < HEADING_WIDTH * (right - left) and not line.text.endswith((";", ".", ",", ":"))
    numbered = NUMBERED.match(line.words[0].text) is not None and len(line.words) > 1 and line.words[1].text[0].isupper()
    if not (numbered and short) or line.x0 > left + INNER:
        return False
    follow = lines[i + 1] if i + 1 < len(lines) else None
    return follow is not None and (LEGAL.search(line.text) is not None or follow.x0 > line.words[1].box.x0 + PARAGRAPH_INDENT)


def _paragraphs(lines: Sequence[Line]) -> list[Printed]:
    """Paragraphs parted by a first-line indent, a number in its column, or a wider gap."""
    if not lines:
        return []
    base = median(x.x0 for x in lines)
    steps = [b.baseline - a.baseline for a, b in pairwise(lines) if a.page == b.page]
    pitch = median(s for s in steps if s > 0) if any(s > 0 for s in steps) else 0.0
    groups: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        indented = line.x0 > base + PARAGRAPH_INDENT and abs(before.x0 - line.x0) > PARAGRAPH_INDENT
        numbered = re.match(r"^\(?(?:[a-z]|\d{1,2})[.)]", line.words[0].text) is not None
        apart = line.page == before.page and line.baseline - before.baseline > 1.35 * pitch
        if (indented and before.text.endswith((".", ":", ";"))) or numbered or apart:
            groups.append([line])
        else:
            groups[-1].append(line)
    return [p for group in groups if (p := printed(group)) is not None]
