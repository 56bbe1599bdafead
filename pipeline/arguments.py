"""Values of the command line: text in, type out, or a message of what it should have been."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.storage import Source

MEMORY = range(1024, 1 << 20)  # MiB that a process may be given: with less no library loads
MOST_SECONDS = 86_400  # a day: what is longer is a slip of the keyboard


def address(text: str) -> str:
    """The address of a scheduler."""
    if "://" not in text:
        raise argparse.ArgumentTypeError(f"{text!r} is not the address of a scheduler, as tcp://10.0.0.1:8786")
    return text


def memory(text: str) -> int:
    """MiB of memory."""
    number = positive(text)
    if number not in MEMORY:
        raise argparse.ArgumentTypeError(f"{text} is not from {MEMORY.start} to {MEMORY.stop - 1} MiB")
    return number


def source(text: str) -> Source:
    """A path or address."""
    from pipeline.storage import as_source

    if not text:
        raise argparse.ArgumentTypeError("the path is empty; . is the current folder")
    if text.rstrip("/").endswith(":") and "://" in text:
        raise argparse.ArgumentTypeError(f"{text} names no bucket or folder")
    return as_source(text)


def positive(text: str) -> int:
    """A whole number from 1."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return number


def seconds(text: str) -> float:
    """A number of seconds."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds up to {MOST_SECONDS:,}")
    return number


def likeness(text: str) -> int:
    """A likeness, 0 to 100."""
    if not (text.isascii() and text.isdigit() and int(text) <= 100):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 to 100")
    return int(text)


def separator(text: str) -> str:
    """The sign that separates cells."""
    sign = "\t" if text in ("tab", r"\t") else text
    if len(sign) != 1 or sign in '"\r\n':
        raise argparse.ArgumentTypeError(f"{text!r} is not one sign, nor the word tab")
    return sign
