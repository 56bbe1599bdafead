"""Citations: the instruments that a paragraph cites, in order, with title, relation and gazettes as printed.

Find, then resolve: gazettes and mentions are found first (`gazettes`, `mentions`); then each mention is judged to be a
citation of its own or part of the title before it; then titles are cut, gazettes dealt out, ids resolved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from normalize.gazettes import Gazette, GazetteSpan, find_gazettes
from normalize.instrument_ids import conflicts, instrument_id
from normalize.instrument_types import type_of_phrase
from normalize.loose import letters, loose, near
from normalize.mentions import Mention, find_mentions
from normalize.register import register

__all__ = ["Citation", "Gazette", "find_citations"]

Relation = Literal["cited", "amended_by"]

# "tentang" or "perihal" between number and title; a date, the state or a short bracket may stand before it.
_ABOUT = re.compile(
    rf"(?P<lead>[^;]{{0,70}}?)(?<![A-Za-z])(?:{loose('tentang')}|tetang|tentng|ttn?g\.?|te[nr]t[a^]ng|{loose('perihal')}|hal(?=\s*[.:])|mengenai)(?-i:(?![a-z]))\s*[.:]?\s*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"[\s,.:]*(?:(?:republik\s+indonesia|tahun\s+\d{4}|(?:ter)?tanggal\s.{3,40}|\([^)]{1,40}\))[\s,.:]*)*",
    re.IGNORECASE | re.DOTALL,
)
# Words that end a title wherever they stand.
_CLOSERS = re.compile(
    rf";|[\s,]+(?:{loose('sebagaimana')}|jo\.?\s|jis\.?\s|juncto\b|(?:yang\s+)?(?:telah|terakhir|kemudian)\s+(?:beberapa\s+kali\s+)?"
    rf"(?:{loose('diubah')}|dirubah|dirobah|dicabut|diganti)|(?:dan\s+)?terakhir\s+dengan|(?:{loose('diubah')}|dirubah)\s+(?:terakhir\s+)?dengan)",
    re.IGNORECASE,
)
# Words that lead from the cited instrument back into the sentence around it.
_PROSE = re.compile(
    r",\s*(?:perlu|maka|setiap|sehingga|dinyatakan|dipandang|bahwa|untuk|guna|diperlukan|agar|merupakan|dapat|wajib|harus|telah|yang|"
    r"ditetapkan|dibentuk|menyatakan|terdapat|dilakukan|dalam\s+rangka|dan\s+(?:untuk|dalam\s+rangka|berdasarkan)|serta\s+(?:untuk|berdasarkan)|"
    r"sudah|tidak|dengan\s+ini|menindaklanjuti|mengamanatkan)\b"
    r"|\s+(?:perlu\s+(?:me|di)|menyatakan\s+bahwa|sebagai\s+(?:acuan|pedoman|dasar|tindak)|mengamanatkan|"
    r"dan\s+(?:berdasarkan|sesuai|dalam\s+rangka|untuk\s+melaksanakan))\b",
    re.IGNORECASE,
)
# In a consideration, "X tentang Y, Komisi Pemilihan Umum Kota Z menyusun ..." ends the title before the acting office.
_ACTOR = re.compile(
    r",\s*(?=(?:Komisi|KPU|Sekretariat|Pemerintah|Ketua|Kepala|Pejabat)\b[^,;]{0,120}?\s"
    r"(?:perlu|menyusun|wajib|berkewajiban|melakukan|menetapkan|membuat|membentuk|melaksanakan|bertugas|telah|harus|dapat)\b)"
)
# The next provision a consideration rests on; in a title ("Pelaksanaan Pasal 5 dan Pasal 6 ...") the same words go on.
_NEXT_PROVISION = re.compile(r"[\s,]+(?:dan|serta)\s+(?:ketentuan\s+)?(?:dalam\s+)?Pasal\s+\d", re.IGNORECASE)
_CONSIDERATION = re.compile(r"\s*(?:[a-z0-9]{1,2}\.\s*)?bahwa\b", re.IGNORECASE)
_CHANGED = re.compile(rf"{loose('diubah')}|\bdi\s?r[uo]bah\b|{loose('terakhir')}\s+dengan", re.IGNORECASE)
_REPLACED = re.compile(r"\b(?:dicabut|diganti(?:kan)?)\b[^;]*\b(?:dengan|oleh)\b", re.IGNORECASE)
# Between two instruments that stand side by side.
_SIDE_BY_SIDE = re.compile(r"(?:,|;|\bdan|\bserta|\bjo\.?|\bjuncto|\bjis\.?|\bmaupun|&|\bdan/atau)\s*$", re.IGNORECASE)
_PLAIN_AND = re.compile(r"[\s,)]*(?:dan|serta|,)?\s*", re.IGNORECASE)
# A gazette of the instrument inside the title: the title goes on behind it.
_TITLE_GOES_ON = re.compile(r"\s*\)?\s*(?:sebagai|menjadi)\s+" + loose("undang"), re.IGNORECASE)
_LIST_LABEL = re.compile(r"\s+(?:dan\s+)?(?:[a-z]|\d{1,2})\.\s*$")
_LONG_WORD = re.compile(r"\b\w{8,14}\b")
_TEXTS_KEPT = 4_000  # paragraphs whose citations are kept, some 8 MB: offices cite the same laws in the same words
# A printed title counts as the registered one, to find its end in running prose, from this likeness on.
_TITLE_FOUND = 92.0
_REVIEW_BELOW = 0.8
# What a note takes from the confidence of 1: a reading through slips more than an odd print.
_COSTS = {
    "name-read-through-slips": 0.35,
    "type-read-through-slips": 0.15,
    "digit-slip": 0.25,
    "no-number": 0.1,
    "no-year": 0.25,
    "year-from-register": 0.0,
    "no-title": 0.0,
    "gazette-slip": 0.1,
    "gazette-series-unexpected": 0.1,
    "gazette-differs-from-register": 0.1,
    "title-differs-from-register": 0.05,
    "name-from-the-instrument-before": 0.1,
    "title-end-guessed": 0.1,
    "beside-a-title": 0.15,
    "replaced": 0.0,
}
OF_PRINT = frozenset({"gazette-series-unexpected", "gazette-differs-from-register", "title-differs-from-register"})
"""Notes that a citation is printed otherwise than it is known: of what stands there, not of how it was read."""

_ALWAYS_REVIEW = frozenset(
    {"gazette-series-unexpected", "gazette-differs-from-register", "digit-slip", "no-year", "gazette-slip"}
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited instrument. `start` and `end` bound all that was printed of it, gazettes included.

    `notes` are stable words: what was read through slips, what the register or the series rule has otherwise.
    """

    type: str
    number: str | None
    year: int | None
    title: str | None
    relation: Relation
    gazettes: tuple[Gazette, ...]
    instrument_id: str | None
    start: int
    end: int
    confidence: float
    needs_review: bool
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    """A citation while its title and gazettes are still being collected."""

    mention: Mention
    relation: Relation
    notes: list[str]


