"""The tables of a folder for analysts: each as a typed frame, and the joins and matrices that everybody needs.

Null is `pd.NA` (NaN in a category; `isna()` tells both), and says "not there or not readable" unless the column says
otherwise. A decree that is there in several files counts once; where a method has `copies`, it brings every file back. Joined
frames have a column `sure`: false where a person should look before the row is relied on. `zi.sure(frame)` keeps the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from normalize.schema import TABLES
from zi.errors import LibraryMissing, NoSuchTable
from zi.folder import Folder
from zi.joins import Joins, instruments
from zi.matrices import coverage_matrix, coverage_rows, months_matrix, office_years, offices, weights

if TYPE_CHECKING:
    import polars as pl


class Tables:
    """The tables of a folder; each is an attribute (`tables.plan_rows`), read when it is first asked for.

    Attributes:
        folder: where they lie, and what is known of the files.
    """

    def __init__(self, folder: Folder) -> None:
        """Tables of which nothing is read yet."""
        self.folder = folder
        self._joins = Joins(folder)
        self._frames: dict[str, pd.DataFrame] = {}

    @property
    def version(self) -> str | None:
        """Version of the schema that the tables were written in; None where another program wrote them."""
        return self.folder.version

    @property
    def lacking(self) -> Mapping[str, tuple[str, ...]]:
        """Table -> columns that its file does not have, because an older zi wrote it: all null, which says nothing."""
        return self.folder.lacking

    @property
    def notes(self) -> tuple[str, ...]:
        """What to know before the tables are relied on: an older schema, an audit that has not run, files that are lost."""
        return self.folder.notes

    @property
    def names(self) -> tuple[str, ...]:
        """The tables that can be read."""
        return self.folder.tables

    def __getattr__(self, name: str) -> pd.DataFrame:
        """A table as a frame: one row and column as in the data dictionary, closed vocabularies as ordered categories.

        Raises:
            NoSuchTable: there is no such table, or its file is lost.
            BrokenTable: its file cannot be read.
        """
        if name.startswith("_") or name not in TABLES:
            raise NoSuchTable(f"There is no table or method {name!r}.", f"The tables are: {', '.join(TABLES)}.")
        if name not in self._frames:
            self._frames[name] = self._joins.frame(name)
        return self._frames[name]

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The same as the attribute."""
        return self.__getattr__(name)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *TABLES]

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} {file.rows}" for name, file in self.folder.files.items() if file.rows)
        head = f"Tables of {self.folder.path} (schema {self.version or 'unknown'}). Rows: {rows or 'none'}."
        return "\n".join([head, *(f"Note: {note}" for note in self.notes)])

    def arrow(self, name: str) -> pa.Table:
        """A table as Arrow: types as in the data dictionary, meanings in the metadata of the columns.

        Raises:
            NoSuchTable: there is no such table, or its file is lost.
            BrokenTable: its file cannot be read.
        """
        return self.folder.arrow(name)

    def polars(self, name: str) -> pl.DataFrame:
        """A table as a Polars frame; Polars is an extra of zi.

        Raises:
            LibraryMissing: Polars is not installed.
            NoSuchTable: there is no such table, or its file is lost.
            BrokenTable: its file cannot be read.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise LibraryMissing("Polars is not installed.", "Install it: pip install 'zi[polars]'") from error
        frame = pl.from_arrow(self.folder.arrow(name))
        if not isinstance(frame, pl.DataFrame):
            raise TypeError(f"polars made a {type(frame).__name__} of a table")
        return frame

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to one SQL query; DuckDB answers, and cannot reach files, the network or its extensions.

        Every table is there under its name, and so are the joins of this class: `decrees`, `plans`, `offices`, `components`,
        `instruments`, `rows`, `coverage_rows`, `finding_rows`, `citations`.

        Returns:
            One row per row of the answer; dates and lists as such.

        Raises:
            NotReadOnly: the query is more than one, or does something else than to ask.
            WrongSql: DuckDB does not understand it; its own words tell why.
            LibraryMissing: DuckDB is not installed.
            ZiError: a table cannot be read.
        """
        from zi.query import answer
        from zi.typed import as_frame

        with answer(self, query) as found:
            return as_frame(found.whole())

    def decrees(self, *, copies: bool = False) -> pd.DataFrame:
        """One row per decree: the document that stands for it, with its office.

        Columns: document_id, decree_id, source_path, institution (as printed), satker_code, office (satker_name; where the
        register does not know the office, the institution as printed), satker_name, satker_level, province_code, year,
        number_raw, date, title, plan_form, kind, confidence (0..1), needs_review, review_reasons, rows (of the plan in this
        very document), sure. `sure` is false where a value of its header (office, year, number, ...) was read with doubt.

        Args:
            copies: every document, copies and lampiran in files of their own too.
        """
        return self._joins.documents(self._joins.all_ids if copies else self._joins.decree_ids)

    def plans(self) -> pd.DataFrame:
        """One row per document that holds the plan of a decree, columns as of `decrees`; `rows` are those of the plan.

        A plan is taken from the decree's own document; where that has none, from its best copy, or from its lampiran in
        files of their own (then a decree may have several rows here, with one `decree_id`). A decree whose plan may not have
        been read at all is here with 0 rows; one that has no plan is not.
        """
        return self._joins.documents(self._joins.plan_ids)

    def offices(self) -> pd.DataFrame:
        """One row per office: satker_code, office, satker_name, satker_level, province_code, and what is there of it.

        Columns: decrees, plans, rows (of its plans), years (list, of its decrees). Offices that the register does
        not know have a null satker_code, and are told apart by the institution as printed; where that is null too, the row
        stands for all decrees whose office is not known.
        """
        return offices(self._joins)

    def office_years(self) -> pd.DataFrame:
        """Offices x years: how many plans (whole numbers, 0 for none). Index: satker_code, office; a column per year.

        Plans whose year is not known are left out; an office that is not known is one line with nulls in the index.
        """
        return office_years(self._joins)

    def components(self) -> pd.DataFrame:
        """One row per component of the reference form, in its order.

        Columns: indicator_id, name, area_id, aspect (pemenuhan, reform, hasil), weight (points of 100; null: the form gives
        none), form, area_name.
        """
        return self._joins.components()

    def instruments(self) -> pd.DataFrame:
        """One row per legal instrument of zi's register, which is no part of the tables and knows the common ones only.

        Columns: instrument_id, type, number, year, title, status, replaced_by and replaced_on (the instrument that repealed
        it, and when; null: not repealed, or not known), replaced_except (what was left standing), and
        `status_confidence` and `replaced_confidence`: verified (read in a published text), likely, memory (unchecked).
        """
        return instruments()

    def rows(self, *, copies: bool = False) -> pd.DataFrame:
        """One row per plan row: the columns of `plan_rows`, and who and what it is about.

        Added: decree_id, office, satker_name, satker_level, province_code, date (of the decree), plan_form, kind;
        indicator_name, component_id, component_name, component_weight (points of 100: of the component, never to be summed
        over rows), area_id, area_name (of the taxonomy; `area` is the printed one). They are null where the row serves no
        indicator.
        `sure`: the row was read without doubt and its match was accepted, by the calibrated matcher or by a person.

        Args:
            copies: the rows of every document, so that those of a copied decree are there several times.
        """
        return self._joins.rows(copies=copies)

    def coverage_rows(self, *, copies: bool = False) -> pd.DataFrame:
        """One row per plan and component: the columns of `coverage`, and the names of office, component and area.

        Added: decree_id, office, satker_name, satker_level, province_code, plan_form, indicator_name, area_name, sure. `status`
        is present, uncertain or missing; `sure` is false where it is uncertain. `weight` is in points of 100 and may be summed
        over the components of a plan. A plan in several files counts once: present where one of them has the component.

        Args:
            copies: of every document, copies too; then several files of a plan are not put together.
        """
        return coverage_rows(self._joins, copies=copies)

    def coverage_matrix(self, *, names: bool = False, copies: bool = False) -> pd.DataFrame:
        """Plans x components. Index: satker_code, office, year, decree_id; columns: component ids in form order.

        A cell is one of the categories present < uncertain < missing, so that what is uncertain is never taken for either;
        null: the tables say nothing of that component. `matrix == "missing"` is a matrix of flags that holds the sure ones.

        Args:
            names: columns are "A1.P1 Penyusunan Tim Kerja" instead of "A1.P1".
            copies: a line for every document, with document_id as a further level of the index.
        """
        return coverage_matrix(self._joins, names=names, copies=copies)

    def weights(self, *, copies: bool = False) -> pd.DataFrame:
        """Plans x what the form gives for their components, in points of 100. Index as of `coverage_matrix`.

        Columns: present, uncertain, missing (sum of the weights of such components); of the missing, `missing_in_form` are
        those that the form that the plan was written to has, `missing_not_in_form` those that it cannot have (null: that form
        is not known). What a plan lacks is at least `missing`, and at most `missing + uncertain`.

        Args:
            copies: a line for every document, with document_id as a further level of the index.
        """
        return weights(self._joins, copies=copies)

    def months_matrix(self, *, doubted: bool = False, copies: bool = False) -> pd.DataFrame:
        """Plan rows x months. Index: row_id, as in `rows()`; columns 1 to 12; cells true, false or null.

        A whole line is null where the months are not determinable, and where the row is marked for review (unless a person
        decided its months); all false: the print marks no month. `tables.rows().join(matrix, on="row_id")` puts them beside.

        Args:
            doubted: keep the months of rows that are marked for review.
            copies: the rows of every document.
        """
        return months_matrix(self.folder, self._joins.plan_ids, doubted=doubted, copies=copies)

    def finding_rows(self, *, copies: bool = False, dismissed: bool = False) -> pd.DataFrame:
        """One row per finding: the columns of `findings`, and office, satker_name, satker_level, province_code, source_path.

        `sure`: its certainty is sure. Empty where `zi audit` has not run; `notes` says so.

        Args:
            copies: also the findings of copies, which repeat those of their decrees.
            dismissed: also those that a person dismissed.
        """
        return self._joins.findings(copies=copies, dismissed=dismissed)

    def citations(self, *, copies: bool = False) -> pd.DataFrame:
        """One row per instrument cited: the columns of `legal_bases`, the office, and what the register knows of it.

        Added: decree_id, satker_code, office, satker_name, satker_level, province_code, decree_year, decree_date; status,
        replaced_by, replaced_on, replaced_except, replaced_confidence as of `instruments`. `was_replaced`: whether it had been
        replaced when the decree was signed; null where a date or the instrument is not known, where part of it was left
        standing, and where the replacement is not verified. `sure`: which instrument it is was read without doubt.

        Args:
            copies: of every document, copies too.
        """
        return self._joins.citations(copies=copies)
