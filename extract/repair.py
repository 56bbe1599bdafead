"""What an OCR engine misreads in ways that show: a letter among digits, a digit among letters, foreign letters, stray strokes.

Only words that were read from a picture are mended; what the engine read is kept as the word's ``raw``. Where the place allows
only one reading (a year after "Tahun", a word of the vocabulary) a repair takes away most of the doubt; elsewhere it adds some.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extract.geometry import hull
from extract.page import Page, Word
from extract.vocabulary import common_words, decree_words
from extract.words import is_read, lines_of, split_word

DOUBT_LEFT = 0.35  # share of the doubt about a word that is left when its repair fits where only one reading may stand
UNPROVED = 0.95  # factor on the confidence of a word whose repair nothing confirms
UNSURE = 0.9  # confidence: a word of letters that is surer is not compared with the vocabulary
NEXT = 2.0  # of the font size: words farther apart do not speak of each other
FIRST_YEAR, LAST_YEAR = 1945, 2100
YEAR = 4  # digits
TORN = 0.6  # of the font size: parts of a word that was torn stand no farther apart
PARTS = 3  # into which a word is torn at most ("M enim bang")
LEAST_LETTERS = 5  # letters of a word that is compared with the vocabulary; short words have too many neighbours
LEAST_MIXED = 4  # letters of a word with a digit in it that is compared
TRUE_DIGITS = 2  # digits that a number has at least, where S, B and Z stand for digits too and nothing says it is one

TO_DIGIT = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "i": "1", "|": "1", "S": "5", "s": "5"})
TO_DIGIT |= str.maketrans({"B": "8", "Z": "2", "z": "2"})
TO_LETTER = str.maketrans({"0": "o", "1": "i", "5": "s", "8": "b", "6": "b", "2": "z", "4": "a", "|": "i", "!": "i"})
ALIKE = str.maketrans(  # letters of other alphabets, and signs, that look like Latin ones
    "АВСЕНІЈКМОРЅТХУаceіјорѕхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧοıł€", "ABCEHIJKMOPSTXYaceijopsxyABEZHIKMNOPTYXoile"
)
MISREADINGS = tuple(
    (pair[: pair.index(">")], pair[pair.index(">") + 1 :])
    for line in (
        "rn>m m>rn ri>n n>ri ii>u u>n n>u cl>d d>o o>d vv>w li>h b>h h>b",
        "c>e e>c e>o o>e o>a a>o q>g g>q t>l l>t f>t i>l l>i j>i",
    )
    for pair in line.split()
)
EDGES = "()[]{}<>.,;:\"'“”‘’-–"
STRAY = "|_¦¬~^`"
LABEL = re.compile(r"^(?:nomor|nomer|no)[.:]*$", re.IGNORECASE)
YEAR_LABEL = re.compile(r"^\(?(?:tahun|thn\.?|th\.|t\.a\.?)[.:]?$", re.IGNORECASE)
COUNTED = re.compile(r"^(?:lampiran|triwulan|tw|tr|semester|smt|bab|tahap|golongan)$", re.IGNORECASE)
MONTHS = "januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember"
MONTH = re.compile(rf"^(?:{MONTHS})$", re.IGNORECASE)
GLUED = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=tahun)", re.IGNORECASE)
GLUED_WORD = re.compile(rf"^(?:nomor|tahun|{MONTHS})\d+\b|^(?:nomor)?\d+tahun(?:\d+\b)?", re.IGNORECASE)
LIKE_NUMBER = re.compile(r"^[0-9OoQIl|SsBZz]{1,6}$")
LIKE_ROMAN = re.compile(r"^(?=.*[IVX])[IVXl1|]{2,4}$")
ACRONYM = re.compile(r"^(?=.*[A-Z].*[A-Z])[A-Z]*[l01][A-Z]+$|^[A-Z]{2,}[l01]$|^5[A-Z]+$")  # "SPlP", "S0P", "5K"
TO_CAPITAL = str.maketrans({"l": "I", "1": "I", "0": "O", "5": "S"})
ZONE = re.compile(r"^(?:Z[Il1|]|2[Il|])$")  # "ZI", Zona Integritas
PART = re.compile(r"[^\W_]+|[|!]+")


def repaired(page: Page) -> Page:
    """The page with its misread words mended; a digital page is left as it is."""
    if not any(is_read(w) for w in page.words):
        return page
    return replace(page, words=tuple(w for line in repaired_lines(lines_of(page.words)) for w in line))


def repaired_lines(lines: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Lines of words, those read from a picture mended."""
    out: list[list[Word]] = []
    torn = False
    for line in lines:
        clean = [part for word in line for part in _clean(word)]
        if clean:
            out.append(_with_whole_years(_in_place(_with_whole_words(clean), torn=torn)))
            torn = clean[-1].text.endswith("-")
    return out


