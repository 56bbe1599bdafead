"""Readings of an engine kept on disk, page by page, so that no picture is read twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from extract.scan.engine import Engine, Found, Reading
from extract.scan.picture import Pixels

T = TypeVar("T")
DIGITS = 4  # of a letter's place and score that are kept: more are noise, and fresh readings are rounded as well


class KeptEngine:
    """An engine that remembers what it was asked while one page was read; a folder keeps it for later runs.

    An answer is kept under the hash of the very pixels it was given for. So a page that comes again costs nothing, and where
    an earlier stage now hands over other pixels for one line, that line alone is read anew. A page's file holds the answers
    of its latest reading only; it is replaced atomically, and one that is broken or cannot be written is as good as none.
    """

    def __init__(self, engine: Engine, folder: Path | None) -> None:
        """Wraps an engine.

        Args:
            engine: is asked where nothing is kept.
            folder: where to keep answers; None keeps none.
        """
        self.name = engine.name
        self._engine = engine
        self._folder = folder
        self._kept: dict[str, Any] = {}
        self._used: dict[str, Any] = {}

    @contextmanager
    def page(self, picture: Pixels) -> Iterator[KeptEngine]:
        """Keeps together what is asked while the page with this picture is read."""
        path = None
        if self._folder is not None:
            key = hashlib.sha256(self.name.encode() + b"\0" + _hash(picture)).hexdigest()
            path = self._folder / key[:2] / f"{key}.json"
        self._kept, self._used = _load(path), {}
        try:
            yield self
            if path is not None and not self._used.keys() <= self._kept.keys():
                _save(path, self._used)
        finally:
            self._kept, self._used = {}, {}

    def find(self, picture: Pixels) -> list[Found]:
        """See `Engine.find`."""
        kept = self._answers([b"find" + _hash(picture)], lambda _: [[astuple(f) for f in self._engine.find(picture)]])
        return [Found(*line) for line in kept[0]]

    def read(self, lines: Sequence[Pixels]) -> list[Reading]:
        """See `Engine.read`."""
        kept = self._answers(
            [b"read" + _hash(line) for line in lines],
            lambda new: [_plain(r) for r in self._engine.read([lines[k] for k in new])],
        )
        return [Reading(text, tuple(places), tuple(scores)) for text, places, scores in kept]

    def _answers(self, keys: Sequence[bytes], ask: Callable[[list[int]], list[Any]]) -> list[Any]:
        """The answer for each key; the engine is asked once for all that are not known."""
        names = [hashlib.sha256(key).hexdigest()[:32] for key in keys]
        known = self._kept | self._used
        new = [k for k, name in enumerate(names) if name not in known]
        if new:
            known |= dict(zip([names[k] for k in new], ask(new), strict=True))
        self._used |= {name: known[name] for name in names}
        return [known[name] for name in names]


def _hash(picture: Pixels) -> bytes:
    return hashlib.sha256(repr(picture.shape).encode() + picture.tobytes()).digest()


def _plain(reading: Reading) -> tuple[str, list[float], list[float]]:
    return reading.text, [round(p, DIGITS) for p in reading.places], [round(s, DIGITS) for s in reading.scores]


def _load(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _save(path: Path, answers: dict[str, Any]) -> None:
    """Writes the file whole or not at all; a full disk costs the memory of this page and nothing else."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent) as folder:
            whole = Path(folder) / path.name
            whole.write_bytes(json.dumps(answers, ensure_ascii=False, separators=(",", ":")).encode())
            whole.replace(path)
