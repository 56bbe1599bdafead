"""A form that comes later is matched once it is written down: data alone, no code."""

from __future__ import annotations

import shutil

import pytest

from taxonomy.calibration import load_calibration
from taxonomy.load import DATA_DIR, load_taxonomy
from taxonomy.matcher import Matcher, Status
from taxonomy.wordings import component_of

FORM = """
[[form]]
id = "zi-2026"
title = "Lembar Kerja Evaluasi rekaan"
instruments = ["permenpanrb-1-2026"]
from = 2026
file = "zi-2026.csv"
role = "other"
own_labels = true
"""
NODES = """\
id,parent_id,level,name,weight,aspect,maps_to,relation,source
Z26.1,,area,Perubahan Cara Kerja,7,,A1,renamed,T1
Z26.1.1,Z26.1,component,Regu Penggerak Integritas,5,pemenuhan,A1.P1,renamed,T1
Z26.1.1.a,Z26.1.1,item,Regu penggerak telah dikukuhkan,,pemenuhan,A1.P1.a,reworded,T1
Z26.1.3,Z26.1,component,Kecerdasan Buatan,2,pemenuhan,,,T1
Z26.1.3.a,Z26.1.3,item,Pemanfaatan kecerdasan buatan telah diatur,,pemenuhan,,,T1
Z26.1.3.b,Z26.1.3,item,Algoritma diuji keadilannya sebelum dipakai,,pemenuhan,,,T1
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    """A matcher of the data files with one form more."""
    folder = shutil.copytree(DATA_DIR, tmp_path_factory.mktemp("grown") / "data")
    (folder / "zi-2026.csv").write_text(NODES, encoding="utf-8")
    for name, text in (("sources.csv", "T1,An invented regulation\n"), ("forms.toml", FORM)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return Matcher(load_taxonomy(folder), load_calibration())


@pytest.mark.parametrize(
    ("row", "indicator"),
    [
        ({"component": "Kecerdasan Buatan", "item": "Pemanfaatan kecerdasan buatan telah diatur"}, "Z26.1.3.a"),
        ({"component": "Kecerdasan Buatan", "action": "Menguji keadilan algoritma sebelum dipakai"}, "Z26.1.3.b"),
        ({"action": "Menyusun aturan pemanfaatan kecerdasan buatan"}, "Z26.1.3.a"),
        ({"component": "Regu Penggerak Integritas", "item": "Regu penggerak telah dikukuhkan"}, "A1.P1.a"),
        ({"component": "Pengendalian Gratifikasi", "action": "Kampanye publik pengendalian gratifikasi"}, "A5.P1.a"),
    ],
)
def test_rows_of_the_new_form_and_of_the_old_ones(grown: Matcher, row: dict[str, str], indicator: str) -> None:
    (match,) = grown.match_each([row])
    assert match.indicator_id == indicator, match


def test_its_very_words_are_accepted(grown: Matcher) -> None:
    row = {
        "area": "Perubahan Cara Kerja",
        "component": "Kecerdasan Buatan",
        "item": "Algoritma diuji keadilannya sebelum dipakai",
    }
    (match,) = grown.match_each([row])
    assert (match.indicator_id, match.status) == ("Z26.1.3.b", Status.ACCEPTED), match


def test_a_plan_by_the_new_form(grown: Matcher) -> None:
    plan = [
        {"component": "Regu Penggerak Integritas", "action": "Mengukuhkan regu penggerak"},
        {"component": "Regu Penggerak Integritas", "action": "Mengumumkan kepada pegawai"},
        {"component": "Kecerdasan Buatan", "action": "Mengatur pemanfaatan kecerdasan buatan"},
        {"component": "Kecerdasan Buatan", "action": "Menguji keadilan algoritma"},
    ]
    labels = [match.indicator_id for match in grown.match_plan(plan)]
    assert [component_of(grown.taxonomy, label) for label in labels] == ["A1.P1", "A1.P1", "Z26.1.3", "Z26.1.3"], labels


def test_a_matcher_without_it_says_nothing_of_it() -> None:
    plain = Matcher(load_taxonomy(), load_calibration())
    (match,) = plain.match_each([{"component": "Kecerdasan Buatan", "item": "Algoritma diuji keadilannya sebelum dipakai"}])
    assert match.status is not Status.ACCEPTED
    assert not any(candidate.id.startswith("Z26") for candidate in match.candidates)
