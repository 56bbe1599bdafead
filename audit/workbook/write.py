"""The workbook from the tables: `write_workbook` writes all sheets of `audit.xlsx`."""

from __future__ import annotations

from pathlib import Path

from audit.crops import Crops
from audit.uncertain import uncertain_values
from audit.workbook.bases import write_bases
from audit.workbook.book import written
from audit.workbook.findings import write_findings
from audit.workbook.layout import FILE
from audit.workbook.matrix import write_matrix, write_missing
from audit.workbook.review import write_review
from audit.workbook.source import Source
from audit.workbook.sources import write_sources
from audit.workbook.summary import write_summary
from pipeline.parquet import prepare_folder


def write_workbook(parquet: Path, out: Path, crops: Crops | None) -> Path:
    """The path of ``audit.xlsx``, written from the tables; the same tables give the same bytes.

    Args:
        parquet: folder of the tables.
        out: folder of the report, where the workbook and the crops lie.
        crops: the crops that are there; None for none.

    Raises:
        NoTables, OldTables: the tables are not there, or from an older zi.
        OutputNotWritable: the workbook cannot be written, for instance because Excel has it open.
    """
    source = Source(parquet, out)
    path = out / FILE
    prepare_folder(out)
    with written(path) as book:
        uncertain = uncertain_values(parquet)
        write_summary(book, source, uncertain)
        write_matrix(book, source)
        write_missing(book, source)
        write_findings(book, source, crops)
        write_review(book, source, crops, uncertain)
        write_bases(book, source)
        write_sources(book, source)
    return path
