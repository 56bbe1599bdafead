"""The second engine: its own program where it is installed, and a stand-in that answers badly in every way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from extract.scan.engine import Found
from extract.scan.tesseract import MARGIN, Tesseract, is_installed
from tests.extract.scan.drawn import Sheet

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
LINE = np.full((30, 200), 255, np.uint8)


def row(level: int, page: int, box: Sequence[int], sure: float = -1, text: str = "") -> str:
    return "\t".join(map(str, (level, page, 1, 1, 1, 1, *box, sure, text))) + "\n"


def word(page: int, left: int, width: int, text: str, sure: float = 96) -> str:
    return row(5, page, (left + MARGIN, 10, width, 12), sure, text)


class Stub:
    """A program ``tesseract`` that prints what it is told."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.answers("")
        self.languages("eng", "ind")
        program = folder / "tesseract"
        program.write_text(
            f"""#!/bin/sh
case "$1" in
--version) echo "tesseract 9.9"; echo " leptonica-1" ;;
--list-langs) echo "List of available languages (2):"; cat "{folder}/langs" ;;
*) cat "{folder}/answer"; echo "Warning: invalid resolution 0 dpi" >&2; exit $(cat "{folder}/status") ;;
esac
""",
            "utf-8",
        )
        program.chmod(0o755)

    def languages(self, *names: str) -> None:
        (self._folder / "langs").write_text("\n".join(names) + "\n", "utf-8")
        is_installed.cache_clear()

    def answers(self, rows: str | bytes, status: int = 0) -> None:
        (self._folder / "answer").write_bytes(HEAD.encode() + (rows if isinstance(rows, bytes) else rows.encode()))
        (self._folder / "status").write_text(str(status), "utf-8")


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    yield Stub(tmp_path)
    is_installed.cache_clear()


def test_words_of_several_pictures(stub: Stub) -> None:
    stub.answers(
        row(1, 1, (0, 0, 216, 46))
        + word(1, 20, 40, "Nomor", 90)
        + word(1, 80, 60, '"31"', 50)
        + row(1, 2, (0, 0, 216, 46))
        + word(3, 0, 200, "2021")
    )
    first, second, third = Tesseract().read([LINE] * 3)
    assert (first.text, second.text, third.text) == ('Nomor "31"', "", "2021")
    assert first.scores == (0.9,) * 5 + (0.5,) * 5
    assert first.places[0] == pytest.approx((20 + 4) / 200)
    assert first.places[9] == pytest.approx((80 + 52.5) / 200)
    assert second.places == second.scores == ()


def test_places_and_scores_stay_in_bounds(stub: Stub) -> None:
    stub.answers(word(1, -MARGIN, 60, "a b", 120) + word(1, 190, 99, "luar", -1) + word(1, 20, 9, "lagi"))
    (reading,) = Tesseract().read([LINE])
    assert len(reading.text) == len(reading.places) == len(reading.scores)
    assert all(0 <= value <= 1 for value in (*reading.places, *reading.scores))


def test_lines_found(stub: Stub) -> None:
    stub.answers(row(4, 1, (3, 4, 50, 12)) + row(5, 1, (3, 4, 20, 12), 90, "kata") + row(4, 1, (3, 30, 90, 12)))
    assert Tesseract().find(LINE) == [Found(3, 4, 53, 16, 1.0), Found(3, 30, 93, 42, 1.0)]


def test_nothing_said_is_nothing_read(stub: Stub) -> None:
    assert [reading.text for reading in Tesseract().read([LINE, LINE])] == ["", ""]
    assert Tesseract().find(LINE) == []
    assert Tesseract().read([]) == []


@pytest.mark.parametrize("noise", [b"\xff\xfe", "\u2028".encode(), b"\x0c", b"\xc2\x85", b'"', b"'"])
def test_odd_bytes_spoil_their_own_word_at_most(stub: Stub, noise: bytes) -> None:
    stub.answers(word(1, 0, 40, "tahun").encode() + word(1, 50, 40, "a#b").encode().replace(b"#", noise))
    (reading,) = Tesseract().read([LINE])
    assert reading.text.startswith("tahun a")
    assert reading.text.endswith("b")


@pytest.mark.parametrize("status", [1, 139])
def test_a_program_that_fails_says_why(stub: Stub, status: int) -> None:
    stub.answers(word(1, 0, 40, "tahun"), status)
    with pytest.raises(OSError, match="invalid resolution"):
        Tesseract().read([LINE])


@pytest.mark.parametrize(("names", "wanted"), [(("eng", "ind"), True), (("eng",), False), (("ind_old",), False), ((), False)])
def test_without_indonesian_it_is_not_there(stub: Stub, names: Sequence[str], wanted: bool) -> None:
    stub.languages(*names)
    assert is_installed() is wanted


def test_without_a_program_it_is_not_there(stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert not is_installed()
    with pytest.raises(OSError):
        Tesseract().read([LINE])


def test_its_name_tells_version_and_language(stub: Stub) -> None:
    assert Tesseract().name == "tesseract 9.9 ind"


@pytest.mark.skipif(not is_installed(), reason="Tesseract with Indonesian is not installed")
def test_the_program_itself() -> None:
    sheet = Sheet(300, 100)
    boxes = [sheet.text(20, 30, "Keputusan Komisi"), sheet.text(20, 70, "tahun 2021")]
    page = sheet.pixels()
    lines = [page[b.top : b.bottom, b.x0 : b.x1] for b in boxes]
    readings = Tesseract().read([*lines, np.repeat(lines[0][:, :, None], 3, axis=2)])
    assert [reading.text for reading in readings] == ["Keputusan Komisi", "tahun 2021", "Keputusan Komisi"]
    for reading in readings:
        assert list(reading.places) == sorted(reading.places)
        assert len(reading.text) == len(reading.places) == len(reading.scores)
    assert len(Tesseract().find(page)) == 2
