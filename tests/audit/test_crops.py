from __future__ import annotations

import base64
import functools
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from audit.crops import Crops, Made, make_crops, name_of
from audit.crops_draw import DPI, MARGIN, Box
from pipeline.limits import DEFAULT_LIMITS, GIB
from pipeline.progress import Silent
from pipeline.storage import hash_of
from tests.audit.by_hand import Row, document, finding, place, row, write
from tests.hostile.drawings import DRAWINGS

WIDTH, HEIGHT = 595.0, 842.0
BLOCK: Box = (100.0, 300.0, 400.0, 320.0)
"""What the pages of these tests show: a black block on white paper, on the upright page."""

ID_DIGITS = 16


def digital(path: Path) -> Path:
    """One page with the block."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    _draw_block(canvas)
    canvas.save()
    return path


def turned(path: Path) -> Path:
    """The same page lying on its left side: it has to be turned by 90 degrees clockwise."""
    canvas = Canvas(str(path), pagesize=(HEIGHT, WIDTH))
    canvas.translate(HEIGHT, 0)
    canvas.rotate(90)
    _draw_block(canvas)
    canvas.save()
    return path


def _draw_block(canvas: Canvas) -> None:
    x0, top, x1, bottom = BLOCK
    canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=0, fill=1)


def scanned(path: Path, degrees: float) -> Path:
    """The picture of a page full of print, laid askew on the glass, with the block among the lines."""
    scale = 150 / 72
    page = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 250)
    pen, chance = ImageDraw.Draw(page), random.Random(1)
    for y in range(100, 780, 16):
        x = 80.0
        while x < 500 and not BLOCK[1] - 16 < y < BLOCK[3] + 4:
            long = chance.uniform(12, 40)
            for at in np.arange(x, x + long, 5):  # letters: upright strokes on a line, some with a stroke above
                high = 8 if chance.random() < 0.3 else 5.5
                pen.rectangle([at * scale, (y + 10 - high) * scale, (at + 1.4) * scale, (y + 10) * scale], fill=20)
                pen.rectangle([at * scale, (y + 9) * scale, (at + 3.6) * scale, (y + 10) * scale], fill=20)
            x += long + 6
    pen.rectangle([v * scale for v in BLOCK], fill=10)
    page = page.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=250)
    picture = io.BytesIO()
    page.save(picture, format="PDF", resolution=150)
    path.write_bytes(picture.getvalue())
    return path


def key(path: Path) -> str:
    return hash_of(path)[:ID_DIGITS]


def tables(
    folder: Path,
    pdfs: Sequence[Path],
    *,
    kinds: Mapping[str, str] | None = None,
    pages: Mapping[str, int] | None = None,
    turns: int = 0,
) -> Path:
    """Tables in which each of the files has a finding on the block of its page."""
    rows: dict[str, list[Row]] = {"documents": [], "pages": [], "findings": []}
    for number, path in enumerate(pdfs):
        rows["documents"].append(document(key(path), source_path=str(path)))
        kind, page = (kinds or {}).get(path.name, "digital"), (pages or {}).get(path.name, 1)
        rows["pages"].append(
            row("pages", document_id=key(path), page=page, kind=kind, rotation=turns, width=WIDTH, height=HEIGHT)
        )
        box = dict(zip(("x0", "top", "x1", "bottom"), BLOCK, strict=True))
        rows["findings"].append(
            finding(f"{number:016}", key(path), page=page, places=[place("found", key(path), page=page, **box)])
        )
    return write(folder, rows)


def made(folder: Path, out: Path, jobs: int = 2) -> tuple[Crops, Made]:
    told = make_crops(folder, out, jobs, "folder", Silent())
    assert told.crops is not None
    return told.crops, told


def dark_in_box(crops: Crops, path: Path) -> tuple[float, float]:
    """Shares of dark pixels inside the block and outside of its outline, in the crop that shows it."""
    file = crops.file_of(key(path), 1, [BLOCK])
    assert file is not None
    with Image.open(file) as picture:
        grey = np.asarray(picture.convert("L"))
    scale = DPI / 72
    left, top = round(MARGIN * scale), round((grey.shape[0] - (BLOCK[3] - BLOCK[1]) * scale) / 2)
    inside = grey[top + 4 : -top - 4, left + 4 : -left - 4]
    outside = np.concatenate([grey[: top - 6].ravel(), grey[-top + 6 :].ravel()])
    return float((inside < 90).mean()), float((outside < 90).mean())


@pytest.mark.parametrize(("draw", "turns"), [(digital, 0), (turned, 90)])
def test_a_crop_shows_what_stands_in_the_box(tmp_path: Path, draw: object, turns: int) -> None:
    path = (digital if draw is digital else turned)(tmp_path / "a.pdf")
    crops, told = made(tables(tmp_path / "parquet", [path], turns=turns), tmp_path / "out")
    inside, outside = dark_in_box(crops, path)
    assert inside > 0.99 and outside < 0.01
    assert told.made == 1 and not told.without
    file = crops.file_of(key(path), 1, [BLOCK])
    assert file is not None and file.stat().st_size < 30_000


@pytest.mark.parametrize("degrees", [0.0, 1.4, -2.0])
def test_a_crop_of_a_scan_is_straightened_as_it_was_read(tmp_path: Path, degrees: float) -> None:
    path = scanned(tmp_path / "scan.pdf", degrees)
    crops, _ = made(tables(tmp_path / "parquet", [path], kinds={"scan.pdf": "scanned"}), tmp_path / "out")
    inside, _ = dark_in_box(crops, path)
    assert inside > 0.97


def test_the_address_is_relative_and_leads_to_the_picture(tmp_path: Path) -> None:
    path = digital(tmp_path / "a.pdf")
    crops, _ = made(tables(tmp_path / "parquet", [path]), tmp_path / "out")
    address = crops.of(key(path), 1, [BLOCK])
    assert address is not None and address.startswith(f"crops/{key(path)}/p1-") and address.endswith(".png")
    assert (tmp_path / "out" / address).read_bytes().startswith(b"\x89PNG")


def test_there_is_no_address_of_what_was_not_cut(tmp_path: Path) -> None:
    path = digital(tmp_path / "a.pdf")
    crops, _ = made(tables(tmp_path / "parquet", [path]), tmp_path / "out")
    assert crops.of(key(path), 1, [(0.0, 0.0, 9.0, 9.0)]) is None
    assert crops.of(key(path), 2, [BLOCK]) is None


def test_embedded_crops_are_the_pictures_themselves(tmp_path: Path) -> None:
    path = digital(tmp_path / "a.pdf")
    told = make_crops(tables(tmp_path / "parquet", [path]), tmp_path / "out", 1, "embedded", Silent())
    assert told.crops is not None
    address = told.crops.of(key(path), 1, [BLOCK])
    assert address is not None and address.startswith("data:image/png;base64,")
    assert base64.b64decode(address.partition(",")[2]).startswith(b"\x89PNG")


def test_none_are_made_where_none_are_asked_for(tmp_path: Path) -> None:
    path = digital(tmp_path / "a.pdf")
    told = make_crops(tables(tmp_path / "parquet", [path]), tmp_path / "out", 1, "none", Silent())
    assert told.crops is None and told.lines() == [] and not (tmp_path / "out").exists()


def test_a_second_run_makes_nothing_again_even_without_the_pdf(tmp_path: Path) -> None:
    path = digital(tmp_path / "a.pdf")
    folder = tables(tmp_path / "parquet", [path])
    crops, _ = made(folder, tmp_path / "out")
    (name,) = crops.names
    before = (tmp_path / "out" / name).stat().st_mtime_ns
    path.unlink()
    again, told = made(folder, tmp_path / "out")
    assert (told.made, told.kept, again.names) == (0, 1, crops.names)
    assert (tmp_path / "out" / name).stat().st_mtime_ns == before


def test_what_was_decided_keeps_its_crop(tmp_path: Path) -> None:
    path = digital(tmp_path / "a.pdf")
    box = dict(zip(("x0", "top", "x1", "bottom"), BLOCK, strict=True))
    decided = row("overrides", document_id=key(path), page=1, boxes=[{"page": 1, **box}])
    there = document(key(path), source_path=str(path))
    pages = [row("pages", document_id=key(path), page=1, kind="digital", rotation=0, width=WIDTH)]
    folder = write(tmp_path / "parquet", {"documents": [there], "pages": pages, "overrides": [decided]})
    crops, _ = made(folder, tmp_path / "out")
    assert len(crops.names) == 1


def test_crops_that_nothing_needs_are_removed_and_other_files_stay(tmp_path: Path) -> None:
    path = digital(tmp_path / "a.pdf")
    out = tmp_path / "out"
    made(tables(tmp_path / "parquet", [path]), out)
    (out / "crops" / "catatan.txt").write_text("milik orang", encoding="utf-8")
    crops, _ = made(write(tmp_path / "parquet", {"documents": [document(key(path), source_path=str(path))]}), out)
    assert crops.names == frozenset()
    assert [p.name for p in (out / "crops").iterdir()] == ["catatan.txt"]


def test_files_that_are_gone_changed_or_broken_are_told_and_the_others_are_cut(tmp_path: Path) -> None:
    good, gone, changed, junk = (digital(tmp_path / f"{name}.pdf") for name in ("good", "gone", "changed", "junk"))
    for extra, path in enumerate((gone, changed), 1):
        path.write_bytes(path.read_bytes() + b"\n" * extra)  # other bytes: another document
    junk.write_bytes(b"<html>404</html>")
    folder = tables(tmp_path / "parquet", [good, gone, changed, junk])
    gone.unlink()
    changed.write_bytes(good.read_bytes())
    crops, told = made(folder, tmp_path / "out")
    assert crops.of(key(good), 1, [BLOCK]) is not None
    assert told.made == 1 and dict(told.without) == {"unreadable": 1, "changed": 1, "not-a-pdf": 1}
    assert "gone.pdf" in " ".join(told.lines())


def test_a_page_that_draws_for_ever_is_given_up(tmp_path: Path) -> None:
    hostile = next(one for one in DRAWINGS if one.name == "form-fork")
    good, bad = digital(tmp_path / "good.pdf"), tmp_path / "bad.pdf"
    bad.write_bytes(hostile.make())
    limits = replace(DEFAULT_LIMITS, page_seconds=2.0, page_budget=1.5, memory=2 * GIB)
    folder = tables(tmp_path / "parquet", [good, bad], pages={"bad.pdf": 8})
    told = make_crops(folder, tmp_path / "out", 2, "folder", Silent(), limits)
    assert told.crops is not None and told.crops.of(key(good), 1, [BLOCK]) is not None
    assert sum(told.without.values()) == 1 and told.without.keys() <= {"page-timeout", "page-crashed", "page-out-of-memory"}


def test_places_that_the_tables_do_not_know_are_told(tmp_path: Path) -> None:
    path = digital(tmp_path / "a.pdf")
    rows = {"findings": [finding("1" * 16, key(path), places=[place("found", key(path), page=1)])]}
    _, told = made(write(tmp_path / "parquet", rows), tmp_path / "out")
    assert dict(told.without) == {"no-document": 1}


def test_a_page_that_the_file_does_not_have_is_told(tmp_path: Path) -> None:
    path = digital(tmp_path / "a.pdf")
    rows = {
        "documents": [document(key(path), source_path=str(path))],
        "pages": [row("pages", document_id=key(path), page=7, kind="digital", rotation=0, width=WIDTH, height=HEIGHT)],
        "findings": [finding("1" * 16, key(path), places=[place("found", key(path), page=7)])],
    }
    _, told = made(write(tmp_path / "parquet", rows), tmp_path / "out")
    assert dict(told.without) == {"page-not-drawn": 1}


def test_the_name_tells_document_page_and_boxes_apart() -> None:
    name = functools.partial(name_of, "d" * 16)
    assert name(1, [BLOCK]) == name(1, [BLOCK, BLOCK])
    assert len({name(1, [BLOCK]), name(2, [BLOCK]), name(1, [(1.0, 1.0, 2.0, 2.0)]), name_of("e" * 16, 1, [BLOCK])}) == 4


@pytest.mark.parametrize("box", [(-50.0, -50.0, -40.0, -45.0), (9_000.0, 9_000.0, 9_100.0, 9_010.0), (0.0, 0.0, 0.0, 0.0)])
def test_a_box_off_the_page_still_gives_a_small_picture(box: Box) -> None:
    from audit.crops_draw import picture

    with Image.open(io.BytesIO(picture(Image.new("L", (992, 1403), 255), DPI / 72, [box]))) as image:
        assert 1 <= image.width <= 992 and 1 <= image.height <= 1403
