"""Writes each notebook (.ipynb) beside its source (.py), run over the tables, with its figures.

python notebooks/build.py [NAME ...] [--parquet data/parquet]

The sources are what is edited; git shows their changes line by line. The notebooks are kept too, so that the figures can be
seen on the web without running anything; a test holds that they were made from these very sources.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from pathlib import Path

import jupytext  # type: ignore[import-untyped]
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
CELL_SECONDS = 60  # that a cell may take; on the decrees of a whole country the slowest takes about ten
MADE_FROM = "made_from"
"""Name under which a notebook keeps the hash of what it was made from."""


def main() -> int:
    """0 when the notebooks are written; 1 when one of them fails; 2 when there are no tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="how the wanted ones begin: 01 [all]")
    parser.add_argument("--parquet", type=Path, default=ROOT / "data" / "parquet", metavar="DIR", help="tables to run over")
    arguments = parser.parse_args()
    if not (arguments.parquet / "documents.parquet").is_file():
        print(f"There are no tables in {arguments.parquet}: run make ingest first.", file=sys.stderr)
        return 2
    for source in sources():
        if arguments.names and not source.name.startswith(tuple(arguments.names)):
            continue
        try:
            notebook = executed(source, arguments.parquet)
        except CellExecutionError as error:
            print(f"{source.name}: {error}", file=sys.stderr)
            return 1
        nbformat.write(notebook, source.with_suffix(".ipynb"))  # type: ignore[no-untyped-call]
        print(f"{source.with_suffix('.ipynb').name}: {len(notebook.cells)} cells")
    return 0


def sources() -> list[Path]:
    """The sources of the notebooks, in their order."""
    return sorted(FOLDER.glob("[0-9]*.py"))


def executed(source: Path, parquet: Path) -> nbformat.NotebookNode:
    """The notebook of a source, after it was run over the tables; relative paths of PDFs begin at the root.

    Raises:
        CellExecutionError: a cell fails.
    """
    notebook = paired(source)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(FOLDER)}},
        record_timing=False,
    )
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    client.execute(env={**os.environ, "PYTHONPATH": paths, "ZI_PARQUET": str(parquet.resolve()), "ZI_PDFS": str(ROOT)})
    notebook.metadata.pop("language_info", None)  # names the Python it ran on
    return notebook


def paired(source: Path) -> nbformat.NotebookNode:
    """The notebook of a source, not run yet; the same source gives the same cells with the same ids."""
    notebook: nbformat.NotebookNode = jupytext.read(source)
    notebook.metadata["jupytext"] = {"formats": "ipynb,py:percent"}  # without the version of jupytext
    for number, cell in enumerate(notebook.cells, 1):
        cell["id"] = f"cell-{number:02d}"
    notebook.metadata["zi"] = {MADE_FROM: made_from(source)}
    return notebook


def made_from(source: Path) -> str:
    """A hash of the source and of the modules beside it, which draw its figures."""
    modules = [path for path in sorted(FOLDER.glob("[a-z]*.py")) if path.name != Path(__file__).name]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in (source, *modules))).hexdigest()[:16]


if __name__ == "__main__":
    raise SystemExit(main())
