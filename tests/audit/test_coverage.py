"""What the audit says of components, areas and items that a plan leaves out, and of the areas it prints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.dossier import Dossier
from audit.rules import coverage
from audit.rules.areas import area_of_text
from tests.audit.dossiers import covered, dossier, findings, indicators, row

COMPONENTS = [node.indicator_id for node in indicators().values() if node.level == "component" and node.form == "zi-2021"]
OF_AREA_5 = [one for one in COMPONENTS if one.startswith("A5.P")]
ROWS = (row(1, months=[3], indicator_id="A1.P1.a", area="Manajemen Perubahan", item="Membentuk tim kerja"),)


def plan(**status: str) -> Dossier:
    """A plan that has every component but those told otherwise (A1_P1 for A1.P1)."""
    told = {name.replace("_", "."): value for name, value in status.items()}
    return dossier(rows=ROWS, coverage=covered({one: told.get(one, "present") for one in COMPONENTS}))


@pytest.mark.parametrize(
    ("component", "severity"),
    [("A5_P5", "warning"), ("A1_P4", "warning"), ("A4_R3", "info"), ("H1_a", "info")],
)
def test_a_missing_component_weighs_by_its_half_of_the_form(component: str, severity: str) -> None:
    (found,) = findings(coverage.claims, plan(**{component: "missing"}), code="component-missing")
    assert (found.severity, found.certainty, found.subject) == (severity, "sure", component.replace("_", "."))


def test_the_message_names_component_area_and_weight() -> None:
    (found,) = findings(coverage.claims, plan(A5_P5="missing"), code="component-missing")
    for said in ("Penanganan Benturan Kepentingan", "Penguatan Pengawasan"):
        assert said in found.message
        assert said in found.message_en
    assert "bobot 1,5; ada dalam formulir" in found.message
    assert "weight 1.5; in the form" in found.message_en


def test_a_component_that_the_form_of_the_plan_lacks_is_only_told() -> None:
    made = plan(A6_P5="missing")
    made = replace(
        made, plan_form="zi-2014", coverage=tuple(replace(c, in_form=c.indicator_id != "A6.P5") for c in made.coverage)
    )
    (found,) = findings(coverage.claims, made, code="component-missing")
    assert found.severity == "info"
    assert "tidak" in found.message and "no" in found.message_en


def test_what_is_planned_as_reform_is_not_blamed_as_missing() -> None:
    (found,) = findings(coverage.claims, plan(A2_P2="missing"), code="component-missing")
    assert found.severity == "info"
    assert "other-half-planned" in found.doubts


def test_an_uncertain_component_is_a_request_to_look() -> None:
    (found,) = findings(coverage.claims, plan(A3_P2="uncertain"), code="component-uncertain")
    assert (found.severity, found.certainty) == ("info", "look")


def test_components_that_one_lost_page_may_hide_are_told_together() -> None:
    made = dossier(
        rows=ROWS,
        coverage=tuple(replace(c, reasons=("page-not-read:7",)) for c in covered(dict.fromkeys(COMPONENTS, "uncertain"))),
    )
    (found,) = findings(coverage.claims, made, code="component-uncertain")
    assert "page-not-read:7" in found.doubts


def test_a_decree_without_a_plan_misses_nothing() -> None:
    assert findings(coverage.claims, replace(plan(A5_P5="missing"), rows=())) == []


def test_an_area_without_any_component_is_told_once() -> None:
    made = plan(**{one.replace(".", "_"): "missing" for one in OF_AREA_5})
    (found,) = findings(coverage.claims, made, code="area-missing")
    assert found.subject == "A5"


def test_an_area_is_not_missing_where_it_is_printed_or_one_component_is_doubtful() -> None:
    status = {one.replace(".", "_"): "missing" for one in OF_AREA_5}
    printed = replace(plan(**status), rows=(*ROWS, row(2, months=[1], area="V. PENGUATAN PENGAWASAN", item="Rapat")))
    assert not findings(coverage.claims, printed, code="area-missing")
    assert not findings(coverage.claims, plan(**{**status, "A5_P2": "uncertain"}), code="area-missing")


CONFLICT = "Penanganan Benturan Kepentingan"


def conflict(*items: tuple[str | None, str], status: str = "accepted") -> Dossier:
    """A plan with rows for some items of the component on conflicts of interest."""
    rows = [
        row(i, months=[i], indicator_id=label, status=status, area="Penguatan Pengawasan", component=CONFLICT, item=text)
        for i, (label, text) in enumerate(items, 1)
    ]
    return replace(plan(), rows=tuple(rows))


THREE = [
    ("A5.P5.b", "Sosialisasi"),
    ("A5.P5.c", "Implementasi"),
    ("A5.P5.d", "Evaluasi"),
]


def test_items_that_no_row_serves_are_told_by_component() -> None:
    (found,) = findings(coverage.claims, conflict(*THREE), code="item-missing")
    assert found.subject == "A5.P5"
    assert "A5.P5.a" in found.message
    assert (found.severity, found.certainty) == ("info", "likely")


@pytest.mark.parametrize(
    "made",
    [
        conflict(*THREE, ("A5.P5", "Penanganan benturan kepentingan")),
        conflict(*THREE, status="review"),
        conflict(("A5.P5.b", "Sosialisasi")),
        conflict(("A5.P5.b", "Sosialisasi, identifikasi/pemetaan"), *THREE[1:], ("A5.P5.e", "Tindak lanjut")),
    ],
    ids=["a row for the whole component", "a match that is only to be reviewed", "one row", "named beside another item"],
)
def test_no_item_is_missed_where_the_plan_does_not_go_by_items_or_may_have_it(made: Dossier) -> None:
    assert not findings(coverage.claims, made, code="item-missing")


@pytest.mark.parametrize(
    ("printed", "area"),
    [
        ("Area Manajemen Perubahan", "A1"),
        ("AREA PERUBAHAN II: PENATAAN TATA LAKSANA", "A2"),
        ("Penataan Sistem Manajemen Sumber Daya Manusia", "A3"),
        ("Manajemen SDM", "A3"),
        ("Penguatan Akuntabilitas Kinerja", "A4"),
        ("Penguatan Sistem Pengawasan", "A5"),
        ("Peningkatan Pelayanan Publik", "A6"),
        ("Penataan Peraturan Perundang-undangan", "RB2"),
        ("Pengawasan dan Akuntabilitas", None),
        ("Pembangunan unit kerja", None),
    ],
)
def test_an_area_is_known_by_any_of_its_names(printed: str, area: str | None) -> None:
    assert area_of_text(printed) == area


def test_a_row_under_another_area_is_told() -> None:
    rows = (
        row(1, months=[1], indicator_id="A5.P4.a", area="Penguatan Akuntabilitas", component="WBS", item="Penerapan WBS"),
        row(2, months=[1], indicator_id="A5.P4.b", area="Penguatan Pengawasan", component="WBS", item="Evaluasi WBS"),
        row(3, months=[1], indicator_id="A4.P1.a", status="review", area="Pelayanan Publik", item="Pimpinan"),
        row(5, months=[1], indicator_id="A5.P3.a", area="Pelayanan Publik", item="Pengaduan"),
        row(4, months=[1], indicator_id="RB2.P1", area="Penguatan Pengawasan", item="Regulasi"),
    )
    (found,) = findings(coverage.claims, replace(plan(), rows=rows), code="area-wrong")
    assert found.row_ids == (rows[0].row_id,)
    assert (found.found, found.expected, found.certainty) == ("Penguatan Akuntabilitas", "Penguatan Pengawasan", "likely")


def test_areas_that_lack_are_told_for_some_rows_or_for_all() -> None:
    some = replace(plan(), rows=(*ROWS, row(2, months=[1], item="Rapat")))
    (found,) = findings(coverage.claims, some, code="area-not-printed")
    assert found.row_ids == (some.rows[1].row_id,)
    (found,) = findings(coverage.claims, replace(plan(), rows=(row(1, months=[1], item="Rapat"),)), code="area-column-absent")
    assert found.severity == "info"
    assert not findings(coverage.claims, plan(), code="area-column-absent")


def test_an_area_that_is_none_is_told_but_not_a_scrap() -> None:
    rows = (row(1, area="Pembangunan unit kerja", item="x"), row(2, area="2", item="y"), *ROWS)
    (found,) = findings(coverage.claims, replace(plan(), rows=rows), code="area-unknown")
    assert found.row_ids == (rows[0].row_id,)


def test_on_a_scan_what_is_not_there_is_a_request_to_look() -> None:
    made = replace(plan(), kind="scanned", rows=(*ROWS, row(2, months=[1], item="Rapat")))
    (found,) = findings(coverage.claims, made, code="area-not-printed")
    assert found.certainty == "look"
