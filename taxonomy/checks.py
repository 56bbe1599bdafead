"""What must hold in the data files of the taxonomy; every breach is noted with its line and what to do."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from taxonomy.form import TOTAL, Alias, Form, Level, Node, Threshold
from taxonomy.tables import Problems, Row

WEIGHT_TOLERANCE = 0.01
"""Points: forms print thirds as 0.33 and 0.67."""

PARENTS: Mapping[Level, frozenset[Level | None]] = {
    Level.GROUP: frozenset({None}),
    Level.AREA: frozenset({None, Level.GROUP}),
    Level.ASPECT: frozenset({Level.AREA}),
    Level.COMPONENT: frozenset({Level.AREA, Level.ASPECT}),
    Level.ITEM: frozenset({Level.COMPONENT}),
}
"""What a level may stand under: None is the top of the form."""

RELATIONS = frozenset({"same", "reworded", "renamed", "reweighted", "merged", "split", "dropped"})


def check_sources(rows: Iterable[Row], problems: Problems) -> None:
    """Notes source codes that are blank or given twice."""
    seen: set[str] = set()
    for row in rows:
        if not row["code"] or row["code"] in seen:
            problems.of_row(row, f"the code {row['code']!r} is blank or given twice; give every source its own")
        seen.add(row["code"])


def check_form(form: Form, rows: Sequence[Row], seen: dict[str, Row], sources: Container[str], problems: Problems) -> None:
    """Notes what is wrong within one form: ids, places, names, sources, weights.

    Args:
        form: the form as read.
        rows: the line of each of its nodes.
        seen: lines by node id, of the forms before; those of this form are added.
        sources: known source codes.
        problems: where to note what is wrong.
    """
    levels: dict[str, tuple[Level, Row]] = {}
    branch: list[str] = []
    for node, row in zip(form.nodes, rows, strict=True):
        if not node.id:
            problems.of_row(row, "has no id; give it one")
            continue
        if node.id in seen:
            first = seen[node.id]
            problems.of_row(row, f"the id {node.id!r} is taken by {first.file}, line {first.line}; give it another")
        if not node.name:
            problems.of_row(row, f"{node.id!r} has no name; write it as the form prints it")
        _check_place(node, row, levels, branch, problems)
        _check_sources(node.sources + node.wording_sources, row, sources, problems)
        seen.setdefault(node.id, row)
        levels.setdefault(node.id, (node.level, row))
    _check_weights(form, rows, problems)


def _check_place(node: Node, row: Row, levels: Mapping[str, tuple[Level, Row]], branch: list[str], problems: Problems) -> None:
    """Notes a node under a wrong parent or away from it; `branch` are the ids down to the node before, and then to it.

    What stands under a node that is wrong itself is let pass: it may be right once that one is mended.
    """
    parent = node.parent_id
    if parent is not None and parent not in levels:
        problems.of_row(row, f"{node.id!r} stands under {parent!r}, which is not above it; mend parent_id or move the line")
        return
    if parent is not None and parent not in branch:
        if not problems.has(levels[parent][1]):
            problems.of_row(row, f"{node.id!r} stands away from its parent {parent!r}; move the line to the others below it")
        return
    del branch[branch.index(parent) + 1 if parent is not None else 0 :]
    branch.append(node.id)
    above, above_row = levels[parent] if parent is not None else (None, None)
    if above not in PARENTS[node.level] and not (above_row is not None and problems.has(above_row)):
        wanted = " or ".join(sorted(_level_name(level) for level in PARENTS[node.level]))
        problems.of_row(row, f"{node.id!r} ({node.level}) stands under {_level_name(above)}; it belongs under {wanted}")


def _level_name(level: Level | None) -> str:
    return "nothing" if level is None else level.value


def _check_sources(named: Iterable[str], row: Row, known: Container[str], problems: Problems) -> None:
    if not row["source"]:
        problems.of_row(row, "names no source; say where it was read")
    for code in named:
        if code not in known:
            problems.of_row(row, f"the source {code!r} is not known; mend it, or add it to sources.csv")


def _check_weights(form: Form, rows: Sequence[Row], problems: Problems) -> None:
    """Notes weights that do not sum to that of their parent, or, where some are not known, exceed it."""
    wrong = {node.id for node, row in zip(form.nodes, rows, strict=True) if problems.has(row)}
    for node, row in zip(form.nodes, rows, strict=True):
        children = form.children(node.id)
        known = [child.weight for child in children if child.weight is not None]
        if node.weight is None or not known or wrong.intersection([node.id, *(child.id for child in children)]):
            continue
        over = round(sum(known) - node.weight, 6)
        if over > WEIGHT_TOLERANCE or (len(known) == len(children) and over < -WEIGHT_TOLERANCE):
            total = f"{sum(known):g}"
            problems.of_row(row, f"{node.id!r} weighs {node.weight:g}, the nodes below it {total}; mend one of the weights")


def check_mapping(form: Form, rows: Sequence[Row], reference: Form, lines: Mapping[str, Row], problems: Problems) -> None:
    """Notes counterparts that the reference does not have or that do not fit their node.

    Args:
        form: the form as read.
        rows: the line of each of its nodes.
        reference: the form that the others map to.
        lines: the line of every node of every form.
        problems: where to note what is wrong.
    """
    for node, row in zip(form.nodes, rows, strict=True):
        relations = row.several("relation")
        if form is reference and (node.maps_to or relations):
            problems.of_row(row, f"{node.id!r} is of the reference form; leave maps_to and relation blank")
            continue
        for relation in relations:
            if relation not in RELATIONS:
                problems.of_row(row, f"the relation {relation!r} is not known; it may be {', '.join(sorted(RELATIONS))}")
        if "dropped" in relations and node.maps_to:
            problems.of_row(row, f"{node.id!r} is dropped and yet maps to {node.maps_to[0]!r}; mend one of the two")
        for target in node.maps_to:
            if target not in reference:
                problems.of_row(row, f"{node.id!r} maps to {target!r}, which {reference.id} does not have; mend maps_to")
                continue
            level = reference.node(target).level
            if level.depth > node.level.depth and not problems.has(lines[target]):
                problems.of_row(row, f"{node.id!r} ({node.level}) maps to {target!r} ({level}); map it to that level or above")


def check_aliases(
    aliases: Sequence[tuple[Row, Alias]], ids: Container[str], sources: Container[str], problems: Problems
) -> None:
    """Notes aliases of unknown nodes, blank or given twice."""
    seen: set[tuple[str, str]] = set()
    for row, alias in aliases:
        if alias.id not in ids:
            problems.of_row(row, f"there is no node {alias.id!r}; mend the id")
        if not alias.text:
            problems.of_row(row, "has no alias; write it, or take the line out")
        elif (alias.id, alias.text) in seen:
            problems.of_row(row, f"{alias.text!r} is given twice for {alias.id!r}; take one of the lines out")
        seen.add((alias.id, alias.text))
        _check_sources(alias.sources, row, sources, problems)


def check_thresholds(
    thresholds: Sequence[tuple[Row, Threshold]], reference: Form, sources: Container[str], problems: Problems
) -> None:
    """Notes minimum scores of unknown nodes, or given twice."""
    seen: set[str] = set()
    for row, threshold in thresholds:
        if threshold.id != TOTAL and threshold.id not in reference:
            problems.of_row(row, f"{reference.id} has no node {threshold.id!r}; mend the id, or write {TOTAL!r}")
        if threshold.id in seen:
            problems.of_row(row, f"{threshold.id!r} is given twice; take one of the lines out")
        seen.add(threshold.id)
        _check_sources(threshold.sources, row, sources, problems)
