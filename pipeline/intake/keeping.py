"""Names of downloaded files, and the metadata kept beside them (``<name>.pdf.jdih.json``)."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from normalize.jdih import MOST_BYTES, SUFFIX
from normalize.jdih_entry import Entry
from pipeline.errors import BadAddress, OutputNotWritable, Unreadable
from pipeline.intake.feed import Raw
from pipeline.storage import hash_of, reason, write_atomically

FORMAT = "zi.jdih/1"
HASH_DIGITS = 10  # hex digits of a hash in a name: two of a million entries share one in a chance of 1 to 2
LONGEST_SLUG = 60  # letters of the title in a name, so that names with all endings stay far below 255 bytes
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
"""Names that Windows keeps for devices."""

_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_NAME = re.compile(rf"(?P<key>[a-z0-9]{{1,32}}(?:\.[0-9a-f]{{{HASH_DIGITS}}})?)(?:-[a-z0-9-]+)?\.pdf")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9_-]|\.(?!\.)){0,200}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry of which the PDF is wanted.

    Attributes:
        raw: as received.
        entry: the same, parsed.
        address: of the PDF, made whole.
        name: of the file, below the folder of all: ``<host>/<id>-<words of the title>.pdf``.
    """

    raw: Raw
    entry: Entry
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is noted beside a PDF; no clock is in what ``zi ingest`` takes from it.

    Attributes:
        feed: where the entry came from.
        entry: as received.
        address: asked for.
        download_address: after redirects.
        sha256: of the PDF.
        size: in bytes.
        etag: of the answer.
        last_modified: of the answer.
        fetched_at: when the bytes came, UTC.
    """

    feed: str
    entry: Raw
    address: str
    download_address: str
    sha256: str
    size: int
    etag: str | None
    last_modified: str | None
    fetched_at: str

    def as_bytes(self) -> bytes:
        """The sidecar."""
        data = {"format": FORMAT, **{name: getattr(self, name) for name in self.__slots__}}
        try:
            return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
        except UnicodeEncodeError:  # half a letter (a lone surrogate) is no text: it is kept as an escape
            return json.dumps(data, indent=1).encode() + b"\n"


class Shelf:
    """The folder of all downloads: names for entries, and what is kept there already."""

    def __init__(self, folder: Path) -> None:
        """Looks at the names in the folder once.

        Args:
            folder: where the folders of the hosts lie.
        """
        self._folder = folder
        self._names: dict[tuple[str, str], str] = {}
        for sidecar in sorted(folder.glob(f"*/*{SUFFIX}"), reverse=True):
            found = _NAME.fullmatch(sidecar.name.removesuffix(SUFFIX))
            if found:
                self._names[sidecar.parent.name, found["key"]] = f"{sidecar.parent.name}/{found[0]}"

    def name(self, entry: Entry, address: str, feed: str, *, shared: bool) -> str:
        """The name of an entry's PDF below the folder: always the same for the same entry.

        The host and the id make it. The words of the title are for people: they stay when the title is corrected. Where the
        id is not enough, because entries of this feed share it or another feed uses it otherwise, the address is in it, too.

        Args:
            entry: of the feed.
            address: of the PDF.
            feed: as it was given.
            shared: whether another entry of the feed has the same id.

        Raises:
            BadAddress: the host makes no name.
        """
        host, plain, marked = host_of(address), key_of(entry, address), marked_key_of(entry, address)
        if (host, marked) in self._names:
            return self._names[host, marked]
        earlier = self._names.get((host, plain))
        if earlier is not None and self._is_own(earlier, address, feed, shared=shared):
            return earlier
        key = marked if shared or earlier is not None else plain
        slug = slug_of(entry.about or entry.title or "")
        return f"{host}/{key}{'-' if slug else ''}{slug}.pdf"

    def _is_own(self, name: str, address: str, feed: str, *, shared: bool) -> bool:
        """Whether a file that has the entry's id in its name is the entry's; its address may have changed."""
        kept = read_kept(self._folder / name)
        if kept is None:
            return not shared
        return kept.address == address or (kept.feed == feed and not shared)

    def kept(self, feed: str) -> Iterator[tuple[str, Kept]]:
        """Name and metadata of every PDF that came from the feed, sorted.

        Args:
            feed: as it was given.
        """
        for name in sorted(self._names.values()):
            kept = read_kept(self._folder / name)
            if kept is not None and kept.feed == feed:
                yield name, kept


def host_of(address: str) -> str:
    """The folder of a host.

    Raises:
        BadAddress: the host makes no name.
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = ""
    host = host.replace(":", "_").lower().lstrip("_")
    if not _HOST.fullmatch(host) or RESERVED.fullmatch(host.split(".")[0]):
        raise BadAddress(f"The host of {address[:200]!r} is none.")
    return f"{host}_{parts.port}" if parts.port is not None else host


def key_of(entry: Entry, address: str) -> str:
    """What most often tells the entry from all others of its host: its id, or a hash where the id makes no name."""
    if entry.id is not None and _ID.fullmatch(entry.id) and not RESERVED.fullmatch(entry.id):
        return entry.id.lower()
    return _mark(entry, address)


def marked_key_of(entry: Entry, address: str) -> str:
    """What always tells it from them."""
    plain, mark = key_of(entry, address), _mark(entry, address)
    return mark if plain == mark else f"{plain}.{mark}"


def _mark(entry: Entry, address: str) -> str:
    return hashlib.sha256(f"{entry.id}\0{address}".encode("utf-8", "replace")).hexdigest()[:HASH_DIGITS]


def slug_of(title: str) -> str:
    """A few words of the title in plain letters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug


def sidecar_of(pdf: Path) -> Path:
    """Where the metadata of a PDF lie."""
    return pdf.with_name(pdf.name + SUFFIX)


def read_kept(pdf: Path) -> Kept | None:
    """What is noted beside a PDF; None where nothing is, or nothing that can be used."""
    try:
        with sidecar_of(pdf).open("rb") as file:
            return _as_kept(json.loads(file.read(MOST_BYTES + 1)))
    except (OSError, ValueError, RecursionError):
        return None


def _as_kept(data: object) -> Kept:
    """The metadata in a sidecar.

    Raises:
        ValueError: there are none that `keep` has written.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("another format")
    entry, size = data.get("entry"), data.get("size")
    if not isinstance(entry, dict) or not isinstance(size, int):
        raise ValueError("no entry, or no size")

    def text(name: str) -> str:
        value = data.get(name)
        if not isinstance(value, str):
            raise ValueError(f"no {name}")
        return value

    return Kept(
        feed=text("feed"),
        entry=entry,
        address=text("address"),
        download_address=text("download_address"),
        sha256=text("sha256"),
        size=size,
        etag=text("etag") if data.get("etag") else None,
        last_modified=text("last_modified") if data.get("last_modified") else None,
        fetched_at=text("fetched_at"),
    )


def still_whole(pdf: Path, kept: Kept) -> bool:
    """Whether the PDF is the one that the metadata were written for."""
    try:
        return pdf.stat().st_size == kept.size and hash_of(pdf) == kept.sha256
    except (OSError, Unreadable):
        return False


def keep(pdf: Path, kept: Kept) -> None:
    """Writes the metadata beside the PDF.

    Raises:
        OutputNotWritable: the disk is full, or the folder cannot be written.
    """
    try:
        write_atomically(sidecar_of(pdf), kept.as_bytes())
    except OSError as error:
        raise OutputNotWritable(f"{sidecar_of(pdf)} cannot be written: {reason(error)}.") from error
