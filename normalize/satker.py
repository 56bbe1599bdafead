"""The office behind a printed institution: "KOMISI PEMILIHAN UMUM KABUPATEN TULUNGAGUNG" -> 3504.

An institution that is no KPU (in Aceh: KIP) has no satker, whatever region it names. Between two regions that fit
equally well the code in the decree number decides, then the place of signing; without either there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from normalize.data_files import rows
from normalize.loose import letters, near
from normalize.number import DecreeNumber

_OFFICES_KEPT = 1_000  # institutions whose office is kept, under 1 MB: there are some 550
PUSAT_NAME = "Komisi Pemilihan Umum"
LEVELS = ("provinsi", "kabupaten", "kota")

# Likeness of two names, 0..100 (share of letters that need no edit).
_LEAST = 78.0  # below: another name. One slip in a name of five letters leaves 80.
_SURE = 90.0  # from here on, one slip in a long name, not marked for review if nothing else is near
_MARGIN = 6.0  # two names nearer to each other than this are not told apart by likeness
_SURE_MARGIN = 12.0  # a lead that no single further slip can turn
_WITH_CODE = 65.0  # a badly printed name still counts when the decree number names the same office

_DIGIT_SLIPS = str.maketrans({"0": "O", "1": "I", "5": "S", "8": "B", "|": "I", "!": "I"})
_OFFICES = ("komisi pemilihan umum", "komisi independen pemilihan")
_OFFICE_SLIPS = 4  # letters in the 19 to 25 of the whole name
_SHORT_OFFICE = re.compile(r"\b(KPU|KIP)D?\b")
_WORDS_BEFORE = frozenset(
    [
        "keputusan",
        "ketua",
        "sekretaris",
        "sekretariat",
        "jenderal",
        "pejabat",
        "plh",
        "plt",
        "kepala",
        "wakil",
        "salinan",
    ]
)
_LEVEL_WORDS = {
    "provinsi": ("provinsi", "propinsi", "prov", "prop"),
    "kabupaten": ("kabupaten", "kab"),
    "kota": ("kota", "kotamadya"),
}
_STATE = re.compile(r"^(?:negara)?(?:kesatuan)?(?:republikindonesia|ri)?$")
_STATE_SLIPS = 3


@dataclass(frozen=True, slots=True)
class Satker:
    """An office. KPU itself (level "pusat") has no Kemendagri code and no province."""

    code: str | None
    name: str
    level: str
    province_code: str | None


@dataclass(frozen=True, slots=True)
class SatkerMatch:
    """What an institution resolves to. `score` is the likeness 0..100 of the printed name to the one matched."""

    satker: Satker | None
    score: float
    confidence: float
    needs_review: bool
    reason: str


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to print a region's name, without and with its level word, letters alone."""

    code: str
    level: str
    bare: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Region:
    """The printed name of a region, taken apart."""

    level: str | None
    bare: str
    whole: str
    province: str | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    code: str
    score: float
    kind: str


@cache
def satkers() -> dict[str, Satker]:
    """Every regional office by its Kemendagri code."""
    return {row["code"]: Satker(row["code"], row["name"], row["level"], row["province_code"]) for row in rows("satker")}


@cache
def _former_codes() -> dict[str, str]:
    return {old: row["code"] for row in rows("satker") for old in row["former_codes"].split(";") if old}


@cache
def _forms() -> tuple[_Form, ...]:
    forms = [_form(row["code"], row["level"], row["name"], "name") for row in rows("satker")]
    levels = {row["code"]: row["level"] for row in rows("satker")}
    forms += [
        _form(row["code"], levels[row["code"]], row["alias"], row["kind"])
        for row in rows("satker_aliases")
        if row["kind"] != "kip"
    ]
    return tuple(forms)


def _form(code: str, level: str, printed: str, kind: str) -> _Form:
    _, rest = _level_of(printed.split())
    return _Form(code, level, letters(_spell(" ".join(rest))), kind)


@cache
def _capitals() -> dict[str, frozenset[str]]:
    """Where an office may sign, folded, by code."""
    return {
        row["code"]: frozenset(letters(place) for place in (row["capital"], *row["other_places"].split(";")) if place)
        for row in rows("satker_capitals")
    }


def code_now(code: str | None) -> str | None:
    """The present code of an office whose present or former code is given."""
    if code is None or code in satkers():
        return code
    return _former_codes().get(code)


