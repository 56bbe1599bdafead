"""The ways in which decisions cannot be taken."""

from __future__ import annotations

from extract.errors import ZiError


class NoDecisions(ZiError):
    """A file holds no sheet of decisions."""

    code = "no-decisions"
    default_cure = "Give the audit.xlsx that `zi audit` wrote, saved as .xlsx; or one of its sheets with decisions as .csv."


class NobodyDecides(ZiError):
    """Nobody is named who decides."""

    code = "nobody-decides"
    default_cure = "Say who decides: zi review --by NAME."
