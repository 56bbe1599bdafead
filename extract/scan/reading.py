"""The words of a scanned page: lines found, read, read again where the first reading is poor, and put in their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.page import Rule, Word
from extract.scan.confidence import word_confidence
from extract.scan.dirt import Judge, judge_of
from extract.scan.engine import Engine, Found, Reading
from extract.scan.lines import find_lines, rule_mask, without_rules
from extract.scan.picture import Mask, Pixels, Straight
from extract.scan.spacing import placed, setting_of, spell, strain

POOR = 0.8  # score of a line's worst letter under which the line is read a second time
CLOSER = 0.12  # of a line's height: the second reading sees that much less above and below
STRAINED = 0.45  # font sizes: room in a word from which a letter was overlooked
ROMAN = re.compile(r"(?<![A-Za-z0-9])(?=[1l]*[IVX])[IVXL1l]{2,}(?![A-Za-z0-9])")  # so narrow that two are taken for one
MOST_POOR = 0.15  # share of a page's lines that are read twice at most, the worst ones
STRIP = 0.95  # of the usual line: height of the strip that is read where a signature runs over a name
STRIP_STEP = 0.2  # of the usual line: strips are tried that far apart
STRIP_SCORE = 0.9  # mean score from which a strip is believed to hold a name,
STRIP_LETTERS = 4  # and letters that its longest word has at least: loops of a pen read as one or two
HIDDEN = 5.0  # of the usual line: so much of a line a seal can hide at either end,
HIDDEN_LETTERS = 3  # and so many letters at least must come to light
MOST_TALL = 4  # signatures on a page that are searched for names,
MOST_STRIPS = 3  # and lines that are looked for in each


@dataclass(frozen=True, slots=True)
class Read:
    """One line and what was read in it."""

    line: Found
    reading: Reading
    again: Reading | None = None


def read_words(straight: Straight, rules: Sequence[Rule], engine: Engine, page: int) -> list[Word]:
    """Every word on the page, in no order.

    Args:
        straight: the page.
        rules: its ruling lines; no word runs over one.
        engine: finds and reads.
        page: page number.
    """
    mask = rule_mask(rules, straight)
    clean, print_ = without_rules(straight, mask), straight.ink & ~mask
    lines = find_lines(straight, rules, engine, clean, print_)
    if not lines:
        return []
    readings = engine.read([_crop(clean, line) for line in lines])
    judge = judge_of(lines, readings, rules, straight, mask)
    reads = [Read(line, reading) for line, reading in zip(lines, readings, strict=True)]
    reads = [_whole(read, reads, judge, clean, engine) for read in reads]
    reads = _under_signatures(reads, judge, clean, print_, engine)
    reads = _second([read for read in reads if judge.is_text(read.line, read.reading)], clean, print_, engine)
    return [word for read in reads for word in _words(read, print_, page, straight.scale)]


def _whole(read: Read, reads: Sequence[Read], judge: Judge, clean: Pixels, engine: Engine) -> Read:
    """An overlooked line with the words at its ends that a seal or a signature hid; the same where there are none."""
    if not judge.is_loose(read.line, read.reading):
        return read
    line, reach = read.line, round(HIDDEN * judge.usual)
    beside = [r.line for r in reads if r is not read and r.line.score > 0 and _shares_rows(r.line, line, judge.usual * HIDDEN)]
    left = max([0, line.x0 - reach, *(b.x1 for b in beside if b.x1 <= line.x0)])
    right = min([clean.shape[1], line.x1 + reach, *(b.x0 for b in beside if b.x0 >= line.x1)])
    longer = Found(left, line.top, right, line.bottom, line.score)
    (reading,) = engine.read([_crop(clean, longer)])
    grown = len(reading.text) - len(read.reading.text)
    if grown >= HIDDEN_LETTERS and float(np.mean(reading.scores)) >= STRIP_SCORE:
        return Read(longer, reading)
    return read


def _under_signatures(reads: Sequence[Read], judge: Judge, clean: Pixels, print_: Mask, engine: Engine) -> list[Read]:
    """The lines, where a name that a signature runs over is read from a strip as high as a line.

    The engine takes name and signature for one line. The name is the part with most ink, and often its first word was found by
    itself: such a line beside it goes into the strip.
    """
    out = list(reads)
    tall = [read for read in reads if judge.is_tall(read.line) and not judge.is_text(read.line, read.reading)]
    rest = print_.copy()
    for line in judge.firm:
        rest[line.top : line.bottom, line.x0 : line.x1] = False
    for read in sorted(tall, key=lambda r: r.line.x0 - r.line.x1)[:MOST_TALL]:
        for strip in _strips(read.line, judge.usual, rest):
            beside = [r for r in out if r is not read and _shares_rows(r.line, strip, judge.usual)]
            x0, x1 = min([strip.x0, *(r.line.x0 for r in beside)]), max([strip.x1, *(r.line.x1 for r in beside)])
            whole = Found(x0, strip.top, x1, strip.bottom, read.line.score)
            (reading,) = engine.read([_crop(clean, whole)])
            longest = max((len(word) for word in reading.text.split()), default=0)
            if longest >= STRIP_LETTERS and float(np.mean(reading.scores)) >= STRIP_SCORE:
                out = [r for r in out if r is not read and r not in beside]
                out.append(Read(whole, reading))
    return out


def _strips(line: Found, usual: float, rest: Mask) -> list[Found]:
    """The parts of a high box, each as high as a line, that hold most ink of no line yet; the fullest first."""
    rows = rest[line.top : line.bottom, line.x0 : line.x1].sum(axis=1)
    height, step = max(1, round(STRIP * usual)), max(1, round(STRIP_STEP * usual))
    starts = sorted(
        range(0, max(1, line.bottom - line.top - height + 1), step), key=lambda k: int(rows[k : k + height].sum()), reverse=True
    )
    chosen: list[int] = []
    for start in starts:
        if len(chosen) < MOST_STRIPS and all(abs(start - other) >= height for other in chosen):
            chosen.append(start)
    return [Found(line.x0, line.top + k, line.x1, min(line.bottom, line.top + k + height), line.score) for k in chosen]


def _shares_rows(line: Found, strip: Found, usual: float) -> bool:
    """The line stands beside the strip or reaches into it, on the same height."""
    shared = min(line.bottom, strip.bottom) - max(line.top, strip.top)
    away = max(line.x0 - strip.x1, strip.x0 - line.x1)
    return shared >= 0.6 * (line.bottom - line.top) and away <= usual


def _crop(picture: Pixels, line: Found) -> Pixels:
    return picture[line.top : line.bottom, line.x0 : line.x1]


def _second(reads: Sequence[Read], clean: Pixels, print_: Mask, engine: Engine) -> list[Read]:
    """The lines, with another reading of those that are poor: cut closer, which shows the engine larger letters."""
    doubts = [_doubt(read, print_) for read in reads]
    poor = sorted((k for k, doubt in enumerate(doubts) if doubt > 0), key=lambda k: -doubts[k])
    poor = poor[: 1 + round(MOST_POOR * len(reads))]
    again = engine.read([_closer(clean, reads[k].line) for k in poor])
    out = list(reads)
    for k, reading in zip(poor, again, strict=True):
        out[k] = _settled(Read(reads[k].line, reads[k].reading, reading), print_)
    return out


def _doubt(read: Read, print_: Mask) -> float:
    """Why a line is read again: 0 for no reason, more for a better one."""
    worst = min(read.reading.scores, default=1.0)
    strained = _strain(read.line, read.reading, print_)
    roman = 0.1 if ROMAN.search(read.reading.text) else 0.0
    return max(1 - worst if worst < POOR else 0.0, strained if strained > STRAINED else 0.0, roman)


def _strain(line: Found, reading: Reading, print_: Mask) -> float:
    if not reading.text:
        return 0.0
    size = setting_of(line, reading.text, print_).size
    return max((strain(word, size) for word in spell(line, reading, print_, size)), default=0.0)


def _closer(clean: Pixels, line: Found) -> Pixels:
    cut = round(CLOSER * (line.bottom - line.top))
    return clean[line.top + cut : line.bottom - cut, line.x0 : line.x1]


def _settled(read: Read, print_: Mask) -> Read:
    """The line with the better of its two readings first: no letter overlooked, then the higher scores."""
    first, second = read.reading, read.again
    if second is None or not second.text:
        return read
    longer = len("".join(ROMAN.findall(second.text))) - len("".join(ROMAN.findall(first.text)))
    if longer and ROMAN.sub("", first.text) == ROMAN.sub("", second.text):
        better = longer > 0  # the engine takes two narrow letters for one, not one for two
    else:
        a, b = _strain(read.line, first, print_), _strain(read.line, second, print_)
        better = b < a if max(a, b) > STRAINED else _worth(second) > _worth(first)
    return Read(read.line, second, first) if better else read


def _words(read: Read, print_: Mask, page: int, scale: float) -> list[Word]:
    setting = setting_of(read.line, read.reading.text, print_)
    said = read.again.text.split() if read.again is not None else None
    out: list[Word] = []
    for word in spell(read.line, read.reading, print_, setting.size):
        strained = strain(word, setting.size) > STRAINED
        confidence = word_confidence(word.text, word.scores, said, strained=strained)
        out.append(placed(word, setting, page, scale, confidence))
    return out


def _worth(reading: Reading) -> float:
    return float(np.mean(np.log(np.maximum(reading.scores, 1e-3))))
