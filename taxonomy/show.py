"""What ``zi taxonomy`` shows: a form as a tree, one node with all that is known of it, or what some words found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from taxonomy.errors import FormNotThere
from taxonomy.form import TOTAL, Alias, Form, Node, Taxonomy, Threshold
from taxonomy.search import Hit, search

LABEL = 14  # columns of a label
ARROW = " > "


@dataclass(frozen=True, slots=True)
class View:
    """One answer, as lines for a person and as plain data; `hint` is for the user where nothing was found."""

    lines: tuple[str, ...]
    data: dict[str, object]
    hint: str | None = None


def view(taxonomy: Taxonomy, words: str = "", form_id: str | None = None) -> View:
    """The answer to some words: the whole form for none, a node for its id, else the nodes that are like them.

    Args:
        taxonomy: what is shown.
        words: as typed.
        form_id: the form to print or to search in; null: the reference is printed, and all forms are searched.

    Raises:
        FormNotThere: the taxonomy has no such form.
    """
    form = None if form_id is None else _form(taxonomy, form_id)
    if not words.strip():
        return _tree(taxonomy, form or taxonomy.reference)
    ids = {node.id.casefold(): node for node in (taxonomy.nodes() if form is None else form.nodes)}
    node = ids.get(words.strip().casefold())
    return _found(taxonomy, words.strip(), form) if node is None else _card(taxonomy, node)


def _form(taxonomy: Taxonomy, form_id: str) -> Form:
    if form_id not in taxonomy.forms:
        raise FormNotThere(f"The taxonomy has no form {form_id!r}; it has {', '.join(taxonomy.forms)}.")
    return taxonomy.forms[form_id]


def _tree(taxonomy: Taxonomy, form: Form) -> View:
    wide = max(len(node.id) for node in form.nodes)
    lines = [
        f"taxonomy {taxonomy.version} | {form.id} | {form.title}",
        *(f"{n.id:<{wide}}  {_number(n.weight):>5}  {'  ' * (len(form.line(n.id)) - 1)}{n.name}" for n in form.nodes),
    ]
    minima = _thresholds_of(taxonomy, form)
    if minima:
        lines += ["", "minimum scores for WBK and WBBM"]
        lines += [f"{t.id:<{wide}}  {_number(t.wbk_min):>5}  {_number(t.wbbm_min):>5}  {t.rule}" for t in minima]
    data: dict[str, object] = {
        "taxonomy_version": taxonomy.version,
        "form": _form_data(form),
        "nodes": [_node_data(taxonomy, node) for node in form.nodes],
        "thresholds": [_threshold_data(threshold) for threshold in minima],
    }
    return View(tuple(lines), data)


def _card(taxonomy: Taxonomy, node: Node) -> View:
    form = taxonomy.form_of(node.id)
    aliases, children, others = taxonomy.aliases_of(node.id), form.children(node.id), taxonomy.counterparts(node.id)
    minima = [t for t in _thresholds_of(taxonomy, form) if t.id == node.id]
    lines = (f"taxonomy {taxonomy.version} | {form.id} | {form.title}", "", *_card_lines(taxonomy, node, minima))
    data: dict[str, object] = {
        "taxonomy_version": taxonomy.version,
        "form": _form_data(form),
        "node": _node_data(taxonomy, node),
        "thresholds": [_threshold_data(threshold) for threshold in minima],
        "aliases": [_alias_data(alias) for alias in aliases],
        "children": [_node_data(taxonomy, child) for child in children],
        "counterparts": [_node_data(taxonomy, other) for other in others],
        "sources": {code: taxonomy.sources[code] for code in dict.fromkeys(node.sources + node.wording_sources)},
    }
    return View(lines, data)


def _card_lines(taxonomy: Taxonomy, node: Node, minima: Iterable[Threshold]) -> Iterator[str]:
    form = taxonomy.form_of(node.id)
    yield f"{node.id}  {node.name}"
    yield _line("path", ARROW.join(taxonomy.path(node.id)))
    yield _line("level", ", ".join(part for part in (node.level, node.aspect) if part))
    if node.weight is not None:
        yield _line("weight", _number(node.weight))
    for threshold in minima:
        yield _line("minimum", f"WBK {_number(threshold.wbk_min)}, WBBM {_number(threshold.wbbm_min)}  {threshold.rule}")
    if node.relation or node.maps_to:
        targets = ", ".join(_named(taxonomy.node(target)) for target in node.maps_to) or "nothing"
        yield _line("maps to", targets + (f" ({node.relation})" if node.relation else ""))
    yield _line(*_label(taxonomy, node))
    if node.note:
        yield _line("note", node.note)
    blocks = (
        ("other names", [f"{a.text}  ({a.kind}: {', '.join(a.sources)})" for a in taxonomy.aliases_of(node.id)]),
        ("below it", [_named(child) for child in form.children(node.id)]),
        (
            "in others",
            [f"{_named(n)}  ({', '.join(filter(None, (n.form, n.relation)))})" for n in taxonomy.counterparts(node.id)],
        ),
        ("sources", [f"{code}  {taxonomy.sources[code]}" for code in node.sources]),
    )
    for title, texts in blocks:
        for number, text in enumerate(texts):
            yield _line(title if number == 0 else "", text)


def _found(taxonomy: Taxonomy, words: str, form: Form | None) -> View:
    hits = search(taxonomy, words, form)
    where = "" if form is None else f" in {form.id}"
    lines = [f"taxonomy {taxonomy.version} | {len(hits)} found{where} for {words!r}"]
    for hit in hits:
        lines += ["", *_hit_lines(taxonomy, hit)]
    data: dict[str, object] = {
        "taxonomy_version": taxonomy.version,
        "words": words,
        "form": None if form is None else form.id,
        "matches": [
            {"score": hit.score, "matched": hit.matched, "text": hit.text, **_node_data(taxonomy, hit.node)} for hit in hits
        ],
    }
    hint = f"Nothing{where} is like {words!r}. Without words the whole form is printed; fewer words find more."
    return View(tuple(lines), data, None if hits else hint)


def _hit_lines(taxonomy: Taxonomy, hit: Hit) -> Iterator[str]:
    word, label = _label(taxonomy, hit.node)
    yield hit.node.id if label == hit.node.id else f"{hit.node.id}  [{hit.node.form}; {word} {label}]"
    yield f"  {ARROW.join(taxonomy.path(hit.node.id))}"
    if hit.matched != "name":
        yield f"  {hit.matched.replace('_', ' ')}: {hit.text}"


def _label(taxonomy: Taxonomy, node: Node) -> tuple[str, str]:
    """What the label of a node is to be called, and it: what stands above the components labels no row."""
    component = taxonomy.form_of(node.id).component_of(node.id)
    return "counts as" if component is None else "label", taxonomy.label_of(node.id) or "none"


def _line(label: str, text: str) -> str:
    return f"  {label:<{LABEL}}{text}"


def _named(node: Node) -> str:
    return f"{node.id} {node.name}"


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _thresholds_of(taxonomy: Taxonomy, form: Form) -> tuple[Threshold, ...]:
    """The minimum scores, which are those of the reference; none for another form."""
    return tuple(t for t in taxonomy.thresholds if form is taxonomy.reference and (t.id == TOTAL or t.id in form))


def _form_data(form: Form) -> dict[str, object]:
    return {
        "id": form.id,
        "title": form.title,
        "instruments": list(form.instruments),
        "from_year": form.from_year,
        "until_year": form.until_year,
        "own_labels": form.own_labels,
        "sources": list(form.sources),
    }


def _node_data(taxonomy: Taxonomy, node: Node) -> dict[str, object]:
    label = taxonomy.label_of(node.id)
    return {
        "id": node.id,
        "form": node.form,
        "parent_id": node.parent_id,
        "level": node.level,
        "name": node.name,
        "path": list(taxonomy.path(node.id)),
        "weight": node.weight,
        "aspect": node.aspect,
        "label": label if label in taxonomy.labels else None,
        "maps_to": list(node.maps_to),
        "relation": node.relation,
        "sources": list(node.sources),
        "note": node.note or None,
    }


def _alias_data(alias: Alias) -> dict[str, object]:
    return {"text": alias.text, "kind": alias.kind, "sources": list(alias.sources), "note": alias.note or None}


def _threshold_data(threshold: Threshold) -> dict[str, object]:
    return {
        "id": threshold.id,
        "rule": threshold.rule,
        "wbk_min": threshold.wbk_min,
        "wbbm_min": threshold.wbbm_min,
        "sources": list(threshold.sources),
        "note": threshold.note or None,
    }
