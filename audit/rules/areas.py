"""Areas of a plan that are printed wrong, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from audit.claims import Claim
from audit.dossier import SURE_MATCHES, Corpus, Dossier, Indicator, PlanRow
from audit.language import stems
from audit.rules.telling import SCANNED, by_doubt, by_text, cut, lead_of, numbers, plan_words

HEADING = "heading"  # entry of the data that is no area
PLACED = SURE_MATCHES  # a row that is only to be reviewed may serve another area than the one guessed
LEAST_LETTERS = 4  # of a text that may be a name; less is a number, or a scrap of a scan
BLIND_FROM = 0.5  # share of rows without area, from which the column was rather not read than left empty


@cache
def area_of_text(text: str) -> str | None:
    """Id of the area that a printed text names; None where it names none, or several."""
    known = plan_words()["areas"]
    plain = re.sub(known[HEADING], " ", text, flags=re.IGNORECASE)
    found = [area for area, said in known.items() if area != HEADING and re.search(said, plain, re.IGNORECASE)]
    return found[0] if len(found) == 1 else None


def areas_printed(dossier: Dossier) -> set[str]:
    """Ids of all areas that the plan prints."""
    found = {area_of_text(row.values["area"]) for row in dossier.rows if "area" in row.values}
    return {area for area in found if area is not None}


def area_claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """Areas printed for a row of another area, unknown, left out for some rows or for all."""
    without = [row for row in dossier.rows if "area" not in row.values]
    doubts = () if dossier.kind == "digital" else (SCANNED,)
    if len(without) == len(dossier.rows):
        yield Claim("area-column-absent", "area", page=dossier.rows[0].page, doubts=doubts)
        return
    if without:
        blind = ("area-seldom-read",) if len(without) > BLIND_FROM * len(dossier.rows) else ()
        told = by_text((row, lead_of(row) or "?") for row in without)
        words = {"rows": numbers(without), "told": told, "count": str(len(without))}
        yield Claim("area-not-printed", "area", words=words, rows=tuple(without), doubts=(*doubts, *blind))
    yield from _wrong(dossier, corpus.indicators)
    yield from _unknown(dossier)


def _wrong(dossier: Dossier, nodes: Mapping[str, Indicator]) -> Iterator[Claim]:
    """Rows under the heading of one area that surely serve another."""
    groups: dict[tuple[str, str], list[PlanRow]] = {}
    for row in dossier.rows:
        printed = area_of_text(row.values["area"]) if "area" in row.values else None
        node = nodes.get(row.indicator_id or "")
        if printed is None or node is None or node.area_id is None or row.match_status not in PLACED:
            continue
        if printed == node.area_id or not {printed, node.area_id} <= nodes.keys():
            continue
        if nodes[printed].form == nodes[node.area_id].form and not _may_be_there(node, printed, nodes):
            groups.setdefault((printed, node.area_id), []).append(row)
    for (_, area), rows in groups.items():
        for some, doubts in by_doubt(rows):
            words = {
                "rows": numbers(some),
                "told": by_text((row, row.values.get("component") or lead_of(row) or "?") for row in some),
                "area": nodes[area].name or area,
            }
            found = some[0].text_of("area")
            yield Claim(
                "area-wrong",
                area,
                found=found,
                expected=nodes[area].name,
                words=words,
                rows=tuple(some),
                doubts=doubts,
                likely=("matched-by-words",),
            )


def _may_be_there(node: Indicator, area: str, nodes: Mapping[str, Indicator]) -> bool:
    """The printed area has a component named alike: Pengaduan Masyarakat and Pengelolaan Pengaduan."""
    component = nodes.get(node.component_id or "")
    own = stems(component.name if component is not None else node.name)
    return any(own & stems(one.name) for one in nodes.values() if one.level == "component" and one.area_id == area)


def _unknown(dossier: Dossier) -> Iterator[Claim]:
    """Texts in the place of an area that are the name of none."""
    groups: dict[str, list[PlanRow]] = {}
    for row in dossier.rows:
        text = row.values.get("area")
        if text is not None and len(re.findall(r"[^\W\d_]", text)) >= LEAST_LETTERS and not _names_some(text):
            groups.setdefault(text, []).append(row)
    for text, rows in groups.items():
        doubts = () if dossier.kind == "digital" else (SCANNED,)
        words = {"rows": numbers(rows), "text": cut(text)}
        yield Claim("area-unknown", "area", found=rows[0].text_of("area"), words=words, rows=tuple(rows), doubts=doubts)


def _names_some(text: str) -> bool:
    """It names an area, or more than one: only what names none is unknown."""
    known = plan_words()["areas"]
    return any(re.search(said, text, re.IGNORECASE) for area, said in known.items() if area != HEADING)
