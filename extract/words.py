"""Letters to words: what stands on one base line without a blank between."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.geometry import BBox
from extract.page import Word

WORD_GAP = 0.13  # of the font size: a blank of set text is about .2 em, .14 where kerned between capitals ("KOTA A"); tracking is less
BASELINE_SHIFT = 0.35  # of the font size: a letter higher or lower than this is on another line
BACK_STEP = 0.5  # of the font size: a letter that far back begins anew (the next line, or another cell)
SOFT_HYPHEN = "\u00ad"  # printed only where the line ends after it
HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", SOFT_HYPHEN: "-", "\u0002": "-", "\ufffe": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter on the upright page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    bold: bool


def words_of(glyphs: Sequence[Glyph], page: int) -> list[Word]:
    """Words of glyphs that are given in drawing order, themselves in drawing order."""
    out: list[Word] = []
    run: list[Glyph] = []
    soft: Glyph | None = None
    for g in glyphs:
        if g.text == SOFT_HYPHEN:
            soft = g
            continue
        if soft is not None and run and _apart(run[-1], g):
            run.append(soft)
        soft = None
        text = unicodedata.normalize("NFKC", g.text.translate(HYPHENS))
        if not text.strip():
            _close(run, page, out)
            continue
        if run and _apart(run[-1], g):
            _close(run, page, out)
        run.append(g)
    if soft is not None and run:
        run.append(soft)
    _close(run, page, out)
    return out


def _apart(a: Glyph, b: Glyph) -> bool:
    size = max(a.size, b.size, 1.0)
    return (
        abs(a.baseline - b.baseline) > BASELINE_SHIFT * size
        or b.x0 - a.x1 > WORD_GAP * size
        or b.x0 < a.x0 - BACK_STEP * size
    )


def _close(run: list[Glyph], page: int, out: list[Word]) -> None:
    if not run:
        return
    text = ""
    edges: list[float] = []
    for g in run:
        part = unicodedata.normalize("NFKC", g.text.translate(HYPHENS)).strip()
        step = (g.x1 - g.x0) / max(1, len(part))
        edges += [g.x0 + k * step for k in range(len(part))]
        text += part
    edges.append(run[-1].x1)
    box = BBox(
        page, min(g.x0 for g in run), min(g.top for g in run), max(g.x1 for g in run), max(g.bottom for g in run)
    )
    out.append(
        Word(text, box, run[0].baseline, max(g.size for g in run), bold=all(g.bold for g in run), edges=tuple(edges))
    )
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
            parts.append(Word(word.text[start:end], box, word.baseline, word.size, word.bold, edges))
        start = end
    return parts


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words grouped into lines (same base line within ``BASELINE_SHIFT``), top to bottom, each from left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.baseline, w.box.x0)):
        if lines and word.baseline - lines[-1][0].baseline <= BASELINE_SHIFT * min(word.size, lines[-1][0].size):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.box.x0) for line in lines]
