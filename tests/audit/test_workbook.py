from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from audit.crops import Crops, name_of
from audit.uncertain import field_of_base, field_of_row, uncertain_values
from audit.workbook import review
from audit.workbook.book import LONGEST_TEXT, Book, List, clean
from audit.workbook.findings import write_findings
from audit.workbook.layout import (
    COLUMNS,
    DECISIONS,
    FINDINGS,
    KEYS,
    MATRIX,
    MISSING,
    REVIEW,
    SHEETS,
    SOURCES,
    SUMMARY,
    Column,
    before_cell,
)
from audit.workbook.source import Document, Source
from audit.workbook.words import reasons
from audit.workbook.write import write_workbook
from pipeline.errors import OutputNotWritable
from tests.audit.by_hand import BOX, DOCUMENT, base, covered, document, field, finding, place, plan_row, row, write

COPY = "d0c0000000000002"
FORMULAS = ("=1+1", "+62 811", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "＝1+1")


def tables(folder: Path) -> Path:
    """One decree with a bit of everything, and a copy of it."""
    doubted: dict[str, Any] = {"needs_review": True, "confidence": 0.6}
    return write(
        folder,
        {
            "documents": [
                document(needs_review=True, review_reasons=["certifier:guessed"], certifier="Budi"),
                document(COPY, decree_id=DOCUMENT, source_path="arsip/salinan.pdf"),
            ],
            "fields": [field("certifier", text="Budi", **doubted), field("title", text="RENCANA KERJA")],
            "findings": [
                finding("1" * 16, severity="info", certainty="look", message="Mohon dilihat.", doubts=["read-unsurely"]),
                finding("2" * 16, page=2, places=[place(), place("expected", page=1)], found="=1+1", expected="dua"),
                finding("3" * 16, COPY, decree_id=DOCUMENT, message="Terulang."),
                finding("4" * 16, severity="warning", decision="dismissed"),
            ],
            "coverage": [
                covered("A1.P1", "present"),
                covered("A1.P2", "missing", in_form=True),
                covered("A1.P3", "missing", in_form=False),
                covered("A2.P1", "uncertain", reasons=["named-in-a-row"], best_score=40.0),
                covered("A1.P1", "missing", COPY),
            ],
            "legal_bases": [
                base(1, gazettes=[{"series": "LN", "year": 1999, "number": "75"}]),
                base(2, **doubted, review_reasons=["gazette-differs-from-register", "read-unsurely@1:9,9"], gazettes=[]),
            ],
            "plan_rows": [
                plan_row(1),
                plan_row(
                    2,
                    match_status="review",
                    match_score=55.0,
                    candidates=[{"id": "A1.P1", "score": 55.0}, {"id": "A1.P2", "score": 40.0}],
                ),
                plan_row(3, needs_review=True, review_reasons=["mark-unsure:Jan", "read-unsurely:action@2:70,200"]),
                plan_row(4, needs_review=True, review_reasons=["broken-word-joined"]),
            ],
            "jdih": [
                row("jdih", document_id=DOCUMENT, url="https://jdih.example/7.pdf"),
                row("jdih", document_id=COPY, url="javascript:1"),
            ],
            "failures": [row("failures", source_path="arsip/rusak.pdf", code="damaged", message="Rusak.", cure="Unduh lagi.")],
        },
    )


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    folder = tmp_path_factory.mktemp("workbook")
    return load_workbook(write_workbook(tables(folder / "parquet"), folder / "out", None))


def rows(sheet: Worksheet, name: str) -> list[dict[str, Any]]:
    """The rows of a list by names of columns."""
    header, *rest = sheet.iter_rows(values_only=True)
    names = {column.header: column.name for column in COLUMNS[name]}
    return [dict(zip((names[str(h)] for h in header), line, strict=True)) for line in rest]


def letter(name: str, column: str) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter([c.name for c in COLUMNS[name]].index(column) + 1)


def test_all_sheets_are_there_in_their_order(book: Workbook) -> None:
    assert tuple(book.sheetnames) == SHEETS


