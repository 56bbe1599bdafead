"""Citations with the words around them and with their own doubt: what the rules about legal bases look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from audit.claims import SURE_FROM
from audit.dossier import Citation, Corpus, Dossier, Text
from audit.rules.legal_knowledge import knowledge
from normalize.citations import OF_PRINT, find_citations
from normalize.data_files import rows
from normalize.instrument_types import type_of_phrase
from normalize.loose import letters
from normalize.register import SAME_TITLE, register, titles
from normalize.review import REVIEW_BELOW

LISTED = ("mengingat", "lampiran")
"""Parts that list legal bases, one in a paragraph."""
# Notes of the reading that say what is printed otherwise than known, not that it was read with doubt.
_HARMLESS = frozenset({"no-title", "replaced", "year-from-register"})
_TOKEN = re.compile(r"[A-Za-z]+")
_LONGEST_ACRONYM = 5  # letters: "WBBM", "SAKIP"
_OFFICES = 2  # offices of which one at least is not the decree's own
_SLIP = 1  # digits that OCR may have got wrong in a number
_ABOUT = re.compile(r"\btentang\b", re.IGNORECASE)
_PART_OF_TITLE = 15  # letters from which on a part of a title tells which instrument it is


@dataclass(frozen=True, slots=True)
class Basis:
    """A citation in its place.

    Attributes:
        citation: as the tables have it.
        text: the citation; its doubt is that of its reading alone, without what a rule itself disputes.
        where: its place, for the reader: "Mengingat 6".
        before: words of its paragraph between the citation before it and itself.
        after: words of its paragraph behind it, up to the next citation.
        scanned: it was read by OCR, so that a digit may be wrong that looks right.
    """

    citation: Citation
    text: Text
    where: str
    before: str
    after: str
    scanned: bool

    @property
    def id(self) -> str | None:
        """Canonical id of the instrument."""
        return self.citation.instrument_id

    @property
    def name(self) -> str:
        """Its short name: "UU 5/2014"."""
        kind = self.citation.type or ""
        return _short(kind, self.citation.number or "?", self.citation.year)

    @property
    def item(self) -> tuple[str, int]:
        """The paragraph that it stands in."""
        return self.citation.part, self.citation.item_order

    @property
    def clean(self) -> bool:
        """It was read without doubt."""
        return self.text.confidence >= SURE_FROM and not self.text.doubtful

    def part_of_text(self, said: str) -> Text:
        """Some words of it as a text of their own, at its place."""
        return replace(self.text, text=said)


@dataclass(frozen=True, slots=True)
class Case:
    """A document with its legal bases, among the others.

    Attributes:
        dossier: the document.
        bases: its citations, in order.
        others: what other decrees cite.
    """

    dossier: Dossier
    bases: tuple[Basis, ...]
    others: Witnesses

    def listed(self, *parts: str) -> list[Basis]:
        """The citations of some parts, both lists where none is told."""
        return [one for one in self.bases if one.citation.part in (parts or LISTED)]


@dataclass(frozen=True, slots=True)
class Witness:
    """A citation in another decree."""

    dossier: Dossier
    basis: Basis


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What all decrees of the corpus cite, by instrument and by the instrument that heads the paragraph."""

    by_id: Mapping[str, Sequence[Witness]]
    by_head: Mapping[str, Sequence[Witness]]

    def of(self, instrument_id: str | None, dossier: Dossier, *, amending: bool = False) -> list[Witness]:
        """Citations of an instrument in decrees of other offices; with ``amending`` those cited as its amendments."""
        table = self.by_head if amending else self.by_id
        return [w for w in table.get(instrument_id or "", ()) if office(w.dossier) != office(dossier)]


def office(dossier: Dossier) -> str:
    """What tells one office's decrees from another's."""
    return dossier.satker_code or dossier.decree_id


