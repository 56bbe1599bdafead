"""Claims about the areas of change: the narrative of the lampiran against the table, in order and in name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.claims import Claim
from audit.dossier import Dossier, Text
from audit.rules.contents_words import folded, known, quoting

LIST_OF = 5  # areas that a paragraph, or paragraphs in a row, name at least to be a list of them


@dataclass(frozen=True, slots=True)
class _Named:
    area: str
    said: str
    text: Text


def area_claims(dossier: Dossier) -> Iterator[Claim]:
    """The claims about the areas of a plan; none where its rows do not tell all areas apart."""
    table = _of_table(dossier)
    if len(table) < LIST_OF:
        return
    lists = list(_lists(dossier))
    yield from _order([one for one in lists if _in_other_order(one, table)], table)
    yield from _names([named for listed in lists for named in listed], table)


def _of_table(dossier: Dossier) -> list[_Named]:
    """The areas of the table, in order of their first row."""
    found: dict[str, _Named] = {}
    for row in dossier.rows:
        text = row.text_of("area")
        named = _in(text) if text is not None else []
        if text is not None and len(named) == 1 and not text.doubtful:
            found.setdefault(named[0].area, _Named(named[0].area, text.text, text))
    return list(found.values())


def _in(text: Text) -> list[_Named]:
    """The areas that a text names, each once, in order."""
    hits = []
    for area, pattern in known().areas.items():
        match = pattern.search(text.text)
        if match is not None:
            hits.append((match.start(), _Named(area, match[0], text)))
    return [named for _, named in sorted(hits, key=lambda hit: hit[0])]


def _lists(dossier: Dossier) -> Iterator[list[_Named]]:
    """Lists of the areas in the narrative: in one paragraph, or in short ones that follow each other."""
    run: list[_Named] = []
    for text in dossier.texts_of("paragraph"):
        named = _in(text)
        if len(named) == 1 and len(folded(text.text)) <= len(folded(named[0].said)) + 2:  # "c. Penataan ..."
            run.append(named[0])
            continue
        if len(run) >= LIST_OF:
            yield run
        run = []
        if len(named) >= LIST_OF:
            yield named
    if len(run) >= LIST_OF:
        yield run


def _in_other_order(listed: Sequence[_Named], table: Sequence[_Named]) -> bool:
    common = [named.area for named in listed if any(named.area == other.area for other in table)]
    return len(set(common)) == len(common) and common != [named.area for named in table if named.area in common]


def _order(lists: Sequence[Sequence[_Named]], table: Sequence[_Named]) -> Iterator[Claim]:
    """One claim for all lists: the longest is quoted."""
    if not lists:
        return
    longest = max(lists, key=len)
    yield Claim(
        "area-order-differs",
        subject="area",
        found=quoting(longest[0].text, ", ".join(named.said for named in longest)),
        expected=quoting(table[0].text, ", ".join(named.said for named in table)),
        words={"count": str(len(lists))},
        rests_on=tuple(one[0].text for one in lists if one is not longest),
    )


def _names(listed: Sequence[_Named], table: Sequence[_Named]) -> Iterator[Claim]:
    for named in table:
        own = folded(named.said)
        other = next((n for n in listed if n.area == named.area and not set(folded(n.said)) <= set(own)), None)
        shorter = next((n for n in listed if n.area == named.area and _joined(n.said) != _joined(named.said)), None)
        differs = other or shorter
        if differs is not None and _joined(differs.said) != _joined(named.said):
            yield Claim("area-name-differs", named.area, quoting(differs.text, differs.said), quoting(named.text, named.said))


def _joined(said: str) -> str:
    """The letters of a name without its number: blanks and hyphens are no difference."""
    return "".join(w for w in folded(said) if not w.isdigit() and len(w) > 2)
