"""Folders here and elsewhere behave alike: whole files or none."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pipeline.errors import AddressNotUsable, Unreadable
from pipeline.storage import Folder, Source, as_source, as_text, folder_at, hash_of, is_remote, local_copy, write_atomically


@pytest.fixture(params=["local", "remote"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Folder:
    return folder_at(tmp_path / "out" if request.param == "local" else f"memory://{tmp_path.name}")


def test_what_is_written_is_read(folder: Folder) -> None:
    folder.write("a/b.bin", b"one")
    folder.write("a/b.bin", b"two")
    assert (folder.read("a/b.bin"), folder.read("a/c.bin")) == (b"two", None)
    assert (folder.exists("a/b.bin"), folder.exists("a/c.bin"), folder.exists("a")) == (True, False, False)


def test_names_are_those_below_a_part_in_order(folder: Folder) -> None:
    for name in ("rows/2.zi", "rows/1.zi", "other/3.zi"):
        folder.write(name, b"x")
    assert folder.names("rows") == ["rows/1.zi", "rows/2.zi"]
    assert folder.names("nothing") == []


def test_a_file_is_removed_once_or_twice(folder: Folder) -> None:
    folder.write("a", b"x")
    folder.remove("a")
    folder.remove("a")
    assert folder.read("a") is None


@pytest.mark.parametrize(
    ("text", "source", "remote"),
    [
        ("data/raw", Path("data/raw"), False),
        ("s3://bucket/a", "s3://bucket/a", True),
        ("file:///data/raw", Path("/data/raw"), False),
        ("odd:name.pdf", Path("odd:name.pdf"), False),
    ],
)
def test_a_path_or_an_address(text: str, source: Source, remote: bool) -> None:
    assert as_source(text) == source
    assert is_remote(as_source(text)) is remote


@pytest.mark.parametrize("address", ["nosuch://bucket/x", "s3x://bucket/x"])
def test_an_address_of_no_known_kind(address: str) -> None:
    with pytest.raises(AddressNotUsable, match="cannot be used"):
        folder_at(address)


def test_a_remote_file_is_hashed_and_copied(tmp_path: Path) -> None:
    address = f"memory://{tmp_path.name}/file.pdf"
    folder_at(f"memory://{tmp_path.name}").write("file.pdf", b"%PDF")
    assert hash_of(address) == hashlib.sha256(b"%PDF").hexdigest()
    with local_copy(address) as path:
        assert path.read_bytes() == b"%PDF"
    assert not path.exists()


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    for source in (tmp_path / "gone.pdf", f"memory://{tmp_path.name}/gone.pdf"):
        with pytest.raises(Unreadable):
            hash_of(source)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()  # a folder cannot be replaced by a file: the last step fails
    with pytest.raises(OSError):
        write_atomically(tmp_path / "here", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_no_two_names_become_one_text() -> None:
    names = [b"\xff.pdf", rb"\xff.pdf", b"\\\xff.pdf", rb"\\xff.pdf", rb"\a.pdf", b"a.pdf"]
    texts = [as_text(Path(os.fsdecode(name))) for name in names]
    assert len(set(texts)) == len(names)
    assert texts[0] == r"\xff.pdf"
    assert texts[-2:] == [r"\a.pdf", "a.pdf"]
