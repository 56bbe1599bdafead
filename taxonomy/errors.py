"""Why the taxonomy cannot be had: one class per outcome, each with its code, message and cure."""

from __future__ import annotations

from collections.abc import Sequence

from extract.errors import ZiError


class TaxonomyError(ZiError):
    """The data files of the taxonomy contradict themselves.

    Attributes:
        problems: one line each: file, line, what is wrong and what to do.
    """

    code = "broken-taxonomy"
    default_cure = "Mend the lines named, and run again; taxonomy/data/forms.toml says how the files hang together."

    def __init__(self, problems: Sequence[str]) -> None:
        """An error with everything that is wrong, so that it can be mended at once."""
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n  ".join([f"The data of the taxonomy do not hold ({count}):", *problems]))
        self.problems = tuple(problems)


class FormNotThere(ZiError):
    """A form was asked for that the taxonomy does not have."""

    code = "form-not-there"
    default_cure = "Give one of the forms named, or leave out --form."


class NoTextColumns(ZiError):
    """Rows are to be matched, but no column holds their texts."""

    code = "no-text-columns"
    default_cure = "Name the columns so in the first row, in small or capital letters; any of them may be left out."


class ColumnTwice(ZiError):
    """A column is there twice, and it cannot be told which one is meant."""

    code = "column-twice"
    default_cure = "Rename one of the two."


class ColumnNotThere(ZiError):
    """A column was asked for that the rows do not have."""

    code = "column-not-there"
    default_cure = "Give one of the columns found, or none."


class RowNotThere(ZiError):
    """A row was asked for that the plan does not have."""

    code = "row-not-there"
    default_cure = "Give its row_order or its row_id, as `zi inspect` and the table plan_rows tell them."


class NotCalibrated(ZiError):
    """The fitted numbers of the matcher cannot be used."""

    code = "not-calibrated"
    default_cure = "Fit them anew (python -m bench.fit_matcher --write), or take the file from the version that you installed."
