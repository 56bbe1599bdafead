"""Readings kept on disk: nothing is asked twice, nothing is mixed up, and no broken file or full disk stops a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from extract.scan.engine import Found, Reading
from extract.scan.kept import KeptEngine
from extract.scan.picture import Pixels
from tests.extract.scan.drawn import Told

FOUND = Found(1, 2, 30, 14, 0.123456789)
Answers = tuple[list[Found], list[Reading]]


def picture(tone: int, width: int = 40) -> Pixels:
    return np.full((20, width), tone, np.uint8)


PAGE = picture(250, 90)
LINES = [picture(tone) for tone in (10, 20, 30)]


def toned(line: Pixels) -> Reading:
    """Every picture is read differently."""
    return Reading(f"tone {line[0, 0]}", (1 / 3,) * 4, (2 / 3,) * 4)


def told(name: str = "told") -> Told:
    return Told([FOUND], toned, name)


def asked(engine: Told, folder: Path | None, lines: Sequence[Pixels] = LINES, page: Pixels = PAGE) -> Answers:
    """What a fresh instance answers while it reads a page."""
    with KeptEngine(engine, folder).page(page) as kept:
        return kept.find(page), kept.read(lines)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_answers_outlive_the_process_to_the_last_digit(tmp_path: Path) -> None:
    first, second = told(), told()
    answers = asked(first, tmp_path)
    assert [r.text for r in answers[1]] == ["tone 10", "tone 20", "tone 30"]
    assert asked(second, tmp_path) == answers
    assert (first.finds, len(first.lines), second.finds, second.lines) == (1, 3, 0, [])


def test_within_a_page_nothing_is_asked_twice() -> None:
    engine = told()
    with KeptEngine(engine, None).page(PAGE) as kept:
        once = kept.find(PAGE), kept.read(LINES)
        again = kept.find(PAGE), kept.read([LINES[2], LINES[0], LINES[2]])
    assert again == (once[0], [once[1][2], once[1][0], once[1][2]])
    assert (engine.finds, len(engine.lines)) == (1, 3)


def test_without_a_folder_nothing_is_kept() -> None:
    engine = told()
    assert asked(engine, None) == asked(engine, None)
    assert engine.finds == 2


@pytest.mark.parametrize("other", [picture(99), picture(20, 41), picture(20).reshape(40, 20), np.dstack([picture(20)] * 3)])
def test_other_pixels_for_one_line_ask_for_that_line_alone(tmp_path: Path, other: Pixels) -> None:
    asked(told(), tmp_path)
    engine = Told([FOUND], lambda _: Reading("new", (), ()))
    _, readings = asked(engine, tmp_path, [LINES[0], other, LINES[2]])
    assert [r.text for r in readings] == ["tone 10", "new", "tone 30"]
    assert len(engine.lines) == 1
    assert engine.finds == 0
    assert asked(Told(), tmp_path, [LINES[0], other, LINES[2]])[1] == readings


def test_a_use_that_asks_less_forgets_nothing(tmp_path: Path) -> None:
    answers = asked(told(), tmp_path)
    (file,) = files(tmp_path)
    before = file.read_bytes()
    with KeptEngine(told(), tmp_path).page(PAGE) as kept:
        kept.read(LINES[:1])
    assert file.read_bytes() == before
    assert asked(Told(), tmp_path) == answers


def test_pages_and_engines_do_not_mix(tmp_path: Path) -> None:
    """The same line on another page, or read by an engine of another name, is another question."""
    asked(told(), tmp_path)
    for page, name in ((picture(251, 90), "told"), (PAGE, "another")):
        other = Told([], lambda _: Reading("other", (), ()), name)
        assert [r.text for r in asked(other, tmp_path, page=page)[1]] == ["other"] * 3
        assert (other.finds, len(other.lines)) == (1, 3)
    assert asked(Told(), tmp_path)[0] == [FOUND]
    assert len(files(tmp_path)) == 3


def test_a_page_that_failed_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = told()
    kept = KeptEngine(engine, tmp_path)
    with pytest.raises(RuntimeError), kept.page(PAGE):
        kept.read(LINES)
        raise RuntimeError("later stage")
    assert files(tmp_path) == []
    with kept.page(picture(251, 90)):
        kept.read(LINES[:1])
    assert len(engine.lines) == 4


BROKEN = [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe\x00", b"\x00" * 99]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_is_as_good_as_none(tmp_path: Path, broken: bytes) -> None:
    answers = asked(told(), tmp_path)
    (file,) = files(tmp_path)
    file.write_bytes(broken)
    assert asked(told(), tmp_path) == answers
    assert asked(Told(), tmp_path) == answers  # and it was mended


def test_a_file_cut_short_anywhere_is_as_good_as_none(tmp_path: Path) -> None:
    answers = asked(told(), tmp_path)
    (file,) = files(tmp_path)
    whole = file.read_bytes()
    for length in range(0, len(whole), 7):
        file.write_bytes(whole[:length])
        assert asked(told(), tmp_path) == answers


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    assert asked(told(), tmp_path / "taken") == asked(told(), None)


def test_a_full_disk_costs_the_memory_of_the_page_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    asked(told(), tmp_path, LINES[:1])
    ((file, before),) = [(path, path.read_bytes()) for path in files(tmp_path)]
    monkeypatch.setattr(Path, "replace", full)
    assert asked(told(), tmp_path) == asked(told(), None)
    assert [(path, path.read_bytes()) for path in files(tmp_path)] == [(file, before)]


def test_who_reads_the_file_meanwhile_sees_it_whole(tmp_path: Path) -> None:
    asked(told(), tmp_path, LINES[:1])
    (file,) = files(tmp_path)
    before = file.read_bytes()
    with file.open("rb") as opened:
        asked(told(), tmp_path)
        assert opened.read() == before
    assert file.read_bytes() != before
