"""Texts that stand in many rows, written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pyarrow.compute as pc

from audit.report.packing import Json
from audit.report.source import Source

SHORTEST = 12  # characters: shorter texts pack well by themselves
TEXTS = {
    "plan_rows": ("area", "component", "item", "success_indicator", "action", "evidence", "target_raw", "notes"),
    "provisions": ("text",),
    "legal_bases": ("title", "text"),
    "lampiran_texts": ("text",),
}


class Strings:
    """A table of texts; who refers to one writes its number, and any other text as it is."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Takes the texts in the order of their numbers."""
        self.texts = list(texts)
        self._number = {text: number for number, text in enumerate(self.texts)}

    def ref(self, text: str | None) -> Json:
        """The number of the text, or the text itself where it is not shared."""
        return None if text is None else self._number.get(text, text)


def shared_strings(source: Source) -> Strings:
    """The texts that stand in more than one row, the most frequent first."""
    counts: Counter[str] = Counter()
    for table, columns in TEXTS.items():
        for column in columns:
            found = pc.value_counts(source.table(table).column(column))
            counts.update(dict(zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True)))
    several = [(text, n) for text, n in counts.items() if text is not None and n > 1 and len(text) >= SHORTEST]
    return Strings(text for text, _ in sorted(several, key=lambda pair: (-pair[1], pair[0])))


class Interned:
    """Numbers texts as they come."""

    def __init__(self) -> None:
        """Starts without a text."""
        self.texts: list[str] = []
        self._number: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """The number of the text; -1 for none."""
        if text is None:
            return -1
        if text not in self._number:
            self._number[text] = len(self.texts)
            self.texts.append(text)
        return self._number[text]
