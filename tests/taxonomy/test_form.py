"""Forms as trees, and the label that a row of a node gets: the rules of the taxonomy, on the real forms."""

from __future__ import annotations

import pytest

from taxonomy.form import Form, Level, Node, Taxonomy
from taxonomy.load import load_taxonomy

DECREE = "Sumbawa Barat 35/2022"


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.mark.parametrize(
    ("node_id", "label", "why"),
    [
        ("A1.P1.a", "A1.P1.a", "the reference labels with its own ids"),
        ("A5.R3", "A5.R3", "components as well"),
        ("Z14.A1.2", "A1.P2", "renamed since"),
        ("Z14.A6.3.b", "A6.P4.b", "moved to another number"),
        ("Z14.A4.2.h", "A4.P2.h", "merged into one"),
        ("Z14.A6.2.c", "A6.P2", "split in two: their component"),
        ("Z14.A5.4.a", "A5.P4", "dropped, but its component is still there"),
        ("Z14.H1.b", None, "a whole component dropped, of a form without labels"),
        ("RB5.P3.b", "A3.P3.e", "mapped to an item"),
        ("RB1.P1.b", "A1.P1", "no such item, but its component"),
        ("RB2.P1", "RB2.P1", "no such component: a label of its own"),
        ("RB7.P6.b", "RB7.P6.b", "an item of such a component"),
        ("RB5", "A3", "an area counts as that of the reference"),
        ("RB3", "RB3", "an area that the reference does not have"),
    ],
)
def test_the_label_of_a_node(taxonomy: Taxonomy, node_id: str, label: str | None, why: str) -> None:
    assert taxonomy.label_of(node_id) == label, why


def test_labels_are_those_of_the_reference_and_what_it_lacks(taxonomy: Taxonomy) -> None:
    labels = taxonomy.labels
    reference = [node.id for node in taxonomy.reference.nodes if node.level in (Level.COMPONENT, Level.ITEM)]
    assert list(labels[: len(reference)]) == reference
    own = labels[len(reference) :]
    assert list(dict.fromkeys(label.split(".")[0] for label in own)) == ["RB2", "RB3", "RB5", "RB6", "RB7"]
    assert "RB7.P7" in own and "RB7.P1.c" not in own
    assert not any(label.startswith("Z14") for label in labels)


def test_every_label_labels_itself(taxonomy: Taxonomy) -> None:
    labels = set(taxonomy.labels)
    for node in taxonomy.nodes():
        label = taxonomy.label_of(node.id)
        assert label is None or label in labels or node.level in (Level.GROUP, Level.AREA, Level.ASPECT)
    assert all(taxonomy.label_of(label) == label for label in labels)


@pytest.mark.parametrize(
    ("node_id", "component", "area", "path"),
    [
        (
            "A1.P4.b",
            "A1.P4",
            "A1",
            ["Manajemen Perubahan", "Perubahan Pola Pikir dan Budaya Kerja", "Sudah ditetapkan agen perubahan"],
        ),
        ("A1.P4", "A1.P4", "A1", ["Manajemen Perubahan", "Perubahan Pola Pikir dan Budaya Kerja"]),
        ("A1.P", None, "A1", ["Manajemen Perubahan", "Pemenuhan - Manajemen Perubahan"]),
        ("A1", None, "A1", ["Manajemen Perubahan"]),
        ("A", None, None, ["Komponen Pengungkit"]),
        ("RB3.P2", "RB3.P2", "RB3", ["Penataan dan Penguatan Organisasi", "Penataan"]),
    ],
)
def test_where_a_node_stands(
    taxonomy: Taxonomy, node_id: str, component: str | None, area: str | None, path: list[str]
) -> None:
    form = taxonomy.form_of(node_id)
    found_component, found_area = form.component_of(node_id), form.area_of(node_id)
    assert (found_component and found_component.id, found_area and found_area.id) == (component, area)
    assert list(taxonomy.path(node_id)) == path


def test_children_stand_in_form_order(taxonomy: Taxonomy) -> None:
    form = taxonomy.reference
    assert [node.id for node in form.children(None)] == ["A", "H"]
    assert [node.id for node in form.children("A5.P")] == ["A5.P1", "A5.P2", "A5.P3", "A5.P4", "A5.P5"]
    assert form.children("A5.P4.c") == ()
    assert [node.id for node in form.areas] == ["A1", "A2", "A3", "A4", "A5", "A6", "H1", "H2"]


