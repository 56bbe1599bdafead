"""Crops of pages for the report: which places a value or a finding needs, and where their pictures are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from audit.report.packing import Json
from audit.report.source import Row

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in PDF points from the top left of the upright page


class Crops(Protocol):
    """Pictures of places on pages."""

    def of(self, document_id: str, page: int, boxes: Sequence[Box]) -> str | None:
        """A path relative to the report, or a data: URI; None where there is no picture.

        Args:
            document_id: the document.
            page: from 1.
            boxes: what the picture shows.
        """


class Pictures:
    """Asks for crops; without crops every answer is empty, and the report shows page and place in words."""

    def __init__(self, crops: Crops | None) -> None:
        """Takes the crops, or None where none were made."""
        self._crops = crops

    def of_boxes(self, document_id: str, boxes: Iterable[Row]) -> list[Json]:
        """One picture for each page that the boxes stand on: [page, address]."""
        return [[page, address] for _, page, address in self._all(("", document_id, box) for box in boxes)]

    def of_places(self, places: Iterable[Row]) -> list[Json]:
        """One picture for each role, document and page of a finding's places: [role, document, page, address or None].

        Places without a picture stay, as they tell where to look.
        """
        grouped = _grouped((place["role"], place["document_id"], place) for place in places)
        return [[role, document, page, self._one(document, page, boxes)] for (role, document, page), boxes in grouped.items()]

    def _all(self, places: Iterable[tuple[str, str, Row]]) -> Iterable[tuple[str, int, str]]:
        for (_, document, page), boxes in _grouped(places).items():
            address = self._one(document, page, boxes)
            if address is not None:
                yield document, page, address

    def _one(self, document_id: str, page: int, boxes: Sequence[Box]) -> str | None:
        return None if self._crops is None else self._crops.of(document_id, page, boxes)


def _grouped(places: Iterable[tuple[str, str, Row]]) -> Mapping[tuple[str, str, int], list[Box]]:
    groups: dict[tuple[str, str, int], list[Box]] = {}
    for role, document, box in places:
        groups.setdefault((role, document, box["page"]), []).append((box["x0"], box["top"], box["x1"], box["bottom"]))
    return groups
