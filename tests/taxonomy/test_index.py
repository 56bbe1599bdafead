"""Likeness of texts to wordings: of a small invented index, and of the program's own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.index import Array, Index, Likeness
from taxonomy.matcher import load_matcher
from taxonomy.wordings import TRUST, Kind, Wording
from taxonomy.words import Words

TEXTS = {
    "hibah": ("pencatatan hibah", "hibah telah dicatat", "evaluasi hibah"),
    "kolam": ("pembersihan kolam", "kolam dibersihkan petugas", "evaluasi kolam"),
    "taman": ("taman kantor", "taman dirawat petugas", "evaluasi taman"),
}


def wording(label: str, text: str, is_heading: bool, kind: Kind = Kind.NAME) -> Wording:
    return Wording(label, label, text, kind, is_heading)


def index_of(wordings: list[Wording], groups: tuple[str, ...] = tuple(TEXTS)) -> Index:
    roots = ("catat", "hibah", "bersih", "kolam", "taman", "rawat", "petugas", "evaluasi", "kantor")
    words = Words(roots, {}, ["telah"], [w.text for w in wordings])
    return Index(words, wordings, groups, [w.component for w in wordings])


@pytest.fixture(scope="module")
def small() -> Index:
    return index_of([wording(label, text, number == 0) for label, texts in TEXTS.items() for number, text in enumerate(texts)])


@pytest.fixture(scope="module")
def own() -> Index:
    return load_matcher().components.index


def like(index: Index, text: str) -> Likeness:
    return index.like(index.bag(index.words.stems(text)))


def values(found: Likeness) -> Array:
    return np.stack((found.heading, found.item, found.cover, found.vote))


def test_votes_sum_to_one(small: Index, own: Index) -> None:
    for index in (small, own):
        assert index.votes.shape == (len(index.number), len(index.groups))
        assert index.votes.sum(axis=1) == pytest.approx(np.ones(len(index.number)), abs=1e-4)
        assert (index.votes > 0).all()


def test_weights_are_between_zero_and_one(small: Index, own: Index) -> None:
    for index in (small, own):
        assert (index.weight > 0).all() and (index.weight <= 1).all()


def test_a_word_of_one_group_tells_more_than_one_of_all(small: Index) -> None:
    weight = {stem: float(small.weight[number]) for stem, number in small.number.items()}
    assert weight["hibah"] > weight["petugas"] > weight["evaluasi"]


@pytest.mark.parametrize(
    ("telling", "common"),
    [
        ("gratifikasi", "evaluasi"),
        ("gratifikasi", "sosialisasi"),
        ("whistle", "monitoring"),
        ("mutasi", "kinerja"),
        ("maklumat", "layan"),
        ("elektronik", "sistem"),
    ],
)
def test_words_of_the_forms_tell_what_they_should(own: Index, telling: str, common: str) -> None:
    assert own.weight[own.number[telling]] > own.weight[own.number[common]]


def test_an_idle_word_is_no_part_of_a_wording(small: Index) -> None:
    assert "telah" not in small.number


def test_a_wording_is_most_alike_to_its_own_group(small: Index) -> None:
    for group, (label, (heading, *items)) in enumerate(TEXTS.items()):
        assert like(small, heading).heading.argmax() == group, label
        assert like(small, heading).heading[group] == pytest.approx(1.0, abs=1e-5)
        for item in items:
            assert like(small, item).item.argmax() == group, item
            assert like(small, item).item[group] == pytest.approx(1.0, abs=1e-5)


def test_every_name_of_the_form_is_wholly_like_itself(own: Index) -> None:
    for one in (w for w in own.wordings if w.kind is Kind.NAME):
        found = like(own, one.text)
        mine = (found.heading if one.is_heading else found.item)[own.groups.index(one.component)]
        assert mine == pytest.approx(1.0, abs=1e-4), one


def test_every_wording_is_as_like_itself_as_its_kind_is_trusted(own: Index) -> None:
    for one in own.wordings:
        if own.words.stems(one.text):
            found = like(own, one.text)
            mine = (found.heading if one.is_heading else found.item)[own.groups.index(one.component)]
            assert mine >= TRUST[one.kind] - 1e-4, one


@pytest.mark.parametrize("text", ["", "telah", "12 - 13", "kuda laut"])
def test_a_text_without_a_known_word_is_like_nothing(small: Index, text: str) -> None:
    assert not values(like(small, text)).any()


@pytest.mark.parametrize("text", ["hibah hibah hibah", "HIBAH", "hibahnya"])
def test_saying_it_louder_changes_nothing(small: Index, text: str) -> None:
    assert values(like(small, text)) == pytest.approx(values(like(small, "hibah")))


def test_words_that_no_wording_has_make_it_less_alike(small: Index) -> None:
    bare, more = like(small, "pencatatan hibah"), like(small, "pencatatan hibah kuda laut")
    assert more.heading[0] < bare.heading[0] and more.vote[0] < bare.vote[0]


def test_cover_does_not_mind_what_else_is_said() -> None:
    index = index_of([wording("hibah", "hibah dicatat petugas kantor", False), wording("taman", "taman dirawat", False)])
    bare, more = like(index, "hibah dicatat petugas kantor"), like(index, "taman; hibah dicatat petugas kantor")
    assert more.cover[index.groups.index("hibah")] == pytest.approx(float(bare.cover[index.groups.index("hibah")]))


def test_a_mended_word_speaks_more_softly(small: Index) -> None:
    right, mended = like(small, "evaluasi hibah"), like(small, "eva1uasi hibah")
    assert mended.item[0] < right.item[0]


def test_a_less_trusted_wording_speaks_more_softly() -> None:
    both = [wording("hibah", "hibah", True), wording("kolam", "kolam", True, Kind.ABBREVIATION)]
    index = index_of(both, ("hibah", "kolam"))
    assert like(index, "hibah").heading[0] == pytest.approx(1.0)
    assert like(index, "kolam").heading[1] == pytest.approx(TRUST[Kind.ABBREVIATION])


def test_a_group_without_wordings_is_like_nothing() -> None:
    index = index_of([wording("hibah", "hibah", True)], ("hibah", "kolam"))
    found = like(index, "hibah")
    assert found.heading[1] == 0 and found.item[1] == 0 and found.cover[1] == 0


def test_a_second_group_is_covered_by_what_the_best_wording_leaves(small: Index) -> None:
    both = small.second_cover(small.bag(small.words.stems("evaluasi kolam; hibah")))
    one = small.second_cover(small.bag(small.words.stems("evaluasi kolam")))
    assert sorted(both)[-1] > 0.5
    assert sorted(both)[-2] == 0
    assert max(one) < max(both)


SOME = "gratifikasi kampanye evaluasi pelayanan SPIP wbs pegawai mutasi xyzzy risiko SOP telah sosialisasi gratlfikasi"
WORDS = SOME.split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join) | st.text(max_size=40))
def test_likeness_is_between_zero_and_one(text: str) -> None:
    found = values(like(load_matcher().components.index, text))
    assert np.isfinite(found).all() and (found >= 0).all() and (found <= 1 + 1e-4).all()


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join) | st.text(max_size=40), max_size=5))
def test_many_texts_at_once_are_as_like_as_each_alone(texts: list[str]) -> None:
    """To the last bit: a row must not match otherwise because of the rows that it was asked with."""
    for index in (load_matcher().components.index, load_matcher().items("A1.P1")._index):
        bags = [index.bag(index.words.stems(text)) for text in texts]
        for bag, found in zip(bags, index.like_each(bags), strict=True):
            assert np.array_equal(values(index.like(bag)), values(found))


@given(st.permutations(WORDS[:8]))
def test_the_order_of_words_changes_nothing(words: list[str]) -> None:
    index = load_matcher().components.index
    assert values(like(index, " , ".join(words))) == pytest.approx(values(like(index, " , ".join(WORDS[:8]))), abs=1e-5)