def test_counterparts_and_other_names(taxonomy: Taxonomy) -> None:
    assert [node.id for node in taxonomy.counterparts("A2.P2")] == ["Z14.A2.2", "RB4.P2"]
    assert {"E-Office", "E-Gov"} <= {alias.text for alias in taxonomy.aliases_of("A2.P2")}
    assert taxonomy.counterparts("Z14.A2.2") == () == taxonomy.aliases_of("Z14.A2.2")


def test_a_node_that_is_not_there(taxonomy: Taxonomy) -> None:
    assert "A9" not in taxonomy and "A1" in taxonomy
    with pytest.raises(KeyError):
        taxonomy.node("A9")


def test_a_component_split_over_two_has_no_single_label() -> None:
    def form(name: str, *nodes: Node) -> Form:
        return Form(name, name, (), 2000, None, False, (), nodes)

    def node(name: str, node_id: str, level: Level, parent: str | None = None, maps_to: tuple[str, ...] = ()) -> Node:
        return Node(node_id, name, parent, level, node_id, maps_to=maps_to)

    reference = form(
        "new",
        node("new", "N", Level.AREA),
        node("new", "N.1", Level.COMPONENT, "N"),
        node("new", "N.1.a", Level.ITEM, "N.1"),
        node("new", "N.2", Level.COMPONENT, "N"),
    )
    old = form(
        "old",
        node("old", "O", Level.AREA, None, ("N",)),
        node("old", "O.1", Level.COMPONENT, "O", ("N.1", "N.2")),
        node("old", "O.1.a", Level.ITEM, "O.1", ("N.1.a",)),
        node("old", "O.1.b", Level.ITEM, "O.1"),
    )
    taxonomy = Taxonomy("test", reference, {"new": reference, "old": old}, (), (), {})
    assert [taxonomy.label_of(node.id) for node in old.nodes] == ["N", None, "N.1.a", None]


@pytest.mark.parametrize("text", [DECREE, "sumbawa BARAT", "KPU Kabupaten Sumbawa Barat"])
def test_without_a_source_its_words_are_gone_and_its_labels_stay(taxonomy: Taxonomy, text: str) -> None:
    rest = taxonomy.without_source(text)
    wordless = {node.id for node in rest.nodes() if not node.worded}
    assert {"RB2.R1.a", "RB6.R2", "RB8.P2.a"} <= wordless
    assert wordless == {node.id for node in taxonomy.nodes() if node.wording_sources == (DECREE,)}
    assert not any(rest.node(node_id).name for node_id in wordless)
    assert rest.labels == taxonomy.labels and rest.label_of("RB8.P2.a") == "A6.P2.a"
    assert text in rest.version
    assert all(node.worded for node in taxonomy.nodes()), "the whole taxonomy is as it was"


def test_without_a_source_aliases_taken_from_its_words_are_gone_too(taxonomy: Taxonomy) -> None:
    rest = taxonomy.without_source(DECREE)
    gone = set(taxonomy.aliases) - set(rest.aliases)
    assert {alias.sources for alias in gone} == {
        (i,) for i in ("RB1.P4.a", "RB1.P4.b", "RB6.R3.a", "RB8.P2.a", "RB8.P2.c", "RB8.P2.d")
    }
    names = {node.name for node in taxonomy.nodes() if node.wording_sources == (DECREE,)}
    elsewhere = {node.name for node in taxonomy.nodes() if node.wording_sources != (DECREE,)}
    assert not (names - elsewhere) & {alias.text for alias in rest.aliases}


def test_a_fact_with_another_source_stays(taxonomy: Taxonomy) -> None:
    rest = taxonomy.without_source("PN Serang")
    assert "S7" in taxonomy.node("A1.P1").sources
    assert rest.node("A1.P1") == taxonomy.node("A1.P1") and rest.aliases == taxonomy.aliases


def test_leaving_out_nothing_in_particular_is_refused(taxonomy: Taxonomy) -> None:
    with pytest.raises(ValueError, match="blank"):
        taxonomy.without_source(" ")
