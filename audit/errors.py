"""The ways an audit can fail as a whole."""

from __future__ import annotations

from extract.errors import ZiError


class NoTables(ZiError):
    """There are no tables to audit."""

    code = "no-tables"
    default_cure = "Run zi ingest first, or name the folder of the tables with --parquet."


class OldTables(ZiError):
    """The tables were written by an older zi."""

    code = "old-tables"
    default_cure = "Run zi rebuild (no PDF is opened), then the audit again."
