"""Sets the decree itself: head, considerations, legal bases, diktum, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.press.decree import Decree, Paragraph, citation_text
from tests.press.ink import MM
from tests.press.layout import ProseStyle
from tests.press.lines import Line, Type, wrap
from tests.press.sheets import Sheets

_EMBLEM = 18 * MM  # height of the emblem
_SIGN_AT = 0.52  # where the signatory's column begins, of the text width
_SIGN_GAP = 2.2  # lines left for a hand and a seal


@dataclass(frozen=True, slots=True)
class _Item:
    """A paragraph with what stands left of it on its first line."""

    label: str
    colon: str
    mark: str
    text: str
    bold: bool = False


class ProseSetter:
    """Writes lines of prose down the pages."""

    def __init__(self, sheets: Sheets, style: ProseStyle) -> None:
        """Write on `sheets` in the manner of `style`."""
        self.sheets = sheets
        self.style = style
        self.step = style.size * style.leading
        self.body = Type(style.face.regular, style.size, style.hyphenate, style.cut_compounds)
        self.plain = Type(style.face.regular, style.size)
        self.strong = Type(style.face.bold, style.size)

    def decree(self, decree: Decree) -> None:
        """The whole decree, on pages of its own."""
        self._head(decree)
        self._list("Menimbang", decree.considerations)
        bases = [Paragraph(f"{i}.", citation_text(c)) for i, c in enumerate(decree.bases, 1)]
        self._list("Mengingat", bases)
        if decree.observing:
            self._list("Memperhatikan", decree.observing)
        self._room_for(3)
        self.gap(0.5)
        self.centred(self.style.memutuskan, bold=self.style.head_bold)
        self.gap(0.5)
        self._items([_Item("Menetapkan", ":", "", decree.decides)])
        for dictum in decree.dictums:
            self._items([_Item(dictum.label, ":", "", dictum.text)])
        self.gap(1)
        self.signatures(decree, certifier=self.style.certifier)

    def gap(self, lines: float) -> None:
        """Leave room of so many lines."""
        self.sheets.y += lines * self.step

    def _room_for(self, lines: float, catch: str = "") -> None:
        if self.sheets.y + lines * self.step > self.sheets.bottom:
            self.sheets.turn_over(catch)

    def centred(self, text: str, *, bold: bool, width: float | None = None) -> None:
        """A text in centred lines."""
        type_ = self.strong if bold else self.body
        for line in wrap(text, width or self.sheets.width, Type(type_.font, type_.size)):
            self._room_for(1)
            x = self.sheets.left + (self.sheets.width - type_.width(line.text)) / 2
            self._put(x, line.text, type_)

    def _put(self, x: float, text: str, type_: Type) -> None:
        self.sheets.ink.text(x, self.sheets.y + self.step * 0.8, text, type_.font, type_.size)
        self.sheets.y += self.step

    def _head(self, decree: Decree) -> None:
        style, sheets = self.style, self.sheets
        if style.salinan != "none":
            self._salinan()
        if style.emblem:
            _draw_emblem(sheets, sheets.y)
            sheets.y += _EMBLEM + self.step * 0.6
        for line in decree.office:
            self.centred(line, bold=style.head_bold)
        self.gap(0.6)
        self.centred(f"KEPUTUSAN {decree.institution}", bold=style.head_bold, width=sheets.width * 0.85)
        self.centred(f"NOMOR{' :' if style.number_colon else ''} {decree.number_raw}", bold=style.head_bold)
        self.gap(0.4)
        self.centred("TENTANG", bold=style.head_bold)
        self.gap(0.4)
        self.centred(decree.title, bold=style.head_bold, width=sheets.width * 0.86)
        self.gap(0.6)
        if style.grace:
            self.centred("DENGAN RAHMAT TUHAN YANG MAHA ESA", bold=style.head_bold)
            self.gap(0.4)
        self.centred(f"{decree.signed.title},", bold=style.head_bold)
        self.gap(0.8)

    def _salinan(self) -> None:
        sheets = self.sheets
        wide = self.strong.width("SALINAN")
        x, y = sheets.right - wide, sheets.y - 2 * MM
        sheets.ink.text(x, y, "SALINAN", self.strong.font, self.strong.size)
        if self.style.salinan == "boxed":
            sheets.ink.box(x - 5, y - self.strong.size - 1, sheets.right + 5, y + 5, 1.2, "000000")

    def _list(self, label: str, paragraphs: Sequence[Paragraph]) -> None:
        if self.style.label_upper:
            label = label.upper()
        bold = self.style.label_bold
        items = [_Item("", "", _mark(p.label), p.text) for p in paragraphs]
        head = items[0]
        if self.style.konsideran == "alone":
            self._room_for(2, f"{label} :")
            type_ = self.strong if bold else self.body
            self._put(self.sheets.left, f"{label} :", type_)
        else:
            colon = {"columns": ":", "tab": " :", "glued": ":"}[self.style.konsideran]
            apart = self.style.konsideran == "columns"
            items[0] = _Item(label if apart else label + colon, colon if apart else "", head.mark, head.text, bold)
        self._items(items)

    def _items(self, items: Sequence[_Item]) -> None:
        stops = [self.sheets.left + s * MM for s in self.style.stops]
        if self.style.konsideran == "alone" and items[0].mark:
            stops = [stops[0], stops[0], stops[0] + 4 * MM, stops[0] + 12 * MM]
        for item in items:
            text_at = stops[3] if item.mark else stops[2]
            width = self.sheets.right - text_at
            for i, line in enumerate(wrap(item.text, width, self.body)):
                self._room_for(1, self._catch(item, line, first=i == 0))
                y = self.sheets.y + self.step * 0.8
                if i == 0:
                    label_type = self.strong if item.bold else self.body
                    self.sheets.ink.text(stops[0], y, item.label, label_type.font, label_type.size)
                    self.sheets.ink.text(stops[1], y, item.colon, self.body.font, self.body.size)
                    self.sheets.ink.text(stops[2], y, item.mark, self.body.font, self.body.size)
                self._body_line(text_at, y, line, width)
            self.gap(0.25)

    def _body_line(self, x: float, baseline: float, line: Line, width: float) -> None:
        if self.style.justify and not line.ends:
            self.sheets.ink.justified(x, baseline, line.text, self.body.font, self.body.size, width)
        else:
            self.sheets.ink.text(x, baseline, line.text, self.body.font, self.body.size)
        self.sheets.y += self.step

    def _catch(self, item: _Item, line: Line, *, first: bool) -> str:
        word = line.text.split(" ")[0]
        if self.sheets.style.catchword == "item" and first:
            return item.label.rstrip(" :") or f"{item.mark} {word}".strip()
        return word

    def paragraph(self, text: str, mark: str = "", indent: float = 0.0) -> None:
        """A paragraph of a narrative, with a number before it where `mark` is given."""
        x = self.sheets.left + indent
        text_at = x + 8 * MM if mark else x
        width = self.sheets.right - text_at
        for i, line in enumerate(wrap(text, width, self.body)):
            self._room_for(1, f"{mark} {line.text.split(' ')[0]}".strip())
            if i == 0 and mark:
                self.sheets.ink.text(x, self.sheets.y + self.step * 0.8, mark, self.body.font, self.body.size)
            self._body_line(text_at, self.sheets.y + self.step * 0.8, line, width)
        self.gap(0.25)

    def heading(self, text: str) -> None:
        """A heading of a narrative at the left."""
        self._room_for(3)
        self.gap(0.3)
        self._put(self.sheets.left, text, self.strong)

    def signatures(self, decree: Decree, *, certifier: bool) -> None:
        """Place, date and signatory at the right; who certified the copy below or beside."""
        side = self.style.signatures == "side"
        right = self._signatory_lines(decree)
        left = self._certifier_lines(decree) if certifier and decree.certified else []
        need = (max(len(right), len(left) if side else 0) + _SIGN_GAP) + (0 if side else len(left) + _SIGN_GAP)
        self._room_for(min(need, 22))
        top = self.sheets.y
        x = self.sheets.left + self.sheets.width * _SIGN_AT
        low = self._column(x, top, right)
        if left:
            low = max(low, self._column(self.sheets.left, top if side else low + self.step * 0.5, left))
        self.sheets.y = low

    def _signatory_lines(self, decree: Decree) -> list[str]:
        room = self.sheets.width * (1 - _SIGN_AT)
        place, day = self.style.place_prefix
        title = [line.text for line in wrap(f"{decree.signed.title},", room, self.plain)]
        return [f"{place} {decree.place}", f"{day} {decree.date_text}", *title, "", "ttd.", "", decree.signed.name]

    def _certifier_lines(self, decree: Decree) -> list[str]:
        assert decree.certified is not None
        room = self.sheets.width * (_SIGN_AT - 0.06)
        office = [line.text for line in wrap(decree.certified.office or "", room, self.plain)]
        title = [line.text for line in wrap(f"{decree.certified.title},", room, self.plain)]
        return ["Salinan sesuai dengan aslinya", *office, *title, "", "", "", decree.certified.name]

    def _column(self, x: float, y: float, lines: Sequence[str]) -> float:
        for line in lines:
            self.sheets.ink.text(x, y + self.step * 0.8, line, self.body.font, self.body.size)
            y += self.step
        return y


def _mark(label: str) -> str:
    return f"{label}." if label and not label.endswith(".") else label


def _draw_emblem(sheets: Sheets, top: float) -> None:
    """A made-up emblem: a shield under two wings, in paths."""
    cx = (sheets.left + sheets.right) / 2
    h = _EMBLEM
    for side in (-1, 1):
        for k in range(5):
            y = top + h * (0.1 + 0.13 * k)
            tip = cx + side * h * (0.62 - 0.07 * k)
            sheets.ink.polygon([(cx, y), (tip, y - h * 0.08), (tip - side * h * 0.06, y + h * 0.05)], "B8860B")
    shield = [(-0.2, 0.25), (0.2, 0.25), (0.2, 0.65), (0.0, 0.95), (-0.2, 0.65)]
    sheets.ink.polygon([(cx + a * h, top + b * h) for a, b in shield], "8B0000")
    sheets.ink.polygon([(cx + a * h * 0.5, top + (b * 0.5 + 0.28) * h) for a, b in shield], "FFFFFF")
    sheets.ink.disc(cx, top + h * 0.12, h * 0.1, "B8860B")
