"""All findings by column, texts written once: what the list filters, and where a decree's page takes its findings from."""

from __future__ import annotations

from collections.abc import Mapping

from audit.report.packing import Json
from audit.report.source import Source
from audit.report.strings import Interned

PLAIN = (
    "code",
    "severity",
    "certainty",
    "message",
    "message_en",
    "found",
    "expected",
    "subject",
    "source",
    "source_en",
    "decision",
)
COLUMNS = ("document_id", "page", "confidence", "doubts", *PLAIN)


def findings(source: Source) -> Json:
    """The findings, in the order of the table.

    A text is its number in ``strings``; -1 for none. The findings of one document follow each other, so that its page can
    count them.
    """
    index = {row["document_id"]: n for n, row in enumerate(source.documents)}
    strings = Interned()
    columns: Mapping[str, list[Json]] = {name: [] for name in ("doc", "page", "confidence", "doubts", *PLAIN)}
    for document, page, confidence, doubts, *texts in source.each("findings", COLUMNS):
        columns["doc"].append(index.get(document, -1))
        columns["page"].append(page)
        columns["confidence"].append(confidence)
        columns["doubts"].append([strings.number(doubt) for doubt in doubts])
        for name, text in zip(PLAIN, texts, strict=True):
            columns[name].append(strings.number(text))
    return {"strings": strings.texts, **columns}
