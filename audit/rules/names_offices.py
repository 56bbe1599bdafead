"""Claims about offices that a decree names: another one for its own, a level that it has not, a name cut short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from audit.claims import Claim
from audit.dossier import Dossier, PlanRow, Text
from audit.rules.contents_titles import Reading, titles_of
from audit.rules.contents_words import excerpt, known, quoting
from normalize.citations import find_citations
from normalize.data_files import rows
from normalize.loose import letters
from normalize.satker import satkers

REGIONAL = ("provinsi", "kabupaten", "kota")
PROVINCE = 2  # digits of a code that tell the province
NAME_WORDS = 5  # words of the longest name of a region
BEFORE = 60  # letters before a name that tell why it is named
_LEVELS = {"prov": "provinsi", "prop": "provinsi", "kab": "kabupaten", "kota": "kota"}
_WORD = re.compile(r"\s+([A-Za-z'’.-]*[A-Za-z])")
_STATE = re.compile(r"\s+(?:republik indonesia|RI)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """An office that a text names: where in it, as printed, and the codes of the offices of that name."""

    start: int
    end: int
    said: str
    level: str | None
    bare: str
    codes: frozenset[str]


@cache
def _names() -> dict[tuple[str, str], frozenset[str]]:
    """Codes of the offices by level and name of the region, letters alone."""
    found: dict[tuple[str, str], set[str]] = {}
    named = [(row["code"], row["name"]) for row in rows("satker")]
    named += [(row["code"], row["alias"]) for row in rows("satker_aliases") if row["kind"] != "kip"]
    for code, name in named:
        found.setdefault((satkers()[code].level, _bare(name)), set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


@cache
def _provinces() -> dict[str, frozenset[str]]:
    """The provinces that each office is or was in, by its code: those of Papua were divided in 2022."""
    return {
        row["code"]: frozenset(code[:PROVINCE] for code in (row["province_code"], *row["former_codes"].split(";")) if code)
        for row in rows("satker")
    }


def _bare(name: str) -> str:
    return letters(re.sub(rf"^{known().patterns['offices.level'].pattern}\s+", "", name, flags=re.IGNORECASE))


def offices_in(said: str) -> Iterator[Named]:
    """The offices of KPU that a text names in full, letter by letter; offices in general and misprinted names are none."""
    level_word = re.compile(rf"\s+({known().patterns['offices.level'].pattern})(?!\s*/)(?=\s)", re.IGNORECASE)
    for body in known().patterns["offices.body"].finditer(said):
        at = body.end()
        state = _STATE.match(said, at)
        at = state.end() if state is not None else at
        printed = level_word.match(said, at)
        level = _level(printed[1]) if printed is not None else None
        at = printed.end() if printed is not None else at
        words: list[re.Match[str]] = []
        while len(words) < NAME_WORDS and (word := _WORD.match(said, words[-1].end() if words else at)) is not None:
            words.append(word)
        for count in range(len(words), 0, -1):
            bare = letters("".join(word[1] for word in words[:count]))
            codes = frozenset(c for one in ([level] if level else REGIONAL) for c in _names().get((one, bare), ()))
            if codes or (level is not None and _elsewhere(bare)):
                end = words[count - 1].end()
                yield Named(body.start(), end, said[body.start() : end], level, bare, codes)
                break


def _elsewhere(bare: str) -> bool:
    """A region of the name is there, if of another level."""
    return any((level, bare) in _names() for level in REGIONAL)


def _level(word: str) -> str:
    return next(level for begin, level in _LEVELS.items() if word.casefold().startswith(begin))


@dataclass(frozen=True, slots=True)
class _Own:
    """The decree's own office."""

    code: str
    level: str
    provinces: frozenset[str]
    bare: str
    name: str
    printed: Text | str

    def is_own(self, named: Named) -> bool:
        return self.code in named.codes

    def is_near(self, named: Named) -> bool:
        """Its own, its province's, or one under it."""
        return self.is_own(named) or self.is_province(named) or self.is_above(named)

    def is_province(self, named: Named) -> bool:
        """The province that it is in."""
        return self.level != "provinsi" and bool(self.provinces & named.codes)

    def is_above(self, named: Named) -> bool:
        """A kabupaten or kota in it."""
        return self.level == "provinsi" and any(self.code in _provinces().get(code, ()) for code in named.codes)

    def other_level(self, named: Named) -> bool:
        """Its own region under another level: KPU Kabupaten Tegal for KPU Kota Tegal."""
        return (
            self.level != "provinsi" and named.bare == self.bare and named.level in REGIONAL[1:] and named.level != self.level
        )


