"""Mentions: every place where an instrument is named with its number, cited or standing in another's title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from normalize.dates import find_dates
from normalize.gazettes import GazetteSpan
from normalize.loose import loose, near

_LAW = rf"{loose('undang')}[\s–-]*{loose('undang')}"
_GOVERNMENT = rf"{loose('peraturan')}[\s-]*{loose('pemerintah')}"
# Words that begin an instrument's name, longer ones first: "Peraturan Pemerintah Pengganti Undang-Undang" is one.
_WRITTEN_HEADS = (
    rf"{_LAW}\s+{loose('dasar')}",
    rf"{_GOVERNMENT}[\s-]*{loose('pengganti')}[\s-]*{_LAW}",
    rf"{_LAW}\s+(?:{loose('darurat')}|drt\.?)",
    _LAW,
    _GOVERNMENT,
    rf"{loose('surat')}\s+{loose('keputusan')}(?:\s+bersama)?",
    rf"{loose('surat')}\s+{loose('edaran')}",
    rf"{loose('berita')}\s+{loose('acara')}",
    loose("peraturan"),
    loose("keputusan"),
    loose("instruksi"),
    loose("ketetapan"),
    r"Penetapan\s+Presiden",
    r"nota\s+dinas",
    r"nota\s+kesepahaman",
    r"perjanjian\s+kerja\s*sama",
    r"maklumat",
    r"qanun",
    loose("surat"),
)
# Abbreviations need a word's end on both sides and their capitals: "uu" or "pp" inside a word is nothing.
_SHORT_HEADS = (
    r"UUD(?:\s?NRI)?(?=\s*(?:Tahun\s*)?(?:19|\b))|UU|Perp?pu|PERPP?U|PP|P[Ee][Rr][Pp][Rr][Ee][Ss]|K[Ee][Pp]{1,2}[Rr][Ee][Ss]|I[Nn][Pp][Rr][Ee][Ss]"
    r"|PKPU|Per[Mm]en[A-Za-z-]*|PERMEN[A-Z-]*|Kep[Mm]en[A-Za-z-]*|KEPMEN[A-Z-]*|PMK|KMK|Perda|PERDA|Pergub|PERGUB|Perbup|PERBUP|Perwali?|PERWALI?"
    r"|Kepgub|Kepbup|Kepwali?|Perbawaslu|Perban|Perka|TAP\s+MPRS?|SE\s?(?=Men|Ketua|Sek|Ke)|SE|SK|BA"
)
# A capital behind a small letter begins a word, too: "denganUndang-Undang", "BirokrasiNomor".
_WORD_START = r"(?:(?<![A-Za-z])|(?<=[a-z])(?-i:(?=[A-Z])))"
HEAD = re.compile(
    rf"{_WORD_START}(?:(?i:{'|'.join(_WRITTEN_HEADS)})(?!nya)|(?:{_SHORT_HEADS})(?![A-Za-z])"
    rf"|(?i:{_SHORT_HEADS})(?=\s*(?i:no))|(?i:permen|kepmen)(?=(?:[\s-]+[a-z]+){{1,4}}\s+no))"
)

_NO = rf"(?:{loose('nomor')}|nomer|n[o0]m[ao]r|nornor|no(?=[\s.:]))(?![A-Za-z]{{2}})"
# A number: parts tied by slashes, dots or hyphens, with a digit somewhere; blanks only around the ties.
_PART = r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*\.?"
_TIE = r"(?:\s?/\s?|\s?[-–]\s?(?=[A-Za-z0-9./]*/|BA|Kpt|[0-9])|(?<=\.)\s?(?=[0-9])|\s[Il|]\s(?=[A-Z0-9.]+\s?[/Il|]))"
_NUMBER = rf"(?:SP\s?)?(?=[A-Za-z./\s–-]{{0,30}}\d|[IVX]+/|\d){_PART}(?:{_TIE}{_PART})*"
# Digits of one number that a blank has parted ("Nomor 1 2 Tahun").
_SPLIT_DIGITS = r"\d{1,3}(?:\s\d{1,2}){1,2}"
_SPLIT = _SPLIT_DIGITS + r"(?=\s*tahun\s)"
_TAHUN = r"[\"'“”]?(?:tahun|thn\.?|th\b\.?|t\s?a\s?h\s?u\s?n|t[a-z]{2,4}n|[a-z]{1,2}h[a-z]{2,3})\s*[:.]?\s*"
_YEAR = r"(?P<year>[12](?:\s?[0-9OoIl]){3})(?![0-9/])"
_DRT = r"(?:\s*(?:/\s*)?Drt\.?)?"
ANCHOR = re.compile(
    rf"{_WORD_START}{_NO}\s*[.:]{{0,2}}\s*(?P<number>{_SPLIT}|(?!tahun|tentang|tanggal){_NUMBER}){_DRT}"
    rf"(?P<more>(?:\s*(?:,|dan|&|serta|s\.d\.)\s*(?:{_NO}\s*[.:]?\s*)?\d{{1,3}}(?=\s*(?:,|dan|&|tahun|thn)))*)"
    rf"(?:\s*,?\s*{_TAHUN}{_YEAR}|\s+{_YEAR.replace('year', 'bare_year')})?",
    re.IGNORECASE,
)
# The word Nomor is missing: "Undang-Undang 28 Tahun 1999", "UU 7/2017".
_BARE_ANCHOR = re.compile(
    rf"(?<=\s)(?<![\d./])(?P<number>\d{{1,4}})(?P<more>)(?P<bare_year>)(?:\s+(?:tahun|thn\.?)\s*|\s?/\s?(?=[12][09]))"
    rf"{_YEAR}",
    re.IGNORECASE,
)
_GLUED_WORD = re.compile(r"(?:tahun|tentang|tanggal|perihal)\.?.*$", re.IGNORECASE)
_GLUED_YEAR = re.compile(r"tahun\.?\s*([12]\d{3})", re.IGNORECASE)
_DIGIT_SLIPS = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "L": "1", "|": "1"})
_ALMOST_DIGITS = re.compile(r"(?=.*\d)[\dOoIlL|]{1,4}")
_YEAR_IN_NUMBER = re.compile(r"[/-]((?:19|20)\d{2})$")
_CONSTITUTION = re.compile(r"(?P<name>.*?)\b(?:tahun\s*)?(?P<year>1945)", re.IGNORECASE | re.DOTALL)
# The longest printed name known ("Peraturan Menteri Perencanaan ... /Kepala Badan ...") has some 130 letters.
_LONGEST_NAME = 170
# Between a name's head and its number stand words only. A date may stand there too, a title may not.
_NO_NAME = re.compile(
    rf"[;()]|\bt[ae]n?t[ae]n?g\b|\b(?:perihal|diubah|dengan|bahwa|perlu)\b|{loose('tentang')}\s", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,|dan|serta|,\s*dan)\s*")
_DATED = re.compile(r"\s*(?:,\s*)?(?:yang\s+)?(?:ter)?tanggal\b", re.IGNORECASE)
_ACT_WORDS = (("peraturan", 2), ("keputusan", 2), ("undang", 1), ("instruksi", 2))
# A letter-like instrument may be cited by its date alone.
_DATABLE = re.compile(r"surat|berita|nota|se\b|ba\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """An instrument's printed name and number (null: none is printed). `end` is where number and year end."""

    name: str
    number: str | None
    year: int | None
    start: int
    end: int
    notes: tuple[str, ...]


