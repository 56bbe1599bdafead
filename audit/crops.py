"""Crops of pages: which places they show, which are there already, and how they are made, document by document."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from audit.crops_draw import TABLE, Box, CropTask, Cut, Sheet, cut_document, drawing
from audit.selected import selected
from audit.uncertain import uncertain_values
from pipeline.errors import OutputNotWritable
from pipeline.limits import DEFAULT_LIMITS, Limits
from pipeline.progress import Progress, count
from pipeline.result import DocumentResult
from pipeline.runner import run_pool
from pipeline.storage import as_source, reason, write_atomically

CropsAs = Literal["folder", "embedded", "none"]

FOLDER = "crops"
SUFFIX = ".png"
DIGITS = 16  # of the hash in a crop's name
EXACT = 1  # decimals of a point that tell two places apart

Key = tuple[str, int, tuple[Box, ...]]
"""A crop: document, page, and the boxes that it shows."""


@dataclass(frozen=True)
class Crops:
    """The crops that are there.

    Attributes:
        out: folder of the report; crops lie in the folder ``crops`` in it.
        names: what there is, as relative paths.
        embed: `of` gives the picture itself.
    """

    out: Path
    names: frozenset[str]
    embed: bool = False

    def of(self, document_id: str, page: int, boxes: Sequence[Box]) -> str | None:
        """The address of a picture as the report needs it: a relative path, or a data: URI; None where there is none.

        Args:
            document_id: the document.
            page: from 1.
            boxes: what it shows, all on that page.
        """
        name = name_of(document_id, page, boxes)
        if name not in self.names:
            return None
        return _data_uri(self.out / name) if self.embed else name

    def file_of(self, document_id: str, page: int, boxes: Sequence[Box]) -> Path | None:
        """The file of a picture; None where there is none."""
        name = name_of(document_id, page, boxes)
        return self.out / name if name in self.names else None


@dataclass(frozen=True)
class Made:
    """What became of the crops.

    Attributes:
        crops: those that are there; None where none were asked for.
        made: how many were made now.
        kept: how many were there already.
        without: how many could not be made, by code of the reason.
        because: one message for each of these codes, with the document.
    """

    crops: Crops | None
    made: int = 0
    kept: int = 0
    without: Mapping[str, int] = field(default_factory=dict)
    because: Mapping[str, str] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """The summary for a person."""
        if self.crops is None:
            return []
        told = f"{count(self.made + self.kept, 'crop')} of pages: {self.made} made now, {self.kept} as they were."
        lost = [f"{count(n, 'crop')} not made ({code}), as {self.because[code]}" for code, n in sorted(self.without.items())]
        return [told, *lost]


def make_crops(parquet: Path, out: Path, jobs: int, how: CropsAs, progress: Progress, limits: Limits = DEFAULT_LIMITS) -> Made:
    """The crops of all that findings point at, and of every value that is uncertain or decided.

    Each document is drawn in a process that can be killed. Crops that are there are not made again; those that nothing needs
    any more are removed.

    Args:
        parquet: folder of the tables.
        out: folder of the report.
        jobs: documents at a time.
        how: where the crops go; "none" makes none and leaves the folder alone.
        progress: is told of each document.
        limits: what a document may take.

    Raises:
        NoTables, OldTables: the tables are not there, or from an older zi.
        OutputNotWritable: a crop cannot be written.
    """
    if how == "none":
        return Made(None)
    wanted = {name_of(*key): key for key in _wanted(parquet)}
    there = _there(out)
    for name in there - wanted.keys():
        (out / name).unlink(missing_ok=True)
    kept = there & wanted.keys()
    names, without, because = set(kept), Counter[str](), dict[str, str]()
    tasks = {t.document_id: t for t in _tasks(parquet, [key for name, key in wanted.items() if name not in kept])}
    with progress:
        progress.start(len(tasks))
        for result in run_pool(tasks.values(), max(1, jobs), cut_document, limits):
            made = _keep(out, result, tasks[result.document_id])
            names |= made
            _count_lost(result, tasks[result.document_id], made, without, because)
            progress.done(result.source_path, count(len(made), "crop"))
    unknown = len(wanted) - len(names) - sum(without.values())
    if unknown:
        without["no-document"], because["no-document"] = unknown, "the tables do not tell the document or its page."
    _remove_empty(out)
    return Made(Crops(out, frozenset(names), how == "embedded"), len(names) - len(kept), len(kept), dict(without), because)


def name_of(document_id: str, page: int, boxes: Sequence[Box]) -> str:
    """The path of a crop below the folder of the report: another one where it would look otherwise."""
    told = repr((document_id, page, _exact(boxes), _drawing()))
    return f"{FOLDER}/{document_id}/p{page}-{hashlib.sha256(told.encode()).hexdigest()[:DIGITS]}{SUFFIX}"


def views(places: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, int], list[Box]]:
    """The boxes that one crop shows together, by role, document and page, in order of the places.

    Args:
        places: of a finding, as in its column ``places``.
    """
    groups: dict[tuple[str, str, int], list[Box]] = {}
    for place in places:
        groups.setdefault((place["role"], place["document_id"], place["page"]), []).append(box_of(place))
    return groups


def pages_of(boxes: Iterable[Mapping[str, Any]]) -> dict[int, list[Box]]:
    """The boxes of a value by page."""
    groups: dict[int, list[Box]] = {}
    for box in boxes:
        groups.setdefault(box["page"], []).append(box_of(box))
    return groups


def box_of(place: Mapping[str, Any]) -> Box:
    """The box of a row's place or box."""
    return place["x0"], place["top"], place["x1"], place["bottom"]


