"""The default engine as it comes from its wheel: exact on plain print, in shape on everything else, and without a network."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import numpy as np
import pytest

from extract.scan.engine import Reading
from extract.scan.picture import Pixels
from extract.scan.rapid import Rapid, latin
from tests.extract.scan.drawn import Sheet
from tests.press.fonts import HELVETICA, TIMES, VERA


class NoNetwork(socket.socket):
    def __init__(self, *_: object, **__: object) -> None:
        raise AssertionError("a network was asked")


@pytest.fixture(scope="module")
def engine() -> Rapid:
    """The engine, its models loaded and used once without a network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", NoNetwork)
        patch.setattr(socket, "getaddrinfo", NoNetwork)
        rapid = Rapid()
        assert rapid.find(line("Komisi Pemilihan Umum"))
        assert rapid.read([line("Komisi Pemilihan Umum")])[0].text == "Komisi Pemilihan Umum"
    return rapid


def line(text: str, font: str = TIMES.regular, size: float = 11) -> Pixels:
    sheet = Sheet(300, 40)
    box = sheet.text(20, 25, text, font, size)
    return sheet.pixels()[box.top : box.bottom, box.x0 : box.x1]


def in_shape(reading: Reading) -> bool:
    """Letters, places and scores belong together."""
    counts = {len(reading.text), len(reading.places), len(reading.scores)}
    bounded = all(0 <= value <= 1 for value in (*reading.places, *reading.scores))
    return len(counts) == 1 and bounded and list(reading.places) == sorted(reading.places)


@pytest.mark.parametrize("font", [TIMES.regular, TIMES.bold, HELVETICA.regular, VERA.regular])
def test_plain_print_is_read_exactly(engine: Rapid, font: str) -> None:
    texts = ["Nomor 314/ORT.07-Kpt/01/KPU/V/2021", "Rp1.250.000,00", "KEPUTUSAN SEKRETARIS JENDERAL", "Triwulan II", "7"]
    readings = engine.read([line(text, font) for text in texts])
    assert [reading.text for reading in readings] == texts
    assert all(in_shape(reading) for reading in readings)
    assert min(readings[1].scores) > 0.95


@pytest.mark.parametrize("text", ["VIII", "IX", "Triwulan II", "Triwulan III"])
def test_roman_numerals_are_letters(engine: Rapid, text: str) -> None:
    assert engine.read([line(text)])[0].text == text


def test_roman_numerals_that_stand_alone(engine: Rapid) -> None:
    """In a cell, or as a heading, and in any face."""
    for font in (TIMES.regular, HELVETICA.regular, VERA.regular):
        for text in ("II", "BAB II"):
            assert {size: engine.read([line(text, font, size)])[0].text for size in (8, 10, 11)} == dict.fromkeys(
                (8, 10, 11), text
            )


def test_places_stand_on_their_letters(engine: Rapid) -> None:
    """A wide blank moves the letters behind it, in a short line (padded for the model) and in a long one."""
    for text in ("ada       itu", "ada       itu dan segala sesuatu yang lain"):
        picture = line(text)
        (reading,) = engine.read([picture])
        last, first = reading.places[reading.text.index("a", 1)], reading.places[reading.text.index("i")]
        inked = np.flatnonzero((picture < 128).any(axis=0))
        gap = int(np.diff(inked).argmax())
        assert last * picture.shape[1] < inked[gap] < inked[gap + 1] <= first * picture.shape[1] + 2


@pytest.mark.parametrize("shape", [(48, 300), (1, 1), (1, 300), (300, 1), (20, 6000), (48, 300, 3)])
def test_nothing_is_read_where_nothing_is(engine: Rapid, shape: Sequence[int]) -> None:
    for tone in (255, 128):
        assert engine.read([np.full(shape, tone, np.uint8)])[0].text == ""


def test_a_narrow_strip_takes_no_more_room_than_a_page(engine: Rapid, monkeypatch: pytest.MonkeyPatch) -> None:
    """Left alone, RapidOCR would enlarge its shorter side and the longer one with it, and take all memory there is."""
    seen: list[tuple[int, ...]] = []
    page = np.full((24, 1600), 255, np.uint8)
    finder = engine._finder
    monkeypatch.setattr(engine, "_finder", lambda picture, **_: seen.append(picture.shape))
    for picture in (page, page.T):
        assert engine.find(np.ascontiguousarray(picture)) == []
    monkeypatch.setattr(engine, "_finder", finder)
    assert all(max(shape) <= 4 * min(shape[:2]) for shape in seen)
    sheet = Sheet(400, 20)
    box = sheet.text(20, 14, "Nomor 314/ORT.07-Kpt/01")
    (found,) = engine.find(sheet.pixels())
    assert max(abs(found.x0 - box.x0), abs(found.x1 - box.x1)) <= 8


def test_where_nothing_is_nothing_is_found(engine: Rapid) -> None:
    assert engine.find(np.full((150, 300), 255, np.uint8)) == []


def test_noise_is_read_in_shape(engine: Rapid) -> None:
    rng = np.random.default_rng(3)
    readings = engine.read([rng.integers(0, 256, (h, w), np.uint8) for h, w in ((40, 300), (8, 90), (90, 8), (3, 700))])
    assert all(in_shape(reading) for reading in readings)


def test_lines_are_found_where_they_are(engine: Rapid) -> None:
    sheet = Sheet(300, 100)
    printed = [sheet.text(20, 25, "Nomor 314/ORT.07-Kpt/01"), sheet.text(120, 60, "rencana kerja tahun 2021")]
    page = sheet.pixels()
    for picture in (page, np.repeat(page[:, :, None], 3, axis=2)):
        found = engine.find(picture)
        assert len(found) == 2
        for a, b in zip(found, printed, strict=True):
            assert max(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.top - b.top), abs(a.bottom - b.bottom)) <= 8
            assert 0 < a.score <= 1


def test_boxes_stay_on_the_picture(engine: Rapid) -> None:
    sheet = Sheet(120, 30)
    sheet.text(-6, 8, "KEPUTUSAN KOMISI PEMILIHAN")
    picture = sheet.pixels()
    found = engine.find(picture)
    assert found
    for box in found:
        assert 0 <= box.x0 < box.x1 <= picture.shape[1]
        assert 0 <= box.top < box.bottom <= picture.shape[0]


def test_its_name_tells_the_versions(engine: Rapid) -> None:
    assert all(f"{library}-" in engine.name for library in ("rapidocr", "onnxruntime", "opencv"))


@pytest.mark.parametrize(
    ("sign", "wanted"),
    [
        *((sign, sign) for sign in "aZ09 /.,:;()-'\"|“”’–•…✓"),
        ("ņ", "n"),
        ("é", "e"),
        ("Ⅱ", "II"),
        ("ⅻ", "xii"),
        ("（", "("),
        ("１", "1"),
        ("ﬁ", None),
        ("½", None),
        ("中", None),
        ("п", None),
        ("あ", None),
        ("", None),
        ("\u0301", None),
        ("\t", None),
    ],
)
def test_signs_that_decrees_print(sign: str, wanted: str | None) -> None:
    assert latin(sign) == wanted
