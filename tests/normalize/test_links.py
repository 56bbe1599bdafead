"""Files that belong together: what is linked, how surely, and above all what is not."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from normalize.links import Linked, SameBytes, link_documents
from normalize.schema import TABLES
from pipeline.rows import as_table

Row = dict[str, object]
Link = tuple[str, str, str, bool]
"""File, relation, file that it belongs to, and whether a person must decide."""

ABOUT = "RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS KABUPATEN RIMBA RAYA TAHUN 2022"
MISREAD = "RENCANA KERJA PEMBANGUNAN ZONAINTEGRITAS KABUPATEN R1MBA RAYA TAHUN 2O22"
NUMBER_DOUBTED = ("number:read-unsurely@1:200,140",)


def doc(name: str, **more: object) -> Row:
    """A row of ``documents``: decree 5/2022 of one office unless more is said; its id is its name."""
    row: Row = {
        "document_id": name,
        "source_path": f"in/{name}.pdf",
        "satker_code": "3504",
        "institution": "KOMISI PEMILIHAN UMUM KABUPATEN RIMBA RAYA",
        "number": 5,
        "classification": None,
        "year": 2022,
        "date": "2022-02-01",
        "title": ABOUT,
        "document_part": "decree",
        "lampiran_no": None,
        "kind": "digital",
        "page_count": 10,
        "needs_review": False,
        "review_reasons": [],
        "confidence": 1.0,
    }
    assert more.keys() <= {*row, "satker_level"}
    row |= more
    return row | {"needs_review": bool(row["review_reasons"] or row["needs_review"])}


def scan(name: str, **more: object) -> Row:
    return doc(name, **{"kind": "scanned", **more})


def lampiran(name: str, **more: object) -> Row:
    return doc(name, **{"document_part": "lampiran", "lampiran_no": "I", "page_count": 6, **more})


def links(linked: Linked) -> list[Link]:
    """The links in short."""
    return [
        (_name(r["source_path"]), str(r["relation"]), _name(r["of_source_path"]), bool(r["needs_review"])) for r in linked.rows
    ]


def _name(path: object) -> str:
    return str(path).removeprefix("in/").removesuffix(".pdf")


def sure(name: str, relation: str, of: str) -> Link:
    return (name, relation, of, False)


def asked(name: str, relation: str, of: str) -> Link:
    return (name, relation, of, True)


TWICE: list[tuple[str, list[Row], list[Link]]] = [
    ("digital and scanned", [doc("a"), scan("b", title=MISREAD)], [sure("b", "same-decree", "a")]),
    ("the scan has no date", [doc("a"), scan("b", date=None)], [sure("b", "same-decree", "a")]),
    (
        "two scans: the one without doubts",
        [scan("a", review_reasons=["title:guessed"]), scan("b")],
        [sure("a", "same-decree", "b")],
    ),
    ("two scans: the longest", [scan("a"), scan("b", page_count=11)], [sure("a", "same-decree", "b")]),
    ("the smallest id, all else equal", [doc("b"), doc("a")], [sure("b", "same-decree", "a")]),
    (
        "three times",
        [doc("a"), scan("b"), scan("c", date=None)],
        [sure("b", "same-decree", "a"), sure("c", "same-decree", "a")],
    ),
    ("an office without a code", [doc("a", satker_code=None), scan("b", satker_code=None)], [sure("b", "same-decree", "a")]),
    (
        "the office that has no region",
        [
            doc("a", satker_code=None, satker_level="pusat"),
            scan("b", satker_code=None, satker_level="pusat", institution="KPU RI"),
        ],
        [sure("b", "same-decree", "a")],
    ),
    ("another number", [doc("a"), doc("b", number=4)], []),
    ("another year", [doc("a"), doc("b", year=2023)], []),
    ("another office", [doc("a"), doc("b", satker_code="3505")], []),
    ("no office known", [doc("a", satker_code=None, institution=None), doc("b", satker_code=None, institution=None)], []),
    ("no number", [doc("a", number=None), doc("b", number=None, date=None)], []),
    ("another class of numbers", [doc("a", classification="HK.03.1"), doc("b", classification="PR.01")], []),
    ("the class is missing in one", [doc("a", classification="HK.03.1"), scan("b")], [sure("b", "same-decree", "a")]),
    (
        "the class is missing in one, and no date",
        [doc("a", classification="HK.03.1"), scan("b", date=None)],
        [asked("b", "same-decree", "a")],
    ),
    ("the number in another series: of the secretary", [doc("a"), doc("b", title="PENUNJUKAN PEJABAT PENGADAAN")], []),
    ("an amendment", [doc("a"), doc("b", title=f"PERUBAHAN ATAS {ABOUT}")], []),
    ("another year in the title", [doc("a"), scan("b", title=ABOUT.replace("2022", "2023"))], []),
    ("another numeral in the title", [doc("a", title=f"{ABOUT} TAHAP I"), scan("b", title=f"{ABOUT} TAHAP II")], []),
    (
        "a numeral that OCR reads as digits",
        [doc("a", title=f"{ABOUT} TAHAP II"), scan("b", title=f"{ABOUT} TAHAP 1l")],
        [sure("b", "same-decree", "a")],
    ),
    ("another word in the title", [doc("a", title=f"{ABOUT} BAGIAN BARAT"), scan("b", title=f"{ABOUT} BAGIAN TIMUR")], []),
    (
        "two digital titles that differ in a letter",
        [doc("a"), doc("b", title=ABOUT.replace("RIMBA", "RIMBO"))],
        [asked("b", "same-decree", "a")],
    ),
    (
        "the end of the title is missing",
        [doc("a"), scan("b", title=ABOUT[:42])],
        [asked("b", "same-decree", "a")],
    ),
    ("no title in one, same date", [doc("a"), scan("b", title=None)], [asked("b", "same-decree", "a")]),
    ("no title in one, no date", [doc("a"), scan("b", title=None, date=None)], []),
    ("a title that says little", [doc("a", title="TIM KERJA"), scan("b", title="TIM KERJA")], [sure("b", "same-decree", "a")]),
    (
        "a title that says little, and no date",
        [doc("a", title="TIM KERJA"), scan("b", title="TIM KERJA", date=None)],
        [asked("b", "same-decree", "a")],
    ),
    ("another date", [doc("a"), scan("b", date="2022-03-01")], [asked("b", "same-decree", "a")]),
    ("the office is in doubt", [doc("a"), scan("b", review_reasons=["satker:near"])], [asked("b", "same-decree", "a")]),
    (
        "the number is in doubt, but agrees",
        [doc("a"), scan("b", review_reasons=NUMBER_DOUBTED)],
        [sure("b", "same-decree", "a")],
    ),
    (
        "the number is in doubt, and no date confirms it",
        [doc("a"), scan("b", date=None, review_reasons=NUMBER_DOUBTED)],
        [asked("b", "same-decree", "a")],
    ),
    (
        "the number was misread",
        [doc("a"), scan("b", number=6, review_reasons=NUMBER_DOUBTED)],
        [asked("b", "same-decree", "a")],
    ),
    (
        "the number was not read",
        [doc("a"), scan("b", number=None, review_reasons=["number:missing"])],
        [asked("b", "same-decree", "a")],
    ),
    ("misread, without a date", [doc("a"), scan("b", number=6, date=None, review_reasons=NUMBER_DOUBTED)], []),
    (
        "misread, an office without a code",
        [doc("a", satker_code=None), scan("b", satker_code=None, number=6, review_reasons=NUMBER_DOUBTED)],
        [],
    ),
    (
        "misread, another title of the same day",
        [doc("a"), scan("b", number=6, title=f"PENETAPAN TIM {ABOUT}", review_reasons=NUMBER_DOUBTED)],
        [],
    ),
]


@pytest.mark.parametrize(("documents", "wanted"), [pytest.param(d, w, id=name) for name, d, w in TWICE])
def test_a_decree_that_is_there_twice(documents: list[Row], wanted: list[Link]) -> None:
    assert links(link_documents(documents)) == wanted


SPLIT: list[tuple[str, list[Row], list[Link]]] = [
    ("the heading says all", [doc("a"), lampiran("x")], [sure("x", "lampiran-of", "a")]),
    ("the heading has no date", [doc("a"), lampiran("x", date=None)], [sure("x", "lampiran-of", "a")]),
    ("several lampiran", [doc("a"), lampiran("x"), lampiran("y", lampiran_no="II")],
     [sure("x", "lampiran-of", "a"), sure("y", "lampiran-of", "a")]),
    ("of a decree that is there twice", [doc("a"), scan("b"), lampiran("x")],
     [sure("b", "same-decree", "a"), sure("x", "lampiran-of", "a")]),
    ("the date stands in a copy alone", [doc("a", date=None), scan("b"), lampiran("x", date="2022-03-01")],
     [sure("b", "same-decree", "a"), asked("x", "lampiran-of", "a")]),
    ("no title, and the name says so", [doc("a"), lampiran("a_L1", title=None, date=None)], [sure("a_L1", "lampiran-of", "a")]),
    ("no title, but the date", [doc("a"), lampiran("x", title=None)], [asked("x", "lampiran-of", "a")]),
    ("no title, no date", [doc("a"), lampiran("x", title=None, date=None)], [asked("x", "lampiran-of", "a")]),
    ("the title of the plan ran into that of the decree", [doc("a"), lampiran("x", title=f"{ABOUT} JADWAL KERJA")],
     [sure("x", "lampiran-of", "a")]),
    ("the same without a date", [doc("a"), lampiran("x", date=None, title=f"{ABOUT} JADWAL")],
     [asked("x", "lampiran-of", "a")]),
    ("another title", [doc("a"), lampiran("x", title="PENUNJUKAN PEJABAT PENGADAAN")], []),
    ("another title, and the name says so", [doc("a"), lampiran("a_L1", title="PENUNJUKAN PEJABAT PENGADAAN")],
     [asked("a_L1", "lampiran-of", "a")]),
    ("another number, and the name says so", [doc("a"), lampiran("a_L1", number=6)], []),
    ("another office, and the name says so", [doc("a"), lampiran("a_L1", satker_code="3505")], []),
    ("a doubtful number, and the name says so", [doc("a"), lampiran("a_L1", number=6, review_reasons=NUMBER_DOUBTED)],
     [asked("a_L1", "lampiran-of", "a")]),
    ("no number, and the name alone says so",
     [doc("a"), lampiran("a_L1", number=None, year=None, title=None, date=None, review_reasons=["number:missing"])],
     [asked("a_L1", "lampiran-of", "a")]),
    ("the name says another one than the heading", [doc("a"), doc("b", number=6), lampiran("b_L1")],
     [asked("b_L1", "lampiran-of", "a")]),
    ("two decrees of one number and title, by date", [doc("a"), doc("b", date="2022-03-01"), lampiran("x", date="2022-03-01")],
     [asked("b", "same-decree", "a"), sure("x", "lampiran-of", "b")]),
    ("two decrees of one number and title", [doc("a"), doc("b", date="2022-03-01"), lampiran("x", date=None)],
     [asked("b", "same-decree", "a"), asked("x", "lampiran-of", "a")]),
    ("the name of a decree is no lampiran", [doc("a"), doc("a_L1", number=6)], []),
    ("its decree is not there", [lampiran("x"), lampiran("y", lampiran_no="II")], []),
    ("one lampiran twice", [lampiran("x"), lampiran("y", kind="scanned")], [sure("y", "same-decree", "x")]),
    ("two lampiran without a number", [lampiran("x", lampiran_no=None), lampiran("y", lampiran_no=None)], []),
]  # fmt: skip


@pytest.mark.parametrize(("documents", "wanted"), [pytest.param(d, w, id=name) for name, d, w in SPLIT])
def test_a_lampiran_in_a_file_of_its_own(documents: list[Row], wanted: list[Link]) -> None:
    assert links(link_documents(documents)) == wanted


NAMES = [
    ("2024kpt1050_L2", "2024kpt1050", True),
    ("2024KPT1050-l1", "2024kpt1050", True),
    ("KPT 12 2024 Lampiran", "kpt 12 2024", True),
    ("KPT 12 2024_lampiran_II", "kpt 12 2024", True),
    ("Lampiran 1 - KPT 12 2024", "kpt 12 2024", True),
    ("2024kpt1050L2", "2024kpt1050", False),
    ("2024kpt1050_L2", "2024kpt105", False),
    ("2024kpt1050_2", "2024kpt1050", False),
    ("_L1", "", False),
]


@pytest.mark.parametrize(("name", "decree", "linked"), NAMES)
def test_names_of_lampiran_files(name: str, decree: str, linked: bool) -> None:
    nameless: Row = {"title": None, "number": None, "review_reasons": ["number:missing"]}
    found = link_documents([doc("a", source_path=f"in/{decree}.pdf"), lampiran("x", source_path=f"in/{name}.pdf", **nameless)])
    assert [row["of_document_id"] for row in found.rows] == (["a"] if linked else [])


def test_a_name_counts_only_beside_its_decree() -> None:
    documents = [doc("a", source_path="2023/a.pdf"), lampiran("x", source_path="2024/a_L1.pdf", title=None, date=None)]
    assert link_documents(documents).rows[0]["reasons"] == ["satker", "number", "year", "title-missing"]


def test_a_copy_of_the_same_bytes_lends_its_name() -> None:
    documents = [doc("a"), lampiran("x", source_path="other/x.pdf", title=None, date=None)]
    copies = [SameBytes("in/a_L1.pdf", "x", "other/x.pdf")]
    found = {str(row["source_path"]): row for row in link_documents(documents, copies).rows}
    assert found["other/x.pdf"]["needs_review"] is False
    assert found["in/a_L1.pdf"] == {
        "source_path": "in/a_L1.pdf",
        "document_id": "x",
        "relation": "same-bytes",
        "of_document_id": "x",
        "of_source_path": "other/x.pdf",
        "reasons": ["bytes"],
        "confidence": 1.0,
        "needs_review": False,
    }


def test_the_bytes_of_a_file_that_failed_are_linked_too() -> None:
    assert links(link_documents([], [SameBytes("in/b.pdf", "x", "in/a.pdf")])) == [sure("b", "same-bytes", "a")]


def test_reasons_say_what_was_weighed() -> None:
    documents = [doc("a", classification="HK.03.1"), scan("b", classification="HK.03.1", title=MISREAD)]
    (row,) = link_documents(documents).rows
    assert row["reasons"] == ["satker", "number", "classification", "year", "title", "date"]
    (row,) = link_documents([doc("a"), scan("b", number=6, review_reasons=NUMBER_DOUBTED)]).rows
    assert row["reasons"] == ["satker", "number-differs", "number-doubtful", "year", "title", "date"]
    assert row["confidence"] == 0.4


def test_the_decree_of_a_file_follows_sure_links_alone() -> None:
    documents = [
        doc("a"),
        scan("b"),
        scan("c", number=6, review_reasons=NUMBER_DOUBTED),
        lampiran("x"),
        lampiran("y", kind="scanned"),
        lampiran("z", lampiran_no="II", title=None, date=None),
    ]
    decrees = link_documents(documents).decree_ids
    assert decrees == {"a": "a", "b": "a", "c": "c", "x": "a", "y": "a", "z": "z"}


def test_nothing_is_joined_by_a_chain() -> None:
    dated = [doc("a", date=None, page_count=20), scan("b", date="2022-02-01"), scan("c", date="2022-03-01")]
    found = link_documents(dated)
    assert found.decree_ids == {"a": "a", "b": "b", "c": "c"}
    assert all(row["needs_review"] for row in found.rows)
    slips = ["RIMBA", "RIMBB", "RIMCB", "RIDCB"]
    chain = [scan(f"s{k}", title=ABOUT.replace("RIMBA", word)) for k, word in enumerate(slips)]
    assert not any(of != one for one, of in link_documents(chain).decree_ids.items())


def test_the_order_of_the_documents_does_not_matter() -> None:
    documents = [row for _, rows, _ in [*TWICE, *SPLIT] for row in rows]
    distinct = [
        row | {"document_id": f"{k}", "source_path": f"in/{k}{row['document_id']}.pdf"} for k, row in enumerate(documents)
    ]
    copies = [SameBytes(f"copy/{k}.pdf", f"{k}", f"in/{k}.pdf") for k in range(9)]
    wanted = link_documents(distinct, copies)
    for seed in range(5):
        shuffled: Sequence[Row] = random.Random(seed).sample(distinct, len(distinct))
        found = link_documents(shuffled, copies[::-1])
        assert (found.rows, found.decree_ids) == (wanted.rows, wanted.decree_ids)


def test_the_rows_fit_the_schema_and_name_a_file_once() -> None:
    rows = link_documents([doc("a"), scan("b"), lampiran("x")], [SameBytes("in/c.pdf", "a", "in/a.pdf")]).rows
    assert as_table("links", rows).schema == TABLES["links"].schema
    assert len({str(row["source_path"]) for row in rows}) == len(rows) == 3


def test_many_files_of_one_number_are_compared_in_bounds() -> None:
    other = [scan(f"t{k:04d}", title=f"{ABOUT} {k}") for k in range(3000)]
    same = [scan(f"u{k:04d}", date=None) for k in range(3000)]
    found = link_documents([*other, *same])
    assert len(set(found.decree_ids.values())) == 3001