@pytest.mark.parametrize(("name", "pane"), [(MATRIX, "E5"), (MISSING, "E2"), (FINDINGS, "E2"), (REVIEW, "C2"), (SOURCES, "C2")])
def test_headers_stay_in_sight_and_filter(book: Workbook, name: str, pane: str) -> None:
    assert book[name].freeze_panes == pane
    assert book[name].auto_filter.ref is not None


def test_the_gravest_finding_comes_first_and_copies_do_not_repeat_theirs(book: Workbook) -> None:
    found = rows(book[FINDINGS], FINDINGS)
    assert [line["key"] for line in found] == ["2" * 16, "4" * 16, "1" * 16]
    assert [line["severity"] for line in found] == ["Kesalahan", "Peringatan", "Catatan"]
    assert found[2]["doubts"] == "huruf terbaca kurang yakin"


def test_a_finding_can_be_addressed_and_shows_what_was_decided(book: Workbook) -> None:
    first, second, _ = rows(book[FINDINGS], FINDINGS)
    assert (first["table"], first["field"], first["document_id"], first["page"]) == ("findings", "decision", DOCUMENT, 2)
    assert json.loads(first["boxes"]) == [[2, 70, 200, 500, 220], [1, 70, 200, 500, 220]]
    assert (first["decision"], json.loads(first["before"])) == (None, None)
    assert (second["decision"], json.loads(second["before"])) == ("bukan temuan", "dismissed")


def test_every_uncertain_value_has_one_row_and_sure_ones_have_none(book: Workbook) -> None:
    found = [(line["table"], line["field"], line["key"]) for line in rows(book[REVIEW], REVIEW)]
    assert found == [
        ("documents", "certifier", "certifier"),
        ("legal_bases", "*", "mengingat-2-1"),
        ("legal_bases", "gazettes", "mengingat-2-1"),
        ("plan_rows", "indicator_id", f"{DOCUMENT}-0002"),
        ("plan_rows", "action", f"{DOCUMENT}-0003"),
        ("plan_rows", "months", f"{DOCUMENT}-0003"),
        ("plan_rows", "*", f"{DOCUMENT}-0004"),
        ("coverage", "status", "A2.P1"),
    ]


def test_a_value_tells_what_it_is_now_and_what_else_it_may_be(book: Workbook) -> None:
    by = {(line["table"], line["field"]): line for line in rows(book[REVIEW], REVIEW)}
    assert by["documents", "certifier"]["shown"] == "Budi"
    assert json.loads(by["plan_rows", "months"]["before"]) == [1] and by["plan_rows", "months"]["shown"] == "Jan"
    assert json.loads(by["plan_rows", "indicator_id"]["before"]) == "A1.P1"
    assert "A1.P2" in by["plan_rows", "indicator_id"]["choices"]
    assert json.loads(by["plan_rows", "*"]["before"])["action"] == "Membentuk tim kerja"
    assert by["plan_rows", "action"]["reasons"] == "huruf terbaca kurang yakin (Rencana aksi), hlm. 2"
    assert by["coverage", "status"]["shown"].endswith("belum pasti")


@pytest.mark.parametrize("name", [FINDINGS, REVIEW])
def test_decisions_are_chosen_from_a_list_and_keys_are_hidden(book: Workbook, name: str) -> None:
    sheet = book[name]
    column = letter(name, "decision")
    lists = [v for v in sheet.data_validations.dataValidation if any(str(r).startswith(f"{column}2") for r in v.sqref.ranges)]
    assert [v.formula1 for v in lists] == [f'"{",".join(DECISIONS[name])}"']
    hidden: set[str] = set()
    for group in sheet.column_dimensions.values():
        if group.hidden:
            hidden |= {chr(64 + i) if i <= 26 else "A" + chr(38 + i) for i in range(group.min or 0, (group.max or 0) + 1)}
    assert hidden == {letter(name, key.name) for key in KEYS}


def test_the_new_value_of_an_indicator_is_offered(book: Workbook) -> None:
    offered = {v.formula1 for v in book[REVIEW].data_validations.dataValidation}
    assert {'"A1.P1,A1.P2"', '"ada,tidak ada"'} <= offered


def test_no_cell_but_the_two_counts_is_a_formula(book: Workbook) -> None:
    found = [(s.title, c.value) for s in book.worksheets for line in s.iter_rows() for c in line if c.data_type == "f"]
    assert [(name, str(value)[:8]) for name, value in found] == [(SUMMARY, "=COUNTA("), (SUMMARY, "=COUNTA(")]