def find_mentions(text: str, gazettes: list[GazetteSpan]) -> list[Mention]:
    """Every mention in the text, in order of printing; numbers of gazettes are none."""
    mentions: list[Mention] = []
    heads = [m for m in HEAD.finditer(text) if not _inside(m.start(), gazettes)]
    anchors = [*ANCHOR.finditer(text), *_BARE_ANCHOR.finditer(text)]
    for anchor in sorted(anchors, key=lambda match: (match.start(), -match.end())):
        if _inside(anchor.start(), gazettes):
            continue
        before = mentions[-1].end if mentions else 0
        if anchor.start() < before or not any(c.isdigit() for c in anchor["number"]):
            continue
        found = _named(text, anchor, heads, before)
        numbered = anchor.re is ANCHOR
        if found is None and numbered and mentions and _AND.fullmatch(text, before, anchor.start()):
            found = mentions[-1].name, anchor.start(), ("name-from-the-instrument-before",)
        if found:
            mentions.extend(_mentions_at(anchor, *found))
    mentions.extend(_without_number(text, heads, mentions))
    return sorted(mentions, key=lambda mention: (mention.start, mention.end))


def _inside(at: int, gazettes: list[GazetteSpan]) -> bool:
    return any(span.start <= at < span.end for span in gazettes)


