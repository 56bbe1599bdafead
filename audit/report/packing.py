"""How data travels inside the report: small data as JSON in an inert script element, large data compressed as well."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None

LEVEL = 9  # of zlib: the file is written once, and copied and opened often
CHUNK = 192 * 1024  # characters of JSON in one packed chunk: some ten decrees, decoded in a few milliseconds


def plain(data: Json) -> str:
    """JSON that may stand in a script element: without a less-than sign, so that no text of a decree can end the element."""
    return _json(data).replace("<", "\\u003c")


def packed(data: Json) -> str:
    """The same data compressed (zlib, which a browser calls "deflate") and in base64."""
    return _squeezed(_json(data))


class Chunks:
    """Packs many small things into chunks that are decoded on demand."""

    def __init__(self) -> None:
        """Starts without anything."""
        self.packed: list[str] = []
        self._waiting: list[str] = []
        self._length = 0

    def add(self, data: Json) -> tuple[int, int]:
        """Takes the next thing; number of its chunk, and its position there."""
        text = _json(data)
        place = (len(self.packed), len(self._waiting))
        self._waiting.append(text)
        self._length += len(text)
        if self._length >= CHUNK:
            self.close()
        return place

    def close(self) -> None:
        """Packs what waits."""
        if self._waiting:
            self.packed.append(_squeezed("[" + ",".join(self._waiting) + "]"))
        self._waiting, self._length = [], 0


def _json(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _squeezed(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode(), LEVEL)).decode("ascii")
