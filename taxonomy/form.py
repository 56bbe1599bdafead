"""The forms of Zona Integritas as trees of named nodes, and the one taxonomy that they make together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

_Value = TypeVar("_Value")


class Level(StrEnum):
    """How deep a node of a form stands, from the top."""

    GROUP = "group"
    AREA = "area"
    ASPECT = "aspect"
    COMPONENT = "component"
    ITEM = "item"

    @property
    def depth(self) -> int:
        """0 for a group, and so on."""
        return _LEVELS.index(self)


_LEVELS = tuple(Level)


class Aspect(StrEnum):
    """The half of an area that a node counts in, as its form names it.

    The form of 2014 knows no halves: its "proses" is the whole of an area, and the reform half that came in 2021 is no
    part of it. It is kept as printed; what it counts as today is told by the node that it maps to.
    """

    FULFILMENT = "pemenuhan"
    REFORM = "reform"
    PROCESS = "proses"
    RESULT = "hasil"


class AliasKind(StrEnum):
    """What sort of other name an alias is. An abbreviation names a topic: it must not decide a match alone."""

    FORM = "form"
    ABBREVIATION = "abbreviation"
    COMMON = "common"
    LEGACY = "legacy"


@dataclass(frozen=True, slots=True)
class Node:
    """One heading or indicator of a form.

    `maps_to` are its counterparts in the reference form (two when it was split), `relation` says how it changed on the
    way there. `sources` hold for the fact that the node is there, `wording_sources` for the words of its name. Where
    those are left out (`Taxonomy.without_source`), the node has no name and `worded` is False.
    """

    id: str
    form: str
    parent_id: str | None
    level: Level
    name: str
    weight: float | None = None
    aspect: Aspect | None = None
    maps_to: tuple[str, ...] = ()
    relation: str | None = None
    sources: tuple[str, ...] = ()
    wording_sources: tuple[str, ...] = ()
    note: str = ""
    worded: bool = True


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a node. A source is a code of sources.csv, or the older form or node that words it so."""

    id: str
    text: str
    kind: AliasKind
    sources: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least score of a node, or of the whole form (id "total"), for the two predicates of a Zona Integritas."""

    id: str
    rule: str
    wbk_min: float
    wbbm_min: float
    sources: tuple[str, ...]
    note: str = ""


TOTAL = "total"
"""The id of the threshold that holds for the whole form."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One evaluation form: its nodes in the order of print, every node below its parent.

    A form is equal only to itself, so that it can be the key of a cache at no cost.
    """

    id: str
    title: str
    instruments: tuple[str, ...]
    from_year: int
    until_year: int | None
    own_labels: bool
    sources: tuple[str, ...]
    nodes: tuple[Node, ...]
    _by_id: dict[str, Node] = field(init=False, repr=False)
    _children: dict[str | None, tuple[Node, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Builds the indexes of the lookups."""
        children: dict[str | None, list[Node]] = {}
        for node in self.nodes:
            children.setdefault(node.parent_id, []).append(node)
        object.__setattr__(self, "_by_id", {node.id: node for node in self.nodes})
        object.__setattr__(self, "_children", {parent: tuple(nodes) for parent, nodes in children.items()})

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._by_id

    def node(self, node_id: str) -> Node:
        """The node of that id; KeyError where the form has none."""
        return self._by_id[node_id]

    def children(self, node_id: str | None) -> tuple[Node, ...]:
        """The nodes right below a node, in form order; below None stand the tops of the form."""
        return self._children.get(node_id, ())

    def parent(self, node_id: str) -> Node | None:
        """The node right above a node."""
        parent_id = self.node(node_id).parent_id
        return None if parent_id is None else self.node(parent_id)

    def line(self, node_id: str) -> tuple[Node, ...]:
        """The nodes from the top of the form down to the node itself."""
        node: Node | None = self.node(node_id)
        upwards: list[Node] = []
        while node is not None:
            upwards.append(node)
            node = self.parent(node.id)
        return tuple(reversed(upwards))

    def component_of(self, node_id: str) -> Node | None:
        """The component that a node is or belongs to; None above the components."""
        return self._of_level(node_id, Level.COMPONENT)

    def area_of(self, node_id: str) -> Node | None:
        """The area that a node is or belongs to; None for a group."""
        return self._of_level(node_id, Level.AREA)

    def _of_level(self, node_id: str, level: Level) -> Node | None:
        return next((node for node in self.line(node_id) if node.level is level), None)

    def of_level(self, level: Level) -> tuple[Node, ...]:
        """All nodes of one level, in form order."""
        return tuple(node for node in self.nodes if node.level is level)

    @property
    def areas(self) -> tuple[Node, ...]:
        """All areas, in form order."""
        return self.of_level(Level.AREA)

    @property
    def components(self) -> tuple[Node, ...]:
        """All components, in form order."""
        return self.of_level(Level.COMPONENT)

    @property
    def items(self) -> tuple[Node, ...]:
        """All items, in form order."""
        return self.of_level(Level.ITEM)


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """All forms and the other names of their nodes, under one version; `sources` says what each source code means."""

    version: str
    reference: Form
    forms: Mapping[str, Form]
    aliases: tuple[Alias, ...]
    thresholds: tuple[Threshold, ...]
    sources: Mapping[str, str]
    labels: tuple[str, ...] = field(init=False)
    """Ids of the components and items that a row can be labelled with: those of the reference in form order, then the
    own labels of the other forms, each form in its own order."""
    _home: dict[str, Form] = field(init=False, repr=False)
    _label: dict[str, str | None] = field(init=False, repr=False)
    _aliases: dict[str, tuple[Alias, ...]] = field(init=False, repr=False)
    _counterparts: dict[str, tuple[Node, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Builds the indexes of the lookups."""
        home = {node.id: form for form in self.forms.values() for node in form.nodes}
        object.__setattr__(self, "_home", home)
        object.__setattr__(self, "_label", {node.id: self._find_label(node) for node in self.nodes()})
        object.__setattr__(self, "_aliases", _grouped((alias.id, alias) for alias in self.aliases))
        pairs = ((target, node) for node in self.nodes() for target in node.maps_to)
        object.__setattr__(self, "_counterparts", _grouped(pairs))
        labels = (n.id for n in self.nodes() if n.level in (Level.COMPONENT, Level.ITEM) and self._label[n.id] == n.id)
        object.__setattr__(self, "labels", tuple(labels))

    def __contains__(self, node_id: object) -> bool:
        return node_id in self._home

    def nodes(self) -> Iterator[Node]:
        """All nodes of all forms: those of the reference first, each form in its order."""
        yield from self.reference.nodes
        for form in self.forms.values():
            if form is not self.reference:
                yield from form.nodes

    def node(self, node_id: str) -> Node:
        """The node of that id in whatever form; KeyError where there is none."""
        return self.form_of(node_id).node(node_id)

    def form_of(self, node_id: str) -> Form:
        """The form that a node stands in; KeyError where there is no such node."""
        return self._home[node_id]

    def label_of(self, node_id: str) -> str | None:
        """The id that a row of this node is labelled with, None where the taxonomy has no place for it.

        For a group, area or aspect, which label no row, it is the node of the reference that it counts as.
        """
        return self._label[node_id]

    @property
    def components(self) -> tuple[Node, ...]:
        """The components of the reference, in form order."""
        return self.reference.components

    def path(self, node_id: str) -> tuple[str, ...]:
        """The names from the area down to the node.

        An aspect between the two is left out, for its name repeats the area's; a group is its own path.
        """
        line = self.form_of(node_id).line(node_id)
        below = [n for n in line if n.id == node_id or n.level not in (Level.GROUP, Level.ASPECT)]
        return tuple(node.name for node in below)

    def aliases_of(self, node_id: str) -> tuple[Alias, ...]:
        """The other names of a node."""
        return self._aliases.get(node_id, ())

    def counterparts(self, node_id: str) -> tuple[Node, ...]:
        """The nodes of other forms that map to a node of the reference."""
        return self._counterparts.get(node_id, ())

    def without_source(self, text: str) -> Taxonomy:
        """The taxonomy without the words that are known from one source alone, for a test on rows of that source.

        Left out are the names of nodes and the aliases that rest on nothing but sources whose code or description holds
        the text, and the aliases taken from a node that lost its name so. The nodes stay, without a name (`worded` is
        False): they are labels as before. The version says what was left out.

        Args:
            text: part of a source's code or description, in any case.

        Raises:
            ValueError: the text is blank, and so part of every source.
        """
        wanted = text.strip().casefold()
        if not wanted:
            raise ValueError("a blank text is part of every source")
        gone = {code for code, what in self.sources.items() if wanted in f"{code}\n{what}".casefold()}
        wordless = {node.id for node in self.nodes() if _rests_on(node.wording_sources, gone)}
        forms = {form.id: _without_names(form, wordless) for form in self.forms.values()}
        return replace(
            self,
            version=f"{self.version} without {text}",
            reference=forms[self.reference.id],
            forms=forms,
            aliases=tuple(alias for alias in self.aliases if not _rests_on(alias.sources, gone | wordless)),
        )

    def _find_label(self, node: Node) -> str | None:
        form = self._home[node.id]
        if form is self.reference:
            return node.id
        if len(node.maps_to) == 1:
            return node.maps_to[0]
        if node.maps_to:
            components = {self.reference.component_of(target) for target in node.maps_to}
            (common,) = components if len(components) == 1 else (None,)
            return None if common is None else common.id
        component = form.component_of(node.id)
        if component is not None and component.id != node.id and component.maps_to:
            return self._find_label(component)
        return node.id if form.own_labels else None


def _grouped(pairs: Iterable[tuple[str, _Value]]) -> dict[str, tuple[_Value, ...]]:
    lists: dict[str, list[_Value]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in lists.items()}


def _rests_on(sources: Sequence[str], gone: set[str]) -> bool:
    """True when there is no other source; what names none is not known to rest on it."""
    return bool(sources) and gone.issuperset(sources)


def _without_names(form: Form, wordless: set[str]) -> Form:
    nodes = (replace(n, name="", worded=False) if n.id in wordless else n for n in form.nodes)
    return replace(form, nodes=tuple(nodes))