def test_the_matrix_tells_states_apart_by_sign_and_colour(book: Workbook) -> None:
    sheet = book[MATRIX]
    header = [cell.value for cell in sheet[4]]
    line = dict(zip(header, sheet[5], strict=True))
    assert [line[key].value for key in ("A1.P1", "A1.P2", "A1.P3", "A2.P1")] == ["✓", "✗", "○", "?"]
    assert len({line[key].fill.fgColor.rgb for key in ("A1.P1", "A1.P2", "A1.P3", "A2.P1")}) == 4
    assert [sheet.cell(3, header.index("A1.P1") + 1).value, sheet.cell(3, 4).value] == [0.5, "Bobot"]
    assert sheet.max_row == 5  # the copy is not another plan


def test_missing_components_come_before_uncertain_ones(book: Workbook) -> None:
    lines = list(book[MISSING].iter_rows(min_row=2, values_only=True))
    assert [(str(line[5]).split()[0], line[7], line[8]) for line in lines] == [
        ("A1.P2", "tidak ada", "ya"),
        ("A2.P1", "belum pasti", None),
        ("A1.P3", "bukan bagian formulir", "tidak"),
    ]


def test_what_the_form_never_had_is_no_lack_of_the_plan(book: Workbook) -> None:
    sheet = book[MATRIX]
    line = dict(zip([cell.value for cell in sheet[4]], [cell.value for cell in sheet[5]], strict=True))
    assert line["A1.P3"] == "○"
    assert [line["Ada"], line["Tidak ada"], line["Belum pasti"]] == [1, 1, 1]
    assert line["Bobot tidak ada (tanpa hasil)"] == 0.5  # of A1.P2 alone
    figures = {row[0].value: row[1].value for row in book[SUMMARY].iter_rows(max_col=2)}
    assert figures["Komponen tidak ada"] == 1 and figures["  di luar itu: bukan bagian formulir"] == 1


def test_dates_are_dates_and_numbers_are_numbers(book: Workbook) -> None:
    sheet = book[SOURCES]
    header = [cell.value for cell in sheet[1]]
    line = dict(zip(header, sheet[2], strict=True))
    assert line["Tanggal"].value == datetime(2023, 2, 1) and line["Tanggal"].is_date
    assert line["Tahun"].value == 2023 and line["Nomor keputusan"].data_type == "s"


def test_links_lead_to_pdf_page_and_web_and_to_no_script(book: Workbook) -> None:
    sheet = book[SOURCES]
    targets = [cell.hyperlink.target for line in sheet.iter_rows() for cell in line if cell.hyperlink]
    assert "https://jdih.example/7.pdf" in targets and not [t for t in targets if "javascript" in str(t)]
    at = next(c for c in book[FINDINGS][letter(FINDINGS, "at")] if c.hyperlink)
    assert at.value == "hlm. 2" and at.hyperlink.location == "page=2"
    target = str(at.hyperlink.target).replace("\\", "/")
    assert target.endswith(f"arsip/{DOCUMENT}.pdf") and target.startswith("../")
    inner = {c.hyperlink.location for line in book[SUMMARY].iter_rows() for c in line if c.hyperlink}
    assert f"'{REVIEW}'!A1" in inner


def test_files_that_were_not_read_are_among_the_sources(book: Workbook) -> None:
    told = [line[13] for line in book[SOURCES].iter_rows(min_row=2, values_only=True)]
    assert told[-1] == "tidak terbaca (damaged): Rusak. Unduh lagi."


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    folder = tables(tmp_path / "parquet")
    one = write_workbook(folder, tmp_path / "out", None).read_bytes()
    assert write_workbook(folder, tmp_path / "out", None).read_bytes() == one


def test_empty_tables_give_a_workbook(tmp_path: Path) -> None:
    found = load_workbook(write_workbook(write(tmp_path / "parquet", {}), tmp_path / "out", None))
    assert tuple(found.sheetnames) == SHEETS and rows(found[FINDINGS], FINDINGS) == []


