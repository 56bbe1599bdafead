"""What the name of a file says: "2024kpt1050_L2.pdf" calls itself a lampiran of "2024kpt1050.pdf" beside it."""

from __future__ import annotations

import re
from typing import NamedTuple

_NO = r"(?:\d{1,2}|[ivx]{1,4})"
_AFTER = re.compile(rf"(?P<stem>.*[^\s_.-])[\s_.-]+(?:l[\s_.-]?{_NO}|lamp(?:iran)?\.?(?:[\s_.-]*{_NO})?)")
_BEFORE = re.compile(rf"lamp(?:iran)?\.?[\s_.-]+(?:{_NO}[\s_.-]+)?(?P<stem>[^\s_.-].*)")


class Place(NamedTuple):
    """A folder and the name of a file in it, small and without its ending."""

    folder: str
    stem: str


def place_of(path: str) -> Place:
    """Folder and name of a file, from a path or an address."""
    folder, _, name = path.replace("\\", "/").rpartition("/")
    return Place(folder, re.sub(r"\.[^.]{1,5}$", "", name).casefold().strip())


def decree_beside(path: str) -> Place | None:
    """Where the decree would lie whose lampiran the file calls itself; None where its name says no such thing."""
    place = place_of(path)
    match = _AFTER.fullmatch(place.stem) or _BEFORE.fullmatch(place.stem)
    return Place(place.folder, match["stem"].strip(" _.-")) if match else None
