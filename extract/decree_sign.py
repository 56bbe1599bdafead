"""Who signed, where and when, and who certified the copy: the blocks under a decree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.decree_gutter import Gutter, cut_along, gutter_of, opens_certified
from extract.decree_lines import Line, Sheet, change, pieces, printed
from extract.decree_words import (
    DATE,
    PLACE_AND_DATE,
    RANK,
    SEALED,
    SIGNED_NAME,
    STAFF_NUMBER,
    STAND_IN,
    SYSTEM_LINE,
    date_label,
    is_certified,
    place_label,
    starts_office,
    without,
)
from extract.printed import Printed

SIDE = 60.0  # points between the left edges of two blocks that stand side by side, at least
EDGE = 5.0  # points the lines of a block may begin off its left edge
NARROW_GAP = 0.9  # of the font size: blank between two blocks that nearly touch
REACH = 130.0  # points a line of a block may begin or be centred from where its first line does
INCOMPLETE = 0.4  # confidence of a date of which a part is missing
FOOT_LINES = 10  # a signature at a page's foot takes no more lines
FOOT = 0.6  # confidence of a signature without place and date
COLUMN = 40.0  # points from the left edge of a block to the left edges of its lines
SIGNATURE_GAP = 1.5  # times the closest pitch of a block: the room for a signature
OTHER_BLOCK = re.compile(
    r"^(diundangkan|tembusan|salinan\s+(keputusan|peraturan)|(surat\s+)?keputusan\s+ini\s+disampaikan|(berita|lembaran)\s+(negara|daerah)|noreg|paraf)",
    re.IGNORECASE,
)
DATE_GOES_ON = re.compile(r"\btanggal\b[\s:.]*(?:\d{1,2}\s*(?:[a-z]+)?)?$", re.IGNORECASE)
ON = re.compile(r"\s+pada\s*$", re.IGNORECASE)  # "Ditetapkan di Rimba pada", and the date on the next line
BEHALF = re.compile(r"^(a\.?\s?n\.?|u\.?\s?b\.?|atas\s+nama)\s", re.IGNORECASE)
MIXED = 0.5  # confidence of an office that seems to hold words of another block
OF_A_COPY = re.compile(r"\b(salinan|sesuai|aslinya)\b", re.IGNORECASE)
HEADS = frozenset(["ketua", "kepala", "sekretaris", "kasubbag", "kasubag", "plt", "plh", "direktur", "gubernur", "bupati"])
LEADS_ON = re.compile(  # what may stand before a second office: "a.n. KETUA X, SEKRETARIS", "ASISTEN selaku Ketua Tim"
    r"^(a\.?\s?n\b|atas\s+nama)|\b(u\.?b\.?|selaku|sebagai|wakil|dan|para|merangkap|plt\.?|plh\.?|pj\.?|harian|tugas|jabat(an)?)$",
    re.IGNORECASE,
)
BODY_LINE = re.compile(r"^(sekretariat|komisi|komite|kabupaten|kota|provinsi|republik|pemerintah|badan|dinas)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signed block; what was not found is None."""

    place: Printed | None = None
    date: Printed | None = None
    title: Printed | None = None
    name: Printed | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """The blocks under a decree: the signatory's and the certifier's."""

    signatory: Signature
    certifier: Signature
    certified: bool


def read_signatures(lines: Sequence[Line]) -> Signed:
    """The blocks in the lines that follow a body.

    Args:
        lines: from the end of the body to the lampiran.
    """
    gutter = gutter_of(lines)
    along = _along(lines, gutter)
    parts = [p for line in cut_along(lines, gutter) for p in pieces(line) if not _is_system(p.text)]
    edges = [p.x0 for p in parts if place_label(p.text) or is_certified(p.text) or PLACE_AND_DATE.match(p.text)]
    parts = [r for p in parts for q in _cut_at(p, edges) for r in _cut_inside(q)]
    parts.sort(key=lambda p: (p.page, p.baseline, p.x0))
    certifier_at = next((i for i, p in enumerate(parts) if is_certified(p.text)), None)
    place_at = next((i for i, p in enumerate(parts) if place_label(p.text) or PLACE_AND_DATE.match(p.text)), None)
    if place_at is None:
        place_at = next((i for i, p in enumerate(parts) if date_label(p.text) and DATE.search(p.text)), None)
    signed, certified = _blocks(parts, place_at, certifier_at, along)
    return Signed(_signatory(signed), _certifier(certified), certifier_at is not None)