@lru_cache(_TEXTS_KEPT)
def find_citations(text: str) -> tuple[Citation, ...]:
    """Every instrument that a paragraph cites, in order of printing.

    An instrument named inside another one's title is part of that title. The decree to be issued itself ("perlu
    menetapkan Keputusan ... tentang ...") has no number and is none.
    """
    gazettes = find_gazettes(text)
    own: list[_Open] = []
    for mention in find_mentions(text, gazettes):
        if not own:
            own.append(_Open(mention, "cited", []))
            continue
        verdict = _judge(text, own[-1], mention, gazettes)
        if verdict is not None:
            own.append(verdict)
    result: list[Citation] = []
    for place, item in enumerate(own):
        # "Nomor 25 dan 26 Tahun 2020 tentang X": both carry what follows.
        later = [other.mention.start for other in own[place + 1 :] if other.mention.start > item.mention.start]
        limit = later[0] if later else len(text)
        result.append(_finish(text, item, max(limit, item.mention.end), gazettes))
    return tuple(result)


def _title_start(text: str, mention: Mention, limit: int) -> int | None:
    about = _ABOUT.match(text, mention.end, limit)
    if about and _LEAD.fullmatch(about["lead"]):
        return about.end()
    word = re.compile(r"\s*(\S{5,10})\s+").match(text, mention.end, limit)  # "tentarlg", "tertta:ng"
    return word.end() if word and near(word[1], "tentang", 2) else None


