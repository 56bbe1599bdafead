"""Crops of pages for the report: which places a value or a finding needs, and where their pictures are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from audit.crops import pages_of, views
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
        found = ((page, self._one(document_id, page, on_page)) for page, on_page in pages_of(boxes).items())
        return [[page, address] for page, address in found if address is not None]

    def of_places(self, places: Iterable[Row]) -> list[Json]:
        """One picture for each role, document and page of a finding's places: [role, document, page, address or None].

        Places without a picture stay, as they tell where to look.
        """
        found = views(places).items()
        return [[role, document, page, self._one(document, page, boxes)] for (role, document, page), boxes in found]

    def _one(self, document_id: str, page: int, boxes: Sequence[Box]) -> str | None:
        return None if self._crops is None else self._crops.of(document_id, page, boxes)
