"""Writes the report of a folder of tables."""

from __future__ import annotations

from pathlib import Path

from audit.report.compare import compare
from audit.report.decree import detail
from audit.report.findings import findings
from audit.report.legal import legal
from audit.report.overview import overview
from audit.report.packing import Chunks
from audit.report.page import html
from audit.report.places import Crops, Pictures
from audit.report.schedule import schedule
from audit.report.source import Source
from audit.report.strings import shared_strings
from pipeline.errors import OutputNotWritable
from pipeline.storage import reason, temporary

NAME = "report.html"


def write_report(parquet: Path, out: Path, crops: Crops | None) -> Path:
    """The path of the report that was written: one file, the same bytes for the same tables and crops.

    Args:
        parquet: folder of the tables.
        out: folder of the report, or the file itself where the name ends in .html.
        crops: pictures of places; None leaves them out.

    Raises:
        NoTables: a table is not there or cannot be read.
        OldTables: the tables were written by an older zi.
        OutputNotWritable: the file cannot be written; an older report stays as it was.
    """
    source = Source(parquet)
    strings = shared_strings(source)
    pictures = Pictures(crops)
    chunks = Chunks()
    places = {row["document_id"]: chunks.add(detail(source, row, strings, pictures)) for row in source.documents}
    chunks.close()
    large = {
        "strings": strings.texts,
        "findings": findings(source),
        "schedule": schedule(source),
        "legal": legal(source),
        "compare": compare(source),
    }
    file = out if out.suffix == ".html" else out / NAME
    _replace(file, html(overview(source, places), large, chunks.packed))
    return file


def _replace(file: Path, text: str) -> None:
    waiting = temporary(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_text(text, encoding="utf-8", newline="\n")
        waiting.replace(file)
    except OSError as error:
        raise OutputNotWritable(f"The report {file} cannot be written: {reason(error)}.") from error
