"""``zi review``: decide in the terminal, take decisions from a workbook, or list them."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from audit.errors import NoTables
from audit.review.errors import NobodyDecides
from audit.review.listing import lines, listed
from audit.review.session import Asked, Session, items_of
from audit.review.sheets import read_lines
from audit.review.take import Taken, take
from audit.review.things import Things
from audit.selected import selected
from normalize.overrides import FILE
from pipeline.overrides import append, load_overrides
from pipeline.progress import count, tell
from pipeline.storage import folder_at

NEXT = "`zi rebuild` puts them into the tables, `zi audit` into the report."
DONE, SOME_REFUSED = 0, 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What a review is asked to do.

    Attributes:
        parquet: folder of the tables, and of the overrides file.
        report: folder of the report, where crops lie.
        by: who decides; None for the user of this machine.
        asked: what the terminal asks.
        workbook: decisions to take, None to ask.
        only_list: only list decisions.
    """

    parquet: Path
    report: Path
    by: str | None = None
    asked: Asked = field(default_factory=Asked)
    workbook: Path | None = None
    only_list: bool = False


def review(settings: Settings) -> tuple[int, dict[str, object]]:
    """The exit code, and what there is to tell as JSON; people are told on stderr, a list on stdout is the caller's.

    Raises:
        NoTables, OldTables: there are no tables to decide on.
        NoDecisions: the workbook holds no decisions.
        NobodyDecides: nobody is named.
        OutputNotWritable: a decision cannot be kept; those before it are.
    """
    if not settings.parquet.is_dir():
        raise NoTables(f"There is no folder {settings.parquet}.")
    overrides = load_overrides(folder_at(settings.parquet))
    for broken in overrides.broken:
        tell(f"{FILE}, line {broken.line}: {broken.message}. The line is left as it is, and not used.")
    if settings.only_list:
        return DONE, {"overrides": listed(settings.parquet, overrides)}
    things = Things(settings.parquet, overrides.decisions)
    if settings.workbook is not None:
        return _taken(settings, settings.workbook, things)
    return DONE, _asked(settings, things)


def _taken(settings: Settings, workbook: Path, things: Things) -> tuple[int, dict[str, object]]:
    taken = take(read_lines(workbook), things, settings.by or _user(), _now())
    append(folder_at(settings.parquet), taken.new)
    for line in _told(taken):
        tell(line)
    data: dict[str, object] = {
        "taken": [one.override_id for one in taken.new],
        "known": taken.known,
        "skipped": taken.skipped,
        "refused": [asdict(one) for one in taken.refused],
    }
    return (SOME_REFUSED if taken.refused else DONE), data


def _told(taken: Taken) -> list[str]:
    told = [f"{one.sheet}, row {one.row}: {one.message}" for one in taken.refused]
    summary = f"{count(len(taken.new), 'decision')} taken, {taken.known} were there already, {taken.skipped} left open"
    told.append(f"{summary}, {len(taken.refused)} refused." if taken.refused else f"{summary}.")
    return [*told, NEXT] if taken.new else told


def _asked(settings: Settings, things: Things) -> dict[str, object]:
    items = items_of(settings.parquet, things, settings.asked)
    by = settings.by or _user()
    if items and not by:
        raise NobodyDecides("Nobody is named who decides.")
    folder = folder_at(settings.parquet)
    session = Session(
        report=settings.report,
        names=names_of(settings.parquet),
        by=by or "",
        now=_now,
        keep=lambda decisions: append(folder, decisions),
        answers=sys.stdin,
        told=sys.stderr,
    )
    tell(f"{count(len(items), 'thing')} to look at." if items else "Nothing is left to look at.")
    session.run(items)
    if session.decided:
        tell(f"{count(len(session.decided), 'decision')} kept in {settings.parquet / FILE}. {NEXT}")
    return {"decided": [one.override_id for one in session.decided], "to_look_at": len(items)}


def list_lines(parquet: Path, data: Mapping[str, object]) -> list[str]:
    """The list of decisions for people."""
    rows = data.get("overrides")
    return list(lines(rows, names_of(parquet))) if isinstance(rows, list) else []


def names_of(parquet: Path) -> dict[str, str]:
    """Office, year and path of each document."""
    columns = ("document_id", "satker_name", "institution", "year", "source_path")
    found = {}
    for row in selected(parquet, "documents", columns):
        told = [row["satker_name"] or row["institution"], None if row["year"] is None else str(row["year"]), row["source_path"]]
        found[str(row["document_id"])] = " · ".join(part for part in told if part)
    return found


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, as in some containers
        return None


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
