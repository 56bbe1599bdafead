"""``zi fetch``: from a JDIHN feed to PDFs with their metadata beside them. The run as a story."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.errors import DownloadError
from pipeline.intake.download import download
from pipeline.intake.feed import Feed, is_address, load_feed
from pipeline.intake.keeping import Kept, Shelf, Wanted, keep, read_kept, still_whole
from pipeline.intake.report import FetchReport, Got, Missed
from pipeline.intake.robots import Robots
from pipeline.intake.selection import Refused, Selection, select
from pipeline.intake.titles import least_likeness
from pipeline.intake.web import Limits, Web, is_private
from pipeline.lock import locked
from pipeline.parquet import prepare_folder
from pipeline.progress import Progress, Silent
from pipeline.storage import LocalFolder


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How a feed is fetched.

    Attributes:
        to: folder of the PDFs.
        take_all: every decree, whatever its title says.
        least: likeness to the title of a plan from which an entry is taken.
        dry_run: tell what would be downloaded, and do nothing.
        limits: of time, size and patience.
    """

    to: Path
    take_all: bool = False
    least: float = field(default_factory=least_likeness)
    dry_run: bool = False
    limits: Limits = field(default_factory=Limits)


def fetch(
    source: str,
    settings: FetchSettings,
    progress: Progress | None = None,
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> FetchReport:
    """What the run came to; every PDF that was wanted lies in the folder, or is listed with the reason why not.

    Args:
        source: address of the feed, or path of a JSON file.
        settings: where to, what, and how.
        progress: told about each PDF.
        sleep: how to pause between requests.

    Raises:
        ZiError: there is no feed, or the folder cannot be written.
    """
    private = not is_address(source) or is_private(urlsplit(source).hostname or "")
    web = Web(settings.limits, sleep, private)
    try:
        feed = load_feed(source, web)
        shelf = Shelf(settings.to)
        chosen = select(feed, source, shelf, take_all=settings.take_all, least=settings.least, private=private)
        gone = tuple(name for name, _ in shelf.kept(source) if name not in chosen.names)
        if settings.dry_run:
            return _report(source, settings, feed, chosen, [], [], gone)
        prepare_folder(settings.to)
        with locked(LocalFolder(settings.to)), progress or Silent() as bar:
            bar.start(len(chosen.wanted))
            got, missed = _take_all(_Run(source, settings.to, web, Robots(web)), chosen, bar)
        return _report(source, settings, feed, chosen, got, missed, gone)
    finally:
        web.close()


@dataclass(slots=True)
class _Run:
    """What is known while PDFs are downloaded.

    Attributes:
        source: the feed.
        to: folder of the PDFs.
        web: to get them with.
        robots: what hosts close.
        came: what an address gave, for other entries with the same PDF.
    """

    source: str
    to: Path
    web: Web
    robots: Robots
    came: dict[str, Got | DownloadError] = field(default_factory=dict)


def _take_all(run: _Run, chosen: Selection, bar: Progress) -> tuple[list[Got], list[Missed]]:
    got: list[Got] = []
    missed: list[Missed] = []
    for wanted in chosen.wanted:
        try:
            taken = _take(run, wanted)
            got.append(taken)
            bar.done(wanted.name, taken.outcome)
        except DownloadError as error:
            run.came.setdefault(wanted.address, error)
            missed.append(Missed.of(wanted.entry, wanted.name, error, there=(run.to / wanted.name).exists()))
            bar.done(wanted.name, error.code)
    return got, missed


def _take(run: _Run, wanted: Wanted) -> Got:
    """What became of one PDF.

    Raises:
        DownloadError: it cannot be had; a file of earlier is left as it is.
    """
    before = run.came.get(wanted.address)
    if isinstance(before, DownloadError):
        raise before
    if before is not None:
        return _copy(run, wanted, before)
    pdf = run.to / wanted.name
    earlier = read_kept(pdf)
    if earlier is not None and not still_whole(pdf, earlier):
        earlier = None
    got = _unasked(run, wanted, earlier) or _asked(run, wanted, earlier)
    run.came[wanted.address] = got
    return got


def _unasked(run: _Run, wanted: Wanted, earlier: Kept | None) -> Got | None:
    """A PDF that is there, of an entry that is as it was, from a server that cannot be asked whether it has changed."""
    if earlier is None or earlier.etag or earlier.last_modified or earlier.address != wanted.address:
        return None
    return Got(wanted.name, "unchanged", wanted.address, earlier.size) if earlier.entry == wanted.raw else None


def _asked(run: _Run, wanted: Wanted, earlier: Kept | None) -> Got:
    pdf = run.to / wanted.name
    there = pdf.exists()
    run.robots.check(wanted.address)
    same_place = earlier if earlier is not None and earlier.address == wanted.address else None
    came = download(run.web, wanted.address, pdf, same_place)
    if came is None and earlier is not None:
        _note(run, wanted, earlier, replace(earlier, feed=run.source, entry=wanted.raw))
        return Got(wanted.name, "unchanged", wanted.address, earlier.size)
    assert came is not None  # a server can only say "as before" of what it was asked for
    unchanged = earlier is not None and came.sha256 == earlier.sha256
    kept = Kept(
        feed=run.source,
        entry=wanted.raw,
        address=wanted.address,
        download_address=came.address,
        sha256=came.sha256,
        size=came.size,
        etag=came.etag,
        last_modified=came.last_modified,
        fetched_at=earlier.fetched_at if earlier is not None and unchanged else _now(),
    )
    _note(run, wanted, earlier, kept)
    return Got(wanted.name, "unchanged" if unchanged else "replaced" if there else "downloaded", wanted.address, came.size)


def _copy(run: _Run, wanted: Wanted, first: Got) -> Got:
    """The PDF of another entry with the same address, with the metadata of this one."""
    pdf, source = run.to / wanted.name, run.to / first.name
    original, earlier = read_kept(source), read_kept(pdf)
    if original is None:
        return _asked(run, wanted, None)  # somebody has taken the first away
    there = pdf.exists()
    unchanged = earlier is not None and earlier.sha256 == original.sha256 and still_whole(pdf, earlier)
    if not unchanged:
        LocalFolder(run.to).write(wanted.name, source.read_bytes())
    _note(run, wanted, earlier if unchanged else None, replace(original, entry=wanted.raw))
    return Got(wanted.name, "unchanged" if unchanged else "replaced" if there else "copied", wanted.address, original.size)


def _note(run: _Run, wanted: Wanted, earlier: Kept | None, kept: Kept) -> None:
    """Writes the metadata where they are not as they were."""
    if kept != earlier:
        keep(run.to / wanted.name, kept)


def _report(
    source: str,
    settings: FetchSettings,
    feed: Feed,
    chosen: Selection,
    got: list[Got],
    missed: list[Missed],
    gone: tuple[str, ...],
) -> FetchReport:
    refused = [_refused(r) for r in chosen.refused]
    return FetchReport(
        feed=source,
        to=str(settings.to),
        dry_run=settings.dry_run,
        entries=len(feed.entries),
        not_entries=feed.others,
        repeated=chosen.repeated,
        next_page=feed.more,
        wanted=tuple((w.name, w.address) for w in chosen.wanted),
        got=tuple(got),
        left_out=chosen.left_out,
        near_misses=chosen.near_misses,
        gone=gone,
        failures=(*refused, *missed),
    )


def _refused(refused: Refused) -> Missed:
    return Missed.of(refused.entry, None, refused.error, there=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
