"""Outcomes that only a run over many files knows: paths, output, and processes that died."""

from __future__ import annotations

from extract.errors import ZiError


class Unreadable(ZiError):
    """The operating system does not hand over a file or folder."""

    code = "unreadable"
    default_cure = "Check the permissions of the file and its folder, and that a link still leads somewhere."


class Changed(ZiError):
    """The file is not the one any more that the run found."""

    code = "changed"
    default_cure = "Run the same command again when nothing writes to the folder any more."

    def __init__(self, message: str = "The file changed while the run was going on.") -> None:
        """An error for a file that another program has written to."""
        super().__init__(message)


class SameId(ZiError):
    """Two files of other bytes have one document_id, which does not happen by itself."""

    code = "same-id"
    default_cure = "Somebody made the file so that it passes for another one. Find out where it came from, and take it out."

    def __init__(self, message: str = "The hash of the file begins as that of another one.") -> None:
        """An error for a file whose document_id is taken."""
        super().__init__(message)


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


class AddressNotUsable(ZiError):
    """An address of remote storage that cannot be reached from here."""

    code = "address-not-usable"
    default_cure = "Check the spelling of the address; s3:// needs zi[s3], other kinds their own fsspec library."


class NoTemporaryFolder(ZiError):
    """What is in hand cannot be put anywhere."""

    code = "no-temporary-folder"
    default_cure = "Name a folder that you may write to, on a disk with room: TMPDIR=/folder zi ... Old tables are whole."


class OutOfResources(ZiError):
    """The system gives the program no more open files, processes or memory."""

    code = "out-of-resources"
    default_cure = "Ask for less at a time (--jobs), or raise the limits of the shell (ulimit -n, -u, -v)."


class OutputBusy(ZiError):
    """Another run is writing to the same output."""

    code = "output-busy"
    default_cure = "Wait until it has ended (`zi status` shows how far it is), or give another folder with --out."


class BrokenOverride(ZiError):
    """A line of the overrides file is no decision."""

    code = "broken-override"
    default_cure = "Look at the line; decide anew with `zi review`, then take it out of the file (keep a copy of it elsewhere)."

    @classmethod
    def told(cls, line: int, message: str) -> tuple[str, str, str]:
        """Code, message and cure for a line."""
        return cls.code, f"Line {line} is no decision: {message}. The others are used.", cls.default_cure


class OverridesUnreadable(ZiError):
    """The overrides file is there and cannot be read: without it tables would lose what people decided."""

    code = "overrides-unreadable"
    default_cure = "Check the permissions of the file. The tables are as they were."


class NothingStored(ZiError):
    """There is no finished run whose documents could be rebuilt or told about."""

    code = "nothing-stored"
    default_cure = "Run `zi ingest PATH...` with the same --out first."


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
    default_cure = "Save the file anew in another PDF program. The file as it is is left alone until asked: zi ingest --retry."


class OutOfMemory(ZiError):
    """The document needs more memory than there is."""

    code = "out-of-memory"
    default_cure = "Give it more, on a machine that has it: zi ingest --retry --memory MIB. It is left alone until asked."


class TimedOut(ZiError):
    """The document takes longer than it may."""

    code = "timeout"
    default_cure = "It is left alone until asked: zi ingest --retry, with a higher --time-limit where it is only long."


class WorkerLost(ZiError):
    """What was to read the document never came to it: a process did not start, or a machine of the cluster went away."""

    code = "worker-lost"
    default_cure = "Look at the memory and the logs of the machine, then run the same command again: it is tried again."


class ClusterLibraryMissing(ZiError):
    """The library that speaks to a cluster is not installed."""

    code = "cluster-library-missing"
    default_cure = "Install it: pip install 'zi[dask]'"

    def __init__(self, message: str = "A cluster needs the library Dask distributed, which is not installed.") -> None:
        """An error for an installation without the extra."""
        super().__init__(message)


class ClusterUnreachable(ZiError):
    """There is no scheduler, or it has no workers."""

    code = "cluster-unreachable"
    default_cure = "Check the address, and that the scheduler and its workers run: docs/cluster.md."


class ClusterMismatch(ZiError):
    """A worker would read otherwise than this machine: results must not depend on who read."""

    code = "cluster-mismatch"
    default_cure = "Install the same zi and the same requirements.lock on all machines of the cluster, and restart its workers."


class ClusterLost(ZiError):
    """The cluster went away in the middle of a run."""

    code = "cluster-lost"
    default_cure = "Start it again, then run the same command again: it goes on where it stopped. The tables are as they were."


class InternalError(ZiError):
    """The program itself failed on this document: our fault, not the user's."""

    code = "internal-error"
    default_cure = "Please report this with the file; the other documents are not affected."


class NotAFeed(ZiError):
    """What was given as a feed is no JDIHN integration feed."""

    code = "not-a-feed"
    default_cure = (
        "Open the address in a browser: a feed is a JSON list of entries, often at /integrasi. Lists and detail pages are none."
    )


class DownloadError(ZiError):
    """A file, or a feed, that could not be downloaded."""


class HttpNotFound(DownloadError):
    """The server knows no such file (404, 410)."""

    code = "http-404"
    default_cure = "Tell the office that sends the feed: the address in urlDownload leads nowhere."


class HttpError(DownloadError):
    """The server refuses or fails, also when asked again."""

    code = "http-error"
    default_cure = "Run the same command again later; if it stays so, tell the office that runs the server."


class ConnectionFailed(DownloadError):
    """There is no connection to the server, or it breaks."""

    code = "connection"
    default_cure = "Check the network and the proxy, and run the same command again; what has come is kept."


class TooSlow(DownloadError):
    """The server does not answer, or not fast enough."""

    code = "too-slow"
    default_cure = "Run the same command again later; it goes on where it stopped if the server can. --timeout gives more time."


class TooLarge(DownloadError):
    """The file is larger than allowed."""

    code = "too-large"
    default_cure = "If the file is right, allow it with --max-size."


class Truncated(DownloadError):
    """Only a part of the file comes, also when asked again."""

    code = "truncated"
    default_cure = "Run the same command again; if it stays so, tell the office: the file on the server is cut off."


class BadAddress(DownloadError):
    """An address that is none, or that is not followed."""

    code = "bad-address"
    default_cure = "Tell the office that sends the feed: urlDownload must be the http(s) address of the PDF."


class Forbidden(DownloadError):
    """The host's robots.txt closes the address to programs."""

    code = "robots"
    default_cure = "Ask the office to let zi in (User-agent: zi in its robots.txt), or for the file itself."


class NotThePdf(DownloadError):
    """The server answers as if all were well, but sends something else."""

    code = "not-a-pdf"
    default_cure = "Open the address in a browser to see what it is, and tell the office that sends the feed."