@dataclass(frozen=True, slots=True)
class _Along:
    """Where a gutter parts the pieces: its page, its ends and its middle."""

    page: int
    top: float
    bottom: float
    x: float

    def parts(self, p: Line, anchor: Line) -> bool | None:
        """The piece stands on the other side than a block's first line; None where the gutter is not beside it."""
        if p.page != self.page or not self.top - 1 <= p.baseline <= self.bottom + 1:
            return None
        return (p.cx < self.x) != (anchor.cx < self.x)


def _along(lines: Sequence[Line], gutter: Gutter | None) -> _Along | None:
    if gutter is None:
        return None
    first, last = lines[gutter.first], lines[gutter.last]
    return _Along(first.page, first.baseline, last.baseline, gutter.x)


def _is_system(text: str) -> bool:
    return SYSTEM_LINE.search(text) is not None or SEALED.search(text) is not None


def _cut_at(p: Line, edges: Sequence[float]) -> list[Line]:
    """The piece cut where, behind a blank, a word begins at the left edge of a block: long lines nearly reach it."""
    for i in range(1, len(p.words)):
        before, word = p.words[i - 1], p.words[i]
        apart = word.box.x0 - before.box.x1 > NARROW_GAP * word.size
        if apart and any(abs(word.box.x0 - x) < EDGE for x in edges):
            return [Line(p.words[:i]), *_cut_at(Line(p.words[i:]), edges)]
    return [p]


def _cut_inside(p: Line) -> list[Line]:
    """The piece cut where a certifier's block opens inside it, for want of a gutter."""
    at = next((i for i in range(len(p.words)) if opens_certified(p, i)), 0)
    return [Line(p.words[:at]), Line(p.words[at:])] if at else [p]


def read_foot(sheet: Sheet) -> Signature | None:
    """Office and name at the foot of a page, without place and date: a guess; None where no such lines are there."""
    parts = [p for line in sheet.lines[-FOOT_LINES:] for p in pieces(line)]
    at = next((i for i in range(len(parts) - 2, -1, -1) if starts_office(parts[i].text) and parts[i].text.isupper()), None)
    if at is None or len(parts[at].words) < 2:
        return None
    block = [p for p in parts[at:] if _belongs(p, parts[at])]
    title, name = _title_and_name(block, FOOT)
    if name is None or title is None:
        return None
    said = "at the foot of the lampiran, without place and date"
    return Signature(None, None, _with_note(title, said), _with_note(name, said))


def _with_note(value: Printed, note: str) -> Printed:
    return replace(value, notes=(*value.notes, note))


def _blocks(
    parts: Sequence[Line], place_at: int | None, certifier_at: int | None, along: _Along | None
) -> tuple[list[Line], list[Line]]:
    """The pieces of the signatory's and of the certifier's block, from top to bottom."""
    place = parts[place_at] if place_at is not None else None
    certifier = parts[certifier_at] if certifier_at is not None else None
    aside = place is not None and certifier is not None and abs(place.x0 - certifier.x0) > SIDE
    signed: list[Line] = []
    certified: list[Line] = []
    closed: list[float] = []
    for i, p in enumerate(parts):
        if OTHER_BLOCK.match(p.text):
            closed.append(p.x0)
        if any(abs(p.x0 - x) < COLUMN for x in closed):  # a list of recipients, an announcement in a gazette
            continue
        other_side = along.parts(p, certifier) if along is not None and certifier is not None else None
        if other_side is not None:
            (signed if other_side else certified).append(p)
            continue
        under = certifier_at is not None and i >= certifier_at
        if aside and place is not None and certifier is not None:
            to_certifier = under and _apart(p, certifier) < _apart(p, place)
        else:
            to_certifier = under
        if to_certifier:
            certified.append(p)
        elif place is None or (place_at is not None and i >= place_at and _belongs(p, place)):
            signed.append(p)
    return signed, certified