def _named(
    text: str, anchor: re.Match[str], heads: list[re.Match[str]], before: int
) -> tuple[str, int, tuple[str, ...]] | None:
    """The name that belongs to a number: from the nearest head before it, if only a name stands between."""
    for head in reversed([h for h in heads if before <= h.start() and h.end() <= anchor.start()]):
        between = text[head.end() : anchor.start()]
        if anchor.start() - head.start() > _LONGEST_NAME or _NO_NAME.search(between):
            break
        return _DATED.split(text[head.start() : anchor.start()])[0], head.start(), ()
    if anchor.re is not ANCHOR:
        return None
    window = text[max(before, anchor.start() - _LONGEST_NAME) : anchor.start()]
    cut = max((m.end() for m in _NO_NAME.finditer(window)), default=0)
    for word in re.finditer(r"\S+", window):
        if word.start() >= cut and any(near(word[0], model, slips) for model, slips in _ACT_WORDS):
            start = anchor.start() - len(window) + word.start()
            return text[start : anchor.start()], start, ("name-read-through-slips",)
    return None


def _mentions_at(anchor: re.Match[str], name: str, start: int, notes: tuple[str, ...]) -> list[Mention]:
    number, end = anchor["number"], anchor.end()
    glued = _GLUED_WORD.search(number)  # "28Tahun", "15/KPU/2020tentang": the blank is missing
    year_text = anchor["year"] or anchor["bare_year"]
    if glued and glued.start():
        end = anchor.start("number") + glued.start()
        rest = _GLUED_YEAR.match(anchor.string, end)
        end = rest.end() if rest else end
        year_text = rest[1] if rest else None
        number = number[: glued.start()]
    else:
        glued = None
    if re.search(r"\s[Il|]\s", number):  # slashes that OCR took for letters
        number, notes = re.sub(r"\s[Il|]\s", "/", number), (*notes, "digit-slip")
    if re.fullmatch(_SPLIT_DIGITS, number):
        notes = (*notes, "digit-slip")
    number = re.sub(r"\s+", "", number).rstrip(".-–/") if "DIPA" not in number else number.strip()
    if _ALMOST_DIGITS.fullmatch(number) and not number.isdigit():
        number, notes = number.translate(_DIGIT_SLIPS), (*notes, "digit-slip")
    year_text = re.sub(r"\s", "", year_text) if year_text else None
    year = int(year_text.translate(_DIGIT_SLIPS)) if year_text else None
    if year_text and not year_text.isdigit():
        notes = (*notes, "digit-slip")
    if year is None and (inside := _YEAR_IN_NUMBER.search(number)):
        year = int(inside[1])
    if year is None and (dates := find_dates(anchor.string[end : end + 60])) and dates[0].start <= len("  tertanggal : "):
        year = dates[0].date.year
    numbers = [number, *([] if glued else re.findall(r"\d{1,3}", anchor["more"] or ""))]
    return [Mention(name, item, year, start, end, notes) for item in numbers]


def _without_number(text: str, heads: list[re.Match[str]], numbered: list[Mention]) -> list[Mention]:
    """The constitution, and letters or minutes that are cited by their date alone."""
    result: list[Mention] = []
    for head in heads:
        if any(m.start <= head.start() < m.end for m in numbered):
            continue
        rest = text[head.start() : head.start() + 90]
        if re.match(r"uud|" + _LAW + r"\s+" + loose("dasar"), rest, re.IGNORECASE):
            match = _CONSTITUTION.match(rest)
            end = head.start() + match.end() if match else head.end()
            result.append(Mention("Undang-Undang Dasar", None, 1945, head.start(), end, ()))
        elif _DATABLE.match(head[0]):
            rest = text[head.start() : head.start() + _LONGEST_NAME]
            dated = _DATED.search(rest)
            if not dated or _NO_NAME.search(rest[: dated.start()]):
                continue
            dates = find_dates(rest[dated.start() :])
            if dates and dates[0].start <= len("  tertanggal : "):
                end = head.start() + dated.start() + dates[0].end
                if not any(m.start < end and head.start() < m.end for m in numbered):
                    result.append(Mention(rest[: dated.start()], None, dates[0].date.year, head.start(), end, ("no-number",)))
    return result
