"""The title of a decree wherever it stands, taken apart for comparison: kind, subject, predicates, office, years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.dossier import Dossier, Paragraph, Text
from audit.rules.contents_words import beyond, folded, known

FORMAL = ("title", "decides", "diktum", "menimbang", "lampiran_title")
"""Places whose title is the decree's own; the tables and sections of a lampiran may say less."""
_OFFICE = re.compile(r"\b(?:(?:di|pada)\s+)?(?:lingkungan\s+)?(?:sekretariat\s+)?komisi\s+(?:independen\s+)?pemilihan\b.*$")
_TENTANG = re.compile(r"^keputusan\b.*?\btentang\s+", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:tahun\s+)?(?:anggaran\s+)?(20\d\d)\b")
_ZONES = re.compile(r"\b(?:menuju|wilayah\s+bebas|wilayah\s+birokrasi)\b.*?(?=\b(?:di|pada)\b|\blingkungan\b|\bkomisi\b|$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """The title at one place.

    Attributes:
        place: name of the place, in `audit/data/contents.toml`.
        label: of the paragraph.
        source: the paragraph or heading; quoted is what of it is the title.
        words: all words of the title, folded.
        kind: what is laid down; None where it is none that is known.
        subject: its words without predicates, office, year, deed and small words.
        years: years that it names.
        mentioned: not the title itself: a consideration that names the subject in passing.
    """

    place: str
    label: str
    source: Text
    quoted: str
    words: tuple[str, ...]
    kind: str | None
    subject: tuple[str, ...]
    years: tuple[int, ...]
    mentioned: bool = False

    def name(self, language: str) -> str:
        """What the place is called."""
        name = known().places[self.place][language].format(label=self.label, page=self.source.page)
        return name if self.label else name.removesuffix(" huruf ").strip()

    @property
    def formal(self) -> bool:
        """It is the decree's own title, in full."""
        return self.place in FORMAL and not self.mentioned


def reading(place: str, source: Text, quoted: str, label: str = "", *, mentioned: bool = False) -> Reading:
    """A title taken apart."""
    words = folded(quoted)
    while words and words[0] in known().lists["acts"]:
        words = words[1:]
    said = " ".join(words)
    own = known().patterns["of_elections"].sub(" ", said)
    years = tuple(sorted({int(year) for year in _YEARS.findall(own)}))
    bare = re.sub(r"\btahun\b\s*$", "", _OFFICE.sub("", _ZONES.sub("", _YEARS.sub(" ", said)))).strip()
    small = known().lists["small_words"]
    subject = tuple(w for w in bare.split() if w not in small)
    return Reading(place, label, source, quoted.strip(" .;,"), words, _kind(subject), subject, years, mentioned)


def _kind(subject: tuple[str, ...]) -> str | None:
    """The kind that the subject opens with."""
    for kind in known().lists["kinds"]:
        words = kind.split()
        if len(subject) >= len(words) and not beyond(words, subject[: len(words)]):
            return kind
    return None


def titles_of(dossier: Dossier) -> list[Reading]:
    """Every place of the decree that gives its title; the header's first, where there is one."""
    found = [reading("title", dossier.fields["title"], dossier.fields["title"].text)] if "title" in dossier.fields else []
    if dossier.part == "decree":
        found += _decided(dossier)
        found += (one for p in dossier.part_of("menimbang") for one in _considered(p))
    found += _of_lampiran(dossier)
    return found


def _decided(dossier: Dossier) -> Iterator[Reading]:
    decides = dossier.fields.get("decides")
    if decides is not None and _TENTANG.search(decides.text):
        yield reading("decides", decides, _TENTANG.sub("", decides.text))
    first = next(iter(dossier.part_of("diktum")), None)
    said = known().patterns["dikta.lays_down"].search(first.text.text) if first is not None else None
    if first is not None and said is not None:
        quoted = known().patterns["title_ends"].split(_TENTANG.sub("", said["title"]), maxsplit=1)[0]
        yield reading("diktum", first.text, quoted, first.label or "")


def _considered(paragraph: Paragraph) -> Iterator[Reading]:
    text, label = paragraph.text, (paragraph.label or "").lower()
    own = known().patterns["considerations.lays_down"].search(text.text)
    if own is not None:
        yield reading("menimbang", text, own["title"], label)
        return
    passing = known().patterns["considerations.mentions"].search(text.text)
    if passing is not None:
        quoted = known().patterns["title_ends"].split(passing["title"], maxsplit=1)[0]
        yield reading("menimbang", text, quoted, label, mentioned=True)


def _of_lampiran(dossier: Dossier) -> Iterator[Reading]:
    """Titles in the lampiran: of its headings, and in capitals those of its tables and sections."""
    if dossier.part == "decree":
        yield from (reading("lampiran_title", text, text.text) for text in dossier.texts_of("title"))
    for place in ("table_title", "section"):
        yield from (reading(place, text, text.text) for text in dossier.texts_of(place) if text.text.isupper())
