"""Titles and numbers of the cited instruments: another title, wrong or misspelt words, no title, a slip in the number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from audit.claims import Claim
from audit.dossier import Text
from audit.rules.legal_facts import registered, said
from audit.rules.legal_knowledge import knowledge
from audit.rules.legal_lists import SLIPS
from audit.rules.legal_reading import Basis, Case, changes, name_of, not_it, office, rank_of, shortened
from normalize.loose import letters
from normalize.register import CONFIDENCES, amendment_of, register, same_title, titles

MISSPELT = 75.0  # likeness of two words from which one is the other misspelt: "Apartur", "Aparatur"
SHORTEST = 4  # letters of a word that may be called misspelt
OTHER = 70.0  # likeness of two titles below which they are of two instruments
LONG_TITLE = 15  # letters from which a title tells which instrument it is
MAJORITY = 2  # decrees of other offices that must print a word otherwise, and none as here
_WORD = re.compile(r"[A-Za-z][A-Za-z.]*[A-Za-z]|[A-Za-z]|\d+")


@dataclass(frozen=True, slots=True)
class _Difference:
    """Words of a printed title against those of the true one."""

    printed: str
    expected: str
    misspelt: bool


def claims(case: Case) -> Iterator[Claim]:
    """What a document prints wrongly of its legal bases' titles and numbers; each wrong word of an instrument once a part."""
    told: set[tuple[str, str | None, str]] = set()
    for basis in case.bases:
        if basis.citation.title is None:
            yield from _no_title(case, basis)
            continue
        if claim := _number(case, basis):
            yield claim
        for claim in _title(case, basis):
            key = (basis.citation.part, basis.id, claim.words.get("wrong", claim.code))
            if key not in told:
                told.add(key)
                yield claim


def _no_title(case: Case, basis: Basis) -> Iterator[Claim]:
    """An instrument of the lists that is cited by its number alone."""
    known = titles(basis.id)
    if basis.citation.part != "mengingat" or basis.id in (None, "uud-1945") or rank_of(basis.citation.type) is None:
        return
    expected = known[0].value if known and known[0].confidence != CONFIDENCES[0] else None
    words = {"name": basis.name, "where": basis.where}
    doubts = ("may-be-lost-in-the-scan",) if basis.scanned else ()
    yield Claim("title-left-out", basis.id, found=basis.text, expected=expected, words=words, doubts=doubts)


def _number(case: Case, basis: Basis) -> Claim | None:
    """A number of an office that differs by a slip from the registered one with the same title."""
    number = basis.citation.number or ""
    if basis.id in register():
        return None
    if "/" not in number:
        return _number_of_title(basis)
    for item in register().values():
        slips = Levenshtein.distance(item.number.lower(), number.lower(), score_cutoff=SLIPS)
        if "/" in item.number and item.type == basis.citation.type and 0 < slips <= SLIPS:
            close = basis.citation.title and fuzz.partial_ratio(letters(basis.citation.title), letters(item.title)) >= MISSPELT
            if close:
                return Claim(
                    "number-differs",
                    basis.id,
                    found=basis.part_of_text(f"{basis.citation.type} {number}"),
                    expected=f"{item.type} {item.number}",
                    words={"name": basis.name, "where": basis.where},
                    rests_on=tuple(w.basis.text for w in case.others.of(item.instrument_id, case.dossier)[:1]),
                    doubts=("slip-may-be-of-the-scan",) if basis.scanned else (),
                    likely=() if item.confidence == CONFIDENCES[-1] else ("fact-not-verified",),
                    source=registered(item),
                )
    return None


def _number_of_title(basis: Basis) -> Claim | None:
    """A number or a year that is no registered one's, beside the title of one whose other half agrees."""
    said = basis.citation
    long = len(letters(said.title or "")) >= LONG_TITLE
    for item in register().values():
        half = (item.number == said.number) != (item.year == said.year)
        of_gazettes = {(series, number) for series, _, number in item.gazettes}
        proved = any((one.series, one.number) in of_gazettes for one in said.gazettes)
        if item.type == said.type and half and (long or proved) and same_title(said.title or "", item.title):
            doubts = ["slip-may-be-of-the-scan"] if basis.scanned else []
            return Claim(
                "number-differs",
                basis.id,
                found=basis.part_of_text(basis.name),
                expected=name_of(item.instrument_id),
                words={"name": basis.name, "where": basis.where},
                doubts=(*doubts, *(() if proved else ("title-of-another-instrument",))),
                likely=() if item.confidence == CONFIDENCES[-1] else ("fact-not-verified",),
                source=registered(item),
            )
    return None


