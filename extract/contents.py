"""Which pages of a damaged file have lost a part of what they show: each is followed through the page tree, in Python."""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import Damaged
from extract.losses import DAMAGED_PAGE
from extract.reading import PageProblem
from extract.soundness import is_suspect
from extract.whole import Stream, drawn_by, filters_of, is_whole

MOST_NODES = 10_000  # of the page tree that are no pages; a page tree has one for ten pages or so
MOST_DEPTH = 64  # of the page tree
MOST_FORMS = 12  # forms within forms that are followed; programs nest them three deep
MOST_FOLLOWED = 2000  # forms and pictures of a page; one that is made of strips has some hundred

LOST = "a part of its content is lost."
PICTURE_LOST = "a part of a picture on it is lost."
UNSURE = "the file is damaged, and what this page has lost cannot be told."


@dataclass(frozen=True, slots=True)
class Damage:
    """What is known of the pages of a damaged file.

    Attributes:
        lost: pages of which a part of the text is not there: they cannot be read whole.
        pictures: pages with a picture that is not whole; where the picture holds the text, they cannot be read whole either.
        unsure: pages that could not be followed.
    """

    lost: tuple[PageProblem, ...] = ()
    pictures: tuple[PageProblem, ...] = ()
    unsure: tuple[PageProblem, ...] = ()


