"""Letters to words: what stands on one base line without a blank between."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from extract.geometry import BBox
from extract.page import Word

WORD_GAP = 0.13  # of the font size: a set blank is about .2 em, .14 where capitals are kerned ("KOTA A"); tracking is less
BASELINE_SHIFT = 0.35  # of the font size: a letter higher or lower than this is on another line
READ_SHIFT = 0.5  # the same for words read from a picture, whose base lines are measured: less than half the pitch of lines
BACK_STEP = 0.5  # of the font size: a letter that far back begins anew (the next line, or another cell)
SOFT_ROOM = 0.1  # of the font size: a soft hyphen that is not printed takes less room
SOFT_HYPHEN = "\u00ad"  # printed only where the line ends after it
HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", SOFT_HYPHEN: "-", "\u0002": "-", "\ufffe": "-", "\u00a0": " "})


class Glyph(NamedTuple):
    """A letter on the upright page; a tuple, because a page makes thousands of them."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool


@functools.lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A glyph's text with one hyphen, no ligatures, and nothing for a blank."""
    return unicodedata.normalize("NFKC", text.translate(HYPHENS)).strip()


def words_of(glyphs: Iterable[Glyph], page: int) -> list[Word]:
    """Words of glyphs that are given in drawing order, themselves in drawing order."""
    out: list[Word] = []
    run: list[Glyph] = []
    soft: Glyph | None = None
    for g in glyphs:
        if g.text == SOFT_HYPHEN:
            soft = g
            continue
        if soft is not None and run and _is_printed(soft, g):
            run.append(soft)
            soft = None
        apart = bool(run) and _apart(run[-1], g)
        if soft is not None and apart:
            run.append(soft)
        soft = None
        if apart or not _plain(g.text):
            _close(run, page, out)
        if _plain(g.text):
            run.append(g)
    if soft is not None and run:
        run.append(soft)
    _close(run, page, out)
    return out


def _is_printed(soft: Glyph, following: Glyph) -> bool:
    """A hyphen inside a line that has room of its own is printed, whatever its code."""
    room = SOFT_ROOM * soft.size
    return soft.x1 - soft.x0 > room and abs(following.x0 - soft.x1) <= room and not _apart(soft, following)


def _apart(a: Glyph, b: Glyph) -> bool:
    size = a.size if a.size > b.size else b.size
    size = size if size > 1.0 else 1.0
    return (
        b.x0 - a.x1 > WORD_GAP * size or b.x0 < a.x0 - BACK_STEP * size or abs(a.baseline - b.baseline) > BASELINE_SHIFT * size
    )


def _close(run: list[Glyph], page: int, out: list[Word]) -> None:
    if not run:
        return
    text = "".join([_plain(g.text) for g in run])
    if len(text) == len(run):
        edges = [g.x0 for g in run]
    else:
        edges = []
        for g in run:
            n = len(_plain(g.text))
            edges += [g.x0 + k * (g.x1 - g.x0) / n for k in range(n)]
    edges.append(run[-1].x1)
    box = BBox(
        page,
        min([g.x0 for g in run]),
        min([g.top for g in run]),
        max([g.x1 for g in run]),
        max([g.bottom for g in run]),
    )
    size = max([g.size for g in run])
    out.append(Word(text, box, run[0].baseline, size, bold=all(g.bold for g in run), edges=tuple(edges)))
    run.clear()


def split_word(word: Word, cuts: Iterable[float]) -> list[Word]:
    """The word cut at each x that lies inside it; letters go to the side of their centre."""
    inner = sorted(x for x in cuts if word.box.x0 < x < word.box.x1)
    if not inner:
        return [word]
    parts: list[Word] = []
    start = 0
    centres = [(a + b) / 2 for a, b in zip(word.edges, word.edges[1:], strict=False)]
    for x in [*inner, float("inf")]:
        end = start
        while end < len(centres) and centres[end] < x:
            end += 1
        if end > start:
            edges = word.edges[start : end + 1]
            box = BBox(word.box.page, edges[0], word.box.top, max(edges[0], edges[-1]), word.box.bottom)
            parts.append(replace(word, text=word.text[start:end], box=box, edges=edges))
        start = end
    return parts


def is_read(word: Word) -> bool:
    """The word was read from a picture; a digital page's words are sure, and never repaired."""
    return word.confidence < 1.0 or word.raw is not None


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped into lines (same base line within ``BASELINE_SHIFT``), top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.baseline, w.box.x0)):
        shift = READ_SHIFT if is_read(word) else BASELINE_SHIFT
        if lines and word.baseline - lines[-1][0].baseline <= shift * min(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box.x0) for line in lines]