def bases_of(dossier: Dossier) -> tuple[Basis, ...]:
    """The citations of a document in order, each with the words before it."""
    made = []
    last: tuple[str, int] | None = None
    end = 0
    for place, citation in enumerate(dossier.citations):
        paragraph, label = _paragraph(dossier, citation)
        at_item = (citation.part, citation.item_order)
        end = end if at_item == last else 0
        at = paragraph.find(citation.text.text, end)
        before = paragraph[end:at] if at >= 0 else ""
        end = at + len(citation.text.text) if at >= 0 else end
        last = at_item
        where = f"{knowledge().parts.get(citation.part, citation.part)} {label}".strip()
        after = _up_to_next(paragraph[end:], dossier.citations[place + 1 : place + 2], at_item) if at >= 0 else ""
        made.append(Basis(citation, _own_doubt(citation), where, before, after, dossier.kind != "digital"))
    return tuple(made)


def _up_to_next(rest: str, following: Sequence[Citation], item: tuple[str, int]) -> str:
    """What stands behind a citation, without the next one of the same paragraph."""
    same = [one.text.text for one in following if (one.part, one.item_order) == item]
    return rest.split(same[0], maxsplit=1)[0] if same else rest


def _paragraph(dossier: Dossier, citation: Citation) -> tuple[str, str]:
    """The paragraph of a citation and its label."""
    if citation.part == "lampiran":
        listed = [text.text for text in dossier.texts_of("legal_basis")]
        place = citation.item_order - 1
        whole = [listed[place]] if place < len(listed) else []
        text = next((said for said in (*whole, *listed) if citation.text.text in said), "")
        return text, str(citation.item_order)
    for paragraph in dossier.part_of(citation.part):
        if paragraph.order == citation.item_order:
            return paragraph.text.text, paragraph.label or ""
    return "", str(citation.item_order)


def _own_doubt(citation: Citation) -> Text:
    """The citation's text, its confidence without what is only printed otherwise than the register has it."""
    text = citation.text
    found = find_citations(text.text)
    notes = set(found[0].notes) if found else set()
    if not notes & OF_PRINT or notes - OF_PRINT - _HARMLESS:
        return text
    sure = min(1.0, text.confidence / found[0].confidence)
    return replace(text, confidence=round(sure, 3), doubtful=sure < REVIEW_BELOW)


def narrated(dossier: Dossier) -> Iterator[tuple[str, Text]]:
    """Instruments cited in the narrative of the lampiran: id and the words that cite it."""
    for text in dossier.texts_of("paragraph"):
        for cited in find_citations(text.text):
            known = (
                cited.instrument_id if cited.instrument_id in register() else _by_title(cited.number, cited.year, cited.title)
            )
            if known and not cited.needs_review and cited.relation == "cited":
                yield known, replace(text, text=text.text[cited.start : cited.end])


def _by_title(number: str | None, year: int | None, title: str | None) -> str | None:
    """The registered instrument whose type prose left out or shortened ("Peraturan Menteri Nomor 52 ...")."""
    same = [one for one in register().values() if (one.number, one.year) == (number, year)]
    fitting = [one.instrument_id for one in same if title and _fits(title, one.title)]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=1)
def witnesses_of(corpus: Corpus) -> Witnesses:
    """What the decrees of a corpus cite in their lists of legal bases; each of its decrees asks for the same."""
    by_id: dict[str, list[Witness]] = {}
    by_head: dict[str, list[Witness]] = {}
    for dossier in corpus.decrees:
        for group in groups(b for b in bases_of(dossier) if b.citation.part in LISTED):
            for basis in (group.head, *group.amending):
                if basis.id and basis.clean:
                    by_id.setdefault(basis.id, []).append(Witness(dossier, basis))
            for basis in group.amending:
                if basis.clean and group.head.id:
                    by_head.setdefault(group.head.id, []).append(Witness(dossier, basis))
    return Witnesses(by_id, {head: _first_two(found) for head, found in by_head.items()})


def _first_two(found: Sequence[Witness]) -> list[Witness]:
    """Of each amendment the two earliest decrees that cite it, of two offices: one of them is another office's."""
    kept: dict[str | None, dict[str, Witness]] = {}
    for witness in sorted((w for w in found if w.dossier.signed), key=lambda w: str(w.dossier.signed)):
        offices = kept.setdefault(witness.basis.id, {})
        if len(offices) < _OFFICES:
            offices.setdefault(office(witness.dossier), witness)
    return [witness for offices in kept.values() for witness in offices.values()]


