"""Sidecars of a feed (``<name>.pdf.jdih.json``) to rows of the tables jdih and jdih_checks. Pure: bytes in, rows out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from normalize.jdih_check import check_bytes, check_entry
from normalize.jdih_entry import Entry, looks_like_entry, parse_entry

Row = dict[str, object]

SUFFIX = ".jdih.json"
"""What stands behind the whole name of the PDF: ``5-rencana.pdf.jdih.json``."""

MOST_BYTES = 256_000
"""Bytes of a sidecar that are read: a real one has some 3 kB; with one byte more it is refused unread."""

BAD_METADATA = "bad-metadata"
CURE = "Run `zi fetch` again, or delete the file; the decree itself is not affected."


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The metadata that lie beside a PDF, with what was read from it.

    Attributes:
        source_path: of the PDF.
        document_id: of the PDF.
        document: its row of ``documents``; None where it could not be extracted.
        fields: its rows of ``fields``.
        data: bytes of the sidecar, at most ``MOST_BYTES + 1`` of them.
    """

    source_path: str
    document_id: str
    document: Mapping[str, object] | None
    fields: Sequence[Mapping[str, object]]
    data: bytes


class _BadSidecar(ValueError):
    """A sidecar that is no metadata; the text says why."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a sidecar holds."""

    entry: Entry
    feed: str | None
    address: str | None
    sha256: str | None


def jdih_tables(sidecars: Iterable[Sidecar]) -> dict[str, list[Row]]:
    """Rows of ``jdih`` and ``jdih_checks``, and of ``failures`` for sidecars that cannot be read.

    Args:
        sidecars: one per PDF that has one; several may share a document (same bytes under two names).
    """
    tables: dict[str, list[Row]] = {"jdih": [], "jdih_checks": [], "failures": []}
    for sidecar in sidecars:
        try:
            kept = _read(sidecar.data)
        except _BadSidecar as error:
            tables["failures"].append(_failure(sidecar, str(error)))
            continue
        tables["jdih"].append(_entry_row(sidecar, kept))
        tables["jdih_checks"] += _check_rows(sidecar, kept)
    return tables


def _read(data: bytes) -> _Kept:
    """What the bytes say.

    Raises:
        _BadSidecar: they are no metadata.
    """
    if len(data) > MOST_BYTES:
        raise _BadSidecar(f"it has more than {MOST_BYTES:,} bytes")
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _BadSidecar("it is not JSON in UTF-8") from error
    if not isinstance(whole, dict):
        raise _BadSidecar("it is no JSON object")
    # An entry that somebody put beside a PDF by hand needs no wrapping.
    raw = whole.get("entry", whole)
    if not isinstance(raw, dict) or not looks_like_entry(raw):
        raise _BadSidecar("it holds no entry of a feed (judul, and urlDownload or noPeraturan)")
    bare = raw is whole
    return _Kept(
        entry=parse_entry(raw),
        feed=None if bare else _plain(whole.get("feed")),
        address=None if bare else _plain(whole.get("download_address")),
        sha256=None if bare else _plain(whole.get("sha256")),
    )


def _plain(value: object) -> str | None:
    """A text that any table can hold."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) and value else None


def _failure(sidecar: Sidecar, why: str) -> Row:
    return {
        "source_path": sidecar.source_path + SUFFIX,
        "document_id": sidecar.document_id,
        "page": None,
        "code": BAD_METADATA,
        "message": f"The metadata beside the PDF cannot be used: {why}.",
        "cure": CURE,
    }


def _entry_row(sidecar: Sidecar, kept: _Kept) -> Row:
    entry = kept.entry
    number = entry.number or entry.title_number
    return {
        "document_id": sidecar.document_id,
        "source_path": sidecar.source_path,
        "feed": kept.feed,
        "feed_id": entry.id,
        "url": kept.address or entry.address,
        "title": entry.title,
        "type": entry.kind or entry.short_kind,
        "number_raw": entry.number_raw,
        "number": number.number if number else None,
        "year": entry.year,
        "date_enacted": entry.date_enacted,
        "date_promulgated": entry.date_promulgated,
        "author": entry.author,
        "place": entry.place,
        "status": entry.status,
        "in_force": entry.in_force,
        "subject": entry.subject,
        "field_of_law": entry.field_of_law,
        "source": entry.source,
        "detail_url": entry.detail_address,
    }


def _check_rows(sidecar: Sidecar, kept: _Kept) -> list[Row]:
    checks = check_entry(kept.entry, sidecar.document, sidecar.fields)
    if kept.sha256 is not None:
        checks.append(check_bytes(kept.sha256, sidecar.document_id))
    return [
        {
            "document_id": sidecar.document_id,
            "source_path": sidecar.source_path,
            "field": check.field,
            "feed_value": check.feed_value,
            "decree_value": check.decree_value,
            "verdict": check.verdict,
            "page": check.page,
            "needs_review": check.needs_review,
        }
        for check in checks
    ]