def _clean(word: Word) -> Iterator[Word]:
    """The word in plain Latin letters without stray strokes, cut where a label and its number run together; or nothing."""
    if not is_read(word):
        yield word
        return
    text = plain(word.text)
    if not text:
        return
    whole = word if text == word.text else reworded(word, text, word.confidence)
    if GLUED_WORD.match(text):
        yield from split_word(whole, [whole.edges[m.start()] for m in GLUED.finditer(text)])
    else:
        yield whole


@functools.lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text in Latin letters without accents, and without strokes that are no letters; "" where nothing else is there."""
    if text.isascii() and not any(ch in STRAY for ch in text):
        return text
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(ALIKE))
    kept = "".join(ch for ch in folded if not unicodedata.combining(ch))
    return kept.strip(STRAY)


def reworded(word: Word, text: str, confidence: float) -> Word:
    """The word with other letters over the same place; what was read is kept."""
    edges = word.edges
    if len(text) != len(word.text):
        width = word.box.x1 - word.box.x0
        edges = tuple(word.box.x0 + k * width / len(text) for k in range(len(text) + 1))
    raw = word.raw if word.raw is not None else word.text
    return replace(word, text=text, edges=edges, confidence=confidence, raw=raw)


def _in_place(line: Sequence[Word], *, torn: bool) -> list[Word]:
    """The words of a line mended by what stands beside them.

    Args:
        line: its words.
        torn: it begins with the rest of a word.
    """
    out: list[Word] = []
    for i, word in enumerate(line):
        before = out[-1] if out and _near(out[-1], word) else None
        after = line[i + 1] if i + 1 < len(line) and _near(word, line[i + 1]) else None
        part = (torn and i == 0) or (word.text.endswith("-") and i == len(line) - 1)
        out.append(
            mended(word, before.text if before else "", after.text if after else "", part=part) if is_read(word) else word
        )
    return out


def _with_whole_words(line: Sequence[Word]) -> list[Word]:
    """The line, words of the vocabulary that were read in pieces ("KEPUTUS AN") made whole."""
    out: list[Word] = []
    i = 0
    while i < len(line):
        count = next((n for n in range(PARTS, 1, -1) if _is_torn(line[i : i + n], n)), 1)
        out.append(functools.reduce(_one, line[i : i + count]))
        i += count
    return out


def _is_torn(parts: Sequence[Word], count: int) -> bool:
    """So many words are parts of one of the vocabulary, and not all of them are words themselves."""
    if len(parts) < count or not all(is_read(w) for w in parts):
        return False
    if any(b.box.x0 - a.box.x1 >= TORN * a.size for a, b in pairwise(parts)):
        return False
    texts = [w.text.casefold() for w in parts]
    texts[-1] = texts[-1].rstrip(EDGES)
    texts[0] = texts[0].lstrip(EDGES)
    torn = all(t.isalpha() for t in texts) and not all(t in decree_words() or t in common_words() for t in texts)
    return torn and "".join(texts) in decree_words()


def _one(first: Word, rest: Word) -> Word:
    """Two parts of a word as one; what was read between them is kept."""
    box = replace(hull((first.box, rest.box)), page=first.box.page)
    confidence = min(first.confidence, rest.confidence)
    raw = f"{first.raw or first.text} {rest.raw or rest.text}"
    edges = (*first.edges[:-1], *rest.edges)
    return replace(first, text=first.text + rest.text, box=box, edges=edges, confidence=confidence, raw=raw)


def _with_whole_years(line: Sequence[Word]) -> list[Word]:
    """The line, a year that was read in two pieces ("April 2 022") made whole."""
    out: list[Word] = []
    for word in line:
        if len(out) > 1 and is_read(word) and _is_rest_of_year(out[-2].text, out[-1].text, word.text):
            out[-1] = _one(out[-1], word)
        else:
            out.append(word)
    return out


def _is_rest_of_year(label: str, first: str, rest: str) -> bool:
    year = first + rest.strip(EDGES)
    named = MONTH.match(label) or YEAR_LABEL.match(label)
    return bool(named) and len(year) == YEAR and year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR


def _near(a: Word, b: Word) -> bool:
    return b.box.x0 - a.box.x1 < NEXT * a.size


def mended(word: Word, before: str, after: str, *, part: bool = False) -> Word:
    """A word read from a picture, mended where its letters cannot be what is printed.

    Args:
        word: as read.
        before: text of the word left of it, "" where none is near.
        after: text of the word right of it.
        part: it is a part of a word that a line break cut.
    """
    core = word.text.strip(EDGES)
    at = word.text.find(core)
    if not core:
        return word
    for text, proved in _readings(core, before, after, part=part, sure=word.confidence >= UNSURE):
        if text != core:
            doubt = 1 - word.confidence
            confidence = 1 - DOUBT_LEFT * doubt if proved else UNPROVED * word.confidence
            return reworded(word, word.text[:at] + text + word.text[at + len(core) :], round(confidence, 4))
        return word
    return word


def _readings(core: str, before: str, after: str, *, part: bool, sure: bool) -> Iterator[tuple[str, bool]]:
    """What a word may be, the likeliest first, and whether the place proves it."""
    digits = core.translate(TO_DIGIT)
    if LIKE_NUMBER.match(core):
        if YEAR_LABEL.match(before) or MONTH.match(before):
            if len(digits) == YEAR and FIRST_YEAR <= int(digits) <= LAST_YEAR:
                yield digits, True
        elif MONTH.match(after) and 1 <= int(digits) <= 31:
            yield digits, True
        elif LABEL.match(before) and (any(ch.isdigit() for ch in core) or YEAR_LABEL.match(after)):
            yield digits, not re.search(r"[SsBZz]", core)
    if ZONE.match(core) and (core[0] == "Z" or before):
        yield "ZI", core[0] == "Z"
    if (
        LIKE_ROMAN.match(core)
        and (COUNTED.match(before) or not core.isdigit())
        and (re.search(r"[VX]", core) or "1" not in core)
    ):
        yield re.sub(r"[l1|]", "I", core), True
    if ACRONYM.match(core):
        yield core.translate(TO_CAPITAL), False
    if any(ch.isdigit() for ch in core):
        mixed = "".join(_part_of_number(p) for p in re.split(r"([/.,\-–])", core))
        if mixed != core:
            yield mixed, False
    if not part:
        lettered = PART.sub(lambda m: _of_vocabulary(m.group(), sure), core)
        if lettered != core:
            yield lettered, True


def _part_of_number(text: str) -> str:
    """A part of a number between its slashes and points, in digits where it has some and else only what looks like them."""
    if not LIKE_NUMBER.match(text) or not any(ch.isdigit() for ch in text):
        return re.sub(r"[l1|]", "I", text) if LIKE_ROMAN.match(text) and not text.isdigit() else text
    true = sum(ch.isdigit() for ch in text)
    return text.translate(TO_DIGIT) if true >= TRUE_DIGITS or not re.search(r"[SsBZz]", text) else text


@functools.lru_cache(maxsize=4096)
def _of_vocabulary(word: str, sure: bool) -> str:
    """The one known word that a misread one stands for; the word itself where it is known, or there is none, or several.

    Args:
        word: letters and digits.
        sure: it was read so surely that only a digit in it shows a slip.
    """
    folded = word.casefold()
    mixed = any(not ch.isalpha() for ch in word)
    if folded in decree_words() or len(word) < (LEAST_MIXED if mixed else LEAST_LETTERS) or len(folded) != len(word):
        return word
    if sum(ch.isalpha() for ch in word) * 2 < len(word) or (sure and not mixed):
        return word
    capitals = word.replace("l", "I").casefold()  # "PEMlLlHAN"
    found = {new for new in (capitals, *_misread(folded)) if new in decree_words()}
    return _cased(found.pop(), word) if len(found) == 1 else word


def _misread(word: str) -> Iterator[str]:
    """What the word may have been, by one of the usual misreadings; digits in it are letters first."""
    letters = word.translate(TO_LETTER)
    yield letters
    yield word.replace("1", "l").translate(TO_LETTER)
    for wrong, right in MISREADINGS:
        at = letters.find(wrong)
        while at >= 0:
            yield letters[:at] + right + letters[at + len(wrong) :]
            at = letters.find(wrong, at + 1)


def _cased(text: str, model: str) -> str:
    """The text in the case of the word as read."""
    letters = [ch for ch in model if ch.isalpha()]
    if sum(ch.isupper() for ch in letters) * 2 > len(letters):
        return text.upper()
    capital = model[0].isupper() or model[0].isdigit() or (model[0] == "l" and text[0] == "i")  # "0ktober", "lntegritas"
    return text[0].upper() + text[1:] if capital else text