def _apart(p: Line, anchor: Line) -> float:
    """How far a piece stands from a block, by its left edge or by its centre."""
    return min(abs(p.x0 - anchor.x0), abs(p.cx - anchor.cx))


def _belongs(p: Line, anchor: Line) -> bool:
    return p.x1 > anchor.x0 - 15 and _apart(p, anchor) < REACH


def _signatory(block: Sequence[Line]) -> Signature:
    place = date = None
    rest: list[Line] = []
    for i, p in enumerate(_with_whole_dates(block)):
        text = p.text
        both = PLACE_AND_DATE.match(text)
        if place is None and both:
            value = printed([p])
            place, date = change(value, lambda _: both["place"]), change(value, lambda _: both["date"])  # noqa: B023
        elif place is None and place_label(text):
            place, date = _place(p, date)
        elif date is None and not rest and (date_label(text) or (DATE.fullmatch(text) and i <= 2)):
            date = _date(p)
        elif place is not None and place.text == "" and not rest:
            place = printed([p])
        else:
            rest.append(p)
    title, name = _title_and_name(rest)
    if place is not None and not place.text:
        place = None
    return Signature(place, date, title, name)


def _with_whole_dates(block: Sequence[Line]) -> list[Line]:
    """The pieces, a date that goes on in the next one whole: "pada tanggal 4" and "Desember 2015"."""
    out: list[Line] = []
    for p in block:
        open_date = out and DATE_GOES_ON.search(out[-1].text) and not DATE.search(out[-1].text)
        joined = f"{out[-1].text} {p.text}" if open_date else ""
        match = DATE.search(joined)
        if match and match.end() == len(joined.rstrip(" .,")):
            out[-1] = Line((*out[-1].words, *p.words))
        else:
            out.append(p)
    return out


def _place(p: Line, date: Printed | None) -> tuple[Printed | None, Printed | None]:
    value = printed([p])
    tail = without(place_label(p.text), p.text)
    before, found, after = _split(tail)
    before = ON.sub("", before).strip(" :.,")
    place = value.saying(before) if value is not None else None
    if found and value is not None:
        date = value.saying(after)
    return place, date


def _split(tail: str) -> tuple[str, bool, str]:
    """Place and date where both stand on one line: "Jakarta pada tanggal 22 Maret 2024"."""
    parts = re.split(r"[,\s]+(?:pada\s+)?tanggal\s*:?\s*", tail, maxsplit=1, flags=re.IGNORECASE)
    return (parts[0], True, parts[1].strip(" :.,")) if len(parts) == 2 else (tail, False, "")


def _date(p: Line) -> Printed | None:
    value = change(printed([p]), lambda text: without(date_label(text), text))
    if value is not None and not DATE.search(value.text):
        return replace(value, confidence=INCOMPLETE, notes=("date not complete",))
    return value


def _title_and_name(rest: Sequence[Line], sure: float = 1.0) -> tuple[Printed | None, Printed | None]:
    """The office and the name under it: parted by "ttd", by the room for a signature, or by a closing comma."""
    block = [p for p in rest if not STAFF_NUMBER.match(p.text) and not RANK.match(p.text)]
    stands = [i for i, p in enumerate(block) if STAND_IN.match(p.text)]
    plain = [p for p in block if not STAND_IN.match(p.text)]
    if not plain:
        return None, None
    at, guess = _name_at(block, plain, stands)
    while at < len(plain) and _is_no_name(plain, at):
        at, guess = at + 1, "name guessed: the line after the office"
    title, below = plain[:at], plain[at:]
    if not below:  # the name is not there: it may stand on the next page
        return _office(title, sure, ()), None
    notes = (guess,) if guess else ()
    confidence = min(sure, 0.6) if guess else sure
    names = below[:1]
    if len(below) > 1 and names and names[0].text.endswith(",") and not starts_office(below[1].text):
        names = below[:2]
    name = change(printed(names, confidence, notes), lambda t: SIGNED_NAME.sub("", t).strip(" ()[]").rstrip(","))
    under = below[len(names) :]
    if under and starts_office(under[0].text) and not (title and starts_office(title[0].text)):
        return _office(under[:1], min(sure, 0.8), ("office printed under the name",)), name  # the body signs, its head is named
    return _office(title, confidence, notes), name


