from __future__ import annotations

from collections.abc import Sequence

import pytest

from normalize.citations import Citation, find_citations
from tests.normalize.truths import paragraphs

PANRB = "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"


def short(citation: Citation) -> str:
    """One citation in one line: type number/year, + for an amendment, gazettes behind."""
    gazettes = " ".join(f"{g.series}{g.year or ''}/{g.number}" for g in citation.gazettes)
    sign = "+" if citation.relation == "amended_by" else ""
    return f"{sign}{citation.type} {citation.number}/{citation.year} {gazettes}".strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # spacing, hyphens, case, abbreviations
        ("Undang - Undang Nomor 28 Tahun 1999 tentang X;", ["UU 28/1999"]),
        ("UndangUndang Nomor 28 Tahun 1999 tentang X;", ["UU 28/1999"]),
        ("UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 28 TAHUN 1999 TENTANG X", ["UU 28/1999"]),
        ("UU No. 7 Th 2017 ttg Pemilu", ["UU 7/2017"]),
        ("UU 7/2017 tentang Pemilu", ["UU 7/2017"]),
        ("Undang-Undang 28 Tahun 1999 tentang A;", ["UU 28/1999"]),
        ("Undang-Undang Nomor 28Tahun1999tentang A (LembaranNegara Tahun 1999 Nomor75);", ["UU 28/1999 LN1999/75"]),
        ("Peraturan KPU Nomor : 8 Tahun 2019 tentang Tata Kerja;", ["PKPU 8/2019"]),
        ("Peraturan Presiden Nomor: 81 Tahun 2010 tentang G;", ["Perpres 81/2010"]),
        ("Permenpan-RB Nomor 90 Tahun 2021 tentang X;", ["PermenPANRB 90/2021"]),
        ("Peraturan Menteri PAN dan RB No 90 Tahun 2021;", ["PermenPANRB 90/2021"]),
        ("denganUndang-UndangNomor 28 Tahun 1999tentangX;", ["UU 28/1999"]),
        ("uu nomor 5 tahun 2014 tentang x", ["UU 5/2014"]),
        ("Per- aturan Komisi Pemi-lihan Umum Nomor 8 Tahun 2019;", ["PKPU 8/2019"]),
        # types
        ("Peraturan Menteri Dalam Negeri Nomor 80 Tahun 2015 tentang P;", ["Permendagri 80/2015"]),
        ("Peraturan Menteri Hukum dan HAM Nomor 5 Tahun 2015 tentang P;", ["Permenkumham 5/2015"]),
        ("Peraturan Menteri Keuangan Nomor 5/PMK.02/2022 tentang P;", ["Permenkeu 5/PMK.02/2022/2022"]),
        ("Peraturan Menteri Kebudayaan Nomor 5 Tahun 2025 tentang P;", ["Peraturan Menteri Kebudayaan 5/2025"]),
        ("Peraturan Lembaga Administrasi Negara Nomor 3 Tahun 2020;", ["Peraturan Lembaga Administrasi Negara 3/2020"]),
        ("Peraturan Daerah Provinsi Bali Nomor 10 Tahun 2016;", ["Perda 10/2016"]),
        ("Peraturan Wali Kota Tegal Nomor 10 Tahun 2016;", ["Perwal 10/2016"]),
        ("Peraturan Bupati Sikka Nomor 10 Tahun 2016;", ["Perbup 10/2016"]),
        ("Instruksi Presiden Nomor 5 Tahun 2004 tentang P;", ["Inpres 5/2004"]),
        ("Keputusan Ketua KPU Kabupaten Alor Nomor 5 Tahun 2020;", ["KepKPU 5/2020"]),
        ("Keputusan Sekretaris Jenderal KPU Nomor 1/HK.03-Kpt/04/SJ/X/2021;", ["KepKPU 1/HK.03-Kpt/04/SJ/X/2021/2021"]),
        ("Undang-Undang Dasar Negara Republik Indonesia Tahun 1945;", ["UUD 1945 None/1945"]),
        ("Pasal 28 UUD 1945;", ["UUD 1945 None/1945"]),
        ("Surat Ketua KPU tanggal 5 Mei 2022 perihal P;", ["Surat None/2022"]),
        # numbers
        (
            "Keputusan KPU Nomor: 314/ ORT.07- Kpt/01/KPU/V/2021 tentang P;",
            ["KepKPU 314/ORT.07-Kpt/01/KPU/V/2021/2021"],
        ),
        ("Permenpan RB Nomor 25 dan 26 Tahun 2020 tentang R;", ["PermenPANRB 25/2020", "PermenPANRB 26/2020"]),
        ("Surat KPU Nomor 5/PW.01-SD/01/2022 tanggal 3 Mei 2022 hal : P", ["Surat 5/PW.01-SD/01/2022/2022"]),
        ("Surat Pengesahan DIPA Nomor SP DIPA-076.01.2/2022;", ["Surat SP DIPA-076.01.2/2022/2022"]),
        # slips
        ("Pcraturan Prcsiden Nomor 95 Tahun 2018 tentang S;", ["Perpres 95/2018"]),
        ("Undang-Undang Nornor 5 Tairun 2Ol4 tentarlg A", ["UU 5/2014"]),
        ('Peraturan Pemerintah Nomor 6L "fahun 2022 tertta:ng A', ["PP 61/2022"]),
        ("Peraturan Presiden Nomor 1 2 Tahun 2O2 1 tentang A", ["Perpres 12/2021"]),
        ("U ndan g -U n d an g Nom or 23 T a h u n 2 0 1 4 te n ta n g D", ["UU 23/2014"]),
        (f"{PANRB.replace('Aparatur', 'Apartur')} Nomor 52 Tahun 2014", ["PermenPANRB 52/2014"]),
        # several
        ("Undang-Undang Nomor 31 Tahun 1999 jo. Undang-Undang Nomor 20 Tahun 2001;", ["UU 31/1999", "UU 20/2001"]),
        ("UU Nomor 5 Tahun 2014 dan PP Nomor 11 Tahun 2017;", ["UU 5/2014", "PP 11/2017"]),
        ("PKPU Nomor 8 Tahun 2019 tentang T; PKPU Nomor 14 Tahun 2020 tentang S;", ["PKPU 8/2019", "PKPU 14/2020"]),
        # none
        ("perlu menetapkan Keputusan Komisi Pemilihan Umum Kota X tentang Y;", []),
        ("sesuai Nomor urut 5 pada rekening Nomor 123456;", []),
        ("", []),
    ],
)
def test_reads_type_number_and_year(text: str, expected: list[str]) -> None:
    assert [short(c) for c in find_citations(text)] == expected


