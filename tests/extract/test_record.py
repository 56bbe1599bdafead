"""A reading as bytes and back: nothing of it may change, and what is no reading is told."""

from __future__ import annotations

import dataclasses
import hashlib
import random
import types
import typing
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.decree import DecreeText
from extract.document import extract_document
from extract.errors import UnusableReading
from extract.geometry import BBox
from extract.page import Fill
from extract.printed import Printed
from extract.reading import PageFacts, PageProblem, Reading
from extract.record import READING_FORMAT, decode, encode
from extract.sureness import Unsure
from extract.table import Cell, Column, LogicalTable, Row
from pipeline.process import process_document, rebuild_document
from tests.press.make_samples import RAW

SAMPLE = RAW / "arunika-9-2024.pdf"
TYPES_OF_FORMAT = {b"zi reading 1\n": "b4343a0f", b"zi reading 2\n": "c13d5bec"}
"""The types that each format was made of. A red test here: a type has changed, so READING_FORMAT must count up."""

few = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
numbers = st.floats(allow_nan=False)
small = st.integers(0, 99)
texts = st.text(max_size=8)
notes = st.lists(texts, max_size=2).map(tuple)
boxes = st.builds(BBox, small, numbers, numbers, numbers, numbers)
several = st.lists(boxes, max_size=2).map(tuple)
unsure = st.lists(st.builds(Unsure, small, small, numbers, boxes, st.none() | texts), max_size=2).map(tuple)
printed = st.builds(Printed, texts, several, numbers, notes, unsure)
colors = st.none() | st.tuples(small, small, small)
fills = st.lists(st.builds(Fill, boxes, colors, st.booleans()), max_size=2).map(tuple)
cells = st.builds(
    Cell,
    st.none() | printed,
    st.none() | texts,
    several,
    st.sampled_from(["printed", "inherited"]),
    small,
    fills,
    several,
    notes,
)
pages = st.builds(PageFacts, small, st.sampled_from(["digital", "blank"]), st.just(90), numbers, numbers, small)
problems = st.builds(PageProblem, small, texts, texts, texts)


@st.composite
def tables(draw: st.DrawFn) -> LogicalTable:
    """Rows over a few cells, some of which stand in several columns or rows."""
    pool = draw(st.lists(cells, min_size=1, max_size=4))
    chosen = st.lists(st.sampled_from(range(len(pool))), min_size=1, max_size=4)
    rows = [
        Row(tuple(pool[i] for i in draw(chosen)), 1, 2, draw(several), draw(st.booleans()), draw(st.booleans()), draw(notes))
        for _ in range(draw(st.integers(0, 3)))
    ]
    column = Column(draw(notes), (0, 1), draw(numbers), draw(numbers))
    return LogicalTable((column,), tuple(rows), draw(several), draw(st.booleans()))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """A reading with any texts and numbers in it."""
    values = {field.name: None for field in dataclasses.fields(DecreeText)}
    decree = DecreeText(**{**values, **BARE, "title": draw(printed)})  # type: ignore[arg-type]
    held = tuple(draw(st.lists(tables(), max_size=2)))
    about = tuple(draw(st.lists(pages, max_size=2)))
    return Reading("mixed", 3, about, decree, held, tuple(range(len(held))), tuple(draw(st.lists(problems, max_size=2))))


BARE = {
    "certified": False,
    "provisions": (),
    "lampiran": (),
    "sections": (),
    "lampiran_legal_bases": (),
    "table_titles": (None,),
    "first_page": 1,
    "part": "decree",
    "begins_inside": False,
}


@pytest.fixture(scope="module")
def sample() -> Reading:
    """What is read from a sample decree."""
    return extract_document(SAMPLE).reading


def sharing(table: LogicalTable) -> list[list[int]]:
    """For each place of the table, the first place that holds the same cell."""
    places = [cell for row in table.rows for cell in row.cells]
    first = {id(cell): i for i, cell in reversed(list(enumerate(places)))}
    return [[first[id(cell)] for cell in row.cells] for row in table.rows]


