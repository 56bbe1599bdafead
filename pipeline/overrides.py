"""The overrides file of an output folder: read for a run, appended to by `zi review`, never rewritten; and its table."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from normalize.overrides import FILE, Decision, Outcome, Overrides, parse_overrides
from normalize.overrides_replay import NOT_READ
from pipeline.errors import OutputNotWritable, OverridesUnreadable
from pipeline.result import Row
from pipeline.storage import Folder, LocalFolder, reason

SHOWN = 120  # letters of a text that stand for a thing that has no name any more


def load_overrides(out: Folder) -> Overrides:
    """What people decided, as the file of the folder says it; nothing where there is none.

    Raises:
        OverridesUnreadable: it is there and cannot be read.
    """
    try:
        data = out.read(FILE)
    except OSError as error:
        raise OverridesUnreadable(f"{FILE} in {out.address} cannot be read: {reason(error)}.") from error
    return Overrides() if data is None else parse_overrides(data)


def append(out: Folder, decisions: Sequence[Decision]) -> None:
    """Appends decisions to the file of the folder, and makes them last through a power cut.

    A last line that was cut off by a crash stays as it is, and the next one begins on a line of its own.

    Raises:
        OutputNotWritable: the file cannot be written; in a folder of this machine a part of the lines may be there.
    """
    data = "".join(decision.as_line() + "\n" for decision in decisions).encode()
    if not data:
        return
    try:
        if isinstance(out, LocalFolder):
            _append_here(out, data)
        else:
            before = out.read(FILE) or b""
            out.write(FILE, before + (b"" if before.endswith(b"\n") or not before else b"\n") + data)
    except OSError as error:
        raise OutputNotWritable(f"{FILE} in {out.address} cannot be written: {reason(error)}.") from error


def _append_here(out: LocalFolder, data: bytes) -> None:
    with (out.path / FILE).open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                data = b"\n" + data
        file.write(data)  # one write: two people who append at the same time do not cut each other's lines
        file.flush()
        os.fsync(file.fileno())


def override_rows(overrides: Overrides, outcomes: Mapping[str, Sequence[Outcome]]) -> list[Row]:
    """Rows of the table ``overrides``: every decision of the file with what became of it.

    Decisions about findings change no row here: the audit takes the last one on each, which counts as applied.

    Args:
        overrides: of the file.
        outcomes: of the documents that there are, by document_id.
    """
    known = {outcome.override_id: outcome for told in outcomes.values() for outcome in told}
    last = {one.text if one.table == "findings" else one.override_id: one.line for one in overrides.decisions}
    return [_row(one, _outcome(one, outcomes, known, last)) for one in overrides.decisions]


def _outcome(
    one: Decision, outcomes: Mapping[str, Sequence[Outcome]], known: Mapping[str, Outcome], last: Mapping[str | None, int]
) -> Outcome:
    name, key = one.override_id, one.text if one.table == "findings" else one.key or None
    if one.document_id not in outcomes:
        return Outcome(name, "elsewhere", None, key)
    if last[one.text if one.table == "findings" else name] != one.line:
        return Outcome(name, "superseded", None, key)  # a later line on the same finding, or the same line once more
    if one.table == "findings":
        return Outcome(name, "applied", None, key)
    return known.get(name, Outcome(name, "stale", NOT_READ, key))


def _row(one: Decision, outcome: Outcome) -> Row:
    return {
        "override_order": one.line,
        "override_id": one.override_id,
        "document_id": one.document_id,
        "table": one.table,
        "field": one.field,
        "key": outcome.key or one.key or (one.text or one.field)[:SHOWN],
        "page": one.page,
        "boxes": [dict(zip(("page", "x0", "top", "x1", "bottom"), box, strict=True)) for box in one.boxes],
        "before": one.before,
        "value": one.value,
        "status": outcome.status,
        "reason": outcome.reason,
        "decided_by": one.decided_by,
        "decided_at": one.decided_at,
        "why": one.why,
    }
