"""Writes every hostile file into a folder, with a list of what each attacks and what must become of it.

python -m tests.hostile.build FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.hostile.bombs import BOMBS
from tests.hostile.carriers import CARRIERS
from tests.hostile.drawings import DRAWINGS
from tests.hostile.material import Hostile
from tests.hostile.sheets import SHEETS
from tests.hostile.trees import TREES
from tests.hostile.wrecks import WRECKS

ALL: tuple[Hostile, ...] = (*BOMBS, *SHEETS, *TREES, *DRAWINGS, *WRECKS, *CARRIERS)


def build(folder: Path) -> list[Path]:
    """The files, written."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for one in ALL:
        path = folder / f"{one.name}.pdf"
        path.write_bytes(one.make())
        out.append(path)
    return out


def main() -> int:
    """0 when the files are written, 2 when no folder was named."""
    if len(sys.argv) != 2:
        print((__doc__ or "").strip(), file=sys.stderr)
        return 2
    for one, path in zip(ALL, build(Path(sys.argv[1])), strict=True):
        print(
            f"{one.name}\t{path.stat().st_size}\t{one.attacks}\t{'|'.join(sorted(one.outcomes))}\t{'|'.join(sorted(one.page))}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
