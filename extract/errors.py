"""Why a PDF, or a page of it, could not be extracted: one class per outcome, each with its code, message and cure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from extract.reading import PageProblem


class ZiError(Exception):
    """An outcome that a user is told about: what happened, why, and what to do.

    Attributes:
        code: short stable name of the outcome, as written to ``failures.code``.
        message: what happened and why, one line.
        cure: what the user can do about it, one line.
    """

    code: ClassVar[str] = "failed"
    default_cure: ClassVar[str] = ""

    def __init__(self, message: str, cure: str | None = None) -> None:
        """An error with its message; the class's own cure is taken where none is given."""
        super().__init__(message)
        self.message = message
        self.cure = self.default_cure if cure is None else cure


class NotAPdf(ZiError):
    """The bytes are of another kind of file."""

    code = "not-a-pdf"
    default_cure = "Open the file to see what it is; download the decree again if something else was saved under its name."

    def __init__(self, message: str = "The file is not a PDF: its beginning does not hold '%PDF-'.") -> None:
        """An error for bytes that are no PDF."""
        super().__init__(message)


class EmptyFile(ZiError):
    """The file has no bytes."""

    code = "empty-file"
    default_cure = "Download or copy the file again."

    def __init__(self, message: str = "The file is empty (0 bytes), as after a broken download.") -> None:
        """An error for a file without bytes."""
        super().__init__(message)


class Encrypted(ZiError):
    """The file opens only with a user password (an owner password alone does not stop reading)."""

    code = "encrypted"
    default_cure = "Save a copy without the password (print to PDF from a viewer that knows it) and ingest the copy."

    def __init__(self, message: str = "The PDF is encrypted and opens only with a password.") -> None:
        """An error for a file that needs a password."""
        super().__init__(message)


class Damaged(ZiError):
    """The file claims to be a PDF, but its structure or one of its pages cannot be read."""

    code = "damaged"
    default_cure = "Download the file again, or repair it by opening and saving it in another PDF program."

    def __init__(self, message: str = "The PDF is damaged: its structure cannot be read.") -> None:
        """An error for a file or page that cannot be parsed."""
        super().__init__(message)


class NoText(ZiError):
    """The pages are pictures, and no text was found in them."""

    code = "no-text-in-pictures"
    default_cure = "Open the file: if its pages hold text, ingest the digital file or a better scan if the office has one."

    def __init__(self, message: str = "The pages of the PDF are pictures, and no text was found in them.") -> None:
        """An error for a document whose pictures hold no text."""
        super().__init__(message)


class NoContent(ZiError):
    """The pages are blank: no text, and no picture of text."""

    code = "no-text"
    default_cure = "Open the file: if something is to be seen on its pages, send it to us; else download it again."

    def __init__(self, message: str = "The PDF has no text: all of its pages are blank.") -> None:
        """An error for a document without content."""
        super().__init__(message)


class NoDecree(ZiError):
    """The text can be read, but it is not a decree."""

    code = "no-decree"
    default_cure = "Take the file out of the folder if it is not a decree; else send it to us with what `zi inspect` prints."

    def __init__(self, message: str = "No decree was found in the text (no institution, number and TENTANG).") -> None:
        """An error for text that is no decree; say in ``message`` what was found instead."""
        super().__init__(message)


class PagesNotRead(ZiError):
    """No decree was found, but pages could not be read: it may stand on those.

    Attributes:
        lost: those pages.
    """

    code = "pages-not-read"
    default_cure = "Open the file: if it holds a decree, save it anew in another PDF program and ingest that."

    def __init__(
        self, message: str = "No decree was found, and pages were not read.", lost: Sequence[PageProblem] = ()
    ) -> None:
        """An error for a document without a decree on the pages that were read."""
        super().__init__(message)
        self.lost = tuple(lost)


class UnusableReading(ZiError):
    """What was kept of a document is of another version of the program, or its bytes are broken."""

    code = "unusable-reading"
    default_cure = "Run `zi ingest` again: the document is read anew."

    def __init__(self, message: str = "What was kept of the document is damaged.") -> None:
        """An error for bytes that are no reading."""
        super().__init__(message)


class TooManyPages(ZiError):
    """The file claims more pages than any decree has: a trap, or an archive of many documents in one file."""

    code = "too-many-pages"
    default_cure = "If it is an archive of many decrees, split it into one file for each and ingest those."


class PageGivenUp(ZiError):
    """One page asks for more than any page of a decree; the document is read without it.

    Its message goes on after "Page 3 was given up:".
    """

    code = "page-given-up"
    default_cure = "Look at the page in a viewer. If it matters, print it to a new PDF (or scan it) and ingest that."


class PageTooComplex(PageGivenUp):
    """The page draws more, or deeper within one another, than any page of a decree."""

    code = "page-too-complex"


class PageTooLarge(PageGivenUp):
    """The page, or a picture on it, is larger than any sheet of paper."""

    code = "page-too-large"
