"""Claims about the paragraphs of a decree: considerations, labels, dikta, the money and the years that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audit.claims import Claim
from audit.dossier import Dossier, Paragraph
from audit.rules.contents_words import excerpt, known, quoting
from normalize.citations import Citation as FoundCitation
from normalize.citations import find_citations

FROM_PICTURE = "read-from-picture"
"""Doubt of a claim that something is not there: in a scan it may only not have been read."""
_VERB = re.compile(r"(?:me|di|ber|ter)[a-z]{4,}")
_LETTER = re.compile(r"\b([a-z])\b")


def body_claims(dossier: Dossier) -> Iterator[Claim]:
    """The claims about the paragraphs of a decree."""
    if dossier.part != "decree" or dossier.lost_pages:
        return
    considered = dossier.part_of("menimbang")
    for paragraph in considered[:-1]:
        if is_incomplete(paragraph.text.text):
            yield Claim(
                "consideration-incomplete",
                subject=f"menimbang:{paragraph.label}",
                found=paragraph.text,
                words={"label": paragraph.label or str(paragraph.order), "said": excerpt(paragraph.text.text)},
                doubts=absence(dossier),
                likely=("reading-of-a-sentence",),
            )
    yield from _references(dossier, considered)
    yield from _labels(dossier, considered, list("abcdefghijklmnopqrstuvwxyz"), "Menimbang")
    yield from _labels(dossier, dossier.part_of("mengingat"), [str(n) for n in range(1, 100)], "Mengingat")
    yield from _labels(dossier, dossier.part_of("diktum"), list(known().lists["dikta.ordinals"]), "diktum")
    yield from _budget(dossier)


def absence(dossier: Dossier) -> tuple[str, ...]:
    """The doubts of a claim that something is not there."""
    return () if dossier.kind == "digital" else (FROM_PICTURE,)


def is_incomplete(said: str) -> bool:
    """The consideration is one clause that leans on a sentence which does not come."""
    if not known().patterns["considerations.openers"].search(said):
        return False
    lists = known().lists
    if set(re.findall(r"[a-z]+", said.casefold())) & set(lists["considerations.surely"]):
        return False
    rest = said
    for cited in reversed(find_citations(said)):
        rest = rest[: cited.start] + " " + rest[_end_of(cited, said) :]
    words = re.findall(r"[a-z]+", rest.casefold())
    for before, word in pairwise(words):
        if word in lists["considerations.predicates"]:
            return False
        verb = _VERB.fullmatch(word) is not None and word not in lists["considerations.not_verbs"]
        if verb and before not in lists["considerations.subordinating"] and before != "bahwa":
            return False
    return True


def _end_of(cited: FoundCitation, said: str) -> int:
    """Where a citation ends; the title of a letter may run on into the sentence, up to which it is cut."""
    if cited.type not in known().lists["considerations.letters"]:
        return cited.end
    runs_on = known().patterns["considerations.runs_on"].search(said, cited.start, cited.end)
    return runs_on.start() if runs_on is not None else cited.end


def _references(dossier: Dossier, considered: Sequence[Paragraph]) -> Iterator[Claim]:
    """The letters that the last consideration refers to, against those that are there."""
    if len(considered) < 2 or any(p.label is None for p in considered):
        return
    last = considered[-1]
    match = known().patterns["considerations.refers"].search(last.text.text)
    if match is None:
        return
    named = _LETTER.findall(match["letters"].casefold())
    ranged = re.search(r"sampai|s\s?[./]?\s?d", match["letters"], re.IGNORECASE) is not None
    there = [(p.label or "").strip("().").casefold() for p in considered[:-1]]
    lacking = [letter for letter in there if letter not in named]
    unknown = [letter for letter in named if letter not in there]
    if ranged or not named or not (lacking or unknown):
        return
    yield Claim(
        "consideration-reference-differs",
        subject=f"menimbang:{last.label}",
        found=quoting(last.text, match["letters"].strip()),
        expected=", ".join(f"huruf {letter}" for letter in there),
        severity="warning" if unknown else None,
        doubts=absence(dossier),
    )


def _labels(dossier: Dossier, paragraphs: Sequence[Paragraph], usual: Sequence[str], part: str) -> Iterator[Claim]:
    """The first label that is not the next one."""
    labels = [re.sub(r"[^a-z0-9]", "", (p.label or "").casefold()) for p in paragraphs]
    if len(labels) < 2 or not all(labels) or labels[0] not in (usual[0], "pertama"):
        return
    for i, (paragraph, label) in enumerate(zip(paragraphs, labels, strict=True)):
        if i < len(usual) and label != usual[i] and not (i == 0 and label == "pertama"):
            if re.search(rf"(?:^|\s){usual[i]}\s*[.:)]", paragraphs[i - 1].text.text, re.IGNORECASE):
                return  # it stands there, and was read as part of the paragraph before
            yield Claim(
                "labels-skip",
                subject=part,
                found=quoting(paragraph.text, paragraph.label or ""),
                expected=usual[i].upper() if part == "diktum" else usual[i],
                words={"part": part, "before": paragraphs[i - 1].label or ""},
                doubts=absence(dossier),
            )
            return


def _budget(dossier: Dossier) -> Iterator[Claim]:
    """Dikta that name the budget without a year, or with a year that is neither the decree's nor its title's."""
    year = re.compile(known().patterns["dikta.year"])
    title = dossier.fields.get("title")
    fitting = {int(y) for y in year.findall(title.text)} if title is not None else set()
    if dossier.year is not None:
        fitting |= {dossier.year, dossier.year + 1}
    for paragraph in dossier.part_of("diktum"):
        if not known().patterns["dikta.budget"].search(paragraph.text.text):
            continue
        undated = known().patterns["dikta.dated"].sub(" ", paragraph.text.text)
        years = {int(y) for y in year.findall(undated)}
        words = {"label": paragraph.label or ""}
        said = quoting(paragraph.text, excerpt(paragraph.text.text))
        if not years and undated != paragraph.text.text:
            continue  # "DIPA Nomor ... tanggal 30 November 2022": its year is in its number, and dated it is of the year before
        if not years:
            yield Claim("budget-year-missing", f"diktum:{paragraph.label}", said, words=words, doubts=absence(dossier))
        elif fitting and not years & fitting:
            expected = dossier.fields.get("date") or dossier.fields.get("number_raw")
            yield Claim("budget-year-differs", f"diktum:{paragraph.label}", said, expected, words=words)
