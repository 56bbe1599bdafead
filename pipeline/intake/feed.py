"""A JDIHN integration feed, from an address or a file: bytes -> the flat objects in it, as received."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from normalize.jdih_entry import LONGEST_VALUE, looks_like_entry
from pipeline.errors import NotAFeed, PathNotFound, TooLarge, Unreadable
from pipeline.intake.web import Web
from pipeline.storage import reason

MOST_BYTES = 200_000_000  # bytes of a feed: one with all entries of a province is some 10 MB
DEEPEST = 4  # levels of wrapping around the list: {"data": {"data": [...]}} is met
MOST_LETTERS = 30_000  # of an entry; a real one has 3,000, and what is kept beside a PDF must stay small enough to be read
SHOWN = 60  # letters of what is no feed, in the message

Raw = dict[str, object]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds.

    Attributes:
        address: where it was found, after redirects; the path of a file.
        entries: the objects in it, in its order, as received but for values that the form does not have.
        others: elements of its list that are no objects.
        more: where it says that it goes on; that page is not read.
    """

    address: str
    entries: tuple[Raw, ...]
    others: int
    more: str | None


def is_address(source: str) -> bool:
    """Whether the source is an address of the web and not a path.

    Raises:
        NotAFeed: it is an address of another kind.
    """
    scheme = re.match(r"([a-z][a-z0-9+.-]+)://", source, re.IGNORECASE)
    if scheme is not None and scheme[1].lower() not in ("http", "https"):
        raise NotAFeed(f"A feed is read from an http(s) address or from a file, not from {scheme[1]}://.")
    return scheme is not None


def load_feed(source: str, web: Web) -> Feed:
    """The feed at an address, or in a file.

    Args:
        source: http(s) address, or path of a JSON file.
        web: to get it with.

    Raises:
        NotAFeed: what is there is no feed.
        PathNotFound: there is no such file.
        Unreadable: the system does not hand over the file.
        DownloadError: the address gives nothing.
    """
    address, data = web.patiently(lambda: _get(source, web)) if is_address(source) else (source, _read(Path(source)))
    return parse_feed(data, address)


def parse_feed(data: bytes, address: str) -> Feed:
    """The feed in the bytes: a list of objects, wrapped or bare, or a single object.

    Args:
        data: as received.
        address: where they come from.

    Raises:
        NotAFeed: they are no JSON, or JSON without entries.
    """
    text = _text(data)
    if not text.strip():
        raise NotAFeed(f"{address} is empty.")
    try:
        # Senders leave line breaks inside strings.
        whole = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NotAFeed(f"{address} is no feed: {_what_it_is(text)}.") from error
    found = _list_in(whole, DEEPEST)
    if found is None:
        raise NotAFeed(f"{address} is JSON, but holds no list of entries{_said(whole)}.")
    if not found:
        raise NotAFeed(f"{address} is an empty list: so senders answer when they have nothing, or an error.")
    entries = tuple(_flat(item) for item in found if isinstance(item, dict))
    if not any(looks_like_entry(entry) for entry in entries):
        raise NotAFeed(f"{address} is a list, but none of its elements has a title (judul) and an address or number.")
    return Feed(address, entries, len(found) - len(entries), _next_page(whole))


def _flat(item: dict[str, object]) -> Raw:
    """The object without what the form does not have: values in values, texts longer than a book's, and what is too much."""
    kept: Raw = {}
    letters = 0
    for key, value in item.items():
        if value is None or isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= LONGEST_VALUE):
            letters += len(key) + len(str(value))
            if letters > MOST_LETTERS:
                break
            kept[key] = value
    return kept


def _get(address: str, web: Web) -> tuple[str, bytes]:
    """Where the feed was found, and its bytes."""
    ends = time.monotonic() + web.limits.whole
    with web.get(address, {"Accept": "application/json, */*;q=0.1"}, ends) as answer:
        web.check(answer)
        data = bytearray()
        for chunk in web.body(answer, ends):
            data += chunk
            if len(data) > MOST_BYTES:
                raise TooLarge(f"The feed has more than {MOST_BYTES:,} bytes.", "Give it as a file in parts.")
        return answer.address, bytes(data)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise PathNotFound(f"There is no file {path}.") from error
    except OSError as error:
        raise Unreadable(f"The feed {path} cannot be read: {reason(error)}.") from error
    if len(data) > MOST_BYTES:
        raise TooLarge(f"The feed has more than {MOST_BYTES:,} bytes.", "Give it in parts.")
    return data


def _text(data: bytes) -> str:
    """The bytes as text; what is no Unicode was written by an old database."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _what_it_is(text: str) -> str:
    """What the text looks like, in words."""
    start = text.lstrip("\ufeff \t\r\n")
    if re.match(r"<(?:!doctype|html|\?xml|head|body|br|div)", start, re.IGNORECASE):
        title = re.search(r"<title[^>]*>([^<]{1,200})", start, re.IGNORECASE)
        return "it is a web page" + (f" ({' '.join(title[1].split())!r})" if title else "")
    if start.startswith("%PDF-"):
        return "it is a PDF"
    if start[:1] in "[{":
        return "its JSON is broken or cut off"
    return f"it is not JSON; it begins with {start[:SHOWN]!r}"


def _list_in(value: object, depth: int) -> list[object] | None:
    """The list of entries in a wrapping, None where there is none."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth == 0:
        return None
    if looks_like_entry(value):
        return [value]
    inside = (found for item in value.values() if (found := _list_in(item, depth - 1)) is not None)
    return max(inside, key=lambda found: sum(isinstance(item, dict) for item in found), default=None)


def _said(whole: object) -> str:
    """What an object that is no feed says of itself."""
    found = (whole.get(key) for key in ("message", "error", "pesan")) if isinstance(whole, dict) else ()
    message = next((text for text in found if isinstance(text, str) and text), None)
    return f"; it says {message[:SHOWN]!r}" if message else ""


def _next_page(whole: object) -> str | None:
    """The address of the next page, where the wrapping of the list has one."""
    return next(_next_pages(whole, DEEPEST), None)


def _next_pages(whole: object, depth: int) -> Iterator[str]:
    if not isinstance(whole, dict) or depth == 0 or looks_like_entry(whole):
        return
    for key, value in whole.items():
        if key in ("next", "next_page_url") and isinstance(value, str) and value:
            yield value
        yield from _next_pages(value, depth - 1)
