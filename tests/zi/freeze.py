"""Keeps tables of today's schema for the tests of later ones: ``python -m tests.zi.freeze``, before its version is raised."""

from __future__ import annotations

import sys
from pathlib import Path

from normalize.schema import SCHEMA_VERSION
from tests.zi import made

OLD = Path(__file__).with_name("old")


def main() -> int:
    """Writes the folder of today's version, unless it is kept already."""
    folder = OLD / SCHEMA_VERSION
    if folder.exists():
        print(f"{folder} is there already, and is never written anew.", file=sys.stderr)
        return 1
    made.write(folder, made.small())
    return 0


if __name__ == "__main__":
    sys.exit(main())
