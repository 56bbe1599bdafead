"""Objects that lead nowhere, back to themselves, or to a million others: page trees, cross-references, nesting, names."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.extract.pdfs import DECREE
from tests.hostile.material import (
    PAGE,
    Hostile,
    by_hand,
    changed,
    decree_by_hand,
    plan,
    text_of,
    with_page,
)

DEEP = 100_000  # levels of nesting
MILLION = 1_000_000


def _of(**changes: bytes) -> Callable[[], bytes]:
    """The short decree with some of its objects exchanged."""
    return lambda: by_hand(decree_by_hand(**changes))


def _shared_kids() -> bytes:
    """A million pages that are one: a thousand times a node of a thousand times the page."""
    objects = decree_by_hand(pages=b"<< /Type /Pages /Count 1000000 /Kids [%s] >>" % (b"6 0 R " * 1000))
    objects[6] = b"<< /Type /Pages /Parent 2 0 R /Count 1000 /Kids [%s] >>" % (b"3 0 R " * 1000)
    return by_hand(objects)


def _silent_kids() -> bytes:
    """The same without any Count, so that a reader must walk the tree."""
    return _shared_kids().replace(b"/Count 1000000", b"/Xount 1000000").replace(b"/Count 1000 ", b"/Xount 1000 ")


def _chain_of_kids() -> bytes:
    """One page below 20,000 nodes."""
    objects = decree_by_hand(pages=b"<< /Type /Pages /Count 1 /Kids [10 0 R] >>")
    for k in range(10, 20_010):
        objects[k] = b"<< /Type /Pages /Parent %d 0 R /Count 1 /Kids [%d 0 R] >>" % (max(2, k - 1) if k > 10 else 2, k + 1)
    objects[20_010] = PAGE.replace(b"/Parent 2 0 R", b"/Parent 20009 0 R")
    return by_hand(objects)


def _forest() -> bytes:
    """A tree of 2^40 pages without a Count: each of 40 nodes names the next twice."""
    objects = decree_by_hand(pages=b"<< /Type /Pages /Kids [10 0 R 10 0 R] >>")
    for k in range(10, 50):
        objects[k] = b"<< /Type /Pages /Parent 2 0 R /Kids [%d 0 R %d 0 R] >>" % (k + 1, k + 1)
    objects[50] = PAGE
    return by_hand(objects)


def _previous_loop() -> bytes:
    """The cross-reference table says that the one before it is itself."""
    data = by_hand(decree_by_hand())
    start = int(data.split(b"startxref\n")[1].split()[0])
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def _own_parent() -> bytes:
    """A page without a box whose parent is itself, where the box is looked for."""
    page = PAGE.replace(b"/Parent 2 0 R", b"/Parent 3 0 R").replace(b"/MediaBox [0 0 595 842]", b"")
    return by_hand(decree_by_hand(page=page))


def _own_resources() -> bytes:
    objects = decree_by_hand(page=PAGE.replace(b"<< /Font << /F 5 0 R >> >>", b"6 0 R"))
    objects[6] = b"<< /Font 6 0 R /XObject 6 0 R /ExtGState 6 0 R /F 5 0 R /Resources 6 0 R >>"
    return by_hand(objects)


def _own_length() -> bytes:
    """The length of the content is the content."""
    body = text_of(DECREE)
    return by_hand(decree_by_hand(content=b"<< /Length 4 0 R >>\nstream\n%s\nendstream" % body))


def _references() -> bytes:
    """A content stream that is a reference to a reference, back to the first."""
    objects = decree_by_hand(page=PAGE.replace(b"/Contents 4 0 R", b"/Contents 6 0 R"))
    return by_hand({**objects, 6: b"7 0 R", 7: b"6 0 R"})


def _nested(begin: bytes, end: bytes) -> bytes:
    """The short decree with an object of so many levels beside it, which its page names."""
    page = PAGE.replace(b"/Contents", b"/Group 6 0 R /Contents")
    return by_hand({**decree_by_hand(page=page), 6: begin * DEEP + end * DEEP})


def _nested_content() -> bytes:
    return with_page(b"[" * DEEP + b"]" * DEEP + b" 0 d " + b"<<" * DEEP + b">>" * DEEP + b" BDC")


def _long_words() -> bytes:
    """A name and a text of 20 MB in the content of a page."""
    return with_page(b"/" + b"N" * (20 << 20) + b" gs BT (" + b"x" * (20 << 20) + b") Tj ET")


def _open_text() -> bytes:
    """A text that is opened a million times and never closed."""
    return with_page(b"BT (" * MILLION)


def _long_number() -> bytes:
    return with_page(b"9" * (5 << 20) + b" -" + b"1" * (5 << 20) + b".5 m 1e999999999 0 l S")


def _empty_names() -> bytes:
    """Resources under the empty name and under names of signs that a name cannot have."""

    def add(document: pikepdf.Pdf) -> None:
        page = document.pages[0].obj
        page.Resources = Dictionary({**dict(page.Resources.items()), "/#00": Dictionary({"/": Name("/")})})
        document.Root["/"] = Array([Name("/"), String("")])

    return changed(plan(), add)


def _linearized() -> bytes:
    """The hint that begins a file made for the web points into nowhere."""
    data = by_hand(decree_by_hand())
    hint = b"8 0 obj\n<< /Linearized 1 /L 99999999999 /H [88888888 -5] /O 999999 /E -1 /N 4000000000 /T 77777777 >>\nendobj\n"
    head, rest = data.split(b"1 0 obj\n", 1)
    return head + hint + b"1 0 obj\n" + rest


def _revisions() -> bytes:
    """Fifty revisions, each of which throws out a page that is put back by the next."""
    data = by_hand(decree_by_hand())
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    for k in range(50):
        kids = b"3 0 R" if k % 2 else b""
        body = b"2 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n" % (kids, k % 2)
        place, table = len(data), len(data) + len(body)
        data += body + b"xref\n2 1\n%010d 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\n" % (place, start)
        data += b"startxref\n%d\n%%%%EOF\n" % table
        start = table
    return data


def _wrong_types() -> bytes:
    """Every entry of the page is of a type that it cannot have."""
    page = b"<< /Type /Page /Parent (2) /MediaBox << >> /Rotate [90] /Resources 12 /Contents /None /Annots true /CropBox -1 >>"
    return by_hand(decree_by_hand(page=page))


def _no_numbers() -> bytes:
    """Object numbers at the end of what a number can be."""
    data = by_hand(decree_by_hand())
    return data.replace(b"3 0 R]", b"3 0 R 4294967295 0 R 2147483647 65535 R -1 0 R 99999999999999999999 0 R]")


def _pages_of_nothing() -> bytes:
    """1,500 pages of nothing behind the decree."""

    def add(document: pikepdf.Pdf) -> None:
        for _ in range(1_500):
            document.add_blank_page(page_size=(595, 842))

    return changed(plan(), add)


MANY = frozenset({"too-many-pages"})
BROKEN = frozenset({"damaged"})
EMPTY = frozenset({"no-text"})

TREES = (
    Hostile(
        "pages-count-lies",
        "Count says 2e9 pages; there is one",
        _of(pages=b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"),
        base="short",
    ),
    Hostile(
        "pages-count-negative",
        "Count says -5",
        _of(pages=b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>"),
        base="short",
    ),
    Hostile("pages-million", "a million pages that are one object", _shared_kids, MANY),
    Hostile("pages-million-uncounted", "a million pages, and no Count", _silent_kids, MANY),
    Hostile("pages-forest", "2^40 pages by 40 nodes that name the next twice, and no Count", _forest, BROKEN),
    Hostile("pages-chain", "one page below 20,000 nodes", _chain_of_kids, BROKEN),
    Hostile(
        "pages-circle",
        "Kids that name their own parent",
        _of(pages=b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 >>"),
        page=frozenset({"damaged-page"}),
        base="short",
    ),
    Hostile("pages-blank", "1,500 blank pages behind a decree", _pages_of_nothing, base="plan"),
    Hostile("parent-itself", "a page that is its own parent", _own_parent, base="short"),
    Hostile("resources-themselves", "resources that hold themselves as fonts and forms", _own_resources, base="short"),
    Hostile("cross-reference-circle", "a cross-reference table before which comes itself", _previous_loop, base="short"),
    Hostile(
        "cross-reference-huge",
        "a trailer that says 2e9 objects",
        lambda: by_hand(decree_by_hand(), size=2_000_000_000),
        base="short",
    ),
    Hostile("length-itself", "a stream whose length is itself", _own_length, base="short"),
    Hostile("references-circle", "a reference to a reference to itself", _references, EMPTY),
    Hostile("nested-arrays", "an array of 100,000 levels", lambda: _nested(b"[", b"]"), base="short"),
    Hostile("nested-dictionaries", "a dictionary of 100,000 levels", lambda: _nested(b"<< /A ", b">>"), base="short"),
    Hostile("nested-content", "arrays and dictionaries of 100,000 levels in a content stream", _nested_content, base="plan"),
    Hostile("long-words", "a name and a text of 20 MB", _long_words, base="plan"),
    Hostile("open-texts", "a million texts that are never closed", _open_text, base="plan"),
    Hostile("long-numbers", "numbers of 5 million digits", _long_number, base="plan"),
    Hostile("empty-names", "names without a letter", _empty_names, base="plan"),
    Hostile("linearized", "a hint for the web that leads out of the file", _linearized, base="short"),
    Hostile("revisions", "fifty revisions that delete the page and put it back", _revisions, base="short"),
    Hostile("wrong-types", "every entry of the page of a wrong type", _wrong_types, EMPTY),
    Hostile("object-numbers", "object numbers beyond all bounds", _no_numbers, base="short"),
)