def _judge(text: str, before: _Open, mention: Mention, gazettes: list[GazetteSpan]) -> _Open | None:
    """The mention as a citation of its own, null when it belongs to the title of the one before it."""
    if mention.start == before.mention.start:  # "Nomor 25 dan 26 Tahun 2020"
        return _Open(mention, before.relation, [])
    begin = before.mention.end
    title_start = _title_start(text, before.mention, mention.start)
    closed = _closed_at(text, title_start or begin, mention.start, gazettes)
    gap = text[closed if closed is not None else begin : mention.start]
    if closed is not None or title_start is None:
        return _Open(mention, _relation(gap, before), ["replaced"] if _REPLACED.search(gap) else [])
    if _SIDE_BY_SIDE.search(gap) and not _inner_list(text, title_start, mention, gazettes):
        relation: Relation = before.relation if _PLAIN_AND.fullmatch(gap[-6:]) else "cited"
        return _Open(mention, relation if before.relation == "amended_by" else "cited", ["beside-a-title"])
    return None


def _closed_at(text: str, begin: int, end: int, gazettes: list[GazetteSpan]) -> int | None:
    """Where the title that is open at `begin` is closed before `end`, null when it runs on."""
    ends = [span.start for span in _own_gazettes(text, begin, end, gazettes)]
    closers = [_CLOSERS, _PROSE, *([_NEXT_PROVISION] if _CONSIDERATION.match(text) else [])]
    ends += [match.start() for pattern in closers if (match := pattern.search(text, begin, end))]
    ends += [match.start() for match in [_slipped_connective(text, begin, end)] if match]
    return min(ends) if ends else None


def _is_inner(text: str, span: GazetteSpan, gazettes: list[GazetteSpan]) -> bool:
    """True for a gazette behind whose bracket the title goes on ("... Sebagai Undang-Undang")."""
    return any(
        span.start <= other.start and ")" not in text[span.end : other.start] and _TITLE_GOES_ON.match(text, other.end)
        for other in gazettes
    )


def _slipped_connective(text: str, begin: int, end: int) -> re.Match[str] | None:
    """A misprinted "sebagaimana" before "diubah ... dengan"."""
    for word in _LONG_WORD.finditer(text, begin, end):
        if near(word[0], "sebagaimana", 3) and letters(word[0]) != "sebagaimana":
            return word
    return None


def _relation(gap: str, before: _Open) -> Relation:
    """The relation that the words between two citations give to the second."""
    tail = gap.rsplit(";", 1)[-1]
    if _REPLACED.search(tail) and not _CHANGED.search(tail):
        return "cited"
    if _CHANGED.search(tail) or any(near(word, "diubah", 1) for word in re.findall(r"\w{5,8}", tail)):
        return "amended_by"
    if before.relation == "amended_by" and ";" not in gap:
        joint = re.sub(r"^.*\)", "", gap, flags=re.DOTALL)
        if _PLAIN_AND.fullmatch(joint):
            return "amended_by"  # "sebagaimana telah diubah dengan A dan B"
    return "cited"


def _inner_list(text: str, title_start: int, mention: Mention, gazettes: list[GazetteSpan]) -> bool:
    """True when the title lists instruments ("Pencabutan UU Nomor 1 Tahun 1960 dan UU Nomor 2 Tahun 1961")."""
    inner = [m for m in find_mentions(text[title_start : mention.start], []) if m.number]
    if not inner:
        return False
    behind = text[title_start + inner[-1].end : mention.start]
    return bool(_PLAIN_AND.fullmatch(behind))