@pytest.mark.parametrize(
    "connective",
    [
        "sebagaimana telah diubah dengan",
        "sebagaimana diubah dengan",
        "sebagaimana telah beberapa kali diubah terakhir dengan",
        "sebagaimana telah beberapa kali diubah, terakhir dengan",
        "sebagaimana telah diubah beberapa kali, terakhir dengan",
        "sebagaimana telah diubah, terakhir dengan",
        ", sebagaimana telah diubah terakhir dengan",
        "yang telah diubah dengan",
        "terakhir diubah dengan",
        "sebagimana telah di ubah dengan",
        "sebagai mana telah dirubah dengan",
    ],
)
@pytest.mark.parametrize("gazette", ["", " (Lembaran Negara Republik Indonesia Tahun 2014 Nomor 6)"])
def test_reads_amendment(connective: str, gazette: str) -> None:
    text = (
        f"Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur{gazette} {connective} "
        "Undang-Undang Nomor 20 Tahun 2023 tentang Perubahan atas Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur;"
    )
    first, second = find_citations(text)
    assert (first.number, first.relation, first.title) == ("5", "cited", "Aparatur")
    assert (second.number, second.relation) == ("20", "amended_by")
    assert second.title == "Perubahan atas Undang-Undang Nomor 5 Tahun 2014 tentang Aparatur"


