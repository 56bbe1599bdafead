"""Things that belong together because a chain of neighbours links them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extract.geometry import BBox

Links = npt.NDArray[np.bool_]
"""Which things are linked to which (things, things)."""

BESIDE = 1.0  # points between two cells that share a border


def groups(linked: Links) -> npt.NDArray[np.int64]:
    """The number of each thing's group."""
    group = np.arange(len(linked), dtype=np.int64)
    while True:
        least = np.where(linked, group[None, :], len(linked)).min(axis=1)
        if (least == group).all():
            return group
        group = least[least]


def touching(boxes: Sequence[BBox]) -> Links:
    """Which boxes touch or overlap."""
    x0, top, x1, bottom = np.array([(b.x0, b.top, b.x1, b.bottom) for b in boxes]).reshape(-1, 4).T
    beside = (x0[:, None] <= x1[None, :] + BESIDE) & (x0[None, :] <= x1[:, None] + BESIDE)
    links: Links = beside & (top[:, None] <= bottom[None, :] + BESIDE) & (top[None, :] <= bottom[:, None] + BESIDE)
    return links
