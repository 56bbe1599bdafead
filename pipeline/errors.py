"""Outcomes that only a run over many files knows: paths, output, and processes that died."""

from __future__ import annotations

from extract.errors import ZiError


class Unreadable(ZiError):
    """The operating system does not hand over a file or folder."""

    code = "unreadable"
    default_cure = "Check the permissions of the file and its folder, and that a link still leads somewhere."


class NoPdfInFolder(ZiError):
    """A folder that was given holds no PDF."""

    code = "no-pdf-in-folder"
    default_cure = "Give the folder that holds the PDFs; a PDF without the ending .pdf is taken when it is named itself."


class PathNotFound(ZiError):
    """A PATH of the command line does not exist."""

    code = "path-not-found"
    default_cure = "Check the spelling; the path is taken from the current folder."


class NothingToDo(ZiError):
    """The PATHs hold no PDF at all."""

    code = "nothing-to-do"
    default_cure = NoPdfInFolder.default_cure


class OutputNotWritable(ZiError):
    """The tables cannot be written."""

    code = "output-not-writable"
    default_cure = "Give a folder that you may write to with --out, on a disk with room. Tables already there are whole."


class PageNotThere(ZiError):
    """A page was asked for that the document does not have."""

    code = "page-not-there"
    default_cure = "Leave out --page, or give one of its pages."


class NotATable(ZiError):
    """A file that should be a CSV is something else."""

    code = "not-a-table"
    default_cure = "Open it in Excel or LibreOffice, save it as CSV (UTF-8), and give that file."


class BrokenTable(ZiError):
    """The rows of a CSV cannot be told apart from one another, or their cells."""

    code = "broken-table"
    default_cure = "Open the file in a text editor and mend that line, or save it as CSV again from Excel or LibreOffice."


class Crashed(ZiError):
    """The process that read the document died, most often inside a PDF library."""

    code = "crashed"
    default_cure = "It is tried again at the next run. If it crashes again, save the file anew in another PDF program."


class OutOfMemory(ZiError):
    """The document needs more memory than there is."""

    code = "out-of-memory"
    default_cure = "Run with fewer processes (--jobs 1) or on a machine with more memory."


class InternalError(ZiError):
    """The program itself failed on this document: our fault, not the user's."""

    code = "internal-error"
    default_cure = "Please report this with the file; the other documents are not affected."