def _finish(text: str, item: _Open, limit: int, gazettes: list[GazetteSpan]) -> Citation:
    """The citation with its title cut, its gazettes dealt to it and its id resolved."""
    mention = item.mention
    kind = type_of_phrase(mention.name)
    notes = [*mention.notes, *item.notes]
    title_start = _title_start(text, mention, limit)
    stop = _closed_at(text, title_start or mention.end, limit, gazettes)
    title, title_end = None, mention.end
    if title_start is not None:
        title_end, guessed = _title_end(text, title_start, stop if stop is not None else limit, kind.slug, mention)
        title = _clean_title(text[title_start:title_end])
        notes += ["title-end-guessed"] if guessed else []
    mine = _own_gazettes(text, title_start or mention.end, limit, gazettes)
    notes += ["gazette-slip"] if any(not span.exact for span in mine) else []
    notes += ["type-read-through-slips"] if not kind.exact else []
    notes += ["no-year"] if mention.year is None else []
    printed = tuple(span.gazette for span in mine)
    id_, id_notes = instrument_id(kind, mention.number, mention.year, title)
    notes += [*id_notes, *conflicts(kind, id_, title, printed)]
    notes = list(dict.fromkeys(notes))
    confidence = round(max(0.1, 1.0 - sum(_COSTS.get(note, 0.1) for note in notes)), 3)
    end = max([title_end, mention.end, *(span.end for span in mine)])
    end += 1 if mine and text[end : end + 1] == ")" else 0
    return Citation(
        type=kind.type,
        number=mention.number,
        year=mention.year,
        title=title,
        relation=item.relation,
        gazettes=printed,
        instrument_id=id_,
        start=mention.start,
        end=end,
        confidence=confidence,
        needs_review=confidence < _REVIEW_BELOW or bool(_ALWAYS_REVIEW & set(notes)),
        notes=tuple(notes),
    )


def _own_gazettes(text: str, begin: int, limit: int, gazettes: list[GazetteSpan]) -> list[GazetteSpan]:
    """The gazettes of the instrument whose title begins there, without those of an instrument inside the title."""
    return [span for span in gazettes if begin <= span.start < limit and not _is_inner(text, span, gazettes)]


def _title_end(text: str, start: int, stop: int, slug: str, mention: Mention) -> tuple[int, bool]:
    """Where the title ends, and whether that is a guess (only in running prose)."""
    if not _CONSIDERATION.match(text):
        return stop, False
    known = register().get(f"{slug}-{mention.number}-{mention.year}")
    if known is not None and (end := _end_of_known_title(text, start, stop, known.title)) is not None:
        return end, False
    actor = _ACTOR.search(text, start, stop)
    return (actor.start(), True) if actor else (stop, False)


def _end_of_known_title(text: str, start: int, stop: int, title: str) -> int | None:
    """Where the registered title ends in the text, null when another title is printed."""
    wanted = letters(title)
    places = [at for at in range(start, stop) if text[at].isascii() and text[at].isalpha()]
    if len(places) < len(wanted):
        return None
    printed = "".join(text[at] for at in places[: len(wanted)]).lower()
    if fuzz.ratio(printed, wanted) < _TITLE_FOUND:
        return None
    rest = re.compile(r"\w*(?:\s*\([^)]{1,8}\))?").match(text, places[len(wanted) - 1] + 1, stop)
    return rest.end() if rest else places[len(wanted) - 1] + 1


def _clean_title(text: str) -> str | None:
    title = re.sub(r"\s+", " ", text).strip()
    title = re.sub(r"[\s,;.:(\[{]+$", "", title)
    if title.count(")") == 0 and "(" in title:
        title = re.sub(r"\s*\([^)]*$", "", title)
    # A conjunction that led over to the next instrument is no part of the title.
    title = re.sub(r"[\s,]+(?:dan|serta|maupun|jo)$", "", _LIST_LABEL.sub("", title), flags=re.IGNORECASE)
    return title.strip(' ,;:“”"') or None
