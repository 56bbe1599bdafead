"""Which files a PATH leads to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.discover import discover
from pipeline.errors import PathNotFound


def names(*paths: Path) -> list[str]:
    return [file.source_path for file in discover(paths).files]


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def test_a_folder_gives_pdfs_of_any_case_below_it_sorted(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.PDF", "deep/er/c.Pdf", "notes.txt", "pdf"):
        touch(tmp_path / name)
    assert names(tmp_path) == [str(tmp_path / name) for name in ("a.PDF", "b.pdf", "deep/er/c.Pdf")]


def test_a_file_that_is_named_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    assert names(touch(tmp_path / "decree")) == [str(tmp_path / "decree")]


def test_names_are_relative_as_the_path_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "in" / "a.pdf")
    monkeypatch.chdir(tmp_path)
    assert names(Path("in")) == ["in/a.pdf"]


def test_a_file_reached_through_two_paths_is_there_once(tmp_path: Path) -> None:
    touch(tmp_path / "in" / "a.pdf")
    found = discover([tmp_path, tmp_path / "in"])
    assert [file.source_path for file in found.files] == [str(tmp_path / "in" / "a.pdf")]
    assert not found.troubles


def test_links_to_folders_are_followed_and_loops_end(tmp_path: Path) -> None:
    touch(tmp_path / "elsewhere" / "b.pdf")
    touch(tmp_path / "in" / "a.pdf")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "more").symlink_to(tmp_path / "elsewhere")
    assert names(tmp_path / "in") == [str(tmp_path / "in" / name) for name in ("a.pdf", "more/b.pdf")]


def test_a_pipe_is_left_out_and_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    touch(tmp_path / "a.pdf")
    found = discover([tmp_path])
    assert [file.source_path for file in found.files] == [str(tmp_path / "a.pdf")]
    assert found.skipped == (str(tmp_path / "pipe.pdf"),)


def test_a_link_that_leads_nowhere_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere")
    (trouble,) = discover([tmp_path]).troubles
    assert (trouble.source_path, trouble.error.code) == (str(tmp_path / "gone.pdf"), "unreadable")


def test_a_folder_without_pdfs_is_told(tmp_path: Path) -> None:
    touch(tmp_path / "full" / "a.pdf")
    touch(tmp_path / "empty" / "notes.txt")
    (trouble,) = discover([tmp_path / "full", tmp_path / "empty"]).troubles
    assert (trouble.source_path, trouble.error.code) == (str(tmp_path / "empty"), "no-pdf-in-folder")


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(PathNotFound):
        discover([tmp_path / "nowhere"])


def test_odd_names_become_text_that_utf8_can_hold(tmp_path: Path) -> None:
    for name in (b"a\xff.pdf", b"b\nc.pdf", "putusan \u2713.pdf".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    found = names(tmp_path)
    assert [name.rsplit("/", 1)[1] for name in found] == ["a\\xff.pdf", "b\nc.pdf", "putusan \u2713.pdf"]
    assert all(name.encode() for name in found)


def test_metadata_that_are_no_regular_file_are_left_out_and_named(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        touch(tmp_path / f"{name}.pdf")
    touch(tmp_path / "a.pdf.jdih.json")
    (tmp_path / "b.pdf.jdih.json").mkdir()
    (tmp_path / "c.pdf.jdih.json").symlink_to("c.pdf.jdih.json")
    found = discover([tmp_path])
    assert [file.sidecar for file in found.files] == [tmp_path / "a.pdf.jdih.json", None, None]
    assert found.skipped == (str(tmp_path / "b.pdf.jdih.json"), str(tmp_path / "c.pdf.jdih.json"))
