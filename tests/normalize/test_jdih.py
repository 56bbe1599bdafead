"""What a feed says against what the decree says: (feed, decree) -> verdict. The faults of feeds are those seen in real ones."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.jdih import MOST_BYTES, Sidecar, jdih_tables
from normalize.jdih_check import check_bytes, check_entry, office_of_author
from normalize.jdih_entry import parse_entry
from normalize.jdih_title import compare_titles
from normalize.schema import TABLES
from pipeline.rows import as_table

TITLE = (
    "PENETAPAN RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS MENUJU WILAYAH BEBAS DARI KORUPSI DAN WILAYAH BIROKRASI BERSIH DAN "
    "MELAYANI DI LINGKUNGAN KOMISI PEMILIHAN UMUM KABUPATEN TULUNGAGUNG TAHUN 2022"
)
DECREE: dict[str, object] = {
    "document_id": "0123456789abcdef",
    "source_path": "a.pdf",
    "number_raw": "54 TAHUN 2022",
    "number": 54,
    "year": 2022,
    "date": dt.date(2022, 5, 31),
    "title": TITLE,
    "place": "Tulungagung",
    "satker_code": "3504",
    "satker_name": "Kabupaten Tulungagung",
    "satker_level": "kabupaten",
    "province_code": "35",
    "review_reasons": [],
}
FIELDS: list[dict[str, object]] = [
    {"field": name, "page": page, "needs_review": False}
    for name, page in (("number", 1), ("year", 1), ("title", 1), ("institution", 1), ("date", 3), ("place", 3))
]
AGREES, DIFFERS, NEITHER = "agrees", "differs", "not-comparable"


def verdicts(decree: dict[str, object] | None = None, /, **raw: object) -> dict[str, str]:
    checks = check_entry(parse_entry(raw), DECREE | (decree or {}), FIELDS)
    return {check.field: check.verdict + ("?" if check.needs_review else "") for check in checks}


@pytest.mark.parametrize(
    ("sent", "verdict"),
    [
        ("54", AGREES),
        ("054", AGREES),
        ("54 Tahun 2022", AGREES),
        ("Nomor 54 TAHUN 2022", AGREES),
        ("54/HK.03.1/3504/2022", AGREES),
        ("542022", AGREES),  # number and year run together
        ("55", DIFFERS),
        ("45/HK.03.1/3504/2022", DIFFERS),
        ("12 dan 13", NEITHER),
        ("HK.03.1/54/2022", NEITHER),
        ("-", NEITHER),
    ],
)
def test_numbers(sent: str, verdict: str) -> None:
    assert verdicts(noPeraturan=sent)["number"] == verdict


@pytest.mark.parametrize(
    ("printed", "number", "sent", "verdict"),
    [
        ("188.45-52/2023", 52, "188.45-52/2023", AGREES),
        ("004/HK.03.1/36/2022", 4, "4", AGREES),
        ("004/HK.03.1/36/2022", 4, "004 / HK.03.1 / 36 / 2022", AGREES),
        ("188.45/0605/Bag.Hukum/2025", 605, "188.45/0605/Bag.Hukum/2025", AGREES),
        ("5/2022", 5, "52022", AGREES),
    ],
)
def test_printed_numbers(printed: str, number: int, sent: str, verdict: str) -> None:
    assert verdicts({"number_raw": printed, "number": number}, noPeraturan=sent)["number"] == verdict


def test_the_number_in_the_title_counts_where_there_is_no_other() -> None:
    title = "Keputusan KPU Kabupaten Tulungagung Nomor 54 Tahun 2022 tentang Rencana Kerja"
    assert verdicts(judul=title)["number"] == AGREES
    assert verdicts(judul=title.replace("54", "45"))["number"] == DIFFERS


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        ({"tahun_pengundangan": "2022"}, AGREES),
        ({"tahun": 2022}, AGREES),
        ({"tahun_pengundangan": "2023"}, DIFFERS + "?"),  # it may be the year of another date
        ({"tahun_pengundangan": "2023", "tanggal_penetapan": "2023-01-01"}, DIFFERS + "?"),
        ({"tahun_pengundangan": "2023", "tanggal_penetapan": "2022-05-31"}, AGREES),
        ({"tahun_pengundangan": "2023", "noPeraturan": "54 Tahun 2022"}, AGREES),
        ({"tahun_pengundangan": "2023", "noPeraturan": "54 Tahun 2023"}, DIFFERS),
        ({"tahun_pengundangan": "0000"}, NEITHER),
        ({}, NEITHER),
    ],
)
def test_years(raw: dict[str, object], verdict: str) -> None:
    assert verdicts(**raw)["year"] == verdict


@pytest.mark.parametrize(
    ("raw", "verdict"),
    [
        ({"tanggal_penetapan": "2022-05-31"}, AGREES),
        ({"tanggal_penetapan": "2022-05-31 00:00:00"}, AGREES),
        ({"tanggal_penetapan": "31 Mei 2022"}, AGREES),
        ({"tanggal_penetapan": "31-05-2022"}, AGREES),
        ({"tanggal_penetapan": "2022-06-01"}, DIFFERS),
        ({"tanggal_penetapan": "2022"}, NEITHER),  # one sender puts the year there
        ({"tanggal_penetapan": "2022-01-01"}, NEITHER),  # January 1 stands for the year
        ({"tanggal_pengundangan": "2022-01-01"}, NEITHER),
        ({"tanggal_pengundangan": "2022-05-31"}, AGREES),
        ({"tanggal_pengundangan": "2022-06-07"}, NEITHER),  # promulgated later than signed
        ({"tanggal_pengundangan": "2022-05-02"}, DIFFERS + "?"),  # never before it was signed
        ({"tanggal_penetapan": "2022-01-01", "tanggal_pengundangan": "2022-05-31"}, AGREES),
        ({"tanggal_penetapan": "0000-00-00"}, NEITHER),
        ({"tanggal_penetapan": "2022-02-30"}, NEITHER),
    ],
)
def test_dates(raw: dict[str, object], verdict: str) -> None:
    assert verdicts(**raw)["date"] == verdict


def test_a_decree_of_january_1_agrees_with_it() -> None:
    assert verdicts({"date": dt.date(2022, 1, 1)}, tanggal_penetapan="2022-01-01")["date"] == AGREES


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (TITLE, "same"),
        (TITLE.title(), "same"),
        (TITLE[:120], "same"),  # cut by the sender
        ("Rencana Kerja Pembangunan ZI Menuju WBK dan WBBM di Lingkungan KPU Kab. Tulungagung Tahun 2022", "same"),
        ("Rencana Kerja Pembagunan Zona Integritas KPU Kabupaten Tulung Agung 2022", "same"),
        ("Rencana Kerja", "part"),
        ("Pembangunan Zona Integritas KPU Kabupaten Tulungagung Tahun 2022", "part"),  # of a plan, of a team?
        (TITLE.replace("2022", "2023"), "other"),
        (TITLE.replace("TULUNGAGUNG", "PAMEKASAN"), "other"),
        (TITLE.replace("RENCANA KERJA", "TIM PENGARAH"), "other"),
        ("Sewa Kendaraan Dinas", "other"),
    ],
)
def test_titles(one: str, same: str) -> None:
    found = compare_titles(one, TITLE)
    assert found == same or (same == "other" and found == "like")
    assert compare_titles(TITLE, one) == found


def test_a_title_with_its_head_is_compared_without_it() -> None:
    head = "Keputusan Komisi Pemilihan Umum Kabupaten Tulungagung Nomor 54 Tahun 2022 Tentang "
    assert verdicts(judul=head + TITLE.title())["title"] == AGREES


@pytest.mark.parametrize(
    ("author", "code"),
    [
        ("Jawa Timur. Kabupaten Tulungagung", "3504"),
        ("Kabupaten Tulungagung", "3504"),
        ("Pemerintah Kabupaten Tulungagung", "3504"),
        ("Komisi Pemilihan Umum Kabupaten Tulungagung", "3504"),
        ("KPU KAB. TULUNGAGUNG", "3504"),
        ("Indonesia. Komisi Pemilihan Umum. Kabupaten Tulungagung", "3504"),
        ("Indonesia. Komisi Pemilihan Umum Kabupaten Tulungagung", "3504"),
        ("Jawa Timur. Komisi Pemilihan Umum Kabupaten Tulungagung", "3504"),
        ("Sumatera Utara. Kabupaten Toba", "1212"),
        ("Pemerintah Kota Kendari", "7471"),
        ("Banten. Komisi Pemilihan Umum", None),
        ("Provinsi Banten", "36"),
        ("Indonesia", None),
        ("Bagian Hukum Setda", None),
        (".", None),
    ],
)
def test_authors(author: str, code: str | None) -> None:
    satker = office_of_author(author).satker
    assert (satker.code if satker else None) == code


@pytest.mark.parametrize(
    ("author", "verdict"),
    [
        ("Jawa Timur. Kabupaten Tulungagung", AGREES),
        ("KPU Kota Tegal", DIFFERS),
        ("Jawa Timur", NEITHER),  # the province may publish for its regencies
        ("Indonesia. Komisi Pemilihan Umum", NEITHER),
        ("Sekretariat Daerah", NEITHER),
        ("-", NEITHER),
    ],
)
def test_offices(author: str, verdict: str) -> None:
    assert verdicts(teuBadan=author)["satker"] == verdict


@pytest.mark.parametrize(
    ("place", "verdict"), [("TULUNGAGUNG", AGREES), ("Kab. Tulungagung", AGREES), ("Kediri", DIFFERS + "?"), ("-", NEITHER)]
)
def test_places(place: str, verdict: str) -> None:
    assert verdicts(tempatTerbit=place)["place"] == verdict


def test_a_doubtful_value_of_the_decree_makes_a_request_of_a_claim() -> None:
    by_reason = verdicts({"review_reasons": ["number:read-unsurely@1:120,340"]}, noPeraturan="55")
    assert by_reason["number"] == DIFFERS + "?"
    fields = [{"field": "number", "page": 1, "needs_review": True}]
    (number, *_) = check_entry(parse_entry({"noPeraturan": "55"}), DECREE, fields)
    assert (number.verdict, number.needs_review, number.page) == (DIFFERS, True, 1)


def test_the_page_is_that_of_the_printed_value() -> None:
    pages = {check.field: check.page for check in check_entry(parse_entry({}), DECREE, FIELDS)}
    assert pages == {"number": 1, "year": 1, "date": 3, "title": 1, "satker": 1, "place": 3}


def test_a_decree_that_could_not_be_read_contradicts_nothing() -> None:
    raw = {"noPeraturan": "55", "tahun": "2020", "judul": "x", "teuBadan": "KPU Kota Tegal", "tempatTerbit": "y"}
    assert {check.verdict for check in check_entry(parse_entry(raw), None, [])} == {NEITHER}


def test_the_bytes_are_those_that_were_downloaded() -> None:
    assert check_bytes("0123456789abcdef" + "0" * 48, "0123456789abcdef").verdict == AGREES
    assert check_bytes("f" * 64, "0123456789abcdef").verdict == DIFFERS
    assert check_bytes("no hash", "0123456789abcdef").verdict == NEITHER


# Entries


@pytest.mark.parametrize(
    ("status", "in_force"),
    [
        ("Berlaku", True),
        ("BERLAKU", True),
        ("Tidak Berlaku", False),
        ("<b>Dicabut</b>", False),
        ("Dicabut sebagian", None),
        ('Mengubah <a href="x">PER-01</a>', None),
        ("-", None),
    ],
)
def test_status(status: str, in_force: bool | None) -> None:
    assert parse_entry({"status": status}).in_force is in_force


def test_keys_of_all_forms_are_known() -> None:
    for raw in (
        {"idData": 188, "noPeraturan": "3", "urlDownload": "https://h/a.pdf", "tahun": 2015},
        {"id_data": "188", "no_peraturan": 3, "url_download": "https://h/a.pdf", "TAHUN_PENGUNDANGAN": "2015"},
    ):
        entry = parse_entry(raw)
        assert (entry.id, entry.number_raw, entry.address, entry.year) == ("188", "3", "https://h/a.pdf", 2015)


def test_what_is_missing_is_none() -> None:
    nothings: list[object] = ["", "-", " - ", "null", None, [], {}, True]
    for nothing in nothings:
        assert parse_entry({"judul": nothing, "idData": nothing}).title is None


def test_html_and_line_breaks_in_values() -> None:
    entry = parse_entry({"judul": "Rencana&nbsp;Kerja\n&amp; <i>Aksi</i>", "urlDownload": "http://h/?a=1&copy=2"})
    assert (entry.title, entry.address) == ("Rencana Kerja & Aksi", "http://h/?a=1&copy=2")


@given(
    st.dictionaries(
        st.sampled_from(["judul", "noPeraturan", "tahun", "tanggal", "teuBadan", "status", "tempatTerbit"]), st.text()
    )
)
def test_any_text_is_parsed_and_compared(raw: dict[str, object]) -> None:
    assert len(check_entry(parse_entry(raw), DECREE, FIELDS)) == 6


# Tables


def sidecar(data: object) -> Sidecar:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return Sidecar("a.pdf", "0123456789abcdef", DECREE, FIELDS, raw)


def test_rows_fit_the_schema() -> None:
    entry = {"idData": "7", "judul": TITLE, "noPeraturan": "54", "status": "Berlaku", "tanggal_penetapan": "2022-05-31"}
    whole = {"feed": "https://h/integrasi", "entry": entry, "download_address": "https://h/a.pdf", "sha256": "0" * 64}
    tables = jdih_tables([sidecar(whole), sidecar({"judul": "\ud83d x", "noPeraturan": "1"})])
    for name, rows in tables.items():
        assert as_table(name, rows).num_rows == len(rows)
    first = tables["jdih"][0]
    assert (first["feed_id"], first["url"], first["in_force"], first["number"]) == ("7", "https://h/a.pdf", True, 54)
    checks = {row["field"]: row["verdict"] for row in tables["jdih_checks"][:7]}
    assert checks == {
        "number": AGREES,
        "year": AGREES,
        "date": AGREES,
        "title": AGREES,
        "satker": NEITHER,
        "place": NEITHER,
        "sha256": DIFFERS,
    }
    assert set(first) == {column.name for column in TABLES["jdih"].columns}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b'{"entry": []}',
        b'{"entry": {"x": 1}}',
        b"[" * 100_000,
        b'{"judul": "' + b"x" * MOST_BYTES + b'"}',
        b'{"judul": ' + b"9" * 10_000 + b', "idData": "1"}',
    ],
)
def test_a_sidecar_that_is_none_is_a_failure_and_no_crash(data: bytes) -> None:
    tables = jdih_tables([sidecar(data)])
    assert (tables["jdih"], tables["jdih_checks"]) == ([], [])
    assert as_table("failures", tables["failures"]).num_rows == 1
    assert (tables["failures"][0]["code"], tables["failures"][0]["source_path"]) == ("bad-metadata", "a.pdf.jdih.json")
