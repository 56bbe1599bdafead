"""The piece of a page where something is printed, cut out of the PDF: what a number of a notebook rests on, to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from figures import say
from IPython.display import Image, display

from audit.crops import pages_of
from audit.crops_draw import TABLE, Box, CropTask, Cut, Sheet, cut_document
from pipeline.storage import as_source, is_remote
from zi.tables import Tables

Place = Mapping[str, float]


def show_page(tables: Tables, document_id: str, boxes: Iterable[Place], pdfs: Path) -> None:
    """Shows the pieces of pages of a document that the boxes name, each in an outline; where it cannot, says why.

    Args:
        tables: the tables.
        document_id: the document.
        boxes: places with page, x0, top, x1, bottom, as in the columns `boxes` and `places`.
        pdfs: folder that relative paths of PDFs begin at: where `zi ingest` ran.
    """
    document = tables.documents.set_index("document_id").loc[document_id]
    wanted = pages_of(boxes)
    if not wanted:
        say("The tables do not tell a place on a page.")
    for page, places in wanted.items():
        _show(tables, document_id, document["source_path"], page, places, pdfs)


def _show(tables: Tables, document_id: str, path: str, page: int, boxes: Sequence[Box], pdfs: Path) -> None:
    about = tables.pages.query("document_id == @document_id and page == @page")
    source = as_source(path) if is_remote(path) else Path(pdfs) / path
    if isinstance(source, Path) and not source.is_file():
        say(f"{path}, page {page}: the PDF is not there. Set PDFS to the folder where `zi ingest` ran.")
        return
    if about.empty:
        say(f"{path}: the tables do not know page {page}.")
        return
    sheet = about.iloc[0]
    cut = Cut("piece", tuple(boxes))
    task = CropTask(
        source,
        path,
        document_id,
        sheets=(Sheet(page, str(sheet["kind"]), int(sheet["rotation"]), float(sheet["width"]), (cut,)),),
    )
    made = cut_document(task)
    for failure in made.failures:
        say(f"{path}, page {page}: {failure.message}")
    for row in made.tables.get(TABLE, ()):
        say(f"{path}, page {page}:")
        display(Image(data=row["data"], format="png"))