def test_amendments_side_by_side() -> None:
    text = (
        "PKPU Nomor 8 Tahun 2019 tentang T (Berita Negara Tahun 2019 Nomor 320) sebagaimana telah diubah dengan "
        "PKPU Nomor 3 Tahun 2020 (Berita Negara Tahun 2020 Nomor 201) dan PKPU Nomor 21 Tahun 2020;"
    )
    assert [short(c) for c in find_citations(text)] == [
        "PKPU 8/2019 BN2019/320",
        "+PKPU 3/2020 BN2020/201",
        "+PKPU 21/2020",
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Pelaksanaan Undang-Undang Nomor 43 Tahun 2007 tentang Perpustakaan",
        "Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2022 tentang Perubahan atas "
        "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum menjadi Undang-Undang",
        "Pencabutan Undang-Undang Nomor 1 Tahun 1960 dan Undang-Undang Nomor 2 Tahun 1961",
        "Zona Integritas Menuju Wilayah Bebas dari Korupsi (WBK) dan Wilayah Birokrasi Bersih (WBBM) di Instansi",
        "Perpanjangan Daerah (Lembaran Negara Republik Indonesia Tahun 1953 Nomor 9) Sebagai Undang-Undang",
        "Tata Kerja Komisi Pemilihan Umum, Sekretariat Komisi Pemilihan Umum Provinsi, dan Kabupaten/Kota",
    ],
)
def test_title_runs_through_an_instrument_inside_it(title: str) -> None:
    text = f"Peraturan Pemerintah Nomor 24 Tahun 2014 tentang {title} (Lembaran Negara Tahun 2014 Nomor 76);"
    (citation,) = find_citations(text)
    assert citation.title == title
    assert short(citation) == "PP 24/2014 LN2014/76"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "bahwa untuk melaksanakan ketentuan Pasal 4 Peraturan Menteri Kesehatan Nomor 5 Tahun 2020 tentang Mutu, "
            "perlu menetapkan Keputusan Direktur tentang Mutu;",
            [("5", "Mutu")],
        ),
        (
            "bahwa berdasarkan Pasal 3 Undang-Undang Nomor 1 Tahun 2004 tentang Perbendaharaan Negara dan Pasal 5 "
            "Peraturan KPU Nomor 8 Tahun 2019 tentang Tata Kerja, Komisi Pemilihan Umum Kota Bima perlu menetapkan X;",
            [("1", "Perbendaharaan Negara"), ("8", "Tata Kerja")],
        ),
        (
            "bahwa untuk menindaklanjuti Berita Acara Nomor 21/PK.01-BA/3375/2023 tanggal 23 Juli 2023, perlu diatur;",
            [("21/PK.01-BA/3375/2023", None)],
        ),
    ],
)
def test_title_in_a_consideration_ends_before_the_sentence_goes_on(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(c.number, c.title) for c in find_citations(text)] == expected


@pytest.mark.parametrize(
    ("gazette", "expected"),
    [
        ("(Lembaran Negara Republik Indonesia Tahun 2019 No 197, Tambahan Lembaran Negara Republik Indoensia No 6409)",
         "LN2019/197 TLN/6409"),
        ("(Lembaran Negara tahun 1999 Nomor 75 Tambahan Lembaran Negara Nomor 3851)", "LN1999/75 TLN/3851"),
        ("(Lembaran Negara Tahun 1999 Nomor 75, Tambxhan Lembaran Negara Nomor 3851)", "LN1999/75 TLN/3851"),
        ("(Lembaran NegaraTahun1999 Nomor 75, TambahanLembaranNegara Nomor3851)", "LN1999/75 TLN/3851"),
        ("(Berita Negara Republik Indonesia Nomor 441)", "BN/441"),
        ("(Lembar Negara RI 2017 No. 182)", "LN2017/182"),
        ("(Lemboran Nogara Republik Indonesia Tahun 2O17 Nomor l82)", "LN2017/182"),
        ("(LN Tahun 2017 No. 182, TLN No. 6109)", "LN2017/182 TLN/6109"),
        ("(Lembaran Daerah Kota Tegal Tahun 2016 Nomor 10)", "LD2016/10"),
        (", Lembaran Negara Nomor 61 Tahun 2008", "LN2008/61"),
    ],
)  # fmt: skip
def test_reads_gazettes_as_printed(gazette: str, expected: str) -> None:
    (citation,) = find_citations(f"Undang-Undang Nomor 99 Tahun 2008 tentang Hal {gazette};")
    assert short(citation) == f"UU 99/2008 {expected}"
    assert citation.title == "Hal"


