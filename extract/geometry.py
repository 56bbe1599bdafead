"""Boxes on the upright page: the one geometric vocabulary of the house."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class BBox:
    """A box on one page, in PDF points, origin at the top left of the upright page.

    Attributes:
        page: page number, from 1.
        x0, top, x1, bottom: left, upper, right and lower edge; ``x0 <= x1`` and ``top <= bottom``.
    """

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    @property
    def cx(self) -> float:
        """Horizontal centre in points."""
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        """Vertical centre in points."""
        return (self.top + self.bottom) / 2

    @property
    def area(self) -> float:
        """Area in square points."""
        return self.width * self.height

    def overlap(self, other: BBox) -> float:
        """Area shared with another box of the same page, in square points."""
        if self.page != other.page:
            return 0.0
        w = min(self.x1, other.x1) - max(self.x0, other.x0)
        h = min(self.bottom, other.bottom) - max(self.top, other.top)
        return w * h if w > 0 and h > 0 else 0.0


def hull(boxes: Iterable[BBox]) -> BBox:
    """The smallest box around all boxes, which must be of one page and at least one.

    Raises:
        ValueError: no boxes, or boxes of several pages.
    """
    every = list(boxes)
    if not every:
        raise ValueError("hull of no boxes")
    if len({b.page for b in every}) > 1:
        raise ValueError("hull of boxes of several pages")
    return BBox(
        every[0].page,
        min(b.x0 for b in every),
        min(b.top for b in every),
        max(b.x1 for b in every),
        max(b.bottom for b in every),
    )


def hulls_by_page(boxes: Iterable[BBox]) -> tuple[BBox, ...]:
    """One box around the boxes of each page, in page order; empty for no boxes."""
    pages: dict[int, list[BBox]] = {}
    for box in boxes:
        pages.setdefault(box.page, []).append(box)
    return tuple(hull(pages[n]) for n in sorted(pages))
