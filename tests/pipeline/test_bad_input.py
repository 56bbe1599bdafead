"""Bad files, through the real reading: each ends in its own code with a message and a cure."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from pipeline.process import process_document
from tests.conftest import encrypted, letter, pictured, scan


def outcome(data: bytes, tmp_path: Path) -> str:
    """The code of the document's failure, "fine" where it has none; every failure must tell what to do."""
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    result = process_document(path, "file.pdf")
    for failure in result.failures:
        assert failure.message and failure.cure
        assert "\n" not in failure.message + failure.cure
    return next((failure.code for failure in result.failures if failure.page is None), "fine")


def test_an_empty_file(tmp_path: Path) -> None:
    assert outcome(b"", tmp_path) == "empty-file"


@pytest.mark.parametrize(
    "data",
    [b"<!DOCTYPE html><p>404</p>", b"PK\x03\x04 word", b"\0" * 5000, b"plain text"],
    ids=["web", "zip", "zeros", "text"],
)
def test_another_kind_of_file(data: bytes, tmp_path: Path) -> None:
    assert outcome(data, tmp_path) == "not-a-pdf"


def test_only_the_header_of_a_pdf(tmp_path: Path) -> None:
    assert outcome(b"%PDF-1.7\n", tmp_path) == "damaged"


def test_a_file_cut_short(decree: bytes, tmp_path: Path) -> None:
    assert outcome(decree[:300], tmp_path) == "damaged"


def test_a_file_filled_up_with_zeros(decree: bytes, tmp_path: Path) -> None:
    assert outcome(decree[:300] + b"\0" * (len(decree) - 300), tmp_path) == "damaged"


def test_a_user_password(decree: bytes, tmp_path: Path) -> None:
    assert outcome(encrypted(decree, user="secret"), tmp_path) == "encrypted"


def test_an_owner_password_alone_is_fine(decree: bytes, tmp_path: Path) -> None:
    assert outcome(encrypted(decree), tmp_path) == "fine"


def test_a_scan_is_read(tmp_path: Path) -> None:
    assert outcome(scan(), tmp_path) == "fine"


def test_a_picture_without_text(tmp_path: Path) -> None:
    shades = Image.linear_gradient("L").resize((840, 660))
    assert outcome(pictured(shades), tmp_path) == "no-text-in-pictures"


def test_a_letter(tmp_path: Path) -> None:
    assert outcome(letter(), tmp_path) == "no-decree"


def test_a_decree(decree: bytes, tmp_path: Path) -> None:
    assert outcome(decree, tmp_path) == "fine"
