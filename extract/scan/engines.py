"""The engines of a process: built once, when the first scanned page comes."""

from __future__ import annotations

import functools
from pathlib import Path

from extract.scan.kept import KeptEngine
from extract.scan.rapid import Rapid


@functools.cache
def engine_for(readings: Path | None) -> KeptEngine:
    """The default engine, whose readings are kept in the folder.

    Args:
        readings: None to keep none.
    """
    return KeptEngine(Rapid(), readings)