@pytest.mark.parametrize(
    "text",
    [
        *FORMULAS,
        "\x00a\x0b\x1fb\ufffe",
        "lone \udc80 half",
        "_x0041_ stays",
        "</t></is></c><c>",
        "https://a.example/",
        "x" * 40_000,
        "😀" * 20_000,
        "a\nb",
    ],
)
def test_a_text_stays_a_text_whatever_it_holds(tmp_path: Path, text: str) -> None:
    folder = write(
        tmp_path / "parquet",
        {
            "documents": [document(satker_name=clean(text)[:99])],
            "findings": [
                finding(
                    "1" * 16, message=text.encode("utf-8", "replace").decode(), found=text.encode("utf-8", "replace").decode()
                )
            ],
        },
    )
    path = write_workbook(folder, tmp_path / "out", None)
    sheet = load_workbook(path)[FINDINGS]
    cell = sheet[f"{letter(FINDINGS, 'message')}2"]
    assert cell.data_type == "s" and cell.hyperlink is None
    assert len(str(cell.value).encode("utf-16-le")) // 2 <= LONGEST_TEXT
    if len(text) < 100 and text.isprintable():
        assert unescape(str(cell.value)) == text


def test_a_text_that_would_run_when_edited_is_quoted(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "parquet", {"documents": [document()], "findings": [finding("1" * 16, found=FORMULAS[0], expected="dua")]}
    )
    sheet = load_workbook(write_workbook(folder, tmp_path / "out", None))[FINDINGS]
    quoted = {name: sheet[f"{letter(FINDINGS, name)}2"].quotePrefix for name in ("found", "expected")}
    assert quoted == {"found": True, "expected": False}


def test_a_text_is_never_taken_for_xml(tmp_path: Path) -> None:
    folder = write(tmp_path / "parquet", {"documents": [document()], "findings": [finding("1" * 16, found="<r></oops></r>")]})
    sheet = load_workbook(write_workbook(folder, tmp_path / "out", None))[FINDINGS]
    assert str(sheet[f"{letter(FINDINGS, 'found')}2"].value).strip() == "<r></oops></r>"


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    assert clean("a\x00\x1b\ud800\uffffb\n\tc") == "ab\n\tc"


def test_a_sheet_that_is_full_says_how_much_is_left_out(tmp_path: Path) -> None:
    folder = write(tmp_path / "parquet", {"documents": [document()], "findings": [finding(f"{i:016}") for i in range(9)]})
    made = Book(tmp_path / "a.xlsx")
    write_findings(made, Source(folder, tmp_path), None, most=6)
    made.file.close()
    lines = list(load_workbook(tmp_path / "a.xlsx")[FINDINGS].iter_rows(values_only=True))
    assert len(lines) == 6 and str(lines[-1][0]).startswith("… 5 baris lagi")


def test_too_many_links_become_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.workbook.book.MOST_LINKS", 2)
    made = Book(tmp_path / "a.xlsx")
    sheet = List(made, "a", [Column("at", "Di", 9, "link")])
    sheet.begin()
    source = Document(document(), tmp_path)
    for page in range(5):
        sheet.add({"at": source.link_to_page(page)})
    sheet.end("a")
    made.file.close()
    cells = [line[0] for line in load_workbook(tmp_path / "a.xlsx")["a"].iter_rows(min_row=2)]
    assert [c.hyperlink is not None for c in cells] == [True, True, False, False, False]
    assert [c.value for c in cells] == [f"hlm. {page}" for page in range(5)] and sheet.links_left_out == 3


@pytest.mark.parametrize("name", ["spasi dan #pagar.pdf", "100%.pdf", "a%20b.pdf", "é[1].pdf"])
def test_a_link_keeps_strange_file_names(tmp_path: Path, name: str) -> None:
    from urllib.parse import unquote

    folder = write(tmp_path / "parquet", {"documents": [document(source_path=str(tmp_path / name))]})
    sheet = load_workbook(write_workbook(folder, tmp_path / "out", None))[SOURCES]
    target = next(c.hyperlink.target for line in sheet.iter_rows() for c in line if c.hyperlink)
    assert unquote(str(target)).replace("\\", "/") == f"../{name}"


def test_a_remote_pdf_has_a_name_and_no_link(tmp_path: Path) -> None:
    assert Document(document(source_path="s3://ember/a.pdf"), tmp_path).link("a.pdf") == "a.pdf"


