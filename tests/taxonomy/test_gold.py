"""The labelled set is sound in itself: its labels exist, nothing stands twice, nothing is missing that its README promises."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

TAXONOMY = Path(__file__).resolve().parents[2] / "taxonomy"
GOLD = Path(__file__).resolve().parent / "gold"
TEXTS = ("area", "component", "item", "success_indicator", "action", "evidence")
COLUMNS = ("office", "form", *TEXTS, "indicator_id", "hard", "why")
FORMS = {"zi-2021", "zi-2014", "pmprb-2020", "own"}
NONE_KINDS = {"none", "near-none"}
HARD = {
    "moved-words",
    "wrong-area",
    "no-area",
    "old-form",
    "pmprb",
    "typo",
    "ocr",
    "abbreviation",
    "inflection",
    "half-missing",
    "many-items",
    "only-action",
    "only-evidence",
    "only-heading",
    "heading-against-content",
} | NONE_KINDS
# What the README promises.
MIN_ROWS, MIN_NONE, MIN_BARE, MIN_OFFICES, MIN_PER_COMPONENT = 320, 70, 60, 14, 3
MIN_HARD_SHARE = 0.6
MIN_PLANS, PLAN_SIZES = 8, range(15, 61)

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(next(csv.reader(file)))


ROWS = read(GOLD / "rows.csv")
PLANS = read(GOLD / "plans.csv")


def components() -> set[str]:
    return {row["id"] for row in read(TAXONOMY / "data" / "zi-2021.csv") if row["level"] == "component"}


def labels() -> set[str]:
    """Items and components of the 2021 form, and those of PMPRB under a component that the ZI form has not."""
    zi = {row["id"] for row in read(TAXONOMY / "data" / "zi-2021.csv") if row["level"] in ("component", "item")}
    pmprb = read(TAXONOMY / "data" / "pmprb-2020.csv")
    foreign = {row["id"] for row in pmprb if row["level"] == "component" and not row["maps_to"]}
    return zi | foreign | {row["id"] for row in pmprb if row["level"] == "item" and row["parent_id"] in foreign}


def component_of(label: str) -> str:
    return re.sub(r"^((?:A|RB)\d\.[PR]\d)\.[a-z]$", r"\1", label)


def plans() -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in PLANS:
        found[row["plan"]].append(row)
    return found


def repeated(keys: Iterable[object]) -> list[object]:
    return [key for key, count in Counter(keys).items() if count > 1]


def test_columns() -> None:
    assert header(GOLD / "rows.csv") == ("row", *COLUMNS)
    assert header(GOLD / "plans.csv") == ("plan", "order", *COLUMNS)


def test_every_label_exists() -> None:
    unknown = {row["indicator_id"] for row in ROWS + PLANS} - labels() - {"none"}
    assert not unknown


def test_kinds_and_forms_are_legal() -> None:
    assert {row["hard"] for row in ROWS + PLANS} <= HARD | {""}
    assert {row["form"] for row in ROWS + PLANS} <= FORMS


def test_none_and_its_kinds_go_together() -> None:
    odd = [row for row in ROWS + PLANS if (row["indicator_id"] == "none") != (row["hard"] in NONE_KINDS)]
    assert not odd


def test_every_row_says_something_and_why() -> None:
    for row in ROWS + PLANS:
        assert any(row[name] for name in TEXTS), row
        assert row["office"] and row["why"], row
        assert all(value == value.strip() and "\n" not in value for value in row.values()), row


def test_bare_rows_are_bare() -> None:
    for row in ROWS + PLANS:
        if row["hard"] in ("only-action", "only-evidence"):
            assert not any(row[name] for name in TEXTS[:4]), row
            assert bool(row["action"]) == (row["hard"] == "only-action"), row


def test_row_names_run_through() -> None:
    assert [row["row"] for row in ROWS] == [f"g{number:03d}" for number in range(1, len(ROWS) + 1)]


def test_no_row_stands_twice() -> None:
    assert not repeated(tuple(row[name].casefold() for name in TEXTS) for row in ROWS)


def test_as_large_as_promised() -> None:
    assert len(ROWS) >= MIN_ROWS
    assert len({row["office"] for row in ROWS}) >= MIN_OFFICES
    assert sum(row["indicator_id"] == "none" for row in ROWS) >= MIN_NONE
    bare = [row for row in ROWS if row["indicator_id"] != "none" and not any(row[name] for name in TEXTS[:4])]
    assert len(bare) >= MIN_BARE
    assert sum(row["hard"] not in ("", "none") for row in ROWS) >= MIN_HARD_SHARE * len(ROWS)


def test_every_kind_is_there() -> None:
    assert {row["hard"] for row in ROWS} == HARD | {""}
    assert {row["form"] for row in ROWS} == FORMS


def test_every_component_is_there() -> None:
    counts = Counter(component_of(row["indicator_id"]) for row in ROWS)
    assert not {component for component in components() if counts[component] < MIN_PER_COMPONENT}


def test_every_item_is_there() -> None:
    items = {row["id"] for row in read(TAXONOMY / "data" / "zi-2021.csv") if row["level"] == "item"}
    assert not items - {row["indicator_id"] for row in ROWS}


def test_plans_are_whole_and_in_order() -> None:
    found = plans()
    assert len(found) >= MIN_PLANS
    for name, rows in found.items():
        assert [row["order"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)], name
        assert len({(row["office"], row["form"]) for row in rows}) == 1, name
        assert len(rows) in PLAN_SIZES, name
    assert [row["plan"] for row in PLANS] == [name for name in sorted(found) for _ in found[name]]


def test_plans_come_from_other_offices_than_the_rows() -> None:
    assert not {row["office"] for row in PLANS} & {row["office"] for row in ROWS}


def test_every_plan_leaves_a_component_out() -> None:
    for name, rows in plans().items():
        assert components() - {component_of(row["indicator_id"]) for row in rows}, name
