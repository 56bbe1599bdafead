"""Boxes that belong together: words in cells, cells side by side, fills that look the same."""

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


def held(outer: Sequence[BBox], inner: Sequence[BBox]) -> list[list[BBox]]:
    """For each outer box the inner ones whose middle it holds."""
    x0, top, x1, bottom = np.array([(b.x0, b.top, b.x1, b.bottom) for b in outer]).reshape(-1, 4, 1).swapaxes(0, 1)
    cx, cy = np.array([(b.cx, b.cy) for b in inner]).reshape(-1, 2).T
    holds = (x0 <= cx) & (cx <= x1) & (top <= cy) & (cy <= bottom)
    return [[inner[k] for k in np.flatnonzero(row).tolist()] for row in holds]