@lru_cache(_OFFICES_KEPT)
def resolve_satker(institution: str | None, number: DecreeNumber | None, place: str | None = None) -> SatkerMatch:
    """The office that an institution names, checked against the code in the decree number.

    Args:
        institution: as printed ("KOMISI PEMILIHAN UMUM KOTA TEGAL").
        number: the parsed decree number, null when there is none.
        place: where the decree was signed: a hint where a name fits two offices, never a reason to reject one.
    """
    if not institution or not institution.strip():
        return _none("no-institution", review=False)
    rest = _behind_office(institution)
    if rest is None:
        return _none("not-a-kpu-office", review=False)
    if _is_state(letters(rest)):
        return SatkerMatch(Satker(None, PUSAT_NAME, "pusat", None), 100.0, 1.0, False, "pusat")
    region = _region(rest)
    printed_code = code_now(number.satker_code) if number else None
    return _resolve(region, printed_code, place)


def _none(reason: str, *, review: bool = True, score: float = 0.0) -> SatkerMatch:
    return SatkerMatch(None, score, 0.0, review, reason)


def _behind_office(institution: str) -> str | None:
    """What follows the words "Komisi Pemilihan Umum"; null when the institution is no such office."""
    text = re.sub(r"\s+", " ", institution.translate(str.maketrans("\n", " "))).strip(" ,.;:")
    short = _SHORT_OFFICE.search(text.upper())
    if short and all(letters(w) in _WORDS_BEFORE for w in text[: short.start()].split()):
        return _without_own_words(text[short.end() :])
    places = [at for at, char in enumerate(text) if char.isalnum()]
    folded = "".join(text[at] for at in places).upper().translate(_DIGIT_SLIPS).lower()
    for lead in sorted({0, *_leading_lengths(text)}):
        for office in _OFFICES:
            model = letters(office)
            # The whole name may have lost or won a letter or two.
            for length in (len(model), len(model) - 1, len(model) + 1, len(model) - 2, len(model) + 2):
                part = folded[lead : lead + length]
                if len(part) == length and part[:1] == "k" and _like_office(part, model):
                    end = places[lead + length - 1] + 1
                    return _without_own_words(text[end:])
    return None


def _like_office(part: str, model: str) -> bool:
    # The last letters must agree: they are where the region's name begins.
    return part[-2:] == model[-2:] and Levenshtein.distance(part, model, score_cutoff=_OFFICE_SLIPS) <= _OFFICE_SLIPS


def _leading_lengths(text: str) -> list[int]:
    """Letters taken by the words that may stand before the office ("KETUA", "SEKRETARIAT")."""
    lengths, total = [], 0
    for word in text.split():
        if letters(word) not in _WORDS_BEFORE:
            break
        total += sum(c.isalnum() for c in word)
        lengths.append(total)
    return lengths


def _without_own_words(rest: str) -> str:
    """The region without "Daerah" of the old KPUD and without the state."""
    rest = rest.strip(" ,.;:-/")
    rest = re.sub(r"^(?:republik\s+indonesia|RI)\b[\s,]*", "", rest, flags=re.IGNORECASE)
    return re.sub(r"^daerah\s+(?=kab|kota|prov|prop)", "", rest, flags=re.IGNORECASE).strip(" ,.;:")


def _is_state(folded: str) -> bool:
    return bool(_STATE.fullmatch(folded)) or near(folded, "republikindonesia", _STATE_SLIPS)


def _spell(text: str) -> str:
    return text.upper().translate(_DIGIT_SLIPS)


def _level_of(words: list[str]) -> tuple[str | None, list[str]]:
    """The level that the first word names, and the words behind it; also through a slip or a missing blank."""
    if not words:
        return None, []
    first = letters(_spell(words[0]))
    for level, names in _LEVEL_WORDS.items():
        if first in names:
            return level, words[1:]
    if len(words) > 1:
        for level, names in _LEVEL_WORDS.items():
            slips = 2 if len(names[0]) > 5 else 1
            if abs(len(first) - len(names[0])) < slips and near(first, names[0], slips):
                return level, words[1:]
    for level, names in _LEVEL_WORDS.items():
        if len(names[0]) > 5 and first.startswith(names[0]):  # "KABUPATENTULUNGAGUNG"
            return level, [words[0][len(names[0]) :], *words[1:]]
    return None, words


def _region(rest: str) -> _Region:
    """The region taken apart; a province named behind a kabupaten or kota only confirms it."""
    trailing = re.search(r"[\s,]+(?:provinsi|propinsi|prov\.)\s+(?P<name>.+)$", rest, re.IGNORECASE)
    province = None
    if trailing and trailing.start() > 0 and _level_of(rest.split())[0] in ("kabupaten", "kota"):
        province, rest = letters(_spell(trailing["name"])), rest[: trailing.start()]
    level, words = _level_of(rest.split())
    return _Region(level, letters(_spell(" ".join(words))), letters(_spell(rest)), province)


