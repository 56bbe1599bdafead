"""Words as they are printed, and the stems by which they are compared."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.matcher import load_matcher
from taxonomy.words import MENDED_SHARE, Stem, Words, tokens


def stems(text: str | None) -> list[str]:
    """The stems by the program's own language."""
    return [stem.stem for stem in load_matcher().words.stems(text)]


@pytest.fixture(scope="module")
def small() -> Words:
    """A language of few words."""
    return Words(
        roots=["susun", "layan", "pantau", "gratifikasi", "kendali", "standar", "tangan", "ajar", "ajaran"],
        synonyms={"zi": "zona integritas", "wbk": "zona integritas", "wbk wbbm": "zona integritas", "monev": "pantau evaluasi"},
        idle=["dan", "telah", "rapat", "laporan"],
        vocabulary=["pembangunan zona integritas", "evaluasi"],
    )


@pytest.mark.parametrize(
    ("printed", "stem"),
    [
        ("menyusun penyusunan tersusunnya disusun susunan penyusunannya", "susun"),
        ("menetapkan penetapan ditetapkan ketetapan", "tetap"),
        ("mengendalikan pengendalian terkendali dikendalikan", "kendali"),
        ("memperbaiki perbaikan diperbaikinya", "baik"),
        ("membentuk pembentukan terbentuknya dibentuk", "bentuk"),
        ("meningkatkan peningkatan meningkatnya", "tingkat"),
        ("mengukur pengukuran terukurnya ukuran", "ukur"),
        ("menegakkan penegakan ditegakkan", "tegak"),
        ("mengelola pengelolaan dikelola", "kelola"),
        ("melayani pelayanan dilayani layanan", "layan"),
        ("menerapkan penerapan diterapkannya", "terap"),
        ("memuaskan kepuasan", "puas"),
        ("menyimpan penyimpanan tersimpan", "simpan"),
        ("memetakan pemetaan terpetakan", "peta"),
        ("mengadukan pengaduan diadukan aduan", "adu"),
        ("mengawasi pengawasan diawasi", "awas"),
        ("menyederhanakan penyederhanaan disederhanakan", "sederhana"),
        ("mengintegrasikan terintegrasi integrasi", "integrasi"),
        ("mengevaluasi evaluasi dievaluasinya", "evaluasi"),
        ("memantau pemantauan terpantau dipantau monitoring", "monitoring"),
    ],
)
def test_inflections_have_one_stem(printed: str, stem: str) -> None:
    assert {word: stems(word) for word in printed.split()} == {word: [stem] for word in printed.split()}


@pytest.mark.parametrize("words", ["pengadaan aduan", "kinerja kerja", "uang ulang", "mutasi mutakhir", "standar sandar"])
def test_words_of_unlike_meaning_keep_apart(words: str) -> None:
    one, other = words.split()
    assert stems(one) != stems(other)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("gratlfikasi", "gratifikasi"),
        ("grativikasi", "gratifikasi"),
        ("pernbangunan", "pembangunan"),
        ("pernantauan", "pemantauan"),
        ("pengenda1ian", "pengendalian"),
        ("benturan kepentlngan", "benturan kepentingan"),
        ("masyarkat", "masyarakat"),
        ("kompetnsi", "kompetensi"),
        ("akuntabiiitas", "akuntabilitas"),
        ("pelayanann", "pelayanan"),
        ("s1stem", "sistem"),
    ],
)
def test_misprints_are_mended(printed: str, meant: str) -> None:
    assert stems(printed) == stems(meant)


def test_a_mended_word_weighs_less(small: Words) -> None:
    assert small.stems("gratifikasi") == [Stem("gratifikasi", "gratifikasi")]
    assert small.stems("gratlfikasi") == [Stem("gratifikasi", "gratlfikasi", MENDED_SHARE)]


def test_short_words_and_unlike_words_are_not_mended(small: Words) -> None:
    assert [s.stem for s in small.stems("susum tamgan xyzzy")] == ["susun", "tangan", "xyzzy"]
    assert [s.stem for s in small.stems("ajor kendurian")] == ["ajor", "kendurian"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("pe nanganan", "penanganan"),
        ("pena nganan", "penanganan"),
        ("pelaya nan publik", "pelayanan publik"),
        ("tu run", "turun"),
        ("standarpelayanan", "standar pelayanan"),
        ("sistempengendalian", "sistem pengendalian"),
        ("bud aya kerja", "budaya kerja"),
    ],
)
def test_torn_and_joined_words(printed: str, meant: str) -> None:
    assert stems(printed) == stems(meant)


