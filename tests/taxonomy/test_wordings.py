"""The wordings that the matcher compares with: whose they are, and which of equal ones counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from taxonomy.errors import TaxonomyError
from taxonomy.load import load_taxonomy
from taxonomy.wordings import NONE, Kind, Wording, wordings

KNOWN = wordings(load_taxonomy())


def of(text: str) -> list[Wording]:
    return [w for w in KNOWN if w.text == text]


@pytest.mark.parametrize(
    ("text", "label", "kind", "is_heading"),
    [
        ("Pengendalian Gratifikasi", "A5.P1", Kind.NAME, True),
        ("Gratifikasi", "A5.P1", Kind.FORMER, True),
        ("Terdapat SOP bagi pelaksanaan standar pelayanan", "A6.P1", Kind.FORMER, False),
        ("E-Office", "A2.P2", Kind.FORMER, True),
        ("Agen Perubahan", "A1.P4.b", Kind.ALIAS, False),
        ("Harmonisasi", "RB2.P1", Kind.FORMER, True),
        ("TNA", "A3.P3.a", Kind.ABBREVIATION, False),
    ],
)
def test_a_wording_speaks_for_its_label(text: str, label: str, kind: Kind, is_heading: bool) -> None:
    assert [(w.label, w.kind, w.is_heading) for w in of(text)] == [(label, kind, is_heading)]


def test_the_very_name_of_one_component_is_no_other_name_of_another() -> None:
    assert {w.label for w in of("Kinerja Individu")} == {"A3.R1"}


def test_every_label_has_a_wording_and_no_wording_stands_twice() -> None:
    assert {w.label for w in KNOWN} >= set(load_taxonomy().labels)
    assert len({(w.label, w.text.casefold()) for w in KNOWN}) == len(KNOWN)
    assert any(w.label == NONE for w in KNOWN)


def test_a_phrase_of_no_label_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "practice.csv"
    path.write_text("id,phrase,kind,source\nA5.P1,banner,term,house\nA9.P1,apel,action,house\nA5,pengawasan,term,house\n")
    with pytest.raises(TaxonomyError) as told:
        wordings(load_taxonomy(), path)
    assert "line 3" in told.value.message
    assert "line 4" in told.value.message
