"""What can be wrong with tables, questions to them, and exports of them: one class per outcome, with its cure."""

from __future__ import annotations

from extract.errors import ZiError


class NoTables(ZiError):
    """There are no tables in the folder."""

    code = "no-tables"
    default_cure = "Run `zi ingest` first, or name the folder of the tables (--parquet, or the argument of zi.load)."


class BrokenTable(ZiError):
    """A file of the folder cannot be read as its table."""

    code = "broken-table"
    default_cure = "Run `zi rebuild` (no PDF is opened), or copy the folder of the tables again."


class NewerTables(ZiError):
    """A newer zi wrote the tables, in a form that this one does not understand."""

    code = "newer-tables"
    default_cure = "Update zi. Till then pandas.read_parquet or DuckDB read the files as they are."


class OldTables(ZiError):
    """The tables are of a form from before the first version of the schema."""

    code = "old-tables"
    default_cure = "Run `zi ingest` again."


class NoSuchTable(ZiError, AttributeError):
    """There is no such table, or its file is not in the folder."""

    code = "no-such-table"
    default_cure = '`zi sql "show tables"` lists the tables; `zi rebuild` writes those that got lost.'


class LibraryMissing(ZiError):
    """A library that was asked for is not installed."""

    code = "library-missing"


class WrongSql(ZiError):
    """DuckDB does not understand the query, or cannot answer it."""

    code = "wrong-sql"
    default_cure = '`zi sql "show tables"` lists the tables, `zi sql "describe plan_rows"` the columns of one.'


class NotReadOnly(WrongSql):
    """The query does something else than to ask."""

    code = "not-read-only"
    default_cure = "Ask with one SELECT (or WITH, FROM, PIVOT, DESCRIBE, SHOW TABLES, SUMMARIZE, EXPLAIN)."


class TooManyRows(ZiError):
    """The answer is too long to be shown as a table, which needs all of it at once."""

    code = "too-many-rows"
    default_cure = "Add LIMIT to the query, or take --csv or --json: they write any number of rows."


class NoColumnSure(ZiError, KeyError):
    """The frame does not tell which of its rows are sure."""

    code = "no-column-sure"
    default_cure = "Take a frame that a method of zi.load(...) gave and that still has its column `sure`."

    def __str__(self) -> str:
        """The message, without the quotation marks of KeyError."""
        return f"{self.message} {self.cure}"


class ExportNotWritable(ZiError):
    """A file of the export cannot be written."""

    code = "export-not-writable"
    default_cure = "Give another place, one that you may write to and that has room."


class NothingAsked(ZiError):
    """An export without a target."""

    code = "nothing-asked"
    default_cure = "Give --csv DIR for CSV files, --sqlite FILE.db for SQLite, or both."
