"""Rules about the wording of a plan: texts that repeat, lack, end too soon, or were taken over from another office's plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from audit.claims import Claim
from audit.dossier import Corpus, Dossier, Indicator, PlanRow
from audit.rules.telling import SCANNED, by_doubt, by_text, cut, fields_of, lead_of, plan_words

REPEATED_FROM = 4  # rows with the same text: three may share a meeting
COMPONENTS_FROM = 3  # different components of those rows: within one, rows often share what is done
WORKED = ("action", "evidence")
TEXTS = ("component", "item", "success_indicator", "action", "evidence")
MOSTLY = 0.5  # share of rows that must fill a column for its empty cells to be told
LAST_LETTERS = 24  # letters quoted of the end of a text
SHORTEST = 12  # letters of a text that is said to be unfinished or repeated: a shorter one is a mark or a code
_LETTERS = re.compile(r"[^a-z]")


def claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """What is odd in the wording of the plan."""
    if not dossier.rows:
        return
    for field in WORKED:
        yield from _same(dossier, field, corpus.indicators)
        yield from _empty(dossier, field)
    yield from _other_document(dossier)
    yield from _persons(dossier)
    yield from _one_year(dossier)
    yield from _left_over(dossier)
    if dossier.kind == "digital":  # in a scan the end of a text may only have been lost
        yield from _told(dossier, "text-unfinished", _unfinished)
        yield from _told(dossier, "word-doubled", _doubled)


def _same(dossier: Dossier, field: str, nodes: Mapping[str, Indicator]) -> Iterator[Claim]:
    """One claim for all texts that stand in many rows of several components."""
    groups: dict[str, list[PlanRow]] = {}
    for row in dossier.rows:
        key = _LETTERS.sub("", row.values.get(field, "").casefold())
        if len(key) >= SHORTEST:
            groups.setdefault(key, []).append(row)
    repeated = [rows for rows in groups.values() if _is_repeated(rows, nodes)]
    if not repeated:
        return
    repeated.sort(key=lambda rows: (-len(rows), rows[0].order))
    rows = [row for group in repeated for row in group]
    words = {
        "count": str(len(rows)),
        "share": f"{len(rows) / len(dossier.rows):.0%}",
        "texts": str(len(repeated)),
        "told": by_text((row, f'"{group[0].values[field]}"') for group in repeated for row in group),
    }
    yield Claim(f"same-{field}", field, found=words["told"], words=words, rows=tuple(rows))


def _is_repeated(rows: list[PlanRow], nodes: Mapping[str, Indicator]) -> bool:
    """Rows with one text are so many, and of so many components, that the text tells nothing of each."""
    return len(rows) >= REPEATED_FROM and len({_component(row, nodes) for row in rows} - {None}) >= COMPONENTS_FROM


def _component(row: PlanRow, nodes: Mapping[str, Indicator]) -> str | None:
    """The component that a row serves, by the form, else as printed."""
    node = nodes.get(row.indicator_id or "")
    return node.component_id if node is not None and node.component_id else row.values.get("component")


def _empty(dossier: Dossier, field: str) -> Iterator[Claim]:
    """Rows that leave a column empty which others fill."""
    empty = [row for row in dossier.rows if field not in row.values]
    if field not in fields_of(dossier) or not empty or len(empty) > MOSTLY * len(dossier.rows):
        return
    column = next((header for header, known in dossier.columns if known == field), field)
    doubts = () if dossier.kind == "digital" else (SCANNED,)
    words = {"column": column or field, "count": str(len(empty)), "told": by_text((row, lead_of(row) or "?") for row in empty)}
    for rows, unsure in by_doubt(empty):
        told = {**words, "count": str(len(rows)), "told": by_text((row, lead_of(row) or "?") for row in rows)}
        yield Claim("cell-empty", field, words=told, rows=tuple(rows), doubts=(*doubts, *unsure))


def _other_document(dossier: Dossier) -> Iterator[Claim]:
    """Rows that ask for one document and prove another."""
    known = plan_words()["documents"]
    not_meant = re.compile("|".join(known["not_meant"]), re.IGNORECASE)
    for row in dossier.rows:
        asked = _joined(row, ("component", "item"), not_meant)
        given = _joined(row, WORKED, not_meant)
        for pair in known["mixed"]:
            for one, other in (pair, pair[::-1]):
                if one in asked and other not in asked and other in given and one not in given:
                    found = row.text_of("evidence") or row.text_of("action")
                    words = {"row": str(row.order), "other": other}
                    yield Claim("other-document", row.indicator_id, found=found, expected=one, words=words, rows=(row,))


def _joined(row: PlanRow, fields: tuple[str, ...], without: re.Pattern[str]) -> str:
    text = " · ".join(row.values[name] for name in fields if name in row.values)
    return " ".join(without.sub(" ", text.casefold()).split())


def _persons(dossier: Dossier) -> Iterator[Claim]:
    """Rows with the name of a person."""
    known = plan_words()["persons"]
    pattern = re.compile(known["named"])
    for row in dossier.rows:
        for field in TEXTS:
            match = pattern.search(row.values.get(field, ""))
            if match and match["name"].split()[0].casefold().strip(".,") not in known["offices"]:
                words = {"row": str(row.order), "name": match["name"].strip(" ,.")}
                yield Claim("person-named", field, found=row.text_of(field), words=words, rows=(row,))


def _one_year(dossier: Dossier) -> Iterator[Claim]:
    """Documents of several years that are named with one."""
    pattern = re.compile(plan_words()["documents"]["several_years"], re.IGNORECASE)
    yield from _told(dossier, "document-of-one-year", lambda text: match[0] if (match := pattern.search(text)) else None)


def _left_over(dossier: Dossier) -> Iterator[Claim]:
    """Rows of an office of a kabupaten or kota that speak of offices below it."""
    if dossier.satker_level not in ("kabupaten", "kota"):
        return
    known = plan_words()["levels"]
    below, listed = (re.compile(known[name], re.IGNORECASE) for name in ("below", "all_levels"))
    found = [
        (row, field, row.values[field])
        for row in dossier.rows
        for field in TEXTS
        if field in row.values and below.search(row.values[field]) and not listed.search(row.values[field])
    ]
    for rows, doubts in by_doubt(list({row.row_id: row for row, _, _ in found}.values())):
        told = by_text((row, text) for row, _, text in found if row in rows)
        words = {"office": dossier.satker_name or dossier.satker_level, "told": told}
        likely = ("reading-of-intent",)
        yield Claim("level-left-over", "action", told, words=words, rows=tuple(rows), doubts=doubts, likely=likely)


def _told(dossier: Dossier, code: str, fault: Callable[[str], str | None]) -> Iterator[Claim]:
    """One claim for all rows with a fault of the kind, each with the words that show it."""
    found: list[tuple[PlanRow, str]] = []
    for row in dossier.rows:
        shown = [part for name in TEXTS if name in row.values and (part := fault(row.values[name])) is not None]
        found += [(row, part) for part in dict.fromkeys(shown)]
    for rows, doubts in by_doubt(list({row.row_id: row for row, _ in found}.values())):
        words = {"told": by_text((row, f'"{part}"') for row, part in found if row in rows)}
        yield Claim(code, "wording", found=words["told"], words=words, rows=tuple(rows), doubts=doubts)


def _unfinished(text: str) -> str | None:
    """The end of a text that is no end."""
    end = text.rstrip()
    last = re.search(r"[^\W\d_]+$", end)
    dangling = last is not None and last[0].casefold() in plan_words()["unfinished"]["last_words"]
    if len(end) >= SHORTEST and _is_open(end):
        return cut("… " + end[end.rfind("(") :])
    if len(end) >= SHORTEST and (end.endswith(",") or dangling):
        return "… " + end[-LAST_LETTERS:].split(" ", 1)[-1] if len(end) > LAST_LETTERS else end
    return None


def _is_open(text: str) -> bool:
    """The last bracket that it opens is not closed."""
    return text.count("(") > text.count(")") and text.rfind("(") > text.rfind(")")


def _doubled(text: str) -> str | None:
    """A little word that stands twice in a row."""
    words = "|".join(plan_words()["unfinished"]["doubled"])
    match = re.search(rf"\b({words})\s+\1\b", text, re.IGNORECASE)
    return match[0] if match else None