def office_claims(dossier: Dossier) -> Iterator[Claim]:
    """The claims about offices; none where the decree's own is not known, or is KPU itself."""
    office = satkers().get(dossier.satker_code or "")
    if office is None or office.code is None or any(doubt.startswith("satker:") for doubt in dossier.doubts):
        return
    name = f"KPU {office.name}"
    printed = dossier.fields.get("institution", name)
    headed = next(offices_in(printed.text), None) if isinstance(printed, Text) else None
    if headed is not None and office.code not in headed.codes:
        return  # a person decided otherwise than the header says: nothing there can be held against it
    own = _Own(office.code, office.level, _provinces().get(office.code, frozenset()), _bare(office.name), name, printed)
    yield from _deciding(dossier, own)
    titles = titles_of(dossier)
    yield from _titles(titles, own)
    yield from _heads(dossier, own)
    yield from _paragraphs(dossier, own)
    yield from _lampiran(dossier, own)
    yield from _cut_short(dossier, own)


def _deciding(dossier: Dossier, own: _Own) -> Iterator[Claim]:
    """Menetapkan: whose decree it is."""
    decides = dossier.fields.get("decides")
    match = known().patterns["offices.decrees"].search(decides.text) if decides is not None else None
    if decides is None or match is None:
        return
    named = next(offices_in(match["office"]), None)
    if named is not None and not own.is_own(named):
        yield Claim("decides-other-office", "decides", quoting(decides, named.said), own.printed)


def _titles(titles: Sequence[Reading], own: _Own) -> Iterator[Claim]:
    header = next((one for one in titles if one.place == "title"), None)
    rightly = {code for named in offices_in(header.quoted) for code in named.codes} if header is not None else set()
    for one in titles:
        for named in offices_in(one.quoted):
            paragraph = one.place in ("menimbang", "diktum")
            if own.is_own(named) or (one is header and own.is_near(named)) or (named.codes & rightly and one is not header):
                continue
            if own.is_above(named) or (paragraph and (one.mentioned or not own.is_province(named))):
                continue  # other offices of a paragraph have claims of their own
            yield Claim(
                "title-other-office",
                subject=one.place,
                found=quoting(one.source, named.said),
                expected=own.name,
                words={"place": one.name("id"), "place_en": one.name("en")},
                severity="warning" if one.place == "section" else None,
            )


def _heads(dossier: Dossier, own: _Own) -> Iterator[Claim]:
    """The office in the heading of the lampiran, and those of who signed and certified."""
    if dossier.part == "decree":
        for text in dossier.texts_of("institution"):
            named = next(offices_in(text.text), None)
            if named is not None and not own.is_own(named):
                yield Claim(
                    "lampiran-other-office",
                    "institution",
                    quoting(text, named.said),
                    own.printed,
                )
    for name in ("signatory_title", "certifier_title"):
        signed = [dossier.fields[name]] if name in dossier.fields else []
        for text in (*signed, *dossier.texts_of(name)):
            named = next(offices_in(text.text), None)
            if named is not None and not own.is_own(named):
                yield Claim("signed-for-other-office", name, text, own.printed)