def _title(case: Case, basis: Basis) -> Iterator[Claim]:
    """What the printed title has otherwise than the register, or than most other decrees."""
    printed = knowledge().gazettes_behind.split(basis.citation.title or "", maxsplit=1)[0]
    known = titles(basis.id)
    if known and known[0].confidence == CONFIDENCES[0]:
        known = ()  # nobody checked the title: what other decrees print is better evidence
    words = {"name": basis.name, "where": basis.where}
    if any(not _differences(printed, fact.value) for fact in known) and not not_it(basis):
        return  # and no need to look at what every other decree prints
    if known and not_it(basis):
        if _is_of_base(basis, printed):
            return
        if (changes(printed) is None) == (changes(known[0].value) is None) and (
            _likeness(printed, known[0].value) >= OTHER or shortened(printed, known[0].value)
        ):
            return  # the title, cut short or run on into the sentence: nothing to say of its words
        yield Claim(
            "title-of-another",
            basis.id,
            found=basis.part_of_text(printed),
            expected=known[0].value,
            words=words,
            doubts=("number-may-be-misread",) if basis.scanned else (),
            likely=() if known[0].confidence == CONFIDENCES[-1] else ("fact-not-verified",),
            source=said(basis.id or "", "title", known[0]),
        )
        return
    models: list[str] = [fact.value for fact in known]
    witness = _usual(case, basis)
    if not models and witness is None:
        return
    models += [witness.citation.title or ""] if witness else []
    best = min(models, key=lambda model: len(_differences(printed, model)))
    likely = (
        ()
        if known and known[0].confidence == CONFIDENCES[-1]
        else ("fact-not-verified",)
        if known
        else ("majority-of-decrees",)
    )
    source = said(basis.id or "", "title", known[0]) if known else None
    place = witness.part_of_text(witness.citation.title or "") if witness else best
    expected: Text | str = place if witness and same_title(witness.citation.title or "", best) else best
    for difference in _differences(printed, best):
        if difference.misspelt and basis.scanned:
            continue  # OCR misspells more than offices do
        yield Claim(
            "title-misspelt" if difference.misspelt else "title-words",
            basis.id,
            found=basis.part_of_text(printed),
            expected=expected,
            words={**words, "wrong": difference.printed, "right": difference.expected},
            doubts=("slip-may-be-of-the-scan",) if basis.scanned else (),
            likely=likely,
            source=source,
        )


def _is_of_base(basis: Basis, printed: str) -> bool:
    """As "UU 31/1999 juncto UU 20/2001 tentang ..." has it: one title for both, the law and what changes it."""
    step = amendment_of(basis.id)
    joined = knowledge().joined.search(basis.before) is not None
    return step is not None and joined and any(same_title(printed, title.value) for title in titles(step.base_id))


def _likeness(printed: str, model: str) -> float:
    """How many words two titles share, of the first as much as the second is long."""
    one, other = " ".join(_words(printed)[: len(_words(model))]), " ".join(_words(model))
    return fuzz.token_set_ratio(one.lower(), other.lower())


def _usual(case: Case, basis: Basis) -> Basis | None:
    """How most other offices print the title: two at least, all but for case and marks the same."""
    votes: dict[str, Basis] = {}
    for witness in case.others.of(basis.id, case.dossier):
        if witness.basis.citation.title and not witness.basis.scanned:
            votes.setdefault(office(witness.dossier), witness.basis)
    counts = Counter(letters(one.citation.title or "") for one in votes.values())
    if not counts:
        return None
    usual, most = counts.most_common(1)[0]
    if most < MAJORITY or most * 2 <= sum(counts.values()) or counts[letters(basis.citation.title or "")]:
        return None
    return next(one for one in votes.values() if letters(one.citation.title or "") == usual)


def _words(title: str) -> list[str]:
    return [word for word in (m[0].strip(".") for m in _WORD.finditer(title)) if word.lower() not in knowledge().small]


def _differences(printed: str, model: str) -> Sequence[_Difference]:
    """The words in which a printed title departs from the true one; shortened names and left-out ends are none."""
    said, meant = _words(printed), _words(model)
    own, true = [word.lower() for word in said], [word.lower() for word in meant]
    if shortened(printed, model):
        return ()
    found: list[_Difference] = []
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, own, true, autojunk=False).get_opcodes():
        here, there = said[a0:a1], meant[b0:b1]
        if kind == "equal" or "".join(own[a0:a1]) == "".join(true[b0:b1]):
            continue
        if (kind == "delete" and a1 == len(own)) or (kind == "insert" and b1 == len(true)):
            continue  # words behind the title, whose end is a guess in prose; an end left out
        pairs = list(zip(here, there, strict=True)) if len(here) == len(there) else []
        if pairs and all(_misspelt(one.lower(), other.lower()) for one, other in pairs):
            found += [_Difference(one, other, True) for one, other in pairs]
        elif pairs:
            found.append(_Difference(" ".join(here), " ".join(there), False))
        else:  # a word too much or too few is shown with the word behind it
            found.append(_Difference(" ".join(said[a0 : a1 + 1]), " ".join(meant[b0 : b1 + 1]), False))
    return found


def _misspelt(word: str, model: str) -> bool:
    return min(len(word), len(model)) >= SHORTEST and fuzz.ratio(word, model) >= MISSPELT
