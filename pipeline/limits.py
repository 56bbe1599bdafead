"""How much one document may take of the machine before it is stopped."""

from __future__ import annotations

from dataclasses import dataclass, replace

MIB = 1024 * 1024
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document, and one page of it, may take.

    A page has two rings around it. The inner one is its budget of processor time: it is spent at the same point on a busy
    machine as on an idle one, and ends the page from within, so that nothing else is lost. What does not listen (a loop in
    a PDF library) or does not work (waits for ever) is stopped by the outer one, which is time on the wall: the process is
    killed, and the document read once more without the page. Around all pages lies the time of the document.

    Attributes:
        base_seconds: time on the wall that every document has.
        seconds_per_page: what each page adds to it. A scanned page takes 6 to 10 s on one core, a digital one .05 s.
        most_seconds: time of a document at most, however many pages it claims to have.
        page_budget: processor seconds of a page; ten times those of a full scanned page.
        page_seconds: time on the wall of a page.
        start_seconds: time for a fresh process to begin; loading its libraries takes 1 to 5 s.
        memory: address space of the process in bytes, None for no limit. Models and libraries of the OCR reserve 2.9 GiB (of
            which they use 1.1); the rest is room for large pictures.
        file_size: bytes of the largest file that the process may write.
        result_size: bytes of the largest result that is taken; a decree of 100 pages gives 2 MiB.
    """

    base_seconds: float = 120.0
    seconds_per_page: float = 30.0
    most_seconds: float = 3600.0
    page_budget: float = 60.0
    page_seconds: float = 180.0
    start_seconds: float = 120.0
    memory: int | None = 6 * GIB
    file_size: int = GIB
    result_size: int = 256 * MIB

    def document_seconds(self, pages: int) -> float:
        """Time on the wall of a document with so many pages."""
        return min(self.most_seconds, self.base_seconds + self.seconds_per_page * pages)


DEFAULT_LIMITS = Limits()


def limits_of(document: float | None = None, page: float | None = None, memory: int | None = None) -> Limits:
    """The limits that a user asked for; what was not asked for is as ever.

    Args:
        document: seconds for a document at most.
        page: seconds for a page at most; its budget of processor time keeps its share.
        memory: bytes of address space.
    """
    plain = DEFAULT_LIMITS
    most = plain.most_seconds if document is None else document
    seconds = plain.page_seconds if page is None else page
    return replace(
        plain,
        base_seconds=min(plain.base_seconds, most),
        most_seconds=most,
        page_seconds=seconds,
        page_budget=plain.page_budget * seconds / plain.page_seconds,
        memory=plain.memory if memory is None else memory,
    )