@dataclass(frozen=True, slots=True)
class Group:
    """An instrument with what is cited as its amendments."""

    head: Basis
    amending: tuple[Basis, ...]

    @property
    def joint(self) -> str:
        """The words that lead from it to its amendments: "sebagaimana telah diubah dengan"."""
        return " ".join(one.before for one in self.amending)


def groups(bases: Iterable[Basis]) -> list[Group]:
    """The citations by the instrument that they amend."""
    made: list[Group] = []
    for basis in bases:
        if basis.citation.relation == "amended_by" and made and made[-1].head.item == basis.item:
            made[-1] = Group(made[-1].head, (*made[-1].amending, basis))
        else:
            made.append(Group(basis, ()))
    return made


def name_of(instrument_id: str | None) -> str:
    """Short name of a registered instrument: "PKPU 12/2023"."""
    item = register().get(instrument_id or "")
    return _short(item.type, item.number, item.year) if item else (instrument_id or "").upper()


def _short(kind: str, number: str, year: int | None) -> str:
    return f"{kind} {number}" if "/" in number or year is None else f"{kind} {number}/{year}"


@cache
def _series() -> Mapping[str, frozenset[str] | None]:
    told = {r["type"]: frozenset(r["gazettes"].split()) if r["scope"] != "sender" else None for r in rows("instrument_types")}
    return told


def series_of(kind: str | None) -> frozenset[str] | None:
    """The gazettes that a type of instrument is promulgated in, null where nothing is known of it."""
    if not kind:
        return None
    return _series().get(kind, type_of_phrase(kind).gazettes)


def rank_of(kind: str | None) -> int | None:
    """The rank of a type, the smaller the higher; null where it has none."""
    ranks = knowledge().ranks
    return ranks.get("Permen" if kind and kind.startswith("Permen") else kind or "")


def one_digit_off(basis: Basis, found: str, expected: str) -> tuple[str, ...]:
    """The doubt about a number in a scan that differs by one digit from what is expected: OCR may have done it."""
    near = Levenshtein.distance(found, expected) <= _SLIP
    return ("one-digit-off-in-a-scan",) if basis.scanned and near else ()


def not_it(basis: Basis) -> tuple[str, ...]:
    """The doubt that a number was misread or misprinted: the title is that of another instrument."""
    printed, known = basis.citation.title, titles(basis.id)
    if printed is None or any(_fits(printed, title.value) or shortened(printed, title.value) for title in known):
        return ()
    return ("title-of-another-instrument",) if known else ()


def _fits(printed: str, title: str) -> bool:
    """True for a title that is shortened, or that runs on into the sentence around it, too; never for an amendment's own."""
    one, other = letters(printed), letters(title)
    if fuzz.ratio(one, other) >= SAME_TITLE:
        return True
    if (changes(printed) is None) != (changes(title) is None):
        return False
    tails = [letters(_ABOUT.split(whole)[-1]) for whole in (printed, title)]
    parts = [pair for pair in ((one, other), tails) if min(map(len, pair)) >= _PART_OF_TITLE]
    if any(fuzz.partial_ratio(*pair) >= SAME_TITLE for pair in parts):
        return True
    return fuzz.token_set_ratio(printed.lower(), title.lower()) >= SAME_TITLE


def shortened(printed: str, title: str) -> bool:
    """True where a printed title has short forms that the title lacks ("ZI menuju WBK"): its words cannot be compared."""
    own, true = set(_TOKEN.findall(printed)), set(_TOKEN.findall(title.lower()))
    acronyms = (
        {w for w in own if w.isupper() and 1 < len(w) <= _LONGEST_ACRONYM} if not printed.isupper() or len(own) == 1 else set()
    )
    odd = {word.lower() for word in acronyms} | knowledge().short.intersection(word.lower() for word in own)
    return bool(odd - true)


def changes(title: str) -> re.Match[str] | None:
    """Where a title says that it changes another instrument, null where it does not."""
    return knowledge().change.search(title)
