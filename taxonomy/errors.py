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
