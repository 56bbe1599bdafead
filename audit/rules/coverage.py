"""What a plan leaves out of the form: areas, components, items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from audit.claims import Claim, Severity
from audit.dossier import SURE_MATCHES, Corpus, Covered, Dossier, Indicator, PlanRow
from audit.language import stems
from audit.rules.areas import area_claims, areas_printed
from audit.rules.telling import numbers, plan_words
from taxonomy.load import load_taxonomy

FULFILMENT = "pemenuhan"  # the half of the form that plans are made of; reform and results are seldom listed
ITEM_WISE_FROM = 0.5  # share of a component's items that rows serve, from which the plan goes by items there
LEAST_ITEMS = 2  # served: one row for a whole component is no plan by items
SAID_FROM = 1 / 3  # share of an item's own words in the rows of its component, from which it may be meant beside another
NAMES_TOLD = 4  # of components or items in a message


def claims(dossier: Dossier, corpus: Corpus) -> Iterator[Claim]:
    """What the plan leaves out, and areas that are printed wrong or not at all."""
    if not dossier.rows:
        return
    nodes = corpus.indicators
    printed = areas_printed(dossier)
    for one in dossier.coverage:
        if one.status == "missing":
            yield _missing(one, dossier, nodes)
    yield from _uncertain(dossier, nodes)
    yield from _missing_areas(dossier, nodes, printed)
    for one in dossier.coverage:
        if one.status == "present" and nodes[one.indicator_id].aspect == FULFILMENT:
            yield from _missing_items(one.indicator_id, dossier, nodes)
    yield from area_claims(dossier, corpus)


def _missing(one: Covered, dossier: Dossier, nodes: Mapping[str, Indicator]) -> Claim:
    """A component that no row serves."""
    node = nodes[one.indicator_id]
    half = _other_half(node, dossier, nodes)
    plannable = node.aspect == FULFILMENT and one.in_form is not False and not half
    severity: Severity | None = None if plannable else "info"
    aspect = plan_words()["aspects"][node.aspect]
    in_form = plan_words()["in_form"][{True: "yes", False: "no", None: "unknown"}[one.in_form]]
    weight = "?" if one.weight is None else f"{one.weight:g}"
    words = {
        "id": one.indicator_id,
        "component": _name(one.indicator_id, nodes),
        "area": _name(one.area_id, nodes),
        "weight": weight.replace(".", ","),
        "weight_en": weight,
        "aspect": aspect["id"],
        "aspect_en": aspect["en"],
        "in_form": in_form["id"],
        "in_form_en": in_form["en"],
    }
    return Claim(
        "component-missing", one.indicator_id, words=words, severity=severity, likely=("other-half-planned",) if half else ()
    )


def _other_half(node: Indicator, dossier: Dossier, nodes: Mapping[str, Indicator]) -> bool:
    """The same subject is planned in the other half of the area: SPBE as reform, not as fulfilment."""
    own = stems(node.name)
    present = [nodes[c.indicator_id] for c in dossier.coverage if c.status == "present" and c.area_id == node.area_id]
    return any(other.aspect != node.aspect and own <= stems(other.name) for other in present)


def _uncertain(dossier: Dossier, nodes: Mapping[str, Indicator]) -> Iterator[Claim]:
    """Components that may be there; those with the same reasons together, for a page that was not read hides them all."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in dossier.coverage:
        if one.status == "uncertain":
            groups.setdefault(one.reasons, []).append(one.indicator_id)
    for reasons, ids in groups.items():
        names = [f'{one} "{_name(one, nodes)}"' for one in ids]
        subject = ids[0] if len(ids) == 1 else None
        yield Claim("component-uncertain", subject, words={"component": _listed(names)}, doubts=reasons or ("not-told",))


def _listed(names: Sequence[str]) -> str:
    """The first of several names, and how many more."""
    return "; ".join(names[:NAMES_TOLD]) + (f"; … (+{len(names) - NAMES_TOLD})" if len(names) > NAMES_TOLD else "")


def _missing_areas(dossier: Dossier, nodes: Mapping[str, Indicator], printed: set[str]) -> Iterator[Claim]:
    """Areas of whose fulfilment half nothing is planned, and that no row prints."""
    areas: dict[str, list[Covered]] = {}
    for one in dossier.coverage:
        if nodes[one.indicator_id].aspect == FULFILMENT:
            areas.setdefault(one.area_id, []).append(one)
    for area, components in areas.items():
        if all(one.status == "missing" for one in components) and area not in printed:
            told = ", ".join(_name(one.indicator_id, nodes) for one in components)
            yield Claim("area-missing", area, words={"area": _name(area, nodes), "components": told})


def _missing_items(component: str, dossier: Dossier, nodes: Mapping[str, Indicator]) -> Iterator[Claim]:
    """Items of a component that is planned item by item, which no row serves nor names."""
    rows = [row for row in dossier.rows if row.indicator_id is not None and nodes[row.indicator_id].component_id == component]
    if any(row.indicator_id == component or row.match_status not in SURE_MATCHES or row.doubtful for row in rows):
        return
    items = [node for node in nodes.values() if node.parent_id == component and node.level == "item"]
    served = {row.indicator_id for row in rows}
    lacking = [item for item in sorted(items, key=lambda node: node.order) if item.indicator_id not in served]
    if len(served) < LEAST_ITEMS or len(items) - len(lacking) < ITEM_WISE_FROM * len(items):
        return
    of_form = _items_of_form(dossier.plan_form)
    lacking = [
        item
        for item in lacking
        if (of_form is None or item.indicator_id in of_form) and not _is_said(item, [i for i in items if i is not item], rows)
    ]
    if lacking:
        words = {
            "component": _name(component, nodes),
            "items": _listed([f"{item.indicator_id} {item.name}" for item in lacking]),
            "served": str(len(items) - len(lacking)),
            "all": str(len(items)),
            "rows": numbers(rows),
        }
        yield Claim("item-missing", component, words=words, rows=tuple(rows), likely=("matched-by-words",))


def _is_said(item: Indicator, others: Sequence[Indicator], rows: Sequence[PlanRow]) -> bool:
    """A row of the component names the item beside another one: it has enough of the words that only this item has."""
    own = stems(item.name) - {stem for other in others for stem in stems(other.name)}
    own = own or stems(item.name)
    said = {stem for row in rows for text in row.values.values() for stem in stems(text)}
    return len(own & said) >= SAID_FROM * len(own)


@cache
def _items_of_form(form: str | None) -> frozenset[str] | None:
    """Items of the reference form that a form has too; None where the form is not known or has none."""
    taxonomy = load_taxonomy()
    if form is None or form not in taxonomy.forms:
        return None
    if taxonomy.forms[form] is taxonomy.reference:
        return frozenset(node.id for node in taxonomy.reference.nodes)
    return frozenset(target for node in taxonomy.forms[form].nodes for target in node.maps_to)


def _name(indicator_id: str, nodes: Mapping[str, Indicator]) -> str:
    """The name that the form prints, or the id where it is not known."""
    node = nodes.get(indicator_id)
    return node.name if node is not None and node.name else indicator_id