def _paragraphs(dossier: Dossier, own: _Own) -> Iterator[Claim]:
    """Considerations and dikta."""
    for paragraph in dossier.part_of("menimbang", "diktum"):
        for named in _foreign(paragraph.text.text):
            said = quoting(paragraph.text, named.said)
            subject = f"{paragraph.part}:{paragraph.label}"
            if own.is_near(named):
                after = paragraph.text.text[named.end :]
                acts = known().patterns["offices.acts"].match(after)
                if not own.is_own(named) and paragraph.part == "menimbang" and acts is not None:
                    words = {"said": excerpt((named.said + after).strip())}
                    yield Claim("other-office-acts", subject, said, own.name, words=words)
            elif own.other_level(named):
                yield Claim("office-level-differs", subject, said, own.name)
            elif named.codes and named.start not in _beside_own(paragraph.text.text, own):
                yield Claim("other-office-named", subject, said, own.name)


def _beside_own(said: str, own: _Own) -> frozenset[int]:
    """Where the offices begin that are named in one list with the decree's own: "KPU Kota A, KPU Kota B, dan KPU Kota C"."""
    lists: list[list[Named]] = []
    for named in offices_in(said):
        joined = lists and known().patterns["offices.listed"].fullmatch(said, lists[-1][-1].end, named.start)
        if joined:
            lists[-1].append(named)
        else:
            lists.append([named])
    return frozenset(one.start for listed in lists if any(own.is_own(named) for named in listed) for one in listed)


def _foreign(said: str) -> Iterator[Named]:
    """Offices named outside citations, and not as somebody whom one deals with."""
    cited = [(one.start, one.end) for one in find_citations(said)]
    dealt_with = 0
    for named in offices_in(said):
        if any(start <= named.start < end for start, end in cited):
            continue
        before, after = said[max(0, named.start - BEFORE) : named.start], said[named.end :]
        listed = dealt_with and known().patterns["offices.listed"].fullmatch(said, dealt_with, named.start)
        if listed or known().patterns["offices.dealing"].search(before):
            dealt_with = named.end
            continue
        if known().patterns["offices.numbered"].match(after) or known().patterns["offices.general"].search(before):
            continue
        yield named


def _lampiran(dossier: Dossier, own: _Own) -> Iterator[Claim]:
    """Narrative and plan: one claim for each other office, weighing less than in the decree itself."""
    told: dict[str, tuple[Named, list[Text], list[PlanRow]]] = {}
    for text in dossier.texts_of("paragraph"):
        for named in _strange(text.text, own):
            told.setdefault(letters(named.said), (named, [], []))[1].append(quoting(text, named.said))
    for row in dossier.rows:
        dealt_with = {n.bare for value in row.values.values() for n in _dealt_with(value)}
        strange = {
            letters(n.said): n for value in row.values.values() for n in _strange(value, own) if n.bare not in dealt_with
        }
        for named in strange.values():
            told.setdefault(letters(named.said), (named, [], []))[2].append(row)
    for named, texts, where in told.values():
        yield Claim(
            "office-level-differs" if own.other_level(named) else "other-office-named",
            subject="lampiran",
            found=texts[0] if texts else named.said,
            expected=own.name,
            rests_on=tuple(texts[1:]),
            rows=tuple(where),
            likely=("reading-of-intent",),
            severity="warning",
        )


def _dealt_with(said: str) -> list[Named]:
    """Offices that the text names as somebody whom one deals with."""
    foreign = {named.start for named in _foreign(said)}
    return [named for named in offices_in(said) if named.start not in foreign]


def _strange(said: str, own: _Own) -> list[Named]:
    return [n for n in _foreign(said) if not own.is_near(n) and (n.codes or own.other_level(n))]


def _cut_short(dossier: Dossier, own: _Own) -> Iterator[Claim]:
    """The office without its region, or without a word of the commission's name."""
    texts = [(f"{p.part}:{p.label}", p.text) for p in dossier.part_of("menimbang", "diktum")]
    texts += [(name, dossier.fields[name]) for name in ("title", "decides") if name in dossier.fields]
    for subject, text in texts:
        cited = [(one.start, one.end) for one in find_citations(text.text)]
        for name in ("offices.within", "offices.without_umum"):
            for match in known().patterns[name].finditer(text.text):
                if not any(start <= match.start() < end for start, end in cited):
                    said = text.text[match.start() : match.end() + 40].strip(" .;,")
                    yield Claim("office-name-incomplete", subject, quoting(text, said), own.name)
