"""Decrees with damage by chance: bytes changed, cut, moved; objects exchanged. The same seed gives the same files."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from tests.hostile.material import MEGABYTE, plan, samples, scanned, short

BYTES = 0.5  # share of the files whose bytes are changed; in the others it is their objects
MOST = 8  # changes in one file
NUMBERS = (0, -1, 1, 2, 90, 255, 65_536, 2**31 - 1, -(2**31), 10**12)
FILTERS = (
    "FlateDecode",
    "LZWDecode",
    "ASCIIHexDecode",
    "ASCII85Decode",
    "RunLengthDecode",
    "DCTDecode",
    "JBIG2Decode",
    "Crypt",
)


def mutations(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many files, each with a name that says how it was made."""
    bases = (*samples(), ("plan", plan()), ("short", short()), ("slip", scanned()))
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        name, data = chance.choice(bases)
        if chance.random() < BYTES:
            how, damaged = _in_bytes(data, chance, [other for _, other in bases])
        else:
            how, damaged = _in_objects(data, chance)
        yield f"{number:03d}-{name}-{how}", damaged


def _in_bytes(data: bytes, chance: random.Random, others: Sequence[bytes]) -> tuple[str, bytes]:
    """One kind of change of the bytes, at several places."""
    change = chance.choice(BYTE_CHANGES)
    out = bytearray(data)
    for _ in range(chance.randint(1, MOST)):
        change(out, chance)
    if chance.random() < SPLICED:
        other = chance.choice(others)
        out = out[: chance.randrange(len(out) + 1)] + bytearray(other[chance.randrange(len(other)) :])
    return change.__name__.strip("_"), bytes(out[: 4 * MEGABYTE])


SPLICED = 0.1  # share of the files of which the end is that of another one


def _place(data: bytearray, chance: random.Random) -> tuple[int, int]:
    """Where a stretch of the bytes begins and ends; mostly short, sometimes long."""
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 1, 4, 30, 300, 3000)))


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(20):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: random.Random) -> None:
    start, end = _place(data, chance)
    del data[start:end]


def _end(data: bytearray, chance: random.Random) -> None:
    del data[max(0, len(data) - chance.choice((1, 20, 200, 2000))) :]


def _repeat(data: bytearray, chance: random.Random) -> None:
    start, end = _place(data, chance)
    data[start:start] = data[start:end] * chance.choice((1, 2, 40))


def _zero(data: bytearray, chance: random.Random) -> None:
    start, end = _place(data, chance)
    data[start:end] = bytes(end - start)


def _insert(data: bytearray, chance: random.Random) -> None:
    start, _ = _place(data, chance)
    data[start:start] = chance.choice(
        (chance.randbytes(chance.randint(1, 50)), b"endobj", b">>", b"stream\n", b"(", b"[" * 500)
    )


def _swap(data: bytearray, chance: random.Random) -> None:
    start, end = _place(data, chance)
    other, _ = _place(data, chance)
    piece = data[start:end]
    data[start:end] = data[other : other + len(piece)]
    data[other : other + len(piece)] = piece


def _digits(data: bytearray, chance: random.Random) -> None:
    """Numbers in what can be read of the file: sizes, places, references."""
    for _ in range(20):
        if data and data[at := chance.randrange(len(data))] in b"0123456789":
            data[at] = chance.choice(b"0123456789-.")


BYTE_CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip,
    _cut,
    _end,
    _repeat,
    _zero,
    _insert,
    _swap,
    _digits,
)


def _in_objects(data: bytes, chance: random.Random) -> tuple[str, bytes]:
    """One kind of change of the objects, at several places; another one where what came of it cannot even be written."""
    while True:
        change = chance.choice(OBJECT_CHANGES)
        with pikepdf.open(BytesIO(data)) as document, suppress(*NOT_WRITTEN):
            for _ in range(chance.randint(1, MOST)):
                holders = [o for o in document.objects if isinstance(o, Dictionary | Array | pikepdf.Stream) and len(_keys(o))]
                holder = chance.choice(holders)
                change(document, holder, chance.choice(_keys(holder)), chance)
            out = BytesIO()
            kept = pikepdf.StreamDecodeLevel.none
            document.save(out, static_id=True, stream_decode_level=kept, compress_streams=False, fix_metadata_version=False)
            return change.__name__.strip("_"), out.getvalue()


NOT_WRITTEN = (pikepdf.PdfError, ValueError, TypeError, AttributeError, NotImplementedError, RecursionError)
"""What pikepdf raises on objects that it does not take, or cannot write."""


def _keys(holder: Object) -> Sequence[str | int]:
    """What names the entries of an object; those that pikepdf itself needs are left."""
    if isinstance(holder, Array):
        return list(range(len(holder)))
    return [key for key in sorted(holder.keys()) if key not in ("/Root", "/Length")]


def _number(document: pikepdf.Pdf, holder: Object, key: str | int, chance: random.Random) -> None:
    numbers = [k for k in _keys(holder) if isinstance(holder[k], int | float)]
    holder[chance.choice(numbers) if numbers else key] = chance.choice(NUMBERS)


def _type(document: pikepdf.Pdf, holder: Object, key: str | int, chance: random.Random) -> None:
    others = (Name.Wrong, String("wrong"), Array([1, Name.x]), Dictionary(A=1), True, 7)
    holder[key] = chance.choice(others)


def _drop(document: pikepdf.Pdf, holder: Object, key: str | int, chance: random.Random) -> None:
    del holder[key]


def _elsewhere(document: pikepdf.Pdf, holder: Object, key: str | int, chance: random.Random) -> None:
    """A reference to any other object, or to none."""
    others = [o for o in document.objects if o.is_indirect]
    holder[key] = chance.choice(others)


def _filter(document: pikepdf.Pdf, holder: Object, key: str | int, chance: random.Random) -> None:
    """A stream behind filters that it did not go through, or of another content."""
    streams = [o for o in document.objects if isinstance(o, pikepdf.Stream)]
    stream = chance.choice(streams)
    raw = bytearray(stream.read_raw_bytes())
    if chance.random() < 0.5 and raw:
        _flip(raw, chance)
        said = {name: stream.get(name) for name in ("/Filter", "/DecodeParms")}
        stream.write(bytes(raw))
        for name, value in said.items():
            if value is not None:
                stream[name] = value
    else:
        names = [Name(f"/{chance.choice(FILTERS)}") for _ in range(chance.randint(1, 3))]
        stream.write(bytes(raw), filter=Array(names))


def _nest(document: pikepdf.Pdf, holder: Object, key: str | int, chance: random.Random) -> None:
    """An entry in arrays within arrays, or in the dictionary that it comes from."""
    value = holder[key]
    for _ in range(chance.choice((1, 3, 200))):
        value = Array([value])
    holder[key] = holder if holder.is_indirect and chance.random() < 0.5 else value


OBJECT_CHANGES: tuple[Callable[[pikepdf.Pdf, Object, str | int, random.Random], None], ...] = (
    _number,
    _type,
    _drop,
    _elsewhere,
    _filter,
    _nest,
)