@few
@given(readings())
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    again = decode(encode(reading))
    assert again == reading
    assert repr(again) == repr(reading)  # tuples stay tuples, 1.0 is not 1
    assert [sharing(table) for table in again.tables] == [sharing(table) for table in reading.tables]
    assert encode(again) == encode(reading)


def test_a_decree_comes_back_as_it_was(sample: Reading) -> None:
    assert any(row.cells for table in sample.tables for row in table.rows)
    assert repr(decode(encode(sample))) == repr(sample)


def test_rows_of_a_kept_reading_are_the_fresh_ones() -> None:
    fresh = process_document(SAMPLE, "a.pdf")
    assert fresh.reading is not None
    assert rebuild_document(fresh.reading, fresh.sha256, "a.pdf") == fresh


def test_a_letter_that_is_none_becomes_a_question_mark(sample: Reading) -> None:
    title = Printed("Rencana \ud800Kerja\udfff", (), 1.0, (), (Unsure(8, 14, 0.9, BBox(1, 0, 0, 1, 1)),))
    odd = dataclasses.replace(sample, decree=dataclasses.replace(sample.decree, title=title))
    again = decode(encode(odd))
    assert again.decree.title == dataclasses.replace(title, text="Rencana ?Kerja?")
    assert again.tables == sample.tables
    assert encode(again) == encode(dataclasses.replace(odd, decree=again.decree))


def packed(data: bytes) -> bytes:
    return READING_FORMAT + zlib.compress(data)


@pytest.mark.parametrize(
    "data",
    [b"", READING_FORMAT, b"zi reading 0\n" + zlib.compress(b"\x90"), b"%PDF-1.7", packed(b""), packed(b"\x92\xc0\xc0")],
    ids=["nothing", "head alone", "older", "a PDF", "no record", "another record"],
)
def test_what_is_no_reading_is_refused(data: bytes) -> None:
    with pytest.raises(UnusableReading):
        decode(data)


def test_broken_bytes_are_refused(sample: Reading) -> None:
    whole = encode(sample)
    chance = random.Random(5)
    broken = [whole[:n] for n in chance.sample(range(len(whole)), 60)] + [whole + b"\0"]
    for place in chance.sample(range(len(whole)), 200):
        broken.append(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
    for data in broken:
        try:
            again = decode(data)
        except UnusableReading:
            continue
        assert again == sample, "a bit that says nothing may be another one"


def test_the_format_counts_up_when_a_type_changes() -> None:
    told: dict[str, str] = {}
    _tell(Reading, told)
    said = hashlib.sha256("\n".join(f"{name}: {told[name]}" for name in sorted(told)).encode()).hexdigest()[:8]
    assert said == TYPES_OF_FORMAT.get(READING_FORMAT)


def _tell(kind: object, told: dict[str, str]) -> str:
    """The type in words; the fields of the dataclasses that it is made of are told apart."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in told:
            told[kind.__name__] = ""
            hints = typing.get_type_hints(kind)
            told[kind.__name__] = ", ".join(f"{f.name}={_tell(hints[f.name], told)}" for f in dataclasses.fields(kind))
        return kind.__name__
    parts = [_tell(part, told) for part in typing.get_args(kind)]
    origin = typing.get_origin(kind)
    if origin is None:
        return kind.__name__ if isinstance(kind, type) else repr(kind)
    return f"{'or' if origin is types.UnionType else getattr(origin, '__name__', origin)}[{', '.join(parts)}]"


@pytest.mark.parametrize("path", sorted(RAW.glob("*.pdf")), ids=lambda path: path.stem)
def test_samples_come_back_as_they_were(path: Path) -> None:
    if path.stem.endswith("-scan"):
        pytest.skip("a scan takes long to read, and is kept no otherwise")
    reading = extract_document(path).reading
    assert repr(decode(encode(reading))) == repr(reading)


def test_a_number_of_numpy_is_kept_as_one_of_python() -> None:
    reading = extract_document(SAMPLE).reading
    first = dataclasses.replace(reading.pages[0], width=np.float64(595.25))
    kept = decode(encode(dataclasses.replace(reading, pages=(first, *reading.pages[1:])))).pages[0]
    assert (kept.width, type(kept.width)) == (595.25, float)