def crops_of(folder: Path) -> Crops:
    """Crops for the plan rows of the tables of these tests."""
    name = name_of(DOCUMENT, 2, [(70.0, 200.0, 500.0, 220.0)])
    (folder / name).parent.mkdir(parents=True)
    Image.new("L", (900, 120), 200).save(folder / name)
    return Crops(folder, frozenset([name]))


def test_the_crop_stands_beside_the_value(tmp_path: Path) -> None:
    folder = tables(tmp_path / "parquet")
    path = write_workbook(folder, tmp_path / "out", crops_of(tmp_path / "out"))
    sheet = load_workbook(path)[REVIEW]
    wanted = [i for i, line in enumerate(rows(sheet, REVIEW), 1) if line["table"] == "plan_rows"]
    assert sorted({image.anchor._from.row for image in sheet._images}) == wanted  # type: ignore[attr-defined]
    assert all((sheet.row_dimensions[i + 1].height or 0) >= 60 for i in wanted)


def test_crops_past_the_limit_are_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review, "MOST_PICTURES", 1)
    path = write_workbook(tables(tmp_path / "parquet"), tmp_path / "out", crops_of(tmp_path / "out"))
    sheet = load_workbook(path)[REVIEW]
    assert len(sheet._images) == 1  # type: ignore[attr-defined]
    links = [c.hyperlink.target for c in sheet[letter(REVIEW, "picture")] if c.hyperlink]
    assert len(links) == 3 and all(f"{DOCUMENT}\\p2-" in str(target) for target in links)


def test_a_crop_that_is_broken_does_not_stop_the_workbook(tmp_path: Path) -> None:
    crops = crops_of(tmp_path / "out")
    for name in crops.names:
        (tmp_path / "out" / name).write_bytes(b"no picture")
    assert write_workbook(tables(tmp_path / "parquet"), tmp_path / "out", crops).exists()


def test_a_workbook_that_cannot_be_replaced_is_told(tmp_path: Path) -> None:
    (tmp_path / "out" / "audit.xlsx").mkdir(parents=True)
    with pytest.raises(OutputNotWritable):
        write_workbook(write(tmp_path / "parquet", {}), tmp_path / "out", None)
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["audit.xlsx"]


def test_what_a_person_decided_is_uncertain_no_more(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "parquet",
        {
            "documents": [document(needs_review=True, review_reasons=["certifier:guessed"], decided=["certifier"])],
            "plan_rows": [plan_row(1, needs_review=True, review_reasons=["mark-unsure:Jan"], decided=["months"])],
            "coverage": [covered("A1.P1", "uncertain", decided=["status"])],
        },
    )
    assert uncertain_values(folder) == []


@pytest.mark.parametrize(
    ("reason", "column"),
    [
        ("label-without-letters:item", "item"),
        ("read-unsurely:component@21:149,327", "component"),
        ("mark-unsure:Jan", "months"),
        ("months-guessed:text-in-grid", "months"),
        ("broken-word-joined", "*"),
        ("marked", "*"),
    ],
)
def test_a_reason_tells_the_column_of_a_row(reason: str, column: str) -> None:
    assert field_of_row(reason) == column


@pytest.mark.parametrize(
    ("reason", "column"),
    [("gazette-slip", "gazettes"), ("title-end-guessed", "title"), ("no-year", "year"), ("read-unsurely@2:1,1", "*")],
)
def test_a_reason_tells_the_column_of_a_legal_basis(reason: str, column: str) -> None:
    assert field_of_base(reason) == column


def test_a_reason_without_words_is_shown_as_it_is() -> None:
    assert reasons(["brand-new-word", "brand-new-word"]) == "brand-new-word"


def test_a_value_too_long_for_a_cell_is_addressed_by_its_hash() -> None:
    assert before_cell({"a": date(2023, 2, 1)}) == '{"a":"2023-02-01"}'
    assert before_cell("x" * 40_000).startswith("sha256:") and before_cell("x" * 40_000) != before_cell("y" * 40_000)


def test_boxes_name_their_page() -> None:
    from audit.workbook.layout import boxes_json

    assert boxes_json([BOX]) == "[[2,70.0,200.0,500.0,220.0]]"
