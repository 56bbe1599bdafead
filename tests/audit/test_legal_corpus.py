"""Real decrees, as their truth prints them: what a reader found is found, and nothing false is grave."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from audit.dossier import Dossier
from tests.audit.legal_cases import decree, told
from tests.normalize.truths import kpu_truths

REAL = ("tasikmalaya-15-2025", "tegal-5-2022", "banten-004-2022", "sumbawa-barat-35-2022", "tulungagung-54-2022")
NUMBER_314 = "kepkpu-314/ort/07-kpt/01/kpu/v/2021"

# (code, subject, place): every error and warning, with the entry of the reader's list that it answers
GRAVE: dict[str, set[tuple[str, str | None, str]]] = {
    "tasikmalaya-15-2025": {
        ("gazette-differs", "perppu-1-2022", "Mengingat 3"),  # L1
        ("perppu-now-law", "perppu-1-2022", "Mengingat 3"),  # L1
        ("gazette-differs", "permenpanrb-25-2020", "Mengingat 6"),  # L2
        ("gazette-differs", "permenpanrb-25-2020", "Dasar hukum lampiran 4"),  # L2
        ("gazette-series-wrong", "permenpanrb-90-2021", "Mengingat 7"),  # L3
        ("gazette-series-wrong", "permenpanrb-90-2021", "Dasar hukum lampiran 5"),  # L3
        ("consideration-on-replaced", "permenpanrb-10-2019", "Menimbang a"),  # L4
        ("instrument-replaced", "uu-5-2014", "Mengingat 4"),  # L5
        ("instrument-replaced", "uu-5-2014", "Dasar hukum lampiran 3"),  # L5
        ("amendment-skipped", "uu-19-2019", "Mengingat 2"),  # L6
        ("amendment-skipped", "uu-19-2019", "Dasar hukum lampiran 1"),  # L6
        ("period-ended", "permenpanrb-25-2020", "Mengingat 6"),  # L7
        ("period-ended", "permenpanrb-25-2020", "Dasar hukum lampiran 4"),  # L7
        ("order-in-time", "uu-5-2014", "Mengingat 4"),  # L8
        # Not on the reader's list; amendments by the register, none of them verified.
        ("amendment-out-of-date", "permenpanrb-25-2020", "Mengingat 6"),
        ("amendment-out-of-date", "permenpanrb-25-2020", "Dasar hukum lampiran 4"),
        ("amendment-out-of-date", "permenpanrb-90-2021", "Mengingat 7"),
        ("amendment-out-of-date", "permenpanrb-90-2021", "Dasar hukum lampiran 5"),
    },
    "tegal-5-2022": {
        ("gazette-without-year", "permenpanrb-25-2020", "Mengingat 5"),  # L3
        ("gazette-without-year", "permenpanrb-26-2020", "Mengingat 6"),  # L3
        ("amendment-out-of-date", "pkpu-8-2019", "Mengingat 8"),  # L4
        ("governing-rule-not-cited", "permenpanrb-90-2021", ""),  # L6
    },
    "banten-004-2022": {
        ("replaced-not-amended", "pp-53-2010", "Mengingat 7"),
        ("replaced-not-amended", "permenpanrb-14-2014", "Mengingat 14"),
        ("period-ended", "permenpanrb-20-2010", "Dasar hukum lampiran 3"),
        ("gazette-left-out", "uu-30-2002", "Mengingat 1"),
        ("gazette-left-out", "uu-19-2019", "Mengingat 1"),
        ("order-in-time", "permenpanrb-14-2014", "Mengingat 14"),
    },
    "sumbawa-barat-35-2022": {("gazette-series-wrong", "permenpanrb-90-2021", "Mengingat 4")},
    "tulungagung-54-2022": {
        ("instrument-replaced", "perpres-55-2012", "Mengingat 3"),
        ("order-of-bases", "perpres-81-2010", "Mengingat 5"),
        ("number-differs", NUMBER_314, "Mengingat 11"),
    },
}
# Notes that answer further entries of the list.
NOTES: dict[str, set[tuple[str, str | None]]] = {
    "tasikmalaya-15-2025": {
        ("amendment-wording", "perppu-1-2022"),  # L6
        ("amendment-wording", "pkpu-12-2023"),  # L6
        ("only-in-mengingat", None),  # L8
        ("only-in-lampiran", None),  # L8
        ("order-in-time", "uu-28-1999"),  # L8, the lampiran's list
    },
    "tegal-5-2022": {
        ("gazette-left-out", "pkpu-8-2019"),  # L3
        ("gazette-left-out", "pkpu-14-2020"),  # L3
        ("title-left-out", "pkpu-21-2020"),  # L4
        ("title-words", "pkpu-8-2019"),  # L5
    },
}


@pytest.fixture(scope="module")
def corpus() -> dict[str, Dossier]:
    """The five decrees, built of their truth."""
    wanted = {truth["doc_id"]: truth for truth in kpu_truths() if truth["doc_id"] in REAL}
    if len(wanted) < len(REAL):
        pytest.skip("no shared corpus beside this checkout")
    return {name: built(f"{number:016x}", truth) for number, (name, truth) in enumerate(sorted(wanted.items()))}


def built(document: str, truth: dict[str, Any]) -> Dossier:
    """A decree as its truth prints it, without its plan."""
    said = {part: [one["text"] for one in truth.get(part) or []] for part in ("considerations", "legal_bases")}
    return decree(
        *said["legal_bases"],
        menimbang=said["considerations"],
        listed=[one["text"] for one in truth.get("lampiran_legal_bases") or []],
        signed=date.fromisoformat(truth["header"]["date"]),
        document=document,
        satker_code=truth["header"]["satker_code"],
        title=truth["header"]["title"],
    )


@pytest.mark.parametrize("name", REAL)
def test_every_error_and_warning_is_one_that_a_reader_would_sign(name: str, corpus: dict[str, Dossier]) -> None:
    others = [one for key, one in corpus.items() if key != name]
    grave = {(f.code, f.subject, place(f.message)) for f in told(corpus[name], *others) if f.severity != "info"}
    assert grave == GRAVE[name]


def place(message: str) -> str:
    """Where a finding is, by its message."""
    where = message.split(":")[0]
    return where if where.startswith(("M", "Dasar")) else ""


@pytest.mark.parametrize("name", sorted(NOTES))
def test_lesser_faults_of_the_readers_list_are_noted(name: str, corpus: dict[str, Dossier]) -> None:
    others = [one for key, one in corpus.items() if key != name]
    assert {(f.code, f.subject) for f in told(corpus[name], *others) if f.severity == "info"} >= NOTES[name]
