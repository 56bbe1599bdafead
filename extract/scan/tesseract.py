"""Tesseract behind our interface: the second engine, where it is installed with Indonesian."""

from __future__ import annotations

import csv
import functools
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from extract.scan.engine import Found, Reading
from extract.scan.picture import Pixels

LANGUAGE = "ind"
ONE_LINE, PAGE = "7", "3"  # page segmentation modes
MARGIN = 8  # pixels of white around a line: Tesseract misses letters at the edge
SECONDS = 120  # for one call: a page takes one or two
LINE_LEVEL, WORD_LEVEL = 4, 5  # in the column ``level`` of its TSV output
WHITE = 255


@functools.cache
def is_installed() -> bool:
    """Tesseract is on the path and knows Indonesian."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=SECONDS)
    return done.returncode == 0 and LANGUAGE in done.stdout.split()


@dataclass(frozen=True, slots=True)
class _Part:
    """A row of Tesseract's TSV output."""

    level: int
    page: int
    left: int
    top: int
    width: int
    height: int
    sure: float
    text: str


class Tesseract:
    """The program ``tesseract``, called once for all pictures of a request."""

    @functools.cached_property
    def name(self) -> str:
        """See `Engine.name`."""
        done = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True, timeout=SECONDS)
        return f"{done.stdout.splitlines()[0]} {LANGUAGE}"

    def find(self, picture: Pixels) -> list[Found]:
        """See `Engine.find`."""
        lines = [part for part in _run([picture], PAGE) if part.level == LINE_LEVEL]
        return [Found(p.left, p.top, p.left + p.width, p.top + p.height, 1.0) for p in lines]

    def read(self, lines: Sequence[Pixels]) -> list[Reading]:
        """See `Engine.read`."""
        if not lines:
            return []
        framed = [np.pad(x, ((MARGIN, MARGIN),) * 2 + ((0, 0),) * (x.ndim - 2), constant_values=WHITE) for x in lines]
        words: list[list[_Part]] = [[] for _ in lines]
        for part in _run(framed, ONE_LINE):
            if part.level == WORD_LEVEL and part.text.strip():
                words[part.page - 1].append(part)
        return [_reading(parts, line.shape[1]) for parts, line in zip(words, lines, strict=True)]


def _run(pictures: Sequence[Pixels], mode: str) -> list[_Part]:
    """What Tesseract says of the pictures, which are the pages of one document to it.

    Raises:
        OSError: the program cannot be started, or it failed.
    """
    with TemporaryDirectory() as folder:
        names = []
        for k, picture in enumerate(pictures):
            names.append(str(Path(folder) / f"{k}.png"))
            cv2.imwrite(names[-1], picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        listed = Path(folder) / "list.txt"
        listed.write_text("\n".join(names) + "\n", encoding="utf-8")
        command = ["tesseract", str(listed), "stdout", "-l", LANGUAGE, "--psm", mode, "tsv"]
        one = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # its threads fight each other: four times the time
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS, env=one, errors="replace")
    if done.returncode:
        raise OSError(f"tesseract failed: {done.stderr.strip()[:200]}")
    rows = csv.DictReader(done.stdout.split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        _Part(
            int(row["level"]),
            int(row["page_num"]),
            int(row["left"]),
            int(row["top"]),
            int(row["width"]),
            int(row["height"]),
            float(row["conf"]),
            row["text"] or "",
        )
        for row in rows
    ]


def _reading(words: Sequence[_Part], width: int) -> Reading:
    """The words as one line; letters are spread evenly over their word."""
    text: list[str] = []
    places: list[float] = []
    scores: list[float] = []
    for word in words:
        x0, sure = (word.left - MARGIN) / width, max(0.0, min(1.0, word.sure / 100))
        if text:
            text.append(" ")
            places.append(min(1.0, max(places[-1], x0)))
            scores.append(sure)
        step = word.width / width / len(word.text)
        text += word.text
        places += [min(1.0, max(0.0, x0 + (k + 0.5) * step)) for k in range(len(word.text))]
        scores += [sure] * len(word.text)
    return Reading("".join(text), tuple(places), tuple(scores))
