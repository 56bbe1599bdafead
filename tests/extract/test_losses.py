"""Pages that are lost: the rest of the document is read, and what stands beside the gap is told to be unsure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from extract.document import extract_document
from extract.errors import Damaged, PagesNotRead
from extract.reading import PageProblem
from extract.watch import PageBudgetSpent
from normalize.tables import layouts_of, plan_doubts
from pipeline.process import process_document, rows_of
from pipeline.result import Failure, Row, Rows
from tests.conftest import letter
from tests.extract.pdfs import DECREE, lines, pdf, table

AFTER, BEFORE, OVER = "label-after-unread-page", "before-unread-page", "over-unread-page"


HEAD = ["NO", "AREA", "KEGIATAN", "OUTPUT"]
WIDTHS = (30, 120, 150, 120)
DECREE_PAGE = lines(DECREE)
AREAS = (
    [HEAD, ["1", "Manajemen Perubahan", "Rapat tim kerja", "Notula"], ["2", "", "Survei awal", "Kuesioner"]],
    [["3", "", "Apel pagi", "Foto"], ["4", "Pengawasan", "Audit", "Laporan"]],
    [["5", "", "Lomba", "Piala"], ["6", "", "Pameran", "Foto"], ["7", "Layanan", "Loket", "Foto"], ["8", "", "Papan", "Foto"]],
)
PLAN = pdf(DECREE_PAGE, *(table(page, widths=WIDTHS) for page in AREAS))


class Strict:
    """A watch that ends chosen pages, each at its first or a later turn."""

    def __init__(self, end: dict[int, int], error: type[BaseException] = PageBudgetSpent) -> None:
        self.count = 0
        self.turns: Counter[int] = Counter()
        self._end = end
        self._error = error

    def pages(self, count: int) -> None:
        self.count = count

    def page(self, number: int) -> AbstractContextManager[None]:
        return self._turn(number)

    @contextmanager
    def _turn(self, number: int) -> Iterator[None]:
        self.turns[number] += 1
        yield
        if self.turns[number] == self._end.get(number):
            raise self._error


def write(data: bytes, folder: Path) -> Path:
    path = folder / "decree.pdf"
    path.write_bytes(data)
    return path


def given_up(*pages: int) -> list[PageProblem]:
    return [PageProblem(page, "page-crashed", "The reader died.", "Look.") for page in pages]


def rows(data: bytes, folder: Path, *lost: int) -> Rows:
    reading = extract_document(write(data, folder), given_up=given_up(*lost)).reading
    return rows_of(reading, "0" * 16, "decree.pdf")


def reasons(row: Row) -> list[str]:
    told = row["review_reasons"]
    assert isinstance(told, list)
    return told


@pytest.mark.parametrize("turn", [1, 2], ids=["while-it-is-read", "while-its-tables-are-read"])
@pytest.mark.parametrize(
    ("error", "code"),
    [(PageBudgetSpent, "page-timeout"), (MemoryError, "page-out-of-memory"), (RecursionError, "page-too-deep")],
)
def test_a_page_that_must_be_given_up_is_listed_and_the_rest_is_read(
    error: type[BaseException], code: str, turn: int, tmp_path: Path
) -> None:
    watch = Strict({3: turn}, error)
    reading = extract_document(write(PLAN, tmp_path), watch=watch).reading
    assert [(p.page, p.code) for p in reading.page_problems] == [(3, code)]
    assert reading.page_count == watch.count == 4
    assert [p.number for p in reading.pages] == [1, 2, 4]
    assert reading.decree.number is not None


def test_a_page_that_is_given_up_beforehand_is_not_opened(tmp_path: Path) -> None:
    watch = Strict({})
    reading = extract_document(write(PLAN, tmp_path), watch=watch, given_up=given_up(3)).reading
    assert 3 not in watch.turns
    assert [(p.page, p.code) for p in reading.page_problems] == [(3, "page-crashed")]


def test_a_lost_page_makes_the_document_and_all_that_is_missing_uncertain(decree: bytes, tmp_path: Path) -> None:
    whole = rows(decree, tmp_path)
    pages = sorted({int(str(row["page_start"])) for row in whole["plan_rows"]})
    torn = rows(decree, tmp_path, *pages)
    assert not torn["plan_rows"]
    assert "missing" in {row["status"] for row in whole["coverage"]}
    assert {row["status"] for row in torn["coverage"]} == {"uncertain"}
    (document,) = torn["documents"]
    assert document["needs_review"] and f"page-crashed:{pages[0]}" in reasons(document)


@pytest.mark.parametrize("lost", [(1,), (1, 2, 3, 4)], ids=["the-decree-itself", "every-page"])
def test_where_the_decree_may_stand_on_a_lost_page_it_is_not_denied(lost: tuple[int, ...], tmp_path: Path) -> None:
    with pytest.raises(PagesNotRead, match=r"page 1 \(page-crashed\)"):
        extract_document(write(PLAN, tmp_path), given_up=given_up(*lost))


def test_the_lost_pages_are_listed_beside_the_document_without_a_decree(tmp_path: Path) -> None:
    lost = [Failure(1, "page-timeout", "It took too long.", "Look.")]
    result = process_document(write(PLAN, tmp_path), "decree.pdf", given_up=lost)
    assert [(failure.page, failure.code) for failure in result.failures] == [(None, "pages-not-read"), (1, "page-timeout")]


def test_a_letter_with_a_lost_page_may_have_been_a_decree(tmp_path: Path) -> None:
    with pytest.raises(PagesNotRead):
        extract_document(write(letter(), tmp_path), watch=Strict({1: 2}))


def test_a_file_of_damaged_pages_is_damaged(tmp_path: Path) -> None:
    damaged = [PageProblem(page, "damaged-page", "It cannot be loaded.", "Look.") for page in range(1, 5)]
    with pytest.raises(Damaged):
        extract_document(write(PLAN, tmp_path), given_up=damaged)


def marks(tables: Rows) -> list[tuple[object, list[str]]]:
    """What is to be done, and what the row says of gaps."""
    return [(row["item"] or row["component"], [r for r in reasons(row) if "unread" in r]) for row in tables["plan_rows"]]


def test_without_a_gap_no_row_speaks_of_one(tmp_path: Path) -> None:
    assert [told for _, told in marks(rows(PLAN, tmp_path))] == [[]] * 8


def test_rows_beside_a_lost_page_are_unsure_as_far_as_their_labels_reach_over_it(tmp_path: Path) -> None:
    assert marks(rows(PLAN, tmp_path, 3)) == [
        ("Rapat tim kerja", [BEFORE]),  # its area may go on
        ("Survei awal", [BEFORE]),
        ("Lomba", [AFTER]),  # its area may have begun on the lost page
        ("Pameran", [AFTER]),
        ("Loket", []),
        ("Papan", []),
    ]


def test_the_last_row_before_a_lost_end_is_unsure(tmp_path: Path) -> None:
    last = marks(rows(PLAN, tmp_path, 4))[-1]
    assert last == ("Audit", [BEFORE])


def test_the_first_row_after_a_lost_beginning_is_unsure(tmp_path: Path) -> None:
    pages = (AREAS[0], [HEAD, *AREAS[1]], [HEAD, *AREAS[2]])
    data = pdf(DECREE_PAGE, *(table(page, widths=WIDTHS) for page in pages))
    told = marks(rows(data, tmp_path, 2))
    assert told[0] == ("Apel pagi", [AFTER])
    assert told[1] == ("Audit", [])


def test_a_section_in_force_before_a_lost_page_is_unsure_after_it(tmp_path: Path) -> None:
    head = ["NO", "KEGIATAN", "LANGKAH AKSI", "OUTPUT"]
    pages = (
        [head, ["I", "MANAJEMEN PERUBAHAN", "", ""], ["1", "Tim kerja", "Rapat tim", "Notula"]],
        [["2", "Rencana kerja", "Survei", "Foto"]],
        [
            ["3", "Agen", "Apel", "Foto"],
            ["4", "Agen muda", "Lomba", "Foto"],
            ["II", "PENGAWASAN", "", ""],
            ["5", "Aduan", "Loket", "Foto"],
        ],
    )
    data = pdf(DECREE_PAGE, *(table(page, widths=WIDTHS) for page in pages))
    told = {row["component"]: (row["area"], AFTER in reasons(row)) for row in rows(data, tmp_path, 3)["plan_rows"]}
    assert told["Agen"] == ("MANAJEMEN PERUBAHAN", True)
    assert told["Agen muda"] == ("MANAJEMEN PERUBAHAN", True)
    assert told["Aduan"] == ("PENGAWASAN", False)


def paragraphs(tables: Rows) -> dict[object, object]:
    return {(row["part"], row["label"]): row["confidence"] for row in tables["provisions"]}


LONG_DECREE = (
    DECREE[: next(k for k, text in enumerate(DECREE) if text.startswith("Mengingat")) + 1],
    ["2. Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum;", "3. Peraturan Pemerintah Nomor 60 Tahun 2008;"],
    DECREE[next(k for k, text in enumerate(DECREE) if text.startswith("Mengingat")) + 1 :],
)


def test_paragraphs_beside_a_lost_page_are_unsure_and_so_are_their_citations(tmp_path: Path) -> None:
    data = pdf(*(lines(list(page)) for page in LONG_DECREE))
    whole, torn = rows(data, tmp_path), rows(data, tmp_path, 2)
    assert min(map(float, map(str, paragraphs(whole).values()))) > 0.85
    assert paragraphs(torn)[("mengingat", "1")] == 0.5
    (citation,) = torn["legal_bases"]
    assert citation["needs_review"] and BEFORE in reasons(citation)


def test_a_lost_page_beside_the_plan_leaves_its_doubts(tmp_path: Path) -> None:
    reading = extract_document(write(PLAN, tmp_path), given_up=given_up(4)).reading
    assert plan_doubts(reading, layouts_of(reading)) == ["nothing-after-the-plan:3"]