@pytest.mark.parametrize(
    ("text", "instrument_id"),
    [
        ("Undang-Undang Nomor 28 Tahun 1999", "uu-28-1999"),
        (f"{PANRB} Nomor 90 Tahun 2021", "permenpanrb-90-2021"),
        ("PKPU Nomor 06 Tahun 2008", "pkpu-6-2008"),
        ("Keputusan KPU Nomor 314/ORT.07-Kpt/01/KPU/V/2021", "kepkpu-314/ort.07-kpt/01/kpu/v/2021"),
        ("Keputusan KPU Kab. Tulungagung Nomor 15/ORT.07/3504/2022", "kepkpukab-tulungagung-15/ort.07/3504/2022"),
        ("Keputusan Komisi Pemilihan Umum Provinsi Banten Nomor 5 Tahun 2020", "kepkpuprov-banten-5-2020"),
        ("Peraturan Gubernur Bali Nomor 52 Tahun 2018", "pergub-bali-52-2018"),
        ("Peraturan Daerah Nomor 10 Tahun 2016", None),
        (f"{PANRB} Nomor 49 tentang Pedoman", None),
        (f"{PANRB} Nomor 52 tentang Pedoman Pembangunan Zona Integritas Menuju Wilayah Bebas dari Korupsi dan Wilayah "
         "Birokrasi Bersih dan Melayani di Lingkungan Instansi Pemerintah", "permenpanrb-52-2014"),
    ],
)  # fmt: skip
def test_resolves_the_canonical_id(text: str, instrument_id: str | None) -> None:
    (citation,) = find_citations(text)
    assert citation.instrument_id == instrument_id


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            f"{PANRB} Nomor 90 Tahun 2021 (Lembaran Negara Republik Indonesia Tahun 2021 Nomor 1571)",
            "gazette-series-unexpected",
        ),
        (
            f"{PANRB} Nomor 25 Tahun 2020 (Berita Negara Republik Indonesia Tahun 2020 Nomor 411)",
            "gazette-differs-from-register",
        ),
        (f"{PANRB} Nomor 49 tentang Pedoman", "no-year"),
        ("Undang-Undang Nomor 5 Tahun 2Ol4", "digit-slip"),
    ],
)
def test_marks_what_an_auditor_should_see(text: str, note: str) -> None:
    (citation,) = find_citations(text)
    assert note in citation.notes
    assert citation.needs_review


def test_spans_bound_what_is_printed() -> None:
    text = "1. Undang-Undang Nomor 5 Tahun 2014 tentang A (Lembaran Negara Tahun 2014 Nomor 6); dan"
    (citation,) = find_citations(text)
    assert text[citation.start : citation.end] == text[3:-5]


CORPUS = list(paragraphs())


@pytest.mark.skipif(not CORPUS, reason="no corpus beside the checkout")
def test_reproduces_every_instrument_of_the_corpus() -> None:
    wrong = []
    for text, refs in CORPUS:
        want = [
            (r["type"], r["number"], r["year"], r["title"], r["relation"],
             [(g["series"], g["year"], g["number"]) for g in r["gazettes"]])
            for r in refs
        ]  # fmt: skip
        got = [
            (c.type, c.number, c.year, c.title, c.relation, [(g.series, g.year, g.number) for g in c.gazettes])
            for c in find_citations(text)
        ]
        if got != want:
            wrong.append((text, want, got))
    assert not wrong


def key(citations: Sequence[Citation]) -> list[str]:
    return ["".join(short(c).split()).casefold() for c in citations]


@pytest.mark.skipif(not CORPUS, reason="no corpus beside the checkout")
@pytest.mark.parametrize(
    ("printed", "slipped"),
    [
        ("Nomor", "No."),
        ("Nomor", "Nomor :"),
        ("Tahun", "Thn."),
        (" Republik Indonesia", ""),
        ("Republik Indonesia", "RI"),
        (" ", "\n"),
        ("(", ""),
        ("Undang-Undang", "Undang - Undang"),
        ("Undang-Undang", "UndangUndang"),
        ("Peraturan", "Per- aturan"),
        ("tentang", "ten-tang"),
        ("diubah", "di ubah"),
        ("Lembaran", "Lembar"),
    ],
)
def test_reads_the_corpus_through_one_slip(printed: str, slipped: str) -> None:
    wrong = [text for text, _ in CORPUS if key(find_citations(text.replace(printed, slipped))) != key(find_citations(text))]
    assert not wrong