def _is_no_name(plain: Sequence[Line], at: int) -> bool:
    """The line goes on with an office: it names a body, or ends in a comma that nothing follows."""
    text = plain[at].text
    return BODY_LINE.match(text) is not None or (text.endswith(",") and at == len(plain) - 1)


def _office(lines: Sequence[Line], confidence: float, notes: Sequence[str]) -> Printed | None:
    value = change(printed(lines, confidence, notes), lambda t: re.sub(r",$", "", t.strip(" :")).strip())
    said = _mixed(value.text) if value is not None else None
    if value is None or said is None:
        return value
    return replace(value, confidence=min(value.confidence, MIXED), notes=(*value.notes, said))


def _mixed(title: str) -> str | None:
    """What shows that an office is not whole, or holds words of the block beside it."""
    if OF_A_COPY.search(title):
        return "words of a certifier's block in the office"
    words = title.split()
    if BODY_LINE.match(title) and not any(starts_office(w) for w in words):
        return "a body without an office"
    if any(
        w.strip(",.").casefold() in HEADS and not LEADS_ON.search(" ".join(words[:i])) for i, w in enumerate(words) if i > 1
    ):
        return "an office inside another one"
    return None


def _name_at(block: Sequence[Line], plain: Sequence[Line], stands: Sequence[int]) -> tuple[int, str | None]:
    """Where the name stands among the plain lines of a block, and what makes it a guess."""
    if stands and 0 < stands[0] < len(plain):
        at = stands[0]
        if at + 1 < len(plain) and BODY_LINE.match(plain[at].text):
            return at + 1, "name guessed: the line after the body's name"
        return at, None
    joined = next((i for i, p in enumerate(plain) if i and SIGNED_NAME.match(p.text)), None)
    if joined is not None:
        return joined, None
    gaps = [b.baseline - a.baseline if a.page == b.page else 0.0 for a, b in pairwise(plain)]
    inner = min((g for g in gaps if g > 0), default=0.0)
    wide = [i for i, g in enumerate(gaps) if g > SIGNATURE_GAP * inner] if len(gaps) > 1 else []
    commas = [i for i, p in enumerate(plain[:-1]) if p.text.endswith(",")]
    if wide:
        return next(i for i in wide if gaps[i] >= 0.5 * max(gaps)) + 1, None
    if commas:
        return commas[-1] + 1, None if len(plain) - commas[-1] <= 2 else "name guessed: the line after the office"
    if len(plain) == 2 and starts_office(plain[0].text) and not starts_office(plain[1].text):
        return 1, None
    return max(0, len(plain) - 1), "name guessed: the last line of the block"


def _certifier(block: Sequence[Line]) -> Signature:
    """The office of the person, without the body it belongs to, and the name."""
    rest = [p for i, p in enumerate(block) if i > 0 and not place_label(p.text) and not date_label(p.text)]
    if rest and not starts_office(rest[0].text) and rest[0].text[:1].islower():  # "dengan aslinya" on a line of its own
        rest = rest[1:]
    if not rest:
        return Signature()
    offices = [i for i, p in enumerate(rest) if starts_office(p.text) and not STAND_IN.match(p.text)]
    if offices:
        begin = offices[0]
        for i in offices[1:]:
            if BEHALF.match(rest[begin].text) or rest[i - 1].text.endswith(","):
                begin = i
        title, name = _title_and_name(rest[begin:])
        return Signature(None, None, title, name)
    bodies = [i for i, p in enumerate(rest) if BODY_LINE.match(p.text)]
    begin = bodies[-1] + 1 if bodies and bodies[-1] + 1 < len(rest) else 0
    title, name = _title_and_name(rest[begin:])
    if title is not None:
        title = replace(title, confidence=min(title.confidence, 0.7), notes=(*title.notes, "office of the certifier guessed"))
    return Signature(None, None, title, name)