def test_two_words_that_both_exist_stay_two(small: Words) -> None:
    assert [s.stem for s in small.stems("standar layan")] == ["standar", "layan"]


def test_the_words_behind_a_joined_one_share_its_print(small: Words) -> None:
    assert small.stems("standarlayan") == [Stem("standar", "standarlayan"), Stem("layan", "standarlayan")]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("WBS", "whistle blowing system"),
        ("monev", "monitoring dan evaluasi"),
        ("ZI", "Zona Integritas"),
        ("WBK/WBBM", "Zona Integritas"),
        ("Wilayah Bebas dari Korupsi", "zona integritas"),
        ("SKP", "sasaran kinerja pegawai"),
        ("anjab", "analisis jabatan"),
        ("TNA", "analisis kebutuhan pelatihan"),
        ("Standard Operating Procedure", "SOP"),
        ("standar operasional prosedur", "prosedur operasional tetap"),
        ("agent of change", "agen perubahan"),
        ("open bidding", "seleksi terbuka"),
        ("public campaign", "kampanye publik"),
        ("konflik kepentingan", "benturan kepentingan"),
        ("ditindaklanjutinya", "tindak lanjut"),
        ("menindak lanjuti", "ditindaklanjuti"),
        ("SP4N-LAPOR!", "lapor sp4n"),
        ("kuisioner", "kuesioner"),
        ("e-Kinerja", "e kinerja"),
        ("LAKIP", "laporan kinerja"),
        ("sistem pengawasan intern pemerintah", "SPIP"),
        ("TI", "teknologi informasi"),
    ],
)
def test_synonyms_and_abbreviations_are_folded(printed: str, meant: str) -> None:
    assert stems(printed) == stems(meant) != []


def test_the_longest_phrase_is_folded(small: Words) -> None:
    assert [s.stem for s in small.stems("WBK WBBM")] == ["zona", "integritas"]
    assert [s.printed for s in small.stems("WBK, WBBM")] == ["wbk wbbm"] * 2


def test_one_word_may_mean_several(small: Words) -> None:
    assert small.stems("Monev") == [Stem("pantau", "monev"), Stem("evaluasi", "monev")]


@pytest.mark.parametrize(
    "idle",
    [
        "laporan telah pelaksanaan melakukan",
        "dan atau yang di ke dari",
        "rapat, daftar hadir",
        "2024",
        "tangkapan layar",
    ],
)
def test_idle_words_and_numbers_tell_nothing(idle: str) -> None:
    assert stems(idle) == []


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("SK tim", "Surat Keputusan tim"), ("screenshot", "tangkapan layar"), ("bukti dukung", ""), ("notula", "")],
)
def test_idle_words_stay_idle_when_folded(printed: str, meant: str) -> None:
    assert stems(printed) == stems(meant)


@pytest.mark.parametrize("text", [None, "", "  ", "---", "12 / 2024", "…"])
def test_no_words_no_stems(text: str | None) -> None:
    assert stems(text) == []


def test_shapes_of_letters_are_folded() -> None:
    assert tokens("ﬁsik\u00a0ＰＥＧＡＷＡＩ Ⅳ_b") == ["fisik", "pegawai", "iv", "b"]


def test_printed_words_are_kept_for_the_reader(small: Words) -> None:
    assert [s.printed for s in small.stems("Rapat Penyusunan ZI")] == ["penyusunan", "zi", "zi"]


PLAIN = st.text(alphabet=string.ascii_letters + string.digits + " -/.,()&'", max_size=80)
SAMPLE = "menyusun Pelayanan publik WBK wbbm SPIP e-kinerja gratlfikasi pe nanganan SK tim 1aporan & dan"
PHRASES = st.lists(st.sampled_from(SAMPLE.split(" "))).map(" ".join)


@given(PLAIN | PHRASES)
def test_capitals_change_nothing(text: str) -> None:
    words = load_matcher().words
    assert words.stems(text.upper()) == words.stems(text.lower()) == words.stems(text)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for stem in load_matcher().words.stems(text):
        assert stem.stem and stem.printed and 0 < stem.share <= 1 and not stem.is_idle


@given(PLAIN | PHRASES)
def test_a_text_read_twice_reads_the_same(text: str) -> None:
    words = load_matcher().words
    assert words.stems(text) == words.stems(text)
