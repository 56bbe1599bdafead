"""The data files as they are, a new form added to them, and what is said when they do not hold."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from normalize.register import register
from taxonomy.errors import TaxonomyError
from taxonomy.form import Aspect, Level, Taxonomy
from taxonomy.load import DATA_DIR, load_taxonomy

Change = Callable[[str, str, str], None]


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load_taxonomy()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the data files, to be changed."""
    return shutil.copytree(DATA_DIR, tmp_path / "data")


@pytest.fixture
def change(folder: Path) -> Change:
    """Replaces a text that stands once in a file of the copy."""

    def replace_once(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return replace_once


def problems(folder: Path) -> list[str]:
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(folder)
    assert caught.value.cure
    return list(caught.value.problems)


# The data as they are.


def test_the_forms_have_what_the_regulations_print(taxonomy: Taxonomy) -> None:
    def counts(form_id: str) -> dict[Level, int]:
        return dict(Counter(node.level for node in taxonomy.forms[form_id].nodes))

    group, area, aspect, component, item = Level
    assert counts("zi-2021") == {group: 2, area: 8, aspect: 12, component: 45, item: 110}
    assert counts("zi-2014") == {group: 2, area: 8, component: 26, item: 81}
    assert counts("pmprb-2020") == {area: 8, component: 56, item: 94}
    halves = Counter(node.aspect for node in taxonomy.components)
    assert halves == {Aspect.FULFILMENT: 25, Aspect.REFORM: 17, Aspect.RESULT: 3}
    assert taxonomy.reference.id == "zi-2021" and len(taxonomy.aliases) == 187


@pytest.mark.parametrize("form_id", ["zi-2021", "zi-2014"])
def test_a_whole_form_weighs_a_hundred(taxonomy: Taxonomy, form_id: str) -> None:
    assert sum(node.weight or 0 for node in taxonomy.forms[form_id].components) == pytest.approx(100)


def test_the_areas_of_pmprb_weigh_what_their_fulfilment_does(taxonomy: Taxonomy) -> None:
    form = taxonomy.forms["pmprb-2020"]
    for area in form.areas:
        known = [c.weight for c in form.children(area.id) if c.aspect is Aspect.FULFILMENT and c.weight is not None]
        assert sum(known) == pytest.approx(area.weight, abs=0.0101)


def test_minimum_scores_rise_and_do_not_exceed_the_weight(taxonomy: Taxonomy) -> None:
    assert {t.id for t in taxonomy.thresholds} == {"total", "A", "A1", "A2", "A3", "A4", "A5", "A6", "H1", "H1.a", "H1.b", "H2"}
    for threshold in taxonomy.thresholds:
        most = 100.0 if threshold.id == "total" else taxonomy.node(threshold.id).weight
        assert most is not None and 0 < threshold.wbk_min <= threshold.wbbm_min <= most


def test_the_instruments_of_the_forms_are_in_the_register(taxonomy: Taxonomy) -> None:
    assert {i for form in taxonomy.forms.values() for i in form.instruments} <= register().keys()


def test_nodes_of_pmprb_map_where_their_component_does_or_nowhere(taxonomy: Taxonomy) -> None:
    form = taxonomy.forms["pmprb-2020"]
    for item in form.items:
        component = form.component_of(item.id)
        assert component is not None
        homes = {home.id for target in item.maps_to if (home := taxonomy.reference.component_of(target)) is not None}
        assert homes <= set(component.maps_to)


def test_it_is_read_once() -> None:
    assert load_taxonomy() is load_taxonomy()


# A new form is data.

NEW_FORM = """
[[form]]
id = "zi-2026"
title = "Lembar Kerja Evaluasi rekaan"
instruments = ["permenpanrb-1-2026"]
from = 2026
file = "zi-2026.csv"
role = "other"
own_labels = true
"""
NEW_NODES = """\
id,parent_id,level,name,weight,aspect,maps_to,relation,source
Z26.1,,area,Perubahan Cara Kerja,8,,A1,renamed,T1
Z26.1.1,Z26.1,component,Penyusunan Tim Kerja,5,pemenuhan,A1.P1,same,T1
Z26.1.1.a,Z26.1.1,item,Tim pembangunan telah dibentuk,,pemenuhan,A1.P1.a,reworded,T1
Z26.1.2,Z26.1,component,Peta Jalan Pembangunan,1,pemenuhan,A1.P2,renamed,T1
Z26.1.3,Z26.1,component,Kecerdasan Buatan,2,pemenuhan,,,T1
Z26.1.3.a,Z26.1.3,item,Pemanfaatan kecerdasan buatan telah diatur,,pemenuhan,,,T1
"""


def test_a_new_form_is_added_by_data_alone(folder: Path, change: Change, taxonomy: Taxonomy) -> None:
    (folder / "zi-2026.csv").write_text(NEW_NODES, encoding="utf-8")
    with (folder / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("T1,An invented regulation\n")
    with (folder / "forms.toml").open("a", encoding="utf-8") as file:
        file.write(NEW_FORM)
    change("forms.toml", f'\nversion = "{taxonomy.version}"', '\nversion = "2026.9"')
    grown = load_taxonomy(folder)
    assert grown.version == "2026.9"
    assert [grown.label_of(node.id) for node in grown.forms["zi-2026"].nodes] == [
        "A1",
        "A1.P1",
        "A1.P1.a",
        "A1.P2",
        "Z26.1.3",
        "Z26.1.3.a",
    ]
    assert grown.labels == (*taxonomy.labels, "Z26.1.3", "Z26.1.3.a")
    assert [node.id for node in grown.counterparts("A1.P2")] == ["Z14.A1.2", "RB1.P2", "Z26.1.2"]
    assert grown.path("Z26.1.3.a")[:2] == ("Perubahan Cara Kerja", "Kecerdasan Buatan")


def test_a_new_form_can_be_the_reference(tmp_path: Path) -> None:
    form = NEW_FORM.replace('"other"', '"reference"').replace("own_labels = true\n", "")
    nodes = [{**row, "maps_to": "", "relation": ""} for row in csv.DictReader(NEW_NODES.splitlines())]
    with (tmp_path / "zi-2026.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(nodes[0]))
        writer.writeheader()
        writer.writerows(nodes)
    (tmp_path / "forms.toml").write_text(f'version = "1"\n{form}', encoding="utf-8")
    (tmp_path / "sources.csv").write_text("code,what\nT1,An invented regulation\n", encoding="utf-8")
    (tmp_path / "aliases.csv").write_text("id,alias,kind,source\nZ26.1.3,AI,abbreviation,T1\n", encoding="utf-8")
    (tmp_path / "thresholds.csv").write_text("id,rule,wbk_min,wbbm_min,source\n", encoding="utf-8")
    taxonomy = load_taxonomy(tmp_path)
    assert taxonomy.labels == ("Z26.1.1", "Z26.1.1.a", "Z26.1.2", "Z26.1.3", "Z26.1.3.a")


def test_tables_saved_by_a_spreadsheet_are_read(folder: Path, taxonomy: Taxonomy) -> None:
    path = folder / "zi-2021.csv"
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n") + ",,,,,,,,,,\r\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert load_taxonomy(folder).reference.nodes == taxonomy.reference.nodes


# What does not hold is told: file, line, what to do.


FAULTS: dict[str, list[tuple[str, str, str]]] = {
    # file: what stands there, what is put in its place, what is told
    "pmprb-2020.csv": [
        ("\nRB2.P1.b,", "\nRB2.P1.a,", "line 25: the id 'RB2.P1.a' is taken by pmprb-2020.csv, line 24"),
        ("\nRB2.P1.b,", "\n,", "line 25: has no id"),
        ("Harmonisasi,0.5,", "Harmonisasi,0.7,", "'RB2' weighs 1, the nodes below it 1.2"),
    ],
    "zi-2014.csv": [
        ("\nZ14.A6.3.c,", "\nA6.P4.c,", "line 112: the id 'A6.P4.c' is taken by zi-2021.csv, line 162"),
        ("Tim Kerja,1,", "Tim Kerja,0.5,", "line 3: 'Z14.A1' weighs 5, the nodes below it 4.5"),
        ("Tim Kerja,1,proses,A1.P1,", "Tim Kerja,1,proses,A1.P9,", "'Z14.A1.1' maps to 'A1.P9', which zi-2021 does not have"),
        ("Tim Kerja,1,proses,A1.P1,", "Tim Kerja,1,proses,A1.P1.a,", "'Z14.A1.1' (component) maps to 'A1.P1.a' (item)"),
        ("A1.P1,renamed,", "A1.P1,renewed,", "the relation 'renewed' is not known; it may be dropped, merged,"),
        ("A1.P1,renamed,", "A1.P1,dropped,", "'Z14.A1.1' is dropped and yet maps to 'A1.P1'"),
    ],
    "zi-2021.csv": [
        ("A2,A,area,Penataan Tatalaksana", "A2,A,area,", "line 29: 'A2' has no name"),
        ("\nA4.P1.c,A4.P1,", "\nA4.P1.c,A4.P7,", "'A4.P1.c' stands under 'A4.P7', which is not above it"),
        ("\nA4.P1.c,A4.P1,", "\nA4.P1.c,A3.P1,", "'A4.P1.c' stands away from its parent 'A3.P1'"),
        ("\nA4.P1.c,A4.P1,", "\nA4.P1.c,A4.P,", "'A4.P1.c' (item) stands under aspect; it belongs under component"),
        ("\nA4.P1,A4.P,component,", "\nA4.P1,A4.P,komponen,", "the level 'komponen' is not known; it may be group, area,"),
        ("Standar Pelayanan,1,pemenuhan", "Standar Pelayanan,1,fulfilled", "the aspect 'fulfilled' is not known"),
        ("Standar Pelayanan,1,", "Standar Pelayanan,2,", "'A6.P' weighs 5, the nodes below it 6"),
        ("Standar Pelayanan,1,", 'Standar Pelayanan,"0,5",', "the weight '0,5' is no number above 0; write it with a point"),
        (
            "Penyusunan Tim Kerja,0.5,pemenuhan,,",
            "Penyusunan Tim Kerja,0.5,pemenuhan,A1,",
            "of the reference form; leave maps_to",
        ),
        (
            "Keterlibatan Pimpinan,2.5,pemenuhan,,,S3;S4;S5",
            "Keterlibatan Pimpinan,2.5,pemenuhan,,,S3;S99",
            "'S99' is not known",
        ),
        ("Keterlibatan Pimpinan,2.5,pemenuhan,,,S3;S4;S5", "Keterlibatan Pimpinan,2.5,pemenuhan,,,", "names no source"),
        (
            "lingkungan pengendalian,",
            "lingkungan, pengendalian,",
            "has 12 cells, the first line 11; quote a text that holds a comma",
        ),
        ("parent_id,level,name,weight,", "parent_id,level,name,wieght,", "zi-2021.csv: has an unknown column 'wieght'"),
        ("id,parent_id,level,", "id,parent,level,", "zi-2021.csv: lacks the column parent_id"),
    ],
    "aliases.csv": [
        ("\nA5.P4,WBS,", "\nA5.P9,WBS,", "there is no node 'A5.P9'"),
        ("\nA5.P4,WBS,", "\nA5.P4,,", "has no alias"),
        ("\nA2.P3,KIP,", "\nA2.P3,PPID,", "line 48: 'PPID' is given twice for 'A2.P3'"),
        ("\nA5.P4,WBS,abbreviation,", "\nA5.P4,WBS,abbr,", "the kind 'abbr' is not known; it may be form, abbreviation,"),
        (",RB1.P2.b,", ",RB1.P2.x,", "the source 'RB1.P2.x' is not known"),
    ],
    "thresholds.csv": [
        ("\nH2,", "\nH3,", "line 13: zi-2021 has no node 'H3'"),
        ("total,Nilai total,75,", "total,Nilai total,,", "the wbk_min '' is no number above 0"),
    ],
    "sources.csv": [
        ("\nS2,", "\nS1,Again\nS2,", "line 4: the code 'S1' is blank or given twice"),
    ],
    "forms.toml": [
        ('["S27"]', '["S98"]', "forms.toml: the source 'S98' of 'zi-2014' is not known"),
        ('role = "reference"', 'role = "other"\nown_labels = true', 'forms.toml: names 0 forms with role = "reference"'),
        ('\nversion = "', '\nedition = "', "forms.toml: has no version"),
        ("from = 2021", 'from = "2021"', "forms.toml, form 'zi-2021': needs from = a year"),
        ("own_labels = false", "", "form 'zi-2014': needs own_labels = true or false"),
        ('file = "zi-2014.csv"', 'file = "zi-2013.csv"', "zi-2013.csv: cannot be read (No such file or directory)"),
        ('id = "zi-2014"', 'id = "zi-2021"', "forms.toml: lists the form 'zi-2021' twice"),
        ('id = "zi-2014"', "id = zi-2014", "forms.toml is no TOML: Invalid value (at line"),
        ("until = 2021", "untill = 2021", "form 'zi-2014': has an unknown key 'untill'"),
    ],
}


@pytest.mark.parametrize(
    ("file", "old", "new", "told"), [(file, *fault) for file, faults in FAULTS.items() for fault in faults]
)
def test_a_fault_is_told_once_with_its_place(folder: Path, change: Change, file: str, old: str, new: str, told: str) -> None:
    change(file, old, new)
    found = problems(folder)
    assert told in found[0]
    assert len(found) == 1, found


def test_all_faults_are_told_together(folder: Path, change: Change) -> None:
    change("zi-2021.csv", "Standar Pelayanan,1,", "Standar Pelayanan,2,")
    change("zi-2014.csv", "Tim Kerja,1,proses,A1.P1,", "Tim Kerja,1,proses,A1.P9,")
    change("aliases.csv", "\nA5.P4,WBS,", "\nA5.P9,WBS,")
    change("thresholds.csv", "\nH2,", "\nH3,")
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(folder)
    error = caught.value
    assert [line.split(",")[0] for line in error.problems] == ["zi-2021.csv", "zi-2014.csv", "aliases.csv", "thresholds.csv"]
    assert "4 problems" in error.message and all(problem in error.message for problem in error.problems)


def test_a_folder_without_data(tmp_path: Path) -> None:
    (told,) = problems(tmp_path)
    assert "forms.toml cannot be read" in told and str(tmp_path) in told


def test_a_table_of_another_encoding(folder: Path) -> None:
    (folder / "aliases.csv").write_bytes("id,alias,kind,source\nA1,Caf\u00e9,common,LIST\n".encode("latin-1"))
    assert problems(folder) == ["aliases.csv: is not UTF-8; save it as CSV with that encoding"]


def test_an_empty_table(folder: Path) -> None:
    (folder / "zi-2014.csv").write_bytes(b"")
    (told,) = problems(folder)
    assert told.startswith("zi-2014.csv: lacks the column id, parent_id, level, name, source")