def _resolve(region: _Region, printed_code: str | None, place: str | None) -> SatkerMatch:
    candidates = _candidates(region)
    if not candidates:
        return _by_code(region, printed_code) or _none("name-unknown")
    best = candidates[0]
    rivals = [c for c in candidates if c.code != best.code and best.score - c.score < _MARGIN]
    if best.score == 100 and best.kind == "name":
        rivals = [c for c in rivals if c.score == 100 and c.kind == "name"]
    elif best.score == 100:
        rivals = [c for c in rivals if c.score == 100]
    if rivals:
        return _settle([best, *rivals], printed_code, place)
    if best.score < _LEAST:
        return _by_code(region, printed_code) or _none("name-unknown", score=best.score)
    runner_up = next((c.score for c in candidates if c.code != best.code), 0.0)
    return _found(best, printed_code, runner_up)


def _found(best: _Candidate, printed_code: str | None, runner_up: float) -> SatkerMatch:
    """A match on the name alone, weighed by its likeness, its lead and the code in the number."""
    satker = satkers()[best.code]
    confirmed = printed_code == best.code
    contradicted = printed_code is not None and not confirmed and not _own_province(printed_code, satker)
    confidence = best.score / 100
    if best.score == 100:
        reason = "exact" if best.kind == "name" else f"alias-{best.kind}"
        review = best.kind == "former" and not confirmed
    else:
        reason = "near"
        review = not confirmed and (best.score < _SURE or best.score - runner_up < _SURE_MARGIN)
    if contradicted:
        reason = f"{reason};code-contradicts-name:{printed_code}"
        return SatkerMatch(satker, best.score, round(confidence * 0.6, 3), True, reason)
    if confirmed:
        return SatkerMatch(satker, best.score, round(max(confidence, 0.95), 3), review, f"{reason};code-confirms")
    return SatkerMatch(satker, best.score, round(confidence * (0.8 if review else 1.0), 3), review, reason)


def _own_province(code: str, satker: Satker) -> bool:
    """True for the two digits of the office's own province, which some numbers carry instead of the office's."""
    return len(code) == 2 and satker.level != "provinsi" and code == satker.province_code


def _settle(rivals: list[_Candidate], printed_code: str | None, place: str | None) -> SatkerMatch:
    """One of several offices that the name fits: by the code, then by the place of signing; else none."""
    score = rivals[0].score
    by_code = [c for c in rivals if c.code == printed_code]
    if by_code:
        chosen = by_code[0]
        confidence = 0.95 if chosen.score == 100 else 0.85
        reason = "several-names;code-decides"
        return SatkerMatch(satkers()[chosen.code], chosen.score, confidence, chosen.score < 100, reason)
    if place and printed_code is None:
        folded = letters(_spell(place))
        by_place = {c.code for c in rivals if folded in _capitals().get(c.code, frozenset())}
        if len(by_place) == 1:
            return SatkerMatch(satkers()[by_place.pop()], score, 0.6, True, "several-names;place-decides")
    return _none("several-names:" + ",".join(sorted({c.code for c in rivals})), score=score)


def _by_code(region: _Region, printed_code: str | None) -> SatkerMatch | None:
    """The office of the code, when the badly printed name is still like it."""
    if printed_code is None:
        return None
    scores = [c.score for c in _candidates(region, least=_WITH_CODE) if c.code == printed_code]
    if not scores:
        return None
    return SatkerMatch(satkers()[printed_code], max(scores), 0.7, True, "name-unsure;code-decides")


def _candidates(region: _Region, least: float = _LEAST - _SURE_MARGIN) -> list[_Candidate]:
    """Offices whose name is like the printed one, the best first; only of the printed level, when there is one."""
    best: dict[str, _Candidate] = {}
    for form in _forms():
        if region.level is not None and form.level != region.level:
            continue
        score = _likeness(region.bare, form.bare)
        if region.level is None:
            score = max(score, _likeness(region.whole, form.level + form.bare))
        if score < least or (region.province and not _in_province(form.code, region.province)):
            continue
        held = best.get(form.code)
        if held is None or (score, form.kind == "name") > (held.score, held.kind == "name"):
            best[form.code] = _Candidate(form.code, score, form.kind)
    return sorted(best.values(), key=lambda c: (-c.score, c.kind != "name", c.code))


def _likeness(one: str, other: str) -> float:
    return 100 * Levenshtein.normalized_similarity(one, other) if one and other else 0.0


def _in_province(code: str, folded_province: str) -> bool:
    own = satkers()[code].province_code
    return any(form.code == own and _likeness(form.bare, folded_province) >= _LEAST for form in _forms())