def damage_of(path: Path, count: int) -> Damage:
    """What the pages of a file have lost; nothing where it shows no damage.

    Args:
        path: a PDF that PDFium opens.
        count: its pages, as PDFium counts them; where the page tree has another number, none is sure.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if not is_suspect(data):
            return Damage()
    found = _found(path, count)
    return Damage(
        *(
            tuple(
                PageProblem(number, DAMAGED_PAGE, f"Page {number} is damaged: {said}", Damaged.default_cure)
                for number, what in enumerate(found, 1)
                if what == said
            )
            for said in (LOST, PICTURE_LOST, UNSURE)
        )
    )


def _found(path: Path, count: int) -> list[str]:
    """What each page has lost, in words; empty where it is whole."""
    from pdfminer.pdfdocument import PDFDocument  # loaded for damaged files only
    from pdfminer.pdfparser import PDFParser

    with path.open("rb") as file, suppress(*_library_errors()):
        document = PDFDocument(PDFParser(file))
        leaves = list(_leaves(document.catalog.get("Pages"), count))
        if len(leaves) == count:
            known: dict[int, bool] = {}
            return [_of_page(leaf, resources, known) for leaf, resources in leaves]
    return [UNSURE] * count


def _library_errors() -> tuple[type[Exception], ...]:
    """What pdfminer raises on a file that it cannot follow: then nothing more is known of its pages."""
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    general = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)
    return (*general, PDFException, PSException)


def _leaves(root: object, most: int) -> Iterator[tuple[object, object]]:
    """The pages below the root of the page tree with their resources, those too that are not there; one more than ``most``.

    A tree may branch for ever without a single page: only so many of its nodes are looked at.
    """
    waiting: list[tuple[object, object, int]] = [(root, None, 0)]
    given = 0
    for _ in range(MOST_NODES + most):
        if not waiting or given > most:
            return
        node, resources, depth = waiting.pop()
        found = _settled(node)
        kids = None
        if isinstance(found, dict):
            resources, kids = found.get("Resources", resources), _settled(found.get("Kids"))
        if isinstance(kids, list) and depth <= MOST_DEPTH:
            waiting += [(kid, resources, depth + 1) for kid in reversed(kids[: MOST_NODES + most])]
        else:
            given += 1
            yield found, resources


@dataclass(slots=True)
class _Look:
    """A look at what one page shows.

    Attributes:
        known: by its place in memory, whether a stream is whole; pages share their letterheads.
        picture: a picture on the page is not whole.
        followed: forms and pictures that were looked at.
    """

    known: dict[int, bool]
    picture: bool = False
    followed: set[int] = field(default_factory=set)

    def is_whole(self, found: object) -> bool:
        """Whether this is a stream, and nothing of it is lost."""
        from pdfminer.pdftypes import PDFStream

        if not isinstance(found, PDFStream):
            return False
        if id(found) not in self.known:
            self.known[id(found)] = is_whole(_stream(found))
        return self.known[id(found)]


def _of_page(page: object, resources: object, known: dict[int, bool]) -> str:
    """What a page has lost, in words; empty where it is whole."""
    if not isinstance(page, dict):
        return UNSURE
    if page.get("Contents") is None:
        return ""  # a blank page
    found = _settled(page["Contents"])
    parts = [_settled(part) for part in found] if isinstance(found, list) else [found]
    look = _Look(known)
    with suppress(*_library_errors()):
        if not _is_shown_whole(parts, resources, look, 0):
            return LOST
        return PICTURE_LOST if look.picture else ""
    return UNSURE


def _is_shown_whole(parts: Iterable[object], resources: object, look: _Look, depth: int) -> bool:
    """Whether a content and the forms and fonts that it uses are there whole.

    Raises:
        OverflowError: there is more than is followed.
    """
    from pdfminer.pdftypes import PDFStream

    names: set[str] | None = set()
    for part in parts:
        if not look.is_whole(part) or not isinstance(part, PDFStream):
            return False
        drawn = drawn_by(_stream(part))
        names = None if names is None or drawn is None else names | drawn
    if not all(look.is_whole(table) for table in _letter_tables(resources)):
        return False
    objects = _settled(_entry(resources, "XObject"))
    if not isinstance(objects, dict):
        return not names
    for name in objects if names is None else names:
        found = _settled(objects.get(name))
        if id(found) in look.followed:
            continue
        look.followed.add(id(found))
        if len(look.followed) > MOST_FOLLOWED or depth > MOST_FORMS:
            raise OverflowError
        if not isinstance(found, PDFStream):
            look.picture = True  # whatever it was
        elif _name(found.get("Subtype")) == "Form":
            if not _is_shown_whole([found], found.get("Resources", resources), look, depth + 1):
                return False
        else:
            masks = [mask for mask in (_settled(found.get(key)) for key in ("SMask", "Mask")) if isinstance(mask, PDFStream)]
            look.picture |= not all(look.is_whole(picture) for picture in (found, *masks))
    return True


def _letter_tables(resources: object) -> Iterator[object]:
    """What tells which letters the codes of the fonts stand for."""
    from pdfminer.pdftypes import PDFStream

    fonts = _settled(_entry(resources, "Font"))
    for font in fonts.values() if isinstance(fonts, dict) else ():
        table = _settled(_entry(font, "ToUnicode"))
        if isinstance(table, PDFStream):
            yield table


def _stream(found: object) -> Stream:
    from pdfminer.pdftypes import PDFStream

    assert isinstance(found, PDFStream)
    parameters = _listed(found.get("DecodeParms"))
    group_4 = any(isinstance(k := _entry(p, "K"), int) and k < 0 and _entry(p, "EndOfBlock") is not False for p in parameters)
    names = [_name(name) for name in _listed(found.get("Filter"))]
    is_picture = _name(found.get("Subtype")) == "Image"
    return Stream(filters_of([name for name in names if name]), found.get_rawdata() or b"", is_picture, group_4)


def _listed(value: object) -> list[object]:
    found = _settled(value)
    return found if isinstance(found, list) else [found]


def _entry(value: object, key: str) -> object:
    """An entry of a dictionary; None where it is none or has no such entry."""
    found = _settled(value)
    return _settled(found.get(key)) if isinstance(found, dict) else None


def _name(value: object) -> str:
    name = getattr(_settled(value), "name", "")
    return name if isinstance(name, str) else ""


def _settled(value: object) -> object:
    """The object that a reference leads to; None where it leads nowhere."""
    from pdfminer.pdftypes import PDFObjRef, resolve1

    if isinstance(value, PDFObjRef):
        with suppress(*_library_errors()):
            return resolve1(value)
        return None
    return value
