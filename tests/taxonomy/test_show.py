"""What a user of ``zi taxonomy`` finds by which words, and what is shown of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from taxonomy.errors import FormNotThere
from taxonomy.form import Taxonomy
from taxonomy.load import load_taxonomy
from taxonomy.search import search
from taxonomy.show import view


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


def data(taxonomy: Taxonomy, words: str = "", form: str | None = None) -> Any:
    """The view as a program gets it: through JSON and back."""
    return json.loads(json.dumps(view(taxonomy, words, form).data))


# Searching.


@pytest.mark.parametrize(
    ("words", "first", "why"),
    [
        ("Pengaduan Masyarakat", "A5.P3", "a name"),
        ("pengelolaan pengaduan", "A6.P3", "in lower case"),
        ("KETERBUKAAN INFORMASI PUBLIK", "A2.P3", "in capitals"),
        ("kétèrbukaan informasi", "A2.P3", "with accents"),
        ("benturan kepentngan", "A5.P5", "a letter lost"),
        ("gratifkiasi", "A5.P1", "letters changed over"),
        ("whsitleblowing", "A5.P4", "in another name"),
        ("wbs", "A5.P4", "an abbreviation"),
        ("e office", "A2.P2", "a name of the former form, without its hyphen"),
        ("tatalaksana", "A2", "written as one word"),
        ("gratif", "A5.P1", "the beginning of a word"),
        ("evaluasi", "RB3.P1", "a whole name before all that hold the word"),
        ("iku", "A4.P2.c", "an abbreviation, not the middle of a word"),
        ("deregulasi", "RB2", "what only another form has"),
        ("tindak lanjut hasil pemeriksaan tlhp", "Z14.H1.b", "what is no more"),
        ("ditetapkan agen perubahan satker", "A1.P4.b", "with a word too many"),
    ],
)
def test_what_words_find_first(taxonomy: Taxonomy, words: str, first: str, why: str) -> None:
    assert search(taxonomy, words)[0].node.id == first, why


@pytest.mark.parametrize("words", ["xyzzy", "wbz", "pengadaan kendaraan dinas", "A9.P1", "...", "s"])
def test_words_that_find_nothing(taxonomy: Taxonomy, words: str) -> None:
    shown = view(taxonomy, words)
    assert shown.data["matches"] == []
    assert shown.lines == (f"taxonomy {taxonomy.version} | 0 found for {words!r}",)
    assert shown.hint is not None and words in shown.hint


def test_the_beginning_of_an_id_finds_what_stands_there(taxonomy: Taxonomy) -> None:
    assert [hit.node.id for hit in search(taxonomy, "a5.r3.")] == ["A5.R3.a", "A5.R3.b"]
    assert {hit.node.id for hit in search(taxonomy, "rb3.p")} == {"RB3.P1", "RB3.P1.a", "RB3.P2"}


def test_an_id_finds_its_counterparts_in_another_form(taxonomy: Taxonomy) -> None:
    assert [hit.node.id for hit in search(taxonomy, "A6.P4", taxonomy.forms["zi-2014"])] == ["Z14.A6.3"]


def test_a_match_tells_where_it_stands_and_what_it_is_labelled_with(taxonomy: Taxonomy) -> None:
    match = data(taxonomy, "dokumen rencana pembangunan", "zi-2014")["matches"][0]
    assert match["id"] == "Z14.A1.2" and match["label"] == "A1.P2" == match["maps_to"][0]
    assert match["path"] == ["Manajemen Perubahan", "Dokumen Rencana Pembangunan Zona Integritas"]
    assert match["matched"] == "name"
    text = "\n".join(view(taxonomy, "dokumen rencana pembangunan", "zi-2014").lines)
    assert "Z14.A1.2  [zi-2014; label A1.P2]" in text
    assert "Manajemen Perubahan > Dokumen Rencana Pembangunan Zona Integritas" in text


def test_a_match_by_another_name_shows_it(taxonomy: Taxonomy) -> None:
    match = data(taxonomy, "SIMPEG")["matches"][0]
    assert (match["id"], match["matched"], match["text"]) == ("A3.P6", "alias", "SIMPEG")
    assert "  alias: SIMPEG" in view(taxonomy, "SIMPEG").lines


def test_a_search_stays_in_its_form(taxonomy: Taxonomy) -> None:
    found = data(taxonomy, "pengaduan", "pmprb-2020")
    assert found["form"] == "pmprb-2020" and {match["form"] for match in found["matches"]} == {"pmprb-2020"}


def test_best_matches_come_first(taxonomy: Taxonomy) -> None:
    scores = [hit.score for hit in search(taxonomy, "pengendalian gratifikasi")]
    assert scores[0] == 100 and scores == sorted(scores, reverse=True)


# One node.


def test_a_node_with_all_that_is_known_of_it(taxonomy: Taxonomy) -> None:
    shown = data(taxonomy, "a2.p2")
    assert (shown["node"]["id"], shown["node"]["weight"], shown["node"]["label"]) == ("A2.P2", 2, "A2.P2")
    assert [child["id"] for child in shown["children"]] == ["A2.P2.a", "A2.P2.b", "A2.P2.c", "A2.P2.d"]
    assert {"text": "E-Gov", "kind": "abbreviation", "sources": ["LIST"], "note": None} in shown["aliases"]
    assert [(n["id"], n["form"], n["relation"]) for n in shown["counterparts"]] == [
        ("Z14.A2.2", "zi-2014", "renamed"),
        ("RB4.P2", "pmprb-2020", None),
    ]
    assert shown["sources"]["S4"].startswith("ZI application")


def test_a_node_as_text(taxonomy: Taxonomy) -> None:
    text = "\n".join(view(taxonomy, "A1").lines)
    for piece in (
        "A1  Manajemen Perubahan",
        "weight        8",
        "WBK 4.8, WBBM 6",
        "A1.P Pemenuhan - Manajemen Perubahan",
        "Pokja 1  (common: LIST)",
        "Z14.A1 Manajemen Perubahan  (zi-2014, reweighted)",
        "S10  Table of the areas",
    ):
        assert piece in text


@pytest.mark.parametrize(
    ("node_id", "told"),
    [
        ("Z14.A6.2.c", "label         A6.P2"),
        ("Z14.A1.1", "maps to       A1.P1 Penyusunan Tim Kerja (renamed)"),
        ("Z14.H1.b", "label         none"),
        ("Z14.H1.b", "maps to       nothing (dropped)"),
        ("RB1", "counts as     A1"),
        ("RB7.P6", "label         RB7.P6"),
    ],
)
def test_what_a_node_of_another_form_stands_for(taxonomy: Taxonomy, node_id: str, told: str) -> None:
    assert f"  {told}" in view(taxonomy, node_id).lines


# A whole form.


def test_without_words_the_reference_is_printed_as_a_tree(taxonomy: Taxonomy) -> None:
    lines = view(taxonomy).lines
    assert lines[0].startswith(f"taxonomy {taxonomy.version} | zi-2021 | Lembar Kerja Evaluasi")
    assert lines[1:5] == (
        "A           60  Komponen Pengungkit",
        "A1           8    Manajemen Perubahan",
        "A1.P         4      Pemenuhan - Manajemen Perubahan",
        "A1.P1      0.5        Penyusunan Tim Kerja",
    )
    assert "total       75     85  Nilai total" in lines


def test_a_form_as_data(taxonomy: Taxonomy) -> None:
    shown = data(taxonomy)
    assert len(shown["nodes"]) == 177 and len(shown["thresholds"]) == 12
    assert shown["form"]["instruments"] == ["permenpanrb-90-2021"] and shown["form"]["until_year"] is None
    labels = {node["label"] for node in shown["nodes"]}
    assert "A1.P1.a" in labels and "A1" not in labels, "an area labels no row"


def test_another_form_has_no_minimum_scores(taxonomy: Taxonomy) -> None:
    shown = data(taxonomy, "", "zi-2014")
    assert shown["nodes"][0]["id"] == "Z14.A" and shown["thresholds"] == []
    assert not any("WBBM" in line and "minimum" in line for line in view(taxonomy, "", "zi-2014").lines)


@pytest.mark.parametrize("words", ["", "A1", "pengaduan", "xyzzy"])
def test_every_answer_names_the_version(taxonomy: Taxonomy, words: str) -> None:
    shown = view(taxonomy, words)
    assert shown.data["taxonomy_version"] == taxonomy.version
    assert shown.lines[0].startswith(f"taxonomy {taxonomy.version} ")


def test_a_form_that_is_not_there(taxonomy: Taxonomy) -> None:
    with pytest.raises(FormNotThere, match="no form 'zi-1999'; it has zi-2021, zi-2014, pmprb-2020"):
        view(taxonomy, "", "zi-1999")