@cache
def _drawing() -> str:
    return repr(sorted(drawing().items()))


def _exact(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes each once, sorted, without digits that nobody sees."""
    rounded = {tuple(round(v, EXACT) for v in box) for box in boxes}
    return tuple(sorted((b[0], b[1], b[2], b[3]) for b in rounded))


def _wanted(parquet: Path) -> Iterator[Key]:
    """Every crop that the report or the workbook shows."""
    for row in selected(parquet, "findings", ("places",)):
        for (_, document, page), boxes in views(row["places"]).items():
            yield document, page, _exact(boxes)
    for one in uncertain_values(parquet):
        for page, boxes in pages_of(one.boxes).items():
            yield one.document_id, page, _exact(boxes)
    for row in selected(parquet, "overrides", ("document_id", "boxes")):  # a decision can be checked as well as a doubt
        for page, boxes in pages_of(row["boxes"]).items():
            yield row["document_id"], page, _exact(boxes)


def _tasks(parquet: Path, keys: Sequence[Key]) -> Iterator[CropTask]:
    """One task for each document that crops are to be made of; what the tables do not know is left out."""
    if not keys:
        return
    cuts: defaultdict[tuple[str, int], list[Cut]] = defaultdict(list)
    for document, page, boxes in keys:
        cuts[document, page].append(Cut(name_of(document, page, boxes), boxes))
    sheets: defaultdict[str, list[Sheet]] = defaultdict(list)
    for row in selected(parquet, "pages", ("document_id", "page", "kind", "rotation", "width")):
        at = row["document_id"], row["page"]
        if at in cuts:
            sheets[at[0]].append(Sheet(row["page"], row["kind"], row["rotation"], row["width"], tuple(cuts[at])))
    for row in selected(parquet, "documents", ("document_id", "source_path")):
        key, path = row["document_id"], row["source_path"]
        if key in sheets:
            yield CropTask(as_source(path), path, key, sheets=tuple(sheets[key]))


def _there(out: Path) -> set[str]:
    """The crops that lie in the folder."""
    return {path.relative_to(out).as_posix() for path in (out / FOLDER).glob(f"*/*{SUFFIX}") if path.is_file()}


def _keep(out: Path, result: DocumentResult, task: CropTask) -> set[str]:
    """The names of the crops that a document gave, after they were written; what was not asked for is left out."""
    made: set[str] = set()
    asked = {cut.name for sheet in task.sheets for cut in sheet.cuts}
    for row in result.tables.get(TABLE, ()):
        name, data = row["name"], row["data"]
        if not isinstance(name, str) or not isinstance(data, bytes) or name not in asked:
            continue
        try:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            write_atomically(out / name, data)
        except OSError as error:
            raise OutputNotWritable(f"The crop {out / name} cannot be written: {reason(error)}.") from error
        made.add(name)
    return made


def _count_lost(result: DocumentResult, task: CropTask, made: set[str], without: Counter[str], because: dict[str, str]) -> None:
    """Counts the crops of a document that could not be made, by the reason of their page or of the whole document."""
    whole = next((f for f in result.failures if f.page is None), None)
    pages = {f.page: f for f in result.failures if f.page is not None}
    for sheet in task.sheets:
        failure = pages.get(sheet.page, whole)
        lost = sum(cut.name not in made for cut in sheet.cuts)
        if failure is not None and lost:
            without[failure.code] += lost
            because.setdefault(failure.code, f"of {result.source_path}: {failure.message}")


def _remove_empty(out: Path) -> None:
    """Removes the folders that no crop lies in any more."""
    for folder in (out / FOLDER).glob("*"):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _data_uri(path: Path) -> str:
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode("ascii")
